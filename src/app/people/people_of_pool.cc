#include "app/people/people_of_pool.h"

#include <functional>

#include "app/people/client_proof.h"
#include "app/people/mailed_codes.h"
#include "app/people/people_mail.h"
#include "app/people/person_secrets.h"
#include "app/people/pool_access.h"
#include "app/people/sign_in_faults.h"
#include "base/text.h"
#include "people/person_records.h"

namespace weir::app {
namespace {

using people::Person;
using people::PersonRecords;
using people::UserPool;

base::Error username_taken() { return base::already_exists("User account already exists", "user"); }

base::Status check_username(const std::string& username) {
  // A / would let one name look like another where names are put together.
  bool fits = !username.empty() && base::is_valid_utf8(username) && !base::has_control_characters(username) &&
              username.find_first_of(" /") == std::string::npos;
  return fits ? base::Status() : base::Status(wrong_parameter("Username has neither spaces nor slashes."));
}

base::Status check_attributes(const UserPool& pool, const people::Attributes& attributes) {
  for (const auto& [name, value] : attributes) WEIR_CHECK_OK(check_attribute(pool, name, value));
  return {};
}

std::optional<base::Instant> temporary_end(const UserPool& pool, base::Instant now) {
  return now + std::chrono::hours(24 * pool.passwords.temporary_days);
}

base::Result<Person> existing_person(store::Transaction& tx, const UserPool& pool, const std::string& username) {
  WEIR_TRY(auto found, PersonRecords(tx).find(pool.id, pool.folded(username)));
  if (!found) return people::no_such_person();
  return std::move(*found);
}

base::Result<UserPool> asked(Call& call, const char* action, const PersonName& name) {
  call.about("username", name.username);
  return authorized_pool(call, std::string("cognito-idp:") + action, name.pool);
}

// Finds, changes and keeps.
base::Status change_person(Call& call, const UserPool& pool, const std::string& username,
                           const std::function<base::Status(store::Transaction&, Person&)>& change) {
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto person, existing_person(tx, pool, username));
    WEIR_CHECK_OK(change(tx, person));
    person.changed = call.now();
    return PersonRecords(tx).put(person);
  });
}

base::Status end_sign_ins(store::Transaction& tx, const Person& person) {
  return people::SignInRecords(tx).erase_all(person.pool, person.sub);
}

base::Status invite(Call& call, store::Transaction& tx, const UserPool& pool, const Person& person,
                    const base::Secret& password, Invitation invitation) {
  if (invitation == Invitation::suppress || person.attribute("email").empty()) return {};
  return mail_invitation(call.lake(), tx, pool, person, password);
}

// Nobody would ever learn a password that was made up and not sent.
base::Status check_reaches(const NewPerson& wanted, const people::Attributes& attributes) {
  bool sent = wanted.invitation != Invitation::suppress && attributes.contains("email");
  if (sent || wanted.password) return {};
  return wrong_parameter("A temporary password is made up only for who has an email to send it to.");
}

base::Result<Person> create_anew(Call& call, const UserPool& pool, const NewPerson& wanted) {
  auto& lake = call.lake();
  WEIR_CHECK_OK(check_reaches(wanted, wanted.attributes));
  Person person;
  person.pool = pool.id;
  person.username = pool.folded(wanted.username);
  person.sub = base::uuid(lake.randomness);
  person.created = call.now();
  person.attributes = wanted.attributes;
  auto password = wanted.password.value_or(people::temporary_password(pool.passwords, lake.randomness));
  WEIR_TRY(auto proofs, make_password_proofs(lake, pool, person.username, password));
  set_password(person, proofs, people::Status::force_change_password, temporary_end(pool, call.now()), call.now());
  WEIR_CHECK_OK(store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(existing_pool(tx, call, pool.id));
    PersonRecords records(tx);
    WEIR_TRY(auto there, records.find(pool.id, person.username));
    if (there) return username_taken();
    WEIR_CHECK_OK(invite(call, tx, pool, person, password, wanted.invitation));
    return records.put(person);
  }));
  return person;
}

// A new temporary password for who has not used theirs.
base::Result<Person> invite_again(Call& call, const UserPool& pool, const NewPerson& wanted) {
  auto& lake = call.lake();
  auto username = pool.folded(wanted.username);
  auto password = wanted.password.value_or(people::temporary_password(pool.passwords, lake.randomness));
  WEIR_TRY(auto proofs, make_password_proofs(lake, pool, username, password));
  Person out;
  WEIR_CHECK_OK(change_person(call, pool, username, [&](store::Transaction& tx, Person& person) -> base::Status {
    if (person.status != people::Status::force_change_password)
      return base::conflict("Resend not possible. " + username + " status is not FORCE_CHANGE_PASSWORD", "user state");
    if (person.attribute("email").empty()) return wrong_parameter("The user has no email to send it to.");
    set_password(person, proofs, person.status, temporary_end(pool, call.now()), call.now());
    out = person;
    return invite(call, tx, pool, person, password, wanted.invitation);
  }));
  return out;
}

}  // namespace

base::Result<Person> admin_create_person(Call& call, const NewPerson& wanted) {
  WEIR_TRY(auto pool, asked(call, "AdminCreateUser", {wanted.pool, wanted.username}));
  WEIR_CHECK_OK(check_username(wanted.username));
  WEIR_CHECK_OK(check_attributes(pool, wanted.attributes));
  if (wanted.invitation == Invitation::resend) return invite_again(call, pool, wanted);
  return create_anew(call, pool, wanted);
}

base::Result<Person> admin_get_person(Call& call, const PersonName& name) {
  WEIR_TRY(auto pool, asked(call, "AdminGetUser", name));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return existing_person(*tx, pool, name.username);
}

base::Status admin_delete_person(Call& call, const PersonName& name) {
  WEIR_TRY(auto pool, asked(call, "AdminDeleteUser", name));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto person, existing_person(tx, pool, name.username));
    return PersonRecords(tx).erase(person);
  });
}

base::Status admin_set_enabled(Call& call, const PersonName& name, bool enabled) {
  WEIR_TRY(auto pool, asked(call, enabled ? "AdminEnableUser" : "AdminDisableUser", name));
  return change_person(call, pool, name.username, [&](store::Transaction& tx, Person& person) -> base::Status {
    person.enabled = enabled;
    ++person.turn;
    return enabled ? base::Status() : end_sign_ins(tx, person);
  });
}

base::Status admin_set_password(Call& call, const PersonName& name, const base::Secret& password, bool permanent) {
  WEIR_TRY(auto pool, asked(call, "AdminSetUserPassword", name));
  WEIR_TRY(auto proofs, make_password_proofs(call.lake(), pool, pool.folded(name.username), password));
  auto status = permanent ? people::Status::confirmed : people::Status::force_change_password;
  auto until = permanent ? std::nullopt : temporary_end(pool, call.now());
  return change_person(call, pool, name.username, [&](store::Transaction& tx, Person& person) -> base::Status {
    set_password(person, proofs, status, until, call.now());
    return end_sign_ins(tx, person);
  });
}

base::Status admin_reset_password(Call& call, const PersonName& name) {
  WEIR_TRY(auto pool, asked(call, "AdminResetUserPassword", name));
  return change_person(call, pool, name.username, [&](store::Transaction& tx, Person& person) -> base::Status {
    if (person.verified_email().empty())
      return wrong_parameter("Cannot reset password for the user as there is no verified email");
    person.status = people::Status::reset_required;
    person.temporary_until.reset();
    ++person.turn;
    WEIR_CHECK_OK(mail_fresh_code(call, tx, pool, person));
    return end_sign_ins(tx, person);
  });
}

base::Status admin_update_attributes(Call& call, const PersonName& name, const people::Attributes& attributes) {
  WEIR_TRY(auto pool, asked(call, "AdminUpdateUserAttributes", name));
  WEIR_CHECK_OK(check_attributes(pool, attributes));
  return change_person(call, pool, name.username, [&](store::Transaction&, Person& person) -> base::Status {
    for (const auto& [attribute, value] : attributes)
      if (!attribute.ends_with("_verified") && person.attribute(attribute) != value)
        set_own_attribute(person, attribute, value);
    for (const auto& [attribute, value] : attributes)
      if (attribute.ends_with("_verified")) person.attributes[attribute] = value;
    return {};
  });
}

base::Status admin_sign_out(Call& call, const PersonName& name) {
  WEIR_TRY(auto pool, asked(call, "AdminUserGlobalSignOut", name));
  return change_person(call, pool, name.username,
                       [](store::Transaction& tx, Person& person) { return end_sign_ins(tx, person); });
}

base::Result<people::Page<Person>> list_people(Call& call, const PeopleWanted& wanted) {
  WEIR_TRY(auto filter, people::PersonFilter::parse(wanted.filter));
  WEIR_TRY(auto pool, authorized_pool(call, "cognito-idp:ListUsers", wanted.pool));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return PersonRecords(*tx).list(pool.id, wanted.page, [&](const Person& person) { return filter.matches(person); });
}

}  // namespace weir::app
