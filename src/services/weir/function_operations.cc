#include "services/weir/function_operations.h"

#include "app/functions/registered_functions.h"

namespace weir::services {

using namespace wire::weir_api;
namespace {

FunctionDescription to_wire(const app::ShownFunction& shown) {
  const auto& function = shown.function;
  FunctionDescription out;
  out.FunctionArn = shown.arn;
  out.Name = function.name;
  out.CreatedAt = function.created;
  out.ChangedAt = function.changed;
  if (!function.built_in) {
    out.Url = functions::url_without_query(function.url);
    out.TimeoutSeconds = static_cast<int32_t>(function.timeout_s);
    return out;
  }
  out.BuiltIn = std::string(functions::to_string(*function.built_in));
  out.Role = function.role;
  out.EnvironmentNames.give();
  for (const auto& name : function.environment_names) out.EnvironmentNames.push_back(name);
  return out;
}

base::Result<app::Registration> registration_of(const RegisterFunctionRequest& in) {
  app::Registration out;
  out.name = *in.Name;
  out.url = in.Url.value_or("");
  out.role = in.Role.value_or("");
  out.rotate_secret = in.RotateSecret.value_or(false);
  if (in.TimeoutSeconds) out.timeout_s = *in.TimeoutSeconds;
  for (const auto& [name, value] : in.Environment) out.environment.emplace(name, value);
  if (!in.BuiltIn) return out;
  out.built_in = functions::parse_built_in(*in.BuiltIn);
  if (!out.built_in) return base::invalid("There is no built-in function " + *in.BuiltIn + ".", "function");
  return out;
}

}  // namespace

base::Result<RegisterFunctionResponse> register_function(app::Call& call, const RegisterFunctionRequest& in) {
  WEIR_TRY(auto wanted, registration_of(in));
  WEIR_TRY(auto registered, app::register_function(call, wanted));
  RegisterFunctionResponse out;
  out.FunctionArn = std::move(registered.arn);
  if (registered.secret) out.Secret = registered.secret->reveal();
  return out;
}

base::Result<FunctionDescription> describe_function(app::Call& call, const DescribeFunctionRequest& in) {
  WEIR_TRY(auto shown, app::describe_function(call, *in.Name));
  return to_wire(shown);
}

base::Result<ListFunctionsResponse> list_functions(app::Call& call, const ListFunctionsRequest&) {
  WEIR_TRY(auto all, app::list_functions(call));
  ListFunctionsResponse out;
  out.Functions.give();
  for (const auto& shown : all) out.Functions.push_back(to_wire(shown));
  return out;
}

base::Result<DeregisterFunctionResponse> deregister_function(app::Call& call, const DeregisterFunctionRequest& in) {
  WEIR_CHECK_OK(app::deregister_function(call, *in.Name));
  return DeregisterFunctionResponse{};
}

}  // namespace weir::services
