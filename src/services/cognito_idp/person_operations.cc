#include "services/cognito_idp/person_operations.h"

#include "app/people/people_groups.h"
#include "app/people/people_of_pool.h"

namespace weir::services::cognito_idp {
namespace {

constexpr size_t kPageDefault = 60;

template <class In>
app::PersonName name_of(const In& in) {
  return {in.UserPoolId.value_or(""), in.Username.value_or("")};
}

app::Invitation invitation_of(const std::optional<std::string>& action) {
  if (!action) return app::Invitation::send;
  return *action == "RESEND" ? app::Invitation::resend : app::Invitation::suppress;
}

// Mail is how temporary passwords go; who asks for SMS alone asks for nothing that is here.
base::Status check_mediums(const wire::List<std::string>& mediums) {
  if (mediums.empty()) return {};
  for (const auto& medium : mediums)
    if (medium == "EMAIL") return {};
  return not_offered("SMS");
}

wire::List<w::UserType> to_wire(const std::vector<people::Person>& people) {
  wire::List<w::UserType> out;
  out.give();
  for (const auto& person : people) out.push_back(user_to_wire(person));
  return out;
}

}  // namespace

base::Result<w::AdminCreateUserResponse> admin_create_user(app::Call& call, const w::AdminCreateUserRequest& in) {
  WEIR_CHECK_OK(check_mediums(in.DesiredDeliveryMediums));
  if (in.ForceAliasCreation.value_or(false)) return not_offered("ForceAliasCreation");
  app::NewPerson wanted{.pool = *in.UserPoolId, .username = *in.Username};
  wanted.attributes = attributes_from(in.UserAttributes);
  if (in.TemporaryPassword && !in.TemporaryPassword->empty()) wanted.password = base::Secret(*in.TemporaryPassword);
  wanted.invitation = invitation_of(in.MessageAction);
  WEIR_TRY(auto person, app::admin_create_person(call, wanted));
  return w::AdminCreateUserResponse{.User = user_to_wire(person)};
}

base::Result<w::AdminGetUserResponse> admin_get_user(app::Call& call, const w::AdminGetUserRequest& in) {
  WEIR_TRY(auto person, app::admin_get_person(call, name_of(in)));
  w::AdminGetUserResponse out;
  out.Username = person.username;
  out.UserAttributes = to_wire(person);
  out.UserCreateDate = person.created;
  out.UserLastModifiedDate = person.changed;
  out.Enabled = person.enabled;
  out.UserStatus = people::to_string(person.status);
  if (!person.asks_for_code()) return out;
  out.PreferredMfaSetting = "SOFTWARE_TOKEN_MFA";
  out.UserMFASettingList = {"SOFTWARE_TOKEN_MFA"};
  return out;
}

base::Result<wire::Nothing> admin_delete_user(app::Call& call, const w::AdminDeleteUserRequest& in) {
  return done<wire::Nothing>(app::admin_delete_person(call, name_of(in)));
}

base::Result<w::AdminDisableUserResponse> admin_disable_user(app::Call& call, const w::AdminDisableUserRequest& in) {
  return done<w::AdminDisableUserResponse>(app::admin_set_enabled(call, name_of(in), false));
}

base::Result<w::AdminEnableUserResponse> admin_enable_user(app::Call& call, const w::AdminEnableUserRequest& in) {
  return done<w::AdminEnableUserResponse>(app::admin_set_enabled(call, name_of(in), true));
}

base::Result<w::AdminSetUserPasswordResponse> admin_set_password(app::Call& call,
                                                                 const w::AdminSetUserPasswordRequest& in) {
  return done<w::AdminSetUserPasswordResponse>(
      app::admin_set_password(call, name_of(in), base::Secret(*in.Password), in.Permanent.value_or(false)));
}

base::Result<w::AdminResetUserPasswordResponse> admin_reset_password(app::Call& call,
                                                                     const w::AdminResetUserPasswordRequest& in) {
  return done<w::AdminResetUserPasswordResponse>(app::admin_reset_password(call, name_of(in)));
}

base::Result<w::AdminUpdateUserAttributesResponse> admin_update_attributes(
    app::Call& call, const w::AdminUpdateUserAttributesRequest& in) {
  return done<w::AdminUpdateUserAttributesResponse>(
      app::admin_update_attributes(call, name_of(in), attributes_from(in.UserAttributes)));
}

base::Result<w::AdminUserGlobalSignOutResponse> admin_sign_out(app::Call& call,
                                                               const w::AdminUserGlobalSignOutRequest& in) {
  return done<w::AdminUserGlobalSignOutResponse>(app::admin_sign_out(call, name_of(in)));
}

base::Result<w::ListUsersResponse> list_users(app::Call& call, const w::ListUsersRequest& in) {
  app::PeopleWanted wanted{.pool = *in.UserPoolId, .filter = in.Filter.value_or("")};
  wanted.page = page_from(in.PaginationToken, in.Limit, kPageDefault);
  WEIR_TRY(auto page, app::list_people(call, wanted));
  w::ListUsersResponse out;
  out.Users = to_wire(page.items);
  out.PaginationToken = page_token(page.next);
  return out;
}

base::Result<w::CreateGroupResponse> create_group(app::Call& call, const w::CreateGroupRequest& in) {
  people::Group wanted;
  wanted.pool = *in.UserPoolId;
  wanted.name = *in.GroupName;
  wanted.description = in.Description.value_or("");
  wanted.role = in.RoleArn.value_or("");
  if (in.Precedence) wanted.precedence = *in.Precedence;
  WEIR_TRY(auto made, app::create_group(call, std::move(wanted)));
  return w::CreateGroupResponse{.Group = to_wire(made)};
}

base::Result<w::GetGroupResponse> get_group(app::Call& call, const w::GetGroupRequest& in) {
  WEIR_TRY(auto group, app::get_group(call, *in.UserPoolId, *in.GroupName));
  return w::GetGroupResponse{.Group = to_wire(group)};
}

base::Result<w::ListGroupsResponse> list_groups(app::Call& call, const w::ListGroupsRequest& in) {
  WEIR_TRY(auto page, app::list_groups(call, *in.UserPoolId, page_from(in.NextToken, in.Limit, kPageDefault)));
  w::ListGroupsResponse out;
  out.Groups.give();
  for (const auto& group : page.items) out.Groups.push_back(to_wire(group));
  out.NextToken = page_token(page.next);
  return out;
}

base::Result<w::UpdateGroupResponse> update_group(app::Call& call, const w::UpdateGroupRequest& in) {
  app::GroupChange change{.description = in.Description, .role = in.RoleArn};
  if (in.Precedence) change.precedence = *in.Precedence;
  WEIR_TRY(auto group, app::update_group(call, *in.UserPoolId, *in.GroupName, change));
  return w::UpdateGroupResponse{.Group = to_wire(group)};
}

base::Result<wire::Nothing> delete_group(app::Call& call, const w::DeleteGroupRequest& in) {
  return done<wire::Nothing>(app::delete_group(call, *in.UserPoolId, *in.GroupName));
}

base::Result<wire::Nothing> add_to_group(app::Call& call, const w::AdminAddUserToGroupRequest& in) {
  return done<wire::Nothing>(app::add_to_group(call, name_of(in), *in.GroupName));
}

base::Result<wire::Nothing> remove_from_group(app::Call& call, const w::AdminRemoveUserFromGroupRequest& in) {
  return done<wire::Nothing>(app::remove_from_group(call, name_of(in), *in.GroupName));
}

base::Result<w::AdminListGroupsForUserResponse> list_groups_for_user(app::Call& call,
                                                                     const w::AdminListGroupsForUserRequest& in) {
  WEIR_TRY(auto groups, app::groups_for_person(call, name_of(in)));
  w::AdminListGroupsForUserResponse out;
  out.Groups.give();
  for (const auto& group : groups) out.Groups.push_back(to_wire(group));
  return out;
}

base::Result<w::ListUsersInGroupResponse> list_users_in_group(app::Call& call, const w::ListUsersInGroupRequest& in) {
  auto wanted = page_from(in.NextToken, in.Limit, kPageDefault);
  WEIR_TRY(auto page, app::people_in_group(call, *in.UserPoolId, *in.GroupName, wanted));
  w::ListUsersInGroupResponse out;
  out.Users = to_wire(page.items);
  out.NextToken = page_token(page.next);
  return out;
}

}  // namespace weir::services::cognito_idp
