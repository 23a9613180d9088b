#include "app/notifications/delivery_attempt.h"

namespace weir::app {

DeliveryOutcome outcome_of(const base::Status& sent) {
  if (sent.ok()) return {DeliveryOutcome::How::delivered};
  const auto& error = sent.error();
  bool never = error.kind == base::Kind::invalid;
  return {never ? DeliveryOutcome::How::never : DeliveryOutcome::How::later, error.says + error.log};
}

DeliveryOutcome outcome_of(const base::Result<notifications::WebhookAnswer>& answer) {
  if (!answer) return outcome_of(base::Status(answer.error()));
  int status = answer->status;
  if (status / 100 == 2) return {DeliveryOutcome::How::delivered};
  // What the endpoint refuses it refuses again; a redirect is not followed.
  bool never = (status / 100 == 4 && status != 429) || status / 100 == 3;
  return {never ? DeliveryOutcome::How::never : DeliveryOutcome::How::later, "status " + std::to_string(status)};
}

}  // namespace weir::app
