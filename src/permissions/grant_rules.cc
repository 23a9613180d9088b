#include "permissions/grant_rules.h"

#include <algorithm>

#include "base/text.h"
#include "permissions/condition.h"
#include "permissions/sharing.h"

namespace weir::permissions {
namespace {

using base::Status;

// Held on the whole table, these do not go together with a selection of columns.
constexpr PrivilegeSet kNotBesideColumns{Privilege::all,  Privilege::describe, Privilege::alter,
                                         Privilege::drop, Privilege::insert,   Privilege::delete_};

base::Error modification_invalid(std::string why) {
  return base::invalid("Permissions modification is invalid. " + std::move(why), "permission");
}

Status check_served(const Resource& resource) {
  if (resource.kind != ResourceKind::nested_catalog) return {};
  return base::fail(
      base::Kind::unsupported,
      "This server does not hold permissions on a resource of kind " + std::string(name_of(resource.kind)) + ".",
      "resource");
}

Status check_privileges(const GrantRequest& request, const TableFacts* table) {
  auto level = level_of(request.resource, table);
  auto wrong = (request.privileges | request.grant_option) - valid_at(level);
  if (wrong.empty()) return {};
  std::string why = wrong.text() + " cannot be granted on " + std::string(name_of(level)) +
                    "; allowed there: " + valid_at(level).text() + ".";
  if (level == Level::lf_tag_values && wrong.subset_of(valid_at(Level::lf_tag)))
    why = wrong.text() + " is of an LF-Tag as a whole, not of one value; grant it with the value " +
          std::string(kAnyTagValue) + ".";
  return modification_invalid(why);
}

// 2.7: the group of everybody switches Lake Formation off where it holds ALL; it holds nothing finer.
Status check_allowed_principals(const GrantRequest& request) {
  if (request.principal.kind() != PrincipalKind::iam_allowed_principals) return {};
  bool on_catalog = request.resource.kind == ResourceKind::catalog;
  PrivilegeSet allowed = on_catalog ? PrivilegeSet{Privilege::create_database} : PrivilegeSet{Privilege::all};
  if (request.resource.kind == ResourceKind::lf_tag_policy)
    return modification_invalid("IAM_ALLOWED_PRINCIPALS holds nothing through LF-Tags.");
  if (!request.grant_option.empty()) return modification_invalid("IAM_ALLOWED_PRINCIPALS cannot hold a grant option.");
  if (!request.privileges.subset_of(allowed))
    return modification_invalid(
        "IAM_ALLOWED_PRINCIPALS can hold only ALL on databases and tables, and "
        "CREATE_DATABASE on the catalog.");
  return {};
}

// 2.10: nested attributes and partition keys cannot be chosen; everything named must exist.
Status check_columns(const GrantRequest& request, const TableFacts* table) {
  if (request.resource.kind != ResourceKind::columns || !table) return {};
  for (const auto& name : request.resource.columns.names()) {
    const auto* column = table->find(name);
    if (!column) return base::invalid("cannot grant/revoke permission on non-existent column: " + name, "column");
    if (column->partition_key)
      return modification_invalid("Partition key " + name +
                                  " cannot be included or excluded; partition keys are "
                                  "visible to everyone who holds SELECT.");
  }
  if (request.resource.columns.is_exclusion() && !request.resource.columns.is_all() && !request.grant_option.empty())
    return modification_invalid(
        "SELECT on an exclusion list cannot carry the grant option; name the columns to include.");
  return {};
}

Status check_columns_beside(const GrantRequest& request, const GrantFacts& facts) {
  if (facts.grantee_is_admin)
    return modification_invalid(request.principal.text() +
                                " is a data lake administrator and sees all columns' "
                                "descriptions; grant it SELECT on the whole table.");
  for (const auto& grant : facts.held) {
    auto clash = grant.privileges & kNotBesideColumns;
    if (grant.resource.kind != ResourceKind::table || clash.empty()) continue;
    return modification_invalid(request.principal.text() + " holds " + clash.text() +
                                " on the whole table, and SELECT "
                                "on a selection of columns cannot stand beside that; revoke " +
                                clash.text() + " first.");
  }
  return {};
}

Status check_table_beside(const GrantRequest& request, const GrantFacts& facts) {
  auto clash = request.privileges & kNotBesideColumns;
  if (clash.empty()) return {};
  for (const auto& grant : facts.held) {
    if (grant.resource.kind != ResourceKind::columns) continue;
    return modification_invalid(clash.text() + " on the whole table cannot be granted while " +
                                request.principal.text() + " holds SELECT on a selection of its columns (" +
                                grant.resource.columns.text() + "); revoke that first.");
  }
  return {};
}

Status check_filter_count(const GrantRequest& request, const GrantFacts& facts) {
  auto others = std::count_if(facts.held.begin(), facts.held.end(), [&](const Grant& grant) {
    return grant.resource.kind == ResourceKind::data_cells_filter && grant.resource.filter != request.resource.filter;
  });
  if (static_cast<size_t>(others) < kFiltersPerPrincipalAndTableMax) return {};
  return base::fail(base::Kind::limit_exceeded, "A principal can hold at most 100 data cells filters on one table.",
                    "data cells filter");
}

// 8: limits on policies over LF-Tags.
Status check_policy_count(const GrantRequest& request, const GrantFacts& facts) {
  auto others = std::count_if(facts.held.begin(), facts.held.end(), [&](const Grant& grant) {
    return grant.resource.kind == ResourceKind::lf_tag_policy &&
           !(grant.resource == request.resource && grant.condition == request.condition);
  });
  if (static_cast<size_t>(others) < kPoliciesPerPrincipalMax) return {};
  return base::fail(base::Kind::limit_exceeded,
                    "A principal can hold permissions through at most " + std::to_string(kPoliciesPerPrincipalMax) +
                        " LF-Tag expressions.",
                    "tag");
}

Status check_expression_size(const Resource& resource) {
  size_t bytes = 0;
  for (const auto& term : resource.expression.terms()) {
    bytes += term.key.size();
    for (const auto& value : term.values) bytes += value.size();
  }
  if (bytes <= kInlineExpressionBytesMax) return {};
  return base::invalid("The LF-Tag expression has " + std::to_string(bytes) + " bytes of keys and values; at most " +
                           std::to_string(kInlineExpressionBytesMax) + " are allowed. Save it and grant by its name.",
                       "tag");
}

}  // namespace

base::Result<std::string> checked_condition(const Principal& principal, std::string_view condition) {
  if (base::trim(condition).empty()) return std::string();
  if (!principal.is_iam() && principal.kind() != PrincipalKind::account_iam_principals)
    return base::invalid("A condition asks about the tags of an IAM user or role; it can never hold for " +
                             std::string(name_of(principal.kind())) + " " + principal.text() + ".",
                         "condition");
  WEIR_TRY(auto read, Condition::parse(condition));
  return read.text();
}

Level level_of(const Resource& resource, const TableFacts* table) {
  if (resource.kind != ResourceKind::table || !table) return resource.level();
  if (table->is_link) return Level::link;
  return table->is_view ? Level::view : Level::table;
}

Status check_grantee(const GrantRequest& request, const GrantFacts& facts) {
  if (!request.local_to.empty()) return check_passing_on(request);
  if (!is_shared(request.principal, request.resource, request.local_to))
    return check_grantable(request.principal, request.resource.catalog);
  WEIR_CHECK_OK(check_share(request, facts));
  if (request.share.empty()) return base::internal("a grant to another account without its resource share");
  return {};
}

Status check_request(const GrantRequest& request, const TableFacts* table) {
  WEIR_CHECK_OK(check_served(request.resource));
  if (table && (table->is_link || table->is_view) &&
      (request.resource.kind == ResourceKind::columns || request.resource.kind == ResourceKind::data_cells_filter))
    return modification_invalid("Views and resource links have no column selections and no data cells filters.");
  WEIR_CHECK_OK(check_privileges(request, table));
  WEIR_CHECK_OK(check_allowed_principals(request));
  return check_columns(request, table);
}

Status check_beside(const GrantRequest& request, const GrantFacts& facts) {
  if (request.resource.kind == ResourceKind::columns) return check_columns_beside(request, facts);
  if (request.resource.kind == ResourceKind::table) return check_table_beside(request, facts);
  if (request.resource.kind == ResourceKind::data_cells_filter) return check_filter_count(request, facts);
  if (request.resource.kind == ResourceKind::lf_tag_policy) {
    WEIR_CHECK_OK(check_expression_size(request.resource));
    return check_policy_count(request, facts);
  }
  return {};
}

}  // namespace weir::permissions
