#include "objects/range.h"

// Whatever the header, a part lies inside the object and is not empty.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir::objects;
  std::string_view header(reinterpret_cast<const char*>(data), size);
  for (uint64_t total : {uint64_t{0}, uint64_t{1}, uint64_t{1000}, UINT64_MAX}) {
    auto [answer, range] = resolve_range(header, total);
    if (answer == RangeAnswer::part && (range.length == 0 || range.offset > total - range.length)) __builtin_trap();
    auto copy = parse_copy_range(header, total);
    if (copy.ok() && (copy->length == 0 || copy->offset > total - copy->length)) __builtin_trap();
  }
  return 0;
}
