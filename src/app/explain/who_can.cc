#include "app/explain/who_can.h"

#include <algorithm>

#include "app/explain/access_question.h"
#include "app/explain/asked_principal.h"
#include "permissions/gathering.h"

namespace weir::app {
namespace {

using permissions::Because;
using permissions::Ground;
using permissions::Privilege;

struct Asking {
  Call& call;
  const WhoCanRequest& request;
  Privilege privilege;
  Subject subject;
  const permissions::Snapshot& snapshot;
};

bool counts(const Because& because) {
  return because.ground != Ground::set_aside && because.ground != Ground::other_account;
}

// Whoever is able only as one of everybody is a member of that group's entry and has none of its own.
bool only_as_everybody(const std::string& principal, const permissions::Decision& decision) {
  if (is_group_of_everybody(principal)) return false;
  return std::all_of(decision.because.begin(), decision.because.end(),
                     [](const auto& because) { return !counts(because) || is_group_of_everybody(because.principal); });
}

void add_view(const permissions::TableView& view, Able& able) {
  for (const auto& column : view.columns) {
    able.columns.push_back(column.name);
    if (view.masks(column)) able.masked_columns.push_back(column.name);
  }
  able.all_columns = view.all_columns;
  if (view.columns.empty()) return;
  able.rows = view.all_rows ? "all" : view.row_filter ? catalog::to_text(*view.row_filter) : "none";
}

permissions::GateText ask_iam(const Asking& asking, const identity::Principal& principal) {
  return iam_gate(asking.call, principal, asking.subject.action, asking.subject.arn, asking.request.catalog);
}

void add_members(const Asking& asking, Able& able) {
  able.is_group = true;
  able.iam_says = "asked of each member";
  std::vector<std::string> arns;
  asking.call.state().directory.each_user_and_role([&](const std::string& arn, const std::string& account) {
    if (account == asking.request.catalog) arns.push_back(arn);
  });
  std::sort(arns.begin(), arns.end());
  able.members_complete = arns.size() <= kGroupMembersMax;
  arns.resize(std::min(arns.size(), kGroupMembersMax));
  for (auto& arn : arns) {
    auto principal = principal_of(asking.call, arn);
    if (principal && ask_iam(asking, **principal).allowed) able.members.push_back(std::move(arn));
  }
}

void add_iam(const Asking& asking, Able& able) {
  if (is_group_of_everybody(able.principal)) return add_members(asking, able);
  auto principal = principal_of(asking.call, able.principal);
  if (!principal) {
    able.iam_says = "not a user or role of this account, whose policies could be asked";
    return;
  }
  auto gate = ask_iam(asking, **principal);
  able.iam = gate.allowed ? IamAnswer::allowed : IamAnswer::denied;
  able.iam_says = gate.reason;
}

// Able in other sessions only: what would count if its condition held.
std::optional<Able> under_condition(const std::string& principal, const permissions::Caller& caller,
                                    const permissions::Decision& decision, const Asking& asking) {
  Able able;
  able.principal = principal;
  auto level = asking.subject.resource.level();
  for (const auto& unmet : permissions::principals_unmet(caller, asking.snapshot))
    for (const auto& because : decision.because) {
      if (counts(because) || because.principal != *unmet.text ||
          !permissions::allows(because.privileges, asking.privilege, level))
        continue;
      able.condition = unmet.under->terms.condition;
      able.through.push_back(permissions::says(because, decision.resource));
    }
  if (able.condition.empty()) return std::nullopt;
  add_iam(asking, able);
  return able;
}

std::optional<Able> ask_about(const Asking& asking, const std::string& principal) {
  auto caller = asked_principal(asking.call, asking.request.catalog, principal);
  auto decision = decide_on(asking.subject, caller, asking.privilege, asking.snapshot);
  if (!decision.allowed()) return under_condition(principal, caller, decision, asking);
  if (only_as_everybody(principal, decision)) return std::nullopt;
  Able able;
  able.principal = principal;
  for (const auto& because : decision.because)
    if (counts(because)) able.through.push_back(permissions::says(because, decision.resource));
  if (asking.subject.table) add_view(decision.view, able);
  add_iam(asking, able);
  return able;
}

}  // namespace

base::Result<WhoCan> who_can(Call& call, const WhoCanRequest& request) {
  call.about("resource", request.resource);
  call.about("action", request.action);
  WEIR_CHECK_OK(call.authorize({.action = "lakeformation:ListPermissions"}));
  WEIR_TRY(auto privilege, permissions::parse_privilege(request.action));
  WEIR_TRY(auto subject, subject_of(call, request.resource, request.catalog, privilege));
  Asking asking{call, request, privilege, std::move(subject), call.state().permissions(request.catalog)};
  WhoCan out;
  out.resource = asking.subject.resource.text();
  for (const auto& principal : principals_to_ask(call, request.catalog)) {
    if (principal <= request.token && !request.token.empty()) continue;
    if (out.able.size() == request.limit) return out.next = out.able.back().principal, out;
    if (auto able = ask_about(asking, principal)) out.able.push_back(std::move(*able));
  }
  return out;
}

}  // namespace weir::app
