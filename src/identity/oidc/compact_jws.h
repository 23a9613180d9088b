// The three parts of a compact JWS and what its header may say. Nothing here is verified.
//
// Threads: a value and a free function.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "identity/oidc/algorithm.h"

namespace weir::identity::oidc {

struct CompactJws {
  std::string_view signed_text;  // header "." payload, a view into the token
  Algorithm algorithm = Algorithm::rs256;
  std::optional<std::string> kid;
  base::Json payload;  // an object without equal member names
  std::string signature;
};

// malformed_token, or invalid_token for a header that asks for what is not offered.
base::Result<CompactJws> parse_compact_jws(std::string_view token);

}  // namespace weir::identity::oidc
