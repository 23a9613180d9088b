#include "audit/event.h"

#include "audit/redaction.h"
#include "names/arn.h"

namespace weir::audit {
namespace {

using base::Json;

constexpr const char* kEventVersion = "1.11";

void add(Json::Object& into, const char* name, const std::string& value) {
  if (!value.empty()) into.emplace_back(name, value);
}
void add(Json::Object& into, const char* name, Json value) {
  if (!value.is_null()) into.emplace_back(name, std::move(value));
}

std::string last_part(const std::string& arn) { return arn.substr(arn.rfind('/') + 1); }

Json session_context(const Identity& identity) {
  if (identity.issuer_arn.empty()) return {};
  Json::Object issuer;
  add(issuer, "type", std::string("Role"));
  add(issuer, "principalId", identity.principal_id.substr(0, identity.principal_id.find(':')));
  add(issuer, "arn", identity.issuer_arn);
  add(issuer, "accountId", identity.account);
  add(issuer, "userName", last_part(identity.issuer_arn));
  return Json::Object{{"sessionIssuer", std::move(issuer)}};
}

Json user_identity(const Identity& identity) {
  Json::Object out;
  add(out, "type", identity.type.empty() ? std::string("Unknown") : identity.type);
  add(out, "principalId", identity.principal_id);
  add(out, "arn", identity.arn);
  add(out, "accountId", identity.account);
  add(out, "accessKeyId", identity.access_key_id);
  // A session's name is in its principal id, its role's in the session context.
  if (identity.issuer_arn.empty()) add(out, "userName", identity.user_name);
  add(out, "sessionContext", session_context(identity));
  return out;
}

Json resource_list(const std::vector<Resource>& resources) {
  Json::Array out;
  for (auto& resource : resources) {
    Json::Object one;
    add(one, "ARN", resource.arn);
    if (auto arn = names::Arn::parse(resource.arn); arn.ok()) add(one, "accountId", arn->account);
    add(one, "type", resource.type);
    out.emplace_back(std::move(one));
  }
  return out.empty() ? Json() : Json(std::move(out));
}

}  // namespace

Json redacted(Json json) {
  redact(json);
  return json;
}

// requestParameters and responseElements are null rather than absent, as CloudTrail has it.
std::string to_line(const Event& event) {
  Json::Object out;
  out.reserve(24);
  add(out, "eventVersion", std::string(kEventVersion));
  add(out, "userIdentity", user_identity(event.identity));
  add(out, "eventTime", base::to_iso8601(event.time));
  add(out, "eventSource", event.source);
  add(out, "eventName", event.name);
  add(out, "awsRegion", event.region);
  add(out, "sourceIPAddress", event.source_ip);
  add(out, "userAgent", event.user_agent);
  add(out, "errorCode", event.error_code);
  add(out, "errorMessage", event.error_message);
  out.emplace_back("requestParameters", redacted(event.request_parameters));
  out.emplace_back("responseElements", redacted(event.response_elements));
  add(out, "additionalEventData", redacted(event.additional));
  add(out, "requestID", event.request_id);
  add(out, "eventID", event.event_id);
  out.emplace_back("readOnly", event.read_only);
  add(out, "resources", resource_list(event.resources));
  add(out, "eventType", std::string("AwsApiCall"));
  out.emplace_back("managementEvent", event.management);
  add(out, "recipientAccountId", event.recipient_account);
  add(out, "eventCategory", std::string(event.management ? "Management" : "Data"));
  return Json(std::move(out)).dump();
}

}  // namespace weir::audit
