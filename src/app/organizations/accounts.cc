#include "app/organizations/accounts.h"

#include "identity/access_key_records.h"
#include "identity/account_records.h"
#include "identity/user_records.h"
#include "permissions/records.h"

namespace weir::app {
namespace {

constexpr std::string_view kAdministratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";

base::Result<FirstKey> make_key(store::Transaction& tx, const NewAccount& account, const std::string& owner_id,
                                const identity::KeyRing& keys, base::Instant now, base::Randomness& randomness) {
  identity::AccessKeyRecords records(tx, account.id);
  if (account.key) {
    WEIR_TRY(auto adopted, records.adopt(account.key->id, account.key->secret, owner_id, keys, now, randomness));
    return FirstKey{adopted.id, account.key->secret};
  }
  WEIR_TRY(auto made, records.create(owner_id, keys, now, randomness));
  return FirstKey{made.key.id, made.secret};
}

// As Organizations takes addresses: something, an at sign, and a name with a dot.
base::Status check_email(std::string_view email) {
  auto at = email.find('@');
  bool fits = email.size() >= 6 && email.size() <= 64 && at != 0 && at != email.npos &&
              email.find('@', at + 1) == email.npos && email.find_first_of(" \t\r\n") == email.npos &&
              email.find('.', at + 2) < email.size() - 1;
  if (email.empty() || fits) return {};
  return base::invalid("an e-mail address has the form NAME@HOST.DOMAIN and at most 64 characters", "email");
}

base::Status make_record(store::Transaction& tx, const NewAccount& account, base::Instant now) {
  identity::AccountRecords accounts(tx);
  WEIR_TRY(bool taken, accounts.email_is_taken(account.email));
  if (taken) return base::already_exists("Another account has the address " + account.email + ".", "email");
  identity::Account record;
  record.id = account.id;
  record.name = account.name;
  record.email = account.email;
  record.created = now;
  return accounts.create(record);
}

}  // namespace

base::Result<FirstKey> create_account(store::Store& store, const NewAccount& account, const identity::KeyRing& keys,
                                      base::Instant now, base::Randomness& randomness) {
  WEIR_CHECK_OK(check_email(account.email));
  FirstKey key;
  WEIR_CHECK_OK(store::write(store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(make_record(tx, account, now));
    identity::UserRecords users(tx, account.id);
    identity::NewUser wanted;
    wanted.name = kAdministrator;
    WEIR_TRY(auto administrator, users.create(wanted, now, randomness));
    WEIR_CHECK_OK(users.attach(kAdministrator, kAdministratorAccess));
    WEIR_TRY(key, make_key(tx, account, administrator.id, keys, now, randomness));
    permissions::DataLakeSettings settings;
    settings.admins.push_back(administrator.arn());
    return permissions::put_settings(tx, account.id.text(), settings);
  }));
  return key;
}

base::Status reopen_account(store::Store& store, const names::AccountId& id) {
  return store::write(store, [&](store::Transaction& tx) { return identity::AccountRecords(tx).reopen(id); });
}

base::Result<bool> has_accounts(store::Store& store) {
  WEIR_TRY(auto tx, store.begin(store::Mode::read));
  identity::PageRequest one;
  one.items_max = 1;
  WEIR_TRY(auto page, identity::AccountRecords(*tx).list(one));
  return !page.items.empty();
}

}  // namespace weir::app
