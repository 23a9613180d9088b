#include "app/people/own_account.h"

#include <functional>

#include "app/people/client_proof.h"
#include "app/people/mailed_codes.h"
#include "app/people/person_secrets.h"
#include "app/people/sign_in_attempts.h"
#include "app/people/sign_in_faults.h"
#include "people/person_records.h"
#include "people/totp.h"

namespace weir::app {
namespace {

using people::Person;
using people::PersonRecords;
using people::SignInRecords;

base::Status record_act(Call& call, const TokenHolder& holder) {
  return record_own_act(call, holder.pool, holder.person.username, holder.person.sub);
}

// The holder's record, changed and kept when it is still as it was seen.
base::Status change_own(Call& call, const TokenHolder& holder,
                        const std::function<base::Status(store::Transaction&, Person&)>& change) {
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto person, same_person(tx, holder.person));
    WEIR_CHECK_OK(change(tx, person));
    person.changed = call.now();
    return PersonRecords(tx).put(person);
  }));
  return record_act(call, holder);
}

base::Status end_others(store::Transaction& tx, const TokenHolder& holder) {
  SignInRecords records(tx);
  WEIR_TRY(auto own, records.find(holder.pool.id, holder.person.sub, holder.sign_in.id));
  if (!own) return not_signed_in("Access Token has been revoked");
  WEIR_CHECK_OK(records.erase_all(holder.pool.id, holder.person.sub));
  return records.put(*own);
}

// What is refused here is noted here.
base::Result<SignInAttempt> own_attempt(Call& call, const people::UserPool& pool, std::string_view what,
                                        const std::string& username) {
  auto attempt = begin_attempt(call, pool, what, username);
  if (!attempt.ok()) return noted(call, pool, std::move(attempt).error());
  return attempt;
}

struct Forgetful {
  ClientOfPool by;
  std::string username;
};

base::Result<Forgetful> forgetful(Call& call, const ForgottenPassword& request) {
  WEIR_TRY(auto by, find_client(call, request.client));
  WEIR_CHECK_OK(check_secret_hash(call.lake(), by, {request.username}, request.secret_hash));
  auto username = by.pool.folded(request.username);
  return Forgetful{std::move(by), std::move(username)};
}

// Somebody who never had a password of their own waits for the administrator's mail, not for a code.
bool may_have_code(const std::optional<Person>& person) {
  return person && person->enabled && person->status != people::Status::force_change_password &&
         !person->verified_email().empty();
}

base::Error no_devices() { return wrong_parameter("Software token MFA is not enabled for the user pool."); }

}  // namespace

base::Result<Person> own_account(Call& call, const std::string& access_token) {
  WEIR_TRY(auto holder, holder_of(call, access_token));
  WEIR_CHECK_OK(record_act(call, holder));
  return std::move(holder.person);
}

base::Status update_own_attributes(Call& call, const std::string& access_token, const people::Attributes& attributes) {
  WEIR_TRY(auto holder, holder_of(call, access_token));
  ClientOfPool by{holder.client, holder.pool};
  for (const auto& [name, value] : attributes) WEIR_CHECK_OK(check_own_attribute(by, name, value));
  return change_own(call, holder, [&](store::Transaction&, Person& person) -> base::Status {
    for (const auto& [name, value] : attributes)
      if (person.attribute(name) != value) set_own_attribute(person, name, value);
    return {};
  });
}

base::Status change_own_password(Call& call, const std::string& access_token, const base::Secret& previous,
                                 const base::Secret& proposed) {
  WEIR_TRY(auto holder, holder_of(call, access_token));
  WEIR_TRY(auto attempt, own_attempt(call, holder.pool, "password", holder.person.username));
  WEIR_TRY(bool knows, knows_password(call.lake(), holder.person, previous));
  if (!knows) return noted(call, holder.pool, wrong_password());
  WEIR_TRY(auto proofs, make_password_proofs(call.lake(), holder.pool, holder.person.username, proposed));
  return change_own(call, holder, [&](store::Transaction& tx, Person& person) -> base::Status {
    WEIR_CHECK_OK(attempt.succeeded(tx));
    set_password(person, proofs, people::Status::confirmed, std::nullopt, call.now());
    return end_others(tx, holder);
  });
}

base::Status sign_out_everywhere(Call& call, const std::string& access_token) {
  WEIR_TRY(auto holder, holder_of(call, access_token));
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) {
    return SignInRecords(tx).erase_all(holder.pool.id, holder.person.sub);
  }));
  return record_act(call, holder);
}

base::Status forgot_password(Call& call, const ForgottenPassword& request) {
  WEIR_TRY(auto who, forgetful(call, request));
  const auto& pool = who.by.pool;
  WEIR_CHECK_OK(count_mailed_code(call, pool, who.username));
  std::optional<Person> mailed;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto person, PersonRecords(tx).find(pool.id, who.username));
    if (!may_have_code(person)) return {};
    WEIR_CHECK_OK(mail_fresh_code(call, tx, pool, *person));
    WEIR_CHECK_OK(PersonRecords(tx).put(*person));
    mailed = std::move(person);
    return {};
  }));
  return mailed ? record_own_act(call, pool, mailed->username, mailed->sub) : base::Status();
}

base::Status confirm_forgot_password(Call& call, const ForgottenPassword& request, const std::string& code,
                                     const base::Secret& password) {
  WEIR_TRY(auto who, forgetful(call, request));
  const auto& pool = who.by.pool;
  WEIR_CHECK_OK(people::check_password(pool.passwords, password));
  WEIR_TRY(auto attempt, own_attempt(call, pool, "code", who.username));
  WEIR_TRY(auto proofs, make_password_proofs(call.lake(), pool, who.username, password));
  std::string sub;
  auto done = store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto person, PersonRecords(tx).find(pool.id, who.username));
    if (!may_have_code(person)) return wrong_code();
    WEIR_CHECK_OK(check_mailed_code(call, pool, *person, code));
    WEIR_CHECK_OK(attempt.succeeded(tx));
    set_password(*person, proofs, people::Status::confirmed, std::nullopt, call.now());
    sub = person->sub;
    WEIR_CHECK_OK(SignInRecords(tx).erase_all(pool.id, person->sub));
    return PersonRecords(tx).put(*person);
  });
  if (!done.ok()) return noted(call, pool, std::move(done).error());
  return record_own_act(call, pool, who.username, sub);
}

base::Result<base::Secret> associate_device(Call& call, const std::string& access_token) {
  WEIR_TRY(auto holder, holder_of(call, access_token));
  if (!holder.pool.mfa_offered) return no_devices();
  auto secret = people::fresh_totp_secret(call.lake().randomness);
  people::Device device;
  device.sealed = seal_device(call.lake(), holder.pool, holder.person, secret);
  WEIR_CHECK_OK(change_own(call, holder, [&](store::Transaction&, Person& person) {
    person.next_device = device;
    return base::Status();
  }));
  return secret;
}

base::Status verify_device(Call& call, const std::string& access_token, const std::string& code) {
  WEIR_TRY(auto holder, holder_of(call, access_token));
  if (!holder.person.next_device) return wrong_parameter("No software token was associated.");
  WEIR_TRY(auto attempt, own_attempt(call, holder.pool, "device", holder.person.username));
  return change_own(call, holder, [&](store::Transaction& tx, Person& person) -> base::Status {
    if (!person.next_device) return wrong_code();
    auto device = *person.next_device;
    WEIR_TRY(auto secret, open_device(call.lake(), holder.pool, person, device));
    auto step = people::totp_step(secret, code, call.now(), device.used_step);
    if (!step) return wrong_code();
    device.verified = true;
    device.used_step = *step;
    device.enabled = person.asks_for_code();
    person.device = device;
    person.next_device.reset();
    return attempt.succeeded(tx);
  });
}

base::Status prefer_device(Call& call, const std::string& access_token, bool enabled) {
  WEIR_TRY(auto holder, holder_of(call, access_token));
  return change_own(call, holder, [&](store::Transaction&, Person& person) -> base::Status {
    if (!person.device || !person.device->verified)
      return enabled ? base::Status(wrong_parameter("User has not verified software token mfa")) : base::Status();
    person.device->enabled = enabled;
    return {};
  });
}

}  // namespace weir::app
