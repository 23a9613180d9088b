#include "backends/journal/day_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace weir::backends {
namespace {

constexpr size_t kBlock = 256 << 10;

base::Error failed(const std::string& what) { return base::internal("journal: " + what + ": " + std::strerror(errno)); }

bool is_day_file(const std::string& name) {
  constexpr std::string_view kShape = "dddd-dd-dd.jsonl";
  if (name.size() != kShape.size()) return false;
  for (size_t i = 0; i < name.size(); ++i) {
    bool digit = name[i] >= '0' && name[i] <= '9';
    if (kShape[i] == 'd' ? !digit : name[i] != kShape[i]) return false;
  }
  return true;
}

}  // namespace

std::string day_of(base::Instant at) { return base::to_iso8601(at).substr(0, 10); }
std::string day_path(const std::string& directory, const std::string& day) { return directory + "/" + day + ".jsonl"; }

base::Result<std::vector<std::string>> list_days(const std::string& directory) {
  std::error_code error;
  std::filesystem::directory_iterator entries(directory, error);
  if (error) return base::internal("journal: list " + directory + ": " + error.message());
  std::vector<std::string> days;
  for (; entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    if (error) return base::internal("journal: list " + directory + ": " + error.message());
    auto name = entries->path().filename().string();
    if (is_day_file(name)) days.push_back(name.substr(0, 10));
  }
  std::ranges::sort(days);
  return days;
}

base::Result<DayReader> DayReader::open(const std::string& path) {
  int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return failed("open " + path);
  return DayReader(fd);
}
DayReader::DayReader(DayReader&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
DayReader::~DayReader() {
  if (fd_ >= 0) ::close(fd_);
}

base::Result<uint64_t> DayReader::size() const {
  struct stat facts {};
  if (::fstat(fd_, &facts) != 0) return failed("stat");
  return static_cast<uint64_t>(facts.st_size);
}

base::Result<std::string> DayReader::read(uint64_t offset, size_t n) const {
  std::string out(n, '\0');
  size_t got = 0;
  while (got < n) {
    auto more = ::pread(fd_, out.data() + got, n - got, static_cast<off_t>(offset + got));
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) return failed("read");
    if (more == 0) break;
    got += static_cast<size_t>(more);
  }
  out.resize(got);
  return out;
}

base::Status LinesBackward::fetch() {
  auto n = std::min<uint64_t>(at_, std::max(kBlock, held_.size()));
  WEIR_TRY(auto block, file_.read(at_ - n, n));
  if (block.size() != n) return base::internal("journal: a file became shorter while it was read");
  held_.insert(0, block);
  at_ -= n;
  return {};
}

base::Result<std::optional<LinesBackward::Line>> LinesBackward::next() {
  while (true) {
    auto feed = held_.size() < 2 ? std::string::npos : held_.rfind('\n', held_.size() - 2);
    bool whole = !held_.empty() && (feed != std::string::npos || at_ == 0);
    if (whole) {
      size_t begin = feed == std::string::npos ? 0 : feed + 1;
      Line line{at_ + begin, held_.substr(begin, held_.size() - begin)};
      if (line.text.ends_with('\n')) line.text.pop_back();
      held_.resize(begin);
      return std::optional<Line>(std::move(line));
    }
    if (at_ == 0) return std::optional<Line>();
    WEIR_CHECK_OK(fetch());
  }
}

}  // namespace weir::backends
