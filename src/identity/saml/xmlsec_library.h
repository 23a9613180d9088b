// xmlsec1 made ready, once per process: no input callbacks (nothing can be fetched), no output of its own.
//
// xmlsec 1.2 is permissive by default: it follows KeyInfo, opens URIs and knows every transform. This floor
// never relies on its defaults: signature_shape.h and decryption.cc admit one fixed shape each, and the
// contexts are given the same lists again.
//
// Threads: any; the first caller initialises.
#pragma once
#include "base/result.h"

struct evp_pkey_st;
struct _xmlSecKey;

namespace weir::identity::saml {

// Internal when the library cannot be used; then every verification denies.
base::Status xmlsec_ready();

// A key of xmlsec's that shares ours; null when there is no memory. Whoever asks owns it.
_xmlSecKey* xmlsec_key(evp_pkey_st* key);

}  // namespace weir::identity::saml
