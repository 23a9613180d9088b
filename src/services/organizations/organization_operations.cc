#include "services/organizations/organization_operations.h"

#include "app/organizations/organizations.h"
#include "base/text.h"
#include "services/organizations/shapes.h"

namespace weir::services::organizations {
namespace {

w::Organization to_wire(const app::ShownOrganization& shown) {
  const auto& organization = shown.organization;
  w::Organization out;
  out.Id = organization.id;
  out.Arn = organization.arn();
  out.FeatureSet = "ALL";
  out.MasterAccountId = organization.management.text();
  out.MasterAccountArn = identity::member_arn(organization, organization.management);
  if (!shown.management_email.empty()) out.MasterAccountEmail = shown.management_email;
  out.AvailablePolicyTypes.push_back({.Type = std::string(kControlPolicies), .Status = "ENABLED"});
  return out;
}

std::vector<std::pair<std::string, base::Instant>> listed(const std::map<std::string, base::Instant>& map) {
  return {map.begin(), map.end()};
}

}  // namespace

base::Result<w::CreateOrganizationResponse> create_organization(app::Call& call,
                                                                const w::CreateOrganizationRequest& in) {
  if (in.FeatureSet.value_or("ALL") != "ALL")
    return base::invalid("Bills are not consolidated here: the feature set is ALL.", "INVALID_ENUM");
  WEIR_TRY(auto made, app::create_organization(call));
  w::CreateOrganizationResponse out;
  out.Organization = to_wire(made);
  return out;
}

base::Result<w::DescribeOrganizationResponse> describe_organization(app::Call& call, const wire::Nothing&) {
  WEIR_TRY(auto shown, app::describe_organization(call));
  w::DescribeOrganizationResponse out;
  out.Organization = to_wire(shown);
  return out;
}

base::Result<wire::Nothing> delete_organization(app::Call& call, const wire::Nothing&) {
  return done(app::delete_organization(call));
}

base::Result<w::ListRootsResponse> list_roots(app::Call& call, const w::ListRootsRequest& in) {
  WEIR_TRY(auto organization, app::list_roots(call));
  w::ListRootsResponse out;
  std::vector<identity::Organization> roots;
  roots.push_back(std::move(organization));
  WEIR_CHECK_OK(answer_page(
      in, out, std::move(roots), [](auto& one) { return one.root_id; }, out.Roots, to_wire_root));
  return out;
}

base::Result<wire::Nothing> enable_service_access(app::Call& call, const w::EnableAWSServiceAccessRequest& in) {
  return done(app::enable_service_access(call, *in.ServicePrincipal));
}

base::Result<wire::Nothing> disable_service_access(app::Call& call, const w::DisableAWSServiceAccessRequest& in) {
  return done(app::disable_service_access(call, *in.ServicePrincipal));
}

base::Result<w::ListAWSServiceAccessForOrganizationResponse> list_service_access(
    app::Call& call, const w::ListAWSServiceAccessForOrganizationRequest& in) {
  WEIR_TRY(auto services, app::list_service_access(call));
  w::ListAWSServiceAccessForOrganizationResponse out;
  WEIR_CHECK_OK(answer_page(
      in, out, listed(services), [](auto& one) { return one.first; }, out.EnabledServicePrincipals,
      [](auto& one) { return w::EnabledServicePrincipal{.ServicePrincipal = one.first, .DateEnabled = one.second}; }));
  return out;
}

base::Result<wire::Nothing> tag_resource(app::Call& call, const w::TagResourceRequest& in) {
  return done(app::tag_organized(call, *in.ResourceId, from_wire(in.Tags)));
}

base::Result<wire::Nothing> untag_resource(app::Call& call, const w::UntagResourceRequest& in) {
  return done(app::untag_organized(call, *in.ResourceId, in.TagKeys.items()));
}

base::Result<w::ListTagsForResourceResponse> list_tags(app::Call& call, const w::ListTagsForResourceRequest& in) {
  WEIR_TRY(auto tags, app::list_organized_tags(call, *in.ResourceId));
  w::ListTagsForResourceResponse out;
  WEIR_CHECK_OK(answer_page(
      in, out, std::move(tags), [](auto& tag) { return base::to_lower(tag.key); }, out.Tags,
      [](auto& tag) { return w::Tag{.Key = tag.key, .Value = tag.value}; }));
  return out;
}

}  // namespace weir::services::organizations
