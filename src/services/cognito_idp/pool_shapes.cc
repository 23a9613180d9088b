#include "services/cognito_idp/pool_shapes.h"

#include <algorithm>

namespace weir::services::cognito_idp {
namespace {

people::PasswordPolicy passwords_from(const w::PasswordPolicyType& in) {
  people::PasswordPolicy out;
  out.minimum_length = in.MinimumLength.value_or(8);
  out.upper = in.RequireUppercase.value_or(false);
  out.lower = in.RequireLowercase.value_or(false);
  out.digits = in.RequireNumbers.value_or(false);
  out.symbols = in.RequireSymbols.value_or(false);
  auto days = in.TemporaryPasswordValidityDays.value_or(0);
  if (days != 0) out.temporary_days = days;
  return out;
}

base::Status read_policies(const w::UserPoolPolicyType& in, people::UserPool& into) {
  if (in.SignInPolicy) return not_offered("SignInPolicy");
  if (!in.PasswordPolicy) return {};
  if (in.PasswordPolicy->PasswordHistorySize.value_or(0) != 0) return not_offered("PasswordHistorySize");
  into.passwords = passwords_from(*in.PasswordPolicy);
  return {};
}

base::Status read_invitations(const w::AdminCreateUserConfigType& in, people::UserPool& into) {
  if (!in.AllowAdminCreateUserOnly.value_or(true)) return not_offered("Signing up by oneself");
  if (!in.InviteMessageTemplate) return {};
  into.invitation = {in.InviteMessageTemplate->EmailSubject.value_or(""),
                     in.InviteMessageTemplate->EmailMessage.value_or("")};
  return {};
}

base::Status read_recovery(const w::AccountRecoverySettingType& in) {
  auto by_mail = [](const auto& one) { return one.Name.value_or("") == "verified_email"; };
  return std::ranges::all_of(in.RecoveryMechanisms, by_mail)
             ? base::Status()
             : base::Status(not_offered("Recovery but by verified_email"));
}

base::Status check_verified(const wire::List<std::string>& names) {
  for (const auto& name : names)
    if (name != "email") return not_offered("AutoVerifiedAttributes " + name);
  return {};
}

// What both requests have, and nothing of it is here.
template <class In>
base::Status check_offered(const In& in) {
  if (in.LambdaConfig) return not_offered("LambdaConfig");
  if (in.SmsConfiguration || in.SmsVerificationMessage || in.SmsAuthenticationMessage) return not_offered("SMS");
  if (in.DeviceConfiguration) return not_offered("DeviceConfiguration");
  if (in.UserPoolAddOns) return not_offered("UserPoolAddOns");
  if (in.DcrConfiguration) return not_offered("DcrConfiguration");
  if (in.KeyConfiguration) return not_offered("KeyConfiguration");
  if (in.IssuerConfiguration) return not_offered("IssuerConfiguration");
  if (in.AcrConfiguration.given()) return not_offered("AcrConfiguration");
  if (in.UserAttributeUpdateSettings) return not_offered("UserAttributeUpdateSettings");
  if (in.EmailConfiguration &&
      in.EmailConfiguration->EmailSendingAccount.value_or("COGNITO_DEFAULT") != "COGNITO_DEFAULT")
    return not_offered("EmailConfiguration but COGNITO_DEFAULT");
  if (in.MfaConfiguration.value_or("OFF") == "ON") return not_offered("MfaConfiguration ON");
  return {};
}

template <class In>
void read_codes(const In& in, people::UserPool& into) {
  if (in.EmailVerificationSubject) into.code.subject = *in.EmailVerificationSubject;
  if (in.EmailVerificationMessage) into.code.text = *in.EmailVerificationMessage;
  if (!in.VerificationMessageTemplate) return;
  if (in.VerificationMessageTemplate->EmailSubject) into.code.subject = *in.VerificationMessageTemplate->EmailSubject;
  if (in.VerificationMessageTemplate->EmailMessage) into.code.text = *in.VerificationMessageTemplate->EmailMessage;
}

template <class In>
base::Status read_common(const In& in, people::UserPool& into) {
  WEIR_CHECK_OK(check_offered(in));
  WEIR_CHECK_OK(check_verified(in.AutoVerifiedAttributes));
  if (in.PoolName) into.name = *in.PoolName;
  if (in.Policies) WEIR_CHECK_OK(read_policies(*in.Policies, into));
  if (in.AdminCreateUserConfig) WEIR_CHECK_OK(read_invitations(*in.AdminCreateUserConfig, into));
  if (in.AccountRecoverySetting) WEIR_CHECK_OK(read_recovery(*in.AccountRecoverySetting));
  if (in.DeletionProtection) into.protected_from_deletion = *in.DeletionProtection == "ACTIVE";
  if (in.MfaConfiguration) into.mfa_offered = *in.MfaConfiguration == "OPTIONAL";
  if (in.AutoVerifiedAttributes.given()) into.auto_verified = in.AutoVerifiedAttributes.items();
  if (in.UserPoolTags.given()) into.tags = in.UserPoolTags.items();
  read_codes(in, into);
  return {};
}

// A standard attribute that is to be required, or one of the pool's own, which is text.
base::Status read_attribute(const w::SchemaAttributeType& in, people::UserPool& into) {
  auto name = in.Name.value_or("");
  if (people::is_standard_attribute(name)) {
    if (in.Required.value_or(false)) into.required.push_back(name);
    return {};
  }
  if (in.Required.value_or(false) || in.DeveloperOnlyAttribute.value_or(false))
    return not_offered("A custom attribute that is required or for developers only");
  if (in.AttributeDataType.value_or("String") != "String") return not_offered("A custom attribute that is no String");
  into.custom.push_back(name.starts_with("custom:") ? name : "custom:" + name);
  return {};
}

w::SchemaAttributeType attribute_to_wire(const std::string& name, bool required) {
  w::SchemaAttributeType out;
  out.Name = name;
  out.AttributeDataType = "String";
  out.DeveloperOnlyAttribute = false;
  out.Mutable = true;
  out.Required = required;
  return out;
}

w::UserPoolPolicyType policies_to_wire(const people::PasswordPolicy& in) {
  w::PasswordPolicyType passwords;
  passwords.MinimumLength = static_cast<int32_t>(in.minimum_length);
  passwords.RequireUppercase = in.upper;
  passwords.RequireLowercase = in.lower;
  passwords.RequireNumbers = in.digits;
  passwords.RequireSymbols = in.symbols;
  passwords.TemporaryPasswordValidityDays = static_cast<int32_t>(in.temporary_days);
  w::UserPoolPolicyType out;
  out.PasswordPolicy = std::move(passwords);
  return out;
}

w::AdminCreateUserConfigType invitations_to_wire(const people::UserPool& pool) {
  w::AdminCreateUserConfigType out;
  out.AllowAdminCreateUserOnly = true;
  out.UnusedAccountValidityDays = static_cast<int32_t>(pool.passwords.temporary_days);
  if (pool.invitation == people::MailTemplate{}) return out;
  w::MessageTemplateType message;
  if (!pool.invitation.subject.empty()) message.EmailSubject = pool.invitation.subject;
  if (!pool.invitation.text.empty()) message.EmailMessage = pool.invitation.text;
  out.InviteMessageTemplate = std::move(message);
  return out;
}

void read_validity(const std::optional<int32_t>& number, const std::optional<std::string>& unit,
                   people::Validity& into) {
  if (number && *number != 0) into.number = *number;
  if (unit) into.unit = *unit;
}

base::Status read_rotation(const w::RefreshTokenRotationType& in, people::PoolClient& into) {
  into.rotates = in.Feature.value_or("DISABLED") == "ENABLED";
  into.rotation_grace_s = in.RetryGracePeriodSeconds.value_or(0);
  return {};
}

template <class In>
base::Status check_client_offered(const In& in) {
  bool hosted = !in.CallbackURLs.empty() || !in.LogoutURLs.empty() || in.DefaultRedirectURI ||
                !in.AllowedOAuthFlows.empty() || !in.AllowedOAuthScopes.empty() ||
                in.AllowedOAuthFlowsUserPoolClient.value_or(false);
  if (hosted) return not_offered("OAuth");
  if (in.AnalyticsConfiguration) return not_offered("AnalyticsConfiguration");
  if (!in.EnableTokenRevocation.value_or(true)) return not_offered("EnableTokenRevocation false");
  if (in.PreventUserExistenceErrors.value_or("ENABLED") == "LEGACY")
    return not_offered("PreventUserExistenceErrors LEGACY");
  for (const auto& provider : in.SupportedIdentityProviders)
    if (provider != "COGNITO") return not_offered("SupportedIdentityProviders " + provider);
  return {};
}

template <class In>
base::Result<people::PoolClient> read_client(const In& in) {
  WEIR_CHECK_OK(check_client_offered(in));
  people::PoolClient out;
  out.pool = in.UserPoolId.value_or("");
  out.name = in.ClientName.value_or("");
  out.flows = in.ExplicitAuthFlows.items();
  if (out.flows.empty()) out.flows = {"ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"};
  auto units = in.TokenValidityUnits.value_or(w::TokenValidityUnitsType{});
  read_validity(in.AccessTokenValidity, units.AccessToken, out.access);
  read_validity(in.IdTokenValidity, units.IdToken, out.id_token);
  read_validity(in.RefreshTokenValidity, units.RefreshToken, out.refresh);
  out.readable = in.ReadAttributes.items();
  out.writable = in.WriteAttributes.items();
  out.session_minutes = in.AuthSessionValidity.value_or(3);
  if (in.RefreshTokenRotation) WEIR_CHECK_OK(read_rotation(*in.RefreshTokenRotation, out));
  return out;
}

}  // namespace

base::Status read_pool(const w::CreateUserPoolRequest& in, people::UserPool& into) {
  if (!in.AliasAttributes.empty()) return not_offered("AliasAttributes");
  if (!in.UsernameAttributes.empty()) return not_offered("UsernameAttributes");
  WEIR_CHECK_OK(read_common(in, into));
  if (in.UsernameConfiguration) into.case_sensitive = in.UsernameConfiguration->CaseSensitive.value_or(true);
  for (const auto& attribute : in.Schema) WEIR_CHECK_OK(read_attribute(attribute, into));
  return {};
}

base::Status read_pool(const w::UpdateUserPoolRequest& in, people::UserPool& into) { return read_common(in, into); }

w::UserPoolType pool_to_wire(const people::UserPool& pool, const std::string& region) {
  w::UserPoolType out;
  out.Id = pool.id;
  out.Name = pool.name;
  out.Arn = pool.arn(region);
  out.Policies = policies_to_wire(pool.passwords);
  out.DeletionProtection = pool.protected_from_deletion ? "ACTIVE" : "INACTIVE";
  out.CreationDate = pool.created;
  out.LastModifiedDate = pool.changed;
  out.MfaConfiguration = pool.mfa_offered ? "OPTIONAL" : "OFF";
  if (!pool.auto_verified.empty()) out.AutoVerifiedAttributes = pool.auto_verified;
  if (!pool.code.subject.empty()) out.EmailVerificationSubject = pool.code.subject;
  if (!pool.code.text.empty()) out.EmailVerificationMessage = pool.code.text;
  out.UserPoolTags = pool.tags;
  out.AdminCreateUserConfig = invitations_to_wire(pool);
  w::UsernameConfigurationType names;
  names.CaseSensitive = pool.case_sensitive;
  out.UsernameConfiguration = std::move(names);
  for (const auto& name : pool.required) out.SchemaAttributes.push_back(attribute_to_wire(name, true));
  for (const auto& name : pool.custom) out.SchemaAttributes.push_back(attribute_to_wire(name, false));
  return out;
}

base::Result<people::PoolClient> client_from(const w::CreateUserPoolClientRequest& in) {
  if (in.ClientSecret) return not_offered("A ClientSecret of one's own");
  return read_client(in);
}

base::Result<people::PoolClient> client_from(const w::UpdateUserPoolClientRequest& in) {
  WEIR_TRY(auto out, read_client(in));
  out.id = in.ClientId.value_or("");
  return out;
}

w::UserPoolClientType client_to_wire(const app::ShownClient& shown) {
  const auto& client = shown.client;
  w::UserPoolClientType out;
  out.UserPoolId = client.pool;
  out.ClientName = client.name;
  out.ClientId = client.id;
  if (shown.secret) out.ClientSecret = shown.secret->reveal();
  out.CreationDate = client.created;
  out.LastModifiedDate = client.changed;
  out.AccessTokenValidity = static_cast<int32_t>(client.access.number);
  out.IdTokenValidity = static_cast<int32_t>(client.id_token.number);
  out.RefreshTokenValidity = static_cast<int32_t>(client.refresh.number);
  w::TokenValidityUnitsType units;
  units.AccessToken = client.access.unit;
  units.IdToken = client.id_token.unit;
  units.RefreshToken = client.refresh.unit;
  out.TokenValidityUnits = std::move(units);
  if (!client.readable.empty()) out.ReadAttributes = client.readable;
  if (!client.writable.empty()) out.WriteAttributes = client.writable;
  out.ExplicitAuthFlows = client.flows;
  out.PreventUserExistenceErrors = "ENABLED";
  out.EnableTokenRevocation = true;
  out.AuthSessionValidity = static_cast<int32_t>(client.session_minutes);
  if (!client.rotates) return out;
  w::RefreshTokenRotationType rotation;
  rotation.Feature = "ENABLED";
  rotation.RetryGracePeriodSeconds = static_cast<int32_t>(client.rotation_grace_s);
  out.RefreshTokenRotation = std::move(rotation);
  return out;
}

}  // namespace weir::services::cognito_idp
