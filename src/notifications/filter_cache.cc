#include "notifications/filter_cache.h"

#include <utility>

namespace weir::notifications {
namespace {

std::string key_of(const std::string& text, FilterScope scope) {
  return std::to_string(static_cast<int>(scope)) + text;
}

std::shared_ptr<const FilterPolicy> read(const std::string& text, FilterScope scope) {
  auto policy = FilterPolicy::parse(text, scope);
  return policy ? std::make_shared<const FilterPolicy>(std::move(*policy)) : nullptr;
}

}  // namespace

std::shared_ptr<const FilterPolicy> FilterCache::find(const std::string& text, FilterScope scope) {
  auto key = key_of(text, scope);
  {
    std::lock_guard lock(mutex_);
    if (auto* found = look_up(key)) return *found;
    ++misses_;
  }
  auto policy = read(text, scope);
  std::lock_guard lock(mutex_);
  keep(key, policy);
  return policy;
}

size_t FilterCache::misses() const {
  std::lock_guard lock(mutex_);
  return misses_;
}

const std::shared_ptr<const FilterPolicy>* FilterCache::look_up(const std::string& key) {
  if (auto found = young_.find(key); found != young_.end()) return &found->second;
  auto found = old_.find(key);
  if (found == old_.end()) return nullptr;
  auto policy = found->second;
  keep(key, std::move(policy));
  return &young_.find(key)->second;
}

void FilterCache::keep(const std::string& key, std::shared_ptr<const FilterPolicy> policy) {
  if (young_bytes_ + key.size() > kBytesMax) {
    old_ = std::exchange(young_, {});
    young_bytes_ = 0;
  }
  if (young_.emplace(key, std::move(policy)).second) young_bytes_ += key.size();
}

}  // namespace weir::notifications
