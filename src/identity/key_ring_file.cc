#include "identity/key_ring_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace weir::identity {
namespace {

class File {
 public:
  File(const std::string& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  bool open() const { return fd_ >= 0; }
  int fd() const { return fd_; }

 private:
  int fd_;
};

std::string path_in(const std::string& directory) { return directory + "/keys"; }

base::Error failed(const std::string& doing, const std::string& path) {
  return base::internal(doing + " " + path + ": " + std::strerror(errno));
}

base::Status write_all(const File& file, std::string_view text, const std::string& path) {
  while (!text.empty()) {
    ssize_t n = ::write(file.fd(), text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed("writing", path);
    text.remove_prefix(static_cast<size_t>(n));
  }
  if (::fsync(file.fd()) != 0) return failed("syncing", path);
  return {};
}

base::Result<base::Secret> read_all(const File& file, const std::string& path) {
  std::string text;
  char piece[4096];
  for (;;) {
    ssize_t n = ::read(file.fd(), piece, sizeof piece);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed("reading", path);
    if (n == 0) return base::Secret(std::move(text));
    text.append(piece, static_cast<size_t>(n));
  }
}

}  // namespace

base::Result<std::optional<KeyRing>> read_key_ring(const std::string& directory) {
  auto path = path_in(directory);
  File file(path, O_RDONLY);
  if (!file.open() && errno == ENOENT) return std::optional<KeyRing>();
  if (!file.open()) return failed("opening", path);
  struct stat status {};
  if (::fstat(file.fd(), &status) != 0) return failed("looking at", path);
  if (status.st_mode & 077)
    return base::internal(path + " may be read by others; make it mode 0600 and rotate its keys");
  WEIR_TRY(auto text, read_all(file, path));
  WEIR_TRY(auto ring, KeyRing::parse(text.reveal()));
  return std::optional<KeyRing>(std::move(ring));
}

base::Status write_key_ring(const std::string& directory, const KeyRing& ring) {
  auto path = path_in(directory), draft = path + ".new";
  ::unlink(draft.c_str());  // of a run that was killed
  {
    File file(draft, O_WRONLY | O_CREAT | O_EXCL);
    if (!file.open()) return failed("creating", draft);
    WEIR_CHECK_OK(write_all(file, ring.text().reveal(), draft));
  }
  if (::rename(draft.c_str(), path.c_str()) != 0) return failed("replacing", path);
  File folder(directory, O_RDONLY | O_DIRECTORY);
  if (!folder.open() || ::fsync(folder.fd()) != 0) return failed("syncing", directory);
  return {};
}

base::Result<KeyRing> load_key_ring(const std::string& directory, base::Instant now, base::Randomness& randomness) {
  if (auto* text = std::getenv(kKeyRingVariable)) return KeyRing::parse(text);
  WEIR_TRY(auto there, read_key_ring(directory));
  if (there) return std::move(*there);
  auto ring = KeyRing::fresh(now, randomness);
  WEIR_CHECK_OK(write_key_ring(directory, ring));
  return ring;
}

}  // namespace weir::identity
