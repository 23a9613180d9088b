#include "app/catalog/table_versions.h"

#include "app/catalog/resource_links.h"
#include "app/catalog/shown_columns.h"

namespace weir::app {
namespace {

using permissions::Privilege;

void describe(Call& call, const names::TableName& name) {
  call.about("databaseName", name.database);
  call.about("tableName", name.table);
}

ShownTable shown_version(const Call& call, const GovernedTable& governed, catalog::TableVersion version) {
  bool registered = is_registered(call, version.table);
  version.table.version_id = version.version_id;
  auto table = std::make_shared<catalog::Table>(std::move(version.table));
  return {ShownColumns(governed.decision).of(std::move(table)), registered};
}

base::Result<GovernedTable> authorize_reading(Call& call, std::string_view action, const names::TableName& name) {
  return authorize_linked_table(call, action, name, TableLinks::follow, Privilege::describe);
}

base::Result<GovernedTable> authorize_deletion(Call& call, std::string_view action, const names::TableName& name) {
  describe(call, name);
  WEIR_TRY(auto followed, follow(call, action, name, TableLinks::refuse));
  return authorize_table(call, action, followed, first_held(call, followed.name, {Privilege::alter, Privilege::drop}));
}

}  // namespace

base::Result<ShownTable> get_table_version(Call& call, const names::TableName& name,
                                           const std::optional<std::string>& version) {
  describe(call, name);
  WEIR_TRY(auto governed, authorize_reading(call, "glue:GetTableVersion", name));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, catalog::Tables(*tx).get_version(*governed.table, version));
  return shown_version(call, governed, std::move(found));
}

base::Result<ShownTables> get_table_versions(Call& call, const names::TableName& name,
                                             const catalog::PageRequest& page) {
  describe(call, name);
  WEIR_TRY(auto governed, authorize_reading(call, "glue:GetTableVersions", name));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, catalog::Tables(*tx).list_versions(*governed.table, page));
  ShownTables out;
  for (auto& version : found.items) out.tables.push_back(shown_version(call, governed, std::move(version)));
  out.next_token = std::move(found.next_token);
  return out;
}

base::Status delete_table_version(Call& call, const names::TableName& name, const std::string& version) {
  WEIR_TRY(auto governed, authorize_deletion(call, "glue:DeleteTableVersion", name));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, same_table(tx, governed));
    return catalog::Tables(tx).erase_version(there, version);
  });
}

base::Result<std::vector<VersionFailure>> batch_delete_table_versions(Call& call, const names::TableName& name,
                                                                      const std::vector<std::string>& versions) {
  WEIR_TRY(auto governed, authorize_deletion(call, "glue:BatchDeleteTableVersion", name));
  std::vector<VersionFailure> failures;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    failures.clear();
    WEIR_TRY(auto there, same_table(tx, governed));
    for (const auto& version : versions) {
      auto status = catalog::Tables(tx).erase_version(there, version);
      if (!status.ok() && status.error().kind == base::Kind::internal) return status;
      if (!status.ok()) failures.push_back({version, std::move(status).error()});
    }
    return {};
  }));
  return failures;
}

}  // namespace weir::app
