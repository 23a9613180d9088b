"""A SAML identity provider for tests: keys, metadata, and responses signed by signxml and lxml.

Nothing here is the code under test: signxml canonicalises with lxml and signs with `cryptography`; xmlsec1 is
only on the other side. Every part of a response can be bent before and after it is signed.
"""

import base64
import copy
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml import XMLSigner
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureConstructionMethod

P = "urn:oasis:names:tc:SAML:2.0:protocol"
A = "urn:oasis:names:tc:SAML:2.0:assertion"
DS = "http://www.w3.org/2000/09/xmldsig#"
XENC = "http://www.w3.org/2001/04/xmlenc#"
NS = {"p": P, "a": A, "ds": DS, "x": XENC}
AWS = "https://aws.amazon.com/SAML/Attributes/"
LF = "https://lakeformation.amazon.com/SAML/Attributes/"
SIGN_IN = "https://signin.aws.amazon.com/saml"
ROLE = "arn:aws:iam::111122223333:role/analyst"
PROVIDER = "arn:aws:iam::111122223333:saml-provider/okta"
NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=timezone.utc)


def stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


class Key:
    """A private key and the self-signed certificate it travels in."""

    def __init__(self, private=None):
        self.private = private or rsa.generate_private_key(65537, 2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.example.com")])
        self.certificate = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(self.private.public_key())
            .serial_number(1).not_valid_before(NOW - timedelta(days=1)).not_valid_after(NOW + timedelta(days=365))
            .sign(self.private, hashes.SHA256()))

    @classmethod
    def on_curve(cls, curve=None) -> "Key":
        return cls(ec.generate_private_key(curve or ec.SECP256R1()))

    @property
    def pem(self) -> str:
        return self.private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                          serialization.NoEncryption()).decode()

    @property
    def certificate_pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def certificate_text(self) -> str:
        return base64.b64encode(self.certificate.public_bytes(serialization.Encoding.DER)).decode()


@dataclass
class Knobs:
    """What a response says. The defaults are what AWS accepts at NOW."""

    issuer: str = "https://idp.example.com/saml"
    subject: str = "alice@example.com"
    subject_format: str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
    audience: str | None = "urn:amazon:webservices"
    recipient: str = SIGN_IN
    destination: str | None = SIGN_IN
    method: str = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
    status: str = "urn:oasis:names:tc:SAML:2.0:status:Success"
    issued: datetime = NOW - timedelta(seconds=10)
    not_before: datetime = NOW - timedelta(seconds=60)
    not_on_or_after: datetime = NOW + timedelta(minutes=5)
    confirmation_until: datetime = NOW + timedelta(minutes=5)
    session_until: datetime | None = NOW + timedelta(hours=8)
    in_response_to: str | None = None
    conditions: str = ""  # further conditions, as XML
    attributes: dict = field(default_factory=lambda: {
        AWS + "Role": [f"{ROLE},{PROVIDER}"],
        AWS + "RoleSessionName": ["alice@example.com"],
        AWS + "PrincipalTag:team": ["sales"],
        AWS + "TransitiveTagKeys": ["team"],
        AWS + "SourceIdentity": ["alice"],
        AWS + "SessionDuration": ["1800"],
        LF + "Username": ["alice@example.com"],
        LF + "Groups": ["analysts", "emea"],
        "mail": ["alice@example.com"],
    })
    response_id: str = "_response1"
    assertion_id: str = "_assertion1"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _attribute(name: str, values: list[str]) -> str:
    inside = "".join(f'<saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" '
                     f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">{_escaped(v)}'
                     "</saml:AttributeValue>" for v in values)
    return f'<saml:Attribute Name="{_escaped(name)}">{inside}</saml:Attribute>'


def response_xml(k: Knobs) -> str:
    """The unsigned response."""
    audience = (f"<saml:AudienceRestriction><saml:Audience>{k.audience}</saml:Audience></saml:AudienceRestriction>"
                if k.audience else "")
    destination = f' Destination="{k.destination}"' if k.destination else ""
    answer = f' InResponseTo="{k.in_response_to}"' if k.in_response_to else ""
    session = f' SessionNotOnOrAfter="{stamp(k.session_until)}"' if k.session_until else ""
    attributes = "".join(_attribute(n, v) for n, v in k.attributes.items())
    return f"""<samlp:Response xmlns:samlp="{P}" xmlns:saml="{A}" ID="{k.response_id}" Version="2.0" \
IssueInstant="{stamp(k.issued)}"{destination}{answer}>
  <saml:Issuer>{k.issuer}</saml:Issuer>
  <samlp:Status><samlp:StatusCode Value="{k.status}"/></samlp:Status>
  <saml:Assertion ID="{k.assertion_id}" Version="2.0" IssueInstant="{stamp(k.issued)}">
    <saml:Issuer>{k.issuer}</saml:Issuer>
    <saml:Subject>
      <saml:NameID Format="{k.subject_format}">{_escaped(k.subject)}</saml:NameID>
      <saml:SubjectConfirmation Method="{k.method}">
        <saml:SubjectConfirmationData Recipient="{k.recipient}" NotOnOrAfter="{stamp(k.confirmation_until)}"{answer}/>
      </saml:SubjectConfirmation>
    </saml:Subject>
    <saml:Conditions NotBefore="{stamp(k.not_before)}" NotOnOrAfter="{stamp(k.not_on_or_after)}">{audience}\
{k.conditions}</saml:Conditions>
    <saml:AuthnStatement AuthnInstant="{stamp(k.issued)}" SessionIndex="s1"{session}>
      <saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password\
</saml:AuthnContextClassRef></saml:AuthnContext>
    </saml:AuthnStatement>
    <saml:AttributeStatement>{attributes}</saml:AttributeStatement>
  </saml:Assertion>
</samlp:Response>"""


class _Signer(XMLSigner):
    """Signs with what is asked for, also what signxml rightly advises against."""

    def check_deprecated_methods(self):
        pass


def sign(root: etree._Element, element: etree._Element, key: Key, *, method: str = "", digest: str = "sha256",
         key_info: bool = True, c14n: str = "http://www.w3.org/2001/10/xml-exc-c14n#") -> etree._Element:
    """Replaces `element` (an Assertion, or the Response) by its signed form; gives the new root."""
    family = "ecdsa" if isinstance(key.private, ec.EllipticCurvePrivateKey) else "rsa"
    signer = _Signer(method=SignatureConstructionMethod.enveloped, signature_algorithm=method or f"{family}-sha256",
                     digest_algorithm=digest, c14n_algorithm=CanonicalizationMethod(c14n))
    is_root = element is root
    # Signed where it stands alone, as exclusive canonicalization allows.
    alone = etree.fromstring(etree.tostring(element, with_tail=False))
    alone.insert(1, etree.Element(f"{{{DS}}}Signature", {"Id": "placeholder"}, nsmap={"ds": DS}))
    signed = signer.sign(alone, key=key.private, cert=[key.certificate] if key_info else None,
                         reference_uri=element.get("ID"), id_attribute="ID")
    if is_root:
        return signed
    signed.tail = element.tail
    element.getparent().replace(element, signed)
    return root


def parse(text: str) -> etree._Element:
    return etree.fromstring(text.encode())


def encode(root) -> str:
    raw = root if isinstance(root, bytes) else root.encode() if isinstance(root, str) else etree.tostring(root)
    return base64.b64encode(raw).decode()


def assertion_of(root: etree._Element) -> etree._Element:
    return root.find("a:Assertion", NS)


def signed_response(key: Key, knobs: Knobs | None = None, *, what: str = "assertion", **options) -> etree._Element:
    """what: assertion, response or both."""
    root = parse(response_xml(knobs or Knobs()))
    if what in ("assertion", "both"):
        root = sign(root, assertion_of(root), key, **options)
    if what in ("response", "both"):
        root = sign(root, root, key, **options)
    return root


def encrypt(root: etree._Element, recipient_key: Key, *, cipher: str = "aes256-gcm", transport: str = "oaep",
            sibling: bool = False) -> etree._Element:
    """Puts an EncryptedAssertion where the Assertion was."""
    assertion = assertion_of(root)
    plain = etree.tostring(assertion, with_tail=False)
    size = {"aes128-gcm": 16, "aes192-gcm": 24, "aes256-gcm": 32, "aes128-cbc": 16}[cipher]
    content, nonce = os.urandom(size), os.urandom(12)
    sealed = nonce + AESGCM(content).encrypt(nonce, plain, None)
    public = recipient_key.private.public_key()
    oaep = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)
    wrapped = public.encrypt(content, oaep if transport == "oaep" else padding.PKCS1v15())
    space = "http://www.w3.org/2009/xmlenc11#" if "gcm" in cipher else XENC
    transport_uri = XENC + ("rsa-oaep-mgf1p" if transport == "oaep" else "rsa-1_5")
    encrypted_key = f"""<xenc:EncryptedKey xmlns:xenc="{XENC}"><xenc:EncryptionMethod Algorithm="{transport_uri}"/>
<xenc:CipherData><xenc:CipherValue>{base64.b64encode(wrapped).decode()}</xenc:CipherValue></xenc:CipherData>
</xenc:EncryptedKey>"""
    inside = "" if sibling else f'<ds:KeyInfo xmlns:ds="{DS}">{encrypted_key}</ds:KeyInfo>'
    text = f"""<saml:EncryptedAssertion xmlns:saml="{A}"><xenc:EncryptedData xmlns:xenc="{XENC}" \
Type="{XENC}Element"><xenc:EncryptionMethod Algorithm="{space}{cipher}"/>{inside}<xenc:CipherData><xenc:CipherValue>\
{base64.b64encode(sealed).decode()}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>\
{encrypted_key if sibling else ""}</saml:EncryptedAssertion>"""
    root.replace(assertion, etree.fromstring(text))
    return root


def metadata(keys: list[Key], issuer: str = "https://idp.example.com/saml", *, valid_until: str = "",
             use: str = "signing") -> str:
    descriptors = "".join(
        f'<md:KeyDescriptor use="{use}"><ds:KeyInfo xmlns:ds="{DS}"><ds:X509Data><ds:X509Certificate>'
        f"{key.certificate_text}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>" for key in keys)
    until = f' validUntil="{valid_until}"' if valid_until else ""
    return f"""<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" \
entityID="{issuer}"{until}><!-- made by a test; real metadata is never this short, and IAM takes none of fewer than a thousand characters: \
{"." * 300} --><md:IDPSSODescriptor protocolSupportEnumeration="{P}">{descriptors}\
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso"/>\
</md:IDPSSODescriptor></md:EntityDescriptor>"""


def clone(element: etree._Element) -> etree._Element:
    return copy.deepcopy(element)
