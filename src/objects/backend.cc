#include "objects/backend.h"

namespace weir::objects {

base::Status pour(ObjectReader& from, ByteRange range, base::ByteSink& into) {
  std::string buffer(std::min<uint64_t>(range.length, 256 << 10), '\0');
  while (range.length > 0) {
    WEIR_TRY(auto n, from.read(range.offset, buffer.data(), std::min<uint64_t>(range.length, buffer.size())));
    if (n == 0) return base::internal("an object ended before its range did");
    WEIR_CHECK_OK(into.write(std::string_view(buffer).substr(0, n)));
    range.offset += n;
    range.length -= n;
  }
  return {};
}

}  // namespace weir::objects
