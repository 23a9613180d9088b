// Which resource links of an account lead to something, for the rare question that no index answers: every database and
// table of the account is looked at.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "app/catalog/link_target.h"
#include "permissions/table_facts.h"

namespace weir::app {

struct LinkTo {
  permissions::Resource link;
  std::optional<permissions::TableFacts> facts;  // of a link to a table
  LinkTarget target;
};

// `to` is a database or a table; a table is led to by links to its database, too.
base::Result<std::vector<LinkTo>> links_to(Call& call, const std::string& account, const permissions::Resource& to);

}  // namespace weir::app
