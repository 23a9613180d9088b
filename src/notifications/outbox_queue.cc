#include "notifications/outbox_queue.h"

#include <algorithm>

#include "base/text.h"
#include "notifications/keys.h"
#include "store/key.h"

namespace weir::notifications {
namespace {

constexpr size_t kParts = 7;  // sns outbox ACCOUNT CARRIER RECEIVER TIME ENTRY

}  // namespace

std::string_view to_string(Carrier carrier) {
  switch (carrier) {
    case Carrier::mail: return "mail";
    case Carrier::endpoint: return "endpoint";
    case Carrier::server: return "server";
  }
  return "";
}

std::optional<OutboxPlace> parse_outbox_key(std::string_view key) {
  auto parts = store::split_key(key);
  if (!parts || parts->size() != kParts) return std::nullopt;
  auto carrier = std::ranges::find(kCarriers, (*parts)[3], [](Carrier one) { return to_string(one); });
  auto due = base::parse_int((*parts)[5]);
  if (carrier == std::end(kCarriers) || !due) return std::nullopt;
  return OutboxPlace{{(*parts)[2], *carrier, (*parts)[4]}, base::Instant(std::chrono::microseconds(*due))};
}

}  // namespace weir::notifications
