#include "backends/journal/file_journal.h"

#include "backends/journal/day_files.h"
#include "backends/journal/trail.h"
#include "base/log.h"

namespace weir::backends {

using base::Status;

namespace {
base::Error cannot_record() {
  return base::fail(base::Kind::unavailable, "The service cannot record this request now; try again.", "journal");
}
}  // namespace

base::Result<std::unique_ptr<FileJournal>> FileJournal::open(const std::string& directory, const base::Clock& clock,
                                                             base::Randomness& randomness, JournalOptions options) {
  WEIR_TRY(auto writer, DayWriter::open(directory, Chain(options.chain_key)));
  return std::unique_ptr<FileJournal>(
      new FileJournal(directory, clock, randomness, std::move(options), std::move(writer)));
}

FileJournal::FileJournal(std::string directory, const base::Clock& clock, base::Randomness& randomness,
                         JournalOptions options, DayWriter writer)
    : directory_(std::move(directory)),
      clock_(clock),
      randomness_(randomness),
      options_(std::move(options)),
      writer_(std::move(writer)),
      head_(writer_.head()),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

FileJournal::~FileJournal() = default;

// Only the first event of a batch wakes the thread, which then waits for the others.
Status FileJournal::record(audit::Event event) {
  bool first = false, full = false;
  {
    std::lock_guard lock(mutex_);
    if (failing_ || queue_.size() >= options_.events_max) return cannot_record();
    first = queue_.empty();
    queue_.push_back(std::move(event));
    full = queue_.size() == options_.events_max / 2;
    ++accepted_;
  }
  if (first || full) work_.notify_one();
  return {};
}

Status FileJournal::flush() {
  Lock lock(mutex_);
  auto mine = accepted_;
  if (durable_ < mine) {
    wanted_ = std::max(wanted_, mine);
    work_.notify_one();
  }
  settled_.wait(lock, [&] { return durable_ >= mine || failing_; });
  return durable_ >= mine ? Status() : cannot_record();
}

void FileJournal::run(const std::stop_token& stop) {
  std::vector<audit::Event> events;
  Lock lock(mutex_);
  while (wait_for_work(lock, stop)) {
    events.swap(queue_);
    lock.unlock();
    auto records = render(events);
    bool written = write(records, stop);
    events.clear();
    lock.lock();
    if (!written) return;
    settle(records.size());
  }
}

// False when it is over: asked to stop, and nothing left to write.
bool FileJournal::wait_for_work(Lock& lock, const std::stop_token& stop) {
  work_.wait(lock, stop, [&] { return !queue_.empty(); });
  if (queue_.empty()) return false;
  work_.wait_for(lock, stop, options_.gather,
                 [&] { return wanted_ > durable_ || queue_.size() >= options_.events_max / 2; });
  return true;
}

std::vector<std::string> FileJournal::render(std::vector<audit::Event>& events) {
  std::vector<std::string> records;
  records.reserve(events.size());
  for (auto& event : events) {
    if (event.event_id.empty()) event.event_id = base::uuid(randomness_);
    records.push_back(audit::to_line(event));
  }
  return records;
}

bool FileJournal::write(const std::vector<std::string>& records, const std::stop_token& stop) {
  while (true) {
    auto status = writer_.append(day_of(clock_.now()), records);
    if (status.ok()) return true;
    base::log_error("audit.write_failed",
                    {{"cause", status.error().log}, {"waiting", static_cast<int64_t>(records.size())}});
    Lock lock(mutex_);
    failing_ = true;
    settled_.notify_all();
    work_.wait_for(lock, stop, options_.retry, [] { return false; });
    if (stop.stop_requested()) return false;
  }
}

void FileJournal::settle(size_t count) {
  durable_ += count;
  failing_ = false;
  head_ = writer_.head();
  settled_.notify_all();
}

JournalHead FileJournal::head() const {
  std::lock_guard lock(mutex_);
  return head_;
}

base::Result<audit::Found> FileJournal::lookup(const audit::Lookup& lookup) {
  WEIR_CHECK_OK(flush());
  return search_trail(directory_, head(), lookup);
}

base::Result<std::optional<base::Json>> FileJournal::find(std::string_view account, std::string_view event_id) {
  audit::Lookup lookup;
  lookup.account = account;
  lookup.event_id = event_id;
  lookup.limit = 1;
  if (event_id.empty()) return std::optional<base::Json>();
  WEIR_CHECK_OK(flush());
  WEIR_TRY(auto found, search_trail(directory_, head(), lookup));
  if (found.events.empty()) return std::optional<base::Json>();
  return std::optional<base::Json>(std::move(found.events[0]));
}

base::Result<JournalHead> FileJournal::verify(const std::optional<JournalHead>& known) {
  WEIR_CHECK_OK(flush());
  return verify_trail(directory_, head(), Chain(options_.chain_key), known);
}

}  // namespace weir::backends
