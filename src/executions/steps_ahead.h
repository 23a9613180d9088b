// Steps that are done before the transaction that keeps them: reading a definition and evaluating JSONata may take
// seconds, and the store has one writer for everybody.
//
// write_steps() runs its body in a write transaction. When a step in it needs more than arithmetic, the body is given
// up, run once against an overlay that is thrown away, with the time it needs, and then again in the writer, where each
// step must be one that was done.
//
// Invariants:
//  1. Inside the writer no definition is parsed and no expression evaluated.
//  2. What was done for one call is forgotten with it: no account meets another one's values.
//
// Errors: unavailable about "execution" when others change the execution faster than its expressions are evaluated.
//
// Threads: one call's.
#pragma once
#include <functional>
#include <map>
#include <string>

#include "executions/definitions.h"
#include "store/store.h"
#include "workflow/step.h"

namespace weir::executions {

class StepsAhead {
 public:
  // Nobody waits for the transaction: whatever is asked is done.
  StepsAhead() = default;

  base::Result<DefinitionPtr> definition(store::Transaction& tx, Definitions& definitions, std::string_view account,
                                         const std::string& revision_id);
  base::Result<workflow::Step> step(const Definitions& definitions, const workflow::Definition& definition,
                                    workflow::Execution execution, const workflow::Event& event);

 private:
  friend base::Status write_steps(store::Store& store,
                                  const std::function<base::Status(store::Transaction&, StepsAhead&)>& body);
  void enter_writer() { in_writer_ = true, missed_ = false; }
  void leave_writer();
  base::Error miss();

  bool in_writer_ = false;
  bool missed_ = false;
  std::map<std::string, DefinitionPtr> definitions_;  // by revision
  std::map<std::string, workflow::Step> steps_;       // by what was stepped, and how
};

// `body` may run several times, and does the same each time it finds the same: instants and chance are drawn outside.
base::Status write_steps(store::Store& store,
                         const std::function<base::Status(store::Transaction&, StepsAhead&)>& body);

}  // namespace weir::executions
