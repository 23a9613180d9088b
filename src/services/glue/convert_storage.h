// Storage descriptors and columns, Glue's and the catalog's.
#pragma once
#include <optional>
#include <vector>

#include "catalog/table.h"
#include "wire/glue_types.h"

namespace weir::services {

namespace glue = wire::glue;

// What was given, else nothing.
template <class T>
std::optional<std::vector<T>> taken(const wire::List<T>& list) {
  return list.given() ? std::optional(list.items()) : std::nullopt;
}
template <class T>
std::optional<std::map<std::string, T>> taken(const wire::Map<T>& map) {
  return map.given() ? std::optional(map.items()) : std::nullopt;
}

std::optional<std::vector<catalog::Column>> from_wire(const wire::List<glue::Column>& list);
wire::List<glue::Column> to_wire(const std::optional<std::vector<catalog::Column>>& columns);

std::optional<catalog::StorageDescriptor> from_wire(const std::optional<glue::StorageDescriptor>& in);
std::optional<glue::StorageDescriptor> to_wire(const std::optional<catalog::StorageDescriptor>& from);

}  // namespace weir::services
