#include "backends/journal/day_files.h"
#include "backends/journal/trail.h"
#include "base/json.h"

namespace weir::backends {
namespace {

using base::Result;
using base::Status;

constexpr size_t kBlock = 1 << 20;

class Walk {
 public:
  Walk(const std::string& directory, const JournalHead& head, const Chain& chain,
       const std::optional<JournalHead>& known)
      : directory_(directory), head_(head), chain_(chain), known_(known) {}

  Result<JournalHead> run() {
    WEIR_TRY(auto days, list_days(directory_));
    for (auto& day : days)
      if (day <= head_.day) WEIR_CHECK_OK(walk_day(day));
    if (at_ != head_) return broken("the journal ends before it should");
    if (known_ && !known_seen_ && known_->size > 0) return broken("what was known before is not part of the chain");
    return at_;
  }

 private:
  base::Error broken(const std::string& why) const {
    return base::conflict(
        "The audit journal does not verify: " + why + " (" + at_.day + ", byte " + std::to_string(at_.size) + ").",
        "journal");
  }

  Status walk_day(const std::string& day) {
    WEIR_TRY(auto file, DayReader::open(day_path(directory_, day)));
    WEIR_TRY(auto size, file.size());
    if (day == head_.day) {
      if (size < head_.size) return broken("the newest file is too short");
      size = head_.size;
    }
    if (size == 0) return {};  // a crash before its first line
    opening_ = true;
    at_ = {day, 0, at_.hash};
    std::string held;
    for (uint64_t read = 0; read < size;) {
      WEIR_TRY(auto block, file.read(read, std::min<uint64_t>(kBlock, size - read)));
      if (block.empty()) return broken("a file became shorter");
      read += block.size();
      held += block;
      WEIR_CHECK_OK(walk_lines(held));
    }
    return held.empty() ? Status() : broken("the last line has no end");
  }

  Status walk_lines(std::string& held) {
    size_t begin = 0;
    for (size_t feed; (feed = held.find('\n', begin)) != std::string::npos; begin = feed + 1)
      WEIR_CHECK_OK(walk_line(std::string_view(held).substr(begin, feed - begin)));
    held.erase(0, begin);
    return {};
  }

  Status walk_line(std::string_view line) {
    auto parts = take_apart(line);
    if (!parts) return broken("a line is not a record");
    if (std::exchange(opening_, false)) {
      WEIR_CHECK_OK(check_opening(*parts));
    } else if (parts->event.empty()) {
      return broken("a line is not an event");
    }
    if (chain_.hash(at_.hash, parts->body) != parts->hash) return broken("a record was changed, added or taken away");
    at_.hash = parts->hash;
    at_.size += line.size() + 1;
    known_seen_ = known_seen_ || (known_ && at_ == *known_);
    return {};
  }

  // The oldest file that is still there may say what was before it; every other has to fit.
  Status check_opening(const ChainedLine& line) {
    auto json = base::parse_json("{" + std::string(line.body) + "}");
    auto* opens = json.ok() ? json->find("opens") : nullptr;
    if (!opens || opens->text("date") != at_.day) return broken("the first line of a file does not open it");
    auto previous = opens->text("previous");
    if (std::exchange(oldest_, false)) at_.hash = previous;
    return previous == at_.hash ? Status() : broken("a file is missing or was replaced");
  }

  const std::string& directory_;
  const JournalHead& head_;
  const Chain& chain_;
  const std::optional<JournalHead>& known_;
  JournalHead at_{.hash = Chain::start()};
  bool opening_ = false, oldest_ = true, known_seen_ = false;
};

// The last whole line of one day's file; nothing when it has none.
Result<std::optional<JournalHead>> last_line(const std::string& directory, const std::string& day) {
  WEIR_TRY(auto file, DayReader::open(day_path(directory, day)));
  WEIR_TRY(auto size, file.size());
  LinesBackward lines(file, size);
  WEIR_TRY(auto last, lines.next());
  if (!last) return std::optional<JournalHead>();
  WEIR_TRY(auto end, file.read(size - 1, 1));
  if (end != "\n") {
    size = last->offset;
    WEIR_TRY(last, lines.next());
  }
  if (!last) return std::optional<JournalHead>();
  auto parts = take_apart(last->text);
  if (!parts)
    return base::conflict("The audit journal does not verify: the last line of " + day + " is not a record.",
                          "journal");
  return std::optional(JournalHead{day, size, std::string(parts->hash)});
}

}  // namespace

Result<JournalHead> present_head(const std::string& directory) {
  WEIR_TRY(auto days, list_days(directory));
  for (auto day = days.rbegin(); day != days.rend(); ++day) {
    WEIR_TRY(auto head, last_line(directory, *day));
    if (head) return *head;
  }
  return JournalHead{.hash = Chain::start()};
}

Result<JournalHead> verify_trail(const std::string& directory, const JournalHead& head, const Chain& chain,
                                 const std::optional<JournalHead>& known) {
  return Walk(directory, head, chain, known).run();
}

}  // namespace weir::backends
