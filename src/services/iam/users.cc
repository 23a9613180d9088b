#include "services/iam/users.h"

#include "app/iam/iam_users.h"

namespace weir::services::iam {

namespace w = wire::iam;

w::User to_wire(const identity::User& user) {
  w::User out;
  out.Path = user.path;
  out.UserName = user.name;
  out.UserId = user.id;
  out.Arn = user.arn();
  out.CreateDate = user.created;
  return out;
}

namespace {

w::User in_full(const identity::User& user) {
  auto out = to_wire(user);
  out.Tags = to_wire(user.tags);
  out.PermissionsBoundary = to_wire(user.boundary);
  return out;
}

}  // namespace

base::Result<w::CreateUserResponse> create_user(app::Call& call, const w::CreateUserRequest& in) {
  identity::NewUser wanted{*in.UserName, in.Path.value_or("/"), from_wire(in.Tags), in.PermissionsBoundary};
  WEIR_TRY(auto user, app::create_user(call, wanted));
  w::CreateUserResponse out;
  out.User = in_full(user);
  return out;
}

base::Result<w::GetUserResponse> get_user(app::Call& call, const w::GetUserRequest& in) {
  WEIR_TRY(auto shown, app::get_user(call, in.UserName));
  w::GetUserResponse out;
  out.User = in_full(shown.user);
  out.User->Arn = shown.arn;
  if (shown.user.name.empty()) out.User->UserName.reset();
  return out;
}

base::Result<wire::Nothing> update_user(app::Call& call, const w::UpdateUserRequest& in) {
  return done(app::update_user(call, *in.UserName, {in.NewUserName, in.NewPath}));
}

base::Result<wire::Nothing> delete_user(app::Call& call, const w::DeleteUserRequest& in) {
  return done(app::delete_user(call, *in.UserName));
}

base::Result<w::ListUsersResponse> list_users(app::Call& call, const w::ListUsersRequest& in) {
  WEIR_TRY(auto page, app::list_users(call, page_request(in)));
  w::ListUsersResponse out;
  out.Users.give();
  for (const auto& user : page.items) out.Users.push_back(to_wire(user));
  finish_page(out, page.marker);
  return out;
}

}  // namespace weir::services::iam
