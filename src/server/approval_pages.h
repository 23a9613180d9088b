// What the links of approvals lead to:
//
//   GET  /workflow/update-state?action=approve|deny&token=...   shows what it is about, and a form
//   POST the same                                               decides
//   POST /workflow/tickets/APPROVAL                             decides for a ticket system (app/approvals/approval_tickets.h)
//
// Invariants:
//  1. Nothing is decided by a GET or a HEAD: programs that look into mails follow links, too. Only a token that is not
//     one of ours does what the data sharing sample does, where the operator wants that (legacy_one_click).
//  2. Whatever came with the request, and whatever others wrote, is shown as text. Tokens are neither logged nor kept.
//  3. A peer and a token are heard so often in a minute and no more.
//
// Answers: 200; 400 for what is malformed, 403 for forged links and people who may not, 409 when it was decided, 410
// when it is too late, 429 for too many.
//
// Threads: any.
#pragma once
#include <memory>

#include "app/lake.h"
#include "net/http.h"
#include "server/request_limit.h"

namespace weir::server {

class ApprovalPages {
 public:
  ApprovalPages(app::Lake& lake, bool legacy_one_click) : lake_(lake), legacy_one_click_(legacy_one_click) {}

  static bool serve(std::string_view path);
  std::unique_ptr<net::Exchange> open(net::RequestHead head);

 private:
  friend class ApprovalPage;
  app::Lake& lake_;
  const bool legacy_one_click_;
  RequestLimit by_peer_{600};
  RequestLimit by_token_{30};
};

}  // namespace weir::server
