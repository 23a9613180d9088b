// The token of a link in a mail: it says for which approval and for whom it was made, and nobody else can make one.
//
//   v1.<key id>.<base64url of a JSON payload>.<base64url of HMAC-SHA256 over all before the last dot>
//
// Invariants:
//  1. Two parses of one text agree: there is one spelling of every token.
//  2. A token that was signed holds for its own approval and recipient only; whether it was used is the store's to say.
//
// Threads: values and pure functions.
#pragma once
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/record.h"
#include "base/result.h"
#include "base/secret.h"

namespace weir::approvals {

struct LinkKey {
  std::string id;
  base::Secret bytes;  // 32
};

struct LinkClaims {
  std::string approval;
  std::string recipient;  // recipient_hash()
  base::Instant expires{};
  std::string nonce;
};
WEIR_RECORD(LinkClaims, FIELD("a", &LinkClaims::approval), FIELD("r", &LinkClaims::recipient),
            FIELD("e", &LinkClaims::expires), FIELD("n", &LinkClaims::nonce))

struct Link {
  std::string key_id;
  LinkClaims claims;
  std::string signed_part;
  std::string signature;
};

inline constexpr size_t kLinkTokenBytesMax = 1024;

// What a link shows of its recipient: not the address, which mails are forwarded with.
std::string recipient_hash(std::string_view approval, std::string_view recipient);

base::Secret sign_link(const LinkKey& key, const LinkClaims& claims);
// Whether it is meant to be one: tokens of task are not.
bool is_link_token(std::string_view text);
// Kind::invalid about "token" for what is malformed. Nothing is proved yet.
base::Result<Link> parse_link(std::string_view token);
bool is_signed_with(const Link& link, const LinkKey& key);

// What the store keeps of a token.
std::string link_hash(std::string_view token);

}  // namespace weir::approvals
