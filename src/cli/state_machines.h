// State machines as the mesh commands look at them before they touch them, and how they take them away.
#pragma once
#include "cli/json_api.h"
#include "cli/mesh_ledger.h"

namespace weir::cli {

// What a command that cleans up may take beside what is as it was made.
struct MachineRemoval {
  bool changed = false;  // also one whose definition is not ours any more
  bool running = false;  // also one with executions under way
};

// Null when there is none.
base::Result<base::Json> find_machine(const JsonApi& api, const std::string& arn);
// The value of a tag; empty without it.
base::Result<std::string> machine_tag(const JsonApi& api, const std::string& arn, std::string_view key);

// What is known of one that is there: why it stays, or that nothing keeps it.
struct MachineStanding {
  std::string arn;
  bool ours = false;
  bool same = false;  // its definition is the one it was made with
};
base::Status remove_machine(const JsonApi& api, MeshLedger& ledger, const MachineStanding& standing,
                            MachineRemoval also);

}  // namespace weir::cli
