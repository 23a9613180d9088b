// Who carries out which tasks of executions: the one list.
//
// Threads: made before the first task, immutable after.
#pragma once
#include "app/call_slots.h"
#include "app/executions/nested_execution.h"
#include "app/functions/lambda_performer.h"
#include "server/events_performer.h"
#include "server/http_performer.h"
#include "server/sdk_performer.h"
#include "server/sns_performer.h"

namespace weir::server {

class TaskCrew {
 public:
  // `one_click`: app/functions/lambda_performer.h.
  TaskCrew(notifications::WebhookSender& webhooks, bool one_click)
      : slots_(kCallsOfAnAccount, kCallsAtOnce), lambda_(webhooks, slots_, one_click), http_(webhooks, slots_) {
    performers_.add("aws-sdk", sdk_);
    performers_.add("states", nested_);
    performers_.add("lambda", lambda_);
    performers_.add("sns", sns_);
    performers_.add("http", http_);
    performers_.add("events", events_);
  }
  TaskCrew(const TaskCrew&) = delete;
  TaskCrew& operator=(const TaskCrew&) = delete;
  const app::TaskPerformers& performers() const { return performers_; }

 private:
  // Of the threads that carry out tasks (serve.cc), endpoints of one account that hang keep a quarter at most, and all
  // of them three.
  static constexpr size_t kCallsOfAnAccount = 8, kCallsAtOnce = 24;

  app::CallSlots slots_;  // first: gone after who uses it
  SdkPerformer sdk_;
  app::NestedExecutions nested_;
  app::LambdaPerformer lambda_;
  SnsPerformer sns_;
  HttpPerformer http_;
  EventsPerformer events_;
  app::TaskPerformers performers_;
};

}  // namespace weir::server
