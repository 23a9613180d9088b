"""IAM over the wire: users, keys, groups and roles are made, shown, refused and removed as AWS does it."""

import json
import threading
import time
import urllib.parse

import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT, REGION
from iam_words import (
    ADMINISTRATOR, OTHER, READ_ONLY, S3_READ_ONLY, code, fresh, iam, login, make_policy, make_user, own_arn, raw,
    refused, someone, statement, trusting)
from lake import allow, trust_service

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


def test_a_user_called_root_is_not_root(admin, iam, someone):
    key = iam.create_access_key(UserName=make_user(admin, name="root"))["AccessKey"]["AccessKeyId"]
    may_see_root = someone(statement("Allow", "iam:*", f"arn:aws:iam::{ACCOUNT}:root"))
    message = refused(may_see_root.iam.get_access_key_last_used, AccessKeyId=key)[2]
    assert f"on resource: arn:aws:iam::{ACCOUNT}:user/root because" in message


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
