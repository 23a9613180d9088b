// A session: temporary credentials that carry everything about themselves in their token.
//
//   token  = "LS1." base64url( key id (4) || nonce (12) || AES-256-GCM( payload ) || tag (16) )
//   secret = base64( HKDF-SHA256( key, access key id || nonce ) ), 40 characters
//
// The seal authenticates the format, the key id and the deployment besides the payload. The secret is
// in neither the token nor a store; the payload's form is session_payload.h's business.
//
// Invariants:
//  1. A token that opens was made by this deployment; any flipped bit and it does not open.
//  2. A token is at most kTokenBytesMax long: what would be longer is refused when it is made.
//  3. Policies of the role or user are not in the session: a policy change acts at once. What is in
//     it: session policies, tags, and the unique id, so that a role made again is not the same role.
//
// Threads: free functions without state.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/secret.h"
#include "identity/key_ring.h"
#include "identity/tag.h"
#include "names/arn.h"

namespace weir::identity {

enum class SessionKind : uint8_t {
  assumed_role = 1,   // AssumeRole and its relatives
  session_token = 2,  // GetSessionToken of a user
  root = 3,           // GetSessionToken of the account's root
  vended = 4,         // Lake Formation: an assumed role narrowed to what one request may touch
  federated = 5,      // GetFederationToken of a user or of root
};

// Who a decorated session (AssumeDecoratedRoleWithSAML) stands for in Lake Formation.
struct LakeFormationUser {
  std::string provider;  // ARN of the SAML provider
  std::string user;
  std::vector<std::string> groups;
  bool operator==(const LakeFormationUser&) const = default;
};

// Whose word a session was made on: what of it later conditions may ask about.
struct SignIn {
  std::string provider;  // ARN
  std::string subject;
  std::string subject_type;          // SAML: saml:sub_type
  std::string name_qualifier;        // SAML: saml:namequalifier
  std::string audience;              // web identity: <issuer>:aud
  std::vector<std::string> methods;  // web identity: <issuer>:amr
  // Mail addresses as the provider claims them, verified or not: who asked does not decide by them.
  std::vector<std::string> addresses = {};
  // SAML: which of all that ever had the provider's name; empty in what the earlier code sealed.
  std::string provider_id = {};
  bool operator==(const SignIn&) const = default;
};

// Who began the chain of credentials that a role's session was made with. It only takes away: nobody may more for having
// been somebody before.
struct Maker {
  std::string provider;  // whose word `id` is, as in SignIn; empty for users, root and roles
  std::string id;        // nobody chooses it: AIDA.., AROA.., the account's of root, or the provider's subject
  // The user's, as it was; the Lake Formation user's; the role's, when nothing lasting is said of who it was.
  std::string arn;
  std::vector<std::string> addresses = {};  // that the provider claims, or that sessions of the chain were called by
  bool operator==(const Maker&) const = default;
};

// What a vended session was made for.
struct VendingScope {
  std::string table;  // ARN; empty for a location
  std::vector<std::string> permissions;
  std::vector<std::string> prefixes;  // s3://bucket/prefix
  bool operator==(const VendingScope&) const = default;
};

struct Session {
  SessionKind kind = SessionKind::assumed_role;
  std::string access_key_id;
  names::AccountId account;
  std::string principal_id;   // AROA.. of the role, AIDA.. of the user, the account's id for root
                              // (of a federated user: of whom it was made by)
  std::string principal_arn;  // the role's or user's, as it was
  std::string name;           // of role sessions and federated users
  base::Instant issued{};     // whole seconds, as is `expires`
  base::Instant expires{};
  Tags tags;  // passed and inherited; the role's own are added at each request
  std::vector<std::string> transitive_keys;
  std::string source_identity;
  bool chained = false;  // made with the credentials of another role session
  std::string policy;    // inline session policy
  std::vector<std::string> policy_arns;
  std::optional<LakeFormationUser> lake_formation_user;
  std::optional<VendingScope> scope;
  std::optional<SignIn> sign_in;
  std::optional<Maker> maker;  // of a role's session that was made with credentials; see maker.h
  bool operator==(const Session&) const = default;
};

inline constexpr size_t kTokenBytesMax = 6 * 1024;

struct SealedSession {
  std::string token;
  base::Secret secret;
  int packed_percent = 0;  // of kTokenBytesMax
};
// Refuses with limit_exceeded about "packed policy" what does not fit.
base::Result<SealedSession> seal_session(const Session& session, const KeyRing& ring, base::Randomness& randomness);

struct OpenedSession {
  Session session;
  base::Secret secret;
};
// Unauthenticated about "token" when the seal does not hold; expired when its key is not in the ring.
// Looks at no clock: see authenticate.h.
base::Result<OpenedSession> open_session(std::string_view token, const KeyRing& ring);

}  // namespace weir::identity
