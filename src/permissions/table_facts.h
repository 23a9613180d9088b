// What the permission model must be told about a table: its schema and its make. The catalog knows.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "catalog/predicate.h"
#include "names/arn.h"

namespace weir::permissions {

struct TableFacts {
  std::vector<catalog::SchemaColumn> columns;  // data columns, then partition keys
  bool is_view = false;
  bool is_link = false;
  std::optional<names::S3Path> place = {};  // where its data lies, if it says so

  const catalog::SchemaColumn* find(std::string_view name) const;  // ignoring ASCII case
};

}  // namespace weir::permissions
