// Activities: names that workers ask for tasks, and the queue of each.
//
// A task is in the queue from when its state was entered until a worker takes it; entries whose task is over by then
// fall away when they are reached.
//
// Errors: not_found and limit_exceeded about "activity".
//
// Threads: as the transaction.
#pragma once
#include "executions/census.h"
#include "executions/names.h"
#include "executions/records.h"

namespace weir::executions {

struct Activity {
  std::string account;
  std::string name;
  base::Instant created_at;
};
WEIR_RECORD(Activity, FIELD("Account", &Activity::account), FIELD("Name", &Activity::name),
            FIELD("CreatedAt", &Activity::created_at))

class ActivityRecords {
 public:
  ActivityRecords(store::Transaction& tx, std::string region) : tx_(tx), region_(std::move(region)) {}

  base::Result<std::optional<Activity>> find(const ActivityName& name);
  base::Result<Activity> get(const ActivityName& name);
  base::Result<Page<Activity>> list(std::string_view account, const std::string& from, size_t limit);
  base::Status add(const Activity& activity, const Quotas& quotas = {});
  // A part of its queue, and with the last of it the activity and its tags: then true. Tasks that were in it wait for
  // their time-out, as on AWS.
  base::Result<bool> erase_some(const ActivityName& name);

 private:
  store::Transaction& tx_;
  std::string region_;
};

}  // namespace weir::executions
