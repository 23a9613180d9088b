// TestState.
#pragma once
#include "app/call.h"
#include "wire/states_operations.h"

namespace weir::services::states {

namespace w = wire::states;

base::Result<w::TestStateOutput> test(app::Call& call, const w::TestStateInput& in);

}  // namespace weir::services::states
