// The half of an event that the account of a resource is told when the caller is another account's: which account, by
// which principal id, did or tried what to the owner's resource (lakeformation.md 5.8).
//
// Invariants:
//  1. Who the caller is by name is told only to owners that its account trusts (TrustedResourceOwners). Its keys and
//     its policies are never told, nor what is granted inside its account, nor what its links are called.
//  2. Both halves carry the id of the caller's event: a decision id that the caller was told is found by the owner.
#pragma once
#include <string>
#include <string_view>

#include "audit/event.h"
#include "permissions/decide.h"
#include "permissions/settings.h"

namespace weir::app {

// Why something was refused, for one of the two.
struct Grounds {
  std::string says;
  base::Json explanation;
  std::string text;
};

// Without the reason of a refusal, which is told in words of its own. `callers`: settings of the caller's account.
audit::Event owners_half(const audit::Event& event, const std::string& owner,
                         const permissions::DataLakeSettings& callers);

// IAM refused. `reason`: by which statements of the owner's own policy; empty: by which policy is the affair of the
// caller's account.
Grounds owners_grounds_of_iam(std::string_view action, std::string_view callers_account, std::string reason = {});
// Lake Formation refused: by what the owner grants and does not.
Grounds owners_grounds(const permissions::Decision& decision, std::string_view action);
// The reasons of a decision that are the owner's.
permissions::Decision owners_reasons(permissions::Decision decision);

}  // namespace weir::app
