#include "notifications/keys.h"

#include <algorithm>

#include "store/key.h"

namespace weir::notifications::keys {
namespace {

constexpr std::string_view kNoun = "sns";

constexpr size_t kTimeDigits = 19;  // of any number of microseconds, so that times sort as texts

std::string at(const OutboxQueue& queue, base::Instant due) {
  auto digits = std::to_string(std::max<int64_t>(due.time_since_epoch().count(), 0));
  return outbox(queue) + store::encode_text(std::string(kTimeDigits - digits.size(), '0') + digits);
}

}  // namespace

using store::key;

std::string topics(std::string_view account) { return key(kNoun, "topic", account); }
std::string topic(std::string_view account, std::string_view name) { return key(kNoun, "topic", account, name); }
std::string subscriptions(std::string_view account, std::string_view topic) {
  return key(kNoun, "subscription", account, topic);
}
std::string subscription(std::string_view account, std::string_view topic, std::string_view id) {
  return key(kNoun, "subscription", account, topic, id);
}
std::string endpoint(std::string_view account, std::string_view topic, std::string_view protocol,
                     std::string_view endpoint, std::string_view owner) {
  return key(kNoun, "endpoint", account, topic, protocol, endpoint, owner);
}
std::string owned(std::string_view owner) { return key(kNoun, "owned", owner); }
std::string owned(std::string_view owner, std::string_view account, std::string_view topic, std::string_view id) {
  return key(kNoun, "owned", owner, account, topic, id);
}
std::string token(std::string_view hash) { return key(kNoun, "token", hash); }
std::string message(std::string_view id) { return key(kNoun, "message", id); }
std::string waiting(std::string_view message) { return key(kNoun, "waiting", message); }
std::string waiting(std::string_view message, std::string_view entry) { return key(kNoun, "waiting", message, entry); }
std::string outbox() { return key(kNoun, "outbox"); }
std::string outbox(const OutboxQueue& queue) {
  return key(kNoun, "outbox", queue.account, to_string(queue.carrier), queue.receiver);
}
std::string due_before(const OutboxQueue& queue, base::Instant now) {
  return at(queue, now + std::chrono::microseconds(1));
}
std::string outbox(const OutboxQueue& queue, base::Instant due, std::string_view entry) {
  return at(queue, due) + store::encode_text(entry);
}
std::string tally(std::string_view account) { return key(kNoun, "tally", account); }
std::string tally(std::string_view account, std::string_view topic) { return key(kNoun, "tally", account, topic); }
std::string signer() { return key(kNoun, "signer"); }

}  // namespace weir::notifications::keys
