// The functions of the central account: built-ins of Weir under the sample's names, each with its role.
//
// INVARIANT: a function is ours while it is the built-in of its name and acts as the role that weir mesh made for it.
#pragma once
#include "cli/json_api.h"
#include "cli/mesh_ledger.h"
#include "cli/mesh_place.h"

namespace weir::cli {

class MeshFunctions {
 public:
  MeshFunctions(const JsonApi& api, const MeshPlace& place, MeshLedger& ledger)
      : api_(api), place_(place), ledger_(ledger) {}

  // Fails where nobody serves functions of ours, as AWS does not: before anything is made.
  base::Status check_served() const;
  base::Status put(const MeshFunction& function);
  base::Status remove(const MeshFunction& function);

 private:
  // Null when there is none.
  base::Result<base::Json> find(const MeshFunction& function) const;
  bool is_ours(const MeshFunction& function, const base::Json& found) const;

  const JsonApi& api_;
  const MeshPlace& place_;
  MeshLedger& ledger_;
};

}  // namespace weir::cli
