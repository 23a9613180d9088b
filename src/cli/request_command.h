// `weir request`: asks for access, tells what became of it, takes it back; and the policy that decides.
#pragma once
#include <string>

#include "wire/weir_api_types.h"

namespace CLI {
class App;
}

namespace weir::cli {

// create, preview, list, show, withdraw and policy; a command that ran leaves its exit status in `status`.
void add_requests(CLI::App& program, int& status);

// One line for people. Others wrote parts of it: nothing in it commands the terminal.
std::string line_of(const wire::weir_api::AccessRequestDescription& request);

}  // namespace weir::cli
