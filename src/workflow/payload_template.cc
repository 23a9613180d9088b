#include "workflow/payload_template.h"

#include "base/text.h"
#include "base/utf8.h"
#include "workflow/limits.h"
#include "workflow/states_error.h"

namespace weir::workflow {
namespace {

constexpr size_t kShownExpression = 1'024;
constexpr size_t kShownValue = 256;

std::string_view type_name(const Json& value) {
  if (value.is_null()) return "null";
  if (value.as_bool()) return "boolean";
  if (value.as_string()) return "string";
  if (value.as_array()) return "array";
  return value.as_object() ? "object" : "number";
}

void gather(const Template& from, std::vector<const JsonataQuery*>& out) {
  if (from.kind == Template::Kind::jsonata) out.push_back(&from.jsonata);
  for (auto& member : from.members) gather(member.value, out);
  for (auto& item : from.items) gather(item, out);
}

// Invariant: expressions are filled in the order in which ask() found them, so that answers_ needs no names.
class Filling {
 public:
  explicit Filling(const Scope& scope) : scope_(scope) {}

  // All expressions at once: the engine is far away.
  void ask(const Template& from) { gather(from, queries_); }
  void answer() {
    if (scope_.jsonata && !queries_.empty()) answers_ = scope_.jsonata->evaluate(queries_, scope_);
  }

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

  Result<Json> jsonata(const JsonataQuery& query) {
    if (!scope_.jsonata) return query_error(query, "cannot be evaluated: JSONata is not offered");
    auto& value = answers_.at(filled_++);
    if (!value.ok()) return query_error(query, "threw an error: " + value.error().says);
    if (!*value) return query_error(query, "returned nothing (undefined).");
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
  std::vector<const JsonataQuery*> queries_;
  std::vector<Answer> answers_;
  size_t filled_ = 0;
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

Result<Json> evaluate(const Template& from, const Scope& scope) {
  Filling filling(scope);
  filling.ask(from);
  filling.answer();
  return filling.fill(from, "");
}

Result<Variables> evaluate(const Assignments& from, const Scope& scope) {
  Filling filling(scope);
  for (auto& [name, value] : from) filling.ask(value);
  filling.answer();
  Variables out;
  for (auto& [name, value] : from) {
    WEIR_TRY(auto filled, filling.fill(value, name));
    out.emplace(name, std::move(filled));
  }
  return out;
}

base::Error query_error(const JsonataQuery& query, const std::string& why) {
  auto error =
      states_error(kQueryEvaluationError, "The JSONata expression '" + base::shortened(query.text, kShownExpression) +
                                              "' specified for the field '" + query.field + "' " + why);
  error.log = query.field;
  return error;
}

base::Error wrong_value(const Template& from, std::string_view wanted, const Json& got, std::string otherwise) {
  if (from.kind != Template::Kind::jsonata) return runtime_error(std::move(otherwise));
  return query_error(from.jsonata, "returned an unexpected result type. Expected '" + std::string(wanted) +
                                       "', but was '" + std::string(type_name(got)) +
                                       "' for value: " + base::shortened(got.dump(), kShownValue));
}

std::optional<std::string_view> between_marks(std::string_view text) {
  if (text.size() < 4 || !text.starts_with("{%") || !text.ends_with("%}")) return std::nullopt;
  return base::trim(text.substr(2, text.size() - 4));
}

}  // namespace weir::workflow
