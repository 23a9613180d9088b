// The lines in which deliveries wait: one for each receiver of an account that posts go to, one for the mail of an
// account, one for what the server does itself for an account. Nobody in one line stands in the way of another line.
//
// Threads: values and pure functions.
#pragma once
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace weir::notifications {

// Who carries a delivery: a relay of the operator's, an endpoint of anybody's, or nobody but this server.
enum class Carrier { mail, endpoint, server };
inline constexpr Carrier kCarriers[] = {Carrier::mail, Carrier::endpoint, Carrier::server};
std::string_view to_string(Carrier carrier);

struct OutboxQueue {
  std::string account;  // whose receiver it is
  Carrier carrier = Carrier::server;
  std::string receiver;  // of an endpoint; the others have one line for an account
  auto operator<=>(const OutboxQueue&) const = default;
};

// What a key of the outbox tells; nothing for what is none.
struct OutboxPlace {
  OutboxQueue queue;
  base::Instant due{};
};
std::optional<OutboxPlace> parse_outbox_key(std::string_view key);

}  // namespace weir::notifications
