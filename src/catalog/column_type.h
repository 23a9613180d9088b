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

// The type of one field of a struct type, the name matched as column names are. Nothing when the type
// is no struct or has no such field.
struct StructField {
  std::string name;  // as the type spells it
  std::string type;
};
std::optional<StructField> field_of(std::string_view struct_type, std::string_view field_name);

}  // namespace weir::catalog
