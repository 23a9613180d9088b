// Registered data locations: which registration governs a path, and when creating something there
// needs DATA_LOCATION_ACCESS.
#pragma once
#include <optional>
#include <string>

#include "base/record.h"
#include "names/arn.h"

namespace weir::permissions {

enum class Verification { not_verified, verified, verification_failed };
base::Json to_json(Verification status);
base::Status from_json(const base::Json& json, Verification& status);

struct Location {
  std::string resource_arn;  // as given, for the answer
  std::string role_arn;
  bool use_service_linked_role = false;
  bool with_federation = false;
  bool hybrid_access = false;
  bool with_privileged_access = false;
  std::string expected_resource_owner;
  std::string registered_by;
  base::Instant last_modified;
  Verification verification = Verification::not_verified;
};
WEIR_RECORD(Location, FIELD("ResourceArn", &Location::resource_arn), FIELD("RoleArn", &Location::role_arn),
            FIELD("UseServiceLinkedRole", &Location::use_service_linked_role),
            FIELD("WithFederation", &Location::with_federation), FIELD("HybridAccess", &Location::hybrid_access),
            FIELD("WithPrivilegedAccess", &Location::with_privileged_access),
            FIELD("ExpectedResourceOwner", &Location::expected_resource_owner),
            FIELD("RegisteredBy", &Location::registered_by), FIELD("LastModified", &Location::last_modified),
            FIELD("Verification", &Location::verification))

// Judges a registration as sent: an S3 ARN, and exactly one of a role and the service-linked role.
base::Status check(const Location& location);
// The place registered, without trailing '/'.
base::Result<names::S3Path> place_of(const Location& location);

// Visits a canonical path and each of its parents on '/' boundaries, longest first, until `visit` says true.
template <class Visit>
void each_parent(names::S3Path path, Visit&& visit) {
  while (!visit(path) && !path.key.empty()) {
    auto slash = path.key.rfind('/');
    path.key.resize(slash == std::string::npos ? 0 : slash);
  }
}

// What is being created or moved, and whether the places concerned are registered.
struct PlacementFacts {
  bool is_table = false;               // else a database
  std::optional<names::S3Path> place;  // of the object itself
  bool place_registered = false;
  std::optional<names::S3Path> database_place;  // of the table's database
  bool database_place_registered = false;
};
// Whether DATA_LOCATION_ACCESS on `place` is needed on top of CREATE_DATABASE or CREATE_TABLE.
bool needs_location_access(const PlacementFacts& facts);

}  // namespace weir::permissions
