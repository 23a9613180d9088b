#include "requests/template.h"

#include "requests/templates.h"

namespace weir::requests {

std::span<const MachineTemplate> machine_templates() {
  static const MachineTemplate all[] = {
      {"sample-compatible", kSampleCompatible},
      {"two-step", kTwoStep},
      {"quorum", kQuorum},
      {"ticket", kTicket},
      {"time-bound", kTimeBound},
  };
  return all;
}

const MachineTemplate* find_template(std::string_view name) {
  for (const auto& one : machine_templates())
    if (one.name == name) return &one;
  return nullptr;
}

}  // namespace weir::requests
