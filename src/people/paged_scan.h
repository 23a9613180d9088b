// A page of the records under a prefix whose keys end with their names.
//
// Threads: as the transaction.
#pragma once
#include <utility>

#include "people/page.h"
#include "store/key.h"
#include "store/store.h"

namespace weir::people {

// `read` makes the item out of an entry's key and value.
template <class T, class Read>
base::Result<Page<T>> paged_scan(store::Transaction& tx, const std::string& prefix, const PageWanted& wanted,
                                 Read&& read) {
  auto range = store::prefix_range(prefix);
  // Right behind the last one that was given.
  if (!wanted.after.empty()) range.first = store::prefix_range(prefix + store::encode_text(wanted.after)).last;
  WEIR_TRY(auto entries, tx.scan(range, wanted.limit + 1));
  Page<T> page;
  if (entries.size() > wanted.limit) {
    entries.pop_back();
    WEIR_TRY(auto parts, store::split_key(entries.back().key));
    page.next = parts.back();
  }
  for (const auto& entry : entries) {
    WEIR_TRY(auto item, read(entry));
    page.items.push_back(std::move(item));
  }
  return page;
}

}  // namespace weir::people
