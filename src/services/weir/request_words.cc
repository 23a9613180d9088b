#include "services/weir/request_words.h"

#include "app/requests/request_changes.h"

namespace weir::services {

using namespace wire::weir_api;

namespace {

std::optional<std::vector<std::string>> given(const wire::List<std::string>& list) {
  return list.given() ? std::optional(list.items()) : std::nullopt;
}

AccessItem to_wire(const requests::AskedItem& item) {
  AccessItem out;
  out.Database = item.database;
  out.Table = item.table;
  if (item.columns.only) {
    out.Columns = texts(item.columns.names);
  } else if (!item.columns.names.empty()) {
    out.ExcludedColumns = texts(item.columns.names);
  }
  say(item.row_filter, out.RowFilter);
  out.Permissions = texts(item.permissions);
  out.Grantable = item.grantable;
  return out;
}

AccessStep to_wire(const requests::ApprovalStep& step) {
  AccessStep out;
  out.Name = step.name;
  out.Approvers = texts(step.approvers);
  out.Quorum = step.quorum;
  out.TimeoutSeconds = step.timeout_s;
  return out;
}

}  // namespace

wire::List<std::string> texts(const std::vector<std::string>& from) { return {from.begin(), from.end()}; }

void say(const std::string& text, std::optional<std::string>& member) {
  if (!text.empty()) member = text;
}

std::vector<app::WantedItem> wanted_items(const wire::List<AccessItem>& items) {
  std::vector<app::WantedItem> out;
  for (const auto& item : items)
    out.push_back({*item.Database, *item.Table, given(item.Columns), given(item.ExcludedColumns),
                   item.RowFilter.value_or(""), given(item.Permissions), item.Grantable});
  return out;
}

wire::List<AccessItem> items_to_wire(const std::vector<requests::AskedItem>& items) {
  wire::List<AccessItem> out;
  out.give();
  for (const auto& item : items) out.push_back(to_wire(item));
  return out;
}

AccessOutcome to_wire(const requests::PolicyOutcome& outcome) {
  AccessOutcome out;
  out.Verdict = outcome.verdict;
  out.Because = texts(outcome.because);
  out.Sensitive = outcome.sensitive;
  out.SensitiveBecause = texts(outcome.sensitive_because);
  out.Steps.give();
  for (const auto& step : outcome.steps) out.Steps.push_back(to_wire(step));
  out.MaxDurationSeconds = outcome.duration_s_max;
  if (!outcome.exclude_columns.empty()) out.ExcludeColumns = texts(outcome.exclude_columns);
  out.NoGrantOption = outcome.no_grant_option;
  out.PurposeRequired = outcome.purpose_required;
  out.TicketRequired = outcome.ticket_required;
  say(outcome.machine_template, out.Template);
  return out;
}

wire::List<AskedApproval> to_wire(const std::vector<requests::AskedStep>& asked) {
  wire::List<AskedApproval> out;
  out.give();
  for (const auto& one : asked) out.push_back({one.name, one.approval, one.extension});
  return out;
}

AccessRequestDescription to_wire(const app::ShownRequest& shown) {
  const auto& request = shown.request;
  AccessRequestDescription out;
  out.RequestId = request.id;
  out.CatalogId = request.account;
  out.Requester = app::shown_requester(request);
  out.Items = items_to_wire(request.items);
  out.Target = request.target;
  say(request.purpose, out.Purpose);
  say(request.ticket_ref, out.TicketRef);
  out.DurationSeconds = request.duration_s;
  out.Outcome = to_wire(request.outcome);
  out.Decision = std::string(to_string(request.decision));
  out.Fulfilment = std::string(to_string(request.fulfilment));
  say(request.reason, out.Reason);
  say(request.machine_arn, out.StateMachineArn);
  say(request.execution_arn, out.ExecutionArn);
  out.Approvals = to_wire(request.asked);
  out.ExtensionPending = request.extension.has_value();
  out.Expires = request.expires;
  out.Created = request.created;
  out.Updated = request.updated;
  out.Version = request.version;
  out.GrantIds = texts(shown.grants);
  return out;
}

base::Result<AccessRequestDescription> described(base::Result<app::ShownRequest> shown) {
  if (!shown.ok()) return std::move(shown).error();
  return to_wire(*shown);
}

}  // namespace weir::services
