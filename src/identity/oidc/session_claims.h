// The claims of a token that shape the session (IAM user guide, "Passing session tags"). Two forms are read:
//
//   "https://aws.amazon.com/tags": {"principal_tags": {"team": ["sales"]}, "transitive_tag_keys": ["team"]}
//   "https://aws.amazon.com/tags/principal_tags/team": ["sales"],
//   "https://aws.amazon.com/tags/transitive_tag_keys": ["team"]
//
// and "https://aws.amazon.com/source_identity". A value may be a text instead of a list of one text, which is
// how Keycloak's mappers write it. GitHub's tokens have none of these: theirs are condition keys.
//
// Threads: a value and a free function.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "identity/tag.h"

namespace weir::identity::oidc {

struct SessionClaims {
  Tags tags;
  std::vector<std::string> transitive_keys;
  std::string source_identity;  // empty when absent
  bool operator==(const SessionClaims&) const = default;
};

// invalid_token for what is malformed; a tag is never dropped in silence, since policies may depend on it.
base::Result<SessionClaims> read_session_claims(const base::Json& payload);

}  // namespace weir::identity::oidc
