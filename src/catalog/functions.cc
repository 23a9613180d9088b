#include "catalog/functions.h"

#include "base/text.h"
#include "catalog/catalog_keys.h"
#include "catalog/databases.h"
#include "catalog/limits.h"
#include "store/record_access.h"

namespace weir::catalog {

base::Status Functions::create(UserDefinedFunction function) {
  WEIR_CHECK_OK(check_function(function));
  function.database_name = base::to_lower(function.database_name);
  function.function_name = base::to_lower(function.function_name);
  WEIR_CHECK_OK(Databases(transaction_).get(function.catalog_id, function.database_name));
  auto key = function_key(function.catalog_id, function.database_name, function.function_name);
  WEIR_TRY(auto there, transaction_.get(key));
  if (there) return base::already_exists("Function already exists.", "function");
  return store::save(transaction_, key, function);
}

base::Result<UserDefinedFunction> Functions::get(std::string_view catalog, std::string_view database,
                                                 std::string_view name) {
  WEIR_TRY(auto found, store::load<UserDefinedFunction>(transaction_, function_key(catalog, database, name)));
  if (!found) return base::not_found("Function " + std::string(name) + " not found.", "function");
  return std::move(*found);
}

base::Status Functions::update(std::string_view name, UserDefinedFunction function) {
  WEIR_CHECK_OK(check_function(function));
  WEIR_TRY(auto there, get(function.catalog_id, function.database_name, name));
  if (base::to_lower(function.function_name) != there.function_name)
    return base::invalid("A function cannot be renamed.", "function");
  function.database_name = there.database_name;
  function.function_name = there.function_name;
  function.create_time = there.create_time;
  return store::save(transaction_, function_key(there.catalog_id, there.database_name, there.function_name), function);
}

base::Status Functions::erase(std::string_view catalog, std::string_view database, std::string_view name) {
  WEIR_CHECK_OK(get(catalog, database, name));
  return transaction_.erase(function_key(catalog, database, name));
}

base::Result<Page<UserDefinedFunction>> Functions::list(std::string_view catalog,
                                                        const std::optional<std::string>& database,
                                                        const NamePattern& names, const PageRequest& request,
                                                        const std::function<bool(const UserDefinedFunction&)>& keep) {
  auto prefix = database ? functions_key(catalog, *database) : functions_key(catalog);
  auto name_fits = [&](std::string_view key_tail) {
    auto parts = store::split_key(key_tail);
    return parts.ok() && !parts->empty() && names.matches(parts->back());
  };
  return list_page<UserDefinedFunction>(transaction_, prefix, store::prefix_range(prefix), request, {name_fits, keep});
}

}  // namespace weir::catalog
