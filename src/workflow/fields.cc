#include "workflow/fields.h"

#include "base/text.h"
#include "workflow/values.h"

namespace weir::workflow {

using base::Json;

Fields::Fields(const Json& object, std::string location, Findings& findings)
    : object_(object), location_(std::move(location)), findings_(findings) {
  CHECK_TRUE(object.as_object(), "fields are those of an object");
}

const Json* Fields::take(std::string_view name) {
  taken_.emplace(name);
  return object_.find(name);
}

void Fields::wrong_here(std::string message) {
  findings_.error(kSchema, std::move(message), location_.empty() ? "/" : location_);
}

void Fields::require(std::initializer_list<std::string_view> names) {
  std::vector<std::string> missing;
  for (auto name : names)
    if (!has(name)) missing.emplace_back(name);
  if (!missing.empty()) wrong_here("These fields are required: [" + base::join(missing, ", ") + "]");
}

std::optional<std::string> Fields::text(std::string_view name) {
  auto* value = take(name);
  if (!value) return std::nullopt;
  if (auto* text = value->as_string()) return *text;
  wrong(name, "Expected value of type String");
  return std::nullopt;
}

std::string Fields::state_name(std::string_view name) {
  auto given = text(name);
  if (given && given->empty()) wrong(name, "Expected the name of a state");
  return given.value_or("");
}

std::optional<int64_t> Fields::integer(std::string_view name, int64_t least, int64_t most) {
  auto* value = take(name);
  if (!value) return std::nullopt;
  auto number = whole_number(*value);
  if (number && *number >= least && *number <= most) return number;
  wrong(name, "Expected an integer from " + std::to_string(least) + " to " + std::to_string(most));
  return std::nullopt;
}

std::optional<bool> Fields::flag(std::string_view name) {
  auto* value = take(name);
  if (!value) return std::nullopt;
  if (auto* flag = value->as_bool()) return *flag;
  wrong(name, "Expected value of type Boolean");
  return std::nullopt;
}

const Json* Fields::object(std::string_view name) {
  auto* value = take(name);
  if (!value || value->as_object()) return value;
  wrong(name, "Expected value of type Object");
  return nullptr;
}

const Json::Array* Fields::array(std::string_view name) {
  auto* value = take(name);
  if (!value) return nullptr;
  if (value->as_array() && !value->as_array()->empty()) return value->as_array();
  wrong(name, "Expected a non-empty array");
  return nullptr;
}

}  // namespace weir::workflow
