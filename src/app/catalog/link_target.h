// What a resource link says of itself: where it points, and how it is shown beside what it points to
// (lakeformation.md 6.4).
//
// Pure: nothing is looked up here and nothing decided. Following is resource_links.h.
#pragma once
#include <optional>
#include <string>

#include "catalog/table.h"
#include "names/arn.h"

namespace weir::app {

struct LinkTarget {
  names::TableName name;  // lower case; without a table: a database
  std::string region;     // empty: the link's own

  // For people: "table sales.orders of account 111122223333".
  std::string text() const;
  bool is_elsewhere(std::string_view region_here) const { return !region.empty() && region != region_here; }
};

// Nothing for what is no link. A link without a catalog points into its own.
std::optional<LinkTarget> target_of(const catalog::Database& database);
std::optional<LinkTarget> target_of(const catalog::Table& table);

// The properties of the target under the name, the description and the history of the link.
catalog::Table under_link(const catalog::Table& link, const catalog::Table& target);
catalog::Database under_link(const catalog::Database& link, const catalog::Database& target);

}  // namespace weir::app
