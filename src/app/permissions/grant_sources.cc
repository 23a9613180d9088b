#include "app/permissions/grant_sources.h"

#include <algorithm>

#include "app/organizations/memberships.h"
#include "base/text.h"
#include "store/key.h"

namespace weir::app {
namespace {

using Sources = std::vector<GrantSource>;

std::string prefix_of(const GrantSource& source) {
  return source.scope.principal ? store::key(permissions::kNoun, source.account, "grant", *source.scope.principal)
                                : store::key(permissions::kNoun, source.account, "grant");
}

GrantSource source(const std::string& account, const std::optional<std::string>& principal) {
  GrantSource out{account, {}, ""};
  out.scope.principal = principal;
  return out;
}

// What the owner granted to whoever stands for the caller or its account.
void add_shared(const Call& call, const std::string& owner, const std::optional<std::string>& principal, Sources& out) {
  auto caller = call.lake_caller(owner);
  auto names = caller.received.as;
  names.insert(names.end(), caller.principals.begin(), caller.principals.end());
  for (const auto& name : names)
    if (!principal || name == *principal) out.push_back(source(owner, name));
}

std::vector<std::string> owners_for(const Call& call, const std::string& catalog) {
  const auto& own = call.caller().account();
  if (catalog != own) return {catalog};
  OrganizationMemberships memberships(call.state().directory.organizations());
  return call.state().shares.owners_sharing_with(own, call.lake_caller(own).principals, memberships);
}

base::Error bad_token() { return base::invalid("The NextToken is not one of this list.", "token"); }

}  // namespace

base::Result<Sources> sources_of(const Call& call, const std::string& catalog,
                                 const std::optional<permissions::Principal>& principal, const std::string& after) {
  auto name = principal ? std::optional(principal->text()) : std::nullopt;
  Sources all{source(call.caller().account(), name)};
  for (const auto& owner : owners_for(call, catalog)) add_shared(call, owner, name, all);
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return prefix_of(a) < prefix_of(b); });
  if (after.empty()) return all;
  auto last = base::unbase64url(after);
  if (!last || !last->starts_with(store::key(permissions::kNoun))) return bad_token();
  Sources out;
  for (auto& one : all) {
    auto prefix = prefix_of(one);
    bool within = last->starts_with(prefix);
    if (!within && prefix < *last) continue;
    if (within) one.from = after;
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace weir::app
