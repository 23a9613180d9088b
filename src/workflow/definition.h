// A state machine's definition: parsed, checked in full, and never changed afterwards.
//
// Threads: immutable, shared by any number of executions.
// Invariants of a Definition: (1) state names are unique in the whole of it; (2) every Next, Default, Catch and
// StartAt names a state of its own level; (3) every path, template, rule and resource in it has been parsed.
#pragma once
#include <memory>
#include <unordered_map>

#include "workflow/diagnostic.h"
#include "workflow/state.h"

namespace weir::workflow {

enum class MachineType { standard, express };

class Definition {
 public:
  Definition(Machine machine, std::optional<int64_t> timeout_s);
  Definition(const Definition&) = delete;
  Definition& operator=(const Definition&) = delete;

  const Machine& machine() const { return machine_; }
  std::optional<int64_t> timeout_s() const { return timeout_s_; }
  const State* find(std::string_view name) const;  // null pointer when there is none
  const State& state(std::string_view name) const;
  // Whether a state is in JSONata, whose expressions may take their time.
  bool has_jsonata() const { return has_jsonata_; }

 private:
  void index(const Machine& machine);
  Machine machine_;
  std::optional<int64_t> timeout_s_;
  std::unordered_map<std::string_view, const State*> by_name_;
  bool has_jsonata_ = false;
};

struct ReadDefinition {
  std::shared_ptr<const Definition> definition;  // null when a diagnostic is an error
  std::vector<Diagnostic> diagnostics;           // all of them, warnings too
};

// `jsonata`: what checks `{% %}` texts; without it a definition that has them is refused.
ReadDefinition parse_definition(std::string_view text, MachineType type, const Expressions* jsonata = nullptr);

// Which variables each state reads, as DescribeStateMachine's variableReferences.
std::map<std::string, std::vector<std::string>> variable_references(const Definition& definition);

}  // namespace weir::workflow
