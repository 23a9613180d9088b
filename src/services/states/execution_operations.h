// Executions and their history.
#pragma once
#include "app/call.h"
#include "wire/states_operations.h"

namespace weir::services::states {

namespace w = wire::states;

base::Result<w::StartExecutionOutput> start(app::Call& call, const w::StartExecutionInput& in);
base::Result<w::StartSyncExecutionOutput> start_sync(app::Call& call, const w::StartSyncExecutionInput& in);
base::Result<w::StopExecutionOutput> stop(app::Call& call, const w::StopExecutionInput& in);
base::Result<w::DescribeExecutionOutput> describe(app::Call& call, const w::DescribeExecutionInput& in);
base::Result<w::ListExecutionsOutput> list(app::Call& call, const w::ListExecutionsInput& in);
base::Result<w::GetExecutionHistoryOutput> history(app::Call& call, const w::GetExecutionHistoryInput& in);
base::Result<w::RedriveExecutionOutput> redrive(app::Call& call, const w::RedriveExecutionInput& in);

}  // namespace weir::services::states
