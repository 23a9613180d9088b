"""Web identity over the wire: IAM's OpenID Connect providers, and AssumeRoleWithWebIdentity against an issuer that we play,
which lies, redirects and dawdles when it is told to. `federation_test.py` does it with a real one."""

import json
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

import oidc_test
from conftest import ACCOUNT, Server
from iam_words import OTHER, code, fresh, refused, statement
from identity_provider.server import certificate
from lake import allow
from request_words import Desk
from saml_company import unsigned
from sharing_words import grant, table
from weir_words import weir_client

MALLORY = rsa.generate_private_key(65537, 2048)


class Issuer:
    """An HTTPS server of this machine: `pages` by path, each a text, a status or a function; `asked` is what was asked for."""

    def __init__(self, directory):
        self.certificate, key = certificate(directory)
        self.pages: dict = {}
        self.asked: list[str] = []
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                issuer.asked.append(self.path)
                page = issuer.pages.get(self.path, 404)
                page = page(self) if callable(page) else page
                status, headers, body = page if isinstance(page, tuple) else (
                    (page, {}, "") if isinstance(page, int) else (200, {}, page))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body.encode())))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)
        self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.origin = f"https://localhost:{self.http.server_port}"

    def realm(self, *keys, **described) -> "Realm":
        return Realm(self, fresh("realm")).publish(*keys, **described)


class Realm:
    """One issuer below the server's address, so that each test has keys of its own."""

    def __init__(self, issuer: Issuer, name: str):
        self.issuer, self.path = issuer, f"/{name}"
        self.url = issuer.origin + self.path
        self.key = rsa.generate_private_key(65537, 2048)

    def publish(self, *keys, **described) -> "Realm":
        about = {"issuer": self.url, "jwks_uri": f"{self.url}/keys"} | described
        self.issuer.pages[f"{self.path}/.well-known/openid-configuration"] = json.dumps(about)
        self.issuer.pages[f"{self.path}/keys"] = oidc_test.key_set(*(keys or [oidc_test.jwk(self.key)]))
        return self

    def asked(self) -> list[str]:
        return [path.removeprefix(self.path) for path in self.issuer.asked if path.startswith(self.path + "/")]

    def token(self, key=None, kid: str = "k1", alg: str = "RS256", **claims) -> str:
        now = int(time.time())
        said = {"iss": self.url, "sub": "ann", "aud": "weir", "iat": now - 5, "exp": now + 300} | claims
        said = {name: value for name, value in said.items() if value is not None}
        return jwt.encode(said, key or self.key, algorithm=alg, headers={"kid": kid})


@pytest.fixture(scope="module")
def issuer(tmp_path_factory):
    return Issuer(tmp_path_factory.mktemp("issuer"))


@pytest.fixture(scope="module")
def server(issuer, tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("oidc") / "data", f"--oidc-ca-file={issuer.certificate}",
                     "--oidc-private-addresses=true").start()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def admin(server):
    return server.session()


@pytest.fixture(scope="module")
def sts(server):
    return unsigned(server, "sts")


@pytest.fixture()
def role(admin):
    """role(realm, condition) is the ARN of a role that trusts the realm, which it registers."""
    def make(realm: Realm, condition: dict | None = None, allowed="*", actions=("sts:AssumeRoleWithWebIdentity", "sts:TagSession",
                                                                              "sts:SetSourceIdentity")) -> str:
        arn = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{realm.url.removeprefix('https://')}"
        if arn not in [p["Arn"] for p in admin.iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]]:
            assert admin.iam.create_open_id_connect_provider(Url=realm.url, ClientIDList=["weir"])["OpenIDConnectProviderArn"] == arn
        name = fresh("web")
        made = admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps({
            "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Federated": arn}, "Action": list(actions),
                                                    "Condition": condition or {}}]}))
        admin.iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=allow(allowed))
        return made["Role"]["Arn"]
    return make


def ask(role: str, token: str, **more) -> dict:
    return {"RoleArn": role, "RoleSessionName": "ann", "WebIdentityToken": token, **more}


def answer_of(sts, role: str, token: str) -> tuple[int, str]:
    return refused(sts.assume_role_with_web_identity, **ask(role, token))[:2]


INVALID = (400, "InvalidIdentityToken")
UNREACHABLE = (400, "IDPCommunicationError")


# --- providers in IAM


def test_a_provider_is_made_shown_changed_listed_and_removed(admin):
    iam, url = admin.iam, f"https://{fresh('idp')}.example.com/Path"
    made = iam.create_open_id_connect_provider(Url=url, ClientIDList=["a"], ThumbprintList=["0" * 40], Tags=[{"Key": "k", "Value": "v"}])
    arn = made["OpenIDConnectProviderArn"]
    assert arn == f"arn:aws:iam::{ACCOUNT}:oidc-provider/{url.removeprefix('https://')}" and made["Tags"] == [{"Key": "k", "Value": "v"}]
    assert code(iam.create_open_id_connect_provider, Url=url.lower()) == "EntityAlreadyExists"
    iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="b")
    iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="b")
    iam.remove_client_id_from_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="a")
    iam.remove_client_id_from_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="a")
    iam.update_open_id_connect_provider_thumbprint(OpenIDConnectProviderArn=arn, ThumbprintList=["f" * 40, "A" * 40])
    shown = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    assert (shown["Url"], shown["ClientIDList"], shown["ThumbprintList"]) == (url.removeprefix("https://"), ["b"], ["f" * 40, "A" * 40])
    iam.tag_open_id_connect_provider(OpenIDConnectProviderArn=arn, Tags=[{"Key": "t", "Value": "1"}])
    iam.untag_open_id_connect_provider(OpenIDConnectProviderArn=arn, TagKeys=["k"])
    assert iam.list_open_id_connect_provider_tags(OpenIDConnectProviderArn=arn)["Tags"] == [{"Key": "t", "Value": "1"}]
    assert arn in [p["Arn"] for p in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]]
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    assert code(iam.get_open_id_connect_provider, OpenIDConnectProviderArn=arn) == "NoSuchEntity"


@pytest.mark.parametrize("url", ["http://idp.example.com", "https://user@idp.example.com", "https://idp.example.com?x", "https://idp.example.com#x",
                                 "https://[::1]/", "https://idp.example.com\\@evil", "ftp://idp.example.com", "https://", "idp.example.com", "https://aws", "https://sts"])
def test_addresses_that_are_no_issuers(admin, url):
    assert code(admin.iam.create_open_id_connect_provider, Url=url) == "InvalidInput"


def test_limits_of_a_provider(admin):
    iam, url = admin.iam, f"https://{fresh('idp')}.example.com"
    assert code(iam.create_open_id_connect_provider, Url=url, ThumbprintList=["x" * 40]) == "InvalidInput"
    assert code(iam.create_open_id_connect_provider, Url=url, ThumbprintList=["0" * 40] * 6) == "InvalidInput"
    assert code(iam.create_open_id_connect_provider, Url=url, ClientIDList=[str(n) for n in range(101)]) == "LimitExceeded"
    stranger = f"arn:aws:iam::{OTHER}:oidc-provider/idp.example.com"
    assert code(iam.get_open_id_connect_provider, OpenIDConnectProviderArn=stranger) == "AccessDenied"


# --- signing in


def test_a_token_becomes_a_session_and_the_issuer_is_asked_once(server, sts, issuer, role):
    realm = issuer.realm()
    arn = role(realm)
    for _ in range(3):
        answer = sts.assume_role_with_web_identity(**ask(arn, realm.token(amr=["pwd", "otp"])))
    assert answer["SubjectFromWebIdentityToken"] == "ann" and answer["Audience"] == "weir"
    assert server.session(answer["Credentials"]).sts.get_caller_identity()["Arn"].endswith("/ann")
    assert realm.asked() == ["/.well-known/openid-configuration", "/keys"]


def test_many_at_once_wait_for_one_question(server, issuer, role):
    realm, got = issuer.realm(), []
    arn, gate = role(realm), threading.Barrier(6)
    def run():
        gate.wait()
        got.append(unsigned(server, "sts").assume_role_with_web_identity(**ask(arn, realm.token()))["Audience"])
    threads = [threading.Thread(target=run) for _ in range(6)]
    [thread.start() for thread in threads], [thread.join() for thread in threads]
    assert got == ["weir"] * 6 and realm.asked() == ["/.well-known/openid-configuration", "/keys"]


def test_what_a_trust_policy_and_a_session_can_ask(server, sts, issuer, role):
    realm = issuer.realm()
    name = realm.url.removeprefix("https://")
    arn = role(realm, {"StringEquals": {f"{name}:aud": "weir", f"{name}:sub": "ann", f"{name}:repository": "octo/lake"},
                       "ForAnyValue:StringEquals": {f"{name}:amr": "otp", f"{name}:groups": "analysts"}, "Bool": {f"{name}:verified": "true"}})
    good = dict(repository="octo/lake", amr=["otp"], groups=["x", "analysts"], verified=True)
    sts.assume_role_with_web_identity(**ask(arn, realm.token(**good)))
    for bad in (dict(sub="eve"), dict(repository="octo/other"), dict(amr=["pwd"]), dict(groups="x"), dict(verified=False), dict(repository=None)):
        assert refused(sts.assume_role_with_web_identity, **ask(arn, realm.token(**(good | bad)))) == (
            403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity"), bad


def test_claims_that_differ_by_case_are_no_condition_keys(sts, issuer, role):
    realm = issuer.realm()
    name = realm.url.removeprefix("https://")
    trusts = lambda key, value, operator="StringEquals": role(realm, {operator: {f"{name}:{key}": value}})
    for arn, claims in ((trusts("team", "sales"), {"team": "x", "Team": "sales"}), (trusts("sub", "admin"), {"SUB": "admin"}),
                        (trusts("amr", "otp", "ForAnyValue:StringEquals"), {"AMR": ["otp"]}), (trusts("aud", "lake"), {"Aud": "lake"})):
        assert answer_of(sts, arn, realm.token(**claims)) == (403, "AccessDenied"), claims
    sts.assume_role_with_web_identity(**ask(trusts("team", "sales"), realm.token(Team="sales")))


def test_tags_and_source_identity_of_a_token(server, sts, issuer, role):
    realm = issuer.realm()
    tags = {"https://aws.amazon.com/tags": {"principal_tags": {"team": ["sales"]}, "transitive_tag_keys": ["team"]},
            "https://aws.amazon.com/source_identity": "ann"}
    answer = sts.assume_role_with_web_identity(**ask(role(realm), realm.token(**tags)))
    assert answer["SourceIdentity"] == "ann" and answer["PackedPolicySize"] > 0
    plain = role(realm, actions=["sts:AssumeRoleWithWebIdentity"])
    assert answer_of(sts, plain, realm.token(**tags)) == (403, "AccessDenied")
    sts.assume_role_with_web_identity(**ask(plain, realm.token()))


def test_durations_and_session_policies(server, sts, issuer, role):
    realm = issuer.realm()
    arn = role(realm)
    assert refused(sts.assume_role_with_web_identity, **ask(arn, realm.token(), DurationSeconds=3601))[1] == "ValidationError"
    narrowed = server.session(sts.assume_role_with_web_identity(**ask(arn, realm.token(), Policy=allow("iam:ListUsers")))["Credentials"])
    narrowed.iam.list_users()
    assert code(narrowed.iam.list_roles) == "AccessDenied"


@pytest.mark.parametrize("forge", [
    lambda r: r.token(key=MALLORY), lambda r: jwt.encode({"iss": r.url, "sub": "ann", "aud": "weir", "exp": 9e9, "iat": 1}, None, "none"),
    lambda r: r.token()[:-8] + "AAAAAAAA", lambda r: r.token(aud="other"), lambda r: r.token(aud=["weir", "other"]), lambda r: r.token(azp="other"),
    lambda r: r.token(aud=None), lambda r: r.token(sub=None), lambda r: r.token(iat=None), lambda r: r.token(exp=None),
    lambda r: r.token(nbf=int(time.time()) + 3600), lambda r: r.token(iat=int(time.time()) + 3600), lambda r: r.token(kid="unknown"),
    lambda r: oidc_test.by_hand({"alg": "RS256", "kid": "k1", "crit": ["x"]}, json.dumps({"iss": r.url}), r.key), lambda r: "a.b.c", lambda r: "x" * 19000],
    ids=["stranger", "none", "cut", "audience", "a further audience", "azp", "no aud", "no sub", "no iat", "no exp", "not yet", "from the future",
         "unknown kid", "crit", "no token", "long"])
def test_forged_tokens_are_refused(sts, issuer, role, forge):
    realm = issuer.realm()
    assert answer_of(sts, role(realm), forge(realm)) == INVALID


def test_an_old_token_is_expired(sts, issuer, role):
    realm = issuer.realm()
    now = int(time.time())
    assert answer_of(sts, role(realm), realm.token(iat=now - 7200, exp=now - 3600)) == (400, "ExpiredTokenException")


def test_hmac_with_the_public_key_is_refused(sts, issuer, role):
    realm = issuer.realm()
    public = json.dumps(oidc_test.jwk(realm.key)).encode()
    header, payload = (oidc_test.b64(json.dumps(part)) for part in (
        {"alg": "HS256", "kid": "k1"}, {"iss": realm.url, "sub": "ann", "aud": "weir", "iat": int(time.time()), "exp": int(time.time()) + 300}))
    signature = oidc_test.b64(oidc_test.hmac.new(public, f"{header}.{payload}".encode(), "sha256").digest())
    assert answer_of(sts, role(realm), f"{header}.{payload}.{signature}") == INVALID


def test_a_token_of_one_issuer_with_the_keys_of_another(sts, issuer, role):
    ours, theirs = issuer.realm(), issuer.realm()
    role(theirs)
    assert answer_of(sts, role(ours), ours.token(key=theirs.key)) == INVALID
    # Two registered issuers, one role that trusts the first.
    assert answer_of(sts, role(ours), theirs.token()) == (403, "AccessDenied")


def test_issuers_differ_by_case_and_by_a_slash(sts, issuer, role):
    realm = issuer.realm()
    arn = role(realm)
    for url in (realm.url + "/", realm.url.upper().replace("HTTPS://LOCALHOST", "https://localhost")):
        assert answer_of(sts, arn, realm.token(iss=url)) == INVALID


def test_the_provider_of_another_account_does_not_count(sts, issuer, role):
    realm = issuer.realm()
    assert answer_of(sts, role(realm).replace(ACCOUNT, OTHER), realm.token()) == INVALID
    assert realm.asked() == [], "nobody is asked for a role of an account that did not register it"


# --- the issuer misbehaves


@pytest.mark.parametrize("described", [{"issuer": "https://other.example"}, {"jwks_uri": "http://localhost/keys"}, {"jwks_uri": "file:///etc/passwd"},
                                       {"jwks_uri": None}, {"jwks_uri": "https://user:pass@localhost/keys"}])
def test_a_description_that_cannot_be_relied_on(sts, issuer, role, described):
    realm = issuer.realm(**described)
    assert answer_of(sts, role(realm), realm.token()) == UNREACHABLE


def test_a_redirect_is_not_followed(sts, issuer, role):
    realm, other = issuer.realm(), issuer.realm()
    for path in ("/.well-known/openid-configuration", "/keys"):
        realm.issuer.pages[realm.path + path] = (302, {"Location": other.url + path}, "")
    assert answer_of(sts, role(realm), realm.token(key=other.key)) == UNREACHABLE
    assert other.asked() == []


@pytest.mark.parametrize("page", [500, 404, "no json", "[]", '{"keys": []}', '{"keys": [], "keys": []}', '{"a": "' + "x" * 600_000 + '"}'],
                         ids=["500", "404", "no json", "list", "no keys", "twice", "long"])
def test_keys_that_cannot_be_read(sts, issuer, role, page):
    realm = issuer.realm()
    issuer.pages[realm.path + "/keys"] = page
    assert answer_of(sts, role(realm), realm.token()) == UNREACHABLE


def test_an_issuer_that_is_down_is_not_asked_at_every_token(sts, issuer, role):
    realm = issuer.realm()
    issuer.pages[realm.path + "/.well-known/openid-configuration"] = 503
    arn = role(realm)
    assert [answer_of(sts, arn, realm.token()) for _ in range(5)] == [UNREACHABLE] * 5
    assert realm.asked() == ["/.well-known/openid-configuration"]


def test_unknown_keys_do_not_make_us_ask_again_and_again(sts, issuer, role):
    realm = issuer.realm()
    arn = role(realm)
    sts.assume_role_with_web_identity(**ask(arn, realm.token()))
    for n in range(5):
        assert answer_of(sts, arn, realm.token(key=MALLORY, kid=f"k{n}x")) == INVALID
    assert realm.asked() == ["/.well-known/openid-configuration", "/keys"]


def test_a_certificate_that_nobody_vouches_for(tmp_path, issuer):
    server = Server(tmp_path / "data", "--oidc-private-addresses=true").start()
    admin, realm = server.session(), issuer.realm()
    provider = admin.iam.create_open_id_connect_provider(Url=realm.url, ClientIDList=["weir"])["OpenIDConnectProviderArn"]
    made = admin.iam.create_role(RoleName="web", AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Federated": provider}, "Action": "sts:AssumeRoleWithWebIdentity"}]}))
    assert answer_of(unsigned(server, "sts"), made["Role"]["Arn"], realm.token()) == UNREACHABLE
    assert realm.asked() == [] and server.stop() == 0


def test_nothing_of_a_token_is_kept(server, sts, issuer, role, admin):
    realm = issuer.realm()
    token = realm.token()
    sts.assume_role_with_web_identity(**ask(role(realm), token))
    assert answer_of(sts, role(realm), token[:-8] + "AAAAAAAA") == INVALID
    admin.cloudtrail.lookup_events(LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "AssumeRoleWithWebIdentity"}])
    part = token.split(".")[1][:60].encode()
    for file in [*server.data_dir.rglob("*"), server.data_dir.parent / f"{server.data_dir.name}.log"]:
        assert not file.is_file() or part not in file.read_bytes(), file


def test_who_asks_does_not_decide_by_the_address_that_its_provider_claims(server, admin, sts, issuer, role):
    """Whatever the provider calls the person, and whether it has looked at the address or not."""
    realm, desk = issuer.realm(), Desk(server, admin)
    arn = role(realm)
    grant(admin.lakeformation, table(desk.database, "people"), arn, ["DESCRIBE"])
    token = realm.token(sub="0c1f-7a", email="ann@corp.example", email_verified=False)
    session = server.session(sts.assume_role_with_web_identity(**ask(arn, token))["Credentials"])
    asked = desk.ask("people", by=weir_client(session))
    excluded = desk.weir.get_approval(ApprovalId=desk.approval(asked))["Approval"]["Excluded"]
    assert "ann@corp.example" in excluded
