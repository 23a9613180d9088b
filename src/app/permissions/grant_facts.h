// What must be known to judge a grant: what is held, and that everything the grant names is there. Read in the
// transaction that carries the grant out.
#pragma once
#include <string>

#include "app/call.h"
#include "permissions/grant_change.h"
#include "permissions/records.h"

namespace weir::app {

// Owns what its facts point at, wherever it is moved.
struct Known {
  Known() = default;
  Known(const Known&) = delete;
  Known& operator=(const Known&) = delete;
  Known(Known&& from) noexcept;
  Known& operator=(Known&& from) noexcept;

  permissions::GrantFacts facts;
  std::optional<permissions::TableFacts> table;
  std::optional<permissions::DataCellsFilter> filter;
};

// Who grants, and what the principal holds there under the request's condition.
base::Result<Known> known_of(const Call& call, store::Transaction& tx, const permissions::GrantRequest& request);

// The resource exists, with every LF-Tag, value and expression that it names; what is found is added to `known`.
base::Status check_there(const Call& call, store::Transaction& tx, const permissions::GrantRequest& request,
                         Known& known);

}  // namespace weir::app
