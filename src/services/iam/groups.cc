#include "services/iam/groups.h"

#include "app/iam/iam_groups.h"
#include "services/iam/users.h"

namespace weir::services::iam {

namespace w = wire::iam;

namespace {

w::Group to_wire(const identity::Group& group) {
  w::Group out;
  out.Path = group.path;
  out.GroupName = group.name;
  out.GroupId = group.id;
  out.Arn = group.arn();
  out.CreateDate = group.created;
  return out;
}

template <class Out>
Out list_of(const identity::Page<identity::Group>& page) {
  Out out;
  out.Groups.give();
  for (const auto& group : page.items) out.Groups.push_back(to_wire(group));
  finish_page(out, page.marker);
  return out;
}

}  // namespace

base::Result<w::CreateGroupResponse> create_group(app::Call& call, const w::CreateGroupRequest& in) {
  WEIR_TRY(auto group, app::create_group(call, *in.GroupName, in.Path.value_or("/")));
  w::CreateGroupResponse out;
  out.Group = to_wire(group);
  return out;
}

base::Result<w::GetGroupResponse> get_group(app::Call& call, const w::GetGroupRequest& in) {
  WEIR_TRY(auto found, app::get_group(call, *in.GroupName, page_request(in)));
  w::GetGroupResponse out;
  out.Group = to_wire(found.group);
  out.Users.give();
  for (const auto& user : found.users.items) out.Users.push_back(to_wire(user));
  finish_page(out, found.users.marker);
  return out;
}

base::Result<wire::Nothing> delete_group(app::Call& call, const w::DeleteGroupRequest& in) {
  return done(app::delete_group(call, *in.GroupName));
}

base::Result<w::ListGroupsResponse> list_groups(app::Call& call, const w::ListGroupsRequest& in) {
  WEIR_TRY(auto page, app::list_groups(call, page_request(in)));
  return list_of<w::ListGroupsResponse>(page);
}

base::Result<wire::Nothing> add_user_to_group(app::Call& call, const w::AddUserToGroupRequest& in) {
  return done(app::add_user_to_group(call, *in.GroupName, *in.UserName));
}

base::Result<wire::Nothing> remove_user_from_group(app::Call& call, const w::RemoveUserFromGroupRequest& in) {
  return done(app::remove_user_from_group(call, *in.GroupName, *in.UserName));
}

base::Result<w::ListGroupsForUserResponse> list_groups_for_user(app::Call& call,
                                                                const w::ListGroupsForUserRequest& in) {
  WEIR_TRY(auto page, app::list_groups_for_user(call, *in.UserName, page_request(in)));
  return list_of<w::ListGroupsForUserResponse>(page);
}

}  // namespace weir::services::iam
