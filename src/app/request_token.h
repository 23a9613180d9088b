// Client tokens: a change that comes twice under one token is made once (sharing/remembered_request.h).
//
// Threads: as the Call.
#pragma once
#include <optional>
#include <string>

#include "app/call.h"
#include "base/hash.h"
#include "sharing/remembered_request.h"

namespace weir::app {

// The request as a token stands for it.
struct TokenRequest {
  std::optional<std::string> token;
  base::Json parameters;  // everything but the token
};

// Runs `body(Transaction&) -> Result<std::string>` in a write transaction, and gives what it gives: now, or when the
// token's request was carried out first.
template <class Body>
base::Result<std::string> write_once(Call& call, const TokenRequest& request, const Body& body) {
  std::string outcome;
  const auto& account = call.caller().account();
  auto digest = base::sha256_hex(call.facts().operation + "\n" + request.parameters.dump());
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    if (request.token) {
      WEIR_TRY(auto before, sharing::recall_request(tx, account, *request.token, digest, call.now()));
      if (before) return outcome = std::move(*before), base::Status();
    }
    WEIR_TRY(outcome, body(tx));
    if (!request.token) return {};
    return sharing::remember_request(tx, account, *request.token, digest, outcome, call.now());
  }));
  return outcome;
}

}  // namespace weir::app
