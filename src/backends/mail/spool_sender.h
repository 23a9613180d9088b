// Mails as files in a directory, for who has no relay: DIR/TIME-ID.eml, read with `weir mail`.
//
// INVARIANT: a mail that is there is there whole, and once: its name is made of what stays the same at every attempt.
//
// Threads: any.
#pragma once
#include <string>

#include "notifications/mail.h"

namespace weir::backends {

class SpoolSender final : public notifications::MailSender {
 public:
  explicit SpoolSender(std::string directory) : directory_(std::move(directory)) {}
  base::Status send(const notifications::Mail& mail, const notifications::Envelope& envelope) override;

 private:
  std::string directory_;
};

}  // namespace weir::backends
