// Where messages leave that are posted to an endpoint.
//
// Threads: a WebhookSender may be used from any thread.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace weir::notifications {

struct WebhookPost {
  std::string url;  // webhook_url.h has read it
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

class WebhookSender {
 public:
  virtual ~WebhookSender() = default;
  // The status of the answer. Kind::unavailable when there was none; nothing of the answer is kept.
  virtual base::Result<int> post(const WebhookPost& post) = 0;
};

}  // namespace weir::notifications
