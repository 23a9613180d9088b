"""People of a real identity provider sign in at Weir, by SAML and by OpenID Connect, and read what is theirs."""

import base64
import json
import subprocess

import pytest

from conftest import ACCOUNT, WEIR, Server
from iam_words import code, fresh, refused, statement
from identity_provider.keycloak import SamlClient
from lake import Lake, allow
from saml_company import trust, unsigned

READER = ["lakeformation:GetDataAccess", "lakeformation:GetDataLakePrincipal", "glue:Get*"]
PROVIDER = f"arn:aws:iam::{ACCOUNT}:saml-provider/keycloak"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/saml-readers"
COLUMNS = [("id", "bigint"), ("region", "string")]
ROWS = [(1, "EU"), (2, "US")]


@pytest.fixture(scope="module")
def realm(keycloak):
    return keycloak.realm()


@pytest.fixture(scope="module")
def server(keycloak, tmp_path_factory):
    """A server that may ask the Keycloak of this machine for its keys."""
    running = Server(tmp_path_factory.mktemp("federation") / "data", f"--oidc-ca-file={keycloak.certificate}",
                     "--oidc-private-addresses=true").start()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def admin(server, realm):
    admin = server.session()
    admin.iam.create_saml_provider(Name="keycloak", SAMLMetadataDocument=realm.metadata_xml())
    admin.iam.create_role(RoleName="saml-readers", AssumeRolePolicyDocument=trust(PROVIDER))
    admin.iam.put_role_policy(RoleName="saml-readers", PolicyName="read", PolicyDocument=allow(READER))
    return admin


@pytest.fixture(scope="module")
def lake(server, admin):
    lake = Lake(server, admin, "company").build()
    lake.trust_engines(AllowFullTableExternalDataAccess=True)
    for name in ("orders", "payroll"):
        lake.table(name, COLUMNS, ROWS)
    lake.grant(f"{PROVIDER}:group/analysts", ["SELECT"], lake.whole("orders"))
    lake.grant(f"{PROVIDER}:user/ann", ["SELECT"], lake.whole("payroll"))
    return lake


def ask(response: str) -> dict:
    return {"RoleArn": ROLE, "PrincipalArn": PROVIDER, "SAMLAssertion": response}


def tables(clients, lake) -> list[str]:
    return sorted(t["Name"] for t in clients.glue.get_tables(DatabaseName=lake.database)["TableList"])


# --- SAML


@pytest.mark.parametrize("client", [
    SamlClient(), SamlClient(signs_assertion=False, signs_response=True), SamlClient(signs_response=True),
    SamlClient(algorithm="RSA_SHA512")], ids=["assertion", "response", "both", "sha512"])
def test_keycloak_signs_and_weir_believes(server, admin, realm, client):
    answer = unsigned(server, "sts").assume_role_with_saml(**ask(realm.saml_response("ann", client=client)))
    assert answer["AssumedRoleUser"]["Arn"].endswith(":assumed-role/saml-readers/ann")
    assert answer["Issuer"] == realm.issuer
    assert server.session(answer["Credentials"]).sts.get_caller_identity()["Account"] == ACCOUNT


def test_an_encrypted_assertion_of_keycloak_opens(server, admin, realm, tmp_path):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=weir", "-keyout",
                    tmp_path / "key.pem", "-out", tmp_path / "cert.pem"], check=True, capture_output=True)
    sealed = lambda: ask(realm.saml_response("ann", client=SamlClient(encrypt_for=(tmp_path / "cert.pem").read_text())))
    sts = unsigned(server, "sts")
    assert code(sts.assume_role_with_saml, **sealed()) == "InvalidIdentityToken"
    admin.iam.update_saml_provider(SAMLProviderArn=PROVIDER, AddPrivateKey=(tmp_path / "key.pem").read_text(),
                                   AssertionEncryptionMode="Allowed")
    sts.assume_role_with_saml(**sealed())


def test_groups_and_names_of_keycloak_read_what_they_were_granted(server, lake, realm):
    lf = unsigned(server, "lakeformation")
    ann, bob = (server.session(lf.assume_decorated_role_with_saml(**ask(realm.saml_response(who)))) for who in ("ann", "bob"))
    assert (tables(ann, lake), tables(bob, lake)) == (["orders", "payroll"], ["orders"])
    assert bob.lakeformation.get_data_lake_principal()["Identity"] == f"{PROVIDER}:user/bob"
    status, problem, _ = refused(lf.assume_decorated_role_with_saml, **ask(realm.saml_response("eve")))
    assert (status, problem) == (403, "AccessDeniedException"), "eve has no role in the assertion"


def test_the_department_that_keycloak_sends_is_a_tag(server, admin, realm):
    admin.iam.create_role(RoleName="tagged", AssumeRolePolicyDocument=trust(PROVIDER))
    admin.iam.put_role_policy(RoleName="saml-readers", PolicyName="finance", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [statement("Allow", "iam:ListUsers", "*", {
            "StringEquals": {"aws:PrincipalTag/Department": "finance"}})]}))
    sts = unsigned(server, "sts")
    ann, bob = (server.session(sts.assume_role_with_saml(**ask(realm.saml_response(who)))["Credentials"]) for who in ("ann", "bob"))
    ann.iam.list_users()
    assert code(bob.iam.list_users) == "AccessDenied"


def test_another_realm_is_a_stranger(server, admin, keycloak):
    partner = keycloak.realm("partner", provider="partner")
    assert code(unsigned(server, "sts").assume_role_with_saml, **ask(partner.saml_response("ann"))) == "InvalidIdentityToken"


def test_a_rotation_of_keycloaks_keys_is_followed_by_an_upload(server, admin, keycloak):
    realm = keycloak.realm("rolling", provider="rolling", role="rolling")
    provider = admin.iam.create_saml_provider(Name="rolling", SAMLMetadataDocument=realm.metadata_xml())["SAMLProviderArn"]
    admin.iam.create_role(RoleName="rolling", AssumeRolePolicyDocument=trust(provider))
    rolling = lambda: {"RoleArn": f"arn:aws:iam::{ACCOUNT}:role/rolling", "PrincipalArn": provider,
                       "SAMLAssertion": realm.saml_response("ann")}
    sts = unsigned(server, "sts")
    sts.assume_role_with_saml(**rolling())
    realm.rotate_keys()
    assert refused(sts.assume_role_with_saml, **rolling())[2] == "Response signature invalid"
    admin.iam.update_saml_provider(SAMLProviderArn=provider, SAMLMetadataDocument=realm.metadata_xml())
    sts.assume_role_with_saml(**rolling())


# --- OpenID Connect


def web_trust(provider: str, condition: dict) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Federated": provider}, "Condition": condition,
         "Action": ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]}]})


@pytest.fixture(scope="module")
def web(admin, realm):
    """The ARNs of the realm's provider and of a role for its people."""
    provider = admin.iam.create_open_id_connect_provider(Url=realm.issuer, ClientIDList=["weir"])["OpenIDConnectProviderArn"]
    assert provider == f"arn:aws:iam::{ACCOUNT}:oidc-provider/{realm.issuer.removeprefix('https://')}"
    name = realm.issuer.removeprefix("https://")
    role = admin.iam.create_role(RoleName="web-readers", AssumeRolePolicyDocument=web_trust(
        provider, {"StringEquals": {f"{name}:aud": "weir"}, "StringNotEquals": {f"{name}:preferred_username": "eve"}}))["Role"]["Arn"]
    admin.iam.put_role_policy(RoleName="web-readers", PolicyName="finance", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [statement("Allow", "iam:ListUsers", "*", {"StringEquals": {
            "aws:PrincipalTag/Department": "finance", "aws:FederatedProvider": provider, f"{name}:aud": "weir"}})]}))
    return provider, role


def test_a_token_of_keycloak_becomes_a_session(server, web, realm):
    provider, role = web
    sts = unsigned(server, "sts")
    tokens = realm.oidc_token("ann")
    for token in (tokens.id_token, tokens.id_token):  # a token may be shown again while it lasts
        answer = sts.assume_role_with_web_identity(RoleArn=role, RoleSessionName="ann", WebIdentityToken=token)
    assert (answer["Provider"], answer["Audience"]) == (provider, "weir")
    payload = tokens.id_token.split(".")[1]
    said = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert answer["SubjectFromWebIdentityToken"] == said["sub"]
    ann = server.session(answer["Credentials"])
    assert ann.sts.get_caller_identity()["Arn"].endswith(":assumed-role/web-readers/ann")
    ann.iam.list_users()
    bob = sts.assume_role_with_web_identity(RoleArn=role, RoleSessionName="bob", WebIdentityToken=realm.oidc_token("bob").id_token)
    assert code(server.session(bob["Credentials"]).iam.list_users) == "AccessDenied"


def test_the_trust_policy_decides_about_claims(server, web, realm):
    _, role = web
    assert refused(unsigned(server, "sts").assume_role_with_web_identity, RoleArn=role, RoleSessionName="eve",
                   WebIdentityToken=realm.oidc_token("eve").id_token) == (
        403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity")


def test_a_client_id_that_is_not_registered(server, admin, web, realm):
    provider, role = web
    ask = {"RoleArn": role, "RoleSessionName": "ann", "WebIdentityToken": realm.oidc_token("ann").id_token}
    admin.iam.remove_client_id_from_open_id_connect_provider(OpenIDConnectProviderArn=provider, ClientID="weir")
    assert refused(unsigned(server, "sts").assume_role_with_web_identity, **ask)[:2] == (400, "InvalidIdentityToken")
    admin.iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=provider, ClientID="weir")
    unsigned(server, "sts").assume_role_with_web_identity(**ask)


def test_an_issuer_that_is_not_registered_is_not_even_asked(server, admin, web, keycloak):
    token = keycloak.realm("partner", provider="partner").oidc_token("ann").id_token
    status, problem, message = refused(unsigned(server, "sts").assume_role_with_web_identity, RoleArn=web[1],
                                       RoleSessionName="ann", WebIdentityToken=token)
    assert (status, problem) == (400, "InvalidIdentityToken")
    assert message.startswith("No OpenIDConnect provider found in your account for https://")


def test_addresses_of_this_machine_are_asked_only_where_the_operator_allows_it(keycloak, realm, tmp_path):
    server = Server(tmp_path / "data", f"--oidc-ca-file={keycloak.certificate}").start()
    admin = server.session()
    provider = admin.iam.create_open_id_connect_provider(Url=realm.issuer, ClientIDList=["weir"])["OpenIDConnectProviderArn"]
    role = admin.iam.create_role(RoleName="web", AssumeRolePolicyDocument=web_trust(provider, {}))["Role"]["Arn"]
    status, problem, message = refused(unsigned(server, "sts").assume_role_with_web_identity, RoleArn=role, RoleSessionName="ann",
                                       WebIdentityToken=realm.oidc_token("ann").id_token)
    assert (status, problem) == (400, "IDPCommunicationError") and "localhost" not in message
    assert server.stop() == 0


def test_the_trail_names_who_came_with_a_token(server, admin, web, realm):
    name = fresh("ann")
    unsigned(server, "sts").assume_role_with_web_identity(RoleArn=web[1], RoleSessionName=name,
                                                          WebIdentityToken=realm.oidc_token("ann").id_token)
    found = admin.cloudtrail.lookup_events(LookupAttributes=[
        {"AttributeKey": "EventName", "AttributeValue": "AssumeRoleWithWebIdentity"}])["Events"]
    events = [json.loads(event["CloudTrailEvent"]) for event in found]
    event = next(e for e in events if e["requestParameters"].get("roleSessionName") == name)
    assert event["userIdentity"]["type"] == "WebIdentityUser"


def test_weir_query_reads_with_an_assertion(server, lake, realm, tmp_path):
    file = tmp_path / "response.txt"
    file.write_text(realm.saml_response("bob"))
    run = lambda sql: subprocess.run(
        [WEIR, "query", "--endpoint-url", server.endpoint, "--saml-assertion", file, "--role-arn", ROLE, "--principal-arn", PROVIDER,
         "--database", lake.database, "--format", "csv", sql], capture_output=True, text=True,
        env={k: v for k, v in server.cli_env.items() if "CREDENTIALS" not in k and "CONFIG" not in k})
    answer = run("SELECT count(*) AS n FROM orders")
    assert answer.stdout.split() == ["n", "2"], answer.stderr
    file.write_text(realm.saml_response("bob"))
    denied = run("SELECT * FROM payroll")
    assert denied.returncode != 0 and not denied.stdout
