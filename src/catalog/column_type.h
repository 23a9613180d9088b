// Hive column types as text: what they compare as, and the fields of structs.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/predicate.h"

namespace weir::catalog {

// The type's name without its parameters, lower case: "decimal(18,2)" -> "decimal", "struct<a:int>" -> "struct".
std::string type_name(std::string_view hive_type);

struct StructField {
  std::string name;  // as the type spells it
  std::string type;
};
// The fields of a struct type, in its order. Nothing when the type is no struct or a piece of it cannot be read.
std::optional<std::vector<StructField>> fields_of(std::string_view struct_type);
// One of them, the name matched as column names are: as spelled, or else ignoring case.
std::optional<StructField> field_of(std::string_view struct_type, std::string_view field_name);

}  // namespace weir::catalog
