// Hands mails to an SMTP relay, with libcurl.
//
// Invariants:
//  1. Unless told otherwise, nothing is said to a relay without TLS (smtps://, or STARTTLS on smtp://), whose
//     certificate is verified; a password never.
//  2. A mail has one receiver; what the relay refuses for good (5xx) is Kind::invalid, everything else can be tried
//     again.
//
// Threads: any; a connection each time.
#pragma once
#include <chrono>
#include <memory>
#include <string>

#include "base/secret.h"
#include "notifications/mail.h"

namespace weir::backends {

struct SmtpOptions {
  std::string url;  // smtp://host:587, smtps://host:465
  std::string user;
  base::Secret password;
  std::string ca_file;  // PEM; empty: the system's
  bool tls = true;      // false: in the clear, for a relay on this machine
  std::chrono::milliseconds connect{10'000};
  std::chrono::milliseconds total{60'000};
};

class SmtpSender final : public notifications::MailSender {
 public:
  // Kind::invalid for a URL that is none, and for a password without TLS.
  static base::Result<std::unique_ptr<SmtpSender>> make(SmtpOptions options);
  base::Status send(const notifications::Mail& mail, const notifications::Envelope& envelope) override;

 private:
  explicit SmtpSender(SmtpOptions options) : options_(std::move(options)) {}
  SmtpOptions options_;
};

}  // namespace weir::backends
