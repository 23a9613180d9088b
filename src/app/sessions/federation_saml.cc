#include "app/sessions/federation_saml.h"

#include <array>

#include "app/people/service_provider.h"
#include "app/public_url.h"
#include "identity/saml/faults.h"
#include "identity/saml/response.h"
#include "identity/saml_provider_records.h"

namespace weir::app {
namespace {

namespace saml = identity::saml;

// Attributes that have a condition key (IAM user guide, "Map SAML attributes to AWS trust policy context keys"):
// those of eduPerson and eduOrg, of X.500, and Active Directory's names for the latter.
enum class Form { text, list };
struct AttributeKey {
  std::string_view attribute;
  std::string_view key;
  Form form;
};
constexpr std::array kAttributeKeys = {
    AttributeKey{"urn:oid:1.3.6.1.4.1.5923.1.1.1.1", "saml:edupersonaffiliation", Form::list},
    AttributeKey{"urn:oid:1.3.6.1.4.1.5923.1.1.1.2", "saml:edupersonnickname", Form::list},
    AttributeKey{"urn:oid:1.3.6.1.4.1.5923.1.1.1.3", "saml:edupersonorgdn", Form::list},
    AttributeKey{"urn:oid:1.3.6.1.4.1.5923.1.1.1.4", "saml:edupersonorgunitdn", Form::list},
    AttributeKey{"urn:oid:1.3.6.1.4.1.5923.1.1.1.5", "saml:edupersonprimaryaffiliation", Form::list},
    AttributeKey{"urn:oid:1.3.6.1.4.1.5923.1.1.1.6", "saml:edupersonprincipalname", Form::list},
    AttributeKey{"urn:oid:1.3.6.1.4.1.5923.1.1.1.7", "saml:edupersonentitlement", Form::list},
    AttributeKey{"urn:oid:1.3.6.1.4.1.5923.1.1.1.8", "saml:edupersonprimaryorgunitdn", Form::list},
    AttributeKey{"urn:oid:1.3.6.1.4.1.5923.1.1.1.9", "saml:edupersonscopedaffiliation", Form::list},
    AttributeKey{"urn:oid:1.3.6.1.4.1.5923.1.1.1.10", "saml:edupersontargetedid", Form::list},
    AttributeKey{"urn:oid:1.3.6.1.4.1.5923.1.1.1.11", "saml:edupersonassurance", Form::list},
    AttributeKey{"urn:oid:1.3.6.1.4.1.5923.1.2.1.2", "saml:eduorghomepageuri", Form::list},
    AttributeKey{"urn:oid:1.3.6.1.4.1.5923.1.2.1.3", "saml:eduorgidentityauthnpolicyuri", Form::list},
    AttributeKey{"urn:oid:1.3.6.1.4.1.5923.1.2.1.4", "saml:eduorglegalname", Form::list},
    AttributeKey{"urn:oid:1.3.6.1.4.1.5923.1.2.1.5", "saml:eduorgsuperioruri", Form::list},
    AttributeKey{"urn:oid:1.3.6.1.4.1.5923.1.2.1.6", "saml:eduorgwhitepagesuri", Form::list},
    AttributeKey{"urn:oid:2.5.4.3", "saml:cn", Form::list},
    AttributeKey{"urn:oid:2.5.4.3", "saml:commonname", Form::text},
    AttributeKey{"urn:oid:2.5.4.4", "saml:surname", Form::text},
    AttributeKey{"urn:oid:2.5.4.41", "saml:name", Form::text},
    AttributeKey{"urn:oid:2.5.4.42", "saml:givenname", Form::text},
    AttributeKey{"urn:oid:2.5.4.45", "saml:x500uniqueidentifier", Form::text},
    AttributeKey{"urn:oid:0.9.2342.19200300.100.1.1", "saml:uid", Form::text},
    AttributeKey{"urn:oid:0.9.2342.19200300.100.1.3", "saml:mail", Form::text},
    AttributeKey{"urn:oid:0.9.2342.19200300.100.1.45", "saml:organizationstatus", Form::text},
    AttributeKey{"http://schemas.xmlsoap.org/claims/CommonName", "saml:commonname", Form::text},
    AttributeKey{"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", "saml:name", Form::text},
    AttributeKey{"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname", "saml:givenname", Form::text},
    AttributeKey{"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname", "saml:surname", Form::text},
    AttributeKey{"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "saml:mail", Form::text},
    AttributeKey{"http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid", "saml:primarygroupsid",
                 Form::text},
};

// What should be one text and comes more than once is a list: then no comparison with one text holds.
void set_claim(policy::Context& context, const AttributeKey& known, const std::vector<std::string>& values) {
  if (known.form == Form::text && values.size() == 1) {
    context.set(known.key, values.front());
  } else {
    context.set_list(known.key, values);
  }
}

base::Error no_such_provider(const std::string& arn) {
  auto error = base::not_found("Specified provider doesn't exist", std::string(saml::kIdentityToken));
  error.log = "no SAML provider " + arn.substr(0, 256);
  return error;
}

base::Result<identity::SamlProvider> find_provider(Call& call, const std::string& text) {
  constexpr std::string_view kKind = "saml-provider/";
  auto arn = names::Arn::parse(text);
  if (!arn.ok() || arn->service != "iam" || !arn->resource.starts_with(kKind)) return no_such_provider(text);
  auto account = names::AccountId::parse(arn->account);
  if (!account.ok()) return no_such_provider(text);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  auto found = identity::SamlProviderRecords(*tx, *account).get(arn->resource.substr(kKind.size()));
  if (found.ok() && found->arn() == text) return found;
  if (found.ok() || found.error().kind == base::Kind::not_found) return no_such_provider(text);
  return found;
}

base::Result<std::vector<saml::DecryptionKey>> decryption_keys(const identity::SamlProvider& provider,
                                                               const identity::KeyRing& ring) {
  std::vector<saml::DecryptionKey> out;
  for (const auto& sealed : provider.private_keys) {
    WEIR_TRY(auto pem, identity::open_private_key(provider, sealed, ring));
    WEIR_TRY(auto key, saml::DecryptionKey::from_pem(pem));
    out.push_back(std::move(key));
  }
  return out;
}

void append(std::vector<std::string>& list, const std::vector<std::string>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

// Until it listens, this server has no address.
bool has_console(const Lake& lake) { return lake.public_url && !lake.public_url->get().empty(); }

// AWS's addresses of every provider, those of this one alone, the operator's, and our console's.
std::vector<std::string> recipients(const Call& call, const identity::SamlProvider& provider) {
  auto out = saml::aws_recipients(call.lake().region);
  auto own = out;
  for (auto& address : own) address += "/acs/" + provider.uuid;
  append(out, own);
  append(out, call.lake().federation.saml_recipients);
  if (has_console(call.lake())) out.push_back(service_provider(call.lake(), provider.account.text()).consumer_url);
  return out;
}

std::vector<std::string> audiences(const Call& call, const identity::SamlProvider& provider) {
  auto out = saml::aws_audiences();
  append(out, call.lake().federation.saml_audiences);
  if (has_console(call.lake())) out.push_back(service_provider(call.lake(), provider.account.text()).entity_id);
  return out;
}

// What providers call a person's mail addresses by: a plain name, LDAP's (RFC 4524) and that of claims.
std::vector<std::string> claimed_addresses(const saml::Attributes& attributes) {
  std::vector<std::string> out;
  for (const char* name : {"email", "mail", "urn:oid:0.9.2342.19200300.100.1.3",
                           "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"})
    if (auto found = attributes.find(name); found != attributes.end())
      out.insert(out.end(), found->second.begin(), found->second.end());
  return out;
}

}  // namespace

policy::Context SamlSignIn::claims() const {
  policy::Context out;
  out.set("saml:aud", assertion.recipient)
      .set("saml:iss", assertion.issuer)
      .set("saml:sub", assertion.subject.value)
      .set("saml:sub_type", assertion.subject.short_format())
      .set("saml:namequalifier", name_qualifier)
      .set("saml:doc", provider.account.text() + "/" + provider.name);
  for (const auto& known : kAttributeKeys) {
    auto found = assertion.attributes.find(std::string(known.attribute));
    if (found != assertion.attributes.end()) set_claim(out, known, found->second);
  }
  return out;
}

identity::SignIn SamlSignIn::kept() const {
  return {.provider = provider.arn(),
          .subject = assertion.subject.value,
          .subject_type = assertion.subject.short_format(),
          .name_qualifier = name_qualifier,
          .audience = {},
          .methods = {},
          .addresses = claimed_addresses(assertion.attributes),
          .provider_id = provider.uuid};
}

identity::Principal SamlSignIn::person() const {
  return identity::federated_identity({provider.arn(), assertion.subject.value, name_qualifier});
}

base::Result<SamlSignIn> read_saml_sign_in(Call& call, const std::string& provider_arn, const std::string& response) {
  WEIR_TRY(auto provider, find_provider(call, provider_arn));
  WEIR_TRY(auto metadata, saml::parse_metadata(provider.metadata));
  saml::Expectation expected{.provider = metadata,
                             .audiences = audiences(call, provider),
                             .recipients = recipients(call, provider),
                             .now = call.now(),
                             .require_encryption = provider.requires_encryption()};
  expected.answers_us = [&](const std::optional<std::string>& request) {
    return !request || is_request_of(call.lake(), provider.arn(), *request, call.now());
  };
  WEIR_TRY(expected.decryption_keys, decryption_keys(provider, call.lake().keys));
  WEIR_TRY(auto assertion, saml::verify(response, expected));
  auto qualifier = saml::name_qualifier(assertion.issuer, provider.account.text(), provider.name);
  return SamlSignIn{std::move(provider), std::move(assertion), std::move(qualifier), expected.skew};
}

}  // namespace weir::app
