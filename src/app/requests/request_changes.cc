#include "app/requests/request_changes.h"

#include "app/notifications/announcements.h"
#include "app/notifications/outgoing_mail.h"
#include "app/notifications/unconfirmed_mail.h"
#include "requests/request_records.h"

namespace weir::app {

using requests::AccessRequest;
using requests::Decision;
using requests::Fulfilment;

namespace {

std::string_view event_of(Decision decision) {
  switch (decision) {
    case Decision::submitted: return "request.submitted";
    case Decision::pending: return "";  // the approval that was opened is announced
    case Decision::auto_approved: return "request.auto_approved";
    case Decision::expired: return "request.expired";
    case Decision::withdrawn: return "request.withdrawn";
    case Decision::approved:
    case Decision::denied:
    case Decision::changes_requested:
    case Decision::failed: return "request.decided";
  }
  return "";
}

std::string_view event_of(Fulfilment fulfilment) {
  switch (fulfilment) {
    case Fulfilment::none:
    case Fulfilment::granting:
    case Fulfilment::extension_pending: return "";
    case Fulfilment::awaiting_ram: return "grant.awaiting_ram";
    case Fulfilment::active:
    case Fulfilment::by_machine: return "grant.active";
    case Fulfilment::grant_failed:
    case Fulfilment::revoke_failed: return "grant.failed";
    case Fulfilment::revoked:
    case Fulfilment::ended: return "grant.revoked";
  }
  return "";
}

std::string mail_text(const AccessRequest& request, const std::string& says) {
  return "Request:    " + request.id + "\nItems:      " + items_text(request) + "\nFor:        " + request.target +
         "\nDecision:   " + std::string(to_string(request.decision)) +
         "\nFulfilment: " + std::string(to_string(request.fulfilment)) + "\n\n" + says + "\n";
}

base::Status mail_requester(Lake& lake, store::Transaction& tx, const AccessRequest& request, const std::string& type,
                            const std::string& says) {
  if (request.notify_email.empty()) return {};
  WEIR_TRY(bool may, may_mail_unconfirmed(lake, tx, request.account, request.id));
  if (!may) return {};
  return enqueue_mail(lake, tx,
                      {.to = request.notify_email,
                       .subject = "Access to " + items_text(request) + ": " + type,
                       .text = mail_text(request, says)},
                      request.account);
}

base::Error illegal(std::string_view from, std::string_view to) {
  return base::conflict("The request is " + std::string(from) + " and cannot become " + std::string(to) + ".",
                        "request");
}

}  // namespace

std::string items_text(const AccessRequest& request) {
  std::string out;
  for (const auto& item : request.items) out += (out.empty() ? "" : ", ") + item.text();
  return out;
}

std::string shown_requester(const AccessRequest& request) {
  return request.requester_person.empty() ? request.requester : request.requester_session;
}

base::Json request_json(const AccessRequest& request) {
  auto items = base::Json::array();
  for (const auto& item : request.items)
    items.push(base::Json::object().set("database", item.database).set("table", item.table));
  auto out = base::Json::object()
                 .set("id", request.id)
                 .set("account", request.account)
                 .set("requester", request.requester)
                 .set("requester_session", request.requester_session)
                 .set("target", request.target)
                 .set("items", std::move(items))
                 .set("sensitive", request.outcome.sensitive)
                 .set("decision", to_string(request.decision))
                 .set("fulfilment", to_string(request.fulfilment));
  if (!request.purpose.empty()) out.set("purpose", request.purpose);
  if (!request.ticket_ref.empty()) out.set("ticket_ref", request.ticket_ref);
  if (request.duration_s) out.set("duration_seconds", *request.duration_s);
  if (!request.execution_arn.empty()) out.set("execution", request.execution_arn);
  if (request.expires) out.set("expires", base::to_iso8601(*request.expires));
  return out;
}

base::Status tell_of_request(Lake& lake, store::Transaction& tx, const AccessRequest& request, std::string type,
                             const std::string& says) {
  if (type.empty()) return {};
  auto detail = request_json(request);
  if (!says.empty()) detail.set("reason", says);
  WEIR_CHECK_OK(announce(lake, tx, {request.account, type, request.id, std::move(detail)}));
  return mail_requester(lake, tx, request, type, says);
}

base::Status decide_request(Lake& lake, store::Transaction& tx, AccessRequest& request, Decision to,
                            std::string reason) {
  if (request.decision == to) return {};
  if (!legal(request.decision, to)) return illegal(to_string(request.decision), to_string(to));
  request.decision = to;
  request.reason = std::move(reason);
  request.updated = lake.clock.now();
  WEIR_CHECK_OK(requests::RequestRecords(tx).put(request));
  return tell_of_request(lake, tx, request, std::string(event_of(to)), request.reason);
}

base::Status move_fulfilment(Lake& lake, store::Transaction& tx, AccessRequest& request, Fulfilment to,
                             std::string reason) {
  if (request.fulfilment == to) return {};
  if (!legal(request.fulfilment, to)) return illegal(to_string(request.fulfilment), to_string(to));
  request.fulfilment = to;
  if (!reason.empty()) request.reason = std::move(reason);
  request.updated = lake.clock.now();
  WEIR_CHECK_OK(requests::RequestRecords(tx).put(request));
  return tell_of_request(lake, tx, request, std::string(event_of(to)), request.reason);
}

}  // namespace weir::app
