#include "app/catalog/resource_links.h"

namespace weir::app {
namespace {

using permissions::Privilege;
using permissions::Resource;

bool may_describe(const Call& call, base::Result<Resource> resource, const permissions::TableFacts* facts) {
  if (!resource) return false;
  const auto& snapshot = call.state().permissions(resource->catalog);
  return permissions::decide({call.lake_caller(resource->catalog), Privilege::describe, std::move(*resource), facts},
                             snapshot)
      .allowed();
}

bool may_describe(const Call& call, const catalog::Table& link) {
  auto facts = facts_of(link);
  return may_describe(call, Resource::of_table(link.catalog_id, link.database_name, link.name), &facts);
}

bool may_describe(const Call& call, const catalog::Database& link) {
  return may_describe(call, Resource::of_database(link.catalog_id, link.name), nullptr);
}

Ask ask_about(const Call& call, std::string_view action, const names::TableName& name) {
  return {std::string(action), arn_of(call, name), name.catalog};
}

std::string text_of(const names::TableName& name) { return name.database + "." + name.table; }

// What nobody can do with a link, said to who may describe it.
base::Error refused(Call& call, const Ask& ask, std::string says) {
  auto status = call.authorize(ask, [&] {
    return std::optional(Refusal{"resource link", base::invalid(std::move(says), "resource link")});
  });
  return std::move(status).error();
}

base::Error second_link(Call& call, const Ask& ask, const std::string& link, const std::string& target) {
  return refused(call, ask,
                 "Resource link " + link + " points to " + target +
                     ", which is a resource link itself, and only the first one is followed.");
}

// The link's own side: DESCRIBE was found to be held; IAM is asked here.
base::Status take(Call& call, const Ask& ask, const std::string& link, const LinkTarget& target) {
  if (auto iam = call.evaluate(ask); !iam.allowed()) return call.authorize(ask, iam);
  if (target.is_elsewhere(call.lake().region))
    return refused(call, ask,
                   "Resource link " + link + " points to " + target.text() + " in region " + target.region +
                       "; this is region " + call.lake().region + ", where it cannot be reached.");
  call.about("resourceLink", link);
  return {};
}

base::Status check_no_link(Call& call, std::string_view action, const std::string& link,
                           const names::TableName& there) {
  WEIR_TRY(auto table, call.lake().tables.find(there.catalog, there.database, there.table));
  if (!table || !table->target_table || !may_describe(call, *table)) return {};
  return second_link(call, ask_about(call, action, there), link, LinkTarget{there, {}}.text());
}

base::Result<FollowedTable> follow_database_of(Call& call, std::string_view action, const names::TableName& name,
                                               TableLinks links) {
  WEIR_TRY(auto database, follow(call, ask_about(call, action, name), DatabaseName{name.catalog, name.database}));
  if (database.link.empty()) return FollowedTable{name};
  names::TableName there{database.name.catalog, database.name.database, name.table};
  if (links != TableLinks::mean) WEIR_CHECK_OK(check_no_link(call, action, database.link, there));
  return FollowedTable{std::move(there), std::move(database.link)};
}

base::Error told_of_link(base::Error error, const std::string& link, const LinkTarget& target) {
  if (link.empty()) return error;
  bool absent = error.kind == base::Kind::not_found && (error.about == "table" || error.about == "database");
  if (absent) error.says = "Resource link " + link + " points to " + target.text() + ", which is not there.";
  if (error.kind == base::Kind::denied) error.says += " It was reached through resource link " + link + ".";
  return error;
}

}  // namespace

base::Result<FollowedTable> follow(Call& call, std::string_view action, const names::TableName& name,
                                   TableLinks links) {
  WEIR_TRY(auto table, call.lake().tables.find(name.catalog, name.database, name.table));
  if (!table) return follow_database_of(call, action, name, links);
  auto target = target_of(*table);
  if (!target || links == TableLinks::mean || !may_describe(call, *table)) return FollowedTable{name};
  auto ask = ask_about(call, action, name);
  auto link = text_of(name);
  if (links == TableLinks::refuse)
    return refused(
        call, ask,
        "Resource link " + link + " has nothing of its own to change: name its target, " + target->text() + ".");
  WEIR_CHECK_OK(take(call, ask, link, *target));
  WEIR_CHECK_OK(check_no_link(call, action, link, target->name));
  return FollowedTable{std::move(target->name), std::move(link)};
}

base::Result<GovernedTable> authorize_table(Call& call, std::string_view action, const FollowedTable& table,
                                            Privilege privilege, const TableGates& gates) {
  auto governed = authorize_table(call, action, table.name, privilege, gates);
  if (!governed) return told_of_link(std::move(governed).error(), table.link, {table.name, {}});
  return governed;
}

base::Result<GovernedTable> authorize_linked_table(Call& call, std::string_view action, const names::TableName& name,
                                                   TableLinks links, Privilege privilege) {
  WEIR_TRY(auto followed, follow(call, action, name, links));
  return authorize_table(call, action, followed, privilege);
}

base::Result<FollowedDatabase> follow(Call& call, const Ask& ask, const DatabaseName& name) {
  WEIR_TRY(auto database, find_database(call, name));
  auto target = database ? target_of(*database) : std::nullopt;
  if (!target || !may_describe(call, *database)) return FollowedDatabase{name};
  WEIR_CHECK_OK(take(call, ask, name.database, *target));
  DatabaseName there{target->name.catalog, target->name.database};
  WEIR_TRY(auto second, find_database(call, there));
  if (second && second->target_database && may_describe(call, *second))
    return second_link(call, {ask.action, arn_of(call, there), there.catalog}, name.database, target->text());
  return FollowedDatabase{std::move(there), name.database};
}

base::Result<GovernedDatabase> authorize_database(Call& call, const Ask& ask, const FollowedDatabase& database,
                                                  Privilege privilege, const DatabaseGate& last) {
  auto governed = authorize_database(call, ask, database.name, privilege, last);
  if (!governed) {
    LinkTarget target{{database.name.catalog, database.name.database, ""}, {}};
    return told_of_link(std::move(governed).error(), database.link, target);
  }
  return governed;
}

}  // namespace weir::app
