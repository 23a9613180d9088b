#include "identity/account_records.h"

#include "base/text.h"

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

base::Result<bool> AccountRecords::email_is_taken(std::string_view email) {
  if (email.empty()) return false;
  WEIR_TRY(auto entries, all_under(tx_, keys::accounts()));
  for (const auto& entry : entries) {
    WEIR_TRY(auto account, base::decode_record<Account>(entry.value));
    if (base::equal_ignoring_case(account.email, email)) return true;
  }
  return false;
}

base::Result<Page<Account>> AccountRecords::list(const PageRequest& request) {
  return list_records<Account>(tx_, keys::accounts(), request, [](const Account&) { return true; });
}

base::Status AccountRecords::close(const names::AccountId& id, base::Instant now) {
  WEIR_TRY(auto account, get(id));
  if (account.closed)
    return base::already_exists("You attempted to close an account that is already closed.", "closed account");
  account.closed = now;
  account.sessions_valid_from = std::chrono::ceil<base::Seconds>(now);  // opened again, its old sessions stay over
  return save(tx_, keys::account(id), account);
}

base::Status AccountRecords::reopen(const names::AccountId& id) {
  WEIR_TRY(auto account, get(id));
  if (!account.closed) return base::invalid("Account " + id.text() + " is not closed.", "account");
  account.closed.reset();
  return save(tx_, keys::account(id), account);
}

base::Status AccountRecords::end_sessions_before(const names::AccountId& id, base::Instant moment) {
  WEIR_TRY(auto account, get(id));
  account.sessions_valid_from = moment;
  return save(tx_, keys::account(id), account);
}

}  // namespace weir::identity
