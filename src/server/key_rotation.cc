#include "server/key_rotation.h"

#include <cstdio>
#include <cstdlib>

#include "app/sealed_records.h"
#include "base/log.h"
#include "identity/key_ring_file.h"
#include "identity/sealed_secrets.h"
#include "server/composition.h"
#include "server/directory_lock.h"

namespace weir::server {
namespace {

bool is_of_environment() { return std::getenv(identity::kKeyRingVariable) != nullptr; }

}  // namespace

base::Result<identity::KeyRing> settle_keys(const std::string& data_dir, identity::KeyRing ring, store::Store& store,
                                            base::Instant now, base::Randomness& randomness) {
  if (!ring.has_older(identity::KeyUse::storage)) return ring;
  WEIR_TRY(auto sealed, identity::seal_anew(store, ring, randomness));
  WEIR_TRY(auto records, app::seal_records_anew(store, ring, randomness));
  base::log_info("keys.sealed_anew", {{"secrets", std::to_string(sealed + records)}});
  if (is_of_environment()) return ring;
  WEIR_TRY(bool needed, identity::has_older_seals(store, ring));
  if (needed) return ring;
  auto settled = ring.retire_storage_keys(now);
  WEIR_CHECK_OK(identity::write_key_ring(data_dir + "/keys", settled));
  return settled;
}

base::Status rotate_keys(const std::string& data_dir) {
  if (is_of_environment())
    return base::invalid("the keys are those of WEIR_KEYS: change them where that is kept", "keys");
  WEIR_TRY(auto access, open_for_admin(data_dir));
  WEIR_TRY(auto lock, DirectoryLock::take(data_dir));
  base::SystemRandomness randomness;
  auto now = base::SystemClock().now();
  auto next = access.keys.rotated(identity::KeyUse::session, now, randomness)
                  .rotated(identity::KeyUse::storage, now, randomness);
  // Known before anything is sealed with it: a run that is cut short is finished by the next start.
  WEIR_CHECK_OK(identity::write_key_ring(data_dir + "/keys", next));
  WEIR_TRY(auto settled, settle_keys(data_dir, std::move(next), *access.store, now, randomness));
  std::printf("keys %s and %s are in force; %s\n", settled.active(identity::KeyUse::session).id.c_str(),
              settled.active(identity::KeyUse::storage).id.c_str(),
              settled.has_older(identity::KeyUse::storage) ? "the older storage key stays while it is needed"
                                                           : "everything stored is sealed with the latter");
  return {};
}

}  // namespace weir::server
