#include "people/person_filter.h"

#include <algorithm>

#include "base/text.h"

namespace weir::people {
namespace {

constexpr std::string_view kSearchable[] = {
    "username",           "email", "phone_number",        "name",  "given_name", "family_name",
    "preferred_username", "sub",   "cognito:user_status", "status"};

base::Error wrong() { return base::invalid("One or more request parameters are invalid: Filter.", "parameter"); }

// What stands between the quotation marks.
base::Result<std::string> unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"') return wrong();
  std::string out;
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return i + 1 == text.size() ? base::Result<std::string>(out) : wrong();
    if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) ++i;
    out += text[i];
  }
  return wrong();
}

std::string value_of(const Person& person, const std::string& attribute) {
  if (attribute == "username") return person.username;
  if (attribute == "sub") return person.sub;
  if (attribute == "cognito:user_status") return std::string(to_string(person.status));
  if (attribute == "status") return person.enabled ? "Enabled" : "Disabled";
  return person.attribute(attribute);
}

}  // namespace

base::Result<PersonFilter> PersonFilter::parse(std::string_view text) {
  text = base::trim(text);
  if (text.empty()) return PersonFilter{};
  auto equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return wrong();
  PersonFilter out;
  out.prefix = text[equals - 1] == '^';
  auto name = base::trim(text.substr(0, out.prefix ? equals - 1 : equals));
  if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
  if (std::ranges::find(kSearchable, name) == std::end(kSearchable)) return wrong();
  out.attribute = name;
  WEIR_TRY(out.value, unquoted(base::trim(text.substr(equals + 1))));
  return out;
}

bool PersonFilter::matches(const Person& person) const {
  if (attribute.empty()) return true;
  auto has = value_of(person, attribute);
  return prefix ? has.starts_with(value) : has == value;
}

}  // namespace weir::people
