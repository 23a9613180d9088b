"""Responses of a provider that we play, honest and forged, against weir_identity_saml_check.

The signer is signxml on lxml and `cryptography`; the verifier is Weir's, on xmlsec1. Whatever is forged here
must be refused, and for the reason the attack stands for, so that no other rule hides a missing one.
"""

import base64
import time
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from lxml import etree
from saml_idp import (A, AWS, DS, LF, NOW, NS, P, PROVIDER, ROLE, SIGN_IN, Key, Knobs, assertion_of, clone, encode,
                      encrypt, metadata, parse, response_xml, sign, signed_response, stamp)
from verdicts import asking, refused

IDP = Key()
MALLORY = Key()
METADATA = metadata([IDP])


@pytest.fixture(scope="module")
def verdict():
    with asking("weir_identity_saml_check") as ask:
        yield lambda response, *, text=METADATA, now=NOW, **more: ask({
            "metadata": text, "now": stamp(now), "recipients": [SIGN_IN], "audiences": ["urn:amazon:webservices", SIGN_IN],
            "response": response if isinstance(response, str) else encode(response), **more})


# --- what holds

@pytest.mark.parametrize("what", ["assertion", "response", "both"])
def test_a_signed_response_holds(verdict, what):
    answer = verdict(signed_response(IDP, what=what))
    assert answer["ok"], answer
    assert answer["id"] == "_assertion1" and answer["issuer"] == "https://idp.example.com/saml"
    assert (answer["subject"], answer["subject_type"]) == ("alice@example.com", "persistent")
    assert answer["recipient"] == SIGN_IN and answer["roles"] == [[ROLE, PROVIDER]]
    assert answer["session_name"] == "alice@example.com" and answer["source_identity"] == "alice"
    assert answer["tags"] == [{"Key": "team", "Value": "sales"}] and answer["transitive_keys"] == ["team"]
    assert (answer["lf_user"], answer["lf_groups"]) == ("alice@example.com", ["analysts", "emea"])
    assert answer["not_on_or_after"] == "2026-11-22T12:05:00Z"
    assert answer["session_not_on_or_after"] == "2026-11-22T20:00:00Z"


@pytest.mark.parametrize("method", ["rsa-sha256", "rsa-sha384", "rsa-sha512"])
@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
def test_every_listed_rsa_algorithm_holds(verdict, method, digest):
    assert verdict(signed_response(IDP, method=method, digest=digest))["ok"]


@pytest.mark.parametrize("curve", [ec.SECP256R1, ec.SECP384R1, ec.SECP521R1])
@pytest.mark.parametrize("method", ["ecdsa-sha256", "ecdsa-sha384", "ecdsa-sha512"])
def test_every_listed_curve_holds(verdict, curve, method):
    key = Key.on_curve(curve())
    assert verdict(signed_response(key, method=method), text=metadata([key]))["ok"]


def test_old_and_new_key_hold_while_the_provider_rolls_over(verdict):
    new = Key.on_curve()
    both = metadata([IDP, new])
    assert verdict(signed_response(IDP), text=both)["ok"] and verdict(signed_response(new), text=both)["ok"]
    refused(verdict(signed_response(IDP), text=metadata([new])), "no key of the metadata")


def test_a_role_may_be_written_in_either_order(verdict):
    knobs = Knobs()
    knobs.attributes[AWS + "Role"] = [f" {PROVIDER} , {ROLE} "]
    assert verdict(signed_response(IDP, knobs))["roles"] == [[ROLE, PROVIDER]]


def test_an_attribute_that_comes_twice_has_both_values(verdict):
    root = parse(response_xml(Knobs()))
    statement = assertion_of(root).find("a:AttributeStatement", NS)
    groups = next(e for e in statement if e.get("Name") == LF + "Groups")
    statement.append(clone(groups))
    answer = verdict(sign(root, assertion_of(root), IDP))
    assert answer["lf_groups"] == ["analysts", "emea"] * 2


def test_line_breaks_in_base64_are_no_damage(verdict):
    text = encode(signed_response(IDP))
    assert verdict("\r\n".join(text[i:i + 76] for i in range(0, len(text), 76)))["ok"]


def test_characters_that_need_escaping_arrive_whole(verdict):
    odd = 'a&b<c>"d" é \U0001F600 &lt;!-- x --&gt;'
    answer = verdict(signed_response(IDP, Knobs(subject=odd)))
    assert answer["ok"] and answer["subject"] == odd


# --- encrypted assertions

@pytest.mark.parametrize("cipher", ["aes128-gcm", "aes192-gcm", "aes256-gcm"])
@pytest.mark.parametrize("sibling", [False, True])
def test_an_encrypted_signed_assertion_holds(verdict, cipher, sibling):
    ours = Key()
    sealed = encrypt(signed_response(IDP), ours, cipher=cipher, sibling=sibling)
    answer = verdict(sealed, keys=[MALLORY.pem, ours.pem], require_encryption=True)
    assert answer["ok"] and answer["encrypted"], answer


def test_a_signed_response_around_an_encrypted_assertion_holds(verdict):
    root = encrypt(parse(response_xml(Knobs())), MALLORY)
    assert verdict(sign(root, root, IDP), keys=[MALLORY.pem])["ok"]


def test_encryption_is_no_signature(verdict):
    refused(verdict(encrypt(parse(response_xml(Knobs())), MALLORY), keys=[MALLORY.pem]), "neither the assertion")


def test_encryption_does_not_make_a_strangers_signature_good(verdict):
    refused(verdict(encrypt(signed_response(MALLORY), IDP), keys=[IDP.pem]), "no key of the metadata")


@pytest.mark.parametrize("cipher,transport", [("aes128-cbc", "oaep"), ("aes256-gcm", "pkcs1")])
def test_ciphers_that_answer_an_attacker_are_refused(verdict, cipher, transport):
    refused(verdict(encrypt(signed_response(IDP), MALLORY, cipher=cipher, transport=transport), keys=[MALLORY.pem]),
            "encrypted assertion: the shape")


def test_every_failed_decryption_says_the_same(verdict):
    stranger = verdict(encrypt(signed_response(IDP), MALLORY), keys=[IDP.pem])
    none = verdict(encrypt(signed_response(IDP), MALLORY))
    bent = encrypt(signed_response(IDP), MALLORY)
    value = bent.findall(".//x:CipherValue", NS)[-1]
    value.text = value.text[:40] + ("A" if value.text[40] != "A" else "B") + value.text[41:]
    assert stranger == none == verdict(bent, keys=[MALLORY.pem])
    refused(stranger, "no key of the provider opens it")


def test_a_plain_assertion_is_refused_where_encryption_is_required(verdict):
    refused(verdict(signed_response(IDP), require_encryption=True), "must be encrypted")


def test_a_cipher_reference_is_not_followed(verdict):
    root = encrypt(signed_response(IDP), MALLORY)
    for value in root.findall(".//x:CipherValue", NS):
        data = value.getparent()
        data.remove(value)
        etree.SubElement(data, f"{{{NS['x']}}}CipherReference", URI="file:///etc/passwd")
    refused(verdict(root, keys=[MALLORY.pem]), "encrypted assertion: the shape")


# --- signature wrapping: the signed element stays in the message, another one is to be read

def evil_assertion(root, identifier="_evil"):
    evil = clone(assertion_of(root))
    evil.set("ID", identifier)
    evil.find("a:Subject/a:NameID", NS).text = "admin@example.com"
    signature = evil.find("ds:Signature", NS)
    if signature is not None:
        evil.remove(signature)
    return evil


def evil_response(root):
    evil = clone(root)
    evil.set("ID", "_evilresponse")
    signature = evil.find("ds:Signature", NS)
    evil.remove(signature)
    assertion_of(evil).set("ID", "_evil")
    assertion_of(evil).find("a:Subject/a:NameID", NS).text = "admin@example.com"
    return evil, signature


def xsw1():
    """A forged response around; the original response inside its signature."""
    root = signed_response(IDP, what="response")
    evil, signature = evil_response(root)
    root.remove(root.find("ds:Signature", NS))
    signature.append(root)
    evil.insert(1, signature)
    return evil


def xsw2():
    """The original response before its detached signature, in a forged one."""
    root = signed_response(IDP, what="response")
    evil, signature = evil_response(root)
    root.remove(root.find("ds:Signature", NS))
    evil.insert(1, signature)
    evil.insert(1, root)
    return evil


def xsw3():
    """A forged assertion as sibling before the original."""
    root = signed_response(IDP)
    assertion = assertion_of(root)
    root.insert(root.index(assertion), evil_assertion(root))
    return root


def xsw4():
    """The original inside a forged one."""
    root = signed_response(IDP)
    original, evil = assertion_of(root), evil_assertion(root)
    root.replace(original, evil)
    evil.append(original)
    return root


def forged_under_the_signature():
    """The response, whose assertion is a forged one that carries the signature; the original; the signature."""
    root = signed_response(IDP)
    original, evil = assertion_of(root), evil_assertion(root)
    signature = original.find("ds:Signature", NS)
    original.remove(signature)
    root.replace(original, evil)
    evil.insert(1, signature)
    return root, original, signature


def xsw5():
    """A forged assertion carries the signature; the original stands at the end of the response."""
    root, original, signature = forged_under_the_signature()
    root.append(original)
    return root


def xsw6():
    """As 5, with the original inside the signature."""
    root, original, signature = forged_under_the_signature()
    signature.append(original)
    return root


def xsw7():
    """A forged assertion in Extensions, which may hold anything."""
    root = signed_response(IDP)
    extensions = etree.Element(f"{{{P}}}Extensions")
    extensions.append(evil_assertion(root, assertion_of(root).get("ID")))
    root.insert(1, extensions)
    return root


def xsw8():
    """The original in an Object of the signature that the forged assertion carries."""
    root, original, signature = forged_under_the_signature()
    etree.SubElement(signature, f"{{{DS}}}Object").append(original)
    return root


@pytest.mark.parametrize("attack,because", [
    (xsw1, "not directly in the response"), (xsw2, "not directly in the response"),
    (xsw3, "not exactly one assertion"), (xsw4, "not directly in the response"),
    (xsw5, "not exactly one assertion"), (xsw6, "not directly in the response"),
    (xsw7, "an identifier twice"), (xsw8, "not directly in the response")], ids=lambda p: getattr(p, "__name__", ""))
def test_signature_wrapping_is_refused(verdict, attack, because):
    refused(verdict(attack()), because)


def test_a_response_in_the_response_is_refused(verdict):
    root = signed_response(IDP)
    inner = etree.SubElement(etree.SubElement(root, f"{{{P}}}Extensions"), f"{{{P}}}Response", ID="_inner")
    etree.SubElement(inner, f"{{{P}}}Status")
    refused(verdict(root), "a response inside the response")


def test_an_encrypted_assertion_with_another_inside_is_refused(verdict):
    root = parse(response_xml(Knobs()))
    advice = etree.SubElement(assertion_of(root), f"{{{A}}}Advice")
    advice.append(evil_assertion(root))
    root = sign(root, assertion_of(root), IDP)
    refused(verdict(encrypt(root, MALLORY), keys=[MALLORY.pem]), "not one assertion")


def test_two_encrypted_keys_are_refused(verdict):
    root = encrypt(signed_response(IDP), MALLORY)
    key = root.find(".//x:EncryptedKey", NS)
    key.addnext(clone(key))
    refused(verdict(root, keys=[MALLORY.pem]), "exactly one encrypted key")


def test_an_oaep_label_is_refused(verdict):
    root = encrypt(signed_response(IDP), MALLORY)
    method = root.find(".//x:EncryptedKey/x:EncryptionMethod", NS)
    etree.SubElement(method, f"{{{NS['x']}}}OAEPparams").text = "AAAA"
    refused(verdict(root, keys=[MALLORY.pem]), "shape of the encrypted key")


def test_an_assertion_hidden_in_extensions_is_refused(verdict):
    root = signed_response(IDP)
    etree.SubElement(root, f"{{{P}}}Extensions").append(evil_assertion(root))
    refused(verdict(root), "not directly in the response")


def test_a_signature_of_another_assertion_is_refused(verdict):
    other = signed_response(IDP, Knobs(assertion_id="_other"))
    root = parse(response_xml(Knobs()))
    assertion_of(root).insert(1, clone(assertion_of(other).find("ds:Signature", NS)))
    refused(verdict(root), "a reference to something else")


def test_two_signed_assertions_are_refused(verdict):
    root = signed_response(IDP)
    root.append(assertion_of(signed_response(IDP, Knobs(assertion_id="_second"))))
    refused(verdict(root), "not exactly one assertion")


def test_a_signature_elsewhere_is_refused(verdict):
    root = signed_response(IDP)
    signature = assertion_of(root).find("ds:Signature", NS)
    root.find("p:Status", NS).append(signature)
    refused(verdict(root), "neither the response's nor the assertion's")


def test_two_signatures_on_one_assertion_are_refused(verdict):
    root = signed_response(IDP)
    signature = assertion_of(root).find("ds:Signature", NS)
    signature.addnext(clone(signature))
    refused(verdict(root), "not exactly one signature")


def test_a_good_assertion_in_a_response_with_a_bad_signature_is_refused(verdict):
    root = signed_response(IDP, what="both")
    root.find("ds:Signature", NS).find("ds:SignatureValue", NS).text = base64.b64encode(bytes(256)).decode()
    refused(verdict(root), "no key of the metadata")


def test_a_bare_assertion_is_refused(verdict):
    refused(verdict(assertion_of(signed_response(IDP))), "the root is no Response")


# --- keys and algorithms

def test_no_signature_is_refused(verdict):
    answer = verdict(parse(response_xml(Knobs())))
    refused(answer, "neither the assertion nor the response is signed")
    assert answer["says"] == "Response signature invalid"


def test_the_key_in_the_message_is_never_used(verdict):
    refused(verdict(signed_response(MALLORY, key_info=True)), "no key of the metadata")


def test_a_signature_without_key_info_holds(verdict):
    root = signed_response(IDP)
    signature = assertion_of(root).find("ds:Signature", NS)
    signature.remove(signature.find("ds:KeyInfo", NS))
    assert verdict(root)["ok"]


@pytest.mark.parametrize("inside", [
    '<ds:RetrievalMethod URI="http://127.0.0.1:9/key"/>', '<ds:KeyName>root</ds:KeyName>',
    '<ds:X509Data><ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data>',
    '<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus></ds:RSAKeyValue></ds:KeyValue>'])
def test_key_info_is_not_even_read(verdict, inside):
    root = signed_response(IDP)
    signature = assertion_of(root).find("ds:Signature", NS)
    signature.replace(signature.find("ds:KeyInfo", NS), etree.fromstring(f'<ds:KeyInfo xmlns:ds="{DS}">{inside}</ds:KeyInfo>'))
    assert verdict(root)["ok"]


@pytest.mark.parametrize("options,because", [
    ({"method": "rsa-sha1"}, "signature method"), ({"digest": "sha1"}, "digest method"),
    ({"method": "rsa-sha224"}, "signature method"), ({"digest": "sha224"}, "digest method"),
    ({"method": "sha256-rsa-MGF1"}, "signature method")])
def test_an_algorithm_that_is_not_listed_is_refused(verdict, options, because):
    refused(verdict(signed_response(IDP, **options)), because)


def with_signed_info(bend):
    """A good signature whose SignedInfo is bent afterwards."""
    root = signed_response(IDP)
    bend(assertion_of(root).find("ds:Signature/ds:SignedInfo", NS))
    return root


def hmac_method(info):
    info.find("ds:SignatureMethod", NS).set("Algorithm", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")


def test_hmac_with_the_public_key_is_refused(verdict):
    import hashlib
    import hmac
    root = with_signed_info(hmac_method)
    info = assertion_of(root).find("ds:Signature/ds:SignedInfo", NS)
    octets = etree.tostring(info, method="c14n", exclusive=True)
    for secret in (IDP.certificate_pem.encode(), base64.b64decode(IDP.certificate_text), b""):
        value = hmac.new(secret, octets, hashlib.sha256).digest()
        info.getnext().text = base64.b64encode(value).decode()
        refused(verdict(root), "signature method")


def test_a_truncated_hmac_length_is_refused(verdict):
    def bend(info):
        etree.SubElement(info.find("ds:SignatureMethod", NS), f"{{{DS}}}HMACOutputLength").text = "1"
    refused(verdict(with_signed_info(bend)), "signature method")


@pytest.mark.parametrize("method", [
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2006/12/xml-c14n11",
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"])
def test_any_other_canonicalization_is_refused(verdict, method):
    refused(verdict(signed_response(IDP, c14n=method)), "canonicalization")


TRANSFORMS = {
    "xpath": '<ds:Transform xmlns:ds="%s" Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>not('
             'self::node())</ds:XPath></ds:Transform>' % DS,
    "xpath filter 2": '<ds:Transform xmlns:ds="%s" Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"/>' % DS,
    "xslt": '<ds:Transform xmlns:ds="%s" Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>' % DS,
    "base64": '<ds:Transform xmlns:ds="%s" Algorithm="http://www.w3.org/2000/09/xmldsig#base64"/>' % DS,
    "enveloped twice": '<ds:Transform xmlns:ds="%s" '
                       'Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>' % DS,
}


@pytest.mark.parametrize("name", TRANSFORMS)
@pytest.mark.parametrize("place", ["added", "in place of the first", "in place of the last"])
def test_transforms_beyond_the_two_are_refused(verdict, name, place):
    def bend(info):
        transforms = info.find(".//ds:Transforms", NS)
        extra = etree.fromstring(TRANSFORMS[name])
        if place == "added":
            transforms.append(extra)
        else:
            transforms.replace(transforms[0 if place.endswith("first") else -1], extra)
    if (name, place) == ("enveloped twice", "in place of the first"):
        return  # that is the good one
    refused(verdict(with_signed_info(bend)), "transform")


def test_a_parameter_of_enveloped_signature_is_refused(verdict):
    def bend(info):
        etree.SubElement(info.find(".//ds:Transform", NS), f"{{{DS}}}XPath").text = "true()"
    refused(verdict(with_signed_info(bend)), "enveloped-signature")


@pytest.mark.parametrize("uri", ["", "#_response1", "#xpointer(/)", "http://127.0.0.1:9/a", "file:///etc/passwd", None])
def test_a_reference_to_anything_else_is_refused(verdict, uri):
    def bend(info):
        reference = info.find("ds:Reference", NS)
        reference.attrib.pop("URI")
        if uri is not None:
            reference.set("URI", uri)
    refused(verdict(with_signed_info(bend)), "a reference to something else")


def test_two_references_are_refused(verdict):
    refused(verdict(with_signed_info(lambda info: info.append(clone(info.find("ds:Reference", NS))))), "signed info")


def test_two_signed_infos_are_refused(verdict):
    refused(verdict(with_signed_info(lambda info: info.addnext(clone(info)))), "shape of the signature")


@pytest.mark.parametrize("path,because", [
    (".", "shape of the signed info"), ("ds:Reference", "shape of the reference"), ("..", "shape of the signature"),
    ("ds:Reference/ds:Transforms", "two transforms"), ("ds:CanonicalizationMethod", "canonicalization method")])
def test_text_between_the_parts_of_a_signature_is_refused(verdict, path, because):
    def bend(info):
        info.find(path, NS).text = "x"
    refused(verdict(with_signed_info(bend)), because)


@pytest.mark.parametrize("path,because", [
    ("ds:Reference/ds:DigestValue", "digest value"), ("../ds:SignatureValue", "signature value")])
def test_values_of_more_than_one_text_are_refused(verdict, path, because):
    def bend(info):
        etree.SubElement(info.find(path, NS), f"{{{DS}}}DigestValue").text = "AAAA"
    refused(verdict(with_signed_info(bend)), because)


def test_an_object_in_the_signature_is_refused(verdict):
    refused(verdict(with_signed_info(lambda info: etree.SubElement(info.getparent(), f"{{{DS}}}Object"))),
            "shape of the signature")


def test_changed_claims_are_refused(verdict):
    root = signed_response(IDP)
    assertion_of(root).find("a:Subject/a:NameID", NS).text = "admin@example.com"
    refused(verdict(root), "no key of the metadata")


def test_an_identifier_that_is_an_expression_is_refused(verdict):
    root = signed_response(IDP, Knobs(assertion_id="x') or id('y"))
    refused(verdict(root), "no plain name")


# --- what the text of a message may not hold

def raw(text) -> str:
    return base64.b64encode(text if isinstance(text, bytes) else text.encode()).decode()


def wire(root) -> str:
    return etree.tostring(root).decode()


def test_a_comment_in_a_name_is_refused_though_the_signature_holds(verdict):
    text = wire(signed_response(IDP, Knobs(subject="admin@example.com.evil.example")))
    bent = text.replace(">admin@example.com.evil.example<", ">admin@example.com<!-- -->.evil.example<")
    assert bent != text
    refused(verdict(raw(bent)), "comment")


def test_a_comment_in_an_attribute_is_refused_though_the_signature_holds(verdict):
    text = wire(signed_response(IDP))
    refused(verdict(raw(text.replace(">analysts<", ">ana<!--x-->lysts<"))), "comment")


@pytest.mark.parametrize("inserted", ["<![CDATA[alice@]]>example.com", "<?php x?>alice@example.com"])
def test_cdata_and_instructions_are_refused(verdict, inserted):
    text = wire(signed_response(IDP)).replace(">alice@example.com</saml:NameID>", f">{inserted}</saml:NameID>")
    assert verdict(raw(text))["ok"] is False


def test_an_element_inside_a_value_is_refused(verdict):
    root = parse(response_xml(Knobs()))
    value = assertion_of(root).findall(".//a:AttributeValue", NS)[-1]
    etree.SubElement(value, f"{{{A}}}NameID").text = "x"
    refused(verdict(sign(root, assertion_of(root), IDP)), "attribute value that is not one text")


DOCTYPES = {
    "external entity": '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "external subset": '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd">',
    "parameter entity": '<!DOCTYPE r [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x.dtd"> %e;]>',
    "default attribute": '<!DOCTYPE r [<!ATTLIST saml:Assertion ID ID "x">]>',
    "laughs": '<!DOCTYPE r [<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12)) + "]>",
}


@pytest.mark.parametrize("name", DOCTYPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7"])
def test_a_document_type_is_refused_in_every_encoding(verdict, name, encoding):
    text = wire(signed_response(IDP)).replace("alice@example.com", "&a11;" if name == "laughs" else "&e;", 1)
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + DOCTYPES[name] + text
    began = time.monotonic()
    assert verdict(raw(text.encode(encoding)))["ok"] is False
    refused(verdict(raw(text)), "a document type, comment or CDATA section")
    assert time.monotonic() - began < 1


def test_a_declared_encoding_does_not_change_what_is_read(verdict):
    root = signed_response(IDP, Knobs(subject="é"))
    text = '<?xml version="1.0" encoding="ISO-8859-1"?>' + etree.tostring(root, encoding="unicode")
    assert verdict(raw(text))["subject"] == "é"


@pytest.mark.parametrize("name", ["ID", "Id", "id", "AssertionID"])
def test_an_identifier_twice_is_refused(verdict, name):
    root = signed_response(IDP)
    root.find("p:Status", NS).set(name, assertion_of(root).get("ID"))
    refused(verdict(root), "an identifier twice")


def test_an_xml_id_is_refused(verdict):
    root = signed_response(IDP)
    root.find("p:Status", NS).set("{http://www.w3.org/XML/1998/namespace}id", "_x")
    refused(verdict(root), "xml:id")


def test_the_same_names_in_another_namespace_are_nothing(verdict):
    text = wire(signed_response(IDP)).replace(A, "urn:oasis:names:tc:SAML:1.0:assertion")
    refused(verdict(raw(text)), "not exactly one assertion")


@pytest.mark.parametrize("text,because", [
    ("<a>" + "<b>" * 300 + "</b>" * 300 + "</a>", "not well-formed"),
    ("<a>" + "<b>" * 9_000, "not well-formed"),
    ("<a " + " ".join(f'x{i}="y"' for i in range(65)) + "/>", "too many attributes"),
    ("<a " + " ".join(f'xmlns:x{i}="y"' for i in range(65)) + "/>", "too many attributes"),
    ("<a>" + "<b>" * 64 + "</b>" * 64 + "</a>", "nested too deeply"),
])
def test_heavy_documents_are_refused_quickly(verdict, text, because):
    began = time.monotonic()
    refused(verdict(raw(text)), because)
    assert time.monotonic() - began < 1


def test_ten_megabytes_are_refused_unread(verdict):
    began = time.monotonic()
    refused(verdict(raw(b"<a>" + b"x" * 10_000_000 + b"</a>")), "longer than 100000")
    assert time.monotonic() - began < 2


def test_many_namespaces_in_a_prefix_list_cost_little(verdict):
    names = " ".join(f"n{i}" for i in range(4000))

    def bend(info):
        transform = info.findall(".//ds:Transform", NS)[1]
        etree.SubElement(transform, "{http://www.w3.org/2001/10/xml-exc-c14n#}InclusiveNamespaces", PrefixList=names)
    root = with_signed_info(bend)
    statement = assertion_of(root).find("a:AttributeStatement", NS)
    for _ in range(150):
        etree.SubElement(statement, f"{{{A}}}Attribute", Name="n")
    began = time.monotonic()
    refused(verdict(root), "no key of the metadata")
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("text", ["", "A", "AAAA=", "!!!!", "PHg+\tPC94Pg==", "PHg-PC94Pg==", "PHg+PC94Pg", "PHg+PC94Ph=="])
def test_damaged_base64_is_refused(verdict, text):
    answer = verdict(text)
    refused(answer, "not base64")
    assert answer["says"] == "Invalid base64 SAMLResponse"


def test_a_changed_character_is_refused_or_changes_nothing(verdict):
    """It changes nothing where nobody reads: in KeyInfo, and in declarations of prefixes that no name uses."""
    text = wire(signed_response(IDP))
    honest = verdict(raw(text))
    start, end = text.index("<saml:Assertion"), text.index("</saml:Assertion>")
    answers = [verdict(raw(text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1:])) for at in range(start, end, 7)]
    read = [answer for answer in answers if answer["ok"]]
    assert all(answer == honest for answer in read) and len(read) < len(answers) / 2


# --- for whom, where, when

@pytest.mark.parametrize("knobs,because,says", [
    (Knobs(audience="urn:another"), "audience", "Response does not contain the required audience"),
    (Knobs(audience=None), "audience", "Response does not contain the required audience"),
    (Knobs(recipient="https://elsewhere.example/saml"), "no bearer confirmation", None),
    (Knobs(recipient=SIGN_IN + "/"), "no bearer confirmation", None),
    (Knobs(destination="https://elsewhere.example/saml"), "Destination", None),
    (Knobs(method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"), "no bearer confirmation", None),
    (Knobs(status="urn:oasis:names:tc:SAML:2.0:status:Responder"), "status", None),
    (Knobs(issuer="https://evil.example/saml"), "issuer", "Issuer not present in specified provider"),
    (Knobs(in_response_to="_request"), "InResponseTo", None),
    (Knobs(conditions="<saml:Condition/>"), "a condition that is not known", None),
    (Knobs(conditions="<saml:AudienceRestriction><saml:Audience>urn:other</saml:Audience></saml:AudienceRestriction>"),
     "audience", None),
    (Knobs(not_before=NOW + timedelta(minutes=4)), "NotBefore", None),
    (Knobs(issued=NOW + timedelta(minutes=4)), "IssueInstant", None),
    (Knobs(confirmation_until=NOW - timedelta(minutes=4)), "no bearer confirmation", None),
])
def test_a_response_for_somebody_else_or_another_time_is_refused(verdict, knobs, because, says):
    answer = verdict(signed_response(IDP, knobs))
    refused(answer, because)
    assert says is None or answer["says"] == says


@pytest.mark.parametrize("knobs,because", [
    (Knobs(not_on_or_after=NOW - timedelta(minutes=3)), "NotOnOrAfter"),
    (Knobs(issued=NOW - timedelta(seconds=301)), "IssueInstant"),
    (Knobs(session_until=NOW), "SessionNotOnOrAfter"),
])
def test_an_old_response_is_expired(verdict, knobs, because):
    refused(verdict(signed_response(IDP, knobs)), because, kind="expired")


def test_clocks_may_differ_by_three_minutes(verdict):
    knobs = Knobs(not_on_or_after=NOW - timedelta(seconds=179), confirmation_until=NOW - timedelta(seconds=179))
    assert verdict(signed_response(IDP, knobs))["ok"]
    assert verdict(signed_response(IDP, Knobs(issued=NOW + timedelta(seconds=179))))["ok"]


def test_the_answer_to_our_request_is_for_that_request_only(verdict):
    response = signed_response(IDP, Knobs(in_response_to="_request"))
    assert verdict(response, in_response_to="_request")["ok"]
    refused(verdict(response, in_response_to="_another"), "InResponseTo")
    refused(verdict(signed_response(IDP), in_response_to="_request"), "InResponseTo")


def test_metadata_of_another_provider_is_refused(verdict):
    answer = verdict(signed_response(IDP), text=metadata([IDP], "https://other.example/saml"))
    refused(answer, "issuer")


def test_expired_metadata_is_refused(verdict):
    refused(verdict(signed_response(IDP), text=metadata([IDP], valid_until=stamp(NOW))), "metadata has expired")


def both_providers(*more: str) -> str:
    """A list of IDP and of others, whose metadata is given."""
    texts = [text.removeprefix('<?xml version="1.0"?>') for text in (METADATA, *more)]
    return ('<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">' + "".join(texts)
            + "</md:EntitiesDescriptor>")


@pytest.mark.parametrize("issuers", [["https://second.example/saml"],
                                     ["https://idp.example.com/saml", "https://second.example/saml"]])
def test_a_response_of_one_issuer_with_an_assertion_of_another_is_refused(verdict, issuers):
    root = signed_response(IDP)
    root.remove(root.find("a:Issuer", NS))
    for name in reversed(issuers):
        issuer = etree.Element(f"{{{A}}}Issuer")
        issuer.text = name
        root.insert(0, issuer)
    text = both_providers(metadata([MALLORY], "https://second.example/saml"))
    refused(verdict(root, text=text), "two issuers")


def test_the_second_of_two_trusted_providers_cannot_speak_for_the_first(verdict):
    text = both_providers(metadata([MALLORY], "https://second.example/saml"))
    assert verdict(signed_response(IDP), text=text)["ok"]
    refused(verdict(signed_response(MALLORY), text=text), "no key of the metadata")


def test_an_old_response_around_a_new_assertion_is_expired(verdict):
    root = signed_response(IDP)
    root.set("IssueInstant", stamp(NOW - timedelta(minutes=6)))
    refused(verdict(root), "IssueInstant", kind="expired")


def before_signing(bend):
    root = parse(response_xml(Knobs()))
    bend(assertion_of(root))
    return sign(root, assertion_of(root), IDP)


@pytest.mark.parametrize("path,attribute,value,because", [
    ("a:Subject/a:SubjectConfirmation/a:SubjectConfirmationData", "NotBefore", stamp(NOW), "no bearer confirmation"),
    ("a:Subject/a:SubjectConfirmation/a:SubjectConfirmationData", "NotOnOrAfter", None, "no bearer confirmation"),
    ("a:Subject/a:SubjectConfirmation/a:SubjectConfirmationData", "NotOnOrAfter", "soon", "no bearer confirmation"),
    ("a:Issuer", "Format", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", "Issuer"),
    (".", "Version", "1.1", "version 2.0"), (".", "IssueInstant", None, "IssueInstant"),
    ("a:AuthnStatement", "AuthnInstant", None, "AuthnInstant"), ("a:Conditions", "NotOnOrAfter", "soon", "no time"),
])
def test_a_signed_assertion_outside_the_profile_is_refused(verdict, path, attribute, value, because):
    def bend(assertion):
        element = assertion if path == "." else assertion.find(path, NS)
        element.attrib.pop(attribute, None)
        if value is not None:
            element.set(attribute, value)
    refused(verdict(before_signing(bend)), because)


@pytest.mark.parametrize("path,because", [
    ("a:Subject", "NameID"), ("a:Conditions", "Conditions"), ("a:AuthnStatement", "AuthnStatement"),
    ("a:AttributeStatement", "RoleSessionName"), ("a:Subject/a:SubjectConfirmation", "no bearer confirmation")])
def test_a_signed_assertion_with_a_part_missing_is_refused(verdict, path, because):
    def bend(assertion):
        element = assertion.find(path, NS)
        element.getparent().remove(element)
    answer = verdict(before_signing(bend))
    assert answer["ok"] is False and because in answer["log"], answer


@pytest.mark.parametrize("name", ["Username", "Groups"])
@pytest.mark.parametrize("value", ["", "a\tb", "x" * 256])
def test_lake_formation_names_that_no_principal_can_have_are_refused(verdict, name, value):
    knobs = Knobs()
    knobs.attributes[LF + name] = [value]
    refused(verdict(signed_response(IDP, knobs)), name)


def test_lake_formation_names_are_optional_here(verdict):
    knobs = Knobs()
    del knobs.attributes[LF + "Username"], knobs.attributes[LF + "Groups"]
    answer = verdict(signed_response(IDP, knobs))
    assert answer["ok"] and "lf_user" not in answer and answer["lf_groups"] == []


def test_the_earliest_end_of_several_sessions_counts(verdict):
    def bend(assertion):
        second = clone(assertion.find("a:AuthnStatement", NS))
        second.set("SessionNotOnOrAfter", stamp(NOW + timedelta(hours=1)))
        assertion.find("a:AuthnStatement", NS).addnext(second)
    assert verdict(before_signing(bend))["session_not_on_or_after"] == "2026-11-22T13:00:00Z"


def test_one_time_use_is_told(verdict):
    assert verdict(signed_response(IDP, Knobs(conditions="<saml:OneTimeUse/>")))["one_time_use"] is True


# --- what AWS asks of the attributes

@pytest.mark.parametrize("name,values,says", [
    ("RoleSessionName", None, "RoleSessionName is required in AuthnResponse"),
    ("RoleSessionName", ["a"], "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}"),
    ("RoleSessionName", ["a b"], "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}"),
    ("RoleSessionName", ["ab", "cd"], "Your request included an invalid SAML response."),
    ("SourceIdentity", ["aws:x"], 'Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:" '
                                  "in AuthnResponse"),
    ("Role", [ROLE], "Your request included an invalid SAML response."),
    ("Role", [f"{ROLE},{ROLE}"], "Your request included an invalid SAML response."),
    ("Role", [f"{ROLE},{PROVIDER},{PROVIDER}"], "Your request included an invalid SAML response."),
    ("SessionDuration", ["899"], "Your request included an invalid SAML response."),
    ("SessionDuration", ["x"], "Your request included an invalid SAML response."),
    ("PrincipalTag:team", ["a", "b"], "Your request included an invalid SAML response."),
    ("PrincipalTag:aws:x", ["a"], "Tag keys that begin with aws: are reserved for system use."),
    ("TransitiveTagKeys", ["absent"], "Your request included an invalid SAML response."),
])
def test_attributes_that_break_a_rule_are_refused(verdict, name, values, says):
    knobs = Knobs()
    knobs.attributes.pop(AWS + name, None)
    if values:
        knobs.attributes[AWS + name] = values
    answer = verdict(signed_response(IDP, knobs))
    assert (answer["ok"], answer["says"], answer["kind"]) == (False, says, "unauthenticated"), answer


def test_no_role_and_no_name_are_not_authorized(verdict):
    knobs = Knobs()
    del knobs.attributes[AWS + "Role"]
    refused(verdict(signed_response(IDP, knobs)), "no Role", kind="denied")
    answer = verdict(signed_response(IDP, Knobs(subject="")))
    refused(answer, "NameID", kind="denied")
    assert answer["says"] == "Not authorized to perform sts:AssumeRoleWithSAML"


# --- metadata

def unusable(answer, because):
    assert (answer["ok"], answer["kind"], answer["about"]) == (False, "invalid", "SAMLMetadataDocument"), answer
    assert because in answer["log"] and answer["says"] == "Could not parse metadata"


@pytest.mark.parametrize("text,because", [
    (METADATA[:900], "xml:"),
    ("<a/>", "fewer than 1000"),
    (METADATA.replace("<md:EntityDescriptor", "<!DOCTYPE a><md:EntityDescriptor", 1), "document type"),
    (METADATA.replace(P, "urn:oasis:names:tc:SAML:1.1:protocol"), "no identity provider"),
    (METADATA.replace("entityID=", "x="), "entityID"),
    (metadata([IDP], use="encryption"), "no identity provider"),
    (metadata([IDP] * 11), "too many certificates"),
    (metadata([Key(rsa.generate_private_key(65537, 1024))]), "2048 bits"),
    (metadata([Key.on_curve(ec.SECP256K1())]), "P-256"),
    (metadata([IDP], valid_until="tomorrow"), "validUntil"),
    (METADATA.replace("MII", "!!!", 1), "base64"),
])
def test_metadata_that_cannot_be_relied_on_is_refused(verdict, text, because):
    unusable(verdict(signed_response(IDP), text=text), because)


def test_a_list_of_providers_is_read(verdict):
    other = Key()
    second = metadata([other], "https://second.example/saml")
    assert verdict(signed_response(IDP), text=both_providers(second))["ok"]
    assert verdict(signed_response(other, Knobs(issuer="https://second.example/saml")), text=both_providers(second))["ok"]


def test_lists_of_too_many_or_equal_providers_are_refused(verdict):
    many = [metadata([], f"https://p{i}.example/saml") for i in range(20)]
    assert verdict(signed_response(IDP), text=both_providers(*many))["ok"]  # these have no keys: they are none
    unusable(verdict(signed_response(IDP), text=both_providers(METADATA)), "twice")
    unusable(verdict(signed_response(IDP), text=both_providers(metadata([Key()] * 10, "https://b.example"))), "too many")


def test_a_descriptor_of_two_certificates_is_refused(verdict):
    pair = METADATA.replace("</ds:X509Certificate>",
                            f"</ds:X509Certificate><ds:X509Certificate>{MALLORY.certificate_text}</ds:X509Certificate>")
    unusable(verdict(signed_response(MALLORY), text=pair), "exactly one X509Certificate")


def test_octets_after_a_certificate_are_refused(verdict):
    longer = base64.b64encode(base64.b64decode(IDP.certificate_text) + b"\0\0\0").decode()
    unusable(verdict(signed_response(IDP), text=METADATA.replace(IDP.certificate_text, longer)), "cannot be read")
