#include "policy/context.h"

#include "base/text.h"

namespace weir::policy {

const Context::Entry* Context::find_lowered(std::string_view key) const {
  described();
  for (auto& entry : entries_)
    if (entry.key == key) return &entry;
  return nullptr;
}

const Context::Entry* Context::find(std::string_view key) const {
  described();
  for (auto& entry : entries_)
    if (base::equal_ignoring_case(entry.key, key)) return &entry;
  return nullptr;
}

Context::Entry& Context::slot(std::string_view key) {
  if (auto* there = find(key)) return const_cast<Entry&>(*there);
  return entries_.emplace_back(Entry{base::to_lower(key), {}, false});
}

Context& Context::set(std::string_view key, std::string value) {
  auto& entry = slot(key);
  entry.values.clear();
  entry.values.push_back(std::move(value));
  entry.list = false;
  return *this;
}

Context& Context::set_list(std::string_view key, std::vector<std::string> values) {
  auto& entry = slot(key);
  entry.values = std::move(values);
  entry.list = true;
  return *this;
}

Context& Context::erase(std::string_view key) {
  described();
  std::erase_if(entries_, [&](const Entry& entry) { return base::equal_ignoring_case(entry.key, key); });
  return *this;
}

std::string_view Context::text(std::string_view key) const {
  auto* entry = find(key);
  return entry && !entry->list && !entry->values.empty() ? std::string_view(entry->values.front()) : "";
}

}  // namespace weir::policy
