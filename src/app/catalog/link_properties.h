// A resource link as GetTable, GetDatabase and their lists show it: with the properties of its target, for who may
// describe the target too, and as the bare link for everybody else. Whether the target is hidden, gone, in another
// region or a link itself makes no difference to the answer.
#pragma once
#include "app/catalog/tables.h"

namespace weir::app {

// IAM is asked for glue:GetTable or glue:GetDatabase on the target. What is no link comes back as it is.
ShownTable with_target(const Call& call, ShownTable table);
catalog::Database with_target(const Call& call, catalog::Database database);

}  // namespace weir::app
