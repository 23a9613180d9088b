#include "app/catalog/table_versions.h"
#include "services/glue/convert.h"
#include "services/glue/errors.h"
#include "services/glue/operations.h"

namespace weir::services::glue_operations {
namespace {

using namespace wire::glue;

constexpr size_t kVersionsAtOnce = 100;

template <class In>
names::TableName name_of(const app::Call& call, const In& in) {
  return app::table_name(call.catalog_or_own(in.CatalogId), in.DatabaseName.value_or(""), in.TableName.value_or(""));
}

TableVersion to_wire(const app::ShownTable& shown) {
  return {services::to_wire(*shown.table, shown.registered), shown.table->version_id};
}

}  // namespace

base::Result<GetTableVersionResponse> get_table_version(app::Call& call, const GetTableVersionRequest& in) {
  WEIR_TRY(auto version, app::get_table_version(call, name_of(call, in), in.VersionId));
  return GetTableVersionResponse{to_wire(version)};
}

base::Result<GetTableVersionsResponse> get_table_versions(app::Call& call, const GetTableVersionsRequest& in) {
  WEIR_TRY(auto found,
           app::get_table_versions(call, name_of(call, in), page_of(in.NextToken, in.MaxResults, kVersionsAtOnce)));
  GetTableVersionsResponse out;
  out.TableVersions.give();
  for (const auto& version : found.tables) out.TableVersions.push_back(to_wire(version));
  out.NextToken = std::move(found.next_token);
  return out;
}

base::Result<DeleteTableVersionResponse> delete_table_version(app::Call& call, const DeleteTableVersionRequest& in) {
  WEIR_CHECK_OK(app::delete_table_version(call, name_of(call, in), in.VersionId.value_or("")));
  return DeleteTableVersionResponse{};
}

base::Result<BatchDeleteTableVersionResponse> batch_delete_table_version(app::Call& call,
                                                                         const BatchDeleteTableVersionRequest& in) {
  WEIR_TRY(auto failures, app::batch_delete_table_versions(call, name_of(call, in), in.VersionIds.items()));
  BatchDeleteTableVersionResponse out;
  out.Errors.give();
  for (const auto& failure : failures)
    out.Errors.push_back({in.TableName, failure.version, error_detail(failure.error)});
  return out;
}

}  // namespace weir::services::glue_operations
