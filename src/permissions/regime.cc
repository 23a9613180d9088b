#include <algorithm>

#include "permissions/gathering.h"
#include "permissions/principal.h"

namespace weir::permissions {
namespace {

bool opted_in(const KnownPrincipals& principals, const Snapshot& snapshot, std::initializer_list<ObjectId> objects) {
  return std::any_of(principals.begin(), principals.end(), [&](const auto& principal) {
    return std::any_of(objects.begin(), objects.end(),
                       [&](ObjectId object) { return snapshot.opted_in(principal.id, object); });
  });
}

// A table's place says whether an opt-in matters: only in hybrid access mode does the caller have the choice.
Regime regime_of_open_table(const Resource& table, const std::optional<names::S3Path>& place,
                            const KnownPrincipals& principals, const Snapshot& snapshot) {
  const auto* location = place ? snapshot.governing(*place) : nullptr;
  if (!location || !location->hybrid_access) return Regime::iam_alone;
  bool enforced = opted_in(principals, snapshot,
                           {snapshot.table(table.database, table.table), snapshot.all_tables(table.database),
                            snapshot.database(table.database), snapshot.catalog()});
  return enforced ? Regime::opted_in : Regime::iam_alone_own_data;
}

}  // namespace

Regime regime_of(const Resource& resource, const std::optional<names::S3Path>& place, const KnownPrincipals& principals,
                 const Snapshot& snapshot) {
  auto group = everybody(snapshot).id;
  if (group == PrincipalId::none) return Regime::lake_formation;
  auto open = [&](ObjectId object) {
    const auto* held = snapshot.held(group, object);
    return held && held->privileges.has(Privilege::all);
  };
  auto unless = [&](std::initializer_list<ObjectId> objects) {
    return opted_in(principals, snapshot, objects) ? Regime::opted_in : Regime::iam_alone;
  };
  const auto& database = resource.database;
  switch (resource.kind) {
    case ResourceKind::table:
      if (!open(snapshot.table(database, resource.table)) && !open(snapshot.all_tables(database))) break;
      return regime_of_open_table(resource, place, principals, snapshot);
    case ResourceKind::all_tables:
      if (!open(snapshot.all_tables(database))) break;
      return unless({snapshot.all_tables(database), snapshot.database(database), snapshot.catalog()});
    case ResourceKind::database:
      // Databases need no location: opting in on one is enough.
      if (open(snapshot.database(database))) return unless({snapshot.database(database), snapshot.catalog()});
      break;
    case ResourceKind::catalog:
    case ResourceKind::columns:
    case ResourceKind::data_cells_filter:
    case ResourceKind::data_location:
    case ResourceKind::nested_catalog:
    case ResourceKind::lf_tag:
    case ResourceKind::lf_tag_policy:
    case ResourceKind::lf_tag_expression: break;
  }
  return Regime::lake_formation;
}

const std::string* privileged_at(const std::optional<names::S3Path>& place, const std::vector<std::string>& principals,
                                 const Snapshot& snapshot) {
  bool any = place && std::any_of(principals.begin(), principals.end(),
                                  [&](const auto& text) { return snapshot.has_privileged_location(text); });
  const auto* location = any ? snapshot.governing(*place) : nullptr;
  if (!location || !location->with_privileged_access || location->registered_by == kIamAllowedPrincipals)
    return nullptr;
  auto at = std::find(principals.begin(), principals.end(), location->registered_by);
  return at == principals.end() ? nullptr : &*at;
}

}  // namespace weir::permissions
