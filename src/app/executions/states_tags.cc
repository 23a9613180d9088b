#include "app/executions/states_tags.h"

#include "app/executions/states_words.h"
#include "app/iam/iam_targets.h"
#include "executions/activity.h"
#include "executions/keys.h"

namespace weir::app {
namespace {

struct Tagged {
  identity::Tags tags;
};
WEIR_RECORD(Tagged, FIELD("Tags", &Tagged::tags))

base::Error absent(const std::string& arn) { return base::not_found("Resource not found: '" + arn + "'", "resource"); }

// Whose the resource is; machines without qualifier, and activities.
base::Result<std::string> owner_of(const Call& call, const std::string& arn) {
  if (auto machine = machine_here(call, arn); machine.ok() && machine->qualifier.empty()) return machine->account;
  WEIR_TRY(auto activity, activity_here(call, arn));
  return activity.account;
}

base::Status check_there(const Call& call, store::Transaction& tx, const std::string& arn) {
  if (auto machine = machine_here(call, arn); machine.ok()) {
    WEIR_TRY(auto found, machine_records(call, tx).find(*machine));
    return found ? base::Status() : absent(arn);
  }
  WEIR_TRY(auto activity, activity_here(call, arn));
  WEIR_TRY(auto found, executions::ActivityRecords(tx, call.lake().region).find(activity));
  return found ? base::Status() : absent(arn);
}

base::Status change_tags(Call& call, const std::string& arn,
                         const std::function<base::Result<identity::Tags>(identity::Tags)>& change) {
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(check_there(call, tx, arn));
    WEIR_TRY(auto before, states_tags(tx, arn));
    WEIR_TRY(auto after, change(std::move(before)));
    return put_states_tags(tx, arn, after);
  });
}

}  // namespace

base::Result<identity::Tags> states_tags(store::Transaction& tx, const std::string& arn) {
  WEIR_TRY(auto found, executions::load<Tagged>(tx, executions::keys::tags(arn)));
  return found ? std::move(found->tags) : identity::Tags();
}

base::Status check_states_tags(const identity::Tags& tags) {
  if (tags.size() > identity::kTagsMax)
    return base::fail(base::Kind::limit_exceeded, "Too many tags: at most 50 are allowed", "tags");
  auto status = identity::check_tags(tags);
  if (!status.ok()) status.error().about = "tags";
  return status;
}

base::Status put_states_tags(store::Transaction& tx, const std::string& arn, const identity::Tags& tags) {
  if (tags.empty()) return tx.erase(executions::keys::tags(arn));
  return executions::save(tx, executions::keys::tags(arn), Tagged{tags});
}

base::Status tag_states_resource(Call& call, const std::string& arn, const identity::Tags& tags) {
  call.about("resourceArn", arn);
  WEIR_TRY(auto owner, owner_of(call, arn));
  auto ask = states_ask("TagResource", arn, owner);
  describe_request_tags(tags, ask.extra);
  WEIR_CHECK_OK(call.authorize(ask));
  WEIR_CHECK_OK(check_states_tags(tags));
  return change_tags(call, arn, [&](identity::Tags before) -> base::Result<identity::Tags> {
    auto after = identity::merged_tags(std::move(before), tags);
    WEIR_CHECK_OK(check_states_tags(after));
    return after;
  });
}

base::Status untag_states_resource(Call& call, const std::string& arn, const std::vector<std::string>& keys) {
  call.about("resourceArn", arn);
  WEIR_TRY(auto owner, owner_of(call, arn));
  auto ask = states_ask("UntagResource", arn, owner);
  describe_request_tag_keys(keys, ask.extra);
  WEIR_CHECK_OK(call.authorize(ask));
  return change_tags(call, arn, [&](identity::Tags before) -> base::Result<identity::Tags> {
    return identity::without_tags(std::move(before), keys);
  });
}

base::Result<identity::Tags> list_states_tags(Call& call, const std::string& arn) {
  call.about("resourceArn", arn);
  WEIR_TRY(auto owner, owner_of(call, arn));
  WEIR_CHECK_OK(call.authorize(states_ask("ListTagsForResource", arn, owner)));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_CHECK_OK(check_there(call, *tx, arn));
  return states_tags(*tx, arn);
}

}  // namespace weir::app
