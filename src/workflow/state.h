// A state as the language defines it, read and checked once: what execution.h walks over.
//
// Values without behaviour; immutable after parse_definition(). A field that does not belong to the state's kind
// keeps its default. "…Path" fields and their fixed twins are one Template each.
#pragma once
#include "workflow/choice_rule.h"
#include "workflow/result_path.h"
#include "workflow/retry.h"
#include "workflow/task_resource.h"

namespace weir::workflow {

enum class StateKind { task, pass, choice, wait, succeed, fail, parallel, map };
std::string_view to_string(StateKind kind);  // "Task", as in the definition and in history
std::optional<StateKind> state_kind(std::string_view name);

struct Catcher {
  std::vector<std::string> error_equals;
  std::string next;
  ResultPath result_path;
  Assignments assign;
  std::optional<Template> output;  // JSONata
};

struct ChoiceBranch {
  ChoiceRule rule;
  std::string next;
  Assignments assign;
  std::optional<Template> output;  // JSONata
};

struct Machine;

struct State {
  std::string name;
  std::string location;  // in the definition
  StateKind kind = StateKind::pass;
  QueryLanguage language = QueryLanguage::jsonpath;
  std::string next;  // empty: the end

  // Data flow. Absent: what comes in goes on.
  std::optional<Template> input_path;
  std::optional<Template> payload;  // Parameters or Arguments
  std::optional<Template> result_selector;
  ResultPath result_path;
  std::optional<Template> output_path;
  std::optional<Template> output;  // JSONata
  std::optional<Template> result;  // Pass
  Assignments assign;

  std::vector<Retrier> retry;
  std::vector<Catcher> catchers;

  TaskResource resource;
  std::optional<Template> timeout, heartbeat;
  std::optional<Template> role;  // Credentials.RoleArn

  std::vector<ChoiceBranch> choices;
  std::string otherwise;  // Default

  std::optional<Template> seconds, timestamp;  // Wait
  std::optional<Template> error, cause;        // Fail

  std::vector<Machine> machines;  // branches of Parallel; the one item processor of Map
  std::optional<Template> items, item_selector;
  std::optional<Template> concurrency, tolerated_count, tolerated_percentage;
};

// The states of one level: the whole, a branch, an item processor.
struct Machine {
  std::string start;
  std::string location;
  std::vector<State> states;  // in the definition's order
};

}  // namespace weir::workflow
