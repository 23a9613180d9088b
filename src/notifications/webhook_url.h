// Where a message is posted to, taken apart once.
//
// Threads: pure functions.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace weir::notifications {

struct WebhookUrl {
  bool secure = false;
  std::string origin;    // https://host:port
  std::string target;    // /path?query
  std::string userinfo;  // user:password, decoded; empty when there is none
};

// An absolute http or https URL of at most 2,048 printable ASCII characters: a host, perhaps a port, a path and a
// query; no fragment. Kind::invalid "Invalid parameter: Endpoint" otherwise.
base::Result<WebhookUrl> parse_webhook_url(std::string_view url);

// The URL with its password hidden: for whoever gave it.
std::string without_password(std::string_view url);
// Without user, password and query: for everybody else, and for what is written down.
std::string without_secrets(std::string_view url);

}  // namespace weir::notifications
