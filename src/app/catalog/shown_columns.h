// What of a table's description its caller is shown: every column, or only those it may select or describe.
//
// Who sees only some columns sees nothing else that would tell of the others: statistics, sort orders,
// view texts and the properties engines copy schemas into are left out (lakeformation.md 7.25).
#pragma once
#include <memory>
#include <string_view>

#include "catalog/table.h"
#include "permissions/decide.h"

namespace weir::app {

class ShownColumns {
 public:
  // Outlived by the decision.
  explicit ShownColumns(const permissions::Decision& decision) : decision_(decision) {}

  bool everything() const { return decision_.full_schema || decision_.view.all_columns; }
  bool shows(std::string_view column) const;
  // The column's data in every row of the table: what a statistic is made of.
  bool shows_all_data_of(std::string_view column) const;

  // The same table when everything is shown.
  std::shared_ptr<const catalog::Table> of(std::shared_ptr<const catalog::Table> table) const;
  void limit(catalog::Table& table) const;
  void limit(catalog::StorageDescriptor& storage) const;
  // Leaves of a struct's type what is visible of it; false when the column is not shown at all.
  bool limit(catalog::Column& column) const;

 private:
  const permissions::VisibleColumn* find(std::string_view column) const;
  // May be described, whether or not its data is visible: a policy over LF-Tags matches it.
  bool is_described(std::string_view column) const;
  const permissions::Decision& decision_;
};

// Whether a property of that name may carry a schema.
bool may_tell_schema(std::string_view property);

}  // namespace weir::app
