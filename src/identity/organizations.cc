#include "identity/organizations.h"

#include <algorithm>

#include "base/log.h"
#include "identity/organization_keys.h"

namespace weir::identity {
namespace {

// Deeper than a tree can be; a chain of parents that is longer goes round in circles.
constexpr size_t kDepthMax = 16;

template <base::Record T>
std::optional<T> read(const std::vector<std::string>& parts, const std::string& value) {
  auto record = base::decode_record<T>(value);
  if (record.ok()) return std::move(*record);
  base::log_error("organization record does not parse",
                  {{"key", base::join(parts, "/")}, {"why", record.error().log + record.error().says}});
  return std::nullopt;
}

policy::NamedPolicy compiled(const OrganizationPolicy& policy) {
  return {policy.name + " (" + policy.id + ")", policy::load_policy(policy.content, policy::PolicyKind::scp)};
}

const policy::NamedPolicy& full_access() {
  static const auto policy = compiled(full_access_policy());
  return policy;
}

}  // namespace

struct Organizations::Member {
  std::optional<Membership> membership;  // absent when the record cannot be read
  mutable std::atomic<StandingPtr> kept;
};

struct Organizations::Tree {
  std::optional<Organization> organization;
  Map<OrganizationalUnit> units;
  Map<policy::NamedPolicy> policies;

  policy::ScpLevel level(std::string name, const std::vector<std::string>& attached) const {
    policy::ScpLevel out{std::move(name), {}};
    for (auto& id : attached) {
      auto* found = id == kFullAccessPolicy ? &full_access() : policies.find(id);
      out.policies.push_back(found ? *found : policy::NamedPolicy{id, nullptr});
    }
    return out;
  }
};

namespace {

// One level with a policy that cannot be read: everything is denied.
StandingPtr broken(std::string_view what, std::shared_ptr<const void> made_from) {
  Standing out;
  out.made_from = std::move(made_from);
  out.levels.push_back({std::string(what), {{std::string(what), nullptr}}});
  return std::make_shared<const Standing>(std::move(out));
}

}  // namespace

std::shared_ptr<Organizations::Tree> Organizations::change(std::string_view organization) {
  auto* now = trees_.find(organization);
  auto next = now ? std::make_shared<Tree>(**now) : std::make_shared<Tree>();
  trees_.set(std::string(organization), next);
  return next;
}

void Organizations::apply(const std::vector<std::string>& parts, const std::optional<std::string>& value) {
  if (parts.size() == 3 && parts[1] == keys::kOrganizationMembers) {
    if (!value) return void(members_.erase(parts[2]));
    auto member = std::make_shared<Member>();
    member->membership = read<Membership>(parts, *value);
    return members_.set(parts[2], std::move(member));
  }
  // Keys come in any order: what is left of an organization that is gone must not bring it back.
  if (parts.size() < 3 || (!value && !trees_.find(parts[2]))) return;
  if (parts.size() == 3 && parts[1] == keys::kOrganizations) {
    if (!value) return void(trees_.erase(parts[2]));
    change(parts[2])->organization = read<Organization>(parts, *value);
  }
  if (parts.size() == 4 && parts[1] == keys::kOrganizationUnits) {
    auto unit = value ? read<OrganizationalUnit>(parts, *value) : std::nullopt;
    auto tree = change(parts[2]);
    unit ? tree->units.set(parts[3], std::move(*unit)) : void(tree->units.erase(parts[3]));
  }
  if (parts.size() == 4 && parts[1] == keys::kOrganizationPolicies) {
    auto policy = value ? read<OrganizationPolicy>(parts, *value) : std::nullopt;
    auto tree = change(parts[2]);
    policy ? tree->policies.set(parts[3], compiled(*policy)) : void(tree->policies.erase(parts[3]));
  }
}

StandingPtr Organizations::stand(const Membership& membership, const std::shared_ptr<const Tree>& tree) const {
  if (!tree || !tree->organization) return broken("the organization cannot be read", tree);
  auto& organization = *tree->organization;
  std::vector<const OrganizationalUnit*> units;  // from the account upwards
  for (auto* at = &membership.parent; *at != organization.root_id; at = &units.back()->parent) {
    units.push_back(tree->units.find(*at));
    if (!units.back() || units.size() > kDepthMax) return broken("a unit above the account cannot be read", tree);
  }
  std::reverse(units.begin(), units.end());
  Standing out{organization.id,
               organization.id + "/" + organization.root_id + "/",
               membership.account == organization.management,
               {},
               tree};
  for (auto* unit : units) out.path += unit->id + "/";
  if (out.manages || !organization.has_control_policies) return std::make_shared<const Standing>(std::move(out));
  out.levels.push_back(tree->level("the root", organization.policies));
  for (auto* unit : units) out.levels.push_back(tree->level("unit " + unit->name, unit->policies));
  out.levels.push_back(tree->level("account " + membership.account.text(), membership.policies));
  return std::make_shared<const Standing>(std::move(out));
}

StandingPtr Organizations::standing_of(std::string_view account) const {
  if (members_.empty()) return nullptr;
  auto* member = members_.find(account);
  if (!member) return nullptr;
  auto& membership = (*member)->membership;
  if (!membership) return broken("the account's membership cannot be read", nullptr);
  auto* tree = trees_.find(membership->organization);
  if (auto kept = (*member)->kept.load(); kept && tree && kept->made_from == *tree) return kept;
  auto fresh = stand(*membership, tree ? *tree : nullptr);
  (*member)->kept.store(fresh);
  return fresh;
}

const Organization* Organizations::find(std::string_view organization) const {
  auto* tree = trees_.find(organization);
  return tree && (*tree)->organization ? &*(*tree)->organization : nullptr;
}

const Membership* Organizations::membership_of(std::string_view account) const {
  auto* member = members_.find(account);
  return member && (*member)->membership ? &*(*member)->membership : nullptr;
}

const Organization* Organizations::organization_of(std::string_view account) const {
  auto* membership = membership_of(account);
  return membership ? find(membership->organization) : nullptr;
}

bool Organizations::contains(std::string_view arn, std::string_view account) const {
  auto standing = standing_of(account);
  auto parsed = names::Arn::parse(arn);
  if (!standing || standing->organization.empty() || !parsed || parsed->service != "organizations") return false;
  auto* organization = find(standing->organization);
  if (!organization) return false;
  if (arn == organization->arn()) return true;
  auto unit = arn.substr(arn.rfind('/') + 1);
  return arn == unit_arn(*organization, unit) &&
         standing->path.find("/" + std::string(unit) + "/") != std::string::npos;
}

std::vector<std::string> Organizations::arns_above(std::string_view account) const {
  auto standing = standing_of(account);
  auto* organization = standing && !standing->organization.empty() ? find(standing->organization) : nullptr;
  if (!organization) return {};
  std::vector<std::string> out{organization->arn()};
  for (auto step : base::split(standing->path, '/'))
    if (std::string_view(step).starts_with("ou-")) out.push_back(unit_arn(*organization, step));
  return out;
}

void describe_organizations(const Organizations& organizations, const policy::Caller& caller, std::string_view owner,
                            policy::Context& context) {
  auto describe = [&](std::string_view account, std::string_view id_key, std::string_view paths_key) {
    auto standing = organizations.standing_of(account);
    if (!standing || standing->organization.empty()) return;
    context.set(id_key, standing->organization).set_list(paths_key, {standing->path});
  };
  if (caller.authenticated_by_aws()) describe(caller.account, "aws:PrincipalOrgID", "aws:PrincipalOrgPaths");
  describe(owner, "aws:ResourceOrgID", "aws:ResourceOrgPaths");
}

}  // namespace weir::identity
