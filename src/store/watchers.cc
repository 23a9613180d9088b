#include "store/watchers.h"

#include <algorithm>
#include <functional>

namespace weir::store {
namespace {

thread_local bool telling_now = false;

struct Telling {
  Telling() { telling_now = true; }
  ~Telling() { telling_now = false; }
};

}  // namespace

void Watchers::add(std::string prefix, Watcher watcher) {
  std::lock_guard lock(mutex_);
  auto next = std::make_shared<List>(*list_);
  next->push_back({std::move(prefix), std::move(watcher)});
  list_ = std::move(next);
}

std::shared_ptr<const Watchers::List> Watchers::list() const {
  std::lock_guard lock(mutex_);
  return list_;
}

void Watchers::tell(std::span<const Change> commit) const {
  Telling guard;
  auto all = list();  // held: add() may replace it meanwhile
  for (auto& [prefix, watcher] : *all) {
    // The keys are in order, so those under one prefix lie together.
    auto under = [&prefix = prefix](const Change& change) { return change.key.starts_with(prefix); };
    auto first = std::find_if(commit.begin(), commit.end(), under);
    auto last = std::find_if_not(first, commit.end(), under);
    if (first != last) watcher({first, last});
  }
}

base::Status Watchers::reset(const std::function<base::Result<std::vector<Entry>>(const Range&)>& load) const {
  Telling guard;
  auto all = list();
  for (auto& [prefix, watcher] : *all) {
    std::vector<Change> changes{{prefix, std::nullopt, true}};
    WEIR_TRY(auto entries, load(prefix_range(prefix)));
    for (auto& [key, value] : entries) changes.push_back({std::move(key), std::move(value), false});
    watcher(changes);
  }
  return {};
}

bool Watchers::telling() { return telling_now; }

base::Error Watchers::refusal() { return base::internal("store: a watcher tried to write or refresh"); }

}  // namespace weir::store
