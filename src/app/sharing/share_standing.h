// How the resource shares of granted rows stand: in force, waiting for an answer, or failed.
//
// Threads: as the transaction.
#pragma once
#include "app/requests/request_rows.h"
#include "sharing/share.h"

namespace weir::app {

// Of the worst of the shares by which the row's principal has it; associated when it needs none.
base::Result<sharing::AssociationState> share_standing(Lake& lake, store::Transaction& tx,
                                                       const requests::AccessGrant& row);
// Whether some counting row waits for a share to be accepted.
base::Result<bool> any_share_waits(Lake& lake, store::Transaction& tx, const std::vector<requests::AccessGrant>& rows);

}  // namespace weir::app
