#include "identity/saml/signature.h"

#include <xmlsec/crypto.h>
#include <xmlsec/xmldsig.h>

#include "identity/saml/faults.h"
#include "identity/saml/signature_shape.h"
#include "identity/saml/xmlsec_library.h"

namespace weir::identity::saml {
namespace {

struct FreeContext {
  void operator()(xmlSecDSigCtx* context) const { xmlSecDSigCtxDestroy(context); }
};
using Context = std::unique_ptr<xmlSecDSigCtx, FreeContext>;

bool allow_transforms(xmlSecDSigCtx* context) {
  for (auto id : {xmlSecTransformEnvelopedId, xmlSecTransformExclC14NId, xmlSecTransformSha256Id,
                  xmlSecTransformSha384Id, xmlSecTransformSha512Id})
    if (xmlSecDSigCtxEnableReferenceTransform(context, id) < 0) return false;
  for (auto id :
       {xmlSecTransformExclC14NId, xmlSecTransformRsaSha256Id, xmlSecTransformRsaSha384Id, xmlSecTransformRsaSha512Id,
        xmlSecTransformEcdsaSha256Id, xmlSecTransformEcdsaSha384Id, xmlSecTransformEcdsaSha512Id})
    if (xmlSecDSigCtxEnableSignatureTransform(context, id) < 0) return false;
  return true;
}

// With signKey set, xmlsec does not read KeyInfo: the message never names its own key.
Context strict_context(const SigningKey& key) {
  Context context(xmlSecDSigCtxCreate(nullptr));
  if (!context) return nullptr;
  context->flags |= XMLSEC_DSIG_FLAGS_STORE_SIGNEDINFO_REFERENCES;
  context->enabledReferenceUris = xmlSecTransformUriTypeSameDocument;
  context->signKey = xmlsec_key(key.get());
  if (!context->signKey || !allow_transforms(context.get())) return nullptr;
  return context;
}

// The octets that went into the digest; empty when the signature does not hold.
std::string_view signed_octets(xmlSecDSigCtx* context, Element signature) {
  if (xmlSecDSigCtxVerify(context, signature.node()) != 0 || context->status != xmlSecDSigStatusSucceeded) return {};
  if (xmlSecPtrListGetSize(&context->signedInfoReferences) != 1) return {};
  auto* reference = static_cast<xmlSecDSigReferenceCtx*>(xmlSecPtrListGetItem(&context->signedInfoReferences, 0));
  if (!reference || reference->status != xmlSecDSigStatusSucceeded) return {};
  auto* buffer = xmlSecDSigReferenceCtxGetPreDigestBuffer(reference);
  if (!buffer || !xmlSecBufferGetData(buffer)) return {};
  return {reinterpret_cast<const char*>(xmlSecBufferGetData(buffer)), xmlSecBufferGetSize(buffer)};
}

// Canonical text of the same element, or it is not what was asked for.
base::Result<Document> read_again(std::string_view octets, Element original) {
  auto document = Document::parse(octets, kMessageRules);
  if (!document.ok()) return invalid_signature("the signed octets: " + document.error().log);
  auto root = document->root();
  if (root.name() != original.name() || root.attribute("ID") != original.attribute("ID"))
    return invalid_signature("the signed octets are another element");
  return document;
}

}  // namespace

bool is_signed(Element element) { return !element.children(kSignatureNs, "Signature").empty(); }

base::Result<Document> verified(const Document& document, Element element, std::span<const SigningKey> keys) {
  WEIR_CHECK_OK(xmlsec_ready());
  auto signature = element.only(kSignatureNs, "Signature");
  if (!signature) return invalid_signature("not exactly one signature");
  WEIR_TRY(auto family, check_signature_shape(signature, element));
  if (auto known = document.register_id(element); !known.ok()) return invalid_signature(known.error().log);
  for (const auto& key : keys) {
    if (key.family() != family) continue;
    auto context = strict_context(key);
    if (!context) return base::internal("xmlsec1 gave no context");
    auto octets = signed_octets(context.get(), signature);
    if (!octets.empty()) return read_again(octets, element);
  }
  return invalid_signature("no key of the metadata made this signature");
}

}  // namespace weir::identity::saml
