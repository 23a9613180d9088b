// `weir approvals`: what waits for somebody's decision, and deciding it.
#pragma once

namespace CLI {
class App;
}

namespace weir::cli {

// list, show, approve and deny; a command that ran leaves its exit status in `status`.
void add_approvals(CLI::App& program, int& status);

}  // namespace weir::cli
