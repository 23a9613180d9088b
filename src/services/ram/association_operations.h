// What shares are associated with.
#pragma once
#include "app/call.h"
#include "wire/ram_operations.h"

namespace weir::services::ram {

namespace w = wire::ram;

base::Result<w::AssociateResourceShareResponse> associate(app::Call& call, const w::AssociateResourceShareRequest& in);
base::Result<w::DisassociateResourceShareResponse> disassociate(app::Call& call,
                                                                const w::DisassociateResourceShareRequest& in);
base::Result<w::GetResourceShareAssociationsResponse> get_associations(
    app::Call& call, const w::GetResourceShareAssociationsRequest& in);

}  // namespace weir::services::ram
