// The accounts of a deployment. Organizations, which group them, stand above this and are not its
// business: an account belongs to no one here.
#pragma once
#include "identity/account.h"
#include "identity/records.h"

namespace weir::identity {

class AccountRecords {
 public:
  explicit AccountRecords(store::Transaction& tx) : tx_(tx) {}

  base::Status create(const Account& account);
  base::Result<Account> get(const names::AccountId& id);
  // already_exists about "closed account" when it is closed already.
  base::Status close(const names::AccountId& id, base::Instant now);
  // invalid when it is not closed.
  base::Status reopen(const names::AccountId& id);
  // Addresses are those of one account, without regard to case. An empty one is nobody's.
  base::Result<bool> email_is_taken(std::string_view email);
  base::Result<Page<Account>> list(const PageRequest& request);
  // Ends every session of the account issued before `moment`.
  base::Status end_sessions_before(const names::AccountId& id, base::Instant moment);

 private:
  store::Transaction& tx_;
};

}  // namespace weir::identity
