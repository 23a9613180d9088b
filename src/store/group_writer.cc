#include "store/group_writer.h"

#include <algorithm>

#include "base/log.h"

namespace weir::store {

namespace {
constexpr int64_t kTrimEvery = 512;                      // commits between two trims of the change log
constexpr std::chrono::milliseconds kCompanyWaitMax{5};  // a disk that stalled once is no reason to wait long again
}  // namespace

GroupWriter::~GroupWriter() {
  if (connection_->in_transaction()) (void)connection_->rollback();
}

base::Status GroupWriter::begin_turn() {
  if (Watchers::telling()) return Watchers::refusal();
  {
    Lock lock(mutex_);
    WEIR_CHECK_OK(take_turn(lock));
  }
  if (group_ && std::chrono::steady_clock::now() - group_->opened > limits_.age_max) close_group();
  auto status = open_savepoint();
  if (!status.ok()) end_turn();
  return status;
}

base::Status GroupWriter::take_turn(Lock& lock) {
  ++waiting_;
  arrival_.notify_one();
  bool mine = turn_free_.wait_for(lock, limits_.turn_wait, [&] { return !taken_; });
  --waiting_;
  if (!mine) return base::fail(base::Kind::unavailable, "The store is busy; try again.");
  taken_ = true;
  return {};
}

// The members of the group before are about to come back: as long as a fraction of a COMMIT spent on
// them saves a COMMIT each. A lone writer never waits, for the group before was one.
void GroupWriter::wait_for_company(Lock& lock) {
  if (!group_ || group_->members == 0 || group_->members >= last_members_) return;
  arrival_.wait_for(lock, std::min<std::chrono::steady_clock::duration>(last_cost_ / 2, kCompanyWaitMax),
                    [&] { return waiting_ > 0; });
}

// Leaving the group to those who wait and letting one of them in is one step, or the last of them
// could give up in between and the group would stay open.
void GroupWriter::end_turn() {
  for (;;) {
    Lock lock(mutex_);
    wait_for_company(lock);
    bool left_to_others =
        waiting_ > 0 && connection_->in_transaction() && group_ && group_->members < limits_.members_max;
    if (!group_ || left_to_others) {
      taken_ = false;
      return turn_free_.notify_one();
    }
    lock.unlock();
    close_group();
  }
}

base::Status GroupWriter::open_savepoint() {
  if (!group_) WEIR_CHECK_OK(open_group());
  return connection_->savepoint();
}

// With the write lock held nobody else can commit, so the sequence numbers are ours until COMMIT.
base::Status GroupWriter::open_group() {
  WEIR_CHECK_OK(connection_->begin_write());
  auto last = connection_->last_sequence();
  if (!last.ok()) {
    (void)connection_->rollback();
    return std::move(last).error();
  }
  next_sequence_ = *last + 1;
  group_ = std::make_shared<Group>();
  return {};
}

base::Status GroupWriter::commit_turn(const WriteSet& changes) {
  auto group = group_;
  auto status = log_and_release(changes);
  if (!status.ok()) {
    undo_savepoint();
    end_turn();
    return status;
  }
  ++group->members;
  end_turn();
  Lock lock(mutex_);
  group->ended.wait(lock, [&] { return group->done; });
  return group->result;
}

base::Status GroupWriter::log_and_release(const WriteSet& changes) {
  if (!changes.empty()) WEIR_CHECK_OK(connection_->log_commit(next_sequence_, encode_changes(changes)));
  WEIR_CHECK_OK(connection_->release_savepoint());
  if (!changes.empty()) group_->commits.push_back({next_sequence_++, to_changes(changes)});
  return {};
}

void GroupWriter::abandon_turn() {
  undo_savepoint();
  end_turn();
}

void GroupWriter::undo_savepoint() {
  if (!connection_->in_transaction()) return;
  auto status = connection_->rollback_to_savepoint();
  if (status.ok()) status = connection_->release_savepoint();
  // A savepoint that cannot be undone takes its group with it: close_group() sees no transaction.
  if (!status.ok()) (void)connection_->rollback();
}

void GroupWriter::close_group() {
  if (connection_->in_transaction()) return finish_group(commit_group());
  finish_group(base::internal("store: the group was rolled back by an error in it"));
}

base::Status GroupWriter::commit_group() {
  if (group_->commits.empty()) return connection_->rollback();
  auto status = trim_log();
  auto started = std::chrono::steady_clock::now();
  if (status.ok()) status = connection_->commit();
  last_cost_ = std::chrono::steady_clock::now() - started;
  last_members_ = group_->members;
  if (!status.ok() && connection_->in_transaction()) (void)connection_->rollback();
  return status;
}

base::Status GroupWriter::trim_log() {
  if (next_sequence_ - trimmed_at_ < kTrimEvery) return {};
  trimmed_at_ = next_sequence_;
  return connection_->trim_log(next_sequence_ - 1 - limits_.kept_commits);
}

void GroupWriter::finish_group(base::Status result) {
  if (result.ok()) {
    for (auto& commit : group_->commits) feed_.tell(commit);
  } else {
    base::log_error("store.commit_failed",
                    {{"cause", result.error().log}, {"members", static_cast<int64_t>(group_->members)}});
  }
  auto group = std::exchange(group_, nullptr);
  std::lock_guard lock(mutex_);
  group->result = std::move(result);
  group->done = true;
  group->ended.notify_all();
}

}  // namespace weir::store
