#include "backends/filesystem/descriptor.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace weir::backends {

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

base::Error failed(std::string_view what, std::string_view which) {
  int cause = errno;
  auto error = base::internal(std::string(what) + " " + std::string(which) + ": " + std::strerror(cause));
  if (cause == ENOSPC || cause == EDQUOT || cause == EMFILE || cause == ENFILE) error.kind = base::Kind::unavailable;
  if (cause == ENOENT) error.kind = base::Kind::concurrent;
  return error;
}

base::Status write_all(const Descriptor& file, std::string_view bytes) {
  while (!bytes.empty()) {
    auto n = ::write(file.get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed("write", "body");
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return {};
}

base::Result<size_t> read_at(const Descriptor& file, uint64_t offset, char* into, size_t n) {
  while (true) {
    auto got = ::pread(file.get(), into, n, static_cast<off_t>(offset));
    if (got >= 0) return static_cast<size_t>(got);
    if (errno != EINTR) return failed("read", "body");
  }
}

}  // namespace weir::backends
