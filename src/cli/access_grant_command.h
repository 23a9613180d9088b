// `weir access`: what was granted for requests; who had what when, and why.
#pragma once

namespace CLI {
class App;
}

namespace weir::cli {

// list, extend, revoke and verify. verify leaves 2 in `status` when something is not as it was granted.
void add_access_grants(CLI::App& program, int& status);

}  // namespace weir::cli
