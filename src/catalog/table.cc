#include "catalog/table.h"

namespace weir::catalog {
namespace {
const std::vector<Column> kNoColumns;

void append(std::vector<SchemaColumn>& schema, const std::vector<Column>& columns, bool partition_key) {
  for (auto& column : columns) schema.push_back({column.name, column.type.value_or("string"), partition_key});
}
}  // namespace

const std::vector<Column>& columns_of(const Table& table) {
  auto& storage = table.storage_descriptor;
  return storage && storage->columns ? *storage->columns : kNoColumns;
}

const std::vector<Column>& partition_keys_of(const Table& table) {
  return table.partition_keys ? *table.partition_keys : kNoColumns;
}

std::vector<SchemaColumn> schema_of(const Table& table) {
  std::vector<SchemaColumn> schema;
  append(schema, columns_of(table), false);
  append(schema, partition_keys_of(table), true);
  return schema;
}

const std::string* parameter(const Table& table, std::string_view name) {
  if (!table.parameters) return nullptr;
  auto found = table.parameters->find(std::string(name));
  return found == table.parameters->end() ? nullptr : &found->second;
}

}  // namespace weir::catalog
