"""Pictures of the lake: who has how much, where it came from, how much it is used; and the same as numbers and lists."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from conftest import ACCOUNT
from lake import role_arn, trust_service
from people_words import PeopleClients

from .conftest import TELEPHONE, Console
from .page_words import heading, looks_well, is_refused

PEOPLE = role_arn("WeirConsoleUser")
READER, STEWARD = role_arn("reader"), role_arn("steward")


@pytest.fixture(scope="module", autouse=True)
def lake(console_server) -> PeopleClients:
    """A database with two tables, of which some may do some things."""
    admin = PeopleClients(console_server.endpoint, *console_server.keys(), None)
    for name in ("reader", "steward"):
        admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust_service())
    admin.glue.create_database(DatabaseInput={"Name": "shop"})
    for table in ("items", "orders"):
        admin.glue.create_table(DatabaseName="shop", TableInput={
            "Name": table, "StorageDescriptor": {"Location": f"s3://lake/{table}", "Columns": [
                {"Name": name, "Type": "string"} for name in ("id", "email")]}})
    columns = {"TableWithColumns": {"DatabaseName": "shop", "Name": "orders", "ColumnNames": ["id"]}}
    whole = {"Table": {"DatabaseName": "shop", "Name": "orders"}}
    for to, permissions, resource, option in ((READER, ["SELECT"], columns, []), (STEWARD, ["SELECT"], whole, ["SELECT"]),
                                              (STEWARD, ["INSERT"], {"Table": {"DatabaseName": "shop", "Name": "items"}}, [])):
        admin.lakeformation.grant_permissions(Principal={"DataLakePrincipalIdentifier": to}, Permissions=permissions,
                                              Resource=resource, PermissionsWithGrantOption=option)
    return admin


def path(page: str, **words: str) -> str:
    return f"{page}?{urlencode(words)}"


def test_the_matrix_says_who_has_how_much_and_a_cell_says_why(console):
    page = console.administrator(path("matrix", database="shop"))
    matrix = page.get_by_role("table", name="Access to the tables of shop")
    expect(matrix.get_by_role("columnheader")).to_have_text(["Principal", "items", "orders"])
    for cell in ("reader, shop.orders: reads some columns, rows or fields", "reader, shop.items: nothing",
                 "steward, shop.orders: reads everything, and may pass it on", "steward, shop.items: writes"):
        expect(matrix.get_by_role("button", name=cell, exact=True)).to_be_visible()
    cell = matrix.get_by_role("button", name="steward, shop.items: writes")
    cell.focus()
    page.keyboard.press("ArrowRight")
    expect(matrix.get_by_role("button", name="steward, shop.orders")).to_be_focused()
    page.keyboard.press("Enter")
    heading(page, "Explain")
    expect(page.get_by_role("group", name="How it was decided")).to_be_visible()


def test_people_see_their_own_row_only(console):
    console.admin.lakeformation.grant_permissions(Principal={"DataLakePrincipalIdentifier": PEOPLE}, Permissions=["DESCRIBE"],
                                                  Resource={"Table": {"DatabaseName": "shop", "Name": "items"}})
    page = console.somebody(path("matrix", database="shop"))
    matrix = page.get_by_role("table", name="Access to the tables of shop")
    expect(matrix.get_by_role("columnheader")).to_have_text(["Principal", "items"])
    own = "WeirConsoleUser, shop.items: may describe it, and reads no data"
    expect(matrix.get_by_role("button", name=own, exact=True)).to_be_visible()
    expect(matrix.get_by_role("button")).to_have_count(1)
    expect(page.get_by_text("steward")).to_have_count(0)


def test_the_lineage_leads_back_to_who_granted_it(console):
    page = console.administrator(path("lineage", principal=STEWARD, resource="shop.orders"))
    expect(page.get_by_role("img", name="How access to shop.orders came about")).to_be_visible()
    links = page.get_by_role("grid", name="The same as a list")
    expect(links.get_by_role("row").filter(has_text="steward").first).to_contain_text("SELECT")


def test_who_asks_for_the_lineage_of_others_is_refused(console):
    page = console.somebody(path("lineage", principal=STEWARD, resource="shop.orders"))
    expect(page.get_by_text("You may not do this")).to_be_visible()
    expect(page.get_by_role("grid", name="The same as a list")).to_have_count(0)


def test_usage_is_drawn_and_numbered_alike(console):
    page = console.administrator(path("usage", by="OPERATION", operation="CreateTable"))
    expect(page.get_by_role("img", name="Which operation, the last 24 hours")).to_contain_text("CreateTable")
    numbers = page.get_by_role("grid", name="By operation")
    expect(numbers.get_by_role("row").filter(has=page.get_by_role("link", name="CreateTable", exact=True))).to_contain_text("2")
    numbers.get_by_role("link", name="CreateTable", exact=True).click()
    heading(page, "Audit")
    assert "event=CreateTable" in page.url


def test_usage_begins_with_the_newest_where_it_is_wider_than_the_page(console):
    page = console.administrator()
    page.set_viewport_size(TELEPHONE)
    page.goto(console.url + "usage")
    bars = page.get_by_role("region", name="Allowed and denied")
    expect(bars).to_be_visible()
    assert bars.evaluate("bars => bars.scrollLeft > 0 && bars.scrollLeft + bars.clientWidth >= bars.scrollWidth - 1")


def test_who_may_not_read_the_trail_sees_no_usage(console):
    page = console.somebody("usage")
    is_refused(page)


def test_pictures_look_well(console):
    looks_well(console.administrator(path("matrix", database="shop")), "Access matrix",
               lambda page: expect(page.get_by_role("button", name="steward, shop.items: writes")).to_be_visible())
    looks_well(console.administrator(path("lineage", principal=STEWARD, resource="shop.orders")), "Where access came from",
               lambda page: expect(page.get_by_role("grid", name="The same as a list")).to_be_visible())
    looks_well(console.administrator("usage"), "Usage", lambda page: expect(page.get_by_role("img", name="Allowed and denied")).to_be_visible())
