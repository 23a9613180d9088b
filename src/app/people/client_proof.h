// What a client of a user pool has to show and may do: its secret where it has one, the attributes it may write.
//
// Threads: free functions.
#pragma once
#include <string>
#include <vector>

#include "app/people/pool_access.h"
#include "people/person.h"

namespace weir::app {

// SECRET_HASH: base64 of HMAC-SHA256(secret, NAME | client id), for one of the names. unauthenticated otherwise.
base::Status check_secret_hash(const Lake& lake, const ClientOfPool& by, const std::vector<std::string>& names,
                               const std::string& hash);
base::Status check_client_secret(const Lake& lake, const ClientOfPool& by, const std::optional<std::string>& secret);

// Whether people may write that attribute of their own with this client. Attributes of the pool's own are for
// administrators unless the client lists them: roles may depend on them.
base::Status check_own_attribute(const ClientOfPool& by, const std::string& name, const std::string& value);
// An address that was changed is one that nobody has verified.
void set_own_attribute(people::Person& person, const std::string& name, const std::string& value);
// The form of a value, whoever sets it.
base::Status check_attribute(const people::UserPool& pool, const std::string& name, const std::string& value);

}  // namespace weir::app
