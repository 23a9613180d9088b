#include "services/cognito_idp/sign_in_operations.h"

#include "app/people/own_account.h"
#include "app/people/people_sign_in.h"

namespace weir::services::cognito_idp {
namespace {

w::AuthenticationResultType to_wire(const app::Tokens& tokens) {
  w::AuthenticationResultType out;
  out.AccessToken = tokens.access;
  out.IdToken = tokens.id;
  if (tokens.refresh) out.RefreshToken = tokens.refresh->reveal();
  out.ExpiresIn = static_cast<int32_t>(tokens.access_seconds);
  out.TokenType = "Bearer";
  return out;
}

template <class Out>
base::Result<Out> to_wire(base::Result<app::SignInAnswer> answer) {
  if (!answer.ok()) return std::move(answer).error();
  Out out;
  out.ChallengeParameters.give();
  if (answer->tokens) {
    out.AuthenticationResult = to_wire(*answer->tokens);
    return out;
  }
  out.ChallengeName = answer->challenge;
  if (!answer->session.empty()) out.Session = answer->session;
  out.ChallengeParameters = answer->parameters;
  return out;
}

template <class In>
app::SignInRequest flow_from(const In& in) {
  app::SignInRequest out{.client = *in.ClientId, .name = *in.AuthFlow};
  out.parameters = in.AuthParameters.items();
  return out;
}

template <class In>
app::SignInRequest answer_from(const In& in) {
  app::SignInRequest out{.client = *in.ClientId, .name = *in.ChallengeName, .session = in.Session.value_or("")};
  out.parameters = in.ChallengeResponses.items();
  return out;
}

template <class In>
app::ForgottenPassword forgotten_from(const In& in) {
  return {*in.ClientId, *in.Username, in.SecretHash.value_or("")};
}

base::Error needs_access_token() {
  return base::fail(base::Kind::unsupported, "A Session is not taken here: give an AccessToken.", "parameter");
}

}  // namespace

base::Result<w::InitiateAuthResponse> initiate_auth(app::Call& call, const w::InitiateAuthRequest& in) {
  return to_wire<w::InitiateAuthResponse>(app::initiate_sign_in(call, flow_from(in)));
}

base::Result<w::AdminInitiateAuthResponse> admin_initiate_auth(app::Call& call, const w::AdminInitiateAuthRequest& in) {
  auto request = flow_from(in);
  request.pool = *in.UserPoolId;
  return to_wire<w::AdminInitiateAuthResponse>(app::initiate_sign_in(call, request));
}

base::Result<w::RespondToAuthChallengeResponse> respond_to_challenge(app::Call& call,
                                                                     const w::RespondToAuthChallengeRequest& in) {
  return to_wire<w::RespondToAuthChallengeResponse>(app::respond_to_challenge(call, answer_from(in)));
}

base::Result<w::AdminRespondToAuthChallengeResponse> admin_respond_to_challenge(
    app::Call& call, const w::AdminRespondToAuthChallengeRequest& in) {
  auto request = answer_from(in);
  request.pool = *in.UserPoolId;
  return to_wire<w::AdminRespondToAuthChallengeResponse>(app::respond_to_challenge(call, request));
}

base::Result<w::GetTokensFromRefreshTokenResponse> get_tokens(app::Call& call,
                                                              const w::GetTokensFromRefreshTokenRequest& in) {
  WEIR_TRY(auto tokens, app::refresh_tokens(call, {*in.ClientId, *in.RefreshToken, in.ClientSecret}));
  return w::GetTokensFromRefreshTokenResponse{.AuthenticationResult = to_wire(tokens)};
}

base::Result<w::RevokeTokenResponse> revoke_token(app::Call& call, const w::RevokeTokenRequest& in) {
  return done<w::RevokeTokenResponse>(app::revoke_token(call, {*in.ClientId, *in.Token, in.ClientSecret}));
}

base::Result<w::GlobalSignOutResponse> global_sign_out(app::Call& call, const w::GlobalSignOutRequest& in) {
  return done<w::GlobalSignOutResponse>(app::sign_out_everywhere(call, *in.AccessToken));
}

base::Result<w::AssociateSoftwareTokenResponse> associate_token(app::Call& call,
                                                                const w::AssociateSoftwareTokenRequest& in) {
  if (!in.AccessToken) return needs_access_token();
  WEIR_TRY(auto secret, app::associate_device(call, *in.AccessToken));
  return w::AssociateSoftwareTokenResponse{.SecretCode = secret.reveal()};
}

base::Result<w::VerifySoftwareTokenResponse> verify_token(app::Call& call, const w::VerifySoftwareTokenRequest& in) {
  if (!in.AccessToken) return needs_access_token();
  WEIR_CHECK_OK(app::verify_device(call, *in.AccessToken, *in.UserCode));
  return w::VerifySoftwareTokenResponse{.Status = "SUCCESS"};
}

base::Result<w::SetUserMFAPreferenceResponse> set_mfa_preference(app::Call& call,
                                                                 const w::SetUserMFAPreferenceRequest& in) {
  bool others = (in.SMSMfaSettings && in.SMSMfaSettings->Enabled.value_or(false)) ||
                (in.EmailMfaSettings && in.EmailMfaSettings->Enabled.value_or(false)) ||
                (in.WebAuthnMfaSettings && in.WebAuthnMfaSettings->Enabled.value_or(false));
  if (others) return not_offered("MFA but by software tokens");
  if (!in.SoftwareTokenMfaSettings) return w::SetUserMFAPreferenceResponse{};
  bool enabled = in.SoftwareTokenMfaSettings->Enabled.value_or(false);
  return done<w::SetUserMFAPreferenceResponse>(app::prefer_device(call, *in.AccessToken, enabled));
}

base::Result<w::ForgotPasswordResponse> forgot_password(app::Call& call, const w::ForgotPasswordRequest& in) {
  WEIR_CHECK_OK(app::forgot_password(call, forgotten_from(in)));
  // Of the address nothing is told: it would tell that there is one.
  w::CodeDeliveryDetailsType details;
  details.Destination = "***";
  details.DeliveryMedium = "EMAIL";
  details.AttributeName = "email";
  return w::ForgotPasswordResponse{.CodeDeliveryDetails = std::move(details)};
}

base::Result<w::ConfirmForgotPasswordResponse> confirm_forgot_password(app::Call& call,
                                                                       const w::ConfirmForgotPasswordRequest& in) {
  return done<w::ConfirmForgotPasswordResponse>(
      app::confirm_forgot_password(call, forgotten_from(in), *in.ConfirmationCode, base::Secret(*in.Password)));
}

base::Result<w::ChangePasswordResponse> change_password(app::Call& call, const w::ChangePasswordRequest& in) {
  return done<w::ChangePasswordResponse>(app::change_own_password(
      call, *in.AccessToken, base::Secret(in.PreviousPassword.value_or("")), base::Secret(*in.ProposedPassword)));
}

base::Result<w::GetUserResponse> get_user(app::Call& call, const w::GetUserRequest& in) {
  WEIR_TRY(auto person, app::own_account(call, *in.AccessToken));
  w::GetUserResponse out;
  out.Username = person.username;
  out.UserAttributes = to_wire(person);
  if (!person.asks_for_code()) return out;
  out.PreferredMfaSetting = "SOFTWARE_TOKEN_MFA";
  out.UserMFASettingList = {"SOFTWARE_TOKEN_MFA"};
  return out;
}

base::Result<w::UpdateUserAttributesResponse> update_attributes(app::Call& call,
                                                                const w::UpdateUserAttributesRequest& in) {
  return done<w::UpdateUserAttributesResponse>(
      app::update_own_attributes(call, *in.AccessToken, attributes_from(in.UserAttributes)));
}

base::Result<w::SignUpResponse> sign_up(app::Call&, const w::SignUpRequest&) {
  return base::fail(base::Kind::unauthenticated, "SignUp is not permitted for this user pool", "sign-in");
}

}  // namespace weir::services::cognito_idp
