// GetFederationToken: temporary credentials of a user or of root, for somebody it knows by a name of its own.
//
// The session reaches what the maker's policies and the session policies both allow; without session policies, only
// what resource policies give to its name. In IAM and STS it reaches nothing but GetCallerIdentity.
//
// Threads: a pure function.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "identity/credentials.h"
#include "identity/directory.h"
#include "identity/principal.h"

namespace weir::identity {

struct FederationTokenRequest {
  std::string name = {};
  std::optional<int64_t> duration_s = {};
  std::optional<std::string> policy = {};
  std::vector<std::string> policy_arns = {};
  Tags tags = {};
};

struct FederatedUser {
  Credentials credentials;
  std::string id;  // ACCOUNT:NAME
  std::string arn;
  std::optional<int> packed_percent;  // when policies or tags were passed
};

// Denied to whoever has temporary credentials.
base::Status may_ask_for_federation_token(const Principal& caller);
base::Result<FederatedUser> get_federation_token(const Principal& caller, const FederationTokenRequest& request,
                                                 const Directory& directory, const KeyRing& ring, base::Instant now,
                                                 base::Randomness& randomness);

}  // namespace weir::identity
