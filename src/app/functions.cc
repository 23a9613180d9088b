#include "app/functions.h"

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

base::Status authorize(Call& call, std::string_view action, const FunctionName& name, Privilege privilege) {
  call.about("functionName", name.function);
  Ask ask{std::string(action), arn_of(call, name), name.database.catalog};
  WEIR_CHECK_OK(authorize_database(call, ask, name.database, privilege));
  return {};
}

base::Status authorize_list(Call& call, const FunctionQuery& query) {
  constexpr const char* action = "glue:GetUserDefinedFunctions";
  if (!query.database) return call.authorize({action, catalog_arn(call, query.catalog), query.catalog});
  auto name = database_name(query.catalog, *query.database);
  WEIR_CHECK_OK(authorize_database(call, {action, app::arn_of(call, name), name.catalog}, name, Privilege::describe));
  return {};
}

}  // namespace

base::Status create_function(Call& call, catalog::UserDefinedFunction function) {
  FunctionName name{database_name(function.catalog_id, function.database_name), function.function_name};
  WEIR_CHECK_OK(authorize(call, "glue:CreateUserDefinedFunction", name, Privilege::create_table));
  function.create_time = call.now();
  return store::write(call.lake().store,
                      [&](store::Transaction& tx) { return catalog::Functions(tx).create(function); });
}

base::Status update_function(Call& call, const FunctionName& name, catalog::UserDefinedFunction function) {
  WEIR_CHECK_OK(authorize(call, "glue:UpdateUserDefinedFunction", name, Privilege::alter));
  return store::write(call.lake().store,
                      [&](store::Transaction& tx) { return catalog::Functions(tx).update(name.function, function); });
}

base::Status delete_function(Call& call, const FunctionName& name) {
  WEIR_CHECK_OK(authorize(call, "glue:DeleteUserDefinedFunction", name, Privilege::drop));
  return store::write(call.lake().store, [&](store::Transaction& tx) {
    return catalog::Functions(tx).erase(name.database.catalog, name.database.database, name.function);
  });
}

base::Result<catalog::UserDefinedFunction> get_function(Call& call, const FunctionName& name) {
  WEIR_CHECK_OK(authorize(call, "glue:GetUserDefinedFunction", name, Privilege::describe));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return catalog::Functions(*tx).get(name.database.catalog, name.database.database, name.function);
}

base::Result<catalog::Page<catalog::UserDefinedFunction>> get_functions(Call& call, const FunctionQuery& query) {
  WEIR_TRY(auto names, catalog::NamePattern::parse(query.pattern));
  WEIR_CHECK_OK(authorize_list(call, query));
  permissions::Visibility visible(call.lake_caller(), call.state().permissions(query.catalog));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return catalog::Functions(*tx).list(query.catalog, query.database, names, query.page,
                                      [&](const catalog::UserDefinedFunction& function) {
                                        bool of_type = !query.type || function.function_type == query.type;
                                        return of_type && (query.database || visible.database(function.database_name));
                                      });
}

}  // namespace weir::app
