// Functions in the store, by account and name.
//
// Threads: as the transaction.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "functions/function.h"
#include "store/store.h"

namespace weir::functions {

// What the keys of the records of every account begin with.
std::string every_function();

class FunctionRecords {
 public:
  explicit FunctionRecords(store::Transaction& tx) : tx_(tx) {}

  base::Result<std::optional<Function>> find(std::string_view account, std::string_view name);
  // In the order of their names; there are kFunctionsMax at most.
  base::Result<std::vector<Function>> all(std::string_view account);
  base::Status put(const Function& function);
  base::Status erase(const Function& function);

 private:
  store::Transaction& tx_;
};

}  // namespace weir::functions
