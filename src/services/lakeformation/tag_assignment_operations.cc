#include "services/lakeformation/tag_assignment_operations.h"

#include "app/permissions/tag_assignments.h"
#include "app/permissions/tag_search.h"
#include "services/lakeformation/convert_resource.h"
#include "services/lakeformation/errors.h"
#include "services/lakeformation/page_size.h"

namespace weir::services {

using namespace wire::lakeformation;
namespace {

// Columns are tagged by name: a wildcard among them would be a promise about columns to come.
base::Result<permissions::Resource> carrier(const Resource& in, const std::string& own) {
  if (in.TableWithColumns && in.TableWithColumns->ColumnWildcard)
    return base::invalid("LF-Tags are assigned to columns by ColumnNames; ColumnWildcard is not supported here.",
                         "resource");
  return resource_from_wire(in, own);
}

std::vector<app::TagPair> pairs(const wire::List<LFTagPair>& in, const std::string& own) {
  std::vector<app::TagPair> out;
  for (const auto& pair : in)
    out.push_back({pair.CatalogId.value_or(own), pair.TagKey.value_or(""), pair.TagValues.items()});
  return out;
}

wire::List<LFTagError> failures(const std::vector<app::TagFailure>& failed, const wire::List<LFTagPair>& asked) {
  wire::List<LFTagError> out;
  out.give();
  for (const auto& failure : failed)
    out.push_back({.LFTag = asked[failure.index],
                   .Error = ErrorDetail{.ErrorCode = std::string(lakeformation_error(failure.error).code),
                                        .ErrorMessage = failure.error.says}});
  return out;
}

template <class In>
app::TagSearch search_of(const app::Call& call, const In& in) {
  return {call.catalog_or_own(in.CatalogId), terms_of(in.Expression), in.NextToken.value_or(""),
          page_size(in.MaxResults, kTagSearchPageMax)};
}

}  // namespace

base::Result<AddLFTagsToResourceResponse> add_lf_tags_to_resource(app::Call& call,
                                                                  const AddLFTagsToResourceRequest& in) {
  const auto& own = call.caller().account();
  WEIR_TRY(auto on, carrier(*in.Resource, own));
  WEIR_TRY(auto failed, app::add_lf_tags(call, on, pairs(in.LFTags, own)));
  return AddLFTagsToResourceResponse{.Failures = failures(failed, in.LFTags)};
}

base::Result<RemoveLFTagsFromResourceResponse> remove_lf_tags_from_resource(app::Call& call,
                                                                            const RemoveLFTagsFromResourceRequest& in) {
  const auto& own = call.caller().account();
  WEIR_TRY(auto on, carrier(*in.Resource, own));
  WEIR_TRY(auto failed, app::remove_lf_tags(call, on, pairs(in.LFTags, own)));
  return RemoveLFTagsFromResourceResponse{.Failures = failures(failed, in.LFTags)};
}

base::Result<GetResourceLFTagsResponse> get_resource_lf_tags(app::Call& call, const GetResourceLFTagsRequest& in) {
  WEIR_TRY(auto on, carrier(*in.Resource, call.caller().account()));
  WEIR_TRY(auto tags, app::get_resource_lf_tags(call, on, in.ShowAssignedLFTags.value_or(false)));
  GetResourceLFTagsResponse out;
  if (!tags.database.empty()) out.LFTagOnDatabase = to_wire(tags.database, on.catalog);
  if (!tags.table.empty()) out.LFTagsOnTable = to_wire(tags.table, on.catalog);
  if (!tags.columns.empty()) out.LFTagsOnColumns = to_wire(tags.columns, on.catalog);
  return out;
}

base::Result<SearchDatabasesByLFTagsResponse> search_databases_by_lf_tags(app::Call& call,
                                                                          const SearchDatabasesByLFTagsRequest& in) {
  WEIR_TRY(auto page, app::search_databases_by_tags(call, search_of(call, in)));
  SearchDatabasesByLFTagsResponse out;
  out.DatabaseList.give();
  for (const auto& found : page.items)
    out.DatabaseList.push_back(
        {.Database = to_wire(found.database).Database, .LFTags = to_wire(found.tags, found.database.catalog)});
  if (!page.next.empty()) out.NextToken = page.next;
  return out;
}

base::Result<SearchTablesByLFTagsResponse> search_tables_by_lf_tags(app::Call& call,
                                                                    const SearchTablesByLFTagsRequest& in) {
  WEIR_TRY(auto page, app::search_tables_by_tags(call, search_of(call, in)));
  SearchTablesByLFTagsResponse out;
  out.TableList.give();
  for (const auto& found : page.items) {
    const auto& catalog = found.table.catalog;
    out.TableList.push_back({.Table = to_wire(found.table).Table,
                             .LFTagOnDatabase = to_wire(found.tags.database, catalog),
                             .LFTagsOnTable = to_wire(found.tags.table, catalog),
                             .LFTagsOnColumns = to_wire(found.tags.columns, catalog)});
  }
  if (!page.next.empty()) out.NextToken = page.next;
  return out;
}

}  // namespace weir::services
