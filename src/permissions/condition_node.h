// The tree of a Condition: made by the parser, walked by Condition::holds. Nobody else includes it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "permissions/condition.h"

namespace weir::permissions {

enum class ConditionOp : uint8_t {
  truth,     // the literal `truth`
  text,      // the literal `text`
  any_of,    // ||
  all_of,    // &&
  negated,   // !
  equal,     // ==
  unequal,   // !=
  like,      // the operand against `pieces`
  choice,    // if, then, else
  contains,  // the first operand is looked for among the others
  has_tag,   // the operand is the tag's key
  get_tag,
};

struct Condition::Node {
  ConditionOp op = ConditionOp::truth;
  bool truth = false;
  std::string text;
  std::vector<std::string> pieces;  // of a pattern, around its wildcards: at least one
  std::vector<std::shared_ptr<const Node>> operands;
};

inline constexpr int kConditionDepthMax = 64;  // of nesting; also bounds the walk

base::Result<std::shared_ptr<const Condition::Node>> parse_condition(std::string_view text);

}  // namespace weir::permissions
