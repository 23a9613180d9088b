// One line of a Condition block: an operator, a key, and the values it is compared with.
//
//   1. Missing key: positive operators fail, negated ones and ...IfExists hold, ForAllValues holds,
//      ForAnyValue fails.
//   2. A condition we cannot evaluate falls to the closed side: an Allow does not apply, a Deny does.
//   3. Single-valued operators do not look into lists; see Context.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "policy/operand.h"

namespace weir::policy {

enum class Effect : uint8_t { allow, deny };

class Condition {
 public:
  // `values` are already text. An Error when the operator or a value makes no sense.
  static base::Result<Condition> compile(std::string_view op, std::string_view key,
                                         const std::vector<std::string>& values, Variables variables);
  // Stands for a condition that could not be compiled; it never lets an Allow through.
  static Condition not_understood(std::string_view op, std::string_view key);

  bool holds(const Context& context, Effect effect) const;
  bool understood() const { return understood_; }
  // "StringEquals sts:ExternalId", as the author wrote it.
  const std::string& text() const { return text_; }
  const std::string& key() const { return key_; }  // lower case

 private:
  bool holds_for(std::string_view value, const Context& context, Effect effect) const;
  bool holds_when_absent() const;
  bool holds_null(bool present) const;

  Operator op_;
  std::string key_;
  std::string text_;
  std::vector<Operand> operands_;
  bool understood_ = true;
};

// The whole Condition block. `lenient`: what does not compile becomes `not_understood` instead of an Error.
base::Result<std::vector<Condition>> compile_conditions(const base::Json& block, Variables variables, bool lenient);

}  // namespace weir::policy
