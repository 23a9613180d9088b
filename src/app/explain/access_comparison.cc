#include "app/explain/access_comparison.h"

#include "app/catalog/each_table.h"
#include "app/catalog/governed_table.h"
#include "app/explain/access_question.h"
#include "catalog/databases.h"
#include "catalog/tables.h"

namespace weir::app {

using permissions::Resource;

base::Result<AccessComparison::Found> AccessComparison::find_table(store::Transaction& tx, const Resource& table) {
  WEIR_TRY(auto found, catalog::Tables(tx).find(table.catalog, table.database, table.table));
  if (!found) return Found{false, {}, {}};
  return Found{true, facts_of(*found), {}};
}

base::Result<AccessComparison::Found> AccessComparison::find_database(store::Transaction& tx,
                                                                      const Resource& database) {
  WEIR_TRY(auto found, catalog::Databases(tx).find(database.catalog, database.database));
  if (!found) return Found{false, {}, {}};
  return Found{true, {}, location_of(*found)};
}

base::Status AccessComparison::may_go_on() const {
  return complete_ ? base::Status() : base::fail(base::Kind::limit_exceeded, "Too much to compare.", "comparisons");
}

void AccessComparison::gather_principals(const Concern& concern) {
  auto add = [&](const std::string& principal) {
    callers_.try_emplace(principal, lake_caller_of(before_.state, account_, principal));
  };
  for (const auto& principal : concern.principals()) add(principal);
  if (!concern.every_principal()) return;
  for (const auto* state : {&before_.state, &after_.state}) {
    const auto& snapshot = state->permissions(account_);
    snapshot.each_principal(
        [&](std::string_view principal, const permissions::Terms&) { add(std::string(principal)); });
    for (const auto& administrator : snapshot.settings().admins) add(administrator);
    for (const auto& administrator : snapshot.settings().read_only_admins) add(administrator);
  }
}

Access AccessComparison::access_at(const Moment& moment, const permissions::Caller& caller, const Resource& resource,
                                   const Found& found) const {
  if (!found.there) return {};
  permissions::Question question{caller, permissions::Privilege::describe, resource,
                                 found.facts ? &*found.facts : nullptr, found.place};
  return access_of(question, moment.state.permissions(account_));
}

void AccessComparison::compare_resource(const Resource& resource, const Found& before, const Found& after,
                                        AccessChanges& into) {
  for (const auto& [principal, caller] : callers_) {
    if (pairs_left_ == 0) return void(complete_ = false);
    --pairs_left_;
    app::compare(principal, resource.text(), access_at(before_, caller, resource, before),
                 access_at(after_, caller, resource, after), into);
  }
}

base::Status AccessComparison::compare_database(const std::string& name, AccessChanges& into) {
  if (!done_.emplace(name, "").second) return {};
  WEIR_TRY(auto resource, Resource::of_database(account_, name));
  WEIR_TRY(auto before, find_database(before_.catalog, resource));
  WEIR_TRY(auto after, find_database(after_.catalog, resource));
  compare_resource(resource, before, after, into);
  return may_go_on();
}

base::Status AccessComparison::compare_table(const std::string& database, const std::string& name,
                                             AccessChanges& into) {
  if (!done_.emplace(database, name).second) return {};
  WEIR_TRY(auto resource, Resource::of_table(account_, database, name));
  WEIR_TRY(auto before, find_table(before_.catalog, resource));
  WEIR_TRY(auto after, find_table(after_.catalog, resource));
  compare_resource(resource, before, after, into);
  return may_go_on();
}

// Tables that are there afterwards; those that are gone are named by their own records.
base::Status AccessComparison::compare_contents(const std::string& database, AccessChanges& into) {
  return each_table_of(after_.catalog, account_, database, [&](const catalog::Table& table) {
    return compare_table(table.database_name, table.name, into);
  });
}

base::Status AccessComparison::compare_everything(AccessChanges& into) {
  return each_database(after_.catalog, account_, [&](const catalog::Database& database) -> base::Status {
    WEIR_CHECK_OK(compare_database(database.name, into));
    return compare_contents(database.name, into);
  });
}

base::Status AccessComparison::walk(const Concern& concern, AccessChanges& into) {
  if (concern.catalog()) {
    WEIR_TRY(auto resource, Resource::of_catalog(account_));
    compare_resource(resource, {}, {}, into);
  }
  for (const auto& [url, place] : concern.locations()) {
    WEIR_TRY(auto resource, Resource::of_location(account_, url));
    compare_resource(resource, {}, {}, into);
  }
  for (const auto& database : concern.databases()) WEIR_CHECK_OK(compare_database(database, into));
  for (const auto& [database, table] : concern.tables()) WEIR_CHECK_OK(compare_table(database, table, into));
  for (const auto& database : concern.contents_of()) WEIR_CHECK_OK(compare_contents(database, into));
  return concern.everything() ? compare_everything(into) : base::Status();
}

base::Status AccessComparison::compare(const Concern& concern, AccessChanges& into) {
  gather_principals(concern);
  auto walked = walk(concern, into);
  return complete_ ? walked : base::Status();
}

}  // namespace weir::app
