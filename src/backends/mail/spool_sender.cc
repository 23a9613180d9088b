#include "backends/mail/spool_sender.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace weir::backends {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

base::Error failed(const std::string& doing) {
  return base::fail(base::Kind::unavailable, doing + ": " + std::strerror(errno), "spool");
}

base::Status write_file(const std::string& path, std::string_view text) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (file.get() < 0) return failed("making " + path);
  while (!text.empty()) {
    auto n = ::write(file.get(), text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed("writing " + path);
    text.remove_prefix(static_cast<size_t>(n));
  }
  return ::fsync(file.get()) == 0 ? base::Status() : base::Status(failed("syncing " + path));
}

base::Status sync_directory(const std::string& directory) {
  Descriptor folder(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0 || ::fsync(folder.get()) != 0) return failed("syncing " + directory);
  return {};
}

// In the order of time, within a second too.
std::string name_of(const notifications::Envelope& envelope) {
  auto micros = std::to_string(1'000'000 + envelope.date.time_since_epoch().count() % 1'000'000).substr(1);
  return base::to_amz_date(envelope.date) + "." + micros + "-" + envelope.id + ".eml";
}

}  // namespace

base::Status SpoolSender::send(const notifications::Mail& mail, const notifications::Envelope& envelope) {
  ::mkdir(directory_.c_str(), 0700);  // there already, mostly; writing tells otherwise
  auto path = directory_ + "/" + name_of(envelope);
  auto draft = path + ".new";
  WEIR_CHECK_OK(write_file(draft, notifications::rfc5322(mail, envelope)));
  if (::rename(draft.c_str(), path.c_str()) != 0) return failed("naming " + path);
  return sync_directory(directory_);
}

}  // namespace weir::backends
