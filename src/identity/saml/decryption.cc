#include "identity/saml/decryption.h"

#include <xmlsec/crypto.h>
#include <xmlsec/keys.h>
#include <xmlsec/xmlenc.h>

#include <algorithm>
#include <array>

#include "identity/saml/faults.h"
#include "identity/saml/xmlsec_library.h"

namespace weir::identity::saml {
namespace {

constexpr std::string_view kOaep = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
constexpr std::string_view kSha1 = "http://www.w3.org/2000/09/xmldsig#sha1";  // of OAEP's labels, where it is sound
constexpr std::array<std::string_view, 3> kCiphers{
    "http://www.w3.org/2009/xmlenc11#aes128-gcm",
    "http://www.w3.org/2009/xmlenc11#aes192-gcm",
    "http://www.w3.org/2009/xmlenc11#aes256-gcm",
};

struct FreeContext {
  void operator()(xmlSecEncCtx* context) const { xmlSecEncCtxDestroy(context); }
};
using Context = std::unique_ptr<xmlSecEncCtx, FreeContext>;

base::Error unopened(std::string why) { return invalid_response("encrypted assertion: " + std::move(why)); }

// A cipher value in place, never a reference to one.
bool holds_its_octets(Element encrypted) {
  auto data = encrypted.only(kEncryptionNs, "CipherData");
  return data && data.children().size() == 1 && data.only(kEncryptionNs, "CipherValue").text().has_value();
}

std::string method_of(Element encrypted) {
  return encrypted.only(kEncryptionNs, "EncryptionMethod").attribute("Algorithm").value_or("");
}

// OAEP with its default digest, named or not, and no label.
bool is_plain_oaep(Element key) {
  auto parts = key.only(kEncryptionNs, "EncryptionMethod").children();
  bool plain = parts.empty() || (parts.size() == 1 && parts[0].is(kSignatureNs, "DigestMethod") &&
                                 parts[0].attribute("Algorithm") == kSha1);
  return method_of(key) == kOaep && plain;
}

base::Result<Element> encrypted_key(Element assertion, Element data) {
  auto found = data.only(kSignatureNs, "KeyInfo").children(kEncryptionNs, "EncryptedKey");
  for (auto beside : assertion.children(kEncryptionNs, "EncryptedKey")) found.push_back(beside);
  if (found.size() != 1) return unopened("not exactly one encrypted key");
  if (!is_plain_oaep(found[0]) || !holds_its_octets(found[0])) return unopened("the shape of the encrypted key");
  return found[0];
}

base::Result<Element> encrypted_data(Element assertion) {
  auto data = assertion.only(kEncryptionNs, "EncryptedData");
  auto method = method_of(data);
  if (!data || std::find(kCiphers.begin(), kCiphers.end(), method) == kCiphers.end() || !holds_its_octets(data))
    return unopened("the shape of the encrypted data, or cipher " + method);
  return data;
}

bool allow(xmlSecEncCtx* context, std::initializer_list<xmlSecTransformId> transforms) {
  return std::all_of(transforms.begin(), transforms.end(), [&](xmlSecTransformId id) {
    auto* entry = const_cast<void*>(static_cast<const void*>(id));
    return xmlSecPtrListAdd(&context->transformCtx.enabledTransforms, entry) == 0;
  });
}

// `key` is taken over. An encKey that is set keeps xmlsec away from KeyInfo.
std::string opened(Element element, xmlEncCtxMode mode, xmlSecKey* key,
                   std::initializer_list<xmlSecTransformId> transforms) {
  if (!key) return {};
  Context context(xmlSecEncCtxCreate(nullptr));
  if (!context) {
    xmlSecKeyDestroy(key);
    return {};
  }
  context->encKey = key;
  context->mode = mode;
  context->transformCtx.enabledUris = xmlSecTransformUriTypeNone;
  if (!allow(context.get(), transforms)) return {};
  auto* buffer = xmlSecEncCtxDecryptToBuffer(context.get(), element.node());
  if (!buffer || !xmlSecBufferGetData(buffer)) return {};
  return {reinterpret_cast<const char*>(xmlSecBufferGetData(buffer)), xmlSecBufferGetSize(buffer)};
}

xmlSecKey* content_key(const base::Secret& octets) {
  const auto& bytes = octets.reveal();
  return xmlSecKeyReadMemory(xmlSecKeyDataAesId, reinterpret_cast<const xmlSecByte*>(bytes.data()),
                             static_cast<xmlSecSize>(bytes.size()));
}

std::string open_with(Element data, Element key, const DecryptionKey& ours) {
  base::Secret content(opened(key, xmlEncCtxModeEncryptedKey, xmlsec_key(ours.get()), {xmlSecTransformRsaOaepId}));
  if (content.empty()) return {};
  return opened(data, xmlEncCtxModeEncryptedData, content_key(content),
                {xmlSecTransformAes128GcmId, xmlSecTransformAes192GcmId, xmlSecTransformAes256GcmId});
}

}  // namespace

base::Result<Document> decrypted(Element assertion, std::span<const DecryptionKey> keys) {
  WEIR_CHECK_OK(xmlsec_ready());
  WEIR_TRY(auto data, encrypted_data(assertion));
  WEIR_TRY(auto key, encrypted_key(assertion, data));
  for (const auto& ours : keys) {
    auto text = open_with(data, key, ours);
    if (text.empty()) continue;
    auto document = Document::parse(text, kMessageRules);
    if (document.ok()) return document;
    break;
  }
  return unopened("no key of the provider opens it");
}

}  // namespace weir::identity::saml
