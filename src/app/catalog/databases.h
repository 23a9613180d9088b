// The databases of a catalog, as callers may make, see, change and drop them.
//
// A database that its caller may not see is answered like one that is not there (docs/wire/errors.md).
#pragma once
#include <map>
#include <optional>
#include <string>

#include "app/call.h"
#include "app/sharing/shared_catalogs.h"
#include "catalog/page.h"
#include "catalog/table.h"

namespace weir::app {

struct DatabaseName {
  std::string catalog;
  std::string database;  // lower case
};
DatabaseName database_name(std::string_view catalog, std::string_view database);

std::string arn_of(const Call& call, const DatabaseName& name);
std::string catalog_arn(const Call& call, std::string_view catalog);

// As committed last, whoever asks.
base::Result<std::optional<catalog::Database>> find_database(const Call& call, const DatabaseName& name);

// Both gates about a database that must be there; how what happens inside a database begins, too.
struct GovernedDatabase {
  DatabaseName name;
  catalog::Database database;
  permissions::Decision decision;
};
using DatabaseGate = std::function<std::optional<Refusal>(const catalog::Database& database)>;
base::Result<GovernedDatabase> authorize_database(Call& call, const Ask& ask, const DatabaseName& name,
                                                  permissions::Privilege privilege, const DatabaseGate& last = {});

// The database as it is in the transaction; Kind::concurrent when it was dropped and made again since.
base::Result<catalog::Database> same_database(store::Transaction& tx, const GovernedDatabase& authorised);

// `tags` are AWS tags, not LF-Tags.
base::Status create_database(Call& call, catalog::Database database, const std::map<std::string, std::string>& tags);
// A resource link comes with its target's properties where the caller may see them (app/catalog/link_properties.h).
base::Result<catalog::Database> get_database(Call& call, const DatabaseName& name);
base::Result<catalog::Page<catalog::Database>> get_databases(Call& call, const std::string& catalog, ShareScope scope,
                                                             const catalog::PageRequest& page);
// Of another account's database in which something is shared, but not the database: its name alone is shown, and nothing
// of what belongs to it (lakeformation.md 6.3, sharing.md 3.4). `decision`: on DESCRIBE of the database.
bool shows_name_alone(const permissions::Decision& decision);
// Of a resource link, where it points: by who could drop it and make another.
base::Status update_database(Call& call, const DatabaseName& name, catalog::Database database);
// Its tables and functions go with it, and everything granted on any of them.
base::Status delete_database(Call& call, const DatabaseName& name);

}  // namespace weir::app
