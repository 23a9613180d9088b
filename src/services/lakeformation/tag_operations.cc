#include "services/lakeformation/tag_operations.h"

#include "app/permissions/lf_tags.h"
#include "app/permissions/tag_expressions.h"
#include "services/lakeformation/convert_resource.h"
#include "services/lakeformation/page_size.h"

namespace weir::services {

using namespace wire::lakeformation;
namespace {

// Create and Update have these members in common.
template <class In>
app::ExpressionInput expression_input(const app::Call& call, const In& in) {
  return {call.catalog_or_own(in.CatalogId), in.Name.value_or(""), in.Description, terms_of(in.Expression)};
}

app::TagOwners owners_of(const std::optional<std::string>& share_type) {
  if (share_type == "FOREIGN") return app::TagOwners::others;
  return share_type == "ALL" ? app::TagOwners::all : app::TagOwners::catalog;
}

// One expression's members, in an answer of its own or in a list's.
template <class Out>
Out expression_output(const permissions::SavedExpression& saved, const std::string& catalog) {
  Out out;
  out.Name = saved.name;
  if (!saved.description.empty()) out.Description = saved.description;
  out.CatalogId = catalog;
  out.Expression = to_wire(saved.expression);
  return out;
}

}  // namespace

base::Result<CreateLFTagResponse> create_lf_tag(app::Call& call, const CreateLFTagRequest& in) {
  WEIR_CHECK_OK(
      app::create_lf_tag(call, {call.catalog_or_own(in.CatalogId), in.TagKey.value_or(""), in.TagValues.items()}));
  return CreateLFTagResponse{};
}

base::Result<GetLFTagResponse> get_lf_tag(app::Call& call, const GetLFTagRequest& in) {
  auto catalog = call.catalog_or_own(in.CatalogId);
  WEIR_TRY(auto tag, app::get_lf_tag(call, catalog, in.TagKey.value_or("")));
  return GetLFTagResponse{.CatalogId = catalog, .TagKey = tag.key, .TagValues = tag.values};
}

base::Result<UpdateLFTagResponse> update_lf_tag(app::Call& call, const UpdateLFTagRequest& in) {
  WEIR_CHECK_OK(app::update_lf_tag(call, {call.catalog_or_own(in.CatalogId), in.TagKey.value_or(""),
                                          in.TagValuesToAdd.items(), in.TagValuesToDelete.items()}));
  return UpdateLFTagResponse{};
}

base::Result<DeleteLFTagResponse> delete_lf_tag(app::Call& call, const DeleteLFTagRequest& in) {
  WEIR_CHECK_OK(app::delete_lf_tag(call, call.catalog_or_own(in.CatalogId), in.TagKey.value_or("")));
  return DeleteLFTagResponse{};
}

base::Result<ListLFTagsResponse> list_lf_tags(app::Call& call, const ListLFTagsRequest& in) {
  app::TagList request{call.catalog_or_own(in.CatalogId), owners_of(in.ResourceShareType), in.NextToken.value_or(""),
                       page_size(in.MaxResults)};
  WEIR_TRY(auto page, app::list_lf_tags(call, request));
  ListLFTagsResponse out;
  out.LFTags.give();
  for (const auto& one : page.items)
    out.LFTags.push_back({.CatalogId = one.catalog, .TagKey = one.tag.key, .TagValues = one.tag.values});
  if (!page.next.empty()) out.NextToken = page.next;
  return out;
}

base::Result<CreateLFTagExpressionResponse> create_lf_tag_expression(app::Call& call,
                                                                     const CreateLFTagExpressionRequest& in) {
  WEIR_CHECK_OK(app::create_tag_expression(call, expression_input(call, in)));
  return CreateLFTagExpressionResponse{};
}

base::Result<GetLFTagExpressionResponse> get_lf_tag_expression(app::Call& call, const GetLFTagExpressionRequest& in) {
  auto catalog = call.catalog_or_own(in.CatalogId);
  WEIR_TRY(auto saved, app::get_tag_expression(call, catalog, in.Name.value_or("")));
  return expression_output<GetLFTagExpressionResponse>(saved, catalog);
}

base::Result<UpdateLFTagExpressionResponse> update_lf_tag_expression(app::Call& call,
                                                                     const UpdateLFTagExpressionRequest& in) {
  WEIR_CHECK_OK(app::update_tag_expression(call, expression_input(call, in)));
  return UpdateLFTagExpressionResponse{};
}

base::Result<DeleteLFTagExpressionResponse> delete_lf_tag_expression(app::Call& call,
                                                                     const DeleteLFTagExpressionRequest& in) {
  WEIR_CHECK_OK(app::delete_tag_expression(call, call.catalog_or_own(in.CatalogId), in.Name.value_or("")));
  return DeleteLFTagExpressionResponse{};
}

base::Result<ListLFTagExpressionsResponse> list_lf_tag_expressions(app::Call& call,
                                                                   const ListLFTagExpressionsRequest& in) {
  auto catalog = call.catalog_or_own(in.CatalogId);
  WEIR_TRY(auto page, app::list_tag_expressions(call, catalog, in.NextToken.value_or(""), page_size(in.MaxResults)));
  ListLFTagExpressionsResponse out;
  out.LFTagExpressions.give();
  for (const auto& saved : page.items)
    out.LFTagExpressions.push_back(expression_output<LFTagExpression>(saved, catalog));
  if (!page.next.empty()) out.NextToken = page.next;
  return out;
}

}  // namespace weir::services
