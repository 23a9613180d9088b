// Buckets that were asked for lately: every decision about an object begins with whose its bucket is.
//
// Invariant: what is found here was current at some moment after the last commit that touched any bucket. Buckets
// change rarely, so each such commit empties the cache. A reader of the index takes a mark first and hands its bucket
// in with that mark; when the cache was emptied in between, the bucket is not kept.
//
// Threads: any.
#pragma once
#include <mutex>
#include <optional>
#include <unordered_map>

#include "base/text.h"
#include "objects/bucket.h"

namespace weir::backends {

class BucketCache {
 public:
  using Mark = uint64_t;

  std::optional<objects::Bucket> find(std::string_view name) const {
    std::lock_guard lock(mutex_);
    auto found = known_.find(name);
    if (found == known_.end()) return std::nullopt;
    return found->second;
  }
  Mark mark() const {
    std::lock_guard lock(mutex_);
    return emptied_;
  }
  void keep(const objects::Bucket& bucket, Mark mark) {
    std::lock_guard lock(mutex_);
    if (mark != emptied_) return;
    if (known_.size() >= kBucketsMax) known_.clear();
    known_.insert_or_assign(bucket.name, bucket);
  }
  void empty() {
    std::lock_guard lock(mutex_);
    ++emptied_;
    known_.clear();
  }

 private:
  static constexpr size_t kBucketsMax = 10'000;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, objects::Bucket, base::TextHash, std::equal_to<>> known_;
  Mark emptied_ = 0;
};

}  // namespace weir::backends
