// What a list of objects asks and answers; one query serves ListObjects V1 and V2.
//
// V1's marker and V2's start-after and (decoded) continuation token are all `after`; V1's NextMarker
// and V2's next token are both `next`. An `after` that is itself a common prefix skips all of it.
#pragma once
#include <string>
#include <vector>

#include "objects/object.h"

namespace weir::objects {

inline constexpr size_t kPageMax = 1000;

struct ListQuery {
  std::string prefix{};
  std::string delimiter{};
  std::string after{};  // exclusive
  size_t max = kPageMax;
};

// Both vectors in byte order; together at most `max` entries.
struct ListPage {
  std::vector<ObjectInfo> objects;
  std::vector<std::string> prefixes;
  bool truncated = false;
  std::string next{};  // the last key or prefix answered, when truncated
};

}  // namespace weir::objects
