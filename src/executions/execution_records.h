// Executions in the store: started, stepped and read. Every change of an execution is one call here, in one
// transaction with everything that follows from it.
//
// Invariants:
//  1. What an execution waits for is in the store as often as it waits: one wake-up at its earliest instant, an
//     effect per task to be called, a queue entry per activity task, a record per token.
//  2. A step that is committed is whole: execution, history, list, effects, wake-up.
//  3. Tokens are kept as hashes beside the execution that made them; whoever reads the index learns none.
//  4. An ended execution is forgotten after its retention, with everything under its name.
//  5. An account has so many open executions and no more: what starts itself again and again and waits ends there.
//
// Errors: not_found about "execution" when there is none; limit_exceeded about "execution" when too many are open;
// internal for records that do not read; those of steps_ahead.h.
//
// Threads: as the transaction; the Definitions are shared.
#pragma once
#include "executions/census.h"
#include "executions/definitions.h"
#include "executions/effect.h"
#include "executions/steps_ahead.h"
#include "workflow/step.h"

namespace weir::executions {

// The task of another execution that started an execution, and whether it waits for its end.
struct Starter {
  ExecutionId id;
  int64_t task = 0;
  bool waits = false;
};
WEIR_RECORD(Starter, FIELD("Id", &Starter::id), FIELD("Task", &Starter::task), FIELD("Waits", &Starter::waits))

// What is known of an execution besides the value that steps.
struct About {
  std::string revision_id;
  std::string trace_header;
  std::optional<Starter> starter;
  std::string redrive_token;  // of the last redrive that had one
};
WEIR_RECORD(About, FIELD("RevisionId", &About::revision_id), FIELD("TraceHeader", &About::trace_header),
            FIELD("Starter", &About::starter), FIELD("RedriveToken", &About::redrive_token))

// What lists tell.
struct Listed {
  std::string run;
  workflow::ExecutionStatus status = workflow::ExecutionStatus::running;
  base::Instant started_at;
  std::optional<base::Instant> ended_at;
  std::optional<std::string> version_arn, alias_arn;
  int64_t redrive_count = 0;
  std::optional<base::Instant> redriven_at;
};
WEIR_RECORD(Listed, FIELD("Run", &Listed::run), FIELD("Status", &Listed::status),
            FIELD("StartedAt", &Listed::started_at), FIELD("EndedAt", &Listed::ended_at),
            FIELD("VersionArn", &Listed::version_arn), FIELD("AliasArn", &Listed::alias_arn),
            FIELD("RedriveCount", &Listed::redrive_count), FIELD("RedrivenAt", &Listed::redriven_at))

struct HeldToken {
  ExecutionId id;
  int64_t task = 0;
};
WEIR_RECORD(HeldToken, FIELD("Id", &HeldToken::id), FIELD("Task", &HeldToken::task))

// When somebody has to look at an execution.
struct Wake {
  base::Instant at;
  ExecutionId id;
};
WEIR_RECORD(Wake, FIELD("At", &Wake::at), FIELD("Id", &Wake::id))

// A task in an activity's queue.
struct Queued {
  std::string activity;
  ExecutionId id;
  int64_t task = 0;
};
WEIR_RECORD(Queued, FIELD("Activity", &Queued::activity), FIELD("Id", &Queued::id), FIELD("Task", &Queued::task))

struct Advanced {
  workflow::Execution execution;
  bool taken = true;  // false: the event came too late
};

// How long ended executions are kept: as AWS keeps them, and express ones only until their caller has read them.
inline constexpr base::Seconds kRetention{90LL * 24 * 3600};
inline constexpr base::Seconds kExpressRetention{600};
// AWS: within fourteen days of its end.
inline constexpr base::Seconds kRedrivable{14LL * 24 * 3600};

class ExecutionRecords {
 public:
  // `ahead`: of the write_steps() whose body this is; none for who only reads.
  ExecutionRecords(store::Transaction& tx, std::string region, Definitions& definitions, StepsAhead* ahead = nullptr,
                   Quotas quotas = {})
      : tx_(tx), region_(std::move(region)), definitions_(definitions), ahead_(ahead), quotas_(quotas) {}

  base::Result<std::optional<workflow::Execution>> find(const ExecutionId& id);
  base::Result<workflow::Execution> get(const ExecutionId& id);
  base::Result<About> about(const ExecutionId& id);
  base::Status put_about(const ExecutionId& id, const About& about) { return save(tx_, keys_about(id), about); }

  // `execution` has the part that whoever starts it gives (workflow/execution.h); there is none of that id.
  base::Result<workflow::Execution> start(const ExecutionId& id, const About& about, workflow::Execution execution,
                                          base::Instant at, std::string entropy);
  // The effect that brought the event about is done in the same transaction. Of an ended execution whose time is up
  // nothing stays.
  base::Result<Advanced> advance(const ExecutionId& id, const workflow::Event& event);

  base::Result<std::optional<HeldToken>> find_token(std::string_view token);
  // When the task is over, however it ends, there is an effect that says so.
  base::Status tell_when_over(const ExecutionId& id, int64_t task) { return tx_.put(keys_awaited(id, task), "{}"); }
  // The same for an execution that is about to be started: the effect's task is kWholeExecution.
  base::Status tell_end(const ExecutionId& id) { return tell_when_over(id, kWholeExecution); }

  base::Result<Page<Listed>> list(const MachineName& machine, const std::string& from, size_t limit);
  // Events in order, from number `from` on (downwards when `reverse`).
  base::Result<std::vector<workflow::HistoryEvent>> history(const ExecutionId& id, int64_t from, size_t limit,
                                                            bool reverse);
  // Some of the running executions of the machine that `order` names are to stop, those after the one it ends with;
  // they do so by themselves after the commit. Answers with the order for the others, or nothing.
  base::Result<std::optional<Effect>> stop_some(const Effect& order);
  base::Result<bool> any_running(const MachineName& machine);

  std::string arn(const ExecutionId& id) const { return execution_arn(region_, id); }

 private:
  static std::string keys_about(const ExecutionId& id);
  static std::string keys_awaited(const ExecutionId& id, int64_t task);
  base::Status task_over(const ExecutionId& id, int64_t task);
  base::Result<Advanced> step(const ExecutionId& id, const About& about, workflow::Execution execution,
                              const workflow::Event& event);
  base::Status write(const ExecutionId& id, const About& about, const workflow::Step& step);
  base::Status write_open(const ExecutionId& id, bool was_open, bool is_open);
  base::Status write_history(const ExecutionId& id, const std::vector<workflow::HistoryEvent>& events);
  base::Status write_wake(const ExecutionId& id, std::optional<base::Instant> before,
                          std::optional<base::Instant> after);
  base::Status write_listed(const ExecutionId& id, const workflow::Execution& execution);
  base::Status apply(const ExecutionId& id, const About& about, const workflow::Execution& execution,
                     const workflow::Effect& effect);
  base::Status start_task(const ExecutionId& id, const workflow::Execution& execution, const workflow::StartTask& task);
  base::Result<bool> queue_activity(const ExecutionId& id, const workflow::Execution& execution,
                                    const workflow::StartTask& task);
  base::Status hold_token(const ExecutionId& id, const workflow::StartTask& task);
  base::Status cancel_task(const ExecutionId& id, int64_t task);
  base::Status ended(const ExecutionId& id, const About& about);
  base::Status forget(const ExecutionId& id, const workflow::Execution& execution);

  store::Transaction& tx_;
  std::string region_;
  Definitions& definitions_;
  StepsAhead* ahead_;
  Quotas quotas_;
};

// When an execution is to be looked at next without anybody asking; of an ended one when it is forgotten.
std::optional<base::Instant> next_look(const ExecutionId& id, const workflow::Execution& execution);

}  // namespace weir::executions
