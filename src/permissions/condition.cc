#include "permissions/condition.h"

#include <algorithm>
#include <optional>
#include <variant>

#include "base/text.h"
#include "permissions/condition_node.h"

namespace weir::permissions {
namespace {

using Value = std::optional<std::variant<bool, std::string_view>>;  // nothing: it cannot be evaluated
using Node = Condition::Node;

// The last one counts where a key stands twice: what overlays comes after what it overlays.
const std::string* find(const PrincipalTags& tags, std::string_view key) {
  auto at = std::find_if(tags.rbegin(), tags.rend(), [&](const auto& tag) { return tag.first == key; });
  return at == tags.rend() ? nullptr : &at->second;
}

// First and last piece are anchored; those between are found leftmost first.
bool matches(std::string_view text, const std::vector<std::string>& pieces) {
  if (pieces.size() == 1) return text == pieces.front();
  const auto& first = pieces.front();
  const auto& last = pieces.back();
  if (text.size() < first.size() + last.size() || !text.starts_with(first) || !text.ends_with(last)) return false;
  text = text.substr(first.size(), text.size() - first.size() - last.size());
  for (size_t i = 1; i + 1 < pieces.size(); ++i) {
    auto at = text.find(pieces[i]);
    if (at == std::string_view::npos) return false;
    text.remove_prefix(at + pieces[i].size());
  }
  return true;
}

class Evaluation {
 public:
  explicit Evaluation(const PrincipalTags& tags) : tags_(tags) {}

  Value of(const Node& node) const {
    switch (node.op) {
      case ConditionOp::truth: return node.truth;
      case ConditionOp::text: return std::string_view(node.text);
      case ConditionOp::any_of: return until(true, node);
      case ConditionOp::all_of: return until(false, node);
      case ConditionOp::negated: return flipped(truth(*node.operands[0]));
      case ConditionOp::equal: return equal(*node.operands[0], *node.operands[1]);
      case ConditionOp::unequal: return flipped(equal(*node.operands[0], *node.operands[1]));
      case ConditionOp::like: return like(node);
      case ConditionOp::choice: return choice(node);
      case ConditionOp::contains: return contains(node);
      case ConditionOp::has_tag:
      case ConditionOp::get_tag: return tag(node);
    }
    return {};
  }
  std::optional<bool> truth(const Node& node) const {
    auto value = of(node);
    if (!value || value->index() != 0) return {};
    return std::get<0>(*value);
  }

 private:
  static Value flipped(std::optional<bool> value) { return value ? Value(!*value) : Value(); }
  static Value as_value(std::optional<bool> value) { return value ? Value(*value) : Value(); }

  // What decides ends the walk: an operand after it does not matter, not even one that cannot be evaluated.
  Value until(bool decides, const Node& node) const {
    for (const auto& operand : node.operands) {
      auto one = truth(*operand);
      if (!one || *one == decides) return as_value(one);
    }
    return !decides;
  }
  static std::optional<bool> same(const Value& left, const Value& right) {
    if (!left || !right || left->index() != right->index()) return {};
    return *left == *right;
  }
  std::optional<bool> equal(const Node& left, const Node& right) const { return same(of(left), of(right)); }
  Value choice(const Node& node) const {
    auto asked = truth(*node.operands[0]);
    return asked ? of(*node.operands[*asked ? 1 : 2]) : Value();
  }
  std::optional<std::string_view> text(const Node& node) const {
    auto value = of(node);
    if (!value || value->index() != 1) return {};
    return std::get<1>(*value);
  }
  Value like(const Node& node) const {
    auto subject = text(*node.operands[0]);
    return subject ? Value(matches(*subject, node.pieces)) : Value();
  }
  // A set has one type, and every element is evaluated, as Cedar does.
  Value contains(const Node& node) const {
    auto sought = of(*node.operands[0]);
    bool found = false;
    for (size_t i = 1; i < node.operands.size(); ++i) {
      auto is = same(sought, of(*node.operands[i]));
      if (!is) return {};
      found |= *is;
    }
    return found;
  }
  Value tag(const Node& node) const {
    auto key = text(*node.operands[0]);
    if (!key) return {};
    const auto* value = find(tags_, *key);
    if (node.op == ConditionOp::has_tag) return value != nullptr;
    return value ? Value(std::string_view(*value)) : Value();
  }

  const PrincipalTags& tags_;
};

// Names the tags that are asked for by name, each once, in order.
void collect_keys(const Node& node, std::vector<std::string>& keys) {
  bool asks = node.op == ConditionOp::has_tag || node.op == ConditionOp::get_tag;
  if (asks && node.operands[0]->op == ConditionOp::text) keys.push_back(node.operands[0]->text);
  for (const auto& operand : node.operands) collect_keys(*operand, keys);
}

}  // namespace

std::string Condition::saw(const PrincipalTags& tags) const {
  std::vector<std::string> keys, out;
  collect_keys(*root_, keys);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  for (const auto& key : keys) {
    const auto* value = find(tags, key);
    out.push_back(value ? key + "=" + *value : key + " is not there");
  }
  return out.empty() ? "no tags" : base::join(out, ", ");
}

base::Result<Condition> Condition::parse(std::string_view text) {
  text = base::trim(text);
  if (text.empty()) return base::invalid("The condition is empty.", "condition");
  if (!base::is_valid_utf8(text)) return base::invalid("The condition is not UTF-8.", "condition");
  if (base::utf8_length(text) > kConditionLengthMax)
    return base::invalid("The condition is longer than " + std::to_string(kConditionLengthMax) + " characters.",
                         "condition");
  WEIR_TRY(auto root, parse_condition(text));
  return Condition(std::string(text), std::move(root));
}

bool Condition::holds(const PrincipalTags& tags) const { return Evaluation(tags).truth(*root_).value_or(false); }

}  // namespace weir::permissions
