#include "services/lakeformation/vending_operations.h"

#include "app/catalog/governed_table.h"
#include "app/vending/vending.h"
#include "base/text.h"
#include "permissions/encode_view.h"

namespace weir::services {

using namespace wire::lakeformation;
namespace {

base::Result<std::vector<permissions::EnforcementLevel>> supported(const wire::List<std::string>& types) {
  std::vector<permissions::EnforcementLevel> out;
  for (const auto& type : types) {
    WEIR_TRY(auto level, permissions::parse_permission_type(type));
    out.push_back(level);
  }
  return out;
}

// A table of another region or partition is another table.
base::Result<names::TableName> table_here(const app::Call& call, const std::string& arn) {
  WEIR_TRY(auto name, names::parse_table_arn(arn));
  if (base::to_lower(arn) == app::arn_of(call, name)) return name;
  return base::invalid("not the ARN of a table of region " + call.lake().region + ": " + arn.substr(0, 256),
                       "table_arn");
}

// What both table operations ask for.
template <class In>
base::Result<app::VendRequest> vend_request(const app::Call& call, const In& in) {
  app::VendRequest out;
  WEIR_TRY(out.table, table_here(call, in.TableArn.value_or("")));
  out.permissions = in.Permissions.items();
  if (in.DurationSeconds) out.duration_s = *in.DurationSeconds;
  WEIR_TRY(out.supported, supported(in.SupportedPermissionTypes));
  return out;
}

// The four members every answer has.
template <class Out>
void set_credentials(Out& out, const identity::Credentials& from) {
  out.AccessKeyId = from.access_key_id;
  out.SecretAccessKey = from.secret.reveal();
  out.SessionToken = from.token;
  out.Expiration = from.expires;
}

}  // namespace

base::Result<GetTemporaryGlueTableCredentialsResponse> get_temporary_glue_table_credentials(
    app::Call& call, const GetTemporaryGlueTableCredentialsRequest& in) {
  WEIR_TRY(auto request, vend_request(call, in));
  request.s3_path = in.S3Path;
  WEIR_TRY(auto vended, app::vend_for_table(call, request));
  GetTemporaryGlueTableCredentialsResponse out;
  set_credentials(out, vended.credentials);
  out.VendedS3Path = vended.paths;
  return out;
}

base::Result<GetTemporaryGluePartitionCredentialsResponse> get_temporary_glue_partition_credentials(
    app::Call& call, const GetTemporaryGluePartitionCredentialsRequest& in) {
  WEIR_TRY(auto request, vend_request(call, in));
  request.partition_values = in.Partition ? in.Partition->Values.items() : std::vector<std::string>();
  WEIR_TRY(auto vended, app::vend_for_table(call, request));
  GetTemporaryGluePartitionCredentialsResponse out;
  set_credentials(out, vended.credentials);
  return out;
}

base::Result<GetTemporaryDataLocationCredentialsResponse> get_temporary_data_location_credentials(
    app::Call& call, const GetTemporaryDataLocationCredentialsRequest& in) {
  app::LocationVendRequest request;
  request.locations = in.DataLocations.items();
  auto scope = in.CredentialsScope.value_or("READ");
  request.write = scope == "READWRITE";
  if (in.DurationSeconds) request.duration_s = *in.DurationSeconds;
  WEIR_TRY(auto vended, app::vend_for_location(call, request));
  GetTemporaryDataLocationCredentialsResponse out;
  out.Credentials = TemporaryCredentials{};
  set_credentials(*out.Credentials, vended.credentials);
  out.AccessibleDataLocations = vended.paths;
  out.CredentialsScope = scope;
  return out;
}

}  // namespace weir::services
