// What OpenID Connect providers are asked: their keys and where they sign people in, fetched when a token or a person
// needs them and kept while they are fresh; and tokens for the codes that people come back with.
//
// Only issuers that some account registered are asked about: whoever calls looks that up first.
//
// Invariants:
//  1. Nobody holds a lock while a provider answers; one question per issuer is out at a time (key_source.h). Whose
//     key is known does not wait for the answer; whose key is not, does.
//  2. At most kIssuersMax issuers are kept; the one that was asked for least lately goes first.
//  3. A provider that hangs keeps a few threads, of one account and of all together (call_slots.h).
//
// Threads: any.
#pragma once
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "app/call_slots.h"
#include "base/secret.h"
#include "identity/oidc/key_source.h"

namespace weir::app {

// A question to a token endpoint (RFC 6749, 3.2).
struct TokenQuestion {
  std::string url;
  std::optional<base::Secret> authorization;  // a whole Authorization header
  base::Secret form;
};
struct TokenAnswer {
  int status = 0;
  std::string body;
};

// Asks an address for a document. The floor below this interface sees to it that the address is one to be asked.
class DocumentFetcher {
 public:
  virtual ~DocumentFetcher() = default;
  virtual base::Result<std::string> fetch(const std::string& url) = 0;
  virtual base::Result<TokenAnswer> ask(const TokenQuestion& question) = 0;
};

class WebIdentityKeys {
 public:
  explicit WebIdentityKeys(DocumentFetcher& fetcher) : fetcher_(fetcher) {}

  // For a provider of that account. Errors: provider_unreachable, also when too many wait for an answer already.
  base::Result<std::shared_ptr<const identity::oidc::KeySet>> keys_for(const std::string& account,
                                                                       const identity::oidc::Address& address,
                                                                       base::Instant now);
  // For a provider of that account, asked by whoever calls, unsigned: waits for its own question and for nobody else's.
  // throttled when nothing is known while somebody else asks, or while too many questions wait for an answer.
  base::Result<identity::oidc::Endpoints> endpoints_of(const std::string& account, const std::string& issuer,
                                                       base::Instant now);
  // The same for its token endpoint; fewer from one address than the account may have out, so that one stranger who
  // sends junk leaves room for the others.
  base::Result<TokenAnswer> ask(const std::string& account, const std::string& source_ip,
                                const TokenQuestion& question);

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

  static constexpr size_t kIssuersMax = 256, kQuestionsOfAddress = 2, kQuestionsOfAccount = 3, kQuestions = 6;
  static constexpr size_t kKeysOfAccount = 6, kKeys = 8;
  DocumentFetcher& fetcher_;
  CallSlots slots_{kQuestionsOfAccount, kQuestions};
  CallSlots slots_of_addresses_{kQuestionsOfAddress, kQuestions};
  CallSlots slots_of_keys_{kKeysOfAccount, kKeys};  // of whoever asks for keys, or waits for who asks
  std::mutex mutex_;
  std::list<std::pair<std::string, IssuerPtr>> issuers_;  // asked for last first
};

}  // namespace weir::app
