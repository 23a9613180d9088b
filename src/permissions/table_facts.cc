#include "permissions/table_facts.h"

#include "base/text.h"

namespace weir::permissions {

const catalog::SchemaColumn* TableFacts::find(std::string_view name) const {
  for (const auto& column : columns)
    if (base::equal_ignoring_case(column.name, name)) return &column;
  return nullptr;
}

}  // namespace weir::permissions
