"""Web identity tokens, honest and forged, against weir_identity_oidc_check.

The signer is PyJWT, or plain `cryptography` where PyJWT rightly refuses to sign what an attacker would.
"""

import base64
import hashlib
import hmac
import json
import time
from datetime import datetime, timezone

import jwt
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from verdicts import asking, refused

ISSUER = "https://token.actions.githubusercontent.com"
CLIENT = "sts.amazonaws.com"
NOW = int(datetime(2026, 11, 22, 12, 0, 0, tzinfo=timezone.utc).timestamp())
RSA = rsa.generate_private_key(65537, 2048)
MALLORY = rsa.generate_private_key(65537, 2048)
CURVES = {"ES256": ec.SECP256R1(), "ES384": ec.SECP384R1(), "ES512": ec.SECP521R1()}
EC = {name: ec.generate_private_key(curve) for name, curve in CURVES.items()}


def b64(raw: bytes | str) -> str:
    return base64.urlsafe_b64encode(raw.encode() if isinstance(raw, str) else raw).rstrip(b"=").decode()


def jwk(private, kid="k1", **more) -> dict:
    kind = jwt.algorithms.RSAAlgorithm if isinstance(private, rsa.RSAPrivateKey) else jwt.algorithms.ECAlgorithm
    out = json.loads(kind.to_jwk(private.public_key()))
    out.pop("key_ops", None)
    return {**out, "kid": kid, "use": "sig", **more}


def key_set(*keys) -> str:
    return json.dumps({"keys": list(keys)})


KEYS = key_set(jwk(RSA, alg="RS256"))


def claims(**more) -> dict:
    """GitHub's claims, as far as they matter; None takes a claim out."""
    out = {"iss": ISSUER, "sub": "repo:octo/lake:ref:refs/heads/main", "aud": CLIENT, "iat": NOW - 10, "nbf": NOW - 20,
           "exp": NOW + 300, "repository": "octo/lake", "actor": "octocat", "run_id": "1", **more}
    return {name: value for name, value in out.items() if value is not None}


def token(payload: dict | None = None, *, key=RSA, alg="RS256", kid="k1", **header) -> str:
    names = {**({"kid": kid} if kid is not None else {}), **header}
    return jwt.encode(claims() if payload is None else payload, key, algorithm=alg, headers=names)


def by_hand(header: str | dict, payload: str | dict | None = None, key=RSA) -> str:
    """RS256 over parts that no library would make."""
    parts = [p if isinstance(p, str) else json.dumps(p) for p in (header, claims() if payload is None else payload)]
    text = ".".join(b64(p) for p in parts)
    return text + "." + b64(key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))


HEADER = {"alg": "RS256", "kid": "k1", "typ": "JWT"}


@pytest.fixture(scope="module")
def verdict():
    with asking("weir_identity_oidc_check") as ask:
        yield lambda text, *, keys=KEYS, audiences=(CLIENT,), issuer=ISSUER, now=NOW: ask({
            "token": text, "keys": keys, "audiences": list(audiences), "issuer": issuer,
            "now": datetime.fromtimestamp(now, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")})


# --- what holds

def test_a_github_token_holds(verdict):
    answer = verdict(token())
    assert answer["ok"], answer
    assert answer["subject"] == "repo:octo/lake:ref:refs/heads/main" and answer["audience"] == CLIENT
    assert answer["all"]["repository"] == "octo/lake" and answer["expires"] == "2026-11-22T12:05:00Z"
    assert answer["tags"] == [] and answer["source_identity"] == ""


@pytest.mark.parametrize("alg", ["RS256", "RS384", "RS512"])
def test_every_listed_rsa_algorithm_holds(verdict, alg):
    assert verdict(token(alg=alg), keys=key_set(jwk(RSA)))["ok"]


@pytest.mark.parametrize("alg", CURVES)
def test_every_listed_curve_holds(verdict, alg):
    assert verdict(token(key=EC[alg], alg=alg), keys=key_set(jwk(EC[alg])))["ok"]


def test_a_keycloak_token_holds_by_its_azp(verdict):
    answer = verdict(token(claims(aud=["account", "broker"], azp="lake-ui", typ="Bearer", amr=["pwd", "otp"])),
                     audiences=["lake-ui"])
    assert answer["ok"] and answer["audience"] == "lake-ui" and answer["audiences"] == ["account", "broker"]
    assert answer["methods"] == ["pwd", "otp"]


def test_a_list_of_one_audience_is_that_audience(verdict):
    assert verdict(token(claims(aud=[CLIENT])))["audience"] == CLIENT


def test_session_tags_in_both_forms(verdict):
    nested = {"https://aws.amazon.com/tags": {"principal_tags": {"team": ["sales"], "cost": ["7"]},
                                              "transitive_tag_keys": ["team"]},
              "https://aws.amazon.com/source_identity": "octocat"}
    flat = {"https://aws.amazon.com/tags/principal_tags/team": ["sales"],
            "https://aws.amazon.com/tags/principal_tags/cost": "7",
            "https://aws.amazon.com/tags/transitive_tag_keys": "team",
            "https://aws.amazon.com/source_identity": "octocat"}
    for form in (nested, flat):
        answer = verdict(token(claims(**form)))
        assert answer["ok"], answer
        assert {t["Key"]: t["Value"] for t in answer["tags"]} == {"team": "sales", "cost": "7"}
        assert answer["transitive_keys"] == ["team"] and answer["source_identity"] == "octocat"


def test_a_token_without_kid_holds_while_there_is_one_key_for_it(verdict):
    assert verdict(token(kid=None), keys=key_set(jwk(RSA), jwk(EC["ES256"], "k2")))["ok"]
    refused(verdict(token(kid=None), keys=key_set(jwk(RSA), jwk(MALLORY, "k2"))), "kid")


def test_old_and_new_key_hold_while_the_issuer_rolls_over(verdict):
    both = key_set(jwk(MALLORY, "old"), jwk(RSA, "new"))
    assert verdict(token(kid="new"), keys=both)["ok"] and verdict(token(key=MALLORY, kid="old"), keys=both)["ok"]
    refused(verdict(token(kid="old"), keys=both), "the signature does not hold")


@pytest.mark.parametrize("fraction", [0.5, 0])
def test_times_may_have_fractions(verdict, fraction):
    assert verdict(token(claims(exp=NOW + 300 + fraction, iat=NOW - 10 + fraction)))["ok"]


# --- keys and algorithms

@pytest.mark.parametrize("alg", ["none", "None", "NONE", "nOnE", "", "rs256", "HS256", "PS256", "EdDSA", "ES256K", None, 1])
def test_an_algorithm_that_is_not_listed_is_refused(verdict, alg):
    header = {**HEADER, "alg": alg}
    if alg is None:
        del header["alg"]
    refused(verdict(by_hand(header)), "header: alg")
    unsigned = ".".join([b64(json.dumps(header)), b64(json.dumps(claims())), ""])
    assert verdict(unsigned)["ok"] is False


def test_hmac_with_the_public_key_is_refused(verdict):
    public = RSA.public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    for secret in (pem, pem.strip(), der, b"", json.dumps(jwk(RSA)).encode()):
        for claimed in ("HS256", "RS256"):
            text = b64(json.dumps({**HEADER, "alg": claimed})) + "." + b64(json.dumps(claims()))
            forged = text + "." + b64(hmac.new(secret, text.encode(), hashlib.sha256).digest())
            assert verdict(forged)["ok"] is False


def test_a_key_verifies_only_its_own_algorithm(verdict):
    refused(verdict(token(alg="RS512")), "kid")  # its JWK says RS256
    refused(verdict(token(key=EC["ES384"], alg="ES384"), keys=key_set(jwk(EC["ES256"]))), "kid")
    refused(verdict(by_hand({**HEADER, "alg": "ES256"})), "kid")


def test_the_key_in_the_header_is_never_used(verdict):
    public = jwk(MALLORY, "k1")
    for header in ({"jwk": public}, {"jku": "http://127.0.0.1:9/keys"}, {"x5u": "http://127.0.0.1:9/cert"},
                   {"x5c": ["MIIB"]}, {"jwk": public, "jku": "file:///etc/passwd"}):
        refused(verdict(token(key=MALLORY, **header)), "the signature does not hold")
        assert verdict(token(**header))["ok"]


@pytest.mark.parametrize("kid", ["k2", "K1", "k1 ", "../../dev/null", "k1' OR '1'='1", "/etc/passwd", "k1\u0000", "*"])
def test_a_kid_is_a_name_and_nothing_more(verdict, kid):
    refused(verdict(token(kid=kid)), "kid")


@pytest.mark.parametrize("kid", ["", 1, None, ["k1"], {"k1": 1}, "k" * 257])
def test_a_kid_that_is_no_name_is_refused(verdict, kid):
    refused(verdict(by_hand({**HEADER, "kid": kid})), "header: kid")


@pytest.mark.parametrize("more", [{"crit": ["exp"]}, {"crit": []}, {"b64": False}, {"zip": "DEF"}, {"enc": "A128GCM"},
                                  {"cty": "JWT"}, {"typ": "logout+jwt"}, {"typ": "dpop+jwt"}, {"typ": 1}])
def test_a_header_that_asks_for_more_is_refused(verdict, more):
    refused(verdict(by_hand({**HEADER, **more})), "header: " + next(iter(more)))


@pytest.mark.parametrize("alg", CURVES)
def test_signatures_of_ecdsa_have_one_form(verdict, alg):
    keys = key_set(jwk(EC[alg]))
    text, _, raw = token(key=EC[alg], alg=alg).rpartition(".")
    value = base64.urlsafe_b64decode(raw + "==")
    digest = {"ES256": hashes.SHA256(), "ES384": hashes.SHA384(), "ES512": hashes.SHA512()}[alg]
    der = EC[alg].sign(text.encode(), ec.ECDSA(digest))
    for forged in (der, bytes(len(value)), b"\0" + value, value + b"\0", value[:-1], value[: len(value) // 2], b"\1"):
        refused(verdict(text + "." + b64(forged), keys=keys), "the signature does not hold")


def test_every_changed_character_is_refused(verdict):
    good = token()
    changed = [good[:i] + ("A" if good[i] != "A" else "B") + good[i + 1:] for i in range(0, len(good), 5)]
    assert [text for text in changed if verdict(text)["ok"]] == []


# --- one reading of the text

@pytest.mark.parametrize("header,payload", [
    ('{"alg":"RS256","kid":"k1","alg":"RS256"}', None),
    ('{"alg":"RS256","kid":"k1","\\u0061lg":"none"}', None),
    (HEADER, '{"iss":"%s","sub":"a","sub":"b","aud":"%s","iat":%d,"exp":%d}' % (ISSUER, CLIENT, NOW, NOW + 9)),
    (HEADER, '{"iss":"%s","sub":"a","aud":"%s","iat":%d,"exp":%d,"x":[{"y":{"z":1,"z":2}}]}' % (ISSUER, CLIENT, NOW, NOW + 9)),
])
def test_equal_member_names_are_refused(verdict, header, payload):
    refused(verdict(by_hand(header, payload)), "a member name twice")


@pytest.mark.parametrize("payload", ["", "[]", '"x"', "1", "null", "{}{}", "{", '{"a":1,}', "\ufeff{}", '{"a":"\\ud800"}',
                                     "[" * 20 + "]" * 20, '{"a":' * 17 + "1" + "}" * 17, '{"a":' * 2000,
                                     '{"exp":' + "1" + "0" * 30 + "}"])
def test_a_payload_that_is_no_plain_object_is_refused(verdict, payload):
    refused(verdict(by_hand(HEADER, payload)), "payload")


def test_a_text_of_invalid_utf8_is_refused(verdict):
    text = b64(json.dumps(HEADER)) + "." + b64(b'{"sub":"\xff"}')
    refused(verdict(text + "." + b64(RSA.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))), "payload")


def test_the_form_is_three_parts_of_base64url(verdict):
    good = token()
    head, body, signature = good.split(".")
    for text in ("", ".", "..", "a.b", good + ".", good + "." + signature, f"{head}=.{body}.{signature}",
                 f" {good}", good + "\n", f"{head}.{body}.{signature}=", f"{head}.{body}", f"{head}.{body}.",
                 good.replace(".", "..", 1), "Bearer " + good):
        assert verdict(text)["ok"] is False, text


def test_a_token_of_another_encoding_of_the_same_bits_is_refused(verdict):
    """The last character of base64 may carry bits that mean nothing: they must be zero."""
    head, body, signature = token().split(".")
    assert len(base64.urlsafe_b64decode(signature + "==")) % 3  # so that there are such bits
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    other = signature[:-1] + alphabet[alphabet.index(signature[-1]) + 1]
    refused(verdict(f"{head}.{body}.{other}"), "base64url")


def test_a_long_token_is_refused_unread(verdict):
    refused(verdict(by_hand(HEADER, claims(pad="x" * 20_000))), "longer than 20000")
    began = time.monotonic()
    refused(verdict("." * 10_000_000), "longer than 20000")
    refused(verdict("." * 20_000), "three parts")
    assert time.monotonic() - began < 2


# --- for whom and when

@pytest.mark.parametrize("change,because", [
    ({"iss": ISSUER + "/"}, "iss"), ({"iss": ISSUER.upper()}, "iss"), ({"iss": None}, "iss"), ({"iss": [ISSUER]}, "iss"),
    ({"aud": "another"}, "aud"), ({"aud": None}, "claim aud"), ({"aud": []}, "claim aud"), ({"aud": [CLIENT, 1]}, "claim aud"),
    ({"aud": [CLIENT, "another"]}, "aud"), ({"aud": {"a": CLIENT}}, "claim aud"), ({"azp": "another"}, "azp"),
    ({"azp": [CLIENT]}, "azp"), ({"azp": ""}, "azp"), ({"aud": CLIENT + " another"}, "aud"),
    ({"sub": None}, "sub"), ({"sub": ""}, "sub"), ({"sub": 1}, "sub"), ({"sub": "x" * 256}, "sub"), ({"sub": "a\nb"}, "sub"),
    ({"exp": None}, "exp"), ({"exp": "9999999999"}, "exp"), ({"exp": -1}, "exp"), ({"exp": 1e300}, "exp"),
    ({"exp": True}, "exp"), ({"exp": [NOW + 9]}, "exp"),
    ({"iat": None}, "iat"), ({"iat": NOW + 301}, "iat"), ({"nbf": NOW + 301}, "nbf"), ({"nbf": "soon"}, "nbf"),
])
def test_claims_for_somebody_else_or_another_time_are_refused(verdict, change, because):
    refused(verdict(by_hand(HEADER, claims(**change))), because)


def test_an_old_token_is_expired(verdict):
    refused(verdict(token(), now=NOW + 600), "exp", kind="expired")
    assert verdict(token(), now=NOW + 599)["ok"]


def test_an_audience_is_compared_exactly(verdict):
    for audiences in ([], ["sts"], ["STS.amazonaws.com"], [""]):
        refused(verdict(token(), audiences=audiences), "aud")


@pytest.mark.parametrize("change", [
    {"https://aws.amazon.com/tags": "x"},
    {"https://aws.amazon.com/tags": {"principal_tags": ["a"]}},
    {"https://aws.amazon.com/tags": {"principal_tags": {"a": ["1", "2"]}}},
    {"https://aws.amazon.com/tags": {"principal_tags": {"a": []}}},
    {"https://aws.amazon.com/tags": {"principal_tags": {"a": [1]}}},
    {"https://aws.amazon.com/tags": {"principal_tags": {"aws:a": ["1"]}}},
    {"https://aws.amazon.com/tags": {"principal_tags": {"a": ["1"], "A": ["2"]}}},
    {"https://aws.amazon.com/tags": {"principal_tags": {"a": ["1"]}}, "https://aws.amazon.com/tags/principal_tags/a": "2"},
    {"https://aws.amazon.com/tags": {"transitive_tag_keys": ["absent"]}},
    {"https://aws.amazon.com/tags": {"transitive_tag_keys": {"a": 1}}},
    {"https://aws.amazon.com/tags/principal_tags/": ["1"]},
    {"https://aws.amazon.com/tags": {"principal_tags": {f"k{i}": ["1"] for i in range(51)}}},
    {"https://aws.amazon.com/source_identity": "aws:x"},
    {"https://aws.amazon.com/source_identity": ["octocat"]},
])
def test_tags_that_break_a_rule_refuse_the_token(verdict, change):
    refused(verdict(token(claims(**change))), "claims: ")


# --- key sets

SYMMETRIC = {"kty": "oct", "k": b64(b"secret"), "kid": "k1"}
PRIVATE = {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(RSA)), "kid": "k1"}
PRIVATE.pop("key_ops", None)
ED25519 = {"kty": "OKP", "crv": "Ed25519", "kid": "k1",
           "x": b64(ed25519.Ed25519PrivateKey.generate().public_key().public_bytes_raw())}
OFF_CURVE = {**jwk(EC["ES256"]), "y": b64(bytes(31) + b"\1")}


@pytest.mark.parametrize("keys", [
    "", "{}", "[]", '{"keys":{}}', key_set(), "{" * 1000, '{"keys":[],"keys":[]}',
    key_set(SYMMETRIC), key_set(PRIVATE), key_set(ED25519), key_set(OFF_CURVE),
    key_set(jwk(RSA, use="enc")), key_set(jwk(RSA, key_ops=["encrypt"])), key_set(jwk(RSA, alg="RS1")),
    key_set(jwk(RSA, alg="ES256")), key_set(jwk(RSA, alg="HS256")), key_set(jwk(RSA, kid=7)),
    key_set(jwk(rsa.generate_private_key(65537, 1024))), key_set(jwk(RSA, e="AQ")), key_set(jwk(RSA, e="Ag")),
    key_set(jwk(RSA, e="")), key_set(jwk(RSA, n="AA")), key_set(jwk(RSA, n=b64(b"\xff" * 4096))),
    key_set(jwk(RSA, n=b64(b"\xff" * 255 + b"\xfe"))),
    key_set(jwk(EC["ES256"], crv="P-384")), key_set(jwk(EC["ES256"], crv="secp256k1")), key_set(jwk(EC["ES256"], x="AA")),
    key_set(jwk(RSA), jwk(MALLORY)), key_set(*[jwk(RSA, f"k{i}") for i in range(101)]),
])
def test_a_key_set_without_a_usable_unambiguous_key_lets_nobody_in(verdict, keys):
    refused(verdict(token(), keys=keys), "key set", kind="unavailable")


def test_keys_that_are_not_for_us_are_passed_over(verdict):
    assert verdict(token(), keys=key_set(SYMMETRIC, PRIVATE, ED25519, OFF_CURVE, jwk(MALLORY, use="enc"), jwk(RSA)))["ok"]


def test_keys_of_two_kinds_may_share_a_kid(verdict):
    keys = key_set(jwk(RSA), jwk(EC["ES256"]), jwk(EC["ES384"]))
    assert verdict(token(), keys=keys)["ok"] and verdict(token(key=EC["ES384"], alg="ES384"), keys=keys)["ok"]
