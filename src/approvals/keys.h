// Where approvals lie in the store. All under "approval":
//
//   approval item ID                        Approval
//   approval decision ID NUMBER             Decision
//   approval of ACCOUNT TIME ID             index: all of an account, the newest first
//   approval state ACCOUNT STATE TIME ID    index: the same by state
//   approval request ACCOUNT REQUEST TIME ID  index: of one access request
//   approval open-for APPROVER TIME ID      index: open ones, by each approver that is a principal
//   approval open-for-address ACCOUNT ADDRESS TIME ID  index: open ones, by each mail address among the approvers
//   approval key ACCOUNT KEY                index: the id under a key
//   approval task EXECUTION TASK            index: the id for a task that waits
//   approval link HASH                      HeldLink
//   approval link-of ID HASH                index: the links of an approval
//   approval link-keys                      the keys that links are signed with, sealed
//
// An index is written with what it indexes.
//
// Threads: pure functions.
#pragma once
#include <string>
#include <string_view>

#include "approvals/approval.h"
#include "base/text.h"
#include "store/key.h"

namespace weir::approvals::keys {

inline std::string item(std::string_view id) { return store::key("approval", "item", id); }
inline std::string decisions(std::string_view id) { return store::key("approval", "decision", id); }
inline std::string decision(std::string_view id, int64_t number) {
  return store::KeyBuilder(decisions(id)).integer(number).take();
}

// The newest comes first.
inline std::string timed(std::string prefix, const Approval& approval) {
  return store::KeyBuilder(std::move(prefix))
      .integer(-approval.opened_at.time_since_epoch().count())
      .text(approval.id)
      .take();
}
inline std::string of(std::string_view account) { return store::key("approval", "of", account); }
inline std::string in_state(std::string_view account, ApprovalState state) {
  return store::key("approval", "state", account, to_string(state));
}
inline std::string of_request(std::string_view account, std::string_view request) {
  return store::key("approval", "request", account, request);
}
inline std::string open_for(std::string_view approver) { return store::key("approval", "open-for", approver); }
inline std::string open_for_address(std::string_view account, std::string_view address) {
  return store::key("approval", "open-for-address", account, base::to_lower(address));
}

inline std::string key(std::string_view account, std::string_view key) {
  return store::key("approval", "key", account, key);
}
inline std::string task(const Waiting& waiting) {
  return store::KeyBuilder(store::key("approval", "task", waiting.execution)).integer(waiting.task).take();
}
inline std::string link(std::string_view hash) { return store::key("approval", "link", hash); }
inline std::string links_of(std::string_view id) { return store::key("approval", "link-of", id); }
inline std::string link_of(std::string_view id, std::string_view hash) {
  return store::key("approval", "link-of", id, hash);
}
inline std::string link_keys() { return store::key("approval", "link-keys"); }

}  // namespace weir::approvals::keys
