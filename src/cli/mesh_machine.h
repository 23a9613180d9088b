// The state machine of the central account.
//
//  1. A definition that an administrator put in is the organisation's process: it is neither overwritten nor removed
//     unless that is asked for.
//  2. A machine with executions under way is removed only when asked for: people are asked questions by them.
#pragma once
#include "cli/json_api.h"
#include "cli/mesh_ledger.h"
#include "cli/mesh_place.h"
#include "cli/state_machines.h"

namespace weir::cli {

class MeshMachine {
 public:
  MeshMachine(const JsonApi& api, const MeshPlace& place, MeshLedger& ledger)
      : api_(api), place_(place), ledger_(ledger) {}

  base::Status put(const base::Json& definition, bool replace);
  base::Status remove(const base::Json& definition, MachineRemoval also);
  // Kind::not_found unless it is there.
  base::Status check_there() const;

 private:
  // Null when there is none.
  base::Result<base::Json> find() const;
  base::Result<bool> is_ours() const;
  base::Status create(const base::Json& definition);
  base::Status converge(const base::Json& found, const base::Json& definition, bool replace);

  const JsonApi& api_;
  const MeshPlace& place_;
  MeshLedger& ledger_;
};

}  // namespace weir::cli
