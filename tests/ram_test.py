"""Resource shares over the wire: who shares what with whom, invitations, and the organization."""

import json
import uuid

import boto3
import pytest
from botocore.config import Config

from aws_cli_test import CLIS, Cli
from conftest import ACCOUNT, REGION, Server
from iam_words import code, fresh, login, make_user, refused, statement
from organizations_test import enter, make_account, new_account, new_unit
from sharing_words import Account

OUTSIDE, THIRD = "444455556666", "777788889999"
SERVICE_ROLE = "AWSServiceRoleForResourceAccessManager"
MANAGED = "arn:aws:ram::aws:permission/"


def glue_arn(resource: str, account: str = ACCOUNT) -> str:
    return f"arn:aws:glue:{REGION}:{account}:{resource}"


TABLE, DATABASE = glue_arn("table/sales/orders"), glue_arn("database/sales")


def make_catalog(clients, database: str = "sales") -> None:
    clients.glue.create_database(DatabaseInput={"Name": database})
    for table in ("orders", "customers"):
        clients.glue.create_table(DatabaseName=database, TableInput={"Name": table})


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("ram") / "data").start()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def admin(server):
    clients = server.session()
    make_catalog(clients)
    return clients


@pytest.fixture(scope="module")
def ram(admin):
    return admin.ram


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
def member(server, admin, organization):
    """An account of the organization, and the clients of its administrator."""
    account = new_account(admin.organizations)
    return account, enter(server, admin, account)


@pytest.fixture()
def sharing(ram, organization):
    """Sharing in the organization, for one test."""
    assert ram.enable_sharing_with_aws_organization()["returnValue"] is True


def new_share(client, **options) -> str:
    return client.create_resource_share(name=fresh("share"), **options)["resourceShare"]["resourceShareArn"]


def association(client, share: str, principal: str) -> dict | None:
    found = client.get_resource_share_associations(associationType="PRINCIPAL", resourceShareArns=[share],
                                                   principal=principal)["resourceShareAssociations"]
    return found[0] if found else None


def status(client, share: str, principal: str) -> str | None:
    found = association(client, share, principal)
    return found and found["status"]


def invitation(clients, share: str) -> dict:
    (found,) = clients.ram.get_resource_share_invitations(resourceShareArns=[share])["resourceShareInvitations"]
    return found


def received(clients) -> list[str]:
    shares = clients.ram.get_resource_shares(resourceOwner="OTHER-ACCOUNTS")["resourceShares"]
    return [share["resourceShareArn"] for share in shares]


def accept(clients, share: str) -> dict:
    return clients.ram.accept_resource_share_invitation(
        resourceShareInvitationArn=invitation(clients, share)["resourceShareInvitationArn"])["resourceShareInvitation"]


# --- shares


def test_a_share_as_it_is_described(ram):
    answer = ram.create_resource_share(name="orders", resourceArns=[TABLE], tags=[{"key": "Team", "value": "a"}],
                                       clientToken="described")
    share = answer["resourceShare"]
    assert answer["clientToken"] == "described"
    assert share["resourceShareArn"].startswith(f"arn:aws:ram:{REGION}:{ACCOUNT}:resource-share/")
    uuid.UUID(share["resourceShareArn"].rsplit("/")[-1])
    assert (share["name"], share["owningAccountId"], share["status"]) == ("orders", ACCOUNT, "ACTIVE")
    assert share["allowExternalPrincipals"] is True and share["featureSet"] == "STANDARD"
    (listed,) = ram.get_resource_shares(resourceOwner="SELF", resourceShareArns=[share["resourceShareArn"]])["resourceShares"]
    assert listed["tags"] == [{"key": "Team", "value": "a"}]
    assert listed["creationTime"] == share["creationTime"]


def test_shares_are_found_by_name_tag_permission_and_status(ram):
    tag = fresh("tag")
    share = new_share(ram, resourceArns=[TABLE], tags=[{"key": tag, "value": "yes"}])
    name = ram.get_resource_shares(resourceOwner="SELF", resourceShareArns=[share])["resourceShares"][0]["name"]

    def found(**filters):
        return [s["resourceShareArn"] for s in ram.get_resource_shares(resourceOwner="SELF", **filters)["resourceShares"]]

    assert found(name=name) == [share]
    assert found(tagFilters=[{"tagKey": tag}]) == [share]
    assert found(tagFilters=[{"tagKey": tag, "tagValues": ["yes", "no"]}]) == [share]
    assert found(tagFilters=[{"tagKey": tag, "tagValues": ["no"]}]) == []
    assert share in found(permissionArn=MANAGED + "AWSRAMDefaultPermissionGlueTable")
    assert share not in found(permissionArn=MANAGED + "AWSRAMDefaultPermissionGlueCatalog")
    assert share in found(resourceShareStatus="ACTIVE") and found(resourceShareStatus="DELETED") == []
    assert share not in [s["resourceShareArn"]
                         for s in ram.get_resource_shares(resourceOwner="OTHER-ACCOUNTS")["resourceShares"]]


def test_a_share_is_renamed_tagged_and_removed(ram):
    share = new_share(ram)
    changed = ram.update_resource_share(resourceShareArn=share, name="renamed", allowExternalPrincipals=False)["resourceShare"]
    assert changed["name"] == "renamed" and changed["allowExternalPrincipals"] is False
    assert changed["lastUpdatedTime"] >= changed["creationTime"]
    ram.tag_resource(resourceShareArn=share, tags=[{"key": "k", "value": "1"}, {"key": "kept", "value": "1"}])
    ram.tag_resource(resourceShareArn=share, tags=[{"key": "Kept", "value": "2"}])
    ram.untag_resource(resourceShareArn=share, tagKeys=["K", "absent"])
    (shown,) = ram.get_resource_shares(resourceOwner="SELF", resourceShareArns=[share])["resourceShares"]
    assert shown["tags"] == [{"key": "Kept", "value": "2"}]
    assert ram.delete_resource_share(resourceShareArn=share)["returnValue"] is True
    assert code(ram.delete_resource_share, resourceShareArn=share) == "UnknownResourceException"
    assert code(ram.get_resource_shares, resourceOwner="SELF", resourceShareArns=[share]) == "UnknownResourceException"


def test_the_same_request_twice_under_a_token_is_one(ram):
    token, name = uuid.uuid4().hex, fresh("once")
    first = ram.create_resource_share(name=name, clientToken=token)["resourceShare"]
    assert ram.create_resource_share(name=name, clientToken=token)["resourceShare"] == first
    assert code(ram.create_resource_share, name=name, allowExternalPrincipals=False,
                clientToken=token) == "IdempotentParameterMismatchException"
    assert code(ram.delete_resource_share, resourceShareArn=first["resourceShareArn"],
                clientToken=token) == "IdempotentParameterMismatchException"
    assert len(ram.get_resource_shares(resourceOwner="SELF", name=name)["resourceShares"]) == 1
    deletion = {"resourceShareArn": first["resourceShareArn"], "clientToken": uuid.uuid4().hex}
    assert ram.delete_resource_share(**deletion)["returnValue"] is True
    assert code(ram.create_resource_share, name=name, clientToken="x" * 65) == "InvalidClientTokenException"


# --- resources


def test_resources_come_and_go(ram):
    share = new_share(ram, resourceArns=[TABLE, TABLE.upper().replace("ARN:AWS:GLUE:US-EAST-1", "arn:aws:glue:us-east-1")
                                         .replace("TABLE/", "table/")])
    answer = ram.associate_resource_share(resourceShareArn=share, resourceArns=[DATABASE, glue_arn("catalog"), TABLE])
    assert {a["status"] for a in answer["resourceShareAssociations"]} == {"ASSOCIATED"}
    types = {r["arn"]: r["type"] for r in ram.list_resources(resourceOwner="SELF", resourceShareArns=[share])["resources"]}
    assert types == {TABLE: "glue:Table", DATABASE: "glue:Database", glue_arn("catalog"): "glue:Catalog"}
    gone = ram.disassociate_resource_share(resourceShareArn=share, resourceArns=[DATABASE])["resourceShareAssociations"]
    assert [(a["associatedEntity"], a["status"]) for a in gone] == [(DATABASE, "DISASSOCIATED")]
    assert code(ram.disassociate_resource_share, resourceShareArn=share, resourceArns=[DATABASE]) == "UnknownResourceException"
    listed = ram.get_resource_share_associations(associationType="RESOURCE", resourceShareArns=[share])["resourceShareAssociations"]
    assert {a["associatedEntity"] for a in listed} == {TABLE, glue_arn("catalog")}


def test_a_dropped_table_is_shown_as_unavailable(admin, ram):
    admin.glue.create_table(DatabaseName="sales", TableInput={"Name": "passing"})
    share = new_share(ram, resourceArns=[glue_arn("table/sales/passing")])
    admin.glue.delete_table(DatabaseName="sales", Name="passing")
    (shown,) = ram.list_resources(resourceOwner="SELF", resourceShareArns=[share])["resources"]
    assert shown["status"] == "UNAVAILABLE"


@pytest.mark.parametrize("resource, expected", [
    (glue_arn("table/sales/absent"), "UnknownResourceException"),
    (glue_arn("database/absent"), "UnknownResourceException"),
    (glue_arn("table/sales/orders", OUTSIDE), "OperationNotPermittedException"),
    ("arn:aws:s3:::bucket", "InvalidParameterException"),
    ("arn:aws:ec2:us-east-1:111122223333:subnet/s-1", "InvalidParameterException"),
    (glue_arn("table/sales/*"), "InvalidParameterException"),
    (glue_arn("table/sales"), "InvalidParameterException"),
    ("arn:aws:glue:eu-west-1:111122223333:database/sales", "InvalidParameterException"),
    ("orders", "MalformedArnException"),
    ("", "MalformedArnException"),
])
def test_only_ones_own_catalogs_databases_and_tables_are_shared(ram, resource, expected):
    name = fresh("none")
    assert code(ram.create_resource_share, name=name, resourceArns=[resource]) == expected
    assert ram.get_resource_shares(resourceOwner="SELF", name=name)["resourceShares"] == []


# --- invitations


def test_an_outsider_is_invited_and_accepts(ram, outside):
    share = new_share(ram, resourceArns=[TABLE], principals=[OUTSIDE])
    waiting = association(ram, share, OUTSIDE)
    assert waiting["status"] == "ASSOCIATING" and waiting["external"] is True
    invited = invitation(outside, share)
    assert invited["resourceShareInvitationArn"].startswith(f"arn:aws:ram:{REGION}:{ACCOUNT}:resource-share-invitation/")
    assert (invited["senderAccountId"], invited["receiverAccountId"], invited["status"]) == (ACCOUNT, OUTSIDE, "PENDING")
    assert share not in received(outside)
    assert code(outside.ram.list_resources, resourceOwner="OTHER-ACCOUNTS",
                resourceShareArns=[share]) == "UnknownResourceException"
    pending = outside.ram.list_pending_invitation_resources(
        resourceShareInvitationArn=invited["resourceShareInvitationArn"])["resources"]
    assert [(r["arn"], r["status"]) for r in pending] == [(TABLE, "PENDING")]

    assert accept(outside, share)["status"] == "ACCEPTED"
    assert status(ram, share, OUTSIDE) == "ASSOCIATED"
    assert share in received(outside)
    (shown,) = outside.ram.list_resources(resourceOwner="OTHER-ACCOUNTS", resourceShareArns=[share])["resources"]
    assert (shown["arn"], shown["status"]) == (TABLE, "AVAILABLE")
    senders = outside.ram.list_principals(resourceOwner="OTHER-ACCOUNTS", resourceShareArns=[share])["principals"]
    assert [p["id"] for p in senders] == [ACCOUNT]
    assert [p["id"] for p in ram.list_principals(resourceOwner="SELF", resourceShareArns=[share])["principals"]] == [OUTSIDE]

    ram.disassociate_resource_share(resourceShareArn=share, principals=[OUTSIDE])
    assert share not in received(outside) and status(ram, share, OUTSIDE) is None
    assert outside.ram.get_resource_share_invitations(resourceShareArns=[share])["resourceShareInvitations"] == []


def test_an_answer_is_given_once(ram, outside):
    share = new_share(ram, principals=[OUTSIDE])
    arn = invitation(outside, share)["resourceShareInvitationArn"]
    token = uuid.uuid4().hex
    outside.ram.accept_resource_share_invitation(resourceShareInvitationArn=arn, clientToken=token)
    again = outside.ram.accept_resource_share_invitation(resourceShareInvitationArn=arn, clientToken=token)
    assert again["resourceShareInvitation"]["status"] == "ACCEPTED"
    accepted = "ResourceShareInvitationAlreadyAcceptedException"
    assert code(outside.ram.accept_resource_share_invitation, resourceShareInvitationArn=arn) == accepted
    assert code(outside.ram.reject_resource_share_invitation, resourceShareInvitationArn=arn) == accepted
    assert code(outside.ram.list_pending_invitation_resources, resourceShareInvitationArn=arn) == "InvalidParameterException"


def test_a_rejected_invitation_is_renewed(ram, outside):
    share = new_share(ram, principals=[OUTSIDE])
    arn = invitation(outside, share)["resourceShareInvitationArn"]
    answer = outside.ram.reject_resource_share_invitation(resourceShareInvitationArn=arn)["resourceShareInvitation"]
    assert answer["status"] == "REJECTED"
    failed = association(ram, share, OUTSIDE)
    assert failed["status"] == "FAILED" and failed["statusMessage"]
    rejected = "ResourceShareInvitationAlreadyRejectedException"
    assert code(outside.ram.accept_resource_share_invitation, resourceShareInvitationArn=arn) == rejected
    assert code(outside.ram.list_pending_invitation_resources, resourceShareInvitationArn=arn) == rejected
    ram.disassociate_resource_share(resourceShareArn=share, principals=[OUTSIDE])
    ram.associate_resource_share(resourceShareArn=share, principals=[OUTSIDE])
    assert status(ram, share, OUTSIDE) == "ASSOCIATING"
    assert code(outside.ram.accept_resource_share_invitation,
                resourceShareInvitationArn=arn) == "ResourceShareInvitationArnNotFoundException"
    accept(outside, share)
    assert status(ram, share, OUTSIDE) == "ASSOCIATED"


def test_an_invitation_that_nobody_answers_in_time_expires(tmp_path):
    """Invitations of this server are open for no time at all."""
    server = Server(tmp_path / "data", "--share-invitation-s", "0").start()
    admin, outside = server.session(), make_account(server, OUTSIDE)
    share = new_share(admin.ram, principals=[OUTSIDE])
    late = invitation(outside, share)
    assert late["status"] == "EXPIRED" and status(admin.ram, share, OUTSIDE) == "FAILED"
    arn, expired = late["resourceShareInvitationArn"], "ResourceShareInvitationExpiredException"
    for call in (outside.ram.accept_resource_share_invitation, outside.ram.reject_resource_share_invitation,
                 outside.ram.list_pending_invitation_resources):
        assert code(call, resourceShareInvitationArn=arn) == expired
    assert received(outside) == []
    admin.ram.associate_resource_share(resourceShareArn=share, principals=[OUTSIDE])
    assert invitation(outside, share)["resourceShareInvitationArn"] != arn
    assert server.stop() == 0


def test_an_invitation_and_its_answer_survive_a_restart(tmp_path):
    server = Server(tmp_path / "data").start()
    outside = make_account(server, OUTSIDE)
    first, second = (new_share(server.session().ram, principals=[OUTSIDE]) for _ in range(2))
    accept(outside, first)
    server.kill()
    server.start()
    again = server.session(profile=OUTSIDE)
    assert received(again) == [first]
    accept(again, second)
    assert sorted(received(again)) == sorted([first, second])
    assert server.stop() == 0


def test_associating_again_sends_nothing_new(ram, outside):
    share = new_share(ram, principals=[OUTSIDE])
    before = invitation(outside, share)
    ram.associate_resource_share(resourceShareArn=share, principals=[OUTSIDE, f"arn:aws:iam::{OUTSIDE}:root"])
    assert invitation(outside, share) == before


def test_a_role_of_another_account_is_invited_through_its_account(ram, outside, third):
    role = f"arn:aws:iam::{OUTSIDE}:role/reader"
    share = new_share(ram, principals=[role])
    invited = invitation(outside, share)
    assert (invited["receiverAccountId"], invited["receiverArn"]) == (OUTSIDE, role)
    assert third.ram.get_resource_share_invitations(resourceShareArns=[share])["resourceShareInvitations"] == []
    accept(outside, share)
    assert status(ram, share, role) == "ASSOCIATED"


def test_a_share_for_insiders_invites_nobody(ram):
    share = new_share(ram, allowExternalPrincipals=False)
    assert code(ram.associate_resource_share, resourceShareArn=share, principals=[OUTSIDE]) == "OperationNotPermittedException"
    assert code(ram.create_resource_share, name="none", allowExternalPrincipals=False,
                principals=[OUTSIDE]) == "OperationNotPermittedException"


def test_a_share_with_outsiders_is_not_closed_to_them(ram):
    share = new_share(ram, principals=[OUTSIDE])
    assert code(ram.update_resource_share, resourceShareArn=share,
                allowExternalPrincipals=False) == "OperationNotPermittedException"


def test_nobody_shares_with_itself(ram):
    for principal in (ACCOUNT, f"arn:aws:iam::{ACCOUNT}:role/reader"):
        assert code(ram.create_resource_share, name="self", principals=[principal]) == "InvalidParameterException"


@pytest.mark.parametrize("principal, expected", [
    ("12", "InvalidParameterException"), ("*", "InvalidParameterException"), ("", "InvalidParameterException"),
    ("lambda.amazonaws.com", "InvalidParameterException"),
    (f"arn:aws:iam::{OUTSIDE}:role/*", "MalformedArnException"),
    (f"arn:aws:iam::{OUTSIDE}:group/g", "MalformedArnException"),
    ("arn:aws:iam::*:root", "MalformedArnException"),
    (f"arn:aws:organizations::{OUTSIDE}:organization/o-other", "OperationNotPermittedException"),
])
def test_principals_that_are_none(ram, principal, expected):
    assert code(ram.create_resource_share, name="none", principals=[principal]) == expected


# --- the organization


def test_only_the_management_account_enables_sharing(third, member):
    for clients in (third, member[1]):
        assert code(clients.ram.enable_sharing_with_aws_organization) == "OperationNotPermittedException"


def test_enabling_sharing_trusts_the_service_and_makes_its_role(admin, sharing, ram):
    trusted = admin.organizations.list_aws_service_access_for_organization()["EnabledServicePrincipals"]
    assert "ram.amazonaws.com" in [one["ServicePrincipal"] for one in trusted]
    role = admin.iam.get_role(RoleName=SERVICE_ROLE)["Role"]
    assert role["Path"] == "/aws-service-role/ram.amazonaws.com/"
    attached = admin.iam.list_attached_role_policies(RoleName=SERVICE_ROLE)["AttachedPolicies"]
    assert [p["PolicyName"] for p in attached] == ["AWSResourceAccessManagerServiceRolePolicy"]
    task = admin.iam.delete_service_linked_role(RoleName=SERVICE_ROLE)["DeletionTaskId"]
    assert admin.iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"] == "FAILED"
    assert ram.enable_sharing_with_aws_organization()["returnValue"] is True  # again


def test_a_member_has_it_at_once(ram, sharing, member):
    account, clients = member
    share = new_share(ram, principals=[account], resourceArns=[TABLE], allowExternalPrincipals=False)
    there = association(ram, share, account)
    assert there["status"] == "ASSOCIATED" and there["external"] is False
    assert clients.ram.get_resource_share_invitations(resourceShareArns=[share])["resourceShareInvitations"] == []
    assert share in received(clients)


def test_an_organization_and_a_unit_stand_for_their_members(admin, ram, sharing, member, organization, outside):
    account, clients = member
    whole = new_share(ram, principals=[organization["Arn"]], resourceArns=[TABLE])
    root = admin.organizations.list_roots()["Roots"][0]["Id"]
    unit = new_unit(admin.organizations, root)
    arn = admin.organizations.describe_organizational_unit(OrganizationalUnitId=unit)["OrganizationalUnit"]["Arn"]
    part = new_share(ram, principals=[arn], resourceArns=[TABLE])
    assert whole in received(clients) and part not in received(clients)
    admin.organizations.move_account(AccountId=account, SourceParentId=root, DestinationParentId=unit)
    assert part in received(clients)
    admin.organizations.move_account(AccountId=account, SourceParentId=unit, DestinationParentId=root)
    assert part not in received(clients)
    assert whole not in received(outside) and whole not in received(admin)
    assert code(ram.associate_resource_share, resourceShareArn=whole,
                principals=[arn + "x"]) == "UnknownResourceException"


def test_without_trust_members_are_invited_like_everybody(admin, ram, sharing, member, organization):
    account, clients = member
    share = new_share(ram, principals=[account], resourceArns=[TABLE])
    whole = new_share(ram, principals=[organization["Arn"]])
    admin.organizations.disable_aws_service_access(ServicePrincipal="ram.amazonaws.com")
    try:
        assert status(ram, share, account) == "DISASSOCIATED" and share not in received(clients)
        assert status(ram, whole, organization["Arn"]) == "DISASSOCIATED" and whole not in received(clients)
        assert code(ram.create_resource_share, name="none",
                    principals=[organization["Arn"]]) == "OperationNotPermittedException"
        invited = new_share(ram, principals=[account])
        assert status(ram, invited, account) == "ASSOCIATING"
        assert association(ram, invited, account)["external"] is False
        accept(clients, invited)
        assert invited in received(clients)
    finally:
        ram.enable_sharing_with_aws_organization()
    assert share in received(clients)


def test_who_leaves_the_organization_loses_what_membership_gave_and_keeps_what_it_accepted(server, admin, ram, sharing):
    account = new_account(admin.organizations)
    clients = enter(server, admin, account)
    given = new_share(ram, principals=[account], resourceArns=[TABLE])
    assert given in received(clients)
    clients.organizations.leave_organization()
    assert received(clients) == []
    assert status(ram, given, account) == "DISASSOCIATED"
    assert code(clients.ram.list_resources, resourceOwner="OTHER-ACCOUNTS",
                resourceShareArns=[given]) == "UnknownResourceException"
    ram.associate_resource_share(resourceShareArn=given, principals=[account])
    assert status(ram, given, account) == "ASSOCIATING"
    accept(clients, given)
    assert received(clients) == [given]


# --- managed permissions


def test_managed_permissions_read_user_defined_functions(ram):
    listed = ram.list_permissions(resourceType="glue:Database")["permissions"]
    names = {p["name"] for p in listed}
    assert {"AWSRAMDefaultPermissionGlueDatabase", "AWSRAMLFEnabledGlueDatabaseReadWrite",
            "AWSRAMLFEnabledGlueAllTablesReadWriteForDatabase"} <= names
    assert [p["name"] for p in listed if p["isResourceTypeDefault"]] == ["AWSRAMDefaultPermissionGlueDatabase"]
    for one in ram.list_permissions(maxResults=500)["permissions"]:
        detail = ram.get_permission(permissionArn=one["arn"])["permission"]
        assert "glue:GetUserDefinedFunctions" in json.loads(detail["permission"])["Action"]
        assert detail["version"] == one["version"] and detail["defaultVersion"] is True
        assert len(ram.list_permission_versions(permissionArn=one["arn"])["permissions"]) == 1
    assert code(ram.get_permission, permissionArn=MANAGED + "None") == "UnknownResourceException"
    assert code(ram.get_permission, permissionArn="None") == "MalformedArnException"
    assert code(ram.get_permission, permissionArn=listed[0]["arn"], permissionVersion=99) == "UnknownResourceException"
    assert code(ram.list_permissions, resourceType="ec2:Subnet") == "InvalidParameterException"
    assert ram.list_permissions(permissionType="CUSTOMER_MANAGED")["permissions"] == []


def test_a_share_has_one_permission_for_each_type(ram):
    share = new_share(ram, resourceArns=[TABLE])
    wanted, usual = MANAGED + "AWSRAMPermissionGlueTableReadWrite", MANAGED + "AWSRAMDefaultPermissionGlueTable"

    def held():
        return [p["arn"] for p in ram.list_resource_share_permissions(resourceShareArn=share)["permissions"]]

    assert held() == [usual]
    assert code(ram.associate_resource_share_permission, resourceShareArn=share,
                permissionArn=wanted) == "InvalidParameterException"
    assert ram.associate_resource_share_permission(resourceShareArn=share, permissionArn=wanted, replace=True)["returnValue"]
    assert held() == [wanted]
    assert code(ram.disassociate_resource_share_permission, resourceShareArn=share,
                permissionArn=wanted) == "OperationNotPermittedException"
    ram.disassociate_resource_share(resourceShareArn=share, resourceArns=[TABLE])
    assert ram.disassociate_resource_share_permission(resourceShareArn=share, permissionArn=wanted)["returnValue"]
    assert held() == []
    assert code(ram.disassociate_resource_share_permission, resourceShareArn=share,
                permissionArn=wanted) == "UnknownResourceException"
    assert code(ram.create_resource_share, name="two", permissionArns=[wanted, usual]) == "InvalidParameterException"


def test_associations_of_permissions_are_listed(ram):
    share = new_share(ram, permissionArns=[MANAGED + "AWSRAMPermissionGlueTableReadWrite"])
    (held,) = ram.list_permission_associations(resourceShareArn=share)["permissions"]
    assert held["arn"].endswith("/AWSRAMPermissionGlueTableReadWrite") and held["status"] == "ASSOCIATED"
    assert ram.list_permission_associations(resourceShareArn=share, resourceType="glue:Database")["permissions"] == []


def test_the_types_of_resources(ram):
    assert [t["resourceType"] for t in ram.list_resource_types()["resourceTypes"]] == ["glue:Catalog", "glue:Database", "glue:Table"]
    assert ram.list_resource_types(resourceRegionScope="GLOBAL")["resourceTypes"] == []


# --- lists


def test_lists_go_on_page_after_page(ram, outside):
    shares = sorted(new_share(ram, principals=[OUTSIDE], resourceArns=[TABLE]) for _ in range(5))
    told, token = [], None
    while True:
        page = ram.get_resource_shares(resourceOwner="SELF", resourceShareArns=shares, maxResults=2,
                                       **({"nextToken": token} if token else {}))
        told += [s["resourceShareArn"] for s in page["resourceShares"]]
        if len(told) == 2:  # what is removed or added between the pages neither repeats nor hides others
            ram.delete_resource_share(resourceShareArn=shares[0])
            shares = shares[1:]
        token = page.get("nextToken")
        if not token:
            break
    assert told[0] not in shares and told[1:] == shares
    pages = outside.ram.get_paginator("get_resource_share_invitations").paginate(
        resourceShareArns=shares, PaginationConfig={"PageSize": 1})
    assert sorted(i["resourceShareArn"] for page in pages for i in page["resourceShareInvitations"]) == shares
    pages = ram.get_paginator("list_principals").paginate(resourceOwner="SELF", resourceShareArns=shares,
                                                          PaginationConfig={"PageSize": 3})
    assert sorted(p["resourceShareArn"] for page in pages for p in page["principals"]) == shares
    assert code(ram.get_resource_shares, resourceOwner="SELF", nextToken="%%%") == "InvalidNextTokenException"


def test_filters_of_resources_and_principals(ram):
    share = new_share(ram, resourceArns=[TABLE, DATABASE], principals=[OUTSIDE])
    only = {"resourceOwner": "SELF", "resourceShareArns": [share]}

    def resources(**filters):
        return sorted(r["arn"] for r in ram.list_resources(**only, **filters)["resources"])

    assert resources(resourceType="glue:Table") == [TABLE]
    assert resources(resourceArns=[DATABASE]) == [DATABASE]
    assert resources(principal=OUTSIDE) == sorted([TABLE, DATABASE]) and resources(principal=THIRD) == []
    assert resources(resourceRegionScope="GLOBAL") == []
    assert code(ram.list_resources, **only, resourceType="ec2:Subnet") == "InvalidResourceTypeException"
    assert len(ram.list_principals(**only, resourceArn=TABLE, principals=[OUTSIDE])["principals"]) == 1
    assert ram.list_principals(**only, resourceArn=glue_arn("catalog"))["principals"] == []
    assert code(ram.get_resource_share_associations, associationType="PRINCIPAL",
                resourceArn=TABLE) == "InvalidParameterException"
    assert ram.get_resource_share_associations(associationType="SOURCE")["resourceShareAssociations"] == []
    assert ram.get_resource_share_associations(associationType="PRINCIPAL", resourceShareArns=[share],
                                               associationStatus="ASSOCIATED")["resourceShareAssociations"] == []


# --- attacks


def test_nobody_answers_somebody_elses_invitation(ram, outside, third):
    share = new_share(ram, principals=[OUTSIDE])
    arn = invitation(outside, share)["resourceShareInvitationArn"]
    absent = "ResourceShareInvitationArnNotFoundException"
    for clients in (third, None):
        client = clients.ram if clients else ram  # the sender does not answer for the receiver either
        assert code(client.accept_resource_share_invitation, resourceShareInvitationArn=arn) == absent
        assert code(client.reject_resource_share_invitation, resourceShareInvitationArn=arn) == absent
        assert code(client.list_pending_invitation_resources, resourceShareInvitationArn=arn) == absent
        assert code(client.get_resource_share_invitations, resourceShareInvitationArns=[arn]) == absent
    assert status(ram, share, OUTSIDE) == "ASSOCIATING"


def test_forged_invitations_are_none(ram, outside):
    share = new_share(ram, principals=[OUTSIDE])
    arn = invitation(outside, share)["resourceShareInvitationArn"]
    identity = arn.rsplit("/")[-1]
    for forged in (arn.replace(ACCOUNT, THIRD), arn.replace(ACCOUNT, OUTSIDE), arn.replace(REGION, "eu-west-1"), arn + "0",
                   arn.replace(identity, str(uuid.uuid4()))):
        assert code(outside.ram.accept_resource_share_invitation,
                    resourceShareInvitationArn=forged) == "ResourceShareInvitationArnNotFoundException", forged
    for malformed in ("x", share, identity, arn.replace("arn:aws:ram", "arn:aws:iam"), "arn:aws:ram:::"):
        assert code(outside.ram.accept_resource_share_invitation,
                    resourceShareInvitationArn=malformed) == "MalformedArnException", malformed
    assert status(ram, share, OUTSIDE) == "ASSOCIATING"


def test_who_is_not_the_owner_changes_nothing(ram, outside, third):
    share = new_share(ram, principals=[OUTSIDE], resourceArns=[TABLE])
    accept(outside, share)
    permission = MANAGED + "AWSRAMPermissionGlueTableReadWrite"

    def attempts(client):
        own = glue_arn("catalog", client.meta.account)
        yield client.update_resource_share, {"name": "mine"}
        yield client.delete_resource_share, {}
        yield client.associate_resource_share, {"principals": [THIRD]}
        yield client.associate_resource_share, {"resourceArns": [own]}
        yield client.disassociate_resource_share, {"principals": [OUTSIDE]}
        yield client.associate_resource_share_permission, {"permissionArn": permission, "replace": True}
        yield client.disassociate_resource_share_permission, {"permissionArn": permission}
        yield client.tag_resource, {"tags": [{"key": "a", "value": "b"}]}
        yield client.untag_resource, {"tagKeys": ["a"]}

    for clients, account, expected in ((outside, OUTSIDE, "OperationNotPermittedException"),
                                       (third, THIRD, "UnknownResourceException")):
        clients.ram.meta.account = account
        for call, arguments in attempts(clients.ram):
            assert code(call, resourceShareArn=share, **arguments) == expected, call.__name__
    assert code(third.ram.list_resource_share_permissions, resourceShareArn=share) == "UnknownResourceException"
    assert outside.ram.list_resource_share_permissions(resourceShareArn=share)["permissions"]
    assert code(third.ram.get_resource_shares, resourceOwner="OTHER-ACCOUNTS",
                resourceShareArns=[share]) == "UnknownResourceException"
    assert code(outside.ram.get_resource_share_associations, associationType="PRINCIPAL",
                resourceShareArns=[share]) == "UnknownResourceException"
    assert status(ram, share, OUTSIDE) == "ASSOCIATED" and status(ram, share, THIRD) is None


def test_a_receiver_does_not_see_the_owners_tags(ram, outside):
    share = new_share(ram, principals=[OUTSIDE], tags=[{"key": "price", "value": "secret"}])
    accept(outside, share)
    (seen,) = outside.ram.get_resource_shares(resourceOwner="OTHER-ACCOUNTS", resourceShareArns=[share])["resourceShares"]
    assert not seen.get("tags")
    assert outside.ram.get_resource_shares(resourceOwner="OTHER-ACCOUNTS", tagFilters=[{"tagKey": "price"}])["resourceShares"] == []


def test_a_receiver_does_not_learn_the_owners_tags_by_its_own_policies(server, ram, outside):
    share = new_share(ram, principals=[OUTSIDE], tags=[{"key": "price", "value": "secret"}])
    accept(outside, share)
    for value in ("secret", "other"):
        guess = {"Effect": "Allow", "Action": "ram:ListResourceSharePermissions", "Resource": "*",
                 "Condition": {"StringEquals": {"aws:ResourceTag/price": value}}}
        asks = Account(server, outside, OUTSIDE).person(["sts:GetCallerIdentity"])
        outside.iam.put_role_policy(RoleName=asks.arn.rsplit("/")[-1], PolicyName="guess",
                                    PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [guess]}))
        assert code(asks.clients.ram.list_resource_share_permissions, resourceShareArn=share) == "AccessDeniedException"


def test_a_share_made_by_hand_opens_nothing(server, admin, ram, outside):
    share = new_share(ram, principals=[OUTSIDE], resourceArns=[TABLE])
    accept(outside, share)
    assert code(outside.glue.get_table, CatalogId=ACCOUNT, DatabaseName="sales",
                Name="orders") in ("AccessDeniedException", "EntityNotFoundException")


# --- IAM


def may(admin, server, *statements):
    """The RAM client of a new user with these statements."""
    return login(server, admin, make_user(admin, *statements)).ram


DENIED = "AccessDeniedException"


def test_without_a_policy_nothing_goes(server, admin, ram):
    client = may(admin, server, statement("Allow", "glue:*"))
    share = new_share(ram)
    assert refused(client.create_resource_share, name="x")[:2] == (403, DENIED)
    for call, arguments in ((client.get_resource_shares, {"resourceOwner": "SELF"}),
                            (client.delete_resource_share, {"resourceShareArn": share}),
                            (client.get_resource_share_invitations, {}), (client.list_permissions, {}),
                            (client.list_resources, {"resourceOwner": "SELF"}),
                            (client.enable_sharing_with_aws_organization, {})):
        assert code(call, **arguments) == DENIED, call.__name__


def test_conditions_know_what_is_shared_and_with_whom(server, admin):
    allowed = statement("Allow", "ram:CreateResourceShare", condition={
        "StringEquals": {"ram:RequestedResourceType": "glue:Table", "ram:Principal": [OUTSIDE, THIRD]},
        "ArnLike": {"ram:ResourceArn": TABLE}, "Bool": {"ram:RequestedAllowsExternalPrincipals": "true"}})
    client = may(admin, server, allowed)
    good = {"name": "x", "resourceArns": [TABLE], "principals": [OUTSIDE]}
    client.create_resource_share(**good)
    client.create_resource_share(**good | {"principals": [OUTSIDE, THIRD]})
    for change in ({"resourceArns": [DATABASE]}, {"resourceArns": [TABLE, DATABASE]},
                   {"resourceArns": [glue_arn("table/sales/customers")]}, {"resourceArns": []}, {"principals": []},
                   {"principals": [OUTSIDE, "123456789012"]}, {"allowExternalPrincipals": False}):
        assert code(client.create_resource_share, **good | change) == DENIED, change


def test_conditions_know_the_share(server, admin, ram):
    share = new_share(ram, tags=[{"key": "team", "value": "a"}])
    name = ram.get_resource_shares(resourceOwner="SELF", resourceShareArns=[share])["resourceShares"][0]["name"]
    other = new_share(ram, allowExternalPrincipals=False)
    for condition in ({"StringEquals": {"ram:ResourceShareName": name}}, {"StringEquals": {"aws:ResourceTag/team": "a"}},
                      {"Bool": {"ram:AllowsExternalPrincipals": "true"}}):
        client = may(admin, server, statement("Allow", "ram:AssociateResourceShare", condition=condition))
        client.associate_resource_share(resourceShareArn=share, resourceArns=[TABLE])
        assert code(client.associate_resource_share, resourceShareArn=other, resourceArns=[TABLE]) == DENIED, condition


def test_the_cross_account_managers_policy_is_enough_for_what_lake_formation_makes(server, admin):
    user = make_user(admin)
    admin.iam.attach_user_policy(UserName=user, PolicyArn="arn:aws:iam::aws:policy/AWSLakeFormationCrossAccountManager")
    client = login(server, admin, user).ram
    share = client.create_resource_share(name="LakeFormation-V3-ABCDEFGHIJ", resourceArns=[TABLE],
                                         principals=[OUTSIDE])["resourceShare"]["resourceShareArn"]
    client.associate_resource_share(resourceShareArn=share, resourceArns=[DATABASE])
    client.delete_resource_share(resourceShareArn=share)
    other = new_share(admin.ram)
    assert code(client.delete_resource_share, resourceShareArn=other) == DENIED
    assert code(client.tag_resource, resourceShareArn=other, tags=[{"key": "a", "value": "b"}]) == DENIED


def test_a_policy_may_name_the_sender_of_an_invitation(server, admin, ram, outside):
    share = new_share(ram, principals=[OUTSIDE])
    arn = invitation(outside, share)["resourceShareInvitationArn"]
    for sender, works in ((THIRD, False), (ACCOUNT, True)):
        client = may(outside, server, statement("Allow", "ram:AcceptResourceShareInvitation",
                                                condition={"StringEquals": {"ram:ShareOwnerAccountId": sender}}))
        if works:
            client.accept_resource_share_invitation(resourceShareInvitationArn=arn)
        else:
            assert code(client.accept_resource_share_invitation, resourceShareInvitationArn=arn) == DENIED


# --- bad input


def test_too_much_at_once(ram):
    many = [f"{n:012}" for n in range(101)]
    assert code(ram.create_resource_share, name="many", principals=many) == "InvalidParameterException"
    assert code(ram.create_resource_share, name="many",
                tags=[{"key": str(n), "value": ""} for n in range(51)]) == "TagLimitExceededException"
    share = new_share(ram)
    assert code(ram.associate_resource_share, resourceShareArn=share) == "InvalidParameterException"


@pytest.mark.parametrize("arguments, expected", [
    ({"name": ""}, "InvalidParameterException"),
    ({"name": "x" * 256}, "InvalidParameterException"),
    ({"name": "a\nb"}, "InvalidParameterException"),
    ({"name": "x", "sources": ["111122223333"]}, "InvalidParameterException"),
    ({"name": "x", "resourceShareConfiguration": {"retainSharingOnAccountLeaveOrganization": True}}, "InvalidParameterException"),
    ({"name": "x", "permissionArns": [MANAGED + "None"]}, "UnknownResourceException"),
    ({"name": "x", "tags": [{"key": "aws:x", "value": ""}]}, "InvalidParameterException"),
])
def test_what_a_share_cannot_be(ram, arguments, expected):
    assert code(ram.create_resource_share, **arguments) == expected


def test_members_outside_the_model_are_refused(server, admin):
    key = admin.credentials
    raw = boto3.Session(key["AccessKeyId"], key["SecretAccessKey"], region_name=REGION).client(
        "ram", endpoint_url=server.endpoint, config=Config(parameter_validation=False, retries={"max_attempts": 1}))
    for call, arguments in ((raw.get_resource_shares, {"resourceOwner": "ANYBODY"}), (raw.get_resource_shares, {}),
                            (raw.get_resource_shares, {"resourceOwner": "SELF", "maxResults": 501}),
                            (raw.create_resource_share, {}), (raw.delete_resource_share, {"resourceShareArn": ""}),
                            (raw.get_resource_share_associations, {"associationType": "EVERYTHING"})):
        answer = refused(call, **arguments)
        assert answer[0] == 400 and answer[1] in ("InvalidParameterException", "MalformedArnException"), (call.__name__, answer)


# --- the AWS CLI


@pytest.mark.parametrize("version", CLIS)
def test_the_aws_cli_shares_and_accepts(server, admin, outside, version):
    flags = () if version == "v1" else ("--endpoint-url", server.endpoint)
    aws = Cli(CLIS[version], server.cli_env, *flags)
    share = aws("ram", "create-resource-share", "--name", fresh("cli"), "--resource-arns", TABLE, "--principals", OUTSIDE,
                "--tags", "key=a,value=b")["resourceShare"]["resourceShareArn"]
    consumer = ("--profile", OUTSIDE)
    (invited,) = aws("ram", "get-resource-share-invitations", "--resource-share-arns", share, *consumer)["resourceShareInvitations"]
    aws("ram", "accept-resource-share-invitation", "--resource-share-invitation-arn",
        invited["resourceShareInvitationArn"], *consumer)
    shared = aws("ram", "list-resources", "--resource-owner", "OTHER-ACCOUNTS", "--resource-share-arns", share, *consumer)
    assert [r["arn"] for r in shared["resources"]] == [TABLE]
    assert aws("ram", "delete-resource-share", "--resource-share-arn", share)["returnValue"] is True
