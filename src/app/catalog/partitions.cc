#include "app/catalog/partitions.h"

#include "app/catalog/placement.h"
#include "app/catalog/reading_gate.h"
#include "app/catalog/resource_links.h"
#include "app/catalog/shown_columns.h"
#include "app/catalog/tables.h"

namespace weir::app {
namespace {

using permissions::Privilege;
using Failures = std::vector<PartitionFailure>;

void describe(Call& call, const names::TableName& table) {
  call.about("databaseName", table.database);
  call.about("tableName", table.table);
}

using Placed = std::vector<PlacedPartition>;
using PlacedItems = std::function<base::Result<Placed>(const catalog::Table& table)>;

// Locations that the items newly name: all of a partition to be made, what changes of one that is there.
std::vector<std::string> places_named_by(const Placed& items) {
  std::vector<std::string> out;
  for (const auto& [before, after] : items) {
    auto known = before ? places_of(before->storage_descriptor) : std::vector<std::string>();
    for (auto& place : new_places(known, places_of(after.storage_descriptor))) out.push_back(std::move(place));
  }
  return out;
}

TableGates gates_of(const Call& call, const PlacedItems& placed) {
  TableGates gates;
  gates.last = [&call, &placed](const GovernedTable& table) -> std::optional<Refusal> {
    auto items = placed(*table.table);
    if (!items) return Refusal{"data location", std::move(items).error()};
    for (const auto& item : *items)
      if (auto refusal = reading_gate(table, item)) return refusal;
    auto parent = table.table->storage_descriptor ? table.table->storage_descriptor->location : std::nullopt;
    return placement_gate(call, {table.name.catalog, false, places_named_by(*items), parent});
  };
  return gates;
}

base::Result<GovernedTable> authorize_change(Call& call, std::string_view action, const names::TableName& table,
                                             Privilege or_else, const TableGates& gates) {
  describe(call, table);
  WEIR_TRY(auto followed, follow(call, action, table, TableLinks::refuse));
  auto privilege = first_held(call, followed.name, {Privilege::alter, or_else});
  return authorize_table(call, action, followed, privilege, gates);
}

base::Result<GovernedTable> authorize_creation(Call& call, std::string_view action, const names::TableName& table,
                                               const std::vector<catalog::Partition>& partitions) {
  PlacedItems placed = [&](const catalog::Table&) -> base::Result<Placed> {
    Placed out;
    for (const auto& partition : partitions) out.push_back({std::nullopt, partition});
    return out;
  };
  return authorize_change(call, action, table, Privilege::insert, gates_of(call, placed));
}

base::Result<GovernedTable> authorize_update(Call& call, std::string_view action, const names::TableName& table,
                                             const std::vector<PartitionChange>& changes) {
  PlacedItems placed = [&](const catalog::Table& there) -> base::Result<Placed> {
    WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
    catalog::Partitions partitions(*tx, there);
    Placed out;
    for (const auto& change : changes) {
      auto before = partitions.find(change.values);
      out.push_back({before.ok() ? std::move(*before) : std::nullopt, change.partition});
      out.back().after.values = change.values;
    }
    return out;
  };
  return authorize_change(call, action, table, Privilege::insert, gates_of(call, placed));
}

base::Result<GovernedTable> authorize_reading(Call& call, std::string_view action, const names::TableName& table) {
  return authorize_linked_table(call, action, table, TableLinks::follow, Privilege::describe);
}

using Body = std::function<base::Status(catalog::Partitions& partitions)>;

base::Status change(Call& call, const GovernedTable& table, const Body& body) {
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, same_table(tx, table));
    catalog::Partitions partitions(tx, there);
    return body(partitions);
  });
}

// Runs `one` for each item in one transaction. Faults of an item are told; our own undo everything.
template <class Items, class One, class ValuesOf>
base::Result<Failures> change_each(Call& call, const GovernedTable& table, const Items& items, One one,
                                   ValuesOf values_of) {
  Failures failures;
  WEIR_CHECK_OK(change(call, table, [&](catalog::Partitions& partitions) -> base::Status {
    failures.clear();
    for (const auto& item : items) {
      auto status = one(partitions, item);
      if (status.ok()) continue;
      if (status.error().kind == base::Kind::internal || status.error().kind == base::Kind::concurrent) return status;
      failures.push_back({values_of(item), std::move(status).error()});
    }
    return {};
  }));
  return failures;
}

catalog::Partition stamped(const Call& call, catalog::Partition partition) {
  partition.creation_time = call.now();
  return partition;
}

void limit(const GovernedTable& table, catalog::Partition& partition) {
  ShownColumns shown(table.decision);
  if (shown.everything()) return;
  if (partition.storage_descriptor) shown.limit(*partition.storage_descriptor);
  if (partition.parameters)
    std::erase_if(*partition.parameters, [](const auto& entry) { return may_tell_schema(entry.first); });
}

}  // namespace

base::Status create_partition(Call& call, const names::TableName& table, const catalog::Partition& partition) {
  WEIR_TRY(auto governed, authorize_creation(call, "glue:CreatePartition", table, {partition}));
  return change(call, governed, [&](catalog::Partitions& all) { return all.create(stamped(call, partition)); });
}

base::Status update_partition(Call& call, const names::TableName& table, const PartitionChange& what) {
  WEIR_TRY(auto governed, authorize_update(call, "glue:UpdatePartition", table, {what}));
  return change(call, governed, [&](catalog::Partitions& all) { return all.update(what.values, what.partition); });
}

base::Status delete_partition(Call& call, const names::TableName& table, const PartitionValues& values) {
  WEIR_TRY(auto governed, authorize_change(call, "glue:DeletePartition", table, Privilege::delete_, {}));
  return change(call, governed, [&](catalog::Partitions& all) { return all.erase(values); });
}

base::Result<Failures> batch_create_partitions(Call& call, const names::TableName& table,
                                               const std::vector<catalog::Partition>& partitions) {
  WEIR_TRY(auto governed, authorize_creation(call, "glue:BatchCreatePartition", table, partitions));
  return change_each(
      call, governed, partitions,
      [&](catalog::Partitions& all, const catalog::Partition& one) { return all.create(stamped(call, one)); },
      [](const catalog::Partition& one) { return one.values; });
}

base::Result<Failures> batch_update_partitions(Call& call, const names::TableName& table,
                                               const std::vector<PartitionChange>& changes) {
  WEIR_TRY(auto governed, authorize_update(call, "glue:BatchUpdatePartition", table, changes));
  return change_each(
      call, governed, changes,
      [](catalog::Partitions& all, const PartitionChange& one) { return all.update(one.values, one.partition); },
      [](const PartitionChange& one) { return one.values; });
}

base::Result<Failures> batch_delete_partitions(Call& call, const names::TableName& table,
                                               const std::vector<PartitionValues>& partitions) {
  WEIR_TRY(auto governed, authorize_change(call, "glue:BatchDeletePartition", table, Privilege::delete_, {}));
  return change_each(
      call, governed, partitions, [](catalog::Partitions& all, const PartitionValues& one) { return all.erase(one); },
      [](const PartitionValues& one) { return one; });
}

base::Result<catalog::Partition> get_partition(Call& call, const names::TableName& table,
                                               const PartitionValues& values) {
  describe(call, table);
  WEIR_TRY(auto governed, authorize_reading(call, "glue:GetPartition", table));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto partition, catalog::Partitions(*tx, *governed.table).get(values));
  limit(governed, partition);
  return partition;
}

base::Result<std::vector<catalog::Partition>> batch_get_partitions(Call& call, const names::TableName& table,
                                                                   const std::vector<PartitionValues>& partitions) {
  describe(call, table);
  WEIR_TRY(auto governed, authorize_reading(call, "glue:BatchGetPartition", table));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  catalog::Partitions all(*tx, *governed.table);
  std::vector<catalog::Partition> out;
  for (const auto& values : partitions) {
    WEIR_TRY(auto found, all.find(values));
    if (!found) continue;
    limit(governed, *found);
    out.push_back(std::move(*found));
  }
  return out;
}

base::Result<catalog::Page<catalog::Partition>> get_partitions(Call& call, const names::TableName& table,
                                                               const PartitionQuery& query) {
  describe(call, table);
  WEIR_TRY(auto governed, authorize_reading(call, "glue:GetPartitions", table));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  catalog::Partitions all(*tx, *governed.table);
  WEIR_TRY(auto predicate, all.parse_expression(query.expression));
  WEIR_TRY(auto page, all.list(predicate, query.segment, query.page));
  for (auto& partition : page.items) limit(governed, partition);
  return page;
}

}  // namespace weir::app
