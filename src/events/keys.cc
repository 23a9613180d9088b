#include "events/keys.h"

#include "store/key.h"

namespace weir::events::keys {
namespace {

constexpr std::string_view kNoun = "events";

}  // namespace

using store::key;

std::string rules(std::string_view account) { return key(kNoun, "rule", account); }
std::string rule(std::string_view account, std::string_view name) { return key(kNoun, "rule", account, name); }
std::string connections() { return key(kNoun, "connection"); }
std::string connections(std::string_view account) { return key(kNoun, "connection", account); }
std::string connection(std::string_view account, std::string_view name) {
  return key(kNoun, "connection", account, name);
}
std::string destinations(std::string_view account) { return key(kNoun, "destination", account); }
std::string destination(std::string_view account, std::string_view name) {
  return key(kNoun, "destination", account, name);
}
std::string tokens() { return key(kNoun, "token"); }
std::string token(std::string_view connection_id) { return key(kNoun, "token", connection_id); }
std::string channels() { return key(kNoun, "channel"); }
std::string channels(std::string_view account) { return key(kNoun, "channel", account); }
std::string channel(std::string_view account, std::string_view name) { return key(kNoun, "channel", account, name); }
std::string tickets(std::string_view account, std::string_view subject) {
  return key(kNoun, "ticket", account, subject);
}
std::string ticket(std::string_view account, std::string_view subject, std::string_view entry) {
  return key(kNoun, "ticket", account, subject, entry);
}

}  // namespace weir::events::keys
