// State machines that come with the program: how a request is carried through, from the first question to its end.
//
// What they do in each state they do by operations of this service, as the machine's role. The policy says who is
// asked; a template says in which order, and what becomes of a refusal.
//
// Threads: constants.
#pragma once
#include <span>
#include <string_view>

namespace weir::requests {

struct MachineTemplate {
  std::string_view name;
  std::string_view definition;  // in the States Language
};

std::span<const MachineTemplate> machine_templates();
// Null when there is none of that name.
const MachineTemplate* find_template(std::string_view name);

}  // namespace weir::requests
