"""Granting between accounts: shares made and taken away, passing on inside an account, lists on both sides."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import ACCOUNT, Server
from iam_words import code, fresh, refused
from organizations_test import enter, make_account, new_account, new_unit
from sharing_words import (OUTSIDE, THIRD, Account, all_tables, change, columns, database, glue_arn, grant, listed,
                           policy, revoke, rows, table, who)
from weir_words import changes_of, dry_run, weir_client

NAME = r"LakeFormation-V4-[A-Z0-9]{10}"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("sharing") / "data").start()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def admin(server):
    return server.session()


@pytest.fixture(scope="module")
def owner(server, admin):
    return Account(server, admin, ACCOUNT)


@pytest.fixture(scope="module")
def outside(server, admin):
    return Account(server, make_account(server, OUTSIDE), OUTSIDE)


@pytest.fixture(scope="module")
def third(server, admin):
    return Account(server, make_account(server, THIRD), THIRD)


def make_table(owner: Account, name: str, tables=("orders",)) -> None:
    owner.admin.glue.create_database(DatabaseInput={"Name": name})
    for one in tables:
        owner.admin.glue.create_table(DatabaseName=name, TableInput={"Name": one, "StorageDescriptor": {
            "Columns": [{"Name": "id", "Type": "int"}, {"Name": "name", "Type": "string"},
                        {"Name": "salary", "Type": "int"}]}})


@pytest.fixture()
def sales(owner):
    """A database with two tables, and after the test nothing of it in any share."""
    name = fresh("sales").replace("-", "_")
    make_table(owner, name, ("orders", "customers"))
    yield name
    owner.admin.glue.delete_database(Name=name)
    assert owner.shares() == []


def share_of(owner: Account, to: str, resource: dict) -> str:
    """The share through which the principal holds something on the resource."""
    found = {share for row in listed(owner.lf, Resource=resource)
             if row["Principal"] == who(to) for share in row["AdditionalDetails"]["ResourceShare"]}
    (share,) = found
    return share


# --- the owner grants to an account


def test_a_grant_to_an_account_makes_a_share_and_invites(owner, outside, sales):
    orders = table(sales, "orders")
    grant(owner.lf, orders, OUTSIDE, ["SELECT", "DESCRIBE"], ["SELECT"])
    share = share_of(owner, OUTSIDE, orders)
    (made,) = owner.shares()
    assert made["resourceShareArn"] == share and re.fullmatch(NAME, made["name"])
    assert owner.shared("PRINCIPAL", share) == [OUTSIDE]
    assert owner.shared("RESOURCE", share) == [glue_arn(f"table/{sales}/orders")]
    (invitation,) = outside.invitations()
    assert invitation["resourceShareArn"] == share and invitation["resourceShareName"] == made["name"]
    assert rows(owner.lf, Principal=who(OUTSIDE)) == [(OUTSIDE, "Table", ("DESCRIBE",), (), (share,)),
                                                      (OUTSIDE, "TableWithColumns", ("SELECT",), ("SELECT",), (share,))]
    assert listed(outside.lf, CatalogId=OUTSIDE, ResourceType="TABLE") == [], "nothing before the invitation is accepted"
    assert outside.accept() == 1
    received = listed(outside.lf, ResourceType="TABLE")
    assert [row["Resource"].popitem()[1]["CatalogId"] for row in received] == [ACCOUNT, ACCOUNT]
    assert rows(outside.lf, ResourceType="TABLE") == rows(owner.lf, Principal=who(OUTSIDE))


def test_an_account_passes_on_inside_itself_what_came_with_grant_option(owner, outside, third, sales):
    orders = table(sales, "orders")
    grant(owner.lf, orders, OUTSIDE, ["SELECT", "DESCRIBE", "INSERT"], ["SELECT", "DESCRIBE"])
    outside.accept()
    ann = outside.person()
    grant(outside.lf, orders, ann.arn, ["SELECT"])
    assert (ann.arn, "TableWithColumns", ("SELECT",), (), ()) in rows(outside.lf)
    assert (ann.arn, "TableWithColumns", ("SELECT",), (), ()) in rows(ann.lf)
    assert all(row[0] != ann.arn for row in rows(owner.lf)), "who has it inside the account is that account's to know"
    assert code(outside.lf.grant_permissions, **change(orders, ann.arn, ["INSERT"])) == "AccessDeniedException"
    status, kind, says = refused(outside.lf.grant_permissions, **change(orders, THIRD, ["SELECT"]))
    assert kind == "AccessDeniedException" and "Not authorized to grant permissions for the resource" in says
    bob = third.person()
    assert code(outside.lf.grant_permissions, **change(orders, bob.arn, ["SELECT"])) == "AccessDeniedException"
    assert code(ann.lf.grant_permissions, **change(orders, ann.arn, ["SELECT"])) == "AccessDeniedException"
    assert code(third.lf.grant_permissions, **change(orders, bob.arn, ["SELECT"])) == "AccessDeniedException"
    revoke(outside.lf, orders, ann.arn, ["SELECT"])
    assert all(row[0] != ann.arn for row in rows(outside.lf))


def test_what_an_account_got_is_passed_on_in_no_wider_choice_of_columns(owner, outside, sales):
    grant(owner.lf, columns(sales, "orders", "id", "name"), OUTSIDE, ["SELECT"], ["SELECT"])
    outside.accept()
    ann = outside.person()
    grant(outside.lf, columns(sales, "orders", "name"), ann.arn, ["SELECT"])
    for wider in (columns(sales, "orders", "name", "salary"), table(sales, "orders"), all_tables(sales)):
        assert code(outside.lf.grant_permissions, **change(wider, ann.arn, ["SELECT"])) == "AccessDeniedException"


def test_people_of_an_account_pass_on_what_they_hold_with_option_inside_it(owner, outside, sales):
    orders = table(sales, "orders")
    grant(owner.lf, orders, OUTSIDE, ["SELECT"], ["SELECT"])
    outside.accept()
    ann, ben = outside.person(), outside.person()
    grant(outside.lf, orders, ann.arn, ["SELECT"], ["SELECT"])
    grant(ann.lf, orders, ben.arn, ["SELECT"])
    grant(outside.lf, orders, f"{OUTSIDE}:IAMPrincipals", ["SELECT"])
    for nobody in ("IAM_ALLOWED_PRINCIPALS", OUTSIDE, f"{ACCOUNT}:IAMPrincipals", f"{THIRD}:IAMPrincipals"):
        assert code(outside.lf.grant_permissions, **change(orders, nobody, ["SELECT"])) == "AccessDeniedException"
    absent = f"arn:aws:iam::{OUTSIDE}:role/absent"
    assert code(outside.lf.grant_permissions, **change(orders, absent, ["SELECT"])) == "InvalidInputException"


def test_revoking_takes_the_share_along_and_what_was_passed_on_gives_nothing(owner, outside, sales):
    orders, customers = table(sales, "orders"), table(sales, "customers")
    for one in (orders, customers):
        grant(owner.lf, one, OUTSIDE, ["SELECT"], ["SELECT"])
    share = share_of(owner, OUTSIDE, orders)
    assert share_of(owner, OUTSIDE, customers) == share, "one share for all tables of a pair of accounts"
    outside.accept()
    ann = outside.person()
    grant(outside.lf, orders, ann.arn, ["SELECT"])
    revoke(owner.lf, orders, OUTSIDE, ["SELECT"])
    assert owner.shared("RESOURCE", share) == [glue_arn(f"table/{sales}/customers")]
    assert owner.shared("PRINCIPAL", share) == [OUTSIDE]
    assert code(outside.lf.grant_permissions, **change(orders, ann.arn, ["SELECT"])) == "AccessDeniedException"
    assert all(row["Principal"] != who(OUTSIDE) for row in listed(outside.lf, Resource=orders))
    revoke(owner.lf, customers, OUTSIDE, ["SELECT"])
    assert owner.shares() == [] and outside.shares("OTHER-ACCOUNTS") == []
    kind, says = refused(outside.lf.list_permissions, CatalogId=ACCOUNT)[1:]
    assert kind == "AccessDeniedException" and "not shared" in says
    assert [row[0] for row in rows(outside.lf) if row[1] == "TableWithColumns"] == [ann.arn], "recorded, without effect"
    revoke(outside.lf, orders, ann.arn, ["SELECT"])
    assert [row[0] for row in rows(outside.lf) if row[1] == "TableWithColumns"] == []


def test_an_option_alone_is_revoked_and_the_share_stays(owner, outside, sales):
    orders = table(sales, "orders")
    grant(owner.lf, orders, OUTSIDE, ["SELECT"], ["SELECT"])
    outside.accept()
    ann = outside.person()
    revoke(owner.lf, orders, OUTSIDE, [], ["SELECT"])
    share_of(owner, OUTSIDE, orders)
    assert code(outside.lf.grant_permissions, **change(orders, ann.arn, ["SELECT"])) == "AccessDeniedException"
    assert "No permissions revoked" in refused(owner.lf.revoke_permissions, **change(orders, THIRD, ["SELECT"]))[2]


# --- how many shares


def test_an_account_pair_has_three_shares_for_names_and_two_for_tags(owner, outside, third, sales):
    key = fresh("key")
    owner.lf.create_lf_tag(TagKey=key, TagValues=["a", "b"])
    for resource, permissions in (
            (database(sales), ["DESCRIBE"]), (table(sales, "orders"), ["SELECT"]), (table(sales, "customers"), ["SELECT"]),
            (columns(sales, "customers", "id"), ["SELECT"]), (all_tables(sales), ["SELECT"]),
            (policy("DATABASE", **{key: "a"}), ["DESCRIBE"]), (policy("TABLE", **{key: "a"}), ["SELECT"]),
            (policy("TABLE", **{key: "b"}), ["SELECT"])):
        grant(owner.lf, resource, OUTSIDE, permissions)
    assert len(owner.shares()) == 5 and outside.accept() == 5
    grant(owner.lf, table(sales, "orders"), THIRD, ["SELECT"])
    assert len(owner.shares()) == 6 and third.accept() == 1
    owner.lf.delete_lf_tag(TagKey=key)
    assert len(owner.shares()) == 4
    owner.admin.glue.delete_database(Name=sales)
    assert owner.shares() == []
    make_table(owner, sales, ("orders",))
    assert rows(owner.lf, Principal=who(OUTSIDE)) == []
    assert rows(owner.lf, Principal=who(THIRD)) == [], "a namesake starts with nothing"


# --- what the owner takes away through RAM


@pytest.mark.parametrize("way", ["share", "principal", "resource"])
def test_what_goes_through_ram_takes_its_grants_along(owner, outside, third, sales, way):
    orders, customers = table(sales, "orders"), table(sales, "customers")
    role = outside.person()
    grant(owner.lf, orders, OUTSIDE, ["SELECT"])
    grant(owner.lf, customers, OUTSIDE, ["SELECT"])
    grant(owner.lf, orders, role.arn, ["SELECT"])
    grant(owner.lf, orders, THIRD, ["SELECT"])
    share = share_of(owner, OUTSIDE, orders)
    assert share_of(owner, role.arn, orders) == share
    ram = owner.admin.ram
    if way == "share":
        ram.delete_resource_share(resourceShareArn=share)
        left = []
    elif way == "principal":
        ram.disassociate_resource_share(resourceShareArn=share, principals=[OUTSIDE])
        left = [(role.arn, "orders")]
    else:
        ram.disassociate_resource_share(resourceShareArn=share, resourceArns=[glue_arn(f"table/{sales}/orders")])
        left = [(OUTSIDE, "customers")]
    held = [(row["Principal"]["DataLakePrincipalIdentifier"], row["Resource"]["TableWithColumns"]["Name"])
            for row in listed(owner.lf) if share in row.get("AdditionalDetails", {}).get("ResourceShare", [])]
    assert held == left
    assert [row[0] for row in rows(owner.lf, Principal=who(THIRD))] == [THIRD], "another pair's share is not touched"


def test_dropping_takes_the_resource_out_of_its_share(owner, outside, sales):
    orders, customers = table(sales, "orders"), table(sales, "customers")
    grant(owner.lf, orders, OUTSIDE, ["SELECT"])
    grant(owner.lf, customers, OUTSIDE, ["SELECT"])
    share = share_of(owner, OUTSIDE, orders)
    owner.admin.glue.delete_table(DatabaseName=sales, Name="orders")
    assert owner.shared("RESOURCE", share) == [glue_arn(f"table/{sales}/customers")]
    owner.admin.glue.delete_table(DatabaseName=sales, Name="customers")
    assert owner.shares() == [] and outside.invitations() == []


# --- invitations


def test_granting_again_renews_an_invitation_that_was_rejected(owner, outside, sales):
    orders = table(sales, "orders")
    grant(owner.lf, orders, OUTSIDE, ["SELECT"], ["SELECT"])
    (first,) = outside.invitations()
    outside.admin.ram.reject_resource_share_invitation(resourceShareInvitationArn=first["resourceShareInvitationArn"])
    assert outside.accept() == 0 and listed(outside.lf, ResourceType="TABLE") == []
    assert len(rows(owner.lf, Principal=who(OUTSIDE))) == 1, "the grant stays recorded"
    grant(owner.lf, orders, OUTSIDE, ["SELECT"], ["SELECT"])
    assert outside.accept() == 1
    assert len(listed(outside.lf, ResourceType="TABLE")) == 1


# --- people of other accounts


def test_a_grant_to_a_person_elsewhere_is_for_that_person_alone(owner, outside, sales):
    orders = table(sales, "orders")
    ann, ben = outside.person(), outside.person()
    grant(owner.lf, orders, ann.arn, ["SELECT"], ["SELECT"])
    assert outside.accept() == 1
    share = share_of(owner, ann.arn, orders)
    row = (ann.arn, "TableWithColumns", ("SELECT",), ("SELECT",), (share,))
    assert rows(ann.lf) == [row]
    assert row not in rows(outside.lf), "not even its administrators see it"
    assert rows(ben.lf) == []
    assert code(ann.lf.grant_permissions, **change(orders, ben.arn, ["SELECT"])) == "AccessDeniedException"
    assert code(outside.lf.grant_permissions, **change(orders, ben.arn, ["SELECT"])) == "AccessDeniedException"
    absent = f"arn:aws:iam::{OUTSIDE}:role/absent"
    assert "Invalid principal" in refused(owner.lf.grant_permissions, **change(orders, absent, ["SELECT"]))[2]
    outside.admin.iam.delete_role_policy(RoleName=ann.arn.rsplit("/")[-1], PolicyName="own")
    outside.admin.iam.delete_role(RoleName=ann.arn.rsplit("/")[-1])
    assert rows(owner.lf, Principal=who(ann.arn)) == [], "a namesake of the role would begin with nothing"
    assert share not in [one["resourceShareArn"] for one in owner.shares()]  # it went with the role


# --- what may not be shared


def test_what_cannot_be_shared_is_refused_and_leaves_no_share(owner, outside, sales):
    orders, sold = table(sales, "orders"), database(sales)

    def says(resource, to, permissions, option=(), **more):
        kind, text = refused(owner.lf.grant_permissions, **change(resource, to, permissions, option, **more))[1:]
        assert kind == "InvalidInputException", text
        return text

    for permission in ("ALL", "DROP"):
        assert "Permissions modification is invalid." in says(sold, OUTSIDE, [permission])
    assert "owns the resource" in says(orders, ACCOUNT, ["SELECT"])
    assert "inside that account" in says(orders, f"{OUTSIDE}:IAMPrincipals", ["SELECT"])
    assert "CREATE_DATABASE" in says({"Catalog": {}}, OUTSIDE, ["CREATE_DATABASE"])
    assert "Organization o-absent not found" in says(
        orders, f"arn:aws:organizations::{ACCOUNT}:organization/o-absent", ["SELECT"])
    assert "no condition" in says(orders, OUTSIDE, ["SELECT"],
                                  Condition={"Expression": 'context.iam.principalTags.hasTag("a")'})
    assert owner.shares() == []


def settings(lf, **changes) -> None:
    found = lf.get_data_lake_settings()["DataLakeSettings"]
    lf.put_data_lake_settings(DataLakeSettings=found | changes)


def test_versions_say_what_is_shared_and_are_never_lowered(server, admin):
    """In an account of its own, as a version stays."""
    maker = Account(server, make_account(server, "222211110000"), "222211110000")
    other = Account(server, make_account(server, "222211110001"), "222211110001")
    ann = other.person()
    maker.admin.glue.create_database(DatabaseInput={"Name": "d"})
    for name in ("t", "u", "open"):
        maker.admin.glue.create_table(DatabaseName="d", TableInput={"Name": name, "StorageDescriptor": {
            "Columns": [{"Name": "id", "Type": "int"}]}})
    t, u, opened = (table("d", name, maker.id) for name in ("t", "u", "open"))
    grant(maker.lf, opened, "IAM_ALLOWED_PRINCIPALS", ["ALL"])
    settings(maker.lf, Parameters={"CROSS_ACCOUNT_VERSION": "1"})
    for one in (t, u):
        grant(maker.lf, one, other.id, ["SELECT"])
    assert len({share_of(maker, other.id, one) for one in (t, u)}) == 2, "one share for each object"
    illegal = "Insufficient Lake Formation permissions: Illegal combination"
    for version in ("1", "2", "3"):
        settings(maker.lf, Parameters={"CROSS_ACCOUNT_VERSION": version})
        assert illegal in refused(maker.lf.grant_permissions, **change(opened, other.id, ["SELECT"]))[2]
        if version != "3":
            assert "CROSS_ACCOUNT_VERSION 3" in refused(maker.lf.grant_permissions, **change(t, ann.arn, ["SELECT"]))[2]
    grant(maker.lf, t, ann.arn, ["SELECT"])
    for one in (t, u):
        grant(maker.lf, one, other.id, ["SELECT"])
    assert len({share_of(maker, other.id, one) for one in (t, u)}) == 1 == len(maker.shares()), "and the old ones are gone"
    settings(maker.lf, Parameters={"CROSS_ACCOUNT_VERSION": "4"})
    grant(maker.lf, opened, other.id, ["SELECT"])
    found = maker.lf.get_data_lake_settings()["DataLakeSettings"]
    says = refused(maker.lf.put_data_lake_settings,
                   DataLakeSettings=found | {"Parameters": {"CROSS_ACCOUNT_VERSION": "3"}})[2]
    assert "cannot be lowered" in says


def test_sharing_takes_rights_in_ram(owner, outside, sales):
    orders = table(sales, "orders")
    lean = owner.person()
    grant(owner.lf, orders, lean.arn, ["SELECT"], ["SELECT"])
    status, kind, says = refused(lean.lf.grant_permissions, **change(orders, OUTSIDE, ["SELECT"]))
    assert kind == "AccessDeniedException" and "ram:CreateResourceShare" in says
    sharer = owner.person(["lakeformation:*", "ram:CreateResourceShare"])
    grant(owner.lf, orders, sharer.arn, ["SELECT"], ["SELECT"])
    grant(sharer.lf, orders, OUTSIDE, ["SELECT"])
    assert "ram:AssociateResourceShare" in refused(sharer.lf.grant_permissions, **change(orders, OUTSIDE, ["SELECT"]))[2]
    revoke(lean.lf, orders, OUTSIDE, ["SELECT"])


# --- batches, many at once


def test_a_batch_shares_entry_by_entry(owner, outside, third, sales):
    entries = [{"Id": "1"} | change(table(sales, "orders"), OUTSIDE, ["SELECT"]),
               {"Id": "2"} | change(database(sales), OUTSIDE, ["ALL"]),
               {"Id": "3"} | change(table(sales, "customers"), THIRD, ["SELECT"]),
               {"Id": "4"} | change(table(sales, "absent"), OUTSIDE, ["SELECT"])]
    failures = owner.lf.batch_grant_permissions(Entries=entries)["Failures"]
    assert [one["RequestEntry"]["Id"] for one in failures] == ["2", "4"]
    assert len(owner.shares()) == 2
    failures = owner.lf.batch_revoke_permissions(Entries=[entries[0], entries[2], entries[3]])["Failures"]
    assert [one["RequestEntry"]["Id"] for one in failures] == ["4"]
    assert owner.shares() == []


def test_many_are_granted_at_once_and_none_is_turned_away(owner, outside, sales):
    people = [outside.person() for _ in range(12)]
    orders = table(sales, "orders")

    def share_with(one) -> str:
        grant(owner.lf, orders, one, ["SELECT"])
        return one

    names = [person.arn for person in people] + [f"88887777{number:04}" for number in range(12)]
    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(share_with, names)) == names
    held = {row["Principal"]["DataLakePrincipalIdentifier"] for row in listed(owner.lf, Resource=orders)}
    assert set(names) <= held
    assert len(owner.shares()) == 13
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda one: revoke(owner.lf, orders, one, ["SELECT"]), names))
    assert owner.shares() == []


# --- organizations


@pytest.fixture(scope="module")
def company(admin):
    return admin.organizations.create_organization(FeatureSet="ALL")["Organization"]


def test_organizations_and_units_need_sharing_and_no_invitation(server, owner, admin, outside, company, sales):
    orders = table(sales, "orders")
    refused_before = refused(owner.lf.grant_permissions, **change(orders, company["Arn"], ["SELECT"]))[2]
    assert f"Organization {company['Id']} not found" in refused_before
    admin.ram.enable_sharing_with_aws_organization()
    root = admin.organizations.list_roots()["Roots"][0]["Id"]
    unit = new_unit(admin.organizations, root)
    unit_arn = admin.organizations.describe_organizational_unit(OrganizationalUnitId=unit)["OrganizationalUnit"]["Arn"]
    member = Account(server, enter(server, admin, id := new_account(admin.organizations)), id)
    grant(owner.lf, orders, company["Arn"], ["SELECT"], ["SELECT"])
    grant(owner.lf, orders, unit_arn, ["DESCRIBE"])
    assert member.invitations() == []
    assert {share["resourceShareArn"] for share in member.shares("OTHER-ACCOUNTS")} == {
        share_of(owner, company["Arn"], orders)}, "it is not in the unit"
    admin.organizations.move_account(AccountId=member.id, SourceParentId=root, DestinationParentId=unit)
    assert len(member.shares("OTHER-ACCOUNTS")) == 2
    assert outside.shares("OTHER-ACCOUNTS") == []
    revoke(owner.lf, orders, company["Arn"], ["SELECT"])
    revoke(owner.lf, orders, unit_arn, ["DESCRIBE"])
    assert owner.shares() == []


# --- filters and LF-Tags of what is shared


def filter_data(database: str, name: str, rows: str | None = None, **columns) -> dict:
    return {"TableCatalogId": ACCOUNT, "DatabaseName": database, "TableName": "orders", "Name": name,
            "RowFilter": {"FilterExpression": rows} if rows else {"AllRowsWildcard": {}}} | columns


def test_an_account_makes_filters_of_its_own_on_what_it_got(owner, outside, sales):
    grant(owner.lf, columns(sales, "orders", "id", "name"), OUTSIDE, ["SELECT"], ["SELECT"])
    outside.accept()
    create = outside.lf.create_data_cells_filter
    for wider in (filter_data(sales, "f", ColumnNames=["name", "salary"]), filter_data(sales, "f", ColumnWildcard={})):
        assert code(create, TableData=wider) == "AccessDeniedException"
    hidden = refused(create, TableData=filter_data(sales, "f", "salary > 1000", ColumnNames=["name"]))
    absent = refused(create, TableData=filter_data(sales, "f", "absent > 1000", ColumnNames=["name"]))
    assert hidden[1] == "InvalidInputException"
    assert hidden[2].replace("salary", "absent") == absent[2], "no telling what the table has beside"
    create(TableData=filter_data(sales, "mine", "id > 5", ColumnNames=["name"]))
    on = {"TableCatalogId": ACCOUNT, "DatabaseName": sales, "TableName": "orders", "Name": "mine"}
    assert outside.lf.get_data_cells_filter(**on)["DataCellsFilter"]["RowFilter"] == {"FilterExpression": "id > 5"}
    assert code(owner.lf.get_data_cells_filter, **on) == "EntityNotFoundException"
    on_table = {"Table": table(sales, "orders")["Table"]}
    assert [f["Name"] for f in outside.lf.list_data_cells_filter(**on_table)["DataCellsFilters"]] == ["mine"]
    assert owner.lf.list_data_cells_filter(**on_table)["DataCellsFilters"] == []
    ann = outside.person()
    grant(outside.lf, {"DataCellsFilter": on}, ann.arn, ["SELECT"])
    assert (ann.arn, "DataCellsFilter", ("SELECT",), (), ()) in rows(outside.lf)
    assert code(ann.lf.get_data_cells_filter, **on) == "AccessDeniedException"
    outside.lf.update_data_cells_filter(TableData=filter_data(sales, "mine", "id > 9", ColumnNames=["id"]))
    revoke(owner.lf, columns(sales, "orders", "id", "name"), OUTSIDE, ["SELECT"])
    assert code(create, TableData=filter_data(sales, "late", ColumnNames=["name"])) == "AccessDeniedException"
    # Its administrator still finds and removes what the account recorded; nobody else does.
    assert [f["Name"] for f in outside.lf.list_data_cells_filter(**on_table)["DataCellsFilters"]] == ["mine"]
    assert code(ann.lf.delete_data_cells_filter, **on) == "AccessDeniedException"
    outside.lf.delete_data_cells_filter(**on)
    assert outside.lf.list_data_cells_filter(**on_table)["DataCellsFilters"] == []


def test_the_rows_of_an_accounts_own_filter_are_chosen_by_what_it_sees_in_all_of_them(owner, outside, sales):
    for name, condition, names in (("some", "id > 5", ["id", "name", "salary"]), ("names", None, ["id", "name"])):
        owner.lf.create_data_cells_filter(TableData=filter_data(sales, name, condition, ColumnNames=names))
        grant(owner.lf, {"DataCellsFilter": {"TableCatalogId": ACCOUNT, "DatabaseName": sales, "TableName": "orders",
                                             "Name": name}}, OUTSIDE, ["SELECT"], ["SELECT"])
    outside.accept()
    says = refused(outside.lf.create_data_cells_filter,
                   TableData=filter_data(sales, "f", "salary > 1000", ColumnNames=["name"]))[2]
    assert "Rows cannot be chosen by column salary" in says
    outside.lf.create_data_cells_filter(TableData=filter_data(sales, "f", "id > 10", ColumnNames=["name"]))


def test_lf_tags_are_shared_to_be_described(owner, outside, third, sales):
    key = fresh("key")
    owner.lf.create_lf_tag(TagKey=key, TagValues=["a", "b"])
    owner.lf.add_lf_tags_to_resource(Resource=table(sales, "orders"),
                                     LFTags=[{"TagKey": key, "TagValues": ["a"]}])
    tag = {"LFTag": {"CatalogId": ACCOUNT, "TagKey": key, "TagValues": ["a"]}}
    grant(owner.lf, tag, OUTSIDE, ["DESCRIBE"], ["DESCRIBE"])
    grant(owner.lf, policy("TABLE", **{key: "a"}), OUTSIDE, ["SELECT", "DESCRIBE"], ["SELECT"])
    outside.accept()
    shared = {"CatalogId": ACCOUNT, "TagKey": key, "TagValues": ["a"]}
    assert outside.lf.list_lf_tags(ResourceShareType="FOREIGN")["LFTags"] == [shared]
    assert shared in outside.lf.list_lf_tags(ResourceShareType="ALL")["LFTags"]
    assert shared not in outside.lf.list_lf_tags()["LFTags"]
    found = outside.lf.get_lf_tag(CatalogId=ACCOUNT, TagKey=key)
    assert (found["CatalogId"], found["TagValues"]) == (ACCOUNT, ["a"])
    on_table = outside.lf.get_resource_lf_tags(Resource=table(sales, "orders"))
    assert on_table["LFTagsOnTable"] == [shared]
    found = outside.lf.search_tables_by_lf_tags(CatalogId=ACCOUNT, Expression=[{"TagKey": key, "TagValues": ["a"]}])
    assert [one["Table"]["Name"] for one in found["TableList"]] == ["orders"]
    assert third.lf.list_lf_tags(ResourceShareType="FOREIGN")["LFTags"] == []
    assert code(third.lf.get_lf_tag, CatalogId=ACCOUNT, TagKey=key) == "AccessDeniedException"
    ann = outside.person()
    assert code(ann.lf.get_lf_tag, CatalogId=ACCOUNT, TagKey=key) == "AccessDeniedException"
    grant(outside.lf, tag, ann.arn, ["DESCRIBE"])
    assert ann.lf.get_lf_tag(CatalogId=ACCOUNT, TagKey=key)["TagValues"] == ["a"]
    grant(outside.lf, policy("TABLE", **{key: "a"}), ann.arn, ["SELECT"])
    assert code(outside.lf.grant_permissions,
                **change(policy("TABLE", **{key: "b"}), ann.arn, ["SELECT"])) == "AccessDeniedException"
    for change_of_owners in (
            lambda: outside.lf.update_lf_tag(CatalogId=ACCOUNT, TagKey=key, TagValuesToAdd=["c"]),
            lambda: outside.lf.delete_lf_tag(CatalogId=ACCOUNT, TagKey=key),
            lambda: outside.lf.add_lf_tags_to_resource(Resource=table(sales, "orders"), LFTags=[shared])):
        assert code(change_of_owners) == "AccessDeniedException"
    owner.lf.delete_lf_tag(TagKey=key)


# --- lists


def test_lists_of_permissions_are_cut_anywhere_and_lose_nothing(owner, outside, sales):
    grant(owner.lf, table(sales, "orders"), OUTSIDE, ["SELECT", "DESCRIBE"], ["SELECT"])
    grant(owner.lf, database(sales), OUTSIDE, ["DESCRIBE"])
    grant(owner.lf, all_tables(sales), OUTSIDE, ["DESCRIBE"])
    outside.accept()
    ann = outside.person()
    grant(outside.lf, table(sales, "orders"), ann.arn, ["SELECT"])
    whole = listed(outside.lf)
    for size in (1, 2, 3):
        assert listed(outside.lf, MaxResults=size) == whole
    assert listed(outside.lf, CatalogId=ACCOUNT, MaxResults=1) == [
        row for row in whole if row["Resource"].copy().popitem()[1].get("CatalogId") == ACCOUNT]
    on_orders = rows(outside.lf, Resource=table(sales, "orders"))
    assert {row[0] for row in on_orders} == {OUTSIDE, ann.arn}
    effective = rows(outside.lf, Resource=table(sales, "orders"), Principal=who(ann.arn))
    assert set(effective) == {(ann.arn, "Table", ("DESCRIBE",), (), ()),
                              (ann.arn, "TableWithColumns", ("SELECT",), (), ())}
    at_owner = rows(owner.lf, Resource=table(sales, "orders"), Principal=who(OUTSIDE))
    assert {row[2] for row in at_owner} == {("SELECT",), ("DESCRIBE",)} and all(row[4] for row in at_owner)


def test_dropped_grants_of_the_owner_are_not_told_to_strangers(owner, outside, third, sales):
    """Attacks on the lists: other accounts' rows, the owner's own rows, by whatever filter."""
    orders = table(sales, "orders")
    inside = owner.person()
    grant(owner.lf, orders, inside.arn, ["SELECT"])
    grant(owner.lf, orders, OUTSIDE, ["SELECT"], ["SELECT"])
    grant(owner.lf, orders, THIRD, ["DESCRIBE"])
    outside.accept()
    for options in ({"Resource": orders}, {"CatalogId": ACCOUNT}, {"Resource": orders, "IncludeRelated": "TRUE"},
                    {"CatalogId": ACCOUNT, "Principal": who(inside.arn)}, {"Principal": who(THIRD)},
                    {"Resource": orders, "Principal": who(inside.arn)}, {"Resource": orders, "Principal": who(THIRD)}):
        strangers = {row[0] for row in rows(outside.lf, **options) if OUTSIDE not in row[0]}
        assert strangers == set(), options
    assert code(third.lf.list_permissions, Resource=orders) == "AccessDeniedException"  # not accepted
    assert code(outside.lf.get_effective_permissions_for_path, CatalogId=ACCOUNT,
                ResourceArn="arn:aws:s3:::bucket") == "AccessDeniedException"
    assert code(outside.lf.get_data_lake_settings, CatalogId=ACCOUNT) == "AccessDeniedException"
    assert code(outside.lf.revoke_permissions, **change(orders, inside.arn, ["SELECT"])) == "InvalidInputException"
    assert [row[0] for row in rows(owner.lf, Principal=who(inside.arn))] == [inside.arn]


# --- foretold and asked about


def test_a_dry_run_foretells_a_share_and_makes_none(owner, outside, sales):
    orders = change(table(sales, "orders"), OUTSIDE, ["SELECT"], ["SELECT"])
    foretold = dry_run(owner.admin, "lakeformation", "GrantPermissions", **orders)
    gains, losses = changes_of(foretold, OUTSIDE)
    assert [row["Permissions"] for row in gains] == [["SELECT"]] and losses == []
    assert any("must accept the invitation" in notice for notice in foretold["Notices"])
    assert owner.shares() == [] and outside.invitations() == []
    refused_too = dry_run(owner.admin, "lakeformation", "GrantPermissions", **change(database(sales), OUTSIDE, ["ALL"]))
    assert not refused_too["Accepted"]


def test_who_can_lists_other_accounts_and_people_elsewhere_once_shares_are_in_force(owner, outside, third, sales):
    orders = table(sales, "orders")
    ann, ben = outside.person(), outside.person()
    grant(owner.lf, columns(sales, "orders", "name"), OUTSIDE, ["SELECT"], ["SELECT"])
    grant(owner.lf, orders, ann.arn, ["SELECT"])
    grant(owner.lf, orders, THIRD, ["SELECT"])

    def able() -> dict:
        found = weir_client(owner.admin).who_can(Resource=f"{sales}.orders", Action="SELECT")["Principals"]
        return {one["Principal"]: one.get("Columns") for one in found}

    assert not {OUTSIDE, ann.arn, THIRD} & set(able())
    outside.accept()
    grant(outside.lf, columns(sales, "orders", "name"), ben.arn, ["SELECT"])
    found = able()
    assert found[OUTSIDE] == ["name"] and found[ann.arn] == ["id", "name", "salary"]
    assert THIRD not in found and ben.arn not in found
