#include "app/requests/request_fulfilment.h"

#include <algorithm>

#include "app/permissions/data_filters.h"
#include "app/permissions/grants.h"
#include "app/requests/access_requests.h"
#include "app/requests/approval_policies.h"
#include "app/requests/request_changes.h"
#include "app/requests/request_facts.h"
#include "app/requests/request_steps.h"
#include "app/requests/request_watch.h"
#include "app/sharing/share_standing.h"
#include "base/text.h"
#include "permissions/records.h"
#include "requests/request_records.h"

namespace weir::app {

using requests::AccessGrant;
using requests::AccessRequest;
using requests::AskedItem;
using requests::Decision;
using requests::Fulfilment;
using requests::PolicyOutcome;

namespace {

// What is granted, and until when.
struct Terms {
  std::vector<AskedItem> items;
  std::optional<int64_t> duration_s;
  PolicyOutcome outcome;
};

constexpr std::string_view kEndedMeanwhile = "The request was ended while it was granted.";

base::Error stopped(std::string why) { return base::conflict(std::move(why), "request"); }

void shorten(std::optional<int64_t>& duration, const std::optional<int64_t>& most) {
  if (most) duration = std::min(duration.value_or(*most), *most);
}

// All of what was given, and what was asked unless it is in that already.
std::string narrowed_rows(const std::string& asked, const std::vector<GivenRows>& given) {
  bool within = std::ranges::any_of(given, [&](const auto& rows) { return rows.of == asked; });
  std::string out = within ? "" : asked;
  for (const auto& rows : given) out = out.empty() ? rows.filter : "(" + out + ") AND (" + rows.filter + ")";
  return out;
}

base::Status narrow(AskedItem& item, const GivenTerms& given) {
  bool narrows = given.columns || !given.rows.empty();
  if (narrows && item.is_whole_database())
    return stopped("The approvers chose columns or rows of a whole database, which has none.");
  if (given.columns) {
    requests::ColumnChoice chosen{{}, true};
    for (const auto& name : *given.columns) chosen.names.push_back(base::to_lower(name));
    for (const auto& name : chosen.names)
      if (!item.columns.contains(name))
        return stopped("The approvers chose column " + name + ", which was not asked for.");
    if (chosen.names.empty()) return stopped("The approvers left no column.");
    item.columns = std::move(chosen);
  }
  item.row_filter = narrowed_rows(item.row_filter, given.rows);
  if (narrows) item.permissions = {"SELECT"};
  return {};
}

// What the policy says now and the approvers gave; an error when that is not enough.
base::Result<Terms> terms_of(store::Transaction& tx, const State& state, const std::string& region,
                             const AccessRequest& request, const PolicyOutcome& before) {
  WEIR_TRY(auto now,
           judge_access(tx, state, region, {request.account, request.items, request.target, request.duration_s}));
  if (requests::is_stricter(now.outcome, before))
    return stopped("The policy is stricter now than when it was asked: " + base::join(now.outcome.because, "; ") +
                   (now.outcome.sensitive_because.empty() ? "" : "; ") +
                   base::join(now.outcome.sensitive_because, "; "));
  // Steps that fell away since are wanted all the same: people were asked.
  WEIR_TRY(auto given, approved_terms(tx, request, before));
  Terms out{std::move(now.items), now.duration_s, std::move(now.outcome)};
  for (auto& item : out.items) WEIR_CHECK_OK(narrow(item, given));
  shorten(out.duration_s, given.duration_s);
  return out;
}

AccessGrant row_of(const AccessRequest& request, const AskedItem& item, size_t index, Call& call) {
  AccessGrant out;
  out.id = requests::new_id(call.now(), call.lake().randomness);
  out.account = request.account;
  out.request = request.id;
  out.principal = request.target;
  out.database = item.database;
  out.table = item.table;
  out.columns = item.columns;
  out.permissions = item.permissions;
  if (item.grantable) out.grant_option = item.permissions;
  out.granted_by = identity::lake_formation_principal(call.caller());
  out.granted = call.now();
  if (item.row_filter.empty()) return out;
  out.row_filter = item.row_filter;
  out.filter = "access-" + base::to_lower(request.id) + "-" + std::to_string(index + 1);
  return out;
}

base::Status note_sensitive(store::Transaction& tx, const State& state, AccessGrant& row,
                            const requests::ApprovalPolicy& policy) {
  AskedItem item{row.database, row.table, row.columns, row.row_filter, row.permissions, false};
  WEIR_TRY(auto beside, columns_beside(tx, row.account, item));
  item = with_columns(std::move(item), beside);
  WEIR_TRY(auto facts, request_facts(tx, state, row.account, item));
  row.sensitive_because = requests::sensitivity_of(facts, item.columns, policy.sensitive_tags).because;
  return {};
}

base::Status write_rows(Call& call, store::Transaction& tx, const AccessRequest& request, const Terms& terms) {
  requests::GrantRecords records(tx);
  WEIR_TRY(auto policy, policy_in_force(tx, request.account));
  for (size_t i = 0; i < terms.items.size(); ++i) {
    auto row = row_of(request, terms.items[i], i, call);
    WEIR_CHECK_OK(note_sensitive(tx, call.state(), row, policy.policy));
    WEIR_CHECK_OK(note_found(tx, row));
    WEIR_CHECK_OK(records.put(row));
  }
  return {};
}

// The first half: decided, and written down what is to be granted. Asked again after a crash, it is there already.
base::Status prepare(Call& call, store::Transaction& tx, AccessRequest& request,
                     std::optional<int64_t> duration_s_max) {
  if (request.fulfilment == Fulfilment::granting) return {};
  if (request.fulfilment != Fulfilment::none)
    return stopped("The request is " + std::string(to_string(request.fulfilment)) + " already.");
  if (is_decided(request.decision)) return stopped("The request is " + std::string(to_string(request.decision)) + ".");
  auto& lake = call.lake();
  WEIR_TRY(auto terms, terms_of(tx, call.state(), lake.region, request, request.outcome));
  shorten(terms.duration_s, duration_s_max);
  request.duration_s = terms.duration_s;
  request.items = terms.items;
  auto asked = request.outcome.is(requests::Verdict::ask);
  WEIR_CHECK_OK(decide_request(lake, tx, request, asked ? Decision::approved : Decision::auto_approved,
                               base::join(request.outcome.because, "; ")));
  WEIR_CHECK_OK(move_fulfilment(lake, tx, request, Fulfilment::granting, ""));
  return write_rows(call, tx, request, terms);
}

base::Status make_filter(Call& call, const AccessGrant& row) {
  permissions::FilterInput input;
  input.catalog = row.account;
  input.database = row.database;
  input.table = row.table;
  input.name = row.filter;
  input.row_expression = row.row_filter;
  if (row.columns.only) {
    input.column_names = row.columns.names;
  } else {
    input.excluded_columns = row.columns.names;
  }
  auto made = create_filter(call, input);
  if (made.ok() || made.error().kind != base::Kind::already_exists) return made;
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(bool own, has_own_filter(*tx, row));
  return own ? base::Status() : stopped("Somebody else made a filter of the name " + row.filter + ".");
}

// What was ended while it was granted is not granted after its end.
base::Status check_granting(store::Transaction& tx, const AccessGrant& row) {
  WEIR_TRY(auto request, request_there(tx, row.account, row.request));
  if (request.fulfilment != Fulfilment::granting) return stopped(std::string(kEndedMeanwhile));
  WEIR_TRY(bool same, is_same_table(tx, row));
  return same ? base::Status() : base::Status(stopped("Another table has the name of " + row.table + " now."));
}

base::Status grant_row(Call& call, const AccessGrant& row) {
  if (!row.filter.empty()) WEIR_CHECK_OK(make_filter(call, row));
  WEIR_TRY(auto resource, resource_of(row));
  auto granted = grant_permissions(
      call, {row.principal, {std::move(resource)}, row.permissions, row.grant_option, "", [&](store::Transaction& tx) {
               return check_granting(tx, row);
             }});
  return granted.ok() ? base::Status() : base::Status(std::move(granted).error());
}

// Errors that pass by themselves: the machine asks again.
bool passes(const base::Error& error) {
  return error.kind == base::Kind::unavailable || error.kind == base::Kind::concurrent ||
         error.kind == base::Kind::throttled || error.kind == base::Kind::internal;
}

base::Error give_up(Call& call, const AccessRequest& seen, base::Error error) {
  if (passes(error)) return error;
  auto undone = store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto request, request_there(tx, seen.account, seen.id));
    return fail_fulfilment(call, tx, request, "it could not be granted: " + error.says);
  });
  return undone.ok() ? error : std::move(undone).error();
}

base::Status finish(Call& call, store::Transaction& tx, AccessRequest& request) {
  requests::GrantRecords records(tx);
  auto now = call.lake().clock.now();
  if (request.duration_s) request.expires = now + base::Seconds(*request.duration_s);
  WEIR_TRY(auto rows, records.of_request(request.account, request.id));
  for (auto& row : rows) {
    row.in_force = true;
    row.granted = now;
    row.expires = request.expires;
    WEIR_CHECK_OK(records.put(row));
  }
  WEIR_CHECK_OK(tell_of_request(call.lake(), tx, request, "grant.created", ""));
  WEIR_TRY(bool waits, any_share_waits(call.lake(), tx, rows));
  WEIR_CHECK_OK(move_fulfilment(call.lake(), tx, request, waits ? Fulfilment::awaiting_ram : Fulfilment::active,
                                waits ? "the share waits to be accepted" : "granted"));
  WEIR_CHECK_OK(schedule_end(tx, request, now));
  return schedule_watch(tx, request, now);
}

base::Result<Fulfilled> told(const Call& call, const AccessRequest& request) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto shown, shown_request(call, *tx, request.account, request.id));
  return Fulfilled{shown.request.fulfilment, std::move(shown.grants), shown.request.expires};
}

// --- extensions

base::Status extend(Call& call, store::Transaction& tx, AccessRequest& request, std::optional<int64_t> duration_s_max) {
  if (request.fulfilment != Fulfilment::extension_pending || !request.expires)
    return stopped("What was to be extended has ended.");
  auto now = call.lake().clock.now();
  if (*request.expires <= now) return stopped("What was to be extended has ended.");
  auto extension = *request.extension;
  WEIR_TRY(auto terms, terms_of(tx, call.state(), call.lake().region, request, extension.outcome));
  auto until = *request.expires + base::Seconds(extension.duration_s);
  auto most = terms.outcome.duration_s_max.value_or(requests::kDurationSecondsMax);
  if (duration_s_max) most = std::min(most, *duration_s_max);
  until = std::min(until, now + base::Seconds(most));
  if (until <= *request.expires) return stopped("It cannot last longer than it does.");
  request.expires = until;
  request.extension.reset();
  requests::GrantRecords records(tx);
  WEIR_TRY(auto rows, records.of_request(request.account, request.id));
  for (auto& row : rows) {
    if (!row.counts()) continue;
    row.expires = until;
    WEIR_CHECK_OK(records.put(row));
  }
  WEIR_CHECK_OK(leave_extension(call.lake(), tx, request, "extended"));
  WEIR_CHECK_OK(schedule_end(tx, request, now));
  return tell_of_request(call.lake(), tx, request, "grant.extended", "It ends at " + base::to_iso8601(until) + ".");
}

}  // namespace

base::Result<Fulfilled> fulfil_access_request(Call& call, const std::string& id,
                                              std::optional<int64_t> duration_s_max) {
  WEIR_TRY(auto request, authorize_machine(call, "weir:FulfilAccessRequest", id));
  bool extends = request.extension.has_value();
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(request, request_there(tx, call.caller().account(), id));
    return extends ? extend(call, tx, request, duration_s_max) : prepare(call, tx, request, duration_s_max);
  }));
  if (extends) return told(call, request);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto rows, requests::GrantRecords(*tx).of_request(request.account, id));
  tx.reset();
  for (const auto& row : rows)
    if (auto granted = grant_row(call, row); !granted.ok()) return give_up(call, request, std::move(granted).error());
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(request, request_there(tx, request.account, id));
    if (request.fulfilment != Fulfilment::granting) return stopped(std::string(kEndedMeanwhile));
    return finish(call, tx, request);
  }));
  return told(call, request);
}

}  // namespace weir::app
