#include "app/catalog/governed_table.h"

#include "base/text.h"
#include "permissions/gathering.h"
#include "permissions/visibility.h"

namespace weir::app {
namespace {

// Of another account's database one sees the name as soon as anything in it is shared. That must not tell which other
// names are there: it takes what would let the caller describe the thing itself.
bool may_be_told(const Call& call, const permissions::Question& question) {
  const auto& snapshot = call.state().permissions(question.resource.catalog);
  if (question.caller.account != question.resource.catalog)
    return permissions::decide({question.caller, permissions::Privilege::describe, question.resource}, snapshot)
        .allowed();
  return permissions::Visibility(question.caller, snapshot).database(question.resource.database);
}

std::optional<names::S3Path> place_at(const std::string& location) {
  auto place = names::S3Path::parse(location);
  return place ? std::optional(*place) : std::nullopt;
}

}  // namespace

names::TableName table_name(std::string_view catalog, std::string_view database, std::string_view table) {
  return {std::string(catalog), base::to_lower(database), base::to_lower(table)};
}

std::string arn_of(const Call& call, const names::TableName& name) {
  auto account = names::AccountId::parse(name.catalog);
  return account ? names::table_arn(call.lake().region, *account, name.database, name.table) : "*";
}

permissions::TableFacts facts_of(const catalog::Table& table) {
  permissions::TableFacts facts;
  facts.columns = catalog::schema_of(table);
  facts.is_view = table.table_type == "VIRTUAL_VIEW";
  facts.is_link = table.target_table.has_value();
  facts.place = location_of(table);
  return facts;
}

base::Result<GovernedTable> authorize_table(Call& call, std::string_view action, const names::TableName& name,
                                            permissions::Privilege privilege) {
  return authorize_table(call, action, name, privilege, {});
}

base::Result<GovernedTable> authorize_table(Call& call, std::string_view action, const names::TableName& name,
                                            permissions::Privilege privilege, const TableGates& gates) {
  GovernedTable out{name, nullptr, {}, arn_of(call, name)};
  Ask ask{std::string(action), out.arn, name.catalog};
  WEIR_TRY(auto resource, permissions::Resource::of_table(name.catalog, name.database, name.table));
  permissions::Question question{call.lake_caller(name.catalog), privilege, std::move(resource)};
  WEIR_TRY(out.table, call.lake().tables.find(name.catalog, name.database, name.table));
  if (!out.table) return absent(call, ask, question, "Table " + name.table + " not found.", gates.between);
  auto facts = facts_of(*out.table);
  question.table = &facts;
  ExtraGates around{gates.between, {}};
  if (gates.last) {
    around.last = [&](const permissions::Decision& decision) {
      out.decision = decision;
      return gates.last(out);
    };
  }
  WEIR_TRY(out.decision, call.authorize(ask, question, around));
  return out;
}

base::Error absent(Call& call, const Ask& ask, const permissions::Question& question, std::string says,
                   const std::function<std::optional<Refusal>()>& between) {
  if (may_be_told(call, question)) {
    auto allowed = between ? call.authorize(ask, between) : call.authorize(ask);
    if (!allowed.ok()) return std::move(allowed).error();
    return base::not_found(std::move(says), question.resource.table.empty() ? "database" : "table");
  }
  auto refused = call.authorize(ask, question, ExtraGates{between, {}});
  if (!refused.ok()) return std::move(refused).error();
  return base::not_found(std::move(says), "table");  // Lake Formation does not restrict the name
}

std::optional<names::S3Path> location_of(const catalog::Table& table) {
  if (!table.storage_descriptor || !table.storage_descriptor->location) return std::nullopt;
  return place_at(*table.storage_descriptor->location);
}

std::optional<names::S3Path> location_of(const catalog::Database& database) {
  return database.location_uri ? place_at(*database.location_uri) : std::nullopt;
}

const permissions::Location* governing(const Call& call, std::string_view account, const names::S3Path& place) {
  return call.state().permissions(account).governing(permissions::canonical(place));
}

}  // namespace weir::app
