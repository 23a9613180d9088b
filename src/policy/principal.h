// Who calls, and the Principal element that names callers.
//
// Thread safety: values.
//
//   1. How a principal was named decides what its Allow can bypass; see PrincipalMatch.
//   2. Partial wildcards do not exist here: "*" alone names everyone.
//   3. A user or role named by ARN and bound to its unique id matches that id only: the namesake made after
//      its deletion is somebody else.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace weir::policy {

enum class PrincipalKind : uint8_t {
  anonymous,           // unsigned
  root,                // the account itself
  user,                // an IAM user, also with credentials of GetSessionToken
  role_session,        // any assumed role, by AssumeRole, SAML or web identity
  federated_user,      // GetFederationToken
  federated_identity,  // the holder of a SAML assertion or OIDC token, not yet a session
  service,             // lakeformation.amazonaws.com
};

struct Caller {
  PrincipalKind kind = PrincipalKind::anonymous;
  std::string arn;             // as messages print it; the sts ARN of a session
  std::string account;         // the role's account for a session
  std::string unique_id;       // AIDA... of the user (also behind a federated one), AROA... of a session's role
  std::string user_id;         // aws:userid
  std::string role_arn;        // behind a role session, with its path
  std::string user_arn;        // behind a federated-user session
  std::string service;         // of a service principal
  std::string provider;        // of a federated identity: provider ARN or cognito-identity.amazonaws.com
  std::string canonical_user;  // S3's 64 hexadecimal digits, when the account has them
  bool service_linked_role = false;

  // Service-linked roles, services and callers of no account. The management account has no levels to pass.
  bool exempt_from_scps() const;
  bool authenticated_by_aws() const;  // root, user, role session, federated user
};

// In order of what an Allow that names the caller this way can bypass.
enum class PrincipalMatch : uint8_t {
  none,
  account,  // by account: nothing bypassed
  behind,   // the role or user behind the session: identity policies bypassed
  exact,    // this very user, session, service or identity: boundary and session policies bypassed too
  anyone,   // "*"
};

class PrincipalPattern {
 public:
  enum class Form : uint8_t {
    anyone,
    account,
    root_of_account,
    user,
    role,
    session,
    federated_user,
    unique_id,
    service,
    provider,
    canonical
  };
  // One value under one key ("AWS", "Service", "Federated", "CanonicalUser"); "*" under "AWS" is everyone.
  static base::Result<PrincipalPattern> parse(std::string_view key, std::string_view value);

  PrincipalMatch match(const Caller& caller) const;
  Form form() const { return form_; }
  const std::string& value() const { return value_; }
  // Users and roles are stored by unique id.
  bool resolvable() const { return form_ == Form::user || form_ == Form::role; }
  void bind(std::string unique_id) { bound_id_ = std::move(unique_id); }

 private:
  PrincipalMatch match_user(const Caller& caller) const;
  PrincipalMatch match_role(const Caller& caller) const;
  PrincipalMatch match_unique_id(const Caller& caller) const;

  Form form_ = Form::provider;
  std::string value_;    // as written
  std::string account_;  // for the account forms
  std::string bound_id_;
};

// A Principal or NotPrincipal element.
class PrincipalRule {
 public:
  static base::Result<PrincipalRule> parse(const base::Json& element, bool inverted);
  // The strongest way in which the element names the caller. For an inverted element: `anyone` unless the
  // caller is listed. An inverted Deny spares a caller only when its account and each identity it acts
  // under are listed, as AWS asks; an inverted Allow already leaves out whoever is listed in any way.
  PrincipalMatch match(const Caller& caller, bool for_deny) const;

  bool inverted() const { return inverted_; }
  std::vector<PrincipalPattern>& patterns() { return patterns_; }
  const std::vector<PrincipalPattern>& patterns() const { return patterns_; }

 private:
  base::Status add(std::string_view key, const base::Json& value);
  bool spares(const Caller& caller) const;
  bool inverted_ = false;
  std::vector<PrincipalPattern> patterns_;
};

}  // namespace weir::policy
