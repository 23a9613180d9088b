// One line of the audit trail, in CloudTrail's record shape (lakeformation.md 5.8).
//
// Cheap to make and to hand over: a handful of strings; JSON is made by the journal's own thread.
// Secrets have no way in: base::Secret does not convert, and what members named like secrets hold is never written.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json.h"

namespace weir::audit {

// userIdentity.
struct Identity {
  std::string type;          // Root, IAMUser, AssumedRole, AWSService, Anonymous
  std::string principal_id;  // aws:userid
  std::string arn;
  std::string account;
  std::string access_key_id;
  std::string user_name;     // users, and the role's name of a session
  std::string issuer_arn;    // the role behind a session
  std::string signed_in_by;  // of a session that a provider vouched for: the provider,
  std::string subject;       // and what it calls the person, where it always calls them so
};

struct Resource {
  std::string arn;
  std::string type;  // AWS::Glue::Table, AWS::S3::Object, ...
};

struct Event {
  std::string event_id;  // uuid; also the decision id that denials carry
  base::Instant time{};
  Identity identity;
  std::string source;  // "glue.amazonaws.com"
  std::string name;    // "GetTable"
  std::string region;
  std::string source_ip;
  std::string user_agent;
  std::string request_id;
  std::string error_code;  // empty: allowed
  std::string error_message;
  base::Json request_parameters;
  base::Json response_elements;
  base::Json additional;  // additionalEventData: lakeFormationPrincipal, explanation, ...
  std::vector<Resource> resources;
  std::string recipient_account;
  std::string shared_event_id;  // of both halves, when two accounts are told of one call
  bool read_only = true;
  bool management = true;  // false: a data event (objects)
};

// The record as one line of JSON, without a line end. Redacted (redaction.h).
std::string to_line(const Event& event);

}  // namespace weir::audit
