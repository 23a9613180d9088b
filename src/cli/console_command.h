// `weir console init|reset-admin|upgrade`: the console of the profile's account.
#pragma once

namespace CLI {
class App;
}

namespace weir::cli {

void add_console(CLI::App& program, int& status);

}  // namespace weir::cli
