#include "app/organizations/organizations.h"

#include <algorithm>

#include "app/iam/iam_targets.h"
#include "identity/account_records.h"

namespace weir::app {

using identity::Organization;
using identity::OrganizationRecords;

namespace {

base::Error no_organization() {
  return base::not_found("Your account is not a member of an organization.", "organization");
}

bool is_policy(std::string_view id) { return id.starts_with("p-"); }

std::string arn_of(const Organization& organization, const std::string& id) {
  if (id == organization.root_id) return organization.root_arn();
  if (is_policy(id)) return identity::control_policy_arn(organization, id);
  if (auto account = names::AccountId::parse(id); account.ok()) return identity::member_arn(organization, *account);
  return identity::unit_arn(organization, id);
}

base::Result<identity::Tags> tags_of(OrganizationRecords& records, const std::string& id) {
  if (is_policy(id)) {
    WEIR_TRY(auto policy, records.get_policy(id));
    return policy.tags;
  }
  WEIR_TRY(auto target, records.get_target(id));
  return target.tags;
}

// What is not there has no tags.
void describe_resource_tags(Call& call, const Organization& organization, const std::string& id,
                            policy::Context& context) {
  auto tags = read_organization(call, organization, [&](auto& records, auto&) { return tags_of(records, id); });
  if (!tags.ok()) return;
  for (const auto& tag : *tags) context.set("aws:ResourceTag/" + tag.key, tag.value);
}

std::vector<Ask> asks_of(Call& call, const Organization* organization, const OrganizingDeed& deed) {
  std::vector<Ask> asks;
  auto add = [&](const std::string& action, const std::string& resource) -> Ask& {
    asks.push_back({.action = action, .resource = resource, .extra = deed.extra});
    describe_request_tags(deed.tags, asks.back().extra);
    return asks.back();
  };
  if (deed.ids.empty() || !organization) add(deed.action, "*");
  if (organization)
    for (const auto& id : deed.ids)
      describe_resource_tags(call, *organization, id, add(deed.action, arn_of(*organization, id)).extra);
  if (!deed.tags.empty() && deed.action != "organizations:TagResource") add("organizations:TagResource", "*");
  return asks;
}

// A delegation counts while the organization trusts the service.
bool administers_a_trusted_service(const Organization& organization, const identity::Membership& member) {
  return std::any_of(member.delegated_services.begin(), member.delegated_services.end(),
                     [&](const auto& one) { return organization.trusted_services.contains(one.first); });
}

bool has_seat(const Organization& organization, const identity::Membership& member, Seat seat) {
  switch (seat) {
    case Seat::member: return true;
    case Seat::reader:
      return member.account == organization.management || administers_a_trusted_service(organization, member);
    case Seat::management: return member.account == organization.management;
  }
  return false;
}

base::Result<ShownOrganization> shown(store::Transaction& tx, Organization organization) {
  WEIR_TRY(auto account, identity::AccountRecords(tx).get(organization.management));
  return ShownOrganization{std::move(organization), account.email};
}

}  // namespace

base::Result<Organization> authorize_organizing(Call& call, Seat seat, const OrganizingDeed& deed) {
  const auto& organizations = call.state().directory.organizations();
  const auto* organization = organizations.organization_of(call.caller().account());
  const auto* member = organizations.membership_of(call.caller().account());
  auto asks = asks_of(call, organization, deed);
  for (const auto& ask : asks)
    if (auto decision = call.evaluate(ask); !decision.allowed()) return call.authorize(ask, decision).error();
  WEIR_CHECK_OK(call.authorize(asks.front(), [&]() -> std::optional<Refusal> {
    if (!organization || has_seat(*organization, *member, seat)) return std::nullopt;
    return Refusal{"Organizations", base::denied("You don't have permissions to access this resource.", "access")};
  }));
  if (!organization) return no_organization();
  return *organization;
}

base::Result<ShownOrganization> create_organization(Call& call) {
  WEIR_TRY(auto account, own_account(call));
  WEIR_CHECK_OK(call.authorize({.action = "organizations:CreateOrganization"}));
  ShownOrganization made;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto organization, identity::create_organization(tx, account, call.now(), call.lake().randomness));
    WEIR_TRY(made, shown(tx, std::move(organization)));
    return {};
  }));
  return made;
}

base::Result<ShownOrganization> describe_organization(Call& call) {
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::member, {"organizations:DescribeOrganization"}));
  return read_organization(call, organization,
                           [](auto& records, auto& tx) { return shown(tx, records.organization()); });
}

base::Status delete_organization(Call& call) {
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::management, {"organizations:DeleteOrganization"}));
  return change_organization(call, organization, [](auto& records, auto&) { return records.erase_organization(); });
}

base::Result<Organization> list_roots(Call& call) {
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::reader, {"organizations:ListRoots"}));
  return read_organization(call, organization,
                           [](auto& records, auto&) -> base::Result<Organization> { return records.organization(); });
}

namespace {

OrganizingDeed about_service(Call& call, std::string action, const std::string& service) {
  call.about("servicePrincipal", service);
  OrganizingDeed deed{std::move(action)};
  deed.extra.set("organizations:ServicePrincipal", service);
  return deed;
}

}  // namespace

base::Status enable_service_access(Call& call, const std::string& service) {
  auto deed = about_service(call, "organizations:EnableAWSServiceAccess", service);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::management, deed));
  return change_organization(call, organization, [&](auto& records, auto&) {
    auto changed = records.organization();
    changed.trusted_services.emplace(service, call.now());  // since when it was first enabled
    return records.save_organization(std::move(changed));
  });
}

base::Status disable_service_access(Call& call, const std::string& service) {
  auto deed = about_service(call, "organizations:DisableAWSServiceAccess", service);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::management, deed));
  return change_organization(call, organization, [&](auto& records, auto&) {
    auto changed = records.organization();
    changed.trusted_services.erase(service);
    return records.save_organization(std::move(changed));
  });
}

base::Result<std::map<std::string, base::Instant>> list_service_access(Call& call) {
  WEIR_TRY(auto organization,
           authorize_organizing(call, Seat::reader, {"organizations:ListAWSServiceAccessForOrganization"}));
  return read_organization(call, organization,
                           [](auto& records, auto&) -> base::Result<std::map<std::string, base::Instant>> {
                             return records.organization().trusted_services;
                           });
}

namespace {

base::Status set_tags(OrganizationRecords& records, const std::string& id, const identity::Tags& tags) {
  WEIR_CHECK_OK(identity::check_tags(tags));
  if (is_policy(id)) {
    WEIR_TRY(auto policy, records.get_policy(id));
    policy.tags = tags;
    return records.save_policy(policy);
  }
  WEIR_TRY(auto target, records.get_target(id));
  return records.set_tags(target, tags);
}

}  // namespace

base::Status tag_organized(Call& call, const std::string& id, const identity::Tags& tags) {
  call.about("resourceId", id);
  call.about("tags", tags_json(tags));
  WEIR_TRY(auto organization,
           authorize_organizing(call, Seat::management, {"organizations:TagResource", {id}, {}, tags}));
  return change_organization(call, organization, [&](auto& records, auto&) -> base::Status {
    WEIR_TRY(auto now, tags_of(records, id));
    return set_tags(records, id, identity::merged_tags(std::move(now), tags));
  });
}

base::Status untag_organized(Call& call, const std::string& id, const std::vector<std::string>& keys) {
  call.about("resourceId", id);
  OrganizingDeed deed{"organizations:UntagResource", {id}};
  describe_request_tag_keys(keys, deed.extra);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::management, deed));
  return change_organization(call, organization, [&](auto& records, auto&) -> base::Status {
    WEIR_TRY(auto now, tags_of(records, id));
    return set_tags(records, id, identity::without_tags(std::move(now), keys));
  });
}

base::Result<identity::Tags> list_organized_tags(Call& call, const std::string& id) {
  call.about("resourceId", id);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::reader, {"organizations:ListTagsForResource", {id}}));
  return read_organization(call, organization, [&](auto& records, auto&) { return tags_of(records, id); });
}

}  // namespace weir::app
