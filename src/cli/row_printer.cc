#include "cli/row_printer.h"

#include <algorithm>
#include <cstdio>

#include "base/json.h"
#include "base/text.h"

namespace weir::cli {
namespace {

using query::ResultColumn;

class Output {
 public:
  static base::Result<Output> open(const std::string& path) {
    if (path.empty()) return Output(stdout);
    auto* file = std::fopen(path.c_str(), "wb");
    if (!file) return base::invalid("cannot write " + path, "output");
    return Output(file);
  }
  Output(Output&& other) noexcept : file_(std::exchange(other.file_, nullptr)) {}
  ~Output() {
    if (file_ && file_ != stdout) std::fclose(file_);
  }
  base::Status write(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) return base::invalid("the output cannot be written", "output");
    return {};
  }
  base::Status flush() { return std::fflush(file_) == 0 ? base::Status() : base::invalid("the output cannot be written", "output"); }

 private:
  explicit Output(FILE* file) : file_(file) {}
  FILE* file_;
};

class CsvPrinter final : public RowPrinter {
 public:
  CsvPrinter(Output output, std::vector<ResultColumn> columns) : output_(std::move(output)) {
    for (size_t i = 0; i < columns.size(); ++i) header_ += (i ? "," : "") + quoted(columns[i].name);
    header_ += '\n';
  }
  base::Status print(const RowBatch& rows) override {
    std::string text = std::exchange(header_, {});
    for (const auto& row : rows) {
      for (size_t i = 0; i < row.size(); ++i) text += (i ? "," : "") + (row[i] ? quoted(*row[i]) : "");
      text += '\n';
    }
    return output_.write(text);
  }
  base::Status finish() override {
    WEIR_CHECK_OK(output_.write(std::exchange(header_, {})));
    return output_.flush();
  }

 private:
  // An empty text is quoted, so that it differs from NULL.
  static std::string quoted(const std::string& cell) {
    if (!cell.empty() && cell.find_first_of(",\"\n\r") == std::string::npos) return cell;
    std::string out = "\"";
    for (char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
  }
  Output output_;
  std::string header_;
};

bool is_number(const std::string& type) {
  for (std::string_view name : {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "FLOAT",
                                "DOUBLE", "DECIMAL", "HUGEINT"})
    if (type.starts_with(name)) return true;
  return false;
}

class JsonPrinter final : public RowPrinter {
 public:
  JsonPrinter(Output output, std::vector<ResultColumn> columns) : output_(std::move(output)), columns_(std::move(columns)) {}
  base::Status print(const RowBatch& rows) override {
    std::string text;
    for (const auto& row : rows) {
      text += std::exchange(any_, true) ? ",\n" : "[";
      base::JsonWriter out(text);
      out.begin_object();
      for (size_t i = 0; i < row.size(); ++i) {
        out.key(columns_[i].name);
        cell(out, columns_[i].type, row[i]);
      }
      out.end_object();
    }
    return output_.write(text);
  }
  base::Status finish() override {
    WEIR_CHECK_OK(output_.write(any_ ? "]\n" : "[]\n"));
    return output_.flush();
  }

 private:
  // Numbers as they are; what JSON cannot say as a number (NaN, a huge integer's digits are fine) as text.
  static void cell(base::JsonWriter& out, const std::string& type, const std::optional<std::string>& value) {
    if (!value) return out.null();
    if (type == "BOOLEAN") return out.boolean(*value == "true");
    if (is_number(type) && value->find_first_not_of("0123456789+-.eE") == std::string::npos) return out.raw(*value);
    out.string(*value);
  }
  Output output_;
  std::vector<ResultColumn> columns_;
  bool any_ = false;
};

class TablePrinter final : public RowPrinter {
 public:
  TablePrinter(Output output, std::vector<ResultColumn> columns) : output_(std::move(output)), columns_(std::move(columns)) {
    for (const auto& column : columns_) widths_.push_back(base::utf8_length(column.name));
  }
  base::Status print(const RowBatch& rows) override {
    std::string text;
    if (!std::exchange(begun_, true)) text = begin(rows);
    for (const auto& row : rows) {
      for (size_t i = 0; i < row.size(); ++i) text += cell(i, row[i] ? printable(*row[i]) : "NULL", is_number(columns_[i].type));
      text += "\n";
    }
    count_ += rows.size();
    return output_.write(text);
  }
  base::Status finish() override {
    if (!begun_) WEIR_CHECK_OK(print({}));
    WEIR_CHECK_OK(output_.write("(" + std::to_string(count_) + (count_ == 1 ? " row)\n" : " rows)\n")));
    return output_.flush();
  }

 private:
  std::string begin(const RowBatch& rows) {
    for (const auto& row : rows)
      for (size_t i = 0; i < row.size(); ++i)
        widths_[i] = std::min<size_t>(60, std::max(widths_[i], row[i] ? base::utf8_length(printable(*row[i])) : 4));
    std::string text, line;
    for (size_t i = 0; i < columns_.size(); ++i) {
      text += cell(i, columns_[i].name, false);
      line += (i ? "-+-" : "") + std::string(widths_[i], '-');
    }
    return text + "\n" + line + "\n";
  }
  std::string cell(size_t column, const std::string& text, bool right) const {
    size_t length = base::utf8_length(text);
    std::string pad(length < widths_[column] ? widths_[column] - length : 0, ' ');
    return (column ? " | " : "") + (right ? pad + text : text + pad);
  }
  // A terminal must not obey what the data says.
  static std::string printable(std::string text) {
    std::replace_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
    return text;
  }
  Output output_;
  std::vector<ResultColumn> columns_;
  std::vector<size_t> widths_;
  bool begun_ = false;
  size_t count_ = 0;
};

}  // namespace

base::Result<std::unique_ptr<RowPrinter>> RowPrinter::make(const std::string& format, std::vector<ResultColumn> columns,
                                                           const std::string& output) {
  WEIR_TRY(auto out, Output::open(output));
  std::unique_ptr<RowPrinter> printer;
  if (format == "csv") {
    printer = std::make_unique<CsvPrinter>(std::move(out), std::move(columns));
  } else if (format == "json") {
    printer = std::make_unique<JsonPrinter>(std::move(out), std::move(columns));
  } else {
    printer = std::make_unique<TablePrinter>(std::move(out), std::move(columns));
  }
  return printer;
}

}  // namespace weir::cli
