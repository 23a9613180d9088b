// Identifiers that never change and never come back: unique ids of users, roles, groups and managed
// policies, access key ids, and the secrets that go with them.
//
// A unique id is a four-letter prefix and 17 characters of A-Z2-7. An access key id is a prefix and
// 16 such characters, 80 bits from the left:
//     1 bit    always 1
//    40 bits   the account number
//    39 bits   random
// so the account of a key is known without a look-up (GetAccessKeyInfo), and whoever makes a
// long-term key id checks that it is free. Decoders written for AWS key ids read it alike.
//
// Threads: free functions without state.
#pragma once
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/secret.h"
#include "names/arn.h"

namespace weir::identity {

enum class IdKind { user, role, group, managed_policy };

std::string_view prefix_of(IdKind kind);  // AIDA, AROA, AGPA, ANPA
std::string new_unique_id(IdKind kind, base::Randomness& randomness);
// True for text of the form of a unique id of that kind.
bool is_unique_id(IdKind kind, std::string_view text);

std::string new_long_term_key_id(const names::AccountId& account, base::Randomness& randomness);  // AKIA
std::string new_session_key_id(const names::AccountId& account, base::Randomness& randomness);    // ASIA
inline bool is_session_key_id(std::string_view id) { return id.starts_with("ASIA"); }
base::Result<names::AccountId> account_of_access_key(std::string_view id);

// 40 characters of the base64 alphabet.
base::Secret new_secret(base::Randomness& randomness);

}  // namespace weir::identity
