// What the directory has for each record: the record itself and everything about it that is worth
// preparing once.
//
// Threads: immutable but for the slots and the opened secret, which may be used from any thread.
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "identity/access_key.h"
#include "identity/account.h"
#include "identity/group.h"
#include "identity/key_ring.h"
#include "identity/managed_policy.h"
#include "identity/policy_set.h"
#include "identity/principal.h"
#include "identity/role.h"
#include "identity/user.h"

namespace weir::identity {

// Something policies are gathered from.
struct PolicySource {
  std::vector<policy::NamedPolicy> own;  // compiled
  std::vector<std::string> attached;     // ARNs of managed policies
};

struct AccountEntry {
  explicit AccountEntry(Account record);
  const Account account;
  PrincipalPtr root;
};

struct UserEntry {
  UserEntry(User record, std::string store_key);
  const User user;
  const std::string key;
  const std::string arn;
  PolicySource source;
  PolicySetSlot slot;
  PrincipalPtr principal;
};

struct RoleEntry {
  RoleEntry(Role record, std::string store_key);
  const Role role;
  const std::string key;
  const std::string arn;
  policy::NamedPolicy trust;
  PolicySource source;
  PolicySetSlot slot;
};

// Of the provider that has an ARN now: one made again under the name is another.
struct SamlProviderEntry {
  std::string id;
  base::Instant created{};
};

struct KeyEntry {
  explicit KeyEntry(AccessKey record) : key(std::move(record)) {}
  // Opened at first use, then kept. Internal when the ring lacks the key that sealed it.
  base::Result<std::shared_ptr<const base::Secret>> secret(const KeyRing& ring) const;

  const AccessKey key;

 private:
  mutable std::atomic<std::shared_ptr<const base::Secret>> opened_;
};

using AccountEntryPtr = std::shared_ptr<const AccountEntry>;
using UserEntryPtr = std::shared_ptr<const UserEntry>;
using RoleEntryPtr = std::shared_ptr<const RoleEntry>;
using KeyEntryPtr = std::shared_ptr<const KeyEntry>;
using PolicySourcePtr = std::shared_ptr<const PolicySource>;

// A group's, and a managed policy's default version.
PolicySourcePtr source_of(const Group& group);
PolicySourcePtr source_of(const ManagedPolicy& policy);

}  // namespace weir::identity
