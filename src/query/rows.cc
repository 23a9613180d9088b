#include "query/engine.h"
#include "query/instance.h"
#include "query/rows_state.h"

namespace weir::query {
namespace {

std::vector<std::optional<std::string>> cells(const duckdb::DataChunk& chunk, size_t row) {
  std::vector<std::optional<std::string>> result;
  for (size_t column = 0; column < chunk.ColumnCount(); ++column) {
    auto value = chunk.GetValue(column, row);
    result.push_back(value.IsNull() ? std::nullopt : std::optional<std::string>(value.ToString()));
  }
  return result;
}

}  // namespace

RowsState::RowsState(std::shared_ptr<Instance> of, std::shared_ptr<QueryRun> started)
    : instance(std::move(of)), run(std::move(started)), connection(instance->connect(run)) {
  instance->started(*this);
}

RowsState::~RowsState() {
  cancel.reset();
  instance->ended(*this);
  result.reset();
}

base::Error RowsState::told(const duckdb::ErrorData& error, Stage stage) {
  auto type = error.Type();
  if (type == duckdb::ExceptionType::INTERNAL || type == duckdb::ExceptionType::FATAL) instance->mark_spent();
  if (out_of_memory)
    return base::fail(base::Kind::limit_exceeded, "The query needs more memory than it may use.", "query");
  if (auto failure = run->failure()) return *failure;
  return error_of(error, stage);
}

base::Result<duckdb::unique_ptr<duckdb::DataChunk>> RowsState::next_chunk() {
  try {
    auto chunk = result->Fetch();
    if (result->HasError()) return told(result->GetErrorObject(), Stage::running);
    if (chunk && chunk->size() == 0) chunk.reset();
    return chunk;
  } catch (const std::exception& e) {
    return told(duckdb::ErrorData(e), Stage::running);
  }
}

Rows::Rows(std::unique_ptr<RowsState> state) : state_(std::move(state)) {}
Rows::Rows(Rows&&) noexcept = default;
Rows& Rows::operator=(Rows&&) noexcept = default;
Rows::~Rows() = default;

const std::vector<ResultColumn>& Rows::columns() const { return state_->columns; }

base::Result<std::vector<std::vector<std::optional<std::string>>>> Rows::next() {
  WEIR_TRY(auto chunk, state_->next_chunk());
  std::vector<std::vector<std::optional<std::string>>> rows;
  if (!chunk) return rows;
  for (size_t row = 0; row < chunk->size(); ++row) rows.push_back(cells(*chunk, row));
  return rows;
}

base::Status Rows::each(const std::function<bool(std::vector<std::optional<std::string>> row)>& take) {
  for (;;) {
    WEIR_TRY(auto chunk, state_->next_chunk());
    if (!chunk) return {};
    for (size_t row = 0; row < chunk->size(); ++row)
      if (!take(cells(*chunk, row))) return {};
  }
}

}  // namespace weir::query
