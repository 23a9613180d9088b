// Lists of records a page at a time.
//
// A token names the last entry handed out, so pages neither repeat nor skip when entries come and go
// in between. It belongs to one list: on another, or changed, it is Kind::invalid. Entries that the
// caller's filter dropped never get into a token.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/record.h"
#include "store/store.h"

namespace weir::catalog {

struct PageRequest {
  std::string token;   // empty: from the start
  size_t limit = 100;  // at least 1
};

template <class T>
struct Page {
  std::vector<T> items;
  std::optional<std::string> next_token;
};

// `list` is the key prefix all entries of the list share; `key` one of them.
std::string page_token(std::string_view list, std::string_view key);
// The key where the page after the token starts.
base::Result<std::string> page_start(std::string_view list, std::string_view token);

// What of a list to show; absent functions keep everything. `keep_key` sees the key after the list's
// prefix and saves the decoding of what it drops.
template <class T>
struct ListFilter {
  std::function<bool(std::string_view key_tail)> keep_key;
  std::function<bool(const T&)> keep;
};

inline constexpr size_t kScanAtOnce = 256;

// The entries of `range` (within the list) that the filter keeps. Looks one kept entry ahead, so that
// the last page has no token.
template <class T>
base::Result<Page<T>> list_page(store::Transaction& transaction, std::string_view list, store::Range range,
                                const PageRequest& request, const ListFilter<T>& filter = {}) {
  if (request.limit == 0) return base::invalid("A page must have room for one entry.", "limit");
  if (!request.token.empty()) {
    WEIR_TRY(auto start, page_start(list, request.token));
    range.first = std::max(range.first, start);
  }
  Page<T> page;
  std::string last_key;
  for (;;) {
    WEIR_TRY(auto entries, transaction.scan(range, kScanAtOnce));
    for (auto& [key, value] : entries) {
      if (filter.keep_key && !filter.keep_key(std::string_view(key).substr(list.size()))) continue;
      WEIR_TRY(auto item, base::decode_record<T>(value));
      if (filter.keep && !filter.keep(item)) continue;
      if (page.items.size() >= request.limit) {
        page.next_token = page_token(list, last_key);
        return page;
      }
      page.items.push_back(std::move(item));
      last_key = key;
    }
    if (entries.size() < kScanAtOnce) return page;
    range.first = entries.back().key + '\0';
  }
}

}  // namespace weir::catalog
