"""Opt-ins in the console: for whom grants count at a location in hybrid access mode, who gains and loses by it."""

import pytest
from playwright.sync_api import expect

from conftest import ACCOUNT
from lake import Lake, role_arn
from lf_words import table, trust_account, who
from people_words import PeopleClients

from .conftest import picture
from .page_words import MARKUP, choose, heading, is_refused, looks_well, say_role

CONDITION = f"context.iam.principalTags.getTag(\"team\") == \"{MARKUP.replace(chr(34), '')}\""


@pytest.fixture(scope="module", autouse=True)
def lake(console_server) -> Lake:
    """`shop.orders` at a location in hybrid access mode, where IAM decides about it for whoever is not opted in."""
    admin = PeopleClients(console_server.endpoint, *console_server.keys(), None)
    lake = Lake(console_server, admin, "shop").build()
    admin.lakeformation.update_resource(ResourceArn=f"arn:aws:s3:::{lake.bucket}", RoleArn=role_arn("shop-location"), HybridAccessEnabled=True)
    lake.table("orders", [("id", "bigint")], [(1,), (2,)])
    lake.grant("IAM_ALLOWED_PRINCIPALS", ["ALL"], table("shop", "orders"))
    for name in ("reader", "seller"):
        admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust_account())
    admin.lakeformation.create_lake_formation_opt_in(
        Principal=who(role_arn("seller")), Resource={"Database": {"Name": "shop"}}, Condition={"Expression": CONDITION})
    return lake


def opted_in(lake: Lake) -> dict[str, dict]:
    """Who is opted in, and on what."""
    found = lake.admin.lakeformation.list_lake_formation_opt_ins()["LakeFormationOptInsInfoList"]
    return {one["Principal"]["DataLakePrincipalIdentifier"]: one["Resource"] for one in found}


def test_somebody_is_opted_in_and_out_and_what_it_does_is_said_first(console, lake):
    page = console.administrator("locations")
    page.get_by_role("link", name="Who is opted in").click()
    heading(page, "Opt-ins")
    page.get_by_role("button", name="Opt somebody in").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Opt in", exact=True)).to_be_disabled()
    say_role(page, "reader")
    choose(page, "Database", "shop")
    choose(page, "Table", "orders")
    expect(dialog.get_by_role("grid", name="What changes").get_by_role("row", name="reader").get_by_text("Loses")).to_be_visible()
    picture(page, "opt-in")
    dialog.get_by_role("button", name="Opt in", exact=True).click()
    row = page.get_by_role("grid", name="Opt-ins").get_by_role("row", name="reader")
    expect(row.get_by_text("shop.orders")).to_be_visible()
    assert opted_in(lake)[role_arn("reader")]["Table"]["Name"] == "orders"

    row.get_by_role("radio").check()
    page.get_by_role("button", name="Opt out").click()
    expect(dialog.get_by_role("grid", name="What changes").get_by_role("row", name="reader").get_by_text("Gains")).to_be_visible()
    dialog.get_by_role("button", name="Opt out").click()
    expect(page.get_by_text("reader is no longer opted in on table shop.orders.")).to_be_visible()
    expect(row).to_have_count(0)
    assert list(opted_in(lake)) == [role_arn("seller")]


def test_only_what_the_server_takes_opt_ins_on_can_be_chosen(console):
    page = console.administrator("opt-ins")
    page.get_by_role("button", name="Opt somebody in").click()
    page.get_by_role("dialog").get_by_role("button", name="Kind of resource").click()
    expect(page.get_by_role("option")).to_contain_text(["A table", "All tables of a database", "A database", "The catalog"])


def test_who_may_not_look_is_refused_and_told_why(console):
    page = console.somebody("opt-ins")
    is_refused(page)
    expect(page.get_by_text("seller")).to_have_count(0)


def test_the_page_looks_well(console):
    looks_well(console.administrator("opt-ins"), "Opt-ins",
               lambda page: expect(page.get_by_text("<img src=x").first).to_be_visible())
