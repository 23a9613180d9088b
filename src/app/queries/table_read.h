// What a query read of a table, to be compared later with what its caller may see then.
//
// Threads: as the Call.
#pragma once
#include <optional>
#include <vector>

#include "app/objects/objects.h"
#include "names/arn.h"
#include "permissions/table_view.h"

namespace weir::app {

struct TableRead {
  names::TableName table;  // never a resource link
  std::optional<base::Instant> created = {};
  permissions::TableView view = {};
  std::vector<names::S3Path> vended_at = {};     // places read with credentials of Lake Formation
  std::vector<ObjectName> with_own_rights = {};  // one object of each place that the caller read as itself
};
using TablesRead = std::vector<TableRead>;

// Opens while the caller may still see what was read: the same table, with a view that covers the earlier one, and
// each action that reading it took. Evaluates without a record: it is a gate of a call's own authorize().
std::optional<Refusal> still_shown(Call& call, const TableRead& read);

}  // namespace weir::app
