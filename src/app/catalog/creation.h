// What making something grants: its maker everything, and whomever the defaults of databases and tables name.
//
// The grants are ordinary ones, written in the transaction that makes the thing, so that they are listed,
// explained and revoked like any other (lakeformation.md 2.5, 2.7).
#pragma once
#include <optional>
#include <vector>

#include "app/call.h"
#include "catalog/table.h"

namespace weir::app {

using DefaultPermissions = std::optional<std::vector<catalog::PrincipalPermissions>>;

// ALL on it, with the grant option, to the caller.
base::Status grant_to_maker(store::Transaction& tx, const Call& call, const permissions::Resource& made);
// On a resource link: DESCRIBE and DROP, with the grant option (lakeformation.md 2.2).
base::Status grant_to_link_maker(store::Transaction& tx, const Call& call, const permissions::Resource& made);
// Everything that can be held on an LF-Tag (`made` is the key with all its values) or on a saved expression.
base::Status grant_to_tag_maker(store::Transaction& tx, const Call& call, const permissions::Resource& made);
base::Status grant_to_expression_maker(store::Transaction& tx, const Call& call, const permissions::Resource& made);
// For a change that amounts to dropping a resource link and making another: `privilege` is what making takes.
std::optional<Refusal> remake_gate(const Call& call, permissions::Privilege privilege,
                                   const base::Result<permissions::Resource>& where);
// The settings' default for new databases.
base::Status grant_database_defaults(store::Transaction& tx, const Call& call, const permissions::Resource& database);
// The database's default for new tables.
base::Status grant_table_defaults(store::Transaction& tx, const Call& call, const permissions::Resource& table,
                                  const DefaultPermissions& defaults);

// Defaults are empty, or ALL to IAM_ALLOWED_PRINCIPALS.
base::Status check_defaults(const DefaultPermissions& defaults);
// What a database made without defaults of its own gets: the settings'.
DefaultPermissions settings_table_defaults(const Call& call, std::string_view account);

}  // namespace weir::app
