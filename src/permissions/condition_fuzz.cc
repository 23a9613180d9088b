// A condition from outside: whatever is read can be read again from its text, means the same, and can be asked.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "permissions/condition.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using weir::permissions::Condition;
  auto condition = Condition::parse(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!condition.ok()) return 0;
  auto again = Condition::parse(condition->text());
  if (!again.ok() || again->text() != condition->text()) std::abort();
  for (const auto& tags : {weir::permissions::PrincipalTags{}, {{"department", "sales"}}, {{"", ""}}})
    if (condition->holds(tags) != again->holds(tags)) std::abort();
  return 0;
}
