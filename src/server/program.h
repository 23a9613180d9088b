// The command line of the whole program.
#pragma once

namespace weir::server {

// The process's exit status.
int run_program(int argc, char** argv);

}  // namespace weir::server
