#include "app/approvals/approval_links.h"

#include <algorithm>

#include "app/public_url.h"
#include "base/hash.h"
#include "base/text.h"

namespace weir::app {

using approvals::ApprovalRecords;
using approvals::LinkKey;

namespace {

constexpr size_t kKeyBytes = 32, kKeyIdBytes = 4, kNonceBytes = 16;
// Longer than any link holds.
constexpr base::Seconds kKeyKept{400LL * 24 * 3600};

struct SealedLinkKey {
  std::string id;
  base::Instant made{};
  std::string sealed;
};
WEIR_RECORD(SealedLinkKey, FIELD("Id", &SealedLinkKey::id), FIELD("Made", &SealedLinkKey::made),
            FIELD("Sealed", &SealedLinkKey::sealed))

struct LinkKeys {
  std::vector<SealedLinkKey> keys;  // the newest is in force
};
WEIR_RECORD(LinkKeys, FIELD("Keys", &LinkKeys::keys))

std::string purpose_of(std::string_view id) { return "approval-links/" + std::string(id); }

base::Result<LinkKeys> load_keys(store::Transaction& tx) {
  WEIR_TRY(auto keys, store::load<LinkKeys>(tx, approvals::keys::link_keys()));
  return keys.value_or(LinkKeys{});
}

base::Result<LinkKey> open(const identity::KeyRing& ring, const SealedLinkKey& key) {
  WEIR_TRY(auto bytes, identity::open_secret(ring, purpose_of(key.id), key.sealed));
  return LinkKey{key.id, std::move(bytes)};
}

SealedLinkKey make_key(const identity::KeyRing& ring, base::Instant now, base::Randomness& randomness) {
  SealedLinkKey key{base::hex(randomness.bytes(kKeyIdBytes)), now, {}};
  key.sealed = identity::seal_secret(ring, purpose_of(key.id), base::Secret(randomness.bytes(kKeyBytes)), randomness);
  return key;
}

base::Result<bool> is_link_of_ours(Lake& lake, store::Transaction& tx, const approvals::Link& link) {
  WEIR_TRY(auto keys, load_keys(tx));
  auto found = std::ranges::find(keys.keys, link.key_id, &SealedLinkKey::id);
  if (found == keys.keys.end()) return false;
  WEIR_TRY(auto key, open(lake.keys, *found));
  return approvals::is_signed_with(link, key);
}

base::Error forged() { return base::denied("This link was not made here, or not for this.", "token"); }

LinkMatter::Standing standing_of(const approvals::Approval& approval, const approvals::HeldLink& held,
                                 base::Instant now) {
  if (!approval.is_open()) return LinkMatter::Standing::over;
  if (held.used) return LinkMatter::Standing::used;
  return held.expires <= now ? LinkMatter::Standing::expired : LinkMatter::Standing::good;
}

}  // namespace

base::Status settle_link_keys(store::Transaction& tx, const identity::KeyRing& ring, base::Instant now,
                              base::Randomness& randomness) {
  WEIR_TRY(auto keys, load_keys(tx));
  if (!keys.keys.empty() && identity::is_sealed_with_active(ring, keys.keys.back().sealed)) return {};
  // A key signs until the next one is made: from then on its links run out.
  while (keys.keys.size() > 1 && keys.keys[1].made + kKeyKept < now) keys.keys.erase(keys.keys.begin());
  for (auto& key : keys.keys) {
    WEIR_TRY(auto opened, open(ring, key));
    key.sealed = identity::seal_secret(ring, purpose_of(key.id), opened.bytes, randomness);
  }
  keys.keys.push_back(make_key(ring, now, randomness));
  return store::save(tx, approvals::keys::link_keys(), keys);
}

base::Result<base::Secret> issue_link(Lake& lake, store::Transaction& tx, const approvals::Approval& approval,
                                      const std::string& recipient) {
  WEIR_CHECK_OK(settle_link_keys(tx, lake.keys, lake.clock.now(), lake.randomness));
  WEIR_TRY(auto keys, load_keys(tx));
  WEIR_TRY(auto key, open(lake.keys, keys.keys.back()));
  auto token = approvals::sign_link(key, {approval.id, approvals::recipient_hash(approval.id, recipient),
                                          approval.expires_at, base::base64url(lake.randomness.bytes(kNonceBytes))});
  approvals::HeldLink held{approval.id, recipient, approval.expires_at};
  WEIR_CHECK_OK(ApprovalRecords(tx).hold_link(approvals::link_hash(token.reveal()), held));
  return token;
}

std::string link_url(const Lake& lake, std::string_view action, const base::Secret& token) {
  auto base = lake.public_url ? lake.public_url->get() : std::string();
  return base + std::string(kUpdateStatePath) + "?action=" + std::string(action) +
         "&token=" + base::uri_encode(token.reveal());
}

base::Result<LinkMatter> read_link(Lake& lake, store::Transaction& tx, std::string_view token, base::Instant now) {
  WEIR_TRY(auto link, approvals::parse_link(token));
  WEIR_TRY(bool ours, is_link_of_ours(lake, tx, link));
  if (!ours) return forged();
  ApprovalRecords records(tx);
  WEIR_TRY(auto approval, records.find(link.claims.approval));
  if (!approval) return forged();
  LinkMatter matter;
  matter.approval = std::move(*approval);
  WEIR_TRY(matter.decisions, records.decisions(matter.approval));
  matter.hash = approvals::link_hash(token);
  if (!matter.approval.is_open()) return matter;
  WEIR_TRY(auto held, records.find_link(matter.hash));
  bool bound = held && held->approval == matter.approval.id &&
               link.claims.recipient == approvals::recipient_hash(held->approval, held->recipient);
  if (!bound) return forged();
  matter.recipient = held->recipient;
  matter.standing = standing_of(matter.approval, *held, now);
  return matter;
}

}  // namespace weir::app
