#include "policy/condition.h"

#include <algorithm>

#include "base/text.h"

namespace weir::policy {

using base::Json;
using base::Result;

namespace {

base::Error malformed(std::string says) { return base::fail(base::Kind::malformed_policy, std::move(says), "policy"); }

std::string described(std::string_view op, std::string_view key) { return std::string(op).append(" ").append(key); }

Result<std::string> scalar_text(const Json& value) {
  if (auto* text = value.as_string()) return *text;
  if (value.as_bool() || value.as_int() || value.as_double()) return value.dump();
  return malformed("Syntax errors in policy. A condition value is a text, a number or a boolean.");
}

Result<std::vector<std::string>> value_texts(const Json& value) {
  std::vector<std::string> out;
  if (!value.as_array()) {
    WEIR_TRY(auto one, scalar_text(value));
    out.push_back(std::move(one));
    return out;
  }
  for (auto& item : *value.as_array()) {
    WEIR_TRY(auto one, scalar_text(item));
    out.push_back(std::move(one));
  }
  return out;
}

bool has_vendor(std::string_view key) {
  auto colon = key.find(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < key.size();
}

}  // namespace

Result<Condition> Condition::compile(std::string_view op, std::string_view key, const std::vector<std::string>& values,
                                     Variables variables) {
  auto parsed = parse_operator(op);
  if (!parsed)
    return malformed("Syntax errors in policy. Invalid condition operator: " + std::string(op.substr(0, 64)));
  if (!has_vendor(key)) return malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
  Condition out;
  out.op_ = *parsed;
  out.key_ = base::to_lower(key);
  out.text_ = described(op, key);
  for (auto& value : values) {
    WEIR_TRY(auto operand, Operand::compile(*parsed, value, variables));
    out.operands_.push_back(std::move(operand));
  }
  return out;
}

Condition Condition::not_understood(std::string_view op, std::string_view key) {
  Condition out;
  out.key_ = base::to_lower(key);
  out.text_ = described(op, key);
  out.understood_ = false;
  return out;
}

bool Condition::holds_when_absent() const {
  if (op_.if_exists || op_.set == SetRule::for_all) return true;
  return op_.set == SetRule::single && op_.negated;
}

bool Condition::holds_null(bool present) const {
  return std::any_of(operands_.begin(), operands_.end(),
                     [&](const Operand& operand) { return operand.asks_for_absence() != present; });
}

bool Condition::holds_for(std::string_view value, const Context& context, Effect effect) const {
  bool unclear = false;
  for (auto& operand : operands_) {
    auto match = operand.compare(op_, value, context);
    if (match == Match::yes) return !op_.negated;
    unclear |= match == Match::unclear;
  }
  return op_.negated && (!unclear || effect == Effect::deny);
}

bool Condition::holds(const Context& context, Effect effect) const {
  if (!understood_) return effect == Effect::deny;
  auto* entry = context.find_lowered(key_);
  bool present = entry && !entry->values.empty();
  if (op_.comparison == Comparison::absence) return holds_null(present);
  if (!present) return holds_when_absent();
  auto one = [&](const std::string& value) { return holds_for(value, context, effect); };
  switch (op_.set) {
    case SetRule::single:
      if (entry->list) return op_.negated && effect == Effect::deny;
      return one(entry->values.front());
    case SetRule::for_all: return std::all_of(entry->values.begin(), entry->values.end(), one);
    case SetRule::for_any: return std::any_of(entry->values.begin(), entry->values.end(), one);
  }
  return effect == Effect::deny;
}

namespace {

Result<Condition> compile_one(const std::string& op, const std::string& key, const Json& value, Variables variables,
                              bool lenient) {
  WEIR_TRY(auto values, value_texts(value));
  auto condition = Condition::compile(op, key, values, variables);
  if (!condition.ok() && lenient) return Condition::not_understood(op, key);
  return condition;
}

}  // namespace

Result<std::vector<Condition>> compile_conditions(const Json& block, Variables variables, bool lenient) {
  if (!block.as_object()) return malformed("Syntax errors in policy. Condition is an object.");
  std::vector<Condition> out;
  for (auto& [op, keys] : *block.as_object()) {
    if (!keys.as_object()) return malformed("Syntax errors in policy. A condition operator holds an object.");
    // An operator without keys asks nothing; one we do not know asks something we cannot answer.
    if (keys.as_object()->empty() && !parse_operator(op)) {
      if (!lenient) return malformed("Syntax errors in policy. Invalid condition operator: " + op.substr(0, 64));
      out.push_back(Condition::not_understood(op, ""));
    }
    for (auto& [key, value] : *keys.as_object()) {
      WEIR_TRY(auto condition, compile_one(op, key, value, variables, lenient));
      out.push_back(std::move(condition));
    }
  }
  return out;
}

}  // namespace weir::policy
