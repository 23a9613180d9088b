#include "identity/authenticate.h"

#include "identity/ids.h"
#include "identity/session.h"

namespace weir::identity {
namespace {

using base::Kind;
using VerifiedPtr = std::shared_ptr<const VerifiedSession>;

constexpr const char* kInvalid = "The security token included in the request is invalid.";

base::Error unknown_key() { return base::fail(Kind::unauthenticated, kInvalid, "access key"); }
base::Error bad_token() { return base::fail(Kind::unauthenticated, kInvalid, "token"); }
base::Error expired_token() {
  return base::fail(Kind::expired, "The security token included in the request is expired", "token");
}

// --- long-term keys

base::Result<PrincipalPtr> principal_of(const AccessKey& key, const Directory& directory) {
  if (key.status != KeyStatus::active) return unknown_key();
  auto* account = directory.find_account(key.account.text());
  if (!account) return unknown_key();
  PrincipalPtr principal;
  if (key.is_root()) {
    principal = (*account)->root;
  } else if (auto* user = directory.find_user(key.owner_id)) {
    principal = (*user)->principal;
  }
  if (!principal) return unknown_key();
  return principal;
}

base::Result<Authenticated> authenticate_key(std::string_view id, const Directory& directory, const KeyRing& ring) {
  auto* entry = directory.find_access_key(id);
  if (!entry) return unknown_key();
  WEIR_TRY(auto principal, principal_of((*entry)->key, directory));
  WEIR_TRY(auto secret, (*entry)->secret(ring));
  return Authenticated{std::move(principal), std::move(secret)};
}

// --- sessions

base::Result<VerifiedPtr> verify(const PresentedKey& presented, const KeyRing& ring, TokenCache& cache,
                                 base::Instant now) {
  if (auto known = cache.find(presented.access_key_id, *presented.token, now)) return known;
  WEIR_TRY(auto opened, open_session(*presented.token, ring));
  if (opened.session.access_key_id != presented.access_key_id) return bad_token();
  auto verified = std::make_shared<const VerifiedSession>(std::move(opened));
  cache.put(*presented.token, verified, now);
  return verified;
}

base::Status check_time(const Session& session, const Account& account, base::Instant now) {
  if (now >= session.expires) return expired_token();
  if (account.sessions_valid_from && session.issued < *account.sessions_valid_from) return expired_token();
  return {};
}

// Whether the SAML provider on whose word the session was made is there. Another one of the name knows other people.
bool is_vouched_for(const Session& session, const Directory& directory) {
  if (!session.sign_in) return !session.lake_formation_user;
  const auto& how = *session.sign_in;
  if (how.provider.find(":saml-provider/") == std::string::npos) return true;
  auto* provider = directory.find_saml_provider(how.provider);
  if (!provider) return false;
  // What the earlier code sealed tells no provider from the one before; what was there before it is as good as told.
  if (how.provider_id.empty()) return provider->created <= session.issued;
  return provider->id == how.provider_id;
}

std::shared_ptr<Principal> role_session(const RoleEntry& entry, const Session& session) {
  auto& role = entry.role;
  auto out = std::make_shared<Principal>();
  out->caller.kind = policy::PrincipalKind::role_session;
  out->caller.account = role.account.text();
  out->caller.arn = names::session_arn(role.account, role.name, session.name);
  out->caller.unique_id = role.id;
  out->caller.user_id = role.id + ":" + session.name;
  out->caller.role_arn = entry.arn;
  out->caller.service_linked_role = role.is_service_linked();
  out->name = role.name;
  out->tags = merged_tags(role.tags, session.tags);
  return out;
}

// A user's, or root's, federated user: with its own name, less of its maker's reach and all of its policies' limits.
std::shared_ptr<Principal> federated_user(const Principal& maker, const Session& session) {
  auto out = std::make_shared<Principal>(maker);
  out->caller.kind = policy::PrincipalKind::federated_user;
  out->caller.arn = names::federated_user_arn(session.account, session.name);
  out->caller.user_id = session.account.text() + ":" + session.name;
  out->caller.user_arn = maker.arn();
  out->name = session.name;
  out->tags = merged_tags(maker.tags, session.tags);
  return out;
}

// The principal last made for this very record, or another one.
template <class Make>
PrincipalPtr made_of(const VerifiedSession& verified, std::shared_ptr<const void> record, Make make) {
  auto made = verified.made.load();
  if (made && made->record == record) return made->principal;
  std::shared_ptr<Principal> fresh = make();
  fresh->session = verified.live;
  verified.made.store(std::make_shared<const MadePrincipal>(MadePrincipal{std::move(record), fresh}));
  return fresh;
}

PrincipalPtr principal_of(const VerifiedSession& verified, const Directory& directory, const AccountEntryPtr& account) {
  auto& session = verified.session();
  switch (session.kind) {
    case SessionKind::assumed_role:
    case SessionKind::vended: {
      auto* role = directory.find_role(session.principal_id);
      if (!role) return nullptr;
      return made_of(verified, *role, [&] { return role_session(**role, session); });
    }
    case SessionKind::session_token: {
      auto* user = directory.find_user(session.principal_id);
      if (!user) return nullptr;
      return made_of(verified, *user, [&] { return std::make_shared<Principal>(*(*user)->principal); });
    }
    case SessionKind::root:
      return made_of(verified, account, [&] { return std::make_shared<Principal>(*account->root); });
    case SessionKind::federated: {
      if (session.principal_id == account->account.id.text())
        return made_of(verified, account, [&] { return federated_user(*account->root, session); });
      auto* user = directory.find_user(session.principal_id);
      if (!user) return nullptr;
      return made_of(verified, *user, [&] { return federated_user(*(*user)->principal, session); });
    }
  }
  return nullptr;
}

base::Result<PrincipalPtr> lasting(const VerifiedSession& verified, const Directory& directory, base::Instant now) {
  auto* account = directory.find_account(verified.session().account.text());
  if (!account) return bad_token();
  WEIR_CHECK_OK(check_time(verified.session(), (*account)->account, now));
  if (!is_vouched_for(verified.session(), directory)) return bad_token();
  auto principal = principal_of(verified, directory, *account);
  if (!principal || principal->account() != verified.session().account.text()) return bad_token();
  return principal;
}

base::Result<Authenticated> authenticate_session(const PresentedKey& presented, const Directory& directory,
                                                 const KeyRing& ring, TokenCache& cache, base::Instant now) {
  WEIR_TRY(auto verified, verify(presented, ring, cache, now));
  WEIR_TRY(auto principal, lasting(*verified, directory, now));
  return Authenticated{std::move(principal), verified->secret};
}

}  // namespace

base::Result<Authenticated> authenticate(const PresentedKey& presented, const Directory& directory, const KeyRing& ring,
                                         TokenCache& cache, base::Instant now) {
  if (!is_session_key_id(presented.access_key_id)) {
    if (presented.token) return bad_token();
    return authenticate_key(presented.access_key_id, directory, ring);
  }
  if (!presented.token || presented.token->empty()) return unknown_key();
  return authenticate_session(presented, directory, ring, cache, now);
}

base::Result<PrincipalPtr> authenticate_again(const Principal& earlier, std::string_view access_key_id,
                                              const Directory& directory, base::Instant now) {
  if (earlier.session) return lasting(OpenedSession{earlier.session->session, base::Secret()}, directory, now);
  auto* entry = directory.find_access_key(access_key_id);
  if (!entry) return unknown_key();
  WEIR_TRY(auto principal, principal_of((*entry)->key, directory));
  if (principal->arn() != earlier.arn()) return unknown_key();
  return principal;
}

}  // namespace weir::identity
