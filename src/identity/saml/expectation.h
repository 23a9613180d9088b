// What a response is held against. All of it comes from us: our clock, our provider, our addresses.
//
// Threads: a value; the metadata must outlive it.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "identity/saml/metadata.h"

namespace weir::identity::saml {

// Whom AWS lets an assertion be addressed to. `region` may be empty.
std::vector<std::string> aws_audiences();
std::vector<std::string> aws_recipients(std::string_view region);

struct Expectation {
  const Metadata& provider;
  std::vector<std::string> audiences;   // one of them in each AudienceRestriction
  std::vector<std::string> recipients;  // one of them as Recipient, and as Destination when there is one
  base::Instant now;
  base::Seconds skew = std::chrono::minutes(3);     // between the provider's clock and ours, at most
  base::Seconds age_max = std::chrono::minutes(5);  // AWS: "redeemed within 5 minutes of issuance"
  std::vector<DecryptionKey> decryption_keys{};
  bool require_encryption = false;  // AssertionEncryptionMode Required
  // Whether an InResponseTo is good. By itself only that there is none: then nobody was asked, as for sign-in that
  // begins at the provider.
  std::function<bool(const std::optional<std::string>& in_response_to)> answers_us = [](const auto& id) { return !id; };
};

}  // namespace weir::identity::saml
