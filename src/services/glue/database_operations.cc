#include "app/catalog/databases.h"

#include <algorithm>

#include "services/glue/convert.h"
#include "services/glue/errors.h"
#include "services/glue/operations.h"

namespace weir::services::glue_operations {
namespace {

using namespace wire::glue;

constexpr size_t kDatabasesAtOnce = 100;

app::DatabaseName name_of(const app::Call& call, const std::optional<std::string>& catalog,
                          const std::optional<std::string>& name) {
  return app::database_name(call.catalog_or_own(catalog), name.value_or(""));
}

bool wants(const wire::List<std::string>& attributes, std::string_view attribute) {
  return attributes.empty() || std::find(attributes.begin(), attributes.end(), attribute) != attributes.end();
}

// Only what was asked for: names, and where links point.
glue::Database reduced(const catalog::Database& from, const wire::List<std::string>& attributes) {
  auto all = to_wire(from);
  if (attributes.empty()) return all;
  glue::Database out;
  out.CatalogId = all.CatalogId;  // whose it is, where a list goes through several catalogs
  if (wants(attributes, "NAME")) out.Name = all.Name;
  if (wants(attributes, "TARGET_DATABASE")) out.TargetDatabase = all.TargetDatabase;
  return out;
}

}  // namespace

base::Result<CreateDatabaseResponse> create_database(app::Call& call, const CreateDatabaseRequest& in) {
  if (in.DatabaseInput->FederatedDatabase) return not_offered("FederatedDatabase");
  WEIR_CHECK_OK(
      app::create_database(call, from_wire(call.catalog_or_own(in.CatalogId), *in.DatabaseInput), in.Tags.items()));
  return CreateDatabaseResponse{};
}

base::Result<GetDatabaseResponse> get_database(app::Call& call, const GetDatabaseRequest& in) {
  WEIR_TRY(auto database, app::get_database(call, name_of(call, in.CatalogId, in.Name)));
  return GetDatabaseResponse{to_wire(database)};
}

base::Result<GetDatabasesResponse> get_databases(app::Call& call, const GetDatabasesRequest& in) {
  auto page = page_of(in.NextToken, in.MaxResults, kDatabasesAtOnce);
  WEIR_TRY(auto found,
           app::get_databases(call, call.catalog_or_own(in.CatalogId), app::share_scope(in.ResourceShareType), page));
  GetDatabasesResponse out;
  out.DatabaseList.give();
  for (const auto& database : found.items) out.DatabaseList.push_back(reduced(database, in.AttributesToGet));
  out.NextToken = std::move(found.next_token);
  return out;
}

base::Result<UpdateDatabaseResponse> update_database(app::Call& call, const UpdateDatabaseRequest& in) {
  if (in.DatabaseInput->FederatedDatabase) return not_offered("FederatedDatabase");
  auto name = name_of(call, in.CatalogId, in.Name);
  WEIR_CHECK_OK(app::update_database(call, name, from_wire(name.catalog, *in.DatabaseInput)));
  return UpdateDatabaseResponse{};
}

base::Result<DeleteDatabaseResponse> delete_database(app::Call& call, const DeleteDatabaseRequest& in) {
  WEIR_CHECK_OK(app::delete_database(call, name_of(call, in.CatalogId, in.Name)));
  return DeleteDatabaseResponse{};
}

}  // namespace weir::services::glue_operations
