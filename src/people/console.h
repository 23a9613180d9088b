// By which user pool, client and identity pool people of an account sign in to the console, and the record that says so.
//
// INVARIANT: an account has one console at most. Which pools are its, this record says, and no name.
//
// Threads: a value; the records as the transaction.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/record.h"
#include "base/result.h"
#include "store/store.h"

namespace weir::people {

struct Console {
  std::string account;
  std::string user_pool;
  std::string client;
  std::string identity_pool;
};
WEIR_RECORD(Console, FIELD("Account", &Console::account), FIELD("UserPool", &Console::user_pool),
            FIELD("Client", &Console::client), FIELD("IdentityPool", &Console::identity_pool))

class ConsoleRecords {
 public:
  explicit ConsoleRecords(store::Transaction& tx) : tx_(tx) {}

  base::Result<std::optional<Console>> find(std::string_view account);
  base::Status put(const Console& console);
  base::Status erase(const Console& console);

 private:
  store::Transaction& tx_;
};

// not_found about "console".
base::Error no_console();

}  // namespace weir::people
