#include "app/events/event_targets.h"

#include <algorithm>

#include "app/events/event_target_kinds.h"
#include "app/executions/machine_role.h"
#include "events/api_destination.h"
#include "events/http_words.h"
#include "events/keys.h"
#include "events/target_input.h"
#include "names/arn.h"
#include "store/record_access.h"

namespace weir::app {

using events::Rule;
using events::Target;
namespace keys = events::keys;

namespace {

base::Status check_http(const events::TargetHttp& http) {
  for (const auto& [name, value] : http.headers) WEIR_CHECK_OK(events::check_header(name, value));
  return {};
}

base::Status check_retry(const events::RetryPolicy& retry) {
  if (retry.attempts_max < 0 || retry.attempts_max > 185) return events::invalid_parameter("MaximumRetryAttempts");
  if (retry.age_max_s < 60 || retry.age_max_s > 86'400) return events::invalid_parameter("MaximumEventAgeInSeconds");
  return {};
}

// Destinations and machines are the account's own; a topic may be anybody's whose policy lets it be written to.
base::Status check_place(const Call& call, const Target& target, TargetKind kind) {
  WEIR_TRY(auto arn, names::Arn::parse(target.arn));
  bool own = arn.account == call.caller().account() && arn.region == call.lake().region;
  if (kind != TargetKind::topic && !own)
    return events::invalid_parameter("Arn", "The target is not of this account and region.");
  if (kind != TargetKind::api_destination) return {};
  WEIR_TRY(auto name, events::parse_destination_arn(target.arn));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto there, store::load<events::ApiDestination>(*tx, keys::destination(call.caller().account(), name.name)));
  if (!there || there->arn() != target.arn) return events::no_such("ApiDestination", "'" + name.name + "'");
  return {};
}

base::Status check_role(Call& call, const Target& target, TargetKind kind, const std::string& rule_arn) {
  if (!needs_role(kind)) {
    if (target.role_arn) return events::invalid_parameter("RoleArn", "SNS topics are written to by their own policy.");
    return {};
  }
  if (!target.role_arn)
    return events::invalid_parameter("RoleArn", "RoleArn is required for target " + target.arn + ".");
  return check_service_role(call, std::string(kEventsService), *target.role_arn, rule_arn);
}

base::Status check_target(Call& call, const Target& target, const std::string& rule_arn) {
  WEIR_TRY(auto kind, target_kind(target.arn));
  WEIR_CHECK_OK(events::check_target_input(target));
  if (target.http && kind != TargetKind::api_destination)
    return events::invalid_parameter("HttpParameters", "they are for API destinations.");
  if (target.http) WEIR_CHECK_OK(check_http(*target.http));
  if (target.retry) WEIR_CHECK_OK(check_retry(*target.retry));
  WEIR_CHECK_OK(check_place(call, target, kind));
  return check_role(call, target, kind, rule_arn);
}

void put(std::vector<Target>& targets, const Target& target) {
  auto there = std::ranges::find(targets, target.id, &Target::id);
  there == targets.end() ? targets.push_back(target) : void(*there = target);
}

policy::Context target_arns(const std::vector<Target>& targets) {
  std::vector<std::string> arns;
  for (const auto& target : targets) arns.push_back(target.arn);
  policy::Context context;
  context.set_list("events:targetarn", arns);
  return context;
}

}  // namespace

base::Status put_targets(Call& call, const BusText& bus, const std::string& rule, const std::vector<Target>& targets) {
  WEIR_TRY(auto account, authorize_rule(call, "events:PutTargets", bus, rule, target_arns(targets)));
  auto rule_arn = events::rule_arn(call.lake().region, account, rule);
  for (const auto& target : targets) WEIR_CHECK_OK(check_target(call, target, rule_arn));
  auto key = keys::rule(account, rule);
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, store::load<Rule>(tx, key));
    if (!there) return events::no_such("Rule", rule);
    for (const auto& target : targets) put(there->targets, target);
    if (there->targets.size() > events::kTargetsMax)
      return base::fail(base::Kind::limit_exceeded, "The requested resource exceeds the maximum number allowed.",
                        "targets");
    return store::save(tx, key, *there);
  });
}

base::Result<std::vector<Target>> list_targets(Call& call, const BusText& bus, const std::string& rule) {
  WEIR_TRY(auto account, authorize_rule(call, "events:ListTargetsByRule", bus, rule));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto there, store::load<Rule>(*tx, keys::rule(account, rule)));
  if (!there) return events::no_such("Rule", rule);
  return std::move(there->targets);
}

base::Result<std::vector<std::string>> remove_targets(Call& call, const BusText& bus, const std::string& rule,
                                                      const std::vector<std::string>& ids) {
  WEIR_TRY(auto account, authorize_rule(call, "events:RemoveTargets", bus, rule));
  std::vector<std::string> unknown;
  auto key = keys::rule(account, rule);
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, store::load<Rule>(tx, key));
    if (!there) return events::no_such("Rule", rule);
    unknown.clear();
    for (const auto& id : ids)
      if (std::erase_if(there->targets, [&](const Target& target) { return target.id == id; }) == 0)
        unknown.push_back(id);
    return store::save(tx, key, *there);
  }));
  return unknown;
}

}  // namespace weir::app
