#include "app/functions.h"

#include "app/resource_links.h"
#include "base/text.h"
#include "catalog/functions.h"
#include "permissions/visibility.h"

namespace weir::app {
namespace {

using permissions::Privilege;

std::string arn_of(const Call& call, const FunctionName& name) {
  auto account = names::AccountId::parse(name.database.catalog);
  if (!account) return "*";
  return names::function_arn(call.lake().region, *account, name.database.database, base::to_lower(name.function));
}

Ask ask_about(const Call& call, std::string_view action, const FunctionName& name) {
  return {std::string(action), arn_of(call, name), name.database.catalog};
}

// The function's name with its database's own: a resource link to a database is followed.
base::Result<FunctionName> authorize(Call& call, std::string_view action, FunctionName name, Privilege privilege) {
  call.about("functionName", name.function);
  WEIR_TRY(auto followed, follow(call, ask_about(call, action, name), name.database));
  name.database = followed.name;
  WEIR_CHECK_OK(authorize_database(call, ask_about(call, action, name), followed, privilege));
  return name;
}

base::Status authorize_list(Call& call, FunctionQuery& query) {
  constexpr const char* action = "glue:GetUserDefinedFunctions";
  if (!query.database) return call.authorize({action, catalog_arn(call, query.catalog), query.catalog});
  auto name = database_name(query.catalog, *query.database);
  WEIR_TRY(auto followed, follow(call, {action, app::arn_of(call, name), name.catalog}, name));
  Ask ask{action, app::arn_of(call, followed.name), followed.name.catalog};
  WEIR_CHECK_OK(authorize_database(call, ask, followed, Privilege::describe));
  query.catalog = followed.name.catalog;
  query.database = followed.name.database;
  return {};
}

}  // namespace

base::Status create_function(Call& call, catalog::UserDefinedFunction function) {
  FunctionName name{database_name(function.catalog_id, function.database_name), function.function_name};
  WEIR_TRY(name, authorize(call, "glue:CreateUserDefinedFunction", name, Privilege::create_table));
  function.catalog_id = name.database.catalog;
  function.database_name = name.database.database;
  function.create_time = call.now();
  return store::write(call.lake().store,
                      [&](store::Transaction& tx) { return catalog::Functions(tx).create(function); });
}

base::Status update_function(Call& call, const FunctionName& asked, catalog::UserDefinedFunction function) {
  WEIR_TRY(auto name, authorize(call, "glue:UpdateUserDefinedFunction", asked, Privilege::alter));
  function.catalog_id = name.database.catalog;
  function.database_name = name.database.database;
  return store::write(call.lake().store,
                      [&](store::Transaction& tx) { return catalog::Functions(tx).update(name.function, function); });
}

base::Status delete_function(Call& call, const FunctionName& asked) {
  WEIR_TRY(auto name, authorize(call, "glue:DeleteUserDefinedFunction", asked, Privilege::drop));
  return store::write(call.lake().store, [&](store::Transaction& tx) {
    return catalog::Functions(tx).erase(name.database.catalog, name.database.database, name.function);
  });
}

base::Result<catalog::UserDefinedFunction> get_function(Call& call, const FunctionName& asked) {
  WEIR_TRY(auto name, authorize(call, "glue:GetUserDefinedFunction", asked, Privilege::describe));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return catalog::Functions(*tx).get(name.database.catalog, name.database.database, name.function);
}

base::Result<catalog::Page<catalog::UserDefinedFunction>> get_functions(Call& call, FunctionQuery query) {
  WEIR_TRY(auto names, catalog::NamePattern::parse(query.pattern));
  WEIR_CHECK_OK(authorize_list(call, query));
  permissions::Visibility visible(call.lake_caller(query.catalog), call.state().permissions(query.catalog));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return catalog::Functions(*tx).list(query.catalog, query.database, names, query.page,
                                      [&](const catalog::UserDefinedFunction& function) {
                                        bool of_type = !query.type || function.function_type == query.type;
                                        return of_type && (query.database || visible.database(function.database_name));
                                      });
}

}  // namespace weir::app
