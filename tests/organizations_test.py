"""Organizations over the wire: the tree, accounts, invitations and policies, and what control policies deny."""

import json
import re
import subprocess
import uuid

import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT, WEIR, Clients, Server, server_of_its_own
from iam_words import fresh, policy, refused, statement
from lake import allow
from weir_words import weir_client

OUTSIDE, THIRD = "444455556666", "777788889999"
FULL = "p-FullAWSAccess"
SCP = "SERVICE_CONTROL_POLICY"
DENY_BUCKETS = policy(statement("Deny", "s3:CreateBucket"))


def code(call, **arguments) -> str:
    return refused(call, **arguments)[1]


def reason(call, **arguments) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    return caught.value.response["Error"]["Code"], caught.value.response.get("Reason", "")


def make_account(server: Server, number: str) -> Clients:
    """As the operator does, beside the running server."""
    subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", number, "--name", number],
                   check=True, capture_output=True)
    return server.session(profile=number)


server, admin = server_of_its_own("organizations")


@pytest.fixture(scope="module")
def outside(server):
    return make_account(server, OUTSIDE)


@pytest.fixture(scope="module")
def third(server):
    return make_account(server, THIRD)


@pytest.fixture(scope="module")
def organization(admin):
    return admin.organizations.create_organization(FeatureSet="ALL")["Organization"]


@pytest.fixture(scope="module")
def org(admin, organization):
    """The management account's client, with service control policies on."""
    client = admin.organizations
    assert client.list_roots()["Roots"][0]["PolicyTypes"] == []
    client.enable_policy_type(RootId=client.list_roots()["Roots"][0]["Id"], PolicyType=SCP)
    return client


@pytest.fixture(scope="module")
def root(org):
    return org.list_roots()["Roots"][0]["Id"]


def new_unit(org, parent: str, **options) -> str:
    return org.create_organizational_unit(ParentId=parent, Name=fresh("unit"), **options)["OrganizationalUnit"]["Id"]


def new_account(org, **options) -> str:
    email = f"{uuid.uuid4().hex[:12]}@example.com"
    status = org.create_account(Email=email, AccountName=fresh("account"), **options)["CreateAccountStatus"]
    assert status["State"] == "SUCCEEDED"
    return status["AccountId"]


def enter(server, admin, account: str, role: str = "OrganizationAccountAccessRole") -> Clients:
    """A session of the access role, as the management account's administrator takes it."""
    answer = admin.sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/{role}", RoleSessionName="ss")
    return server.session(answer["Credentials"])


def new_policy(org, content: str) -> str:
    return org.create_policy(Name=fresh("policy"), Description="", Type=SCP, Content=content)["Policy"]["PolicySummary"]["Id"]


def attached(org, target: str) -> list[str]:
    return [p["Id"] for p in org.list_policies_for_target(TargetId=target, Filter=SCP)["Policies"]]


# --- the organization


def test_an_account_without_an_organization(third):
    client = third.organizations
    for call in (client.describe_organization, client.list_accounts, client.list_roots, client.leave_organization):
        assert refused(call)[:2] == (400, "AWSOrganizationsNotInUseException")
    assert client.list_handshakes_for_account()["Handshakes"] == []


def test_the_organization_as_it_is_described(admin, organization):
    identity = organization["Id"]
    assert identity.startswith("o-") and organization["FeatureSet"] == "ALL"
    assert organization["Arn"] == f"arn:aws:organizations::{ACCOUNT}:organization/{identity}"
    assert organization["MasterAccountArn"] == f"arn:aws:organizations::{ACCOUNT}:account/{identity}/{ACCOUNT}"
    shown = admin.organizations.describe_organization()["Organization"]
    assert shown["Id"] == identity and shown["AvailablePolicyTypes"] == [{"Type": SCP, "Status": "ENABLED"}]
    assert code(admin.organizations.create_organization) == "AlreadyInOrganizationException"


def test_bills_are_not_consolidated(third):
    assert reason(third.organizations.create_organization, FeatureSet="CONSOLIDATED_BILLING") == (
        "InvalidInputException", "INVALID_ENUM")


def test_an_organization_goes_when_it_is_empty(third):
    client = third.organizations
    client.create_organization()
    unit = new_unit(client, client.list_roots()["Roots"][0]["Id"])
    assert code(client.delete_organization) == "OrganizationNotEmptyException"
    client.delete_organizational_unit(OrganizationalUnitId=unit)
    client.delete_organization()
    assert code(client.describe_organization) == "AWSOrganizationsNotInUseException"


# --- the tree


def test_units_nest_five_deep(org, root, organization):
    chain, path = [root], f"{organization['Id']}/{root}/"
    for _ in range(5):
        unit = org.create_organizational_unit(ParentId=chain[-1], Name="next")["OrganizationalUnit"]
        path += unit["Id"] + "/"
        assert unit["Path"] == path and unit["Id"].startswith("ou-" + root[2:] + "-")
        assert org.list_parents(ChildId=unit["Id"])["Parents"][0]["Id"] == chain[-1]
        chain.append(unit["Id"])
    assert reason(org.create_organizational_unit, ParentId=chain[-1], Name="x") == (
        "ConstraintViolationException", "OU_DEPTH_LIMIT_EXCEEDED")
    assert code(org.create_organizational_unit, ParentId=chain[2], Name="next") == "DuplicateOrganizationalUnitException"
    assert code(org.delete_organizational_unit, OrganizationalUnitId=chain[2]) == "OrganizationalUnitNotEmptyException"
    assert [c["Id"] for c in org.list_children(ParentId=chain[1], ChildType="ORGANIZATIONAL_UNIT")["Children"]] == [chain[2]]
    renamed = org.update_organizational_unit(OrganizationalUnitId=chain[5], Name="leaf")["OrganizationalUnit"]
    assert (renamed["Name"], renamed["Path"]) == ("leaf", path)
    for unit in reversed(chain[1:]):
        org.delete_organizational_unit(OrganizationalUnitId=unit)
    assert code(org.describe_organizational_unit, OrganizationalUnitId=chain[1]) == "OrganizationalUnitNotFoundException"
    assert code(org.list_children, ParentId=chain[1], ChildType="ACCOUNT") == "ParentNotFoundException"
    assert code(org.list_parents, ChildId=chain[1]) == "ChildNotFoundException"


def test_lists_go_on_page_after_page(org, root):
    parent = new_unit(org, root)
    made = {new_unit(org, parent) for _ in range(7)}
    pages = list(org.get_paginator("list_organizational_units_for_parent").paginate(
        ParentId=parent, PaginationConfig={"PageSize": 3}))
    assert [len(p["OrganizationalUnits"]) for p in pages] == [3, 3, 1]
    assert {u["Id"] for p in pages for u in p["OrganizationalUnits"]} == made
    assert reason(org.list_accounts, NextToken="!") == ("InvalidInputException", "INVALID_NEXT_TOKEN")


# --- accounts


def test_an_account_is_made_with_its_access_role(server, admin, org, organization, root):
    email = f"{uuid.uuid4().hex[:12]}@example.com"
    status = org.create_account(Email=email, AccountName="Data", Tags=[{"Key": "stage", "Value": "test"}])["CreateAccountStatus"]
    assert org.describe_create_account_status(CreateAccountRequestId=status["Id"])["CreateAccountStatus"] == status
    account = org.describe_account(AccountId=status["AccountId"])["Account"]
    assert account | {"JoinedTimestamp": 0} == {
        "Id": status["AccountId"], "Arn": f"arn:aws:organizations::{ACCOUNT}:account/{organization['Id']}/{status['AccountId']}",
        "Email": email, "Name": "Data", "Status": "ACTIVE", "State": "ACTIVE", "JoinedMethod": "CREATED", "JoinedTimestamp": 0,
        "Paths": [f"{organization['Id']}/{root}/{status['AccountId']}/"]}
    member = enter(server, admin, account["Id"])
    assert member.sts.get_caller_identity()["Account"] == account["Id"]
    assert member.iam.list_roles()["Roles"][0]["RoleName"] == "OrganizationAccountAccessRole"
    admins = member.lakeformation.get_data_lake_settings()["DataLakeSettings"]["DataLakeAdmins"]
    assert admins == [{"DataLakePrincipalIdentifier": f"arn:aws:iam::{account['Id']}:role/OrganizationAccountAccessRole"}]
    assert org.list_tags_for_resource(ResourceId=account["Id"])["Tags"] == [{"Key": "stage", "Value": "test"}]
    again = org.create_account(Email=email.upper(), AccountName="Again")["CreateAccountStatus"]
    assert (again["State"], again["FailureReason"]) == ("FAILED", "EMAIL_ALREADY_EXISTS")
    failed = org.list_create_account_status(States=["FAILED"])["CreateAccountStatuses"]
    assert again["Id"] in [s["Id"] for s in failed] and status["Id"] not in [s["Id"] for s in failed]


def test_nobody_else_gets_into_a_new_account(server, admin, org, outside):
    account = new_account(org, RoleName="Way")
    assert enter(server, admin, account, "Way")
    assert code(outside.sts.assume_role, RoleArn=f"arn:aws:iam::{account}:role/Way", RoleSessionName="ss") == "AccessDenied"


def test_accounts_move(org, root):
    account, unit = new_account(org), new_unit(org, root)
    move = dict(AccountId=account, SourceParentId=root, DestinationParentId=unit)
    assert code(org.move_account, **move | {"SourceParentId": unit}) == "SourceParentNotFoundException"
    assert code(org.move_account, **move | {"DestinationParentId": "ou-aaaa-bbbbbbbb"}) == "DestinationParentNotFoundException"
    assert code(org.move_account, **move | {"DestinationParentId": root}) == "DuplicateAccountException"
    assert code(org.move_account, **move | {"AccountId": "000000000000"}) == "AccountNotFoundException"
    org.move_account(**move)
    assert [a["Id"] for a in org.list_accounts_for_parent(ParentId=unit)["Accounts"]] == [account]
    assert org.list_parents(ChildId=account)["Parents"] == [{"Id": unit, "Type": "ORGANIZATIONAL_UNIT"}]
    assert code(org.delete_organizational_unit, OrganizationalUnitId=unit) == "OrganizationalUnitNotEmptyException"


def test_a_member_leaves_and_the_management_account_does_not(server, admin, org):
    account = new_account(org)
    member = enter(server, admin, account)
    assert code(member.organizations.list_accounts) == "AccessDeniedException"
    assert member.organizations.describe_organization()["Organization"]["MasterAccountId"] == ACCOUNT
    member.organizations.leave_organization()
    assert code(org.describe_account, AccountId=account) == "AccountNotFoundException"
    assert code(org.leave_organization) == "MasterCannotLeaveOrganizationException"
    assert code(org.remove_account_from_organization, AccountId=ACCOUNT) == "MasterCannotLeaveOrganizationException"
    other = new_account(org)
    org.remove_account_from_organization(AccountId=other)
    assert code(org.remove_account_from_organization, AccountId=other) == "AccountNotFoundException"


def test_a_closed_account_lets_nobody_in_until_it_is_opened_again(server, admin, org):
    account = new_account(org)
    member = enter(server, admin, account)
    member.iam.create_user(UserName="ana")
    key = member.iam.create_access_key(UserName="ana")["AccessKey"]
    ana = server.session({"AccessKeyId": key["AccessKeyId"], "SecretAccessKey": key["SecretAccessKey"]})
    assert ana.sts.get_caller_identity()["Account"] == account
    assert code(member.organizations.close_account, AccountId=account) == "AccessDeniedException"
    org.close_account(AccountId=account)
    for clients in (member, ana):
        assert refused(clients.sts.get_caller_identity)[:2] == (403, "InvalidClientTokenId")
    assert code(admin.sts.assume_role, RoleArn=f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole",
                RoleSessionName="ss") == "AccessDenied"
    shown = org.describe_account(AccountId=account)["Account"]
    assert (shown["Status"], shown["State"]) == ("SUSPENDED", "CLOSED")
    assert code(org.close_account, AccountId=account) == "AccountAlreadyClosedException"
    assert code(org.close_account, AccountId="000000000000") == "AccountNotFoundException"
    assert reason(org.close_account, AccountId=ACCOUNT) == ("ConstraintViolationException", "CANNOT_CLOSE_MANAGEMENT_ACCOUNT")
    reopen = lambda: subprocess.run([WEIR, "admin", "reopen-account", "--data-dir", server.data_dir, "--id", account], capture_output=True)
    assert reopen().returncode == 0 and reopen().returncode != 0
    assert ana.sts.get_caller_identity()["Account"] == account
    assert code(member.sts.get_caller_identity) in ("ExpiredToken", "ExpiredTokenException")  # a session of before
    assert org.describe_account(AccountId=account)["Account"]["Status"] == "ACTIVE"


def test_an_operators_account_has_the_address_it_was_given(server, org):
    def make(number: str, email: str) -> subprocess.CompletedProcess:
        return subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", number, "--name", number,
                               "--email", email], capture_output=True, text=True)
    assert make("121212121212", "data@example.com").returncode == 0
    again = make("131313131313", "DATA@example.com")
    assert again.returncode != 0 and "data@example.com" in again.stderr.lower()
    for bad in ("nobody", "a@b", "@example.com", "a b@example.com", "a@b@example.com", "x" * 60 + "@example.com"):
        assert make("131313131313", bad).returncode != 0, bad
    assert org.create_account(Email="Data@example.com", AccountName="x")["CreateAccountStatus"]["FailureReason"] == "EMAIL_ALREADY_EXISTS"
    handshake = org.invite_account_to_organization(Target={"Id": "data@example.com", "Type": "EMAIL"})["Handshake"]
    assert {"Id": "121212121212", "Type": "ACCOUNT"} in handshake["Parties"] or handshake["State"] in ("OPEN", "REQUESTED")
    org.cancel_handshake(HandshakeId=handshake["Id"])


def test_changes_are_the_management_accounts(server, admin, org, root):
    member = enter(server, admin, new_account(org)).organizations
    for call, arguments in [(member.create_organizational_unit, {"ParentId": root, "Name": "x"}),
                            (member.delete_organization, {}), (member.create_account, {"Email": "a@b.cd", "AccountName": "x"}),
                            (member.detach_policy, {"PolicyId": FULL, "TargetId": root}),
                            (member.disable_policy_type, {"RootId": root, "PolicyType": SCP}),
                            (member.list_policies, {"Filter": SCP}), (member.list_roots, {})]:
        status, error, message = refused(call, **arguments)
        assert (error, message.startswith("You don't have permissions to access this resource.")) == ("AccessDeniedException", True)


# --- invitations


def test_an_invitation_is_accepted_by_the_invited(org, outside, third, organization):
    invited = org.invite_account_to_organization(Target={"Id": OUTSIDE, "Type": "ACCOUNT"}, Notes="come")["Handshake"]
    assert (invited["State"], invited["Action"]) == ("OPEN", "INVITE")
    assert {"Id": OUTSIDE, "Type": "ACCOUNT"} in invited["Parties"]
    again = dict(Target={"Id": OUTSIDE, "Type": "ACCOUNT"})
    assert code(org.invite_account_to_organization, **again) == "DuplicateHandshakeException"
    for call in (third.organizations.accept_handshake, third.organizations.describe_handshake, org.accept_handshake):
        assert code(call, HandshakeId=invited["Id"]) == "HandshakeNotFoundException"
    assert [h["Id"] for h in outside.organizations.list_handshakes_for_account()["Handshakes"]] == [invited["Id"]]
    accepted = outside.organizations.accept_handshake(HandshakeId=invited["Id"])["Handshake"]
    assert accepted["State"] == "ACCEPTED"
    assert org.describe_account(AccountId=OUTSIDE)["Account"]["JoinedMethod"] == "INVITED"
    assert attached(org, OUTSIDE) == [FULL]
    assert reason(org.invite_account_to_organization, **again) == (
        "HandshakeConstraintViolationException", "ALREADY_IN_AN_ORGANIZATION")
    assert code(outside.organizations.accept_handshake, HandshakeId=invited["Id"]) == "HandshakeAlreadyInStateException"
    assert code(org.cancel_handshake, HandshakeId=invited["Id"]) == "InvalidHandshakeTransitionException"
    outside.organizations.leave_organization()


def test_invitations_are_declined_and_cancelled(org, outside):
    target = {"Id": OUTSIDE, "Type": "ACCOUNT"}
    declined = org.invite_account_to_organization(Target=target)["Handshake"]["Id"]
    assert outside.organizations.decline_handshake(HandshakeId=declined)["Handshake"]["State"] == "DECLINED"
    cancelled = org.invite_account_to_organization(Target=target)["Handshake"]["Id"]
    assert code(outside.organizations.cancel_handshake, HandshakeId=cancelled) == "HandshakeNotFoundException"
    assert org.cancel_handshake(HandshakeId=cancelled)["Handshake"]["State"] == "CANCELED"
    assert code(outside.organizations.accept_handshake, HandshakeId=cancelled) == "InvalidHandshakeTransitionException"
    states = {h["Id"]: h["State"] for h in org.list_handshakes_for_organization()["Handshakes"]}
    assert (states[declined], states[cancelled]) == ("DECLINED", "CANCELED")
    assert org.list_handshakes_for_organization(Filter={"ActionType": "ENABLE_ALL_FEATURES"})["Handshakes"] == []


def test_a_member_of_another_organization_cannot_accept(org, third):
    third.organizations.create_organization()
    invited = org.invite_account_to_organization(Target={"Id": THIRD, "Type": "ACCOUNT"})["Handshake"]["Id"]
    assert reason(third.organizations.accept_handshake, HandshakeId=invited) == (
        "HandshakeConstraintViolationException", "ALREADY_IN_AN_ORGANIZATION")
    third.organizations.delete_organization()
    org.cancel_handshake(HandshakeId=invited)


def test_strangers_cannot_be_invited(org):
    for target in ({"Id": "123456789012", "Type": "ACCOUNT"}, {"Id": "a@b.cd", "Type": "EMAIL"}, {"Id": "o-x", "Type": "ORGANIZATION"}):
        assert reason(org.invite_account_to_organization, Target=target) == ("InvalidInputException", "INVALID_PARTY_TYPE_TARGET")


# --- policies


def test_the_default_policy_is_everywhere(org, root):
    unit, account = new_unit(org, root), new_account(org)
    for target in (root, unit, account, ACCOUNT):
        assert attached(org, target) == [FULL]
        assert reason(org.detach_policy, PolicyId=FULL, TargetId=target) == (
            "ConstraintViolationException", "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED")
    assert reason(org.update_policy, PolicyId=FULL, Name="x") == ("InvalidInputException", "IMMUTABLE_POLICY")
    assert reason(org.delete_policy, PolicyId=FULL) == ("InvalidInputException", "IMMUTABLE_POLICY")
    shown = org.describe_policy(PolicyId=FULL)["Policy"]
    assert shown["PolicySummary"]["AwsManaged"] and json.loads(shown["Content"])["Statement"][0]["Action"] == "*"
    assert shown["PolicySummary"]["Arn"] == "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess"


def test_policies_are_made_changed_attached_and_removed(org, root):
    made = org.create_policy(Name=fresh("p"), Description="d", Type=SCP, Content=DENY_BUCKETS)["Policy"]
    summary, identity = made["PolicySummary"], made["PolicySummary"]["Id"]
    assert (summary["AwsManaged"], made["Content"]) == (False, DENY_BUCKETS)
    assert code(org.create_policy, Name=summary["Name"], Description="", Type=SCP, Content=DENY_BUCKETS) == "DuplicatePolicyException"
    changed = org.update_policy(PolicyId=identity, Description="new")["Policy"]
    assert changed["PolicySummary"] == summary | {"Description": "new"}
    unit = new_unit(org, root)
    org.attach_policy(PolicyId=identity, TargetId=unit)
    assert code(org.attach_policy, PolicyId=identity, TargetId=unit) == "DuplicatePolicyAttachmentException"
    assert [t["TargetId"] for t in org.list_targets_for_policy(PolicyId=identity)["Targets"]] == [unit]
    assert code(org.delete_policy, PolicyId=identity) == "PolicyInUseException"
    org.detach_policy(PolicyId=identity, TargetId=unit)
    assert code(org.detach_policy, PolicyId=identity, TargetId=unit) == "PolicyNotAttachedException"
    org.delete_policy(PolicyId=identity)
    assert code(org.describe_policy, PolicyId=identity) == "PolicyNotFoundException"
    assert code(org.attach_policy, PolicyId=FULL, TargetId="ou-aaaa-bbbbbbbb") == "TargetNotFoundException"


def test_five_policies_hang_on_a_target(org, root):
    unit, policies = new_unit(org, root), [new_policy(org, DENY_BUCKETS) for _ in range(5)]
    for one in policies[:4]:
        org.attach_policy(PolicyId=one, TargetId=unit)
    assert reason(org.attach_policy, PolicyId=policies[4], TargetId=unit) == (
        "ConstraintViolationException", "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED")
    org.detach_policy(PolicyId=FULL, TargetId=unit)
    org.attach_policy(PolicyId=policies[4], TargetId=unit)
    assert len(attached(org, unit)) == 5


@pytest.mark.parametrize("content", ["{}", "x", policy(), policy(statement("Deny", "nocolon")),
                                     policy(statement("Deny", "s3:*") | {"Principal": "*"}),
                                     policy(statement("Deny", "s3:*", condition={"Unheard": {"aws:x": "y"}}))])
def test_documents_outside_the_grammar(org, content):
    assert code(org.create_policy, Name="x", Description="", Type=SCP, Content=content) == "MalformedPolicyDocumentException"


def test_a_document_has_its_size(org):
    long = policy(*[statement("Deny", f"s3:Action{n:04}") for n in range(120)])
    assert reason(org.create_policy, Name="x", Description="", Type=SCP, Content=long) == (
        "ConstraintViolationException", "POLICY_CONTENT_LIMIT_EXCEEDED")


def test_other_policy_types_are_not_pretended(org, root):
    for kind in ("RESOURCE_CONTROL_POLICY", "TAG_POLICY"):
        assert code(org.enable_policy_type, RootId=root, PolicyType=kind) == "PolicyTypeNotAvailableForOrganizationException"
        assert code(org.create_policy, Name="x", Description="", Type=kind, Content="{}") == "PolicyTypeNotAvailableForOrganizationException"


# --- trust and delegation


def test_services_are_trusted_and_administered_by_members(server, admin, org, organization):
    account, service = new_account(org), "ram.amazonaws.com"
    register = dict(AccountId=account, ServicePrincipal=service)
    assert reason(org.register_delegated_administrator, **register) == ("ConstraintViolationException", "SERVICE_ACCESS_NOT_ENABLED")
    org.enable_aws_service_access(ServicePrincipal=service)
    assert [s["ServicePrincipal"] for s in org.list_aws_service_access_for_organization()["EnabledServicePrincipals"]] == [service]
    assert reason(org.register_delegated_administrator, **register | {"AccountId": ACCOUNT})[1] == "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR"
    member = enter(server, admin, account).organizations
    assert code(member.list_accounts) == "AccessDeniedException"
    org.register_delegated_administrator(**register)
    assert code(org.register_delegated_administrator, **register) == "AccountAlreadyRegisteredException"
    assert account in [a["Id"] for a in member.list_accounts()["Accounts"]]
    assert code(member.disable_aws_service_access, ServicePrincipal=service) == "AccessDeniedException"
    assert [a["Id"] for a in org.list_delegated_administrators(ServicePrincipal=service)["DelegatedAdministrators"]] == [account]
    assert org.list_delegated_administrators(ServicePrincipal="x.amazonaws.com")["DelegatedAdministrators"] == []
    org.disable_aws_service_access(ServicePrincipal=service)  # a delegation counts while the service is trusted
    assert code(member.list_accounts) == "AccessDeniedException"
    org.enable_aws_service_access(ServicePrincipal=service)
    assert [s["ServicePrincipal"] for s in org.list_delegated_services_for_account(AccountId=account)["DelegatedServices"]] == [service]
    assert reason(org.remove_account_from_organization, AccountId=account)[1] == "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG"
    org.deregister_delegated_administrator(**register)
    assert code(org.deregister_delegated_administrator, **register) == "AccountNotRegisteredException"
    assert code(member.list_accounts) == "AccessDeniedException"
    org.disable_aws_service_access(ServicePrincipal=service)


def test_tags_hang_on_every_noun(org, root):
    unit, one = new_unit(org, root), new_policy(org, DENY_BUCKETS)
    for noun in (root, unit, one, ACCOUNT):
        org.tag_resource(ResourceId=noun, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
        org.untag_resource(ResourceId=noun, TagKeys=["a"])
        assert org.list_tags_for_resource(ResourceId=noun)["Tags"] == [{"Key": "b", "Value": "2"}]
    org.untag_resource(ResourceId=root, TagKeys=["b"])


# --- IAM decides first


def test_iam_decides_who_may_organise(server, admin, org, root):
    name = fresh("organiser")
    admin.iam.create_user(UserName=name)
    key = admin.iam.create_access_key(UserName=name)["AccessKey"]
    clients = Clients(server.endpoint, key["AccessKeyId"], key["SecretAccessKey"], None)
    unit, other = new_unit(org, root, Tags=[{"Key": "team", "Value": "a"}]), new_unit(org, root)
    admin.iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(
        statement("Allow", "organizations:DescribeOrganizationalUnit", condition={"StringEquals": {"aws:ResourceTag/team": "a"}}),
        statement("Allow", "organizations:AttachPolicy", f"arn:aws:organizations::{ACCOUNT}:policy/*")))
    assert clients.organizations.describe_organizational_unit(OrganizationalUnitId=unit)
    status, error, message = refused(clients.organizations.describe_organizational_unit, OrganizationalUnitId=other)
    arn = org.describe_organizational_unit(OrganizationalUnitId=other)["OrganizationalUnit"]["Arn"]
    assert error == "AccessDeniedException" and f"perform: organizations:DescribeOrganizationalUnit on resource: {arn} because no" in message
    # Both the policy and the target are asked about.
    assert f":ou/" in refused(clients.organizations.attach_policy, PolicyId=new_policy(org, DENY_BUCKETS), TargetId=unit)[2]


# --- what control policies do


@pytest.fixture()
def member(server, admin, org, root):
    """An account of its own below a unit of its own: the unit, the account, its access role's clients."""
    unit, account = new_unit(org, root), new_account(org)
    org.move_account(AccountId=account, SourceParentId=root, DestinationParentId=unit)
    return unit, account, enter(server, admin, account)


def test_a_deny_above_acts_on_the_next_request(org, member):
    unit, account, clients = member
    clients.s3.create_bucket(Bucket=fresh("before"))
    one = new_policy(org, DENY_BUCKETS)
    org.attach_policy(PolicyId=one, TargetId=unit)
    status, error, message = refused(clients.s3.create_bucket, Bucket=fresh("denied"))
    assert (status, error) == (403, "AccessDenied")
    assert "is not authorized to perform: s3:CreateBucket" in message and "with an explicit deny in a service control policy" in message
    assert clients.s3.list_buckets()
    org.update_policy(PolicyId=one, Content=policy(statement("Deny", "s3:ListAllMyBuckets")))
    clients.s3.create_bucket(Bucket=fresh("after"))
    assert code(clients.s3.list_buckets) == "AccessDenied"
    org.detach_policy(PolicyId=one, TargetId=unit)
    assert clients.s3.list_buckets()


def test_every_level_must_allow(org, member):
    unit, account, clients = member
    only_s3 = new_policy(org, allow("s3:*"))
    for target in (unit, account):
        org.attach_policy(PolicyId=only_s3, TargetId=target)
        assert clients.iam.list_users() is not None
        org.detach_policy(PolicyId=FULL, TargetId=target)
        assert clients.s3.list_buckets()
        status, error, message = refused(clients.iam.list_users)
        assert (error, "because no service control policy allows the iam:ListUsers action" in message) == ("AccessDenied", True)
        org.attach_policy(PolicyId=FULL, TargetId=target)
        org.detach_policy(PolicyId=only_s3, TargetId=target)
        assert clients.iam.list_users() is not None


def test_an_explanation_names_the_policy_and_the_level(org, member):
    unit, account, clients = member
    one = new_policy(org, DENY_BUCKETS)
    name = org.describe_policy(PolicyId=one)["Policy"]["PolicySummary"]["Name"]
    org.attach_policy(PolicyId=one, TargetId=account)
    assert f'service control policy "{name} ({one})"' in explanation(clients, refused(clients.s3.create_bucket, Bucket=fresh("b"))[2])
    org.detach_policy(PolicyId=one, TargetId=account)
    org.attach_policy(PolicyId=new_policy(org, allow(["cloudtrail:*", "iam:*"])), TargetId=unit)
    org.detach_policy(PolicyId=FULL, TargetId=unit)
    unit_name = org.describe_organizational_unit(OrganizationalUnitId=unit)["OrganizationalUnit"]["Name"]
    says = explanation(clients, refused(clients.s3.create_bucket, Bucket=fresh("b"))[2])
    assert f"to a service control policy attached to unit {unit_name}" in says


def explanation(clients, message: str) -> str:
    return weir_client(clients).explain(DecisionId=re.search(r"\(decision ([0-9a-f-]+)\)", message).group(1))["Text"]


def test_moving_and_leaving_change_what_is_above(org, root, member):
    unit, account, clients = member
    one = new_policy(org, DENY_BUCKETS)
    org.attach_policy(PolicyId=one, TargetId=unit)
    assert code(clients.s3.create_bucket, Bucket=fresh("b")) == "AccessDenied"
    org.move_account(AccountId=account, SourceParentId=unit, DestinationParentId=root)
    clients.s3.create_bucket(Bucket=fresh("b"))
    org.move_account(AccountId=account, SourceParentId=root, DestinationParentId=unit)
    assert code(clients.s3.create_bucket, Bucket=fresh("b")) == "AccessDenied"
    org.remove_account_from_organization(AccountId=account)
    clients.s3.create_bucket(Bucket=fresh("b"))


def test_a_policy_above_can_keep_an_account_from_leaving(org, member):
    unit, account, clients = member
    org.attach_policy(PolicyId=new_policy(org, policy(statement("Deny", "organizations:LeaveOrganization"))), TargetId=unit)
    status, error, message = refused(clients.organizations.leave_organization)
    assert error == "AccessDeniedException" and "service control policy" in message


def test_the_management_account_is_exempt(server, admin, org, member):
    unit, account, clients = member
    one = new_policy(org, policy(statement("Deny", "iam:ListGroups")))
    org.attach_policy(PolicyId=one, TargetId=ACCOUNT)
    assert admin.iam.list_groups() is not None
    org.detach_policy(PolicyId=one, TargetId=ACCOUNT)


def test_assuming_roles_passes_the_callers_policies(org, member):
    unit, account, clients = member
    clients.iam.create_role(RoleName="next", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "sts:AssumeRole"}]}))
    arn = f"arn:aws:iam::{account}:role/next"
    clients.sts.assume_role(RoleArn=arn, RoleSessionName="ss")
    org.attach_policy(PolicyId=new_policy(org, policy(statement("Deny", "sts:AssumeRole", arn))), TargetId=unit)
    assert code(clients.sts.assume_role, RoleArn=arn, RoleSessionName="ss") == "AccessDenied"


def test_disabling_the_type_takes_all_away(server, third):
    client = third.organizations
    client.create_organization()
    root = client.list_roots()["Roots"][0]["Id"]
    assert code(client.attach_policy, PolicyId=FULL, TargetId=root) == "PolicyTypeNotEnabledException"
    assert client.enable_policy_type(RootId=root, PolicyType=SCP)["Root"]["PolicyTypes"] == [{"Type": SCP, "Status": "ENABLED"}]
    assert code(client.enable_policy_type, RootId=root, PolicyType=SCP) == "PolicyTypeAlreadyEnabledException"
    assert code(client.enable_policy_type, RootId="r-zzzz", PolicyType=SCP) == "RootNotFoundException"
    account = new_account(client)
    clients = enter(server, third, account)
    client.attach_policy(PolicyId=new_policy(client, DENY_BUCKETS), TargetId=root)
    assert code(clients.s3.create_bucket, Bucket=fresh("b")) == "AccessDenied"
    client.disable_policy_type(RootId=root, PolicyType=SCP)
    clients.s3.create_bucket(Bucket=fresh("b"))
    assert attached(client, root) == []
    client.enable_policy_type(RootId=root, PolicyType=SCP)
    assert attached(client, root) == attached(client, account) == [FULL]
    client.remove_account_from_organization(AccountId=account)
    client.delete_organization()


# --- the keys that conditions read


@pytest.fixture()
def ana(member):
    """A user of the member account, and how to allow her to list groups under a condition."""
    unit, account, clients = member
    clients.iam.create_user(UserName="ana")
    key = clients.iam.create_access_key(UserName="ana")["AccessKey"]
    iam = Clients(clients._endpoint, key["AccessKeyId"], key["SecretAccessKey"], None).iam

    def may_when(condition: dict) -> bool:
        clients.iam.put_user_policy(UserName="ana", PolicyName="p", PolicyDocument=policy(
            statement("Allow", "iam:ListGroups", condition=condition)))
        try:
            return iam.list_groups() is not None
        except ClientError as error:
            assert error.response["Error"]["Code"] == "AccessDenied"
            return False

    return may_when


@pytest.mark.parametrize("key", ["aws:PrincipalOrgID", "aws:ResourceOrgID"])
def test_conditions_know_the_organization(org, member, ana, organization, key):
    assert ana({"StringEquals": {key: organization["Id"]}})
    assert not ana({"StringEquals": {key: "o-aaaaaaaaaa"}})
    assert not ana({"Null": {key: "true"}})
    org.remove_account_from_organization(AccountId=member[1])
    assert not ana({"StringEquals": {key: organization["Id"]}})
    assert ana({"Null": {key: "true"}})


@pytest.mark.parametrize("key", ["aws:PrincipalOrgPaths", "aws:ResourceOrgPaths"])
def test_conditions_know_the_path(org, root, member, ana, organization, key):
    unit, account, clients = member
    here = {"ForAnyValue:StringEquals": {key: f"{organization['Id']}/{root}/{unit}/"}}
    assert ana(here)
    org.move_account(AccountId=account, SourceParentId=unit, DestinationParentId=root)
    assert not ana(here)
    assert ana({"ForAnyValue:StringLike": {key: f"{organization['Id']}/{root}/*"}})
