#include "services/ram/share_operations.h"

#include "app/organizations/organization_sharing.h"
#include "services/ram/shapes.h"

namespace weir::services::ram {
namespace {

base::Status check_offered(const w::CreateResourceShareRequest& in) {
  if (!in.sources.empty()) return not_offered("sources");
  if (!in.permissionTemplateParameters.empty()) return not_offered("permissionTemplateParameters");
  auto& configuration = in.resourceShareConfiguration;
  if (configuration && configuration->retainSharingOnAccountLeaveOrganization.value_or(false))
    return not_offered("retainSharingOnAccountLeaveOrganization");
  return {};
}

// The ARN of the share to tag; other things have no tags here.
base::Result<std::string> tagged_share(const std::optional<std::string>& share,
                                       const std::optional<std::string>& resource) {
  if (share.has_value() == resource.has_value())
    return base::invalid("Name the resource share, and nothing else.", "parameter");
  return share ? *share : *resource;
}

}  // namespace

base::Result<w::CreateResourceShareResponse> create_share(app::Call& call, const w::CreateResourceShareRequest& in) {
  WEIR_CHECK_OK(check_offered(in));
  app::NewShare wanted;
  wanted.name = *in.name;
  wanted.resources = in.resourceArns.items();
  wanted.principals = in.principals.items();
  wanted.permissions = in.permissionArns.items();
  wanted.tags = from_wire(in.tags);
  wanted.allows_external = in.allowExternalPrincipals.value_or(true);
  wanted.token = in.clientToken;
  WEIR_TRY(auto made, app::create_share(call, wanted));
  w::CreateResourceShareResponse out;
  out.resourceShare = to_wire(made);
  out.clientToken = in.clientToken;
  return out;
}

base::Result<w::UpdateResourceShareResponse> update_share(app::Call& call, const w::UpdateResourceShareRequest& in) {
  WEIR_TRY(auto changed,
           app::update_share(call, {*in.resourceShareArn, in.name, in.allowExternalPrincipals, in.clientToken}));
  w::UpdateResourceShareResponse out;
  out.resourceShare = to_wire(changed);
  out.clientToken = in.clientToken;
  return out;
}

base::Result<w::DeleteResourceShareResponse> delete_share(app::Call& call, const w::DeleteResourceShareRequest& in) {
  WEIR_CHECK_OK(app::delete_share(call, *in.resourceShareArn, in.clientToken));
  return done<w::DeleteResourceShareResponse>(in.clientToken);
}

base::Result<w::GetResourceSharesResponse> get_shares(app::Call& call, const w::GetResourceSharesRequest& in) {
  app::ShareFilter filter;
  filter.side = side_of(*in.resourceOwner);
  filter.shares = in.resourceShareArns.items();
  filter.name = in.name;
  for (const auto& one : in.tagFilters) filter.tags.push_back({one.tagKey.value_or(""), one.tagValues.items()});
  filter.permission = in.permissionArn;
  WEIR_TRY(auto shares, app::list_shares(call, filter));
  if (in.resourceShareStatus.value_or("ACTIVE") != "ACTIVE") shares.clear();
  w::GetResourceSharesResponse out;
  WEIR_CHECK_OK(answer_page(
      in, out, std::move(shares), [](auto& one) { return one.arn(); }, out.resourceShares,
      [](auto& one) { return to_wire(one); }));
  return out;
}

base::Result<w::TagResourceResponse> tag_resource(app::Call& call, const w::TagResourceRequest& in) {
  WEIR_TRY(auto share, tagged_share(in.resourceShareArn, in.resourceArn));
  WEIR_CHECK_OK(app::tag_share(call, share, from_wire(in.tags)));
  return w::TagResourceResponse{};
}

base::Result<w::UntagResourceResponse> untag_resource(app::Call& call, const w::UntagResourceRequest& in) {
  WEIR_TRY(auto share, tagged_share(in.resourceShareArn, in.resourceArn));
  WEIR_CHECK_OK(app::untag_share(call, share, in.tagKeys.items()));
  return w::UntagResourceResponse{};
}

base::Result<w::EnableSharingWithAwsOrganizationResponse> enable_sharing(
    app::Call& call, const w::EnableSharingWithAwsOrganizationRequest&) {
  WEIR_CHECK_OK(app::enable_sharing_in_organization(call));
  w::EnableSharingWithAwsOrganizationResponse out;
  out.returnValue = true;
  return out;
}

}  // namespace weir::services::ram
