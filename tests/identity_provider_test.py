"""The identity provider that other tests rely on is real and says what they expect: checked with other people's code,
signxml for signatures and PyJWT for tokens."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import jwt
import pytest
from lxml import etree
from signxml import XMLVerifier
from signxml.exceptions import InvalidSignature

from identity_provider.keycloak import SamlClient
from identity_provider.sign_in import Refused

TESTS = Path(__file__).parent
AWS = "https://aws.amazon.com/SAML/Attributes/"
LAKE_FORMATION = "https://lakeformation.amazon.com/SAML/Attributes/"
NAMES = {"samlp": "urn:oasis:names:tc:SAML:2.0:protocol", "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
         "ds": "http://www.w3.org/2000/09/xmldsig#", "xenc": "http://www.w3.org/2001/04/xmlenc#"}
PAIR = "arn:aws:iam::111122223333:role/saml-readers,arn:aws:iam::111122223333:saml-provider/keycloak"


@pytest.fixture(scope="module")
def realm(keycloak):
    return keycloak.realm()


def document(response: str) -> etree._Element:
    return etree.fromstring(base64.b64decode(response, validate=True))


def certificates(realm) -> list[str]:
    """The signing certificates its metadata publishes."""
    found = etree.fromstring(realm.metadata_xml().encode()).iterfind(".//ds:X509Certificate", NAMES)
    return [element.text for element in found]


def signed_part(response: str, realm) -> etree._Element:
    """What a signature of the realm's key covers; InvalidSignature when none does."""
    failure = InvalidSignature("no key is published")
    for certificate in certificates(realm):
        try:
            return XMLVerifier().verify(document(response), x509_cert=certificate).signed_xml
        except InvalidSignature as error:
            failure = error
    raise failure


def attributes(assertion: etree._Element) -> dict[str, list[str]]:
    return {attribute.get("Name"): sorted(value.text for value in attribute.iterfind("saml:AttributeValue", NAMES))
            for attribute in assertion.iterfind(".//saml:Attribute", NAMES)}


def text(element: etree._Element, path: str) -> str:
    return element.find(path, NAMES).text


def test_a_person_signs_in_on_its_pages_and_brings_what_aws_reads(realm):
    response = realm.saml_response("ann")
    assertion = signed_part(response, realm)
    assert etree.QName(assertion).localname == "Assertion"
    assert attributes(assertion) == {
        AWS + "Role": [PAIR], AWS + "RoleSessionName": ["ann"], AWS + "PrincipalTag:Department": ["finance"],
        AWS + "TransitiveTagKeys": ["Department"], LAKE_FORMATION + "Username": ["ann"],
        LAKE_FORMATION + "Groups": ["analysts", "stewards"]}
    assert text(assertion, "saml:Issuer") == realm.issuer
    assert text(assertion, ".//saml:Audience") == "urn:amazon:webservices"
    confirmed = assertion.find(".//saml:SubjectConfirmationData", NAMES)
    assert confirmed.get("Recipient") == "https://signin.aws.amazon.com/saml"
    assert confirmed.get("InResponseTo") is None
    assert document(response).get("Destination") == "https://signin.aws.amazon.com/saml"
    assert document(response).find(".//ds:SignatureMethod", NAMES).get("Algorithm").endswith("#rsa-sha256")


def test_the_guides_command_signs_in_as_well(keycloak, realm):
    command = [sys.executable, "-m", "identity_provider", "sign-in", realm.issuer, "bob"]
    ours = {"USERS_PASSWORD": keycloak.users_password, "SSL_CERT_FILE": str(keycloak.certificate), "PYTHONPATH": str(TESTS)}
    said = subprocess.run(command, env=os.environ | ours, check=True, capture_output=True, text=True).stdout
    assert attributes(signed_part(said.strip(), realm))[LAKE_FORMATION + "Username"] == ["bob"]
    refused = subprocess.run(command, env=os.environ | ours | {"USERS_PASSWORD": "wrong"}, capture_output=True, text=True)
    assert refused.returncode != 0 and not refused.stdout


def test_people_differ_and_who_has_no_role_brings_none(realm):
    bob, eve = (attributes(signed_part(realm.saml_response(user), realm)) for user in ("bob", "eve"))
    assert bob[LAKE_FORMATION + "Groups"] == ["analysts"]
    assert bob[AWS + "PrincipalTag:Department"] == ["sales"]
    assert eve[LAKE_FORMATION + "Groups"] == ["guests"]
    assert AWS + "Role" not in eve


def test_a_wrong_password_brings_nothing(realm):
    with pytest.raises(Refused):
        realm.saml_response("ann", "wrong")
    with pytest.raises(Refused):
        realm.oidc_token("ann", "wrong")


def test_the_answer_to_a_request_names_it_and_goes_where_the_service_is(realm):
    client = SamlClient(audience="https://weir.example/saml", recipient="https://weir.example/saml/acs")
    assertion = signed_part(realm.saml_response("ann", client=client, request_id="_request"), realm)
    confirmed = assertion.find(".//saml:SubjectConfirmationData", NAMES)
    assert (confirmed.get("InResponseTo"), confirmed.get("Recipient")) == ("_request", client.recipient)
    assert text(assertion, ".//saml:Audience") == client.audience
    assert attributes(assertion)[AWS + "Role"] == [PAIR]


@pytest.mark.parametrize("assertion, response", [(True, False), (False, True), (True, True), (False, False)])
def test_what_is_signed_can_be_chosen(realm, assertion, response):
    client = SamlClient(signs_assertion=assertion, signs_response=response)
    root = document(realm.saml_response("ann", client=client))
    assert (root.find("saml:Assertion/ds:Signature", NAMES) is not None) == assertion
    assert (root.find("ds:Signature", NAMES) is not None) == response


def test_a_signed_response_without_signed_assertion_verifies_as_a_whole(realm):
    response = realm.saml_response("ann", client=SamlClient(signs_assertion=False, signs_response=True))
    assert etree.QName(signed_part(response, realm)).localname == "Response"


def test_an_assertion_is_encrypted_for_the_certificate_that_is_given(realm, tmp_path):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=weir",
                    "-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"], check=True, capture_output=True)
    client = SamlClient(encrypt_for=(tmp_path / "cert.pem").read_text())
    root = document(realm.saml_response("ann", client=client))
    assert root.find("saml:Assertion", NAMES) is None
    method = [found.get("Algorithm") for found in root.iterfind(".//xenc:EncryptionMethod", NAMES)]
    assert method == [client.cipher, client.key_transport]
    wrapped = base64.b64decode(text(root, ".//xenc:EncryptedKey//xenc:CipherValue"))
    key = subprocess.run(["openssl", "pkeyutl", "-decrypt", "-inkey", tmp_path / "key.pem",
                          "-pkeyopt", "rsa_padding_mode:oaep"], input=wrapped, check=True, capture_output=True).stdout
    assert len(key) == 32


def test_another_realm_is_another_provider(keycloak, realm):
    partner = keycloak.realm("partner", provider="partner")
    response = partner.saml_response("ann")
    assert text(signed_part(response, partner), "saml:Issuer") == partner.issuer != realm.issuer
    with pytest.raises(InvalidSignature):
        signed_part(response, realm)


def test_a_rotated_key_signs_at_once_and_the_old_one_stays_published_until_it_is_retired(keycloak):
    rotating = keycloak.realm("rotating")
    before, [old] = rotating.saml_response("ann"), certificates(rotating)
    rotating.rotate_keys()
    after = rotating.saml_response("ann")
    assert len(certificates(rotating)) == 2 and old in certificates(rotating)
    assert text(document(after), ".//ds:X509Certificate") != old
    signed_part(before, rotating)
    rotating.retire_old_keys()
    signed_part(after, rotating)
    with pytest.raises(InvalidSignature):
        signed_part(before, rotating)


def verified(token: str, realm, audience: str) -> dict:
    """A token's claims, checked with the key that the realm publishes for it."""
    header = jwt.get_unverified_header(token)
    key = jwt.PyJWKSet.from_dict(realm.jwks())[header["kid"]]
    return jwt.decode(token, key, algorithms=["RS256"], audience=audience, issuer=realm.issuer)


def test_the_token_endpoint_gives_tokens_with_groups_and_the_tags_that_aws_reads(realm):
    tokens = realm.oidc_token("ann")
    for token in (tokens.id_token, tokens.access_token):
        claims = verified(token, realm, "weir")
        assert sorted(claims["groups"]) == ["analysts", "stewards"]
        assert claims["https://aws.amazon.com/tags"] == {
            "principal_tags": {"Department": ["finance"]}, "transitive_tag_keys": ["Department"]}


def test_a_token_can_be_for_another_audience_too(keycloak):
    realm = keycloak.realm("partner", provider="partner")
    with pytest.raises(jwt.InvalidAudienceError):
        verified(realm.oidc_token("bob").id_token, realm, "lake")
    assert verified(realm.oidc_token("bob", audience="lake").id_token, realm, "lake")["preferred_username"] == "bob"


def test_a_rotated_key_signs_tokens_and_the_old_one_stays_in_the_key_set_until_it_is_retired(keycloak):
    rotating = keycloak.realm("rotating")
    before = rotating.oidc_token("ann").id_token
    rotating.rotate_keys()
    after = rotating.oidc_token("ann").id_token
    verified(before, rotating, "weir")
    rotating.retire_old_keys()
    verified(after, rotating, "weir")
    with pytest.raises(KeyError):
        verified(before, rotating, "weir")


def test_discovery_names_the_issuer_and_where_its_keys_are(realm):
    assert realm.discovery()["issuer"] == realm.issuer
    assert realm.discovery()["jwks_uri"] == realm.jwks_url


def test_a_person_can_join(realm):
    realm.add_user("dan", ["stewards"], department="audit")
    said = attributes(signed_part(realm.saml_response("dan"), realm))
    assert (said[LAKE_FORMATION + "Groups"], said[AWS + "PrincipalTag:Department"]) == (["stewards"], ["audit"])
