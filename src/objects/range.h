// The Range header of a read, as S3 reads it.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace weir::objects {

struct ByteRange {
  uint64_t offset = 0;
  uint64_t length = 0;
  bool operator==(const ByteRange&) const = default;
};

enum class RangeAnswer {
  whole,          // no range, or one that is ignored: malformed, another unit, or several ranges
  part,           // 206 with `range`
  unsatisfiable,  // 416
};

struct RangeVerdict {
  RangeAnswer answer = RangeAnswer::whole;
  ByteRange range;
};

// bytes=a-b, bytes=a-, bytes=-n against an object of `size` bytes. An `end` past the object is cut.
RangeVerdict resolve_range(std::string_view header, uint64_t size);

// x-amz-copy-source-range: bytes=first-last, both given and inside the source. About "range".
base::Result<ByteRange> parse_copy_range(std::string_view header, uint64_t size);

}  // namespace weir::objects
