// arn:aws:states:::http:invoke: an HTTPS endpoint called with the credentials of a connection.
//
// Invariants:
//  1. The machine's role may call that endpoint (states:InvokeHTTPEndpoint, with states:HTTPEndpoint and
//     states:HTTPMethod) and may use that connection (events:RetrieveConnectionCredentials), which is of its account.
//  2. Redirects are not followed: credentials go where the definition says.
//  3. Nothing of the connection is in a result, a failure or the history, unless the endpoint says it.
//  4. A call ends within a minute and within its state's TimeoutSeconds, with the token that it needs and both again
//     when the token is refused.
//  5. Calls that hang keep only so many threads (CallSlots); what finds none free is asked again.
//
// Threads: any.
#pragma once
#include "app/call_slots.h"
#include "app/executions/task_performer.h"
#include "notifications/webhook.h"

namespace weir::server {

class HttpPerformer final : public app::TaskPerformer {
 public:
  HttpPerformer(notifications::WebhookSender& webhooks, app::CallSlots& slots) : webhooks_(webhooks), slots_(slots) {}
  // {Headers, ResponseBody, StatusCode, StatusText}; States.Http.StatusCode.N for whatever is not 2xx,
  // States.Http.Socket when there was no answer.
  app::TaskOutcome perform(const app::TaskCall& task) override;

 private:
  notifications::WebhookSender& webhooks_;
  app::CallSlots& slots_;
};

}  // namespace weir::server
