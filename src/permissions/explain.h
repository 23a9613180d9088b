// A Decision in words: the gates in order, what counted, what the caller sees, and the smallest change.
// It prints the very Decision that was enforced, and decides nothing.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "permissions/decide.h"

namespace weir::permissions {

// A statement of a policy that took part.
struct StatementText {
  bool allows = false;
  std::string policy_type;  // "identity-based policy"
  std::string policy;       // its name
  int64_t statement = 0;    // counting from 1; 0 for a policy that could not be read at all
  std::string sid;          // may be empty
  std::string says;
};

// A gate passed before this one (IAM), as its own evaluator tells it.
struct GateText {
  std::string name;
  bool allowed = false;
  std::string reason;
  std::string remedy;  // empty when allowed
  std::vector<StatementText> statements = {};
};

// What was asked, where Lake Formation was not, or is one gate of several.
struct GatesAsked {
  std::string action;
  std::string resource;  // empty: the event beside it says which
};

// What a reason rests on, as explanations call it: "FILTER".
std::string_view name_of(Ground ground);
bool is_by_tags(Ground ground);  // its detail is the expression over LF-Tags

base::Json explain(const Decision& decision, const std::vector<GateText>& earlier_gates);
std::string explain_text(const Decision& decision, const std::vector<GateText>& earlier_gates);

// The same of gates alone.
base::Json explain(const GatesAsked& asked, const std::vector<GateText>& gates);
std::string explain_text(const GatesAsked& asked, const std::vector<GateText>& gates);

}  // namespace weir::permissions
