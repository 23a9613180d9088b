#include "workflow/diagnostic.h"

#include "base/text.h"
#include "workflow/limits.h"

namespace weir::workflow {

void Findings::add(Diagnostic diagnostic) {
  if (found_.size() < kDiagnosticsMax) found_.push_back(std::move(diagnostic));
}

void Findings::error(const char* code, std::string message, std::string location) {
  has_errors_ = true;
  add({Diagnostic::Severity::error, code, std::move(message), std::move(location)});
}

void Findings::warning(const char* code, std::string message, std::string location) {
  add({Diagnostic::Severity::warning, code, std::move(message), std::move(location)});
}

std::string refusal(const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> says;
  for (auto& found : diagnostics) {
    if (found.severity != Diagnostic::Severity::error) continue;
    auto at = found.location.empty() ? "" : " at " + found.location;
    says.push_back("'" + found.code + ": " + found.message + at + "'");
  }
  return "Invalid State Machine Definition: " + base::join(says, ", ");
}

}  // namespace weir::workflow
