// A long-term access key of a user or of an account's root.
//
// INVARIANT: the secret is in the store only in sealed form (key_ring.h), bound to this key id, so a
// sealed secret moved to another record does not open.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/record.h"
#include "names/arn.h"

namespace weir::identity {

enum class KeyStatus { active, inactive };
base::Json to_json(KeyStatus status);
base::Status from_json(const base::Json& json, KeyStatus& status);
std::string_view to_string(KeyStatus status);  // Active, Inactive
base::Result<KeyStatus> parse_key_status(std::string_view text);

struct AccessKey {
  std::string id;
  names::AccountId account;
  std::string owner_id;  // the user's unique id; the account id for root
  KeyStatus status = KeyStatus::active;
  base::Instant created{};
  std::string sealed_secret;  // base64

  bool is_root() const { return owner_id == account.text(); }
};
WEIR_RECORD(AccessKey, FIELD("Id", &AccessKey::id), FIELD("Account", &AccessKey::account),
            FIELD("Owner", &AccessKey::owner_id), FIELD("Status", &AccessKey::status),
            FIELD("Created", &AccessKey::created), FIELD("Secret", &AccessKey::sealed_secret))

// When, where and for what a key was last used. Kept apart from the key: it changes all the time.
struct AccessKeyUse {
  base::Instant at{};
  std::string service;
  std::string region;
};
WEIR_RECORD(AccessKeyUse, FIELD("At", &AccessKeyUse::at), FIELD("Service", &AccessKeyUse::service),
            FIELD("Region", &AccessKeyUse::region))

}  // namespace weir::identity
