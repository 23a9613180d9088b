// The way to a column, or to a field inside a struct column, and its spelling on the wire.
//
// A column is written as it is: city, a.b. A field is written as names in double quotes with points between,
// a double quote inside a name doubled: "address"."zip". So a column literally called a.b is not the field b of a,
// and a column whose own name begins with a double quote is written quoted.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace weir::permissions {

// The top-level column, then the fields that lead on from it.
using ColumnPath = std::vector<std::string>;

inline constexpr size_t kColumnPathLengthMax = 5;  // lakeformation.md 8

// Kind::invalid for a text that begins with a double quote and is no path, and for one that is too long.
base::Result<ColumnPath> parse_column_path(std::string_view text);
std::string spelled(const ColumnPath& path);
// Whether `path` is `start` or leads on from it.
bool begins_with(const ColumnPath& path, const ColumnPath& start);

}  // namespace weir::permissions
