// The canonical text of a predicate.
#include <charconv>

#include "base/text.h"
#include "catalog/predicate.h"

namespace weir::catalog {
namespace {

std::string quoted(std::string_view text, char quote) {
  std::string out(1, quote);
  for (char c : text) {
    if (c == quote) out += quote;
    out += c;
  }
  return out + quote;
}

std::string path_text(const std::vector<std::string>& column) {
  std::vector<std::string> names;
  for (auto& name : column) names.push_back(quoted(name, '"'));
  return base::join(names, ".");
}

template <class Number>
std::string number_text(Number value) {
  char text[40];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

std::string literal_text(const Literal& literal) {
  if (auto* text = std::get_if<std::string>(&literal.value))
    return literal.family == TypeFamily::decimal ? *text : quoted(*text, '\'');
  if (auto* integer = std::get_if<int64_t>(&literal.value)) return number_text(*integer);
  if (auto* number = std::get_if<double>(&literal.value)) return number_text(*number);
  if (auto* truth = std::get_if<bool>(&literal.value)) return *truth ? "TRUE" : "FALSE";
  return "NULL";
}

std::string_view comparison(Op op) {
  switch (op) {
    case Op::equal: return " = ";
    case Op::not_equal: return " <> ";
    case Op::less: return " < ";
    case Op::less_equal: return " <= ";
    case Op::greater: return " > ";
    case Op::greater_equal: return " >= ";
    default: return "";
  }
}

std::string literals_text(const Predicate& predicate, std::string_view between) {
  std::vector<std::string> texts;
  for (auto& literal : predicate.literals) texts.push_back(literal_text(literal));
  return base::join(texts, between);
}

std::string column_text(const Predicate& predicate, std::string_view negation) {
  auto column = path_text(predicate.column);
  std::string word = negation.empty() ? " " : " NOT ";
  switch (predicate.op) {
    case Op::between: return column + word + "BETWEEN " + literals_text(predicate, " AND ");
    case Op::in: return column + word + "IN (" + literals_text(predicate, ", ") + ")";
    case Op::like: return column + word + "LIKE " + literals_text(predicate, "");
    case Op::is_null: return column + " IS" + word + "NULL";
    default: return column + std::string(comparison(predicate.op)) + literals_text(predicate, "");
  }
}

bool is_composite(Op op) { return op == Op::and_ || op == Op::or_; }

std::string operand_text(const Predicate& predicate) {
  return is_composite(predicate.op) ? "(" + to_text(predicate) + ")" : to_text(predicate);
}

std::string negation_text(const Predicate& child) {
  switch (child.op) {
    case Op::between:
    case Op::in:
    case Op::like:
    case Op::is_null: return column_text(child, "NOT");
    default: return "NOT (" + to_text(child) + ")";
  }
}

}  // namespace

std::string to_text(const Predicate& predicate) {
  switch (predicate.op) {
    case Op::always: return "TRUE";
    case Op::never: return "FALSE";
    case Op::not_: return negation_text(*predicate.children.front());
    case Op::and_:
    case Op::or_: {
      std::vector<std::string> texts;
      for (auto& child : predicate.children) texts.push_back(operand_text(*child));
      return base::join(texts, predicate.op == Op::and_ ? " AND " : " OR ");
    }
    default: return column_text(predicate, "");
  }
}

}  // namespace weir::catalog
