#include <set>

#include "workflow/reader.h"

namespace weir::workflow {
namespace {

struct Target {
  std::string name;
  std::string location;
};

std::vector<Target> targets_of(const State& state) {
  std::vector<Target> out;
  if (!state.next.empty()) out.push_back({state.next, state.location + "/Next"});
  if (!state.otherwise.empty()) out.push_back({state.otherwise, state.location + "/Default"});
  for (size_t i = 0; i < state.choices.size(); ++i)
    out.push_back({state.choices[i].next, state.location + "/Choices[" + std::to_string(i) + "]/Next"});
  for (size_t i = 0; i < state.catchers.size(); ++i)
    out.push_back({state.catchers[i].next, state.location + "/Catch[" + std::to_string(i) + "]/Next"});
  return out;
}

bool ends_here(const State& state) {
  if (state.kind == StateKind::succeed || state.kind == StateKind::fail) return true;
  return state.kind != StateKind::choice && state.next.empty();
}

std::set<std::string> assigned_by(const State& state) {
  std::set<std::string> out;
  auto add = [&](const Assignments& assign) {
    for (auto& [name, value] : assign) out.insert(name);
  };
  add(state.assign);
  for (auto& choice : state.choices) add(choice.assign);
  for (auto& catcher : state.catchers) add(catcher.assign);
  return out;
}

class GraphCheck {
 public:
  explicit GraphCheck(Findings& findings) : findings_(findings) {}

  void level(const Machine& machine, std::set<std::string> outer) {
    bool all_known = targets(machine);
    reachability(machine);
    if (all_known) ends(machine);
    for (auto& state : machine.states) {
      if (!names_.insert(state.name).second)
        findings_.error(kDuplicateStateName, "The name '" + state.name + "' is given to more than one state",
                        state.location);
      for (auto& name : assigned_by(state))
        if (outer.contains(name))
          findings_.error(kSchema, "The variable '" + name + "' is assigned outside of this scope",
                          state.location + "/Assign");
    }
    for (auto& state : machine.states) outer.merge(assigned_by(state));
    for (auto& state : machine.states)
      for (auto& inner : state.machines) level(inner, outer);
  }

 private:
  bool targets(const Machine& machine) {
    std::set<std::string_view> names{""};  // what is not given is told elsewhere
    for (auto& state : machine.states) names.insert(state.name);
    std::vector<Target> unknown;
    for (auto& state : machine.states)
      for (auto& target : targets_of(state))
        if (!names.contains(target.name)) unknown.push_back(std::move(target));
    if (!names.contains(machine.start)) missing("StartAt", {machine.start, machine.location + "/StartAt"});
    for (auto& target : unknown) missing("Next", target);
    return unknown.empty();
  }

  void missing(const std::string& field, const Target& target) {
    findings_.error(kMissingTransitionTarget, "Missing '" + field + "' target: " + target.name, target.location);
  }

  void reachability(const Machine& machine) {
    std::unordered_map<std::string, const State*> by_name;
    for (auto& state : machine.states) by_name.emplace(state.name, &state);
    std::set<std::string> reached;
    std::vector<std::string> open{machine.start};
    while (!open.empty()) {
      auto name = std::move(open.back());
      open.pop_back();
      if (!by_name.contains(name) || !reached.insert(name).second) continue;
      for (auto& target : targets_of(*by_name[name])) open.push_back(target.name);
    }
    for (auto& state : machine.states)
      if (!machine.start.empty() && !reached.contains(state.name))
        findings_.error(kMissingTransitionTarget, "State \"" + state.name + "\" is not reachable.", state.location);
  }

  void ends(const Machine& machine) {
    bool ends = machine.states.empty();
    for (auto& state : machine.states) ends = ends || ends_here(state);
    if (!ends) findings_.error(kMissingEndState, "No state ends", machine.location + "/States");
  }

  Findings& findings_;
  std::set<std::string> names_;
};

}  // namespace

void check_graph(const Machine& machine, Findings& findings) { GraphCheck(findings).level(machine, {}); }

}  // namespace weir::workflow
