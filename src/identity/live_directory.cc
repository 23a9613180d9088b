#include "identity/live_directory.h"

#include "identity/record_keys.h"

namespace weir::identity {
namespace {
constexpr size_t kLoadPiece = 4096;
}

base::Result<Directory> load_directory(store::Transaction& tx) {
  Directory directory;
  auto range = store::prefix_range(keys::everything());
  for (;;) {
    WEIR_TRY(auto entries, tx.scan(range, kLoadPiece));
    for (auto& entry : entries) directory.apply(entry.key, entry.value);
    if (entries.size() < kLoadPiece) return directory;
    range.first = entries.back().key + '\0';
  }
}

void LiveDirectory::State::hear(std::span<const store::Change> changes) {
  std::lock_guard lock(mutex);
  if (!loaded) return void(pending.insert(pending.end(), changes.begin(), changes.end()));
  auto next = std::make_shared<Directory>(*current.load());
  for (auto& change : changes) next->apply(change.key, change.value);
  current.store(std::move(next));
}

// What was heard while loading may be older than what was loaded, but then what is newer was heard as
// well, and comes after it: applying all of it again ends where the store is.
void LiveDirectory::State::publish(std::shared_ptr<const Directory> loaded_directory) {
  std::lock_guard lock(mutex);
  auto next = std::make_shared<Directory>(*loaded_directory);
  for (auto& change : pending) next->apply(change.key, change.value);
  pending.clear();
  loaded = true;
  current.store(std::move(next));
}

base::Result<std::unique_ptr<LiveDirectory>> LiveDirectory::open(store::Store& store) {
  auto state = std::make_shared<State>();
  store.watch(keys::everything(), [state](std::span<const store::Change> changes) { state->hear(changes); });
  WEIR_TRY(auto tx, store.begin(store::Mode::read));
  WEIR_TRY(auto directory, load_directory(*tx));
  state->publish(std::make_shared<const Directory>(std::move(directory)));
  return std::unique_ptr<LiveDirectory>(new LiveDirectory(std::move(state)));
}

}  // namespace weir::identity
