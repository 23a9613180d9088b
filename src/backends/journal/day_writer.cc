#include "backends/journal/day_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "backends/journal/day_files.h"
#include "base/json.h"
#include "base/log.h"

namespace weir::backends {
namespace {

using base::Status;

constexpr size_t kLinesKept = 4 << 20;

base::Error failed(const std::string& what) { return base::internal("journal: " + what + ": " + std::strerror(errno)); }

Status write_fully(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    auto n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed("write");
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return {};
}

// Durable, or cut off again.
Status append_to(int fd, uint64_t size, std::string_view lines) {
  auto status = write_fully(fd, lines);
  if (status.ok() && ::fdatasync(fd) != 0) status = failed("sync");
  if (!status.ok() && ::ftruncate(fd, static_cast<off_t>(size)) != 0) return failed("cut off half a line");
  return status;
}

}  // namespace

base::Result<DayWriter> DayWriter::open(std::string directory, Chain chain) {
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) return failed("make " + directory);
  DayWriter writer(std::move(directory), std::move(chain));
  WEIR_CHECK_OK(writer.find_head());
  return writer;
}

DayWriter::DayWriter(DayWriter&& other) noexcept
    : directory_(std::move(other.directory_)),
      chain_(std::move(other.chain_)),
      fd_(std::exchange(other.fd_, -1)),
      head_(std::move(other.head_)) {}
DayWriter::~DayWriter() {
  if (fd_ >= 0) ::close(fd_);
}

// The newest file that has a whole line; one that a crash left without is empty afterwards and is used again.
Status DayWriter::find_head() {
  WEIR_TRY(auto days, list_days(directory_));
  for (auto day = days.rbegin(); day != days.rend() && head_.size == 0; ++day) WEIR_CHECK_OK(start_at(*day));
  return {};
}

Status DayWriter::start_at(const std::string& day) {
  auto path = day_path(directory_, day);
  WEIR_TRY(auto file, DayReader::open(path));
  WEIR_TRY(auto size, file.size());
  if (size == 0) return {};
  WEIR_TRY(auto last, LinesBackward(file, size).next());
  WEIR_TRY(auto end, file.read(size - 1, 1));
  auto whole = size;
  if (end != "\n") {
    whole = last->offset;
    base::log_warn("audit.torn_line_cut", {{"file", path}, {"bytes", static_cast<int64_t>(size - whole)}});
    if (::truncate(path.c_str(), static_cast<off_t>(whole)) != 0) return failed("truncate " + path);
    if (whole == 0) return {};
    WEIR_TRY(last, LinesBackward(file, whole).next());
  }
  auto parts = take_apart(last->text);
  if (!parts) return base::internal("journal: the last line of " + path + " is not a record; see `weir audit verify`");
  head_ = {day, whole, std::string(parts->hash)};
  fd_ = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  return fd_ >= 0 ? Status() : failed("open " + path);
}

Status DayWriter::append(const std::string& day, const std::vector<std::string>& records) {
  if (fd_ < 0 || day > head_.day) WEIR_CHECK_OK(open_day(day));
  auto hash = head_.hash;
  if (lines_.capacity() > kLinesKept) lines_ = {};
  lines_.clear();
  for (auto& record : records) {
    chain_.append_line(lines_, hash, "event", record);
    lines_ += '\n';
  }
  WEIR_CHECK_OK(append_to(fd_, head_.size, lines_));
  head_.size += lines_.size();
  head_.hash = std::move(hash);
  return {};
}

// The new file is whole before it takes the old one's place, so that a failure changes nothing.
Status DayWriter::open_day(const std::string& day) {
  auto path = day_path(directory_, day);
  int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) return failed("open " + path);
  auto hash = head_.hash;
  auto opens = base::Json(base::Json::Object{{"date", day}, {"previous", hash}}).dump();
  std::string opening;
  chain_.append_line(opening, hash, "opens", opens);
  opening += '\n';
  auto status = ::lseek(fd, 0, SEEK_END) == 0 ? append_to(fd, 0, opening)
                                              : Status(base::internal("journal: " + path + " is not empty"));
  if (status.ok()) status = sync_directory();
  if (!status.ok()) {
    ::close(fd);
    return status;
  }
  if (fd_ >= 0) ::close(fd_);
  fd_ = fd;
  head_ = {day, opening.size(), std::move(hash)};
  return {};
}

Status DayWriter::sync_directory() const {
  int fd = ::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return failed("open " + directory_);
  bool synced = ::fsync(fd) == 0;
  ::close(fd);
  return synced ? Status() : failed("sync " + directory_);
}

}  // namespace weir::backends
