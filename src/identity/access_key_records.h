// Long-term access keys. The secret is told once, when the key is made; the store has it sealed.
#pragma once
#include "identity/access_key.h"
#include "identity/key_ring.h"
#include "identity/records.h"

namespace weir::identity {

inline constexpr size_t kKeysPerOwnerMax = 2;

struct MadeKey {
  AccessKey key;
  base::Secret secret;
};

// What the seal of a key's secret is bound to.
std::string access_key_purpose(const AccessKey& key);

class AccessKeyRecords {
 public:
  AccessKeyRecords(store::Transaction& tx, names::AccountId account) : tx_(tx), account_(std::move(account)) {}

  // `owner_id`: a user's unique id, or the account's own id for root.
  base::Result<MadeKey> create(const std::string& owner_id, const KeyRing& ring, base::Instant now,
                               base::Randomness& randomness);
  // A key whose id and secret somebody brings: the first key of a deployment, kept in its configuration.
  base::Result<AccessKey> adopt(std::string id, const base::Secret& secret, const std::string& owner_id,
                                const KeyRing& ring, base::Instant now, base::Randomness& randomness);
  base::Result<std::vector<AccessKey>> list(std::string_view owner_id);
  // not_found also when the key is somebody else's.
  base::Result<AccessKey> get(std::string_view owner_id, std::string_view id);
  base::Status set_status(std::string_view owner_id, std::string_view id, KeyStatus status);
  base::Status erase(std::string_view owner_id, std::string_view id);

 private:
  base::Status check_room(std::string_view owner_id);
  base::Result<AccessKey> insert(std::string id, const base::Secret& secret, const std::string& owner_id,
                                 const KeyRing& ring, base::Instant now, base::Randomness& randomness);

  store::Transaction& tx_;
  names::AccountId account_;
};

// Of any account: whose key is this (GetAccessKeyLastUsed).
base::Result<AccessKey> find_access_key(store::Transaction& tx, std::string_view id);
base::Status note_use(store::Transaction& tx, std::string_view id, const AccessKeyUse& use);
base::Result<std::optional<AccessKeyUse>> last_use(store::Transaction& tx, std::string_view id);

// Seals with the ring's active key what another key sealed, up to `limit` secrets; the number done.
// When it answers 0 the older storage keys may retire.
base::Result<size_t> seal_access_keys_anew(store::Transaction& tx, const KeyRing& ring, size_t limit,
                                           base::Randomness& randomness);

}  // namespace weir::identity
