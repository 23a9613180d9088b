#include "app/permissions/resource_tags.h"

#include <algorithm>

#include "base/text.h"

namespace weir::app {
namespace {

// `assigned_here` says of a tag whether it was assigned to the place that is asked about.
template <class AssignedHere>
Tags chosen(std::vector<permissions::EffectiveTag> tags, TagView view, const AssignedHere& assigned_here) {
  Tags out;
  for (auto& tag : tags)
    if (view == TagView::effective || assigned_here(tag.inherited_from))
      out.emplace(std::move(tag.key), std::move(tag.value));
  return out;
}

}  // namespace

bool matches(const permissions::TagExpression& expression, const Tags& tags) {
  auto holds = [&](const permissions::TagTerm& term) {
    auto found = tags.find(term.key);
    return found != tags.end() && std::binary_search(term.values.begin(), term.values.end(), found->second);
  };
  return !expression.empty() && std::all_of(expression.terms().begin(), expression.terms().end(), holds);
}

Tags tags_of_database(const permissions::Snapshot& snapshot, std::string_view database) {
  return chosen(snapshot.tags_at(database), TagView::effective, [](const auto&) { return true; });
}

ResourceTags tags_of_table(const permissions::Snapshot& snapshot, const catalog::Table& table, TagView view) {
  ResourceTags out;
  if (view == TagView::effective) out.database = tags_of_database(snapshot, table.database_name);
  out.table = chosen(snapshot.tags_at(table.database_name, table.name), view,
                     [](const permissions::TagPlace& place) { return !place.table.empty(); });
  for (const auto& column : catalog::schema_of(table)) {
    auto tags = chosen(snapshot.tags_at(table.database_name, table.name, base::to_lower(column.name)), view,
                       [](const permissions::TagPlace& place) { return !place.column.empty(); });
    if (!tags.empty()) out.columns.push_back({column.name, std::move(tags)});
  }
  return out;
}

}  // namespace weir::app
