#include "app/catalog/functions.h"

#include <functional>
#include <memory>

#include "app/catalog/resource_links.h"
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

// What belongs to a database is not seen by who sees its name alone: no function is there, whatever it is called.
base::Error unseen(const FunctionName& name) {
  return base::not_found("Function " + name.function + " not found.", "function");
}

// The function's name with its database's own: a resource link to a database is followed.
base::Result<FunctionName> authorize(Call& call, std::string_view action, FunctionName name, Privilege privilege) {
  call.about("functionName", name.function);
  WEIR_TRY(auto followed, follow(call, ask_about(call, action, name), name.database));
  name.database = followed.name;
  WEIR_TRY(auto governed, authorize_database(call, ask_about(call, action, name), followed, privilege));
  if (shows_name_alone(governed.decision)) return unseen(name);
  return name;
}

// Of which databases the functions are listed.
using ShownDatabases = std::function<bool(const std::string& database)>;

bool shows_functions(const Call& call, const DatabaseName& name) {
  auto resource = permissions::Resource::of_database(name.catalog, name.database);
  if (!resource) return false;
  auto decision = permissions::decide({call.lake_caller(name.catalog), Privilege::describe, *resource},
                                      call.state().permissions(name.catalog));
  return decision.allowed() && !shows_name_alone(decision);
}

base::Result<ShownDatabases> authorize_list_of_all(Call& call, const std::string& catalog, const char* action) {
  WEIR_CHECK_OK(call.authorize({action, catalog_arn(call, catalog), catalog}));
  if (catalog != call.caller().account())
    return ShownDatabases([&call, catalog](const auto& name) { return shows_functions(call, {catalog, name}); });
  auto visible =
      std::make_shared<permissions::Visibility>(call.lake_caller(catalog), call.state().permissions(catalog));
  return ShownDatabases([visible](const auto& name) { return visible->database(name); });
}

base::Result<ShownDatabases> authorize_list(Call& call, FunctionQuery& query) {
  constexpr const char* action = "glue:GetUserDefinedFunctions";
  if (!query.database) return authorize_list_of_all(call, query.catalog, action);
  auto name = database_name(query.catalog, *query.database);
  WEIR_TRY(auto followed, follow(call, {action, app::arn_of(call, name), name.catalog}, name));
  Ask ask{action, app::arn_of(call, followed.name), followed.name.catalog};
  WEIR_TRY(auto governed, authorize_database(call, ask, followed, Privilege::describe));
  query.catalog = followed.name.catalog;
  query.database = followed.name.database;
  return ShownDatabases([shown = !shows_name_alone(governed.decision)](const auto&) { return shown; });
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
  WEIR_TRY(auto shown, authorize_list(call, query));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return catalog::Functions(*tx).list(query.catalog, query.database, names, query.page,
                                      [&](const catalog::UserDefinedFunction& function) {
                                        bool of_type = !query.type || function.function_type == query.type;
                                        return of_type && shown(function.database_name);
                                      });
}

}  // namespace weir::app
