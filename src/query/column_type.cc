#include "query/column_type.h"

#include <map>

#include "base/text.h"

namespace weir::query {
namespace {

using duckdb::LogicalType;
using duckdb::LogicalTypeId;

constexpr size_t kDepthMax = 32;

base::Error unknown(std::string_view type) {
  return base::fail(base::Kind::unsupported, "Column type " + std::string(type.substr(0, 100)) + " cannot be queried.",
                    "column");
}

// The pieces between separators that stand outside any brackets.
std::vector<std::string_view> split_outside(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  size_t start = 0;
  int depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<' || text[i] == '(') ++depth;
    if (text[i] == '>' || text[i] == ')') --depth;
    if (text[i] != separator || depth != 0) continue;
    pieces.push_back(base::trim(text.substr(start, i - start)));
    start = i + 1;
  }
  pieces.push_back(base::trim(text.substr(start)));
  return pieces;
}

const std::map<std::string_view, LogicalTypeId>& simple_types() {
  static const std::map<std::string_view, LogicalTypeId> types = {
      {"tinyint", LogicalTypeId::TINYINT},
      {"byte", LogicalTypeId::TINYINT},
      {"smallint", LogicalTypeId::SMALLINT},
      {"short", LogicalTypeId::SMALLINT},
      {"int", LogicalTypeId::INTEGER},
      {"integer", LogicalTypeId::INTEGER},
      {"bigint", LogicalTypeId::BIGINT},
      {"long", LogicalTypeId::BIGINT},
      {"float", LogicalTypeId::FLOAT},
      {"real", LogicalTypeId::FLOAT},
      {"double", LogicalTypeId::DOUBLE},
      {"double precision", LogicalTypeId::DOUBLE},
      {"boolean", LogicalTypeId::BOOLEAN},
      {"string", LogicalTypeId::VARCHAR},
      {"char", LogicalTypeId::VARCHAR},
      {"varchar", LogicalTypeId::VARCHAR},
      {"binary", LogicalTypeId::BLOB},
      {"date", LogicalTypeId::DATE},
      {"timestamp", LogicalTypeId::TIMESTAMP},
      {"timestamptz", LogicalTypeId::TIMESTAMP_TZ},
      {"timestamp with local time zone", LogicalTypeId::TIMESTAMP_TZ},
  };
  return types;
}

base::Result<LogicalType> decimal(std::string_view arguments) {
  if (arguments.empty()) return LogicalType::DECIMAL(10, 0);
  auto parts = base::split(arguments, ',');
  auto width = base::parse_int(base::trim(parts[0]));
  auto scale = parts.size() > 1 ? base::parse_int(base::trim(parts[1])) : base::Result<int64_t>(int64_t{0});
  bool fits =
      width.ok() && scale.ok() && parts.size() <= 2 && *width >= 1 && *width <= 38 && *scale >= 0 && *scale <= *width;
  if (!fits) return unknown("decimal(" + std::string(arguments) + ")");
  return LogicalType::DECIMAL(static_cast<uint8_t>(*width), static_cast<uint8_t>(*scale));
}

base::Result<LogicalType> parse(std::string_view text, size_t depth);

base::Result<LogicalType> struct_type(std::string_view fields, size_t depth) {
  duckdb::child_list_t<LogicalType> children;
  for (auto field : split_outside(fields, ',')) {
    auto colon = field.find(':');
    if (colon == std::string_view::npos || colon == 0) return unknown(field);
    WEIR_TRY(auto type, parse(field.substr(colon + 1), depth));
    children.emplace_back(std::string(base::trim(field.substr(0, colon))), std::move(type));
  }
  return LogicalType::STRUCT(std::move(children));
}

base::Result<LogicalType> nested(std::string_view head, std::string_view inside, size_t depth) {
  if (head == "array") {
    WEIR_TRY(auto element, parse(inside, depth));
    return LogicalType::LIST(element);
  }
  if (head == "struct") return struct_type(inside, depth);
  auto parts = split_outside(inside, ',');
  if (head != "map" || parts.size() != 2) return unknown(head);
  WEIR_TRY(auto key, parse(parts[0], depth));
  WEIR_TRY(auto value, parse(parts[1], depth));
  return LogicalType::MAP(std::move(key), std::move(value));
}

base::Result<LogicalType> parse(std::string_view text, size_t depth) {
  text = base::trim(text);
  if (depth > kDepthMax || text.empty()) return unknown(text);
  size_t open = text.find_first_of("<(");
  std::string head = base::to_lower(base::trim(text.substr(0, open)));
  if (open == std::string_view::npos) {
    if (head == "decimal") return decimal({});
    auto simple = simple_types().find(head);
    if (simple == simple_types().end()) return unknown(text);
    return LogicalType(simple->second);
  }
  char close = text[open] == '<' ? '>' : ')';
  if (text.back() != close) return unknown(text);
  auto inside = text.substr(open + 1, text.size() - open - 2);
  if (close == '>') return nested(head, inside, depth + 1);
  if (head == "decimal") return decimal(inside);
  if (head == "char" || head == "varchar") return LogicalType(LogicalTypeId::VARCHAR);
  return unknown(text);
}

}  // namespace

base::Result<LogicalType> column_type(std::string_view hive_type) { return parse(hive_type, 0); }

}  // namespace weir::query
