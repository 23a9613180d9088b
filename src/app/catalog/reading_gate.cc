#include "app/catalog/reading_gate.h"

#include <algorithm>

#include "app/catalog/shown_columns.h"
#include "base/text.h"

namespace weir::app {
namespace {

using permissions::Privilege;

bool selects(const permissions::Decision& decision) {
  return permissions::allows(decision.held, Privilege::select, permissions::Level::table);
}

// Of a table without columns, all there is.
bool sees_everything(const GovernedTable& table) {
  return table.decision.view.shows_everything() ||
         (selects(table.decision) && catalog::schema_of(*table.table).empty());
}

bool would_select(const Call& call, const GovernedTable& table, const catalog::Table& after) {
  auto facts = facts_of(after);
  return selects(
      permissions::decide({call.lake_caller(table.name.catalog), Privilege::alter, table.decision.resource, &facts},
                          call.state().permissions(table.name.catalog)));
}

void forget_comments(std::optional<std::vector<catalog::Column>>& columns) {
  if (!columns) return;
  for (auto& column : *columns) column.comment.reset();
}

// What decides what is read, in one text.
std::string reading_of(const catalog::Table& table) {
  catalog::Table out;
  out.storage_descriptor = table.storage_descriptor;
  if (out.storage_descriptor) forget_comments(out.storage_descriptor->columns);
  out.partition_keys = table.partition_keys;
  forget_comments(out.partition_keys);
  out.parameters = table.parameters;
  out.table_type = table.table_type;
  out.view_original_text = table.view_original_text;
  out.view_expanded_text = table.view_expanded_text;
  return base::encode_record(out);
}

std::string reading_of(const std::optional<catalog::StorageDescriptor>& storage) {
  catalog::Partition out;
  out.storage_descriptor = storage;
  if (!out.storage_descriptor) return base::encode_record(out);
  forget_comments(out.storage_descriptor->columns);
  out.storage_descriptor->location.reset();
  return base::encode_record(out);
}

// A partition that says nothing, or no more than its place, is read as its table.
bool is_read_as(const std::optional<catalog::StorageDescriptor>& table,
                const std::optional<catalog::StorageDescriptor>& partition) {
  auto reading = reading_of(partition);
  return !partition || reading == reading_of(catalog::StorageDescriptor()) || reading == reading_of(table);
}

bool tells_schema(const std::optional<catalog::Parameters>& parameters) {
  return parameters &&
         std::ranges::any_of(*parameters, [](const auto& parameter) { return may_tell_schema(parameter.first); });
}

std::string_view without_slash(std::string_view place) {
  while (place.ends_with('/')) place.remove_suffix(1);
  return place;
}

// Where engines put a partition of these values; values that would have to be escaped have no such place.
std::optional<std::string> own_place(const catalog::Table& table, const std::vector<std::string>& values) {
  const auto& keys = catalog::partition_keys_of(table);
  if (!table.storage_descriptor || !table.storage_descriptor->location || keys.size() != values.size())
    return std::nullopt;
  std::string out(without_slash(*table.storage_descriptor->location));
  for (size_t i = 0; i < keys.size(); ++i) {
    if (values[i].empty() || values[i].find_first_of("/%:=\\\"'#*?{}[]^") != std::string::npos) return std::nullopt;
    out += "/" + keys[i].name + "=" + values[i];
  }
  return out;
}

bool lies_where_it_belongs(const catalog::Table& table, const catalog::Partition& partition) {
  if (!partition.storage_descriptor || !partition.storage_descriptor->location) return true;
  auto own = own_place(table, partition.values);
  return own && without_slash(*partition.storage_descriptor->location) == *own;
}

bool stays(const PlacedPartition& partition) {
  const auto& [before, after] = partition;
  auto reading = [](const catalog::Partition& one) {
    catalog::Partition out;
    out.values = one.values;
    out.storage_descriptor = one.storage_descriptor;
    out.parameters = one.parameters;
    return base::encode_record(out);
  };
  return before && reading(*before) == reading(after);
}

Refusal refusal(const std::string& what) {
  return {
      "part of the data",
      base::denied("You may read a part of this table's data, and " + what +
                       " would say anew what is read under which name. That is for somebody who may read all of it.",
                   "access")};
}

}  // namespace

std::optional<Refusal> reading_gate(const Call& call, const GovernedTable& before, const catalog::Table& after) {
  if (sees_everything(before) || reading_of(*before.table) == reading_of(after)) return std::nullopt;
  if (!selects(before.decision) && !would_select(call, before, after)) return std::nullopt;
  return refusal("a change of its columns, format, place or properties");
}

std::optional<Refusal> reading_gate(const GovernedTable& table, const PlacedPartition& partition) {
  if (sees_everything(table) || !selects(table.decision) || stays(partition)) return std::nullopt;
  const auto& after = partition.after;
  if (is_read_as(table.table->storage_descriptor, after.storage_descriptor) && !tells_schema(after.parameters) &&
      lies_where_it_belongs(*table.table, after))
    return std::nullopt;
  return refusal("a partition with columns, a format or a place of its own");
}

}  // namespace weir::app
