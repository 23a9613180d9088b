// Who somebody is as an approver: the people behind addresses, users, roles and sessions.
//
// One person counts once. Known to be the same person: an IAM user and the address in its tag "email"; a SAML user
// whose name is an address, and that address; a session that a company's provider signed in, and the address that is
// its subject. Sessions of a role whose name their maker chose are the role.
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
};

Person person_of(const Call& call);
// Of a mail address or a channel, which is one voter.
Person person_behind(std::string_view recipient);

// Whether one of the approvers means the caller: its user, its role, the SAML user or a group of its session.
bool is_approver(const Call& call, const approvals::Approval& approval);
// Whether the person, or what it acts as, was excluded.
bool is_excluded(const identity::Directory& directory, const Person& person, const approvals::Approval& approval);

// What an approver of a list of open approvals may be named by: the ARNs that grants know the caller by.
std::vector<std::string> approver_names(const Call& call);

}  // namespace weir::app
