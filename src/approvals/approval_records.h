// Approvals in the store: opened, decided, ended, listed.
//
// Invariants:
//  1. Every change is one call, with its indexes.
//  2. Links go when their approval ends: what the token itself says is enough to tell that it is over.
//
// Errors: not_found about "approval"; already_exists about "approval" for the key of one that is open.
//
// Threads: as the transaction.
#pragma once
#include "approvals/approval.h"
#include "approvals/keys.h"
#include "store/record_access.h"

namespace weir::approvals {

// A token that was sent, by its hash.
struct HeldLink {
  std::string approval;
  std::string recipient;  // a mail address or channel:NAME, in the spelling it was sent to
  base::Instant expires{};
  bool used = false;
};
WEIR_RECORD(HeldLink, FIELD("Approval", &HeldLink::approval), FIELD("Recipient", &HeldLink::recipient),
            FIELD("Expires", &HeldLink::expires), FIELD("Used", &HeldLink::used))

// A page of a list; `next` is the key to go on from, empty at the end.
struct ApprovalPage {
  std::vector<Approval> items;
  std::string next;
};

class ApprovalRecords {
 public:
  explicit ApprovalRecords(store::Transaction& tx) : tx_(tx) {}

  base::Result<std::optional<Approval>> find(std::string_view id);
  base::Result<Approval> get(std::string_view id);
  base::Result<std::optional<Approval>> find_by_key(std::string_view account, std::string_view key);
  base::Result<std::optional<Approval>> find_by_task(const Waiting& waiting);

  base::Status add(const Approval& approval);
  // `before` as it is in the store.
  base::Status change(const Approval& before, const Approval& after);

  base::Result<std::vector<Decision>> decisions(const Approval& approval);
  // Under the number approval.decisions, which the caller counts up.
  base::Status add_decision(const Approval& approval, const Decision& decision);

  base::Status hold_link(const std::string& hash, const HeldLink& link);
  base::Result<std::optional<HeldLink>> find_link(std::string_view hash);
  base::Status use_link(const std::string& hash, HeldLink link);

  // Under `prefix` from the key `from` on, or from the begin.
  base::Result<ApprovalPage> list(const std::string& prefix, const std::string& from, size_t limit);

 private:
  base::Status index(const Approval& approval, bool present);
  base::Status index_open(const Approval& approval, bool present);
  base::Status put_index(const std::string& key, const Approval& approval, bool present);
  base::Status erase_links(const std::string& id);
  base::Result<std::optional<Approval>> find_by_index(const std::string& key);

  store::Transaction& tx_;
};

// What an approver of a list of open approvals is looked for by: addresses and channels are not.
bool is_principal(std::string_view approver);
// The name in channel:NAME; empty for whoever is no channel.
std::string channel_named(std::string_view approver);

}  // namespace weir::approvals
