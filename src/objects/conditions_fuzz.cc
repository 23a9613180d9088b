#include "objects/conditions.h"

// Whatever the header, a parsed set never lets both If-Match and If-None-Match of itself proceed.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir::objects;
  auto set = parse_etags(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!set.ok()) return 0;
  Current current{"abc", {}};
  bool matched = evaluate({.if_match = *set}, &current, Access::write) == Verdict::proceed;
  bool unmatched = evaluate({.if_none_match = *set}, &current, Access::write) == Verdict::proceed;
  if (matched && unmatched) __builtin_trap();
  return 0;
}
