// Recursive descent over the tokens; both dialects share the grammar in predicate.h's reference.
#include <algorithm>

#include "base/text.h"
#include "catalog/predicate_lexer.h"
#include "catalog/predicate_literal.h"
#include "catalog/predicate_schema.h"

namespace weir::catalog {
namespace {

using base::Result;
using Kind = Token::Kind;

constexpr size_t kLengthMax = 2048;   // characters
constexpr int kParenthesesMax = 200;  // parentheses, NOTs and casts around one another
// Of the tree. The canonical text has at most two parentheses or NOTs per level, so it parses again.
constexpr int kDepthMax = 64;

int depth_of(const Predicate& predicate) {
  int deepest = 0;
  for (auto& child : predicate.children) deepest = std::max(deepest, depth_of(*child));
  return deepest + 1;
}

class Parser {
 public:
  Parser(std::string_view text, std::vector<Token> tokens, const std::vector<SchemaColumn>& schema, Dialect dialect)
      : text_(text), tokens_(std::move(tokens)), schema_(schema, dialect), dialect_(dialect) {}

  Result<PredicatePtr> whole() {
    WEIR_TRY(auto predicate, disjunction());
    if (now().kind != Kind::end) return expected("AND, OR or the end");
    if (depth_of(*predicate) > kDepthMax) return base::invalid("the expression is nested too deeply", "expression");
    return predicate;
  }

 private:
  const Token& now() const { return tokens_[at_]; }
  const Token& after() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
  bool partitions() const { return dialect_ == Dialect::partition_expression; }

  base::Error expected(std::string_view what) const { return syntax_error(text_, now().position, what); }
  base::Error expected_at(size_t position, std::string_view what) const { return syntax_error(text_, position, what); }

  bool take_word(std::string_view word) {
    if (!now().is_word(word)) return false;
    ++at_;
    return true;
  }
  bool take_symbol(std::string_view symbol) {
    if (!now().is_symbol(symbol)) return false;
    ++at_;
    return true;
  }
  base::Status want_word(std::string_view word) {
    if (take_word(word)) return {};
    return expected(word);
  }
  base::Status want_symbol(std::string_view symbol) {
    if (take_symbol(symbol)) return {};
    return expected("'" + std::string(symbol) + "'");
  }

  Result<PredicatePtr> disjunction() {
    std::vector<PredicatePtr> children;
    do {
      WEIR_TRY(auto child, conjunction());
      children.push_back(std::move(child));
    } while (take_word("OR"));
    return any_of(std::move(children));
  }

  Result<PredicatePtr> conjunction() {
    std::vector<PredicatePtr> children;
    do {
      WEIR_TRY(auto child, unary());
      children.push_back(std::move(child));
    } while (take_word("AND"));
    return all_of(std::move(children));
  }

  Result<PredicatePtr> unary() {
    bool nests = now().is_word("NOT") || now().is_symbol("(");
    if (!nests) return test();
    if (++depth_ > kParenthesesMax) return expected("fewer parentheses around one another");
    auto inner = take_word("NOT") ? negation() : parenthesised();
    --depth_;
    return inner;
  }

  Result<PredicatePtr> negation() {
    WEIR_TRY(auto child, unary());
    return negate(std::move(child));
  }

  Result<PredicatePtr> parenthesised() {
    WEIR_CHECK_OK(want_symbol("("));
    WEIR_TRY(auto inner, disjunction());
    WEIR_CHECK_OK(want_symbol(")"));
    return inner;
  }

  Result<PredicatePtr> test() {
    if (take_word("TRUE")) return always();
    if (take_word("FALSE")) return never();
    if (!starts_constant()) return test_of_column();
    if (partitions()) return reversed_comparison();
    return expected("a column (write the column before the constant)");
  }

  bool starts_constant() const {
    if (now().kind == Kind::string || now().kind == Kind::number || now().is_symbol("-")) return true;
    bool typed = now().is_word("DATE") || now().is_word("TIMESTAMP");
    return (typed && after().kind == Kind::string) || (now().is_word("CAST") && after().is_symbol("("));
  }

  Result<PredicatePtr> reversed_comparison() {
    WEIR_TRY(auto written, constant());
    WEIR_TRY(auto op, comparison());
    WEIR_TRY(auto column, column_here());
    return made(mirrored(op), column, {std::move(written)});
  }

  static Op mirrored(Op op) {
    switch (op) {
      case Op::less: return Op::greater;
      case Op::less_equal: return Op::greater_equal;
      case Op::greater: return Op::less;
      case Op::greater_equal: return Op::less_equal;
      default: return op;
    }
  }

  Result<PredicatePtr> test_of_column() {
    WEIR_TRY(auto column, column_here());
    if (take_word("IS")) return null_test(column);
    bool negated = take_word("NOT");
    auto tested = membership(column, negated);
    if (!tested.ok() || !negated) return tested;
    return negate(std::move(*tested));
  }

  Result<PredicatePtr> membership(const ResolvedColumn& column, bool negated) {
    if (take_word("IN")) return in_list(column);
    if (take_word("BETWEEN")) return between(column);
    if (take_word("LIKE")) return like(column);
    if (negated) return expected("IN, BETWEEN or LIKE");
    WEIR_TRY(auto op, comparison());
    WEIR_TRY(auto written, constant());
    return made(op, column, {std::move(written)});
  }

  Result<PredicatePtr> null_test(const ResolvedColumn& column) {
    if (!partitions() && column.partition_key)
      return expected("another test (IS NULL is not offered on partition columns)");
    bool negated = take_word("NOT");
    WEIR_CHECK_OK(want_word("NULL"));
    WEIR_TRY(auto tested, made(Op::is_null, column, {}));
    return negated ? negate(std::move(tested)) : std::move(tested);
  }

  Result<PredicatePtr> in_list(const ResolvedColumn& column) {
    WEIR_CHECK_OK(want_symbol("("));
    std::vector<WrittenConstant> list;
    do {
      WEIR_TRY(auto written, constant());
      list.push_back(std::move(written));
    } while (take_symbol(","));
    WEIR_CHECK_OK(want_symbol(")"));
    return made(Op::in, column, list);
  }

  Result<PredicatePtr> between(const ResolvedColumn& column) {
    WEIR_TRY(auto low, constant());
    WEIR_CHECK_OK(want_word("AND"));
    WEIR_TRY(auto high, constant());
    return made(Op::between, column, {std::move(low), std::move(high)});
  }

  Result<PredicatePtr> like(const ResolvedColumn& column) {
    if (column.family != TypeFamily::text) return expected("a string column before LIKE");
    if (now().kind != Kind::string) return expected("a pattern in single quotes");
    WEIR_TRY(auto pattern, constant());
    return made(Op::like, column, {std::move(pattern)});
  }

  Result<Op> comparison() {
    static constexpr std::pair<std::string_view, Op> kOps[] = {
        {"=", Op::equal},   {"<>", Op::not_equal},  {"!=", Op::not_equal},    {"<", Op::less},
        {">", Op::greater}, {"<=", Op::less_equal}, {">=", Op::greater_equal}};
    for (auto& [symbol, op] : kOps)
      if (take_symbol(symbol)) return op;
    if (now().is_symbol("(")) return expected("a comparison (functions are not offered)");
    return expected("a comparison, IN, BETWEEN, LIKE or IS");
  }

  Result<ResolvedColumn> column_here() {
    size_t start = now().position;
    std::vector<std::string> path;
    do {
      bool bare = now().kind == Kind::name;
      if (!bare && now().kind != Kind::quoted_name) return expected("a column");
      if (bare && is_reserved(now().text, dialect_)) return expected("a column (quote reserved words with \")");
      path.push_back(tokens_[at_++].text);
    } while (take_symbol("."));
    if (now().is_symbol("(")) return expected("a comparison (functions are not offered)");
    auto column = schema_.resolve(path);
    if (column.ok()) return column;
    return expected_at(start, "a column that fits (" + column.error().says + ")");
  }

  Result<WrittenConstant> constant() {
    size_t position = now().position;
    if (take_symbol("-")) {
      if (now().kind != Kind::number) return expected("a number");
      return WrittenConstant{WrittenConstant::Kind::number, "-" + tokens_[at_++].text, position};
    }
    if (now().kind == Kind::number) return written(WrittenConstant::Kind::number);
    if (now().kind == Kind::string) return written(WrittenConstant::Kind::text);
    if (now().is_word("TRUE") || now().is_word("FALSE")) return written(WrittenConstant::Kind::boolean);
    if (after().kind == Kind::string && take_word("DATE")) return written(WrittenConstant::Kind::date);
    if (after().kind == Kind::string && take_word("TIMESTAMP")) return written(WrittenConstant::Kind::timestamp);
    if (partitions() && after().is_symbol("(") && take_word("CAST")) return cast_here(position);
    if (now().is_word("NULL")) return expected("a constant (test for NULL with IS NULL)");
    return expected("a constant");
  }

  WrittenConstant written(WrittenConstant::Kind kind) {
    auto& token = tokens_[at_++];
    return {kind, token.text, token.position};
  }

  Result<WrittenConstant> cast_here(size_t position) {
    if (++depth_ > kParenthesesMax) return expected("fewer casts around one another");
    WEIR_CHECK_OK(want_symbol("("));
    WEIR_TRY(auto inner, constant());
    WEIR_CHECK_OK(want_word("AS"));
    WEIR_TRY(auto type, type_here());
    WEIR_CHECK_OK(want_symbol(")"));
    --depth_;
    auto out = cast(inner, type);
    if (!out.ok()) return expected_at(position, out.error().says);
    return out;
  }

  // A type's name; the figures in its parentheses do not change how it compares.
  Result<std::string> type_here() {
    if (now().kind != Kind::name) return expected("a type");
    auto type = tokens_[at_++].text;
    if (!take_symbol("(")) return type;
    do {
      if (now().kind != Kind::number) return expected("a number");
      ++at_;
    } while (take_symbol(","));
    WEIR_CHECK_OK(want_symbol(")"));
    return type;
  }

  Result<PredicatePtr> made(Op op, const ResolvedColumn& column, const std::vector<WrittenConstant>& constants) const {
    auto out = std::make_shared<Predicate>();
    out->op = op;
    out->column = column.path;
    out->family = column.family;
    for (auto& written : constants) {
      auto literal = fit(written, column.family, dialect_);
      if (!literal.ok()) return expected_at(written.position, literal.error().says);
      out->literals.push_back(std::move(*literal));
    }
    return PredicatePtr(std::move(out));
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  PredicateSchema schema_;
  Dialect dialect_;
  size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Result<PredicatePtr> parse_predicate(std::string_view text, const std::vector<SchemaColumn>& schema, Dialect dialect) {
  if (!base::is_valid_utf8(text)) return base::invalid("the expression is not valid UTF-8", "expression");
  if (base::utf8_length(text) > kLengthMax)
    return base::invalid("the expression is longer than " + std::to_string(kLengthMax) + " characters", "expression");
  WEIR_TRY(auto tokens, tokens_of(text, dialect == Dialect::partition_expression));
  return Parser(text, std::move(tokens), schema, dialect).whole();
}

}  // namespace weir::catalog
