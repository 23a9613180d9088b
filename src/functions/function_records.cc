#include "functions/function_records.h"

#include "store/key.h"
#include "store/record_access.h"

namespace weir::functions {
namespace {

constexpr std::string_view kNoun = "lambda-function";

std::string all_of(std::string_view account) { return store::key(kNoun, account); }
std::string key_of(std::string_view account, std::string_view name) { return store::key(kNoun, account, name); }

}  // namespace

std::string every_function() { return store::key(kNoun); }

base::Result<std::optional<Function>> FunctionRecords::find(std::string_view account, std::string_view name) {
  return store::load<Function>(tx_, key_of(account, name));
}

base::Result<std::vector<Function>> FunctionRecords::all(std::string_view account) {
  WEIR_TRY(auto entries, tx_.scan(store::prefix_range(all_of(account)), kFunctionsMax));
  std::vector<Function> out;
  for (const auto& entry : entries) {
    WEIR_TRY(auto function, base::decode_record<Function>(entry.value));
    out.push_back(std::move(function));
  }
  return out;
}

base::Status FunctionRecords::put(const Function& function) {
  return store::save(tx_, key_of(function.account, function.name), function);
}

base::Status FunctionRecords::erase(const Function& function) {
  return tx_.erase(key_of(function.account, function.name));
}

}  // namespace weir::functions
