// State machines: made, changed, told, deleted. Versions and aliases are state_machine_versions.h.
//
// Errors (services/states/errors.cc turns them into AWS's): not_found, already_exists and conflict about
// "state machine"; invalid about "arn", "name", "definition", "token", "parameter"; unsupported about "type".
//
// Threads: as the Call.
#pragma once
#include "app/executions/states_words.h"
#include "identity/tag.h"

namespace weir::app {

struct MachineSettings {
  std::optional<std::string> definition, role_arn;
  std::optional<base::Json> logging, tracing, encryption;  // kept and told as given
  bool publish = false;
  std::optional<std::string> version_description;
};

struct NewMachine {
  std::string name;
  bool express = false;
  MachineSettings settings;  // with a definition and a role
  identity::Tags tags;
};

struct ChangedMachine {
  std::string arn;
  executions::Machine machine;
  std::optional<executions::Version> version;  // when it was published
};

struct ShownMachine {
  std::string arn;  // as it was asked for
  executions::Machine machine;
  executions::Revision revision;
  std::optional<executions::Version> version;
  std::map<std::string, std::vector<std::string>> variable_references;
};

// The same again answers as the first time; another one of that name is refused.
base::Result<ChangedMachine> create_state_machine(Call& call, const NewMachine& wanted);
base::Result<ChangedMachine> update_state_machine(Call& call, const std::string& arn, const MachineSettings& change);
base::Result<ShownMachine> describe_state_machine(Call& call, const std::string& arn);
// The revision the execution began with, whatever became of the machine.
base::Result<ShownMachine> describe_state_machine_for_execution(Call& call, const std::string& execution_arn);
// Its executions stop, and then it is gone. What is not there can be deleted.
base::Status delete_state_machine(Call& call, const std::string& arn);
base::Result<StatesList<executions::Machine>> list_state_machines(Call& call, const StatesPage& page);

struct Validation {
  std::vector<workflow::Diagnostic> diagnostics;
  bool accepted = false;
  bool truncated = false;
};
base::Result<Validation> validate_definition(Call& call, const std::string& text, bool express, bool warnings,
                                             size_t most);

}  // namespace weir::app
