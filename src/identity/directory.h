// The directory: everybody a request can come from, in memory, as of one commit.
//
// A Directory is a value whose copies share almost everything. `apply` takes one changed key of the
// store; loading at start and following commits are the same function, and keys of no interest are
// ignored. See live_directory.h for the one that follows a store.
//
// Invariants:
//  1. A record that does not parse is as if it were not there: nobody authenticates with it.
//  2. A policy that cannot be read, or is attached and not there, denies everything to its holder.
//  3. What a look-up returns is of this directory's moment, also what it keeps in slots.
//
// Threads: readers share a const Directory freely; apply() belongs to the one who makes the next.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/shared_map.h"
#include "base/text.h"
#include "identity/directory_entries.h"
#include "identity/organizations.h"

namespace weir::identity {

class Directory {
 public:
  void apply(std::string_view key, const std::optional<std::string>& value);

  // Null when there is none. The pointers live as long as the directory, and longer when copied.
  // Nobody for a closed account: then none of its keys and sessions holds, and none of its roles is assumed.
  const AccountEntryPtr* find_account(std::string_view id) const { return accounts_.find(id); }
  const KeyEntryPtr* find_access_key(std::string_view id) const { return access_keys_.find(id); }
  const UserEntryPtr* find_user(std::string_view unique_id) const { return users_.find(unique_id); }
  const RoleEntryPtr* find_role(std::string_view unique_id) const { return roles_.find(unique_id); }
  const UserEntryPtr* find_user_by_arn(std::string_view arn) const;
  const RoleEntryPtr* find_role_by_arn(std::string_view arn) const;
  // Of a user or role; null when the ARN is nobody's. For binding the principals of bucket policies.
  const std::string* find_id(std::string_view arn) const { return ids_.find(arn); }
  // Every user, then every role, in no order that means anything: visit(ARN, account).
  template <class F>
  void each_user_and_role(F&& visit) const {
    users_.for_each([&](const auto&, const UserEntryPtr& entry) { visit(entry->arn, entry->user.account.text()); });
    roles_.for_each([&](const auto&, const RoleEntryPtr& entry) { visit(entry->arn, entry->role.account.text()); });
  }
  bool has_managed_policy(std::string_view arn) const;
  const SamlProviderEntry* find_saml_provider(std::string_view arn) const { return saml_providers_.find(arn); }

  const Organizations& organizations() const { return organizations_; }

  // Identity policies and boundary of a user or of the role behind a session; empty for others. Null for
  // a user or role that is gone: deny.
  PolicySetPtr policies_of(const Principal& principal) const;
  // A group's; null when there is no such group.
  PolicySetPtr policies_of_group(const names::AccountId& account, std::string_view name) const;
  // Session policies; null when none were passed and the session is not limited by any.
  PolicySetPtr session_policies_of(const Principal& principal) const;

  size_t size() const { return users_.size() + roles_.size() + accounts_.size() + access_keys_.size(); }

 private:
  template <class V>
  using Map = base::SharedMap<std::string, V, base::TextHash>;

  void apply_user(std::string_view key, const std::optional<std::string>& value);
  void apply_role(std::string_view key, const std::optional<std::string>& value);
  void apply_group(std::string_view key, const std::optional<std::string>& value);
  void apply_policy(std::string_view key, const std::optional<std::string>& value);
  void apply_saml_provider(std::string_view key, const std::optional<std::string>& value);
  void apply_account(const std::string& id, const std::optional<std::string>& value);
  void apply_access_key(const std::string& id, const std::optional<std::string>& value);
  template <class Entry>
  void forget(Map<std::shared_ptr<const Entry>>& entries, std::string_view key);
  template <class Entry>
  void remember(Map<std::shared_ptr<const Entry>>& entries, const std::string& id,
                const std::shared_ptr<const Entry>& entry);

  PolicySetPtr gather(const PolicySource& source, const User* user, const std::optional<std::string>& boundary) const;
  void add_source(PolicySet& set, const PolicySource& source) const;
  void add_managed(PolicySet& set, const std::string& arn) const;
  PolicySourcePtr find_source(std::string_view name) const;
  PolicySetPtr policies_of_root() const;
  bool is_current(const PolicySet& set) const;
  PolicySetPtr set_of(const PolicySetSlot& slot, const PolicySource& source, const User* user,
                      const std::optional<std::string>& boundary) const;

  Organizations organizations_;
  Map<AccountEntryPtr> accounts_;
  Map<KeyEntryPtr> access_keys_;
  Map<UserEntryPtr> users_;                // by unique id
  Map<RoleEntryPtr> roles_;                // by unique id
  Map<std::string> ids_;                   // ARN of a user or role -> unique id
  Map<std::string> ids_by_key_;            // store key of a user or role -> unique id
  Map<PolicySourcePtr> sources_;           // groups by store key, managed policies by ARN
  Map<std::string> policy_arns_;           // store key of a managed policy -> ARN
  Map<SamlProviderEntry> saml_providers_;  // by ARN
  Map<std::string> saml_arns_;             // store key of a SAML provider -> ARN
};

}  // namespace weir::identity
