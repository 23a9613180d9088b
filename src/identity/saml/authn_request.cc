#include "identity/saml/authn_request.h"

#include <libxml/tree.h>
#include <zlib.h>

#include <memory>

#include "base/text.h"
#include "identity/saml/xml.h"

namespace weir::identity::saml {
namespace {

constexpr std::string_view kPostBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
constexpr int kRawDeflate = -15, kMemoryLevel = 8;  // zlib.h: no header, the default of memory

// Inside of an element or of an attribute in quotation marks.
std::string escaped(std::string_view text) {
  std::unique_ptr<xmlChar, void (*)(void*)> out(
      xmlEncodeSpecialChars(nullptr, reinterpret_cast<const xmlChar*>(std::string(text).c_str())),
      [](void* memory) { xmlFree(memory); });
  return reinterpret_cast<const char*>(out.get());
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + escaped(value) + "\"";
}

// RFC 1951, as the binding has it. A buffer of the bound always suffices, and there is nothing else to fail.
std::string deflated(std::string_view text) {
  z_stream stream{};
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kRawDeflate, kMemoryLevel, Z_DEFAULT_STRATEGY);
  std::string in(text), out(deflateBound(&stream, in.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace

std::string to_xml(const AuthnRequest& request) {
  return "<samlp:AuthnRequest" + attribute("xmlns:samlp", kProtocolNs) + attribute("xmlns:saml", kAssertionNs) +
         attribute("ID", request.id) + attribute("Version", "2.0") +
         attribute("IssueInstant", base::to_iso8601(request.issued)) + attribute("Destination", request.destination) +
         attribute("ProtocolBinding", kPostBinding) +
         attribute("AssertionConsumerServiceURL", request.from.consumer_url) + "><saml:Issuer>" +
         escaped(request.from.entity_id) + "</saml:Issuer></samlp:AuthnRequest>";
}

std::string redirect_url(const AuthnRequest& request, std::string_view relay_state) {
  char joint = request.destination.find('?') == std::string::npos ? '?' : '&';
  return request.destination + joint + "SAMLRequest=" + base::uri_encode(base::base64(deflated(to_xml(request)))) +
         "&RelayState=" + base::uri_encode(relay_state);
}

std::string metadata_of(const ServiceProvider& provider) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<EntityDescriptor" + attribute("xmlns", kMetadataNs) +
         attribute("entityID", provider.entity_id) + ">\n  <SPSSODescriptor AuthnRequestsSigned=\"false\"" +
         " WantAssertionsSigned=\"true\"" + attribute("protocolSupportEnumeration", kProtocolNs) +
         ">\n    <NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat>\n" +
         "    <AssertionConsumerService index=\"0\" isDefault=\"true\"" + attribute("Binding", kPostBinding) +
         attribute("Location", provider.consumer_url) + "/>\n  </SPSSODescriptor>\n</EntityDescriptor>\n";
}

}  // namespace weir::identity::saml
