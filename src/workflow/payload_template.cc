#include "workflow/payload_template.h"

#include "base/text.h"
#include "workflow/expressions.h"
#include "workflow/limits.h"
#include "workflow/states_error.h"

namespace weir::workflow {
namespace {

Json states_of(const Scope& scope) {
  Json out = Json::object();
  out.set("input", *scope.input);
  out.set("context", *scope.context);
  if (scope.result) out.set("result", *scope.result);
  if (scope.error_output) out.set("errorOutput", *scope.error_output);
  return out;
}

base::Error query_error(const std::string& expression, const std::string& why) {
  return states_error(kQueryEvaluationError, "The JSONata expression '" + expression + "' " + why);
}

class Filling {
 public:
  explicit Filling(const Scope& scope) : scope_(scope) {}

  Result<Json> fill(const Template& from, const std::string& field) {
    switch (from.kind) {
      case Template::Kind::literal: return counted(from.literal);
      case Template::Kind::expression: return expression(*from.expression, field);
      case Template::Kind::jsonata: return jsonata(from.jsonata);
      case Template::Kind::object: return object(from);
      case Template::Kind::array: return array(from, field);
    }
    return Json();
  }

 private:
  Result<Json> counted(Json value) {
    bytes_ += json_bytes(value);
    if (bytes_ > kPayloadBytesMax)
      return states_error(kDataLimitExceeded,
                          "what was put together exceeds the maximum number of bytes service limit");
    return value;
  }

  // Names the field, as AWS does for a path that finds nothing.
  Result<Json> expression(const Expression& expression, const std::string& field) {
    auto value = evaluate(expression, scope_);
    if (value.ok()) return counted(std::move(*value));
    auto error = std::move(value).error();
    constexpr std::string_view kAt = "' could not be found";
    auto place = error.says.find(kAt);
    bool names_field = error.kind == base::Kind::not_found && !expression.function && !field.empty();
    if (names_field && place != std::string::npos)
      error.says.insert(place, "' specified for the field '" + field + ".$");
    return error;
  }

  Result<Json> jsonata(const std::string& text) {
    if (!scope_.jsonata) return query_error(text, "cannot be evaluated: JSONata is not offered");
    auto value = scope_.jsonata->evaluate(text, states_of(scope_), *scope_.variables, *scope_.entropy);
    if (!value.ok()) return query_error(text, "failed: " + value.error().says);
    if (!*value) return query_error(text, "returned nothing (undefined)");
    return counted(std::move(**value));
  }

  Result<Json> object(const Template& from) {
    Json::Object out;
    for (auto& member : from.members) {
      WEIR_TRY(auto value, fill(member.value, member.name));
      out.emplace_back(member.name, std::move(value));
    }
    return Json(std::move(out));
  }

  Result<Json> array(const Template& from, const std::string& field) {
    Json::Array out;
    for (auto& item : from.items) {
      WEIR_TRY(auto value, fill(item, field));
      out.push_back(std::move(value));
    }
    return Json(std::move(out));
  }

  const Scope& scope_;
  size_t bytes_ = 0;
};

}  // namespace

Template Template::of(Json literal) {
  Template out;
  out.literal = std::move(literal);
  return out;
}

Template Template::of(Expression expression) {
  Template out;
  out.kind = Kind::expression;
  out.expression = std::move(expression);
  return out;
}

Result<Json> evaluate(const Template& from, const Scope& scope) { return Filling(scope).fill(from, ""); }

std::optional<std::string_view> between_marks(std::string_view text) {
  if (text.size() < 4 || !text.starts_with("{%") || !text.ends_with("%}")) return std::nullopt;
  return base::trim(text.substr(2, text.size() - 4));
}

}  // namespace weir::workflow
