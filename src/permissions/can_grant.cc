#include "permissions/can_grant.h"

#include <algorithm>

#include "permissions/gathering.h"
#include "permissions/location.h"
#include "permissions/sharing.h"
#include "permissions/tagged_table.h"

namespace weir::permissions {
namespace {

// The privileges these may pass on, on the resource asked about.
class Passable {
 public:
  Passable(const Resource& resource, const Snapshot& snapshot, KnownPrincipals principals)
      : resource_(resource), snapshot_(snapshot), principals_(std::move(principals)) {}
  // The same for another account: `local_to` passes on inside itself.
  Passable(const Resource& resource, const Snapshot& snapshot, KnownPrincipals principals, std::string_view local_to)
      : resource_(resource), snapshot_(snapshot), principals_(std::move(principals)), local_to_(local_to) {}

  PrivilegeSet privileges() const {
    switch (resource_.kind) {
      case ResourceKind::catalog: return on(snapshot_.catalog());
      case ResourceKind::database: return on_database();
      case ResourceKind::all_tables: return on(snapshot_.all_tables(resource_.database));
      case ResourceKind::table: return on_table();
      case ResourceKind::columns: return on_columns();
      case ResourceKind::data_cells_filter: return on_filter();
      case ResourceKind::data_location: return on_location();
      case ResourceKind::lf_tag: return on_tag(resource_.tag_value, &Held::grant_option);
      case ResourceKind::lf_tag_policy: return on_policy();
      case ResourceKind::lf_tag_expression: return on(snapshot_.expression(resource_.expression_name));
      case ResourceKind::nested_catalog: break;
    }
    return {};
  }

 private:
  PrivilegeSet on(ObjectId object, PrivilegeSet Held::*what = &Held::grant_option) const {
    PrivilegeSet out;
    for (const auto& principal : principals_)
      if (const auto* held = snapshot_.held(principal.id, object)) out |= held->*what;
    return out;
  }
  ObjectId table() const { return snapshot_.table(resource_.database, resource_.table); }

  template <class Visit>
  void each_policy(PolicyTarget target, Visit&& visit) const {
    for (const auto& principal : principals_)
      snapshot_.any_policy(principal.id, target, [&](const HeldPolicy& policy) { return visit(policy), false; });
  }

  PrivilegeSet on_database() const {
    auto database = snapshot_.database(resource_.database);
    auto tags = snapshot_.tags_of(database);
    auto out = on(database);
    each_policy(PolicyTarget::databases, [&](const HeldPolicy& policy) {
      if (snapshot_.tags().matches(policy.code, tags)) out |= policy.grant_option;
    });
    return out;
  }

  // By name a table may be granted by whoever has a policy that covers it whole; its columns are not known here, and
  // need not be: those without tags of their own are like the table.
  PrivilegeSet on_table() const {
    auto out = on(table()) | on(snapshot_.all_tables(resource_.database));
    TaggedTable tagged(snapshot_.tags(), snapshot_.tags_of(snapshot_.database(resource_.database), table()), nullptr);
    each_policy(PolicyTarget::tables, [&](const HeldPolicy& policy) {
      if (tagged.match(policy.code) == TagMatch::whole) out |= policy.grant_option;
    });
    return out;
  }

  template <class Visit>  // visit(const PartialGrants&, the account whose filters it names)
  void each_partial(Visit&& visit) const {
    for (const auto& principal : principals_)
      if (const auto* held = snapshot_.held(principal.id, table()); held && held->partial)
        visit(*held->partial, principal.under ? std::string_view(principal.under->terms.local_to) : "");
  }

  PrivilegeSet on_columns() const {
    auto out = on_table();
    bool within = !resource_.columns.is_exclusion() && resource_.columns.subset_of(grantable_columns());
    if (within) out.insert(Privilege::select);
    return out;
  }
  // Between accounts a filter passes its columns on: its rows go with them, whatever is granted on (3.4).
  ColumnSet grantable_columns() const {
    ColumnSet out;
    each_partial([&](const PartialGrants& partial, std::string_view maker) {
      out = out.united(partial.grantable);
      if (local_to_.empty()) return;
      for (const auto& one : partial.filters) {
        const auto* filter = snapshot_.filter(table(), one.name, maker);
        bool passes = filter && filter->record.columns.fields().empty() && one.grant_option.has(Privilege::select);
        if (passes) out = out.united(filter->record.columns);
      }
    });
    return out;
  }

  PrivilegeSet on_filter() const {
    auto out = on_table();
    const auto* filter = snapshot_.filter(table(), resource_.filter, local_to_);
    if (!filter) return out;
    if (!local_to_.empty() && !filter->record.local_to.empty()) return out | on_own_filter(filter->record.columns);
    if (!filter->record.all_rows && local_to_.empty()) return out;
    each_partial([&](const PartialGrants& partial, std::string_view) {
      for (const auto& one : partial.filters)
        if (one.name == resource_.filter) out |= one.grant_option;
    });
    return out;
  }
  // One that the account made itself on a table that came to it.
  PrivilegeSet on_own_filter(const ColumnSet& columns) const {
    bool within = columns.fields().empty() && columns.subset_of(grantable_columns());
    return within ? PrivilegeSet{Privilege::select} : PrivilegeSet{};
  }

  PrivilegeSet on_location() const {
    PrivilegeSet out;
    each_parent(canonical(resource_.location), [&](const names::S3Path& parent) {
      out |= on(snapshot_.location(parent));
      return false;
    });
    return out;
  }

  PrivilegeSet on_tag(std::string_view value, PrivilegeSet Held::*what) const {
    return on(snapshot_.tag(resource_.tag_key, value), what) | on(snapshot_.tag(resource_.tag_key, kAnyTagValue), what);
  }

  // 2.12: whoever may grant with every tag that the expression uses may grant anything; a policy held with grant
  // option is passed on with exactly its own expression.
  PrivilegeSet on_policy() const {
    if (local_to_.empty() && may_grant_with_expression()) return valid_at(resource_.level());
    PrivilegeSet out;
    each_policy(resource_.policy_on, [&, key = resource_.key()](const HeldPolicy& policy) {
      if (policy.key == key) out |= policy.grant_option;
    });
    return out;
  }
  bool may_grant_with_expression() const {
    constexpr auto kGrantWith = Privilege::grant_with_lf_tag_expression;
    if (resource_.expression_name.empty()) return may_grant_with(resource_.expression);
    if (on(snapshot_.expression(resource_.expression_name), &Held::privileges).has(kGrantWith)) return true;
    const auto* saved = snapshot_.tags().saved(resource_.expression_name);
    return saved && may_grant_with(saved->expression);
  }
  bool may_grant_with(const TagExpression& expression) const {
    auto one = [&](std::string_view key, std::string_view value) {
      return on(snapshot_.tag(key, value), &Held::privileges).has(Privilege::grant_with_lf_tag_expression);
    };
    auto all_of_term = [&](const TagTerm& term) {
      return one(term.key, kAnyTagValue) || std::all_of(term.values.begin(), term.values.end(),
                                                        [&](const auto& value) { return one(term.key, value); });
    };
    return !expression.empty() && std::all_of(expression.terms().begin(), expression.terms().end(), all_of_term);
  }

  const Resource& resource_;
  const Snapshot& snapshot_;
  KnownPrincipals principals_;
  std::string_view local_to_;
};

std::string what_it_takes(const GrantQuestion& question, PrivilegeSet lacking) {
  auto out = "needs to be a data lake administrator or to hold " + lacking.text() + " with grant option on " +
             question.resource.text();
  if (question.resource.kind == ResourceKind::lf_tag_policy)
    out += ", or GRANT_WITH_LF_TAG_EXPRESSION on every LF-Tag value of the expression";
  return out;
}

// Holding ALL with grant option passes on anything valid there; nothing else stands for another privilege.
PrivilegeSet spelled_out(PrivilegeSet option, Level level) {
  return option.has(Privilege::all) ? option | valid_at(level) : option;
}

GrantVerdict refused(const std::string& why) {
  return {Effect::deny, "Not authorized to grant permissions for the resource: " + why + "."};
}

GrantVerdict can_grant_own(const GrantQuestion& question, const Snapshot& snapshot) {
  if (is_admin(question.caller, snapshot.settings())) return {Effect::allow, "the caller is a data lake administrator"};
  if (question.privileges.empty()) return refused("no permissions were named");
  Passable holds(question.resource, snapshot, known_principals(question.caller, snapshot));
  auto lacking = question.privileges - spelled_out(holds.privileges(), question.resource.level());
  if (lacking.empty()) return {Effect::allow, "the caller holds " + question.privileges.text() + " with grant option"};
  return refused(what_it_takes(question, lacking));
}

// What came to the caller's account with grant option; nothing else can be passed on, whoever asks.
GrantVerdict can_pass_on(const GrantQuestion& question, const Snapshot& snapshot) {
  const auto& resource = question.resource;
  const auto& caller = question.caller;
  auto level = resource.level();
  if (question.takes_away && caller.received.administrator)
    return {Effect::allow, "the caller is a data lake administrator of account " + caller.account};
  if (question.privileges.empty()) return refused("no permissions were named");
  Passable account(resource, snapshot, shared_with_account(caller, snapshot), caller.account);
  auto lacking = question.privileges - (spelled_out(account.privileges(), level) & shareable(level));
  if (!lacking.empty())
    return refused("account " + resource.catalog + " does not share " + lacking.text() + " on " + resource.text() +
                   " with grant option with account " + caller.account);
  if (caller.received.administrator)
    return {Effect::allow, "it is shared with account " + caller.account + " with grant option"};
  Passable inside(resource, snapshot, inside_account(caller, snapshot), caller.account);
  lacking = question.privileges - spelled_out(inside.privileges(), level);
  if (lacking.empty()) return {Effect::allow, "the caller holds " + question.privileges.text() + " with grant option"};
  return refused(what_it_takes(question, lacking));
}

}  // namespace

GrantVerdict can_grant(const GrantQuestion& question, const Snapshot& snapshot) {
  if (question.resource.catalog != snapshot.account()) return refused("it belongs to another account");
  if (question.caller.account == snapshot.account()) return can_grant_own(question, snapshot);
  return can_pass_on(question, snapshot);
}

}  // namespace weir::permissions
