// What verifies the tokens of a user pool, for whoever gets one: below the issuer's address, /<pool>/.well-known/
//
//   jwks.json               the keys (RFC 7517)
//   openid-configuration    where they are (OpenID Connect Discovery 1.0)
//
// Both are public; scripts of any origin may read them.
//
// Threads: any.
#pragma once
#include <memory>

#include "app/lake.h"
#include "net/http.h"

namespace weir::server {

// True for the address of one of them, whether there is such a pool or not. No bucket has an id of this form: buckets
// have no _ in their names.
bool is_key_set_page(std::string_view path);
std::unique_ptr<net::Exchange> open_key_set_page(app::Lake& lake, net::RequestHead head);

}  // namespace weir::server
