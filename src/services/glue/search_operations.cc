#include "app/catalog/search_tables.h"

#include "services/glue/convert.h"
#include "services/glue/operations.h"

namespace weir::services::glue_operations {
namespace {

using namespace wire::glue;

constexpr size_t kTablesAtOnce = 100;

std::optional<app::Comparison> comparison_of(const std::optional<std::string>& name) {
  if (name == "EQUALS") return app::Comparison::equals;
  if (name == "GREATER_THAN") return app::Comparison::greater;
  if (name == "GREATER_THAN_EQUALS") return app::Comparison::greater_or_equal;
  if (name == "LESS_THAN") return app::Comparison::less;
  if (name == "LESS_THAN_EQUALS") return app::Comparison::less_or_equal;
  return std::nullopt;
}

app::SearchQuery from_wire(const app::Call& call, const SearchTablesRequest& in) {
  app::SearchQuery out{call.catalog_or_own(in.CatalogId),
                       app::share_scope(in.ResourceShareType),
                       in.SearchText.value_or(""),
                       {},
                       std::nullopt,
                       page_of(in.NextToken, in.MaxResults, kTablesAtOnce)};
  for (const auto& filter : in.Filters)
    out.filters.push_back({filter.Key.value_or(""), filter.Value.value_or(""), comparison_of(filter.Comparator)});
  if (!in.SortCriteria.empty())
    out.sort = app::SearchSort{in.SortCriteria[0].FieldName.value_or(""), in.SortCriteria[0].Sort == "DESC"};
  return out;
}

}  // namespace

base::Result<SearchTablesResponse> search_tables(app::Call& call, const SearchTablesRequest& in) {
  SearchTablesResponse out;
  WEIR_TRY(auto found, app::search_tables(call, from_wire(call, in)));
  out.TableList.give();
  for (const auto& table : found.tables) out.TableList.push_back(services::to_wire(*table.table, table.registered));
  out.NextToken = std::move(found.next_token);
  return out;
}

}  // namespace weir::services::glue_operations
