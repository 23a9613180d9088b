// How messages travel between Weir and a worker: four bytes of length, then the message.
//
// Read by both programs, so it knows nothing but the C++ library. Blocking; a frame that is larger than `bytes_max`,
// or that ends early, is none.
#pragma once
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace weir::workers {

inline bool read_all(int from, char* to, size_t size) {
  while (size > 0) {
    auto got = ::read(from, to, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    to += got;
    size -= static_cast<size_t>(got);
  }
  return true;
}

inline bool write_all(int to, const char* from, size_t size) {
  while (size > 0) {
    auto put = ::send(to, from, size, MSG_NOSIGNAL);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    from += put;
    size -= static_cast<size_t>(put);
  }
  return true;
}

inline bool read_frame(int from, std::string& out, uint32_t bytes_max) {
  uint32_t size = 0;
  if (!read_all(from, reinterpret_cast<char*>(&size), sizeof size) || size > bytes_max) return false;
  out.resize(size);
  return read_all(from, out.data(), size);
}

inline bool write_frame(int to, std::string_view text) {
  auto size = static_cast<uint32_t>(text.size());
  return write_all(to, reinterpret_cast<const char*>(&size), sizeof size) && write_all(to, text.data(), text.size());
}

}  // namespace weir::workers
