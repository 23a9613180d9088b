// Registered data locations: where Lake Formation may vend, and as which role (lakeformation.md 4).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "permissions/location.h"
#include "permissions/records.h"

namespace weir::app {

// The caller may pass the role; the role exists. Whether it can be assumed and reaches the place is not a
// condition but a status (see verify), as roles and policies are often completed afterwards. Privileged access takes a
// data lake administrator: it gives whoever registers every permission there.
base::Status register_location(Call& call, permissions::Location location);
base::Status deregister_location(Call& call, const std::string& resource_arn);

struct LocationChange {
  std::string resource_arn;
  std::string role_arn;
  std::optional<bool> with_federation;
  std::optional<bool> hybrid_access;
  std::optional<std::string> expected_resource_owner;
};
base::Status update_location(Call& call, const LocationChange& change);

// With its verification as of now.
base::Result<permissions::Location> describe_location(Call& call, const std::string& resource_arn);

using LocationFilter = std::function<bool(const permissions::Location&)>;
base::Result<permissions::Page<permissions::Location>> list_locations(Call& call, const LocationFilter& keep,
                                                                      const std::string& token, size_t limit);

}  // namespace weir::app
