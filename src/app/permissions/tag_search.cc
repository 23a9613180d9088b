#include "app/permissions/tag_search.h"

#include <algorithm>

#include "app/catalog/each_table.h"
#include "app/catalog/governed_table.h"
#include "app/catalog/shown_columns.h"
#include "app/permissions/data_lake_settings.h"
#include "app/permissions/lf_tags.h"
#include "app/permissions/tag_rights.h"
#include "base/text.h"
#include "store/key.h"

namespace weir::app {
namespace {

using permissions::Privilege;
using permissions::Resource;

// One search: what is looked for and who looks.
class Search {
 public:
  static base::Result<Search> begin(Call& call, std::string_view action, const TagSearch& search) {
    Ask ask{std::string(action)};
    WEIR_CHECK_OK(check_reachable_catalog(call, ask, search.catalog));
    Search out(call, search);
    WEIR_TRY(out.expression_, permissions::TagExpression::of(search.terms));
    call.about("expression", out.expression_.text());
    WEIR_CHECK_OK(call.authorize(ask, [&] { return out.rights_.lacks(Privilege::describe, out.expression_); }));
    WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
    out.tx_ = std::move(tx);
    WEIR_CHECK_OK(check_values_there(*out.tx_, search.catalog, out.expression_));
    return out;
  }

  store::Transaction& tx() const { return *tx_; }

  base::Result<std::optional<TaggedDatabase>> found(const catalog::Database& database) const {
    WEIR_TRY(auto resource, Resource::of_database(search_.catalog, database.name));
    auto tags = tags_of_database(snapshot(), database.name);
    if (!matches(expression_, tags) ||
        !permissions::decide({caller_, Privilege::describe, resource, nullptr, location_of(database)}, snapshot())
             .allowed())
      return std::optional<TaggedDatabase>();
    return std::optional<TaggedDatabase>({std::move(resource), shown(std::move(tags))});
  }

  base::Result<std::optional<TaggedTable>> found(const catalog::Table& table) const {
    WEIR_TRY(auto resource, Resource::of_table(search_.catalog, table.database_name, table.name));
    auto tags = tags_of_table(snapshot(), table, TagView::effective);
    if (!carries(tags)) return std::optional<TaggedTable>();
    auto facts = facts_of(table);
    auto decision = permissions::decide({caller_, Privilege::describe, resource, &facts}, snapshot());
    if (!decision.allowed()) return std::optional<TaggedTable>();
    ShownColumns columns(decision);
    std::erase_if(tags.columns, [&](const ColumnTags& column) { return !columns.shows(column.name); });
    if (!carries(tags)) return std::optional<TaggedTable>();  // by a column that is not seen
    return std::optional<TaggedTable>({std::move(resource), shown(std::move(tags))});
  }

 private:
  Search(const Call& call, const TagSearch& search)
      : call_(call), search_(search), rights_(call, search.catalog), caller_(call.lake_caller(search.catalog)) {}

  const permissions::Snapshot& snapshot() const { return call_.state().permissions(search_.catalog); }
  bool carries(const ResourceTags& tags) const {
    return matches(expression_, tags.table) ||
           std::any_of(tags.columns.begin(), tags.columns.end(),
                       [&](const ColumnTags& column) { return matches(expression_, column.tags); });
  }
  Tags shown(Tags tags) const {
    std::erase_if(tags, [&](const auto& tag) { return !rights_.holds(Privilege::describe, tag.first, tag.second); });
    return tags;
  }
  ResourceTags shown(ResourceTags tags) const {
    tags.database = shown(std::move(tags.database));
    tags.table = shown(std::move(tags.table));
    for (auto& column : tags.columns) column.tags = shown(std::move(column.tags));
    std::erase_if(tags.columns, [](const ColumnTags& column) { return column.tags.empty(); });
    return tags;
  }

  const Call& call_;
  const TagSearch& search_;
  TagRights rights_;
  permissions::Caller caller_;
  permissions::TagExpression expression_;
  std::unique_ptr<store::Transaction> tx_;
};

// A page of what is found on a walk in the order of names; the token is the name of the last one.
template <class T>
class Hits {
 public:
  static base::Result<Hits> after(const TagSearch& search) {
    Hits out;
    out.limit_ = search.limit;
    if (search.token.empty()) return out;
    WEIR_TRY(out.after_, base::unbase64url(search.token));
    return out;
  }
  // Whether what has this name belongs on the page, or shows that there is a next one.
  bool wants(const std::string& name) const { return name > after_ && page_.next.empty(); }
  void add(const std::string& name, T item) {
    if (page_.items.size() == limit_) {
      page_.next = base::base64url(last_);
      return;
    }
    page_.items.push_back(std::move(item));
    last_ = name;
  }
  permissions::Page<T> page() { return std::move(page_); }

 private:
  std::string after_;
  std::string last_;
  size_t limit_ = 0;
  permissions::Page<T> page_;
};

}  // namespace

base::Result<permissions::Page<TaggedDatabase>> search_databases_by_tags(Call& call, const TagSearch& request) {
  WEIR_TRY(auto search, Search::begin(call, "lakeformation:SearchDatabasesByLFTags", request));
  WEIR_TRY(auto hits, Hits<TaggedDatabase>::after(request));
  WEIR_CHECK_OK(each_database(search.tx(), request.catalog, [&](const catalog::Database& database) -> base::Status {
    auto name = store::key(database.name);
    if (!hits.wants(name)) return {};
    WEIR_TRY(auto found, search.found(database));
    if (found) hits.add(name, std::move(*found));
    return {};
  }));
  return hits.page();
}

base::Result<permissions::Page<TaggedTable>> search_tables_by_tags(Call& call, const TagSearch& request) {
  WEIR_TRY(auto search, Search::begin(call, "lakeformation:SearchTablesByLFTags", request));
  WEIR_TRY(auto hits, Hits<TaggedTable>::after(request));
  WEIR_CHECK_OK(each_table(search.tx(), request.catalog, [&](const catalog::Table& table) -> base::Status {
    auto name = store::key(table.database_name, table.name);
    if (!hits.wants(name)) return {};
    WEIR_TRY(auto found, search.found(table));
    if (found) hits.add(name, std::move(*found));
    return {};
  }));
  return hits.page();
}

}  // namespace weir::app
