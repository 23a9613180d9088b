// Reads the part of Cedar's expression grammar that condition.h lists. Precedence, as Cedar has it:
// if-then-else, ||, &&, comparison (which does not chain), !, member call.
#include "base/text.h"
#include "permissions/condition_node.h"

namespace weir::permissions {
namespace {

using base::Result;
using Node = Condition::Node;
using NodePtr = std::shared_ptr<const Node>;

constexpr std::string_view kTags = "context.iam.principalTags";
constexpr size_t kShownMax = 24;  // of the text, in messages

bool is_word_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

NodePtr make(ConditionOp op, std::vector<NodePtr> operands) {
  auto node = std::make_shared<Node>();
  node->op = op;
  node->operands = std::move(operands);
  return node;
}

void append_utf8(std::string& out, uint32_t code) {
  auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((code >> shift) & 0x3f)); };
  if (code < 0x80) return void(out += static_cast<char>(code));
  if (code < 0x800) return out += static_cast<char>(0xc0 | (code >> 6)), tail(0);
  if (code < 0x10000) return out += static_cast<char>(0xe0 | (code >> 12)), tail(6), tail(0);
  out += static_cast<char>(0xf0 | (code >> 18)), tail(12), tail(6), tail(0);
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<NodePtr> whole() {
    WEIR_TRY(auto node, expression());
    if (skip_blanks(); at_ != text_.size()) return expected("the end of the condition");
    return node;
  }

 private:
  // Counts one level of nesting as long as it lives.
  struct Level {
    explicit Level(int& depth) : depth_(depth) { ++depth_; }
    ~Level() { --depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    int& depth_;
  };

  // --- characters and words
  base::Error wrong(const std::string& why) const {
    return base::invalid("The condition cannot be read at character " + std::to_string(at_ + 1) + ": " + why,
                         "condition");
  }
  base::Error expected(std::string_view what) {
    skip_blanks();
    auto found = at_ == text_.size() ? std::string("the end") : "'" + shown() + "'";
    return wrong(std::string(what) + " was expected, not " + found + ".");
  }
  // Cut between characters, never inside one.
  std::string shown() const {
    auto end = std::min(text_.size(), at_ + kShownMax);
    while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xc0) == 0x80) ++end;
    return std::string(text_.substr(at_, end - at_));
  }
  void skip_blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }
  bool take(std::string_view mark) {
    skip_blanks();
    if (!text_.substr(at_).starts_with(mark)) return false;
    at_ += mark.size();
    return true;
  }
  bool take_word(std::string_view word) {
    skip_blanks();
    auto rest = text_.substr(at_);
    if (!rest.starts_with(word)) return false;
    if (rest.size() > word.size() && is_word_character(rest[word.size()])) return false;
    at_ += word.size();
    return true;
  }
  base::Status require(std::string_view mark) {
    if (take(mark)) return {};
    return expected("'" + std::string(mark) + "'");
  }
  base::Status require_word(std::string_view word) {
    if (take_word(word)) return {};
    return expected("'" + std::string(word) + "'");
  }

  // --- the grammar, loosest first
  Result<NodePtr> expression() {
    Level level(depth_);
    if (depth_ > kConditionDepthMax) return wrong("it is nested too deeply.");
    if (take_word("if")) return choice();
    return chain("||", ConditionOp::any_of, [this] { return conjunction(); });
  }
  Result<NodePtr> choice() {
    WEIR_TRY(auto asked, expression());
    WEIR_CHECK_OK(require_word("then"));
    WEIR_TRY(auto yes, expression());
    WEIR_CHECK_OK(require_word("else"));
    WEIR_TRY(auto no, expression());
    return make(ConditionOp::choice, {asked, yes, no});
  }
  Result<NodePtr> conjunction() {
    return chain("&&", ConditionOp::all_of, [this] { return comparison(); });
  }
  template <class Next>
  Result<NodePtr> chain(std::string_view mark, ConditionOp op, Next&& next) {
    WEIR_TRY(auto first, next());
    std::vector<NodePtr> operands{std::move(first)};
    while (take(mark)) {
      WEIR_TRY(auto one, next());
      operands.push_back(std::move(one));
    }
    return operands.size() == 1 ? operands.front() : make(op, std::move(operands));
  }
  Result<NodePtr> comparison() {
    WEIR_TRY(auto left, unary());
    for (auto [mark, op] : {std::pair{"==", ConditionOp::equal}, {"!=", ConditionOp::unequal}}) {
      if (!take(mark)) continue;
      WEIR_TRY(auto right, unary());
      return make(op, {left, right});
    }
    if (!take_word("like")) return left;
    WEIR_TRY(auto pieces, literal(true));
    auto node = std::make_shared<Node>();
    node->op = ConditionOp::like;
    node->pieces = std::move(pieces);
    node->operands = {left};
    return NodePtr(std::move(node));
  }
  Result<NodePtr> unary() {
    Level level(depth_);
    if (depth_ > kConditionDepthMax) return wrong("it is nested too deeply.");
    skip_blanks();
    if (text_.substr(at_).starts_with("!=") || !take("!")) return primary();
    WEIR_TRY(auto operand, unary());
    return make(ConditionOp::negated, {operand});
  }
  Result<NodePtr> primary() {
    if (take("(")) {
      WEIR_TRY(auto inner, expression());
      WEIR_CHECK_OK(require(")"));
      return inner;
    }
    if (take("[")) return contains();
    if (take_word("true")) return truth(true);
    if (take_word("false")) return truth(false);
    if (take_word("context")) return tag_call();
    if (skip_blanks(); at_ < text_.size() && text_[at_] == '"') return text_literal();
    return expected("a comparison, a text, true, false or " + std::string(kTags));
  }
  Result<NodePtr> contains() {
    std::vector<NodePtr> operands(1);
    do {
      WEIR_TRY(auto element, expression());
      operands.push_back(std::move(element));
    } while (take(","));
    for (auto mark : {"]", ".", "contains", "("}) WEIR_CHECK_OK(require(mark));
    WEIR_TRY(operands[0], expression());
    WEIR_CHECK_OK(require(")"));
    return make(ConditionOp::contains, std::move(operands));
  }
  Result<NodePtr> tag_call() {
    for (auto part : {"iam", "principalTags"}) {
      WEIR_CHECK_OK(require("."));
      WEIR_CHECK_OK(require_word(part));
    }
    WEIR_CHECK_OK(require("."));
    bool has = take_word("hasTag");
    if (!has && !take_word("getTag")) return expected("hasTag or getTag");
    WEIR_CHECK_OK(require("("));
    WEIR_TRY(auto key, expression());
    WEIR_CHECK_OK(require(")"));
    return make(has ? ConditionOp::has_tag : ConditionOp::get_tag, {key});
  }

  // --- literals
  static Result<NodePtr> truth(bool value) {
    auto node = std::make_shared<Node>();
    node->truth = value;
    return NodePtr(std::move(node));
  }
  Result<NodePtr> text_literal() {
    WEIR_TRY(auto pieces, literal(false));
    auto node = std::make_shared<Node>();
    node->op = ConditionOp::text;
    node->text = std::move(pieces.front());
    return NodePtr(std::move(node));
  }
  // In a pattern `*` parts two pieces, and `\*` is the character.
  Result<std::vector<std::string>> literal(bool pattern) {
    WEIR_CHECK_OK(require("\""));
    std::vector<std::string> pieces(1);
    for (;;) {
      if (at_ == text_.size()) return wrong("a text is not closed.");
      char c = text_[at_++];
      if (c == '"') return pieces;
      if (c == '*' && pattern) {
        pieces.emplace_back();
      } else if (c != '\\') {
        pieces.back() += c;
      } else {
        WEIR_CHECK_OK(escape(pieces.back(), pattern));
      }
    }
  }
  base::Status escape(std::string& out, bool pattern) {
    constexpr std::string_view kNames = "nrt0\\\"'";
    constexpr std::string_view kMeant("\n\r\t\0\\\"'", 7);
    char c = at_ < text_.size() ? text_[at_++] : '"';
    if (c == '*' && pattern) return void(out += '*'), base::Status();
    if (auto i = kNames.find(c); i != std::string_view::npos) return void(out += kMeant[i]), base::Status();
    if (c == 'x') return code_point(out, text_.substr(at_, 2), 2, 0x7f);
    if (c == 'u' && at_ < text_.size() && text_[at_] == '{') {
      ++at_;
      auto digits = text_.substr(at_, text_.substr(at_).find('}'));
      return digits.size() > 6 ? unknown_escape() : code_point(out, digits, digits.size() + 1, 0x10ffff);
    }
    return unknown_escape();
  }
  base::Error unknown_escape() const { return wrong("a text has an escape that does not exist."); }
  base::Status code_point(std::string& out, std::string_view digits, size_t taken, uint32_t largest) {
    uint32_t code = 0;
    if (digits.empty() || at_ + taken > text_.size()) return unknown_escape();
    for (char c : digits) {
      if (std::isxdigit(static_cast<unsigned char>(c)) == 0) return unknown_escape();
      code = code * 16 + static_cast<uint32_t>(c <= '9' ? c - '0' : (base::ascii_lower(c) - 'a') + 10);
    }
    if (code > largest || (code >= 0xd800 && code < 0xe000)) return unknown_escape();
    at_ += taken;
    append_utf8(out, code);
    return {};
  }

  std::string_view text_;
  size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

base::Result<NodePtr> parse_condition(std::string_view text) { return Parser(text).whole(); }

}  // namespace weir::permissions
