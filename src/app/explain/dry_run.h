// What an operation would change, without changing it: who gains and who loses what.
//
// The operation itself is carried out, by the code that serves it, in a lake whose writes go nowhere
// (rehearsal.h); then everybody whom the changed records concern is asked about, before and after, by the
// functions that enforce.
#pragma once
#include <string>
#include <vector>

#include "app/explain/access_change.h"
#include "app/operations.h"

namespace weir::app {

// One comparison is one principal and one resource.
inline constexpr size_t kComparisonsMax = 20'000;

struct DryRunRequest {
  std::string service;    // "lakeformation", "glue"
  std::string operation;  // "GrantPermissions"
  std::string input;      // the JSON of its request
};

struct DryRun {
  Performed performed;
  AccessChanges changes;
  std::vector<std::string> notices;
  bool complete = true;  // else a notice says what was left out
};

// Needs weir:DryRun and everything the operation needs. Only data lake administrators are told of others.
base::Result<DryRun> dry_run(Call& call, const DryRunRequest& request);

}  // namespace weir::app
