// Requests that came with a client token: the same one again does nothing, another one under the token is refused.
//
// A token is remembered for a day. Every token that is kept takes some old ones of its account away, so that they do
// not grow without bound.
//
// Threads: as the transaction.
#pragma once
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/record.h"
#include "store/store.h"

namespace weir::sharing {

struct RememberedRequest {
  std::string request;  // a digest of operation and parameters
  std::string outcome;  // what answers it: the ARN of a share or of an invitation
  base::Instant until{};
};
WEIR_RECORD(RememberedRequest, FIELD("Request", &RememberedRequest::request),
            FIELD("Outcome", &RememberedRequest::outcome), FIELD("Until", &RememberedRequest::until))

// The outcome when the request was carried out before. already_exists about "token" when the token was another
// request's; invalid about "token" when it is no token.
base::Result<std::optional<std::string>> recall_request(store::Transaction& tx, std::string_view account,
                                                        std::string_view token, std::string_view request,
                                                        base::Instant now);
base::Status remember_request(store::Transaction& tx, std::string_view account, std::string_view token,
                              std::string_view request, std::string_view outcome, base::Instant now);

}  // namespace weir::sharing
