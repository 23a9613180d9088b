// The links of approvals: made for one recipient each, proved when they come back.
//
// They are signed with keys of the deployment that are kept sealed. When the storage key has rotated, the next start
// seals them anew and signs with a new one; links that are under way hold as long as they would have.
//
// INVARIANT: the token itself leaves in the mail it was made for and is nowhere else; the store has its hash.
//
// Threads: free functions; a transaction belongs to one thread.
#pragma once
#include <string>
#include <string_view>

#include "app/lake.h"
#include "approvals/approval_records.h"
#include "approvals/link.h"

namespace weir::app {

// At the start, and by issue_link(): there is a key, sealed with the active storage key.
base::Status settle_link_keys(store::Transaction& tx, const identity::KeyRing& ring, base::Instant now,
                              base::Randomness& randomness);

// A token for `recipient`, good until the approval expires.
base::Result<base::Secret> issue_link(Lake& lake, store::Transaction& tx, const approvals::Approval& approval,
                                      const std::string& recipient);

// Where a token leads; `action` is approve or deny.
std::string link_url(const Lake& lake, std::string_view action, const base::Secret& token);

inline constexpr std::string_view kUpdateStatePath = "/workflow/update-state";

// What a link turned out to be about.
struct LinkMatter {
  enum class Standing {
    good,     // may decide
    used,     // this link decided already
    expired,  // its time is over
    over,     // the approval has ended
  };
  Standing standing = Standing::over;
  approvals::Approval approval;
  std::vector<approvals::Decision> decisions;
  std::string recipient;  // when good
  std::string hash;
};

// Kind::invalid about "token" for what is malformed; denied about "token" for what this deployment did not make, or
// made for another approval.
base::Result<LinkMatter> read_link(Lake& lake, store::Transaction& tx, std::string_view token, base::Instant now);

}  // namespace weir::app
