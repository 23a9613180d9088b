// Pages of what is in memory already: the policies of a user, the versions of a policy, the tags of a role.
//
// Items come in the order of their keys, and a marker is the key of the last item told, so that a page never
// skips what is there and never repeats what was told, whatever was added or removed since.
//
// Threads: free functions.
#pragma once
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "identity/records.h"

namespace weir::app {

// Short enough for a marker of 320 characters; long keys keep their order up to their first 160 bytes.
std::string page_key(std::string_view key);
std::string marker_of(std::string_view key);
// The key in a marker; empty for the first page.
base::Result<std::string> key_in_marker(std::string_view marker);

template <class T, class KeyOf>
base::Result<identity::Page<T>> page_of(std::vector<T> items, const identity::PageRequest& request, KeyOf key_of) {
  WEIR_TRY(auto told, key_in_marker(request.marker));
  auto by_key = [&](const T& a, const T& b) { return page_key(key_of(a)) < page_key(key_of(b)); };
  std::sort(items.begin(), items.end(), by_key);
  identity::Page<T> page;
  for (auto& item : items) {
    if (page_key(key_of(item)) <= told) continue;
    if (page.items.size() == request.items_max) {
      page.marker = marker_of(page_key(key_of(page.items.back())));
      break;
    }
    page.items.push_back(std::move(item));
  }
  return page;
}

}  // namespace weir::app
