#include "identity/saml/signature_shape.h"

#include <algorithm>
#include <array>

#include "identity/saml/faults.h"

namespace weir::identity::saml {
namespace {

constexpr std::string_view kEnveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

struct Method {
  std::string_view uri;
  KeyFamily family;
};
constexpr std::array kMethods{
    Method{"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", KeyFamily::rsa},
    Method{"http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", KeyFamily::rsa},
    Method{"http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", KeyFamily::rsa},
    Method{"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", KeyFamily::ec},
    Method{"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", KeyFamily::ec},
    Method{"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", KeyFamily::ec},
};
constexpr std::array<std::string_view, 3> kDigests{
    "http://www.w3.org/2001/04/xmlenc#sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512",
};

bool is_signature_part(Element element, std::string_view name) { return element.is(kSignatureNs, name); }

// The children are exactly these, in this order, and no text stands between them.
bool consists_of(Element element, std::initializer_list<std::string_view> names) {
  auto children = element.children();
  return element.holds_only_elements() &&
         std::equal(children.begin(), children.end(), names.begin(), names.end(), is_signature_part);
}

std::string algorithm_of(Element method) { return method.attribute("Algorithm").value_or(""); }

// Exclusive canonicalization, of which only the list of prefixes to keep may be set.
bool is_exclusive(Element method) {
  auto parts = method.children();
  bool plain = parts.empty() ||
               (parts.size() == 1 && parts[0].is(kExclusiveC14n, "InclusiveNamespaces") && parts[0].children().empty());
  return algorithm_of(method) == kExclusiveC14n && plain && method.holds_only_elements();
}

bool is_leaf(Element element) { return element.text().has_value(); }

base::Result<KeyFamily> family_of(Element method) {
  auto uri = algorithm_of(method);
  auto at = std::find_if(kMethods.begin(), kMethods.end(), [&](auto& each) { return each.uri == uri; });
  if (at == kMethods.end() || !method.children().empty()) return invalid_signature("signature method " + uri);
  return at->family;
}

base::Status check_transforms(Element transforms) {
  if (!consists_of(transforms, {"Transform", "Transform"})) return invalid_signature("not exactly two transforms");
  auto each = transforms.children();
  if (algorithm_of(each[0]) != kEnveloped || !each[0].children().empty())
    return invalid_signature("the first transform is not enveloped-signature");
  if (!is_exclusive(each[1])) return invalid_signature("the second transform is not exclusive canonicalization");
  return {};
}

base::Status check_reference(Element reference, std::string_view id) {
  if (!consists_of(reference, {"Transforms", "DigestMethod", "DigestValue"}))
    return invalid_signature("the shape of the reference");
  if (reference.attribute("URI") != "#" + std::string(id)) return invalid_signature("a reference to something else");
  auto parts = reference.children();
  auto digest = algorithm_of(parts[1]);
  if (std::find(kDigests.begin(), kDigests.end(), digest) == kDigests.end() || !parts[1].children().empty())
    return invalid_signature("digest method " + digest);
  if (!is_leaf(parts[2])) return invalid_signature("a digest value that is not one text");
  return check_transforms(parts[0]);
}

}  // namespace

base::Result<KeyFamily> check_signature_shape(Element signature, Element parent) {
  bool with_key = consists_of(signature, {"SignedInfo", "SignatureValue", "KeyInfo"});
  if (!with_key && !consists_of(signature, {"SignedInfo", "SignatureValue"}))
    return invalid_signature("the shape of the signature");
  auto parts = signature.children();
  if (!is_leaf(parts[1])) return invalid_signature("a signature value that is not one text");
  if (!consists_of(parts[0], {"CanonicalizationMethod", "SignatureMethod", "Reference"}))
    return invalid_signature("the shape of the signed info");
  auto info = parts[0].children();
  if (!is_exclusive(info[0])) return invalid_signature("canonicalization method " + algorithm_of(info[0]));
  WEIR_CHECK_OK(check_reference(info[2], parent.attribute("ID").value_or("")));
  return family_of(info[1]);
}

}  // namespace weir::identity::saml
