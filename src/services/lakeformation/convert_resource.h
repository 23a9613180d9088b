// What permissions are about, on the wire and in the permissions floor: resources, LF-Tags, rows of lists.
#pragma once
#include <string>
#include <vector>

#include "app/permissions/grant_rows.h"
#include "app/permissions/resource_tags.h"
#include "permissions/lf_tag.h"
#include "wire/lakeformation_types.h"

namespace weir::services {

// Exactly one member must be given. `own` is the caller's account, the default of every CatalogId. An LF-Tag with
// several values is several resources, everything else is one.
base::Result<std::vector<permissions::Resource>> resources_from_wire(const wire::lakeformation::Resource& in,
                                                                     const std::string& own);
// Where only one makes sense.
base::Result<permissions::Resource> resource_from_wire(const wire::lakeformation::Resource& in, const std::string& own);
wire::lakeformation::Resource to_wire(const permissions::Resource& resource);

wire::lakeformation::PrincipalResourcePermissions to_wire(const app::GrantRow& row);

// An expression as requests and answers spell it.
std::vector<permissions::TagTerm> terms_of(const wire::List<wire::lakeformation::LFTag>& expression);
wire::List<wire::lakeformation::LFTag> to_wire(const permissions::TagExpression& expression);
wire::List<wire::lakeformation::LFTagPair> to_wire(const app::Tags& tags, const std::string& catalog);
wire::List<wire::lakeformation::ColumnLFTag> to_wire(const std::vector<app::ColumnTags>& columns,
                                                     const std::string& catalog);

wire::List<std::string> names_of(permissions::PrivilegeSet set);
wire::lakeformation::DataLakePrincipal principal(const std::string& text);
// The text of an optional Condition; empty when there is none. One that says nothing is refused: it must not pass for
// no condition.
base::Result<std::string> condition_text(const std::optional<wire::lakeformation::Condition>& condition);

}  // namespace weir::services
