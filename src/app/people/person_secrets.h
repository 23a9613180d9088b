// What opens the door for a person: their password, held as an SRP verifier and as a hash, and the code of a device.
//
// Invariants:
//  1. The salt of a name is the same before there is such a person, while there is, and after.
//  2. Whoever is not there has a password, too, that nobody knows: the same work is done for them.
//
// Threads: any.
#pragma once
#include <optional>
#include <string>

#include "app/people/pool_keys.h"
#include "people/person.h"
#include "people/srp.h"

namespace weir::app {

people::SrpIdentity srp_identity(const people::UserPool& pool, const std::string& username);
base::Result<std::string> salt_of(const Lake& lake, const people::UserPool& pool, const std::string& username);
// `person`: none when nobody has that name.
base::Result<base::Secret> verifier_of(const Lake& lake, const people::UserPool& pool, const std::string& username,
                                       const std::optional<people::Person>& person);

// Whether that is the password of the person; false when there is none, after the same work.
base::Result<bool> knows_password(Lake& lake, const std::optional<people::Person>& person,
                                  const base::Secret& password);

// What a new password leaves in a record.
struct PasswordProofs {
  std::string sealed_verifier;
  std::string hash;
};
// The pool's rules, then the work. Not to be done within a transaction.
base::Result<PasswordProofs> make_password_proofs(Lake& lake, const people::UserPool& pool, const std::string& username,
                                                  const base::Secret& password);
void set_password(people::Person& person, const PasswordProofs& proofs, people::Status status,
                  std::optional<base::Instant> temporary_until, base::Instant now);

// What refresh tokens are tagged with.
base::Result<base::Secret> refresh_key(const Lake& lake, const people::UserPool& pool);

// A mailed code, as it is kept: of the address that the person has, and of no other.
base::Result<std::string> mailed_code_hash(const Lake& lake, const people::UserPool& pool, const people::Person& person,
                                           const std::string& code);

std::string seal_device(Lake& lake, const people::UserPool& pool, const people::Person& person,
                        const base::Secret& secret);
base::Result<base::Secret> open_device(const Lake& lake, const people::UserPool& pool, const people::Person& person,
                                       const people::Device& device);

}  // namespace weir::app
