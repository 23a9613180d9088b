// Where databases, tables and partitions may be put: DATA_LOCATION_ACCESS (lakeformation.md 4.5).
//
// Only registered places are restricted. A table below its database's registered location needs nothing
// more, nor does a partition below its table's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "catalog/table.h"

namespace weir::app {

struct Placement {
  std::string account;  // that owns what is placed
  bool is_database = false;
  std::vector<std::string> places;    // as given; what is no place in S3 is not restricted
  std::optional<std::string> parent;  // of a table: its database's location; of a partition: its table's
};

// Every location a storage descriptor names.
std::vector<std::string> places_of(const std::optional<catalog::StorageDescriptor>& storage);
// Those that `before` does not name: what an update places anew.
std::vector<std::string> new_places(const std::vector<std::string>& before, std::vector<std::string> after);

// Shut when one of the places needs a permission that the caller lacks.
std::optional<Refusal> placement_gate(const Call& call, const Placement& placement);

}  // namespace weir::app
