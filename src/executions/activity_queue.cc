#include "executions/activity_queue.h"

#include "executions/keys.h"

namespace weir::executions {
namespace {

constexpr size_t kEntropyBytes = 32;

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

}  // namespace

base::Result<std::optional<TakenTask>> take_task(store::Transaction& tx, ExecutionRecords& executions,
                                                 const ActivityName& activity, const std::string& worker,
                                                 base::Instant now, base::Randomness& randomness) {
  for (;;) {
    WEIR_TRY(auto next, tx.scan(store::prefix_range(keys::queue(activity.account, activity.name)), 1));
    if (next.empty()) return std::optional<TakenTask>();
    WEIR_TRY(auto entry, base::decode_record<Queued>(next[0].value));
    WEIR_CHECK_OK(tx.erase(next[0].key));
    workflow::Event event{
        .kind = workflow::Event::Kind::task_started, .at = now, .entropy = randomness.bytes(kEntropyBytes)};
    event.task = entry.task;
    event.worker = worker;
    WEIR_TRY(auto taken, take(executions, entry, event));
    if (taken) return taken;
  }
}

}  // namespace weir::executions
