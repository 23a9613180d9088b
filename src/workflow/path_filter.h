// What stands in `[?( ... )]`: comparisons of values below `@` and `$`, existence, and, or, not.
#pragma once
#include <variant>

#include "workflow/path.h"

namespace weir::workflow {

struct PathFilter {
  enum class Kind { any, all, negation, exists, compare };
  enum class Relation { equal, unequal, less, less_or_equal, greater, greater_or_equal, in };
  using Operand = std::variant<Json, Path>;

  Kind kind = Kind::exists;
  std::vector<PathFilter> parts;  // of any, all, negation
  Relation relation = Relation::equal;
  Operand left, right;  // exists has the left one only
};

// Where a walk stands: what it may still look at, and what `$` is.
struct PathWalk {
  const Json& document;
  size_t left;
};

// Whether `@` = `current` passes; an error only when the walk's bound is reached.
Result<bool> passes(const PathFilter& filter, const Json& current, PathWalk& walk);
// Path::find() within a walk.
Result<std::optional<Json>> find_within(const Path& path, const Json& at, PathWalk& walk);

}  // namespace weir::workflow
