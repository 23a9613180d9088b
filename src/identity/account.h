// An account: the owner of users, roles and data, and the root identity that goes with it.
#pragma once
#include <optional>
#include <string>

#include "base/record.h"
#include "names/arn.h"

namespace weir::identity {

struct Account {
  names::AccountId id;
  std::string name;
  std::string email;
  base::Instant created{};
  // Sessions of this account issued before this moment no longer hold: the switch that ends them all.
  std::optional<base::Instant> sessions_valid_from;
  // Since then nobody gets in: its keys and sessions do not hold, its roles are not assumed.
  std::optional<base::Instant> closed;
};
WEIR_RECORD(Account, FIELD("Id", &Account::id), FIELD("Name", &Account::name), FIELD("Email", &Account::email),
            FIELD("Created", &Account::created), FIELD("SessionsValidFrom", &Account::sessions_valid_from),
            FIELD("Closed", &Account::closed))

}  // namespace weir::identity
