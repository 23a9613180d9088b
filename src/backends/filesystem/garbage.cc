#include "backends/filesystem/garbage.h"

#include "backends/filesystem/records.h"

namespace weir::backends {
namespace {

base::Result<size_t> collect_shard(store::Transaction& snapshot, const BodyFiles& files, int shard) {
  size_t removed = 0;
  WEIR_TRY(auto names, files.names(shard));
  for (auto& name : names) {
    if (files.made_by_this_run(name)) continue;
    WEIR_TRY(auto named, snapshot.get(file_key(name)));
    if (named) continue;
    files.remove(name);
    ++removed;
  }
  return removed;
}

}  // namespace

base::Result<size_t> collect_garbage(store::Transaction& snapshot, const BodyFiles& files,
                                     const std::stop_token& stop) {
  size_t removed = 0;
  for (int shard = 0; shard < BodyFiles::kShards && !stop.stop_requested(); ++shard) {
    WEIR_TRY(auto n, collect_shard(snapshot, files, shard));
    removed += n;
  }
  return removed;
}

}  // namespace weir::backends
