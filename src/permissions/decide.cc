#include "permissions/decide.h"

#include "permissions/gathering.h"
#include "permissions/principal.h"

namespace weir::permissions {
namespace {

// A caller without a principal is nobody, not everybody; and a snapshot says nothing of others' resources.
bool is_nobodys(const Question& question, const Snapshot& snapshot) {
  return question.resource.catalog != snapshot.account() || question.caller.principals.empty();
}

// What everybody holds counts on the catalog and, unless the caller opted in, on a database. Tables never do so: there
// everybody holds ALL or nothing.
bool counts_everybody(ResourceKind kind, Regime regime) {
  return kind == ResourceKind::catalog || (kind == ResourceKind::database && regime != Regime::opted_in);
}

Decision denied(const Question& question, Decision decision) {
  decision.effect = Effect::deny;
  decision.missing = what_is_missing(question, decision);
  return decision;
}

Decision unrestricted(const Question& question, bool own_data, Decision decision) {
  decision.effect = Effect::allow;
  decision.held = {Privilege::all};
  decision.full_schema = true;
  decision.own_data_access = own_data;
  if (question.table) decision.view = whole_view(*question.table);
  decision.because.push_back({Ground::iam_alone, question.resource.kind, decision.held,
                              std::string(kIamAllowedPrincipals),
                              own_data ? "its location is in hybrid access mode and the caller has not opted in, so "
                                         "the data is read with the caller's own S3 rights"
                                       : ""});
  return decision;
}

void note_opt_in(const Question& question, Decision& decision) {
  decision.because.push_back({Ground::opted_in, question.resource.kind, {}, question.caller.principals.front(), ""});
}

}  // namespace

bool holds_what_was_asked(const Question& question, const Decision& decision) {
  if (!allows(decision.held, question.asked, question.resource.level())) return false;
  bool asks_for_data = question.asked == Privilege::select && question.resource.kind == ResourceKind::table;
  return !asks_for_data || !decision.view.columns.empty();
}

Decision decide(const Question& question, const Snapshot& snapshot) {
  Decision decision;
  decision.asked = question.asked;
  decision.resource = question.resource;
  if (is_nobodys(question, snapshot)) {
    decision.because.push_back({Ground::other_account, question.resource.kind, {}, question.caller.account, ""});
    return denied(question, std::move(decision));
  }
  if (question.caller.account != snapshot.account())
    return decide_between_accounts(question, snapshot, std::move(decision));
  auto principals = known_principals(question.caller, snapshot);
  auto regime = regime_of(question.resource, question.where(), principals, snapshot);
  if (regime == Regime::iam_alone || regime == Regime::iam_alone_own_data)
    return unrestricted(question, regime == Regime::iam_alone_own_data, std::move(decision));
  if (regime == Regime::opted_in) note_opt_in(question, decision);
  if (counts_everybody(question.resource.kind, regime)) principals.push_back(everybody(snapshot));

  std::vector<ViewSource> sources;
  gather_administration(question, snapshot, decision);
  gather_privileged(question, snapshot, decision, sources);
  gather_grants(question, snapshot, std::move(principals), decision, sources);
  if (question.table) decision.view = view_of(*question.table, sources);

  if (!holds_what_was_asked(question, decision)) {
    gather_aside(question, snapshot, principals_unmet(question.caller, snapshot), "the condition does not hold",
                 decision);
    return denied(question, std::move(decision));
  }
  decision.effect = Effect::allow;
  return decision;
}

}  // namespace weir::permissions
