"""STS over the wire: who may become whom, what a session carries along, and what ends it."""

import json
import re
import subprocess
import threading
import uuid
from datetime import datetime, timedelta, timezone

import boto3
import pytest
from botocore.config import Config

from conftest import ACCOUNT, REGION, WEIR, Clients, Server
from iam_words import ADMINISTRATOR, READ_ONLY, fresh, refused
from lake import EXTERNAL_ID, SESSION_TAG, allow, trust_engine, trust_service

LAKE = "222233334444"
TAG = [{"Key": "LakeFormationAuthorizedCaller", "Value": SESSION_TAG}]


def trust(principal, actions=("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"), condition=None) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": list(actions)}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement | ({"Condition": condition} if condition else {})]})


def aws(arn: str) -> dict:
    return {"AWS": arn}


@pytest.fixture(scope="module")
def lake(server) -> Clients:
    """The administrator of a second account, which owns the data."""
    made = subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", LAKE, "--name", "sts-lake"],
                          capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return server.session(profile="sts-lake")


def make_role(owner: Clients, trust_policy: str, allowed=None, **options) -> str:
    role = owner.iam.create_role(RoleName=fresh("role"), AssumeRolePolicyDocument=trust_policy, **options)["Role"]
    if allowed:
        owner.iam.put_role_policy(RoleName=role["RoleName"], PolicyName="own", PolicyDocument=allow(allowed))
    return role["Arn"]


def name_of(arn: str) -> str:
    return arn.rsplit("/")[-1]


def assume(server, caller: Clients, arn: str, name: str = "session", **options) -> Clients:
    return server.session(caller.sts.assume_role(RoleArn=arn, RoleSessionName=name, **options)["Credentials"])


@pytest.fixture()
def engine(server, admin):
    """engine(allowed) is a role of this account and a session of it: (ARN, clients)."""
    def make(allowed=None, **options):
        arn = make_role(admin, trust(aws(ADMINISTRATOR)), allowed)
        return arn, assume(server, admin, arn, **options)
    return make


@pytest.fixture()
def user(server, admin):
    def make(allowed=None, **options) -> Clients:
        name = fresh("user")
        admin.iam.create_user(UserName=name, **options)
        if allowed:
            admin.iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=allow(allowed))
        return server.session(admin.iam.create_access_key(UserName=name)["AccessKey"])
    return make


def not_authorized(caller: Clients, action: str, arn: str) -> str:
    return f"User: {caller.sts.get_caller_identity()['Arn']} is not authorized to perform: {action} on resource: {arn}"


def assert_denied(caller: Clients, action: str, arn: str, **options) -> None:
    """Denied in the words of AWS, which say nothing of the reason."""
    status, problem, message = refused(caller.sts.assume_role, RoleArn=arn, RoleSessionName="session", **options)
    assert (status, problem) == (403, "AccessDenied")
    assert message.split(" (decision ")[0] == not_authorized(caller, action, arn)


# --- who am I


def test_identities_of_users_and_sessions(server, admin, user, engine):
    clients = user()
    who = clients.sts.get_caller_identity()
    shown = admin.iam.get_user(UserName=name_of(who["Arn"]))["User"]
    assert (who["UserId"], who["Account"], who["Arn"]) == (shown["UserId"], ACCOUNT, shown["Arn"])
    arn = make_role(admin, trust(aws(ADMINISTRATOR)), Path="/a/b/")
    answer = admin.sts.assume_role(RoleArn=arn, RoleSessionName="me@x,=.-_+")
    ident = admin.iam.get_role(RoleName=name_of(arn))["Role"]["RoleId"]
    who = server.session(answer["Credentials"]).sts.get_caller_identity()
    assert who["Arn"] == answer["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/{name_of(arn)}/me@x,=.-_+"
    assert who["UserId"] == answer["AssumedRoleUser"]["AssumedRoleId"] == f"{ident}:me@x,=.-_+"


def test_nobody_is_kept_from_asking_who_it_is(admin, user):
    clients = user()
    name = name_of(clients.sts.get_caller_identity()["Arn"])
    admin.iam.put_user_policy(UserName=name, PolicyName="deny", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}))
    assert clients.sts.get_caller_identity()["Account"] == ACCOUNT


def test_credentials_have_the_shape_of_aws(admin):
    arn = make_role(admin, trust(aws(ADMINISTRATOR)))
    answer = admin.sts.assume_role(RoleArn=arn, RoleSessionName="shape", DurationSeconds=900)
    keys = answer["Credentials"]
    assert keys["AccessKeyId"].startswith("ASIA") and len(keys["AccessKeyId"]) == 20
    assert len(keys["SecretAccessKey"]) == 40
    assert timedelta(seconds=800) < keys["Expiration"] - datetime.now(timezone.utc) <= timedelta(seconds=901)
    assert "PackedPolicySize" not in answer and "SourceIdentity" not in answer


# --- the third-party integration, case by case (identity.md 4.3)


@pytest.fixture()
def integration(lake):
    """integration(principal ARN) is the role of the lake's account with the two-statement trust policy."""
    return lambda principal: make_role(lake, trust_engine(principal), ["lakeformation:GetDataAccess"])


def test_identity_policy_trust_and_external_id_together_allow(server, lake, engine, integration):
    arn, clients = engine(["sts:*"])
    role = integration(arn)
    session = assume(server, clients, role, ExternalId=EXTERNAL_ID, Tags=TAG)
    assert session.sts.get_caller_identity()["Account"] == LAKE


def test_trust_alone_is_not_enough_across_accounts(engine, integration):
    arn, clients = engine()
    assert_denied(clients, "sts:AssumeRole", integration(arn), ExternalId=EXTERNAL_ID, Tags=TAG)


def test_trust_that_names_the_role_is_enough_within_the_account(server, admin, engine):
    arn, clients = engine()
    role = make_role(admin, trust_engine(arn))
    assert assume(server, clients, role, ExternalId=EXTERNAL_ID, Tags=TAG).sts.get_caller_identity()["Account"] == ACCOUNT


def test_tags_need_permission_to_tag_on_the_callers_side_too(server, engine, integration):
    arn, clients = engine(["sts:AssumeRole"])
    role = integration(arn)
    assert_denied(clients, "sts:TagSession", role, ExternalId=EXTERNAL_ID, Tags=TAG)
    assert assume(server, clients, role, ExternalId=EXTERNAL_ID)


@pytest.mark.parametrize("value", ["hello-world", "Hello_World", "hello_world2", "hello", ""])
def test_another_tag_value_is_refused(engine, integration, value):
    arn, clients = engine(["sts:*"])
    assert_denied(clients, "sts:TagSession", integration(arn), ExternalId=EXTERNAL_ID,
                  Tags=[{"Key": "LakeFormationAuthorizedCaller", "Value": value}])


@pytest.mark.parametrize("external", [{}, {"ExternalId": "123-456-780"}, {"ExternalId": EXTERNAL_ID + "0"}])
def test_missing_and_wrong_external_ids_are_refused(engine, integration, external):
    arn, clients = engine(["sts:*"])
    assert_denied(clients, "sts:AssumeRole", integration(arn), Tags=TAG, **external)


def test_other_tags_without_the_one_are_refused_and_no_tags_at_all_are_not(server, engine, integration):
    arn, clients = engine(["sts:*"])
    role = integration(arn)
    assert_denied(clients, "sts:TagSession", role, ExternalId=EXTERNAL_ID, Tags=[{"Key": "Other", "Value": "1"}])
    assert assume(server, clients, role, ExternalId=EXTERNAL_ID)


def test_an_extra_tag_passes_because_the_trust_does_not_limit_keys(server, engine, integration):
    arn, clients = engine(["sts:*"])
    assert assume(server, clients, integration(arn), ExternalId=EXTERNAL_ID, Tags=TAG + [{"Key": "Evil", "Value": "1"}])


def test_trust_in_the_account_needs_an_identity_policy(server, admin, engine):
    role = make_role(admin, trust(aws(f"arn:aws:iam::{ACCOUNT}:root")))
    assert_denied(engine()[1], "sts:AssumeRole", role)
    assert assume(server, engine(["sts:AssumeRole"])[1], role)


def test_trust_in_another_account_does_not_let_our_own_in(admin, lake, engine):
    role = make_role(admin, trust(aws(f"arn:aws:iam::{LAKE}:root")))
    assert_denied(engine(["sts:*"])[1], "sts:AssumeRole", role)


def test_trust_in_everybody_needs_no_identity_policy_within_the_account(server, admin, lake, engine):
    clients = engine()[1]
    assert assume(server, clients, make_role(admin, trust(aws("*"))))
    assert_denied(clients, "sts:AssumeRole", make_role(lake, trust(aws("*"))))


def test_absent_untrusting_and_wrongly_asked_roles_answer_alike(lake, engine, integration):
    arn, clients = engine(["sts:*"])
    for role in (f"arn:aws:iam::{LAKE}:role/{fresh('absent')}", "arn:aws:iam::000000000000:role/nobodys",
                 make_role(lake, trust_service()), integration(arn)):
        assert_denied(clients, "sts:AssumeRole", role, ExternalId="not-the-one")
        message = refused(clients.sts.assume_role, RoleArn=role, RoleSessionName="session")[2]
        assert re.fullmatch(r".* \(decision [0-9a-f-]{36}\)", message), role  # also for what is not there


def decoded(clients: Clients, ident: str) -> dict:
    return json.loads(clients.sts.decode_authorization_message(EncodedMessage=ident)["DecodedMessage"])


def test_decoding_a_denial_tells_nothing_of_another_accounts_trust_policy(admin, lake, engine):
    arn, clients = engine(["sts:*"])
    deny = {"Version": "2012-10-17", "Statement": [
        {"Sid": "Secretive", "Effect": "Deny", "Principal": aws(arn), "Action": "sts:AssumeRole"}]}
    absent = f"arn:aws:iam::{LAKE}:role/{fresh('absent')}"
    refusing = make_role(lake, json.dumps(deny))
    told = {}
    for role in (absent, refusing, make_role(lake, trust_service())):
        message = refused(clients.sts.assume_role, RoleArn=role, RoleSessionName="session")[2]
        ident = re.search(r"\(decision (.*)\)", message).group(1)
        told[role] = decoded(admin, ident)["explanation"]["Gates"]
        assert "Secretive" not in json.dumps(decoded(admin, ident))
        if role == refusing:  # its owner is told
            assert "Secretive" in json.dumps(decoded(lake, ident))
    assert len({json.dumps(gates).replace(role, "ROLE") for role, gates in told.items()}) == 1


def test_a_boundary_and_an_explicit_deny_hold_on_the_callers_side(admin, user, lake):
    clients = user(["sts:*"], PermissionsBoundary="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
    role = make_role(lake, trust(aws(clients.sts.get_caller_identity()["Arn"])))
    assert_denied(clients, "sts:AssumeRole", role)


def test_a_service_name_in_the_trust_lets_no_user_in(admin):
    assert_denied(admin, "sts:AssumeRole", make_role(admin, trust_service()))


def test_a_role_does_not_trust_itself_unasked(admin, engine):
    arn, clients = engine()
    assert_denied(clients, "sts:AssumeRole", arn)


# --- durations and chains


@pytest.mark.parametrize("seconds, problem", [(899, "ValidationError"), (43201, "ValidationError"), (0, "ValidationError"),
                                              (-1, "ValidationError"), (3601, "ValidationError")])
def test_durations_are_within_their_bounds(server, admin, seconds, problem):
    raw = boto3.client("sts", endpoint_url=server.endpoint, region_name=REGION, config=Config(parameter_validation=False),
                       aws_access_key_id=admin.credentials["AccessKeyId"], aws_secret_access_key=admin.credentials["SecretAccessKey"])
    arn = make_role(admin, trust(aws(ADMINISTRATOR)))
    assert refused(raw.assume_role, RoleArn=arn, RoleSessionName="session", DurationSeconds=seconds)[:2] == (400, problem)


def test_the_roles_maximum_is_told_only_to_who_may_assume_it(admin, user):
    arn = make_role(admin, trust(aws(ADMINISTRATOR)), MaxSessionDuration=7200)
    admin.sts.assume_role(RoleArn=arn, RoleSessionName="session", DurationSeconds=7200)
    assert refused(admin.sts.assume_role, RoleArn=arn, RoleSessionName="session", DurationSeconds=7201) == (
        400, "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
    assert_denied(user(), "sts:AssumeRole", arn, DurationSeconds=7201)


def test_a_chained_session_lasts_an_hour_at_most(admin, engine):
    arn, clients = engine(["sts:*"])
    role = make_role(admin, trust(aws(arn)), MaxSessionDuration=43200)
    assert refused(clients.sts.assume_role, RoleArn=role, RoleSessionName="hop", DurationSeconds=3601) == (
        400, "ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining")
    answer = clients.sts.assume_role(RoleArn=role, RoleSessionName="hop", DurationSeconds=3600)
    assert answer["Credentials"]["Expiration"] - datetime.now(timezone.utc) <= timedelta(seconds=3601)


@pytest.mark.parametrize("arguments", [
    {"RoleSessionName": "x"}, {"RoleSessionName": "a b"}, {"RoleSessionName": "a/b"}, {"RoleSessionName": "x" * 65},
    {"RoleSessionName": "ü" * 3}, {"RoleSessionName": "ab\n"}, {"RoleSessionName": None}, {"RoleArn": "short"}, {"RoleArn": None},
    {"ExternalId": "x"}, {"ExternalId": "a b"}, {"ExternalId": "x" * 1225}, {"SourceIdentity": "aws:x"}, {"SourceIdentity": "x"},
    {"TransitiveTagKeys": ["absent"]}, {"Tags": [{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}]},
    {"Tags": [{"Key": "aws:x", "Value": "1"}]}, {"Tags": [{"Key": f"k{i}", "Value": ""} for i in range(51)]},
    {"Tags": [{"Key": "k", "Value": "v" * 257}]}, {"Tags": [{"Key": "", "Value": ""}]}, {"Tags": [{"Key": "k", "Value": "a\x02"}]}],
    ids=lambda a: next(iter(a)) + "-" + uuid.uuid5(uuid.NAMESPACE_OID, str(a)).hex[:4])
def test_requests_that_break_their_limits(server, admin, arguments):
    raw = boto3.client("sts", endpoint_url=server.endpoint, region_name=REGION, config=Config(parameter_validation=False),
                       aws_access_key_id=admin.credentials["AccessKeyId"], aws_secret_access_key=admin.credentials["SecretAccessKey"])
    full = {"RoleArn": make_role(admin, trust(aws(ADMINISTRATOR))), "RoleSessionName": "session"} | arguments
    answer = refused(raw.assume_role, **{k: v for k, v in full.items() if v is not None})
    assert answer[:2] == (400, "ValidationError")


def test_devices_and_contexts_that_there_are_none_of(admin):
    arn = make_role(admin, trust(aws(ADMINISTRATOR)))
    assert refused(admin.sts.assume_role, RoleArn=arn, RoleSessionName="session", SerialNumber="arn:aws:iam::1:mfa/x",
                   TokenCode="123456")[:2] == (403, "AccessDenied")
    assert refused(admin.sts.get_session_token, SerialNumber="arn:aws:iam::1:mfa/x", TokenCode="123456")[:2] == (403, "AccessDenied")


# --- tags along a chain


def test_a_transitive_tag_survives_two_hops_and_others_vanish(server, admin):
    """Each hop's trust policy looks at the caller's tags: only those that came along let it in."""
    first = make_role(admin, trust(aws(ADMINISTRATOR)), ["sts:*"])
    stays = {"StringEquals": {"aws:PrincipalTag/stays": "yes"}}
    goes = {"StringEquals": {"aws:PrincipalTag/goes": "yes"}}
    second = make_role(admin, trust(aws(first), condition=stays), ["sts:*"])
    third = make_role(admin, trust(aws(second), condition=stays), ["sts:*"])
    dropped = make_role(admin, trust(aws(second), condition=goes), ["sts:*"])
    tags = [{"Key": "stays", "Value": "yes"}, {"Key": "goes", "Value": "yes"}]
    one = assume(server, admin, first, Tags=tags, TransitiveTagKeys=["stays"])
    two = assume(server, one, second)
    assert assume(server, two, third).sts.get_caller_identity()["Arn"].split("/")[1] == name_of(third)
    assert_denied(two, "sts:AssumeRole", dropped)
    assert refused(two.sts.assume_role, RoleArn=third, RoleSessionName="session", Tags=[{"Key": "STAYS", "Value": "no"}])[:2] == (
        400, "ValidationError")
    assert assume(server, two, third, Tags=[{"Key": "goes", "Value": "again"}])


def test_inherited_tags_need_permission_to_tag_at_every_hop(server, admin):
    first = make_role(admin, trust(aws(ADMINISTRATOR)), ["sts:AssumeRole"])
    second = make_role(admin, trust(aws(f"arn:aws:iam::{ACCOUNT}:root")))
    one = assume(server, admin, first, Tags=[{"Key": "t", "Value": "1"}], TransitiveTagKeys=["t"])
    assert_denied(one, "sts:TagSession", second)
    assert assume(server, assume(server, admin, first), second)


def test_session_tags_override_those_of_the_role(server, admin):
    arn = make_role(admin, trust(aws(ADMINISTRATOR)), Tags=[{"Key": "team", "Value": "ops"}])
    admin.iam.put_role_policy(RoleName=name_of(arn), PolicyName="own", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:ListUsers", "Resource": "*",
                                                "Condition": {"StringEquals": {"aws:PrincipalTag/team": "data"}}}]}))
    assert refused(assume(server, admin, arn).iam.list_users)[1] == "AccessDenied"
    assert assume(server, admin, arn, Tags=[{"Key": "Team", "Value": "data"}]).iam.list_users(MaxItems=1)


def test_the_source_identity_stays_along_the_chain(server, admin):
    first = make_role(admin, trust(aws(ADMINISTRATOR)), ["sts:*"])
    second = make_role(admin, trust(aws(first)))
    answer = admin.sts.assume_role(RoleArn=first, RoleSessionName="one", SourceIdentity="alice")
    assert answer["SourceIdentity"] == "alice"
    one = server.session(answer["Credentials"])
    assert one.sts.assume_role(RoleArn=second, RoleSessionName="two")["SourceIdentity"] == "alice"
    assert refused(one.sts.assume_role, RoleArn=second, RoleSessionName="two", SourceIdentity="mallory")[:2] == (403, "AccessDenied")


# --- session policies


def test_a_session_policy_narrows_and_never_widens(server, admin):
    arn = make_role(admin, trust(aws(ADMINISTRATOR)), ["iam:ListUsers", "iam:ListRoles"])
    answer = admin.sts.assume_role(RoleArn=arn, RoleSessionName="narrow", Policy=allow(["iam:ListUsers", "iam:ListGroups"]))
    assert 0 < answer["PackedPolicySize"] <= 100
    session = server.session(answer["Credentials"])
    assert session.iam.list_users(MaxItems=1)
    assert "because no session policy allows the iam:ListRoles action" in refused(session.iam.list_roles)[2]
    assert "because no identity-based policy allows the iam:ListGroups action" in refused(session.iam.list_groups)[2]


def test_managed_session_policies_narrow_too(server, admin):
    arn = make_role(admin, trust(aws(ADMINISTRATOR)), ["iam:*"])
    mine = admin.iam.create_policy(PolicyName=fresh("p"), PolicyDocument=allow("iam:ListUsers"))["Policy"]["Arn"]
    session = assume(server, admin, arn, PolicyArns=[{"arn": mine}])
    assert session.iam.list_users(MaxItems=1)
    assert refused(session.iam.list_roles)[1] == "AccessDenied"
    admin.iam.delete_policy(PolicyArn=mine)
    assert refused(session.iam.list_users)[1] == "AccessDenied"
    for absent in (mine, f"arn:aws:iam::{LAKE}:policy/theirs"):
        assert refused(admin.sts.assume_role, RoleArn=arn, RoleSessionName="session", PolicyArns=[{"arn": absent}])[:2] == (
            400, "ValidationError")
    assert assume(server, admin, arn, PolicyArns=[{"arn": READ_ONLY}]).iam.list_users(MaxItems=1)


@pytest.mark.parametrize("text", ["x", "{}", "[]", '{"Version":"2012-10-17","Statement":[]}',
                                  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
                                  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*"}]}'])
def test_malformed_session_policies_are_refused(admin, text):
    arn = make_role(admin, trust(aws(ADMINISTRATOR)))
    assert refused(admin.sts.assume_role, RoleArn=arn, RoleSessionName="session", Policy=text)[:2] == (400, "MalformedPolicyDocument")


def test_session_policies_that_are_too_long(admin):
    arn = make_role(admin, trust(aws(ADMINISTRATOR)))
    long = allow([f"s3:Get{i:04}" for i in range(200)])
    status, problem, message = refused(admin.sts.assume_role, RoleArn=arn, RoleSessionName="session", Policy=long)
    assert (status, problem) == (400, "PackedPolicyTooLarge") and "%" in message
    assert refused(admin.sts.assume_role, RoleArn=arn, RoleSessionName="session", PolicyArns=[{"arn": READ_ONLY}] * 11)[:2] == (
        400, "ValidationError")


# --- what ends a session


def test_a_role_made_again_is_not_the_role_of_the_old_sessions(server, admin):
    arn = make_role(admin, trust(aws(ADMINISTRATOR)), ["iam:ListUsers"])
    session, name = assume(server, admin, arn), name_of(arn)
    assert session.iam.list_users(MaxItems=1)
    admin.iam.delete_role_policy(RoleName=name, PolicyName="own")
    admin.iam.delete_role(RoleName=name)
    assert refused(session.sts.get_caller_identity)[1] == "InvalidClientTokenId"
    admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust(aws(ADMINISTRATOR)))
    admin.iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=allow("iam:ListUsers"))
    assert refused(session.sts.get_caller_identity)[1] == "InvalidClientTokenId"
    assert refused(session.iam.list_users)[1] == "InvalidClientTokenId"
    assert assume(server, admin, arn).iam.list_users(MaxItems=1)


def test_a_user_made_again_is_not_the_one_that_was_trusted(server, admin, user):
    clients = user(["sts:*"])
    arn = clients.sts.get_caller_identity()["Arn"]
    role, name = make_role(admin, trust(aws(arn))), name_of(arn)
    assert assume(server, clients, role)
    for key in admin.iam.list_access_keys(UserName=name)["AccessKeyMetadata"]:
        admin.iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
    admin.iam.delete_user_policy(UserName=name, PolicyName="own")
    admin.iam.delete_user(UserName=name)
    admin.iam.create_user(UserName=name)
    admin.iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=allow("sts:*"))
    again = server.session(admin.iam.create_access_key(UserName=name)["AccessKey"])
    assert_denied(again, "sts:AssumeRole", role)


def test_a_session_outlives_the_key_it_was_asked_with_but_not_its_roles_policy(server, admin, user):
    clients = user(["sts:*"])
    name, key = name_of(clients.sts.get_caller_identity()["Arn"]), clients.credentials["AccessKeyId"]
    role = make_role(admin, trust(aws(f"arn:aws:iam::{ACCOUNT}:root")), ["iam:ListUsers"])
    session = assume(server, clients, role)
    admin.iam.update_access_key(UserName=name, AccessKeyId=key, Status="Inactive")
    assert refused(clients.sts.assume_role, RoleArn=role, RoleSessionName="session")[1] == "InvalidClientTokenId"
    assert session.iam.list_users(MaxItems=1)
    admin.iam.delete_role_policy(RoleName=name_of(role), PolicyName="own")
    assert refused(session.iam.list_users)[1] == "AccessDenied"


def test_the_policy_that_revokes_older_sessions(server, admin):
    arn = make_role(admin, trust(aws(ADMINISTRATOR)), ["iam:ListUsers"])
    keys = admin.sts.assume_role(RoleArn=arn, RoleSessionName="session", DurationSeconds=900)["Credentials"]
    session, issued = server.session(keys), keys["Expiration"] - timedelta(seconds=900)

    def revoke_before(moment: datetime) -> None:
        admin.iam.put_role_policy(RoleName=name_of(arn), PolicyName="AWSRevokeOlderSessions", PolicyDocument=json.dumps({
            "Version": "2012-10-17", "Statement": [{
                "Effect": "Deny", "Action": ["*"], "Resource": ["*"],
                "Condition": {"DateLessThan": {"aws:TokenIssueTime": moment.strftime("%Y-%m-%dT%H:%M:%SZ")}}}]}))

    revoke_before(issued)
    assert session.iam.list_users(MaxItems=1)
    revoke_before(issued + timedelta(seconds=1))
    assert "with an explicit deny in an identity-based policy" in refused(session.iam.list_users)[2]
    assert session.sts.get_caller_identity()


@pytest.mark.parametrize("bend", [
    lambda c: c | {"SessionToken": c["SessionToken"][:-4] + ("AAAA" if c["SessionToken"][-4:] != "AAAA" else "BBBB")},
    lambda c: c | {"SessionToken": c["SessionToken"][:40]}, lambda c: c | {"SessionToken": "x"}, lambda c: c | {"SessionToken": None},
    lambda c: c | {"AccessKeyId": "ASIA" + "Q" * 16}], ids=["bent", "cut", "nonsense", "none", "another key"])
def test_tokens_that_do_not_hold(server, admin, bend):
    answer = admin.sts.assume_role(RoleArn=make_role(admin, trust(aws(ADMINISTRATOR))), RoleSessionName="session")
    keys = answer["Credentials"]
    assert server.session(keys).sts.get_caller_identity()
    assert refused(server.session(bend(keys)).sts.get_caller_identity)[:2] == (403, "InvalidClientTokenId")


def test_a_secret_of_another_session_does_not_sign(server, admin):
    arn = make_role(admin, trust(aws(ADMINISTRATOR)))
    one, two = (admin.sts.assume_role(RoleArn=arn, RoleSessionName="session")["Credentials"] for _ in range(2))
    mixed = server.session(one | {"SecretAccessKey": two["SecretAccessKey"]})
    assert refused(mixed.sts.get_caller_identity)[:2] == (403, "SignatureDoesNotMatch")


# --- GetSessionToken


@pytest.mark.parametrize("seconds", [899, 129601, 0, -5])
def test_session_tokens_have_their_bounds(server, admin, seconds):
    raw = boto3.client("sts", endpoint_url=server.endpoint, region_name=REGION, config=Config(parameter_validation=False),
                       aws_access_key_id=admin.credentials["AccessKeyId"], aws_secret_access_key=admin.credentials["SecretAccessKey"])
    assert refused(raw.get_session_token, DurationSeconds=seconds)[:2] == (400, "ValidationError")


def test_a_session_token_is_the_user_with_less_reach(server, admin, user):
    clients = user(["sts:*", "iam:*", "glue:GetDatabases"])
    keys = clients.sts.get_session_token(DurationSeconds=129600)["Credentials"]
    assert keys["Expiration"] - datetime.now(timezone.utc) > timedelta(hours=35)
    session = server.session(keys)
    assert session.sts.get_caller_identity() | {"ResponseMetadata": 0} == clients.sts.get_caller_identity() | {"ResponseMetadata": 0}
    assert refused(session.iam.list_users)[1] == "AccessDenied"
    assert refused(session.sts.get_session_token) == (403, "AccessDenied", "Cannot call GetSessionToken with session credentials")
    role = make_role(admin, trust(aws(f"arn:aws:iam::{ACCOUNT}:root")))
    assert assume(server, session, role)
    assert session.glue.get_databases()["DatabaseList"] is not None


def test_a_session_token_of_a_deleted_user_is_dead(server, admin, user):
    clients = user()
    name = name_of(clients.sts.get_caller_identity()["Arn"])
    session = server.session(clients.sts.get_session_token()["Credentials"])
    assert session.sts.get_caller_identity()
    admin.iam.delete_access_key(UserName=name, AccessKeyId=clients.credentials["AccessKeyId"])
    admin.iam.delete_user(UserName=name)
    assert refused(session.sts.get_caller_identity)[1] == "InvalidClientTokenId"


def test_sessions_of_roles_ask_for_no_session_token(engine):
    assert refused(engine(["sts:*"])[1].sts.get_session_token)[:2] == (403, "AccessDenied")


# --- the record


def test_assuming_is_recorded_in_the_account_of_the_role_without_a_secret(server, admin, lake, engine, integration):
    arn, clients = engine(["sts:*"])
    role = integration(arn)
    keys = clients.sts.assume_role(RoleArn=role, RoleSessionName="recorded", ExternalId=EXTERNAL_ID, Tags=TAG)["Credentials"]
    events = lake.cloudtrail.lookup_events(LookupAttributes=[{"AttributeKey": "ResourceName", "AttributeValue": role}])["Events"]
    records = [json.loads(e["CloudTrailEvent"]) for e in events if e["EventName"] == "AssumeRole"]
    assert [(r["eventName"], r["requestParameters"]["roleSessionName"]) for r in records] == [("AssumeRole", "recorded")]
    # The role's account is told the caller's by its id; who it was by name is in the caller's own trail.
    caller = clients.sts.get_caller_identity()
    assert records[0]["userIdentity"] == {"type": "AWSAccount", "accountId": caller["Account"], "principalId": caller["UserId"]}
    own = admin.cloudtrail.lookup_events(LookupAttributes=[{"AttributeKey": "EventId", "AttributeValue": records[0]["sharedEventID"]}])
    assert json.loads(own["Events"][0]["CloudTrailEvent"])["userIdentity"]["arn"] == caller["Arn"]
    assert records[0]["responseElements"]["credentials"] == {
        "accessKeyId": keys["AccessKeyId"], "expiration": keys["Expiration"].strftime("%Y-%m-%dT%H:%M:%SZ")}
    assert records[0]["responseElements"]["assumedRoleUser"]["arn"].endswith("/recorded")
    assert keys["SecretAccessKey"] not in json.dumps(records) and keys["SessionToken"] not in json.dumps(records)


def test_what_was_issued_is_recorded_and_a_denial_issues_nothing(server, admin, user):
    clients = user(["sts:GetFederationToken"])
    name = clients.sts.get_caller_identity()["Arn"].rsplit("/")[-1]
    clients.sts.get_session_token()
    made = clients.sts.get_federation_token(Name="fed", Policy=allow(["s3:*"]))
    denied = user(["s3:*"])
    assert refused(denied.sts.get_federation_token, Name="denied")[1] == "AccessDenied"

    def recorded(event: str) -> list[dict]:
        found = admin.cloudtrail.lookup_events(LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": event}])["Events"]
        return [json.loads(one["CloudTrailEvent"]) for one in found]

    own = next(e for e in recorded("GetSessionToken") if e["userIdentity"].get("userName") == name)
    assert set(own["responseElements"]["credentials"]) == {"accessKeyId", "expiration"}
    federated = next(e for e in recorded("GetFederationToken") if e["requestParameters"]["name"] == "fed")
    assert federated["responseElements"]["federatedUser"] == {k[0].lower() + k[1:]: v for k, v in made["FederatedUser"].items()}
    refusal = next(e for e in recorded("GetFederationToken") if e["requestParameters"]["name"] == "denied")
    assert refusal["errorCode"] == "AccessDenied" and not refusal.get("responseElements")


def test_a_denial_tells_its_reason_only_to_the_record(admin, lake, engine, integration):
    arn, clients = engine(["sts:*"])
    role = integration(arn)
    message = refused(clients.sts.assume_role, RoleArn=role, RoleSessionName="denied", ExternalId="wrong-one")[2]
    assert "trust" not in message and "because" not in message
    decision = message.split("(decision ")[1].rstrip(")")
    events = lake.cloudtrail.lookup_events(LookupAttributes=[{"AttributeKey": "EventId", "AttributeValue": decision}])["Events"]
    assert json.loads(events[0]["CloudTrailEvent"])["errorCode"] == "AccessDenied"


def test_many_sessions_at_once(server, admin):
    arn, seen = make_role(admin, trust(aws(ADMINISTRATOR))), []

    def attempt():
        clients = server.session(admin.credentials)
        for _ in range(10):
            seen.append(clients.sts.assume_role(RoleArn=arn, RoleSessionName="many")["Credentials"]["AccessKeyId"])

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == 80


# --- GetFederationToken


def federate(server, clients: Clients, name: str = "fed", **options) -> Clients:
    return server.session(clients.sts.get_federation_token(Name=name, **options)["Credentials"])


def test_a_federated_user_has_a_name_of_its_own(server, user):
    maker = user(["sts:GetFederationToken", "sts:TagSession", "iam:ListUsers"])
    answer = maker.sts.get_federation_token(Name="bob@example.com", Policy=allow("*"), Tags=[{"Key": "team", "Value": "x"}])
    who = server.session(answer["Credentials"]).sts.get_caller_identity()
    assert who["Arn"] == answer["FederatedUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:federated-user/bob@example.com"
    assert who["UserId"] == answer["FederatedUser"]["FederatedUserId"] == f"{ACCOUNT}:bob@example.com"
    assert answer["PackedPolicySize"] > 0
    assert timedelta(hours=11) < answer["Credentials"]["Expiration"] - datetime.now(timezone.utc) <= timedelta(hours=12)


def test_a_federated_user_reaches_what_both_sides_allow(server, user):
    maker = user(["sts:GetFederationToken", "glue:GetDatabases", "s3:ListAllMyBuckets"])
    narrowed = federate(server, maker, Policy=allow("glue:*"))
    narrowed.glue.get_databases()
    assert refused(narrowed.s3.list_buckets)[1] == "AccessDenied"
    assert refused(narrowed.glue.create_database, DatabaseInput={"Name": "x"})[1] == "AccessDeniedException"
    assert refused(federate(server, maker).glue.get_databases)[1] == "AccessDeniedException", "without session policy: nothing"
    managed = federate(server, maker, PolicyArns=[{"arn": READ_ONLY}])
    managed.glue.get_databases()


def test_a_federated_user_of_an_administrator_is_limited_by_its_policy(server, admin):
    key = admin.iam.create_access_key(UserName="administrator")["AccessKey"]
    own = server.session(key)
    fed = federate(server, own, Policy=allow("glue:GetDatabases"))
    fed.glue.get_databases()
    assert refused(fed.s3.list_buckets)[1] == "AccessDenied"
    admin.iam.delete_access_key(UserName="administrator", AccessKeyId=key["AccessKeyId"])


def test_a_federated_user_gets_nowhere_in_iam_and_sts(server, admin, user):
    arn = make_role(admin, trust({"AWS": "*"}))
    fed = federate(server, user(["*"]), Policy=allow("*"))
    fed.sts.get_caller_identity()
    for call, arguments in ((fed.iam.list_users, {}), (fed.sts.assume_role, {"RoleArn": arn, "RoleSessionName": "xx"}),
                            (fed.sts.get_session_token, {}), (fed.sts.get_federation_token, {"Name": "again"})):
        assert refused(call, **arguments)[1] == "AccessDenied"


def test_who_may_ask_for_a_federation_token(server, admin, user, engine):
    assert refused(user().sts.get_federation_token, Name="bob")[1] == "AccessDenied"
    assert refused(user(["sts:GetFederationToken"]).sts.get_federation_token, Name="bob",
                   Tags=[{"Key": "a", "Value": "b"}])[1] == "AccessDenied", "tags need sts:TagSession"
    _, session = engine(["*"])
    status, problem, message = refused(session.sts.get_federation_token, Name="bob")
    assert (status, problem) == (403, "AccessDenied") and "session credentials" in message


@pytest.mark.parametrize("arguments", [{"Name": "a"}, {"Name": "x" * 33}, {"Name": "a b"}, {"Name": "bob", "DurationSeconds": 899},
                                       {"Name": "bob", "DurationSeconds": 129601}])
def test_federation_tokens_have_their_bounds(server, user, arguments):
    own = user(["*"])
    client = boto3.Session(own.credentials["AccessKeyId"], own.credentials["SecretAccessKey"], region_name=REGION).client(
        "sts", endpoint_url=server.endpoint, config=Config(parameter_validation=False, retries={"max_attempts": 1}))
    assert refused(client.get_federation_token, **arguments)[1] == "ValidationError"


def test_a_federated_user_ends_with_its_maker(server, admin, user):
    maker = user(["sts:GetFederationToken", "glue:GetDatabases"])
    name = name_of(maker.sts.get_caller_identity()["Arn"])
    fed = federate(server, maker, Policy=allow("*"))
    fed.glue.get_databases()
    admin.iam.delete_user_policy(UserName=name, PolicyName="own")
    assert refused(fed.glue.get_databases)[1] == "AccessDeniedException"
    admin.iam.delete_access_key(UserName=name, AccessKeyId=maker.credentials["AccessKeyId"])
    admin.iam.delete_user(UserName=name)
    assert refused(fed.sts.get_caller_identity)[1] == "InvalidClientTokenId"


# --- keys and messages


def test_every_key_says_whose_account_it_is_of(admin, lake, engine):
    for clients, account in ((admin, ACCOUNT), (lake, LAKE), (engine()[1], ACCOUNT)):
        assert admin.sts.get_access_key_info(AccessKeyId=clients.credentials["AccessKeyId"])["Account"] == account
    assert refused(admin.sts.get_access_key_info, AccessKeyId="AKIA" + "1" * 16)[1] == "ValidationError"


def test_the_decision_id_of_a_denial_is_its_encoded_message(admin, lake, user):
    caller = user()
    message = refused(caller.iam.list_users)[2]
    ident = message.rsplit("(decision ")[1].rstrip(")")
    decoded = json.loads(admin.sts.decode_authorization_message(EncodedMessage=ident)["DecodedMessage"])
    assert decoded["allowed"] is False and decoded["explicitDeny"] is False
    assert decoded["context"]["principal"]["arn"] == caller.sts.get_caller_identity()["Arn"]
    assert decoded["context"]["action"] == "ListUsers" and decoded["explanation"]["Gates"]
    assert refused(caller.sts.decode_authorization_message, EncodedMessage=ident)[1] == "AccessDenied"
    for stranger, text in ((lake, ident), (admin, "not-one"), (admin, str(uuid.uuid4()))):
        assert refused(stranger.sts.decode_authorization_message, EncodedMessage=text)[:2] == (400, "InvalidAuthorizationMessageException")


# --- service-linked roles


def test_the_role_of_lake_formation_is_made_once_guarded_and_removed_when_unused(tmp_path):
    server = Server(tmp_path / "data").start()
    admin = server.session()
    iam, lake_formation = admin.iam, admin.lakeformation
    made = iam.create_service_linked_role(AWSServiceName="lakeformation.amazonaws.com", Description="d")["Role"]
    name = "AWSServiceRoleForLakeFormationDataAccess"
    assert made["Arn"] == f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/lakeformation.amazonaws.com/{name}"
    assert made["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == {"Service": "lakeformation.amazonaws.com"}
    status, problem, message = refused(iam.create_service_linked_role, AWSServiceName="lakeformation.amazonaws.com")
    assert (status, problem) == (400, "InvalidInput") and "has been taken" in message
    for service in ("glue.amazonaws.com", "nothing.amazonaws.com"):
        assert refused(iam.create_service_linked_role, AWSServiceName=service)[1] == "InvalidInput"
    for change, arguments in ((iam.delete_role, {}), (iam.update_assume_role_policy, {"PolicyDocument": trust_service()}),
                              (iam.put_role_policy, {"PolicyName": "p", "PolicyDocument": allow("*")})):
        assert refused(change, RoleName=name, **arguments)[1] == "UnmodifiableEntity"

    admin.s3.create_bucket(Bucket="slr-bucket")
    lake_formation.register_resource(ResourceArn="arn:aws:s3:::slr-bucket", UseServiceLinkedRole=True)
    task = iam.delete_service_linked_role(RoleName=name)["DeletionTaskId"]
    outcome = iam.get_service_linked_role_deletion_status(DeletionTaskId=task)
    assert outcome["Status"] == "FAILED" and outcome["Reason"]["RoleUsageList"][0]["Resources"] == ["arn:aws:s3:::slr-bucket"]
    iam.get_role(RoleName=name)
    lake_formation.deregister_resource(ResourceArn="arn:aws:s3:::slr-bucket")
    task = iam.delete_service_linked_role(RoleName=name)["DeletionTaskId"]
    assert iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"] == "SUCCEEDED"
    assert refused(iam.get_role, RoleName=name)[1] == "NoSuchEntity"
    assert refused(iam.get_service_linked_role_deletion_status, DeletionTaskId=task + "x")[1] == "NoSuchEntity"
    iam.create_role(RoleName="plain", AssumeRolePolicyDocument=trust_service())
    assert refused(iam.delete_service_linked_role, RoleName="plain")[1] == "NoSuchEntity"
    assert server.stop() == 0
