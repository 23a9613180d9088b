#include "app/requests/wanted_items.h"

#include <algorithm>

#include "base/text.h"
#include "catalog/predicate.h"
#include "permissions/data_cells_filter.h"
#include "permissions/resource.h"

namespace weir::app {
namespace {

using permissions::Principal;
using permissions::PrincipalKind;
using permissions::Privilege;
using permissions::PrivilegeSet;
using requests::AskedItem;

constexpr size_t kItemsMax = 50;
constexpr size_t kColumnsMax = 1000;

base::Error bad_item(const WantedItem& item, const std::string& why) {
  return base::invalid("Item " + item.database + "." + item.table + ": " + why, "item");
}

bool is_wide(PrincipalKind kind) {
  return kind == PrincipalKind::account || kind == PrincipalKind::organization ||
         kind == PrincipalKind::organizational_unit;
}

base::Result<requests::ColumnChoice> columns_of(const WantedItem& item) {
  if (item.columns && item.excluded_columns) return bad_item(item, "Columns and ExcludedColumns exclude each other.");
  requests::ColumnChoice out;
  out.only = item.columns.has_value();
  const auto& names = item.columns ? *item.columns : item.excluded_columns.value_or(std::vector<std::string>());
  if (out.only && names.empty()) return bad_item(item, "Columns names none.");
  if (names.size() > kColumnsMax) return bad_item(item, "there are too many columns.");
  for (const auto& name : names) {
    WEIR_CHECK_OK(permissions::check_name(name, "column"));
    out.names.push_back(base::to_lower(name));
  }
  std::sort(out.names.begin(), out.names.end());
  out.names.erase(std::unique(out.names.begin(), out.names.end()), out.names.end());
  return out;
}

// What a request may be about. Nothing that changes who may do what, and nothing that has no name of its own (ALL).
constexpr PrivilegeSet kOfTables{Privilege::select, Privilege::describe, Privilege::insert, Privilege::delete_,
                                 Privilege::alter};

base::Result<std::vector<std::string>> permissions_of(const WantedItem& item, bool part) {
  PrivilegeSet wanted{Privilege::select};
  if (!part) wanted.insert(Privilege::describe);
  if (item.permissions) {
    WEIR_TRY(wanted, permissions::parse_privileges(*item.permissions));
  }
  if (wanted.empty()) return bad_item(item, "no permission is asked for.");
  auto offered = part ? PrivilegeSet{Privilege::select} : kOfTables;
  if (!wanted.subset_of(offered)) return bad_item(item, (wanted - offered).text() + " cannot be asked for.");
  std::vector<std::string> out;
  for (auto privilege : wanted.list()) out.emplace_back(permissions::name_of(privilege));
  return out;
}

base::Result<AskedItem> item_of(const WantedItem& wanted, const Principal& target) {
  AskedItem out;
  out.database = base::to_lower(wanted.database);
  out.table = base::to_lower(wanted.table);
  WEIR_CHECK_OK(permissions::check_name(out.database, "database"));
  if (!out.is_whole_database()) WEIR_CHECK_OK(permissions::check_name(out.table, "table"));
  WEIR_TRY(out.columns, columns_of(wanted));
  out.row_filter = std::string(base::trim(wanted.row_filter));
  if (out.is_whole_database() && out.is_part()) return bad_item(wanted, "a whole database has no columns and rows.");
  if (out.row_filter.size() > permissions::kRowExpressionLengthMax) return bad_item(wanted, "RowFilter is too long.");
  WEIR_TRY(out.permissions, permissions_of(wanted, out.is_part()));
  out.grantable = wanted.grantable.value_or(is_wide(target.kind()));
  return out;
}

// An exclusion list cannot be passed on: the columns that are left are named. Those to come are not among them, nor are
// partition keys, which nobody can name: they come with any column.
void name_columns(AskedItem& item, const requests::CatalogFacts& facts) {
  bool excludes = !item.columns.only && !item.columns.names.empty();
  if (!excludes || !item.grantable || !item.row_filter.empty() || facts.tables.size() != 1) return;
  requests::ColumnChoice named;
  named.only = true;
  for (const auto& column : facts.tables.front().columns)
    if (!column.partition_key && item.columns.contains(column.name)) named.names.push_back(base::to_lower(column.name));
  std::sort(named.names.begin(), named.names.end());
  item.columns = std::move(named);
}

}  // namespace

base::Result<Principal> target_of(std::string_view text) {
  auto target = Principal::parse(text);
  if (!target.ok()) return base::invalid("Target is no account id, and no ARN that can be granted to.", "target");
  switch (target->kind()) {
    case PrincipalKind::account:
    case PrincipalKind::organization:
    case PrincipalKind::organizational_unit:
    case PrincipalKind::iam_user:
    case PrincipalKind::iam_role:
    case PrincipalKind::saml_user:
    case PrincipalKind::saml_group: return target;
    case PrincipalKind::iam_allowed_principals:
    case PrincipalKind::account_iam_principals:
    case PrincipalKind::quicksight_user:
    case PrincipalKind::quicksight_group:
    case PrincipalKind::identity_center_user:
    case PrincipalKind::identity_center_group: break;
  }
  return base::invalid("Access cannot be asked for " + std::string(permissions::name_of(target->kind())) + ".",
                       "target");
}

base::Result<std::vector<AskedItem>> items_of(const WantedAccess& wanted, const Principal& target) {
  if (wanted.items.empty() || wanted.items.size() > kItemsMax)
    return base::invalid("A request is about 1 to 50 items.", "item");
  std::vector<AskedItem> out;
  for (const auto& one : wanted.items) {
    WEIR_TRY(auto item, item_of(one, target));
    bool twice = std::any_of(out.begin(), out.end(), [&](const auto& other) { return other.text() == item.text(); });
    if (twice) return bad_item(one, "it is there twice.");
    out.push_back(std::move(item));
  }
  return out;
}

base::Result<AskedItem> within_limits(AskedItem item, const requests::CatalogFacts& facts,
                                      const requests::PolicyOutcome& outcome) {
  if (outcome.no_grant_option) item.grantable = false;
  for (const auto& table : facts.tables) {
    auto left = requests::without_excluded(item.columns, table, outcome.exclude_columns);
    if (left == item.columns) continue;
    if (item.is_whole_database())
      return base::invalid(
          "The policy leaves out columns of tables in " + item.database + ": ask for the tables one by one.", "item");
    if (left.only && left.names.empty())
      return base::invalid("The policy leaves out every column of " + item.text() + " that is asked for.", "item");
    item.columns = std::move(left);
    item.permissions = {std::string(permissions::name_of(Privilege::select))};
  }
  name_columns(item, facts);
  if (item.columns.only && item.columns.names.empty())
    return base::invalid("No column of " + item.text() + " is left.", "item");
  return item;
}

}  // namespace weir::app
