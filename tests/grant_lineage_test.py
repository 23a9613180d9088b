"""Where what somebody has came from: told link by link, and no link but what a read bears out."""

import pytest
from botocore.exceptions import ClientError

from access_words import (ASKS, COLUMNS, by_kind, described_columns, engine_person, facts_lake, lineage, read_columns)
from conftest import ACCOUNT, server_of_its_own
from lake import storage
from lf_words import trust_account
from organizations_test import make_account
from request_words import Desk, refusal
from sharing_words import OUTSIDE, THIRD, Account, database, grant, table, who
from weir_words import weir_client

server, admin = server_of_its_own("lineage")
ALL_COLUMNS = [name for name, _ in COLUMNS]


@pytest.fixture(scope="module")
def lake(server, admin):
    return facts_lake(server, admin, "facts", OUTSIDE)


@pytest.fixture(scope="module")
def outside(server):
    return Account(server, make_account(server, OUTSIDE), OUTSIDE)


@pytest.fixture(scope="module")
def third(server):
    return make_account(server, THIRD)


@pytest.fixture()
def person(outside):
    return engine_person(outside)


def people(lake) -> str:
    return f"{lake.database}.people"


def arn_of(clients) -> str:
    return clients.sts.get_caller_identity()["Arn"]


# --- grants

def test_a_grant_is_followed_back_to_an_administrator(lake, admin):
    giver, taker = lake.role("giver", ASKS), lake.role("taker", ASKS)
    lake.grant(giver, ["SELECT"], lake.whole("people"), PermissionsWithGrantOption=["SELECT"])
    lake.assume(giver).lakeformation.grant_permissions(
        Principal={"DataLakePrincipalIdentifier": taker}, Permissions=["SELECT"], Resource=lake.whole("people"))
    me = arn_of(admin)
    told = {(one["From"], one["To"]): one for one in lineage(admin, taker, people(lake))}
    assert told[giver, taker]["Kind"] == "GRANT" and told[giver, taker]["Permissions"] == ["SELECT"]
    assert told[giver, taker]["By"] == giver and "At" in told[giver, taker]
    assert told[me, giver]["Grantable"] == ["SELECT"]
    assert told[ACCOUNT, me]["Kind"] == "ADMINISTRATOR"


def test_lineage_names_the_lf_tags_a_grant_goes_by(lake, admin):
    arn = lake.role("tagged", ASKS)
    admin.lakeformation.create_lf_tag(TagKey="facts-area", TagValues=["eu", "us"])
    admin.lakeformation.add_lf_tags_to_resource(Resource=lake.whole("orders"),
                                                LFTags=[{"TagKey": "facts-area", "TagValues": ["eu"]}])
    lake.grant(arn, ["SELECT"], {"LFTagPolicy": {"ResourceType": "TABLE", "Expression": [
        {"TagKey": "facts-area", "TagValues": ["eu"]}]}})
    [link] = [one for one in lineage(admin, arn, f"{lake.database}.orders") if one["To"] == arn]
    assert link["Kind"] == "LF_TAG" and link["Id"] == "facts-area=eu"
    assert not [one for one in lineage(admin, arn, people(lake)) if one["To"] == arn]


def test_others_hear_who_gave_to_them_and_not_what_that_rests_on(lake):
    giver, taker = lake.role("giver-2", ASKS), lake.role("taker-2", ASKS)
    lake.grant(giver, ["SELECT"], lake.whole("people"), PermissionsWithGrantOption=["SELECT"])
    lake.assume(giver).lakeformation.grant_permissions(
        Principal={"DataLakePrincipalIdentifier": taker}, Permissions=["SELECT"], Resource=lake.whole("people"))
    own = weir_client(lake.assume(taker))
    answer = own.get_grant_lineage(Principal=taker, Resource=people(lake))
    assert {(one["From"], one["To"]) for one in answer["Links"]} == {(giver, taker)} and not answer["Complete"]
    with pytest.raises(ClientError) as refused:
        own.get_grant_lineage(Principal=giver, Resource=people(lake))
    assert refused.value.response["Error"]["Code"] == "AccessDeniedException"
    hidden = own.get_grant_lineage(Principal=taker, Resource=f"{lake.database}.absentee")
    assert hidden["Links"] == own.get_grant_lineage(Principal=taker, Resource=f"{lake.database}.empty")["Links"] == []


def test_of_another_accounts_catalog_nobody_hears_what_its_own_people_have(lake, admin, third):
    """Also not who administers its own account, nor by a resource link to the table."""
    arn = lake.role("inside", ASKS)
    lake.grant(arn, ["SELECT"], lake.whole("people"))
    assert lineage(admin, arn, people(lake))
    lake.grant(THIRD, ["DESCRIBE"], lake.whole("orders"))
    asked = {"CatalogId": ACCOUNT, "Resource": people(lake)}
    for principal in (arn, f"arn:aws:iam::{ACCOUNT}:root", f"{ACCOUNT}:IAMPrincipals", "IAM_ALLOWED_PRINCIPALS"):
        code, says = refusal(weir_client(third).get_grant_lineage, Principal=principal, **asked)
        assert code in ("AccessDeniedException", "InvalidInputException", "EntityNotFoundException"), (principal, says)
    third.glue.create_database(DatabaseInput={"Name": "linked"})
    third.glue.create_table(DatabaseName="linked", TableInput={"Name": "people", "TargetTable": {
        "CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": "people"}})
    told = lineage(third, arn, "linked.people", THIRD)
    assert not [one for one in told if lake.database in one["On"]]
    me = arn_of(third)
    own = lineage(third, me, people(lake))
    assert {one["Kind"] for one in own} == {"ADMINISTRATOR"} and arn not in str(own)


# --- shares

def test_a_share_leads_from_the_owner_to_the_account_and_on_to_who_got_it_there(lake, admin, outside, person):
    on, asked = table(lake.database, "people"), (person.arn, people(lake))
    grant(admin.lakeformation, on, OUTSIDE, ["SELECT"], ["SELECT"])
    assert by_kind(lineage(outside.admin, *asked), "SHARE") == [] and read_columns(person.clients, *people(lake).split(".")) is None
    assert outside.accept() == 1
    grant(outside.lf, on, person.arn, ["SELECT"])
    told = lineage(outside.admin, *asked)
    assert read_columns(person.clients, *people(lake).split(".")) == ALL_COLUMNS
    [share] = [one for one in told if one["Kind"] == "SHARE"]
    assert (share["From"], share["To"], share["Grantable"]) == (ACCOUNT, OUTSIDE, ["SELECT"])
    [arn] = [one["resourceShareArn"] for one in outside.shares("OTHER-ACCOUNTS")]
    assert share["Id"] == arn and "By" not in share and "At" not in share
    assert by_kind(told, "GRANT") == [(arn_of(outside.admin), person.arn)]
    assert by_kind(told, "ADMINISTRATOR") == [(OUTSIDE, arn_of(outside.admin))]
    [owners] = [one for one in lineage(admin, OUTSIDE, people(lake)) if one["Kind"] == "SHARE"]
    assert (owners["From"], owners["To"], owners["By"], owners["Id"]) == (arn_of(admin), OUTSIDE, arn_of(admin), arn)
    lake.revoke(OUTSIDE, ["SELECT"], lake.whole("people"))
    assert by_kind(lineage(outside.admin, *asked), "SHARE") == [] and read_columns(person.clients, *people(lake).split(".")) is None


def test_a_share_with_somebody_of_another_account_leads_to_that_person(lake, outside, person):
    lake.grant(person.arn, ["SELECT"], lake.columns("orders", "id"))
    outside.accept()
    resource = f"{lake.database}.orders"
    assert by_kind(lineage(outside.admin, person.arn, resource), "SHARE") == [(ACCOUNT, person.arn)]
    assert by_kind(lineage(person.clients, person.arn, resource), "SHARE") == [(ACCOUNT, person.arn)]
    assert read_columns(person.clients, lake.database, "orders") == ["id"]
    other = engine_person(outside)
    assert lineage(outside.admin, other.arn, resource) == [] and read_columns(other.clients, lake.database, "orders") is None


# --- resource links

def linked(clients, name: str, lake, table: str) -> dict:
    clients.glue.create_database(DatabaseInput={"Name": name})
    clients.glue.create_table(DatabaseName=name, TableInput={"Name": "link", "TargetTable": {
        "CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": table}})
    return {"Table": {"DatabaseName": name, "Name": "link"}}


def test_a_link_leads_on_to_what_its_target_gives(lake, admin):
    arn = lake.role("through", ASKS)
    on = linked(admin, "linked_table", lake, "people")
    lake.grant(arn, ["SELECT"], lake.columns("people", "id"))
    told = lineage(admin, arn, "linked_table.link")
    assert by_kind(told, "LINK") == [] and read_columns(lake.assume(arn), "linked_table", "link") is None
    lake.grant(arn, ["DESCRIBE"], on)
    told = lineage(admin, arn, "linked_table.link")
    [(target, link)] = by_kind(told, "LINK")
    assert lake.database in target and "people" in target and "linked_table" in link
    assert [(one["On"].split()[0], one["Permissions"]) for one in told if one["To"] == arn] == [
        ("table", ["DESCRIBE"]), ("columns", ["SELECT"])], told
    assert read_columns(lake.assume(arn), "linked_table", "link") == ["id"]


def test_a_link_to_another_accounts_table_leads_to_the_share(lake, admin, outside, person):
    grant(admin.lakeformation, table(lake.database, "empty"), OUTSIDE, ["SELECT"], ["SELECT"])
    outside.accept()
    linked(outside.admin, "received", lake, "empty")
    grant(outside.lf, table(lake.database, "empty"), person.arn, ["SELECT"])
    grant(outside.lf, table("received", "link", OUTSIDE), person.arn, ["DESCRIBE"])
    told = lineage(outside.admin, person.arn, "received.link", OUTSIDE)
    assert len(by_kind(told, "LINK")) == 1 and by_kind(told, "SHARE") == [(ACCOUNT, OUTSIDE)]
    assert by_kind(told, "GRANT").count((arn_of(outside.admin), person.arn)) == 2
    assert read_columns(person.clients, "received", "link", OUTSIDE) == ALL_COLUMNS


def test_a_table_of_a_linked_database_is_asked_about_by_the_links_name(lake, admin):
    arn, without = lake.role("database-link", ASKS), lake.role("no-database-link", ASKS)
    admin.glue.create_database(DatabaseInput={"Name": "linked_database", "TargetDatabase": {
        "CatalogId": ACCOUNT, "DatabaseName": lake.database}})
    for one in (arn, without):
        lake.grant(one, ["SELECT"], lake.whole("people"))
    lake.grant(arn, ["DESCRIBE"], database("linked_database"))
    for name in ("linked_database.people", "LINKED_DATABASE.People"):
        told = lineage(admin, arn, name)
        assert len(by_kind(told, "LINK")) == 1
        assert [one["Permissions"] for one in told if one["To"] == arn] == [["DESCRIBE"], ["SELECT"]]
    assert len(by_kind(lineage(admin, arn, "linked_database"), "LINK")) == 1
    assert read_columns(lake.assume(arn), "linked_database", "people") == ALL_COLUMNS
    assert lineage(admin, without, "linked_database.people") == []
    assert read_columns(lake.assume(without), "linked_database", "people") is None
    for bad in ("linked_database.people.id", f"{people(lake)}.id", "*"):
        assert refusal(weir_client(admin).get_grant_lineage, Principal=arn, Resource=bad)[0] == "InvalidInputException"


# --- requests

@pytest.fixture()
def desk(server, admin, outside):
    return Desk(server, admin)


def test_what_was_granted_for_a_request_names_it_until_it_ends(desk, admin):
    arn, clients = desk.person("glue:Get*")
    resource = f"{desk.database}.orders"
    assert described_columns(clients, desk.database, "orders") is None
    asked = desk.ask(target=arn)
    desk.held(asked)
    told = [one for one in lineage(admin, arn, resource) if one["To"] == arn]
    assert {(one["Kind"], one["Id"], one["By"]) for one in told} == {("REQUEST", asked["RequestId"], desk.role)}, told
    assert {permission for one in told for permission in one["Permissions"]} == {"DESCRIBE", "SELECT"}
    assert (arn_of(admin), desk.role) in by_kind(lineage(admin, arn, resource), "GRANT")
    assert described_columns(clients, desk.database, "orders") == ["id", "name", "email"]
    desk.weir.revoke_access_grant(RequestId=asked["RequestId"])
    assert lineage(admin, arn, resource) == [] and described_columns(clients, desk.database, "orders") is None


def test_what_the_same_role_granted_by_hand_is_of_no_request(desk, admin):
    """A request about another table, whose role also granted the whole database."""
    arn, _ = desk.person()
    desk.decide(asked := desk.ask("people", target=arn))
    desk.held(asked)
    admin.iam.update_assume_role_policy(RoleName=desk.role.split("/")[-1], PolicyDocument=trust_account())
    as_role = desk.server.session(admin.sts.assume_role(RoleArn=desk.role, RoleSessionName="hand")["Credentials"])
    grant(as_role.lakeformation, {"Table": {"DatabaseName": desk.database, "TableWildcard": {}}}, arn, ["DESCRIBE"])
    kinds = {(one["Kind"], one["On"].split()[0]) for one in lineage(admin, arn, f"{desk.database}.people") if one["To"] == arn}
    assert ("REQUEST", "table") in kinds and [kind for kind, on in kinds if on != "table" and on != "columns"] == ["GRANT"], kinds


def test_what_a_request_put_into_a_share_has_both(desk, admin, outside):
    asked = desk.ask()
    desk.held(asked)
    told = [one for one in lineage(admin, OUTSIDE, f"{desk.database}.orders") if one["To"] == OUTSIDE]
    assert {one["Kind"] for one in told} == {"SHARE", "REQUEST"}
    assert {one["Id"] for one in told if one["Kind"] == "REQUEST"} == {asked["RequestId"]}
    outside.accept()
    theirs = lineage(outside.admin, arn_of(outside.admin), f"{desk.database}.orders")
    assert by_kind(theirs, "SHARE") and not by_kind(theirs, "REQUEST") and desk.role not in str(theirs)


# --- makers

def maker(lake, name: str) -> str:
    """A role that may make tables with data of their own."""
    arn = lake.role(name, [*ASKS, "glue:CreateTable", "glue:CreateDatabase"])
    lake.grant(arn, ["CREATE_TABLE"], {"Database": {"Name": lake.database}})
    lake.grant(arn, ["DATA_LOCATION_ACCESS"], {"DataLocation": {"ResourceArn": f"arn:aws:s3:::{lake.bucket}"}})
    lake.grant(arn, ["CREATE_DATABASE"], {"Catalog": {}})
    return arn


def test_who_made_a_thing_has_it_for_that_and_passes_it_on(lake, admin):
    arn, taker = maker(lake, "maker"), lake.role("makers-friend", ASKS)
    own = lake.assume(arn)
    own.glue.create_table(DatabaseName=lake.database, TableInput={
        "Name": "made", "StorageDescriptor": storage(lake.location("made"), COLUMNS)})
    own.lakeformation.grant_permissions(Principal=who(taker), Permissions=["SELECT"], Resource=lake.whole("made"))
    told = lineage(admin, taker, f"{lake.database}.made")
    assert by_kind(told, "GRANT") == [(arn, taker)] and by_kind(told, "CREATOR") == [(ACCOUNT, arn)]
    [made] = [one for one in told if one["Kind"] == "CREATOR"]
    assert made["Permissions"] == made["Grantable"] == ["ALL"] and made["By"] == arn
    assert read_columns(lake.assume(taker), lake.database, "made") == ALL_COLUMNS == read_columns(own, lake.database, "made")
    own.glue.create_database(DatabaseInput={"Name": "made_database"})
    assert by_kind(lineage(admin, arn, "made_database"), "CREATOR") == [(ACCOUNT, arn)]


def test_an_administrator_that_made_a_thing_is_its_maker_too(lake, admin):
    told = lineage(admin, arn_of(admin), people(lake))
    assert by_kind(told, "CREATOR") == by_kind(told, "ADMINISTRATOR") == [(ACCOUNT, arn_of(admin))]


def test_who_grants_itself_what_it_has_does_not_pass_for_the_maker(lake, admin):
    arn = lake.role("selfish", ASKS)
    lake.grant(arn, ["ALL"], lake.whole("orders"), PermissionsWithGrantOption=["ALL"])
    assert by_kind(lineage(admin, arn, f"{lake.database}.orders"), "GRANT") == [(arn_of(admin), arn)]
    lake.assume(arn).lakeformation.grant_permissions(Principal=who(arn), Permissions=["INSERT"], Resource=lake.whole("orders"))
    answer = weir_client(admin).get_grant_lineage(Principal=arn, Resource=f"{lake.database}.orders")
    assert by_kind(answer["Links"], "CREATOR") == [] and not answer["Complete"]
    assert by_kind(answer["Links"], "GRANT") == [(arn, arn)]
