#include "services/iam/policies.h"

#include "app/iam/iam_policies.h"

namespace weir::services::iam {

namespace w = wire::iam;
using identity::keys::Use;

namespace {

// As lists show a policy.
w::Policy in_brief(const app::ShownPolicy& shown) {
  const auto& policy = shown.policy;
  w::Policy out;
  out.PolicyName = policy.name;
  out.PolicyId = policy.id;
  out.Arn = policy.arn();
  out.Path = policy.path;
  out.DefaultVersionId = "v" + std::to_string(policy.default_version);
  out.AttachmentCount = static_cast<int32_t>(shown.attachments);
  out.PermissionsBoundaryUsageCount = static_cast<int32_t>(shown.boundaries);
  out.IsAttachable = shown.attachable;
  out.CreateDate = policy.created;
  out.UpdateDate = policy.updated;
  return out;
}

w::Policy in_full(const app::ShownPolicy& shown) {
  auto out = in_brief(shown);
  if (!shown.policy.description.empty()) out.Description = shown.policy.description;
  out.Tags = to_wire(shown.policy.tags);
  return out;
}

std::optional<Use> use_of(const std::optional<std::string>& filter) {
  if (!filter) return std::nullopt;
  return *filter == "PermissionsBoundary" ? Use::boundary : Use::attachment;
}

identity::PolicyScope scope_of(const std::optional<std::string>& scope) {
  if (scope == "AWS") return identity::PolicyScope::aws;
  if (scope == "Local") return identity::PolicyScope::local;
  return identity::PolicyScope::all;
}

}  // namespace

base::Result<w::CreatePolicyResponse> create_policy(app::Call& call, const w::CreatePolicyRequest& in) {
  identity::NewPolicy wanted{*in.PolicyName, in.Path.value_or("/"), in.Description.value_or(""), *in.PolicyDocument,
                             from_wire(in.Tags)};
  WEIR_TRY(auto made, app::create_policy(call, wanted));
  w::CreatePolicyResponse out;
  out.Policy = in_full(made);
  return out;
}

base::Result<w::GetPolicyResponse> get_policy(app::Call& call, const w::GetPolicyRequest& in) {
  WEIR_TRY(auto shown, app::get_policy(call, *in.PolicyArn));
  w::GetPolicyResponse out;
  out.Policy = in_full(shown);
  return out;
}

base::Result<wire::Nothing> delete_policy(app::Call& call, const w::DeletePolicyRequest& in) {
  return done(app::delete_policy(call, *in.PolicyArn));
}

base::Result<w::ListPoliciesResponse> list_policies(app::Call& call, const w::ListPoliciesRequest& in) {
  identity::PolicyListRequest request;
  request.scope = scope_of(in.Scope);
  request.only_attached = in.OnlyAttached.value_or(false);
  request.used_as = use_of(in.PolicyUsageFilter);
  request.page = page_request(in);
  WEIR_TRY(auto page, app::list_policies(call, request));
  w::ListPoliciesResponse out;
  out.Policies.give();
  for (const auto& policy : page.items) out.Policies.push_back(in_brief(policy));
  finish_page(out, page.marker);
  return out;
}

namespace {

void add(w::ListEntitiesForPolicyResponse& out, const app::Entity& entity) {
  switch (entity.noun) {
    case identity::Noun::user: return void(out.PolicyUsers.push_back({.UserName = entity.name, .UserId = entity.id}));
    case identity::Noun::group:
      return void(out.PolicyGroups.push_back({.GroupName = entity.name, .GroupId = entity.id}));
    case identity::Noun::role: return void(out.PolicyRoles.push_back({.RoleName = entity.name, .RoleId = entity.id}));
    case identity::Noun::policy: break;
  }
}

base::Result<std::optional<identity::Noun>> noun_of(const std::optional<std::string>& filter) {
  if (!filter) return std::optional<identity::Noun>();
  if (*filter == "User") return std::optional(identity::Noun::user);
  if (*filter == "Group") return std::optional(identity::Noun::group);
  if (*filter == "Role") return std::optional(identity::Noun::role);
  return base::invalid("EntityFilter must be User, Group or Role: policies are not attached to policies.",
                       "entityFilter");
}

}  // namespace

base::Result<w::ListEntitiesForPolicyResponse> list_entities_for_policy(app::Call& call,
                                                                        const w::ListEntitiesForPolicyRequest& in) {
  app::EntitiesRequest request;
  WEIR_TRY(request.noun, noun_of(in.EntityFilter));
  request.use = use_of(in.PolicyUsageFilter);
  request.page = page_request(in);
  WEIR_TRY(auto page, app::list_entities_for_policy(call, *in.PolicyArn, request));
  w::ListEntitiesForPolicyResponse out;
  out.PolicyUsers.give();
  out.PolicyGroups.give();
  out.PolicyRoles.give();
  for (const auto& entity : page.items) add(out, entity);
  finish_page(out, page.marker);
  return out;
}

}  // namespace weir::services::iam
