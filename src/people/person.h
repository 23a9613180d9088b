// Somebody who signs in: what is known of them, and what their proofs are held against.
//
// Invariants:
//  1. A password is here as an SRP verifier, sealed, and as an Argon2id hash; never as itself.
//  2. `turn` grows with every change of what opens the door (password, status, device): what was begun before such a
//     change does not end after it.
//
// Threads: values and pure functions.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/record.h"
#include "base/result.h"

namespace weir::people {

enum class Status { force_change_password, confirmed, reset_required };
std::string_view to_string(Status status);  // "FORCE_CHANGE_PASSWORD"
base::Json to_json(Status status);
base::Status from_json(const base::Json& json, Status& status);

using Attributes = std::map<std::string, std::string>;

// A code that was mailed: only its hash.
struct MailedCode {
  std::string hash;
  base::Instant until{};
};
WEIR_RECORD(MailedCode, FIELD("Hash", &MailedCode::hash), FIELD("Until", &MailedCode::until))

// An authenticator app.
struct Device {
  std::string sealed;
  bool verified = false;  // a code of it has been seen
  bool enabled = false;   // signing in asks for a code
  int64_t used_step = 0;  // of the last code that counted
};
WEIR_RECORD(Device, FIELD("Sealed", &Device::sealed), FIELD("Verified", &Device::verified),
            FIELD("Enabled", &Device::enabled), FIELD("UsedStep", &Device::used_step))

struct Person {
  std::string pool;
  std::string username;
  std::string sub;
  Status status = Status::force_change_password;
  bool enabled = true;
  base::Instant created{};
  base::Instant changed{};
  Attributes attributes;  // without sub
  std::string sealed_verifier;
  std::string password_hash;
  std::optional<base::Instant> temporary_until;  // of a temporary password
  int64_t turn = 0;
  std::map<std::string, std::string> groups;  // name -> id: a group made again is another one
  std::optional<Device> device;
  std::optional<Device> next_device;  // being set up
  std::optional<MailedCode> reset;

  bool asks_for_code() const { return device && device->verified && device->enabled; }
  std::string attribute(const std::string& name) const;
  // An address that somebody showed to be this person's.
  std::string verified_email() const;
};
WEIR_RECORD(Person, FIELD("Pool", &Person::pool), FIELD("Username", &Person::username), FIELD("Sub", &Person::sub),
            FIELD("Status", &Person::status), FIELD("Enabled", &Person::enabled), FIELD("Created", &Person::created),
            FIELD("Changed", &Person::changed), FIELD("Attributes", &Person::attributes),
            FIELD("Verifier", &Person::sealed_verifier), FIELD("PasswordHash", &Person::password_hash),
            FIELD("TemporaryUntil", &Person::temporary_until), FIELD("Turn", &Person::turn),
            FIELD("Groups", &Person::groups), FIELD("Device", &Person::device),
            FIELD("NextDevice", &Person::next_device), FIELD("Reset", &Person::reset))

// A true value of an attribute that says whether another was verified: "true" in any case.
bool is_true(std::string_view text);

}  // namespace weir::people
