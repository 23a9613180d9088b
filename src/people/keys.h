// Where the records of this folder are, each key once.
//
//   people pool POOL                      UserPool
//   people pools ACCOUNT POOL             index
//   people client CLIENT                  PoolClient
//   people clients POOL CLIENT            index
//   people group POOL NAME                Group
//   people person POOL USERNAME           Person
//   people sign-in POOL SUB ID            SignIn
//   people identity-pool ID               IdentityPool
//   people identity-pools ACCOUNT ID      index
//   people identity ID                    Identity
//   people identities IPOOL POOL SUB      the Identity's id
//   people console ACCOUNT                Console
//   people sign-in-provider ACCOUNT NAME  SignInProvider
//   people passing KIND ID, people ends TIME KIND ID    passing_records.h
//
// Threads: free functions.
#pragma once
#include <string>
#include <string_view>

#include "store/key.h"

namespace weir::people::keys {

template <class... Parts>
std::string of(const Parts&... parts) {
  return store::key("people", parts...);
}

}  // namespace weir::people::keys
