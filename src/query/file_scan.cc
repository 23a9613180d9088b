#include "query/file_scan.h"

#include "base/text.h"
#include "duckdb/common/vector_operations/vector_operations.hpp"
#include "duckdb/planner/expression/bound_cast_expression.hpp"
#include "duckdb/planner/expression/bound_conjunction_expression.hpp"
#include "duckdb/planner/expression/bound_constant_expression.hpp"
#include "duckdb/planner/expression/bound_reference_expression.hpp"
#include "query/partial_struct.h"

namespace weir::query {
namespace {

using duckdb::Value;
using ExpressionPtr = duckdb::unique_ptr<duckdb::Expression>;

ExpressionPtr constant(Value value) { return duckdb::make_uniq<duckdb::BoundConstantExpression>(std::move(value)); }

ExpressionPtr both(ExpressionPtr left, ExpressionPtr right) {
  if (!left) return right;
  return duckdb::make_uniq<duckdb::BoundConjunctionExpression>(duckdb::ExpressionType::CONJUNCTION_AND, std::move(left),
                                                               std::move(right));
}

constexpr std::string_view kHiveNull = "__HIVE_DEFAULT_PARTITION__";

Value partition_value(const ScanColumn& column, const DataFile& file) {
  if (column.position >= file.partition_values.size()) return Value(column.type);
  auto& text = file.partition_values[column.position];
  Value value;
  std::string error;
  bool present = text && *text != kHiveNull && Value(*text).DefaultTryCastAs(column.type, value, &error, true);
  return present ? value : Value(column.type);
}

// A copy holds only what it was copied from.
void copy_values(duckdb::Vector& vector, size_t count) {
  duckdb::Vector copy(vector.GetType(), count);
  duckdb::VectorOperations::Copy(vector, copy, count, 0, 0);
  vector.Reference(copy);
}

// Keeps a small dictionary, which makes grouping fast, with NULL for the entries no row of the chunk uses.
bool blank_unused_entries(duckdb::Vector& vector, size_t count) {
  if (vector.GetVectorType() != duckdb::VectorType::DICTIONARY_VECTOR) return false;
  auto entries = duckdb::DictionaryVector::DictionarySize(vector);
  if (!entries.IsValid() || entries.GetIndex() * 2 >= count) return false;
  duckdb::SelectionVector selection(duckdb::DictionaryVector::SelVector(vector));
  std::vector<bool> used(entries.GetIndex(), false);
  for (size_t row = 0; row < count; ++row) used[selection.get_index(row)] = true;
  duckdb::Vector dictionary(vector.GetType(), used.size());
  duckdb::VectorOperations::Copy(duckdb::DictionaryVector::Child(vector), dictionary, used.size(), 0, 0);
  for (size_t entry = 0; entry < used.size(); ++entry)
    if (!used[entry]) duckdb::FlatVector::SetNull(dictionary, entry, true);
  vector.Dictionary(dictionary, used.size(), selection, count);
  return true;
}

void keep_own_values(duckdb::Vector& vector, size_t count) {
  if (vector.GetVectorType() == duckdb::VectorType::CONSTANT_VECTOR && !vector.GetType().IsNested()) return;
  if (vector.GetType().IsNested()) return copy_values(vector, count);
  if (!blank_unused_entries(vector, count)) vector.Flatten(count);
}

// A denial that names what it is about.
base::Error about_table(base::Error error, const ResolvedTable& table) {
  error.says = "Table " + table.display_name() + ": " + error.says;
  error.decision_id = table.governed.decision_id;
  return error;
}

}  // namespace

// The table's columns as expressions over the reader's chunk; asks the reader for what is named.
class FileScan::Values : public ColumnValues {
 public:
  Values(duckdb::ClientContext& context, FileScan& scan) : context_(context), scan_(scan) {}

  ExpressionPtr value(const ScanColumn& column) {
    if (column.partition_key) return constant(partition_value(column, scan_.file_->file));
    auto found = scan_.reader_.find(column);
    if (!found) return constant(Value(column.type));
    size_t place = scan_.reader_.request(found->position);
    ExpressionPtr read = duckdb::make_uniq<duckdb::BoundReferenceExpression>(found->type, place);
    return duckdb::BoundCastExpression::AddCastToType(context_, std::move(read), column.type, true);
  }

  base::Result<ExpressionPtr> value_of(const std::string& name) override {
    auto column = scan_.plan_->table->find(name);
    bool known = column && column->type.id() != duckdb::LogicalTypeId::INVALID;
    if (!known) return base::denied("A data filter cannot be enforced: a column it names is missing.", "data filter");
    return value(*column);
  }

  // What may be seen of the column in a visible row.
  ExpressionPtr visible(const ShownColumn& shown) {
    auto rows = [&](const catalog::Predicate& of) { return predicate(of); };
    auto seen = partial_value(context_, value(scan_.plan_->table->columns[shown.column]), shown.parts, rows);
    return shown.visible_when ? shown_when(predicate(*shown.visible_when), std::move(seen)) : std::move(seen);
  }

  ExpressionPtr predicate(const catalog::Predicate& predicate) {
    auto& table = *scan_.plan_->table;
    auto built = predicate_expression(context_, predicate, *this);
    if (!built.ok()) abort_run(run_of(context_), about_table(std::move(built).error(), table));
    return std::move(built).value();
  }

 private:
  duckdb::ClientContext& context_;
  FileScan& scan_;
};

FileScan::FileScan(std::shared_ptr<const ScanPlan> plan, std::shared_ptr<const OpenableFile> file, size_t ordinal)
    : plan_(std::move(plan)),
      file_(std::move(file)),
      ordinal_(ordinal),
      reader_(*plan_->readers, *plan_->table, *file_) {}

void FileScan::open(duckdb::ClientContext& context) {
  reader_.bind(context);
  Values values(context, *this);
  build_row_filter(values);
  build_values(values);
  build_query_filters();
  reader_.start(context);
}

// True when the reader applies the conjunct to every row.
bool FileScan::push(const catalog::Predicate& conjunct) {
  auto column = conjunct.column.size() == 1 ? plan_->table->find(conjunct.column[0]) : nullptr;
  if (!column || column->partition_key || !reader_.applies_filters()) return false;
  auto found = reader_.find(*column);
  if (!found || found->type != column->type) return false;
  auto pushed = push_conjunct(conjunct, column->type);
  if (!pushed) return false;
  reader_.push_filter(found->position, std::move(pushed->filter));
  return pushed->exact;
}

void FileScan::build_row_filter(Values& values) {
  for (auto& conjunct : conjuncts_of(plan_->table->row_filter))
    if (!push(*conjunct)) row_filter_ = both(std::move(row_filter_), values.predicate(*conjunct));
}

void FileScan::build_values(Values& values) {
  bool hides_rows = !catalog::is_always(plan_->table->row_filter);
  for (size_t i = 0; i < plan_->columns.size(); ++i) {
    hides_.push_back(hides_rows);
    if (plan_->columns[i] == duckdb::COLUMN_IDENTIFIER_EMPTY) {
      values_.push_back(constant(Value(plan_->types[i])));
      continue;
    }
    auto& shown = plan_->table->shown[plan_->columns[i]];
    if (shown.visible_when || shown.parts.fields) hides_.back() = true;
    values_.push_back(values.visible(shown));
  }
}

// Inside the reader a filter sees cells as they are, so the column must have none that are hidden in visible
// rows.
bool FileScan::may_push_on(const ShownColumn& shown, std::optional<FileColumn>& found) const {
  auto& column = plan_->table->columns[shown.column];
  if (shown.visible_when || shown.parts.fields || column.partition_key || !reader_.applies_filters()) return false;
  found = reader_.find(column);
  return found && found->type == column.type;
}

void FileScan::build_query_filters() {
  for (auto& [place, filter] : plan_->filters.filters) {
    auto& shown = plan_->table->shown[plan_->columns[place]];
    std::optional<FileColumn> found;
    auto parts = split_filter(*filter, may_push_on(shown, found));
    for (auto& safe : parts.safe) reader_.push_filter(found->position, std::move(safe));
    duckdb::BoundReferenceExpression column(plan_->types[place], place);
    for (auto& later : parts.afterwards) query_filter_ = both(std::move(query_filter_), later->ToExpression(column));
  }
}

bool FileScan::Cursor::open(duckdb::ClientContext& context, std::shared_ptr<FileScan> scan) {
  if (!reader_.open(context, scan->reader_)) return false;
  scan_ = std::move(scan);
  raw_.Destroy();
  raw_.Initialize(context, scan_->reader_.chunk_types());
  visible_.Destroy();
  visible_.Initialize(context, scan_->plan_->types);
  auto executor = [&](const ExpressionPtr& expression) {
    return expression ? duckdb::make_uniq<duckdb::ExpressionExecutor>(context, *expression) : nullptr;
  };
  row_filter_ = executor(scan_->row_filter_);
  query_filter_ = executor(scan_->query_filter_);
  values_ = duckdb::make_uniq<duckdb::ExpressionExecutor>(context, scan_->values_);
  return true;
}

// Leaves the rows of `chunk` where the filter holds; false when there are none.
bool FileScan::Cursor::keep(duckdb::DataChunk& chunk, duckdb::unique_ptr<duckdb::ExpressionExecutor>& filter) {
  if (!filter) return true;
  auto kept = filter->SelectExpression(chunk, selection_);
  if (kept < chunk.size()) chunk.Slice(selection_, kept);
  return kept > 0;
}

// Replaces every vector that may hold more than the chunk's own values.
void FileScan::Cursor::forget_hidden() {
  for (size_t i = 0; i < visible_.ColumnCount(); ++i)
    if (scan_->hides_[i]) keep_own_values(visible_.data[i], visible_.size());
}

void FileScan::Cursor::next(duckdb::ClientContext& context, duckdb::DataChunk& output) {
  for (;;) {
    if (context.interrupted) throw duckdb::InterruptException();
    reader_.next(context, raw_);
    if (raw_.size() == 0) return output.SetCardinality(0);
    if (!keep(raw_, row_filter_)) continue;
    visible_.Reset();
    values_->Execute(raw_, visible_);
    forget_hidden();
    if (!keep(visible_, query_filter_)) continue;
    for (size_t i = 0; i < output.ColumnCount(); ++i) {
      auto from = scan_->plan_->projection.empty() ? i : scan_->plan_->projection[i];
      output.data[i].Reference(visible_.data[from]);
    }
    return output.SetCardinality(visible_.size());
  }
}

duckdb::idx_t FileScan::Cursor::batch_index(duckdb::ClientContext& context) const {
  return reader_.batch_index(context);
}

}  // namespace weir::query
