#include "sharing/shares.h"

#include <algorithm>
#include <set>

#include "base/log.h"
#include "sharing/share_keys.h"

namespace weir::sharing {
namespace {

// Nothing when it is gone or cannot be read.
template <base::Record T>
std::optional<T> read(const std::vector<std::string>& parts, const std::optional<std::string>& value) {
  if (!value) return std::nullopt;
  auto record = base::decode_record<T>(*value);
  if (record.ok()) return std::move(*record);
  base::log_error("sharing record does not parse",
                  {{"key", base::join(parts, "/")}, {"why", record.error().log + record.error().says}});
  return std::nullopt;
}

template <class Index>
void add(Index& index, const std::string& key, const std::string& id) {
  auto* there = index.find(key);
  auto ids = there ? *there : std::remove_cvref_t<decltype(*there)>();
  ids.set(id, true);
  index.set(key, std::move(ids));
}

template <class Index>
void drop(Index& index, const std::string& key, const std::string& id) {
  auto* there = index.find(key);
  if (!there) return;
  auto ids = *there;
  ids.erase(id);
  if (ids.empty()) return void(index.erase(key));
  index.set(key, std::move(ids));
}

// Where an association is found from.
const std::string& place_of(const PrincipalAssociation& association) {
  return association.is_collective() ? association.principal : association.receiver;
}

template <class V, class Map>
std::vector<V> values_of(const Map& map) {
  std::map<std::string, V> ordered;
  map.for_each([&](const std::string& key, const V& value) { ordered.emplace(key, value); });
  std::vector<V> out;
  for (auto& [key, value] : ordered) out.push_back(std::move(value));
  return out;
}

bool stands_by_membership(const Share& share, const PrincipalAssociation& association, const Memberships& memberships) {
  const auto& owner = share.owner.text();
  if (!association.is_collective()) return memberships.trusted(owner, association.receiver);
  return memberships.sharing_enabled(owner) && memberships.is_own_organization(association.principal, owner);
}

}  // namespace

AssociationState association_state(const Share& share, const PrincipalAssociation& association,
                                   const Invitation* invitation, const Memberships& memberships, base::Instant now) {
  if (association.by_membership())
    return stands_by_membership(share, association, memberships) ? AssociationState::associated
                                                                 : AssociationState::disassociated;
  if (!invitation) return AssociationState::failed;
  switch (invitation->state_at(now)) {
    case InvitationState::pending: return AssociationState::associating;
    case InvitationState::accepted: return AssociationState::associated;
    case InvitationState::rejected:
    case InvitationState::expired: return AssociationState::failed;
  }
  return AssociationState::failed;
}

const Shares::Parts* Shares::parts_of_id(std::string_view id) const {
  auto* found = shares_.find(id);
  return found ? found->get() : nullptr;
}

const Shares::Parts* Shares::parts_of(std::string_view arn) const {
  auto named = parse_share_arn(arn);
  if (!named.ok()) return nullptr;
  auto* parts = parts_of_id(named->id);
  return parts && parts->share && parts->share->arn() == arn ? parts : nullptr;
}

Shares::Parts Shares::copy_of(const std::string& id) const {
  auto* parts = parts_of_id(id);
  return parts ? *parts : Parts();
}

void Shares::keep(const std::string& id, Parts parts) {
  index_principals(id, parts_of_id(id), parts);
  if (parts.empty()) return void(shares_.erase(id));
  shares_.set(id, std::make_shared<const Parts>(std::move(parts)));
}

void Shares::index_principals(const std::string& id, const Parts* before, const Parts& after) {
  std::set<std::pair<bool, std::string>> gone, there;
  auto collect = [](auto& into) {
    return [&into](const std::string&, const PrincipalAssociation& one) {
      into.emplace(one.is_collective(), place_of(one));
    };
  };
  if (before) before->principals.for_each(collect(gone));
  after.principals.for_each(collect(there));
  for (const auto& [collective, place] : gone)
    if (!there.contains({collective, place})) drop(collective ? by_group_ : by_account_, place, id);
  for (const auto& [collective, place] : there)
    if (!gone.contains({collective, place})) add(collective ? by_group_ : by_account_, place, id);
}

void Shares::apply(const std::vector<std::string>& parts, const std::optional<std::string>& value) {
  if (parts.size() < 4) return;
  const auto& noun = parts[1];
  if (noun == keys::kShare && parts.size() == 4) return apply_share(parts, value);
  if (noun == keys::kPrincipal && parts.size() == 5) return apply_principal(parts, value);
  if (noun == keys::kResource && parts.size() == 5) return apply_resource(parts, value);
  if (noun == keys::kInvitation && parts.size() == 4) return apply_invitation(parts, value);
}

void Shares::apply_share(const std::vector<std::string>& parts, const std::optional<std::string>& value) {
  const auto &owner = parts[2], &id = parts[3];
  auto next = copy_of(id);
  next.share = read<Share>(parts, value);
  // A record under another's key is no word of its owner.
  if (next.share && (next.share->owner.text() != owner || next.share->id != id)) next.share.reset();
  next.share ? add(by_owner_, owner, id) : drop(by_owner_, owner, id);
  keep(id, std::move(next));
}

void Shares::apply_principal(const std::vector<std::string>& parts, const std::optional<std::string>& value) {
  auto next = copy_of(parts[3]);
  auto association = read<PrincipalAssociation>(parts, value);
  association ? next.principals.set(parts[4], std::move(*association)) : void(next.principals.erase(parts[4]));
  keep(parts[3], std::move(next));
}

void Shares::apply_resource(const std::vector<std::string>& parts, const std::optional<std::string>& value) {
  auto next = copy_of(parts[3]);
  auto association = read<ResourceAssociation>(parts, value);
  association ? next.resources.set(parts[4], std::move(*association)) : void(next.resources.erase(parts[4]));
  keep(parts[3], std::move(next));
}

void Shares::apply_invitation(const std::vector<std::string>& parts, const std::optional<std::string>& value) {
  auto invitation = read<Invitation>(parts, value);
  bool own = invitation && invitation->sender.text() == parts[2] && invitation->id == parts[3];
  if (!own) return void(invitations_.erase(parts[3]));
  invitations_.set(parts[3], std::make_shared<const Invitation>(std::move(*invitation)));
}

const Share* Shares::find(std::string_view arn) const {
  auto* parts = parts_of(arn);
  return parts ? &*parts->share : nullptr;
}

bool Shares::is_accepted(const PrincipalAssociation& association) const {
  auto* invitation = invitations_.find(association.invitation);
  return invitation && (*invitation)->accepted && !(*invitation)->rejected &&
         (*invitation)->principal == association.principal && (*invitation)->receiver.text() == association.receiver;
}

bool Shares::reaches(const Share& share, const PrincipalAssociation& association, std::string_view account,
                     Principals principals, const Memberships& memberships) const {
  const auto& owner = share.owner.text();
  if (owner == account) return false;
  if (association.is_collective())
    return memberships.trusted(owner, account) && memberships.contains(association.principal, account);
  if (association.receiver != account) return false;
  if (!association.is_whole_account() && principals &&
      std::find(principals->begin(), principals->end(), association.principal) == principals->end())
    return false;
  return association.by_membership() ? memberships.trusted(owner, account) : is_accepted(association);
}

bool Shares::reaches(const Parts& parts, std::string_view account, Principals principals,
                     const Memberships& memberships) const {
  bool any = false;
  if (parts.share)
    parts.principals.for_each([&](const std::string&, const PrincipalAssociation& one) {
      any = any || reaches(*parts.share, one, account, principals, memberships);
    });
  return any;
}

std::vector<std::string> Shares::candidates(std::string_view account, const Memberships& memberships) const {
  std::set<std::string> ids;
  auto take = [&](const Ids& some) { some.for_each([&](const std::string& id, bool) { ids.insert(id); }); };
  if (auto* direct = by_account_.find(account)) take(*direct);
  by_group_.for_each([&](const std::string& arn, const Ids& some) {
    if (memberships.contains(arn, account)) take(some);
  });
  return {ids.begin(), ids.end()};
}

std::vector<const Share*> Shares::reaching(std::string_view account, Principals principals,
                                           const Memberships& memberships) const {
  std::vector<const Share*> out;
  for (const auto& id : candidates(account, memberships))
    if (auto* parts = parts_of_id(id); parts && reaches(*parts, account, principals, memberships))
      out.push_back(&*parts->share);
  return out;
}

ReceivedShares Shares::received(std::string_view owner, std::string_view account,
                                const std::vector<std::string>& principals, const Memberships& memberships) const {
  std::set<std::string> by_account, by_principals;
  for (const auto* share : reaching(account, &principals, memberships)) {
    if (share->owner.text() != owner) continue;
    parts_of_id(share->id)->principals.for_each([&](const std::string&, const PrincipalAssociation& one) {
      if (!reaches(*share, one, account, &principals, memberships)) return;
      bool of_account = one.is_collective() || one.is_whole_account();
      (of_account ? by_account : by_principals).insert(share->arn());
    });
  }
  return {{by_account.begin(), by_account.end()}, {by_principals.begin(), by_principals.end()}};
}

std::vector<std::string> Shares::owners_sharing_with(std::string_view account,
                                                     const std::vector<std::string>& principals,
                                                     const Memberships& memberships) const {
  std::set<std::string> out;
  for (const auto* share : reaching(account, &principals, memberships)) out.insert(share->owner.text());
  return {out.begin(), out.end()};
}

bool Shares::receives(std::string_view arn, std::string_view account, const std::vector<std::string>& principals,
                      const Memberships& memberships) const {
  auto* parts = parts_of(arn);
  return parts && reaches(*parts, account, &principals, memberships);
}

bool Shares::carries(std::string_view arn, std::string_view resource) const {
  auto* parts = parts_of(arn);
  return parts && parts->resources.find(resource);
}

std::vector<const Share*> Shares::owned_by(std::string_view account) const {
  auto* ids = by_owner_.find(account);
  if (!ids) return {};
  std::map<std::string, const Share*> ordered;
  ids->for_each([&](const std::string& id, bool) {
    if (auto* parts = parts_of_id(id); parts && parts->share) ordered.emplace(id, &*parts->share);
  });
  std::vector<const Share*> out;
  for (const auto& [id, share] : ordered) out.push_back(share);
  return out;
}

std::vector<const Share*> Shares::all_received_by(std::string_view account, const Memberships& memberships) const {
  return reaching(account, nullptr, memberships);
}

std::vector<PrincipalAssociation> Shares::principals_of(const Share& share) const {
  auto* parts = parts_of_id(share.id);
  return parts ? values_of<PrincipalAssociation>(parts->principals) : std::vector<PrincipalAssociation>();
}

std::vector<ResourceAssociation> Shares::resources_of(const Share& share) const {
  auto* parts = parts_of_id(share.id);
  return parts ? values_of<ResourceAssociation>(parts->resources) : std::vector<ResourceAssociation>();
}

std::vector<Invitation> Shares::invitations_to(std::string_view account) const {
  auto* ids = by_account_.find(account);
  if (!ids) return {};
  std::map<std::string, Invitation> ordered;
  ids->for_each([&](const std::string& id, bool) {
    parts_of_id(id)->principals.for_each([&](const std::string&, const PrincipalAssociation& one) {
      auto* found = one.receiver == account ? invitations_.find(one.invitation) : nullptr;
      if (found && parts_of_id(id)->share) ordered.emplace((*found)->id, **found);
    });
  });
  std::vector<Invitation> out;
  for (auto& [id, invitation] : ordered) out.push_back(std::move(invitation));
  return out;
}

const Invitation* Shares::find_invitation(std::string_view arn) const {
  auto named = parse_invitation_arn(arn);
  auto* found = named.ok() ? invitations_.find(named->id) : nullptr;
  return found && (*found)->arn() == arn ? found->get() : nullptr;
}

AssociationState Shares::state_of(const Share& share, const PrincipalAssociation& association,
                                  const Memberships& memberships, base::Instant now) const {
  auto* invitation = invitations_.find(association.invitation);
  return association_state(share, association, invitation ? invitation->get() : nullptr, memberships, now);
}

}  // namespace weir::sharing
