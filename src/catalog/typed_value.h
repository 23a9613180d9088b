// Values of the comparison families: read from text, put in canonical form and compared.
#pragma once
#include <compare>
#include <string_view>

#include "catalog/predicate.h"

namespace weir::catalog {

// Hive's mark for NULL in a partition value.
inline constexpr std::string_view kNullPartition = "__HIVE_DEFAULT_PARTITION__";

// Reads a text as a value of the family; Kind::invalid when it is none. Canonical forms:
//   decimal   no needless zeros, no exponent, "0" never negative
//   date      YYYY-MM-DD of a day that exists
//   timestamp YYYY-MM-DD HH:MM:SS[.fraction without trailing zeros]; a date alone is its midnight
base::Result<Literal> typed_value(std::string_view text, TypeFamily family);

// Both of one family; unordered when they are not, or for NaN.
std::partial_ordering compare(const Literal& a, const Literal& b);

}  // namespace weir::catalog
