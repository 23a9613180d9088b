// The console of an empty server: made at the first start, by the operations and with the rights of its account's
// administrator, as `weir console init` makes one.
//
// Threads: called before the server listens.
#pragma once
#include <string>

#include "app/lake.h"
#include "base/secret.h"

namespace weir::server {

inline constexpr std::string_view kFirstPerson = "admin";

// The one-time password of kFirstPerson; nothing here keeps it.
base::Result<base::Secret> make_first_console(app::Lake& lake, const std::string& account);

}  // namespace weir::server
