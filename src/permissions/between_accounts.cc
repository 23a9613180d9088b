// decide() for a caller of another account: lakeformation.md 2.9 step 7 and 3.4.
#include <iterator>

#include "permissions/account_sight.h"
#include "permissions/gathering.h"
#include "permissions/intersect.h"
#include "permissions/sharing.h"

namespace weir::permissions {
namespace {

// What one side grants, as if it were all.
struct Part {
  Decision decision;
  std::vector<ViewSource> sources;
  PrivilegeSet held;  // ALL spelled out
  TableView view;

  // What of the table's description it shows.
  ColumnSet described() const {
    if (decision.full_schema) return ColumnSet::all();
    std::vector<std::string> whole;
    for (const auto& column : view.columns)
      if (!column.fields) whole.push_back(column.name);
    return decision.described.united(ColumnSet::only(whole));
  }
};

Part gathered(const Question& question, const Snapshot& snapshot, KnownPrincipals principals, Side side,
              const AccountSight* sight = nullptr) {
  Part out;
  gather_grants(question, snapshot, std::move(principals), out.decision, out.sources, sight);
  for (auto& because : out.decision.because) because.side = side;
  auto level = question.resource.level();
  bool crosses = side != Side::inside_account;
  out.held = closure(crosses ? out.decision.held & shareable(level) : out.decision.held, level);
  if (question.table) out.view = view_of(*question.table, out.sources);
  return out;
}

ColumnSet in_both(const ColumnSet& a, const ColumnSet& b) { return a.without(ColumnSet::all().without(b)); }

class BetweenAccounts {
 public:
  BetweenAccounts(const Question& question, const Snapshot& snapshot)
      : question_(question),
        snapshot_(snapshot),
        direct_(part(shared_with_caller(question.caller, snapshot), Side::shared_with_caller)),
        account_(part(shared_with_account(question.caller, snapshot), Side::shared_with_account)),
        inside_(inside()),
        passed_on_(account_.held & inside_.held) {}

  Decision decide(Decision decision) {
    decision.held = direct_.held | passed_on_;
    describe(decision);
    if (question_.table) decision.view = view();
    if (administers()) add_administration(decision);
    add_reasons(decision);
    if (!holds_what_was_asked(question_, decision)) return denied(std::move(decision));
    decision.effect = Effect::allow;
    return decision;
  }

 private:
  Part part(KnownPrincipals principals, Side side) const {
    return gathered(question_, snapshot_, std::move(principals), side);
  }

  Part inside() const {
    auto account = shared_with_account(question_.caller, snapshot_);
    AccountSight sight(account, account_.view, snapshot_);
    return gathered(question_, snapshot_, inside_account(question_.caller, snapshot_), Side::inside_account, &sight);
  }

  // Both accounts' rows and columns of what came to the account, beside what came to the caller.
  TableView view() const {
    auto sources = direct_.sources;
    auto both = sources_of(intersected(account_.view, inside_.view));
    std::move(both.begin(), both.end(), std::back_inserter(sources));
    return view_of(*question_.table, sources);
  }

  void describe(Decision& decision) const {
    decision.full_schema =
        direct_.decision.full_schema || (account_.decision.full_schema && inside_.decision.full_schema);
    decision.described = direct_.decision.described.united(in_both(account_.described(), inside_.described()));
  }

  // 2.9 step 8: administrators of the account see what it got.
  bool administers() const {
    const auto& received = question_.caller.received;
    return (received.administrator || received.read_only_administrator) && !account_.held.empty();
  }
  void add_administration(Decision& decision) const {
    auto implicit = PrivilegeSet{Privilege::describe} & valid_at(question_.resource.level());
    decision.held |= implicit;
    decision.full_schema |= account_.decision.full_schema;
    decision.described = decision.described.united(account_.described());
    auto ground = question_.caller.received.administrator ? Ground::administrator : Ground::read_only_administrator;
    Because because{ground, question_.resource.kind, implicit, question_.caller.principals.front(), ""};
    because.side = Side::inside_account;
    decision.because.push_back(std::move(because));
  }

  // What came to the account counts as far as it is passed on, and what is passed on as far as it came.
  void add_reasons(Decision& decision) {
    const auto& caller = question_.caller.account;
    bool administration_counts_it = administers() && question_.asked == Privilege::describe;
    if (passed_on_.empty()) {
      if (!administration_counts_it)
        set_aside(account_, "account " + caller + " has it, and nothing of it is granted inside the account");
      set_aside(inside_, "account " + question_.resource.catalog + " does not share it with account " + caller);
    }
    for (auto* part : {&direct_, &account_, &inside_})
      std::move(part->decision.because.begin(), part->decision.because.end(), std::back_inserter(decision.because));
    if (decision.because.empty())
      decision.because.push_back({Ground::other_account, question_.resource.kind, {}, caller, ""});
  }
  static void set_aside(Part& part, const std::string& why) {
    for (auto& because : part.decision.because) {
      if (because.ground == Ground::set_aside) continue;
      because.ground = Ground::set_aside;
      because.detail += (because.detail.empty() ? "" : ": ") + why;
    }
  }

  Decision denied(Decision decision) const {
    gather_aside(question_, snapshot_, inside_account_unmet(question_.caller, snapshot_), "the condition does not hold",
                 decision);
    gather_aside(question_, snapshot_, shares_not_in_force(question_.caller, snapshot_),
                 "its resource share is not in force for account " + question_.caller.account, decision);
    decision.effect = Effect::deny;
    decision.missing = missing();
    return decision;
  }

  std::string missing() const {
    if (auto never = what_cannot_be(question_); !never.empty()) return never;
    auto asked = std::string(name_of(question_.asked)) + " on " + question_.resource.text();
    const auto &whom = question_.caller.principals.front(), &account = question_.caller.account;
    if (account_.held.has(question_.asked))
      return "grant " + asked + " to " + whom + " inside account " + account + ": account " +
             question_.resource.catalog + " shares it with that account";
    return "account " + question_.resource.catalog + " does not share " + asked + " with account " + account +
           " or with " + whom;
  }

  const Question& question_;
  const Snapshot& snapshot_;
  Part direct_, account_, inside_;
  PrivilegeSet passed_on_;
};

}  // namespace

Decision decide_between_accounts(const Question& question, const Snapshot& snapshot, Decision decision) {
  return BetweenAccounts(question, snapshot).decide(std::move(decision));
}

}  // namespace weir::permissions
