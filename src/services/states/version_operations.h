// Versions, aliases and Map runs.
#pragma once
#include "app/call.h"
#include "wire/states_operations.h"

namespace weir::services::states {

namespace w = wire::states;

base::Result<w::PublishStateMachineVersionOutput> publish_version(app::Call& call,
                                                                  const w::PublishStateMachineVersionInput& in);
base::Result<w::ListStateMachineVersionsOutput> list_versions(app::Call& call,
                                                              const w::ListStateMachineVersionsInput& in);
base::Result<w::DeleteStateMachineVersionOutput> delete_version(app::Call& call,
                                                                const w::DeleteStateMachineVersionInput& in);
base::Result<w::CreateStateMachineAliasOutput> create_alias(app::Call& call, const w::CreateStateMachineAliasInput& in);
base::Result<w::UpdateStateMachineAliasOutput> update_alias(app::Call& call, const w::UpdateStateMachineAliasInput& in);
base::Result<w::DescribeStateMachineAliasOutput> describe_alias(app::Call& call,
                                                                const w::DescribeStateMachineAliasInput& in);
base::Result<w::DeleteStateMachineAliasOutput> delete_alias(app::Call& call, const w::DeleteStateMachineAliasInput& in);
base::Result<w::ListStateMachineAliasesOutput> list_aliases(app::Call& call, const w::ListStateMachineAliasesInput& in);

// Only distributed Maps make Map runs, and those are not offered: there is none to be found.
base::Result<w::DescribeMapRunOutput> describe_map_run(app::Call& call, const w::DescribeMapRunInput& in);
base::Result<w::ListMapRunsOutput> list_map_runs(app::Call& call, const w::ListMapRunsInput& in);
base::Result<w::UpdateMapRunOutput> update_map_run(app::Call& call, const w::UpdateMapRunInput& in);

}  // namespace weir::services::states
