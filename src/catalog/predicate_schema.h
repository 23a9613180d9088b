// The columns a predicate may name, in its dialect.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "catalog/predicate.h"

namespace weir::catalog {

struct ResolvedColumn {
  std::vector<std::string> path;  // as the schema spells it
  TypeFamily family = TypeFamily::unsupported;
  bool partition_key = false;
};

class PredicateSchema {
 public:
  PredicateSchema(const std::vector<SchemaColumn>& columns, Dialect dialect) : columns_(columns), dialect_(dialect) {}
  // Names match as spelled, or else ignoring case. Kind::invalid says what is wrong with the path.
  base::Result<ResolvedColumn> resolve(const std::vector<std::string>& path) const;

 private:
  const SchemaColumn* find(std::string_view name) const;
  base::Status allow_root(const SchemaColumn& column, size_t path_length) const;
  base::Status allow_type(std::string_view type) const;

  const std::vector<SchemaColumn>& columns_;
  Dialect dialect_;
};

// Words that name a column only in quotes.
bool is_reserved(std::string_view name, Dialect dialect);

}  // namespace weir::catalog
