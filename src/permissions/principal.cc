#include "permissions/principal.h"

#include <optional>

#include "base/text.h"

namespace weir::permissions {
namespace {

using base::invalid;
using names::Arn;

constexpr size_t kLengthMax = 255;
constexpr std::string_view kGroupSuffix = ":IAMPrincipals";

base::Error bad(std::string_view text, std::string_view why) {
  return invalid("Invalid principal " + std::string(text.substr(0, kLengthMax)) + ": " + std::string(why), "principal");
}

bool known_partition(std::string_view partition) {
  return partition == "aws" || partition == "aws-cn" || partition == "aws-us-gov";
}

// The part of an ARN's resource after `head`, when it is there and not empty.
std::optional<std::string_view> after(std::string_view resource, std::string_view head) {
  if (!resource.starts_with(head) || resource.size() == head.size()) return std::nullopt;
  return resource.substr(head.size());
}

std::string role_of_session(const Arn& arn) {
  auto parts = base::split(arn.resource, '/');
  return "arn:" + arn.partition + ":iam::" + arn.account + ":role/" + std::string(parts.size() > 1 ? parts[1] : "");
}

std::optional<PrincipalKind> saml_kind(std::string_view resource) {
  auto rest = after(resource, "saml-provider/");
  if (!rest) return std::nullopt;
  auto colon = rest->find(':');
  if (colon == 0 || colon == std::string_view::npos) return std::nullopt;
  if (after(rest->substr(colon), ":user/")) return PrincipalKind::saml_user;
  if (after(rest->substr(colon), ":group/")) return PrincipalKind::saml_group;
  return std::nullopt;
}

base::Result<PrincipalKind> iam_kind(const Arn& arn, std::string_view text) {
  if (!names::is_account_id(arn.account)) return bad(text, "an IAM ARN names its account in twelve digits");
  if (!arn.region.empty()) return bad(text, "an IAM ARN has no region");
  if (arn.resource == "root") return bad(text, "to name the whole account use its id, " + arn.account);
  if (after(arn.resource, "group/")) return bad(text, "IAM groups cannot hold permissions; grant to a role or a user");
  bool names_something = !arn.resource.ends_with('/');
  if (after(arn.resource, "user/") && names_something) return PrincipalKind::iam_user;
  if (after(arn.resource, "role/") && names_something) return PrincipalKind::iam_role;
  if (auto kind = saml_kind(arn.resource)) return *kind;
  return bad(text, "expected a user, a role, or a user or group of a SAML provider");
}

base::Result<PrincipalKind> sts_kind(const Arn& arn, std::string_view text) {
  if (after(arn.resource, "assumed-role/"))
    return bad(text, "this is one session of a role; use the role itself, " + role_of_session(arn) +
                         " (with its path, if it has one)");
  return bad(text, "temporary sessions cannot hold permissions");
}

base::Result<PrincipalKind> quicksight_kind(const Arn& arn, std::string_view text) {
  if (!names::is_account_id(arn.account)) return bad(text, "a QuickSight ARN names its account in twelve digits");
  if (after(arn.resource, "user/default/")) return PrincipalKind::quicksight_user;
  if (after(arn.resource, "group/default/")) return PrincipalKind::quicksight_group;
  return bad(text, "expected user/default/NAME or group/default/NAME");
}

base::Result<PrincipalKind> organizations_kind(const Arn& arn, std::string_view text) {
  if (after(arn.resource, "organization/o-")) return PrincipalKind::organization;
  if (after(arn.resource, "ou/o-")) return PrincipalKind::organizational_unit;
  return bad(text, "expected organization/o-... or ou/o-.../ou-...");
}

base::Result<PrincipalKind> identity_center_kind(const Arn& arn, std::string_view text) {
  if (after(arn.resource, "user/")) return PrincipalKind::identity_center_user;
  if (after(arn.resource, "group/")) return PrincipalKind::identity_center_group;
  return bad(text, "expected user/ID or group/ID");
}

base::Result<PrincipalKind> kind_of(const Arn& arn, std::string_view text) {
  if (!known_partition(arn.partition)) return bad(text, "unknown partition");
  if (arn.service == "iam") return iam_kind(arn, text);
  if (arn.service == "sts") return sts_kind(arn, text);
  if (arn.service == "quicksight") return quicksight_kind(arn, text);
  if (arn.service == "organizations") return organizations_kind(arn, text);
  if (arn.service == "identitystore") return identity_center_kind(arn, text);
  return bad(text, "no such kind of principal");
}

}  // namespace

base::Result<Principal> Principal::parse(std::string_view text) {
  if (text.empty() || text.size() > kLengthMax) return bad(text, "1 to 255 characters are allowed");
  if (base::has_control_characters(text) || !base::is_valid_utf8(text)) return bad("", "control characters");
  if (base::equal_ignoring_case(text, kIamAllowedPrincipals))
    return Principal(PrincipalKind::iam_allowed_principals, std::string(kIamAllowedPrincipals), "");
  if (names::is_account_id(text)) return Principal(PrincipalKind::account, std::string(text), std::string(text));
  if (text.size() == 12 + kGroupSuffix.size() && names::is_account_id(text.substr(0, 12)) &&
      base::equal_ignoring_case(text.substr(12), kGroupSuffix))
    return Principal(PrincipalKind::account_iam_principals, account_iam_principals(text.substr(0, 12)),
                     std::string(text.substr(0, 12)));
  auto arn = Arn::parse(text);
  if (!arn.ok()) return bad(text, "not an ARN, an account id, IAM_ALLOWED_PRINCIPALS or ACCOUNT:IAMPrincipals");
  WEIR_TRY(auto kind, kind_of(*arn, text));
  return Principal(kind, std::string(text), arn->account);
}

std::string_view Principal::saml_provider() const {
  constexpr std::string_view kKind = ":saml-provider/";
  auto rest = std::string_view(text_);
  auto at = rest.find(kKind);
  if (!is_saml() || at == std::string_view::npos) return {};
  rest.remove_prefix(at + kKind.size());
  return rest.substr(0, rest.find(':'));
}

std::string_view name_of(PrincipalKind kind) {
  switch (kind) {
    case PrincipalKind::iam_user: return "IAM user";
    case PrincipalKind::iam_role: return "IAM role";
    case PrincipalKind::saml_user: return "SAML user";
    case PrincipalKind::saml_group: return "SAML group";
    case PrincipalKind::iam_allowed_principals: return "IAM_ALLOWED_PRINCIPALS";
    case PrincipalKind::account_iam_principals: return "all IAM principals of an account";
    case PrincipalKind::account: return "account";
    case PrincipalKind::organization: return "organization";
    case PrincipalKind::organizational_unit: return "organizational unit";
    case PrincipalKind::quicksight_user: return "QuickSight user";
    case PrincipalKind::quicksight_group: return "QuickSight group";
    case PrincipalKind::identity_center_user: return "Identity Center user";
    case PrincipalKind::identity_center_group: return "Identity Center group";
  }
  return "principal";
}

std::string account_iam_principals(std::string_view account) { return std::string(account).append(kGroupSuffix); }

base::Status check_grantable(const Principal& principal, std::string_view account) {
  auto refuse = [&](const std::string& why) {
    return base::fail(base::Kind::unsupported, why + ": " + principal.text(), "principal");
  };
  switch (principal.kind()) {
    case PrincipalKind::iam_allowed_principals: return {};
    case PrincipalKind::iam_user:
    case PrincipalKind::iam_role:
    case PrincipalKind::saml_user:
    case PrincipalKind::saml_group:
    case PrincipalKind::account_iam_principals:
      if (principal.account() == account) return {};
      return refuse("A principal of another account holds nothing inside account " + std::string(account));
    case PrincipalKind::account:
    case PrincipalKind::organization:
    case PrincipalKind::organizational_unit:
      return refuse("An account or organization holds nothing inside account " + std::string(account));
    case PrincipalKind::quicksight_user:
    case PrincipalKind::quicksight_group: return refuse("This server has no QuickSight principals");
    case PrincipalKind::identity_center_user:
    case PrincipalKind::identity_center_group: return refuse("This server has no Identity Center principals");
  }
  return refuse("Unknown kind of principal");
}

}  // namespace weir::permissions
