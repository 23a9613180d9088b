// The files of a journal, one a day: DIR/YYYY-MM-DD.jsonl, and reading them in both directions.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace weir::backends {

std::string day_of(base::Instant at);  // 2026-11-22
std::string day_path(const std::string& directory, const std::string& day);
// Oldest first.
base::Result<std::vector<std::string>> list_days(const std::string& directory);

// A file opened to read; closes itself.
class DayReader {
 public:
  static base::Result<DayReader> open(const std::string& path);
  DayReader(DayReader&& other) noexcept;
  DayReader& operator=(DayReader&&) = delete;
  ~DayReader();
  base::Result<uint64_t> size() const;
  base::Result<std::string> read(uint64_t offset, size_t n) const;

 private:
  explicit DayReader(int fd) : fd_(fd) {}
  int fd_;
};

// The whole lines before `end`, last first.
class LinesBackward {
 public:
  LinesBackward(const DayReader& file, uint64_t end) : file_(file), at_(end) {}
  struct Line {
    uint64_t offset = 0;
    std::string text;  // without its end
  };
  base::Result<std::optional<Line>> next();

 private:
  base::Status fetch();

  const DayReader& file_;
  uint64_t at_;       // the offset of held_
  std::string held_;  // read, and not answered yet
};

}  // namespace weir::backends
