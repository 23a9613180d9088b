"""SigV4 against an independent signer: what botocore signs is accepted, one flipped byte is not."""

import datetime
import http.client
import random
import re
from urllib.parse import quote, urlparse

import pytest
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from conftest import REGION

ALPHABET = ["a", "Z", "0", "-", "_", ".", "~", " ", "+", "%", "&", "=", "?", "#", "/", "//", "../", "ü", "木", "😀", "'", "(", ")",
            "!", "*", ";", ":", "@", ",", "%2F", "%20", "\\", "\"", "<", "[", "|", "^", "`"]


class Sender:
    def __init__(self, server):
        parsed = urlparse(server.endpoint)
        self.host, self.port = parsed.hostname, parsed.port

    def send(self, method: str, target: str, body: bytes, headers: dict) -> tuple[int, str, bytes]:
        """Exactly these bytes; the answer's status, error code and body."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
        connection.putrequest(method, target, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        if "Content-Length" not in headers:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        content = answer.read()
        code = re.search(rb"<Code>(\w+)</Code>", content)
        return answer.status, code.group(1).decode() if code else "", content


@pytest.fixture(scope="module")
def sender(server, admin):
    admin.s3.create_bucket(Bucket="odd-names")
    return Sender(server)


@pytest.fixture(scope="module")
def keys(server):
    return Credentials(*server.keys())


def odd_text(rng: random.Random, most: int = 12) -> str:
    return "".join(rng.choice(ALPHABET) for _ in range(rng.randint(1, most)))


def odd_query(rng: random.Random) -> str:
    """Repeated, empty and strange parameters, none of which names an operation."""
    pairs = [(f"x{odd_text(rng, 3)}", odd_text(rng, 4) if rng.random() < 0.7 else "") for _ in range(rng.randint(0, 4))]
    if pairs and rng.random() < 0.5:
        pairs.append(pairs[0])
    return "&".join(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in pairs)


def signed(server, keys, method, key, query, body) -> tuple[str, dict]:
    target = "/odd-names/" + quote(key, safe="/-_.~") + (f"?{query}" if query else "")
    request = AWSRequest(method, server.endpoint + target, data=body)
    request.context["payload_signing_enabled"] = True
    S3SigV4Auth(keys, "s3", REGION).add_auth(request)
    return target, dict(request.headers)


@pytest.mark.parametrize("seed", range(60))
def test_odd_requests_signed_by_botocore_are_accepted(server, sender, keys, seed):
    rng = random.Random(seed)
    key, query = odd_text(rng), odd_query(rng)
    body = rng.choice([b"", b"x", b"\x00\xff" * 50])
    target, headers = signed(server, keys, "PUT", key, query, body)
    status, code, content = sender.send("PUT", target, body, headers)
    assert status == 200, (key, query, code, content)
    target, headers = signed(server, keys, "GET", key, query, b"")
    status, code, content = sender.send("GET", target, b"", headers)
    assert (status, content) == (200, body), (key, query, code)


@pytest.mark.parametrize("seed", range(20))
def test_presigned_urls_are_accepted_and_expire(server, sender, keys, seed):
    rng = random.Random(1000 + seed)
    key = odd_text(rng)
    target, headers = signed(server, keys, "PUT", key, "", b"presigned")
    assert sender.send("PUT", target, b"presigned", headers)[0] == 200
    request = AWSRequest("GET", server.endpoint + "/odd-names/" + quote(key, safe="/-_.~"))
    S3SigV4QueryAuth(keys, "s3", REGION, expires=60).add_auth(request)
    parsed = urlparse(request.url)
    status, code, content = sender.send("GET", f"{parsed.path}?{parsed.query}", b"", {})
    assert (status, content) == (200, b"presigned"), (key, code, content)
    changed = parsed.query.replace("X-Amz-Expires=60", "X-Amz-Expires=61")
    assert sender.send("GET", f"{parsed.path}?{changed}", b"", {})[:2] == (403, "SignatureDoesNotMatch")


def test_one_flipped_byte_anywhere_is_refused(server, sender, keys):
    body = b"the body"
    target, headers = signed(server, keys, "PUT", "flip/key", "x=1", body)
    assert sender.send("PUT", target, body, headers)[0] == 200
    signature = headers["Authorization"].rindex("=") + 1
    for at in range(signature, len(headers["Authorization"])):
        flipped = headers["Authorization"]
        flipped = flipped[:at] + ("0" if flipped[at] != "0" else "1") + flipped[at + 1:]
        assert sender.send("PUT", target, body, headers | {"Authorization": flipped})[:2] == (403, "SignatureDoesNotMatch")
    for at in range(len("/odd-names/"), len(target) - len("?x=1")):
        if target[at] == "/":
            continue
        other = target[:at] + ("q" if target[at] != "q" else "r") + target[at + 1:]
        assert sender.send("PUT", other, body, headers)[:2] == (403, "SignatureDoesNotMatch")
    for at in range(len(body)):
        other = body[:at] + bytes([body[at] ^ 1]) + body[at + 1:]
        assert sender.send("PUT", target, other, headers)[0] == 400, "the body's hash was signed"
    date = headers["X-Amz-Date"]
    other = date[:-2] + ("1" if date[-2] != "1" else "2") + "Z"
    assert sender.send("PUT", target, body, headers | {"X-Amz-Date": other})[:2] == (403, "SignatureDoesNotMatch")
    assert sender.send("GET", target, b"", headers)[:2] == (403, "SignatureDoesNotMatch")


def test_an_unsigned_amz_header_is_refused(server, sender, keys):
    target, headers = signed(server, keys, "PUT", "extra", "", b"x")
    status, code, _ = sender.send("PUT", target, b"x", headers | {"x-amz-meta-added": "later"})
    assert (status, code) == (403, "AccessDenied")


@pytest.mark.parametrize("minutes", [-20, 20])
def test_clock_skew_is_named(server, sender, keys, minutes):
    target, headers = signed(server, keys, "GET", "skew", "", b"")
    moved = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    request = AWSRequest("GET", server.endpoint + "/odd-names/skew")
    signer = S3SigV4Auth(keys, "s3", REGION)
    request.context["timestamp"] = moved.strftime("%Y%m%dT%H%M%SZ")
    request.headers["X-Amz-Date"] = request.context["timestamp"]
    request.headers["X-Amz-Content-SHA256"] = signer.payload(request)
    canonical = signer.canonical_request(request)
    signature = signer.signature(signer.string_to_sign(request, canonical), request)
    signer._inject_signature_to_request(request, signature)
    status, code, content = sender.send("GET", "/odd-names/skew", b"", dict(request.headers))
    assert (status, code) == (403, "RequestTimeTooSkewed") and b"MaxAllowedSkewMilliseconds" in content


def test_answers_to_bad_credentials_per_protocol(server, sender):
    """The matrix of auth errors: one unknown key, three protocols."""
    nobody = Credentials("AKIAAAAAAAAAAAAAAAAA", "x" * 40)
    cases = [
        ("glue", "POST", b"{}", {"X-Amz-Target": "AWSGlue.GetDatabases", "Content-Type": "application/x-amz-json-1.1"},
         "/", 400, b"UnrecognizedClientException"),
        ("lakeformation", "POST", b"{}", {"Content-Type": "application/json"}, "/ListPermissions", 403,
         b"UnrecognizedClientException"),
        ("sts", "POST", b"Action=GetCallerIdentity&Version=2011-06-15",
         {"Content-Type": "application/x-www-form-urlencoded"}, "/", 403, b"InvalidClientTokenId"),
    ]
    for service, method, body, headers, path, status, code in cases:
        request = AWSRequest(method, server.endpoint + path, data=body, headers=headers)
        SigV4Auth(nobody, service, REGION).add_auth(request)
        answer = sender.send(method, path, body, dict(request.headers))
        assert answer[0] == status and code in answer[2], (service, answer)
    request = AWSRequest("GET", server.endpoint + "/odd-names/x")
    S3SigV4Auth(nobody, "s3", REGION).add_auth(request)
    assert sender.send("GET", "/odd-names/x", b"", dict(request.headers))[:2] == (403, "InvalidAccessKeyId")
    assert sender.send("GET", "/odd-names/x", b"", {})[:2] == (403, "AccessDenied")


def test_the_retired_scheme_is_named(sender):
    status, code, _ = sender.send("GET", "/odd-names/x", b"", {"Authorization": "AWS AKIAAAAAAAAAAAAAAAAA:c2ln"})
    assert (status, code) == (400, "InvalidRequest")
