"""IAM over the wire: everything is made, shown, listed, refused and removed as AWS does it."""

import json
import threading
import time
import urllib.parse
import uuid

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from conftest import ACCOUNT, REGION, Clients
from lake import allow, trust_service

OTHER = "999988887777"
ADMINISTRATOR = f"arn:aws:iam::{ACCOUNT}:user/administrator"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
S3_READ_ONLY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"


def fresh(stem: str) -> str:
    return f"{stem}-{uuid.uuid4().hex[:8]}"


def statement(effect: str, actions, resource="*", condition=None) -> dict:
    out = {"Effect": effect, "Action": actions, "Resource": resource}
    return out | ({"Condition": condition} if condition else {})


def policy(*statements: dict) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def refused(call, **arguments) -> tuple[int, str, str]:
    """Status, code and message of the refusal; fails when the call succeeds."""
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    error = caught.value.response
    return error["ResponseMetadata"]["HTTPStatusCode"], error["Error"]["Code"], error["Error"]["Message"]


def code(call, **arguments) -> str:
    return refused(call, **arguments)[1]


@pytest.fixture()
def iam(admin):
    return admin.iam


@pytest.fixture()
def raw(server, admin):
    """A client that sends what it is given, without looking at the model first."""
    key = admin.credentials
    return boto3.Session(key["AccessKeyId"], key["SecretAccessKey"], region_name=REGION).client(
        "iam", endpoint_url=server.endpoint, config=Config(parameter_validation=False, retries={"max_attempts": 1}))


def make_user(admin, *statements: dict, name: str | None = None, **options) -> str:
    name = name or fresh("user")
    admin.iam.create_user(UserName=name, **options)
    if statements:
        admin.iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=policy(*statements))
    return name


def login(server, admin, name: str) -> Clients:
    key = admin.iam.create_access_key(UserName=name)["AccessKey"]
    return server.session(key)


@pytest.fixture()
def someone(server, admin):
    """someone(statement, ...) is the clients of a new user who may do that."""
    return lambda *statements, **options: login(server, admin, make_user(admin, *statements, **options))


def own_arn(clients: Clients) -> str:
    return clients.sts.get_caller_identity()["Arn"]


# --- users


def test_a_user_comes_back_as_it_was_made(iam):
    name, boundary = fresh("Alice.=,+@"), S3_READ_ONLY
    made = iam.create_user(UserName=name, Path="/team/data/", PermissionsBoundary=boundary,
                           Tags=[{"Key": "team", "Value": "data"}, {"Key": "Größe", "Value": ""}])["User"]
    assert made["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/team/data/{name}"
    assert made["UserId"].startswith("AIDA") and len(made["UserId"]) == 21
    shown = iam.get_user(UserName=name)["User"]
    assert shown == made
    assert shown["PermissionsBoundary"]["PermissionsBoundaryArn"] == boundary
    assert {t["Key"]: t["Value"] for t in shown["Tags"]} == {"team": "data", "Größe": ""}
    assert abs(shown["CreateDate"].timestamp() - time.time()) < 120


def test_user_names_are_unique_without_regard_to_case(iam):
    name = fresh("Case")
    iam.create_user(UserName=name)
    assert refused(iam.create_user, UserName=name.upper()) == (
        409, "EntityAlreadyExists", f"User with name {name.upper()} already exists.")
    assert iam.get_user(UserName=name.lower())["User"]["UserName"] == name


def test_a_renamed_user_keeps_its_id_its_key_and_its_policies(server, admin, iam):
    name, new, group = fresh("old"), fresh("new"), fresh("group")
    made = iam.create_user(UserName=name)["User"]
    iam.put_user_policy(UserName=name, PolicyName="see", PolicyDocument=allow("iam:GetUser"))
    iam.create_group(GroupName=group)
    iam.add_user_to_group(GroupName=group, UserName=name)
    clients = login(server, admin, name)
    iam.update_user(UserName=name, NewUserName=new, NewPath="/moved/")
    assert code(iam.get_user, UserName=name) == "NoSuchEntity"
    shown = clients.iam.get_user()["User"]
    assert (shown["UserId"], shown["Arn"]) == (made["UserId"], f"arn:aws:iam::{ACCOUNT}:user/moved/{new}")
    assert own_arn(clients) == shown["Arn"]
    assert [g["GroupName"] for g in iam.list_groups_for_user(UserName=new)["Groups"]] == [group]
    assert [u["UserName"] for u in iam.get_group(GroupName=group)["Users"]] == [new]


def test_renaming_asks_about_the_old_arn_and_the_new_one(admin, iam, someone):
    name = make_user(admin, name=fresh("tom"))
    old = f"arn:aws:iam::{ACCOUNT}:user/{name}"
    clients = someone(statement("Allow", "iam:UpdateUser", old))
    target = fresh("robert")
    status, problem, message = refused(clients.iam.update_user, UserName=name, NewUserName=target)
    assert (status, problem) == (403, "AccessDenied")
    assert f"iam:UpdateUser on resource: arn:aws:iam::{ACCOUNT}:user/{target} because" in message
    assert iam.get_user(UserName=name)["User"]["Arn"] == old


def test_renaming_to_a_taken_name_is_refused(admin, iam):
    one, two = make_user(admin), make_user(admin)
    assert code(iam.update_user, UserName=one, NewUserName=two.upper()) == "EntityAlreadyExists"
    assert iam.get_user(UserName=one)["User"]["UserName"] == one


def test_a_user_with_belongings_is_not_deleted(server, admin, iam):
    name, group = make_user(admin), fresh("group")
    iam.create_group(GroupName=group)
    belongings = [
        (lambda: iam.create_access_key(UserName=name)["AccessKey"]["AccessKeyId"],
         lambda key: iam.delete_access_key(UserName=name, AccessKeyId=key)),
        (lambda: iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=allow("s3:*")),
         lambda _: iam.delete_user_policy(UserName=name, PolicyName="p")),
        (lambda: iam.attach_user_policy(UserName=name, PolicyArn=READ_ONLY),
         lambda _: iam.detach_user_policy(UserName=name, PolicyArn=READ_ONLY)),
        (lambda: iam.add_user_to_group(UserName=name, GroupName=group),
         lambda _: iam.remove_user_from_group(UserName=name, GroupName=group)),
    ]
    for give, take in belongings:
        given = give()
        status, problem, message = refused(iam.delete_user, UserName=name)
        assert (status, problem) == (409, "DeleteConflict") and message.startswith("Cannot delete entity, must")
        take(given)
    iam.put_user_permissions_boundary(UserName=name, PermissionsBoundary=READ_ONLY)
    iam.delete_user(UserName=name)
    assert refused(iam.get_user, UserName=name) == (404, "NoSuchEntity", f"The user with name {name} cannot be found.")


# --- the caller itself


def test_without_a_name_the_caller_is_meant(someone):
    clients = someone(statement("Allow", ["iam:GetUser", "iam:*AccessKey*"], f"arn:aws:iam::{ACCOUNT}:user/${{aws:username}}"))
    name = own_arn(clients).rsplit("/")[-1]
    assert clients.iam.get_user()["User"]["UserName"] == name
    second = clients.iam.create_access_key()["AccessKey"]
    assert second["UserName"] == name
    listed = clients.iam.list_access_keys()["AccessKeyMetadata"]
    assert {k["AccessKeyId"] for k in listed} == {second["AccessKeyId"], clients.credentials["AccessKeyId"]}
    clients.iam.update_access_key(AccessKeyId=second["AccessKeyId"], Status="Inactive")
    clients.iam.delete_access_key(AccessKeyId=second["AccessKeyId"])
    assert len(clients.iam.list_access_keys()["AccessKeyMetadata"]) == 1


def test_a_session_of_a_role_has_to_name_the_user(server, admin, iam):
    role = fresh("role")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": ADMINISTRATOR}, "Action": "sts:AssumeRole"}]}))
    iam.attach_role_policy(RoleName=role, PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    session = server.session(admin.sts.assume_role(RoleArn=f"arn:aws:iam::{ACCOUNT}:role/{role}", RoleSessionName="who")["Credentials"])
    for call in (session.iam.get_user, session.iam.create_access_key, session.iam.list_access_keys):
        assert refused(call) == (400, "ValidationError", "Must specify userName when calling with non-User credentials")


def test_without_permission_the_caller_may_not_even_see_itself(someone):
    clients = someone()
    status, problem, message = refused(clients.iam.get_user)
    me = own_arn(clients)
    assert (status, problem) == (403, "AccessDenied")
    assert message.startswith(f"User: {me} is not authorized to perform: iam:GetUser on resource: {me} "
                              "because no identity-based policy allows the iam:GetUser action")


# --- access keys


def test_two_keys_per_user_at_most(admin, iam):
    name = make_user(admin)
    for _ in range(2):
        iam.create_access_key(UserName=name)
    assert refused(iam.create_access_key, UserName=name) == (
        409, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2")
    assert len(iam.list_access_keys(UserName=name)["AccessKeyMetadata"]) == 2


def test_an_inactive_key_stops_at_once_and_may_come_back(server, admin, iam):
    name = make_user(admin)
    clients = login(server, admin, name)
    key = clients.credentials["AccessKeyId"]
    assert own_arn(clients)
    iam.update_access_key(UserName=name, AccessKeyId=key, Status="Inactive")
    assert code(clients.sts.get_caller_identity) == "InvalidClientTokenId"
    iam.update_access_key(UserName=name, AccessKeyId=key, Status="Active")
    assert own_arn(clients)
    iam.delete_access_key(UserName=name, AccessKeyId=key)
    assert code(clients.sts.get_caller_identity) == "InvalidClientTokenId"


def test_a_key_is_found_only_under_its_own_user(admin, iam):
    owner, stranger = make_user(admin), make_user(admin)
    key = iam.create_access_key(UserName=owner)["AccessKey"]["AccessKeyId"]
    for call, more in ((iam.delete_access_key, {}), (iam.update_access_key, {"Status": "Inactive"})):
        assert refused(call, UserName=stranger, AccessKeyId=key, **more) == (
            404, "NoSuchEntity", f"The Access Key with id {key} cannot be found.")
    assert iam.list_access_keys(UserName=owner)["AccessKeyMetadata"][0]["Status"] == "Active"


def test_last_use_of_a_key_names_its_user(server, admin, iam, someone):
    name = make_user(admin)
    clients = login(server, admin, name)
    key = clients.credentials["AccessKeyId"]
    unused = iam.get_access_key_last_used(AccessKeyId=key)
    assert (unused["UserName"], unused["AccessKeyLastUsed"]) == (name, {"ServiceName": "N/A", "Region": "N/A"})
    own_arn(clients)
    used = iam.get_access_key_last_used(AccessKeyId=key)["AccessKeyLastUsed"]
    assert (used["ServiceName"], used["Region"]) == ("sts", REGION)
    assert abs(used["LastUsedDate"].timestamp() - time.time()) < 120
    assert code(iam.get_access_key_last_used, AccessKeyId="AKIAQQQQQQQQQQQQQQQQ") == "NoSuchEntity"
    assert code(someone().iam.get_access_key_last_used, AccessKeyId=key) == "AccessDenied"


def test_a_secret_is_shown_once_and_never_recorded(server, admin, iam):
    name = make_user(admin)
    made = iam.create_access_key(UserName=name)["AccessKey"]
    assert len(made["SecretAccessKey"]) == 40
    assert "SecretAccessKey" not in json.dumps(iam.list_access_keys(UserName=name)["AccessKeyMetadata"], default=str)
    events = admin.cloudtrail.lookup_events(
        LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "CreateAccessKey"}])["Events"]
    mine = [e["CloudTrailEvent"] for e in events if name in e["CloudTrailEvent"]]
    assert len(mine) == 1
    assert made["SecretAccessKey"] not in mine[0]
    assert json.loads(mine[0])["requestParameters"] == {"userName": name}


@pytest.mark.parametrize("status", ["active", "Expired", "", "Disabled"])
def test_a_key_is_active_or_inactive_and_nothing_else(admin, raw, status):
    name = make_user(admin)
    key = admin.iam.create_access_key(UserName=name)["AccessKey"]["AccessKeyId"]
    assert code(raw.update_access_key, UserName=name, AccessKeyId=key, Status=status) == "ValidationError"


# --- groups


def test_a_group_its_members_and_its_policies(server, admin, iam):
    group, member = fresh("analysts"), make_user(admin)
    made = iam.create_group(GroupName=group, Path="/data/")["Group"]
    assert made["Arn"] == f"arn:aws:iam::{ACCOUNT}:group/data/{group}" and made["GroupId"].startswith("AGPA")
    assert refused(iam.create_group, GroupName=group.upper())[:2] == (409, "EntityAlreadyExists")
    iam.put_group_policy(GroupName=group, PolicyName="see", PolicyDocument=allow("iam:ListUsers"))
    clients = login(server, admin, member)
    assert code(clients.iam.list_users) == "AccessDenied"
    for _ in range(2):
        iam.add_user_to_group(GroupName=group, UserName=member)
    assert clients.iam.list_users()["Users"]
    assert refused(iam.delete_group, GroupName=group)[:2] == (409, "DeleteConflict")
    iam.remove_user_from_group(GroupName=group, UserName=member)
    assert code(clients.iam.list_users) == "AccessDenied"
    assert refused(iam.remove_user_from_group, GroupName=group, UserName=member)[:2] == (404, "NoSuchEntity")
    assert refused(iam.delete_group, GroupName=group)[1] == "DeleteConflict"
    iam.delete_group_policy(GroupName=group, PolicyName="see")
    iam.delete_group(GroupName=group)
    assert refused(iam.get_group, GroupName=group) == (404, "NoSuchEntity", f"The group with name {group} cannot be found.")


def test_ten_groups_per_user_at_most(admin, iam):
    member = make_user(admin)
    groups = [fresh(f"g{i:02}") for i in range(11)]
    for group in groups:
        iam.create_group(GroupName=group)
    for group in groups[:10]:
        iam.add_user_to_group(GroupName=group, UserName=member)
    assert refused(iam.add_user_to_group, GroupName=groups[10], UserName=member)[:2] == (409, "LimitExceeded")
    pages = list(iam.get_paginator("list_groups_for_user").paginate(UserName=member, PaginationConfig={"PageSize": 4}))
    assert [len(p["Groups"]) for p in pages] == [4, 4, 2]
    assert [g["GroupName"] for p in pages for g in p["Groups"]] == groups[:10]


def test_members_come_in_pages(admin, iam):
    group = fresh("many")
    iam.create_group(GroupName=group)
    members = sorted(make_user(admin) for _ in range(5))
    for member in members:
        iam.add_user_to_group(GroupName=group, UserName=member)
    pages = list(iam.get_paginator("get_group").paginate(GroupName=group, PaginationConfig={"PageSize": 2}))
    assert [[u["UserName"] for u in p["Users"]] for p in pages] == [members[:2], members[2:4], members[4:]]
    assert [p["IsTruncated"] for p in pages] == [True, True, False]


# --- roles


def trusting(*arns: str) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": list(arns)}, "Action": "sts:AssumeRole"}]})


def test_a_role_comes_back_as_it_was_made(iam):
    name, trust = fresh("Engine"), json.loads(trusting(ADMINISTRATOR))
    text = json.dumps(trust, indent=2)
    made = iam.create_role(RoleName=name, Path="/svc/", AssumeRolePolicyDocument=text, Description="über 100 %",
                           MaxSessionDuration=7200, PermissionsBoundary=READ_ONLY,
                           Tags=[{"Key": "team", "Value": "data"}])["Role"]
    assert made["Arn"] == f"arn:aws:iam::{ACCOUNT}:role/svc/{name}" and made["RoleId"].startswith("AROA")
    shown = iam.get_role(RoleName=name)["Role"]
    shown.pop("RoleLastUsed", None)
    assert shown == made
    assert (shown["AssumeRolePolicyDocument"], shown["Description"], shown["MaxSessionDuration"]) == (trust, "über 100 %", 7200)


def test_documents_travel_encoded_and_come_back_byte_for_byte(server, admin, iam):
    import http.client
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials
    name = fresh("bytes")
    text = ' {\n\t"Version" : "2012-10-17", "Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/ü+ %26&<x>/*"}]}\r\n'
    iam.create_user(UserName=name)
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=text)
    body = urllib.parse.urlencode({"Action": "GetUserPolicy", "Version": "2010-05-08", "UserName": name, "PolicyName": "p"})
    request = AWSRequest("POST", server.endpoint + "/", data=body,
                         headers={"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"})
    key = admin.credentials
    SigV4Auth(Credentials(key["AccessKeyId"], key["SecretAccessKey"]), "iam", REGION).add_auth(request)
    connection = http.client.HTTPConnection(urllib.parse.urlparse(server.endpoint).netloc)
    connection.request("POST", "/", body, dict(request.headers))
    answer = connection.getresponse().read().decode()
    document = answer.split("<PolicyDocument>")[1].split("</PolicyDocument>")[0]
    assert not set(document) & set(' {}"<>&+\n\t')
    assert urllib.parse.unquote(document) == text


def test_role_updates_change_only_what_they_name(iam, raw):
    name = fresh("role")
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust_service(), Description="first")
    iam.update_role(RoleName=name, MaxSessionDuration=43200)
    shown = iam.get_role(RoleName=name)["Role"]
    assert (shown["Description"], shown["MaxSessionDuration"]) == ("first", 43200)
    iam.update_role(RoleName=name, Description="")
    assert "Description" not in iam.get_role(RoleName=name)["Role"]
    assert refused(raw.update_role, RoleName=name, MaxSessionDuration=3599)[:2] == (400, "ValidationError")
    iam.update_assume_role_policy(RoleName=name, PolicyDocument=trusting(ADMINISTRATOR))
    assert iam.get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"] == json.loads(trusting(ADMINISTRATOR))


def test_a_principal_that_is_gone_shows_as_its_id_and_cannot_be_saved_again(admin, iam):
    user, role = make_user(admin), fresh("role")
    arn, ident = (iam.get_user(UserName=user)["User"][k] for k in ("Arn", "UserId"))
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=trusting(arn))
    iam.delete_user(UserName=user)
    shown = iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]
    assert shown["Statement"][0]["Principal"]["AWS"] in (ident, [ident])
    iam.create_user(UserName=user)
    assert iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"] == shown
    assert refused(iam.update_assume_role_policy, RoleName=role, PolicyDocument=json.dumps(shown))[:2] == (400, "MalformedPolicyDocument")
    listed = next(r for p in iam.get_paginator("list_roles").paginate() for r in p["Roles"] if r["RoleName"] == role)
    assert listed["AssumeRolePolicyDocument"] == shown


@pytest.mark.parametrize("principal", [f"arn:aws:iam::{ACCOUNT}:user/nobody-here", f"arn:aws:iam::{OTHER}:role/nobody-there",
                                       f"arn:aws:iam::{ACCOUNT}:user/ADMINISTRATOR"])
def test_a_trust_policy_names_only_who_is_there(iam, principal):
    status, problem, message = refused(iam.create_role, RoleName=fresh("r"), AssumeRolePolicyDocument=trusting(principal))
    assert (status, problem) == (400, "MalformedPolicyDocument") and message.startswith("Invalid principal in policy")


def test_a_role_with_policies_is_not_deleted(iam):
    name = fresh("role")
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust_service())
    iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=allow("s3:*"))
    assert refused(iam.delete_role, RoleName=name) == (
        409, "DeleteConflict", "Cannot delete entity, must delete policies first.")
    iam.delete_role_policy(RoleName=name, PolicyName="p")
    iam.attach_role_policy(RoleName=name, PolicyArn=READ_ONLY)
    assert refused(iam.delete_role, RoleName=name) == (
        409, "DeleteConflict", "Cannot delete entity, must detach all policies first.")
    iam.detach_role_policy(RoleName=name, PolicyArn=READ_ONLY)
    iam.delete_role(RoleName=name)
    assert refused(iam.get_role, RoleName=name) == (404, "NoSuchEntity", f"The role with name {name} cannot be found.")


def test_roles_of_services_have_a_path_of_their_own(iam):
    assert refused(iam.create_role, RoleName=fresh("r"), Path="/aws-service-role/x/",
                   AssumeRolePolicyDocument=trust_service())[0] == 400


# --- managed policies


def make_policy(iam, document: str | None = None, **options) -> str:
    return iam.create_policy(PolicyName=fresh("policy"), PolicyDocument=document or allow("s3:GetObject"), **options)["Policy"]["Arn"]


def test_a_policy_comes_back_as_it_was_made(iam):
    name, document = fresh("Readers"), allow("s3:GetObject", "arn:aws:s3:::a/*")
    made = iam.create_policy(PolicyName=name, Path="/data/", PolicyDocument=document, Description="reads",
                             Tags=[{"Key": "k", "Value": "v"}])["Policy"]
    assert made["Arn"] == f"arn:aws:iam::{ACCOUNT}:policy/data/{name}" and made["PolicyId"].startswith("ANPA")
    shown = iam.get_policy(PolicyArn=made["Arn"])["Policy"]
    assert shown == made
    assert (shown["DefaultVersionId"], shown["AttachmentCount"], shown["IsAttachable"]) == ("v1", 0, True)
    version = iam.get_policy_version(PolicyArn=made["Arn"], VersionId="v1")["PolicyVersion"]
    assert (version["Document"], version["IsDefaultVersion"]) == (json.loads(document), True)
    assert refused(iam.create_policy, PolicyName=name.upper(), PolicyDocument=document)[:2] == (409, "EntityAlreadyExists")


def test_five_versions_at_most_and_numbers_never_come_back(iam):
    arn = make_policy(iam)
    for number in range(2, 6):
        made = iam.create_policy_version(PolicyArn=arn, PolicyDocument=allow(f"s3:Get{number}*"), SetAsDefault=number == 3)
        assert made["PolicyVersion"]["VersionId"] == f"v{number}"
    assert refused(iam.create_policy_version, PolicyArn=arn, PolicyDocument=allow("s3:*"))[:2] == (409, "LimitExceeded")
    assert iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v3"
    assert [v["VersionId"] for v in iam.list_policy_versions(PolicyArn=arn)["Versions"]] == ["v5", "v4", "v3", "v2", "v1"]
    assert refused(iam.delete_policy_version, PolicyArn=arn, VersionId="v3")[:2] == (409, "DeleteConflict")
    assert refused(iam.delete_policy, PolicyArn=arn)[:2] == (409, "DeleteConflict")
    iam.delete_policy_version(PolicyArn=arn, VersionId="v5")
    assert iam.create_policy_version(PolicyArn=arn, PolicyDocument=allow("s3:*"))["PolicyVersion"]["VersionId"] == "v6"
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v6")
    assert refused(iam.get_policy_version, PolicyArn=arn, VersionId="v5")[:2] == (404, "NoSuchEntity")
    for number in (1, 2, 3, 4):
        iam.delete_policy_version(PolicyArn=arn, VersionId=f"v{number}")
    iam.delete_policy(PolicyArn=arn)
    assert refused(iam.get_policy, PolicyArn=arn)[:2] == (404, "NoSuchEntity")


@pytest.mark.parametrize("version", ["v0", "1", "v", "v1x", "V1", "v99999999999999999999", ""])
def test_version_ids_that_are_none(iam, raw, version):
    assert code(raw.get_policy_version, PolicyArn=make_policy(iam), VersionId=version) == "ValidationError"


def test_a_new_version_acts_at_once_on_who_holds_it(server, admin, iam):
    arn, name = make_policy(iam, allow("iam:ListRoles")), make_user(admin)
    iam.attach_user_policy(UserName=name, PolicyArn=arn)
    clients = login(server, admin, name)
    assert clients.iam.list_roles(MaxItems=1)
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=allow("iam:ListUsers"), SetAsDefault=True)
    assert code(clients.iam.list_roles) == "AccessDenied"
    assert clients.iam.list_users(MaxItems=1)
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
    assert clients.iam.list_roles(MaxItems=1)
    iam.detach_user_policy(UserName=name, PolicyArn=arn)
    assert code(clients.iam.list_roles) == "AccessDenied"


def test_lists_of_policies_by_scope_path_and_use(admin, iam):
    path = f"/{fresh('p')}/"
    unused, attached, boundary = (make_policy(iam, Path=path) for _ in range(3))
    name = make_user(admin)
    iam.attach_user_policy(UserName=name, PolicyArn=attached)
    iam.put_user_permissions_boundary(UserName=name, PermissionsBoundary=boundary)

    def arns(**options) -> set[str]:
        return {p["Arn"] for page in iam.get_paginator("list_policies").paginate(**options) for p in page["Policies"]}

    assert arns(PathPrefix=path) == arns(PathPrefix=path, Scope="Local") == {unused, attached, boundary}
    assert arns(PathPrefix=path, OnlyAttached=True) == {attached}
    assert arns(PathPrefix=path, PolicyUsageFilter="PermissionsPolicy") == {attached}
    assert arns(PathPrefix=path, PolicyUsageFilter="PermissionsBoundary") == {boundary}
    assert arns(PathPrefix=path, Scope="AWS") == set()
    assert READ_ONLY in arns(Scope="AWS") and READ_ONLY in arns()
    assert not any(a.startswith("arn:aws:iam::aws:") for a in arns(Scope="Local"))
    counts = iam.get_policy(PolicyArn=boundary)["Policy"]
    assert (counts["AttachmentCount"], counts["PermissionsBoundaryUsageCount"]) == (0, 1)
    assert iam.get_policy(PolicyArn=attached)["Policy"]["AttachmentCount"] == 1


def test_who_uses_a_policy(admin, iam):
    arn, user, group, role = make_policy(iam), make_user(admin, Path="/in/"), fresh("g"), fresh("r")
    iam.create_group(GroupName=group)
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust_service(), Path="/in/")
    iam.attach_user_policy(UserName=user, PolicyArn=arn)
    iam.put_user_permissions_boundary(UserName=user, PermissionsBoundary=arn)
    iam.attach_group_policy(GroupName=group, PolicyArn=arn)
    iam.put_role_permissions_boundary(RoleName=role, PermissionsBoundary=arn)

    def users_of(**options) -> list[str]:
        pages = iam.get_paginator("list_entities_for_policy").paginate(PolicyArn=arn, **options)
        return [e[n] for page in pages for kind, n in (("PolicyUsers", "UserName"), ("PolicyGroups", "GroupName"),
                                                       ("PolicyRoles", "RoleName")) for e in page[kind]]

    assert sorted(users_of()) == sorted([user, group, role])
    assert sorted(users_of(PaginationConfig={"PageSize": 1})) == sorted([user, group, role])
    assert sorted(users_of(PolicyUsageFilter="PermissionsPolicy")) == sorted([user, group])
    assert sorted(users_of(PolicyUsageFilter="PermissionsBoundary")) == sorted([user, role])
    assert users_of(EntityFilter="Group") == [group]
    assert sorted(users_of(PathPrefix="/in/")) == sorted([user, role])
    assert refused(iam.delete_policy, PolicyArn=arn)[1] == "DeleteConflict"
    iam.detach_user_policy(UserName=user, PolicyArn=arn)
    iam.detach_group_policy(GroupName=group, PolicyArn=arn)
    assert refused(iam.delete_policy, PolicyArn=arn)[1] == "DeleteConflict"
    iam.delete_user_permissions_boundary(UserName=user)
    iam.delete_role_permissions_boundary(RoleName=role)
    iam.delete_policy(PolicyArn=arn)


def test_policies_of_the_server_are_read_by_all_and_changed_by_none(iam):
    assert iam.get_policy(PolicyArn=READ_ONLY)["Policy"]["PolicyName"] == "ReadOnlyAccess"
    assert iam.get_policy_version(PolicyArn=READ_ONLY, VersionId="v1")["PolicyVersion"]["Document"]["Statement"]
    for call, more in ((iam.delete_policy, {}), (iam.create_policy_version, {"PolicyDocument": allow("s3:*")}),
                       (iam.delete_policy_version, {"VersionId": "v1"}), (iam.set_default_policy_version, {"VersionId": "v1"})):
        assert refused(call, PolicyArn=READ_ONLY, **more)[:2] == (403, "AccessDenied")


def test_policies_of_another_account_are_neither_shown_nor_attached(server, admin, iam):
    arn, name = f"arn:aws:iam::{OTHER}:policy/theirs", make_user(admin)
    status, problem, message = refused(iam.get_policy, PolicyArn=arn)
    assert (status, problem) == (403, "AccessDenied")
    assert message.startswith(f"User: {ADMINISTRATOR} is not authorized to perform: iam:GetPolicy on resource: {arn} because ")
    assert refused(iam.attach_user_policy, UserName=name, PolicyArn=arn)[:2] == (404, "NoSuchEntity")
    assert refused(iam.put_user_permissions_boundary, UserName=name, PermissionsBoundary=arn)[:2] == (404, "NoSuchEntity")
    for call in (iam.delete_policy, iam.list_policy_versions, iam.list_entities_for_policy):
        assert code(call, PolicyArn=arn) == "AccessDenied"


@pytest.mark.parametrize("arn", ["arn:aws:iam::aws:role/ReadOnlyAccess", "this is not an arn at all", "arn:aws:s3:::bucket/policy/x",
                                 f"arn:aws:iam:eu-west-1:{ACCOUNT}:policy/x", "arn:aws:iam::12345:policy/policy"])
def test_what_is_no_arn_of_a_policy(iam, arn):
    assert refused(iam.get_policy, PolicyArn=arn)[:2] == (400, "ValidationError")


# --- what users, groups and roles hold

KINDS = {"user": "UserName", "group": "GroupName", "role": "RoleName"}


@pytest.fixture(params=KINDS)
def holder(request, iam):
    """Calls on one user, group or role: holder('put_{}_policy', PolicyName=...)."""
    kind, name = request.param, fresh(request.param)
    options = {"AssumeRolePolicyDocument": trust_service()} if kind == "role" else {}
    getattr(iam, f"create_{kind}")(**{KINDS[kind]: name}, **options)

    def call(operation: str, **arguments):
        return getattr(iam, operation.format(kind))(**{KINDS[kind]: name}, **arguments)

    call.kind, call.name = kind, name
    return call


def test_inline_policies_are_put_shown_replaced_listed_and_removed(holder):
    first, second = allow("s3:GetObject"), allow("s3:PutObject")
    holder("put_{}_policy", PolicyName="One", PolicyDocument=first)
    holder("put_{}_policy", PolicyName="one", PolicyDocument=second)
    holder("put_{}_policy", PolicyName="two", PolicyDocument=first)
    shown = holder("get_{}_policy", PolicyName="ONE")
    assert shown["PolicyDocument"] == json.loads(second)
    assert shown[KINDS[holder.kind]] == holder.name
    listed = holder("list_{}_policies")
    assert (listed["PolicyNames"], listed["IsTruncated"]) == (["one", "two"], False)
    page = holder("list_{}_policies", MaxItems=1)
    assert (page["PolicyNames"], page["IsTruncated"]) == (["one"], True)
    assert holder("list_{}_policies", MaxItems=1, Marker=page["Marker"])["PolicyNames"] == ["two"]
    holder("delete_{}_policy", PolicyName="one")
    assert refused(holder, operation="delete_{}_policy", PolicyName="one")[:2] == (404, "NoSuchEntity")
    assert refused(holder, operation="get_{}_policy", PolicyName="one")[:2] == (404, "NoSuchEntity")


def test_inline_policies_together_have_a_limit_without_white_space(holder):
    limit = {"user": 2048, "group": 5120, "role": 10240}[holder.kind]

    def of_size(size: int) -> str:
        empty = allow("s3:GetObject", "arn:aws:s3:::").replace(" ", "")
        return allow("s3:GetObject", "arn:aws:s3:::" + "b" * (size - len(empty))).replace(":", ": ", 1)

    holder("put_{}_policy", PolicyName="half", PolicyDocument=of_size(limit // 2))
    holder("put_{}_policy", PolicyName="rest", PolicyDocument=of_size(limit - limit // 2))
    assert refused(holder, operation="put_{}_policy", PolicyName="rest",
                   PolicyDocument=of_size(limit - limit // 2 + 1))[:2] == (409, "LimitExceeded")
    assert len(holder("list_{}_policies")["PolicyNames"]) == 2


def test_policies_are_attached_once_listed_and_detached(holder, iam):
    mine = make_policy(iam, Path="/mine/")
    for arn in (READ_ONLY, mine, mine):
        holder("attach_{}_policy", PolicyArn=arn)
    listed = holder("list_attached_{}_policies")["AttachedPolicies"]
    assert {p["PolicyArn"]: p["PolicyName"] for p in listed} == {READ_ONLY: "ReadOnlyAccess", mine: mine.rsplit("/")[-1]}
    assert len(listed) == 2
    assert [p["PolicyArn"] for p in holder("list_attached_{}_policies", PathPrefix="/mine/")["AttachedPolicies"]] == [mine]
    page = holder("list_attached_{}_policies", MaxItems=1)
    rest = holder("list_attached_{}_policies", MaxItems=1, Marker=page["Marker"])
    assert {p["PolicyArn"] for p in page["AttachedPolicies"] + rest["AttachedPolicies"]} == {READ_ONLY, mine}
    assert rest["IsTruncated"] is False and "Marker" not in rest
    holder("detach_{}_policy", PolicyArn=mine)
    assert refused(holder, operation="detach_{}_policy", PolicyArn=mine)[:2] == (404, "NoSuchEntity")
    assert refused(holder, operation="attach_{}_policy", PolicyArn=mine + "x")[:2] == (404, "NoSuchEntity")


def test_policies_for_service_roles_are_not_attached_by_hand(holder):
    arn = "arn:aws:iam::aws:policy/aws-service-role/LakeFormationDataAccessServiceRolePolicy"
    assert refused(holder, operation="attach_{}_policy", PolicyArn=arn)[:2] == (400, "PolicyNotAttachable")


def test_twenty_attached_policies_at_most(holder, iam):
    arns = [make_policy(iam) for _ in range(21)]
    for arn in arns[:20]:
        holder("attach_{}_policy", PolicyArn=arn)
    assert refused(holder, operation="attach_{}_policy", PolicyArn=arns[20])[:2] == (409, "LimitExceeded")


def test_tags_are_merged_listed_in_pages_and_removed(holder):
    if holder.kind == "group":
        pytest.skip("groups have no tags")
    holder("tag_{}", Tags=[{"Key": f"k{i}", "Value": str(i)} for i in range(5)])
    holder("tag_{}", Tags=[{"Key": "K0", "Value": "changed"}])
    page = holder("list_{}_tags", MaxItems=3)
    rest = holder("list_{}_tags", Marker=page["Marker"])
    assert {t["Key"]: t["Value"] for t in page["Tags"] + rest["Tags"]} == {
        "K0": "changed", "k1": "1", "k2": "2", "k3": "3", "k4": "4"}
    holder("untag_{}", TagKeys=["k0", "k1", "absent"])
    assert {t["Key"] for t in holder("list_{}_tags")["Tags"]} == {"k2", "k3", "k4"}
    holder("untag_{}", TagKeys=["k2", "k3", "k4"])
    assert holder("list_{}_tags")["Tags"] == []


@pytest.mark.parametrize("tags, problem", [
    ([("aws:x", "1")], "InvalidInput"), ([("AWS:x", "1")], "InvalidInput"), ([("a", "1"), ("A", "2")], "InvalidInput"),
    ([("", "1")], "ValidationError"), ([("a" * 129, "1")], "ValidationError"), ([("a", "v" * 257)], "ValidationError"),
    ([("a<b", "1")], "ValidationError"), ([("a", "b\nc")], "ValidationError"), ([("a", "b\x01")], "ValidationError"),
    ([(f"k{i}", "") for i in range(51)], "ValidationError")])
def test_tags_that_are_refused(admin, raw, tags, problem):
    name = make_user(admin)
    assert code(raw.tag_user, UserName=name, Tags=[{"Key": k, "Value": v} for k, v in tags]) == problem
    assert admin.iam.list_user_tags(UserName=name)["Tags"] == []


def test_fifty_tags_in_all(admin, iam):
    name = make_user(admin, Tags=[{"Key": f"k{i}", "Value": ""} for i in range(50)])
    assert refused(iam.tag_user, UserName=name, Tags=[{"Key": "one-more", "Value": ""}])[:2] == (409, "LimitExceeded")


def test_a_boundary_that_is_not_there_is_not_removed_and_not_put(holder):
    if holder.kind == "group":
        pytest.skip("groups have no boundary")
    assert refused(holder, operation="delete_{}_permissions_boundary")[:2] == (404, "NoSuchEntity")
    assert refused(holder, operation="put_{}_permissions_boundary",
                   PermissionsBoundary=f"arn:aws:iam::{ACCOUNT}:policy/absent")[:2] == (404, "NoSuchEntity")
    holder("put_{}_permissions_boundary", PermissionsBoundary=READ_ONLY)
    holder("delete_{}_permissions_boundary")


# --- pages


@pytest.mark.parametrize("operation, field, name", [("list_users", "Users", "UserName"), ("list_groups", "Groups", "GroupName"),
                                                    ("list_roles", "Roles", "RoleName"), ("list_policies", "Policies", "PolicyName")])
def test_pages_tell_everything_once(iam, operation, field, name):
    path, singular = f"/{fresh('page')}/", operation.removeprefix("list_").replace("policies", "policy").rstrip("s")
    options = {"role": {"AssumeRolePolicyDocument": trust_service()}, "policy": {"PolicyDocument": allow("s3:*")}}.get(singular, {})
    names = sorted(fresh(f"n{i}") for i in range(7))
    for one in names:
        getattr(iam, f"create_{singular}")(**{name: one}, Path=path, **options)
    pages = list(iam.get_paginator(operation).paginate(PathPrefix=path, PaginationConfig={"PageSize": 3}))
    assert [one[name] for page in pages for one in page[field]] == names
    assert all(len(page[field]) <= 3 for page in pages)
    assert not pages[-1]["IsTruncated"] and "Marker" not in pages[-1]


@pytest.mark.parametrize("items, marker", [(0, None), (1001, None), (-1, None), (5, "!!!"), (5, "a"), (5, "x" * 321), (5, "\x01")])
def test_pages_that_cannot_be(raw, items, marker):
    arguments = {"MaxItems": items} | ({"Marker": marker} if marker else {})
    for call in (raw.list_users, lambda **a: raw.list_user_tags(UserName="administrator", **a)):
        assert code(call, **arguments) == "ValidationError"


def test_a_marker_survives_the_removal_of_what_it_named(iam):
    path = f"/{fresh('gone')}/"
    names = sorted(fresh(f"n{i}") for i in range(4))
    for name in names:
        iam.create_user(UserName=name, Path=path)
    page = iam.list_users(PathPrefix=path, MaxItems=2)
    for name in names[:2]:
        iam.delete_user(UserName=name)
    assert [u["UserName"] for u in iam.list_users(PathPrefix=path, Marker=page["Marker"])["Users"]] == names[2:]


def test_lists_leave_out_tags_and_boundaries_as_on_aws(admin, iam):
    path = f"/{fresh('brief')}/"
    make_user(admin, Path=path, PermissionsBoundary=READ_ONLY, Tags=[{"Key": "a", "Value": "b"}])
    assert set(iam.list_users(PathPrefix=path)["Users"][0]) == {"Path", "UserName", "UserId", "Arn", "CreateDate"}


# --- names

BAD_NAMES = ["", "a b", "a/b", "a:b", "a*", "ü", "名前", "a\x00b", "a\nb", "\x7f", "a" * 129, f"arn:aws:iam::{ACCOUNT}:role/x", "..//", "<x>", "\u202ea", "\ufffe", "a\uffff"]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_names_that_are_refused(raw, name):
    calls = [lambda: raw.create_user(UserName=name), lambda: raw.create_group(GroupName=name),
             lambda: raw.create_role(RoleName=name, AssumeRolePolicyDocument=trust_service()),
             lambda: raw.create_policy(PolicyName=name, PolicyDocument=allow("s3:*")), lambda: raw.get_role(RoleName=name),
             lambda: raw.put_user_policy(UserName="administrator", PolicyName=name, PolicyDocument=allow("s3:*"))]
    for call in calls:
        assert refused(call)[:2] == (400, "ValidationError")


@pytest.mark.parametrize("path", ["", "x", "/x", "x/", "/ü/", "/a b/", "/a\x01/", "/" + "a" * 511 + "/"])
def test_paths_that_are_refused(raw, path):
    assert refused(raw.create_user, UserName=fresh("u"), Path=path)[:2] == (400, "ValidationError")


def test_names_have_the_lengths_of_their_noun(iam, raw):
    long = uuid.uuid4().hex * 4
    assert iam.create_user(UserName=long[:64])["User"]["UserName"] == long[:64]
    assert code(raw.create_user, UserName=long[:65]) == "ValidationError"
    assert iam.create_role(RoleName=long[:64], AssumeRolePolicyDocument=trust_service())
    assert code(raw.create_role, RoleName=long[:65], AssumeRolePolicyDocument=trust_service()) == "ValidationError"
    assert iam.create_group(GroupName=long[:128])["Group"]["GroupName"] == long[:128]
    assert iam.create_policy(PolicyName=long[:128], PolicyDocument=allow("s3:*"))


def test_descriptions_of_policies_are_what_xml_can_say(iam, raw):
    text = "first\r\nsecond\t<ü>"
    arn = make_policy(iam, Description=text)
    assert iam.get_policy(PolicyArn=arn)["Policy"]["Description"] == text
    for bad in ("a\x01b", "\x00", "x" * 1001):
        assert code(raw.create_policy, PolicyName=fresh("p"), PolicyDocument=DOCUMENT, Description=bad) == "ValidationError"


def test_what_is_required_is_required(raw):
    for call in (raw.create_user, raw.create_role, raw.get_role, raw.create_policy, raw.put_role_policy, raw.attach_user_policy):
        assert refused(call)[:2] == (400, "ValidationError")


# --- malformed documents

GOOD = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}


def document(**changes) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{k: v for k, v in (GOOD | changes).items() if v is not None}]})


MALFORMED = {
    "no json": "not json", "an array": "[]", "a text": '"x"', "cut": document()[:-3], "two": document() * 2,
    "duplicate member": '{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}',
    "duplicate in statement": '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}]}',
    "no statement": '{"Version":"2012-10-17"}', "empty statement": '{"Version":"2012-10-17","Statement":[]}',
    "unknown version": '{"Version":"2012-10-18","Statement":[' + json.dumps(GOOD) + ']}',
    "unknown top": '{"Version":"2012-10-17","Extra":1,"Statement":[' + json.dumps(GOOD) + ']}',
    "unknown member": document(Extra="x"), "no effect": document(Effect=None), "effect in lower case": document(Effect="allow"),
    "no action": document(Action=None), "both actions": document(NotAction="s3:*"), "no resource": document(Resource=None),
    "both resources": document(NotResource="*"), "a principal": document(Principal="*"), "number as action": document(Action=7),
    "action without vendor": document(Action="GetObject"), "resource that is no arn": document(Resource="bucket"),
    "empty action list": document(Action=[]), "unknown operator": document(Condition={"StringIs": {"aws:x": "y"}}),
    "condition as text": document(Condition="x"), "sid with a space": document(Sid="a b"),
    "deep": '{"Version":"2012-10-17","Statement":' + "[" * 200 + "]" * 200 + "}", "NaN": document(Condition={"NumericEquals": {"aws:x": float("nan")}}),
    "escaped control character": document(Resource="arn:aws:s3:::a\\u0001b").replace("\\\\u", "\\u"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_documents_are_refused_and_leave_nothing(admin, iam, name):
    user, text = make_user(admin), MALFORMED[name]
    assert refused(iam.put_user_policy, UserName=user, PolicyName="p", PolicyDocument=text)[:2] == (400, "MalformedPolicyDocument")
    assert iam.list_user_policies(UserName=user)["PolicyNames"] == []
    policy_name = fresh("p")
    assert refused(iam.create_policy, PolicyName=policy_name, PolicyDocument=text)[:2] == (400, "MalformedPolicyDocument")
    assert code(iam.get_policy, PolicyArn=f"arn:aws:iam::{ACCOUNT}:policy/{policy_name}") == "NoSuchEntity"


@pytest.mark.parametrize("name, text", [
    ("no principal", document(Resource=None)), ("a resource", document(Principal="*")),
    ("not an sts action", json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject"}]})),
    ("empty", "{}"), ("no json", "x"), ("unknown principal kind", trusting("x").replace('"AWS"', '"Azure"')),
    ("principal that is none", trusting("not-a-principal")), ("empty principal", trusting())])
def test_malformed_trust_policies_are_refused(iam, name, text):
    role = fresh("r")
    assert refused(iam.create_role, RoleName=role, AssumeRolePolicyDocument=text)[:2] == (400, "MalformedPolicyDocument")
    assert code(iam.get_role, RoleName=role) == "NoSuchEntity"


def test_documents_that_are_too_long(admin, iam, raw):
    user, role, long = make_user(admin), fresh("r"), allow([f"s3:Get{i:04}" for i in range(3000)])
    assert len(long) > 40_000
    assert refused(iam.put_user_policy, UserName=user, PolicyName="p", PolicyDocument=long)[:2] == (409, "LimitExceeded")
    assert refused(iam.create_policy, PolicyName=fresh("p"), PolicyDocument=long)[:2] == (409, "LimitExceeded")
    statements = [{"Effect": "Allow", "Principal": {"Service": f"s{i}.amazonaws.com"}, "Action": "sts:AssumeRole"} for i in range(400)]
    assert refused(iam.create_role, RoleName=role, AssumeRolePolicyDocument=policy(*statements))[:2] == (409, "LimitExceeded")
    assert refused(raw.create_policy, PolicyName=fresh("p"), PolicyDocument="x" * 131073)[:2] == (400, "ValidationError")
    assert code(iam.get_role, RoleName=role) == "NoSuchEntity"


@pytest.mark.parametrize("text", ["\x00", "{\x01}", "漢字", "😀" * 10, ""])
def test_documents_with_characters_that_no_document_has(raw, text):
    assert refused(raw.put_user_policy, UserName="administrator", PolicyName="p", PolicyDocument=text)[:2] == (400, "ValidationError")


# --- who may do what

USER, ROLE, GROUP = (f"arn:aws:iam::{ACCOUNT}:{noun}/" for noun in ("user", "role", "group"))
POLICY = f"arn:aws:iam::{ACCOUNT}:policy/absent"
DOCUMENT = allow("s3:*")
DENIALS = [
    ("CreateUser", {"UserName": "absent"}, USER + "absent"), ("CreateUser", {"UserName": "absent", "Path": "/a/"}, USER + "a/absent"),
    ("GetUser", {"UserName": "absent"}, USER + "absent"), ("UpdateUser", {"UserName": "absent", "NewUserName": "x"}, USER + "absent"),
    ("DeleteUser", {"UserName": "administrator"}, USER + "administrator"), ("ListUsers", {}, "*"), ("ListRoles", {}, "*"),
    ("ListGroups", {}, "*"), ("ListPolicies", {}, "*"),
    ("CreateAccessKey", {"UserName": "administrator"}, USER + "administrator"),
    ("ListAccessKeys", {"UserName": "administrator"}, USER + "administrator"),
    ("DeleteAccessKey", {"UserName": "administrator", "AccessKeyId": "AKIAQQQQQQQQQQQQQQQQ"}, USER + "administrator"),
    ("UpdateAccessKey", {"UserName": "administrator", "AccessKeyId": "AKIAQQQQQQQQQQQQQQQQ", "Status": "Inactive"}, USER + "administrator"),
    ("CreateGroup", {"GroupName": "absent"}, GROUP + "absent"), ("GetGroup", {"GroupName": "absent"}, GROUP + "absent"),
    ("DeleteGroup", {"GroupName": "absent"}, GROUP + "absent"),
    ("AddUserToGroup", {"GroupName": "absent", "UserName": "administrator"}, GROUP + "absent"),
    ("RemoveUserFromGroup", {"GroupName": "absent", "UserName": "administrator"}, GROUP + "absent"),
    ("ListGroupsForUser", {"UserName": "administrator"}, USER + "administrator"),
    ("CreateRole", {"RoleName": "absent", "AssumeRolePolicyDocument": "{}"}, ROLE + "absent"), ("GetRole", {"RoleName": "absent"}, ROLE + "absent"),
    ("UpdateRole", {"RoleName": "absent"}, ROLE + "absent"), ("DeleteRole", {"RoleName": "absent"}, ROLE + "absent"),
    ("UpdateAssumeRolePolicy", {"RoleName": "absent", "PolicyDocument": "{}"}, ROLE + "absent"),
    ("TagRole", {"RoleName": "absent", "Tags": []}, ROLE + "absent"), ("UntagRole", {"RoleName": "absent", "TagKeys": []}, ROLE + "absent"),
    ("ListRoleTags", {"RoleName": "absent"}, ROLE + "absent"), ("TagUser", {"UserName": "administrator", "Tags": []}, USER + "administrator"),
    ("UntagUser", {"UserName": "administrator", "TagKeys": []}, USER + "administrator"),
    ("ListUserTags", {"UserName": "administrator"}, USER + "administrator"),
    ("CreatePolicy", {"PolicyName": "absent", "PolicyDocument": "{}"}, POLICY), ("GetPolicy", {"PolicyArn": POLICY}, POLICY),
    ("GetPolicy", {"PolicyArn": READ_ONLY}, READ_ONLY), ("DeletePolicy", {"PolicyArn": POLICY}, POLICY),
    ("CreatePolicyVersion", {"PolicyArn": POLICY, "PolicyDocument": "{}"}, POLICY),
    ("GetPolicyVersion", {"PolicyArn": POLICY, "VersionId": "v1"}, POLICY), ("DeletePolicyVersion", {"PolicyArn": POLICY, "VersionId": "v1"}, POLICY),
    ("ListPolicyVersions", {"PolicyArn": POLICY}, POLICY), ("SetDefaultPolicyVersion", {"PolicyArn": POLICY, "VersionId": "v1"}, POLICY),
    ("ListEntitiesForPolicy", {"PolicyArn": POLICY}, POLICY),
] + [(f"{verb}{noun}{rest}", {f"{noun}Name": "absent"} | more, f"arn:aws:iam::{ACCOUNT}:{noun.lower()}/absent")
     for noun in ("User", "Group", "Role") for verb, rest, more in (
         ("Attach", "Policy", {"PolicyArn": READ_ONLY}), ("Detach", "Policy", {"PolicyArn": READ_ONLY}), ("ListAttached", "Policies", {}),
         ("Put", "Policy", {"PolicyName": "p", "PolicyDocument": DOCUMENT}), ("Get", "Policy", {"PolicyName": "p"}),
         ("Delete", "Policy", {"PolicyName": "p"}), ("List", "Policies", {}))
] + [(f"{verb}{noun}PermissionsBoundary", {f"{noun}Name": "absent"} | more, f"arn:aws:iam::{ACCOUNT}:{noun.lower()}/absent")
     for noun in ("User", "Role") for verb, more in (("Put", {"PermissionsBoundary": READ_ONLY}), ("Delete", {}))]


def snake(operation: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in operation).lstrip("_")


@pytest.fixture(scope="module")
def nobody(server, admin):
    return login(server, admin, make_user(admin, name=fresh("nobody")))


@pytest.mark.parametrize("operation, arguments, resource", DENIALS, ids=[f"{d[0]}-{i}" for i, d in enumerate(DENIALS)])
def test_without_permission_the_answer_is_the_sentence_of_aws_and_nothing_of_what_is_there(nobody, operation, arguments, resource):
    status, problem, message = refused(getattr(nobody.iam, snake(operation)), **arguments)
    assert (status, problem) == (403, "AccessDenied")
    assert message.split(" (decision ")[0] == (
        f"User: {own_arn(nobody)} is not authorized to perform: iam:{operation} on resource: {resource} "
        f"because no identity-based policy allows the iam:{operation} action")


def test_every_served_operation_has_its_denial():
    import tomllib
    from conftest import ROOT
    served = tomllib.loads((ROOT / "models" / "served.toml").read_text())["iam"]["operations"]
    assert set(served) - {d[0] for d in DENIALS} == {"GetAccessKeyLastUsed"}  # proved above


def test_an_explicit_deny_says_so(admin, someone):
    clients = someone(statement("Allow", "iam:*"), statement("Deny", "iam:DeleteUser", USER + "administrator"))
    message = refused(clients.iam.delete_user, UserName="administrator")[2]
    assert message.split(" (decision ")[0] == (
        f"User: {own_arn(clients)} is not authorized to perform: iam:DeleteUser on resource: {ADMINISTRATOR} "
        "with an explicit deny in an identity-based policy")


def test_a_boundary_says_so(admin, someone):
    clients = someone(statement("Allow", "iam:*"), PermissionsBoundary=S3_READ_ONLY)
    message = refused(clients.iam.list_users)[2]
    assert "because no permissions boundary allows the iam:ListUsers action" in message


def test_a_denial_is_recorded_with_its_decision(admin, someone):
    clients = someone()
    message = refused(clients.iam.delete_role, RoleName="anything")[2]
    decision = message.split("(decision ")[1].rstrip(")")
    events = admin.cloudtrail.lookup_events(LookupAttributes=[{"AttributeKey": "EventId", "AttributeValue": decision}])["Events"]
    record = json.loads(events[0]["CloudTrailEvent"])
    assert (record["eventName"], record["errorCode"], record["requestParameters"]) == (
        "DeleteRole", "AccessDenied", {"roleName": "anything"})


def test_permission_on_one_path_is_not_permission_on_another(admin, someone, iam):
    clients = someone(statement("Allow", "iam:*", USER + "team/*"))
    name = fresh("u")
    assert clients.iam.create_user(UserName=name, Path="/team/")
    assert code(clients.iam.create_user, UserName=fresh("u")) == "AccessDenied"
    assert code(clients.iam.update_user, UserName=name, NewPath="/") == "AccessDenied"
    clients.iam.update_user(UserName=name, NewPath="/team/b/")
    clients.iam.delete_user(UserName=name)


# --- condition keys


def test_which_policies_may_be_attached(admin, iam, someone):
    target = make_user(admin)
    clients = someone(statement("Allow", ["iam:AttachUserPolicy", "iam:DetachUserPolicy"], "*", {"ArnEquals": {"iam:PolicyARN": READ_ONLY}}))
    clients.iam.attach_user_policy(UserName=target, PolicyArn=READ_ONLY)
    assert code(clients.iam.attach_user_policy, UserName=target, PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess") == "AccessDenied"
    clients.iam.detach_user_policy(UserName=target, PolicyArn=READ_ONLY)
    role = fresh("r")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust_service())
    assert code(clients.iam.attach_role_policy, RoleName=role, PolicyArn=READ_ONLY) == "AccessDenied"


def test_delegated_administrators_make_only_bounded_principals(iam, someone):
    bound = {"StringEquals": {"iam:PermissionsBoundary": READ_ONLY}}
    clients = someone(statement("Allow", ["iam:CreateUser", "iam:CreateRole", "iam:PutUserPermissionsBoundary", "iam:PutUserPolicy",
                                          "iam:AttachUserPolicy", "iam:DeleteUserPermissionsBoundary"], "*", bound))
    name, free = fresh("u"), fresh("free")
    assert code(clients.iam.create_user, UserName=name) == "AccessDenied"
    assert code(clients.iam.create_user, UserName=name, PermissionsBoundary=S3_READ_ONLY) == "AccessDenied"
    clients.iam.create_user(UserName=name, PermissionsBoundary=READ_ONLY)
    clients.iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=allow("*"))
    clients.iam.create_role(RoleName=fresh("r"), AssumeRolePolicyDocument=trust_service(), PermissionsBoundary=READ_ONLY)
    assert code(clients.iam.create_role, RoleName=fresh("r"), AssumeRolePolicyDocument=trust_service()) == "AccessDenied"
    assert code(clients.iam.put_user_permissions_boundary, UserName=name, PermissionsBoundary=S3_READ_ONLY) == "AccessDenied"
    iam.create_user(UserName=free)
    assert code(clients.iam.put_user_policy, UserName=free, PolicyName="p", PolicyDocument=allow("*")) == "AccessDenied"
    assert code(clients.iam.attach_user_policy, UserName=free, PolicyArn=READ_ONLY) == "AccessDenied"
    clients.iam.delete_user_permissions_boundary(UserName=name)
    assert code(clients.iam.put_user_policy, UserName=name, PolicyName="p", PolicyDocument=allow("*")) == "AccessDenied"


def test_tags_of_requests_and_tags_of_resources(admin, iam, someone):
    mine = {"StringEquals": {"aws:ResourceTag/team": "data"}}
    clients = someone(
        statement("Allow", ["iam:CreateUser", "iam:TagUser"], "*", {"StringEquals": {"aws:RequestTag/team": "data"},
                                                                   "ForAllValues:StringEquals": {"aws:TagKeys": ["team", "cost"]}}),
        statement("Allow", "iam:DeleteUser", "*", mine),
        statement("Allow", ["iam:GetUser", "iam:UntagUser"], "*", {"StringEquals": {"iam:ResourceTag/team": "data"}}))
    name = fresh("u")
    assert code(clients.iam.create_user, UserName=name) == "AccessDenied"
    assert code(clients.iam.create_user, UserName=name, Tags=[{"Key": "team", "Value": "ops"}]) == "AccessDenied"
    assert code(clients.iam.create_user, UserName=name, Tags=[{"Key": "team", "Value": "data"}, {"Key": "x", "Value": ""}]) == "AccessDenied"
    clients.iam.create_user(UserName=name, Tags=[{"Key": "team", "Value": "data"}])
    assert clients.iam.get_user(UserName=name)
    iam.tag_user(UserName=name, Tags=[{"Key": "team", "Value": "ops"}])
    assert code(clients.iam.get_user, UserName=name) == "AccessDenied"
    assert code(clients.iam.delete_user, UserName=name) == "AccessDenied"
    clients.iam.tag_user(UserName=name, Tags=[{"Key": "team", "Value": "data"}])
    clients.iam.delete_user(UserName=name)


@pytest.mark.parametrize("noun, create", [("user", {}), ("role", {"AssumeRolePolicyDocument": trust_service()}),
                                          ("policy", {"PolicyDocument": DOCUMENT})])
def test_creating_with_tags_needs_permission_to_tag(someone, noun, create):
    upper = noun.capitalize()
    clients = someone(statement("Allow", f"iam:Create{upper}"))
    name = {f"{upper}Name": fresh("t")}
    message = refused(getattr(clients.iam, f"create_{noun}"), **name, **create, Tags=[{"Key": "a", "Value": "b"}])[2]
    assert f"is not authorized to perform: iam:Tag{upper} on resource: arn:aws:iam::{ACCOUNT}:{noun}/" in message
    assert getattr(clients.iam, f"create_{noun}")(**name, **create)


# --- accounts, sessions and the lake


def test_accounts_do_not_see_each_other(server, admin, iam):
    import subprocess
    from conftest import WEIR
    made = subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", OTHER, "--name", "other-iam"],
                          capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    other = server.session(profile="other-iam")
    name = make_user(admin)
    key = iam.create_access_key(UserName=name)["AccessKey"]["AccessKeyId"]
    assert code(other.iam.get_user, UserName=name) == "NoSuchEntity"
    assert name not in {u["UserName"] for p in other.iam.get_paginator("list_users").paginate() for u in p["Users"]}
    assert code(other.iam.get_access_key_last_used, AccessKeyId=key) == "NoSuchEntity"
    assert code(other.iam.get_policy, PolicyArn=make_policy(iam)) == "AccessDenied"
    other.iam.create_user(UserName=name)
    assert other.iam.get_user(UserName=name)["User"]["Arn"] == f"arn:aws:iam::{OTHER}:user/{name}"


def test_sessions_of_get_session_token_reach_nothing_in_iam(server, admin):
    session = server.session(admin.sts.get_session_token()["Credentials"])
    assert refused(session.iam.list_users)[:2] == (403, "AccessDenied")
    assert refused(session.iam.get_user)[:2] == (403, "AccessDenied")


def test_of_many_who_make_the_same_user_one_succeeds(server, admin):
    name, answers = fresh("race"), []

    def attempt():
        clients = server.session(admin.credentials)
        try:
            clients.iam.create_user(UserName=name)
            answers.append("made")
        except ClientError as error:
            answers.append(error.response["Error"]["Code"])

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["EntityAlreadyExists"] * 7 + ["made"]


def both(first, second) -> list[str]:
    """Two calls at the same moment; their codes, or "done"."""
    answers, gate = ["", ""], threading.Barrier(2)

    def attempt(index: int, call) -> None:
        gate.wait()
        try:
            call()
            answers[index] = "done"
        except ClientError as error:
            answers[index] = error.response["Error"]["Code"]

    threads = [threading.Thread(target=attempt, args=pair) for pair in enumerate((first, second))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize("attempt", range(5))
def test_whoever_comes_first_nothing_is_left_dangling(server, admin, iam, attempt):
    second, user = server.session(admin.credentials).iam, make_user(admin)
    second.get_user(UserName=user)

    arn = make_policy(iam)
    answers = both(lambda: iam.delete_policy(PolicyArn=arn), lambda: second.attach_user_policy(UserName=user, PolicyArn=arn))
    assert answers in (["done", "NoSuchEntity"], ["DeleteConflict", "done"])
    attached = [p["PolicyArn"] for p in iam.list_attached_user_policies(UserName=user)["AttachedPolicies"]]
    assert attached == ([arn] if answers[1] == "done" else [])

    group = fresh("group")
    iam.create_group(GroupName=group)
    answers = both(lambda: iam.delete_group(GroupName=group), lambda: second.add_user_to_group(GroupName=group, UserName=user))
    assert answers in (["done", "NoSuchEntity"], ["DeleteConflict", "done"])
    groups = [g["GroupName"] for g in iam.list_groups_for_user(UserName=user)["Groups"]]
    assert groups == ([group] if answers[1] == "done" else [])

    other = make_user(admin)
    answers = both(lambda: iam.delete_user(UserName=other), lambda: second.create_access_key(UserName=other))
    assert answers in (["done", "NoSuchEntity"], ["DeleteConflict", "done"])

    last = [both(lambda: iam.create_access_key(UserName=user), lambda: second.create_access_key(UserName=user)) for _ in range(2)]
    assert sorted(last[0] + last[1]) == ["LimitExceeded", "LimitExceeded", "done", "done"]


def test_one_call_leaves_one_event(admin, iam):
    name, new = fresh("counted"), fresh("counted-new")
    iam.create_user(UserName=name, Tags=[{"Key": "a", "Value": "b"}])
    iam.update_user(UserName=name, NewUserName=new)
    iam.delete_user(UserName=new)
    for event, user in (("CreateUser", name), ("UpdateUser", name), ("DeleteUser", new)):
        found = admin.cloudtrail.lookup_events(LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": event}])["Events"]
        mine = [json.loads(e["CloudTrailEvent"]) for e in found]
        assert len([r for r in mine if r["requestParameters"]["userName"] == user]) == 1, event


def test_deleting_a_role_takes_no_grant_away(admin, iam):
    role, database = fresh("granted"), fresh("db").replace("-", "_")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust_service())
    admin.glue.create_database(DatabaseInput={"Name": database})
    resource = {"Database": {"Name": database}}
    principal = {"DataLakePrincipalIdentifier": f"arn:aws:iam::{ACCOUNT}:role/{role}"}
    admin.lakeformation.grant_permissions(Principal=principal, Permissions=["DESCRIBE"], Resource=resource)
    iam.delete_role(RoleName=role)
    listed = admin.lakeformation.list_permissions(Principal=principal, Resource=resource)["PrincipalResourcePermissions"]
    assert [p["Permissions"] for p in listed] == [["DESCRIBE"]]
