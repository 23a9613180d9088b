#include "services/iam/iam_service.h"

#include "services/iam/access_keys.h"
#include "services/iam/errors.h"
#include "services/iam/groups.h"
#include "services/iam/holders.h"
#include "services/iam/oidc_providers.h"
#include "services/iam/policies.h"
#include "services/iam/roles.h"
#include "services/iam/saml_providers.h"
#include "services/iam/service_roles.h"
#include "services/iam/simulate_operations.h"
#include "services/iam/users.h"

namespace weir::services {

const Service& iam_service() {
  namespace op = wire::iam::op;
  using namespace iam;
  static const Route routes[] = {
      write<op::CreateUser, create_user>(),
      read<op::GetUser, get_user>(),
      write<op::UpdateUser, update_user>(),
      write<op::DeleteUser, delete_user>(),
      read<op::ListUsers, list_users>(),

      write<op::CreateAccessKey, create_access_key>(),
      write<op::UpdateAccessKey, update_access_key>(),
      write<op::DeleteAccessKey, delete_access_key>(),
      read<op::ListAccessKeys, list_access_keys>(),
      write<op::GetAccessKeyLastUsed, get_access_key_last_used>(),  // searches the journal

      write<op::CreateGroup, create_group>(),
      read<op::GetGroup, get_group>(),
      write<op::DeleteGroup, delete_group>(),
      read<op::ListGroups, list_groups>(),
      write<op::AddUserToGroup, add_user_to_group>(),
      write<op::RemoveUserFromGroup, remove_user_from_group>(),
      read<op::ListGroupsForUser, list_groups_for_user>(),

      write<op::CreateRole, create_role>(),
      read<op::GetRole, get_role>(),
      write<op::UpdateRole, update_role>(),
      write<op::UpdateAssumeRolePolicy, update_assume_role_policy>(),
      write<op::DeleteRole, delete_role>(),
      read<op::ListRoles, list_roles>(),

      write<op::CreatePolicy, create_policy>(),
      read<op::GetPolicy, get_policy>(),
      write<op::DeletePolicy, delete_policy>(),
      read<op::ListPolicies, list_policies>(),
      read<op::ListEntitiesForPolicy, list_entities_for_policy>(),
      write<op::CreatePolicyVersion, create_policy_version>(),
      read<op::GetPolicyVersion, get_policy_version>(),
      write<op::DeletePolicyVersion, delete_policy_version>(),
      read<op::ListPolicyVersions, list_policy_versions>(),
      write<op::SetDefaultPolicyVersion, set_default_policy_version>(),

      write<op::AttachUserPolicy, attach<wire::iam::AttachUserPolicyRequest>>(),
      write<op::DetachUserPolicy, detach<wire::iam::DetachUserPolicyRequest>>(),
      read<op::ListAttachedUserPolicies, list_attached<op::ListAttachedUserPolicies>>(),
      write<op::AttachGroupPolicy, attach<wire::iam::AttachGroupPolicyRequest>>(),
      write<op::DetachGroupPolicy, detach<wire::iam::DetachGroupPolicyRequest>>(),
      read<op::ListAttachedGroupPolicies, list_attached<op::ListAttachedGroupPolicies>>(),
      write<op::AttachRolePolicy, attach<wire::iam::AttachRolePolicyRequest>>(),
      write<op::DetachRolePolicy, detach<wire::iam::DetachRolePolicyRequest>>(),
      read<op::ListAttachedRolePolicies, list_attached<op::ListAttachedRolePolicies>>(),

      write<op::PutUserPolicy, put_policy<wire::iam::PutUserPolicyRequest>>(),
      read<op::GetUserPolicy, show_policy<op::GetUserPolicy>>(),
      write<op::DeleteUserPolicy, delete_policy_of<wire::iam::DeleteUserPolicyRequest>>(),
      read<op::ListUserPolicies, list_policies_of<op::ListUserPolicies>>(),
      write<op::PutGroupPolicy, put_policy<wire::iam::PutGroupPolicyRequest>>(),
      read<op::GetGroupPolicy, show_policy<op::GetGroupPolicy>>(),
      write<op::DeleteGroupPolicy, delete_policy_of<wire::iam::DeleteGroupPolicyRequest>>(),
      read<op::ListGroupPolicies, list_policies_of<op::ListGroupPolicies>>(),
      write<op::PutRolePolicy, put_policy<wire::iam::PutRolePolicyRequest>>(),
      read<op::GetRolePolicy, show_policy<op::GetRolePolicy>>(),
      write<op::DeleteRolePolicy, delete_policy_of<wire::iam::DeleteRolePolicyRequest>>(),
      read<op::ListRolePolicies, list_policies_of<op::ListRolePolicies>>(),

      write<op::PutUserPermissionsBoundary, put_boundary<wire::iam::PutUserPermissionsBoundaryRequest>>(),
      write<op::DeleteUserPermissionsBoundary, delete_boundary<wire::iam::DeleteUserPermissionsBoundaryRequest>>(),
      write<op::PutRolePermissionsBoundary, put_boundary<wire::iam::PutRolePermissionsBoundaryRequest>>(),
      write<op::DeleteRolePermissionsBoundary, delete_boundary<wire::iam::DeleteRolePermissionsBoundaryRequest>>(),

      write<op::TagUser, tag<wire::iam::TagUserRequest>>(),
      write<op::UntagUser, untag<wire::iam::UntagUserRequest>>(),
      read<op::ListUserTags, list_tags<op::ListUserTags>>(),
      write<op::TagRole, tag<wire::iam::TagRoleRequest>>(),
      write<op::UntagRole, untag<wire::iam::UntagRoleRequest>>(),
      read<op::ListRoleTags, list_tags<op::ListRoleTags>>(),

      write<op::CreateSAMLProvider, create_saml_provider>(),
      read<op::GetSAMLProvider, get_saml_provider>(),
      write<op::UpdateSAMLProvider, update_saml_provider>(),
      write<op::DeleteSAMLProvider, delete_saml_provider>(),
      read<op::ListSAMLProviders, list_saml_providers>(),
      write<op::TagSAMLProvider, tag_saml_provider>(),
      write<op::UntagSAMLProvider, untag_saml_provider>(),
      read<op::ListSAMLProviderTags, list_saml_provider_tags>(),

      write<op::CreateOpenIDConnectProvider, create_oidc_provider>(),
      read<op::GetOpenIDConnectProvider, get_oidc_provider>(),
      write<op::DeleteOpenIDConnectProvider, delete_oidc_provider>(),
      read<op::ListOpenIDConnectProviders, list_oidc_providers>(),
      write<op::AddClientIDToOpenIDConnectProvider, add_client_id>(),
      write<op::RemoveClientIDFromOpenIDConnectProvider, remove_client_id>(),
      write<op::UpdateOpenIDConnectProviderThumbprint, update_thumbprints>(),
      write<op::TagOpenIDConnectProvider, tag_oidc_provider>(),
      write<op::UntagOpenIDConnectProvider, untag_oidc_provider>(),
      read<op::ListOpenIDConnectProviderTags, list_oidc_provider_tags>(),

      write<op::CreateServiceLinkedRole, create_service_linked_role>(),
      write<op::DeleteServiceLinkedRole, delete_service_linked_role>(),
      read<op::GetServiceLinkedRoleDeletionStatus, get_service_linked_role_deletion_status>(),

      write<op::SimulatePrincipalPolicy, simulate_principal_policy>(),  // may be long
      write<op::SimulateCustomPolicy, simulate_custom_policy>(),
      read<op::GetContextKeysForPrincipalPolicy, context_keys_for_principal>(),
      read<op::GetContextKeysForCustomPolicy, context_keys_for_custom>(),
  };
  static const Service service{&wire::iam::model(), routes, &iam_error};
  return service;
}

}  // namespace weir::services
