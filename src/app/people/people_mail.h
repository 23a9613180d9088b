// What a user pool mails to its people.
//
// Threads: as the transaction.
#pragma once
#include <string>

#include "app/lake.h"
#include "people/person.h"
#include "people/user_pool.h"

namespace weir::app {

// To the address in the person's attributes. Kind::invalid about "mail" when it is none.
base::Status mail_invitation(Lake& lake, store::Transaction& tx, const people::UserPool& pool,
                             const people::Person& person, const base::Secret& password);
base::Status mail_code(Lake& lake, store::Transaction& tx, const people::UserPool& pool, const people::Person& person,
                       const std::string& code);

}  // namespace weir::app
