#include "audit/event.h"

#include "audit/redaction.h"
#include "names/arn.h"

namespace weir::audit {
namespace {

using base::JsonWriter;

constexpr std::string_view kEventVersion = "1.11";
constexpr size_t kUsualLine = 1536;

void write(JsonWriter& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out.key(name);
  out.string(value);
}

void write_flag(JsonWriter& out, std::string_view name, bool value) {
  out.key(name);
  out.boolean(value);
}

void write_sign_in(JsonWriter& out, const Identity& identity) {
  if (identity.signed_in_by.empty()) return;
  out.key("webIdFederationData");
  out.begin_object();
  write(out, "federatedProvider", identity.signed_in_by);
  out.key("attributes");
  out.begin_object();
  write(out, "sub", identity.subject);
  out.end_object();
  out.end_object();
}

void write_session_context(JsonWriter& out, const Identity& identity) {
  std::string_view principal = identity.principal_id, arn = identity.issuer_arn;
  out.key("sessionContext");
  out.begin_object();
  out.key("sessionIssuer");
  out.begin_object();
  write(out, "type", "Role");
  write(out, "principalId", principal.substr(0, principal.find(':')));
  write(out, "arn", arn);
  write(out, "accountId", identity.account);
  write(out, "userName", arn.substr(arn.rfind('/') + 1));
  out.end_object();
  write_sign_in(out, identity);
  out.end_object();
}

void write_identity(JsonWriter& out, const Identity& identity) {
  bool session = !identity.issuer_arn.empty();
  out.key("userIdentity");
  out.begin_object();
  write(out, "type", identity.type.empty() ? "Unknown" : std::string_view(identity.type));
  write(out, "principalId", identity.principal_id);
  write(out, "arn", identity.arn);
  write(out, "accountId", identity.account);
  write(out, "accessKeyId", identity.access_key_id);
  // A session's name is in its principal id, its role's in the session context.
  if (!session) write(out, "userName", identity.user_name);
  if (session) write_session_context(out, identity);
  out.end_object();
}

void write_resources(JsonWriter& out, const std::vector<Resource>& resources) {
  if (resources.empty()) return;
  out.key("resources");
  out.begin_array();
  for (auto& resource : resources) {
    out.begin_object();
    write(out, "ARN", resource.arn);
    if (auto arn = names::Arn::parse(resource.arn); arn.ok()) write(out, "accountId", arn->account);
    write(out, "type", resource.type);
    out.end_object();
  }
  out.end_array();
}

void write_json(JsonWriter& out, std::string_view name, const base::Json& json) {
  out.key(name);
  write_redacted(out, json);
}

}  // namespace

// requestParameters and responseElements are null rather than absent, as CloudTrail has it.
std::string to_line(const Event& event) {
  std::string line;
  line.reserve(kUsualLine);
  JsonWriter out(line);
  out.begin_object();
  write(out, "eventVersion", kEventVersion);
  write_identity(out, event.identity);
  write(out, "eventTime", base::to_iso8601(event.time));
  write(out, "eventSource", event.source);
  write(out, "eventName", event.name);
  write(out, "awsRegion", event.region);
  write(out, "sourceIPAddress", event.source_ip);
  write(out, "userAgent", event.user_agent);
  write(out, "errorCode", event.error_code);
  write(out, "errorMessage", event.error_message);
  write_json(out, "requestParameters", event.request_parameters);
  write_json(out, "responseElements", event.response_elements);
  if (!event.additional.is_null()) write_json(out, "additionalEventData", event.additional);
  write(out, "requestID", event.request_id);
  write(out, "eventID", event.event_id);
  write_flag(out, "readOnly", event.read_only);
  write_resources(out, event.resources);
  write(out, "eventType", "AwsApiCall");
  write_flag(out, "managementEvent", event.management);
  write(out, "recipientAccountId", event.recipient_account);
  write(out, "sharedEventID", event.shared_event_id);
  write(out, "eventCategory", event.management ? "Management" : "Data");
  out.end_object();
  return line;
}

}  // namespace weir::audit
