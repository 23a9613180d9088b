#include "services/lakeformation/convert.h"

namespace weir::services {

namespace lf = wire::lakeformation;
using permissions::ResourceKind;

namespace {

base::Error unsupported(std::string_view what) {
  return base::fail(base::Kind::unsupported, std::string(what) + " are not supported by this server yet.", "resource");
}

int members_given(const lf::Resource& in) {
  return in.AnyResource.has_value() + in.Catalog.has_value() + in.Database.has_value() + in.Table.has_value() +
         in.TableWithColumns.has_value() + in.DataLocation.has_value() + in.DataCellsFilter.has_value() +
         in.LFTag.has_value() + in.LFTagPolicy.has_value() + in.LFTagExpression.has_value() + in.RLSPolicy.has_value() +
         in.UserDefinedFunction.has_value();
}

base::Result<permissions::Resource> table(const lf::TableResource& in, const std::string& own) {
  auto catalog = in.CatalogId.value_or(own);
  if (in.Name.has_value() == in.TableWildcard.has_value())
    return base::invalid("Table name and table wildcard cannot both be empty/present.", "resource");
  if (in.TableWildcard) return permissions::Resource::of_all_tables(catalog, in.DatabaseName.value_or(""));
  return permissions::Resource::of_table(catalog, in.DatabaseName.value_or(""), *in.Name);
}

base::Result<permissions::Resource> columns(const lf::TableWithColumnsResource& in, const std::string& own) {
  bool named = in.ColumnNames.given() && !in.ColumnNames.empty();
  if (named == in.ColumnWildcard.has_value())
    return base::invalid("Give either ColumnNames or ColumnWildcard.", "resource");
  auto set = named ? permissions::ColumnSet::only(in.ColumnNames.items())
                   : permissions::ColumnSet::all_except(in.ColumnWildcard->ExcludedColumnNames.items());
  return permissions::Resource::of_columns(in.CatalogId.value_or(own), in.DatabaseName.value_or(""),
                                           in.Name.value_or(""), set);
}

wire::List<std::string> names_of(permissions::PrivilegeSet set) {
  wire::List<std::string> out;
  out.give();
  for (auto privilege : set.list()) out.push_back(std::string(permissions::name_of(privilege)));
  return out;
}

lf::DataLakePrincipal principal(const std::string& text) { return {.DataLakePrincipalIdentifier = text}; }

wire::List<lf::DataLakePrincipal> principals(const std::vector<std::string>& texts) {
  wire::List<lf::DataLakePrincipal> out;
  out.give();
  for (const auto& text : texts) out.push_back(principal(text));
  return out;
}

std::vector<std::string> texts(const wire::List<lf::DataLakePrincipal>& list) {
  std::vector<std::string> out;
  for (const auto& item : list) out.push_back(item.DataLakePrincipalIdentifier.value_or(""));
  return out;
}

lf::TableWithColumnsResource with_columns(const permissions::Resource& resource, const permissions::ColumnSet& set) {
  lf::TableWithColumnsResource out{
      .CatalogId = resource.catalog, .DatabaseName = resource.database, .Name = resource.table};
  if (set.is_exclusion()) {
    out.ColumnWildcard = lf::ColumnWildcard{};
    if (!set.names().empty()) out.ColumnWildcard->ExcludedColumnNames = set.names();
  } else {
    out.ColumnNames = set.names();
  }
  return out;
}

lf::PrincipalResourcePermissions row(const permissions::Grant& grant, lf::Resource resource,
                                     permissions::PrivilegeSet privileges) {
  lf::PrincipalResourcePermissions out;
  out.Principal = principal(grant.principal);
  out.Resource = std::move(resource);
  out.Permissions = names_of(privileges);
  out.PermissionsWithGrantOption = names_of(grant.grant_option & privileges);
  out.LastUpdated = grant.last_updated;
  out.LastUpdatedBy = grant.last_updated_by;
  return out;
}

base::Result<std::vector<permissions::PrincipalPermissions>> defaults(
    const wire::List<lf::PrincipalPermissions>& list) {
  std::vector<permissions::PrincipalPermissions> out;
  for (const auto& item : list) {
    WEIR_TRY(auto privileges, permissions::parse_privileges(item.Permissions.items()));
    out.push_back({item.Principal ? item.Principal->DataLakePrincipalIdentifier.value_or("") : "", privileges});
  }
  return out;
}

wire::List<lf::PrincipalPermissions> defaults(const std::vector<permissions::PrincipalPermissions>& list) {
  wire::List<lf::PrincipalPermissions> out;
  out.give();
  for (const auto& item : list)
    out.push_back({.Principal = principal(item.principal), .Permissions = names_of(item.privileges)});
  return out;
}

}  // namespace

base::Result<permissions::Resource> from_wire(const lf::Resource& in, const std::string& own) {
  using permissions::Resource;
  if (members_given(in) != 1) return base::invalid("Resource must have exactly one member.", "resource");
  if (in.Catalog) return Resource::of_catalog(in.Catalog->Id.value_or(own));
  if (in.Database) return Resource::of_database(in.Database->CatalogId.value_or(own), in.Database->Name.value_or(""));
  if (in.Table) return table(*in.Table, own);
  if (in.TableWithColumns) return columns(*in.TableWithColumns, own);
  if (in.DataLocation)
    return Resource::of_location(in.DataLocation->CatalogId.value_or(own), in.DataLocation->ResourceArn.value_or(""));
  if (in.DataCellsFilter) {
    const auto& filter = *in.DataCellsFilter;
    return Resource::of_filter(filter.TableCatalogId.value_or(own), filter.DatabaseName.value_or(""),
                               filter.TableName.value_or(""), filter.Name.value_or(""));
  }
  if (in.LFTag || in.LFTagPolicy || in.LFTagExpression) return unsupported("LF-Tags");
  return unsupported("Resources of this kind");
}

lf::Resource to_wire(const permissions::Resource& resource) {
  lf::Resource out;
  switch (resource.kind) {
    case ResourceKind::catalog: out.Catalog = lf::CatalogResource{.Id = resource.catalog}; break;
    case ResourceKind::database:
      out.Database = lf::DatabaseResource{.CatalogId = resource.catalog, .Name = resource.database};
      break;
    case ResourceKind::table:
      out.Table =
          lf::TableResource{.CatalogId = resource.catalog, .DatabaseName = resource.database, .Name = resource.table};
      break;
    case ResourceKind::all_tables:
      out.Table = lf::TableResource{
          .CatalogId = resource.catalog, .DatabaseName = resource.database, .TableWildcard = lf::TableWildcard{}};
      break;
    case ResourceKind::columns: out.TableWithColumns = with_columns(resource, resource.columns); break;
    case ResourceKind::data_cells_filter:
      out.DataCellsFilter = lf::DataCellsFilterResource{.TableCatalogId = resource.catalog,
                                                        .DatabaseName = resource.database,
                                                        .TableName = resource.table,
                                                        .Name = resource.filter};
      break;
    case ResourceKind::data_location:
      out.DataLocation =
          lf::DataLocationResource{.CatalogId = resource.catalog,
                                   .ResourceArn = "arn:aws:s3:::" + resource.location.bucket +
                                                  (resource.location.key.empty() ? "" : "/" + resource.location.key)};
      break;
    case ResourceKind::nested_catalog:
    case ResourceKind::lf_tag:
    case ResourceKind::lf_tag_policy:
    case ResourceKind::lf_tag_expression: break;
  }
  return out;
}

std::vector<lf::PrincipalResourcePermissions> to_wire(const permissions::Grant& grant) {
  bool table = grant.resource.kind == ResourceKind::table;
  permissions::PrivilegeSet select = {permissions::Privilege::select};
  if (!table || !grant.privileges.has(permissions::Privilege::select))
    return {row(grant, to_wire(grant.resource), grant.privileges)};
  std::vector<lf::PrincipalResourcePermissions> out;
  auto rest = grant.privileges - select;
  if (!rest.empty()) out.push_back(row(grant, to_wire(grant.resource), rest));
  lf::Resource all_columns;
  all_columns.TableWithColumns = with_columns(grant.resource, permissions::ColumnSet::all());
  out.push_back(row(grant, std::move(all_columns), select));
  return out;
}

base::Result<permissions::DataLakeSettings> from_wire(const lf::DataLakeSettings& in) {
  permissions::DataLakeSettings out;
  out.admins = texts(in.DataLakeAdmins);
  out.read_only_admins = texts(in.ReadOnlyAdmins);
  WEIR_TRY(out.create_database_default, defaults(in.CreateDatabaseDefaultPermissions));
  WEIR_TRY(out.create_table_default, defaults(in.CreateTableDefaultPermissions));
  out.parameters = in.Parameters.items();
  out.trusted_resource_owners = in.TrustedResourceOwners.items();
  out.allow_external_data_filtering = in.AllowExternalDataFiltering.value_or(false);
  out.allow_full_table_external_data_access = in.AllowFullTableExternalDataAccess.value_or(false);
  out.external_data_filtering_allow_list = texts(in.ExternalDataFilteringAllowList);
  out.authorized_session_tag_values = in.AuthorizedSessionTagValueList.items();
  return out;
}

lf::DataLakeSettings to_wire(const permissions::DataLakeSettings& settings) {
  lf::DataLakeSettings out;
  out.DataLakeAdmins = principals(settings.admins);
  out.ReadOnlyAdmins = principals(settings.read_only_admins);
  out.CreateDatabaseDefaultPermissions = defaults(settings.create_database_default);
  out.CreateTableDefaultPermissions = defaults(settings.create_table_default);
  out.Parameters = settings.parameters;
  out.TrustedResourceOwners = settings.trusted_resource_owners;
  out.AllowExternalDataFiltering = settings.allow_external_data_filtering;
  out.AllowFullTableExternalDataAccess = settings.allow_full_table_external_data_access;
  out.ExternalDataFilteringAllowList = principals(settings.external_data_filtering_allow_list);
  out.AuthorizedSessionTagValueList = settings.authorized_session_tag_values;
  return out;
}

lf::ResourceInfo to_wire(const permissions::Location& location) {
  lf::ResourceInfo out;
  out.ResourceArn = location.resource_arn;
  out.RoleArn = location.role_arn;
  out.LastModified = location.last_modified;
  out.WithFederation = location.with_federation;
  out.HybridAccessEnabled = location.hybrid_access;
  out.WithPrivilegedAccess = location.with_privileged_access;
  switch (location.verification) {
    case permissions::Verification::verified: out.VerificationStatus = "VERIFIED"; break;
    case permissions::Verification::not_verified: out.VerificationStatus = "NOT_VERIFIED"; break;
    case permissions::Verification::verification_failed: out.VerificationStatus = "VERIFICATION_FAILED"; break;
  }
  if (!location.expected_resource_owner.empty()) out.ExpectedResourceOwnerAccount = location.expected_resource_owner;
  return out;
}

base::Result<permissions::FilterInput> from_wire(const lf::DataCellsFilter& in, const std::string& own) {
  permissions::FilterInput out;
  out.catalog = in.TableCatalogId.value_or(own);
  out.database = in.DatabaseName.value_or("");
  out.table = in.TableName.value_or("");
  out.name = in.Name.value_or("");
  if (in.ColumnNames.given() && !in.ColumnNames.empty()) out.column_names = in.ColumnNames.items();
  if (in.ColumnWildcard) out.excluded_columns = in.ColumnWildcard->ExcludedColumnNames.items();
  if (!in.RowFilter) return base::invalid("RowFilter must have FilterExpression or AllRowsWildcard.", "filter");
  if (in.RowFilter->FilterExpression.has_value() == in.RowFilter->AllRowsWildcard.has_value())
    return base::invalid("RowFilter must have exactly one of FilterExpression and AllRowsWildcard.", "filter");
  out.row_expression = in.RowFilter->FilterExpression;
  out.all_rows = in.RowFilter->AllRowsWildcard.has_value();
  return out;
}

lf::DataCellsFilter to_wire(const permissions::DataCellsFilter& filter) {
  lf::DataCellsFilter out;
  out.TableCatalogId = filter.catalog;
  out.DatabaseName = filter.database;
  out.TableName = filter.table;
  out.Name = filter.name;
  out.VersionId = filter.version_id;
  if (filter.columns.is_exclusion()) {
    out.ColumnWildcard = lf::ColumnWildcard{};
    if (!filter.columns.names().empty()) out.ColumnWildcard->ExcludedColumnNames = filter.columns.names();
  } else {
    out.ColumnNames = filter.columns.names();
  }
  out.RowFilter = lf::RowFilter{};
  if (filter.all_rows) {
    out.RowFilter->AllRowsWildcard = lf::AllRowsWildcard{};
  } else {
    out.RowFilter->FilterExpression = filter.row_expression;
  }
  return out;
}

}  // namespace weir::services
