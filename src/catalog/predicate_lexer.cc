#include "catalog/predicate_lexer.h"

#include <array>

#include "base/text.h"
#include "base/utf8.h"

namespace weir::catalog {
namespace {

constexpr size_t kExcerpt = 20;  // bytes of the input an error may repeat

bool digit(char c) { return c >= '0' && c <= '9'; }
// Bytes above ASCII belong to names, as they do in Hive.
bool name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool name_part(char c) { return name_start(c) || digit(c) || c == '$'; }
bool space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Lexer {
 public:
  Lexer(std::string_view text, bool backticks) : text_(text), backticks_(backticks) {}

  base::Result<Token> next() {
    while (at_ < text_.size() && space(text_[at_])) ++at_;
    start_ = at_;
    if (at_ == text_.size()) return Token{Token::Kind::end, "", at_};
    char c = text_[at_];
    if (c == '\'') return quoted(Token::Kind::string, c);
    if (c == '"' || (c == '`' && backticks_)) return quoted(Token::Kind::quoted_name, c);
    if (digit(c)) return number();
    if (name_start(c)) return take(Token::Kind::name, name_part);
    return symbol();
  }

 private:
  char peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  Token token(Token::Kind kind) const { return {kind, std::string(text_.substr(start_, at_ - start_)), start_}; }

  Token take(Token::Kind kind, bool (*belongs)(char)) {
    while (at_ < text_.size() && belongs(text_[at_])) ++at_;
    return token(kind);
  }

  base::Result<Token> quoted(Token::Kind kind, char quote) {
    std::string inside;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == quote && peek(1) != quote) {
        ++at_;
        if (inside.empty() && kind == Token::Kind::quoted_name) return syntax_error(text_, start_, "a name");
        return Token{kind, std::move(inside), start_};
      }
      if (text_[at_] == quote) ++at_;
      inside += text_[at_];
    }
    return syntax_error(text_, start_, "a closing quote");
  }

  base::Result<Token> number() {
    take(Token::Kind::number, digit);
    if (peek() == '.' && digit(peek(1))) {
      ++at_;
      take(Token::Kind::number, digit);
    }
    size_t sign = peek(1) == '-' || peek(1) == '+' ? 1 : 0;
    if ((peek() == 'e' || peek() == 'E') && digit(peek(1 + sign))) {
      at_ += 1 + sign;
      take(Token::Kind::number, digit);
    }
    if (name_part(peek())) return syntax_error(text_, start_, "a number or a name");
    return token(Token::Kind::number);
  }

  base::Result<Token> symbol() {
    static constexpr std::array<std::string_view, 12> kSymbols{"<>", "!=", "<=", ">=", "<", ">",
                                                               "=",  "(",  ")",  ",",  ".", "-"};
    for (auto symbol : kSymbols) {
      if (!text_.substr(at_).starts_with(symbol)) continue;
      at_ += symbol.size();
      return token(Token::Kind::symbol);
    }
    return syntax_error(text_, at_, "a column, a constant or an operator");
  }

  std::string_view text_;
  bool backticks_;
  size_t at_ = 0, start_ = 0;
};

// Cut on a character's boundary, or the error would not be UTF-8.
std::string_view excerpt(std::string_view text) { return base::utf8_prefix(text, kExcerpt); }

}  // namespace

bool Token::is_word(std::string_view upper_case) const {
  return kind == Kind::name && base::equal_ignoring_case(text, upper_case);
}

base::Result<std::vector<Token>> tokens_of(std::string_view text, bool backticks) {
  Lexer lexer(text, backticks);
  std::vector<Token> out;
  do {
    WEIR_TRY(auto token, lexer.next());
    out.push_back(std::move(token));
  } while (out.back().kind != Token::Kind::end);
  return out;
}

base::Error syntax_error(std::string_view text, size_t position, std::string_view expected) {
  auto character = base::utf8_length(text.substr(0, position)) + 1;
  std::string says = "at character " + std::to_string(character) + ": expected " + std::string(expected);
  if (position < text.size()) {
    says.append(", found '").append(excerpt(text.substr(position))).append("'");
  } else {
    says += ", found the end";
  }
  return base::invalid(std::move(says), "expression");
}

}  // namespace weir::catalog
