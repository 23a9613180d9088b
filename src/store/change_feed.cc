#include "store/change_feed.h"

#include "base/log.h"

namespace weir::store {
namespace {
constexpr size_t kReplayAtOnce = 256;
constexpr size_t kAll = static_cast<size_t>(-1);
}  // namespace

base::Result<std::unique_ptr<ChangeFeed>> ChangeFeed::start(std::unique_ptr<SqliteConnection> lookout) {
  std::unique_ptr<ChangeFeed> feed(new ChangeFeed(std::move(lookout)));
  WEIR_TRY(feed->version_, feed->lookout_->data_version());
  WEIR_TRY(feed->told_, feed->lookout_->last_sequence());
  return feed;
}

void ChangeFeed::tell(const Commit& commit) {
  std::lock_guard lock(mutex_);
  if (commit.sequence > told_ + 1) {
    // The log holds this commit too, so a replay tells it in its place.
    auto status = replay();
    if (!status.ok()) base::log_error("store.replay_failed", {{"cause", status.error().log}});
  }
  if (commit.sequence != told_ + 1) return;
  told_ = commit.sequence;
  watchers_.tell(commit.changes);
}

base::Status ChangeFeed::refresh() {
  if (Watchers::telling()) return Watchers::refusal();
  std::lock_guard lock(mutex_);
  WEIR_TRY(auto version, lookout_->data_version());
  if (version == version_) return {};
  WEIR_CHECK_OK(replay());
  version_ = version;
  return {};
}

base::Status ChangeFeed::replay() {
  for (;;) {
    WEIR_TRY(bool more, replay_some());
    if (!more) return {};
  }
}

// Read in one moment, so that values looked up belong to a state the file has been in.
base::Result<bool> ChangeFeed::replay_some() {
  WEIR_CHECK_OK(lookout_->begin_read());
  auto tell_page = [&]() -> base::Result<bool> {
    WEIR_TRY(auto page, lookout_->commits_after(told_, kReplayAtOnce));
    if (page.empty()) return false;
    if (page.front().sequence != told_ + 1) {
      WEIR_CHECK_OK(start_over(page.front().sequence - told_ - 1));
      return false;
    }
    for (auto& logged : page) WEIR_CHECK_OK(tell_logged(logged));
    return page.size() == kReplayAtOnce;
  };
  auto more = tell_page();
  WEIR_CHECK_OK(lookout_->rollback());
  return more;
}

base::Status ChangeFeed::start_over(int64_t missed) {
  base::log_warn("store.changes_missed", {{"commits", missed}});
  WEIR_TRY(auto last, lookout_->last_sequence());
  WEIR_CHECK_OK(watchers_.reset([&](const Range& range) { return lookout_->scan(range, kAll, false); }));
  told_ = last;
  return {};
}

base::Status ChangeFeed::tell_logged(const LoggedCommit& logged) {
  WEIR_TRY(auto changes, decode_changes(logged.changes, [&](const std::string& key) { return lookout_->get(key); }));
  told_ = logged.sequence;
  watchers_.tell(changes);
  return {};
}

}  // namespace weir::store
