#include "requests/approval_policy.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "names/arn.h"
#include "requests/document_reader.h"
#include "requests/template.h"

namespace weir::requests {
namespace {

constexpr size_t kWordsMax = 100;
constexpr std::pair<std::string_view, OnTimeout> kOnTimeout[] = {{"DENY", OnTimeout::deny},
                                                                 {"ESCALATE", OnTimeout::escalate}};
constexpr std::pair<std::string_view, Otherwise> kOtherwise[] = {
    {"BY_SENSITIVITY", Otherwise::by_sensitivity}, {"ASK_OWNER", Otherwise::ask_owner}, {"DENY", Otherwise::deny}};
constexpr std::pair<std::string_view, OnNewSensitive> kOnNewSensitive[] = {{"ANNOUNCE", OnNewSensitive::announce},
                                                                           {"REVOKE", OnNewSensitive::revoke}};
constexpr int64_t kStepSecondsMax = 365LL * 24 * 3600;

void read_template(ObjectReader& from, const std::string& member, std::string& out) {
  from.text(member, out);
  if (!out.empty() && !find_template(out)) from.faults().add(from.place_of(member), "is no template there is");
}

void read_accounts(ObjectReader& from, const std::string& member, std::vector<std::string>& out) {
  from.texts(member, out, kWordsMax);
  for (const auto& one : out)
    if (!names::is_account_id(one)) from.faults().add(from.place_of(member), "has one that is no account id");
}

Selector read_selector(const base::Json& json, const std::string& place, DocumentFaults& faults) {
  Selector out;
  ObjectReader from(json, place, faults);
  from.texts("Databases", out.databases, kWordsMax);
  from.texts("Tables", out.tables, kWordsMax);
  from.texts("Columns", out.columns, kWordsMax);
  from.text_lists("Parameters", out.parameters, kWordsMax);
  from.text_lists("LFTags", out.tags, kWordsMax);
  read_accounts(from, "DataOwners", out.data_owners);
  from.texts("Permissions", out.permissions, kWordsMax);
  from.texts("Targets", out.targets, kWordsMax);
  from.flag("Grantable", out.grantable);
  from.flag("Sensitive", out.sensitive);
  return out;
}

bool is_approver(std::string_view text) {
  bool named = text == kOwner || text == kSteward;
  return named || text.starts_with("arn:") || text.starts_with("channel:") || text.find('@') != text.npos;
}

void check_approvers(const std::vector<std::string>& approvers, const std::string& place, DocumentFaults& faults) {
  if (!std::all_of(approvers.begin(), approvers.end(), is_approver))
    faults.add(place, "has one that is no address, ARN, channel:NAME, owner or steward");
}

ApprovalStep read_step(const base::Json& json, const std::string& place, DocumentFaults& faults) {
  ApprovalStep out;
  ObjectReader from(json, place, faults);
  from.text("Name", out.name, 64);
  from.texts("Approvers", out.approvers, kApproversMax);
  from.number("Quorum", out.quorum, 1, static_cast<int64_t>(kApproversMax));
  from.number("TimeoutSeconds", out.timeout_s, 1, kStepSecondsMax);
  from.number("RemindEverySeconds", out.remind_every_s, 1, kStepSecondsMax);
  from.texts("EscalateTo", out.escalate_to, kApproversMax);
  auto on_timeout = OnTimeout::deny;
  from.word("OnTimeout", on_timeout, kOnTimeout);
  out.on_timeout = to_string(on_timeout);
  if (out.name.empty()) faults.add(place + ".Name", "is missing");
  if (out.approvers.empty()) faults.add(place + ".Approvers", "is missing");
  check_approvers(out.approvers, place + ".Approvers", faults);
  check_approvers(out.escalate_to, place + ".EscalateTo", faults);
  if (on_timeout == OnTimeout::escalate && out.escalate_to.empty()) faults.add(place + ".EscalateTo", "is missing");
  return out;
}

void check_step_names(const std::vector<ApprovalStep>& steps, const std::string& place, DocumentFaults& faults) {
  std::set<std::string> names;
  for (const auto& step : steps)
    if (!names.insert(step.name).second) faults.add(place + ".Require", "has two steps of one name");
}

Effects read_effects(const base::Json& json, const std::string& place, DocumentFaults& faults) {
  Effects out;
  ObjectReader from(json, place, faults);
  from.flag("AutoApprove", out.auto_approve);
  if (from.member("Deny")) from.text("Deny", out.deny.emplace(), 256);
  from.each("Require", kStepsMax,
            [&](const auto& step, const auto& where) { out.require.push_back(read_step(step, where, faults)); });
  check_step_names(out.require, place, faults);
  from.number("MaxDurationSeconds", out.duration_s_max, 1, kDurationSecondsMax);
  from.texts("ExcludeColumns", out.exclude_columns, kWordsMax);
  from.flag("NoGrantOption", out.no_grant_option);
  from.flag("PurposeRequired", out.purpose_required);
  from.flag("TicketRequired", out.ticket_required);
  read_template(from, "Template", out.machine_template);
  if (int{out.auto_approve} + int{out.deny.has_value()} + int{!out.require.empty()} > 1)
    faults.add(place, "has more than one of AutoApprove, Deny and Require");
  return out;
}

Rule read_rule(const base::Json& json, const std::string& place, DocumentFaults& faults) {
  Rule out;
  ObjectReader from(json, place, faults);
  from.text("Name", out.name, 128);
  if (const auto* when = from.member("When")) out.when = read_selector(*when, place + ".When", faults);
  const auto* then = from.member("Then");
  if (!then) return faults.add(place + ".Then", "is missing"), out;
  out.then = read_effects(*then, place + ".Then", faults);
  return out;
}

void read_machine(ObjectReader& from, ApprovalPolicy& out) {
  auto& faults = from.faults();
  from.text("StateMachineArn", out.state_machine);
  read_template(from, "Template", out.machine_template);
  from.text("RoleArn", out.role);
  if (!out.state_machine.empty() && !out.machine_template.empty())
    faults.add("Template", "and StateMachineArn exclude each other");
  if (!out.templates().empty() && out.role.empty()) faults.add("RoleArn", "is missing: a template acts as a role");
}

}  // namespace

std::string_view to_string(OnTimeout value) {
  switch (value) {
    case OnTimeout::deny: return "DENY";
    case OnTimeout::escalate: return "ESCALATE";
  }
  return "DENY";
}

std::vector<std::string> ApprovalPolicy::templates() const {
  std::set<std::string> out;
  if (!machine_template.empty()) out.insert(machine_template);
  for (const auto& rule : rules)
    if (!rule.then.machine_template.empty()) out.insert(rule.then.machine_template);
  return {out.begin(), out.end()};
}

base::Result<ApprovalPolicy> parse_approval_policy(std::string_view text) {
  if (text.size() > kPolicyBytesMax) return base::invalid("The policy is longer than 65536 bytes.", "policy");
  auto json = base::parse_json(text, 16);
  if (!json) return base::invalid("The policy is not JSON: " + json.error().says, "policy");
  ApprovalPolicy out;
  DocumentFaults faults;
  {
    ObjectReader from(*json, "", faults);
    std::string version;
    from.text("Version", version);
    if (version != "2026-11-01") faults.add("Version", "is not \"2026-11-01\"");
    from.each("Rules", kRulesMax,
              [&](const auto& rule, const auto& place) { out.rules.push_back(read_rule(rule, place, faults)); });
    from.word("Otherwise", out.otherwise, kOtherwise);
    from.word("OnNewSensitive", out.on_new_sensitive, kOnNewSensitive);
    read_accounts(from, "Requesters", out.requesters);
    from.text_lists("SensitiveTags", out.sensitive_tags, kWordsMax);
    read_machine(from, out);
  }
  WEIR_CHECK_OK(faults.status());
  return out;
}

}  // namespace weir::requests
