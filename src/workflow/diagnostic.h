// What is wrong with a definition, in the form ValidateStateMachineDefinition gives it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"

namespace weir::workflow {

struct Diagnostic {
  enum class Severity { error, warning };
  Severity severity = Severity::error;
  std::string code;  // one of AWS's, see kSchema and its kin
  std::string message;
  std::string location;  // "/States/Map/ItemProcessor/States/A/Next"; empty for the whole text
};

inline constexpr char kInvalidJson[] = "INVALID_JSON_DESCRIPTION";
inline constexpr char kMissingDescription[] = "MISSING_DESCRIPTION";
inline constexpr char kSchema[] = "SCHEMA_VALIDATION_FAILED";
inline constexpr char kInvalidResource[] = "INVALID_RESOURCE";
inline constexpr char kMissingEndState[] = "MISSING_END_STATE";
inline constexpr char kDuplicateStateName[] = "DUPLICATE_STATE_NAME";
inline constexpr char kInvalidStateName[] = "INVALID_STATE_NAME";
inline constexpr char kMissingTransitionTarget[] = "MISSING_TRANSITION_TARGET";
inline constexpr char kTooDeeplyNested[] = "TOO_DEEPLY_NESTED";
inline constexpr char kNoDollar[] = "NO_DOLLAR";
inline constexpr char kNoPath[] = "NO_PATH";
inline constexpr char kPassResultIsStatic[] = "PASS_RESULT_IS_STATIC";

// Collects them, at most kDiagnosticsMax.
class Findings {
 public:
  void error(const char* code, std::string message, std::string location);
  void warning(const char* code, std::string message, std::string location);
  bool has_errors() const { return has_errors_; }
  std::vector<Diagnostic> take() { return std::move(found_); }

 private:
  void add(Diagnostic diagnostic);
  std::vector<Diagnostic> found_;
  bool has_errors_ = false;
};

// What CreateStateMachine says when it refuses: Invalid State Machine Definition: 'CODE: message at location', ...
std::string refusal(const std::vector<Diagnostic>& diagnostics);

}  // namespace weir::workflow
