#include "identity/saml/response.h"

#include <algorithm>

#include "base/text.h"
#include "identity/saml/conditions.h"
#include "identity/saml/decryption.h"
#include "identity/saml/faults.h"
#include "identity/saml/signature.h"

namespace weir::identity::saml {
namespace {

constexpr std::string_view kSuccess = "urn:oasis:names:tc:SAML:2.0:status:Success";

base::Result<std::string> decoded(std::string_view base64) {
  if (base64.size() > kResponseMax) return invalid_response("longer than 100000 characters");
  std::string text;
  std::copy_if(base64.begin(), base64.end(), std::back_inserter(text), [](char c) { return c != '\r' && c != '\n'; });
  auto bytes = base::unbase64(text);
  if (!bytes.ok() || bytes->empty()) return invalid_token("Invalid base64 SAMLResponse", "not base64");
  return bytes;
}

base::Result<Document> parsed(std::string_view text) {
  auto document = Document::parse(text, kMessageRules);
  if (!document.ok()) return invalid_response(document.error().log);
  return document;
}

// One assertion, plain or encrypted, directly inside; no signature anywhere but on it and on the response.
base::Status check_counts(const Document& document, Element response) {
  auto plain = response.children(kAssertionNs, "Assertion");
  auto sealed = response.children(kAssertionNs, "EncryptedAssertion");
  if (plain.size() + sealed.size() != 1) return invalid_response("not exactly one assertion in the response");
  if (document.count(kAssertionNs, "Assertion") != plain.size() ||
      document.count(kAssertionNs, "EncryptedAssertion") != sealed.size())
    return invalid_response("an assertion that is not directly in the response");
  if (document.count(kProtocolNs, "Response") != 1) return invalid_response("a response inside the response");
  auto signatures = response.children(kSignatureNs, "Signature").size();
  if (!plain.empty()) signatures += plain[0].children(kSignatureNs, "Signature").size();
  if (document.count(kSignatureNs, "Signature") != signatures)
    return invalid_signature("a signature that is neither the response's nor the assertion's");
  return {};
}

base::Status check_status(Element response) {
  auto status = response.only(kProtocolNs, "Status").only(kProtocolNs, "StatusCode").attribute("Value");
  if (status != kSuccess) return invalid_response("status is not Success");
  return {};
}

base::Status check_destination(Element response, const Expectation& expected) {
  auto destination = response.attribute("Destination");
  if (!destination || destination->empty()) return {};
  const auto& ours = expected.recipients;
  if (std::find(ours.begin(), ours.end(), *destination) == ours.end()) return invalid_response("Destination");
  return {};
}

base::Status check_envelope(const Document& document, const Expectation& expected) {
  auto response = document.root();
  if (!response.is(kProtocolNs, "Response") || response.attribute("Version") != "2.0")
    return invalid_response("the root is no Response of version 2.0");
  WEIR_CHECK_OK(check_counts(document, response));
  WEIR_CHECK_OK(check_status(response));
  WEIR_CHECK_OK(check_destination(response, expected));
  if (!expected.answers_us(response.attribute("InResponseTo"))) return invalid_response("InResponseTo");
  auto issued = read_issue_instant(response, expected);
  return issued.ok() ? base::Status() : base::Status(issued.error());
}

// The metadata of whom the element says it is from: that chooses among keys we trust, and no more.
base::Result<const IdentityProvider*> issuer_of(Element element, const Expectation& expected) {
  auto name = element.only(kAssertionNs, "Issuer").text();
  auto* provider = name ? expected.provider.find(*name) : nullptr;
  if (!provider) return invalid_token("Issuer not present in specified provider", "issuer");
  if (provider->valid_until && expected.now >= *provider->valid_until)
    return invalid_token("Issuer not present in specified provider", "the metadata has expired");
  return provider;
}

// The response, read from its signed octets when it is signed.
struct Envelope {
  Document document;
  bool proven = false;
};
base::Result<Envelope> open_envelope(Document document, const Expectation& expected) {
  auto response = document.root();
  if (!is_signed(response)) return Envelope{std::move(document)};
  WEIR_TRY(auto provider, issuer_of(response, expected));
  WEIR_TRY(auto proven, verified(document, response, provider->signing_keys));
  return Envelope{std::move(proven), true};
}

base::Status check_single_assertion(const Document& document) {
  auto root = document.root();
  bool alone = root.is(kAssertionNs, "Assertion") && document.count(kAssertionNs, "Assertion") == 1 &&
               document.count(kAssertionNs, "EncryptedAssertion") == 0 &&
               document.count(kSignatureNs, "Signature") == root.children(kSignatureNs, "Signature").size();
  if (!alone) return invalid_response("what was encrypted is not one assertion");
  return {};
}

// `holder` is the document the assertion stands in, `proven` whether its octets were signed around it.
base::Result<Assertion> read_proven(const Document& holder, Element assertion, bool proven,
                                    const Expectation& expected) {
  WEIR_TRY(auto provider, issuer_of(assertion, expected));
  if (!is_signed(assertion)) {
    if (!proven) return invalid_signature("neither the assertion nor the response is signed");
    return read_assertion(assertion, expected);
  }
  WEIR_TRY(auto own, verified(holder, assertion, provider->signing_keys));
  return read_assertion(own.root(), expected);
}

base::Result<Assertion> read_encrypted(Element sealed, bool proven, const Expectation& expected) {
  WEIR_TRY(auto opened, decrypted(sealed, expected.decryption_keys));
  WEIR_CHECK_OK(check_single_assertion(opened));
  WEIR_TRY(auto out, read_proven(opened, opened.root(), proven, expected));
  out.was_encrypted = true;
  return out;
}

base::Status check_same_issuer(Element response, const Assertion& assertion) {
  for (auto issuer : response.children(kAssertionNs, "Issuer"))
    if (issuer.text() != assertion.issuer) return invalid_response("response and assertion of two issuers");
  return {};
}

}  // namespace

base::Result<Assertion> verify(std::string_view base64, const Expectation& expected) {
  WEIR_TRY(auto text, decoded(base64));
  WEIR_TRY(auto message, parsed(text));
  WEIR_CHECK_OK(check_envelope(message, expected));
  WEIR_TRY(auto envelope, open_envelope(std::move(message), expected));
  auto response = envelope.document.root();
  auto plain = response.only(kAssertionNs, "Assertion");
  if (plain && expected.require_encryption) return invalid_response("the assertion must be encrypted");
  auto out = plain ? read_proven(envelope.document, plain, envelope.proven, expected)
                   : read_encrypted(response.only(kAssertionNs, "EncryptedAssertion"), envelope.proven, expected);
  if (out.ok()) WEIR_CHECK_OK(check_same_issuer(response, *out));
  return out;
}

}  // namespace weir::identity::saml
