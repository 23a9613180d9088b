#include "identity/saml/metadata.h"

#include <algorithm>

#include "base/text.h"
#include "identity/saml/saml_time.h"
#include "identity/saml/xml.h"

namespace weir::identity::saml {
namespace {

constexpr std::string_view kRedirectBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
constexpr Rules kMetadataRules{.bytes_max = 4 * kMetadataMax, .nodes_max = 500'000, .comments = true};

base::Error unusable(std::string why) {
  auto error = base::invalid("Could not parse metadata", "SAMLMetadataDocument");
  error.log = "saml metadata: " + std::move(why);
  return error;
}

using Until = std::optional<base::Instant>;

Until earlier(Until a, Until b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

base::Result<Until> valid_until(Element element) {
  auto text = element.attribute("validUntil");
  if (!text) return Until();
  auto at = parse_saml_time(*text);
  if (!at.ok()) return unusable("validUntil is no time");
  return Until(*at);
}

// One certificate per key descriptor: of several it would be a guess which one signs, and a CA's key among
// them would be trusted to sign assertions.
base::Result<SigningKey> signing_key(Element descriptor) {
  auto data = descriptor.only(kSignatureNs, "KeyInfo").only(kSignatureNs, "X509Data");
  auto text = data.only(kSignatureNs, "X509Certificate").text();
  if (!text) return unusable("a KeyDescriptor without exactly one X509Certificate");
  auto key = SigningKey::from_certificate(*text);
  if (!key.ok()) return unusable(key.error().says);
  return key;
}

bool signs(Element descriptor) { return descriptor.attribute("use").value_or("signing") == "signing"; }

bool speaks_saml2(Element role) {
  auto protocols = role.attribute("protocolSupportEnumeration").value_or("");
  auto words = base::split(protocols, ' ');
  return std::find(words.begin(), words.end(), kProtocolNs) != words.end();
}

base::Status read_keys(Element role, IdentityProvider& into) {
  for (auto descriptor : role.children(kMetadataNs, "KeyDescriptor")) {
    if (!signs(descriptor)) continue;
    WEIR_TRY(auto key, signing_key(descriptor));
    into.signing_keys.push_back(std::move(key));
  }
  return {};
}

// The first address for HTTP-Redirect, of several for the same.
void read_sign_in(Element role, IdentityProvider& into) {
  for (auto service : role.children(kMetadataNs, "SingleSignOnService"))
    if (into.sign_in_url.empty() && service.attribute("Binding") == kRedirectBinding)
      into.sign_in_url = service.attribute("Location").value_or("");
}

// An entity that is no identity provider gives one without keys.
base::Result<IdentityProvider> read_entity(Element entity, Until bound) {
  IdentityProvider out;
  out.entity_id = entity.attribute("entityID").value_or("");
  if (out.entity_id.empty() || out.entity_id.size() > 1024) return unusable("entityID is absent or too long");
  WEIR_TRY(auto own, valid_until(entity));
  out.valid_until = earlier(bound, own);
  for (auto role : entity.children(kMetadataNs, "IDPSSODescriptor")) {
    if (!speaks_saml2(role)) continue;
    WEIR_TRY(auto until, valid_until(role));
    out.valid_until = earlier(out.valid_until, until);
    WEIR_CHECK_OK(read_keys(role, out));
    read_sign_in(role, out);
  }
  return out;
}

base::Result<std::vector<Element>> entities(Element root) {
  if (root.is(kMetadataNs, "EntityDescriptor")) return std::vector{root};
  if (!root.is(kMetadataNs, "EntitiesDescriptor")) return unusable("the root is no EntityDescriptor");
  return root.children(kMetadataNs, "EntityDescriptor");
}

base::Status check(const Metadata& metadata) {
  size_t certificates = 0;
  for (const auto& provider : metadata.providers) certificates += provider.signing_keys.size();
  if (metadata.providers.empty()) return unusable("no identity provider with a signing certificate");
  if (certificates > kCertificatesMax) return unusable("too many certificates");
  return {};
}

}  // namespace

const IdentityProvider* Metadata::find(std::string_view entity_id) const {
  auto at = std::find_if(providers.begin(), providers.end(), [&](auto& each) { return each.entity_id == entity_id; });
  return at == providers.end() ? nullptr : &*at;
}

base::Result<Metadata> parse_metadata(std::string_view text) {
  auto document = Document::parse(text, kMetadataRules);
  if (!document.ok()) return unusable(document.error().log);
  if (auto length = base::utf8_length(text); length < kMetadataMin || length > kMetadataMax)
    return unusable("fewer than 1000 or more than 10000000 characters");
  WEIR_TRY(auto found, entities(document->root()));
  WEIR_TRY(auto bound, valid_until(document->root()));
  Metadata out;
  for (auto entity : found) {
    WEIR_TRY(auto provider, read_entity(entity, bound));
    if (provider.signing_keys.empty()) continue;
    if (out.find(provider.entity_id)) return unusable("an entityID twice");
    out.valid_until = earlier(out.valid_until, provider.valid_until);
    out.providers.push_back(std::move(provider));
  }
  WEIR_CHECK_OK(check(out));
  return out;
}

}  // namespace weir::identity::saml
