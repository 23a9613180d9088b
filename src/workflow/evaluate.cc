#include "base/utf8.h"
#include "workflow/expression.h"
#include "workflow/limits.h"
#include "workflow/states_error.h"

namespace weir::workflow {
namespace {

constexpr size_t kShownInput = 1'024;

const Json* root_of(const Path& path, const Scope& scope) {
  switch (path.root()) {
    case Path::Root::input: return scope.input;
    case Path::Root::context: return scope.context;
    case Path::Root::variable: {
      auto found = scope.variables->find(path.variable());
      return found == scope.variables->end() ? nullptr : &found->second;
    }
    case Path::Root::current: break;  // stands in filters only
  }
  return nullptr;
}

base::Error in_call(const Expression& expression, base::Error error) {
  error.says = "The function '" + expression.text + "' had the following error: " + error.says;
  return error;
}

Result<Json> call(const Expression& expression, const Scope& scope) {
  std::vector<Json> arguments;
  size_t bytes = 0;
  for (auto& argument : expression.arguments) {
    WEIR_TRY(auto value, evaluate(argument, scope));
    bytes += json_bytes(value);
    if (bytes > kIntrinsicBytesMax) return in_call(expression, intrinsic_failure("the arguments are too large"));
    arguments.push_back(std::move(value));
  }
  auto value = expression.function->call(arguments, *scope.entropy);
  if (!value.ok()) return in_call(expression, std::move(value).error());
  return value;
}

}  // namespace

Result<std::optional<Json>> look_up(const Path& path, const Scope& scope) {
  auto* at = root_of(path, scope);
  if (!at) return std::optional<Json>();
  return path.find(*at, *at);
}

Result<Json> evaluate(const Expression& expression, const Scope& scope) {
  if (expression.function) return call(expression, scope);
  if (!expression.path) return expression.literal;
  WEIR_TRY(auto value, look_up(*expression.path, scope));
  if (value) return std::move(*value);
  return path_miss("The JSONPath '" + expression.text + "' could not be found in the input '" +
                   base::shortened(scope.input->dump(), kShownInput) + "'");
}

}  // namespace weir::workflow
