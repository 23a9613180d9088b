#include "cli/approval_command.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "cli/account_client.h"
#include "cli/answers.h"
#include "cli/commands.h"
#include "wire/weir_api_operations.h"

namespace weir::cli {

using namespace wire::weir_api;
namespace {

struct ApprovalFlags {
  ProfileFlags profile;
  std::string id, comment, row_filter, status, request;
  std::vector<std::string> columns;
  std::optional<int64_t> duration_s;
  bool all = false;
  bool json = false;
};

std::string shown_time(const std::optional<base::Instant>& at) { return at ? base::to_iso8601(*at) : std::string(); }

void print_row(const Approval& approval) {
  std::printf("%s  %-17s  until %s  %s\n", printable(approval.ApprovalId).c_str(), printable(approval.Status).c_str(),
              shown_time(approval.ExpiresAt).c_str(), printable(approval.Subject).c_str());
}

void print_decision(const ApprovalDecision& decision) {
  std::printf("  %s  %s  %s (%s)%s%s\n", shown_time(decision.At).c_str(), printable(decision.By).c_str(),
              printable(decision.Verdict).c_str(), printable(decision.Channel).c_str(),
              decision.Comment.value_or("").empty() ? "" : ": ", printable(decision.Comment).c_str());
}

void print_whole(const Approval& approval) {
  print_row(approval);
  for (const auto& fact : approval.Facts)
    std::printf("  %s: %s\n", printable(fact.Label).c_str(), printable(fact.Value).c_str());
  if (!approval.Reason.value_or("").empty()) std::printf("  Reason: %s\n", printable(approval.Reason).c_str());
  std::printf("  %d must approve\n", approval.Quorum.value_or(1));
  for (const auto& absent : approval.AbsentApprovers)
    std::printf("  %s decides nothing: nobody had the name when it was opened, or who had it is gone\n",
                printable(absent).c_str());
  for (const auto& decision : approval.Decisions) print_decision(decision);
}

base::Status run_list(const ApprovalFlags& flags) {
  WEIR_TRY(auto client, client_of(flags.profile));
  ListApprovalsRequest request;
  request.ToDecide = !flags.all;
  if (!flags.status.empty()) request.Status = flags.status;
  if (!flags.request.empty()) request.RequestId = flags.request;
  size_t count = 0;
  do {
    WEIR_TRY(auto page, client.call<op::ListApprovals>(request));
    if (flags.json) print_json<op::ListApprovals>(page);
    for (const auto& approval : page.Approvals)
      if (++count; !flags.json) print_row(approval);
    request.NextToken = page.NextToken;
  } while (request.NextToken);
  if (count == 0 && !flags.json) std::printf(flags.all ? "there is no approval\n" : "nothing waits for you\n");
  return {};
}

base::Status run_show(const ApprovalFlags& flags) {
  WEIR_TRY(auto client, client_of(flags.profile));
  GetApprovalRequest request;
  request.ApprovalId = flags.id;
  WEIR_TRY(auto answer, client.call<op::GetApproval>(request));
  if (flags.json) return print_json<op::GetApproval>(answer), base::Status();
  return print_whole(*answer.Approval), base::Status();
}

base::Status decide(const ApprovalFlags& flags, const char* verdict) {
  WEIR_TRY(auto client, client_of(flags.profile));
  DecideApprovalRequest request;
  request.ApprovalId = flags.id;
  request.Verdict = verdict;
  if (!flags.comment.empty()) request.Comment = flags.comment;
  ApprovalNarrowing narrowed;
  if (!flags.columns.empty()) narrowed.Columns = flags.columns;
  if (!flags.row_filter.empty()) narrowed.RowFilter = flags.row_filter;
  narrowed.DurationSeconds = flags.duration_s;
  if (narrowed.Columns.given() || narrowed.RowFilter || narrowed.DurationSeconds) request.Narrowed = narrowed;
  WEIR_TRY(auto answer, client.call<op::DecideApproval>(request));
  if (flags.json) return print_json<op::DecideApproval>(answer), base::Status();
  return print_whole(*answer.Approval), base::Status();
}

base::Status run_approve(const ApprovalFlags& flags) { return decide(flags, "approve"); }
base::Status run_deny(const ApprovalFlags& flags) { return decide(flags, "deny"); }

using Run = base::Status (*)(const ApprovalFlags& flags);

// One of them, with what all have.
CLI::App* add(CLI::App& approvals, const char* name, const char* says, Run run,
              const std::shared_ptr<ApprovalFlags>& flags, int& status) {
  auto* command = approvals.add_subcommand(name, says);
  add_profile_options(*command, flags->profile);
  command->add_flag("--json", flags->json, "the answer as JSON");
  command->callback([flags, run, &status] { status = report(run(*flags)); });
  return command;
}

}  // namespace

void add_approvals(CLI::App& program, int& status) {
  auto* approvals = program.add_subcommand("approvals", "About what waits for people to decide");
  approvals->require_subcommand(1);
  auto flags = std::make_shared<ApprovalFlags>();
  auto* list = add(*approvals, "list", "List what waits for the caller", &run_list, flags, status);
  list->add_flag("--all", flags->all, "all approvals of the account");
  list->add_option("--status", flags->status, "OPEN, APPROVED, DENIED, CHANGES_REQUESTED, EXPIRED or CLOSED");
  list->add_option("--request", flags->request, "of one access request");
  auto* show = add(*approvals, "show", "Show one with its decisions", &run_show, flags, status);
  auto* approve = add(*approvals, "approve", "Approve one", &run_approve, flags, status);
  auto* deny = add(*approvals, "deny", "Deny one", &run_deny, flags, status);
  for (auto* command : {show, approve, deny}) command->add_option("id", flags->id, "the approval's id")->required();
  for (auto* command : {approve, deny}) command->add_option("--comment", flags->comment, "why");
  approve->add_option("--column", flags->columns, "give only this column; may be repeated");
  approve->add_option("--rows", flags->row_filter, "give only rows where this holds");
  approve->add_option("--duration-seconds", flags->duration_s, "give it for so long");
}

}  // namespace weir::cli
