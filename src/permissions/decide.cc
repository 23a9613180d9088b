#include "permissions/decide.h"

#include "permissions/gathering.h"
#include "permissions/principal.h"

namespace weir::permissions {
namespace {

// Grants reach principals of the owner's account only: other accounts' are never matched here, and a
// caller without a principal is nobody, not everybody.
bool is_foreign(const Question& question, const Snapshot& snapshot) {
  return question.caller.account != snapshot.account() || question.resource.catalog != snapshot.account() ||
         question.caller.principals.empty();
}

Decision denied(const Question& question, Decision decision) {
  decision.effect = Effect::deny;
  decision.missing = what_is_missing(question, decision);
  return decision;
}

Decision unrestricted(const Question& question, Decision decision) {
  decision.effect = Effect::allow;
  decision.held = {Privilege::all};
  decision.full_schema = true;
  if (question.table) decision.view = whole_view(*question.table);
  decision.because.push_back(
      {Ground::iam_alone, question.resource.kind, decision.held, std::string(kIamAllowedPrincipals), ""});
  return decision;
}

// SELECT is worth something only when it shows something.
bool holds_what_was_asked(const Question& question, const Decision& decision) {
  if (!allows(decision.held, question.asked, question.resource.level())) return false;
  bool asks_for_data = question.asked == Privilege::select && question.resource.kind == ResourceKind::table;
  return !asks_for_data || !decision.view.columns.empty();
}

}  // namespace

Decision decide(const Question& question, const Snapshot& snapshot) {
  Decision decision;
  decision.asked = question.asked;
  decision.resource = question.resource;
  if (is_foreign(question, snapshot)) {
    decision.because.push_back({Ground::other_account, question.resource.kind, {}, question.caller.account, ""});
    return denied(question, std::move(decision));
  }
  if (iam_alone_decides(question.resource, snapshot)) return unrestricted(question, std::move(decision));

  std::vector<ViewSource> sources;
  gather_administration(question, snapshot, decision);
  gather_grants(question, snapshot, decision, sources);
  if (question.table) decision.view = view_of(*question.table, sources);

  if (!holds_what_was_asked(question, decision)) return denied(question, std::move(decision));
  decision.effect = Effect::allow;
  return decision;
}

}  // namespace weir::permissions
