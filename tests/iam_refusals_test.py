"""IAM over the wire: names, documents and callers that are refused, in the words of AWS."""

import json
import uuid

import pytest
from botocore import xform_name

from conftest import ACCOUNT
from iam_words import (
    ADMINISTRATOR, READ_ONLY, S3_READ_ONLY, code, fresh, iam, login, make_policy, make_user, own_arn, policy, raw,
    refused, someone, statement, trusting)
from lake import allow, trust_service

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
SAML, OIDC = (f"arn:aws:iam::{ACCOUNT}:{kind}" for kind in ("saml-provider/absent", "oidc-provider/absent.example"))
SERVICE_ROLE = ROLE + "aws-service-role/lakeformation.amazonaws.com/*"
DOCUMENT = allow("s3:*")
DENIALS = [
    ("CreateUser", {"UserName": "absent"}, USER + "absent"), ("CreateUser", {"UserName": "absent", "Path": "/a/"}, USER + "a/absent"),
    ("GetUser", {"UserName": "absent"}, USER + "absent"), ("UpdateUser", {"UserName": "absent", "NewUserName": "x"}, USER + "absent"),
    ("DeleteUser", {"UserName": "administrator"}, USER + "administrator"), ("ListUsers", {}, "*"), ("ListRoles", {}, "*"),
    ("ListGroups", {}, "*"), ("ListPolicies", {}, "*"),
    ("SimulatePrincipalPolicy", {"PolicySourceArn": USER + "administrator", "ActionNames": ["s3:GetObject"]}, USER + "administrator"),
    ("GetContextKeysForPrincipalPolicy", {"PolicySourceArn": USER + "administrator"}, USER + "administrator"),
    ("SimulateCustomPolicy", {"PolicyInputList": ["{}"], "ActionNames": ["s3:GetObject"]}, "*"),
    ("GetContextKeysForCustomPolicy", {"PolicyInputList": ["{}"]}, "*"),
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
     for noun in ("User", "Role") for verb, more in (("Put", {"PermissionsBoundary": READ_ONLY}), ("Delete", {}))
] + [("CreateSAMLProvider", {"Name": "absent", "SAMLMetadataDocument": "x" * 1000}, SAML), ("ListSAMLProviders", {}, "*"),
     ("CreateOpenIDConnectProvider", {"Url": "https://absent.example"}, OIDC), ("ListOpenIDConnectProviders", {}, "*"),
     ("CreateServiceLinkedRole", {"AWSServiceName": "lakeformation.amazonaws.com"}, SERVICE_ROLE),
     ("DeleteServiceLinkedRole", {"RoleName": "absent"}, ROLE + "absent"),
     ("GetServiceLinkedRoleDeletionStatus", {"DeletionTaskId": "task/absent"}, "*"),
] + [(f"{verb}SAMLProvider{rest}", {"SAMLProviderArn": SAML} | more, SAML) for verb, rest, more in (
    ("Get", "", {}), ("Update", "", {}), ("Delete", "", {}), ("Tag", "", {"Tags": []}), ("Untag", "", {"TagKeys": []}), ("List", "Tags", {}))
] + [(operation, {"OpenIDConnectProviderArn": OIDC} | more, OIDC) for operation, more in (
    ("GetOpenIDConnectProvider", {}), ("DeleteOpenIDConnectProvider", {}), ("AddClientIDToOpenIDConnectProvider", {"ClientID": "x"}),
    ("RemoveClientIDFromOpenIDConnectProvider", {"ClientID": "x"}), ("UpdateOpenIDConnectProviderThumbprint", {"ThumbprintList": []}),
    ("TagOpenIDConnectProvider", {"Tags": []}), ("UntagOpenIDConnectProvider", {"TagKeys": []}), ("ListOpenIDConnectProviderTags", {}))]


@pytest.fixture(scope="module")
def nobody(server, admin):
    return login(server, admin, make_user(admin, name=fresh("nobody")))


@pytest.mark.parametrize("operation, arguments, resource", DENIALS, ids=[f"{d[0]}-{i}" for i, d in enumerate(DENIALS)])
def test_without_permission_the_answer_is_the_sentence_of_aws_and_nothing_of_what_is_there(nobody, operation, arguments, resource):
    status, problem, message = refused(getattr(nobody.iam, xform_name(operation)), **arguments)
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
