// A TableView in the words of GetUnfilteredTableMetadata, and back: lakeformation.md 3.5.
//
// A struct that is visible in part is not among the authorised columns; each visible part of it is, spelled as
// column_path.h does, and its cell filter bears the same name. Reading gives back the view that was written.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "permissions/table_view.h"

namespace weir::permissions {

struct CellFilter {
  std::string column;  // or a field, spelled alike
  std::string expression;
};

struct EncodedView {
  std::vector<std::string> authorized_columns;  // empty: metadata only, an engine must fail the query
  std::vector<CellFilter> cell_filters;         // every authorised column that is not visible in all rows
  std::optional<std::string> row_filter;        // absent: all rows
};

inline constexpr size_t kFilterTextMax = 2048;

// Fails with limit_exceeded rather than send a text an engine could cut: no text, no access.
base::Result<EncodedView> encode_view(const TableView& view);

// What an engine makes of it. Kind::invalid for what cannot be read or contradicts itself: never a wider view.
// Partition keys are visible with any column.
base::Result<TableView> decode_view(const EncodedView& encoded, const std::vector<catalog::SchemaColumn>& schema);

// The API name of what an engine must support; empty for none.
std::string_view permission_type(EnforcementLevel level);
base::Result<EnforcementLevel> parse_permission_type(std::string_view name);

// type_mismatch unless the engine offers at least what the view needs.
base::Status check_enforceable(const TableView& view, const std::vector<EnforcementLevel>& offered);

}  // namespace weir::permissions
