#include "app/governance.h"

#include "base/log.h"

namespace weir::app {
namespace {

constexpr size_t kLoadPage = 4096;

base::Status fold(State& state, const store::Change& change) {
  if (identity::Directory::concerns(change.key)) return state.directory.apply(change.key, change.value);
  if (permissions::Snapshot::concerns(change.key)) return state.permissions.apply(change.key, change.value);
  return {};
}

}  // namespace

base::Status Governance::start(store::Store& store) {
  store.watch("", [this](std::span<const store::Change> changes) { publish(changes); });
  return load(store);
}

base::Status Governance::load(store::Store& store) {
  std::lock_guard lock(mutex_);
  WEIR_TRY(auto transaction, store.begin(store::Mode::read));
  auto next = std::make_shared<State>(*state_);
  state_.reset();  // the only copy is ours now: folding changes it in place
  for (const auto& prefix : {identity::Directory::prefix(), permissions::Snapshot::prefix()}) {
    auto range = store::prefix_range(prefix);
    for (;;) {
      WEIR_TRY(auto page, transaction->scan(range, kLoadPage));
      for (auto& entry : page) WEIR_CHECK_OK(fold(*next, {entry.key, std::move(entry.value)}));
      if (page.size() < kLoadPage) break;
      range.first = page.back().key + '\0';
    }
  }
  state_ = std::move(next);
  return {};
}

void Governance::publish(std::span<const store::Change> changes) {
  std::lock_guard lock(mutex_);
  if (!state_) return;
  auto next = std::make_shared<State>(*state_);
  for (const auto& change : changes) {
    if (auto status = fold(*next, change); !status.ok()) {
      broken_ = status.error().log.empty() ? status.error().says : status.error().log;
      base::log_error("governance.stale", {{"reason", broken_}});
      return;
    }
  }
  state_ = std::move(next);
}

base::Result<std::shared_ptr<const State>> Governance::current() const {
  std::lock_guard lock(mutex_);
  if (!state_ || !broken_.empty()) {
    return base::Error{base::Kind::unavailable, "Permissions cannot be proved current; access is denied.", broken_, {}, {}};
  }
  return state_;
}

}  // namespace weir::app
