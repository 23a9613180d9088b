#include "app/sharing/shared_grants.h"

#include <algorithm>
#include <functional>
#include <set>

#include "app/organizations/memberships.h"
#include "app/sharing/lake_shares.h"
#include "base/text.h"
#include "permissions/records.h"
#include "permissions/sharing.h"
#include "sharing/share_records.h"
#include "sharing/shares.h"

namespace weir::app {
namespace {

using permissions::Grant;
using permissions::GrantRequest;
using permissions::PolicyTarget;
using permissions::Principal;
using permissions::PrincipalKind;
using permissions::Resource;
using permissions::ResourceKind;
using sharing::Share;
using sharing::ShareRecords;

constexpr size_t kAtOnce = 512;

LakeShareKind kind_of(const Resource& resource) {
  switch (resource.kind) {
    case ResourceKind::database: return LakeShareKind::databases;
    case ResourceKind::table:
    case ResourceKind::columns:
    case ResourceKind::data_cells_filter: return LakeShareKind::tables;
    case ResourceKind::all_tables: return LakeShareKind::all_tables;
    case ResourceKind::lf_tag:
    case ResourceKind::lf_tag_expression: return LakeShareKind::tag_tables;
    case ResourceKind::lf_tag_policy:
      return resource.policy_on == PolicyTarget::databases ? LakeShareKind::tag_databases : LakeShareKind::tag_tables;
    case ResourceKind::catalog:
    case ResourceKind::nested_catalog:
    case ResourceKind::data_location: break;
  }
  return LakeShareKind::catalog;
}

// The ARN of what is shared, as a Shareable has it.
std::string shared_arn(std::string_view region, const Resource& resource) {
  auto arn = "arn:aws:glue:" + std::string(region) + ":" + resource.catalog;
  switch (kind_of(resource)) {
    case LakeShareKind::databases:
    case LakeShareKind::all_tables: arn += ":database/" + resource.database; break;
    case LakeShareKind::tables: arn += ":table/" + resource.database + "/" + resource.table; break;
    case LakeShareKind::tag_databases:
    case LakeShareKind::tag_tables:
    case LakeShareKind::catalog: arn += ":catalog"; break;
  }
  return base::to_lower(arn);
}

LakeShareRequest share_request(const Call& call, const Principal& principal, const Resource& resource, int version) {
  return {resource.catalog, principal.text(), kind_of(resource), shared_arn(call.lake().region, resource), version};
}

bool is_organizational(const Principal& principal) {
  return principal.kind() == PrincipalKind::organization || principal.kind() == PrincipalKind::organizational_unit;
}

Refusal iam_refusal(std::string says) { return {"IAM", base::denied(std::move(says), "access")}; }

// TRB's words, and what they mean.
base::Status check_organization(const Call& call, const Principal& principal, const std::string& owner) {
  OrganizationMemberships memberships(call.state().directory.organizations());
  if (memberships.is_own_organization(principal.text(), owner) && memberships.sharing_enabled(owner)) return {};
  auto id = std::string(base::split(principal.text(), '/').at(1));
  return base::invalid("Organization " + id + " not found: account " + owner +
                           " is not in it, or resource sharing with it is not enabled.",
                       "principal");
}

using Visit = std::function<base::Status(const Grant&)>;

// What the principal has through the share.
base::Status each_grant_through(store::Transaction& tx, const Share& share, const std::string& principal,
                                const Visit& visit) {
  permissions::GrantScope scope;
  scope.principal = principal;
  auto arn = share.arn();
  for (std::string token;;) {
    WEIR_TRY(auto page, permissions::list_grants(tx, share.owner.text(), scope, token, kAtOnce));
    for (const auto& grant : page.items)
      if (grant.share == arn) WEIR_CHECK_OK(visit(grant));
    if (page.next.empty()) return {};
    token = page.next;
  }
}

base::Status each_grant_through(store::Transaction& tx, const Share& share, const Visit& visit) {
  WEIR_TRY(auto principals, ShareRecords(tx).principals(share));
  for (const auto& one : principals) WEIR_CHECK_OK(each_grant_through(tx, share, one.principal, visit));
  return {};
}

bool has(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// The resource itself, and for a database what is in it.
bool is_within(const std::string& arn, const std::string& region, const Resource& dropped) {
  if (arn == shared_arn(region, dropped)) return true;
  if (dropped.kind != ResourceKind::database) return false;
  auto table = dropped;
  table.kind = ResourceKind::table;
  table.table.clear();
  return arn.starts_with(shared_arn(region, table));
}

// What is still granted through a share.
struct Left {
  std::set<std::string> principals;
  std::set<std::string> resources;  // ARNs

  Detachment of(const Share& share, const std::string& principal, const std::string& resource) const {
    return {share.arn(), resource, principal, resources.contains(resource), principals.contains(principal)};
  }
};
base::Result<Left> left_in(store::Transaction& tx, const Share& share) {
  Left out;
  WEIR_CHECK_OK(each_grant_through(tx, share, [&](const Grant& grant) -> base::Status {
    out.principals.insert(grant.principal);
    out.resources.insert(shared_arn(share.region, grant.resource));
    return {};
  }));
  return out;
}

// What is left is asked once: taking out entities changes no grant.
base::Status detach_spent(store::Transaction& tx, const Share& share, const std::vector<std::string>& resources) {
  if (resources.empty()) return {};
  WEIR_TRY(auto left, left_in(tx, share));
  WEIR_TRY(auto principals, ShareRecords(tx).principals(share));
  for (const auto& resource : resources)
    for (const auto& one : principals) WEIR_CHECK_OK(detach(tx, left.of(share, one.principal, resource)));
  return {};
}

}  // namespace

std::optional<Refusal> sharing_gate(const Call& call, const Principal& principal, const Resource& resource) {
  if (is_organizational(principal))
    if (auto look = call.evaluate({"organizations:DescribeOrganization"}); !look.allowed())
      return iam_refusal("Access denied to retrieve AWS Organization information: " + look.message());
  int version = call.state().permissions(resource.catalog).settings().cross_account_version();
  auto asks = asks_of_attaching(call, share_request(call, principal, resource, version));
  if (!asks) return std::nullopt;  // it cannot be shared at all: the transaction says why
  for (const auto& ask : *asks) {
    auto decision = call.evaluate(ask);
    if (!decision.allowed()) return iam_refusal(decision.message());
  }
  return std::nullopt;
}

base::Result<std::string> enter_share(Call& call, store::Transaction& tx, const GrantRequest& request,
                                      const permissions::GrantFacts& facts) {
  WEIR_CHECK_OK(permissions::check_share(request, facts));
  if (is_organizational(request.principal))
    WEIR_CHECK_OK(check_organization(call, request.principal, request.resource.catalog));
  return attach(call, tx, share_request(call, request.principal, request.resource, facts.cross_account_version));
}

base::Result<std::string> waiting_for(Call& call, store::Transaction& tx, const GrantRequest& request) {
  ShareRecords records(tx);
  WEIR_TRY(auto share, records.get(request.share));
  WEIR_TRY(auto association, records.find_principal(share, request.principal.text()));
  if (!association || association->invitation.empty()) return std::string();
  WEIR_TRY(auto invitation, records.find_invitation(*association, share));
  if (!invitation || invitation->state_at(call.now()) != sharing::InvitationState::pending) return std::string();
  return "Account " + association->receiver + " must accept the invitation to resource share " + share.name +
         " before " + request.principal.text() + " has this.";
}

base::Status leave_share(store::Transaction& tx, const Grant& gone) {
  WEIR_TRY(auto share, ShareRecords(tx).find(gone.share));
  if (!share) return {};
  WEIR_TRY(auto left, left_in(tx, *share));
  return detach(tx, left.of(*share, gone.principal, shared_arn(share->region, gone.resource)));
}

base::Status leave_shares(Call& call, store::Transaction& tx, const Resource& gone) {
  for (const auto* known : call.state().shares.owned_by(gone.catalog)) {
    if (!known->is_of_lake_formation()) continue;
    WEIR_TRY(auto resources, ShareRecords(tx).resources(*known));
    std::vector<std::string> within;
    for (const auto& one : resources)
      if (is_within(one.resource, known->region, gone)) within.push_back(one.resource);
    WEIR_CHECK_OK(detach_spent(tx, *known, within));
  }
  return {};
}

base::Status erase_grants_through(store::Transaction& tx, const Share& share, const TakenOut& taken) {
  bool all = taken.principals.empty() && taken.resources.empty();
  std::vector<Grant> gone;
  WEIR_CHECK_OK(each_grant_through(tx, share, [&](const Grant& grant) -> base::Status {
    if (all || has(taken.principals, grant.principal) || has(taken.resources, shared_arn(share.region, grant.resource)))
      gone.push_back(grant);
    return {};
  }));
  for (const auto& grant : gone) WEIR_CHECK_OK(permissions::erase_grant(tx, grant));
  return {};
}

base::Status forget_dropped(Call& call, store::Transaction& tx, const Resource& dropped) {
  WEIR_CHECK_OK(permissions::forget(tx, dropped));
  return leave_shares(call, tx, dropped);
}

}  // namespace weir::app
