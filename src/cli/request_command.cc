#include "cli/request_command.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>

#include "base/text.h"
#include "cli/account_client.h"
#include "cli/answers.h"
#include "cli/commands.h"
#include "wire/weir_api_operations.h"

namespace weir::cli {

using namespace wire::weir_api;

namespace {

struct RequestFlags {
  ProfileFlags profile;
  std::string id, catalog, target, purpose, ticket, email, rows, decision, document;
  std::vector<std::string> items, columns, without, permissions;
  std::optional<int64_t> duration_s;
  std::optional<bool> grantable;
  bool json = false;
};

std::string item_text(const AccessItem& item) {
  auto out = item.Database.value_or("") + "." + item.Table.value_or("");
  if (!item.Columns.empty()) out += "(" + base::join(item.Columns.items(), ", ") + ")";
  if (!item.ExcludedColumns.empty()) out += "(* - " + base::join(item.ExcludedColumns.items(), ", ") + ")";
  if (item.RowFilter) out += " where " + *item.RowFilter;
  return out;
}

std::string items_text(const wire::List<AccessItem>& items) {
  std::string out;
  for (const auto& item : items) out += (out.empty() ? "" : ", ") + item_text(item);
  return out;
}

base::Result<AccessItem> item_of(const std::string& text, const RequestFlags& flags) {
  auto dot = text.find('.');
  if (dot == text.npos) return base::invalid("an item is DATABASE.TABLE or DATABASE.*: " + text);
  AccessItem out;
  out.Database = text.substr(0, dot);
  out.Table = text.substr(dot + 1);
  if (!flags.columns.empty()) out.Columns = flags.columns;
  if (!flags.without.empty()) out.ExcludedColumns = flags.without;
  if (!flags.permissions.empty()) out.Permissions = flags.permissions;
  say(flags.rows, out.RowFilter);
  out.Grantable = flags.grantable;
  return out;
}

// What looking beforehand and asking have in common.
template <class Request>
base::Result<Request> asked(const RequestFlags& flags) {
  Request out;
  for (const auto& text : flags.items) {
    WEIR_TRY(auto item, item_of(text, flags));
    out.Items.push_back(std::move(item));
  }
  out.Target = flags.target;
  say(flags.catalog, out.CatalogId);
  say(flags.purpose, out.Purpose);
  say(flags.ticket, out.TicketRef);
  out.DurationSeconds = flags.duration_s;
  return out;
}

void print_outcome(const AccessOutcome& outcome) {
  std::printf("  policy: %s", printable(outcome.Verdict).c_str());
  for (const auto& why : outcome.Because) std::printf("; %s", printable(why).c_str());
  std::printf("\n");
  for (const auto& mark : outcome.SensitiveBecause) std::printf("  sensitive: %s\n", printable(mark).c_str());
  for (const auto& step : outcome.Steps)
    std::printf("  step %s: %lld of %s\n", printable(step.Name).c_str(),
                static_cast<long long>(step.Quorum.value_or(1)),
                printable(base::join(step.Approvers.items(), ", ")).c_str());
}

void print_whole(const AccessRequestDescription& request) {
  std::printf("%s\n", line_of(request).c_str());
  std::printf("  requester: %s\n", printable(request.Requester).c_str());
  if (request.Purpose) std::printf("  purpose: %s\n", printable(*request.Purpose).c_str());
  if (request.TicketRef) std::printf("  ticket: %s\n", printable(*request.TicketRef).c_str());
  if (request.Reason) std::printf("  reason: %s\n", printable(*request.Reason).c_str());
  if (request.Outcome) print_outcome(*request.Outcome);
  for (const auto& one : request.Approvals)
    std::printf("  approval %s: %s\n", printable(one.Step).c_str(), printable(one.ApprovalId).c_str());
  if (request.Expires) std::printf("  until: %s\n", base::to_iso8601(*request.Expires).c_str());
}

template <class Op>
base::Status show(const typename Op::Output& answer, const RequestFlags& flags) {
  if (flags.json) {
    print_json<Op>(answer);
  } else {
    print_whole(answer);
  }
  return {};
}

base::Status run_create(const RequestFlags& flags) {
  WEIR_TRY(auto request, asked<CreateAccessRequestRequest>(flags));
  say(flags.email, request.NotifyEmail);
  WEIR_TRY(auto client, client_of(flags.profile));
  WEIR_TRY(auto answer, client.call<op::CreateAccessRequest>(request));
  return show<op::CreateAccessRequest>(answer, flags);
}

base::Status run_preview(const RequestFlags& flags) {
  WEIR_TRY(auto request, asked<PreviewAccessRequestRequest>(flags));
  WEIR_TRY(auto client, client_of(flags.profile));
  WEIR_TRY(auto answer, client.call<op::PreviewAccessRequest>(request));
  if (flags.json) return print_json<op::PreviewAccessRequest>(answer), base::Status();
  std::printf("%s\n", printable(items_text(answer.Items)).c_str());
  if (answer.Outcome) print_outcome(*answer.Outcome);
  return {};
}

template <class Op>
base::Status run_on_one(const RequestFlags& flags) {
  AccessRequestId request;
  request.RequestId = flags.id;
  say(flags.catalog, request.CatalogId);
  WEIR_TRY(auto client, client_of(flags.profile));
  WEIR_TRY(auto answer, client.call<Op>(request));
  return show<Op>(answer, flags);
}

base::Status run_list(const RequestFlags& flags) {
  ListAccessRequestsRequest request;
  say(flags.catalog, request.CatalogId);
  say(flags.decision, request.Decision);
  WEIR_TRY(auto client, client_of(flags.profile));
  do {
    WEIR_TRY(auto page, client.call<op::ListAccessRequests>(request));
    if (flags.json) print_json<op::ListAccessRequests>(page);
    for (const auto& one : page.Requests)
      if (!flags.json) std::printf("%s\n", line_of(one).c_str());
    request.NextToken = page.NextToken;
  } while (request.NextToken);
  return {};
}

base::Result<std::string> content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  if (!(out << file.rdbuf())) return base::invalid("cannot read " + path);
  return out.str();
}

base::Status run_policy(const RequestFlags& flags) {
  WEIR_TRY(auto client, client_of(flags.profile));
  if (flags.document.empty()) {
    WEIR_TRY(auto answer, client.call<op::GetApprovalPolicy>(GetApprovalPolicyRequest()));
    std::printf("%s\n", answer.Policy.value_or("").c_str());
    return {};
  }
  PutApprovalPolicyRequest request;
  WEIR_TRY(request.Policy, content_of(flags.document));
  WEIR_TRY(auto answer, client.call<op::PutApprovalPolicy>(request));
  std::printf("version %lld\n", static_cast<long long>(answer.Version.value_or(0)));
  for (const auto& arn : answer.StateMachineArns) std::printf("%s\n", printable(arn).c_str());
  return {};
}

using Run = base::Status (*)(const RequestFlags&);

CLI::App* add_command(CLI::App& parent, const char* name, const char* says, Run run, int& status,
                      const std::shared_ptr<RequestFlags>& flags) {
  auto* command = parent.add_subcommand(name, says);
  add_profile_options(*command, flags->profile);
  command->add_option("--catalog-id", flags->catalog, "the account whose catalog it is, when it is another");
  command->add_flag("--json", flags->json, "the answer as JSON");
  command->callback([flags, run, &status] { status = report(run(*flags)); });
  return command;
}

void add_item_options(CLI::App& command, RequestFlags& flags) {
  command.add_option("--item", flags.items, "DATABASE.TABLE or DATABASE.*; may be repeated")->required();
  command.add_option("--for", flags.target, "who gets it: an account id, or an ARN")->required();
  command.add_option("--columns", flags.columns, "only these columns")->delimiter(',');
  command.add_option("--without-columns", flags.without, "all columns but these")->delimiter(',');
  command.add_option("--rows", flags.rows, "a predicate over the rows");
  command.add_option("--permissions", flags.permissions, "SELECT,DESCRIBE,...")->delimiter(',');
  command.add_option("--grantable", flags.grantable, "true or false: may they pass it on?");
  command.add_option("--seconds", flags.duration_s, "how long it lasts");
  command.add_option("--purpose", flags.purpose, "what for");
  command.add_option("--ticket", flags.ticket, "the ticket it belongs to");
}

}  // namespace

std::string line_of(const AccessRequestDescription& request) {
  return printable(request.RequestId.value_or("") + "  " + request.Decision.value_or("") + "/" +
                   request.Fulfilment.value_or("") + "  " + items_text(request.Items) + "  for " +
                   request.Target.value_or(""));
}

void add_requests(CLI::App& program, int& status) {
  auto* requests = program.add_subcommand("request", "Ask for access to data, and see what becomes of it");
  requests->require_subcommand(1);
  auto fresh = [] { return std::make_shared<RequestFlags>(); };
  auto create = fresh(), preview = fresh();
  auto* creating = add_command(*requests, "create", "Ask for access", run_create, status, create);
  add_item_options(*creating, *create);
  creating->add_option("--notify", create->email, "a mail address that hears of changes");
  add_item_options(
      *add_command(*requests, "preview", "Say what the policy would make of it", run_preview, status, preview),
      *preview);
  auto list = fresh();
  add_command(*requests, "list", "List requests, the newest first", run_list, status, list)
      ->add_option("--decision", list->decision, "PENDING, DENIED, ...");
  auto shown = fresh(), withdrawn = fresh(), policy = fresh();
  add_command(*requests, "show", "Tell a request", run_on_one<op::GetAccessRequest>, status, shown)
      ->add_option("id", shown->id, "its id")
      ->required();
  add_command(*requests, "withdraw", "Take a request back", run_on_one<op::WithdrawAccessRequest>, status, withdrawn)
      ->add_option("id", withdrawn->id, "its id")
      ->required();
  add_command(*requests, "policy", "Tell the approval policy, or set it", run_policy, status, policy)
      ->add_option("file", policy->document, "a JSON document that becomes the policy");
}

}  // namespace weir::cli
