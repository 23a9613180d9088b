#include "app/catalog/search_tables.h"

#include <algorithm>

#include "app/catalog/each_table.h"
#include "app/catalog/governed_table.h"
#include "app/catalog/search_match.h"
#include "app/catalog/shown_columns.h"
#include "base/text.h"
#include "permissions/visibility.h"
#include "store/key.h"

namespace weir::app {
namespace {

struct Hit {
  std::string sort;
  std::string name;  // catalog, database and table, which tells hits apart
  ShownTable table;
};

bool before(const std::string& sort, const std::string& name, const std::string& other_sort,
            const std::string& other_name, bool descending) {
  if (sort != other_sort) return descending ? sort > other_sort : sort < other_sort;
  return name < other_name;
}

std::string token_of(const Hit& hit) { return base::base64url(store::key(hit.sort, hit.name)); }

// Drops everything up to the hit the token names, which may be gone itself.
base::Status skip_to(std::vector<Hit>& hits, const std::string& token, bool descending) {
  if (token.empty()) return {};
  auto bytes = base::unbase64url(token);
  auto parts = bytes.ok() ? store::split_key(*bytes) : base::Result<std::vector<std::string>>(base::invalid(""));
  if (!parts || parts->size() != 2) return base::invalid("NextToken is not one of this search.", "token");
  std::erase_if(hits,
                [&](const Hit& hit) { return !before((*parts)[0], (*parts)[1], hit.sort, hit.name, descending); });
  return {};
}

ShownTables page_of(std::vector<Hit> hits, size_t limit) {
  ShownTables out;
  if (hits.size() > limit) {
    hits.resize(limit);
    out.next_token = token_of(hits.back());
  }
  for (auto& hit : hits) out.tables.push_back(std::move(hit.table));
  return out;
}

base::Status find_in(Call& call, const std::string& catalog, const SearchMatch& match, std::vector<Hit>& hits) {
  permissions::Visibility visible(call.lake_caller(catalog), call.state().permissions(catalog));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return each_table(*tx, catalog, [&](const catalog::Table& table) -> base::Status {
    if (!visible.table(table.database_name, table.name, location_of(table))) return {};
    auto shown = shown_in_list(call, std::make_shared<catalog::Table>(table));
    if (!shown || !match.fits(*shown->table)) return {};
    hits.push_back(
        {match.sort_key(*shown->table), store::key(catalog, table.database_name, table.name), std::move(*shown)});
    return {};
  });
}

}  // namespace

base::Result<ShownTables> search_tables(Call& call, const SearchQuery& query) {
  WEIR_TRY(auto match, SearchMatch::of(query));
  constexpr const char* kAction = "glue:SearchTables";
  WEIR_CHECK_OK(call.authorize({kAction, catalog_arn(call, query.catalog), query.catalog}));
  std::vector<Hit> hits;
  for (const auto& catalog : catalogs_in(call, query.catalog, query.scope, kAction))
    WEIR_CHECK_OK(find_in(call, catalog, match, hits));
  bool descending = query.sort && query.sort->descending;
  std::sort(hits.begin(), hits.end(),
            [&](const Hit& a, const Hit& b) { return before(a.sort, a.name, b.sort, b.name, descending); });
  WEIR_CHECK_OK(skip_to(hits, query.page.token, descending));
  return page_of(std::move(hits), query.page.limit);
}

}  // namespace weir::app
