#include "app/requests/access_requests.h"

#include <algorithm>

#include "app/approvals/approval_people.h"
#include "app/executions/executions.h"
#include "app/people/verified_address.h"
#include "app/permissions/data_lake_settings.h"
#include "app/requests/approval_policies.h"
#include "app/requests/request_changes.h"
#include "app/requests/request_facts.h"
#include "app/requests/request_machine.h"
#include "app/requests/request_watch.h"
#include "app/requests/wanted_items.h"
#include "base/hash.h"
#include "base/text.h"
#include "executions/names.h"
#include "identity/ids.h"
#include "notifications/mail_address.h"
#include "requests/request_records.h"

namespace weir::app {

using requests::AccessRequest;
using requests::Decision;
using requests::PolicyOutcome;
using requests::Verdict;

namespace {

constexpr size_t kLookedAtMax = 5'000;
constexpr size_t kOpenMax = 100;  // of one requester: each is a mail to every approver

// People of the accounts that the policy lists may ask, as far as their own IAM policies let them.
policy::NamedPolicy requesters_policy(const requests::ApprovalPolicy& policy) {
  auto accounts = base::Json::array();
  for (const auto& account : policy.requesters) accounts.push(account);
  auto statement = base::Json::object()
                       .set("Effect", "Allow")
                       .set("Principal", base::Json::object().set("AWS", std::move(accounts)))
                       .set("Action", "weir:*AccessRequest*")
                       .set("Resource", "*");
  auto document = base::Json::object()
                      .set("Version", "2012-10-17")
                      .set("Statement", base::Json::array().push(std::move(statement)));
  return {"requesters of the approval policy", policy::load_policy(document.dump(), policy::PolicyKind::resource)};
}

base::Status authorize_request(Call& call, std::string_view action, const std::string& account, const std::string& id) {
  Ask ask{std::string(action), request_arn(call.lake(), account, id), account};
  if (account == call.caller().account()) return call.authorize(ask);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto policy, policy_in_force(*tx, account));
  tx.reset();
  auto requesters = requesters_policy(policy.policy);
  if (!policy.policy.requesters.empty()) ask.resource_policy = &requesters;
  return call.authorize(ask);
}

base::Result<std::string> catalog_of(const Call& call, const std::optional<std::string>& catalog) {
  auto account = call.catalog_or_own(catalog);
  if (!names::is_account_id(account)) return base::invalid("CatalogId is not an account id.", "catalog");
  return account;
}

base::Status check_described(const Call& call, store::Transaction& tx, const std::string& account,
                             const std::vector<requests::AskedItem>& items) {
  for (const auto& item : items) WEIR_CHECK_OK(check_describable(call, tx, account, item));
  return {};
}

base::Status check_machine_there(Call& call, store::Transaction& tx, const std::string& arn) {
  WEIR_TRY(auto name, executions::parse_machine_arn(arn));
  auto there = machine_records(call, tx).get(name);
  if (there.ok() && !there->deleting && !there->express) return {};
  return base::conflict(
      "No standard state machine carries requests through: set an approval policy with a Template and its RoleArn, or "
      "with a StateMachineArn.",
      "machine");
}

base::Result<AccessQuestion> asked_of(const Call& call, store::Transaction& tx, const std::string& account,
                                      const WantedAccess& wanted) {
  WEIR_TRY(auto target, target_of(wanted.target));
  WEIR_TRY(auto items, items_of(wanted, target));
  WEIR_CHECK_OK(check_described(call, tx, account, items));
  return AccessQuestion{account, std::move(items), target.text(), wanted.duration_s};
}

base::Result<JudgedAccess> judge(Call& call, store::Transaction& tx, const std::string& account,
                                 const WantedAccess& wanted) {
  WEIR_TRY(auto asked, asked_of(call, tx, account, wanted));
  WEIR_TRY(auto policy, policy_in_force(tx, account));
  const auto& region = call.lake().region;
  WEIR_TRY(auto judged, judge_by(policy.policy, tx, call.state(), region, std::move(asked)));
  if (judged.outcome.is(Verdict::deny)) return judged;
  auto machine = machine_for(policy.policy, judged.outcome, region, account);
  WEIR_CHECK_OK(check_machine_there(call, tx, machine));
  WEIR_CHECK_OK(check_machine_keeps(call, tx, machine, judged));
  return judged;
}

base::Result<JudgedAccess> try_policy(Call& call, const std::string& account, const WantedAccess& wanted,
                                      const std::string& document) {
  WEIR_TRY(auto policy, policy_on_trial(call, account, document));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto asked, asked_of(call, *tx, account, wanted));
  return judge_by(policy, *tx, call.state(), call.lake().region, std::move(asked));
}

base::Status check_words(const WantedAccess& wanted, const PolicyOutcome& outcome) {
  if (outcome.purpose_required && base::trim(wanted.purpose).empty())
    return base::invalid("The policy wants a Purpose.", "purpose");
  if (outcome.ticket_required && base::trim(wanted.ticket_ref).empty())
    return base::invalid("The policy wants a TicketRef.", "ticket");
  if (!wanted.notify_email.empty() && !notifications::is_mail_address(wanted.notify_email))
    return base::invalid("NotifyEmail is not a mail address.", "email");
  return {};
}

AccessRequest new_request(Call& call, const std::string& account, const WantedAccess& wanted, std::string id) {
  AccessRequest out;
  out.id = std::move(id);
  out.account = account;
  out.requester = identity::lake_formation_principal(call.caller());
  out.requester_session = call.caller().arn();
  auto person = person_of(call);
  out.requester_person = person.signed_in;
  out.requester_names = std::move(person.names);
  out.notify_email = wanted.notify_email.empty() ? verified_address(call) : wanted.notify_email;
  out.target = wanted.target;
  out.purpose = wanted.purpose;
  out.ticket_ref = wanted.ticket_ref;
  out.created = out.updated = call.now();
  return out;
}

std::string digest_of(const WantedAccess& wanted) {
  auto json = base::Json::object()
                  .set("target", wanted.target)
                  .set("purpose", wanted.purpose)
                  .set("ticket", wanted.ticket_ref)
                  .set("email", wanted.notify_email)
                  .set("duration", wanted.duration_s.value_or(0));
  auto items = base::Json::array();
  for (const auto& item : wanted.items)
    items.push(base::Json::object()
                   .set("database", item.database)
                   .set("table", item.table)
                   .set("columns", base::to_json(item.columns.value_or(std::vector<std::string>())))
                   .set("excluded", base::to_json(item.excluded_columns.value_or(std::vector<std::string>())))
                   .set("permissions", base::to_json(item.permissions.value_or(std::vector<std::string>())))
                   .set("rows", item.row_filter)
                   .set("grantable", item.grantable ? base::Json(*item.grantable) : base::Json()));
  return base::sha256_hex(json.set("items", std::move(items)).dump());
}

// The request that the same token made before.
base::Result<std::optional<std::string>> made_before(store::Transaction& tx, const AccessRequest& request,
                                                     const WantedAccess& wanted) {
  if (wanted.client_token.empty()) return std::optional<std::string>();
  const auto& who = requests::who_asked(request);
  WEIR_TRY(auto there, requests::find_token(tx, request.account, who, wanted.client_token));
  if (!there) {
    WEIR_CHECK_OK(requests::put_token(tx, request.account, who, wanted.client_token, {digest_of(wanted), request.id}));
    return std::optional<std::string>();
  }
  if (there->digest != digest_of(wanted))
    return base::conflict("The client token was used for another request.", "token");
  return std::optional<std::string>(there->request);
}

base::Status check_room(store::Transaction& tx, const AccessRequest& request) {
  WEIR_TRY(auto open, requests::RequestRecords(tx).count_open(request, kOpenMax));
  if (open < kOpenMax) return {};
  return base::fail(base::Kind::limit_exceeded,
                    std::to_string(kOpenMax) + " of your requests wait for a decision: take one back, or wait.",
                    "requests");
}

base::Status begin(Call& call, store::Transaction& tx, AccessRequest& request) {
  auto& lake = call.lake();
  WEIR_CHECK_OK(check_room(tx, request));
  if (request.outcome.is(Verdict::deny)) {
    WEIR_CHECK_OK(requests::RequestRecords(tx).put(request));
    WEIR_CHECK_OK(tell_of_request(lake, tx, request, "request.submitted", ""));
    return decide_request(lake, tx, request, Decision::denied, base::join(request.outcome.because, "; "));
  }
  WEIR_TRY(auto policy, policy_in_force(tx, request.account));
  request.machine_arn = machine_for(policy.policy, request.outcome, lake.region, request.account);
  WEIR_TRY(auto machine, executions::parse_machine_arn(request.machine_arn));
  request.execution_arn = executions::execution_arn(lake.region, {machine.account, machine.name, request.id});
  WEIR_CHECK_OK(requests::RequestRecords(tx).put(request));
  WEIR_CHECK_OK(tell_of_request(lake, tx, request, "request.submitted", ""));
  return schedule_watch(tx, request, call.now());
}

// Who has the requester's ARN and not its id was made after it was gone. Requests of the earlier code name no ids.
bool is_namesake(const identity::Principal& caller, const AccessRequest& request) {
  auto kind = caller.is_role_session() ? identity::IdKind::role : identity::IdKind::user;
  bool names_one = false;
  for (const auto& name : request.requester_names) {
    if (name == caller.caller.unique_id) return false;
    names_one = names_one || identity::is_unique_id(kind, name);
  }
  return names_one;
}

bool may_see(const Call& call, const AccessRequest& request) {
  return is_requester(call, request) || sees_everything(call, request.account);
}

}  // namespace

std::string request_arn(const Lake& lake, const std::string& account, const std::string& id) {
  return "arn:aws:weir:" + lake.region + ":" + account + ":access-request/" + id;
}

base::Error no_such_request(const std::string& id) {
  return base::not_found("Access request " + id + " not found.", "request");
}

base::Result<AccessRequest> request_there(store::Transaction& tx, const std::string& account, const std::string& id) {
  WEIR_TRY(auto request, requests::RequestRecords(tx).find(account, id));
  if (!request) return no_such_request(id);
  return std::move(*request);
}

bool is_requester(const Call& call, const AccessRequest& request) {
  if (identity::lake_formation_principal(call.caller()) != request.requester) return false;
  if (is_namesake(call.caller(), request)) return false;
  auto person = person_of(call);
  if (person.signed_in.empty()) return request.requester_person.empty();
  return std::ranges::find(request.requester_names, person.signed_in) != request.requester_names.end();
}

base::Json machine_input(const AccessRequest& request) {
  const auto& outcome = request.extension ? request.extension->outcome : request.outcome;
  auto steps = base::Json::array();
  for (const auto& step : outcome.steps) steps.push(base::Json::object().set("name", step.name));
  auto detail = request_json(request);
  detail.set("approval", outcome.is(Verdict::auto_approve) ? "auto" : "ask").set("steps", std::move(steps));
  if (request.extension)
    detail.set("extension", base::Json::object()
                                .set("number", request.extension->number)
                                .set("duration_seconds", request.extension->duration_s));
  const auto& item = request.items.front();
  return base::Json::object()
      .set("source", base::Json::object().set("database", item.database).set("table", item.table))
      .set("target", base::Json::object().set("account_id", request.target))
      .set("request", std::move(detail));
}

base::Status start_machine(Call& call, const AccessRequest& request) {
  const auto& arn = request.extension ? request.extension->execution_arn : request.execution_arn;
  WEIR_TRY(auto id, executions::parse_execution_arn(arn));
  auto started = start_recorded(
      call, {request.machine_arn, id.run, machine_input(request).dump(), "", executions::Starter{id, 0, false}, true});
  return started.ok() ? base::Status() : base::Status(std::move(started).error());
}

base::Result<JudgedAccess> preview_access_request(Call& call, const WantedAccess& wanted,
                                                  const std::optional<std::string>& policy_on_trial) {
  WEIR_TRY(auto account, catalog_of(call, wanted.catalog));
  WEIR_CHECK_OK(authorize_request(call, "weir:PreviewAccessRequest", account, "*"));
  if (policy_on_trial) return try_policy(call, account, wanted, *policy_on_trial);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto judged, judge(call, *tx, account, wanted));
  WEIR_CHECK_OK(hide_unseen(call, *tx, account, judged.items, judged.outcome));
  return judged;
}

base::Result<ShownRequest> create_access_request(Call& call, const WantedAccess& wanted) {
  WEIR_TRY(auto account, catalog_of(call, wanted.catalog));
  call.about("target", wanted.target);
  WEIR_CHECK_OK(authorize_request(call, "weir:CreateAccessRequest", account, "*"));
  auto fresh = new_request(call, account, wanted, requests::new_id(call.now(), call.lake().randomness));
  AccessRequest request;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    request = fresh;
    WEIR_TRY(auto judged, judge(call, tx, account, wanted));
    WEIR_CHECK_OK(check_words(wanted, judged.outcome));
    WEIR_TRY(auto before, made_before(tx, request, wanted));
    if (before) {
      WEIR_TRY(request, request_there(tx, account, *before));
      return {};
    }
    request.outcome = std::move(judged.outcome);
    request.items = std::move(judged.items);
    request.duration_s = judged.duration_s;
    return begin(call, tx, request);
  }));
  call.gave("requestId", request.id);
  // What cannot be started now, the watch starts.
  if (auto settled = settle_request(call.lake(), account, request.id); !settled.ok()) call.notice(settled.error().says);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return shown_request(call, *tx, account, request.id);
}

base::Result<ShownRequest> get_access_request(Call& call, const std::optional<std::string>& catalog,
                                              const std::string& id) {
  WEIR_TRY(auto account, catalog_of(call, catalog));
  WEIR_CHECK_OK(authorize_request(call, "weir:GetAccessRequest", account, id));
  WEIR_TRY(auto before, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto request, request_there(*before, account, id));
  before.reset();
  if (!may_see(call, request)) return no_such_request(id);
  // What is on record can be read though its machine cannot be started now.
  if (auto settled = settle_request(call.lake(), account, id); !settled.ok()) call.notice(settled.error().says);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return shown_request(call, *tx, account, id);
}

base::Result<ShownRequest> withdraw_access_request(Call& call, const std::optional<std::string>& catalog,
                                                   const std::string& id) {
  WEIR_TRY(auto account, catalog_of(call, catalog));
  WEIR_CHECK_OK(authorize_request(call, "weir:WithdrawAccessRequest", account, id));
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto request, request_there(tx, account, id));
    if (!may_see(call, request)) return no_such_request(id);
    if (!is_requester(call, request)) return base::denied("A request is taken back by who made it.", "request");
    WEIR_CHECK_OK(schedule_stop(tx, request.execution_arn, StopReason::request_withdrawn, call.lake().clock.now()));
    return decide_request(call.lake(), tx, request, Decision::withdrawn, "taken back by its requester");
  }));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return shown_request(call, *tx, account, id);
}

base::Result<RequestList> list_access_requests(Call& call, const RequestFilter& filter) {
  WEIR_TRY(auto account, catalog_of(call, filter.catalog));
  WEIR_CHECK_OK(authorize_request(call, "weir:ListAccessRequests", account, "*"));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  RequestList out;
  auto from = filter.token;
  for (size_t looked_at = 0; looked_at < kLookedAtMax && out.items.size() < filter.limit;) {
    WEIR_TRY(auto page, requests::RequestRecords(*tx).list(account, from, filter.limit - out.items.size()));
    looked_at += page.items.size();
    for (auto& request : page.items) {
      bool fits = !filter.decision || to_string(request.decision) == *filter.decision;
      if (!fits || !may_see(call, request)) continue;
      WEIR_CHECK_OK(hide_unseen(call, *tx, account, request.items, request.outcome));
      out.items.push_back({std::move(request), {}});
    }
    from = page.next;
    if (from.empty()) return out;
  }
  out.next_token = from;
  return out;
}

}  // namespace weir::app
