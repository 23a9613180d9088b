// What Organizations keeps: the organization itself, its units, who is in it, and its policies.
//
// A tree: one root, units below it, accounts at the ends. Policies are attached to the root, to units and to
// accounts; each of them holds the ids of its own.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/record.h"
#include "identity/tag.h"
#include "names/arn.h"

namespace weir::identity {

// The policy that allows everything; AWS owns it, and it is attached wherever nothing else was chosen.
inline constexpr std::string_view kFullAccessPolicy = "p-FullAWSAccess";
inline constexpr std::string_view kFullAccessDocument =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})";

struct Organization {
  std::string id;       // o-...
  std::string root_id;  // r-...
  names::AccountId management;
  base::Instant created{};
  bool has_control_policies = false;  // SERVICE_CONTROL_POLICY is enabled on the root
  std::vector<std::string> policies;  // attached to the root
  Tags root_tags;
  std::map<std::string, base::Instant> trusted_services;  // since when

  std::string arn() const;
  std::string root_arn() const;
};
WEIR_RECORD(Organization, FIELD("Id", &Organization::id), FIELD("RootId", &Organization::root_id),
            FIELD("Management", &Organization::management), FIELD("Created", &Organization::created),
            FIELD("ControlPolicies", &Organization::has_control_policies), FIELD("Policies", &Organization::policies),
            FIELD("RootTags", &Organization::root_tags), FIELD("TrustedServices", &Organization::trusted_services))

struct OrganizationalUnit {
  std::string id;      // ou-...
  std::string parent;  // a root or a unit
  std::string name;
  std::vector<std::string> policies;
  Tags tags;
};
WEIR_RECORD(OrganizationalUnit, FIELD("Id", &OrganizationalUnit::id), FIELD("Parent", &OrganizationalUnit::parent),
            FIELD("Name", &OrganizationalUnit::name), FIELD("Policies", &OrganizationalUnit::policies),
            FIELD("Tags", &OrganizationalUnit::tags))

// An account's place in its organization; it has one at most.
struct Membership {
  names::AccountId account;
  std::string organization;
  std::string parent;
  bool was_invited = true;  // otherwise the organization made it
  base::Instant joined{};
  std::vector<std::string> policies;
  std::map<std::string, base::Instant> delegated_services;  // it administers these for the organization
  Tags tags;
};
WEIR_RECORD(Membership, FIELD("Account", &Membership::account), FIELD("Organization", &Membership::organization),
            FIELD("Parent", &Membership::parent), FIELD("Invited", &Membership::was_invited),
            FIELD("Joined", &Membership::joined), FIELD("Policies", &Membership::policies),
            FIELD("DelegatedServices", &Membership::delegated_services), FIELD("Tags", &Membership::tags))

// A service control policy.
struct OrganizationPolicy {
  std::string id;  // p-...
  std::string name;
  std::string description;
  std::string content;
  Tags tags;

  bool is_of_aws() const { return id == kFullAccessPolicy; }
};
WEIR_RECORD(OrganizationPolicy, FIELD("Id", &OrganizationPolicy::id), FIELD("Name", &OrganizationPolicy::name),
            FIELD("Description", &OrganizationPolicy::description), FIELD("Content", &OrganizationPolicy::content),
            FIELD("Tags", &OrganizationPolicy::tags))
OrganizationPolicy full_access_policy();

// An invitation to an account.
struct Invitation {
  std::string id;  // h-...
  std::string organization;
  names::AccountId management;
  names::AccountId account;
  std::string target;  // as it was addressed: an account id or an e-mail address
  std::string state;   // OPEN, ACCEPTED, DECLINED, CANCELED; an open one past its time counts as EXPIRED
  base::Instant requested{};
  base::Instant expires{};
  std::string notes;
  Tags tags;  // for the account, when it joins

  std::string arn() const;
  std::string state_at(base::Instant now) const;
};
WEIR_RECORD(Invitation, FIELD("Id", &Invitation::id), FIELD("Organization", &Invitation::organization),
            FIELD("Management", &Invitation::management), FIELD("Account", &Invitation::account),
            FIELD("Target", &Invitation::target), FIELD("State", &Invitation::state),
            FIELD("Requested", &Invitation::requested), FIELD("Expires", &Invitation::expires),
            FIELD("Notes", &Invitation::notes), FIELD("Tags", &Invitation::tags))

// What became of a CreateAccount.
struct AccountRequest {
  std::string id;  // car-...
  std::string name;
  base::Instant requested{};
  std::optional<std::string> account;  // when it succeeded
  std::optional<std::string> failure;  // EMAIL_ALREADY_EXISTS, when it did not
};
WEIR_RECORD(AccountRequest, FIELD("Id", &AccountRequest::id), FIELD("Name", &AccountRequest::name),
            FIELD("Requested", &AccountRequest::requested), FIELD("Account", &AccountRequest::account),
            FIELD("Failure", &AccountRequest::failure))

// `prefix` and characters of a-z0-9.
std::string new_organization_id(std::string_view prefix, size_t characters, base::Randomness& randomness);

// arn:aws:organizations::MANAGEMENT:account/o-x/ACCOUNT, and of the other nouns.
std::string member_arn(const Organization& organization, const names::AccountId& account);
std::string unit_arn(const Organization& organization, std::string_view unit);
std::string control_policy_arn(const Organization& organization, std::string_view policy);

}  // namespace weir::identity
