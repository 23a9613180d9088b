// What can be in a share: catalogs, databases and tables, by their ARNs.
//
// INVARIANT: text is canonical, names in lower case as the catalog keeps them; two spellings of one resource are one.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace weir::sharing {

enum class ResourceType { catalog, database, table };

std::string_view to_string(ResourceType type);  // "glue:Catalog"
std::optional<ResourceType> resource_type_named(std::string_view name);
std::span<const ResourceType> resource_types();

struct Shareable {
  ResourceType type = ResourceType::catalog;
  std::string text;
  std::string region;
  std::string account;
  std::string database;  // of databases and tables
  std::string table;

  // invalid about "arn" for what is no ARN, about "parameter" for the ARN of something that cannot be shared here.
  static base::Result<Shareable> parse(std::string_view text);
};

// The type in the text of a Shareable; "" when it is none.
std::string_view type_name_of(std::string_view arn);

}  // namespace weir::sharing
