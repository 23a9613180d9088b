// Calls of endpoints by what a connection holds: its parameters and its credentials, added to what the caller says.
//
// Invariants:
//  1. What the connection says replaces what the caller says under the same name.
//  2. Tokens of authorization endpoints are kept sealed until half a minute before they expire; one that was refused
//     is forgotten.
//  3. Nothing that is secret is in an error.
//
// Threads: any.
#pragma once
#include <string>

#include "app/lake.h"
#include "events/connection.h"
#include "events/http_words.h"
#include "notifications/webhook.h"

namespace weir::app {

struct EndpointCall {
  std::string method = "POST";
  std::string url;
  events::Pairs headers;
  events::Pairs query;
  std::string body;
  bool form = false;                                              // the body is a form; else JSON, or nothing
  std::chrono::milliseconds patience = std::chrono::seconds(15);  // for one answer of the endpoint
  std::chrono::milliseconds total = std::chrono::seconds(30);     // for a token, the call, and both again
  size_t answer_bytes_max = 64 * 1024;
};

// The connection of that ARN in that account. Kind::not_found about "resource" otherwise: of another account nothing
// is told.
base::Result<events::Connection> find_connection(const Lake& lake, const std::string& account, const std::string& arn);

// The answer, whatever its status. Kind::invalid when the call cannot be made so; Kind::unavailable when there was no
// answer, of the endpoint or of the authorization endpoint, in `patience` or all in all in `total`.
base::Result<notifications::WebhookAnswer> call_endpoint(Lake& lake, notifications::WebhookSender& webhooks,
                                                         const events::Connection& connection, EndpointCall call);

std::string seal_parameters(Lake& lake, const events::Connection& connection, const events::AuthParameters& parameters);
base::Result<events::AuthParameters> open_parameters(const Lake& lake, const events::Connection& connection);

// sealed_records.h.
base::Result<bool> seal_anew(events::Connection& connection, const identity::KeyRing& ring,
                             base::Randomness& randomness);

}  // namespace weir::app
