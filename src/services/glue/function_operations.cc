#include "app/catalog/functions.h"

#include "services/glue/convert.h"
#include "services/glue/convert_storage.h"
#include "services/glue/operations.h"

namespace weir::services::glue_operations {
namespace {

using namespace wire::glue;

constexpr size_t kFunctionsAtOnce = 100;

template <class In>
app::DatabaseName database_of(const app::Call& call, const In& in) {
  return app::database_name(call.catalog_or_own(in.CatalogId), in.DatabaseName.value_or(""));
}

template <class In>
app::FunctionName name_of(const app::Call& call, const In& in) {
  return {database_of(call, in), in.FunctionName.value_or("")};
}

catalog::UserDefinedFunction from_wire(const app::DatabaseName& database, const UserDefinedFunctionInput& in) {
  catalog::UserDefinedFunction out;
  out.catalog_id = database.catalog;
  out.database_name = database.database;
  out.function_name = in.FunctionName.value_or("");
  out.class_name = in.ClassName;
  out.owner_name = in.OwnerName;
  out.function_type = in.FunctionType;
  out.owner_type = in.OwnerType;
  if (in.ResourceUris.given()) {
    auto& uris = out.resource_uris.emplace();
    for (const auto& uri : in.ResourceUris) uris.push_back({uri.ResourceType, uri.Uri, uri.LastModified});
  }
  out.artifact_location = in.ArtifactLocation;
  out.governance_mode = in.GovernanceMode;
  return out;
}

glue::UserDefinedFunction to_wire(const catalog::UserDefinedFunction& from) {
  glue::UserDefinedFunction out;
  out.FunctionName = from.function_name;
  out.DatabaseName = from.database_name;
  out.ClassName = from.class_name;
  out.OwnerName = from.owner_name;
  out.FunctionType = from.function_type;
  out.OwnerType = from.owner_type;
  out.CreateTime = from.create_time;
  out.ResourceUris.give();
  if (from.resource_uris)
    for (const auto& uri : *from.resource_uris)
      out.ResourceUris.push_back({uri.resource_type, uri.uri, uri.last_modified});
  out.ArtifactLocation = from.artifact_location;
  out.GovernanceMode = from.governance_mode;
  out.CatalogId = from.catalog_id;
  return out;
}

}  // namespace

base::Result<CreateUserDefinedFunctionResponse> create_user_defined_function(
    app::Call& call, const CreateUserDefinedFunctionRequest& in) {
  WEIR_CHECK_OK(app::create_function(call, from_wire(database_of(call, in), *in.FunctionInput)));
  return CreateUserDefinedFunctionResponse{};
}

base::Result<UpdateUserDefinedFunctionResponse> update_user_defined_function(
    app::Call& call, const UpdateUserDefinedFunctionRequest& in) {
  auto name = name_of(call, in);
  auto function = from_wire(name.database, *in.FunctionInput);
  if (function.function_name.empty()) function.function_name = name.function;
  WEIR_CHECK_OK(app::update_function(call, name, std::move(function)));
  return UpdateUserDefinedFunctionResponse{};
}

base::Result<DeleteUserDefinedFunctionResponse> delete_user_defined_function(
    app::Call& call, const DeleteUserDefinedFunctionRequest& in) {
  WEIR_CHECK_OK(app::delete_function(call, name_of(call, in)));
  return DeleteUserDefinedFunctionResponse{};
}

base::Result<GetUserDefinedFunctionResponse> get_user_defined_function(app::Call& call,
                                                                       const GetUserDefinedFunctionRequest& in) {
  WEIR_TRY(auto function, app::get_function(call, name_of(call, in)));
  return GetUserDefinedFunctionResponse{to_wire(function)};
}

base::Result<GetUserDefinedFunctionsResponse> get_user_defined_functions(app::Call& call,
                                                                         const GetUserDefinedFunctionsRequest& in) {
  app::FunctionQuery query{call.catalog_or_own(in.CatalogId), in.DatabaseName, in.Pattern.value_or(""), in.FunctionType,
                           page_of(in.NextToken, in.MaxResults, kFunctionsAtOnce)};
  WEIR_TRY(auto found, app::get_functions(call, query));
  GetUserDefinedFunctionsResponse out;
  out.UserDefinedFunctions.give();
  for (const auto& function : found.items) out.UserDefinedFunctions.push_back(to_wire(function));
  out.NextToken = std::move(found.next_token);
  return out;
}

}  // namespace weir::services::glue_operations
