#include "identity/account_records.h"

namespace weir::identity {

base::Status AccountRecords::create(const Account& account) {
  WEIR_TRY(bool taken, exists(tx_, keys::account(account.id)));
  if (taken) return base::already_exists("Account " + account.id.text() + " already exists.", "account");
  return save(tx_, keys::account(account.id), account);
}

base::Result<Account> AccountRecords::get(const names::AccountId& id) {
  WEIR_TRY(auto found, load<Account>(tx_, keys::account(id)));
  if (!found) return base::not_found("Account " + id.text() + " does not exist.", "account");
  return std::move(*found);
}

base::Result<Page<Account>> AccountRecords::list(const PageRequest& request) {
  return list_records<Account>(tx_, keys::accounts(), request, [](const Account&) { return true; });
}

base::Status AccountRecords::end_sessions_before(const names::AccountId& id, base::Instant moment) {
  WEIR_TRY(auto account, get(id));
  account.sessions_valid_from = moment;
  return save(tx_, keys::account(id), account);
}

}  // namespace weir::identity
