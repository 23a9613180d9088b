#include "app/catalog/placement.h"

#include <algorithm>

#include "app/catalog/governed_table.h"
#include "permissions/location.h"

namespace weir::app {
namespace {

std::optional<names::S3Path> parsed(const std::string& text) {
  auto place = names::S3Path::parse(text);
  if (!place) return std::nullopt;
  return permissions::canonical(std::move(*place));
}

bool needs_access(const Call& call, const Placement& placement, const names::S3Path& place) {
  permissions::PlacementFacts facts;
  facts.is_table = !placement.is_database;
  facts.place = place;
  facts.place_registered = governing(call, placement.account, place) != nullptr;
  if (placement.parent) facts.database_place = parsed(*placement.parent);
  facts.database_place_registered =
      facts.database_place && governing(call, placement.account, *facts.database_place) != nullptr;
  return permissions::needs_location_access(facts);
}

Refusal refusal(const Call& call, const std::string& account, const names::S3Path& place) {
  const auto* registration = governing(call, account, place);
  auto says = "Insufficient Lake Formation permission(s) on " + place.url() +
              ": Required DATA_LOCATION_ACCESS, because it is registered";
  if (registration) says += " (as " + registration->resource_arn + ")";
  return {"data location", base::denied(says + ". A data lake administrator can grant it.", "access")};
}

std::optional<Refusal> one_place(const Call& call, const Placement& placement, const names::S3Path& place) {
  if (!needs_access(call, placement, place)) return std::nullopt;
  auto location = permissions::Resource::of_location(placement.account, place.url());
  if (!location) return Refusal{"data location", std::move(location).error()};
  auto decision = permissions::decide(
      {call.lake_caller(placement.account), permissions::Privilege::data_location_access, *location, nullptr},
      call.state().permissions(placement.account));
  if (decision.allowed()) return std::nullopt;
  return refusal(call, placement.account, place);
}

}  // namespace

std::vector<std::string> places_of(const std::optional<catalog::StorageDescriptor>& storage) {
  std::vector<std::string> out;
  if (!storage) return out;
  if (storage->location) out.push_back(*storage->location);
  if (storage->additional_locations)
    out.insert(out.end(), storage->additional_locations->begin(), storage->additional_locations->end());
  return out;
}

std::vector<std::string> new_places(const std::vector<std::string>& before, std::vector<std::string> after) {
  std::erase_if(after,
                [&](const auto& place) { return std::find(before.begin(), before.end(), place) != before.end(); });
  return after;
}

std::optional<Refusal> placement_gate(const Call& call, const Placement& placement) {
  for (const auto& text : placement.places) {
    auto place = parsed(text);
    if (!place) continue;
    if (auto refused = one_place(call, placement, *place)) return refused;
  }
  return std::nullopt;
}

}  // namespace weir::app
