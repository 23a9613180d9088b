// What the links in mails and chats do, and what ticket systems answer.
//
// Who has a link decides as the one it was sent to: that is what a link proves, and all. Opening one decides nothing.
//
// Errors: of read_link() and decide() as they are; denied about "access" for who is excluded.
//
// Threads: as the Call.
#pragma once
#include "app/approvals/approval_links.h"
#include "app/approvals/approvals.h"

namespace weir::app {

// For a page: what the link is about. Changes nothing.
base::Result<LinkMatter> look_by_link(Lake& lake, std::string_view token);

// Kind::conflict about "approval" when it was decided already, by whom the message says; expired when it is too late.
base::Result<ShownApproval> decide_by_link(Call& call, std::string_view token, const DecisionWords& words);

// Who decided what and when, for people.
std::string decided_words(const approvals::Approval& approval, const std::vector<approvals::Decision>& decisions);

}  // namespace weir::app
