"""Replays and smuggled headers against SigV4: each request is written byte by byte, and each is refused by AWS's code.

The signer here is a third one beside Weir's and botocore's, so that a test can sign what no client would.
"""

import hashlib
import hmac
import re
import socket
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from urllib.parse import quote, urlparse

import pytest

from conftest import ACCOUNT, REGION
from iam_words import fresh, trusting
from lake import allow

FORM = b"Action=GetCallerIdentity&Version=2011-06-15"
BUCKET = "smuggled"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def stamp(minutes: float = 0) -> str:
    return (datetime.now(timezone.utc) + timedelta(minutes=minutes)).strftime("%Y%m%dT%H%M%SZ")


@dataclass
class Keys:
    id: str
    secret: str
    token: str = ""


@dataclass
class Request:
    """A request as its sender means it. `signed`: the names to sign, those of all headers when not given."""

    service: str
    method: str = "POST"
    path: str = "/"
    query: str = ""
    headers: list = field(default_factory=list)  # pairs, in the order of the wire
    body: bytes = b""
    date: str = field(default_factory=stamp)
    signed: list | None = None
    scope: str | None = None

    @property
    def target(self) -> str:
        return self.path + (f"?{self.query}" if self.query else "")

    def scope_text(self) -> str:
        return self.scope or f"{self.date[:8]}/{REGION}/{self.service}/aws4_request"

    def signature(self, keys: Keys, payload: str) -> tuple[str, str]:
        names = sorted({name.lower() for name, _ in self.headers}) if self.signed is None else sorted(self.signed)
        values = lambda name: ",".join(" ".join(value.split()) for other, value in self.headers if other.lower() == name)
        canonical = "\n".join([self.method, self.path, "&".join(sorted(self.query.split("&"))) if self.query else "",
                               *(f"{name}:{values(name)}" for name in names), "", ";".join(names), payload])
        text = "\n".join(["AWS4-HMAC-SHA256", self.date, self.scope_text(), sha256(canonical.encode())])
        key = ("AWS4" + keys.secret).encode()
        for part in self.scope_text().split("/"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        return ";".join(names), hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

    def authorized(self, keys: Keys) -> "Request":
        names, signature = self.signature(keys, sha256(self.body))
        self.headers.append(("Authorization", f"AWS4-HMAC-SHA256 Credential={keys.id}/{self.scope_text()}, "
                                              f"SignedHeaders={names}, Signature={signature}"))
        return self

    def raw(self) -> bytes:
        lines = [f"{self.method} {self.target} HTTP/1.1", *(f"{name}: {value}" for name, value in self.headers)]
        return "\r\n".join([*lines, f"Content-Length: {len(self.body)}", "Connection: close", "", ""]).encode() + self.body


@dataclass
class Wire:
    """What a socket says and hears."""

    host: str
    port: int

    @property
    def name(self) -> str:
        return f"{self.host}:{self.port}"

    def exchange(self, raw: bytes) -> bytes:
        with socket.create_connection((self.host, self.port), timeout=30) as connection:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            heard = b""
            while piece := connection.recv(65536):
                heard += piece
        return heard

    def ask(self, raw: bytes) -> tuple[int, str]:
        """The status and the error code of the one answer."""
        heard = self.exchange(raw)
        assert heard.count(b"HTTP/1.1 ") == 1, heard
        status = int(heard.split(b" ", 2)[1])
        code = re.search(rb'<Code>(\w+)</Code>|"__type":"(?:[^"]*#)?(\w+)|x-amzn-errortype: (\w+)', heard, re.I)
        return status, next(part.decode() for part in code.groups() if part) if code else ""


@pytest.fixture(scope="module")
def wire(server, admin):
    admin.s3.create_bucket(Bucket=BUCKET)
    admin.s3.put_object(Bucket=BUCKET, Key="k", Body=b"kept")
    parsed = urlparse(server.endpoint)
    return Wire(parsed.hostname, parsed.port)


@pytest.fixture(scope="module")
def keys(server):
    return Keys(*server.keys())


def of(service: str, wire: Wire, keys: Keys, **changes) -> Request:
    """An honest request to a service, before it is signed."""
    date = changes.pop("date", None) or stamp()
    headers = [("Host", wire.name), ("X-Amz-Date", date)]
    if keys.token:
        headers.append(("X-Amz-Security-Token", keys.token))
    if service == "glue":
        request = Request("glue", body=b"{}", headers=headers + [
            ("Content-Type", "application/x-amz-json-1.1"), ("X-Amz-Target", "AWSGlue.GetDatabases")])
    elif service == "lakeformation":
        request = Request("lakeformation", path="/ListPermissions", body=b"{}",
                          headers=headers + [("Content-Type", "application/json")])
    elif service == "s3":
        request = Request("s3", "GET", f"/{BUCKET}/k", headers=headers + [("X-Amz-Content-Sha256", sha256(b""))])
    else:
        request = Request("sts", body=FORM, headers=headers + [("Content-Type", "application/x-www-form-urlencoded")])
    request.date = date
    for name, value in changes.items():
        setattr(request, name, value)
    return request


SERVICES = ["glue", "lakeformation", "sts", "s3"]
BAD_SIGNATURE = {"glue": (400, "InvalidSignatureException"), "lakeformation": (403, "InvalidSignatureException"),
                 "sts": (403, "SignatureDoesNotMatch"), "s3": (403, "SignatureDoesNotMatch")}
INCOMPLETE = {"glue": (400, "IncompleteSignatureException"), "lakeformation": (403, "IncompleteSignatureException"),
              "sts": (400, "IncompleteSignature"), "s3": (400, "AuthorizationHeaderMalformed")}
BAD_TOKEN = {"glue": (400, "UnrecognizedClientException"), "lakeformation": (403, "UnrecognizedClientException"),
             "sts": (403, "InvalidClientTokenId"), "s3": (400, "InvalidToken")}


@pytest.mark.parametrize("service", SERVICES)
def test_an_honest_request_is_answered_so_that_refusals_below_mean_something(wire, keys, service):
    assert wire.ask(of(service, wire, keys).authorized(keys).raw())[0] == 200


# --- replays


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("side", [-1, 1])
def test_a_request_is_good_for_minutes_only(wire, keys, service, side):
    within, beyond = (14, 16) if service == "s3" else (4, 6)
    assert wire.ask(of(service, wire, keys, date=stamp(side * within)).authorized(keys).raw())[0] == 200
    refused = (403, "RequestTimeTooSkewed") if service == "s3" else BAD_SIGNATURE[service]
    assert wire.ask(of(service, wire, keys, date=stamp(side * beyond)).authorized(keys).raw()) == refused


@pytest.mark.parametrize("service", SERVICES)
def test_a_fresh_date_does_not_renew_an_old_request(wire, keys, service):
    """The date is signed: neither another X-Amz-Date nor a Date beside it makes a captured request young."""
    old = of(service, wire, keys, date=stamp(-20)).authorized(keys)
    refused = (403, "RequestTimeTooSkewed") if service == "s3" else BAD_SIGNATURE[service]
    now = datetime.now(timezone.utc).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert wire.ask(Request(**vars(old) | {"headers": [*old.headers, ("Date", now)]}).raw()) == refused
    redated = [(name, stamp() if name == "X-Amz-Date" else value) for name, value in old.headers]
    assert wire.ask(Request(**vars(old) | {"headers": redated}).raw()) == BAD_SIGNATURE[service]
    twice = [*old.headers, ("X-Amz-Date", stamp())]
    assert wire.ask(Request(**vars(old) | {"headers": twice}).raw()) == INCOMPLETE[service]


def test_the_date_header_counts_where_there_is_no_amz_date(wire, keys):
    def dated(minutes: float) -> Request:
        moment = datetime.now(timezone.utc) + timedelta(minutes=minutes)
        request = of("sts", wire, keys, date=moment.strftime("%Y%m%dT%H%M%SZ"))
        request.headers = [("Date", moment.strftime("%a, %d %b %Y %H:%M:%S GMT")) if name == "X-Amz-Date" else (name, value)
                           for name, value in request.headers]
        return request.authorized(keys)
    assert wire.ask(dated(0).raw())[0] == 200
    assert wire.ask(dated(-6).raw()) == BAD_SIGNATURE["sts"]


def presigned(wire: Wire, keys: Keys, service: str = "s3", expires: str = "60", date: str | None = None, **changes) -> Request:
    request = Request(service, "GET", f"/{BUCKET}/k" if service == "s3" else "/", headers=[("Host", wire.name)], date=date or stamp())
    pairs = {} if service == "s3" else {"Action": "GetCallerIdentity", "Version": "2011-06-15"}
    pairs |= {"X-Amz-Algorithm": "AWS4-HMAC-SHA256", "X-Amz-Credential": f"{keys.id}/{request.scope_text()}",
              "X-Amz-Date": request.date, "X-Amz-Expires": expires, "X-Amz-SignedHeaders": "host"}
    if keys.token:
        pairs["X-Amz-Security-Token"] = keys.token
    pairs |= changes
    request.query = "&".join(f"{name}={quote(value, safe='-_.~')}" for name, value in pairs.items())
    _, signature = request.signature(keys, "UNSIGNED-PAYLOAD" if service == "s3" else sha256(b""))
    request.query += f"&X-Amz-Signature={signature}"
    return request


@pytest.mark.parametrize("service,refused", [("s3", (403, "AccessDenied")), ("sts", (403, "SignatureDoesNotMatch"))])
def test_a_presigned_request_is_not_replayed_after_its_end(wire, keys, service, refused):
    assert wire.ask(presigned(wire, keys, service).raw())[0] == 200
    assert wire.ask(presigned(wire, keys, service, date=stamp(-2)).raw()) == refused
    assert wire.ask(presigned(wire, keys, service, date=stamp(-2), expires="130").raw())[0] == 200
    assert wire.ask(presigned(wire, keys, service, date=stamp(20)).raw()) == refused, "nor before it begins"


@pytest.mark.parametrize("change", [dict(method="PUT"), dict(method="DELETE"), dict(path=f"/{BUCKET}/other"), dict(path=f"/{BUCKET}/k/")])
def test_a_presigned_request_is_for_what_was_signed(wire, keys, change):
    request = presigned(wire, keys)
    assert wire.ask(Request(**vars(request) | change).raw()) == (403, "SignatureDoesNotMatch")


@pytest.mark.parametrize("more,refused", [
    ("&X-Amz-Expires=604800", (400, "AuthorizationQueryParametersError")), ("&X-Amz-Date=20300101T000000Z", (400, "AuthorizationQueryParametersError")),
    ("&X-Amz-SignedHeaders=host", (400, "AuthorizationQueryParametersError")), ("&x-amz-expires=604800", (403, "SignatureDoesNotMatch")),
    ("&response-content-type=text%2Fhtml", (403, "SignatureDoesNotMatch")), ("&versionId=1", (403, "SignatureDoesNotMatch"))])
def test_nothing_is_added_to_a_presigned_query(wire, keys, more, refused):
    request = presigned(wire, keys)
    assert wire.ask(Request(**vars(request) | {"query": request.query + more}).raw()) == refused


@pytest.mark.parametrize("expires", ["0", "-1", "604801", "1e3", "", "99999999999999999999"])
def test_a_presigned_request_lives_a_week_at_most(wire, keys, expires):
    assert wire.ask(presigned(wire, keys, expires=expires).raw()) == (400, "AuthorizationQueryParametersError")


# --- what is signed


@pytest.mark.parametrize("service", SERVICES)
def test_the_host_must_be_signed(wire, keys, service):
    request = of(service, wire, keys)
    request.signed = [name.lower() for name, _ in request.headers if name != "Host"]
    assert wire.ask(request.authorized(keys).raw()) == INCOMPLETE[service]


def test_another_host_is_another_request(wire, keys):
    request = of("glue", wire, keys).authorized(keys)
    moved = [(name, "glue.example.com" if name == "Host" else value) for name, value in request.headers]
    assert wire.ask(Request(**vars(request) | {"headers": moved}).raw()) == BAD_SIGNATURE["glue"]
    forwarded = [*moved, ("X-Forwarded-Host", wire.name)]
    assert wire.ask(Request(**vars(request) | {"headers": forwarded}).raw()) == BAD_SIGNATURE["glue"]


@pytest.mark.parametrize("service,header,refused", [
    ("glue", ("X-Amz-Target", "AWSGlue.DeleteDatabase"), (400, "InvalidSignatureException")),
    ("s3", ("X-Amz-Copy-Source", f"/{BUCKET}/k"), (403, "AccessDenied")),
    ("s3", ("X-Amz-Server-Side-Encryption", "AES256"), (403, "AccessDenied")),
    ("sts", ("X-Amz-Meta", "1"), (403, "SignatureDoesNotMatch")),
    ("lakeformation", ("x-AMZ-anything", "1"), (403, "InvalidSignatureException"))])
def test_an_amz_header_that_nobody_signed_is_refused(wire, keys, service, header, refused):
    request = of(service, wire, keys)
    request.headers = [pair for pair in request.headers if pair[0].lower() != header[0].lower()]
    request.authorized(keys).headers.append(header)
    assert wire.ask(request.raw()) == refused


@pytest.mark.parametrize("listed", ["", "host;;x-amz-date", "Host;X-Amz-Date", "x-amz-date;host", "host;host;x-amz-date",
                                    "host;x-amz-date;", "host x-amz-date", "host;x-amz-date;authorization\u00e9"])
def test_the_list_of_signed_headers_has_one_form(wire, keys, listed):
    request = of("sts", wire, keys).authorized(keys)
    name, value = request.headers.pop()
    request.headers.append((name, re.sub("SignedHeaders=[^,]*", f"SignedHeaders={listed}", value)))
    assert wire.ask(request.raw()) == INCOMPLETE["sts"]


def test_a_signed_header_that_is_not_there_is_no_empty_one(wire, keys):
    request = of("glue", wire, keys)
    request.signed = [name.lower() for name, _ in request.headers] + ["x-amz-absent"]
    assert wire.ask(request.authorized(keys).raw()) == BAD_SIGNATURE["glue"]


# --- headers that two readers read differently


@pytest.mark.parametrize("name,value", [("Authorization", "AWS4-HMAC-SHA256 Credential=x"), ("X-Amz-Date", "20300101T000000Z"),
                                        ("X-Amz-Security-Token", "one"), ("x-amz-date", "")])
def test_what_must_be_once_is_not_there_twice(wire, keys, name, value):
    request = of("sts", wire, keys)
    if name == "X-Amz-Security-Token":
        request.headers.append((name, value))
    request.authorized(keys).headers.append((name, value))
    assert wire.ask(request.raw()) == INCOMPLETE["sts"]


def test_a_second_target_is_not_the_one_that_is_done(wire, keys, admin):
    """Joined as one value for the signature: whichever of the two a router took, it would not be what was signed."""
    database = fresh("kept").replace("-", "_")
    admin.glue.create_database(DatabaseInput={"Name": database})
    request = of("glue", wire, keys, body=f'{{"Name": "{database}"}}'.encode()).authorized(keys)
    for at in (0, len(request.headers)):
        headers = list(request.headers)
        headers.insert(at, ("X-Amz-Target", "AWSGlue.DeleteDatabase"))
        assert wire.ask(Request(**vars(request) | {"headers": headers}).raw())[0] == 400
    assert admin.glue.get_database(Name=database)["Database"]["Name"] == database


@pytest.mark.parametrize("line", ["Host: other.example.com", "Content-Length: 0", "Content-Length: +43", "Content-Length: 43, 43",
                                  "Transfer-Encoding: chunked", "Transfer-Encoding: identity", "transfer-encoding:\tchunked",
                                  "Transfer-Encoding: chunked, identity", "X-Folded: a\r\n b", "X-Amz-Date : 20300101T000000Z",
                                  " X-Amz-Date: 20300101T000000Z", "X-Bare: a\nX-Amz-Meta: b", "X-Nul: a\0b", "X-Return: a\rb",
                                  "NoColon", ": empty"])
def test_a_head_that_two_parsers_could_read_differently_is_refused(wire, keys, line):
    raw = of("sts", wire, keys).authorized(keys).raw()
    head, body = raw.split(b"\r\n\r\n", 1)
    heard = wire.exchange(head + b"\r\n" + line.encode() + b"\r\n\r\n" + body)
    assert heard.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 501 ")) and heard.count(b"HTTP/1.1 ") == 1, heard


@pytest.mark.parametrize("coding", ["Transfer-Encoding: chunked", "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"])
def test_no_second_request_hides_behind_two_lengths(wire, keys, coding):
    inner = of("sts", wire, keys).authorized(keys).raw()
    body = b"0\r\n\r\n" + inner
    outer = f"POST / HTTP/1.1\r\nHost: {wire.name}\r\nContent-Length: {len(body)}\r\n{coding}\r\n\r\n".encode()
    heard = wire.exchange(outer + body)
    assert heard.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 501 ")) and b"GetCallerIdentityResult" not in heard, heard


def test_white_space_in_a_signed_value_is_one_space(wire, keys):
    """What the rules of SigV4 call the same value is the same; anything else is another."""
    request = of("s3", wire, keys)
    request.headers.append(("X-Amz-Meta-Note", "a b"))
    request.authorized(keys)
    spelled = lambda value: Request(**vars(request) | {
        "headers": [(name, value if name == "X-Amz-Meta-Note" else old) for name, old in request.headers]}).raw()
    for same in ("a b", "  a   b ", "a \t b"):
        assert wire.ask(spelled(same))[0] == 200, same
    for other in ("ab", "a,b", "a b c", "A b"):
        assert wire.ask(spelled(other)) == BAD_SIGNATURE["s3"], other


# --- the credential


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("scope,s3", [  # one port for all: who names a service that is not here is answered as by REST and JSON
    ("{day}/{region}/ec2/aws4_request", (403, "InvalidSignatureException")), ("{day}/mars-1/{service}/aws4_request", (400, "AuthorizationHeaderMalformed")),
    ("20300101/{region}/{service}/aws4_request", (400, "AuthorizationHeaderMalformed"))])
def test_a_scope_of_another_service_region_or_day_is_refused(wire, keys, service, scope, s3):
    request = of(service, wire, keys)
    request.scope = scope.format(day=request.date[:8], region=REGION, service=service)
    assert wire.ask(request.authorized(keys).raw()) == (s3 if service == "s3" else BAD_SIGNATURE[service])


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("scope", ["{day}/{region}/{service}/aws5_request", "{day}/{region}/{service}", "{day}//{service}/aws4_request",
                                   "today/{region}/{service}/aws4_request", "{day}/{region}/{service}/aws4_request/more"])
def test_a_scope_has_one_form(wire, keys, service, scope):
    request = of(service, wire, keys)
    request.scope = scope.format(day=request.date[:8], region=REGION, service=service)
    assert wire.ask(request.authorized(keys).raw()) == INCOMPLETE[service]


@pytest.fixture(scope="module")
def sessions(server, admin):
    """Two sessions of one role."""
    role = admin.iam.create_role(RoleName=fresh("twice"), AssumeRolePolicyDocument=trusting(f"arn:aws:iam::{ACCOUNT}:root"))["Role"]
    admin.iam.put_role_policy(RoleName=role["RoleName"], PolicyName="own", PolicyDocument=allow(["*"]))
    made = [admin.sts.assume_role(RoleArn=role["Arn"], RoleSessionName=name)["Credentials"] for name in ("one", "two")]
    return [Keys(c["AccessKeyId"], c["SecretAccessKey"], c["SessionToken"]) for c in made]


@pytest.mark.parametrize("service", SERVICES)
def test_a_token_goes_with_its_own_keys(wire, keys, sessions, service):
    one, two = sessions
    ask = lambda given: wire.ask(of(service, wire, given).authorized(given).raw())
    assert ask(one)[0] == 200
    assert ask(Keys(one.id, one.secret, two.token)) == BAD_TOKEN[service], "the token of another session"
    assert ask(Keys(keys.id, keys.secret, one.token)) == BAD_TOKEN[service], "a token with a long-term key"
    assert ask(Keys(one.id, two.secret, one.token)) == BAD_SIGNATURE[service], "the secret of another session"
    without = (403, "InvalidAccessKeyId") if service == "s3" else BAD_TOKEN[service]
    assert ask(Keys(one.id, one.secret)) == without, "a session without its token"


def test_a_presigned_token_goes_with_its_own_keys(wire, sessions):
    one, two = sessions
    assert wire.ask(presigned(wire, one).raw())[0] == 200
    assert wire.ask(presigned(wire, Keys(one.id, one.secret, two.token)).raw()) == (400, "InvalidToken")


@pytest.mark.parametrize("service,refused", [("s3", (400, "InvalidArgument")), ("sts", (400, "IncompleteSignature"))])
def test_a_request_is_signed_in_one_way(wire, keys, service, refused):
    request = presigned(wire, keys, service)
    request.headers.append(("X-Amz-Content-Sha256", sha256(b"")))
    assert wire.ask(request.authorized(keys).raw()) == refused
