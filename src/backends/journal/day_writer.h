// Appends chained lines to the file of the day; the writing half of a journal.
//
// Invariants:
//  1. A file only grows, by whole lines; what an append could not finish is cut off again.
//  2. The first line of a file links to the last line of the file before.
//
// Threads: one.
#pragma once
#include <string>
#include <vector>

#include "backends/journal/chain.h"
#include "base/result.h"

namespace weir::backends {

// Where the durable records end.
struct JournalHead {
  std::string day{};
  uint64_t size = 0;   // bytes of that day's file
  std::string hash{};  // of its last line
  bool operator==(const JournalHead&) const = default;
};

class DayWriter {
 public:
  // Finds the head. A last line that a crash left without its end is cut off; a last line that is whole and
  // is not one of ours is an error: a person has to look at it.
  static base::Result<DayWriter> open(std::string directory, Chain chain);
  DayWriter(DayWriter&& other) noexcept;
  DayWriter& operator=(DayWriter&&) = delete;
  ~DayWriter();

  // Durable when ok; when not, nothing of it is left and it may be tried again. The file is that of `day`, or
  // of the newest day when the clock went back.
  base::Status append(const std::string& day, const std::vector<std::string>& records);
  const JournalHead& head() const { return head_; }

 private:
  DayWriter(std::string directory, Chain chain) : directory_(std::move(directory)), chain_(std::move(chain)) {}
  base::Status find_head();
  base::Status start_at(const std::string& day);
  base::Status open_day(const std::string& day);
  base::Status sync_directory() const;

  std::string directory_;
  Chain chain_;
  int fd_ = -1;
  JournalHead head_{.hash = Chain::start()};
  std::string lines_;  // of one append; its memory is used again
};

}  // namespace weir::backends
