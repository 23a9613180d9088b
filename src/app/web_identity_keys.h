// The keys of OpenID Connect providers, fetched when a token needs them and kept while they are fresh.
//
// Only issuers that some account registered are asked about: whoever calls looks that up first.
//
// Invariants:
//  1. Nobody holds a lock while a provider answers; one question per issuer is out at a time (key_source.h). Whose
//     key is known does not wait for the answer; whose key is not, does.
//  2. At most kIssuersMax issuers are kept; the one that was asked for least lately goes first.
//
// Threads: any.
#pragma once
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "identity/oidc/key_source.h"

namespace weir::app {

// Asks an address for a document. The floor below this interface sees to it that the address is one to be asked.
class DocumentFetcher {
 public:
  virtual ~DocumentFetcher() = default;
  virtual base::Result<std::string> fetch(const std::string& url) = 0;
};

class WebIdentityKeys {
 public:
  explicit WebIdentityKeys(DocumentFetcher& fetcher) : fetcher_(fetcher) {}

  // Errors: provider_unreachable.
  base::Result<std::shared_ptr<const identity::oidc::KeySet>> keys_for(const identity::oidc::Address& address,
                                                                       base::Instant now);

 private:
  struct Issuer {
    explicit Issuer(const std::string& address) : source(address, identity::oidc::Transport::https_only) {}
    std::mutex mutex;
    std::condition_variable answered;
    bool asking = false;
    identity::oidc::KeySource source;
  };
  using IssuerPtr = std::shared_ptr<Issuer>;
  void ask(Issuer& issuer, const identity::oidc::Fetch& fetch, std::unique_lock<std::mutex>& lock, base::Instant now);
  IssuerPtr issuer_of(const std::string& address);

  static constexpr size_t kIssuersMax = 256;
  DocumentFetcher& fetcher_;
  std::mutex mutex_;
  std::list<std::pair<std::string, IssuerPtr>> issuers_;  // asked for last first
};

}  // namespace weir::app
