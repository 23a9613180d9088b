#include "query/table_format.h"

#include <optional>

#include "base/text.h"

namespace weir::query {
namespace {

std::optional<std::string> value_of(const Parameters& parameters, const char* name) {
  auto found = parameters.find(name);
  if (found == parameters.end()) return std::nullopt;
  return found->second;
}

// Hive writes a separator as itself, as an escape ("\t", "\u0001") or as the decimal number of a control
// character.
std::optional<char> character(const std::string& text) {
  if (text.size() == 1) return text[0];
  if (text == "\\t") return '\t';
  if (text == "\\\\") return '\\';
  if (text == "\\\"") return '"';
  bool unicode = text.size() == 6 && (text.starts_with("\\u") || text.starts_with("\\U"));
  if (unicode) {
    auto bytes = base::unhex(std::string_view(text).substr(2));
    if (bytes.ok() && (*bytes)[0] == 0 && static_cast<unsigned char>((*bytes)[1]) < 0x80) return (*bytes)[1];
    return std::nullopt;
  }
  auto number = base::parse_int(text);
  if (number.ok() && *number >= 0 && *number < 128) return static_cast<char>(*number);
  return std::nullopt;
}

base::Result<std::optional<char>> read_character(const Parameters& parameters, const char* name,
                                                 std::optional<char> otherwise) {
  auto text = value_of(parameters, name);
  if (!text || text->empty()) return otherwise;
  auto parsed = character(*text);
  if (!parsed)
    return base::fail(base::Kind::unsupported, std::string("SerDe parameter ") + name + " must be one ASCII character.",
                      "serde");
  return parsed;
}

base::Result<unsigned> header_lines(const Parameters& serde, const Parameters& table) {
  auto text = value_of(table, "skip.header.line.count");
  if (!text) text = value_of(serde, "skip.header.line.count");
  if (!text) return 0U;
  auto lines = base::parse_int(*text);
  if (lines.ok() && *lines >= 0 && *lines <= 1000) return static_cast<unsigned>(*lines);
  return base::fail(base::Kind::unsupported, "skip.header.line.count must be a number from 0 to 1000.", "serde");
}

base::Result<TextShape> lazy_simple(const Parameters& serde) {
  TextShape shape;
  WEIR_TRY(auto fallback, read_character(serde, "serialization.format", shape.separator));
  WEIR_TRY(auto separator, read_character(serde, "field.delim", fallback));
  WEIR_TRY(shape.escape, read_character(serde, "escape.delim", std::nullopt));
  shape.separator = *separator;
  shape.null_text = value_of(serde, "serialization.null.format").value_or("\\N");
  return shape;
}

base::Result<TextShape> open_csv(const Parameters& serde) {
  TextShape shape;
  WEIR_TRY(auto separator, read_character(serde, "separatorChar", ','));
  WEIR_TRY(shape.quote, read_character(serde, "quoteChar", '"'));
  WEIR_TRY(shape.escape, read_character(serde, "escapeChar", '\\'));
  shape.separator = *separator;
  return shape;
}

}  // namespace

base::Result<TableFormat> table_format(std::string_view serde_library, const Parameters& serde,
                                       const Parameters& table) {
  auto dot = serde_library.rfind('.');
  auto serde_class = base::to_lower(dot == std::string_view::npos ? serde_library : serde_library.substr(dot + 1));
  TableFormat format;
  if (serde_class == "parquethiveserde") return format;
  if (serde_class == "jsonserde") {
    format.format = FileFormat::json;
    return format;
  }
  bool quoted = serde_class == "opencsvserde";
  if (!quoted && serde_class != "lazysimpleserde")
    return base::fail(base::Kind::unsupported,
                      "Tables of SerDe " + std::string(serde_library.substr(0, 200)) + " cannot be queried.", "serde");
  format.format = FileFormat::csv;
  WEIR_TRY(format.text, quoted ? open_csv(serde) : lazy_simple(serde));
  WEIR_TRY(format.text.header_lines, header_lines(serde, table));
  return format;
}

}  // namespace weir::query
