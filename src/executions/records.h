// Reading and writing one record under one key.
//
// Threads: as the transaction.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "store/record_access.h"

namespace weir::executions {

using store::load;
using store::save;

// A page of records in the order of their keys; `next` is where the following page begins, empty at the end.
template <class T>
struct Page {
  std::vector<T> items;
  std::string next;
};

template <base::Record T>
base::Result<Page<T>> load_page(store::Transaction& tx, store::Range range, size_t limit, bool reverse = false) {
  WEIR_TRY(auto entries, tx.scan(range, limit + 1, reverse));
  Page<T> page;
  for (auto& entry : entries) {
    if (page.items.size() == limit) {
      page.next = std::move(entry.key);
      break;
    }
    WEIR_TRY(auto item, base::decode_record<T>(entry.value));
    page.items.push_back(std::move(item));
  }
  return page;
}

// Everything under `prefix` goes, however much it is.
base::Status erase_all(store::Transaction& tx, const std::string& prefix);

}  // namespace weir::executions
