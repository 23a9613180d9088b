#include <set>

#include "workflow/definition.h"

namespace weir::workflow {
namespace {

class References {
 public:
  void of(const Expression& expression) {
    if (expression.path && expression.path->root() == Path::Root::variable) names_.insert(expression.path->variable());
    for (auto& argument : expression.arguments) of(argument);
  }
  void of(const std::optional<Path>& path) {
    if (path && path->root() == Path::Root::variable) names_.insert(path->variable());
  }
  void of(const Template& from) {
    if (from.expression) of(*from.expression);
    for (auto& name : from.jsonata.reads)
      if (name != "states") names_.insert(name);
    for (auto& member : from.members) of(member.value);
    for (auto& item : from.items) of(item);
  }
  void of(const std::optional<Template>& from) {
    if (from) of(*from);
  }
  void of(const Assignments& assign) {
    for (auto& [name, from] : assign) of(from);
  }
  void of(const ChoiceRule& rule) {
    of(rule.variable);
    of(rule.operand_path);
    of(rule.condition);
    for (auto& part : rule.parts) of(part);
  }
  void of(const State& state) {
    for (auto* from :
         {&state.input_path, &state.payload, &state.result_selector, &state.output_path, &state.timeout,
          &state.heartbeat, &state.role, &state.seconds, &state.timestamp, &state.error, &state.cause, &state.items,
          &state.item_selector, &state.output, &state.concurrency, &state.tolerated_count, &state.tolerated_percentage})
      of(*from);
    of(state.assign);
    for (auto& choice : state.choices) of(choice.rule), of(choice.assign), of(choice.output);
    for (auto& catcher : state.catchers) of(catcher.assign), of(catcher.output);
  }
  std::vector<std::string> take() { return {names_.begin(), names_.end()}; }

 private:
  std::set<std::string> names_;
};

void gather(const Machine& machine, std::map<std::string, std::vector<std::string>>& out) {
  for (auto& state : machine.states) {
    References references;
    references.of(state);
    if (auto names = references.take(); !names.empty()) out.emplace(state.name, std::move(names));
    for (auto& inner : state.machines) gather(inner, out);
  }
}

}  // namespace

std::map<std::string, std::vector<std::string>> variable_references(const Definition& definition) {
  std::map<std::string, std::vector<std::string>> out;
  gather(definition.machine(), out);
  return out;
}

}  // namespace weir::workflow
