#include "app/approvals/bound_approvers.h"

#include <algorithm>

#include "app/iam/namesakes.h"
#include "approvals/approval_records.h"
#include "identity/ids.h"

namespace weir::app {

using approvals::Approval;
using approvals::BoundPrincipal;

namespace {

const BoundPrincipal* find_bound(const Approval& approval, std::string_view principal) {
  auto found = std::ranges::find(*approval.bound, principal, &BoundPrincipal::arn);
  return found == approval.bound->end() ? nullptr : &*found;
}

}  // namespace

std::vector<BoundPrincipal> bound_principals(const identity::Directory& directory, const Approval& approval) {
  std::vector<BoundPrincipal> out;
  for (const auto* names : {&approval.approvers, &approval.escalate_to, &approval.excluded})
    for (const auto& name : *names) {
      bool known = std::ranges::find(out, name, &BoundPrincipal::arn) != out.end();
      if (known || !approvals::is_principal(name)) continue;
      auto bearer = bearer_of(directory, name);
      out.push_back({name, bearer ? bearer->id : std::string()});
    }
  return out;
}

bool is_meant(const identity::Directory& directory, const Approval& approval, std::string_view principal) {
  auto bearer = bearer_of(directory, principal);
  if (!bearer) return false;
  if (!approval.bound) return bearer->since <= approval.opened_at;
  const auto* bound = find_bound(approval, principal);
  return bound && bound->id == bearer->id;
}

std::string excluded_id(const Approval& approval, std::string_view principal) {
  const auto* bound = approval.bound ? find_bound(approval, principal) : nullptr;
  return bound && identity::is_unique_id(identity::IdKind::user, bound->id) ? bound->id : std::string();
}

std::vector<std::string> absent_approvers(const Call& call, const Approval& approval) {
  std::vector<std::string> out;
  if (!approval.is_open() || call.caller().account() != approval.account) return out;
  for (const auto& approver : approval.approvers) {
    auto arn = names::Arn::parse(approver);
    bool own = approvals::is_principal(approver) && arn.ok() && arn->account == approval.account;
    if (own && !is_meant(call.state().directory, approval, approver)) out.push_back(approver);
  }
  return out;
}

}  // namespace weir::app
