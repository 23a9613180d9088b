#include "services/ram/listing_operations.h"

#include "app/sharing/shared_resources.h"
#include "services/ram/shapes.h"
#include "sharing/shareable.h"

namespace weir::services::ram {
namespace {

base::Result<w::Resource> to_wire(app::Call& call, const app::SharedResource& resource) {
  WEIR_TRY(bool there, app::is_available(call, resource.arn));
  w::Resource out;
  out.arn = resource.arn;
  out.type = resource.type;
  out.resourceShareArn = resource.share;
  out.status = there ? "AVAILABLE" : "UNAVAILABLE";
  if (!there) out.statusMessage = "The resource is not in the catalog any more.";
  out.creationTime = resource.created;
  out.lastUpdatedTime = resource.created;
  out.resourceRegionScope = "REGIONAL";
  return out;
}

w::Principal to_wire_principal(const app::SharingPrincipal& principal) {
  w::Principal out;
  out.id = principal.id;
  out.resourceShareArn = principal.share;
  out.creationTime = principal.created;
  out.lastUpdatedTime = principal.created;
  out.external = principal.external;
  return out;
}

}  // namespace

base::Result<w::ListResourcesResponse> list_resources(app::Call& call, const w::ListResourcesRequest& in) {
  app::SharedResourceFilter filter;
  filter.side = side_of(*in.resourceOwner);
  filter.shares = in.resourceShareArns.items();
  filter.resources = in.resourceArns.items();
  filter.type = in.resourceType;
  filter.principal = in.principal;
  WEIR_TRY(auto resources, app::list_shared_resources(call, filter));
  if (in.resourceRegionScope.value_or("ALL") == "GLOBAL") resources.clear();
  WEIR_TRY(auto page, ram::page_of(in, std::move(resources), [](auto& one) { return one.arn + " " + one.share; }));
  w::ListResourcesResponse out;
  out.resources.give();
  for (const auto& one : page.items) {
    WEIR_TRY(auto shown, to_wire(call, one));
    out.resources.push_back(std::move(shown));
  }
  out.nextToken = std::move(page.marker);
  return out;
}

base::Result<w::ListPrincipalsResponse> list_principals(app::Call& call, const w::ListPrincipalsRequest& in) {
  app::SharingPrincipalFilter filter;
  filter.side = side_of(*in.resourceOwner);
  filter.shares = in.resourceShareArns.items();
  filter.principals = in.principals.items();
  filter.resource = in.resourceArn;
  filter.type = in.resourceType;
  WEIR_TRY(auto principals, app::list_sharing_principals(call, filter));
  w::ListPrincipalsResponse out;
  WEIR_CHECK_OK(answer_page(
      in, out, std::move(principals), [](auto& one) { return one.id + " " + one.share; }, out.principals,
      to_wire_principal));
  return out;
}

base::Result<w::ListResourceTypesResponse> list_resource_types(app::Call& call, const w::ListResourceTypesRequest& in) {
  WEIR_CHECK_OK(call.authorize({.action = "ram:ListResourceTypes"}));
  std::vector<std::string> types;
  if (in.resourceRegionScope.value_or("ALL") != "GLOBAL")
    for (auto type : sharing::resource_types()) types.emplace_back(to_string(type));
  w::ListResourceTypesResponse out;
  WEIR_CHECK_OK(answer_page(
      in, out, std::move(types), [](auto& one) { return one; }, out.resourceTypes,
      [](auto& one) {
        return w::ServiceNameAndResourceType{
            .resourceType = one, .serviceName = "glue", .resourceRegionScope = "REGIONAL"};
      }));
  return out;
}

}  // namespace weir::services::ram
