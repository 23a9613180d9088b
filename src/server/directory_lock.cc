#include "server/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace weir::server {

base::Result<std::unique_ptr<DirectoryLock>> DirectoryLock::take(const std::string& directory) {
  int fd = ::open((directory + "/lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0) return base::invalid("cannot open " + directory + "/lock", "data-dir");
  auto lock = std::unique_ptr<DirectoryLock>(new DirectoryLock(fd));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0)
    return base::conflict("the data directory " + directory + " is in use by another server", "data-dir");
  return lock;
}

DirectoryLock::~DirectoryLock() { ::close(fd_); }

}  // namespace weir::server
