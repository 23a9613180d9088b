// An open file that closes itself, and how a failed system call becomes an Error.
#pragma once
#include <string_view>
#include <utility>

#include "base/result.h"

namespace weir::backends {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor();
  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

// errno now, as an Error: a full disk is Kind::unavailable, a file that is gone Kind::concurrent.
base::Error failed(std::string_view what, std::string_view which);

base::Status write_all(const Descriptor& file, std::string_view bytes);
// Up to `n` bytes from `offset`; 0 at the end.
base::Result<size_t> read_at(const Descriptor& file, uint64_t offset, char* into, size_t n);

}  // namespace weir::backends
