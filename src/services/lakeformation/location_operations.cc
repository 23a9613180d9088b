#include "services/lakeformation/location_operations.h"

#include <algorithm>

#include "app/permissions/location_conditions.h"
#include "app/permissions/locations.h"
#include "services/lakeformation/convert.h"
#include "services/lakeformation/page_size.h"

namespace weir::services {

using namespace wire::lakeformation;
namespace {

base::Result<std::vector<app::LocationCondition>> conditions_of(const wire::List<FilterCondition>& list) {
  std::vector<app::LocationCondition> out;
  for (const auto& one : list) {
    WEIR_TRY(auto condition, app::parse_location_condition(one.Field.value_or(""), one.ComparisonOperator.value_or(""),
                                                           one.StringValueList.items()));
    out.push_back(std::move(condition));
  }
  return out;
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
  WEIR_CHECK_OK(app::register_location(call, std::move(location)));
  return RegisterResourceResponse{};
}

base::Result<DeregisterResourceResponse> deregister_resource(app::Call& call, const DeregisterResourceRequest& in) {
  WEIR_CHECK_OK(app::deregister_location(call, in.ResourceArn.value_or("")));
  return DeregisterResourceResponse{};
}

base::Result<UpdateResourceResponse> update_resource(app::Call& call, const UpdateResourceRequest& in) {
  WEIR_CHECK_OK(app::update_location(call, {in.ResourceArn.value_or(""), in.RoleArn.value_or(""), in.WithFederation,
                                            in.HybridAccessEnabled, in.ExpectedResourceOwnerAccount}));
  return UpdateResourceResponse{};
}

base::Result<DescribeResourceResponse> describe_resource(app::Call& call, const DescribeResourceRequest& in) {
  WEIR_TRY(auto location, app::describe_location(call, in.ResourceArn.value_or("")));
  return DescribeResourceResponse{.ResourceInfo = to_wire(location)};
}

base::Result<ListResourcesResponse> list_resources(app::Call& call, const ListResourcesRequest& in) {
  WEIR_TRY(auto conditions, conditions_of(in.FilterConditionList));
  auto keep = [&](const permissions::Location& location) {
    return std::all_of(conditions.begin(), conditions.end(),
                       [&](const app::LocationCondition& condition) { return app::holds(condition, location); });
  };
  WEIR_TRY(auto page, app::list_locations(call, keep, in.NextToken.value_or(""), page_size(in.MaxResults)));
  ListResourcesResponse out;
  out.ResourceInfoList.give();
  for (const auto& location : page.items) out.ResourceInfoList.push_back(to_wire(location));
  if (!page.next.empty()) out.NextToken = page.next;
  return out;
}

}  // namespace weir::services
