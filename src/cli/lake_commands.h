// The command lines of export and import.
#pragma once

namespace CLI {
class App;
}

namespace weir::cli {

// As add_commands.
void add_lake_commands(CLI::App& program, int& status);

}  // namespace weir::cli
