#include "notifications/keys.h"

#include "store/key.h"

namespace weir::notifications::keys {
namespace {

constexpr std::string_view kNoun = "sns";

std::string at(base::Instant due) { return store::KeyBuilder(outbox()).integer(due.time_since_epoch().count()).take(); }

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
                     std::string_view endpoint) {
  return key(kNoun, "endpoint", account, topic, protocol, endpoint);
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
std::string due_before(base::Instant now) { return at(now + std::chrono::microseconds(1)); }
std::string outbox(base::Instant due, std::string_view entry) { return at(due) + store::encode_text(entry); }
std::string signer() { return key(kNoun, "signer"); }

}  // namespace weir::notifications::keys
