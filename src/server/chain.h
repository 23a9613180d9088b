// The request chain: what happens to a request between its head and its answer, and in which order.
//
// Threads: a Chain serves all connections at once; each Exchange belongs to one request.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "app/call.h"
#include "identity/token_cache.h"
#include "net/http.h"
#include "net/trusted_proxies.h"
#include "server/approval_pages.h"
#include "server/console_pages.h"
#include "server/metrics.h"
#include "server/service_list.h"
#include "wire/router.h"
#include "wire/sigv4/signing_key.h"

namespace weir::server {

struct ChainOptions {
  std::string region;
  std::vector<std::string> host_names;
  uint64_t body_bytes_max = 0;
  uint64_t object_bytes_max = 0;
  bool log_requests = true;
  bool legacy_one_click = false;
  std::string account;  // whose console it is
  net::TrustedProxies proxies = {};
};

class Chain final : public net::Handler {
 public:
  Chain(app::Lake& lake, ChainOptions options, Metrics& metrics);

  std::unique_ptr<net::Exchange> open(net::RequestHead head) override;
  net::Response refuse(int status, std::string_view why) override;

  app::Lake& lake() const { return lake_; }
  const ChainOptions& options() const { return options_; }
  const wire::Router& router() const { return router_; }
  const ServiceList& services() const { return services_; }
  identity::TokenCache& tokens() { return tokens_; }
  wire::SigningKeyCache& signing_keys() { return signing_keys_; }
  Metrics& metrics() const { return metrics_; }
  // The regions a signature may be made for.
  const std::vector<std::string>& regions() const { return regions_; }

 private:
  app::Lake& lake_;
  ChainOptions options_;
  ApprovalPages approval_pages_;
  ConsolePages console_pages_;
  Metrics& metrics_;
  wire::Router router_;
  ServiceList services_;
  identity::TokenCache tokens_;
  wire::SigningKeyCache signing_keys_;
  std::vector<std::string> regions_;
};

}  // namespace weir::server
