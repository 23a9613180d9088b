// The console of an account: by which user pool, client and identity pool its people sign in, said by who administers
// the account; and what the page is told before anybody has signed in.
//
// Invariants:
//  1. The pools are the account's own, the client is of the user pool, and the identity pool takes its tokens.
//  2. Before anybody has signed in, an account without a console and one that is not there are the same.
//
// Threads: as the Call.
#pragma once
#include <optional>
#include <string>

#include "app/call.h"
#include "people/console.h"

namespace weir::app {

// `wanted.account` is filled in here. not_found about "pool", "client" or "identity pool".
base::Result<people::Console> put_console(Call& call, people::Console wanted);
// not_found about "console".
base::Result<people::Console> get_console(Call& call);
// People, pools and roles stay; nobody finds the way in any more.
base::Status delete_console(Call& call);

// Region, account, ids of the pools, and the company's providers that people may choose. Nothing where there is no
// console, or its pools are gone, or the account is closed.
base::Result<std::optional<base::Json>> console_configuration(const Lake& lake, const std::string& account);

}  // namespace weir::app
