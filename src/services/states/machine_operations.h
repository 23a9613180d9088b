// State machines, and what is said of a definition.
#pragma once
#include "app/call.h"
#include "wire/states_operations.h"

namespace weir::services::states {

namespace w = wire::states;

base::Result<w::CreateStateMachineOutput> create_machine(app::Call& call, const w::CreateStateMachineInput& in);
base::Result<w::UpdateStateMachineOutput> update_machine(app::Call& call, const w::UpdateStateMachineInput& in);
base::Result<w::DescribeStateMachineOutput> describe_machine(app::Call& call, const w::DescribeStateMachineInput& in);
base::Result<w::DescribeStateMachineForExecutionOutput> describe_machine_for_execution(
    app::Call& call, const w::DescribeStateMachineForExecutionInput& in);
base::Result<w::DeleteStateMachineOutput> delete_machine(app::Call& call, const w::DeleteStateMachineInput& in);
base::Result<w::ListStateMachinesOutput> list_machines(app::Call& call, const w::ListStateMachinesInput& in);
base::Result<w::ValidateStateMachineDefinitionOutput> validate_machine(
    app::Call& call, const w::ValidateStateMachineDefinitionInput& in);

base::Result<w::TagResourceOutput> tag_resource(app::Call& call, const w::TagResourceInput& in);
base::Result<w::UntagResourceOutput> untag_resource(app::Call& call, const w::UntagResourceInput& in);
base::Result<w::ListTagsForResourceOutput> list_tags(app::Call& call, const w::ListTagsForResourceInput& in);

}  // namespace weir::services::states
