#include "policy/decision.h"

namespace weir::policy {
namespace {

std::string with_article(Gate gate) {
  auto name = std::string(to_string(gate));
  return (gate == Gate::identity ? "an " : "a ") + name;
}

}  // namespace

std::string_view to_string(Gate gate) {
  switch (gate) {
    case Gate::scp: return "service control policy";
    case Gate::resource: return "resource-based policy";
    case Gate::trust: return "trust policy";
    case Gate::identity: return "identity-based policy";
    case Gate::boundary: return "permissions boundary";
    case Gate::session: return "session policy";
  }
  return "policy";
}

std::string Reason::text() const {
  std::string out = effect == Effect::allow ? "Allow by " : "Deny by ";
  if (statement == 0) {
    out += "the unreadable ";
  } else {
    out += "statement " + std::to_string(statement);
    if (!sid.empty()) out += " (" + sid + ")";
    out += " of the ";
  }
  return out.append(to_string(gate)).append(" \"").append(policy).append("\"");
}

std::string Decision::message_without_reason() const {
  if (allowed()) return {};
  return "User: " + caller + " is not authorized to perform: " + action + " on resource: " + resource;
}

std::string Decision::message() const {
  auto out = message_without_reason();
  if (allowed() || terse) return out;
  if (verdict == Verdict::explicit_deny) return out + " with an explicit deny in " + with_article(gate);
  return out.append(" because no ").append(to_string(gate)).append(" allows the ").append(action).append(" action");
}

}  // namespace weir::policy
