// What decisions are made from: the identities and the permissions of every account, in memory.
//
// A State is an immutable value folded from the records in the store, one key at a time: loading at the
// start, this process's commits and other processes' commits all go through the same apply(). Readers
// take a shared_ptr; a writer's new State is published before its commit() returns (store invariant 4),
// so a grant or a revocation is in force for the next request.
//
// Threads: current() from any thread; the store's watcher calls publish from the committing thread.
// INVARIANT: a record that cannot be read makes the State stale, and a stale State denies.
#pragma once
#include <memory>
#include <mutex>
#include <span>

#include "app/objects/bucket_policy.h"
#include "base/result.h"
#include "base/shared_map.h"
#include "base/text.h"
#include "identity/directory.h"
#include "permissions/snapshot.h"
#include "sharing/shares.h"
#include "store/store.h"

namespace weir::app {

struct State {
  identity::Directory directory;
  base::SharedMap<std::string, std::shared_ptr<const permissions::Snapshot>, base::TextHash> accounts;
  base::SharedMap<std::string, BucketPolicyPtr, base::TextHash> bucket_policies;  // by bucket
  sharing::Shares shares;

  // Lake Formation's side of one account; an account nothing is known of has an empty one, which denies.
  const permissions::Snapshot& permissions(std::string_view account) const;
};

// The State after `changes`: the function that loading and following commits go through, on a copy.
base::Result<std::shared_ptr<const State>> fold(const State& state, std::span<const store::Change> changes);

class Governance {
 public:
  // Watches the store, then loads what is there. Call once, before the first request.
  base::Status start(store::Store& store);

  // Kind::unavailable when the State could not be kept current: whoever asks must deny.
  base::Result<std::shared_ptr<const State>> current() const;

 private:
  base::Status load(store::Store& store);
  void publish(std::span<const store::Change> changes);

  mutable std::mutex mutex_;  // guards state_ and broken_
  std::shared_ptr<const State> state_ = std::make_shared<const State>();
  std::string broken_;  // why the State is stale; empty while it is not
};

}  // namespace weir::app
