#include "app/requests/request_facts.h"

#include <algorithm>

#include "app/catalog/each_table.h"
#include "app/catalog/governed_table.h"
#include "base/text.h"
#include "catalog/databases.h"
#include "catalog/tables.h"

namespace weir::app {
namespace {

using permissions::Privilege;
using permissions::Resource;
using requests::AskedItem;
using requests::CatalogFacts;

// lakeformation.md 2.10: nobody can be granted so; it would be found out after people decided.
base::Error names_key(const AskedItem& item, const std::string& name, std::string about) {
  return base::invalid("Column " + name + " is a partition key of " + item.text() +
                           ": it cannot be included or excluded, it comes with every column.",
                       std::move(about));
}

base::Error absent(const AskedItem& item) { return base::not_found("Item " + item.text() + " not found.", "item"); }

requests::Words words_of(const std::vector<permissions::EffectiveTag>& tags) {
  requests::Words out;
  for (const auto& tag : tags) out[tag.key] = tag.value;
  return out;
}

requests::Words words_of(const std::optional<catalog::Parameters>& parameters) {
  return parameters.value_or(requests::Words());
}

requests::TableFacts table_facts(const catalog::Table& table, const permissions::Snapshot& snapshot) {
  const auto& database = table.database_name;
  requests::TableFacts out{
      table.name, words_of(table.parameters), words_of(snapshot.tags_at(database, table.name)), {}};
  auto add = [&](const std::vector<catalog::Column>& columns, bool keys) {
    for (const auto& column : columns) {
      auto name = base::to_lower(column.name);
      out.columns.push_back(
          {name, words_of(column.parameters), words_of(snapshot.tags_at(database, table.name, name)), keys});
    }
  };
  add(catalog::columns_of(table), false);
  add(catalog::partition_keys_of(table), true);
  return out;
}

bool allowed(const Call& call, const Resource& resource, const permissions::TableFacts* facts,
             permissions::Decision* decision = nullptr) {
  auto verdict = permissions::decide({call.lake_caller(resource.catalog), Privilege::describe, resource, facts},
                                     call.state().permissions(resource.catalog));
  if (decision) *decision = verdict;
  return verdict.allowed();
}

bool shows(const permissions::Decision& decision, const std::string& column) {
  if (decision.full_schema || decision.described.contains(column)) return true;
  return std::any_of(decision.view.columns.begin(), decision.view.columns.end(),
                     [&](const auto& one) { return base::equal_ignoring_case(one.name, column); });
}

base::Result<permissions::DataCellsFilter> rows_of(const std::string& account, const AskedItem& item,
                                                   const permissions::TableFacts& facts, std::string about = "item") {
  permissions::FilterInput input{account,         item.database, item.table, "asked", {}, std::vector<std::string>(),
                                 item.row_filter, false,         {}};
  auto filter = permissions::make_filter(input, facts, "asked");
  if (!filter.ok()) return base::invalid("Item " + item.text() + ": " + filter.error().says, std::move(about));
  return filter;
}

base::Status check_named(const AskedItem& item, const std::string& name, const permissions::TableFacts& facts,
                         std::string about) {
  const auto* column = facts.find(name);
  if (!column) return base::invalid("Table " + item.text() + " has no column " + name + ".", std::move(about));
  return column->partition_key ? base::Status(names_key(item, base::to_lower(name), std::move(about))) : base::Status();
}

base::Status check_rows(const std::string& account, const AskedItem& item, const permissions::TableFacts& facts,
                        std::string about) {
  if (item.row_filter.empty()) return {};
  WEIR_TRY(auto rows, rows_of(account, item, facts, std::move(about)));
  return {};
}

base::Status check_table(const Call& call, store::Transaction& tx, const std::string& account, const AskedItem& item) {
  WEIR_TRY(auto table, catalog::Tables(tx).find(account, item.database, item.table));
  if (!table) return absent(item);
  WEIR_TRY(auto resource, Resource::of_table(account, item.database, item.table));
  auto facts = facts_of(*table);
  permissions::Decision decision;
  if (!allowed(call, resource, &facts, &decision)) return absent(item);
  // What is not there for the requester is not there.
  std::erase_if(facts.columns, [&](const auto& column) { return !shows(decision, base::to_lower(column.name)); });
  for (const auto& name : item.columns.names) WEIR_CHECK_OK(check_named(item, name, facts, "item"));
  return check_rows(account, item, facts, "item");
}

// Without the columns that are not described; false where the table is not.
base::Result<bool> keep_described(const Call& call, store::Transaction& tx, const std::string& account,
                                  const std::string& database, requests::TableFacts& table) {
  WEIR_TRY(auto there, catalog::Tables(tx).find(account, database, table.name));
  if (!there) return false;
  WEIR_TRY(auto resource, Resource::of_table(account, database, table.name));
  auto facts = facts_of(*there);
  permissions::Decision decision;
  if (!allowed(call, resource, &facts, &decision)) return false;
  std::erase_if(table.columns, [&](const auto& column) { return !shows(decision, column.name); });
  return true;
}

}  // namespace

base::Result<CatalogFacts> described_facts(const Call& call, store::Transaction& tx, const std::string& account,
                                           const AskedItem& item) {
  WEIR_TRY(auto out, request_facts(tx, call.state(), account, item));
  std::vector<requests::TableFacts> described;
  for (auto& table : out.tables) {
    WEIR_TRY(bool shown, keep_described(call, tx, account, item.database, table));
    if (shown) described.push_back(std::move(table));
  }
  out.tables = std::move(described);
  return out;
}

base::Result<CatalogFacts> request_facts(store::Transaction& tx, const State& state, const std::string& account,
                                         const AskedItem& item) {
  const auto& snapshot = state.permissions(account);
  WEIR_TRY(auto database, catalog::Databases(tx).find(account, item.database));
  if (!database) return absent(item);
  CatalogFacts out{item.database, words_of(database->parameters), words_of(snapshot.tags_at(item.database)), {}};
  if (item.is_whole_database()) {
    WEIR_CHECK_OK(each_table_of(tx, account, item.database, [&](const catalog::Table& table) -> base::Status {
      out.tables.push_back(table_facts(table, snapshot));
      return {};
    }));
    return out;
  }
  WEIR_TRY(auto table, catalog::Tables(tx).find(account, item.database, item.table));
  if (!table) return absent(item);
  out.tables.push_back(table_facts(*table, snapshot));
  return out;
}

base::Result<std::vector<std::string>> columns_beside(store::Transaction& tx, const std::string& account,
                                                      const AskedItem& item) {
  std::vector<std::string> out;
  if (item.is_whole_database()) return out;
  WEIR_TRY(auto table, catalog::Tables(tx).find(account, item.database, item.table));
  if (!table) return absent(item);
  auto facts = facts_of(*table);
  for (const auto& column : facts.columns)
    if (column.partition_key) out.push_back(base::to_lower(column.name));
  if (item.row_filter.empty()) return out;
  WEIR_TRY(auto rows, rows_of(account, item, facts));
  for (const auto& column : rows.row_columns) out.push_back(base::to_lower(column.name));
  return out;
}

AskedItem with_columns(AskedItem item, const std::vector<std::string>& names) {
  for (const auto& name : names) {
    if (item.columns.contains(name)) continue;
    if (item.columns.only) {
      item.columns.names.push_back(name);
    } else {
      std::erase(item.columns.names, name);
    }
  }
  return item;
}

base::Status check_chosen(store::Transaction& tx, const std::string& account, const AskedItem& item,
                          const approvals::Terms& given) {
  WEIR_TRY(auto table, catalog::Tables(tx).find(account, item.database, item.table));
  if (!table) return {};
  auto facts = facts_of(*table);
  for (const auto& name : given.columns.value_or(std::vector<std::string>()))
    WEIR_CHECK_OK(check_named(item, name, facts, "narrowed"));
  auto chosen = item;
  chosen.row_filter = given.row_filter;
  return check_rows(account, chosen, facts, "narrowed");
}

base::Status check_describable(const Call& call, store::Transaction& tx, const std::string& account,
                               const AskedItem& item) {
  if (!item.is_whole_database()) return check_table(call, tx, account, item);
  WEIR_TRY(auto resource, Resource::of_database(account, item.database));
  WEIR_TRY(auto database, catalog::Databases(tx).find(account, item.database));
  if (!database || !allowed(call, resource, nullptr)) return absent(item);
  return {};
}

}  // namespace weir::app
