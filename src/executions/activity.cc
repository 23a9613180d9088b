#include "executions/activity.h"

#include "executions/keys.h"

namespace weir::executions {

base::Result<std::optional<Activity>> ActivityRecords::find(const ActivityName& name) {
  return load<Activity>(tx_, keys::activity(name.account, name.name));
}

base::Result<Activity> ActivityRecords::get(const ActivityName& name) {
  WEIR_TRY(auto found, find(name));
  if (!found) return base::not_found("Activity Does Not Exist: '" + activity_arn(region_, name) + "'", "activity");
  return std::move(*found);
}

base::Result<Page<Activity>> ActivityRecords::list(std::string_view account, const std::string& from, size_t limit) {
  auto prefix = keys::activities(account);
  auto range = store::prefix_range(prefix);
  if (from.starts_with(prefix)) range.first = from;
  return load_page<Activity>(tx_, range, limit);
}

base::Status ActivityRecords::add(const Activity& activity, const Quotas& quotas) {
  WEIR_CHECK_OK(Census(tx_, activity.account).add(Census::Kind::activity, quotas.activities));
  return save(tx_, keys::activity(activity.account, activity.name), activity);
}

base::Result<bool> ActivityRecords::erase_some(const ActivityName& name) {
  constexpr size_t kAtOnce = 256;
  WEIR_TRY(auto there, find(name));
  if (!there) return true;
  WEIR_TRY(auto queued, tx_.scan(store::prefix_range(keys::queue(name.account, name.name)), kAtOnce));
  for (const auto& entry : queued) WEIR_CHECK_OK(tx_.erase(entry.key));
  if (queued.size() == kAtOnce) return false;
  WEIR_CHECK_OK(Census(tx_, name.account).remove(Census::Kind::activity));
  WEIR_CHECK_OK(tx_.erase(keys::tags(activity_arn(region_, name))));
  WEIR_CHECK_OK(tx_.erase(keys::activity(name.account, name.name)));
  return true;
}

}  // namespace weir::executions
