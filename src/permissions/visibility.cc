#include "permissions/visibility.h"

#include <algorithm>
#include <iterator>

#include "permissions/tagged_table.h"

namespace weir::permissions {

Visibility::Visibility(const Caller& caller, const Snapshot& snapshot) : snapshot_(snapshot) {
  if (caller.account != snapshot.account() || caller.principals.empty()) return;
  principals_ = known_principals(caller, snapshot);
  everybody_ = everybody(snapshot);
  everything_ = is_admin(caller, snapshot.settings()) || is_read_only_admin(caller, snapshot.settings());
  std::copy_if(caller.principals.begin(), caller.principals.end(), std::back_inserter(registrants_),
               [&](const auto& text) { return snapshot.has_privileged_location(text); });
  has_policies_ = std::any_of(principals_.begin(), principals_.end(), [&](const auto& principal) {
    return snapshot.tags().has_policies(static_cast<uint32_t>(principal.id));
  });
}

bool Visibility::any_holds(ObjectId object) const {
  return std::any_of(principals_.begin(), principals_.end(),
                     [&](const auto& principal) { return snapshot_.held(principal.id, object) != nullptr; });
}

bool Visibility::tags_show(ObjectId database, ObjectId table) const {
  if (!has_policies_) return false;
  TaggedTable tagged(snapshot_.tags(), snapshot_.tags_of(database, table), nullptr);
  return std::any_of(principals_.begin(), principals_.end(), [&](const auto& principal) {
    return snapshot_.any_policy(principal.id, PolicyTarget::tables, [&](const HeldPolicy& policy) {
      return tagged.match(policy.code) != TagMatch::nothing;
    });
  });
}

bool Visibility::tags_show(ObjectId database) const {
  if (!has_policies_) return false;
  auto tags = snapshot_.tags_of(database);
  return std::any_of(principals_.begin(), principals_.end(), [&](const auto& principal) {
    return snapshot_.any_policy(principal.id, PolicyTarget::databases,
                                [&](const HeldPolicy& policy) { return snapshot_.tags().matches(policy.code, tags); });
  });
}

bool Visibility::privileged(const std::optional<names::S3Path>& place) const {
  return !registrants_.empty() && privileged_at(place, registrants_, snapshot_) != nullptr;
}

bool Visibility::database(std::string_view name, const std::optional<names::S3Path>& place) const {
  if (everything_) return true;
  bool reached = std::any_of(principals_.begin(), principals_.end(),
                             [&](const auto& principal) { return snapshot_.reaches(principal.id, name); });
  if (reached || tags_show(snapshot_.database(name)) || privileged(place)) return true;
  if (!snapshot_.reaches(everybody_.id, name)) return false;
  Resource database;
  database.kind = ResourceKind::database;
  database.database = name;
  return regime_of(database, place, principals_, snapshot_) != Regime::opted_in;
}

Visibility::Tables Visibility::tables_of(std::string_view database) const {
  auto all_tables = snapshot_.all_tables(database);
  bool all = everything_ || !registrants_.empty() || any_holds(all_tables) || snapshot_.held(everybody_.id, all_tables);
  return {database, snapshot_.database(database), all};
}

bool Visibility::may_show(const Tables& tables, std::string_view name) const {
  if (tables.all_may_show) return true;
  auto table = snapshot_.table(tables.database, name);
  if (table == ObjectId::none && !has_policies_) return false;
  return any_holds(table) || snapshot_.held(everybody_.id, table) || tags_show(tables.id, table);
}

bool Visibility::table(std::string_view database, std::string_view name,
                       const std::optional<names::S3Path>& place) const {
  if (everything_) return true;
  auto table = snapshot_.table(database, name);
  auto all_tables = snapshot_.all_tables(database);
  if (any_holds(table) || any_holds(all_tables) || tags_show(snapshot_.database(database), table)) return true;
  if (privileged(place)) return true;
  if (!snapshot_.held(everybody_.id, table) && !snapshot_.held(everybody_.id, all_tables)) return false;
  Resource asked;
  asked.kind = ResourceKind::table;
  asked.database = database;
  asked.table = name;
  auto regime = regime_of(asked, place, principals_, snapshot_);
  return regime == Regime::iam_alone || regime == Regime::iam_alone_own_data;
}

bool Visibility::tag(std::string_view key, std::string_view value) const {
  return everything_ || any_holds(snapshot_.tag(key, value)) || any_holds(snapshot_.tag(key, kAnyTagValue));
}

bool Visibility::expression(std::string_view name) const {
  return everything_ || any_holds(snapshot_.expression(name));
}

}  // namespace weir::permissions
