#include "query/statement_gate.h"

#include "base/text.h"
#include "duckdb/parser/parser.hpp"
#include "query/error_text.h"

namespace weir::query {

base::Result<duckdb::unique_ptr<duckdb::SQLStatement>> single_select(duckdb::ClientContext& context,
                                                                     std::string_view sql) {
  if (sql.size() > kSqlBytesMax)
    return base::fail(base::Kind::limit_exceeded,
                      "The statement is longer than " + std::to_string(kSqlBytesMax) + " bytes.", "statement");
  if (!base::is_valid_utf8(sql)) return base::invalid("The statement is not valid UTF-8.", "statement");
  try {
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
