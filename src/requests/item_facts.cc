#include "requests/item_facts.h"

#include <algorithm>

#include "base/text.h"

namespace weir::requests {

bool ColumnChoice::contains(std::string_view lower) const {
  bool listed = std::find(names.begin(), names.end(), lower) != names.end();
  return listed == only;
}

const std::string* find_word(const Words& words, std::string_view key) {
  for (const auto& [name, value] : words)
    if (base::equal_ignoring_case(name, key)) return &value;
  return nullptr;
}

const std::string* CatalogFacts::parameter(std::string_view key) const { return find_word(parameters, key); }

}  // namespace weir::requests
