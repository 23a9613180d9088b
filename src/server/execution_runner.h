// Carries executions on: calls their tasks, wakes them up when it is time, and tells them how tasks ended.
//
// It follows the store: a commit that wants something to happen is heard of by a watcher, and what a process that died
// had still to do is found at the start. Executions are not kept in memory.
//
// Invariants:
//  1. What a task came to is written in one transaction with the step it brings about, and only while the task is
//     still wanted.
//  2. A task may be called again after a crash, under the same idempotency key; never is one left out.
//
// Threads: start() and stop() by one; it has threads of its own.
#pragma once
#include <memory>
#include <thread>
#include <vector>

#include "app/executions/task_performer.h"
#include "identity/token_cache.h"
#include "server/execution_agenda.h"

namespace weir::server {

class ExecutionRunner {
 public:
  ExecutionRunner(app::Lake& lake, const app::TaskPerformers& performers, size_t threads);
  ~ExecutionRunner() { stop(); }

  // Watches the store and begins. Once.
  void start();
  // Ends what is being called and takes up nothing more; the rest stays in the store for the next start.
  void stop();

 private:
  void follow();
  void follow_for_waiters();
  void work();
  void keep_time();
  base::Status look();
  base::Status load_effects();
  std::optional<base::Seconds> carry_out(const Job& job);

  base::Status wake(const executions::Wake& wake);
  base::Result<bool> effect(const executions::Effect& effect);
  base::Result<bool> call_task(const executions::Effect& effect);
  base::Status child_ended(const executions::Effect& effect);
  base::Status advance(const executions::Effect& effect, workflow::Event event);
  base::Status tell_task_over(const executions::Effect& effect);
  base::Status stop_some(const executions::Effect& order);
  app::TaskOutcome perform(const executions::Effect& effect, const workflow::Execution& execution,
                           const workflow::StartTask& task);
  executions::ExecutionRecords records(store::Transaction& tx, executions::StepsAhead* ahead = nullptr) const;

  app::Lake& lake_;
  const app::TaskPerformers& performers_;
  const size_t thread_count_;
  identity::TokenCache tokens_;
  std::shared_ptr<ExecutionAgenda> agenda_;  // shared with the store's watchers, which outlive the runner
  std::vector<std::thread> threads_;
};

}  // namespace weir::server
