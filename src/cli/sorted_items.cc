#include "cli/sorted_items.h"

#include <algorithm>

namespace weir::cli {

void SortedItems::add(const base::Json& item) {
  auto atoms = section_.atoms(item);
  items_.emplace_back(atoms.empty() ? "" : atoms.front().id, item.dump());
}

base::Status SortedItems::flush(LakeSink& sink) {
  std::sort(items_.begin(), items_.end());
  for (const auto& [name, text] : items_) {
    WEIR_TRY(auto item, base::parse_json(text));
    WEIR_CHECK_OK(sink.add(section_, item));
  }
  items_.clear();
  return {};
}

}  // namespace weir::cli
