#include "services/ram/ram_service.h"

#include "services/ram/association_operations.h"
#include "services/ram/errors.h"
#include "services/ram/invitation_operations.h"
#include "services/ram/listing_operations.h"
#include "services/ram/permission_operations.h"
#include "services/ram/share_operations.h"

namespace weir::services {

const Service& ram_service() {
  namespace op = wire::ram::op;
  using namespace ram;
  static const Route routes[] = {
      write<op::CreateResourceShare, create_share>(),
      write<op::UpdateResourceShare, update_share>(),
      write<op::DeleteResourceShare, delete_share>(),
      read<op::GetResourceShares, get_shares>(),
      write<op::TagResource, tag_resource>(),
      write<op::UntagResource, untag_resource>(),
      write<op::EnableSharingWithAwsOrganization, enable_sharing>(),

      write<op::AssociateResourceShare, associate>(),
      write<op::DisassociateResourceShare, disassociate>(),
      read<op::GetResourceShareAssociations, get_associations>(),

      read<op::GetResourceShareInvitations, get_invitations>(),
      write<op::AcceptResourceShareInvitation, accept_invitation>(),
      write<op::RejectResourceShareInvitation, reject_invitation>(),
      read<op::ListPendingInvitationResources, list_pending_resources>(),

      read<op::ListResources, list_resources>(),
      read<op::ListPrincipals, list_principals>(),
      read<op::ListResourceTypes, list_resource_types>(),

      read<op::ListPermissions, list_permissions>(),
      read<op::GetPermission, get_permission>(),
      read<op::ListPermissionVersions, list_permission_versions>(),
      read<op::ListPermissionAssociations, list_permission_associations>(),
      read<op::ListResourceSharePermissions, list_share_permissions>(),
      write<op::AssociateResourceSharePermission, associate_permission>(),
      write<op::DisassociateResourceSharePermission, disassociate_permission>(),
  };
  static const Service service{&wire::ram::model(), routes, ram_error};
  return service;
}

}  // namespace weir::services
