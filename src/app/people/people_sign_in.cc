#include "app/people/people_sign_in.h"

#include "app/people/client_proof.h"
#include "app/people/person_secrets.h"
#include "app/people/sign_in_attempts.h"
#include "app/people/sign_in_faults.h"
#include "app/people/sign_in_refresh.h"
#include "app/people/sign_in_state.h"
#include "base/text.h"
#include "people/person_records.h"
#include "people/totp.h"

namespace weir::app {
namespace {

using people::Flow;
using people::Person;
using MaybePerson = std::optional<Person>;

constexpr size_t kUsernameBytesMax = 512;  // 128 characters, as the other operations have it
constexpr base::Seconds kTimestampSkew = std::chrono::minutes(5);

std::string parameter(const SignInRequest& request, const std::string& name) {
  auto found = request.parameters.find(name);
  return found == request.parameters.end() ? std::string() : found->second;
}

base::Result<std::string> required(const SignInRequest& request, const std::string& name) {
  auto value = parameter(request, name);
  if (value.empty()) return wrong_parameter("Missing required parameter " + name);
  return value;
}

base::Result<MaybePerson> find_person(Lake& lake, const people::UserPool& pool, const std::string& username) {
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  return people::PersonRecords(*tx).find(pool.id, username);
}

// One step of one sign-in: with which client, of whom.
struct Step {
  Call& call;
  ClientOfPool by;
  std::string username;
  bool code_given = false;

  Lake& lake() const { return call.lake(); }
  const people::UserPool& pool() const { return by.pool; }
};

// What an administrator asks is authorised; a client's own id is all that people need.
base::Result<ClientOfPool> client_of(Call& call, const SignInRequest& request, const std::string& action) {
  if (request.pool) WEIR_CHECK_OK(authorized_pool(call, action, *request.pool));
  WEIR_TRY(auto found, find_client(call, request.client));
  if (request.pool && found.pool.id != *request.pool) return people::no_such_client(request.client);
  return found;
}

base::Result<Step> step_of(Call& call, const SignInRequest& request, const std::string& action) {
  WEIR_TRY(auto by, client_of(call, request, action));
  WEIR_TRY(auto username, required(request, "USERNAME"));
  if (username.size() > kUsernameBytesMax) return wrong_parameter("USERNAME is too long.");
  WEIR_CHECK_OK(check_secret_hash(call.lake(), by, {username}, parameter(request, "SECRET_HASH")));
  auto folded = by.pool.folded(username);
  return Step{call, std::move(by), std::move(folded)};
}

// --- what comes after a proof

base::Result<std::string> user_attributes(const Person& person) {
  auto out = base::Json::object();
  for (const auto& [name, value] : person.attributes) out.set(name, value);
  return out.dump();
}

std::vector<std::string> missing_attributes(const people::UserPool& pool, const Person& person) {
  std::vector<std::string> out;
  for (const auto& name : pool.required)
    if (person.attribute(name).empty()) out.push_back("userAttributes." + name);
  return out;
}

SignInAnswer challenge(const Step& step, const Person& person, std::string_view name) {
  auto state = begin_state(step.lake(), step.by.client, name, step.username, person, step.call.now());
  state.code_given = step.code_given;
  SignInAnswer out;
  out.challenge = name;
  out.session = seal_state(step.lake(), state);
  out.parameters = {{"USER_ID_FOR_SRP", person.username}};
  return out;
}

base::Result<SignInAnswer> ask_for_new_password(const Step& step, const Person& person) {
  auto out = challenge(step, person, kNewPasswordRequired);
  WEIR_TRY(out.parameters["userAttributes"], user_attributes(person));
  out.parameters["requiredAttributes"] = base::to_json(missing_attributes(step.pool(), person)).dump();
  return out;
}

// Told to who has proved the password.
base::Status check_standing(const Step& step, const Person& person) {
  if (!person.enabled) return not_signed_in("User is disabled.");
  if (person.temporary_until && *person.temporary_until <= step.call.now())
    return not_signed_in("Temporary password has expired and must be reset by an administrator.");
  if (person.status == people::Status::reset_required) return reset_required();
  return {};
}

base::Result<SignInAnswer> give_tokens(const Step& step, const Person& person, const SignInState* proved) {
  auto now = step.call.now();
  WEIR_TRY(auto begun, begin_sign_in(step.lake(), step.by, person, now));
  std::vector<people::Group> groups;
  WEIR_CHECK_OK(store::write(step.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(same_person(tx, person));
    if (proved) WEIR_CHECK_OK(use_up(tx, *proved, now));
    WEIR_TRY(groups, groups_of(tx, person));
    return people::SignInRecords(tx).add(begun.sign_in, now);
  }));
  WEIR_CHECK_OK(record_own_act(step.call, step.pool(), person.username, person.sub));
  WEIR_TRY(auto tokens, sign_tokens(step.lake(), step.by, person, groups, begun.sign_in, now));
  tokens.refresh = begun.refresh.text();
  SignInAnswer out;
  out.tokens = std::move(tokens);
  return out;
}

// The person has proved the password: what is asked next. `proved`: the state that the proof used up, if any.
base::Result<SignInAnswer> go_on(const Step& step, const Person& person, const SignInState* proved) {
  WEIR_CHECK_OK(check_standing(step, person));
  bool code = person.asks_for_code() && !step.code_given;
  bool own_password = person.status == people::Status::confirmed;
  if (!code && own_password) return give_tokens(step, person, proved);
  if (proved)
    WEIR_CHECK_OK(
        store::write(step.lake().store, [&](store::Transaction& tx) { return use_up(tx, *proved, step.call.now()); }));
  if (!code) return ask_for_new_password(step, person);
  auto out = challenge(step, person, kSoftwareTokenMfa);
  out.parameters["FRIENDLY_DEVICE_NAME"] = "";
  return out;
}

base::Status tell_success(const Step& step, const SignInAttempt& attempt) {
  return store::write(step.lake().store, [&](store::Transaction& tx) { return attempt.succeeded(tx); });
}

// --- passwords as they are

base::Result<SignInAnswer> with_password(const Step& step, const SignInRequest& request) {
  WEIR_TRY(auto password, required(request, "PASSWORD"));
  WEIR_TRY(auto attempt, begin_attempt(step.call, step.pool(), "password", step.username));
  WEIR_TRY(auto person, find_person(step.lake(), step.pool(), step.username));
  WEIR_TRY(bool knows, knows_password(step.lake(), person, base::Secret(password)));
  if (!knows || !person) return wrong_password();
  WEIR_CHECK_OK(tell_success(step, attempt));
  return go_on(step, *person, nullptr);
}

// --- SRP

base::Result<SignInAnswer> with_srp(const Step& step, const SignInRequest& request) {
  WEIR_TRY(auto client_public, required(request, "SRP_A"));
  WEIR_CHECK_OK(people::check_srp_public(client_public));
  WEIR_CHECK_OK(count_asked(step.call, "srp"));
  WEIR_TRY(auto person, find_person(step.lake(), step.pool(), step.username));
  WEIR_TRY(auto salt, salt_of(step.lake(), step.pool(), step.username));
  WEIR_TRY(auto verifier, verifier_of(step.lake(), step.pool(), step.username, person));
  WEIR_TRY(auto offer, people::srp_offer(verifier, step.lake().randomness));
  auto state = begin_state(step.lake(), step.by.client, kPasswordVerifier, step.username, person, step.call.now());
  state.srp_a = client_public;
  state.srp_b = offer.offered;
  state.srp_secret = offer.secret.reveal();
  SignInAnswer out;
  out.challenge = kPasswordVerifier;
  out.parameters = {{"SALT", salt},
                    {"SRP_B", offer.offered},
                    {"SECRET_BLOCK", seal_state(step.lake(), state)},
                    {"USER_ID_FOR_SRP", step.username},
                    {"USERNAME", step.username}};
  return out;
}

base::Status check_timestamp(const Step& step, const std::string& text) {
  WEIR_TRY(auto at, people::read_srp_timestamp(text));
  auto now = step.call.now();
  if (at > now + kTimestampSkew || at < now - kTimestampSkew) return not_signed_in("Invalid timestamp.");
  return {};
}

base::Result<SignInAnswer> verify_password(const Step& step, const SignInRequest& request) {
  people::SrpClaim claim;
  WEIR_TRY(claim.secret_block, required(request, "PASSWORD_CLAIM_SECRET_BLOCK"));
  WEIR_TRY(claim.signature, required(request, "PASSWORD_CLAIM_SIGNATURE"));
  WEIR_TRY(claim.timestamp, required(request, "TIMESTAMP"));
  WEIR_TRY(auto state, open_state(step.lake(), step.by.client, kPasswordVerifier, claim.secret_block, step.call.now()));
  if (state.username != step.username) return session_gone();
  WEIR_CHECK_OK(check_timestamp(step, claim.timestamp));
  WEIR_TRY(auto attempt, begin_attempt(step.call, step.pool(), "password", step.username));
  WEIR_TRY(auto person, find_person(step.lake(), step.pool(), step.username));
  WEIR_TRY(auto verifier, verifier_of(step.lake(), step.pool(), step.username, person));
  claim.client_public = state.srp_a;
  people::SrpOffer offer{base::Secret(state.srp_secret), state.srp_b};
  WEIR_TRY(bool holds, people::srp_holds(srp_identity(step.pool(), step.username), verifier, offer, claim));
  if (!holds || !person || !is_about(state, *person)) return wrong_password();
  WEIR_CHECK_OK(tell_success(step, attempt));
  return go_on(step, *person, &state);
}

// --- what is asked beside the password

// The person a Session is about, as it was when the session began.
base::Result<Person> person_of(const Step& step, const SignInState& state) {
  if (state.username != step.username) return session_gone();
  WEIR_TRY(auto person, find_person(step.lake(), step.pool(), step.username));
  if (!person || !is_about(state, *person)) return session_gone();
  return std::move(*person);
}

base::Result<SignInAnswer> verify_code(Step step, const SignInRequest& request) {
  WEIR_TRY(auto code, required(request, "SOFTWARE_TOKEN_MFA_CODE"));
  WEIR_TRY(auto state, open_state(step.lake(), step.by.client, kSoftwareTokenMfa, request.session, step.call.now()));
  WEIR_TRY(auto person, person_of(step, state));
  if (!person.device) return session_gone();
  WEIR_TRY(auto attempt, begin_attempt(step.call, step.pool(), "device", step.username));
  WEIR_TRY(auto secret, open_device(step.lake(), step.pool(), person, *person.device));
  WEIR_CHECK_OK(store::write(step.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(person, same_person(tx, person));
    auto matched = people::totp_step(secret, code, step.call.now(), person.device->used_step);
    if (!matched) return wrong_code();
    person.device->used_step = *matched;
    WEIR_CHECK_OK(attempt.succeeded(tx));
    return people::PersonRecords(tx).put(person);
  }));
  step.code_given = true;
  return go_on(step, person, &state);
}

// userAttributes.<name> of a response, for attributes that were asked for or that the client may write.
base::Status take_attributes(const Step& step, const SignInRequest& request, Person& person) {
  constexpr std::string_view kPrefix = "userAttributes.";
  for (const auto& [key, value] : request.parameters) {
    if (!key.starts_with(kPrefix)) continue;
    auto name = key.substr(kPrefix.size());
    WEIR_CHECK_OK(check_own_attribute(step.by, name, value));
    if (person.attribute(name) != value) set_own_attribute(person, name, value);
  }
  auto missing = missing_attributes(step.pool(), person);
  if (!missing.empty()) return wrong_parameter("Invalid user attributes: " + base::join(missing, ", ") + " is missing");
  return {};
}

base::Result<SignInAnswer> take_new_password(Step step, const SignInRequest& request) {
  WEIR_TRY(auto wanted, required(request, "NEW_PASSWORD"));
  WEIR_TRY(auto state, open_state(step.lake(), step.by.client, kNewPasswordRequired, request.session, step.call.now()));
  WEIR_TRY(auto person, person_of(step, state));
  WEIR_CHECK_OK(check_standing(step, person));
  WEIR_CHECK_OK(count_asked(step.call, "new-password"));
  base::Secret password(wanted);
  WEIR_TRY(bool same, knows_password(step.lake(), person, password));
  if (same) return base::invalid("Password did not conform with policy: it is the temporary one", "password");
  WEIR_TRY(auto proofs, make_password_proofs(step.lake(), step.pool(), step.username, password));
  WEIR_CHECK_OK(store::write(step.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(use_up(tx, state, step.call.now()));
    auto seen = same_person(tx, person);
    if (!seen.ok()) return session_gone();
    auto changed = std::move(*seen);
    WEIR_CHECK_OK(take_attributes(step, request, changed));
    set_password(changed, proofs, people::Status::confirmed, std::nullopt, step.call.now());
    WEIR_CHECK_OK(people::PersonRecords(tx).put(changed));
    person = std::move(changed);
    return {};
  }));
  step.code_given = state.code_given;
  return go_on(step, person, nullptr);
}

base::Result<SignInAnswer> noted_answer(const Step& step, base::Result<SignInAnswer> answer) {
  if (answer.ok() || answer.error().kind == base::Kind::internal) return answer;
  return noted(step.call, step.pool(), std::move(answer).error());
}

base::Error no_such_flow(const std::string& name) { return wrong_parameter(name + " is not offered here."); }

base::Error not_enabled(const std::string& name) { return wrong_parameter(name + " flow not enabled for this client"); }

base::Result<SignInAnswer> with_refresh_token(Call& call, const SignInRequest& request) {
  WEIR_TRY(auto token, required(request, "REFRESH_TOKEN"));
  WEIR_TRY(auto by, client_of(call, request, "cognito-idp:AdminInitiateAuth"));
  if (!by.client.allows(Flow::refresh)) return not_enabled(request.name);
  if (by.client.rotates)
    return wrong_parameter("Refresh tokens of this client rotate: GetTokensFromRefreshToken renews them.");
  WEIR_TRY(auto tokens, renew(call, by, token, parameter(request, "SECRET_HASH")));
  SignInAnswer out;
  out.tokens = std::move(tokens);
  return out;
}

// The flow of that name, for who asks.
std::optional<Flow> flow_of(const SignInRequest& request) {
  bool admin = request.pool.has_value();
  if (request.name == "USER_SRP_AUTH") return Flow::srp;
  if (request.name == "USER_PASSWORD_AUTH") return Flow::password;
  if (admin && (request.name == "ADMIN_USER_PASSWORD_AUTH" || request.name == "ADMIN_NO_SRP_AUTH"))
    return Flow::admin_password;
  if (request.name == "REFRESH_TOKEN_AUTH" || request.name == "REFRESH_TOKEN") return Flow::refresh;
  return std::nullopt;
}

}  // namespace

base::Result<SignInAnswer> initiate_sign_in(Call& call, const SignInRequest& request) {
  auto flow = flow_of(request);
  if (!flow) return no_such_flow(request.name);
  if (*flow == Flow::refresh) return with_refresh_token(call, request);
  WEIR_TRY(auto step, step_of(call, request, "cognito-idp:AdminInitiateAuth"));
  if (!step.by.client.allows(*flow)) return not_enabled(request.name);
  return noted_answer(step, *flow == Flow::srp ? with_srp(step, request) : with_password(step, request));
}

base::Result<SignInAnswer> respond_to_challenge(Call& call, const SignInRequest& request) {
  WEIR_TRY(auto step, step_of(call, request, "cognito-idp:AdminRespondToAuthChallenge"));
  if (request.name == kPasswordVerifier) return noted_answer(step, verify_password(step, request));
  if (request.name == kSoftwareTokenMfa) return noted_answer(step, verify_code(step, request));
  if (request.name == kNewPasswordRequired) return noted_answer(step, take_new_password(step, request));
  return no_such_flow(request.name);
}

}  // namespace weir::app
