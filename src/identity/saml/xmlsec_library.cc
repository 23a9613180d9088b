#include "identity/saml/xmlsec_library.h"

#include <openssl/evp.h>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/io.h>
#include <xmlsec/keys.h>
#include <xmlsec/openssl/evp.h>
#include <xmlsec/xmlsec.h>

namespace weir::identity::saml {
namespace {

bool initialise() {
  if (xmlSecInit() < 0 || xmlSecCheckVersion() != 1) return false;
  xmlSecErrorsDefaultCallbackEnableOutput(0);
  if (xmlSecCryptoAppInit(nullptr) < 0 || xmlSecCryptoInit() < 0) return false;
  xmlSecIOCleanupCallbacks();
  return true;
}

}  // namespace

base::Status xmlsec_ready() {
  static const bool ready = initialise();
  if (!ready) return base::internal("xmlsec1 cannot be initialised");
  return {};
}

// Each step takes over what the one before made; a step that fails gives it back.
xmlSecKey* xmlsec_key(EVP_PKEY* key) {
  if (EVP_PKEY_up_ref(key) != 1) return nullptr;
  auto* data = xmlSecOpenSSLEvpKeyAdopt(key);
  if (!data) {
    EVP_PKEY_free(key);
    return nullptr;
  }
  auto* out = xmlSecKeyCreate();
  if (out && xmlSecKeySetValue(out, data) == 0) return out;
  xmlSecKeyDataDestroy(data);
  if (out) xmlSecKeyDestroy(out);
  return nullptr;
}

}  // namespace weir::identity::saml
