// Data cells filters: named choices of columns and rows, to be granted (lakeformation.md 3).
#pragma once
#include <optional>
#include <string>

#include "app/call.h"
#include "permissions/records.h"

namespace weir::app {

// Making, changing and deleting a filter takes what granting the table does: SELECT with grant option on all of it, or an
// administrator. Reading takes the same.
//
// On a table of another account: the caller's account makes filters of its own, within the columns that came to it with
// grant option, and by rows that it sees; nobody but the account finds them. Its administrators may list, read and delete
// them whatever is shared by now.
base::Status create_filter(Call& call, const permissions::FilterInput& input);
base::Result<permissions::DataCellsFilter> get_filter(Call& call, const permissions::Resource& filter);
// `version_id`: the version the caller changed; another one there is Kind::concurrent.
base::Status update_filter(Call& call, const permissions::FilterInput& input,
                           const std::optional<std::string>& version_id);
base::Status delete_filter(Call& call, const permissions::Resource& filter);
base::Result<permissions::Page<permissions::DataCellsFilter>> list_filters(
    Call& call, const std::string& catalog, const std::optional<permissions::Resource>& table, const std::string& token,
    size_t limit);

}  // namespace weir::app
