// Whether a caller may grant or revoke privileges on a resource: lakeformation.md 2.6.
#pragma once
#include <string>

#include "permissions/decide.h"

namespace weir::permissions {

struct GrantQuestion {
  Caller caller;
  Resource resource;        // of any kind that is served
  PrivilegeSet privileges;  // to be granted or revoked, with or without option
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
GrantVerdict can_grant(const GrantQuestion& question, const Snapshot& snapshot);

}  // namespace weir::permissions
