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

base::Status ActivityRecords::put(const Activity& activity) {
  return save(tx_, keys::activity(activity.account, activity.name), activity);
}

base::Status ActivityRecords::erase(const ActivityName& name) {
  WEIR_CHECK_OK(erase_all(tx_, keys::queue(name.account, name.name)));
  WEIR_CHECK_OK(tx_.erase(keys::tags(activity_arn(region_, name))));
  return tx_.erase(keys::activity(name.account, name.name));
}

}  // namespace weir::executions
