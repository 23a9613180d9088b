// Who a caller is to a snapshot: known_principals() and its like.
#include <algorithm>

#include "permissions/gathering.h"
#include "permissions/principal.h"

namespace weir::permissions {
namespace {

bool any_is(const Caller& caller, bool (DataLakeSettings::*test)(std::string_view) const,
            const DataLakeSettings& settings) {
  return std::any_of(caller.principals.begin(), caller.principals.end(),
                     [&](const auto& principal) { return (settings.*test)(principal); });
}

// What `text` is on terms that pass the test.
template <class Test>
void each_on_terms(const std::string& text, const Snapshot& snapshot, KnownPrincipals& out, Test&& test) {
  const auto* list = snapshot.on_terms(text);
  if (!list) return;
  for (const auto& one : *list)
    if (test(*one)) out.push_back({one->id, &one->text, one.get()});
}

bool has(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool is_shared_on(const Terms& terms) { return !terms.share.empty() && terms.local_to.empty(); }

bool is_in(std::string_view account, const PrincipalOnTerms& one) {
  return one.terms.local_to == account && one.terms.share.empty();
}

// What these names hold by these shares or, not in force, by others.
KnownPrincipals by_shares(const std::vector<std::string>& names, const std::vector<std::string>& shares,
                          const Snapshot& snapshot, bool in_force) {
  KnownPrincipals out;
  for (const auto& name : names)
    each_on_terms(name, snapshot, out,
                  [&](const auto& one) { return is_shared_on(one.terms) && has(shares, one.terms.share) == in_force; });
  return out;
}

KnownPrincipals local(const Caller& caller, const Snapshot& snapshot, bool holding) {
  KnownPrincipals out;
  for (const auto& text : caller.principals)
    each_on_terms(text, snapshot, out,
                  [&](const auto& one) { return is_in(caller.account, one) && one.holds(caller.tags) == holding; });
  return out;
}

std::vector<std::string> themselves(const Caller& caller) {
  auto out = caller.principals;
  std::erase(out, account_iam_principals(caller.account));
  return out;
}

}  // namespace

KnownPrincipals known_principals(const Caller& caller, const Snapshot& snapshot) {
  KnownPrincipals out;
  out.reserve(caller.principals.size() + 1);
  for (const auto& text : caller.principals) {
    // The group of everybody is nobody's name; it is counted where it counts, whoever asks.
    if (text == kIamAllowedPrincipals) continue;
    if (auto id = snapshot.principal(text); id != PrincipalId::none) out.push_back({id, &text});
    each_on_terms(text, snapshot, out, [&](const auto& one) { return is_in({}, one) && one.holds(caller.tags); });
  }
  return out;
}

KnownPrincipals principals_unmet(const Caller& caller, const Snapshot& snapshot) {
  KnownPrincipals out;
  for (const auto& text : caller.principals)
    each_on_terms(text, snapshot, out, [&](const auto& one) { return is_in({}, one) && !one.holds(caller.tags); });
  return out;
}

KnownPrincipals shared_with_caller(const Caller& caller, const Snapshot& snapshot) {
  return by_shares(themselves(caller), caller.received.own_shares, snapshot, true);
}
KnownPrincipals shared_with_account(const Caller& caller, const Snapshot& snapshot) {
  return by_shares(caller.received.as, caller.received.shares, snapshot, true);
}
KnownPrincipals inside_account(const Caller& caller, const Snapshot& snapshot) { return local(caller, snapshot, true); }

KnownPrincipals shares_not_in_force(const Caller& caller, const Snapshot& snapshot) {
  const auto& received = caller.received;
  auto account = received.as;
  if (!has(account, caller.account)) account.push_back(caller.account);
  auto out = by_shares(themselves(caller), received.own_shares, snapshot, false);
  auto of_account = by_shares(account, received.shares, snapshot, false);
  out.insert(out.end(), of_account.begin(), of_account.end());
  return out;
}
KnownPrincipals inside_account_unmet(const Caller& caller, const Snapshot& snapshot) {
  return local(caller, snapshot, false);
}

KnownPrincipal everybody(const Snapshot& snapshot) {
  static const std::string name(kIamAllowedPrincipals);
  return {snapshot.everybody(), &name};
}

bool is_admin(const Caller& caller, const DataLakeSettings& settings) {
  return any_is(caller, &DataLakeSettings::is_admin, settings);
}
bool is_read_only_admin(const Caller& caller, const DataLakeSettings& settings) {
  return any_is(caller, &DataLakeSettings::is_read_only_admin, settings);
}

}  // namespace weir::permissions
