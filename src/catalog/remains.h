// What a deleted table leaves behind. Deleting a table makes its partitions, versions, indexes and
// statistics inaccessible at once, because they lie under the serial of a record that is gone; the
// entries themselves are erased here, a bounded number per transaction.
#pragma once
#include "catalog/table.h"
#include "store/store.h"

namespace weir::catalog {

// Notes that `table` is gone and erases the first few of its belongings.
base::Status leave_remains(store::Transaction& transaction, const Table& table);

// Erases up to about `limit` entries of any catalog's gone tables. True when there are more; a server
// calls it now and then, each time in a write transaction of its own.
base::Result<bool> clear_remains(store::Transaction& transaction, size_t limit);

}  // namespace weir::catalog
