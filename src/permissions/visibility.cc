#include "permissions/visibility.h"

#include <algorithm>
#include <iterator>

#include "permissions/tagged_table.h"

namespace weir::permissions {

Visibility::Visibility(const Caller& caller, const Snapshot& snapshot) : snapshot_(snapshot) {
  if (caller.principals.empty()) return;
  if (caller.account != snapshot.account()) {
    own_ = holders(shared_with_caller(caller, snapshot));
    account_ = holders(shared_with_account(caller, snapshot));
    inside_ = holders(inside_account(caller, snapshot));
    administers_inside_ = caller.received.administrator || caller.received.read_only_administrator;
    return;
  }
  own_ = holders(known_principals(caller, snapshot));
  everybody_ = everybody(snapshot);
  everything_ = is_admin(caller, snapshot.settings()) || is_read_only_admin(caller, snapshot.settings());
  std::copy_if(caller.principals.begin(), caller.principals.end(), std::back_inserter(registrants_),
               [&](const auto& text) { return snapshot.has_privileged_location(text); });
}

Visibility::Holders Visibility::holders(KnownPrincipals principals) const {
  bool policies = std::any_of(principals.begin(), principals.end(), [&](const auto& principal) {
    return snapshot_.tags().has_policies(static_cast<uint32_t>(principal.id));
  });
  return {std::move(principals), policies};
}

template <class Test>
bool Visibility::seen(Test&& test) const {
  if (test(own_)) return true;
  return !account_.principals.empty() && (administers_inside_ || test(inside_)) && test(account_);
}

bool Visibility::any_holds(const Holders& holders, ObjectId object) const {
  return std::any_of(holders.principals.begin(), holders.principals.end(),
                     [&](const auto& principal) { return snapshot_.held(principal.id, object) != nullptr; });
}

bool Visibility::tags_show(const Holders& holders, ObjectId database, ObjectId table) const {
  if (!holders.has_policies) return false;
  TaggedTable tagged(snapshot_.tags(), snapshot_.tags_of(database, table), nullptr);
  return std::any_of(holders.principals.begin(), holders.principals.end(), [&](const auto& principal) {
    return snapshot_.any_policy(principal.id, PolicyTarget::tables, [&](const HeldPolicy& policy) {
      return tagged.match(policy.code) != TagMatch::nothing;
    });
  });
}

bool Visibility::tags_show(const Holders& holders, ObjectId database) const {
  if (!holders.has_policies) return false;
  auto tags = snapshot_.tags_of(database);
  return std::any_of(holders.principals.begin(), holders.principals.end(), [&](const auto& principal) {
    return snapshot_.any_policy(principal.id, PolicyTarget::databases,
                                [&](const HeldPolicy& policy) { return snapshot_.tags().matches(policy.code, tags); });
  });
}

bool Visibility::reaches(const Holders& holders, std::string_view database) const {
  return std::any_of(holders.principals.begin(), holders.principals.end(),
                     [&](const auto& principal) { return snapshot_.reaches(principal.id, database); });
}

bool Visibility::privileged(const std::optional<names::S3Path>& place) const {
  return !registrants_.empty() && privileged_at(place, registrants_, snapshot_) != nullptr;
}

bool Visibility::database(std::string_view name, const std::optional<names::S3Path>& place) const {
  if (everything_) return true;
  auto id = snapshot_.database(name);
  if (seen([&](const Holders& holders) { return reaches(holders, name) || tags_show(holders, id); })) return true;
  if (privileged(place)) return true;
  if (!snapshot_.reaches(everybody_.id, name)) return false;
  Resource database;
  database.kind = ResourceKind::database;
  database.database = name;
  return regime_of(database, place, own_.principals, snapshot_) != Regime::opted_in;
}

Visibility::Tables Visibility::tables_of(std::string_view database) const {
  auto all = snapshot_.all_tables(database);
  bool show = everything_ || !registrants_.empty() || any_holds(own_, all) || snapshot_.held(everybody_.id, all);
  return {database, snapshot_.database(database), all, show};
}

bool Visibility::may_show(const Tables& tables, std::string_view name) const {
  if (tables.all_may_show) return true;
  auto table = snapshot_.table(tables.database, name);
  if (table == ObjectId::none && !own_.has_policies && account_.principals.empty()) return false;
  auto show = [&](const Holders& holders) {
    return any_holds(holders, table) || tags_show(holders, tables.id, table) ||
           (&holders != &own_ && any_holds(holders, tables.all));
  };
  return snapshot_.held(everybody_.id, table) || seen(show);
}

bool Visibility::table(std::string_view database, std::string_view name,
                       const std::optional<names::S3Path>& place) const {
  if (everything_) return true;
  auto table = snapshot_.table(database, name);
  auto all_tables = snapshot_.all_tables(database);
  auto show = [&](const Holders& holders) {
    return any_holds(holders, table) || any_holds(holders, all_tables) ||
           tags_show(holders, snapshot_.database(database), table);
  };
  if (seen(show) || privileged(place)) return true;
  if (!snapshot_.held(everybody_.id, table) && !snapshot_.held(everybody_.id, all_tables)) return false;
  Resource asked;
  asked.kind = ResourceKind::table;
  asked.database = database;
  asked.table = name;
  auto regime = regime_of(asked, place, own_.principals, snapshot_);
  return regime == Regime::iam_alone || regime == Regime::iam_alone_own_data;
}

bool Visibility::tag(std::string_view key, std::string_view value) const {
  return everything_ || seen([&](const Holders& holders) {
           return any_holds(holders, snapshot_.tag(key, value)) || any_holds(holders, snapshot_.tag(key, kAnyTagValue));
         });
}

bool Visibility::expression(std::string_view name) const {
  return everything_ || seen([&](const Holders& holders) { return any_holds(holders, snapshot_.expression(name)); });
}

}  // namespace weir::permissions
