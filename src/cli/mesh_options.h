// The command lines of `weir mesh`.
#pragma once

namespace CLI {
class App;
}

namespace weir::cli {

// As add_commands.
void add_mesh_commands(CLI::App& program, int& status);

}  // namespace weir::cli
