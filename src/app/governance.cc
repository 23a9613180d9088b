#include "app/governance.h"

#include <algorithm>
#include <map>

#include "base/log.h"
#include "identity/record_keys.h"
#include "permissions/records.h"
#include "sharing/share_keys.h"
#include "store/key.h"

namespace weir::app {
namespace {

constexpr size_t kLoadPage = 4096;

// Snapshots being changed, each copied from the State on first touch.
class Drafts {
 public:
  explicit Drafts(State& state) : state_(state) {}

  base::Status apply(const store::Change& change) {
    if (change.key.starts_with(lake_prefix())) return apply_lake(change);
    if (change.key.starts_with(shares_prefix())) return apply_share(change);
    if (auto bucket = bucket_of_policy_key(change.key)) return apply_bucket_policy(*bucket, change), base::Status();
    state_.directory.apply(change.key, change.value);  // passes over what is not its own
    return {};
  }

  void finish() {
    for (auto& [account, draft] : drafts_)
      state_.accounts.set(account, std::make_shared<const permissions::Snapshot>(std::move(draft)));
  }

  static const std::string& lake_prefix() {
    static const std::string prefix = store::key(permissions::kNoun);
    return prefix;
  }
  static const std::string& shares_prefix() {
    static const std::string prefix = sharing::keys::everything();
    return prefix;
  }

 private:
  base::Status apply_share(const store::Change& change) {
    WEIR_TRY(auto parts, store::split_key(change.key));
    state_.shares.apply(parts, change.value);
    return {};
  }

  base::Status apply_lake(const store::Change& change) {
    WEIR_TRY(auto account, permissions::concerned(change.key));
    auto found = drafts_.find(account);
    if (found == drafts_.end()) {
      auto* now = state_.accounts.find(account);
      found = drafts_.emplace(account, now ? **now : permissions::Snapshot(account)).first;
    }
    return found->second.apply(change.key, change.value);
  }

  void apply_bucket_policy(const std::string& bucket, const store::Change& change) {
    if (change.value) {
      state_.bucket_policies.set(bucket, load_bucket_policy(bucket, *change.value));
    } else {
      state_.bucket_policies.erase(bucket);
    }
  }

  State& state_;
  std::map<std::string, permissions::Snapshot> drafts_;
};

}  // namespace

const permissions::Snapshot& State::permissions(std::string_view account) const {
  static const permissions::Snapshot nothing("");
  auto* found = accounts.find(account);
  return found ? **found : nothing;
}

base::Result<std::shared_ptr<const State>> fold(const State& state, std::span<const store::Change> changes) {
  auto next = std::make_shared<State>(state);
  Drafts drafts(*next);
  for (const auto& change : changes)
    if (!change.reset) WEIR_CHECK_OK(drafts.apply(change));
  drafts.finish();
  return std::shared_ptr<const State>(std::move(next));
}

base::Status Governance::start(store::Store& store) {
  store.watch("", [this](std::span<const store::Change> changes) { publish(changes); });
  return load(store);
}

base::Status Governance::load(store::Store& store) {
  std::lock_guard lock(mutex_);
  WEIR_TRY(auto transaction, store.begin(store::Mode::read));
  auto next = std::make_shared<State>(*state_);
  state_.reset();  // the only copy is ours now: folding changes it in place
  Drafts drafts(*next);
  for (const auto& prefix :
       {identity::keys::everything(), Drafts::lake_prefix(), Drafts::shares_prefix(), bucket_policies_prefix()}) {
    auto range = store::prefix_range(prefix);
    for (;;) {
      WEIR_TRY(auto page, transaction->scan(range, kLoadPage));
      for (auto& entry : page) WEIR_CHECK_OK(drafts.apply({entry.key, std::move(entry.value)}));
      if (page.size() < kLoadPage) break;
      range.first = page.back().key + '\0';
    }
  }
  drafts.finish();
  state_ = std::move(next);
  return {};
}

void Governance::publish(std::span<const store::Change> changes) {
  std::lock_guard lock(mutex_);
  if (!state_) return;
  // A reset means that everything there is follows: the State is folded anew, so that nothing erased stays.
  bool anew = std::any_of(changes.begin(), changes.end(), [](const auto& change) { return change.reset; });
  auto next = fold(anew ? State() : *state_, changes);
  if (next.ok()) return void(state_ = std::move(*next));
  broken_ = next.error().log.empty() ? next.error().says : next.error().log;
  base::log_error("governance.stale", {{"reason", broken_}});
}

base::Result<std::shared_ptr<const State>> Governance::current() const {
  std::lock_guard lock(mutex_);
  if (!state_ || !broken_.empty()) {
    return base::Error{
        base::Kind::unavailable, "Permissions cannot be proved current; access is denied.", broken_, {}, {}};
  }
  return state_;
}

}  // namespace weir::app
