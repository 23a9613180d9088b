// Posts messages to endpoints that anybody may have named.
//
// Invariants:
//  1. Only addresses of the public internet are connected to, unless the operator says otherwise.
//  2. A redirect is an answer like any other: it is not followed.
//  3. Why an endpoint cannot be reached is in an error's log, and never in what it says.
//  4. An endpoint has the post's patience for its whole answer, of which no more is read than the post wants.
//
// Threads: any.
#pragma once
#include "net/client.h"
#include "notifications/webhook.h"

namespace weir::server {

class WebhookSender final : public notifications::WebhookSender {
 public:
  struct Options {
    std::string ca_file;             // PEM, instead of the system's; empty: the system's
    bool private_addresses = false;  // loopback and private networks, too
  };
  explicit WebhookSender(const Options& options);
  base::Result<notifications::WebhookAnswer> post(const notifications::WebhookPost& post) override;
  // Posts under way end at once, and so do later ones: Kind::internal, nothing is said of the endpoint.
  void abandon() { client_.abandon(); }

 private:
  const bool private_addresses_;
  net::Client client_;
};

}  // namespace weir::server
