#include "app/people/person_secrets.h"

#include "base/hash.h"
#include "base/text.h"

namespace weir::app {
namespace {

std::string verifier_purpose(const std::string& username) { return "verifier/" + username; }
std::string device_purpose(const people::Person& person) { return "device/" + person.sub; }

base::Result<base::Secret> derived(const Lake& lake, const people::UserPool& pool, std::string_view what,
                                   const std::string& name) {
  WEIR_TRY(auto salting, pool_salting(lake, pool));
  return base::Secret(base::hmac_sha256(salting.reveal(), std::string(what) + "/" + name));
}

// Held against when nobody is there: of a password that was thrown away.
base::Result<std::string> nobodys_hash(Lake& lake) {
  static const auto kHash = people::hash_password(base::Secret(lake.randomness.bytes(32)), lake.randomness);
  return kHash;
}

}  // namespace

people::SrpIdentity srp_identity(const people::UserPool& pool, const std::string& username) {
  return {std::string(people::name_part(pool.id)), username};
}

base::Result<std::string> salt_of(const Lake& lake, const people::UserPool& pool, const std::string& username) {
  WEIR_TRY(auto bytes, derived(lake, pool, "salt", username));
  return people::srp_salt(std::string_view(bytes.reveal()).substr(0, people::kSrpSaltBytes));
}

base::Result<base::Secret> verifier_of(const Lake& lake, const people::UserPool& pool, const std::string& username,
                                       const std::optional<people::Person>& person) {
  WEIR_TRY(auto nobodys, derived(lake, pool, "nobody", username));
  WEIR_TRY(auto salt, salt_of(lake, pool, username));
  WEIR_TRY(auto decoy, people::srp_verifier(srp_identity(pool, username), salt, nobodys));
  if (!person) return decoy;
  return open_of_pool(lake, pool, verifier_purpose(username), person->sealed_verifier);
}

base::Result<bool> knows_password(Lake& lake, const std::optional<people::Person>& person,
                                  const base::Secret& password) {
  if (password.reveal().size() > people::kPasswordBytesMax) return false;
  if (person) return people::password_matches(person->password_hash, password);
  WEIR_TRY(auto hash, nobodys_hash(lake));
  static_cast<void>(people::password_matches(hash, password));  // for the time it takes
  return false;
}

base::Result<PasswordProofs> make_password_proofs(Lake& lake, const people::UserPool& pool, const std::string& username,
                                                  const base::Secret& password) {
  WEIR_CHECK_OK(people::check_password(pool.passwords, password));
  WEIR_TRY(auto salt, salt_of(lake, pool, username));
  WEIR_TRY(auto verifier, people::srp_verifier(srp_identity(pool, username), salt, password));
  PasswordProofs out;
  out.sealed_verifier = seal_for_pool(lake, pool, verifier_purpose(username), verifier);
  WEIR_TRY(out.hash, people::hash_password(password, lake.randomness));
  return out;
}

void set_password(people::Person& person, const PasswordProofs& proofs, people::Status status,
                  std::optional<base::Instant> temporary_until, base::Instant now) {
  person.sealed_verifier = proofs.sealed_verifier;
  person.password_hash = proofs.hash;
  person.status = status;
  person.temporary_until = temporary_until;
  person.reset.reset();
  person.changed = now;
  ++person.turn;
}

base::Result<base::Secret> refresh_key(const Lake& lake, const people::UserPool& pool) {
  return derived(lake, pool, "refresh", pool.id);
}

base::Result<std::string> mailed_code_hash(const Lake& lake, const people::UserPool& pool, const people::Person& person,
                                           const std::string& code) {
  WEIR_TRY(auto hash, derived(lake, pool, "code/" + person.sub + "/" + person.attribute("email"), code));
  return base::hex(hash.reveal());
}

std::string seal_device(Lake& lake, const people::UserPool& pool, const people::Person& person,
                        const base::Secret& secret) {
  return seal_for_pool(lake, pool, device_purpose(person), secret);
}

base::Result<base::Secret> open_device(const Lake& lake, const people::UserPool& pool, const people::Person& person,
                                       const people::Device& device) {
  return open_of_pool(lake, pool, device_purpose(person), device.sealed);
}

}  // namespace weir::app
