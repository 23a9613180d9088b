#include "services/lakeformation/location_operations.h"

#include <algorithm>

#include "app/locations.h"
#include "services/lakeformation/convert.h"

namespace weir::services {

using namespace wire::lakeformation;
namespace {

std::string field_of(const permissions::Location& location, std::string_view field) {
  if (field == "ROLE_ARN") return location.role_arn;
  if (field == "LAST_MODIFIED") return std::to_string(base::to_epoch_whole_seconds(location.last_modified));
  return location.resource_arn;
}

// One condition on one text. Times compare as whole epoch seconds, which have the same number of digits for 250 years.
bool holds(std::string_view op, const std::string& value, const std::vector<std::string>& given) {
  if (given.empty()) return false;
  const auto& first = given.front();
  if (op == "EQ") return value == first;
  if (op == "NE") return value != first;
  if (op == "LE") return value <= first;
  if (op == "LT") return value < first;
  if (op == "GE") return value >= first;
  if (op == "GT") return value > first;
  if (op == "CONTAINS") return value.find(first) != std::string::npos;
  if (op == "NOT_CONTAINS") return value.find(first) == std::string::npos;
  if (op == "BEGINS_WITH") return value.starts_with(first);
  if (op == "IN") return std::find(given.begin(), given.end(), value) != given.end();
  if (op == "BETWEEN") return given.size() == 2 && given[0] <= value && value <= given[1];
  return false;
}

}  // namespace

base::Result<RegisterResourceResponse> register_resource(app::Call& call, const RegisterResourceRequest& in) {
  permissions::Location location;
  location.resource_arn = in.ResourceArn.value_or("");
  location.role_arn = in.RoleArn.value_or("");
  location.use_service_linked_role = in.UseServiceLinkedRole.value_or(false);
  location.with_federation = in.WithFederation.value_or(false);
  location.hybrid_access = in.HybridAccessEnabled.value_or(false);
  location.with_privileged_access = in.WithPrivilegedAccess.value_or(false);
  location.expected_resource_owner = in.ExpectedResourceOwnerAccount.value_or("");
  if (location.hybrid_access || location.with_privileged_access)
    return base::fail(base::Kind::unsupported,
                      "Hybrid access mode and privileged access are not supported by this server yet.", "location");
  WEIR_CHECK_OK(app::register_location(call, std::move(location)));
  return RegisterResourceResponse{};
}

base::Result<DeregisterResourceResponse> deregister_resource(app::Call& call, const DeregisterResourceRequest& in) {
  WEIR_CHECK_OK(app::deregister_location(call, in.ResourceArn.value_or("")));
  return DeregisterResourceResponse{};
}

base::Result<UpdateResourceResponse> update_resource(app::Call& call, const UpdateResourceRequest& in) {
  if (in.HybridAccessEnabled.value_or(false))
    return base::fail(base::Kind::unsupported, "Hybrid access mode is not supported by this server yet.", "location");
  WEIR_CHECK_OK(app::update_location(call, {in.ResourceArn.value_or(""), in.RoleArn.value_or(""), in.WithFederation,
                                            in.HybridAccessEnabled, in.ExpectedResourceOwnerAccount}));
  return UpdateResourceResponse{};
}

base::Result<DescribeResourceResponse> describe_resource(app::Call& call, const DescribeResourceRequest& in) {
  WEIR_TRY(auto location, app::describe_location(call, in.ResourceArn.value_or("")));
  return DescribeResourceResponse{.ResourceInfo = to_wire(location)};
}

base::Result<ListResourcesResponse> list_resources(app::Call& call, const ListResourcesRequest& in) {
  auto keep = [&](const permissions::Location& location) {
    return std::all_of(
        in.FilterConditionList.begin(), in.FilterConditionList.end(), [&](const FilterCondition& condition) {
          return holds(condition.ComparisonOperator.value_or(""), field_of(location, condition.Field.value_or("")),
                       condition.StringValueList.items());
        });
  };
  size_t limit = in.MaxResults ? static_cast<size_t>(*in.MaxResults) : 1000;
  WEIR_TRY(auto page, app::list_locations(call, keep, in.NextToken.value_or(""), limit));
  ListResourcesResponse out;
  out.ResourceInfoList.give();
  for (const auto& location : page.items) out.ResourceInfoList.push_back(to_wire(location));
  if (!page.next.empty()) out.NextToken = page.next;
  return out;
}

}  // namespace weir::services
