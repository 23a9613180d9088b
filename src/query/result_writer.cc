#include "query/result_writer.h"

#include <algorithm>
#include <cmath>

#include "base/json.h"
#include "base/text.h"
#include "query/rows_state.h"

namespace weir::query {
namespace {

using duckdb::LogicalTypeId;
using duckdb::Value;

constexpr size_t kCellWidthMax = 60;

using TextRow = std::vector<std::string>;

// Control characters would break the lines apart.
std::string shown(const std::optional<std::string>& cell) {
  std::string text = cell.value_or("NULL");
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 32 || c == 127; }, ' ');
  return text;
}

std::string padded(const std::string& text, size_t width) {
  auto length = base::utf8_length(text);
  return text + std::string(width > length ? width - length : 0, ' ');
}

std::string line(const TextRow& row, const std::vector<size_t>& widths) {
  std::string text;
  for (size_t i = 0; i < row.size(); ++i)
    text += (i ? " | " : "") + (i + 1 < row.size() ? padded(row[i], widths[i]) : row[i]);
  return text + "\n";
}

std::string rule(const std::vector<size_t>& widths) {
  std::string text;
  for (size_t i = 0; i < widths.size(); ++i) text += (i ? "-+-" : "") + std::string(widths[i], '-');
  return text + "\n";
}

void widen(std::vector<size_t>& widths, const TextRow& row) {
  for (size_t i = 0; i < row.size(); ++i)
    widths[i] = std::max(widths[i], std::min(base::utf8_length(row[i]), kCellWidthMax));
}

std::vector<TextRow> shown_rows(const std::vector<std::vector<std::optional<std::string>>>& batch) {
  std::vector<TextRow> rows;
  for (auto& cells : batch) {
    auto& row = rows.emplace_back();
    for (auto& cell : cells) row.push_back(shown(cell));
  }
  return rows;
}

std::string csv_cell(const std::string& text) {
  bool plain = !text.empty() && text.find_first_of(",\"\r\n") == std::string::npos;
  if (plain) return text;
  std::string quoted = "\"";
  for (char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

void put_json(base::JsonWriter& json, const Value& value);

void put_struct(base::JsonWriter& json, const Value& value) {
  auto& fields = duckdb::StructType::GetChildTypes(value.type());
  auto& children = duckdb::StructValue::GetChildren(value);
  json.begin_object();
  for (size_t i = 0; i < children.size(); ++i) {
    json.key(fields[i].first);
    put_json(json, children[i]);
  }
  json.end_object();
}

// Keys of a map are texts in JSON, whatever they were.
void put_map(base::JsonWriter& json, const Value& value) {
  json.begin_object();
  for (auto& entry : duckdb::MapValue::GetChildren(value)) {
    auto& pair = duckdb::StructValue::GetChildren(entry);
    json.key(pair[0].ToString());
    put_json(json, pair[1]);
  }
  json.end_object();
}

void put_list(base::JsonWriter& json, const duckdb::vector<Value>& children) {
  json.begin_array();
  for (auto& child : children) put_json(json, child);
  json.end_array();
}

void put_json(base::JsonWriter& json, const Value& value) {
  if (value.IsNull()) return json.null();
  switch (value.type().id()) {
    case LogicalTypeId::BOOLEAN: return json.boolean(value.GetValue<bool>());
    case LogicalTypeId::TINYINT:
    case LogicalTypeId::SMALLINT:
    case LogicalTypeId::INTEGER:
    case LogicalTypeId::BIGINT:
    case LogicalTypeId::UTINYINT:
    case LogicalTypeId::USMALLINT:
    case LogicalTypeId::UINTEGER: return json.integer(value.GetValue<int64_t>());
    case LogicalTypeId::UBIGINT:
    case LogicalTypeId::HUGEINT:
    case LogicalTypeId::UHUGEINT:
    case LogicalTypeId::DECIMAL: return json.raw(value.ToString());
    case LogicalTypeId::FLOAT:
    case LogicalTypeId::DOUBLE: return json.number(value.GetValue<double>());
    case LogicalTypeId::LIST: return put_list(json, duckdb::ListValue::GetChildren(value));
    case LogicalTypeId::ARRAY: return put_list(json, duckdb::ArrayValue::GetChildren(value));
    case LogicalTypeId::STRUCT: return put_struct(json, value);
    case LogicalTypeId::MAP: return put_map(json, value);
    default: return json.string(value.ToString());
  }
}

void put_row(base::JsonWriter& json, const Rows& rows, const duckdb::DataChunk& chunk, size_t row) {
  json.begin_object();
  for (size_t column = 0; column < chunk.ColumnCount(); ++column) {
    json.key(rows.columns()[column].name);
    put_json(json, chunk.GetValue(column, row));
  }
  json.end_object();
}

}  // namespace

base::Status write_table(Rows& rows, base::ByteSink& out) {
  TextRow header;
  for (auto& column : rows.columns()) header.push_back(shown(column.name));
  std::vector<size_t> widths(header.size(), 0);
  widen(widths, header);
  WEIR_TRY(auto batch, rows.next());
  for (auto& row : shown_rows(batch)) widen(widths, row);  // the first rows settle the widths
  WEIR_CHECK_OK(out.write(line(header, widths) + rule(widths)));
  size_t count = 0;
  while (!batch.empty()) {
    std::string text;
    for (auto& row : shown_rows(batch)) text += line(row, widths);
    WEIR_CHECK_OK(out.write(text));
    count += batch.size();
    WEIR_TRY(batch, rows.next());
  }
  return out.write("(" + std::to_string(count) + (count == 1 ? " row)\n" : " rows)\n"));
}

base::Status write_csv(Rows& rows, base::ByteSink& out) {
  std::string text;
  for (size_t i = 0; i < rows.columns().size(); ++i) text += (i ? "," : "") + csv_cell(rows.columns()[i].name);
  text += "\r\n";
  for (;;) {
    WEIR_CHECK_OK(out.write(text));
    WEIR_TRY(auto batch, rows.next());
    if (batch.empty()) return {};
    text.clear();
    for (auto& row : batch) {
      for (size_t i = 0; i < row.size(); ++i) text += (i ? "," : "") + (row[i] ? csv_cell(*row[i]) : std::string());
      text += "\r\n";
    }
  }
}

base::Status write_json(Rows& rows, base::ByteSink& out) {
  std::string text = "[";
  bool first = true;
  for (;;) {
    WEIR_TRY(auto chunk, rows.state().next_chunk());
    if (!chunk) break;
    for (size_t row = 0; row < chunk->size(); ++row) {
      text += first ? "\n" : ",\n";
      first = false;
      base::JsonWriter json(text);
      put_row(json, rows, *chunk, row);
    }
    WEIR_CHECK_OK(out.write(text));
    text.clear();
  }
  return out.write(text + "\n]\n");
}

}  // namespace weir::query
