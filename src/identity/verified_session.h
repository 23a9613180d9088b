// What the token cache keeps of a token that opened: the session, its secret, and the principal last
// made of it.
//
// INVARIANT: a principal is used again only for the very role record it was made from; when the role's
// tags, name or existence change, the next request makes another one.
#pragma once
#include <atomic>
#include <memory>

#include "base/secret.h"
#include "identity/principal.h"

namespace weir::identity {

struct MadePrincipal {
  std::shared_ptr<const void> record;  // the role's or user's entry in the directory
  PrincipalPtr principal;
};

struct VerifiedSession {
  VerifiedSession(OpenedSession opened)  // NOLINT(google-explicit-constructor)
      : live(std::make_shared<const LiveSession>(std::move(opened.session))),
        secret(std::make_shared<const base::Secret>(std::move(opened.secret))) {}

  const Session& session() const { return live->session; }

  const std::shared_ptr<const LiveSession> live;
  const std::shared_ptr<const base::Secret> secret;
  mutable std::atomic<std::shared_ptr<const MadePrincipal>> made;
};

}  // namespace weir::identity
