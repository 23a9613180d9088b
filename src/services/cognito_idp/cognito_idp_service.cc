#include "services/cognito_idp/cognito_idp_service.h"

#include "services/cognito_idp/errors.h"
#include "services/cognito_idp/person_operations.h"
#include "services/cognito_idp/pool_operations.h"
#include "services/cognito_idp/sign_in_operations.h"

namespace weir::services {

const Service& cognito_idp_service() {
  namespace op = wire::cognito_idp::op;
  using namespace cognito_idp;
  static const Route routes[] = {
      write<op::CreateUserPool, create_user_pool>(),
      read<op::DescribeUserPool, describe_user_pool>(),
      read<op::ListUserPools, list_user_pools>(),
      write<op::UpdateUserPool, update_user_pool>(),
      write<op::DeleteUserPool, delete_user_pool>(),
      write<op::CreateUserPoolClient, create_client>(),
      read<op::DescribeUserPoolClient, describe_client>(),
      read<op::ListUserPoolClients, list_clients>(),
      write<op::UpdateUserPoolClient, update_client>(),
      write<op::DeleteUserPoolClient, delete_client>(),

      write<op::AdminCreateUser, admin_create_user>(),
      read<op::AdminGetUser, admin_get_user>(),
      write<op::AdminDeleteUser, admin_delete_user>(),
      write<op::AdminDisableUser, admin_disable_user>(),
      write<op::AdminEnableUser, admin_enable_user>(),
      write<op::AdminSetUserPassword, admin_set_password>(),
      write<op::AdminResetUserPassword, admin_reset_password>(),
      write<op::AdminUpdateUserAttributes, admin_update_attributes>(),
      write<op::AdminUserGlobalSignOut, admin_sign_out>(),
      write<op::ListUsers, list_users>(),  // reads all people where few are wanted
      write<op::CreateGroup, create_group>(),
      read<op::GetGroup, get_group>(),
      read<op::ListGroups, list_groups>(),
      write<op::UpdateGroup, update_group>(),
      write<op::DeleteGroup, delete_group>(),
      write<op::AdminAddUserToGroup, add_to_group>(),
      write<op::AdminRemoveUserFromGroup, remove_from_group>(),
      read<op::AdminListGroupsForUser, list_groups_for_user>(),
      write<op::ListUsersInGroup, list_users_in_group>(),  // as ListUsers

      sign_in<op::InitiateAuth, initiate_auth>(),
      write<op::AdminInitiateAuth, admin_initiate_auth>(),
      sign_in<op::RespondToAuthChallenge, respond_to_challenge>(),
      write<op::AdminRespondToAuthChallenge, admin_respond_to_challenge>(),
      sign_in<op::GetTokensFromRefreshToken, get_tokens>(),
      sign_in<op::RevokeToken, revoke_token>(),
      sign_in<op::GlobalSignOut, global_sign_out>(),
      sign_in<op::AssociateSoftwareToken, associate_token>(),
      sign_in<op::VerifySoftwareToken, verify_token>(),
      sign_in<op::SetUserMFAPreference, set_mfa_preference>(),
      sign_in<op::ForgotPassword, forgot_password>(),
      sign_in<op::ConfirmForgotPassword, confirm_forgot_password>(),
      sign_in<op::ChangePassword, change_password>(),
      sign_in<op::GetUser, get_user>(),
      sign_in<op::UpdateUserAttributes, update_attributes>(),
      sign_in<op::SignUp, sign_up>(),
  };
  static const Service service{&wire::cognito_idp::model(), routes, &cognito_idp_error};
  return service;
}

}  // namespace weir::services
