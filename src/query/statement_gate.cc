#include "query/statement_gate.h"

#include "base/text.h"
#include "duckdb/parser/parser.hpp"
#include "query/error_text.h"

namespace weir::query {

namespace {

constexpr size_t kStepsMax = 100;     // a.b.c: the binder goes down them one within the other
constexpr size_t kSelectsMax = 1000;  // each is planned, and what a WITH item is made of is planned again

bool is_operator(const duckdb::SimplifiedToken& token) {
  return token.type == duckdb::SimplifiedTokenType::SIMPLIFIED_TOKEN_OPERATOR;
}

bool is_select(const duckdb::SimplifiedToken& token, std::string_view text) {
  return token.type == duckdb::SimplifiedTokenType::SIMPLIFIED_TOKEN_KEYWORD && text.size() >= 6 &&
         base::equal_ignoring_case(text.substr(0, 6), "select");
}

// Planning has no limit of its own: neither of time, nor of memory, nor of the stack.
base::Status check_plannable(const std::string& sql) {
  size_t steps = 0, selects = 0, since = 0;
  for (const auto& token : duckdb::Parser::Tokenize(sql)) {
    auto text = std::string_view(sql).substr(token.start);
    if (is_operator(token) && text.starts_with('.')) {
      steps = since <= 1 ? steps + 1 : 1;
      since = 0;
    } else if (token.type != duckdb::SimplifiedTokenType::SIMPLIFIED_TOKEN_COMMENT) {
      ++since;
    }
    selects += is_select(token, text);
    if (steps > kStepsMax || selects > kSelectsMax)
      return base::fail(base::Kind::limit_exceeded, "The statement is too complex to be planned.", "statement");
  }
  return {};
}

}  // namespace

base::Result<duckdb::unique_ptr<duckdb::SQLStatement>> single_select(duckdb::ClientContext& context,
                                                                     std::string_view sql) {
  if (sql.size() > kSqlBytesMax)
    return base::fail(base::Kind::limit_exceeded,
                      "The statement is longer than " + std::to_string(kSqlBytesMax) + " bytes.", "statement");
  if (!base::is_valid_utf8(sql)) return base::invalid("The statement is not valid UTF-8.", "statement");
  try {
    WEIR_CHECK_OK(check_plannable(std::string(sql)));
    duckdb::Parser parser(context.GetParserOptions());
    parser.ParseQuery(std::string(sql));
    if (parser.statements.size() != 1) return base::invalid("Send exactly one statement.", "statement");
    auto& statement = parser.statements[0];
    if (statement->type != duckdb::StatementType::SELECT_STATEMENT)
      return base::fail(base::Kind::unsupported, "Only SELECT statements are allowed.", "statement");
    return std::move(statement);
  } catch (const std::exception& e) {
    return error_of(duckdb::ErrorData(e), Stage::planning);
  }
}

}  // namespace weir::query
