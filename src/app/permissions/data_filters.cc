#include "app/permissions/data_filters.h"

#include <functional>

#include "app/catalog/governed_table.h"
#include "app/explain/access_change.h"
#include "app/filled_page.h"
#include "app/permissions/data_lake_settings.h"
#include "app/sharing/shared_grants.h"
#include "app/wording.h"
#include "base/text.h"
#include "catalog/tables.h"
#include "permissions/can_grant.h"

namespace weir::app {
namespace {

using permissions::FilterInput;
using permissions::Privilege;
using permissions::Resource;

base::Result<Resource> resource_of(const FilterInput& input) {
  return Resource::of_filter(input.catalog, input.database, input.table, input.name);
}

base::Error absent_filter(const Resource& filter) {
  return base::not_found("Data cells filter " + filter.filter + " not found.", "filter");
}

// Whose record a filter on the table is, beside the owner's.
std::string local_to_of(const Call& call, const std::string& catalog) {
  const auto& own = call.caller().account();
  return catalog == own ? "" : own;
}

bool may_grant(const Call& call, const base::Result<Resource>& resource) {
  return resource && permissions::can_grant({call.lake_caller(resource->catalog), *resource, {Privilege::select}},
                                            call.state().permissions(resource->catalog))
                         .allowed();
}
bool may_grant_table(const Call& call, const Resource& filter) {
  return may_grant(call, Resource::of_table(filter.catalog, filter.database, filter.table));
}

// On another account's table a filter may be made on the columns that came from it with grant option.
bool may_choose(const Call& call, const FilterInput& input) {
  if (local_to_of(call, input.catalog).empty()) return false;
  auto columns = input.column_names
                     ? permissions::ColumnSet::only(*input.column_names)
                     : permissions::ColumnSet::all_except(input.excluded_columns.value_or(std::vector<std::string>()));
  return may_grant(call, Resource::of_columns(input.catalog, input.database, input.table, std::move(columns)));
}

bool administers_own(const Call& call, const std::string& catalog) {
  return !local_to_of(call, catalog).empty() && !administrator_gate(call, call.caller().account());
}

// An administrator looks after what its account recorded, also when the owner shares nothing with it any more.
base::Status check_filters_reachable(Call& call, const Ask& ask, const std::string& catalog) {
  return administers_own(call, catalog) ? base::Status() : check_reachable_catalog(call, ask, catalog);
}

base::Status authorize_filter(Call& call, std::string_view action, const Resource& filter,
                              const std::function<bool()>& may) {
  call.about("filter", filter.text());
  Ask ask{std::string(action)};
  WEIR_CHECK_OK(check_filters_reachable(call, ask, filter.catalog));
  return call.authorize(ask, [&]() -> std::optional<Refusal> {
    if (may_grant_table(call, filter) || may()) return std::nullopt;
    return Refusal{
        "grant option",
        base::denied(insufficient("Select with grant option on " + filter.database + "." + filter.table), "access")};
  });
}

// What the caller may build on in a filter of its account: for administrators what the owner shows the account, for
// anyone else what it sees itself.
permissions::TableView view_to_build_on(const Call& call, const Resource& filter,
                                        const permissions::TableFacts& facts) {
  auto caller = call.lake_caller(filter.catalog);
  if (administers_own(call, filter.catalog)) {
    caller.principals = caller.received.as;
    caller.received = {{}, {}, caller.received.shares};
  }
  auto table = Resource::of_table(filter.catalog, filter.database, filter.table);
  if (!table) return {};
  return permissions::decide({caller, Privilege::select, *table, &facts}, call.state().permissions(filter.catalog))
      .view;
}

const permissions::VisibleColumn* whole_column(const permissions::TableView& view, const std::string& name) {
  for (const auto& column : view.columns)
    if (!column.fields && base::equal_ignoring_case(column.name, name)) return &column;
  return nullptr;
}

// Rows are chosen by what is seen in all of them; a filter by anything else would tell about it.
base::Status check_rows_seen(const permissions::DataCellsFilter& record, const permissions::TableView& view) {
  for (const auto& named : record.row_columns) {
    const auto* chosen_by = whole_column(view, named.name);
    for (const auto& column : view.columns)
      if (!chosen_by || !surely_within(column.visible_when, chosen_by->visible_when))
        return base::invalid("Rows cannot be chosen by column " + named.name +
                                 ": it is not shared in every row that the table is shared in.",
                             "filter");
  }
  return {};
}

base::Result<permissions::TableFacts> table_facts(store::Transaction& tx, const Resource& filter) {
  WEIR_TRY(auto table, catalog::Tables(tx).find(filter.catalog, filter.database, filter.table));
  if (!table) return base::not_found("Table " + filter.database + "." + filter.table + " not found.", "table");
  return facts_of(*table);
}

// The filter as the caller's account may have it. Of another account's table nobody learns of columns it does not see.
base::Result<permissions::DataCellsFilter> made(const Call& call, store::Transaction& tx, FilterInput input,
                                                const Resource& filter) {
  input.local_to = local_to_of(call, input.catalog);
  WEIR_TRY(auto facts, table_facts(tx, filter));
  if (input.local_to.empty()) return permissions::make_filter(input, facts, base::quick_uuid());
  auto view = view_to_build_on(call, filter, facts);
  std::erase_if(facts.columns, [&](const auto& column) { return !whole_column(view, column.name); });
  WEIR_TRY(auto record, permissions::make_filter(input, facts, base::quick_uuid()));
  WEIR_CHECK_OK(check_rows_seen(record, view));
  return record;
}

// Inside an account a name means the account's own filter before the owner's: what was passed on by the name keeps its
// meaning.
base::Status check_name_not_granted(const Call& call, store::Transaction& tx, const Resource& filter) {
  auto account = local_to_of(call, filter.catalog);
  if (account.empty()) return {};
  permissions::GrantScope scope;
  scope.resource = filter;
  WEIR_TRY(auto granted, permissions::list_grants(tx, account, scope, "", 1));
  if (granted.items.empty()) return {};
  return base::already_exists("Data cells filter " + filter.filter + " of account " + filter.catalog +
                                  " is granted inside account " + account + ": choose another name.",
                              "filter");
}

base::Result<permissions::DataCellsFilter> filter_there(const Call& call, store::Transaction& tx,
                                                        const Resource& filter) {
  WEIR_TRY(auto there, permissions::get_filter(tx, filter, local_to_of(call, filter.catalog)));
  if (!there) return absent_filter(filter);
  return std::move(*there);
}

}  // namespace

base::Status create_filter(Call& call, const FilterInput& input) {
  WEIR_TRY(auto filter, resource_of(input));
  WEIR_CHECK_OK(
      authorize_filter(call, "lakeformation:CreateDataCellsFilter", filter, [&] { return may_choose(call, input); }));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, permissions::get_filter(tx, filter, local_to_of(call, filter.catalog)));
    if (there) return base::already_exists("Data cells filter " + filter.filter + " already exists.", "filter");
    WEIR_CHECK_OK(check_name_not_granted(call, tx, filter));
    WEIR_TRY(auto record, made(call, tx, input, filter));
    return permissions::put_filter(tx, record);
  });
}

base::Result<permissions::DataCellsFilter> get_filter(Call& call, const Resource& filter) {
  WEIR_CHECK_OK(authorize_filter(call, "lakeformation:GetDataCellsFilter", filter,
                                 [&] { return administers_own(call, filter.catalog); }));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return filter_there(call, *tx, filter);
}

base::Status update_filter(Call& call, const FilterInput& input, const std::optional<std::string>& version_id) {
  WEIR_TRY(auto filter, resource_of(input));
  WEIR_CHECK_OK(authorize_filter(call, "lakeformation:UpdateDataCellsFilter", filter,
                                 [&] { return administers_own(call, filter.catalog) && may_choose(call, input); }));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, filter_there(call, tx, filter));
    if (version_id && !version_id->empty() && *version_id != there.version_id)
      return base::fail(base::Kind::concurrent, "The filter was changed meanwhile: VersionId is not the current one.",
                        "filter");
    WEIR_TRY(auto record, made(call, tx, input, filter));
    return permissions::put_filter(tx, record);
  });
}

base::Status delete_filter(Call& call, const Resource& filter) {
  WEIR_CHECK_OK(authorize_filter(call, "lakeformation:DeleteDataCellsFilter", filter,
                                 [&] { return administers_own(call, filter.catalog); }));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(filter_there(call, tx, filter));
    WEIR_CHECK_OK(permissions::erase_filter(tx, filter, local_to_of(call, filter.catalog)));
    return local_to_of(call, filter.catalog).empty() ? leave_shares(call, tx, filter) : base::Status();
  });
}

base::Result<permissions::Page<permissions::DataCellsFilter>> list_filters(Call& call, const std::string& catalog,
                                                                           const std::optional<Resource>& table,
                                                                           const std::string& token, size_t limit) {
  Ask ask{"lakeformation:ListDataCellsFilter"};
  WEIR_CHECK_OK(check_filters_reachable(call, ask, catalog));
  WEIR_CHECK_OK(call.authorize(ask));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return filled_page<permissions::DataCellsFilter>(
      token, limit,
      [&](const std::string& from, size_t count) {
        return permissions::list_filters(*tx, call.caller().account(), table, from, count);
      },
      [&](const permissions::DataCellsFilter& filter) {
        auto resource = Resource::of_filter(filter.catalog, filter.database, filter.table, filter.name);
        return resource && (may_grant_table(call, *resource) || administers_own(call, filter.catalog));
      });
}

}  // namespace weir::app
