// What granting and revoking do to the grants a principal holds. Pure: the caller reads the holdings,
// asks for a plan, and writes it in the same transaction.
//
// The rules are lakeformation.md 2.2, 2.6, 2.7, 2.10 and 2.11: granting is idempotent and never narrows; a column
// selection holds SELECT only and does not stand beside table-wide privileges other than SELECT; revoking what is not
// held is an error that lists what is. What another account gets is subject to sharing.h; a grant that is made again
// with another share moves there, and without one stays in its own.
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "permissions/data_cells_filter.h"
#include "permissions/grant.h"
#include "permissions/principal.h"
#include "permissions/snapshot.h"
#include "permissions/table_facts.h"

namespace weir::permissions {

struct GrantRequest {
  Principal principal;
  Resource resource;
  PrivilegeSet privileges;
  PrivilegeSet grant_option;
  std::string condition = {};  // empty: none
  std::string share = {};      // for a principal that is_shared() is true of: the resource share it goes into
  std::string local_to = {};   // the account that passes it on inside itself; empty: the owner grants
};

// What must be known to judge a request.
struct GrantFacts {
  std::vector<Grant> held;                  // what the principal holds around this resource: grants_around()
  const TableFacts* table = nullptr;        // the table concerned, if one is
  const DataCellsFilter* filter = nullptr;  // the filter granted, if one is
  bool grantee_is_admin = false;
  bool everybody_holds = false;   // IAM_ALLOWED_PRINCIPALS holds something there: everybody_holds()
  int cross_account_version = 0;  // of the owner's settings
  std::string by;                 // who grants
  base::Instant now;
};

struct GrantPlan {
  std::vector<Grant> put;
  std::vector<Grant> erase;
  std::vector<std::string> notices;  // true things a careful grantor wants to read
};

inline constexpr size_t kFiltersPerPrincipalAndTableMax = 100;

// What GrantFacts::everybody_holds wants.
bool everybody_holds(const Snapshot& snapshot, const Resource& resource);

// A condition as it is kept. Refuses what cannot be read, and principals for whom it could never hold.
base::Result<std::string> checked_condition(const Principal& principal, std::string_view condition);

base::Result<GrantPlan> plan_grant(GrantRequest request, const GrantFacts& facts);

// `privileges` lose their grant option with them; a `grant_option` listed without its privilege loses
// only the option.
base::Result<GrantPlan> plan_revoke(GrantRequest request, const GrantFacts& facts);

}  // namespace weir::permissions
