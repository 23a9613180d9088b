#include "cli/mesh_functions.h"

#include "cli/mesh_mark.h"

namespace weir::cli {
namespace {

using base::Json;

constexpr std::string_view kService = "weir_api";
constexpr std::string_view kAbsent = "EntityNotFoundException";  // a bare 404 is of somebody else

Json named(const MeshFunction& function) { return Json::object().set("Name", function.name); }

}  // namespace

base::Result<Json> MeshFunctions::find(const MeshFunction& function) const {
  auto answer = api_.call(kService, "DescribeFunction", named(function));
  if (!answer && answer.error().about == kAbsent) return Json();
  return answer;
}

bool MeshFunctions::is_ours(const MeshFunction& function, const Json& found) const {
  return found.text("BuiltIn") == function.built_in && found.text("Role") == place_.role(function.role);
}

base::Status MeshFunctions::check_served() const {
  WEIR_CHECK_OK(find(kTableDetails));
  return {};
}

base::Status MeshFunctions::put(const MeshFunction& function) {
  WEIR_TRY(auto found, find(function));
  if (!found.is_null() && !is_ours(function, found)) return stands_in_the_way("function", function.name);
  if (!found.is_null()) {
    ledger_.enter(Fate::there, "function", place_.function(function.name));
    return {};
  }
  auto request = named(function).set("BuiltIn", function.built_in).set("Role", place_.role(function.role));
  WEIR_TRY(auto made, api_.call(kService, "RegisterFunction", request));
  ledger_.enter(Fate::made, "function", made.text("FunctionArn", function.name));
  return {};
}

base::Status MeshFunctions::remove(const MeshFunction& function) {
  auto arn = place_.function(function.name);
  WEIR_TRY(auto found, find(function));
  if (found.is_null()) {
    ledger_.enter(Fate::absent, "function", arn);
    return {};
  }
  if (!is_ours(function, found)) {
    ledger_.enter(Fate::left, "function", arn, "it is not what weir mesh made: another built-in, role or a webhook");
    return {};
  }
  WEIR_CHECK_OK(api_.call(kService, "DeregisterFunction", named(function)));
  ledger_.enter(Fate::removed, "function", arn);
  return {};
}

}  // namespace weir::cli
