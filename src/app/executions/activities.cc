#include "app/executions/activities.h"

#include "app/executions/states_tags.h"
#include "app/iam/iam_targets.h"
#include "executions/keys.h"

namespace weir::app {

using executions::Activity;
using executions::ActivityName;
using executions::ActivityRecords;

namespace {

constexpr std::chrono::seconds kPoll{60};  // as AWS holds the request
constexpr size_t kEntropyBytes = 32;

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
    return records.add(made);
  }));
  return ShownActivity{std::move(arn), std::move(made)};
}

base::Result<ShownActivity> describe_activity(Call& call, const std::string& arn) {
  call.about("activityArn", arn);
  WEIR_TRY(auto name, activity_here(call, arn));
  WEIR_CHECK_OK(call.authorize(states_ask("DescribeActivity", arn, name.account)));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto activity, ActivityRecords(*tx, call.lake().region).get(name));
  return ShownActivity{arn, std::move(activity)};
}

base::Status delete_activity(Call& call, const std::string& arn) {
  call.about("activityArn", arn);
  WEIR_TRY(auto name, activity_here(call, arn));
  WEIR_CHECK_OK(call.authorize(states_ask("DeleteActivity", arn, name.account)));
  for (bool gone = false; !gone;)
    WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
      WEIR_TRY(gone, ActivityRecords(tx, call.lake().region).erase_some(name));
      return {};
    }));
  return {};
}

base::Result<StatesList<Activity>> list_activities(Call& call, const StatesPage& page) {
  const auto& account = call.caller().account();
  WEIR_CHECK_OK(call.authorize({.action = "states:ListActivities"}));
  WEIR_TRY(auto from, key_in_states_token(page.token, executions::keys::activities(account)));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, ActivityRecords(*tx, call.lake().region).list(account, from, page.items_max));
  return states_list(std::move(found));
}

namespace {

// What is there now.
base::Result<std::optional<executions::TakenTask>> take_next(Call& call, const ActivityName& name,
                                                             const std::string& worker) {
  auto& lake = call.lake();
  for (;;) {
    executions::Take take;
    workflow::Event event{.kind = workflow::Event::Kind::task_started, .at = lake.clock.now()};
    event.entropy = lake.randomness.bytes(kEntropyBytes);
    event.worker = worker;
    auto look = [&](store::Transaction& tx, executions::StepsAhead& ahead) -> base::Status {
      WEIR_CHECK_OK(ActivityRecords(tx, lake.region).get(name));
      auto records = execution_records(call, tx, &ahead);
      WEIR_TRY(take, executions::take_task(tx, records, name, event));
      return {};
    };
    WEIR_CHECK_OK(executions::write_steps(lake.store, look));
    if (take.task || !take.more) return std::move(take.task);
  }
}

}  // namespace

base::Result<std::optional<executions::TakenTask>> get_activity_task(Call& call, const std::string& arn,
                                                                     const std::string& worker) {
  call.about("activityArn", arn);
  WEIR_TRY(auto name, activity_here(call, arn));
  WEIR_CHECK_OK(call.authorize(states_ask("GetActivityTask", arn, name.account)));
  executions::Doorbell::Waiter waiter(*call.lake().doorbell, executions::keys::queue(name.account, name.name));
  auto deadline = std::chrono::steady_clock::now() + kPoll;
  for (bool waited = true; waited; waited = waiter.wait_until(deadline)) {
    WEIR_TRY(auto taken, take_next(call, name, worker));
    if (taken) return taken;
  }
  return std::optional<executions::TakenTask>();
}

}  // namespace weir::app
