// Signing in, and what people do with their own account.
#pragma once
#include "services/cognito_idp/shapes.h"

namespace weir::services::cognito_idp {

base::Result<w::InitiateAuthResponse> initiate_auth(app::Call& call, const w::InitiateAuthRequest& in);
base::Result<w::AdminInitiateAuthResponse> admin_initiate_auth(app::Call& call, const w::AdminInitiateAuthRequest& in);
base::Result<w::RespondToAuthChallengeResponse> respond_to_challenge(app::Call& call,
                                                                     const w::RespondToAuthChallengeRequest& in);
base::Result<w::AdminRespondToAuthChallengeResponse> admin_respond_to_challenge(
    app::Call& call, const w::AdminRespondToAuthChallengeRequest& in);
base::Result<w::GetTokensFromRefreshTokenResponse> get_tokens(app::Call& call,
                                                              const w::GetTokensFromRefreshTokenRequest& in);
base::Result<w::RevokeTokenResponse> revoke_token(app::Call& call, const w::RevokeTokenRequest& in);
base::Result<w::GlobalSignOutResponse> global_sign_out(app::Call& call, const w::GlobalSignOutRequest& in);

base::Result<w::AssociateSoftwareTokenResponse> associate_token(app::Call& call,
                                                                const w::AssociateSoftwareTokenRequest& in);
base::Result<w::VerifySoftwareTokenResponse> verify_token(app::Call& call, const w::VerifySoftwareTokenRequest& in);
base::Result<w::SetUserMFAPreferenceResponse> set_mfa_preference(app::Call& call,
                                                                 const w::SetUserMFAPreferenceRequest& in);

base::Result<w::ForgotPasswordResponse> forgot_password(app::Call& call, const w::ForgotPasswordRequest& in);
base::Result<w::ConfirmForgotPasswordResponse> confirm_forgot_password(app::Call& call,
                                                                       const w::ConfirmForgotPasswordRequest& in);
base::Result<w::ChangePasswordResponse> change_password(app::Call& call, const w::ChangePasswordRequest& in);
base::Result<w::GetUserResponse> get_user(app::Call& call, const w::GetUserRequest& in);
base::Result<w::UpdateUserAttributesResponse> update_attributes(app::Call& call,
                                                                const w::UpdateUserAttributesRequest& in);
base::Result<w::SignUpResponse> sign_up(app::Call& call, const w::SignUpRequest& in);

}  // namespace weir::services::cognito_idp
