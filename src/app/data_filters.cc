#include "app/data_filters.h"

#include "app/data_lake_settings.h"
#include "app/filled_page.h"
#include "app/governed_table.h"
#include "app/wording.h"
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

bool may_grant_table(const Call& call, const Resource& filter) {
  auto table = Resource::of_table(filter.catalog, filter.database, filter.table);
  return table && permissions::can_grant({call.lake_caller(filter.catalog), *table, {Privilege::select}},
                                         call.state().permissions(filter.catalog))
                      .allowed();
}

base::Status authorize_filter(Call& call, std::string_view action, const Resource& filter) {
  call.about("filter", filter.text());
  Ask ask{std::string(action)};
  WEIR_CHECK_OK(check_own_catalog(call, ask, filter.catalog));
  return call.authorize(ask, [&]() -> std::optional<Refusal> {
    if (may_grant_table(call, filter)) return std::nullopt;
    return Refusal{
        "grant option",
        base::denied(insufficient("Select with grant option on " + filter.database + "." + filter.table), "access")};
  });
}

base::Result<permissions::TableFacts> table_facts(store::Transaction& tx, const Resource& filter) {
  WEIR_TRY(auto table, catalog::Tables(tx).find(filter.catalog, filter.database, filter.table));
  if (!table) return base::not_found("Table " + filter.database + "." + filter.table + " not found.", "table");
  return facts_of(*table);
}

}  // namespace

base::Status create_filter(Call& call, const FilterInput& input) {
  WEIR_TRY(auto filter, resource_of(input));
  WEIR_CHECK_OK(authorize_filter(call, "lakeformation:CreateDataCellsFilter", filter));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto facts, table_facts(tx, filter));
    WEIR_TRY(auto there, permissions::get_filter(tx, filter));
    if (there) return base::already_exists("Data cells filter " + filter.filter + " already exists.", "filter");
    WEIR_TRY(auto record, permissions::make_filter(input, facts, base::quick_uuid()));
    return permissions::put_filter(tx, record);
  });
}

base::Result<permissions::DataCellsFilter> get_filter(Call& call, const Resource& filter) {
  Ask ask{"lakeformation:GetDataCellsFilter"};
  WEIR_CHECK_OK(check_own_catalog(call, ask, filter.catalog));
  WEIR_CHECK_OK(authorize_filter(call, ask.action, filter));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto there, permissions::get_filter(*tx, filter));
  if (!there) return absent_filter(filter);
  return *there;
}

base::Status update_filter(Call& call, const FilterInput& input, const std::optional<std::string>& version_id) {
  WEIR_TRY(auto filter, resource_of(input));
  WEIR_CHECK_OK(authorize_filter(call, "lakeformation:UpdateDataCellsFilter", filter));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto facts, table_facts(tx, filter));
    WEIR_TRY(auto there, permissions::get_filter(tx, filter));
    if (!there) return absent_filter(filter);
    if (version_id && !version_id->empty() && *version_id != there->version_id)
      return base::fail(base::Kind::concurrent, "The filter was changed meanwhile: VersionId is not the current one.",
                        "filter");
    WEIR_TRY(auto record, permissions::make_filter(input, facts, base::quick_uuid()));
    return permissions::put_filter(tx, record);
  });
}

base::Status delete_filter(Call& call, const Resource& filter) {
  WEIR_CHECK_OK(authorize_filter(call, "lakeformation:DeleteDataCellsFilter", filter));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, permissions::get_filter(tx, filter));
    if (!there) return absent_filter(filter);
    return permissions::erase_filter(tx, filter);
  });
}

base::Result<permissions::Page<permissions::DataCellsFilter>> list_filters(Call& call, const std::string& catalog,
                                                                           const std::optional<Resource>& table,
                                                                           const std::string& token, size_t limit) {
  Ask ask{"lakeformation:ListDataCellsFilter"};
  WEIR_CHECK_OK(check_own_catalog(call, ask, catalog));
  WEIR_CHECK_OK(call.authorize(ask));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return filled_page<permissions::DataCellsFilter>(
      token, limit,
      [&](const std::string& from, size_t count) {
        return permissions::list_filters(*tx, catalog, table, from, count);
      },
      [&](const permissions::DataCellsFilter& filter) {
        auto resource = Resource::of_filter(filter.catalog, filter.database, filter.table, filter.name);
        return resource && may_grant_table(call, *resource);
      });
}

}  // namespace weir::app
