// Who can be granted something: the identifier formats of DataLakePrincipal, parsed and classified.
//
// INVARIANT: text() is canonical; two spellings of the same principal have the same text. ARNs keep
// their case and their path.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "names/arn.h"

namespace weir::permissions {

enum class PrincipalKind {
  iam_user,
  iam_role,
  saml_user,
  saml_group,
  iam_allowed_principals,  // everyone IAM allows; switches Lake Formation off where it holds ALL
  account_iam_principals,  // A:IAMPrincipals: every IAM principal of the account, through Lake Formation
  account,
  organization,
  organizational_unit,
  quicksight_user,
  quicksight_group,
  identity_center_user,
  identity_center_group,
};

inline constexpr std::string_view kIamAllowedPrincipals = "IAM_ALLOWED_PRINCIPALS";

class Principal {
 public:
  static base::Result<Principal> parse(std::string_view text);
  const std::string& text() const { return text_; }
  PrincipalKind kind() const { return kind_; }
  const std::string& account() const { return account_; }  // empty where the form names none
  bool is_saml() const { return kind_ == PrincipalKind::saml_user || kind_ == PrincipalKind::saml_group; }
  // Of a SAML user or group: what stands between "saml-provider/" and the first ":user/" or ":group/".
  std::string_view saml_provider() const;
  bool is_iam() const { return kind_ == PrincipalKind::iam_user || kind_ == PrincipalKind::iam_role; }
  bool operator==(const Principal&) const = default;

 private:
  Principal(PrincipalKind kind, std::string text, std::string account)
      : text_(std::move(text)), account_(std::move(account)), kind_(kind) {}
  std::string text_;
  std::string account_;
  PrincipalKind kind_;
};

std::string_view name_of(PrincipalKind kind);

// "<account>:IAMPrincipals", the group every IAM principal of the account is in.
std::string account_iam_principals(std::string_view account);

// Whether the principal can hold something inside `account`; what other accounts hold by shares is sharing.h's.
// Kind::unsupported says why not.
base::Status check_grantable(const Principal& principal, std::string_view account);

}  // namespace weir::permissions
