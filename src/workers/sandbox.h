// What a worker gives up before it sees what strangers wrote: files, sockets, other processes, memory without end.
//
// What it runs comes from whoever may write an expression or a statement, and an engine is a large thing to trust. After
// enter_sandbox() the kernel answers every call but those for memory of its own that holds no code, waiting, time, the
// end of the process, and reading and writing what is open, with "not permitted", whatever the engine was talked into.
//
// Knows nothing but the C++ library: workers that link nothing else of Weir's compile it.
#pragma once
#include <cstdint>
#include <vector>

namespace weir::workers {

struct Sandbox {
  uint64_t memory_bytes_max = 0;        // of data, the engine's own included, and what it reserves
  std::vector<int> further_calls = {};  // of the kernel, by number
};

// First in main(), before there are threads: no privilege of who started it is left, and where the machine has no memory
// left, this process is ended before others.
bool give_up_privileges();

// For all threads of the process. False: the kernel refuses, and nothing may be evaluated.
bool enter_sandbox(const Sandbox& sandbox);

}  // namespace weir::workers
