// `weir function`: what state machines invoke by the name of a Lambda function.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cli/profile.h"

namespace CLI {
class App;
}

namespace weir::cli {

// register, list, show and remove; a command that ran leaves its exit status in `status`.
void add_function(CLI::App& program, int& status);

}  // namespace weir::cli
