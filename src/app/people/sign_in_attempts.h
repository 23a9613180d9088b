// One attempt to prove something, counted by name and by address before it is looked at (people/attempts.h).
//
//   WEIR_TRY(auto attempt, begin_attempt(call, pool, "password", username));
//   ... the proof holds ...
//   WEIR_CHECK_OK(attempt.succeeded(tx));
//
// Threads: as the Call.
#pragma once
#include <string>

#include "app/call.h"
#include "people/user_pool.h"

namespace weir::app {

class SignInAttempt {
 public:
  SignInAttempt(std::string subject, std::string address, base::Instant now)
      : subject_(std::move(subject)), address_(std::move(address)), now_(now) {}

  // In the transaction in which the proof has its effect.
  base::Status succeeded(store::Transaction& tx) const;

 private:
  std::string subject_;
  std::string address_;
  base::Instant now_;
};

// `what` is being proved: "password", "device", "code". unauthenticated or throttled when it is too early.
base::Result<SignInAttempt> begin_attempt(Call& call, const people::UserPool& pool, std::string_view what,
                                          const std::string& username);

// A code is mailed, or would be. limit_exceeded when that was asked too often.
base::Status count_mailed_code(Call& call, const people::UserPool& pool, const std::string& username);

// Somebody asks for what costs work and may be asked again and again: `what` is "srp", "company", "new-password".
// throttled when one address does it too often.
base::Status count_asked(Call& call, std::string_view what);

// What was refused leaves a line in the log alone: anybody can send it.
base::Error noted(const Call& call, const people::UserPool& pool, base::Error error);

}  // namespace weir::app
