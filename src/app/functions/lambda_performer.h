// Tasks that invoke functions: arn:aws:states:::lambda:invoke, with and without .waitForTaskToken, and functions named
// by their own ARN.
//
// Invariants:
//  1. The machine's role must be allowed lambda:InvokeFunction on the function, as it is named: with a qualifier, on
//     the ARN with it. Functions of other accounts are denied, there or not.
//  2. Calls of webhooks that hang keep only so many threads (CallSlots, shared with other tasks that call programs
//     elsewhere); what finds none free is asked again.
//
// Threads: any.
#pragma once
#include "app/call_slots.h"
#include "app/executions/task_performer.h"
#include "app/functions/invocation.h"
#include "identity/token_cache.h"
#include "notifications/webhook.h"

namespace weir::app {

class LambdaPerformer final : public TaskPerformer {
 public:
  // `one_click`: SendApprovalNotification sends the sample's links.
  LambdaPerformer(notifications::WebhookSender& webhooks, CallSlots& slots, bool one_click);
  TaskOutcome perform(const TaskCall& task) override;

 private:
  base::Result<Invoked> invoke(Lake& lake, const Invocation& invocation);

  notifications::WebhookSender& webhooks_;
  CallSlots& slots_;
  const bool one_click_;
  identity::TokenCache tokens_;
};

}  // namespace weir::app
