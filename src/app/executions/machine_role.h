// The role of a state machine, or of whatever else acts as a role that its maker passed to a service: who may give
// it, and how what holds it acts as it.
//
// Invariants:
//  1. A holder acts only through its role's trust policy, asked anew for every task, as its service
//     (states.amazonaws.com) and with aws:SourceArn and aws:SourceAccount of the holder: a role that says for whom is
//     not another's to use.
//  2. What a holder does, it does as a session of the role: policies, grants and the trail see nothing else.
//
// Threads: any.
#pragma once
#include "app/call.h"
#include "identity/credentials.h"
#include "identity/token_cache.h"

namespace weir::app {

// iam:PassRole for the caller, and the role trusts states.amazonaws.com. Denied otherwise.
base::Status check_machine_role(Call& call, const std::string& role_arn, const std::string& machine_arn);
// The same for any service and what is to hold the role.
base::Status check_service_role(Call& call, const std::string& service, const std::string& role_arn,
                                const std::string& holder_arn);

class MachineRole {
 public:
  struct Holder {
    std::string account;
    std::string machine_arn;  // or what else holds the role
    std::string role_arn;
    std::string session_name;
    std::string service = "states.amazonaws.com";
    std::string further_session_name = {};  // of a role assumed by this one; empty: session_name
  };
  MachineRole(Lake& lake, identity::TokenCache& tokens, Holder holder)
      : lake_(lake), tokens_(tokens), holder_(std::move(holder)) {}

  // A call of `operation` as the role, or as `further`, a role that this one assumes by both policies.
  // Denied with the reason when a trust policy does not allow it.
  base::Result<Call> call(std::string service, std::string operation, const std::optional<std::string>& further) const;

 private:
  base::Result<Call> as(const identity::Credentials& credentials, std::string service, std::string operation) const;
  Facts facts(std::string service, std::string operation) const;
  Lake& lake_;
  identity::TokenCache& tokens_;
  const Holder holder_;
};

// A session's name out of an execution's: what does not fit is left out.
std::string session_name_of(std::string_view execution_name);

}  // namespace weir::app
