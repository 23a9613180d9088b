// The lock of a data directory: at most one process serves it or rotates its keys. Held until the process ends,
// however it ends.
#pragma once
#include <memory>
#include <string>

#include "base/result.h"

namespace weir::server {

class DirectoryLock {
 public:
  // conflict when another process has it.
  static base::Result<std::unique_ptr<DirectoryLock>> take(const std::string& directory);
  ~DirectoryLock();
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

 private:
  explicit DirectoryLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace weir::server
