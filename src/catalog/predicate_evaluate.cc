// Three-valued evaluation over values given as text.
#include <algorithm>

#include "base/text.h"
#include "catalog/typed_value.h"

namespace weir::catalog {
namespace {

using ValueOf = std::function<std::optional<std::string>(const std::vector<std::string>&)>;

Truth truth(bool value) { return value ? Truth::yes : Truth::no; }

Truth opposite(Truth value) {
  if (value == Truth::unknown) return value;
  return truth(value == Truth::no);
}

// The first character's length in bytes; stray bytes count as characters of their own.
size_t character(std::string_view text) {
  auto lead = static_cast<unsigned char>(text[0]);
  size_t length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  return std::min(length, text.size());
}

// SQL LIKE: % any run, _ one character. Goes back to the last % only, so it cannot blow up.
bool like(std::string_view pattern, std::string_view text) {
  size_t p = 0, t = 0, run = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '%') {
      run = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == '_') {
      ++p;
      t += character(text.substr(t));
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (run != std::string_view::npos) {
      p = run + 1;
      resume += character(text.substr(resume));
      t = resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('%', p) == std::string_view::npos;
}

Truth ordered(std::partial_ordering order, bool (*holds)(std::partial_ordering)) {
  return order == std::partial_ordering::unordered ? Truth::unknown : truth(holds(order));
}

Truth any_equal(const Literal& value, const std::vector<Literal>& literals) {
  auto out = Truth::no;
  for (auto& literal : literals) {
    auto one = ordered(compare(value, literal), std::is_eq);
    if (one == Truth::yes) return one;
    if (one == Truth::unknown) out = one;
  }
  return out;
}

Truth between(const Literal& value, const Literal& low, const Literal& high) {
  auto from = ordered(compare(value, low), std::is_gteq), to = ordered(compare(value, high), std::is_lteq);
  if (from == Truth::no || to == Truth::no) return Truth::no;
  return from == Truth::yes ? to : from;
}

Truth matches(const Literal& value, const Literal& pattern) {
  auto* text = std::get_if<std::string>(&value.value);
  auto* like_this = std::get_if<std::string>(&pattern.value);
  return text && like_this ? truth(like(*like_this, *text)) : Truth::unknown;
}

bool has_its_literals(const Predicate& predicate) {
  size_t count = predicate.literals.size();
  if (predicate.op == Op::in) return count > 0;
  return count == (predicate.op == Op::between ? 2U : 1U);
}

Truth test(const Predicate& predicate, const Literal& value) {
  if (!has_its_literals(predicate)) return Truth::unknown;
  auto& first = predicate.literals.front();
  switch (predicate.op) {
    case Op::equal: return ordered(compare(value, first), std::is_eq);
    case Op::not_equal: return ordered(compare(value, first), std::is_neq);
    case Op::less: return ordered(compare(value, first), std::is_lt);
    case Op::less_equal: return ordered(compare(value, first), std::is_lteq);
    case Op::greater: return ordered(compare(value, first), std::is_gt);
    case Op::greater_equal: return ordered(compare(value, first), std::is_gteq);
    case Op::between: return between(value, first, predicate.literals[1]);
    case Op::in: return any_equal(value, predicate.literals);
    case Op::like: return matches(value, first);
    default: return Truth::unknown;
  }
}

Truth evaluate_column(const Predicate& predicate, const ValueOf& value_of) {
  auto text = value_of(predicate.column);
  if (text && *text == kNullPartition) text.reset();
  if (predicate.op == Op::is_null) return truth(!text);
  if (!text) return Truth::unknown;
  auto value = typed_value(*text, predicate.family);
  return value.ok() ? test(predicate, *value) : Truth::unknown;
}

// AND stops at no, OR at yes; unknown wins over the rest.
Truth evaluate_all(const Predicate& predicate, const ValueOf& value_of, Truth stop) {
  auto out = opposite(stop);
  for (auto& child : predicate.children) {
    auto one = evaluate(*child, value_of);
    if (one == stop) return stop;
    if (one == Truth::unknown) out = one;
  }
  return out;
}

}  // namespace

Truth evaluate(const Predicate& predicate, const ValueOf& value_of) {
  switch (predicate.op) {
    case Op::always: return Truth::yes;
    case Op::never: return Truth::no;
    case Op::and_: return evaluate_all(predicate, value_of, Truth::no);
    case Op::or_: return evaluate_all(predicate, value_of, Truth::yes);
    case Op::not_: return opposite(evaluate(*predicate.children.front(), value_of));
    default: return evaluate_column(predicate, value_of);
  }
}

}  // namespace weir::catalog
