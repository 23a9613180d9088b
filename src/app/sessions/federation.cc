#include "app/sessions/federation.h"

#include "app/sessions/becoming_role.h"
#include "app/sessions/federation_replay.h"
#include "app/sessions/federation_saml.h"
#include "app/sessions/federation_web.h"
#include "base/log.h"
#include "identity/saml/faults.h"

namespace weir::app {
namespace {

constexpr std::string_view kWithSaml = "sts:AssumeRoleWithSAML";
constexpr std::string_view kWithWebIdentity = "sts:AssumeRoleWithWebIdentity";
constexpr std::string_view kDecorated = "lakeformation:AssumeDecoratedRoleWithSAML";

void note_refusal(const Call& call, const base::Error& error) {
  base::log_info("sign_in.refused", {{"operation", call.facts().operation},
                                     {"request_id", call.facts().request_id},
                                     {"source_ip", call.facts().source_ip},
                                     {"reason", error.log.empty() ? error.says : error.log}});
}

// What the caller of an unsigned operation hears of a denial; the reason is in the event, or in the log.
base::Error refused(const Call& call, base::Error error, std::string_view action) {
  note_refusal(call, error);
  if (error.kind == base::Kind::denied) error.says = "Not authorized to perform " + std::string(action);
  return error;
}

bool same_account(const std::string& role_arn, const std::string& provider_arn) {
  auto role = names::Arn::parse(role_arn), provider = names::Arn::parse(provider_arn);
  return role.ok() && provider.ok() && role->account == provider->account;
}

// --- SAML

identity::AssumeRoleRequest role_request(const SamlRequest& request, const SamlSignIn& sign_in) {
  const auto& aws = sign_in.assertion.aws;
  identity::AssumeRoleRequest out{.role_arn = request.role_arn,
                                  .session_name = aws.session_name,
                                  .duration_s = request.duration_s,
                                  .policy = request.policy,
                                  .policy_arns = request.policy_arns,
                                  .tags = aws.tags,
                                  .transitive_keys = aws.transitive_keys};
  if (!aws.source_identity.empty()) out.source_identity = aws.source_identity;
  out.sign_in = identity::ProvenSignIn{.action = std::string(kWithSaml),
                                       .claims = sign_in.claims(),
                                       .until = sign_in.assertion.session_not_on_or_after,
                                       .how = sign_in.kept()};
  return out;
}

base::Status check_pair(const SamlRequest& request, const SamlSignIn& sign_in) {
  bool paired = sign_in.assertion.aws.allows({request.role_arn, request.provider_arn});
  if (!paired || !same_account(request.role_arn, request.provider_arn))
    return identity::saml::not_authorized("the assertion does not name the role with this provider");
  return {};
}

void note_sign_in(Call& call, const SamlRequest& request, const SamlSignIn& sign_in) {
  call.about("sAMLAssertionID", sign_in.assertion.id);
  call.about("roleSessionName", sign_in.assertion.aws.session_name);
  call.about("roleArn", request.role_arn);
  call.about("principalArn", request.provider_arn);
  if (request.duration_s) call.about("durationSeconds", *request.duration_s);
}

// What AssumeRoleWithSAML answers about the person, for its event.
void tell_person(Call& call, const SamlSignIn& sign_in) {
  call.gave("subject", sign_in.assertion.subject.value);
  call.gave("subjectType", sign_in.assertion.subject.short_format());
  call.gave("issuer", sign_in.assertion.issuer);
  call.gave("audience", sign_in.assertion.recipient);
  call.gave("nameQualifier", sign_in.name_qualifier);
}

base::Result<SamlSignIn> proven(Call& call, const SamlRequest& request) {
  auto sign_in = read_saml_sign_in(call, request.provider_arn, request.response);
  auto status = sign_in.ok() ? check_pair(request, *sign_in) : base::Status(sign_in.error());
  if (status.ok()) return sign_in;
  note_refusal(call, status.error());
  return std::move(status).error();
}

base::Status use_up(Call& call, const SamlSignIn& sign_in, const SamlRequest& request, std::string_view operation) {
  auto purpose = std::string(operation) + " " + request.role_arn;
  auto use = identity::saml::use_of(sign_in.assertion, purpose, sign_in.skew);
  auto status = StoredReplayGuard(call.lake().store).admit(use, call.now());
  if (!status.ok()) note_refusal(call, status.error());
  return status;
}

// --- decorated

// Only a signature has a caller to ask about; what it may not pass on, it may not become through others.
base::Status check_signer(Call& call, const SamlRequest& request) {
  Ask barred{std::string(kDecorated)};
  if (auto decision = call.evaluate(barred); decision.verdict == policy::Verdict::explicit_deny)
    return call.authorize(barred, decision);
  bool own_role = call.caller().is_role_session() && call.caller().caller.role_arn == request.role_arn;
  if (own_role && call.lake().federation.decorated_own_role) return {};
  auto role = names::Arn::parse(request.role_arn);
  if (!role.ok()) return base::invalid("RoleArn is not the ARN of a role.", "role");
  Ask pass{.action = "iam:PassRole", .resource = request.role_arn, .owner = role->account};
  pass.extra.set("iam:PassedToService", "lakeformation.amazonaws.com");
  if (auto decision = call.evaluate(pass); !decision.allowed()) return call.authorize(pass, decision);
  return {};
}

base::Status check_caller(Call& call, const SamlRequest& request) {
  if (call.caller().kind() != policy::PrincipalKind::anonymous) return check_signer(call, request);
  if (call.lake().federation.decorated_unsigned) return {};
  return base::denied("AssumeDecoratedRoleWithSAML must be signed.", "access");
}

base::Result<identity::LakeFormationUser> lake_formation_user(const SamlSignIn& sign_in) {
  const auto& aws = sign_in.assertion.aws;
  if (!aws.lake_formation_user)
    return base::invalid(
        "The SAML response has no attribute https://lakeformation.amazon.com/SAML/Attributes/Username.", "username");
  return identity::LakeFormationUser{sign_in.provider.arn(), *aws.lake_formation_user, aws.lake_formation_groups};
}

// --- web identity

identity::AssumeRoleRequest role_request(const WebIdentityRequest& request, const WebSignIn& sign_in) {
  const auto& session = sign_in.claims.session;
  identity::AssumeRoleRequest out{.role_arn = request.role_arn,
                                  .session_name = request.session_name,
                                  .duration_s = request.duration_s,
                                  .policy = request.policy,
                                  .policy_arns = request.policy_arns,
                                  .tags = session.tags,
                                  .transitive_keys = session.transitive_keys};
  if (!session.source_identity.empty()) out.source_identity = session.source_identity;
  out.sign_in = identity::ProvenSignIn{
      .action = std::string(kWithWebIdentity), .claims = sign_in.conditions(), .how = sign_in.kept()};
  return out;
}

}  // namespace

base::Result<SamlRole> assume_role_with_saml(Call& call, const SamlRequest& request) {
  WEIR_TRY(auto sign_in, proven(call, request));
  Call person(call.lake(), call.pinned(), std::make_shared<const identity::Principal>(sign_in.person()), call.facts());
  note_sign_in(person, request, sign_in);
  tell_person(person, sign_in);
  Becoming becoming(person, person, role_request(request, sign_in));
  if (auto status = becoming.decide(); !status.ok()) return refused(call, std::move(status).error(), kWithSaml);
  WEIR_CHECK_OK(use_up(person, sign_in, request, kWithSaml));
  WEIR_TRY(auto role, becoming.finish());
  return SamlRole{std::move(role),          sign_in.assertion.subject.value, sign_in.assertion.subject.short_format(),
                  sign_in.assertion.issuer, sign_in.assertion.recipient,     sign_in.name_qualifier};
}

base::Result<identity::Credentials> assume_decorated_role(Call& call, const SamlRequest& request) {
  WEIR_CHECK_OK(check_caller(call, request));
  WEIR_TRY(auto sign_in, proven(call, request));
  Call person(call.lake(), call.pinned(), std::make_shared<const identity::Principal>(sign_in.person()), call.facts());
  bool is_signed = call.caller().kind() != policy::PrincipalKind::anonymous;
  auto& recorded = is_signed ? call : person;
  note_sign_in(recorded, request, sign_in);
  auto wanted = role_request(request, sign_in);
  WEIR_TRY(wanted.sign_in->lake_formation_user, lake_formation_user(sign_in));
  recorded.about("lakeFormationPrincipals",
                 base::to_json(identity::principals_of(*wanted.sign_in->lake_formation_user)));
  Becoming becoming(recorded, person, std::move(wanted));
  if (auto status = becoming.decide(); !status.ok()) return refused(call, std::move(status).error(), kWithSaml);
  WEIR_CHECK_OK(use_up(recorded, sign_in, request, kDecorated));
  WEIR_TRY(auto role, becoming.finish());
  return std::move(role.credentials);
}

base::Result<WebIdentityRole> assume_role_with_web_identity(Call& call, const WebIdentityRequest& request) {
  auto sign_in = read_web_sign_in(call, request.role_arn, request.token);
  if (!sign_in.ok()) return note_refusal(call, sign_in.error()), std::move(sign_in).error();
  Call person(call.lake(), call.pinned(), std::make_shared<const identity::Principal>(sign_in->person()), call.facts());
  person.about("roleArn", request.role_arn);
  person.about("roleSessionName", request.session_name);
  person.gave("provider", sign_in->provider.arn());
  person.gave("audience", sign_in->claims.audience);
  Becoming becoming(person, person, role_request(request, *sign_in));
  if (auto status = becoming.decide(); !status.ok()) return refused(call, std::move(status).error(), kWithWebIdentity);
  WEIR_TRY(auto role, becoming.finish());
  return WebIdentityRole{std::move(role), sign_in->claims.subject, sign_in->provider.arn(), sign_in->claims.audience};
}

}  // namespace weir::app
