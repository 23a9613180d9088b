// Making an account: with its administrator, the administrator's first key, and Lake Formation settings that
// name the administrator as data lake administrator. Everything in one transaction.
//
// Not an API call: the operator of the machine makes accounts. Called by the first start and by
// `weir admin create-account`, also while a server runs on the same store.
#pragma once
#include <optional>
#include <string>

#include "base/clock.h"
#include "identity/key_ring.h"
#include "names/arn.h"
#include "store/store.h"

namespace weir::app {

inline constexpr std::string_view kAdministrator = "administrator";

struct FirstKey {
  std::string id;
  base::Secret secret;
};

struct NewAccount {
  names::AccountId id;
  std::string name;
  std::string email;            // may be empty
  std::optional<FirstKey> key;  // absent: a generated one
};

// already_exists when the account is there, or another account has the address; invalid for what is no address.
base::Result<FirstKey> create_account(store::Store& store, const NewAccount& account, const identity::KeyRing& keys,
                                      base::Instant now, base::Randomness& randomness);

// Undoes organizations:CloseAccount. not_found, or invalid when it is not closed.
base::Status reopen_account(store::Store& store, const names::AccountId& id);

base::Result<bool> has_accounts(store::Store& store);

}  // namespace weir::app
