// Removes bodies that no index entry names: what a crash between a file and its commit left behind,
// and files whose removal a crash cut short.
#pragma once
#include <stop_token>

#include "backends/filesystem/body_files.h"
#include "store/store.h"

namespace weir::backends {

// Files of earlier runs only: an earlier run's file that the snapshot does not name will never be named
// again, while this run's may be about to be. `snapshot` is from before the backend served anything, so no
// reader can hold a file that it does not name. Answers how many were removed.
base::Result<size_t> collect_garbage(store::Transaction& snapshot, const BodyFiles& files, const std::stop_token& stop);

}  // namespace weir::backends
