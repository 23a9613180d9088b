#include "app/sharing/shared_catalogs.h"

#include <algorithm>

#include "app/catalog/databases.h"
#include "app/organizations/memberships.h"
#include "base/text.h"
#include "store/key.h"

namespace weir::app {
namespace {

std::vector<std::string> owners_sharing(const Call& call) {
  const auto& state = call.state();
  const auto& account = call.caller().account();
  OrganizationMemberships memberships(state.directory.organizations());
  return state.shares.owners_sharing_with(account, call.lake_caller(account).principals, memberships);
}

}  // namespace

ShareScope share_scope(const std::optional<std::string>& resource_share_type) {
  if (resource_share_type == "FOREIGN") return ShareScope::foreign;
  if (resource_share_type == "ALL") return ShareScope::all;
  if (resource_share_type == "FEDERATED") return ShareScope::federated;
  return ShareScope::own;
}

std::vector<std::string> catalogs_in(const Call& call, const std::string& catalog, ShareScope scope,
                                     std::string_view action) {
  if (scope == ShareScope::federated) return {};
  if (scope == ShareScope::own || catalog != call.caller().account()) return {catalog};
  auto out = owners_sharing(call);
  std::erase_if(out, [&](const std::string& owner) {
    return !call.evaluate({std::string(action), catalog_arn(call, owner), owner}).allowed();
  });
  if (scope == ShareScope::all) out.insert(std::lower_bound(out.begin(), out.end(), catalog), catalog);
  return out;
}

std::string token_of(const PlaceInCatalogs& place) { return base::base64url(store::key(place.catalog, place.token)); }

base::Result<PlaceInCatalogs> place_of(const std::string& token) {
  if (token.empty()) return PlaceInCatalogs{};
  auto wrong = base::invalid("NextToken is not one of this list.", "token");
  auto bytes = base::unbase64url(token);
  if (!bytes) return wrong;
  auto parts = store::split_key(*bytes);
  if (!parts || parts->size() != 2) return wrong;
  return PlaceInCatalogs{(*parts)[0], (*parts)[1]};
}

}  // namespace weir::app
