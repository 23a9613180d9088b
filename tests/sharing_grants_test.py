"""Granting between accounts: shares made and taken away, passing on inside an account, lists on both sides."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import ACCOUNT, Server
from iam_words import code, fresh, refused
from organizations_test import enter, make_account, new_account, new_unit
from sharing_words import (OUTSIDE, THIRD, Account, all_tables, change, columns, database, glue_arn, grant, listed,
                           policy, revoke, rows, table, who)

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
