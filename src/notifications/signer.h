// Signs messages to subscribers, as they check them: RSA with SHA-1 (signature version 1) or SHA-256 (2), against a
// certificate that this server serves.
//
// Threads: a Signer may be used from any thread.
#pragma once
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "base/rsa_key.h"
#include "base/secret.h"

namespace weir::notifications {

struct SignerText {
  base::Secret private_key;  // PEM
  std::string certificate;   // PEM, signed with the key itself
};
// A new key of 2,048 bits.
base::Result<SignerText> make_signer(base::Instant now, base::Randomness& randomness);

class Signer {
 public:
  static base::Result<Signer> load(const SignerText& text);

  const std::string& certificate() const { return certificate_; }
  // "SimpleNotificationService-0123abcd.pem", another one for every certificate.
  const std::string& certificate_name() const { return name_; }
  // Base64.
  base::Result<std::string> sign(std::string_view version, std::string_view text) const;
  // A secret of the one thing named: whoever shows it got a link of ours about that thing.
  std::string link_token(std::string_view thing) const;

 private:
  Signer(base::RsaKey key, const SignerText& text);
  base::RsaKey key_;
  std::string certificate_, name_;
  base::Secret link_key_;
};

}  // namespace weir::notifications
