// What explain() tells of a question across accounts, and to whom.
//
// Invariants:
//  1. The owner's administrators are told the owner's half: what it shares, and whether that is enough as things stand.
//     Which policies and grants the other account has is that account's to tell; so is whether there is such a
//     principal.
//  2. The other account's administrators are told both halves, of principals of their own. Who asks about itself is
//     told of no share that its account has not joined.
#pragma once
#include <string>
#include <vector>

#include "app/call.h"
#include "app/explain/access_question.h"

namespace weir::app {

// The principal's account, when it is not the caller's and the question is about the caller's own catalog.
std::optional<std::string> asked_as_owner(const Call& call, std::string_view principal, std::string_view catalog);

// With what `owner` shares with it.
permissions::Caller with_received(const State& state, permissions::Caller caller, std::string_view owner);

// The owner's half of a decision.
permissions::Decision half_of_owner(permissions::Decision decision);
permissions::GateText gate_of_other_account(std::string_view action, std::string_view account);

// A decision without the shares that are not in force for the caller, who is of that account. Of one inside the
// owner's account nothing goes.
permissions::Decision without_shares_not_joined(permissions::Decision decision, const std::string& account);

// Invitations that an administrator of the account has yet to accept, to shares that would have counted: one sentence
// each.
std::vector<std::string> pending_invitations(const Call& call, std::string_view account,
                                             const permissions::Decision& decision);

}  // namespace weir::app
