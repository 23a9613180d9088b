#include "services/iam/roles.h"

#include "app/iam/iam_roles.h"

namespace weir::services::iam {

namespace w = wire::iam;

// As lists show a role.
w::Role in_brief(const app::ShownRole& shown) {
  const auto& role = shown.role;
  w::Role out;
  out.Path = role.path;
  out.RoleName = role.name;
  out.RoleId = role.id;
  out.Arn = role.arn();
  out.CreateDate = role.created;
  out.AssumeRolePolicyDocument = encoded(shown.trust);
  if (!role.description.empty()) out.Description = role.description;
  out.MaxSessionDuration = role.max_session_s;
  return out;
}

namespace {

w::Role in_full(const app::ShownRole& shown) {
  auto out = in_brief(shown);
  out.Tags = to_wire(shown.role.tags);
  out.PermissionsBoundary = to_wire(shown.role.boundary);
  out.RoleLastUsed = w::RoleLastUsed{};
  return out;
}

}  // namespace

base::Result<w::CreateRoleResponse> create_role(app::Call& call, const w::CreateRoleRequest& in) {
  identity::NewRole wanted;
  wanted.name = *in.RoleName;
  wanted.path = in.Path.value_or("/");
  wanted.description = in.Description.value_or("");
  wanted.trust = *in.AssumeRolePolicyDocument;
  wanted.max_session_s = in.MaxSessionDuration.value_or(identity::kRoleSessionSecondsDefault);
  wanted.tags = from_wire(in.Tags);
  wanted.boundary = in.PermissionsBoundary;
  WEIR_TRY(auto made, app::create_role(call, wanted));
  w::CreateRoleResponse out;
  out.Role = in_full(made);
  out.Role->RoleLastUsed.reset();
  return out;
}

base::Result<w::GetRoleResponse> get_role(app::Call& call, const w::GetRoleRequest& in) {
  WEIR_TRY(auto shown, app::get_role(call, *in.RoleName));
  w::GetRoleResponse out;
  out.Role = in_full(shown);
  return out;
}

base::Result<w::UpdateRoleResponse> update_role(app::Call& call, const w::UpdateRoleRequest& in) {
  WEIR_CHECK_OK(app::update_role(call, *in.RoleName, {in.Description, in.MaxSessionDuration}));
  return w::UpdateRoleResponse{};
}

base::Result<wire::Nothing> update_assume_role_policy(app::Call& call, const w::UpdateAssumeRolePolicyRequest& in) {
  return done(app::update_trust(call, *in.RoleName, *in.PolicyDocument));
}

base::Result<wire::Nothing> delete_role(app::Call& call, const w::DeleteRoleRequest& in) {
  return done(app::delete_role(call, *in.RoleName));
}

base::Result<w::ListRolesResponse> list_roles(app::Call& call, const w::ListRolesRequest& in) {
  WEIR_TRY(auto page, app::list_roles(call, page_request(in)));
  w::ListRolesResponse out;
  out.Roles.give();
  for (const auto& role : page.items) out.Roles.push_back(in_brief(role));
  finish_page(out, page.marker);
  return out;
}

}  // namespace weir::services::iam
