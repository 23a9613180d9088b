// User pools as calls name them: found for who may do what is asked, and for programs that sign people in.
//
// INVARIANT: a pool of another account is one that is not there.
//
// Threads: as the Call.
#pragma once
#include <string>

#include "app/call.h"
#include "people/pool_records.h"

namespace weir::app {

// The IAM gate, then the pool. not_found about "pool" for who may ask.
base::Result<people::UserPool> authorized_pool(Call& call, const std::string& action, const std::string& pool);

// Reads it again where it is changed.
base::Result<people::UserPool> existing_pool(store::Transaction& tx, const Call& call, const std::string& pool);

// A client and its pool, for whoever knows the client's id. not_found about "client", also while the pool's account is
// closed.
struct ClientOfPool {
  people::PoolClient client;
  people::UserPool pool;
};
base::Result<ClientOfPool> find_client(const Call& call, const std::string& client);

// False while it is closed: nobody signs in there.
bool is_open_account(const Call& call, const std::string& account);

// What people do for themselves is recorded in the pool's account: their password or token was the credential.
base::Status record_own_act(Call& call, const people::UserPool& pool, const std::string& username,
                            const std::string& sub);

}  // namespace weir::app
