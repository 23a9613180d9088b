// What ties an account to an owner: the shares between the two, in force or not, and what decide() answers through them.
//
// Threads: as the State, which must outlive it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/explain/access_question.h"
#include "sharing/share.h"

namespace weir::app {

struct ShareTie {
  const sharing::Share* share = nullptr;
  sharing::PrincipalAssociation association;
  sharing::AssociationState state = sharing::AssociationState::failed;
};

class ShareTies {
 public:
  // `principal`: of the account, or empty.
  ShareTies(const State& state, std::string owner, std::string account, std::string principal, base::Instant now);

  // What came to the account and what is above it; to the principal itself; and what the two accounts together let it.
  // `granted`: as if every share were in force; else as things stand.
  permissions::Decision to_account(const Subject& subject, permissions::Privilege asked, bool granted) const;
  permissions::Decision to_principal(const Subject& subject, permissions::Privilege asked, bool granted) const;
  permissions::Decision together(const Subject& subject, permissions::Privilege asked, bool granted) const;

  // The caller that the principal would be with every share in force; and an administrator of its account.
  permissions::Caller principal() const;
  permissions::Caller administrator() const;

  // Those that a decision rests on; `own`: the principal's, else the account's.
  std::vector<ShareTie> under(const permissions::Decision& decision, bool own) const;

 private:
  bool is_own(const ShareTie& tie) const;
  permissions::Received received(bool granted) const;
  permissions::Decision decide(const Subject& subject, permissions::Caller caller, permissions::Privilege asked) const;

  const State& state_;
  std::string owner_, account_, principal_;
  std::vector<std::string> names_;  // that stand for the account
  std::vector<ShareTie> ties_;
};

}  // namespace weir::app
