// `weir serve`: start, say where, serve until SIGTERM or SIGINT, drain.
#pragma once
#include "base/result.h"
#include "server/config.h"

namespace weir::server {

base::Status serve(const Config& config);

}  // namespace weir::server
