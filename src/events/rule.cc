#include "events/rule.h"

#include <algorithm>

namespace weir::events {

const Target* Rule::find(std::string_view id) const {
  auto found = std::ranges::find(targets, id, &Target::id);
  return found == targets.end() ? nullptr : &*found;
}

}  // namespace weir::events
