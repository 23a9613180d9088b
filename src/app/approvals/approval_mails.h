// What approvers read in mails, chats and messages: the facts, the reason, the links that are theirs, and until when.
//
// INVARIANT: names and texts of other people are shown as text, whatever they hold.
//
// Threads: pure functions.
#pragma once
#include <string>
#include <vector>

#include "approvals/approval.h"
#include "notifications/mail.h"

namespace weir::app {

// Why it is written.
enum class ApprovalOccasion { opened, reminder, escalated };

// Of one recipient; empty in texts that go to many.
struct ApprovalUrls {
  std::string approve;
  std::string deny;
};

std::string approval_title(const approvals::Approval& approval, ApprovalOccasion occasion);
// With nothing to click when `urls` are empty.
std::string approval_text(const approvals::Approval& approval, ApprovalOccasion occasion, const ApprovalUrls& urls);
notifications::Mail approval_mail(const approvals::Approval& approval, ApprovalOccasion occasion,
                                  const ApprovalUrls& urls, const std::string& to);

// A value is one line: what follows it must not look like another fact, or like a link of ours.
std::string one_line(std::string_view text);
// What is asked, one line for each thing: the question's own facts, its reason, and of the terms what no fact says.
std::vector<approvals::Fact> approval_lines(const approvals::Approval& approval);

// "3 days", "2 hours": how long something is, for people.
std::string shown_duration(int64_t seconds);

}  // namespace weir::app
