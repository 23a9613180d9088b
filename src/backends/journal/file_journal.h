// The audit journal on the local disk: append-only files, one a day, each line chained to the one before.
//
// record() moves the event into a bounded queue and returns; one thread renders, appends and syncs what has
// gathered, every 50 ms at the latest, at once for flush(). When the disk fails, the thread keeps what it holds and
// tries again, and record() refuses until it succeeds.
#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "audit/journal.h"
#include "backends/journal/day_writer.h"

namespace weir::backends {

struct JournalOptions {
  size_t events_max = 65'536;            // waiting to be written: a second or so of requests
  std::chrono::milliseconds gather{50};  // how long the oldest waits for company
  std::chrono::milliseconds retry{200};  // after the disk failed
  base::Secret chain_key{};              // empty: plain hashes
};

class FileJournal final : public audit::Journal {
 public:
  static base::Result<std::unique_ptr<FileJournal>> open(const std::string& directory, const base::Clock& clock,
                                                         base::Randomness& randomness, JournalOptions options = {});
  ~FileJournal() override;  // writes what is waiting

  base::Status record(audit::Event event) override;
  base::Status flush() override;
  base::Result<audit::Found> lookup(const audit::Lookup& lookup) override;
  base::Result<std::optional<base::Json>> find(std::string_view account, std::string_view event_id) override;

  // Where the durable records end. Kept elsewhere, it proves later that the end was not cut off.
  JournalHead head() const;
  // Walks every line of every file. Kind::conflict about "journal" names the first that does not fit, or says that
  // `known` is no longer part of the chain.
  base::Result<JournalHead> verify(const std::optional<JournalHead>& known = std::nullopt);

 private:
  FileJournal(std::string directory, const base::Clock& clock, base::Randomness& randomness, JournalOptions options,
              DayWriter writer);
  using Lock = std::unique_lock<std::mutex>;

  void run(const std::stop_token& stop);
  bool wait_for_work(Lock& lock, const std::stop_token& stop);
  std::vector<std::string> render(std::vector<audit::Event>& events);
  bool write(const std::vector<std::string>& records, const std::stop_token& stop);
  void settle(size_t count);

  const std::string directory_;
  const base::Clock& clock_;
  base::Randomness& randomness_;
  const JournalOptions options_;
  DayWriter writer_;  // the thread's own

  mutable std::mutex mutex_;
  std::condition_variable_any work_;
  std::condition_variable settled_;
  std::vector<audit::Event> queue_;
  uint64_t accepted_ = 0, durable_ = 0, wanted_ = 0;  // counts of events; flush() raises wanted_
  bool failing_ = false;
  JournalHead head_;
  std::jthread thread_;  // last
};

}  // namespace weir::backends
