// Streams of bytes, both ways. Blocking; the caller chooses the thread.
#pragma once
#include <string_view>

#include "base/result.h"

namespace weir::base {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Fills up to `n` bytes; 0 means the end.
  virtual Result<size_t> read(char* into, size_t n) = 0;
};

class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual Status write(std::string_view piece) = 0;
};

}  // namespace weir::base
