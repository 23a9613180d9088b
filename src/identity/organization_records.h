// The records of one organization in a transaction: its tree, its members and its policies.
//
// Refusals, for the one switch that turns them into Organizations' codes; `about` is a noun, or AWS's reason in
// capitals where the code carries one:
//   not_found        the noun is not there                 already_exists   Duplicate..., Already...
//   conflict         a noun is not empty or in use, or a reason of a handshake
//   limit_exceeded   ConstraintViolation, with its reason  invalid          InvalidInput, with its reason
//
// Invariants:
//  1. An account is in one organization at most; the management account leaves only with its organization.
//  2. While service control policies are enabled, the root, every unit and every account has at least one of them
//     attached and at most five, and every one attached exists.
//
// Threads: as the transaction. After an Error the transaction is not to be committed.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "identity/organization.h"
#include "identity/records.h"

namespace weir::identity {

inline constexpr size_t kControlPoliciesPerTargetMax = 5;
inline constexpr size_t kUnitDepthMax = 5;

// What policies and tags are attached to: the root, a unit or an account.
struct OrganizationTarget {
  enum class Type { root, unit, account } type = Type::root;
  std::string id;
  std::string arn;
  std::string name;
  std::vector<std::string> policies;
  Tags tags;
};

base::Result<std::optional<Membership>> find_membership(store::Transaction& tx, const names::AccountId& account);
// not_found about "organization" when there is none.
base::Result<Organization> get_organization(store::Transaction& tx, std::string_view id);
base::Result<Organization> create_organization(store::Transaction& tx, const names::AccountId& management,
                                               base::Instant now, base::Randomness& randomness);

class OrganizationRecords {
 public:
  OrganizationRecords(store::Transaction& tx, Organization organization)
      : tx_(tx), organization_(std::move(organization)) {}

  const Organization& organization() const { return organization_; }
  base::Status save_organization(Organization changed);
  // Conflict while it has members beside the management account, or units.
  base::Status erase_organization();

  // --- units
  base::Result<OrganizationalUnit> create_unit(const std::string& parent, const std::string& name, const Tags& tags,
                                               base::Randomness& randomness);
  base::Result<OrganizationalUnit> get_unit(const std::string& id);
  base::Result<OrganizationalUnit> rename_unit(const std::string& id, const std::string& name);
  base::Status erase_unit(const std::string& id);
  base::Result<std::vector<OrganizationalUnit>> units_of(const std::string& parent);
  // Below the root: its own id last. not_found about `noun` when it is neither the root nor a unit.
  base::Result<std::vector<OrganizationalUnit>> chain_of(const std::string& parent, const std::string& noun);

  // --- members
  base::Result<Membership> get_member(const names::AccountId& account);
  base::Result<std::vector<Membership>> members(const std::function<bool(const Membership&)>& wanted);
  base::Status join(const names::AccountId& account, bool was_invited, const Tags& tags, base::Instant now);
  base::Status move(const names::AccountId& account, const std::string& from, const std::string& to);
  base::Status remove(const names::AccountId& account);
  base::Status save_member(const Membership& member);

  // --- policies
  base::Result<OrganizationPolicy> create_policy(OrganizationPolicy wanted, base::Randomness& randomness);
  base::Result<OrganizationPolicy> get_policy(const std::string& id);
  base::Status save_policy(const OrganizationPolicy& policy);
  base::Status erase_policy(const std::string& id);
  base::Result<std::vector<OrganizationPolicy>> policies();  // AWS's own first
  base::Status attach(const std::string& policy, const std::string& target);
  base::Status detach(const std::string& policy, const std::string& target);
  base::Status enable_control_policies();
  base::Status disable_control_policies();  // and detaches every one of them

  // --- targets
  base::Result<OrganizationTarget> get_target(const std::string& id);
  base::Result<std::vector<OrganizationTarget>> targets();
  base::Status set_tags(const OrganizationTarget& target, const Tags& tags);

 private:
  std::vector<std::string> first_policies() const;
  base::Status check_parent(const std::string& id, const std::string& noun);
  base::Status check_name_free(const std::string& parent, const std::string& name, const std::string& self);
  base::Status check_policy(const OrganizationPolicy& policy);
  base::Status save_target(const OrganizationTarget& target);
  base::Status attach_everywhere(const std::vector<std::string>& policies);
  OrganizationTarget root_target() const;
  OrganizationTarget target_of(const OrganizationalUnit& unit) const;
  base::Result<OrganizationTarget> target_of(const Membership& member);

  store::Transaction& tx_;
  Organization organization_;
};

}  // namespace weir::identity
