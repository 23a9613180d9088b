#include "app/events/event_rules.h"

#include "events/keys.h"
#include "events/pattern.h"
#include "store/record_access.h"

namespace weir::app {

using events::Rule;
namespace keys = events::keys;

namespace {

base::Error no_such_rule(const std::string& name) { return events::no_such("Rule", name); }

base::Status change_rule(Call& call, const std::string& account, const std::string& name,
                         const std::function<void(Rule&)>& change) {
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto rule, store::load<Rule>(tx, keys::rule(account, name)));
    if (!rule) return no_such_rule(name);
    change(*rule);
    return store::save(tx, keys::rule(account, name), *rule);
  });
}

base::Status switch_rule(Call& call, const std::string& action, const BusText& bus, const std::string& name, bool on) {
  WEIR_TRY(auto account, authorize_rule(call, action, bus, name));
  return change_rule(call, account, name, [on](Rule& rule) { rule.enabled = on; });
}

base::Status check_room(store::Transaction& tx, const std::string& account) {
  WEIR_TRY(auto there, tx.scan(store::prefix_range(keys::rules(account)), events::kRulesMax));
  if (there.size() < events::kRulesMax) return {};
  return base::fail(base::Kind::limit_exceeded, "The requested resource exceeds the maximum number allowed.", "rules");
}

}  // namespace

base::Result<std::string> put_rule(Call& call, const NewRule& wanted) {
  WEIR_TRY(auto account, authorize_rule(call, "events:PutRule", wanted.bus, wanted.name));
  if (!wanted.pattern)
    return base::invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.", "parameter");
  WEIR_CHECK_OK(events::EventPattern::parse(*wanted.pattern));
  Rule rule{account, call.lake().region, wanted.name, wanted.description, *wanted.pattern, wanted.enabled, {}};
  auto key = keys::rule(account, wanted.name);
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto before, store::load<Rule>(tx, key));
    if (!before) WEIR_CHECK_OK(check_room(tx, account));
    rule.targets = before ? before->targets : std::vector<events::Target>();
    return store::save(tx, key, rule);
  }));
  return rule.arn();
}

base::Result<Rule> describe_rule(Call& call, const BusText& bus, const std::string& name) {
  WEIR_TRY(auto account, authorize_rule(call, "events:DescribeRule", bus, name));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto rule, store::load<Rule>(*tx, keys::rule(account, name)));
  if (!rule) return no_such_rule(name);
  return std::move(*rule);
}

base::Status enable_rule(Call& call, const BusText& bus, const std::string& name) {
  return switch_rule(call, "events:EnableRule", bus, name, true);
}

base::Status disable_rule(Call& call, const BusText& bus, const std::string& name) {
  return switch_rule(call, "events:DisableRule", bus, name, false);
}

base::Status delete_rule(Call& call, const BusText& bus, const std::string& name) {
  WEIR_TRY(auto account, authorize_rule(call, "events:DeleteRule", bus, name));
  auto key = keys::rule(account, name);
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto rule, store::load<Rule>(tx, key));
    if (!rule) return {};
    if (!rule->targets.empty()) return base::invalid("Rule can't be deleted since it has targets.", "parameter");
    return tx.erase(key);
  });
}

base::Result<events::Page<Rule>> list_rules(Call& call, const BusText& bus, const ListQuery& query) {
  WEIR_TRY(auto account, authorize_rule(call, "events:ListRules", bus, "*"));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto rules, events::all<Rule>(*tx, keys::rules(account)));
  return events::page_of(std::move(rules), query.prefix, query.token, query.limit);
}

base::Result<bool> test_event_pattern(Call& call, const std::string& pattern, const std::string& event) {
  WEIR_CHECK_OK(call.authorize(Ask{"events:TestEventPattern"}));
  WEIR_TRY(auto parsed, events::EventPattern::parse(pattern));
  auto envelope = base::parse_json(event);
  if (!envelope || !envelope->as_object())
    return events::invalid_parameter("Event", "Event is not a valid JSON object.");
  for (auto* name : {"id", "account", "source", "time", "region", "resources", "detail-type"})
    if (!envelope->find(name)) return events::invalid_parameter("Event", std::string(name) + " is missing.");
  return parsed.matches(*envelope);
}

}  // namespace weir::app
