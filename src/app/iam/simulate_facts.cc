#include "app/iam/simulate_facts.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "policy/ip_range.h"

namespace weir::app {
namespace {

bool is_number(const std::string& text) {
  auto value = base::parse_double(text);
  return value.ok() && std::isfinite(*value);
}

bool is_boolean(const std::string& text) {
  return base::equal_ignoring_case(text, "true") || base::equal_ignoring_case(text, "false");
}

bool is_date(const std::string& text) { return base::parse_iso8601(text).ok() || is_number(text); }

bool is_ip(const std::string& text) { return policy::IpAddress::parse(text).has_value(); }

bool is_text(const std::string&) { return true; }

bool is_base64(const std::string& text) { return base::unbase64(text).ok(); }

struct Type {
  std::string_view name;
  bool (*fits)(const std::string& text);
};
constexpr Type kTypes[] = {{"string", is_text}, {"numeric", is_number}, {"boolean", is_boolean},
                           {"ip", is_ip},       {"binary", is_base64},  {"date", is_date}};

base::Error wrong(const SimulatedFact& fact) {
  return base::invalid("The values of the context key " + fact.key.substr(0, 256) + " are not of the type " +
                           fact.type.substr(0, 64) + ".",
                       "simulation");
}

}  // namespace

base::Status add_facts(const std::vector<SimulatedFact>& facts, policy::Context& context) {
  for (const auto& fact : facts) {
    std::string_view name = fact.type;
    bool list = name.ends_with("List");
    if (list) name.remove_suffix(4);
    auto type = std::find_if(std::begin(kTypes), std::end(kTypes), [&](auto& one) { return one.name == name; });
    bool fits = type != std::end(kTypes) && std::all_of(fact.values.begin(), fact.values.end(), type->fits) &&
                (list || fact.values.size() == 1);
    if (!fits) return wrong(fact);
    auto values = fact.values;
    if (name == "binary") {
      for (auto& value : values) {
        WEIR_TRY(value, base::unbase64(value));
      }
    }
    list ? context.set_list(fact.key, std::move(values)) : context.set(fact.key, std::move(values.front()));
  }
  return {};
}

}  // namespace weir::app
