// Pages of what a caller may see: filled up to their limit before they are cut, so that a short page is the last one
// and a token always leads to something unseen.
#pragma once
#include "permissions/records.h"

namespace weir::app {

// `list(token, limit)` is a Result<permissions::Page<T>>; `keep(T&)` says whether an item is shown, and may narrow it.
template <class T, class List, class Keep>
base::Result<permissions::Page<T>> filled_page(std::string token, size_t limit, const List& list, const Keep& keep) {
  permissions::Page<T> out;
  for (out.next = std::move(token);;) {
    WEIR_TRY(auto page, list(out.next, limit - out.items.size()));
    out.next = std::move(page.next);
    for (auto& item : page.items)
      if (keep(item)) out.items.push_back(std::move(item));
    if (out.next.empty() || out.items.size() >= limit) return out;
  }
}

}  // namespace weir::app
