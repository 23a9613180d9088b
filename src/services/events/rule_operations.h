// EventBridge's operations on events, rules and targets.
#pragma once
#include "services/events/shapes.h"

namespace weir::services::event_bridge {

base::Result<w::PutEventsResponse> put_events(app::Call& call, const w::PutEventsRequest& in);
base::Result<w::TestEventPatternResponse> test_event_pattern(app::Call& call, const w::TestEventPatternRequest& in);

base::Result<w::PutRuleResponse> put_rule(app::Call& call, const w::PutRuleRequest& in);
base::Result<w::DescribeRuleResponse> describe_rule(app::Call& call, const w::DescribeRuleRequest& in);
base::Result<w::ListRulesResponse> list_rules(app::Call& call, const w::ListRulesRequest& in);
base::Result<wire::Nothing> enable_rule(app::Call& call, const w::EnableRuleRequest& in);
base::Result<wire::Nothing> disable_rule(app::Call& call, const w::DisableRuleRequest& in);
base::Result<wire::Nothing> delete_rule(app::Call& call, const w::DeleteRuleRequest& in);

base::Result<w::PutTargetsResponse> put_targets(app::Call& call, const w::PutTargetsRequest& in);
base::Result<w::ListTargetsByRuleResponse> list_targets(app::Call& call, const w::ListTargetsByRuleRequest& in);
base::Result<w::RemoveTargetsResponse> remove_targets(app::Call& call, const w::RemoveTargetsRequest& in);

}  // namespace weir::services::event_bridge
