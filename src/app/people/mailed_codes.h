// Codes that are mailed to people who forgot their password: eight digits that count for one hour, once, and while the
// address they went to is the person's.
//
// Threads: as the Call.
#pragma once
#include <string>

#include "app/call.h"
#include "people/person.h"
#include "people/user_pool.h"

namespace weir::app {

// Puts a new code into the record, in place of an earlier one, and the mail into the outbox.
base::Status mail_fresh_code(Call& call, store::Transaction& tx, const people::UserPool& pool, people::Person& person);

// precondition_failed or expired about "code".
base::Status check_mailed_code(Call& call, const people::UserPool& pool, const people::Person& person,
                               const std::string& code);

}  // namespace weir::app
