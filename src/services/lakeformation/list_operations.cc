#include "services/lakeformation/list_operations.h"

#include <array>

#include "app/permissions/grant_lists.h"
#include "services/lakeformation/convert_resource.h"
#include "services/lakeformation/page_size.h"

namespace weir::services {

using namespace wire::lakeformation;
namespace {

constexpr std::array<std::pair<std::string_view, app::GrantType>, 9> kTypes{{
    {"CATALOG", app::GrantType::catalog},
    {"DATABASE", app::GrantType::database},
    {"TABLE", app::GrantType::table},
    {"DATA_LOCATION", app::GrantType::data_location},
    {"LF_TAG", app::GrantType::lf_tag},
    {"LF_TAG_POLICY", app::GrantType::lf_tag_policy},
    {"LF_TAG_POLICY_DATABASE", app::GrantType::lf_tag_policy_database},
    {"LF_TAG_POLICY_TABLE", app::GrantType::lf_tag_policy_table},
    {"LF_NAMED_TAG_EXPRESSION", app::GrantType::lf_named_tag_expression},
}};

base::Result<std::optional<app::GrantType>> type_of(const std::optional<std::string>& name) {
  if (!name) return std::optional<app::GrantType>();
  for (const auto& [known, type] : kTypes)
    if (known == *name) return std::optional(type);
  return base::fail(base::Kind::unsupported, "No permissions of type " + *name + " are held by this server.", "input");
}

// A text in the model, and true or false in its description.
base::Result<bool> related(const std::optional<std::string>& text) {
  if (!text || *text == "FALSE") return false;
  if (*text == "TRUE") return true;
  return base::invalid("IncludeRelated is TRUE or FALSE, not " + *text + ".", "input");
}

base::Result<std::vector<permissions::Resource>> filter_of(const std::optional<Resource>& in, const std::string& own) {
  if (!in) return std::vector<permissions::Resource>();
  if (in->TableWithColumns)
    return base::invalid("TableWithColumns is not supported as a filter: pass the table.", "resource");
  return resources_from_wire(*in, own);
}

wire::List<PrincipalResourcePermissions> rows(const std::vector<app::GrantRow>& items) {
  wire::List<PrincipalResourcePermissions> out;
  out.give();
  for (const auto& row : items) out.push_back(to_wire(row));
  return out;
}

}  // namespace

base::Result<ListPermissionsResponse> list_permissions(app::Call& call, const ListPermissionsRequest& in) {
  app::ListGrants request;
  WEIR_TRY(request.with_filters, related(in.IncludeRelated));
  if (request.with_filters && in.Principal)
    return base::invalid("IncludeRelated can not be used together with Principal.", "input");
  if (request.with_filters && !(in.Resource && in.Resource->Table))
    return base::invalid("IncludeRelated is about a Resource that is a Table.", "input");
  if (in.Principal) {
    WEIR_TRY(request.principal, permissions::Principal::parse(in.Principal->DataLakePrincipalIdentifier.value_or("")));
  }
  WEIR_TRY(request.resources, filter_of(in.Resource, call.caller().account()));
  WEIR_TRY(request.type, type_of(in.ResourceType));
  request.catalog = call.catalog_or_own(in.CatalogId);
  request.token = in.NextToken.value_or("");
  request.limit = page_size(in.MaxResults);
  WEIR_TRY(auto page, app::list_permissions(call, request));
  ListPermissionsResponse out{.PrincipalResourcePermissions = rows(page.items)};
  if (!page.next.empty()) out.NextToken = page.next;
  return out;
}

base::Result<GetEffectivePermissionsForPathResponse> get_effective_permissions_for_path(
    app::Call& call, const GetEffectivePermissionsForPathRequest& in) {
  WEIR_TRY(auto page, app::permissions_for_path(call, {call.catalog_or_own(in.CatalogId), in.ResourceArn.value_or(""),
                                                       in.NextToken.value_or(""), page_size(in.MaxResults)}));
  GetEffectivePermissionsForPathResponse out{.Permissions = rows(page.items)};
  if (!page.next.empty()) out.NextToken = page.next;
  return out;
}

}  // namespace weir::services
