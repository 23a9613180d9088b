// What a record of the audit trail says, in words that searches, explanations and summaries share.
//
// Threads: pure.
#pragma once
#include <string>
#include <string_view>

#include "base/json.h"

namespace weir::app {

// record[member][name]; empty when there is no such text.
std::string text_in(const base::Json& record, std::string_view member, std::string_view name);

// Whether something was refused; its decision id then is in additionalEventData.
bool is_denial(const base::Json& record);

// Who it was as Lake Formation knows it. Of another account's caller the owner is told the id, and not the name
// (owners_half.h).
std::string who_of(const base::Json& record);

// The table it was about, "database.table"; of another account's with the account before it. Empty: about none.
std::string table_of(const base::Json& record);

}  // namespace weir::app
