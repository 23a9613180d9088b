#include "app/catalog/databases.h"

#include <algorithm>

#include "app/catalog/catalog_tags.h"
#include "app/catalog/creation.h"
#include "app/catalog/governed_table.h"
#include "app/catalog/link_properties.h"
#include "app/catalog/placement.h"
#include "app/sharing/shared_grants.h"
#include "app/wording.h"
#include "base/text.h"
#include "catalog/databases.h"
#include "permissions/records.h"
#include "permissions/visibility.h"

namespace weir::app {
namespace {

using permissions::Privilege;
using permissions::Resource;

constexpr std::string_view kDefaultDatabase = "default";

Ask ask_about(const Call& call, std::string_view action, const DatabaseName& name) {
  return {std::string(action), arn_of(call, name), name.catalog};
}

Placement placement_of(const catalog::Database& database) {
  Placement placement{database.catalog_id, true, {}, std::nullopt};
  if (database.location_uri) placement.places.push_back(*database.location_uri);
  return placement;
}

base::Result<permissions::Decision> authorize_creation(Call& call, const catalog::Database& database,
                                                       policy::Context tags) {
  auto ask = ask_about(call, "glue:CreateDatabase", database_name(database.catalog_id, database.name));
  ask.extra = std::move(tags);
  WEIR_TRY(auto catalog, Resource::of_catalog(database.catalog_id));
  ExtraGates gates;
  gates.last = [&](const permissions::Decision&) { return placement_gate(call, placement_of(database)); };
  return call.authorize(
      ask, {call.lake_caller(database.catalog_id), Privilege::create_database, std::move(catalog), nullptr}, gates);
}

// ALTER; of a resource link, on which nobody holds that, DROP with the right to make another.
base::Result<Privilege> privilege_to_update(const Call& call, const DatabaseName& name) {
  WEIR_TRY(auto there, find_database(call, name));
  if (!there || !there->target_database) return Privilege::alter;
  WEIR_TRY(auto resource, Resource::of_database(name.catalog, name.database));
  auto drop = permissions::decide({call.lake_caller(name.catalog), Privilege::drop, std::move(resource), nullptr},
                                  call.state().permissions(name.catalog));
  return drop.allowed() ? Privilege::drop : Privilege::alter;
}

std::optional<Refusal> update_gate(const Call& call, Privilege asked, const catalog::Database& before,
                                   const catalog::Database& after) {
  if (before.target_database)
    return remake_gate(call, Privilege::create_database, Resource::of_catalog(before.catalog_id));
  if (asked != Privilege::alter)
    return Refusal{"resource link",
                   base::fail(base::Kind::concurrent, "The resource link was dropped in the meantime.")};
  if (before.location_uri == after.location_uri) return std::nullopt;
  return placement_gate(call, placement_of(after));
}

// An update cannot make a link of a database, nor a database of a link.
base::Status check_still_the_same_kind(const catalog::Database& before, const catalog::Database& after) {
  if (before.target_database.has_value() == after.target_database.has_value()) return {};
  return base::invalid("A database cannot become a resource link, nor a resource link a database.", "database");
}

catalog::Database name_alone(const catalog::Database& database) {
  catalog::Database out;
  out.catalog_id = database.catalog_id;
  out.name = database.name;
  out.create_time = database.create_time;
  return out;
}

// As a list shows a database that its caller sees.
catalog::Database listed(const Call& call, catalog::Database database) {
  if (database.catalog_id == call.caller().account()) return with_target(call, std::move(database));
  auto resource = Resource::of_database(database.catalog_id, database.name);
  if (!resource) return name_alone(database);
  auto decision = permissions::decide(
      {call.lake_caller(database.catalog_id), Privilege::describe, *resource, nullptr, location_of(database)},
      call.state().permissions(database.catalog_id));
  if (!decision.allowed() || shows_name_alone(decision)) return name_alone(database);
  return with_target(call, std::move(database));
}

base::Result<catalog::Page<catalog::Database>> list_databases(const Call& call, const std::string& catalog,
                                                              const catalog::PageRequest& page) {
  permissions::Visibility visible(call.lake_caller(catalog), call.state().permissions(catalog));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, catalog::Databases(*tx).list(catalog, page, [&](const catalog::Database& database) {
    return visible.database(database.name, location_of(database));
  }));
  tx.reset();  // targets are read on their own
  for (auto& database : found.items) database = listed(call, std::move(database));
  return found;
}

}  // namespace

DatabaseName database_name(std::string_view catalog, std::string_view database) {
  return {std::string(catalog), base::to_lower(database)};
}

std::string arn_of(const Call& call, const DatabaseName& name) {
  auto account = names::AccountId::parse(name.catalog);
  return account ? names::database_arn(call.lake().region, *account, name.database) : "*";
}

std::string catalog_arn(const Call& call, std::string_view catalog) {
  auto account = names::AccountId::parse(catalog);
  return account ? names::catalog_arn(call.lake().region, *account) : "*";
}

base::Result<std::optional<catalog::Database>> find_database(const Call& call, const DatabaseName& name) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return catalog::Databases(*tx).find(name.catalog, name.database);
}

base::Result<GovernedDatabase> authorize_database(Call& call, const Ask& ask, const DatabaseName& name,
                                                  Privilege privilege, const DatabaseGate& last) {
  call.about("databaseName", name.database);
  WEIR_TRY(auto resource, Resource::of_database(name.catalog, name.database));
  permissions::Question question{call.lake_caller(name.catalog), privilege, std::move(resource), nullptr};
  WEIR_TRY(auto database, find_database(call, name));
  if (!database) return absent(call, ask, question, "Database " + name.database + " not found.");
  question.place = location_of(*database);
  ExtraGates gates;
  if (last) gates.last = [&](const permissions::Decision&) { return last(*database); };
  WEIR_TRY(auto decision, call.authorize(ask, question, gates));
  return GovernedDatabase{name, std::move(*database), std::move(decision)};
}

base::Result<catalog::Database> same_database(store::Transaction& tx, const GovernedDatabase& authorised) {
  WEIR_TRY(auto there, catalog::Databases(tx).get(authorised.name.catalog, authorised.name.database));
  if (there.create_time == authorised.database.create_time) return there;
  return base::fail(base::Kind::concurrent, "The database was dropped and made again in the meantime.", "database");
}

base::Status create_database(Call& call, catalog::Database database, const std::map<std::string, std::string>& tags) {
  call.about("databaseName", database.name);
  WEIR_CHECK_OK(check_defaults(database.create_table_default_permissions));
  WEIR_CHECK_OK(check_tags(tags));
  WEIR_TRY(auto resource, Resource::of_database(database.catalog_id, database.name));
  WEIR_CHECK_OK(authorize_creation(call, database, tag_conditions(tags)));
  database.create_time = call.now();
  if (!database.create_table_default_permissions && !database.target_database)
    database.create_table_default_permissions = settings_table_defaults(call, database.catalog_id);
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(catalog::Databases(tx).create(database));
    WEIR_CHECK_OK(database.target_database ? grant_to_link_maker(tx, call, resource)
                                           : grant_to_maker(tx, call, resource));
    WEIR_CHECK_OK(put_tags(tx, arn_of(call, database_name(database.catalog_id, database.name)), tags));
    return grant_database_defaults(tx, call, resource);
  });
}

base::Result<catalog::Database> get_database(Call& call, const DatabaseName& name) {
  auto ask = ask_about(call, "glue:GetDatabase", name);
  // Engines insist on a database called default. While nobody has made one, everybody sees an empty one.
  if (name.database == kDefaultDatabase && name.catalog == call.caller().account()) {
    WEIR_TRY(auto made, find_database(call, name));
    if (!made) {
      WEIR_CHECK_OK(call.authorize(ask));
      catalog::Database none;
      none.catalog_id = name.catalog;
      none.name = kDefaultDatabase;
      return none;
    }
  }
  WEIR_TRY(auto governed, authorize_database(call, ask, name, Privilege::describe));
  if (shows_name_alone(governed.decision)) return name_alone(governed.database);
  return with_target(call, std::move(governed.database));
}

base::Result<catalog::Page<catalog::Database>> get_databases(Call& call, const std::string& catalog, ShareScope scope,
                                                             const catalog::PageRequest& page) {
  constexpr const char* kAction = "glue:GetDatabases";
  WEIR_CHECK_OK(call.authorize({kAction, catalog_arn(call, catalog), catalog}));
  if (scope == ShareScope::own) return list_databases(call, catalog, page);
  return page_over<catalog::Database>(
      catalogs_in(call, catalog, scope, kAction), page,
      [&](const std::string& one, const catalog::PageRequest& rest) { return list_databases(call, one, rest); });
}

bool shows_name_alone(const permissions::Decision& decision) {
  using permissions::Ground, permissions::Side;
  auto of_itself = [&](Side side) {
    return std::any_of(decision.because.begin(), decision.because.end(), [&](const auto& because) {
      bool administers = because.ground == Ground::administrator || because.ground == Ground::read_only_administrator;
      return because.side == side &&
             (because.ground == Ground::grant || because.ground == Ground::tag_policy || administers);
    });
  };
  bool crosses = std::any_of(decision.because.begin(), decision.because.end(),
                             [](const auto& because) { return because.side != Side::own_account; });
  return crosses && !of_itself(Side::shared_with_caller) &&
         !(of_itself(Side::shared_with_account) && of_itself(Side::inside_account));
}

base::Status update_database(Call& call, const DatabaseName& name, catalog::Database database) {
  WEIR_CHECK_OK(check_defaults(database.create_table_default_permissions));
  WEIR_TRY(auto privilege, privilege_to_update(call, name));
  WEIR_TRY(auto governed,
           authorize_database(call, ask_about(call, "glue:UpdateDatabase", name), name, privilege,
                              [&](const auto& before) { return update_gate(call, privilege, before, database); }));
  WEIR_CHECK_OK(check_still_the_same_kind(governed.database, database));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, same_database(tx, governed));
    auto after = database;
    if (!after.create_table_default_permissions)
      after.create_table_default_permissions = there.create_table_default_permissions;
    return catalog::Databases(tx).update(name.database, std::move(after));
  });
}

base::Status delete_database(Call& call, const DatabaseName& name) {
  WEIR_TRY(auto governed,
           authorize_database(call, ask_about(call, "glue:DeleteDatabase", name), name, Privilege::drop));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(same_database(tx, governed));
    WEIR_CHECK_OK(catalog::Databases(tx).erase(name.catalog, name.database));
    WEIR_CHECK_OK(erase_tags(tx, arn_of(call, name)));
    return forget_dropped(call, tx, governed.decision.resource);
  });
}

}  // namespace weir::app
