// What the worker gives up before it sees the first expression: files, sockets, other processes, memory without end.
//
// Expressions come from whoever may write a state machine, and a JavaScript engine is a large thing to trust. After
// enter_sandbox() the kernel answers every call but those for memory, waiting, time and the one open socket with
// "not permitted", whatever the engine was talked into.
#pragma once
#include <cstdint>

namespace weir::backends::jsonata {

inline constexpr uint64_t kMemoryBytesMax = uint64_t{256} << 20;  // data of the process, the engine's own included
inline constexpr int kEvaluationMsMax = 1'000;                    // of processor time, for one question

// False: the kernel refuses, and nothing may be evaluated.
bool enter_sandbox();

// Ends the process when it used its processor time before end_budget(): no loop, in JavaScript or in the engine's own
// code, outlives it.
void begin_budget();
void end_budget();

}  // namespace weir::backends::jsonata
