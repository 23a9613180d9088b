// Conditions that choose among registered locations, by ARN, role or date (lakeformation.md 1.2, FilterCondition).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "permissions/location.h"

namespace weir::app {

enum class LocationField { resource_arn, role_arn, last_modified };
enum class Comparison { eq, ne, le, lt, ge, gt, contains, not_contains, begins_with, in, between };

struct LocationCondition {
  LocationField field = LocationField::resource_arn;
  Comparison comparison = Comparison::eq;
  std::vector<std::string> texts;       // of ARNs
  std::vector<base::Instant> instants;  // of dates
};

// BETWEEN takes two values, IN one or more, the others one. A date is ISO 8601 or seconds since 1970; it is compared,
// and not searched for pieces of text. Kind::invalid says what does not fit.
base::Result<LocationCondition> parse_location_condition(std::string_view field, std::string_view comparison,
                                                         const std::vector<std::string>& values);
bool holds(const LocationCondition& condition, const permissions::Location& location);

}  // namespace weir::app
