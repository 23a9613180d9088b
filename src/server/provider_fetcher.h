// Asks OpenID Connect providers for their documents and for tokens, over HTTPS and the public internet only.
//
// Invariants:
//  1. A redirect is an answer like any other but 200: it is not followed, and the fetch fails.
//  2. Addresses that are not of the public internet are connected to only when the operator says so.
//  3. An answer takes kTotal at most and has as many bytes as the longest document that is read.
//
// Threads: any.
#pragma once
#include "app/sessions/web_identity_keys.h"
#include "net/client.h"

namespace weir::server {

struct ProviderFetcherOptions {
  std::string ca_file;             // PEM, instead of the system's; empty: the system's
  bool private_addresses = false;  // loopback and private networks, too
};

class ProviderFetcher final : public app::DocumentFetcher {
 public:
  explicit ProviderFetcher(const ProviderFetcherOptions& options);
  base::Result<std::string> fetch(const std::string& url) override;
  base::Result<app::TokenAnswer> ask(const app::TokenQuestion& question) override;

 private:
  net::Client client_;
};

}  // namespace weir::server
