// From a table's SerDe, as the catalog stores it, to how its files are read.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "query/lake_access.h"

namespace weir::query {

struct TableFormat {
  FileFormat format = FileFormat::parquet;
  TextShape text;
};

using Parameters = std::map<std::string, std::string>;

// Known: the Parquet SerDe, LazySimpleSerDe, OpenCSVSerde, the Hive, OpenX and Amazon JSON SerDes; else
// Kind::unsupported. `skip.header.line.count` is a table parameter, the rest are the SerDe's.
base::Result<TableFormat> table_format(std::string_view serde_library, const Parameters& serde,
                                       const Parameters& table);

}  // namespace weir::query
