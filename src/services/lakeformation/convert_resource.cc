#include "services/lakeformation/convert_resource.h"

#include <algorithm>

#include "base/text.h"

namespace weir::services {

namespace lf = wire::lakeformation;
using permissions::PolicyTarget;
using permissions::Resource;
using permissions::ResourceKind;

namespace {

int members_given(const lf::Resource& in) {
  return in.AnyResource.has_value() + in.Catalog.has_value() + in.Database.has_value() + in.Table.has_value() +
         in.TableWithColumns.has_value() + in.DataLocation.has_value() + in.DataCellsFilter.has_value() +
         in.LFTag.has_value() + in.LFTagPolicy.has_value() + in.LFTagExpression.has_value() + in.RLSPolicy.has_value() +
         in.UserDefinedFunction.has_value();
}

base::Result<Resource> table(const lf::TableResource& in, const std::string& own) {
  auto catalog = in.CatalogId.value_or(own);
  if (in.Name.has_value() == in.TableWildcard.has_value())
    return base::invalid("Table name and table wildcard cannot both be empty/present.", "resource");
  if (in.TableWildcard) return Resource::of_all_tables(catalog, in.DatabaseName.value_or(""));
  return Resource::of_table(catalog, in.DatabaseName.value_or(""), *in.Name);
}

base::Result<Resource> columns(const lf::TableWithColumnsResource& in, const std::string& own) {
  bool named = in.ColumnNames.given() && !in.ColumnNames.empty();
  if (named == in.ColumnWildcard.has_value())
    return base::invalid("Give either ColumnNames or ColumnWildcard.", "resource");
  auto set = named ? permissions::ColumnSet::only(in.ColumnNames.items())
                   : permissions::ColumnSet::all_except(in.ColumnWildcard->ExcludedColumnNames.items());
  return Resource::of_columns(in.CatalogId.value_or(own), in.DatabaseName.value_or(""), in.Name.value_or(""), set);
}

base::Result<std::vector<Resource>> tag_values(const lf::LFTagKeyResource& in, const std::string& own) {
  if (in.TagValues.empty()) return base::invalid("TagValues must name values, or * for all of them.", "resource");
  std::vector<Resource> out;
  for (const auto& value : in.TagValues) {
    WEIR_TRY(auto one, Resource::of_tag(in.CatalogId.value_or(own), in.TagKey.value_or(""), value));
    if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(std::move(one));
  }
  bool any = std::any_of(out.begin(), out.end(),
                         [](const Resource& one) { return one.tag_value == permissions::kAnyTagValue; });
  if (any && out.size() > 1)
    return base::invalid("The value * stands for all values of an LF-Tag; it stands alone in TagValues.", "resource");
  return out;
}

base::Result<Resource> policy(const lf::LFTagPolicyResource& in, const std::string& own) {
  if (in.Expression.given() == in.ExpressionName.has_value())
    return base::invalid("An LFTagPolicy has exactly one of Expression and ExpressionName.", "resource");
  auto on = in.ResourceType == "DATABASE" ? PolicyTarget::databases : PolicyTarget::tables;
  auto catalog = in.CatalogId.value_or(own);
  if (in.ExpressionName) return Resource::of_named_policy(catalog, on, *in.ExpressionName);
  WEIR_TRY(auto expression, permissions::TagExpression::of(terms_of(in.Expression)));
  return Resource::of_policy(catalog, on, std::move(expression));
}

base::Result<Resource> filter(const lf::DataCellsFilterResource& in, const std::string& own) {
  return Resource::of_filter(in.TableCatalogId.value_or(own), in.DatabaseName.value_or(""), in.TableName.value_or(""),
                             in.Name.value_or(""));
}

base::Result<Resource> single(const lf::Resource& in, const std::string& own) {
  if (in.Catalog) return Resource::of_catalog(in.Catalog->Id.value_or(own));
  if (in.Database) return Resource::of_database(in.Database->CatalogId.value_or(own), in.Database->Name.value_or(""));
  if (in.Table) return table(*in.Table, own);
  if (in.TableWithColumns) return columns(*in.TableWithColumns, own);
  if (in.DataLocation)
    return Resource::of_location(in.DataLocation->CatalogId.value_or(own), in.DataLocation->ResourceArn.value_or(""));
  if (in.DataCellsFilter) return filter(*in.DataCellsFilter, own);
  if (in.LFTagPolicy) return policy(*in.LFTagPolicy, own);
  if (in.LFTagExpression)
    return Resource::of_expression(in.LFTagExpression->CatalogId.value_or(own), in.LFTagExpression->Name.value_or(""));
  return base::fail(base::Kind::unsupported, "Resources of this kind are not supported by this server.", "resource");
}

lf::TableWithColumnsResource with_columns(const Resource& resource) {
  lf::TableWithColumnsResource out{
      .CatalogId = resource.catalog, .DatabaseName = resource.database, .Name = resource.table};
  if (resource.columns.is_exclusion()) {
    out.ColumnWildcard = lf::ColumnWildcard{};
    if (!resource.columns.names().empty()) out.ColumnWildcard->ExcludedColumnNames = resource.columns.names();
  } else {
    out.ColumnNames = resource.columns.names();
  }
  return out;
}

lf::TableResource table(const Resource& resource) {
  lf::TableResource out{.CatalogId = resource.catalog, .DatabaseName = resource.database};
  if (resource.kind == ResourceKind::all_tables) {
    out.TableWildcard = lf::TableWildcard{};
  } else {
    out.Name = resource.table;
  }
  return out;
}

lf::DataLocationResource location(const Resource& resource) {
  const auto& place = resource.location;
  return {.CatalogId = resource.catalog,
          .ResourceArn = "arn:aws:s3:::" + place.bucket + (place.key.empty() ? "" : "/" + place.key)};
}

lf::LFTagPolicyResource policy(const Resource& resource) {
  lf::LFTagPolicyResource out{.CatalogId = resource.catalog};
  out.ResourceType = resource.policy_on == PolicyTarget::databases ? "DATABASE" : "TABLE";
  if (resource.expression_name.empty()) {
    out.Expression = to_wire(resource.expression);
  } else {
    out.ExpressionName = resource.expression_name;
  }
  return out;
}

}  // namespace

base::Result<std::vector<Resource>> resources_from_wire(const lf::Resource& in, const std::string& own) {
  if (members_given(in) != 1) return base::invalid("Resource must have exactly one member.", "resource");
  if (in.LFTag) return tag_values(*in.LFTag, own);
  WEIR_TRY(auto one, single(in, own));
  return std::vector<Resource>{std::move(one)};
}

base::Result<Resource> resource_from_wire(const lf::Resource& in, const std::string& own) {
  WEIR_TRY(auto all, resources_from_wire(in, own));
  if (all.size() != 1) return base::invalid("One resource is wanted here, not several.", "resource");
  return std::move(all.front());
}

lf::Resource to_wire(const Resource& resource) {
  lf::Resource out;
  switch (resource.kind) {
    case ResourceKind::catalog:
    case ResourceKind::nested_catalog: out.Catalog = lf::CatalogResource{.Id = resource.catalog}; break;
    case ResourceKind::database:
      out.Database = lf::DatabaseResource{.CatalogId = resource.catalog, .Name = resource.database};
      break;
    case ResourceKind::table:
    case ResourceKind::all_tables: out.Table = table(resource); break;
    case ResourceKind::columns: out.TableWithColumns = with_columns(resource); break;
    case ResourceKind::data_cells_filter:
      out.DataCellsFilter = lf::DataCellsFilterResource{.TableCatalogId = resource.catalog,
                                                        .DatabaseName = resource.database,
                                                        .TableName = resource.table,
                                                        .Name = resource.filter};
      break;
    case ResourceKind::data_location: out.DataLocation = location(resource); break;
    case ResourceKind::lf_tag:
      out.LFTag = lf::LFTagKeyResource{
          .CatalogId = resource.catalog, .TagKey = resource.tag_key, .TagValues = {resource.tag_value}};
      break;
    case ResourceKind::lf_tag_policy: out.LFTagPolicy = policy(resource); break;
    case ResourceKind::lf_tag_expression:
      out.LFTagExpression =
          lf::LFTagExpressionResource{.CatalogId = resource.catalog, .Name = resource.expression_name};
      break;
  }
  return out;
}

lf::PrincipalResourcePermissions to_wire(const app::GrantRow& row) {
  const auto& grant = row.grant;
  lf::PrincipalResourcePermissions out;
  out.Principal = principal(grant.principal);
  out.Resource = to_wire(grant.resource);
  if (out.Resource->LFTag) out.Resource->LFTag->TagValues = row.tag_values;
  out.Permissions = names_of(grant.privileges);
  out.PermissionsWithGrantOption = names_of(grant.grant_option);
  if (!grant.condition.empty()) out.Condition = lf::Condition{.Expression = grant.condition};
  if (!grant.share.empty()) {
    out.AdditionalDetails.emplace();
    out.AdditionalDetails->ResourceShare.push_back(grant.share);
  }
  if (grant.last_updated_by.empty()) return out;  // worked out, not granted
  out.LastUpdated = grant.last_updated;
  out.LastUpdatedBy = grant.last_updated_by;
  return out;
}

std::vector<permissions::TagTerm> terms_of(const wire::List<lf::LFTag>& expression) {
  std::vector<permissions::TagTerm> out;
  for (const auto& term : expression) out.push_back({term.TagKey.value_or(""), term.TagValues.items()});
  return out;
}

wire::List<lf::LFTag> to_wire(const permissions::TagExpression& expression) {
  wire::List<lf::LFTag> out;
  for (const auto& term : expression.terms()) out.push_back({.TagKey = term.key, .TagValues = term.values});
  return out;
}

wire::List<lf::LFTagPair> to_wire(const app::Tags& tags, const std::string& catalog) {
  wire::List<lf::LFTagPair> out;
  out.give();
  for (const auto& [key, value] : tags) out.push_back({.CatalogId = catalog, .TagKey = key, .TagValues = {value}});
  return out;
}

wire::List<lf::ColumnLFTag> to_wire(const std::vector<app::ColumnTags>& columns, const std::string& catalog) {
  wire::List<lf::ColumnLFTag> out;
  out.give();
  for (const auto& column : columns) out.push_back({.Name = column.name, .LFTags = to_wire(column.tags, catalog)});
  return out;
}

wire::List<std::string> names_of(permissions::PrivilegeSet set) {
  wire::List<std::string> out;
  out.give();
  for (auto privilege : set.list()) out.push_back(std::string(permissions::name_of(privilege)));
  return out;
}

lf::DataLakePrincipal principal(const std::string& text) { return {.DataLakePrincipalIdentifier = text}; }

base::Result<std::string> condition_text(const std::optional<lf::Condition>& condition) {
  if (!condition) return std::string();
  std::string text(base::trim(condition->Expression.value_or("")));
  if (text.empty()) return base::invalid("A Condition has an Expression.", "condition");
  return text;
}

}  // namespace weir::services
