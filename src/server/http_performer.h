// arn:aws:states:::http:invoke: an HTTPS endpoint called with the credentials of a connection.
//
// Invariants:
//  1. The machine's role may call that endpoint (states:InvokeHTTPEndpoint, with states:HTTPEndpoint and
//     states:HTTPMethod) and may use that connection (events:RetrieveConnectionCredentials), which is of its account.
//  2. Redirects are not followed: credentials go where the definition says.
//  3. Nothing of the connection is in a result, a failure or the history.
//
// Threads: any.
#pragma once
#include "app/task_performer.h"
#include "notifications/webhook.h"

namespace weir::server {

class HttpPerformer final : public app::TaskPerformer {
 public:
  explicit HttpPerformer(notifications::WebhookSender& webhooks) : webhooks_(webhooks) {}
  // {Headers, ResponseBody, StatusCode, StatusText}; States.Http.StatusCode.N for whatever is not 2xx,
  // States.Http.Socket when there was no answer.
  app::TaskOutcome perform(const app::TaskCall& task) override;

 private:
  notifications::WebhookSender& webhooks_;
};

}  // namespace weir::server
