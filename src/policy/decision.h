// What the evaluation of one request said, and why.
//
// Thread safety: values.
//
//   1. A default-constructed Decision denies.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "policy/condition.h"

namespace weir::policy {

enum class Verdict : uint8_t { implicit_deny, explicit_deny, allow };

// The policies a request passes through. The order is the one in which an explicit deny is reported.
enum class Gate : uint8_t { scp, resource, trust, identity, boundary, session };
// "identity-based policy", "service control policy", "permissions boundary", ...
std::string_view to_string(Gate gate);

// One statement that took part.
struct Reason {
  Gate gate = Gate::identity;
  Effect effect = Effect::deny;
  std::string policy;      // its name, as the caller of evaluate() gave it
  uint32_t statement = 0;  // counting from 1; 0 for a policy that could not be read at all
  std::string sid;         // may be empty
  // Allow by statement 2 (ReadSales) of the identity-based policy "analysts"
  std::string text() const;
  bool operator==(const Reason&) const = default;
};

struct [[nodiscard]] Decision {
  Verdict verdict = Verdict::implicit_deny;
  // For a denial, the gate that did not open; for an allow, the gate that granted.
  Gate gate = Gate::identity;
  std::string caller;  // ARN, or "anonymous"
  std::string action;
  std::string resource;
  // The denying statements, or the allowing ones; nothing when no statement matched. At most
  // kReasonsMax of them.
  std::vector<Reason> because;
  // AWS says no more than "not authorized" about roles that cannot be assumed, so that nobody can list
  // them by trying.
  bool terse = false;

  bool allowed() const { return verdict == Verdict::allow; }
  // User: <arn> is not authorized to perform: <action> on resource: <arn> because ...; empty for an allow.
  std::string message() const;
  // The same without the reason.
  std::string message_without_reason() const;
};

inline constexpr size_t kReasonsMax = 16;

}  // namespace weir::policy
