// Lists that go through the catalogs of several accounts: the caller's own, and those whose owners share with it
// (ResourceShareType; sharing.md 3.5).
//
// INVARIANT: a catalog is in a list only where IAM lets the caller list it; what of it is shown is for the list to
// decide, item by item.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/call.h"
#include "catalog/page.h"

namespace weir::app {

enum class ShareScope {
  own,        // the catalog that is named
  foreign,    // what other accounts share
  all,        // both
  federated,  // catalogs outside of the Data Catalog: there are none
};
ShareScope share_scope(const std::optional<std::string>& resource_share_type);

// In the order of their ids. Naming another account's catalog asks for that one alone, shared as it is. `action` is what
// IAM is asked for the catalogs of others; for the one that is named the caller asks.
std::vector<std::string> catalogs_in(const Call& call, const std::string& catalog, ShareScope scope,
                                     std::string_view action);

// Where a page that goes through several catalogs begins.
struct PlaceInCatalogs {
  std::string catalog;  // empty: at the first
  std::string token;    // of the list of that catalog; empty: at its beginning
};
std::string token_of(const PlaceInCatalogs& place);
base::Result<PlaceInCatalogs> place_of(const std::string& token);

// One list after the other, as one. A catalog that is not shared any more is passed over, wherever the token stands.
template <class T, class List>
base::Result<catalog::Page<T>> page_over(const std::vector<std::string>& catalogs, const catalog::PageRequest& asked,
                                         const List& list) {
  WEIR_TRY(auto from, place_of(asked.token));
  catalog::Page<T> out;
  for (const auto& catalog : catalogs) {
    if (catalog < from.catalog) continue;
    auto room = asked.limit - out.items.size();
    catalog::PageRequest rest{catalog == from.catalog ? from.token : "", room > 0 ? room : 1};
    base::Result<catalog::Page<T>> page = list(catalog, rest);
    if (!page) return std::move(page).error();
    if (page->items.empty()) continue;
    if (room > 0) std::move(page->items.begin(), page->items.end(), std::back_inserter(out.items));
    if (room == 0 || page->next_token) {
      out.next_token = token_of({catalog, room == 0 ? rest.token : *page->next_token});
      return out;
    }
  }
  return out;
}

}  // namespace weir::app
