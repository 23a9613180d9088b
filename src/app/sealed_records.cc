#include "app/sealed_records.h"

#include <functional>

#include "app/events/connection_credentials.h"
#include "app/functions/registered_functions.h"
#include "app/notifications/channels.h"
#include "app/people/sign_in_providers.h"
#include "base/log.h"
#include "events/keys.h"
#include "functions/function_records.h"
#include "store/record_access.h"

namespace weir::app {
namespace {

constexpr size_t kRecordsAtOnce = 200;

template <base::Record T>
base::Result<bool> seal_entry_anew(store::Transaction& tx, const store::Entry& entry, const identity::KeyRing& ring,
                                   base::Randomness& randomness) {
  auto record = base::decode_record<T>(entry.value);
  auto changed = record.ok() ? seal_anew(*record, ring, randomness) : base::Result<bool>(record.error());
  if (!changed) {
    base::log_error("keys.record_does_not_open", {{"reason", changed.error().log}});
    return false;
  }
  if (*changed) WEIR_CHECK_OK(store::save(tx, entry.key, *record));
  return *changed;
}

using Change = std::function<base::Result<bool>(store::Transaction&, const store::Entry&)>;

// A page in a transaction; the range is then what is left, and empty at the end.
base::Result<size_t> change_page(store::Transaction& tx, store::Range& range, const Change& change) {
  size_t done = 0;
  WEIR_TRY(auto entries, tx.scan(range, kRecordsAtOnce));
  for (const auto& entry : entries) {
    WEIR_TRY(bool changed, change(tx, entry));
    done += changed;
  }
  range.first = entries.size() < kRecordsAtOnce ? range.last : entries.back().key + '\0';
  return done;
}

base::Result<size_t> change_all(store::Store& store, const std::string& prefix, const Change& change) {
  size_t total = 0;
  for (auto range = store::prefix_range(prefix); range.first != range.last;) {
    size_t done = 0;
    auto rest = range;
    WEIR_CHECK_OK(store::write(store, [&](store::Transaction& tx) -> base::Status {
      rest = range;
      WEIR_TRY(done, change_page(tx, rest, change));
      return {};
    }));
    total += done;
    range = rest;
  }
  return total;
}

template <base::Record T>
base::Result<size_t> seal_all_anew(store::Store& store, const std::string& prefix, const identity::KeyRing& ring,
                                   base::Randomness& randomness) {
  return change_all(store, prefix, [&](store::Transaction& tx, const store::Entry& entry) {
    return seal_entry_anew<T>(tx, entry, ring, randomness);
  });
}

// The next call of a connection fetches another.
base::Result<size_t> drop_older_tokens(store::Store& store, const identity::KeyRing& ring) {
  auto drop = [&](store::Transaction& tx, const store::Entry& entry) -> base::Result<bool> {
    auto held = base::decode_record<events::HeldToken>(entry.value);
    if (held.ok() && identity::is_sealed_with_active(ring, held->sealed)) return false;
    WEIR_CHECK_OK(tx.erase(entry.key));
    return true;
  };
  return change_all(store, events::keys::tokens(), drop);
}

}  // namespace

base::Result<size_t> seal_records_anew(store::Store& store, const identity::KeyRing& ring,
                                       base::Randomness& randomness) {
  WEIR_TRY(auto functions, seal_all_anew<functions::Function>(store, functions::every_function(), ring, randomness));
  WEIR_TRY(auto channels, seal_all_anew<events::Channel>(store, events::keys::channels(), ring, randomness));
  WEIR_TRY(auto connections, seal_all_anew<events::Connection>(store, events::keys::connections(), ring, randomness));
  WEIR_TRY(auto providers,
           seal_all_anew<people::SignInProvider>(store, people::every_sign_in_provider(), ring, randomness));
  WEIR_CHECK_OK(drop_older_tokens(store, ring));
  return functions + channels + connections + providers;
}

}  // namespace weir::app
