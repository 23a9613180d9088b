// Whether a caller may grant or revoke privileges on a resource: lakeformation.md 2.6.
#pragma once
#include <string>

#include "permissions/decide.h"

namespace weir::permissions {

struct GrantQuestion {
  Caller caller;
  Resource resource;        // of any kind that is served
  PrivilegeSet privileges;  // to be granted or revoked, with or without option
  bool takes_away = false;  // to be revoked
};

struct GrantVerdict {
  Effect effect = Effect::deny;
  std::string says;  // why; on deny what is missing
  bool allowed() const { return effect == Effect::allow; }
};

// An administrator may; anyone else needs each privilege with grant option on a resource that covers
// the target. Part of a table covers no more than itself: a column selection only selections within
// it, a filter only itself, and that only when it shows all rows. A policy over LF-Tags is granted by who holds
// GRANT_WITH_LF_TAG_EXPRESSION on all it uses, or that very policy with grant option; what a policy with grant option
// covers whole may be granted by name (2.12).
//
// A caller of another account passes on, inside its account and to nobody else, what came to the account with grant
// option: its administrators all of that, others as far as they hold that with grant option inside the account, too. Of
// a table that came in part: selections within the columns, and filters on them; rows are both accounts' when it is
// read, so any rows. What came to a principal itself, directly, is not passed on. The account's administrators may take
// away what is held inside it, whatever has become of the share.
GrantVerdict can_grant(const GrantQuestion& question, const Snapshot& snapshot);

}  // namespace weir::permissions
