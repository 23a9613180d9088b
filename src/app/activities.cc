#include "app/activities.h"

#include "app/iam_targets.h"
#include "app/states_tags.h"
#include "executions/keys.h"

namespace weir::app {

using executions::Activity;
using executions::ActivityName;
using executions::ActivityRecords;

namespace {

constexpr std::chrono::seconds kPoll{60};  // as AWS holds the request

}  // namespace

base::Result<ShownActivity> create_activity(Call& call, const std::string& name, const identity::Tags& tags) {
  ActivityName wanted{call.caller().account(), name};
  auto arn = executions::activity_arn(call.lake().region, wanted);
  call.about("name", name);
  auto ask = states_ask("CreateActivity", arn, wanted.account);
  describe_request_tags(tags, ask.extra);
  WEIR_CHECK_OK(call.authorize(ask));
  WEIR_CHECK_OK(executions::check_name(name));
  WEIR_CHECK_OK(check_states_tags(tags));
  Activity made{wanted.account, name, call.now()};
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    ActivityRecords records(tx, call.lake().region);
    WEIR_TRY(auto there, records.find(wanted));
    if (there) return made = std::move(*there), base::Status();
    WEIR_CHECK_OK(put_states_tags(tx, arn, tags));
    return records.put(made);
  }));
  return ShownActivity{std::move(arn), std::move(made)};
}

base::Result<ShownActivity> describe_activity(Call& call, const std::string& arn) {
  call.about("activityArn", arn);
  WEIR_TRY(auto name, executions::parse_activity_arn(arn));
  WEIR_CHECK_OK(call.authorize(states_ask("DescribeActivity", arn, name.account)));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto activity, ActivityRecords(*tx, call.lake().region).get(name));
  return ShownActivity{arn, std::move(activity)};
}

base::Status delete_activity(Call& call, const std::string& arn) {
  call.about("activityArn", arn);
  WEIR_TRY(auto name, executions::parse_activity_arn(arn));
  WEIR_CHECK_OK(call.authorize(states_ask("DeleteActivity", arn, name.account)));
  return store::write(call.lake().store,
                      [&](store::Transaction& tx) { return ActivityRecords(tx, call.lake().region).erase(name); });
}

base::Result<StatesList<Activity>> list_activities(Call& call, const StatesPage& page) {
  const auto& account = call.caller().account();
  WEIR_CHECK_OK(call.authorize({.action = "states:ListActivities"}));
  WEIR_TRY(auto from, key_in_states_token(page.token, executions::keys::activities(account)));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, ActivityRecords(*tx, call.lake().region).list(account, from, page.items_max));
  return states_list(std::move(found));
}

base::Result<std::optional<executions::TakenTask>> get_activity_task(Call& call, const std::string& arn,
                                                                     const std::string& worker) {
  call.about("activityArn", arn);
  WEIR_TRY(auto name, executions::parse_activity_arn(arn));
  WEIR_CHECK_OK(call.authorize(states_ask("GetActivityTask", arn, name.account)));
  auto& lake = call.lake();
  executions::Doorbell::Waiter waiter(*lake.doorbell, executions::keys::queue(name.account, name.name));
  auto deadline = std::chrono::steady_clock::now() + kPoll;
  for (bool waited = true; waited; waited = waiter.wait_until(deadline)) {
    std::optional<executions::TakenTask> taken;
    WEIR_CHECK_OK(store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
      WEIR_CHECK_OK(ActivityRecords(tx, lake.region).get(name));
      auto records = execution_records(call, tx);
      WEIR_TRY(taken, executions::take_task(tx, records, name, worker, lake.clock.now(), lake.randomness));
      return {};
    }));
    if (taken) return taken;
  }
  return std::optional<executions::TakenTask>();
}

}  // namespace weir::app
