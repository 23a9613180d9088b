// Where messages leave that are posted to an endpoint, and what comes back.
//
// Threads: a WebhookSender may be used from any thread.
#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/text.h"

namespace weir::notifications {

struct WebhookPost {
  std::string url;  // webhook_url.h has read it
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::chrono::milliseconds patience = std::chrono::seconds(15);  // for the whole answer; as long as AWS waits
  size_t answer_bytes_max = 64 * 1024;
  std::string method = "POST";
  bool secure_only = false;  // https; plain http only where the operator lets private addresses in
};

struct WebhookAnswer {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};

  // The first header of that name, in whatever case; empty when there is none.
  std::string_view header(std::string_view name) const {
    for (const auto& [key, value] : headers)
      if (base::equal_ignoring_case(key, name)) return value;
    return {};
  }
};

class WebhookSender {
 public:
  virtual ~WebhookSender() = default;
  // Any answer, whatever its status. Kind::invalid for what cannot be sent at all, Kind::unavailable when there was none in time, Kind::limit_exceeded when it was
  // longer than answer_bytes_max, Kind::internal when the program stops meanwhile.
  virtual base::Result<WebhookAnswer> post(const WebhookPost& post) = 0;
};

// One of several posts that have until `until` together: waits no longer than that, nor than the post's own patience.
// Errors as post(); Kind::unavailable, with nothing sent, when no time is left.
base::Result<WebhookAnswer> post_until(WebhookSender& sender, WebhookPost post, const base::Clock& clock,
                                       base::Instant until);

}  // namespace weir::notifications
