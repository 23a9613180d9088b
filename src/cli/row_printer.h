// Rows as a table for people, or as CSV or JSON for programs. Streams: only `table` looks ahead, at the first batch, for
// the widths of its columns.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "query/engine.h"

namespace weir::cli {

using RowBatch = std::vector<std::vector<std::optional<std::string>>>;

class RowPrinter {
 public:
  virtual ~RowPrinter() = default;
  virtual base::Status print(const RowBatch& rows) = 0;
  virtual base::Status finish() = 0;

  // `format`: table, csv or json. `output`: a file's path, or empty for standard output.
  static base::Result<std::unique_ptr<RowPrinter>> make(const std::string& format, std::vector<query::ResultColumn> columns,
                                                        const std::string& output);
};

}  // namespace weir::cli
