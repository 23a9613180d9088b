// Whether what the data sharing sample is asked to share holds personal data, by every mark there is (requests/
// sensitivity.h) and not only by those that the sample looks at. For who wants that: STRICT_FLAGS in the environment
// of GetTableDetails.
//
// Threads: any.
#pragma once
#include <string>

#include "app/functions/invocation.h"
#include "app/lake.h"

namespace weir::app {

// Every value but "false" asks for it: a word that was misspelt must not open anything.
bool asks_for_strict_flags(const functions::Environment& environment);

// A JSON boolean. `table` may be "*". For whoever was let see the database and the table: nothing is authorised here.
base::Result<Invoked> strict_pii(const Lake& lake, const std::string& account, const std::string& database,
                                 const std::string& table);

}  // namespace weir::app
