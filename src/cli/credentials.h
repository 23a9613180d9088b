// Credentials that are fetched when they are needed and fetched again before they expire.
//
// Threads: any.
#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "base/clock.h"
#include "base/result.h"
#include "wire/sigv4/sigv4.h"

namespace weir::cli {

struct TimedCredentials {
  wire::Credentials keys;
  std::optional<base::Instant> expires;  // absent: long-lived
};

class CredentialSource {
 public:
  using Fetch = std::function<base::Result<TimedCredentials>()>;
  explicit CredentialSource(Fetch fetch) : fetch_(std::move(fetch)) {}

  // Fetches anew when less than a minute is left.
  base::Result<wire::Credentials> get();

 private:
  Fetch fetch_;
  std::mutex mutex_;
  std::optional<TimedCredentials> held_;
};
using CredentialSourcePtr = std::shared_ptr<CredentialSource>;

CredentialSourcePtr long_lived(wire::Credentials keys);

}  // namespace weir::cli
