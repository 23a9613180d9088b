// The processor time of one question.
#pragma once

namespace weir::backends::jsonata {

inline constexpr int kEvaluationMsMax = 1'000;

// Ends the process when it used its processor time before end_budget(): no loop, in JavaScript or in the engine's own
// code, outlives it.
void begin_budget();
void end_budget();

}  // namespace weir::backends::jsonata
