#include "identity/access_key_records.h"

#include <algorithm>

#include "identity/ids.h"

namespace weir::identity {
namespace {

base::Error no_such_key(std::string_view id) {
  return base::not_found("The Access Key with id " + std::string(id) + " cannot be found.", "access key");
}

bool is_key_id(std::string_view id) {
  return id.size() >= 16 && id.size() <= 128 && !is_session_key_id(id) && std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
         });
}

}  // namespace

std::string access_key_purpose(const AccessKey& key) {
  return "access-key/" + key.account.text() + "/" + key.owner_id + "/" + key.id;
}

base::Status AccessKeyRecords::check_room(std::string_view owner_id) {
  WEIR_TRY(auto there, all_under(tx_, keys::owner_keys(account_, owner_id)));
  if (there.size() < kKeysPerOwnerMax) return {};
  return base::fail(base::Kind::limit_exceeded, "Cannot exceed quota for AccessKeysPerUser: 2", "access key");
}

base::Result<AccessKey> AccessKeyRecords::insert(std::string id, const base::Secret& secret,
                                                 const std::string& owner_id, const KeyRing& ring, base::Instant now,
                                                 base::Randomness& randomness) {
  AccessKey key{std::move(id), account_, owner_id, KeyStatus::active, now, {}};
  key.sealed_secret = seal_secret(ring, access_key_purpose(key), secret, randomness);
  WEIR_CHECK_OK(tx_.put(keys::owner_key(account_, owner_id, key.id), key.id));
  WEIR_CHECK_OK(save(tx_, keys::access_key(key.id), key));
  return key;
}

base::Result<MadeKey> AccessKeyRecords::create(const std::string& owner_id, const KeyRing& ring, base::Instant now,
                                               base::Randomness& randomness) {
  WEIR_CHECK_OK(check_room(owner_id));
  for (;;) {
    auto id = new_long_term_key_id(account_, randomness);
    WEIR_TRY(bool taken, exists(tx_, keys::access_key(id)));
    if (taken) continue;
    auto secret = new_secret(randomness);
    WEIR_TRY(auto key, insert(std::move(id), secret, owner_id, ring, now, randomness));
    return MadeKey{std::move(key), std::move(secret)};
  }
}

base::Result<AccessKey> AccessKeyRecords::adopt(std::string id, const base::Secret& secret, const std::string& owner_id,
                                                const KeyRing& ring, base::Instant now, base::Randomness& randomness) {
  if (!is_key_id(id))
    return base::invalid("An access key id has 16 to 128 of A-Z, 0-9 and _, and does not begin with ASIA.",
                         "access key");
  if (secret.reveal().size() < 16)
    return base::invalid("A secret access key has at least 16 characters.", "access key");
  WEIR_CHECK_OK(check_room(owner_id));
  WEIR_TRY(bool taken, exists(tx_, keys::access_key(id)));
  if (taken) return base::already_exists("Access key " + id + " already exists.", "access key");
  return insert(std::move(id), secret, owner_id, ring, now, randomness);
}

base::Result<std::vector<AccessKey>> AccessKeyRecords::list(std::string_view owner_id) {
  WEIR_TRY(auto entries, all_under(tx_, keys::owner_keys(account_, owner_id)));
  std::vector<AccessKey> out;
  for (auto& entry : entries) {
    WEIR_TRY(auto key, find_access_key(tx_, entry.value));
    out.push_back(std::move(key));
  }
  return out;
}

base::Result<AccessKey> AccessKeyRecords::get(std::string_view owner_id, std::string_view id) {
  WEIR_TRY(auto key, find_access_key(tx_, id));
  if (key.account != account_ || key.owner_id != owner_id) return no_such_key(id);
  return key;
}

base::Status AccessKeyRecords::set_status(std::string_view owner_id, std::string_view id, KeyStatus status) {
  WEIR_TRY(auto key, get(owner_id, id));
  key.status = status;
  return save(tx_, keys::access_key(id), key);
}

base::Status AccessKeyRecords::erase(std::string_view owner_id, std::string_view id) {
  WEIR_TRY(auto key, get(owner_id, id));
  WEIR_CHECK_OK(tx_.erase(keys::owner_key(account_, owner_id, id)));
  WEIR_CHECK_OK(tx_.erase(keys::access_key_use(id)));
  return tx_.erase(keys::access_key(id));
}

base::Result<AccessKey> find_access_key(store::Transaction& tx, std::string_view id) {
  WEIR_TRY(auto found, load<AccessKey>(tx, keys::access_key(id)));
  if (!found) return no_such_key(id);
  return std::move(*found);
}

base::Status note_use(store::Transaction& tx, std::string_view id, const AccessKeyUse& use) {
  return save(tx, keys::access_key_use(id), use);
}

base::Result<std::optional<AccessKeyUse>> last_use(store::Transaction& tx, std::string_view id) {
  return load<AccessKeyUse>(tx, keys::access_key_use(id));
}

base::Result<size_t> seal_access_keys_anew(store::Transaction& tx, const KeyRing& ring, size_t limit,
                                           base::Randomness& randomness) {
  size_t done = 0;
  WEIR_TRY(auto entries, all_under(tx, keys::access_keys()));
  for (auto& entry : entries) {
    if (done == limit) break;
    WEIR_TRY(auto key, base::decode_record<AccessKey>(entry.value));
    if (is_sealed_with_active(ring, key.sealed_secret)) continue;
    WEIR_TRY(auto secret, open_secret(ring, access_key_purpose(key), key.sealed_secret));
    key.sealed_secret = seal_secret(ring, access_key_purpose(key), secret, randomness);
    WEIR_CHECK_OK(save(tx, entry.key, key));
    ++done;
  }
  return done;
}

}  // namespace weir::identity
