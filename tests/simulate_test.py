"""IAM's policy simulator: the same answers as real requests get, and what it tells besides."""

import json
import random

import pytest
from botocore.exceptions import ClientError

import random_policies
from conftest import ACCOUNT, Clients, server_of_its_own
from iam_words import OTHER, code, fresh, policy, refused, statement
from lake import allow, trust_service
from organizations_test import make_account

FULL = "p-FullAWSAccess"
TWO_LINES = '{"Version":"2012-10-17","Statement":[\n  {"Effect":"Allow","Action":"s3:Get*","Resource":"*"},\n  {"Effect":"Deny","Action":"s3:GetBucket*","Resource":"*"}]}'


server, admin = server_of_its_own("simulate")


@pytest.fixture()
def iam(admin):
    return admin.iam


def custom(iam, documents, action="s3:GetObject", **options) -> dict:
    documents = [documents] if isinstance(documents, str) else documents
    return iam.simulate_custom_policy(PolicyInputList=documents, ActionNames=[action], **options)["EvaluationResults"][0]


def entry(key: str, *values: str, type: str = "string") -> dict:
    return {"ContextKeyName": key, "ContextKeyValues": list(values), "ContextKeyType": type}


# --- what an answer says


def test_the_example_of_the_aws_documentation(iam):
    document = ('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*",'
                '"Condition":{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}')
    when = lambda moment: custom(iam, document, "dynamodb:CreateBackup", ContextEntries=[entry("aws:CurrentTime", moment, type="date")])
    assert when("2019-04-25T11:00:00Z") == {
        "EvalActionName": "dynamodb:CreateBackup", "EvalResourceName": "*", "EvalDecision": "allowed", "MissingContextValues": [],
        "MatchedStatements": [{"SourcePolicyId": "PolicyInputList.1", "SourcePolicyType": "none",
                               "StartPosition": {"Line": 1, "Column": 38}, "EndPosition": {"Line": 1, "Column": 167}}]}
    assert when("2014-04-25T11:00:00Z")["EvalDecision"] == "implicitDeny"
    unknown = custom(iam, document, "dynamodb:CreateBackup")
    assert (unknown["EvalDecision"], unknown["MissingContextValues"], unknown["MatchedStatements"]) == ("implicitDeny", ["aws:CurrentTime"], [])


def test_a_deny_tells_the_denying_statement_alone(iam):
    answer = custom(iam, TWO_LINES, "s3:GetBucketPolicy")
    assert answer["EvalDecision"] == "explicitDeny"
    assert [s["StartPosition"] for s in answer["MatchedStatements"]] == [{"Line": 3, "Column": 4}]


def test_every_action_is_asked_about_every_resource_page_by_page(iam):
    arns = [f"arn:aws:s3:::b/{n}" for n in range(3)]
    arguments = dict(PolicyInputList=[allow("s3:GetObject", arns[1])], ActionNames=["s3:GetObject", "s3:PutObject"], ResourceArns=arns)
    whole = iam.simulate_custom_policy(**arguments)
    assert whole["IsTruncated"] is False
    asked = [(r["EvalActionName"], r["EvalResourceName"], r["EvalDecision"]) for r in whole["EvaluationResults"]]
    assert asked == [(a, r, "allowed" if (a, r) == ("s3:GetObject", arns[1]) else "implicitDeny")
                     for a in arguments["ActionNames"] for r in arns]
    assert whole["EvaluationResults"][1]["ResourceSpecificResults"][0]["EvalResourceDecision"] == "allowed"
    pages = list(iam.get_paginator("simulate_custom_policy").paginate(**arguments, PaginationConfig={"PageSize": 4}))
    assert [len(p["EvaluationResults"]) for p in pages] == [4, 2]
    assert [r for p in pages for r in p["EvaluationResults"]] == whole["EvaluationResults"]


def test_sources_are_named(admin, iam):
    user, group, one = fresh("u"), fresh("g"), fresh("p")
    arn = iam.create_policy(PolicyName=one, PolicyDocument=allow("s3:*"))["Policy"]["Arn"]
    iam.create_user(UserName=user, PermissionsBoundary="arn:aws:iam::aws:policy/AdministratorAccess")
    iam.create_group(GroupName=group)
    iam.add_user_to_group(GroupName=group, UserName=user)
    iam.put_user_policy(UserName=user, PolicyName="own", PolicyDocument=allow("s3:*"))
    iam.put_group_policy(GroupName=group, PolicyName="ours", PolicyDocument=allow("s3:*"))
    iam.attach_user_policy(UserName=user, PolicyArn=arn)
    iam.attach_group_policy(GroupName=group, PolicyArn="arn:aws:iam::aws:policy/AmazonS3FullAccess")

    def sources(**options) -> list[tuple]:
        answer = iam.simulate_principal_policy(ActionNames=["s3:GetObject"], **options)["EvaluationResults"][0]
        return [(s["SourcePolicyId"], s["SourcePolicyType"]) for s in answer["MatchedStatements"]]

    mine = f"arn:aws:iam::{ACCOUNT}:user/{user}"
    inline, managed = (f"user_{user}_own", "user"), (one, "user-managed")
    ours, aws = (f"group_{group}_ours", "group"), ("AmazonS3FullAccess", "aws-managed")
    boundary, extra = ("AdministratorAccess", "aws-managed"), ("PolicyInputList.1", "none")
    assert sources(PolicySourceArn=mine, PolicyInputList=[allow("s3:*")]) == [inline, managed, ours, aws, extra, boundary]
    assert sources(PolicySourceArn=f"arn:aws:iam::{ACCOUNT}:group/{group}") == [ours, aws]
    assert sources(PolicySourceArn=mine, PermissionsBoundaryPolicyInputList=[allow("*")])[-1] == ("PermissionsBoundaryPolicyInputList.1", "none")
    excluded = [{"PolicyArn": arn}, {"PolicyType": "permission-boundary"},
                {"InlinePolicyIdentifier": {"PolicyName": "ours", "AttachmentType": "group", "AttachmentName": group}}]
    assert sources(PolicySourceArn=mine, PolicyExclusionList=excluded) == [inline, aws]
    assert sources(PolicySourceArn=mine, PolicyExclusionList=[{"PolicyType": "inline"}]) == [managed, aws, boundary]
    assert sources(PolicySourceArn=mine, PolicyExclusionList=[{"PolicyType": "aws-managed"}]) == [inline, managed, ours, boundary]


def test_boundaries_are_told_apart(iam):
    answer = custom(iam, allow("s3:*"), PermissionsBoundaryPolicyInputList=[allow("iam:*")])
    assert (answer["EvalDecision"], answer["PermissionsBoundaryDecisionDetail"]) == ("implicitDeny", {"AllowedByPermissionsBoundary": False})
    assert "PermissionsBoundaryDecisionDetail" not in custom(iam, allow("s3:*"))


def test_control_policies_are_levels(iam):
    def under(*levels) -> tuple:
        answer = custom(iam, allow("s3:*"), OrderedOrganizationPolicyInputList=[{"ServiceControlPolicyInputList": level} for level in levels])
        return answer["EvalDecision"], answer["OrganizationsDecisionDetail"]["AllowedByOrganizations"]

    assert under([allow("*")], [allow("iam:*"), allow("s3:*")]) == ("allowed", True)
    assert under([allow("*")], [allow("iam:*")]) == ("implicitDeny", False)
    assert under([allow("*"), policy(statement("Deny", "s3:*"))]) == ("explicitDeny", False)
    assert under([allow("*")], []) == ("implicitDeny", False)


def test_resource_policies_need_a_caller(iam):
    me = f"arn:aws:iam::{ACCOUNT}:user/somebody"
    bucket = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": me}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]})
    ask = dict(ResourceArns=["arn:aws:s3:::b/k"], ResourcePolicy=bucket)
    assert refused(custom, iam=iam, documents=[allow("iam:*")], **ask)[:2] == (400, "InvalidInput")
    answer = custom(iam, allow("iam:*"), CallerArn=me, **ask)
    assert (answer["EvalDecision"], answer["MatchedStatements"][0]["SourcePolicyType"]) == ("allowed", "resource")
    assert custom(iam, allow("iam:*"), CallerArn=me + "x", **ask)["EvalDecision"] == "implicitDeny"
    # Across accounts both sides must allow.
    assert custom(iam, allow("iam:*"), CallerArn=me, ResourceOwner=OTHER, **ask)["EvalDecision"] == "implicitDeny"
    assert custom(iam, allow("s3:*"), CallerArn=me, ResourceOwner=f"arn:aws:iam::{OTHER}:root", **ask)["EvalDecision"] == "allowed"


def test_across_accounts_each_kind_of_policy_is_told_apart(iam):
    me = f"arn:aws:iam::{ACCOUNT}:user/somebody"

    def bucket(effect: str, who: str) -> str:
        return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": effect, "Principal": {"AWS": who}, "Action": "s3:GetObject",
                                                                   "Resource": "arn:aws:s3:::b/*"}]})

    def details(document: str, resource_policy: str, **options) -> dict:
        answer = custom(iam, document, CallerArn=me, ResourceArns=["arn:aws:s3:::b/k"], ResourcePolicy=resource_policy,
                        **{"ResourceOwner": OTHER} | options)
        assert answer["ResourceSpecificResults"][0].get("EvalDecisionDetails") == answer.get("EvalDecisionDetails")
        return answer.get("EvalDecisionDetails")

    mine, others = bucket("Allow", me), bucket("Allow", me + "x")
    assert details(allow("s3:*"), mine) == {"IAM Policy": "allowed", "Resource Policy": "allowed"}
    assert details(allow("iam:*"), mine) == {"IAM Policy": "implicitDeny", "Resource Policy": "allowed"}
    assert details(allow("s3:*"), others) == {"IAM Policy": "allowed", "Resource Policy": "implicitDeny"}
    assert details(policy(statement("Deny", "s3:*")), bucket("Deny", me)) == {"IAM Policy": "explicitDeny", "Resource Policy": "explicitDeny"}
    bounded = details(allow("s3:*"), mine, PermissionsBoundaryPolicyInputList=[allow("iam:*")])
    assert bounded == {"IAM Policy": "allowed", "Resource Policy": "allowed", "Permissions Boundary Policy": "implicitDeny"}
    assert not details(allow("s3:*"), mine, ResourceOwner=ACCOUNT), "within the account there is nothing to tell"
    levels = [{"ServiceControlPolicyInputList": [allow("iam:*")]}]
    assert details(allow("s3:*"), mine, OrderedOrganizationPolicyInputList=levels) is None
    assert "EvalDecisionDetails" not in custom(iam, allow("s3:*"))


@pytest.mark.parametrize("type,good,bad", [("numeric", "7", "x"), ("boolean", "true", "yes"), ("ip", "10.0.0.1", "10.0.0"),
                                           ("date", "2026-01-01T00:00:00Z", "soon"), ("binary", "aGk=", "*")])
def test_context_entries_have_their_types(iam, type, good, bad):
    ask = lambda *values, kind=type: custom(iam, allow("s3:*"), ContextEntries=[entry("aws:some", *values, type=kind)])
    assert ask(good)["EvalDecision"] == "allowed"
    assert ask(good, good, kind=type + "List")["EvalDecision"] == "allowed"
    for values in ((bad,), (good, good), ()):
        assert refused(lambda: ask(*values))[:2] == (400, "InvalidInput")


@pytest.mark.parametrize("options", [{"action": "buckets"}, {"action": "s3:*"}, {"action": "s3:Get?"}, {"ResourceArns": ["bucket"]},
                                     {"CallerArn": f"arn:aws:iam::{ACCOUNT}:role/x"}, {"ResourceOwner": "me"}, {"documents": "{}"},
                                     {"documents": policy(statement("Allow", "s3:*") | {"Principal": "*"})},
                                     {"PermissionsBoundaryPolicyInputList": [allow("*"), allow("*")]}])
def test_input_that_makes_no_sense(iam, options):
    assert refused(custom, iam=iam, **({"documents": allow("s3:*")} | options))[:2] == (400, "InvalidInput")


def test_context_keys_are_listed(iam):
    document = policy(statement("Allow", "s3:*", "arn:aws:s3:::b/${aws:username}", condition={"StringLike": {"s3:prefix": "${aws:PrincipalTag/team, 'x'}"}}))
    assert iam.get_context_keys_for_custom_policy(PolicyInputList=[document])["ContextKeyNames"] == ["s3:prefix", "aws:username", "aws:PrincipalTag/team"]
    name = fresh("u")
    iam.create_user(UserName=name)
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=document)
    keys = iam.get_context_keys_for_principal_policy(PolicySourceArn=f"arn:aws:iam::{ACCOUNT}:user/{name}")["ContextKeyNames"]
    assert keys == ["s3:prefix", "aws:username", "aws:PrincipalTag/team"]


# --- who may ask


def test_simulating_somebody_needs_permission_about_them(server, admin, iam):
    one, two = fresh("one"), fresh("two")
    for name in (one, two):
        iam.create_user(UserName=name)
    arn = lambda name: f"arn:aws:iam::{ACCOUNT}:user/{name}"
    iam.put_user_policy(UserName=one, PolicyName="p", PolicyDocument=allow("iam:SimulatePrincipalPolicy", arn(one)))
    key = iam.create_access_key(UserName=one)["AccessKey"]
    client = Clients(server.endpoint, key["AccessKeyId"], key["SecretAccessKey"], None).iam
    assert client.simulate_principal_policy(PolicySourceArn=arn(one), ActionNames=["s3:GetObject"])
    assert code(client.simulate_principal_policy, PolicySourceArn=arn(two), ActionNames=["s3:GetObject"]) == "AccessDenied"
    assert code(client.simulate_principal_policy, PolicySourceArn=arn("nobody"), ActionNames=["s3:GetObject"]) == "AccessDenied"
    assert code(client.simulate_custom_policy, PolicyInputList=[allow("*")], ActionNames=["s3:GetObject"]) == "AccessDenied"


def test_sources_that_are_not_there(iam):
    ask = lambda arn: refused(iam.simulate_principal_policy, PolicySourceArn=arn, ActionNames=["s3:GetObject"])[:2]
    assert ask(f"arn:aws:iam::{ACCOUNT}:user/nobody-there") == (404, "NoSuchEntity")
    assert ask(f"arn:aws:iam::{ACCOUNT}:user/other-path/administrator") == (404, "NoSuchEntity")
    assert ask(f"arn:aws:iam::{OTHER}:user/somebody") == (403, "AccessDenied")
    assert ask(f"arn:aws:iam::{ACCOUNT}:policy/somebody") == (400, "InvalidInput")


# --- the same answer as the real decision

# Cheap calls that change nothing, with the resource each is asked about.
REAL = {"iam:ListUsers": lambda c, me: c.iam.list_users(MaxItems=1), "iam:ListRoles": lambda c, me: c.iam.list_roles(MaxItems=1),
        "iam:ListGroups": lambda c, me: c.iam.list_groups(MaxItems=1), "iam:GetUser": lambda c, me: c.iam.get_user(UserName=me),
        "s3:ListAllMyBuckets": lambda c, me: c.s3.list_buckets(), "glue:GetDatabases": lambda c, me: c.glue.get_databases()}


def really(call) -> tuple[bool, str]:
    try:
        call()
        return True, ""
    except ClientError as error:
        assert error.response["Error"]["Code"] in ("AccessDenied", "AccessDeniedException"), error
        return False, error.response["Error"]["Message"]


@pytest.fixture(scope="module")
def unit(admin):
    """An organization with a unit; its accounts come and go with the tests."""
    client = admin.organizations
    client.create_organization()
    root = client.list_roots()["Roots"][0]["Id"]
    client.enable_policy_type(RootId=root, PolicyType="SERVICE_CONTROL_POLICY")
    return root, client.create_organizational_unit(ParentId=root, Name="unit")["OrganizationalUnit"]["Id"]


@pytest.fixture(scope="module")
def member(server, admin, unit):
    root, parent = unit
    client = admin.organizations
    account = client.create_account(Email="member@example.com", AccountName="member")["CreateAccountStatus"]["AccountId"]
    client.move_account(AccountId=account, SourceParentId=root, DestinationParentId=parent)
    answer = admin.sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole", RoleSessionName="ss",
                                   DurationSeconds=3600)
    clients = server.session(answer["Credentials"])
    clients.iam.create_user(UserName="ana", Tags=[{"Key": "team", "Value": "red"}])
    clients.iam.create_role(RoleName="way", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "sts:AssumeRole"}]}))
    key = clients.iam.create_access_key(UserName="ana")["AccessKey"]
    ana = Clients(server.endpoint, key["AccessKeyId"], key["SecretAccessKey"], None)
    return account, clients, ana


def random_document(rng) -> str:
    """Among many other statements, some about what will really be called."""
    document = random_policies.document(rng, 0.85)
    for _ in range(rng.randint(0, 2)):
        document["Statement"].append(statement("Allow" if rng.random() < 0.85 else "Deny", rng.sample(list(REAL), 3) if rng.random() < 0.6 else "*"))
    return json.dumps(document)


def random_control(rng) -> tuple[str, bool]:
    """A control policy about the real calls only, and whether it is a list of all that is allowed."""
    denied = random_policies.statement(rng, 0) | {"Action": rng.sample(list(REAL), 3)}
    denied.pop("NotAction", None)
    if rng.random() < 0.5:
        return json.dumps({"Version": "2012-10-17", "Statement": [denied]}), False
    allowed = statement("Allow", ["iam:Simulate*", *rng.sample(list(REAL), 3)])
    return json.dumps({"Version": "2012-10-17", "Statement": [denied, allowed]}), True


@pytest.mark.parametrize("seed", range(12))
def test_a_simulation_answers_as_the_real_request(server, admin, unit, member, seed):
    rng = random.Random(seed)
    account, clients, ana = member
    arn = f"arn:aws:iam::{account}:user/ana"
    organizations = admin.organizations
    for name in clients.iam.list_user_policies(UserName="ana")["PolicyNames"]:
        clients.iam.delete_user_policy(UserName="ana", PolicyName=name)
    if "PermissionsBoundary" in clients.iam.get_user(UserName="ana")["User"]:
        clients.iam.delete_user_permissions_boundary(UserName="ana")
    for n in range(rng.randint(1, 2)):
        clients.iam.put_user_policy(UserName="ana", PolicyName=f"p{n}", PolicyDocument=random_document(rng))
    if rng.random() < 0.4:
        boundary = clients.iam.create_policy(PolicyName=fresh("b"), PolicyDocument=random_document(rng))["Policy"]["Arn"]
        clients.iam.put_user_permissions_boundary(UserName="ana", PermissionsBoundary=boundary)
    control, target = None, rng.choice([unit[0], unit[1], account])
    if rng.random() < 0.7:
        content, is_list = random_control(rng)
        control = organizations.create_policy(Name=fresh("c"), Description="", Type="SERVICE_CONTROL_POLICY", Content=content)["Policy"]["PolicySummary"]["Id"]
        organizations.attach_policy(PolicyId=control, TargetId=target)
        if is_list:
            organizations.detach_policy(PolicyId=FULL, TargetId=target)
    try:
        facts = [entry("aws:SourceIp", "127.0.0.1", type="ip"), entry("aws:SecureTransport", "false", type="boolean")]
        for action, call in REAL.items():
            resource = arn if action == "iam:GetUser" else f"arn:aws:glue:us-east-1:{account}:catalog" if action.startswith("glue") else "*"
            own_tags = [entry("aws:ResourceTag/team", "red"), entry("iam:ResourceTag/team", "red")] if action == "iam:GetUser" else []
            simulated = clients.iam.simulate_principal_policy(
                PolicySourceArn=arn, ActionNames=[action], ResourceArns=[resource], ContextEntries=facts + own_tags)["EvaluationResults"][0]
            allowed, message = really(lambda: call(ana, "ana"))
            assert (simulated["EvalDecision"] == "allowed") == allowed, (action, simulated, message)
            assert (simulated["EvalDecision"] == "explicitDeny") == ("with an explicit deny in" in message), (action, simulated, message)
            if "service control policy" in message:
                assert simulated["OrganizationsDecisionDetail"] == {"AllowedByOrganizations": False}
    finally:
        if control:
            if is_list:
                organizations.attach_policy(PolicyId=FULL, TargetId=target)
            organizations.detach_policy(PolicyId=control, TargetId=target)


ASKS_FOR_ORGANIZATIONS = policy(statement("Allow", "s3:GetObject", "*", condition={
    "StringLike": {"aws:ResourceOrgID": "o-*", "aws:PrincipalOrgID": "o-*"}}))


def test_a_simulation_does_not_tell_which_organization_another_account_is_in(server, admin, member):
    account, stranger = member[0], make_account(server, OTHER)
    arguments = dict(PolicyInputList=[ASKS_FOR_ORGANIZATIONS], ActionNames=["s3:GetObject"])
    ask = lambda who, owner: who.iam.simulate_custom_policy(**arguments, ResourceOwner=owner)["EvaluationResults"][0]
    keys = {"aws:ResourceOrgID", "aws:PrincipalOrgID"}
    assert not keys & set(ask(admin, account)["MissingContextValues"])
    assert keys <= set(ask(stranger, account)["MissingContextValues"])
    posing = stranger.iam.simulate_custom_policy(**arguments, ResourceOwner=account,
                                                 CallerArn=f"arn:aws:iam::{account}:user/anybody")["EvaluationResults"][0]
    assert posing["EvalDecision"] == "implicitDeny" and keys <= set(posing["MissingContextValues"])


def test_the_access_role_can_be_locked_out_by_its_organization_alone(admin, unit, member):
    account, clients, ana = member
    arn = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
    ask = lambda: clients.iam.simulate_principal_policy(PolicySourceArn=arn, ActionNames=["s3:ListAllMyBuckets"])["EvaluationResults"][0]
    assert (ask()["EvalDecision"], ask()["OrganizationsDecisionDetail"]) == ("allowed", {"AllowedByOrganizations": True})
    one = admin.organizations.create_policy(Name=fresh("c"), Description="", Type="SERVICE_CONTROL_POLICY",
                                            Content=policy(statement("Deny", "s3:*", condition={
                                                "StringNotEquals": {"aws:PrincipalTag/quiet": "yes"}})))["Policy"]["PolicySummary"]
    admin.organizations.attach_policy(PolicyId=one["Id"], TargetId=unit[1])
    assert "aws:PrincipalTag/quiet" not in ask()["MissingContextValues"]  # its accounts cannot read the policy
    assert (ask()["EvalDecision"], ask()["MatchedStatements"][0]["SourcePolicyId"]) == ("explicitDeny", f"{one['Name']} ({one['Id']})")
    excluded = clients.iam.simulate_principal_policy(
        PolicySourceArn=arn, ActionNames=["s3:ListAllMyBuckets"], PolicyExclusionList=[{"PolicyArn": one["Arn"]}])
    assert excluded["EvaluationResults"][0]["EvalDecision"] == "allowed"
    admin.organizations.detach_policy(PolicyId=one["Id"], TargetId=unit[1])
