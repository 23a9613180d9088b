// How a thing says that the mesh commands made it: the tag weir:mesh, whose value names the part it belongs to.
//
// INVARIANT: what does not bear the mark of its part is neither changed nor removed.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace weir::cli {

inline constexpr std::string_view kMark = "weir:mesh";
inline constexpr std::string_view kCentral = "central";
inline constexpr std::string_view kProducer = "producer";
inline constexpr std::string_view kUi = "ui";

inline constexpr std::string_view kNotOurs =
    "not made by weir, or given away: its tag weir:mesh (or weir:made-by) is not there";

// That something of that name stands in the way.
inline base::Error stands_in_the_way(std::string_view kind, std::string_view name) {
  return base::invalid("there is a " + std::string(kind) + " " + std::string(name) +
                           " that weir mesh did not make (it has no tag weir:mesh of this part); rename or remove it, "
                           "or give it the tag if it may be changed",
                       "mesh");
}

// The value of the mark among tags with members named `key` and `value`; empty without it.
template <class Tags>
std::string mark_in(const Tags& tags) {
  for (const auto& tag : tags)
    if (tag.Key == kMark) return tag.Value.value_or("");
  return "";
}

}  // namespace weir::cli
