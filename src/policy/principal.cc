#include "policy/principal.h"

#include <algorithm>

#include "base/text.h"
#include "names/arn.h"

namespace weir::policy {

using base::Result;
using base::Status;
using Form = PrincipalPattern::Form;

namespace {

base::Error wrong_principal(std::string_view key, std::string_view value) {
  auto says = std::string("Invalid principal in policy: \"");
  says.append(key).append("\":\"").append(value.substr(0, 256)).append("\"");
  return base::fail(base::Kind::malformed_policy, std::move(says), "policy");
}

std::optional<Form> form_of_iam(std::string_view resource) {
  if (resource == "root") return Form::root_of_account;
  if (resource.starts_with("user/") && resource.size() > 5) return Form::user;
  if (resource.starts_with("role/") && resource.size() > 5) return Form::role;
  return std::nullopt;
}

std::optional<Form> form_of_sts(std::string_view resource) {
  auto parts = base::split(resource, '/');
  if (std::any_of(parts.begin(), parts.end(), [](auto part) { return part.empty(); })) return std::nullopt;
  if (parts.size() == 3 && parts[0] == "assumed-role") return Form::session;
  if (parts.size() == 2 && parts[0] == "federated-user") return Form::federated_user;
  return std::nullopt;
}

std::optional<Form> form_of_arn(const names::Arn& arn) {
  if (!names::is_account_id(arn.account) || !arn.region.empty() || !arn.partition.starts_with("aws"))
    return std::nullopt;
  if (arn.service == "iam") return form_of_iam(arn.resource);
  if (arn.service == "sts") return form_of_sts(arn.resource);
  return std::nullopt;
}

bool is_unique_id(std::string_view value) {
  if (!value.starts_with("AIDA") && !value.starts_with("AROA")) return false;
  return value.size() >= 16 && value.size() <= 128 &&
         value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string_view::npos;
}

bool is_canonical_user(std::string_view value) {
  return value.size() == 64 && value.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// lakeformation.amazonaws.com, s3.eu-west-1.amazonaws.com
bool is_host_name(std::string_view value) {
  return value.find('.') != std::string_view::npos && !value.starts_with('.') && !value.ends_with('.') &&
         std::all_of(value.begin(), value.end(), [](char c) {
           c = base::ascii_lower(c);
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
         });
}

// A provider's ARN, or the name of a well-known one (cognito-identity.amazonaws.com, graph.facebook.com).
bool is_provider(std::string_view value) {
  if (!value.starts_with("arn:")) return is_host_name(value);
  auto arn = names::Arn::parse(value);
  return arn.ok() && arn->service == "iam" && names::is_account_id(arn->account) &&
         (arn->resource.starts_with("saml-provider/") || arn->resource.starts_with("oidc-provider/")) &&
         !arn->resource.ends_with('/');
}

std::optional<Form> form_of_aws(std::string_view value) {
  if (value == "*") return Form::anyone;
  if (names::is_account_id(value)) return Form::account;
  if (is_unique_id(value)) return Form::unique_id;
  auto arn = names::Arn::parse(value);
  return arn.ok() ? form_of_arn(*arn) : std::nullopt;
}

std::optional<Form> form_of(std::string_view key, std::string_view value) {
  if (value.find_first_of("*?") != std::string_view::npos && !(key == "AWS" && value == "*")) return std::nullopt;
  if (key == "AWS") return form_of_aws(value);
  if (key == "Service" && is_host_name(value)) return Form::service;
  if (key == "Federated" && is_provider(value)) return Form::provider;
  if (key == "CanonicalUser" && is_canonical_user(value)) return Form::canonical;
  return std::nullopt;
}

PrincipalMatch exact_if(bool condition) { return condition ? PrincipalMatch::exact : PrincipalMatch::none; }

}  // namespace

bool Caller::authenticated_by_aws() const {
  return kind == PrincipalKind::root || kind == PrincipalKind::user || kind == PrincipalKind::role_session ||
         kind == PrincipalKind::federated_user;
}

bool Caller::exempt_from_scps() const { return !authenticated_by_aws() || service_linked_role; }

Result<PrincipalPattern> PrincipalPattern::parse(std::string_view key, std::string_view value) {
  auto form = form_of(key, value);
  if (!form) return wrong_principal(key, value);
  PrincipalPattern out;
  out.form_ = *form;
  out.value_ = value;
  if (*form == Form::account) out.account_ = value;
  if (*form == Form::root_of_account) out.account_ = base::split_n(value, ':', 6)[4];
  return out;
}

PrincipalMatch PrincipalPattern::match_user(const Caller& caller) const {
  bool by_id = !bound_id_.empty();
  if (caller.kind == PrincipalKind::user) return exact_if(by_id ? caller.unique_id == bound_id_ : caller.arn == value_);
  if (caller.kind != PrincipalKind::federated_user) return PrincipalMatch::none;
  bool parent = by_id ? caller.unique_id == bound_id_ : caller.user_arn == value_;
  return parent ? PrincipalMatch::behind : PrincipalMatch::none;
}

PrincipalMatch PrincipalPattern::match_role(const Caller& caller) const {
  if (caller.kind != PrincipalKind::role_session) return PrincipalMatch::none;
  bool same = bound_id_.empty() ? caller.role_arn == value_ : caller.unique_id == bound_id_;
  return same ? PrincipalMatch::behind : PrincipalMatch::none;
}

PrincipalMatch PrincipalPattern::match_unique_id(const Caller& caller) const {
  if (caller.unique_id != value_) return PrincipalMatch::none;
  if (caller.kind == PrincipalKind::user) return PrincipalMatch::exact;
  bool session = caller.kind == PrincipalKind::role_session || caller.kind == PrincipalKind::federated_user;
  return session ? PrincipalMatch::behind : PrincipalMatch::none;
}

PrincipalMatch PrincipalPattern::match(const Caller& caller) const {
  switch (form_) {
    case Form::anyone: return PrincipalMatch::anyone;
    case Form::account:
    case Form::root_of_account:
      return caller.authenticated_by_aws() && caller.account == account_ ? PrincipalMatch::account
                                                                         : PrincipalMatch::none;
    case Form::user: return match_user(caller);
    case Form::role: return match_role(caller);
    case Form::session: return exact_if(caller.kind == PrincipalKind::role_session && caller.arn == value_);
    case Form::federated_user: return exact_if(caller.kind == PrincipalKind::federated_user && caller.arn == value_);
    case Form::unique_id: return match_unique_id(caller);
    case Form::service:
      return exact_if(caller.kind == PrincipalKind::service && base::equal_ignoring_case(caller.service, value_));
    case Form::provider: return exact_if(caller.kind == PrincipalKind::federated_identity && caller.provider == value_);
    // S3's other spelling of an account.
    case Form::canonical:
      return caller.authenticated_by_aws() && caller.canonical_user == value_ ? PrincipalMatch::account
                                                                              : PrincipalMatch::none;
  }
  return PrincipalMatch::none;
}

Status PrincipalRule::add(std::string_view key, const base::Json& value) {
  if (auto* one = value.as_string()) {
    WEIR_TRY(auto pattern, PrincipalPattern::parse(key, *one));
    patterns_.push_back(std::move(pattern));
    return {};
  }
  if (!value.as_array() || value.as_array()->empty()) return wrong_principal(key, value.dump());
  for (auto& item : *value.as_array()) {
    if (!item.as_string()) return wrong_principal(key, item.dump());
    WEIR_CHECK_OK(add(key, item));
  }
  return {};
}

Result<PrincipalRule> PrincipalRule::parse(const base::Json& element, bool inverted) {
  PrincipalRule out;
  out.inverted_ = inverted;
  if (auto* text = element.as_string(); text && *text == "*") {
    WEIR_CHECK_OK(out.add("AWS", element));
    return out;
  }
  if (!element.as_object() || element.as_object()->empty())
    return base::fail(base::Kind::malformed_policy, "Invalid principal in policy", "policy");
  for (auto& [key, value] : *element.as_object()) WEIR_CHECK_OK(out.add(key, value));
  return out;
}

// INVARIANT: a session is spared only when the account, the role or user behind it, and the session itself
// are all listed; a user when the account and the user are.
bool PrincipalRule::spares(const Caller& caller) const {
  bool account = false, behind = false, exact = false;
  for (auto& pattern : patterns_) {
    auto match = pattern.match(caller);
    if (match == PrincipalMatch::anyone) return true;
    account |= match == PrincipalMatch::account;
    behind |= match == PrincipalMatch::behind;
    exact |= match == PrincipalMatch::exact;
  }
  switch (caller.kind) {
    case PrincipalKind::root: return account;
    case PrincipalKind::user: return account && exact;
    case PrincipalKind::role_session:
    case PrincipalKind::federated_user: return account && behind && exact;
    case PrincipalKind::service:
    case PrincipalKind::federated_identity: return exact;
    case PrincipalKind::anonymous: return false;
  }
  return false;
}

PrincipalMatch PrincipalRule::match(const Caller& caller, bool for_deny) const {
  if (inverted_ && for_deny) return spares(caller) ? PrincipalMatch::none : PrincipalMatch::anyone;
  auto best = PrincipalMatch::none;
  for (auto& pattern : patterns_) best = std::max(best, pattern.match(caller));
  if (inverted_) return best == PrincipalMatch::none ? PrincipalMatch::anyone : PrincipalMatch::none;
  return best;
}

}  // namespace weir::policy
