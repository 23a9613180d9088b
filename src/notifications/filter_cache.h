// Filter policies that were read a short while ago, by their text: a message asks those of all subscriptions of its
// topic, and the next message asks them again.
//
// Invariants:
//  1. What a policy says depends on its text and scope alone, so that no entry is ever out of date.
//  2. At most two generations of kBytesMax of text are kept. What was not asked for during a generation goes.
//
// Threads: any.
#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "notifications/filter_policy.h"

namespace weir::notifications {

class FilterCache {
 public:
  static constexpr size_t kBytesMax = 1 << 20;  // of the texts of one generation

  // Nothing for a text that is no policy.
  std::shared_ptr<const FilterPolicy> find(const std::string& text, FilterScope scope);
  // How many were read because they were not here.
  size_t misses() const;

 private:
  using Policies = std::unordered_map<std::string, std::shared_ptr<const FilterPolicy>>;
  // mutex_ held
  const std::shared_ptr<const FilterPolicy>* look_up(const std::string& key);
  void keep(const std::string& key, std::shared_ptr<const FilterPolicy> policy);

  mutable std::mutex mutex_;  // guards what follows
  Policies young_, old_;
  size_t young_bytes_ = 0;
  size_t misses_ = 0;
};

}  // namespace weir::notifications
