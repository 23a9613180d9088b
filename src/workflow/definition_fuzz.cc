// Any text as a definition. Beliefs: no crash; a definition exists exactly when no diagnostic is an error; what is
// accepted can be started, and a step ends within its bounds and leaves a record that reads back as itself.
#include <cstddef>
#include <cstdint>

#include "workflow/limits.h"
#include "workflow/step.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir::workflow;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  for (auto type : {MachineType::standard, MachineType::express}) {
    auto read = parse_definition(text, type);
    bool refused = false;
    for (auto& found : read.diagnostics) refused = refused || found.severity == Diagnostic::Severity::error;
    CHECK_TRUE(refused == (read.definition == nullptr), "errors refuse, and nothing else does");
    if (!read.definition) continue;
    Execution execution;
    execution.input = Json::object();
    auto first = step(*read.definition, execution, {.kind = Event::Kind::start, .entropy = std::string(16, 'e')});
    CHECK_TRUE(first.history.size() <= 4 * kTransitionsPerStep * kStrandsMax, "a step is bounded");
    auto record = encode_execution(first.execution);
    auto back = decode_execution(record);
    CHECK_TRUE(back.ok() && encode_execution(*back) == record, "a record reads back as itself");
  }
  return 0;
}
