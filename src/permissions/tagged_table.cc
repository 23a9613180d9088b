#include "permissions/tagged_table.h"

#include <algorithm>

#include "base/text.h"

namespace weir::permissions {
namespace {

size_t data_columns(const TableFacts& facts) {
  return static_cast<size_t>(
      std::count_if(facts.columns.begin(), facts.columns.end(), [](const auto& c) { return !c.partition_key; }));
}

}  // namespace

TaggedTable::TaggedTable(const TagIndex& index, TableTags tags, const TableFacts* facts)
    : index_(index), tags_(std::move(tags)), facts_(facts) {
  for (const auto& [name, own] : tags_.columns) {
    const auto* column = facts ? facts->find(name) : nullptr;
    if (!facts || (column && !column->partition_key)) columns_.push_back(&own);
  }
  if (facts && !columns_.empty()) has_plain_ = columns_.size() < data_columns(*facts);
}

TagMatch TaggedTable::match(std::span<const uint32_t> code) const {
  bool table = index_.matches(code, tags_.table);
  if (columns_.empty()) return table ? TagMatch::whole : TagMatch::nothing;
  auto n = static_cast<size_t>(
      std::count_if(columns_.begin(), columns_.end(), [&](const auto* tags) { return index_.matches(code, *tags); }));
  if (table && n == columns_.size()) return TagMatch::whole;
  return n > 0 || (table && has_plain_) ? TagMatch::part : TagMatch::nothing;
}

std::vector<std::string> TaggedTable::matching_columns(std::span<const uint32_t> code) const {
  std::vector<std::string> out;
  if (!facts_) return out;
  bool table = index_.matches(code, tags_.table);
  for (const auto& column : facts_->columns) {
    auto lower = base::to_lower(column.name);
    auto own =
        std::find_if(tags_.columns.begin(), tags_.columns.end(), [&](const auto& one) { return one.first == lower; });
    bool shown = own == tags_.columns.end() ? table : index_.matches(code, own->second);
    if (shown && !column.partition_key) out.push_back(std::move(lower));
  }
  return out;
}

const TagPairs& TaggedTable::witness(std::span<const uint32_t> code) const {
  for (const auto* tags : columns_)
    if (!index_.matches(code, tags_.table) && index_.matches(code, *tags)) return *tags;
  return tags_.table;
}

}  // namespace weir::permissions
