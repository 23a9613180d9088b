// Constants as written, and how they take the type of the column they are compared with.
#pragma once
#include <string>

#include "catalog/predicate.h"

namespace weir::catalog {

struct WrittenConstant {
  enum class Kind { text, number, boolean, date, timestamp };
  Kind kind = Kind::text;
  std::string text;
  size_t position = 0;
};

// Row filters: the constant's kind must be the column's (a date or timestamp column also takes text).
// Partition expressions: anything that reads as the key's type, so year = '2024' works on an int key
// and year = 2024 on a string key. Kind::invalid says what would fit.
base::Result<Literal> fit(const WrittenConstant& written, TypeFamily family, Dialect dialect);

// CAST(written AS type): the value as a constant of that type.
base::Result<WrittenConstant> cast(const WrittenConstant& written, std::string_view type);

}  // namespace weir::catalog
