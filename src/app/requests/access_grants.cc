#include "app/requests/access_grants.h"

#include <algorithm>

#include "app/approvals/approval_people.h"
#include "app/permissions/data_lake_settings.h"
#include "app/requests/request_changes.h"
#include "app/requests/request_watch.h"
#include "base/text.h"
#include "permissions/principal.h"
#include "requests/request_records.h"

namespace weir::app {

using requests::AccessGrant;
using requests::AccessRequest;
using requests::Fulfilment;

namespace {

constexpr size_t kLookedAtMax = 10'000;

// What a filter names: parts that are empty mean everything.
struct Subject {
  std::string database, table, column;
};

base::Result<Subject> subject_in(const std::string& text) {
  Subject out;
  auto parts = base::split(text, '.');
  if (parts.size() > 3 ||
      std::any_of(parts.begin(), parts.end(), [&](auto part) { return part.empty() && !text.empty(); }))
    return base::invalid("Resource is database, database.table or database.table.column.", "resource");
  out.database = base::to_lower(parts[0]);
  if (parts.size() > 1) out.table = base::to_lower(parts[1]);
  if (parts.size() > 2) out.column = base::to_lower(parts[2]);
  return out;
}

bool is_about(const AccessGrant& row, const Subject& subject) {
  if (!subject.database.empty() && row.database != subject.database) return false;
  bool every = row.table == requests::kEveryTable;
  if (!subject.table.empty() && !every && row.table != subject.table) return false;
  return subject.column.empty() || row.columns.contains(subject.column);
}

bool was_in_force(const AccessGrant& row, base::Instant at) {
  bool given = row.in_force || row.ended;
  return given && row.granted <= at && (!row.ended || *row.ended > at) && (!row.expires || *row.expires > at);
}

bool fits(const AccessGrant& row, const GrantFilter& filter, const Subject& subject) {
  return (filter.request.empty() || row.request == filter.request) &&
         (filter.principal.empty() || row.principal == filter.principal) && is_about(row, subject) &&
         (!filter.at || was_in_force(row, *filter.at));
}

// Whether it was given to the caller, or to the role that the caller shares with others.
bool is_target(const Call& call, const AccessRequest& request) {
  return identity::lake_formation_principal(call.caller()) == request.target;
}

// People who sign in share a role: what one of them asked for it, or somebody for all of them, is no other one's to end.
bool is_shared_target(const Call& call, const AccessRequest& request) {
  if (!request.requester_person.empty() && request.target == request.requester) return true;
  auto principal = permissions::Principal::parse(request.target);
  bool is_role = principal.ok() && principal->kind() == permissions::PrincipalKind::iam_role;
  return is_role && !person_of(call).signed_in.empty();
}

// Who alone has it, or the administrator of the account that the target stands for.
bool is_receiver(const Call& call, const AccessRequest& request) {
  if (is_target(call, request) && !is_shared_target(call, request)) return true;
  auto principal = permissions::Principal::parse(request.target);
  const auto& own = call.caller().account();
  return principal.ok() && principal->account() == own && !administrator_gate(call, own);
}

bool may_see(const Call& call, const AccessRequest& request) {
  return is_requester(call, request) || sees_everything(call, request.account) || is_receiver(call, request);
}

// Whose IAM policies are asked: what a receiver does with what it has is its own account's affair.
base::Status authorize_own(Call& call, std::string_view action, const std::string& account, const std::string& id,
                           const std::function<bool()>& may) {
  call.about("request", id);
  Ask ask{std::string(action), request_arn(call.lake(), account, id), call.caller().account()};
  return call.authorize(ask, [&]() -> std::optional<Refusal> {
    if (may()) return std::nullopt;
    return Refusal{"request", no_such_request(id)};
  });
}

base::Result<std::optional<AccessRequest>> find_request(Call& call, const std::string& account, const std::string& id) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return requests::RequestRecords(*tx).find(account, id);
}

base::Result<requests::PolicyOutcome> judge_extension(Call& call, store::Transaction& tx, const AccessRequest& request,
                                                      int64_t duration_s) {
  WEIR_TRY(auto judged, judge_access(tx, call.state(), call.lake().region,
                                     {request.account, request.items, request.target, duration_s}));
  if (judged.outcome.is(requests::Verdict::deny))
    return base::conflict("The policy denies it: " + base::join(judged.outcome.because, "; "), "request");
  return std::move(judged.outcome);
}

base::Status open_extension(Call& call, store::Transaction& tx, AccessRequest& request, int64_t duration_s,
                            const std::string& purpose) {
  auto now = call.lake().clock.now();
  bool lasts = (request.fulfilment == Fulfilment::active || request.fulfilment == Fulfilment::awaiting_ram) &&
               request.expires && *request.expires > now;
  if (!lasts)
    return base::conflict("There is nothing to extend: the request is " + std::string(to_string(request.fulfilment)) +
                              (request.expires ? "." : " and has no end."),
                          "request");
  requests::Extension extension;
  extension.number = ++request.extensions;
  extension.duration_s = duration_s;
  extension.purpose = purpose;
  auto person = person_of(call);
  extension.requester =
      person.signed_in.empty() ? std::string(identity::lake_formation_principal(call.caller())) : person.signed_in;
  extension.requester_names = std::move(person.names);
  WEIR_TRY(extension.outcome, judge_extension(call, tx, request, duration_s));
  extension.execution_arn = request.execution_arn + "-" + std::to_string(extension.number);
  request.extension = std::move(extension);
  WEIR_CHECK_OK(move_fulfilment(call.lake(), tx, request, Fulfilment::extension_pending, "an extension is asked for"));
  WEIR_CHECK_OK(tell_of_request(call.lake(), tx, request, "request.submitted", "an extension is asked for"));
  return schedule_watch(tx, request, now);
}

}  // namespace

base::Result<GrantList> list_access_grants(Call& call, const GrantFilter& filter) {
  auto account = call.catalog_or_own(filter.catalog);
  WEIR_CHECK_OK(
      call.authorize({"weir:ListAccessGrants", request_arn(call.lake(), account, "*"), call.caller().account()}));
  WEIR_TRY(auto subject, subject_in(filter.resource));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  requests::GrantRecords grants(*tx);
  GrantList out;
  auto from = filter.token;
  for (size_t looked_at = 0; looked_at < kLookedAtMax && out.items.size() < filter.limit;) {
    WEIR_TRY(auto page, grants.list(account, from, filter.limit - out.items.size()));
    looked_at += page.items.size();
    for (auto& row : page.items) {
      if (!fits(row, filter, subject)) continue;
      WEIR_TRY(auto request, request_there(*tx, account, row.request));
      bool whole = may_see(call, request);
      bool has_it = is_target(call, request) && row.in_force;
      if (whole || has_it) out.items.push_back({std::move(row), std::move(request), whole});
    }
    from = page.next;
    if (from.empty()) return out;
  }
  out.next_token = from;
  return out;
}

base::Result<ShownRequest> extend_access_grant(Call& call, const std::optional<std::string>& catalog,
                                               const std::string& id, int64_t duration_s, const std::string& purpose) {
  auto account = call.catalog_or_own(catalog);
  WEIR_TRY(auto seen, find_request(call, account, id));
  WEIR_CHECK_OK(
      authorize_own(call, "weir:ExtendAccessGrant", account, id, [&] { return seen && may_see(call, *seen); }));
  AccessRequest request;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(request, request_there(tx, account, id));
    return open_extension(call, tx, request, duration_s, purpose);
  }));
  // What cannot be started now, the watch starts.
  if (auto settled = settle_request(call.lake(), account, id); !settled.ok()) call.notice(settled.error().says);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return shown_request(call, *tx, account, id);
}

base::Result<ShownRequest> revoke_access_grant(Call& call, const std::optional<std::string>& catalog,
                                               const std::string& id, const std::string& reason) {
  auto account = call.catalog_or_own(catalog);
  WEIR_TRY(auto seen, find_request(call, account, id));
  WEIR_CHECK_OK(authorize_own(call, "weir:RevokeAccessGrant", account, id, [&] {
    return seen && (is_requester(call, *seen) || is_receiver(call, *seen) || !administrator_gate(call, account));
  }));
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto request, request_there(tx, account, id));
    if (!is_held(request.fulfilment))
      return base::conflict("Nothing is granted: the request is " + std::string(to_string(request.fulfilment)) + ".",
                            "request");
    auto why = reason.empty() ? "revoked by " + call.caller().arn() : reason;
    return end_request(call, tx, request, Fulfilment::revoked, {call.caller().arn(), std::move(why)});
  }));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return shown_request(call, *tx, account, id);
}

}  // namespace weir::app
