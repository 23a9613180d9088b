// `weir channel put|list|remove`: where messages about requests, approvals and grants go.
#pragma once

namespace CLI {
class App;
}

namespace weir::cli {

void add_channel(CLI::App& program, int& status);

}  // namespace weir::cli
