// Who calls, with everything that policies and people may ask about it.
//
// A Principal is made from records and a token, never from what a request says about itself. It is
// immutable and shared: users' and roots' are made once per change of their record, sessions' once per
// change of their role.
//
// Threads: immutable.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "identity/live_session.h"
#include "identity/tag.h"
#include "policy/context.h"
#include "policy/principal.h"

namespace weir::identity {

struct Principal {
  policy::Caller caller;  // kind, ARN (of the session, for sessions), account, unique id, aws:userid
  std::string name;       // the user's or role's; empty for others
  Tags tags;              // effective: the record's, overridden by the session's
  std::shared_ptr<const LiveSession> session;  // null with long-term credentials

  policy::PrincipalKind kind() const { return caller.kind; }
  const std::string& account() const { return caller.account; }
  const std::string& arn() const { return caller.arn; }
  bool is_role_session() const { return caller.kind == policy::PrincipalKind::role_session; }
  bool is_vended() const { return session && session->session.kind == SessionKind::vended; }
  // Of AssumeDecoratedRoleWithSAML: for IAM the role, for Lake Formation the SAML user and the groups.
  bool is_decorated() const { return session && !session->lake_formation_principals.empty(); }
};

using PrincipalPtr = std::shared_ptr<const Principal>;

Principal anonymous();
// Whoever holds a provider's word and is not a session yet. Of no account: only a trust policy can let it in.
struct Vouched {
  std::string provider;  // ARN
  std::string subject;
  std::string subject_qualifier;  // what makes the subject unique; with it, aws:userid
};
Principal federated_identity(const Vouched& who);
// lakeformation.amazonaws.com, acting inside the server.
Principal service_principal(std::string_view service);

// The ARN under which Lake Formation knows the caller: the user's, the role's behind a session, root's; the SAML
// user's in a session of AssumeDecoratedRoleWithSAML.
std::string_view lake_formation_principal(const Principal& principal);

// Sets the keys that are about the caller: aws:PrincipalArn, aws:PrincipalTag/*, aws:userid,
// aws:TokenIssueTime and so on. Keys that need facts of the connection or the request are others' to set.
void describe_caller(const Principal& principal, policy::Context& context);

// Sessions of GetSessionToken reach nothing in IAM, and in STS only AssumeRole and GetCallerIdentity;
// vended ones and those of GetFederationToken reach nothing in either but GetCallerIdentity. True for whoever has no such limit.
bool session_may_call(const Principal& principal, std::string_view action);

}  // namespace weir::identity
