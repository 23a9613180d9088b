#include "services/events/rule_operations.h"

namespace weir::services::event_bridge {
namespace {

std::string state_of(const events::Rule& rule) { return rule.enabled ? "ENABLED" : "DISABLED"; }

// Rules as Rule and DescribeRuleResponse show them.
template <class W>
W to_wire(const events::Rule& rule) {
  W out;
  out.Name = rule.name;
  out.Arn = rule.arn();
  out.EventPattern = rule.pattern;
  out.State = state_of(rule);
  if (!rule.description.empty()) out.Description = rule.description;
  out.EventBusName = std::string(events::kDefaultBus);
  return out;
}

base::Status check_offered(const w::PutRuleRequest& in) {
  if (in.ScheduleExpression && !in.ScheduleExpression->empty()) return not_offered("ScheduleExpression");
  if (in.RoleArn) return not_offered("RoleArn");
  if (!in.Tags.empty()) return not_offered("Tags");
  if (in.State.value_or("").starts_with("ENABLED_")) return not_offered("State");
  return {};
}

}  // namespace

base::Result<w::PutRuleResponse> put_rule(app::Call& call, const w::PutRuleRequest& in) {
  WEIR_CHECK_OK(check_offered(in));
  app::NewRule wanted{*in.Name, in.EventBusName, in.EventPattern, in.Description.value_or(""),
                      in.State.value_or("ENABLED") == "ENABLED"};
  w::PutRuleResponse out;
  WEIR_TRY(out.RuleArn, app::put_rule(call, wanted));
  return out;
}

base::Result<w::DescribeRuleResponse> describe_rule(app::Call& call, const w::DescribeRuleRequest& in) {
  WEIR_TRY(auto rule, app::describe_rule(call, in.EventBusName, *in.Name));
  auto out = to_wire<w::DescribeRuleResponse>(rule);
  out.CreatedBy = rule.account;
  return out;
}

base::Result<w::ListRulesResponse> list_rules(app::Call& call, const w::ListRulesRequest& in) {
  WEIR_TRY(auto query, query_of(in));
  WEIR_TRY(auto page, app::list_rules(call, in.EventBusName, query));
  w::ListRulesResponse out;
  out.Rules.give();
  for (const auto& rule : page.items) out.Rules.push_back(to_wire<w::Rule>(rule));
  out.NextToken = token_of(page.next);
  return out;
}

base::Result<wire::Nothing> enable_rule(app::Call& call, const w::EnableRuleRequest& in) {
  return done(app::enable_rule(call, in.EventBusName, *in.Name));
}

base::Result<wire::Nothing> disable_rule(app::Call& call, const w::DisableRuleRequest& in) {
  return done(app::disable_rule(call, in.EventBusName, *in.Name));
}

base::Result<wire::Nothing> delete_rule(app::Call& call, const w::DeleteRuleRequest& in) {
  return done(app::delete_rule(call, in.EventBusName, *in.Name));
}

}  // namespace weir::services::event_bridge
