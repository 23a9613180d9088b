// Who is called when something is due: the one list, by the kind it is scheduled under.
//
// Threads: made before the first call, immutable after.
#pragma once
#include "app/due_work.h"

namespace weir::server {

inline app::DueHandlers due_crew() {
  app::DueHandlers crew;
  return crew;
}

}  // namespace weir::server
