// User-defined functions of a database. Lake Formation has no privileges on functions: making one takes
// CREATE_TABLE on its database, changing one ALTER, dropping one DROP, seeing one DESCRIBE.
#pragma once
#include <optional>
#include <string>

#include "app/catalog/databases.h"
#include "catalog/page.h"
#include "catalog/table.h"

namespace weir::app {

struct FunctionName {
  DatabaseName database;
  std::string function;
};

base::Status create_function(Call& call, catalog::UserDefinedFunction function);
base::Status update_function(Call& call, const FunctionName& name, catalog::UserDefinedFunction function);
base::Status delete_function(Call& call, const FunctionName& name);
base::Result<catalog::UserDefinedFunction> get_function(Call& call, const FunctionName& name);

struct FunctionQuery {
  std::string catalog;
  std::optional<std::string> database;  // absent: of all databases the caller sees
  std::string pattern;                  // over names
  std::optional<std::string> type;
  catalog::PageRequest page;
};
base::Result<catalog::Page<catalog::UserDefinedFunction>> get_functions(Call& call, FunctionQuery query);

}  // namespace weir::app
