#include "duckdb/catalog/catalog.hpp"
#include "duckdb/function/table_function.hpp"
#include "duckdb/main/config.hpp"
#include "duckdb/main/database.hpp"
#include "duckdb/parser/keyword_helper.hpp"
#include "duckdb/parser/parsed_data/create_table_function_info.hpp"
#include "query/result_writer.h"
#include "query/rows_state.h"

namespace weir::query {
namespace {

// Lends the rows to the one statement the writing instance runs.
struct LentRows : duckdb::TableFunctionInfo {
  explicit LentRows(Rows& of) : rows(&of) {}
  Rows* rows;
  std::optional<base::Error> failure;
};

struct LentRowsBound : duckdb::TableFunctionData {
  explicit LentRowsBound(LentRows& of) : lent(&of) {}
  LentRows* lent;
};

duckdb::unique_ptr<duckdb::FunctionData> bind(duckdb::ClientContext&, duckdb::TableFunctionBindInput& input,
                                              duckdb::vector<duckdb::LogicalType>& types,
                                              duckdb::vector<duckdb::string>& names) {
  auto& lent = input.info->Cast<LentRows>();
  types = lent.rows->state().result->types;
  names = lent.rows->state().result->names;
  return duckdb::make_uniq<LentRowsBound>(lent);
}

void next(duckdb::ClientContext&, duckdb::TableFunctionInput& input, duckdb::DataChunk& output) {
  auto& lent = *input.bind_data->Cast<LentRowsBound>().lent;
  auto chunk = lent.rows->state().next_chunk();
  if (!chunk.ok()) {
    lent.failure = std::move(chunk).error();
    throw duckdb::IOException("the query failed");
  }
  if (*chunk)
    output.Reference(**chunk);
  else
    output.SetCardinality(0);
}

void register_rows(duckdb::Connection& connection, duckdb::shared_ptr<LentRows> lent) {
  duckdb::TableFunction function("lent_rows", {}, next, bind);
  function.function_info = std::move(lent);
  duckdb::CreateTableFunctionInfo info(std::move(function));
  connection.BeginTransaction();
  duckdb::Catalog::GetSystemCatalog(*connection.context).CreateFunction(*connection.context, info);
  connection.Commit();
}

base::Error cannot_write(const std::string& log) {
  auto error = base::fail(base::Kind::invalid, "The Parquet file cannot be written.", "output");
  error.log = log;
  return error;
}

}  // namespace

base::Status write_parquet(Rows& rows, const std::string& path) {
  try {
    auto lent = duckdb::make_shared_ptr<LentRows>(rows);
    duckdb::DBConfig config;
    config.SetOptionByName("threads", duckdb::Value::BIGINT(1));
    duckdb::DuckDB db(nullptr, &config);
    duckdb::Connection connection(db);
    register_rows(connection, lent);
    auto written = connection.Query("COPY (SELECT * FROM lent_rows()) TO " + duckdb::KeywordHelper::WriteQuoted(path) +
                                    " (FORMAT parquet, COMPRESSION zstd)");
    if (lent->failure) return *lent->failure;
    if (written->HasError()) return cannot_write(written->GetError());
    return {};
  } catch (const std::exception& e) {
    return cannot_write(e.what());
  }
}

}  // namespace weir::query
