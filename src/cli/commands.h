// The commands that are clients of the public protocols: query, explain, who-can, dry-run, share, mesh,
// function, grant, revoke, export, import, console.
#pragma once
#include "base/result.h"
#include "cli/profile.h"

namespace CLI {
class App;
}

namespace weir::cli {

// Adds them to the program; a command that ran leaves its exit status in `status`.
void add_commands(CLI::App& program, int& status);

// What all of them say when they fail, on standard error; the exit status.
int report(const base::Status& status);
// --profile, --region, --endpoint-url.
void add_profile_options(CLI::App& command, ProfileFlags& flags);

}  // namespace weir::cli
