#include "app/catalog/places_of_table.h"

#include "app/wording.h"

namespace weir::app {
namespace {

using permissions::Privilege;

// A decision rests on the registration that governs a place, and on nothing else of it.
bool governed_alike(const Call& call, const GovernedTable& table, const names::S3Path& place) {
  auto own = location_of(*table.table);
  const auto& account = table.name.catalog;
  return (own ? governing(call, account, *own) : nullptr) == governing(call, account, place);
}

permissions::Decision decide_at(const Call& call, const GovernedTable& table, Privilege privilege,
                                const names::S3Path& place) {
  auto facts = facts_of(*table.table);
  facts.place = place;
  return permissions::decide({call.lake_caller(table.name.catalog), privilege, table.decision.resource, &facts},
                             call.state().permissions(table.name.catalog));
}

}  // namespace

std::optional<names::S3Path> location_of(const catalog::Table& table, const catalog::Partition& partition) {
  if (!partition.storage_descriptor || !partition.storage_descriptor->location) return location_of(table);
  auto place = names::S3Path::parse(*partition.storage_descriptor->location);
  return place ? std::optional(*place) : std::nullopt;
}

std::optional<Refusal> own_data_gate(const permissions::Decision& decision) {
  if (!decision.own_data_access) return std::nullopt;
  return Refusal{
      "hybrid access mode",
      base::denied("Access is not allowed: the location is in hybrid access mode and the caller is not opted "
                   "in to Lake Formation; it reads with its own S3 permissions.",
                   "access")};
}

bool has_own_data_access(const Call& call, const GovernedTable& table, const names::S3Path& place) {
  if (table.decision.own_data_access || governed_alike(call, table, place)) return table.decision.own_data_access;
  return decide_at(call, table, Privilege::describe, place).own_data_access;
}

std::optional<Refusal> place_gate(const Call& call, const GovernedTable& table,
                                  const std::vector<Privilege>& privileges, const names::S3Path& place) {
  if (auto refusal = own_data_gate(table.decision)) return refusal;
  if (governed_alike(call, table, place)) return std::nullopt;
  for (auto privilege : privileges) {
    auto decision = decide_at(call, table, privilege, place);
    if (auto refusal = own_data_gate(decision)) return refusal;
    // The engine filters by the table's view: what is narrower at the place would not be enforced.
    bool narrower =
        privilege == Privilege::select && table.decision.view.shows_everything() && !decision.view.shows_everything();
    if (!decision.allowed() || narrower)
      return Refusal{"Lake Formation",
                     base::denied(insufficient(privilege, decision.resource) + " at " + place.url(), "access")};
  }
  return std::nullopt;
}

}  // namespace weir::app
