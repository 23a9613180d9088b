#include "workflow/definition.h"

namespace weir::workflow {
namespace {

struct KindName {
  std::string_view name;
  StateKind kind;
};
constexpr KindName kKinds[] = {{"Task", StateKind::task},         {"Pass", StateKind::pass},
                               {"Choice", StateKind::choice},     {"Wait", StateKind::wait},
                               {"Succeed", StateKind::succeed},   {"Fail", StateKind::fail},
                               {"Parallel", StateKind::parallel}, {"Map", StateKind::map}};

}  // namespace

std::string_view to_string(StateKind kind) {
  for (auto& known : kKinds)
    if (known.kind == kind) return known.name;
  return {};
}

std::optional<StateKind> state_kind(std::string_view name) {
  for (auto& known : kKinds)
    if (known.name == name) return known.kind;
  return std::nullopt;
}

Definition::Definition(Machine machine, std::optional<int64_t> timeout_s)
    : machine_(std::move(machine)), timeout_s_(timeout_s) {
  index(machine_);
}

void Definition::index(const Machine& machine) {
  for (auto& state : machine.states) {
    by_name_.emplace(state.name, &state);
    has_jsonata_ = has_jsonata_ || state.language == QueryLanguage::jsonata;
    for (auto& inner : state.machines) index(inner);
  }
}

const State* Definition::find(std::string_view name) const {
  auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : found->second;
}

const State& Definition::state(std::string_view name) const {
  auto* found = find(name);
  CHECK_TRUE(found, "an execution stands in states of its definition");
  return *found;
}

}  // namespace weir::workflow
