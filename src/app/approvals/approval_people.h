// Who somebody is as an approver: the people behind addresses, users, roles and sessions.
//
// One person counts once. Known to be the same person: an IAM user and the address in its tag "email"; a SAML user
// whose name is an address, and that address; a session that a company's provider signed in, and the address that is
// its subject; a person of a user pool, and the address that they showed to be theirs; all of these, and the sessions of
// roles that they assume, one from another (identity/maker.h). Sessions of a role whose name their maker chose, or whose
// provider calls its people something else each time, are the role besides: two people who assume one role count once.
//
// INVARIANT: who began a chain of sessions excludes and counts once, and makes nobody an approver.
//
// INVARIANT: an address makes somebody an approver only in the account whose console vouches for it, and only
// while it does (verified_address.h). Everywhere else it takes away: it excludes, and it counts once.
//
// Threads: free functions.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/call.h"
#include "approvals/approval.h"

namespace weir::app {

struct Person {
  std::string by;                  // as it is shown
  std::vector<std::string> names;  // that mean this person; `by` among them
  std::vector<std::string> also;   // what it acts as: a role, groups; for exclusions
  // Whom a provider signed in: one of `names`, which nobody else has and nobody chooses. Empty for everybody else.
  std::string signed_in = {};
};

Person person_of(const Call& call);
// Of a mail address or a channel, which is one voter.
Person person_behind(std::string_view recipient);

// What approvers may name the caller by: the ARNs that grants know it by, and its verified address. An ARN counts while
// who has it is whom the approval means (bound_approvers.h).
class ApproverNames {
 public:
  // The call outlives it.
  explicit ApproverNames(const Call& call);

  // Whether one of the approvers means the caller.
  bool is_approver(const approvals::Approval& approval) const;
  // The lists of open approvals that wait for one of the names, and whether an approval is in one of them.
  size_t count() const { return principals_.size() + (address_.empty() ? 0 : 1); }
  std::string list(size_t number) const;
  bool is_listed(const approvals::Approval& approval, size_t number) const;

 private:
  const identity::Directory& directory_;
  std::vector<std::string> principals_;
  std::string account_;  // whose approvals the address counts for
  std::string address_;
};
// Whether the person, or what it acts as, was excluded.
bool is_excluded(const identity::Directory& directory, const Person& person, const approvals::Approval& approval);

}  // namespace weir::app
