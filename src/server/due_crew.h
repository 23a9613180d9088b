// Who is called when something is due: the one list, by the kind it is scheduled under.
//
// Threads: made before the first call, immutable after.
#pragma once
#include "app/approvals/approval_decisions.h"
#include "app/due_work.h"
#include "app/requests/request_watch.h"

namespace weir::server {

inline app::DueHandlers due_crew() {
  app::DueHandlers crew;
  crew.add(std::string(app::kApprovalReminder),
           [](app::Lake& lake, const app::DueItem& item) { return app::remind_approvers(lake, item.id); });
  crew.add(std::string(app::kApprovalExpiry),
           [](app::Lake& lake, const app::DueItem& item) { return app::expire_approval(lake, item.id); });
  app::add_request_handlers(crew);
  return crew;
}

}  // namespace weir::server
