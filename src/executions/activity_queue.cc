#include "executions/activity_queue.h"

#include "base/hash.h"
#include "executions/keys.h"

namespace weir::executions {
namespace {

constexpr size_t kLookedAtMax = 32;

const workflow::TaskRun* task_of(const workflow::Execution& execution, int64_t task) {
  for (const auto& strand : execution.strands)
    if (strand.task && strand.task->id == task) return &*strand.task;
  return nullptr;
}

// The task of one entry, unless it is over.
base::Result<std::optional<TakenTask>> take(ExecutionRecords& executions, const Queued& entry,
                                            const workflow::Event& event) {
  WEIR_TRY(auto there, executions.find(entry.id));
  if (!there) return std::optional<TakenTask>();
  WEIR_TRY(auto advanced, executions.advance(entry.id, event));
  auto* task = advanced.taken ? task_of(advanced.execution, entry.task) : nullptr;
  if (!task) return std::optional<TakenTask>();
  return std::optional<TakenTask>({task->token, task->input});
}

// Chance is drawn once a call; tokens that two executions make of it must not be the same.
workflow::Event own_event(workflow::Event event, const Queued& entry, const std::string& key) {
  event.task = entry.task;
  event.entropy = base::sha256(event.entropy + key);
  return event;
}

}  // namespace

base::Result<Take> take_task(store::Transaction& tx, ExecutionRecords& executions, const ActivityName& activity,
                             const workflow::Event& event) {
  WEIR_TRY(auto entries, tx.scan(store::prefix_range(keys::queue(activity.account, activity.name)), kLookedAtMax));
  for (const auto& next : entries) {
    WEIR_TRY(auto entry, base::decode_record<Queued>(next.value));
    WEIR_CHECK_OK(tx.erase(next.key));
    WEIR_TRY(auto taken, take(executions, entry, own_event(event, entry, next.key)));
    if (taken) return Take{std::move(taken), false};
  }
  return Take{std::nullopt, entries.size() == kLookedAtMax};
}

}  // namespace weir::executions
