#include "permissions/interned_names.h"

#include "base/check.h"

namespace weir::permissions {

uint32_t InternedNames::find(std::string_view text) const {
  const auto* number = numbers_.find(Probe(text));
  return number ? *number : 0;
}

uint32_t InternedNames::hold(std::string_view text) {
  auto number = find(text);
  if (number == 0) {
    number = ++last_;
    CHECK_TRUE(number < kEnd, "numbers stay below the bits that are the owner's");
    numbers_.set(name(text), number);
  }
  const auto* uses = uses_.find(number);
  uses_.set(number, uses ? *uses + 1 : 1);
  return number;
}

void InternedNames::release(std::string_view text) {
  auto number = find(text);
  const auto* uses = uses_.find(number);
  CHECK_TRUE(uses && *uses > 0, "only what is held is released");
  if (*uses > 1) return uses_.set(number, *uses - 1);
  uses_.erase(number);
  numbers_.erase(Probe(text));
}

}  // namespace weir::permissions
