#include "query/statement_fingerprint.h"

#include <algorithm>
#include <cctype>

#include "base/hash.h"
#include "base/text.h"
#include "duckdb/parser/parser.hpp"
#include "query/statement_gate.h"

namespace weir::query {
namespace {

using duckdb::SimplifiedTokenType;

constexpr size_t kFingerprintDigits = 32;

bool is_named(SimplifiedTokenType type) {
  return type == SimplifiedTokenType::SIMPLIFIED_TOKEN_IDENTIFIER ||
         type == SimplifiedTokenType::SIMPLIFIED_TOKEN_KEYWORD ||
         type == SimplifiedTokenType::SIMPLIFIED_TOKEN_OPERATOR;
}

bool is_of_word(char c) {
  auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) || c == '_' || byte >= 0x80;
}

// The lexer passes over comments: what lies between a token and the next is not all the token's.
std::string_view own_text(std::string_view text) {
  bool word = is_of_word(text.front());
  size_t end = 1;
  while (end < text.size() && is_of_word(text[end]) == word) ++end;
  text = text.substr(0, std::min(end, text.find_first_of(" \t\r\n\f\v")));
  return word ? text : text.substr(0, std::min(text.find("--"), text.find("/*")));
}

// What stands for the token; comments are nothing.
std::string shape_of(SimplifiedTokenType type, std::string_view text) {
  if (type == SimplifiedTokenType::SIMPLIFIED_TOKEN_COMMENT || text.empty()) return {};
  bool quoted = std::string_view("\"'$`").find(text.front()) != std::string_view::npos;
  return is_named(type) && !quoted ? base::to_lower(own_text(text)) : "?";
}

std::string shape_of(const std::string& sql) {
  std::string shape;
  auto tokens = duckdb::Parser::Tokenize(sql);
  for (size_t i = 0; i < tokens.size(); ++i) {
    auto end = i + 1 < tokens.size() ? tokens[i + 1].start : sql.size();
    auto text = std::string_view(sql).substr(tokens[i].start, end - tokens[i].start);
    if (auto piece = shape_of(tokens[i].type, text); !piece.empty()) shape += piece + " ";
  }
  return shape;
}

}  // namespace

std::string statement_fingerprint(std::string_view sql) {
  if (sql.size() > kSqlBytesMax || !base::is_valid_utf8(sql)) return {};
  try {
    auto shape = shape_of(std::string(sql));
    return shape.empty() ? shape : base::sha256_hex(shape).substr(0, kFingerprintDigits);
  } catch (const std::exception&) {
    return {};  // what the lexer refuses, the parser will refuse
  }
}

}  // namespace weir::query
