// Invitations of accounts into organizations. They stay after they were answered, as a list of what happened.
//
// Refusals as in organization_records.h.
//
// Threads: as the transaction.
#pragma once
#include <functional>

#include "identity/organization.h"
#include "identity/records.h"

namespace weir::identity {

class InvitationRecords {
 public:
  explicit InvitationRecords(store::Transaction& tx) : tx_(tx) {}

  // Gives it its id and its times. already_exists while another one of the organization to the account is open.
  base::Result<Invitation> create(Invitation wanted, base::Instant now, base::Randomness& randomness);
  base::Result<Invitation> get(const std::string& id);
  // From OPEN to ACCEPTED, DECLINED or CANCELED.
  base::Result<Invitation> conclude(Invitation invitation, const std::string& state, base::Instant now);
  base::Result<std::vector<Invitation>> list(const std::function<bool(const Invitation&)>& wanted);

 private:
  store::Transaction& tx_;
};

}  // namespace weir::identity
