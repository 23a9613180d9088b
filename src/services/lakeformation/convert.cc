#include "services/lakeformation/convert.h"

#include "services/lakeformation/convert_resource.h"

namespace weir::services {

namespace lf = wire::lakeformation;

namespace {

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
    if (!filter.columns.is_all()) out.ColumnWildcard->ExcludedColumnNames = filter.columns.spelled_list();
  } else {
    out.ColumnNames = filter.columns.spelled_list();
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
