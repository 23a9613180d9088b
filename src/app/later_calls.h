// Calls that come of an earlier one when its request is over: of its caller, and of sessions that were made for it.
//
// Invariant: each is decided from the State of its own moment, and only while its caller would still be let in.
// Threads: const members from any.
#pragma once
#include "app/call.h"
#include "identity/credentials.h"
#include "identity/token_cache.h"

namespace weir::app {

// A call with those credentials; the facts' access key id is set to theirs.
base::Result<Call> call_as(Lake& lake, identity::TokenCache& tokens, const identity::Credentials& credentials,
                           Facts facts);

class LaterCalls {
 public:
  // Remembers who calls and from where.
  explicit LaterCalls(const Call& call)
      : lake_(&call.lake()),
        caller_(std::make_shared<const identity::Principal>(call.caller())),
        facts_(call.facts()) {}

  Lake& lake() const { return *lake_; }
  const identity::Principal& caller() const { return *caller_; }
  // As the caller: kinds unauthenticated and expired when it would not be let in now.
  base::Result<Call> call(std::string service, std::string operation) const;
  // The same operation of the same request.
  base::Result<Call> again() const;
  // From where the caller is, by a session that was made for it.
  base::Result<Call> call_as(identity::TokenCache& tokens, const identity::Credentials& credentials,
                             std::string service, std::string operation) const;

 private:
  Facts facts(std::string service, std::string operation) const;
  base::Result<Call> as_caller(Facts facts) const;

  Lake* lake_;
  identity::PrincipalPtr caller_;
  Facts facts_;
};

}  // namespace weir::app
