#include "services/organizations/organizations_service.h"

#include "services/organizations/account_operations.h"
#include "services/organizations/errors.h"
#include "services/organizations/handshake_operations.h"
#include "services/organizations/organization_operations.h"
#include "services/organizations/policy_operations.h"
#include "services/organizations/unit_operations.h"

namespace weir::services {

const Service& organizations_service() {
  namespace op = wire::organizations::op;
  using namespace organizations;
  static const Route routes[] = {
      write<op::CreateOrganization, create_organization>(),
      read<op::DescribeOrganization, describe_organization>(),
      write<op::DeleteOrganization, delete_organization>(),
      read<op::ListRoots, list_roots>(),
      write<op::EnableAWSServiceAccess, enable_service_access>(),
      write<op::DisableAWSServiceAccess, disable_service_access>(),
      read<op::ListAWSServiceAccessForOrganization, list_service_access>(),
      write<op::TagResource, tag_resource>(),
      write<op::UntagResource, untag_resource>(),
      read<op::ListTagsForResource, list_tags>(),

      write<op::CreateOrganizationalUnit, create_unit>(),
      read<op::DescribeOrganizationalUnit, describe_unit>(),
      write<op::UpdateOrganizationalUnit, update_unit>(),
      write<op::DeleteOrganizationalUnit, delete_unit>(),
      read<op::ListOrganizationalUnitsForParent, list_units>(),
      read<op::ListParents, list_parents>(),
      read<op::ListChildren, list_children>(),

      read<op::ListAccounts, list_accounts>(),
      read<op::ListAccountsForParent, list_accounts_for_parent>(),
      read<op::DescribeAccount, describe_account>(),
      write<op::CreateAccount, create_account>(),
      read<op::DescribeCreateAccountStatus, describe_create_account_status>(),
      read<op::ListCreateAccountStatus, list_create_account_status>(),
      write<op::CloseAccount, close_account>(),
      write<op::MoveAccount, move_account>(),
      write<op::RemoveAccountFromOrganization, remove_account>(),
      write<op::LeaveOrganization, leave_organization>(),
      write<op::RegisterDelegatedAdministrator, register_delegate>(),
      write<op::DeregisterDelegatedAdministrator, deregister_delegate>(),
      read<op::ListDelegatedAdministrators, list_delegates>(),
      read<op::ListDelegatedServicesForAccount, list_delegated_services>(),

      write<op::InviteAccountToOrganization, invite_account>(),
      write<op::AcceptHandshake, accept_handshake>(),
      write<op::DeclineHandshake, decline_handshake>(),
      write<op::CancelHandshake, cancel_handshake>(),
      read<op::DescribeHandshake, describe_handshake>(),
      read<op::ListHandshakesForAccount, list_for_account>(),
      read<op::ListHandshakesForOrganization, list_for_organization>(),

      write<op::CreatePolicy, create_policy>(),
      write<op::UpdatePolicy, update_policy>(),
      write<op::DeletePolicy, delete_policy>(),
      read<op::DescribePolicy, describe_policy>(),
      read<op::ListPolicies, list_policies>(),
      write<op::AttachPolicy, attach_policy>(),
      write<op::DetachPolicy, detach_policy>(),
      read<op::ListPoliciesForTarget, list_policies_for_target>(),
      read<op::ListTargetsForPolicy, list_targets_for_policy>(),
      write<op::EnablePolicyType, enable_policy_type>(),
      write<op::DisablePolicyType, disable_policy_type>(),
  };
  static const Service service{&wire::organizations::model(), routes, &organizations_error};
  return service;
}

}  // namespace weir::services
