#include "app/approvals/approval_mails.h"

#include <algorithm>

#include "base/clock.h"
#include "base/text.h"
#include "notifications/html.h"

namespace weir::app {

using approvals::Approval;
using notifications::html_escaped;

namespace {

std::string subject_of(const Approval& approval) {
  return approval.subject.empty() ? std::string("Approval wanted") : approval.subject;
}

std::string intro(ApprovalOccasion occasion) {
  switch (occasion) {
    case ApprovalOccasion::opened: return "Somebody asks for access that you may approve or deny.";
    case ApprovalOccasion::reminder: return "This still waits for you to approve or deny it.";
    case ApprovalOccasion::escalated: return "Nobody decided this in time; you may approve or deny it now.";
  }
  return {};
}

std::string deadline_of(const Approval& approval) { return base::to_iso8601(approval.expires_at); }

void say_once(std::vector<approvals::Fact>& lines, std::string label, std::string value) {
  bool said = std::ranges::any_of(lines, [&](const auto& line) { return line.label == label && line.value == value; });
  if (!said) lines.push_back({std::move(label), std::move(value)});
}

std::vector<approvals::Fact> lines_of(const Approval& approval) {
  auto lines = approval_lines(approval);
  lines.push_back({"Decide until", deadline_of(approval)});
  return lines;
}

constexpr std::string_view kCaution =
    "The links are yours alone: who has them can decide in your name, so do not forward this mail.";

std::string html_of(const Approval& approval, ApprovalOccasion occasion, const ApprovalUrls& urls) {
  std::string out = "<!doctype html><html lang=\"en\"><body><p>" + intro(occasion) + "</p><table>";
  for (const auto& fact : lines_of(approval))
    out += "<tr><th align=\"left\">" + html_escaped(fact.label) + "</th><td>" + html_escaped(fact.value) + "</td></tr>";
  out += "</table><p><a href=\"" + html_escaped(urls.approve) + "\">Approve</a> &nbsp; <a href=\"" +
         html_escaped(urls.deny) + "\">Deny</a></p><p>Nothing is decided before you confirm it on the page. ";
  return out.append(kCaution).append("</p></body></html>\n");
}

}  // namespace

std::vector<approvals::Fact> approval_lines(const Approval& approval) {
  auto lines = approval.facts;
  const auto& asked = approval.asked;
  if (!approval.reason.empty()) lines.push_back({"Reason", approval.reason});
  if (asked.columns) say_once(lines, "Columns", base::join(*asked.columns, ", "));
  if (!asked.row_filter.empty()) say_once(lines, "Rows", asked.row_filter);
  if (asked.duration_s) say_once(lines, "Duration", shown_duration(*asked.duration_s));
  if (approval.quorum > 1) lines.push_back({"Needed", std::to_string(approval.quorum) + " people who approve"});
  return lines;
}

std::string shown_duration(int64_t seconds) {
  struct Unit {
    int64_t seconds;
    const char* name;
  };
  for (const auto& unit : {Unit{86400, "day"}, Unit{3600, "hour"}, Unit{60, "minute"}, Unit{1, "second"}})
    if (seconds % unit.seconds == 0) {
      auto count = seconds / unit.seconds;
      return std::to_string(count) + " " + unit.name + (count == 1 ? "" : "s");
    }
  return {};
}

std::string one_line(std::string_view text) {
  std::string out;
  for (char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  return out;
}

std::string approval_title(const Approval& approval, ApprovalOccasion occasion) {
  bool reminder = occasion == ApprovalOccasion::reminder;
  return (reminder ? "Reminder: " : "") + subject_of(approval);
}

std::string approval_text(const Approval& approval, ApprovalOccasion occasion, const ApprovalUrls& urls) {
  std::string out = intro(occasion) + "\n\n";
  for (const auto& fact : lines_of(approval)) out += one_line(fact.label) + ": " + one_line(fact.value) + "\n";
  if (urls.approve.empty()) return out + "\nApproval: " + approval.id + "\n";
  out += "\nApprove: " + urls.approve + "\n\nDeny: " + urls.deny +
         "\n\nNothing is decided before you confirm it on "
         "the page.\n";
  return out.append(kCaution).append("\n");
}

notifications::Mail approval_mail(const Approval& approval, ApprovalOccasion occasion, const ApprovalUrls& urls,
                                  const std::string& to) {
  notifications::Mail mail;
  mail.to = to;
  mail.subject = approval_title(approval, occasion);
  mail.text = approval_text(approval, occasion, urls);
  mail.html = html_of(approval, occasion, urls);
  return mail;
}

}  // namespace weir::app
