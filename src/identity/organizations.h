// Every organization in memory, as of one commit: where each account stands, and which service control
// policies its principals pass through.
//
// A value whose copies share almost everything; a part of the Directory, which feeds it.
//
// Invariants:
//  1. What stands above an account and cannot be read or found denies everything to the account's principals: a
//     broken membership, an organization or unit that is not there, an attached policy that is gone.
//  2. The management account has no levels: no service control policy limits it.
//  3. A standing is worked out at the first question after a change of its organization, and is of this
//     value's moment also when it was kept.
//
// Threads: readers share a const Organizations freely; apply() belongs to the one who makes the next.
#pragma once
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/shared_map.h"
#include "base/text.h"
#include "identity/organization.h"
#include "policy/evaluate.h"

namespace weir::identity {

// Where an account stands.
struct Standing {
  std::string organization;  // o-...; empty when that cannot be told
  std::string path;          // o-x/r-y/ou-z/, as in aws:PrincipalOrgPaths
  bool manages = false;
  std::vector<policy::ScpLevel> levels;  // root, units, account; none where no service control policy applies
  std::shared_ptr<const void> made_from;
};
using StandingPtr = std::shared_ptr<const Standing>;

class Organizations {
 public:
  // `parts` of a store key under "iam"; passes over what is not its own.
  void apply(const std::vector<std::string>& parts, const std::optional<std::string>& value);

  // Null when the account is in no organization.
  StandingPtr standing_of(std::string_view account) const;
  // Null when there is none, or it cannot be read.
  const Organization* find(std::string_view organization) const;
  // Null when the account is in none, or its record cannot be read.
  const Membership* membership_of(std::string_view account) const;
  // The organization that the account is in.
  const Organization* organization_of(std::string_view account) const;
  // Whether the organization or unit of that ARN has the account somewhere in it.
  bool contains(std::string_view arn, std::string_view account) const;
  // What contains the account: the ARNs of its organization and of the units above it. Empty when that cannot be told.
  std::vector<std::string> arns_above(std::string_view account) const;

 private:
  struct Member;
  struct Tree;
  template <class V>
  using Map = base::SharedMap<std::string, V, base::TextHash>;

  std::shared_ptr<Tree> change(std::string_view organization);
  StandingPtr stand(const Membership& membership, const std::shared_ptr<const Tree>& tree) const;

  Map<std::shared_ptr<const Tree>> trees_;      // by organization
  Map<std::shared_ptr<const Member>> members_;  // by account
};

// aws:PrincipalOrgID and aws:PrincipalOrgPaths of the caller's account, aws:ResourceOrgID and
// aws:ResourceOrgPaths of the owner's. What is in no organization has no such keys.
void describe_organizations(const Organizations& organizations, const policy::Caller& caller, std::string_view owner,
                            policy::Context& context);

}  // namespace weir::identity
