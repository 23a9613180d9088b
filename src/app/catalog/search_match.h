// Whether a table, as it is shown to somebody, matches a search; and what it is sorted by. Pure.
#pragma once
#include <string>

#include "app/catalog/search_tables.h"

namespace weir::app {

class SearchMatch {
 public:
  // Kind::invalid for filters and sort fields that make no sense.
  static base::Result<SearchMatch> of(const SearchQuery& query);
  bool fits(const catalog::Table& shown) const;
  // Compares as the sort field does.
  std::string sort_key(const catalog::Table& shown) const;

 private:
  struct TimeFilter {
    std::string key;
    Comparison comparison;
    base::Instant at;
  };
  base::Status add(const SearchFilter& filter);

  std::string phrase_;              // lower case; a whole value
  std::vector<std::string> words_;  // lower case; each in some value
  std::vector<SearchFilter> texts_;
  std::vector<TimeFilter> times_;
  std::string sort_field_;
};

}  // namespace weir::app
