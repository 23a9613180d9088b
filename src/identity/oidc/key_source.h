// The keys of one issuer over time: what is known, and what is worth asking for next. Fetches nothing itself.
//
//   while (auto fetch = source.begin(address, now)) {   // somebody else may hold the answer already: nothing
//     auto body = http.get(fetch->url);
//     body.ok() ? source.learned(*fetch, *body, now) : source.failed(now);
//   }
//   auto keys = source.keys(now);
//
// Invariants:
//  1. A token cannot make us ask more often than once per `unknown_kid_wait`, whatever its kid is.
//  2. Keys that could not be proved current for `stale_max` verify nothing.
//  3. One question is out at a time; an answer that cannot be used changes no key and delays the next question.
//
// Threads: one caller at a time (the owner locks); a KeySet that was handed out is immutable and may be kept.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "identity/oidc/discovery.h"
#include "identity/oidc/token.h"

namespace weir::identity::oidc {

struct KeySourceLimits {
  base::Seconds fresh = std::chrono::hours(1);               // then the keys are asked for again
  base::Seconds stale_max = std::chrono::hours(6);           // how long old keys serve while nobody answers
  base::Seconds unknown_kid_wait = std::chrono::minutes(1);  // between questions that an unknown kid provokes
  base::Seconds failure_wait = std::chrono::seconds(30);     // after a failure, and for an answer to come
};

struct Fetch {
  enum class What { discovery, keys };
  What what = What::discovery;
  std::string url;
};

class KeySource {
 public:
  KeySource(std::string issuer, Transport transport, KeySourceLimits limits = {})
      : issuer_(std::move(issuer)), transport_(transport), limits_(limits) {}

  // The same for where the issuer signs people in.
  std::optional<Fetch> begin_discovery(base::Instant now);
  // What to fetch now for a token of that address; nothing when what is known will do, or nothing may be asked.
  std::optional<Fetch> begin(const Address& address, base::Instant now);
  base::Status learned(const Fetch& fetch, std::string_view document, base::Instant now);
  void failed(base::Instant now);

  // provider_unreachable when there are none, or none that are recent enough.
  base::Result<std::shared_ptr<const KeySet>> keys(base::Instant now) const;
  // The same.
  base::Result<Endpoints> endpoints(base::Instant now) const;

 private:
  bool is_described(base::Instant now) const;
  std::optional<Fetch> wanted(const Address& address, base::Instant now) const;
  std::optional<Fetch> asked(std::optional<Fetch> wanted, base::Instant now);
  base::Status learn(const Fetch& fetch, std::string_view document, base::Instant now);

  std::string issuer_;
  Transport transport_;
  KeySourceLimits limits_;
  Endpoints endpoints_;
  base::Instant discovered_{};
  std::shared_ptr<const KeySet> keys_;
  base::Instant fetched_{};
  std::optional<base::Instant> quiet_until_;
};

}  // namespace weir::identity::oidc
