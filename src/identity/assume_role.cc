#include "identity/assume_role.h"

#include <algorithm>

#include "base/text.h"
#include "identity/maker.h"
#include "identity/naming.h"
#include "identity/session_policies.h"

namespace weir::identity {
namespace {

constexpr int64_t kChainedSecondsMax = 3600;

bool is_federated(const Principal& caller) { return caller.kind() == policy::PrincipalKind::federated_identity; }

// What nobody without permission can tell apart.
base::Error not_authorized(const Principal& caller, std::string_view action, std::string_view role_arn) {
  if (is_federated(caller)) return base::denied("Not authorized to perform " + std::string(action));
  return base::denied("User: " + (caller.arn().empty() ? "anonymous" : caller.arn()) +
                      " is not authorized to perform: " + std::string(action) +
                      " on resource: " + std::string(role_arn));
}

bool is_service(const Principal& caller) { return caller.kind() == policy::PrincipalKind::service; }

// --- the request's own rules

base::Status check_caller(const Principal& caller, const AssumeRoleRequest& request) {
  if (caller.kind() == policy::PrincipalKind::root) return base::denied("Roles may not be assumed by root accounts.");
  if (is_federated(caller) != request.sign_in.has_value())
    return base::internal("a sign-in and a federated identity go together");
  bool may = caller.kind() == policy::PrincipalKind::user || caller.is_role_session() || is_service(caller) ||
             is_federated(caller);
  // A trust policy that names everyone would let vended credentials out of their scope.
  if (!may || caller.is_vended()) return not_authorized(caller, "sts:AssumeRole", request.role_arn);
  return {};
}

base::Status check_duration(const Principal& caller, const AssumeRoleRequest& request) {
  if (!request.duration_s) return {};
  if (*request.duration_s < kSessionSecondsMin || *request.duration_s > kRoleSessionSecondsMax)
    return base::invalid("1 validation error detected: Value '" + std::to_string(*request.duration_s) +
                             "' at 'durationSeconds' failed to satisfy constraint: Member must have value between " +
                             "900 and 43200",
                         "durationSeconds");
  if (caller.is_role_session() && *request.duration_s > kChainedSecondsMax)
    return base::invalid(
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
        "durationSeconds");
  return {};
}

base::Status check_policies(const Principal& caller, const AssumeRoleRequest& request) {
  // What Lake Formation writes for a vended session is bounded by the token alone.
  // It is not read here either: if it were broken, its session would be denied everything.
  if (is_service(caller)) return {};
  return check_session_policies(request.policy, request.policy_arns);
}

base::Status check_scope(const Principal& caller, const AssumeRoleRequest& request) {
  if (!request.scope || (is_service(caller) && request.policy)) return {};
  return base::internal("only a service vends, and only with a session policy");
}

base::Status check_names(const AssumeRoleRequest& request) {
  WEIR_CHECK_OK(check_role_session_name(request.session_name));
  if (request.external_id) WEIR_CHECK_OK(check_external_id(*request.external_id));
  if (request.source_identity) WEIR_CHECK_OK(check_source_identity(*request.source_identity));
  return {};
}

// --- what the caller's own session brings along

struct Inherited {
  Tags tags;  // transitive ones
  std::vector<std::string> keys;
  std::string source_identity;
};

Inherited inherited_from(const Principal& caller) {
  Inherited out;
  if (!caller.session || !caller.is_role_session()) return out;
  auto& session = caller.session->session;
  out.keys = session.transitive_keys;
  out.source_identity = session.source_identity;
  for (auto& tag : session.tags)
    if (has_key(out.keys, tag.key)) out.tags.push_back(tag);
  return out;
}

base::Status check_tagging(const AssumeRoleRequest& request, const Inherited& inherited) {
  WEIR_CHECK_OK(check_tags(request.tags));
  WEIR_CHECK_OK(check_tag_keys(request.transitive_keys));
  for (auto& tag : request.tags)
    if (has_key(inherited.keys, tag.key))
      return base::invalid(
          "One of the specified transitive tag keys can't be set because it conflicts with a "
          "transitive tag key from the calling session: " +
              tag.key,
          "tags");
  for (auto& key : request.transitive_keys)
    if (!find_tag(request.tags, key) && !has_key(inherited.keys, key))
      return base::invalid("The specified transitive tag key must be included in the requested tags: " + key,
                           "transitiveTagKeys");
  if (request.tags.size() + inherited.tags.size() > kTagsMax)
    return base::fail(base::Kind::limit_exceeded, "The session would have more than 50 tags.", "packed policy");
  return {};
}

std::string source_identity_of(const AssumeRoleRequest& request, const Inherited& inherited) {
  return inherited.source_identity.empty() ? request.source_identity.value_or("") : inherited.source_identity;
}

// --- the checks

// Transitive tags take the place of role tags of the same key.
Tags resource_tags(const Role& role, const Inherited& inherited) {
  Tags out = role.tags;
  for (auto& tag : out)
    if (auto* over = find_tag(inherited.tags, tag.key)) tag.value = over->value;
  return out;
}

void add_claims(const ProvenSignIn& sign_in, policy::Context& context) {
  for (const auto& claim : sign_in.claims.entries()) {
    if (claim.list) {
      context.set_list(claim.key, claim.values);
    } else if (!claim.values.empty()) {
      context.set(claim.key, claim.values.front());
    }
  }
  context.set("aws:FederatedProvider", sign_in.how.provider);
}

policy::Context context_of(const Principal& caller, const AssumeRoleRequest& request, const Inherited& inherited,
                           const Role& role, policy::Context context) {
  describe_caller(caller, context);
  context.set("aws:ResourceAccount", role.account.text());
  for (auto& tag : resource_tags(role, inherited)) {
    context.set("aws:ResourceTag/" + tag.key, tag.value);
    context.set("iam:ResourceTag/" + tag.key, tag.value);
  }
  std::vector<std::string> tag_keys;
  for (auto& tag : request.tags) {
    context.set("aws:RequestTag/" + tag.key, tag.value);
    tag_keys.push_back(tag.key);
  }
  if (!tag_keys.empty()) context.set_list("aws:TagKeys", std::move(tag_keys));
  if (!request.transitive_keys.empty()) context.set_list("sts:TransitiveTagKeys", request.transitive_keys);
  context.set("sts:RoleSessionName", request.session_name);
  if (request.external_id) context.set("sts:ExternalId", *request.external_id);
  if (request.sign_in) add_claims(*request.sign_in, context);
  if (auto who = source_identity_of(request, inherited); !who.empty()) context.set("sts:SourceIdentity", who);
  return context;
}

std::string action_of(const AssumeRoleRequest& request) {
  return request.sign_in ? request.sign_in->action : "sts:AssumeRole";
}

std::vector<std::string> actions_of(const AssumeRoleRequest& request, const Inherited& inherited) {
  std::vector<std::string> actions{action_of(request)};
  if (!request.tags.empty() || !inherited.tags.empty()) actions.emplace_back("sts:TagSession");
  if (!source_identity_of(request, inherited).empty()) actions.emplace_back("sts:SetSourceIdentity");
  return actions;
}

// --- the session

std::vector<std::string> all_keys(std::vector<std::string> keys, const std::vector<std::string>& more) {
  for (auto& key : more)
    if (!has_key(keys, key)) keys.push_back(key);
  return keys;
}

Session session_of(const Principal& caller, const AssumeRoleRequest& request, const Inherited& inherited,
                   const RoleEntry& role) {
  Session session;
  session.kind = request.scope ? SessionKind::vended : SessionKind::assumed_role;
  session.account = role.role.account;
  session.principal_id = role.role.id;
  session.principal_arn = role.arn;
  session.name = request.session_name;
  session.tags = merged_tags(request.tags, inherited.tags);
  session.transitive_keys = all_keys(inherited.keys, request.transitive_keys);
  session.source_identity = source_identity_of(request, inherited);
  session.chained = caller.is_role_session();
  if (request.policy) session.policy = is_service(caller) ? *request.policy : compact_policy(*request.policy);
  session.policy_arns = request.policy_arns;
  session.scope = request.scope;
  if (!request.sign_in && !is_service(caller)) session.maker = maker_of(caller);
  if (!request.sign_in) return session;
  session.sign_in = request.sign_in->how;
  session.lake_formation_user = request.sign_in->lake_formation_user;
  return session;
}

// What was asked for, or what is left of the sign-in.
base::Result<base::Seconds> duration_of(const RolePlan& plan, base::Instant now) {
  if (!plan.until) return plan.duration;
  auto left = std::chrono::floor<base::Seconds>(*plan.until - now);
  if (left.count() <= 0) return base::fail(base::Kind::expired, "Token expired", "identity token");
  return std::min(plan.duration, left);
}

}  // namespace

base::Result<RolePlan> plan_assume_role(const Principal& caller, const AssumeRoleRequest& request,
                                        const Directory& directory, policy::Context facts) {
  WEIR_CHECK_OK(check_names(request));
  WEIR_CHECK_OK(check_caller(caller, request));
  WEIR_CHECK_OK(check_duration(caller, request));
  WEIR_CHECK_OK(check_scope(caller, request));
  WEIR_CHECK_OK(check_policies(caller, request));
  auto inherited = inherited_from(caller);
  WEIR_CHECK_OK(check_tagging(request, inherited));
  if (!inherited.source_identity.empty() &&
      request.source_identity.value_or(inherited.source_identity) != inherited.source_identity)
    return not_authorized(caller, "sts:SetSourceIdentity", request.role_arn);
  auto* role = directory.find_role_by_arn(request.role_arn);
  if (!role || !directory.find_account((*role)->role.account.text()))
    return not_authorized(caller, action_of(request), request.role_arn);

  RolePlan plan;
  plan.role = *role;
  plan.session = session_of(caller, request, inherited, **role);
  plan.duration = base::Seconds(request.duration_s.value_or(kRoleSessionSecondsDefault));
  plan.actions = actions_of(request, inherited);
  plan.context = context_of(caller, request, inherited, (*role)->role, std::move(facts));
  describe_organizations(directory.organizations(), caller.caller, (*role)->role.account.text(), plan.context);
  if (request.sign_in) plan.until = request.sign_in->until;
  plan.reports_packed_size = request.policy || !request.policy_arns.empty() || !request.tags.empty();
  return plan;
}

policy::Decision decide(std::string_view action, const RolePlan& plan, const Principal& caller,
                        const Directory& directory) {
  auto own = directory.policies_of(caller);
  if (!own) return {};  // the caller is gone: a Decision denies until somebody says otherwise
  auto session = directory.session_policies_of(caller);
  auto standing = directory.organizations().standing_of(caller.account());
  policy::Request request{caller.caller, plan.context, action, plan.role->arn, plan.role->role.account.text()};
  request.identity = own->policies;
  request.boundary = own->boundary ? &*own->boundary : nullptr;
  if (session) request.session = session->policies;
  request.resource_policy = &plan.role->trust;
  request.resource_policy_must_allow = true;
  if (standing) request.scps = standing->levels;
  return policy::evaluate(request);
}

base::Result<AssumedRole> finish_assume_role(const RolePlan& plan, const Directory& directory, const KeyRing& ring,
                                             base::Instant now, base::Randomness& randomness) {
  auto& role = plan.role->role;
  if (plan.duration.count() > role.max_session_s)
    return base::invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
                         "durationSeconds");
  WEIR_CHECK_OK(check_session_policy_arns(plan.session.policy_arns, plan.session.account, directory));
  WEIR_TRY(auto duration, duration_of(plan, now));
  AssumedRole out;
  WEIR_TRY(out.credentials, mint(plan.session, duration, ring, now, randomness));
  out.assumed_role_id = role.id + ":" + plan.session.name;
  out.arn = names::session_arn(role.account, role.name, plan.session.name);
  if (plan.reports_packed_size) out.packed_percent = out.credentials.packed_percent;
  out.source_identity = plan.session.source_identity;
  return out;
}

base::Result<AssumedRole> assume_role(const Principal& caller, const AssumeRoleRequest& request,
                                      const Directory& directory, const KeyRing& ring, policy::Context facts,
                                      base::Instant now, base::Randomness& randomness) {
  WEIR_TRY(auto plan, plan_assume_role(caller, request, directory, std::move(facts)));
  for (auto& action : plan.actions)
    if (!decide(action, plan, caller, directory).allowed()) return not_authorized(caller, action, request.role_arn);
  return finish_assume_role(plan, directory, ring, now, randomness);
}

}  // namespace weir::identity
