"""Data filters in the console: made with the rows that stay in view, their errors at once, who loses what by a change."""

import pytest
from playwright.sync_api import expect

from conftest import ACCOUNT
from lake import Lake
from lf_words import trust_account
from people_words import PeopleClients

from .conftest import picture
from .page_words import MARKUP, choose, looks_well, is_refused, say_role

COLUMNS = [("id", "bigint"), ("area", "string"), ("email", "string")]
ROWS = [(1, "eu", "a@example.org"), (2, "us", None), (3, "eu", MARKUP)]
KEEPERS = f"arn:aws:iam::{ACCOUNT}:role/WeirConsoleAdministrator"


@pytest.fixture(scope="module", autouse=True)
def lake(console_server) -> Lake:
    """Three orders that administrators may read, a filter on them, and a role `reader` that holds it."""
    admin = PeopleClients(console_server.endpoint, *console_server.keys(), None)
    lake = Lake(console_server, admin, "shop").build()
    lake.table("orders", COLUMNS, ROWS)
    lake.grant(KEEPERS, ["SELECT"], lake.whole("orders"))
    admin.iam.create_role(RoleName="reader", AssumeRolePolicyDocument=trust_account())
    lake.grant(f"arn:aws:iam::{ACCOUNT}:role/reader", ["SELECT"], lake.filter("orders", "first", "id = 1"))
    return lake


def saved(lake: Lake) -> dict[str, dict]:
    found = lake.admin.lakeformation.list_data_cells_filter()["DataCellsFilters"]
    return {one["Name"]: one for one in found}


def begin(page):
    """A new filter on the orders, as far as its rows."""
    page.get_by_role("button", name="New data filter").click()
    choose(page, "Database", "shop")
    choose(page, "Table", "orders")
    return page.get_by_role("dialog")


def test_the_rows_that_stay_are_seen_while_the_condition_is_written(console, lake):
    page = console.administrator("filters")
    dialog = begin(page)
    dialog.get_by_label("Name", exact=True).fill("europe")
    rows = dialog.get_by_role("grid", name="Rows that stay")
    expect(rows.get_by_role("row")).to_have_count(4)  # and the heads of the columns
    expect(rows.get_by_text("NULL")).to_be_visible()
    dialog.get_by_label("Which rows stay").fill("area = 'eu'")
    expect(rows.get_by_role("row")).to_have_count(3)
    expect(rows.get_by_text(MARKUP)).to_be_visible()
    dialog.get_by_role("radio", name="All columns but these").check()
    choose(page, "Columns that are hidden", "email")
    page.keyboard.press("Escape")
    expect(rows.get_by_role("columnheader", name="email")).to_have_count(0)
    picture(page, "data-filter")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("grid", name="Data filters").get_by_text("area = 'eu'")).to_be_visible()
    made = saved(lake)["europe"]
    assert made["RowFilter"]["FilterExpression"] == "area = 'eu'"
    assert made["ColumnWildcard"] == {"ExcludedColumnNames": ["email"]}
    assert page.evaluate("window.entered") is None


@pytest.mark.parametrize("wrong", ["nothing = 1", "area =", "area = 'eu') OR (1=1", "id = 'x'"])
def test_what_is_wrong_with_a_condition_is_said_at_once(console, lake, wrong):
    page = console.administrator("filters")
    dialog = begin(page)
    dialog.get_by_label("Name", exact=True).fill("broken")
    expect(dialog.get_by_role("grid", name="Rows that stay")).to_be_visible()
    condition = dialog.get_by_label("Which rows stay")
    condition.fill(wrong)
    expect(condition).to_have_attribute("aria-invalid", "true")
    expect(dialog.get_by_role("grid", name="Rows that stay")).to_have_count(0)


def test_a_change_says_who_loses_what(console, lake):
    page = console.administrator("filters")
    page.get_by_role("row", name="first").get_by_role("radio").check()
    page.get_by_role("button", name="Change", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Which rows stay").fill("id = 2")
    change = dialog.get_by_role("grid", name="What changes").get_by_role("row", name="reader").first
    expect(change.get_by_text("Loses")).to_be_visible()
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The data filter first was saved.")).to_be_visible()
    assert saved(lake)["first"]["RowFilter"]["FilterExpression"] == "id = 2"


def test_a_filter_is_made_on_the_spot_and_granted(console, lake):
    page = console.administrator("permissions/grant?database=shop&table=orders")
    say_role(page, "reader")
    choose(page, "Kind of resource", "Rows of a table")
    choose(page, "Database", "shop")
    choose(page, "Table", "orders")
    page.get_by_role("button", name="New data filter").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("spot")
    dialog.get_by_label("Which rows stay").fill("id = 3")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("group", name="May", exact=True).get_by_role("checkbox", name="SELECT").check()
    page.get_by_role("button", name="Grant", exact=True).click()
    expect(page.get_by_text("The permissions were granted.")).to_be_visible()
    held = lake.admin.lakeformation.list_permissions(
        Principal={"DataLakePrincipalIdentifier": f"arn:aws:iam::{ACCOUNT}:role/reader"})["PrincipalResourcePermissions"]
    assert "spot" in [one["Resource"].get("DataCellsFilter", {}).get("Name") for one in held]


def test_deleting_says_who_loses_what(console, lake):
    lake.grant(f"arn:aws:iam::{ACCOUNT}:role/reader", ["SELECT"], lake.filter("orders", "doomed", "id = 9"))
    page = console.administrator("filters")
    page.get_by_role("row", name="doomed").get_by_role("radio").check()
    page.get_by_role("button", name="Delete", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Loses").first).to_be_visible()
    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("The data filter doomed was deleted.")).to_be_visible()
    assert "doomed" not in saved(lake)


def test_rows_that_are_too_many_to_show_are_counted(console, lake):
    lake.table("visits", [("id", "bigint")], [(i,) for i in range(50)])
    lake.grant(KEEPERS, ["SELECT"], lake.whole("visits"))
    page = console.signed_in(console.person("counter", "administrators"), "filters")
    dialog = begin(page)
    choose(page, "Table", "visits")
    dialog.get_by_label("Name", exact=True).fill("counted")
    dialog.get_by_label("Which rows stay").fill("id < 30")
    expect(dialog.get_by_text("20 of 30 rows, of what you may see yourself.")).to_be_visible()
    dialog.get_by_label("Which rows stay").fill("id < 3")
    expect(dialog.get_by_text("3 rows, of what you may see yourself.", exact=True)).to_be_visible()


def test_who_may_not_look_is_refused_and_told_why(console):
    page = console.somebody("filters")
    is_refused(page)
    expect(page.get_by_text("area = 'eu'")).to_have_count(0)


def test_the_page_looks_well(console):
    looks_well(console.administrator("filters"), "Data filters",
               lambda page: expect(page.get_by_role("grid", name="Data filters")).to_be_visible())
