// What happens to a subscription besides being read: it is asked about, confirmed, ended, restored, forgotten. Each
// goes with the entries of the outbox that it makes necessary, in one transaction.
//
// Invariants:
//  1. A token is 256 random bits. The store has its hash; the token itself is sealed in the one entry that sends it.
//  2. A token counts for one subscription, for two days, until the next one is made.
//
// Threads: free functions; a transaction belongs to one thread.
#pragma once
#include <string>

#include "app/lake.h"
#include "notifications/outbox.h"
#include "notifications/topic_records.h"

namespace weir::app {

inline constexpr base::Seconds kTokenKept{2 * 24 * 3600};

// 64 hex digits.
bool is_token(std::string_view token);
std::string token_hash(std::string_view token);

// Stores a subscription that waits for its confirmation, and asks for it. `before`: the same one, or what it replaces.
base::Status ask_to_confirm(Lake& lake, store::Transaction& tx, notifications::Subscription subscription,
                            const notifications::Subscription* before);
base::Status confirm(store::Transaction& tx, const notifications::Subscription& subscription,
                     bool authenticate_on_unsubscribe);
// Ends it. With `farewell`, its endpoint is told and may restore it.
base::Status end_subscription(Lake& lake, store::Transaction& tx, const notifications::Subscription& subscription,
                              bool farewell);

}  // namespace weir::app
