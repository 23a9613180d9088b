// The policies that apply to one holder at this moment, gathered from its own documents, its managed
// policies and its groups, in the form policy::evaluate takes.
//
// Gathering happens at the first request after a change and is kept in the holder's slot; a kept set is
// used again only while everything it was gathered from is still what the directory has. So a change
// costs the change, however many hold the policy, and no request ever sees an old set.
//
// Threads: a PolicySet is immutable; a slot may be used from any thread.
#pragma once
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "policy/evaluate.h"

namespace weir::identity {

struct PolicySet {
  std::vector<policy::NamedPolicy> policies;
  std::optional<policy::NamedPolicy> boundary;
  // Name in the directory, and what was found there (null: nothing).
  std::vector<std::pair<std::string, std::shared_ptr<const void>>> gathered_from;
};
using PolicySetPtr = std::shared_ptr<const PolicySet>;

class PolicySetSlot {
 public:
  PolicySetPtr get() const { return kept_.load(); }
  void keep(PolicySetPtr set) const { kept_.store(std::move(set)); }

 private:
  mutable std::atomic<PolicySetPtr> kept_;
};

}  // namespace weir::identity
