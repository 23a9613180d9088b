#include "permissions/interned_names.h"

#include "base/check.h"

namespace weir::permissions {

uint32_t InternedNames::find(std::string_view text) const {
  const auto* found = map_.find(Probe(text));
  return found ? found->number : 0;
}

uint32_t InternedNames::hold(std::string_view text) {
  Probe probe(text);
  const auto* found = map_.find(probe);
  Use use = found ? Use{found->number, found->count + 1} : Use{++last_, 1};
  CHECK_TRUE(use.number < kEnd, "numbers stay below the bits that are the owner's");
  map_.set(Name{probe.hash, std::string(text)}, use);
  return use.number;
}

void InternedNames::release(std::string_view text) {
  Probe probe(text);
  const auto* found = map_.find(probe);
  CHECK_TRUE(found && found->count > 0, "only what is held is released");
  if (found->count == 1) {
    map_.erase(probe);
  } else {
    map_.set(Name{probe.hash, std::string(text)}, Use{found->number, found->count - 1});
  }
}

}  // namespace weir::permissions
