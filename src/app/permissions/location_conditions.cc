#include "app/permissions/location_conditions.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"

namespace weir::app {
namespace {

constexpr std::array<std::string_view, 3> kFields{"RESOURCE_ARN", "ROLE_ARN", "LAST_MODIFIED"};
constexpr std::array<std::string_view, 11> kComparisons{"EQ",       "NE",           "LE",          "LT", "GE",     "GT",
                                                        "CONTAINS", "NOT_CONTAINS", "BEGINS_WITH", "IN", "BETWEEN"};

template <class Enum, size_t N>
base::Result<Enum> named(const std::array<std::string_view, N>& names, std::string_view name) {
  auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    return base::invalid("Unknown filter condition: " + std::string(name.substr(0, 64)), "filter");
  return static_cast<Enum>(found - names.begin());
}

bool compares_text(Comparison comparison) {
  return comparison == Comparison::contains || comparison == Comparison::not_contains ||
         comparison == Comparison::begins_with;
}

base::Status check_count(Comparison comparison, size_t count) {
  if (comparison == Comparison::in ? count > 0 : count == (comparison == Comparison::between ? 2u : 1u)) return {};
  return base::invalid("A filter condition takes one value, BETWEEN takes two and IN at least one.", "filter");
}

base::Result<base::Instant> instant(const std::string& text) {
  if (auto date = base::parse_iso8601(text); date.ok()) return date;
  auto seconds = base::parse_double(text);
  constexpr double kFarthest = 253402300800;  // the year 10000
  if (seconds && *seconds >= 0 && *seconds < kFarthest) return base::from_epoch_seconds(*seconds);
  return base::invalid("LAST_MODIFIED is compared with a date (2026-11-22T01:02:03Z) or with seconds since 1970, not " +
                           text.substr(0, 64) + ".",
                       "filter");
}

// What every type can be asked; the rest is about texts.
template <class T>
bool compare(Comparison comparison, const T& value, const std::vector<T>& given) {
  switch (comparison) {
    case Comparison::eq: return value == given[0];
    case Comparison::ne: return value != given[0];
    case Comparison::le: return value <= given[0];
    case Comparison::lt: return value < given[0];
    case Comparison::ge: return value >= given[0];
    case Comparison::gt: return value > given[0];
    case Comparison::in: return std::find(given.begin(), given.end(), value) != given.end();
    case Comparison::between: return given[0] <= value && value <= given[1];
    case Comparison::contains:
    case Comparison::not_contains:
    case Comparison::begins_with: break;
  }
  return false;
}

bool search(Comparison comparison, const std::string& value, const std::string& piece) {
  if (comparison == Comparison::begins_with) return value.starts_with(piece);
  return (value.find(piece) != std::string::npos) == (comparison == Comparison::contains);
}

// The service shows dates in whole seconds; what it shows is what is compared.
base::Instant shown(base::Instant at) { return std::chrono::floor<std::chrono::seconds>(at); }

}  // namespace

base::Result<LocationCondition> parse_location_condition(std::string_view field, std::string_view comparison,
                                                         const std::vector<std::string>& values) {
  LocationCondition out;
  WEIR_TRY(out.field, named<LocationField>(kFields, field));
  WEIR_TRY(out.comparison, named<Comparison>(kComparisons, comparison));
  WEIR_CHECK_OK(check_count(out.comparison, values.size()));
  if (out.field != LocationField::last_modified) {
    out.texts = values;
    return out;
  }
  if (compares_text(out.comparison))
    return base::invalid("LAST_MODIFIED is compared as a date: " + std::string(comparison) + " does not apply.",
                         "filter");
  for (const auto& value : values) {
    WEIR_TRY(auto at, instant(value));
    out.instants.push_back(at);
  }
  return out;
}

bool holds(const LocationCondition& condition, const permissions::Location& location) {
  if (condition.field == LocationField::last_modified)
    return compare(condition.comparison, shown(location.last_modified), condition.instants);
  const auto& value = condition.field == LocationField::role_arn ? location.role_arn : location.resource_arn;
  if (compares_text(condition.comparison)) return search(condition.comparison, value, condition.texts.front());
  return compare(condition.comparison, value, condition.texts);
}

}  // namespace weir::app
