#include "permissions/location.h"

#include "permissions/resource.h"

namespace weir::permissions {
namespace {

constexpr std::string_view kVerificationNames[] = {"NOT_VERIFIED", "VERIFIED", "VERIFICATION_FAILED"};

bool is_role_arn(const std::string& text) {
  auto arn = names::Arn::parse(text);
  return arn.ok() && arn->service == "iam" && names::is_account_id(arn->account) &&
         arn->resource.starts_with("role/") && arn->resource.size() > 5;
}

}  // namespace

base::Json to_json(Verification status) { return kVerificationNames[static_cast<size_t>(status)]; }
base::Status from_json(const base::Json& json, Verification& status) {
  for (size_t i = 0; i < 3; ++i) {
    if (!json.as_string() || *json.as_string() != kVerificationNames[i]) continue;
    status = static_cast<Verification>(i);
    return {};
  }
  return base::internal("record: unknown verification status");
}

base::Status check(const Location& location) {
  auto arn = names::Arn::parse(location.resource_arn);
  if (!arn.ok() || arn->service != "s3" || !place_of(location).ok())
    return base::invalid("ResourceArn is arn:aws:s3:::bucket or arn:aws:s3:::bucket/prefix.", "location");
  if (location.use_service_linked_role == !location.role_arn.empty())
    return base::invalid("Give RoleArn, or UseServiceLinkedRole as true; not both, not neither.", "location");
  if (!location.role_arn.empty() && !is_role_arn(location.role_arn))
    return base::invalid("RoleArn is not the ARN of an IAM role.", "location");
  if (!location.expected_resource_owner.empty() && !names::is_account_id(location.expected_resource_owner))
    return base::invalid("ExpectedResourceOwnerAccount has twelve digits.", "location");
  return {};
}

base::Result<names::S3Path> place_of(const Location& location) {
  WEIR_TRY(auto path, names::S3Path::parse(location.resource_arn));
  return canonical(std::move(path));
}

bool needs_location_access(const PlacementFacts& facts) {
  if (!facts.place || !facts.place_registered) return false;
  if (!facts.is_table) return true;
  bool below_database =
      facts.database_place && facts.database_place_registered && facts.database_place->covers(*facts.place);
  return !below_database;
}

}  // namespace weir::permissions
