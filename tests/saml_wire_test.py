"""Signing in with SAML over the wire: IAM's providers, AssumeRoleWithSAML and AssumeDecoratedRoleWithSAML, against a
provider that we play and that lies when it is told to. `federation_test.py` does it with a real one."""

import base64
import json
import subprocess
import threading
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timedelta, timezone

import pytest
from botocore.exceptions import ClientError
from lxml import etree

import saml_test
from conftest import ACCOUNT, WEIR, Server
from iam_words import OTHER, code, fresh, login, make_user, refused, statement, trusting
from lake import Lake, allow
from request_words import Desk
from saml_company import ACTIONS, Company, trust, unsigned
from saml_idp import AWS, LF, NS, SIGN_IN, Key, assertion_of, encode, encrypt, metadata, sign, signed_response
from saml_idp import parse as parse_xml
from saml_idp import response_xml
from sharing_words import grant, table
from weir_words import weir_client

KEY = Key()
MALLORY = Key()
NOT_AUTHORIZED = (403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML")


@pytest.fixture(scope="module")
def company(server, admin) -> Company:
    return Company.known_to(server, admin, KEY)


@pytest.fixture(scope="module")
def sts(server):
    return unsigned(server, "sts")


@pytest.fixture(scope="module")
def lf(server):
    return unsigned(server, "lakeformation")


def later(minutes: float) -> datetime:
    return datetime.now(timezone.utc) + timedelta(minutes=minutes)


# --- providers in IAM


def test_a_provider_is_made_shown_changed_listed_and_removed(admin):
    name = fresh("idp")
    made = admin.iam.create_saml_provider(Name=name, SAMLMetadataDocument=metadata([KEY], valid_until="2030-01-01T00:00:00Z"),
                                          Tags=[{"Key": "team", "Value": "identity"}])
    arn = made["SAMLProviderArn"]
    assert arn == f"arn:aws:iam::{ACCOUNT}:saml-provider/{name}"
    assert made["Tags"] == [{"Key": "team", "Value": "identity"}]
    shown = admin.iam.get_saml_provider(SAMLProviderArn=arn)
    assert shown["SAMLMetadataDocument"] == metadata([KEY], valid_until="2030-01-01T00:00:00Z")
    assert shown["ValidUntil"].year == 2030 and shown["SAMLProviderUUID"] and shown["Tags"] == made["Tags"]
    assert arn in [one["Arn"] for one in admin.iam.list_saml_providers()["SAMLProviderList"]]
    admin.iam.update_saml_provider(SAMLProviderArn=arn, SAMLMetadataDocument=metadata([MALLORY]))
    changed = admin.iam.get_saml_provider(SAMLProviderArn=arn)
    assert changed["SAMLMetadataDocument"] == metadata([MALLORY]) and "ValidUntil" not in changed
    assert changed["SAMLProviderUUID"] == shown["SAMLProviderUUID"]
    assert code(admin.iam.create_saml_provider, Name=name.upper(), SAMLMetadataDocument=metadata([KEY])) == "EntityAlreadyExists"
    admin.iam.delete_saml_provider(SAMLProviderArn=arn)
    for gone in (admin.iam.get_saml_provider, admin.iam.delete_saml_provider):
        assert refused(gone, SAMLProviderArn=arn) == (404, "NoSuchEntity", f"Manifest not found for arn {arn}")


def test_tags_of_a_provider(admin, company):
    arn = company.provider
    admin.iam.tag_saml_provider(SAMLProviderArn=arn, Tags=[{"Key": k, "Value": "1"} for k in "abc"])
    admin.iam.untag_saml_provider(SAMLProviderArn=arn, TagKeys=["B"])
    first = admin.iam.list_saml_provider_tags(SAMLProviderArn=arn, MaxItems=1)
    assert first["IsTruncated"] and [t["Key"] for t in first["Tags"]] == ["a"]
    rest = admin.iam.list_saml_provider_tags(SAMLProviderArn=arn, Marker=first["Marker"])
    assert [t["Key"] for t in rest["Tags"]] == ["c"]


@pytest.mark.parametrize("document", [
    "x" * 2000, metadata([KEY]).replace("<?xml", "<!DOCTYPE a><?xml"), metadata([]) + " " * 400, metadata([KEY]).replace("MII", "XXX", 1)],
    ids=["no XML", "document type", "no key", "broken key"])
def test_metadata_that_cannot_be_relied_on_is_not_taken(admin, company, document):
    assert code(admin.iam.create_saml_provider, Name=fresh("idp"), SAMLMetadataDocument=document) == "InvalidInput"
    before = admin.iam.get_saml_provider(SAMLProviderArn=company.provider)["SAMLMetadataDocument"]
    assert code(admin.iam.update_saml_provider, SAMLProviderArn=company.provider, SAMLMetadataDocument=document) == "InvalidInput"
    assert admin.iam.get_saml_provider(SAMLProviderArn=company.provider)["SAMLMetadataDocument"] == before


def test_providers_are_their_accounts_own(server, admin, company):
    stranger = company.provider.replace(ACCOUNT, OTHER)
    for ask in (admin.iam.get_saml_provider, admin.iam.delete_saml_provider):
        assert code(ask, SAMLProviderArn=stranger) == "AccessDenied"
        assert code(ask, SAMLProviderArn=company.role) == "ValidationError"
    clerk = login(server, admin, make_user(admin, statement("Allow", "iam:GetSAMLProvider", company.provider)))
    clerk.iam.get_saml_provider(SAMLProviderArn=company.provider)
    assert code(clerk.iam.update_saml_provider, SAMLProviderArn=company.provider,
                SAMLMetadataDocument=metadata([MALLORY])) == "AccessDenied"
    assert code(clerk.iam.list_saml_providers) == "AccessDenied"


def test_a_private_key_comes_in_and_never_out(server, admin):
    key = Key()
    arn = admin.iam.create_saml_provider(Name=fresh("idp"), SAMLMetadataDocument=metadata([KEY]), AddPrivateKey=key.pem,
                                         AssertionEncryptionMode="Required")["SAMLProviderArn"]
    shown = admin.iam.get_saml_provider(SAMLProviderArn=arn)
    [listed] = shown["PrivateKeyList"]
    assert shown["AssertionEncryptionMode"] == "Required" and set(listed) == {"KeyId", "Timestamp"}
    assert code(admin.iam.update_saml_provider, SAMLProviderArn=arn, RemovePrivateKey=listed["KeyId"]) == "InvalidInput"
    admin.iam.update_saml_provider(SAMLProviderArn=arn, AddPrivateKey=Key().pem, RemovePrivateKey=listed["KeyId"])
    assert code(admin.iam.update_saml_provider, SAMLProviderArn=arn, RemovePrivateKey=listed["KeyId"]) == "NoSuchEntity"
    for bad in ("no key", Key.on_curve().pem):
        assert code(admin.iam.update_saml_provider, SAMLProviderArn=arn, AddPrivateKey=bad) in ("InvalidInput", "ValidationError")
    middle = "".join(key.pem.splitlines()[5:7]).encode()
    for file in server.data_dir.rglob("*"):
        assert not file.is_file() or middle not in file.read_bytes().replace(b"\\n", b"").replace(b"\n", b""), file


# --- AssumeRoleWithSAML


@pytest.mark.parametrize("what", ["assertion", "response", "both"])
def test_a_person_takes_a_role(server, sts, company, what):
    knobs = company.knobs("ann@example.com", attributes={AWS + "PrincipalTag:team": ["sales"], AWS + "SourceIdentity": ["ann"]})
    answer = sts.assume_role_with_saml(**company.ask(encode(signed_response(KEY, knobs, what=what))))
    name = company.role.rsplit("/")[-1]
    assert answer["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/{name}/ann@example.com"
    assert (answer["Subject"], answer["SubjectType"]) == ("ann@example.com", "persistent")
    assert (answer["Issuer"], answer["Audience"]) == (knobs.issuer, SIGN_IN)
    assert len(base64.b64decode(answer["NameQualifier"])) == 20 and answer["SourceIdentity"] == "ann"
    who = server.session(answer["Credentials"]).sts.get_caller_identity()
    assert who["Arn"] == answer["AssumedRoleUser"]["Arn"] and who["UserId"] == answer["AssumedRoleUser"]["AssumedRoleId"]


def test_the_session_ends_with_the_sign_in_and_within_what_was_asked(sts, company):
    def left(**more) -> timedelta:
        session_until = more.pop("session_until", later(480))
        answer = sts.assume_role_with_saml(**company.ask(company.response(session_until=session_until), **more))
        return answer["Credentials"]["Expiration"] - datetime.now(timezone.utc)
    assert timedelta(minutes=59) < left() <= timedelta(minutes=60)
    assert timedelta(minutes=14) < left(DurationSeconds=900) <= timedelta(minutes=15)
    assert timedelta(minutes=8) < left(session_until=later(10)) <= timedelta(minutes=10)
    assert timedelta(minutes=59) < left(session_until=None) <= timedelta(minutes=60)
    status, problem, message = refused(sts.assume_role_with_saml, **company.ask(company.response(), DurationSeconds=3601))
    assert (status, problem) == (400, "ValidationError") and "MaxSessionDuration" in message
    for seconds in (899, 43201):
        assert code(sts.assume_role_with_saml, **company.ask(company.response(), DurationSeconds=seconds)) == "ValidationError"


def test_a_session_policy_narrows(server, sts, company):
    answer = sts.assume_role_with_saml(**company.ask(company.response(), Policy=allow("glue:GetDatabases")))
    clients = server.session(answer["Credentials"])
    clients.glue.get_databases()
    assert code(clients.iam.list_users) == "AccessDenied"
    assert answer["PackedPolicySize"] > 0
    assert code(sts.assume_role_with_saml, **company.ask(company.response(), Policy="{}")) == "MalformedPolicyDocument"


def test_tags_and_who_signed_in_are_conditions_of_the_session(server, admin, company):
    role = company.another_role(allowed=None)
    name = role.rsplit("/")[-1]
    admin.iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [
            statement("Allow", "iam:ListUsers", "*", {"StringEquals": {"aws:PrincipalTag/team": "sales"}}),
            statement("Allow", "iam:ListGroups", "*", {"StringEquals": {
                "saml:sub": "ann@example.com", "saml:sub_type": "persistent", "aws:FederatedProvider": company.provider}}),
            statement("Allow", "iam:ListRoles", "*", {"StringEquals": {"aws:PrincipalArn": role}})]}))
    tagged = {AWS + "PrincipalTag:team": ["sales"]}
    ann = company.sign_in("ann@example.com", role=role, attributes=tagged)
    ann.iam.list_users(), ann.iam.list_groups(), ann.iam.list_roles()
    bob = company.sign_in("bob@example.com", role=role)
    assert code(bob.iam.list_users) == code(bob.iam.list_groups) == "AccessDenied"
    decorated = company.decorated("ann@example.com", role=role, attributes=tagged)
    decorated.iam.list_users(), decorated.iam.list_groups(), decorated.iam.list_roles()


def test_what_a_trust_policy_can_ask(sts, company):
    def answers(condition: dict, user: str = "ann@example.com", **said) -> bool:
        role = company.another_role(condition=condition)
        try:
            sts.assume_role_with_saml(**company.ask(company.response(user, role=role, **said), role))
        except ClientError as error:
            assert error.response["Error"]["Code"] == "AccessDenied"
            return False
        return True
    equals = lambda **keys: {"StringEquals": {f"saml:{key}": value for key, value in keys.items()}}
    assert answers(equals(sub="ann@example.com")) and not answers(equals(sub="ann@example.com"), "bob@example.com")
    assert answers(equals(iss="https://idp.example.com/saml")) and not answers(equals(iss="https://other.example/saml"))
    assert answers(equals(sub_type="persistent")) and not answers(equals(sub_type="transient"))
    assert answers(equals(doc=f"{ACCOUNT}/{company.provider.rsplit('/')[-1]}")) and not answers(equals(doc="okta"))
    affiliation = {"urn:oid:1.3.6.1.4.1.5923.1.1.1.1": ["staff", "member"]}
    staff = {"ForAnyValue:StringEquals": {"saml:eduPersonAffiliation": "staff"}}
    assert answers(staff, attributes=affiliation) and not answers(staff)
    for key, attribute in {"eduOrgLegalName": "urn:oid:1.3.6.1.4.1.5923.1.2.1.4", "cn": "urn:oid:2.5.4.3",
                           "eduOrgWhitePagesURI": "urn:oid:1.3.6.1.4.1.5923.1.2.1.6"}.items():
        listed = {"ForAnyValue:StringEquals": {f"saml:{key}": "this"}}
        assert answers(listed, attributes={attribute: ["other", "this"]}) and not answers(listed, attributes={attribute: ["other"]})
    claims = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
    for key, attribute in {"mail": "urn:oid:0.9.2342.19200300.100.1.3", "commonName": "urn:oid:2.5.4.3", "givenName": claims + "givenname",
                           "x500UniqueIdentifier": "urn:oid:2.5.4.45", "organizationStatus": "urn:oid:0.9.2342.19200300.100.1.45",
                           "primaryGroupSID": "http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid"}.items():
        assert answers(equals(**{key: "this"}), attributes={attribute: ["this"]})
        assert not answers(equals(**{key: "this"}), attributes={attribute: ["this", "that"]}), "one value, or none that counts"
    assert not answers(equals(aud="urn:amazon:webservices"))
    assert not answers({"StringEquals": {"aws:PrincipalType": "User"}})


def test_tags_and_source_identity_need_their_own_trust(sts, company):
    plain = company.another_role(actions=["sts:AssumeRoleWithSAML"])
    ask = lambda **said: company.ask(company.response("ann@example.com", role=plain, attributes=said), plain)
    assert refused(sts.assume_role_with_saml, **ask(**{AWS + "PrincipalTag:team": ["sales"]})) == NOT_AUTHORIZED
    assert refused(sts.assume_role_with_saml, **ask(**{AWS + "SourceIdentity": ["ann"]})) == NOT_AUTHORIZED
    sts.assume_role_with_saml(**ask())


@pytest.mark.parametrize("attribute", [
    "email", "mail", "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"])
@pytest.mark.parametrize("sign_in", [Company.sign_in, Company.decorated])
def test_who_asks_does_not_decide_by_an_address_that_its_provider_claims(server, admin, company, sign_in, attribute):
    desk, role = Desk(server, admin), company.another_role()
    for principal in (role, company.user("e-4711")):
        grant(admin.lakeformation, table(desk.database, "people"), principal, ["DESCRIBE"])
    addresses = ["ann@corp.example", "a.lind@corp.example"]
    ann = sign_in(company, "e-4711", role=role, attributes={attribute: addresses})
    asked = desk.ask("people", by=weir_client(ann))
    assert {*addresses} <= {*desk.weir.get_approval(ApprovalId=desk.approval(asked))["Approval"]["Excluded"]}


def test_transitive_tags_and_source_identity_go_along_the_chain(server, admin, company):
    next_role = fresh("next")
    arn = f"arn:aws:iam::{ACCOUNT}:role/{next_role}"
    admin.iam.create_role(RoleName=next_role, AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": company.role}, "Action": [
            "sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]}]}))
    admin.iam.put_role_policy(RoleName=next_role, PolicyName="own", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [statement("Allow", "iam:ListUsers", "*", {"StringEquals": {
            "aws:PrincipalTag/team": "sales", "aws:SourceIdentity": "ann"}, "Null": {
                "aws:PrincipalTag/floor": "true", "saml:sub": "true"}})]}))
    said = {AWS + "PrincipalTag:team": ["sales"], AWS + "PrincipalTag:floor": ["3"], AWS + "TransitiveTagKeys": ["team"],
            AWS + "SourceIdentity": ["ann"]}
    for first in (company.sign_in, company.decorated):
        ann = first("ann@example.com", attributes=said)
        hop = ann.sts.assume_role(RoleArn=arn, RoleSessionName="hop")["Credentials"]
        there = server.session(hop)
        there.iam.list_users()
        status, problem, _ = refused(ann.sts.assume_role, RoleArn=arn, RoleSessionName="hop", DurationSeconds=3601)
        assert (status, problem) == (400, "ValidationError")


# --- what is refused, in both operations


@pytest.fixture(params=["sts", "lf", "lf-signed"])
def door(request, sts, lf, admin):
    """door(ask) is (status, code, message) of the refusal."""
    if request.param == "sts":
        return lambda ask: refused(sts.assume_role_with_saml, **ask)
    client = lf if request.param == "lf" else admin.lakeformation
    def as_sts(ask):
        """Lake Formation's two codes in the words of STS."""
        status, problem, message = refused(client.assume_decorated_role_with_saml, **ask)
        names = {"InvalidInputException": "InvalidIdentityToken", "AccessDeniedException": "AccessDenied"}
        if message.startswith("Token must be redeemed") or "expired" in message:
            names["InvalidInputException"] = "ExpiredTokenException"
        if problem == "EntityNotFoundException":
            return 400, "InvalidIdentityToken", message
        return status, names[problem], message
    return as_sts


@pytest.mark.parametrize("attack", [getattr(saml_test, f"xsw{n}") for n in range(1, 9)], ids=lambda f: f.__name__)
def test_signature_wrapping_is_refused(door, company, monkeypatch, attack):
    monkeypatch.setattr(saml_test, "signed_response",
                        lambda key, what="assertion": signed_response(KEY, company.knobs(), what=what))
    status, problem, message = door(company.ask(encode(attack())))
    assert (status, problem) == (400, "InvalidIdentityToken")
    assert message in ("Your request included an invalid SAML response.", "Response signature invalid")


def stripped(company) -> str:
    return response_xml(company.knobs())


def changed_after_signing(company):
    root = signed_response(KEY, company.knobs("bob@example.com"))
    assertion_of(root).find("a:Subject/a:NameID", NS).text = "admin@example.com"
    return root


def commented(company) -> str:
    text = etree.tostring(signed_response(KEY, company.knobs("ann@example.com.evil.org"))).decode()
    return text.replace("ann@example.com.evil.org", "ann@example.com<!-- -->.evil.org")


def with_doctype(company) -> str:
    return '<!DOCTYPE r [<!ENTITY e "x">]>' + etree.tostring(signed_response(KEY, company.knobs())).decode()


@pytest.mark.parametrize("forge", [
    stripped, changed_after_signing, commented, with_doctype,
    lambda c: signed_response(MALLORY, c.knobs()),
    lambda c: signed_response(KEY, c.knobs(), method="rsa-sha1"),
    lambda c: signed_response(KEY, c.knobs(), digest="sha1"),
    lambda c: assertion_of(signed_response(KEY, c.knobs())),
    lambda c: encrypt(signed_response(KEY, c.knobs()), Key()),
    lambda c: signed_response(KEY, c.knobs(status="urn:oasis:names:tc:SAML:2.0:status:Requester")),
    lambda c: "<a>" * 10000], ids=["unsigned", "changed", "comment", "document type", "stranger's key", "sha1", "sha1 digest",
                                   "bare assertion", "encrypted for another", "status", "deep"])
def test_forged_responses_are_refused(door, company, forge):
    status, problem, message = door(company.ask(encode(forge(company))))
    assert (status, problem) == (400, "InvalidIdentityToken"), message
    assert "example.com" not in message and "reason" not in message


@pytest.mark.parametrize("bent, problem, says", [
    (dict(issuer="https://other.example/saml"), "InvalidIdentityToken", "Issuer not present in specified provider"),
    (dict(audience="https://other.example"), "InvalidIdentityToken", "Response does not contain the required audience"),
    (dict(audience=None), "InvalidIdentityToken", "Response does not contain the required audience"),
    (dict(recipient="https://evil.example/saml"), "InvalidIdentityToken", ""),
    (dict(destination="https://evil.example/saml"), "InvalidIdentityToken", ""),
    (dict(in_response_to="_somebody"), "InvalidIdentityToken", ""),
    (dict(method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"), "InvalidIdentityToken", ""),
    (dict(issued=later(-6)), "ExpiredTokenException", "Token must be redeemed within 5 minutes of issuance"),
    (dict(not_on_or_after=later(-4)), "ExpiredTokenException", ""),
    (dict(confirmation_until=later(-4)), "InvalidIdentityToken", ""),
    (dict(session_until=later(-4)), "ExpiredTokenException", ""),
    (dict(not_before=later(24 * 60)), "InvalidIdentityToken", ""),
    (dict(issued=later(24 * 60)), "InvalidIdentityToken", ""),
    (dict(attributes={AWS + "RoleSessionName": None}), "InvalidIdentityToken", "RoleSessionName is required in AuthnResponse"),
    (dict(attributes={AWS + "RoleSessionName": ["a b"]}), "InvalidIdentityToken",
     "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}"),
    (dict(attributes={AWS + "SourceIdentity": ["aws:x"]}), "InvalidIdentityToken", "Source Identity must match"),
], ids=lambda v: next(iter(v)) if isinstance(v, dict) else "")
def test_responses_for_others_or_another_time_are_refused(door, company, bent, problem, says):
    status, got, message = door(company.ask(company.response(**bent)))
    assert (status, got) == (400, problem), message
    assert says in message


def test_a_role_that_is_not_in_the_assertion_absent_or_does_not_trust_answers_alike(door, server, admin, company):
    partner = Company.known_to(server, admin, KEY)
    absent = f"arn:aws:iam::{ACCOUNT}:role/no-such-role"
    distrusting = company.another_role(condition={"StringEquals": {"saml:aud": "https://nowhere.example"}})
    for asked, said in ((company.another_role(), company.role), (absent, absent), (distrusting, distrusting),
                        (partner.role, partner.role), (company.role.replace(ACCOUNT, OTHER),) * 2):
        status, problem, message = door(company.ask(company.response(role=said), asked))
        assert (status, problem) == NOT_AUTHORIZED[:2], (asked, message)
        if "PassRole" not in message:
            assert message == NOT_AUTHORIZED[2]


def test_a_pair_with_another_provider_does_not_count(door, server, admin, company):
    twin = Company.known_to(server, admin, KEY)  # the same key and issuer under another name
    both = trust(company.provider)
    admin.iam.update_assume_role_policy(RoleName=twin.role.rsplit("/")[-1], PolicyDocument=both)
    response = twin.response()  # says: twin's role with twin's provider
    assert door(company.ask(response, twin.role))[:2] == (403, "AccessDenied")


def test_a_provider_that_is_not_there(door, company):
    ask = company.ask(company.response()) | {"PrincipalArn": company.provider + "-gone"}
    assert door(ask) == (400, "InvalidIdentityToken", "Specified provider doesn't exist")
    ask["PrincipalArn"] = company.provider.upper().replace("ARN:AWS:IAM", "arn:aws:iam").replace("SAML-PROVIDER", "saml-provider")
    assert door(ask)[:2] == (400, "InvalidIdentityToken")


@pytest.mark.parametrize("text", ["====", "AAAA", "!!!!", base64.b64encode(b"\xff\xfe<a/>").decode()])
def test_damaged_base64(door, company, text):
    assert door(company.ask(text))[:2] == (400, "InvalidIdentityToken")


def test_an_assertion_is_used_once_for_one_thing(server, sts, lf, company):
    other = company.another_role()
    knobs = company.knobs(attributes={AWS + "Role": [f"{role},{company.provider}" for role in (company.role, other)]})
    response = encode(signed_response(KEY, knobs))
    sts.assume_role_with_saml(**company.ask(response))
    again = (400, "InvalidIdentityToken", "The SAML assertion has already been used.")
    assert refused(sts.assume_role_with_saml, **company.ask(response)) == again
    # Signed anew it is the same assertion; another response around it changes nothing.
    knobs.response_id = "_another"
    assert refused(sts.assume_role_with_saml, **company.ask(encode(signed_response(KEY, knobs, what="both")))) == again
    sts.assume_role_with_saml(**company.ask(response, other))
    lf.assume_decorated_role_with_saml(**company.ask(response))
    status, problem, _ = refused(lf.assume_decorated_role_with_saml, **company.ask(response))
    assert (status, problem) == (400, "InvalidInputException")


def test_one_time_use_is_once_in_all(sts, lf, company):
    response = company.response(conditions="<saml:OneTimeUse/>")
    sts.assume_role_with_saml(**company.ask(response))
    assert code(lf.assume_decorated_role_with_saml, **company.ask(response)) == "InvalidInputException"


def test_of_many_at_once_one_gets_in(server, company):
    response, got = company.response(), []
    def run():
        try:
            unsigned(server, "sts").assume_role_with_saml(**company.ask(response))
            got.append("in")
        except ClientError as error:
            got.append(error.response["Error"]["Code"])
    threads = [threading.Thread(target=run) for _ in range(8)]
    [thread.start() for thread in threads], [thread.join() for thread in threads]
    assert sorted(got) == ["InvalidIdentityToken"] * 7 + ["in"]


def test_a_refused_attempt_uses_nothing_up(sts, company):
    response = company.response()
    assert code(sts.assume_role_with_saml, **company.ask(response, DurationSeconds=899)) == "ValidationError"
    assert code(sts.assume_role_with_saml, **company.ask(response, company.another_role())) == "AccessDenied"
    sts.assume_role_with_saml(**company.ask(response))


def test_uses_are_remembered_across_a_restart_and_by_what_is_killed(tmp_path):
    server = Server(tmp_path / "data").start()
    company = Company.known_to(server, server.session(), KEY)
    first, second = company.response(), company.response()
    unsigned(server, "sts").assume_role_with_saml(**company.ask(first))
    server.kill()
    server.start()
    sts = unsigned(server, "sts")
    assert code(sts.assume_role_with_saml, **company.ask(first)) == "InvalidIdentityToken"
    sts.assume_role_with_saml(**company.ask(second))
    server.stop()


def test_metadata_replaced_takes_effect_at_once(server, admin):
    company = Company.known_to(server, admin, KEY)
    sts = unsigned(server, "sts")
    new = Key()
    admin.iam.update_saml_provider(SAMLProviderArn=company.provider, SAMLMetadataDocument=metadata([KEY, new]))
    for key in (KEY, new):
        sts.assume_role_with_saml(**company.ask(company.response(key=key)))
    admin.iam.update_saml_provider(SAMLProviderArn=company.provider, SAMLMetadataDocument=metadata([new]))
    assert refused(sts.assume_role_with_saml, **company.ask(company.response()))[2] == "Response signature invalid"
    admin.iam.delete_saml_provider(SAMLProviderArn=company.provider)
    assert refused(sts.assume_role_with_saml, **company.ask(company.response(key=new)))[2] == "Specified provider doesn't exist"


def test_expired_metadata_lets_nobody_in(server, admin, sts):
    company = Company.known_to(server, admin, KEY)
    admin.iam.update_saml_provider(SAMLProviderArn=company.provider,
                                   SAMLMetadataDocument=metadata([KEY], valid_until="2020-01-01T00:00:00Z"))
    assert code(sts.assume_role_with_saml, **company.ask(company.response())) == "InvalidIdentityToken"


def test_encrypted_assertions_open_with_the_providers_key(server, admin, sts):
    company, key = Company.known_to(server, admin, KEY), Key()
    sealed = lambda: company.ask(encode(encrypt(signed_response(KEY, company.knobs()), key)))
    assert code(sts.assume_role_with_saml, **sealed()) == "InvalidIdentityToken"
    admin.iam.update_saml_provider(SAMLProviderArn=company.provider, AddPrivateKey=key.pem, AssertionEncryptionMode="Allowed")
    sts.assume_role_with_saml(**sealed())
    sts.assume_role_with_saml(**company.ask(company.response()))
    admin.iam.update_saml_provider(SAMLProviderArn=company.provider, AssertionEncryptionMode="Required")
    sts.assume_role_with_saml(**sealed())
    assert code(sts.assume_role_with_saml, **company.ask(company.response())) == "InvalidIdentityToken"


def test_a_signature_that_is_there_must_hold(server, admin, company):
    form = urllib.parse.urlencode({"Action": "AssumeRoleWithSAML", "Version": "2011-06-15", **company.ask(company.response())})
    request = urllib.request.Request(server.endpoint, form.encode(), {
        "Authorization": "AWS4-HMAC-SHA256 Credential=AKIAXXXXXXXXXXXXXXXX/20261122/us-east-1/sts/aws4_request, "
                         "SignedHeaders=host;x-amz-date, Signature=" + "0" * 64, "X-Amz-Date": "20261122T000000Z"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    assert caught.value.code == 403 and b"InvalidClientTokenId" in caught.value.read()


@pytest.mark.parametrize("service, call", [("sts", "get_caller_identity"), ("lakeformation", "get_data_lake_principal"),
                                           ("iam", "list_saml_providers")])
def test_nothing_else_is_open_without_a_signature(server, service, call):
    with pytest.raises(ClientError) as caught:
        getattr(unsigned(server, service), call)()
    assert caught.value.response["Error"]["Code"] in ("MissingAuthenticationToken", "MissingAuthenticationTokenException")


def test_a_role_made_again_does_not_inherit_sessions(server, admin, company):
    role = company.another_role()
    name = role.rsplit("/")[-1]
    ann, bob = company.sign_in(role=role), company.decorated(role=role)
    admin.iam.delete_role_policy(RoleName=name, PolicyName="own")
    admin.iam.delete_role(RoleName=name)
    admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust(company.provider))
    admin.iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=allow("*"))
    assert code(ann.sts.get_caller_identity) == code(bob.sts.get_caller_identity) == "InvalidClientTokenId"


def test_the_policy_that_revokes_older_sessions_reaches_people_too(server, admin, company):
    role = company.another_role()
    ann, bob = company.sign_in("ann@example.com", role=role), company.decorated("bob@example.com", role=role)
    admin.iam.put_role_policy(RoleName=role.rsplit("/")[-1], PolicyName="AWSRevokeOlderSessions", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [statement("Deny", "*", "*", {
            "DateLessThan": {"aws:TokenIssueTime": later(0.1).strftime("%Y-%m-%dT%H:%M:%SZ")}})]}))
    assert code(ann.iam.list_users) == "AccessDenied"
    assert code(bob.glue.get_databases) == "AccessDeniedException"


# --- AssumeDecoratedRoleWithSAML


def test_lake_formation_knows_the_person_and_iam_the_role(company):
    ann = company.decorated("ann@example.com")
    assert ann.sts.get_caller_identity()["Arn"].endswith(f"{company.role.rsplit('/')[-1]}/ann@example.com")
    assert ann.lakeformation.get_data_lake_principal()["Identity"] == company.user("ann@example.com")
    assert company.sign_in("ann@example.com").lakeformation.get_data_lake_principal()["Identity"] == company.role


@pytest.mark.parametrize("seconds, fine", [(899, False), (900, True), (3600, True), (3601, False), (43200, False), (43201, False)])
def test_durations_of_a_decorated_session(lf, company, seconds, fine):
    ask = company.ask(company.response(), DurationSeconds=seconds)
    if not fine:
        assert code(lf.assume_decorated_role_with_saml, **ask) == "InvalidInputException"
        return
    left = lf.assume_decorated_role_with_saml(**ask)["Expiration"] - datetime.now(timezone.utc)
    assert timedelta(seconds=seconds - 30) < left <= timedelta(seconds=seconds)


def test_a_longer_role_allows_longer_sessions(lf, company):
    role = company.another_role(MaxSessionDuration=43200)
    answer = lf.assume_decorated_role_with_saml(
        **company.ask(company.response(role=role, session_until=later(1000)), role, DurationSeconds=43200))
    assert answer["Expiration"] > later(700)


def test_who_signs_needs_to_pass_the_role(server, admin, company):
    nobody = login(server, admin, make_user(admin))
    status, problem, message = refused(nobody.lakeformation.assume_decorated_role_with_saml, **company.ask(company.response()))
    assert (status, problem) == (403, "AccessDeniedException")
    assert f"is not authorized to perform: iam:PassRole on resource: {company.role}" in message
    passes = statement("Allow", "iam:PassRole", company.role, {"StringEquals": {
        "iam:PassedToService": "lakeformation.amazonaws.com"}})
    clerk = login(server, admin, make_user(admin, passes))
    assert company.decorated("ann@example.com", signer=clerk.lakeformation).lakeformation.get_data_lake_principal()[
        "Identity"] == company.user("ann@example.com")
    barred = login(server, admin, make_user(admin, passes, statement("Deny", "lakeformation:AssumeDecoratedRoleWithSAML")))
    assert code(barred.lakeformation.assume_decorated_role_with_saml, **company.ask(company.response())) == "AccessDeniedException"


def test_a_session_of_the_role_itself_needs_to_pass_it_too(company):
    role = company.another_role(allowed=["lakeformation:*"])
    ann = company.sign_in("ann@example.com", role=role)
    assert code(ann.lakeformation.assume_decorated_role_with_saml,
                **company.ask(company.response("ann@example.com", role=role), role)) == "AccessDeniedException"


def test_a_person_without_a_name_is_nobody_to_lake_formation(lf, company):
    status, problem, message = refused(lf.assume_decorated_role_with_saml,
                                       **company.ask(company.response(attributes={LF + "Username": None})))
    assert (status, problem) == (400, "InvalidInputException") and "Attributes/Username" in message
    company.decorated(attributes={LF + "Groups": None})


def test_more_groups_than_a_token_holds(lf, company):
    groups = [f"group-{n}-" + "x" * 200 for n in range(60)]
    status, problem, message = refused(lf.assume_decorated_role_with_saml, **company.ask(company.response("ann", groups)))
    assert (status, problem) == (400, "InvalidInputException")
    assert len(company.decorated("ann", [f"group-{n}" for n in range(150)]).lakeformation.get_data_lake_principal()) > 0


# --- grants to people


COLUMNS = [("id", "bigint"), ("region", "string"), ("amount", "double")]
ROWS = [(1, "EU", 10.0), (2, "US", 20.0), (3, "EU", 30.0)]
ENGINE = {AWS + "PrincipalTag:LakeFormationAuthorizedCaller": ["hello_world"]}  # a provider that vouches for the engine, too
ROLE_ACTIONS = ["lakeformation:GetDataAccess", "glue:Get*", "lakeformation:GetDataLakePrincipal"]


@pytest.fixture(scope="module")
def lake(server, admin) -> Lake:
    lake = Lake(server, admin, fresh("people")).build()
    for name in ("orders", "invoices"):
        lake.table(name, COLUMNS, ROWS)
    return lake


@pytest.fixture(scope="module")
def readers(server, admin) -> Company:
    return Company.known_to(server, admin, KEY, allowed=ROLE_ACTIONS)


def chained_role(admin, first: str) -> str:
    """A role that sessions of the first one may assume."""
    return admin.iam.create_role(RoleName=fresh("next"), AssumeRolePolicyDocument=trusting(first))["Role"]["Arn"]


def query(server, clients, lake, sql: str) -> subprocess.CompletedProcess:
    keys = clients.credentials
    return subprocess.run([WEIR, "query", "--format", "csv", "--database", lake.database, sql], capture_output=True, text=True, env={
        **server.cli_env, "AWS_ACCESS_KEY_ID": keys["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
        "AWS_SESSION_TOKEN": keys["SessionToken"], "AWS_ENDPOINT_URL": server.endpoint, "AWS_REGION": "us-east-1"})


def tables_seen(clients, lake) -> list[str]:
    """Nobody sees a database of which nothing is granted."""
    if not any(d["Name"] == lake.database for d in clients.glue.get_databases()["DatabaseList"]):
        return []
    return sorted(t["Name"] for t in clients.glue.get_tables(DatabaseName=lake.database)["TableList"])


def test_grants_to_a_user_and_to_a_group_hold_in_glue_vending_objects_and_sql(server, lake, readers):
    lake.grant(readers.user("ann@example.com"), ["SELECT"], lake.whole("invoices"))
    lake.grant(readers.group("analysts"), ["SELECT"], lake.filter("orders", "eu", "region = 'EU'", ["id", "amount"]))
    ann = readers.decorated("ann@example.com", ["analysts"], attributes=ENGINE)
    bob = readers.decorated("bob@example.com", ["guests", "analysts"], attributes=ENGINE)
    eve = readers.decorated("eve@example.com", ["guests", "Analysts", "analyst"], attributes=ENGINE)
    assert (tables_seen(ann, lake), tables_seen(bob, lake), tables_seen(eve, lake)) == (["invoices", "orders"], ["orders"], [])
    assert query(server, ann, lake, "SELECT count(*) AS n FROM invoices").stdout.split() == ["n", "3"]
    assert query(server, bob, lake, "SELECT * FROM orders ORDER BY id").stdout.split() == ["id,amount", "1,10.0", "3,30.0"]
    for clients, table in ((bob, "invoices"), (eve, "orders")):
        denied = query(server, clients, lake, f"SELECT * FROM {table}")
        assert denied.returncode != 0 and "10.0" not in denied.stdout
    table_arn = f"arn:aws:glue:us-east-1:{ACCOUNT}:table/{lake.database}/invoices"
    vend = lambda who: who.lakeformation.get_temporary_glue_table_credentials(
        TableArn=table_arn, Permissions=["SELECT"], SupportedPermissionTypes=["COLUMN_PERMISSION"])
    keys = server.session(vend(ann))
    assert keys.s3.get_object(Bucket=lake.bucket, Key="invoices/part-0.parquet")["Body"].read(4) == b"PAR1"
    assert code(keys.s3.get_object, Bucket=lake.bucket, Key="orders/part-0.parquet") == "AccessDenied"
    with pytest.raises(ClientError):
        vend(bob)
    # The session itself reads no object: only what is vended does.
    assert code(ann.s3.get_object, Bucket=lake.bucket, Key="invoices/part-0.parquet") == "AccessDenied"


def test_a_revocation_takes_a_signed_in_person_away_at_once(server, lake, readers):
    lake.table("payroll", COLUMNS, ROWS)
    lake.grant(readers.group("finance"), ["SELECT"], lake.whole("payroll"))
    ann = readers.decorated("ann@example.com", ["finance"], attributes=ENGINE)
    assert "payroll" in tables_seen(ann, lake)
    lake.revoke(readers.group("finance"), ["SELECT"], lake.whole("payroll"))
    assert "payroll" not in tables_seen(ann, lake)
    assert query(server, ann, lake, "SELECT * FROM payroll").returncode != 0


def test_what_the_role_and_all_iam_principals_hold_does_not_reach_people(server, admin, lake, readers):
    for table, principal in (("for_role", readers.role), ("for_all", f"{ACCOUNT}:IAMPrincipals")):
        lake.table(table, COLUMNS, ROWS)
        lake.grant(principal, ["SELECT"], lake.whole(table))
    ann = readers.decorated("ann@example.com", attributes=ENGINE)
    assert not {"for_role", "for_all"} & set(tables_seen(ann, lake))
    plain = readers.sign_in("ann@example.com", attributes=ENGINE)
    assert {"for_role", "for_all"} <= set(tables_seen(plain, lake))


def test_an_administrators_role_makes_no_administrators_of_people(server, admin, lake, readers):
    settings = admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    role = readers.another_role(allowed=["*"])
    admins = settings["DataLakeAdmins"] + [{"DataLakePrincipalIdentifier": role}]
    admin.lakeformation.put_data_lake_settings(DataLakeSettings=settings | {"DataLakeAdmins": admins})
    try:
        ann = readers.decorated("ann@example.com", role=role, attributes=ENGINE)
        assert code(ann.lakeformation.put_data_lake_settings, DataLakeSettings=settings) == "AccessDeniedException"
        assert code(ann.lakeformation.grant_permissions, Principal={"DataLakePrincipalIdentifier": readers.user("ann@example.com")},
                    Permissions=["SELECT"], Resource=lake.whole("orders")) == "AccessDeniedException"
    finally:
        admin.lakeformation.put_data_lake_settings(DataLakeSettings=settings)


@pytest.mark.parametrize("name", ["x:group/analysts", "x:user/ann@example.com", "../analysts", "a/b", "Ann@example.com", "*", "analysts"])
def test_names_that_look_like_something_else_are_only_themselves(lake, readers, name):
    lake.grant(readers.group("analysts"), ["DESCRIBE"], lake.whole("invoices"))
    lake.grant(readers.user("ann@example.com"), ["SELECT"], lake.whole("invoices"))
    who = readers.decorated("someone", [], attributes={LF + "Username": [name], LF + "Groups": None, **ENGINE})
    assert tables_seen(who, lake) == []


def test_the_group_of_another_provider_is_another_group(server, admin, lake, readers):
    lake.grant(readers.group("analysts"), ["SELECT"], lake.whole("invoices"))
    partner = Company.known_to(server, admin, MALLORY, allowed=ROLE_ACTIONS)
    assert tables_seen(partner.decorated("ann@example.com", ["analysts"], attributes=ENGINE), lake) == []


def test_a_role_without_data_access_lets_nobody_at_the_data(server, lake, readers):
    lake.grant(readers.user("ann@example.com"), ["SELECT"], lake.whole("invoices"))
    role = readers.another_role(allowed=["glue:Get*"])
    ann = readers.decorated("ann@example.com", role=role, attributes=ENGINE)
    assert "invoices" in tables_seen(ann, lake)
    denied = query(server, ann, lake, "SELECT * FROM invoices")
    assert denied.returncode != 0 and "lakeformation:GetDataAccess" in denied.stderr


def test_a_provider_made_again_begins_without_its_predecessors_grants(server, admin, lake):
    company = Company.known_to(server, admin, KEY, allowed=ROLE_ACTIONS)
    lake.grant(company.user("ann@example.com"), ["SELECT"], lake.whole("orders"))
    lake.grant(company.group("analysts"), ["SELECT"], lake.whole("invoices"))
    name = company.provider.rsplit("/")[1]
    seen = lambda: tables_seen(company.decorated("ann@example.com", ["analysts"], attributes=ENGINE), lake)
    assert seen() == ["invoices", "orders"]
    admin.iam.delete_saml_provider(SAMLProviderArn=company.provider)
    again = admin.iam.create_saml_provider(Name=name, SAMLMetadataDocument=metadata([KEY]))["SAMLProviderArn"]
    assert again == company.provider and seen() == []


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("sign_in", [Company.sign_in, Company.decorated])
def test_sessions_end_with_their_provider_at_every_door(server, admin, lake, sign_in, again):
    """Also when another of the name is there in the same moment, and has granted to the same names."""
    company = Company.known_to(server, admin, KEY)
    bystander = Company.known_to(server, admin, KEY)
    name = company.provider.rsplit("/")[1]
    ann, other = (sign_in(one, "ann@example.com", ["analysts"], attributes=ENGINE) for one in (company, bystander))
    chained = server.session(ann.sts.assume_role(
        RoleArn=chained_role(admin, company.role), RoleSessionName="later")["Credentials"])
    running = weir_client(ann).start_query(Sql="SELECT 1")["QueryId"]
    admin.iam.delete_saml_provider(SAMLProviderArn=company.provider)
    if again:
        admin.iam.create_saml_provider(Name=name, SAMLMetadataDocument=metadata([KEY]))
        lake.grant(company.user("ann@example.com"), ["SELECT"], lake.whole("orders"))
    arn = f"arn:aws:glue:us-east-1:{ACCOUNT}:table/{lake.database}/orders"
    doors = [
        (lambda who: who.sts.get_caller_identity, {}), (lambda who: who.iam.list_users, {}),
        (lambda who: who.sts.assume_role, {"RoleArn": company.role, "RoleSessionName": "next"}),
        (lambda who: who.glue.get_databases, {}), (lambda who: who.s3.list_objects_v2, {"Bucket": lake.bucket}),
        (lambda who: who.lakeformation.get_data_lake_principal, {}),
        (lambda who: who.lakeformation.get_temporary_glue_table_credentials,
         {"TableArn": arn, "SupportedPermissionTypes": ["COLUMN_PERMISSION"]}),
        (lambda who: weir_client(who).get_query_results, {"QueryId": running}),
        (lambda who: weir_client(who).list_access_requests, {}), (lambda who: weir_client(who).list_approvals, {})]
    told = {code(door(ann), **arguments) for door, arguments in doors}
    assert told <= {"InvalidClientTokenId", "UnrecognizedClientException", "InvalidToken", "InvalidAccessKeyId"}, told
    assert other.sts.get_caller_identity()["Account"] == chained.sts.get_caller_identity()["Account"] == ACCOUNT
    if again:
        new = sign_in(company, "ann@example.com", ["analysts"], attributes=ENGINE)
        assert new.sts.get_caller_identity()["Account"] == ACCOUNT


def test_new_metadata_and_keys_of_a_provider_end_no_session(server, admin):
    company = Company.known_to(server, admin, KEY)
    ann = company.decorated("ann@example.com")
    admin.iam.update_saml_provider(SAMLProviderArn=company.provider, SAMLMetadataDocument=metadata([MALLORY]))
    assert ann.sts.get_caller_identity()["Account"] == ACCOUNT


def test_a_grant_needs_the_provider_and_not_the_person(admin, lake, readers):
    stranger = f"arn:aws:iam::{ACCOUNT}:saml-provider/{fresh('gone')}:user/ann"
    for principal in (stranger, readers.user("x").replace(ACCOUNT, OTHER)):
        assert code(admin.lakeformation.grant_permissions, Principal={"DataLakePrincipalIdentifier": principal},
                    Permissions=["SELECT"], Resource=lake.whole("orders")) == "InvalidInputException"
    lake.grant(readers.user("nobody-yet"), ["SELECT"], lake.whole("orders"))
    listed = admin.lakeformation.list_permissions(Principal={"DataLakePrincipalIdentifier": readers.user("nobody-yet")})
    assert [p["Permissions"] for p in listed["PrincipalResourcePermissions"]] == [["SELECT"]]
    lake.revoke(readers.user("nobody-yet"), ["SELECT"], lake.whole("orders"))


# --- why, and why not


def explain(server, clients, *arguments) -> tuple[int, dict | str]:
    keys = clients.credentials
    env = {k: v for k, v in server.cli_env.items()} | {"AWS_ACCESS_KEY_ID": keys["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
                                                      "AWS_ENDPOINT_URL": server.endpoint, "AWS_REGION": "us-east-1"}
    env |= {"AWS_SESSION_TOKEN": keys["SessionToken"]} if keys["SessionToken"] else {}
    done = subprocess.run([WEIR, "explain", "--json", *arguments], capture_output=True, text=True, env=env)
    return done.returncode, json.loads(done.stdout) if done.returncode == 0 else done.stderr


def test_access_of_people_can_be_explained(server, admin, lake, readers):
    lake.table("ledger", COLUMNS, ROWS)
    lake.grant(readers.group("auditors"), ["SELECT"], lake.whole("ledger"))
    about = ["--action", "SELECT", "--resource", f"{lake.database}.ledger"]
    role = ["--role-arn", readers.role]
    decision = lambda *more: explain(server, admin, "--principal", readers.user("ann"), *about, *more)[1]["Decision"]
    assert decision(*role, "--group", "auditors", "--group", "others") == "ALLOW"
    assert decision(*role, "--group", "others") == decision(*role) == "DENY"
    assert explain(server, admin, "--principal", readers.group("auditors"), *about, *role)[1]["Decision"] == "ALLOW"
    assert decision("--role-arn", readers.another_role(allowed=["glue:Get*"]), "--group", "auditors") == "DENY"
    status, says = explain(server, admin, "--principal", readers.user("ann"), *about)
    assert status == 1 and "RoleArn" in says
    status, says = explain(server, admin, "--principal", readers.user("ann").replace("idp-", "gone-"), *about, *role)
    assert status == 1 and "No SAML provider" in says
    assert explain(server, admin, "--principal", readers.role, *about, "--group", "auditors")[0] == 1


def test_people_may_ask_about_themselves_as_they_are(server, lake, readers):
    lake.table("audit", COLUMNS, ROWS)
    lake.grant(readers.group("auditors"), ["SELECT"], lake.whole("audit"))
    asking = readers.another_role(allowed=[*ROLE_ACTIONS, "lakeformation:ListPermissions", "weir:*"])
    ann = readers.decorated("ann", ["auditors"], role=asking)
    bob = readers.decorated("bob", ["guests"], role=asking)
    about = ["--action", "SELECT", "--resource", f"{lake.database}.audit"]
    assert explain(server, ann, "--principal", readers.user("ann"), *about)[1]["Decision"] == "ALLOW"
    assert explain(server, bob, "--principal", readers.user("bob"), *about)[1]["Decision"] == "DENY"
    for more in (["--principal", readers.user("ann")], ["--principal", readers.user("bob"), "--group", "auditors"],
                 ["--principal", readers.group("auditors")]):
        status, says = explain(server, bob, *more, *about, "--role-arn", asking)
        assert status == 1 and "Only data lake administrators" in says


# --- what is recorded


def events(clients, name: str) -> list[dict]:
    found = clients.cloudtrail.lookup_events(LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": name}])["Events"]
    return [json.loads(event["CloudTrailEvent"]) for event in found]


def test_the_trail_names_the_person_and_holds_no_assertion(server, admin, sts, lake, readers):
    user = fresh("ann")
    response = readers.response(user)
    sts.assume_role_with_saml(**readers.ask(response))
    event = next(e for e in events(admin, "AssumeRoleWithSAML") if e["userIdentity"].get("userName") == user)
    assert event["userIdentity"]["type"] == "SAMLUser" and event["requestParameters"]["roleArn"] == readers.role
    issued = event["responseElements"]
    assert issued["subject"] == user and issued["audience"].endswith("/saml") and issued["assumedRoleUser"]["arn"].endswith("/" + user)
    assert set(issued["credentials"]) == {"accessKeyId", "expiration"}
    ann = readers.decorated(user, ["newcomers"])
    event = next(e for e in events(admin, "AssumeDecoratedRoleWithSAML") if e["userIdentity"].get("userName") == user)
    assert event["requestParameters"]["lakeFormationPrincipals"] == [readers.user(user), readers.group("newcomers")]
    with pytest.raises(ClientError):
        ann.glue.get_table(DatabaseName=lake.database, Name="orders")
    denied = next(e for e in events(admin, "GetTable") if e["additionalEventData"]["lakeFormationPrincipal"] == readers.user(user))
    assert denied["userIdentity"]["arn"].endswith("/" + user) and denied["errorCode"] == "AccessDenied"
    trail = b"".join(file.read_bytes() for file in (server.data_dir / "audit").rglob("*") if file.is_file())
    log = (server.data_dir.parent / f"{server.data_dir.name}.log").read_bytes()
    for place in (trail, log):
        assert response[200:260].encode() not in place


def test_a_sign_in_that_signed_names_the_signer(server, admin, readers):
    user = fresh("ann")
    readers.decorated(user, signer=admin.lakeformation)
    event = next(e for e in events(admin, "AssumeDecoratedRoleWithSAML")
                 if e["requestParameters"].get("roleSessionName") == user)
    assert event["userIdentity"]["arn"].endswith("user/administrator")
    assert event["requestParameters"]["lakeFormationPrincipals"][0] == readers.user(user)


# --- what an operator decides


def test_an_operator_can_ask_for_a_signature_and_count_the_role(tmp_path):
    server = Server(tmp_path / "data", "--decorated-unsigned=false", "--decorated-counts-role=true", "--decorated-own-role=true",
                    "--saml-audiences=https://weir.example/saml", "--saml-recipients=https://weir.example/saml/acs").start()
    admin = server.session()
    company = Company.known_to(server, admin, KEY, allowed=ROLE_ACTIONS, condition={})
    status, problem, _ = refused(unsigned(server, "lakeformation").assume_decorated_role_with_saml,
                                 **company.ask(company.response()))
    assert (status, problem) == (403, "AccessDeniedException")
    lake = Lake(server, admin, "counting").build()
    lake.table("orders", COLUMNS, ROWS)
    lake.grant(company.role, ["SELECT"], lake.whole("orders"))
    own = dict(audience="https://weir.example/saml", recipient="https://weir.example/saml/acs",
               destination="https://weir.example/saml/acs")
    first = company.sign_in("ann@example.com", **own)
    ann = company.decorated("ann@example.com", signer=first.lakeformation)
    assert tables_seen(ann, lake) == ["orders"]
    assert server.stop() == 0


def test_a_provider_has_a_recipient_of_its_own(admin, sts, company):
    uuid = admin.iam.get_saml_provider(SAMLProviderArn=company.provider)["SAMLProviderUUID"]
    address = f"{SIGN_IN}/acs/{uuid}"
    role = company.another_role(condition={})
    sts.assume_role_with_saml(**company.ask(company.response(role=role, recipient=address, destination=address), role))
    other = f"{SIGN_IN}/acs/{uuid[::-1]}"
    assert code(sts.assume_role_with_saml, **company.ask(
        company.response(role=role, recipient=other, destination=other), role)) == "InvalidIdentityToken"
