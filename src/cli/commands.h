// The commands that are clients of the public protocols: query, explain.
#pragma once

namespace CLI {
class App;
}

namespace weir::cli {

// Adds them to the program; a command that ran leaves its exit status in `status`.
void add_commands(CLI::App& program, int& status);

}  // namespace weir::cli
