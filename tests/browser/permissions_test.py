"""Permissions in the console: who has what, the grant editor, what a change does before it is made."""

import re

import pytest
from playwright.sync_api import expect

from conftest import ACCOUNT
from lf_words import trust_account
from people_words import PeopleClients

from .conftest import picture
from .page_words import MARKUP, choose, is_refused, looks_well, say_role

COLUMNS = [{"Name": "id", "Type": "bigint"}, {"Name": "area", "Type": "string"}, {"Name": "email", "Type": "string"}]


def role(name: str) -> str:
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


def who(name: str) -> dict:
    return {"DataLakePrincipalIdentifier": role(name)}


@pytest.fixture(scope="module", autouse=True)
def lake(console_server) -> PeopleClients:
    """`shop.orders`, a role `reader` that holds nothing yet, and a condition with markup in it."""
    admin = PeopleClients(console_server.endpoint, *console_server.keys(), None)
    admin.glue.create_database(DatabaseInput={"Name": "shop"})
    for name in ("orders", "people"):
        admin.glue.create_table(DatabaseName="shop", TableInput={
            "Name": name, "StorageDescriptor": {"Location": f"s3://lake/{name}", "Columns": COLUMNS}})
    for name in ("reader", "seller"):
        admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust_account())
    admin.lakeformation.grant_permissions(
        Principal=who("seller"), Resource={"Table": {"DatabaseName": "shop", "Name": "people"}}, Permissions=["DESCRIBE"],
        Condition={"Expression": f'context.iam.principalTags.getTag("team") == "{MARKUP.replace(chr(34), "")}"'})
    return admin


def held(lake: PeopleClients, name: str) -> list[tuple]:
    """What a role holds: the kind of resource and the permissions."""
    found = lake.lakeformation.list_permissions(Principal=who(name))["PrincipalResourcePermissions"]
    return [(next(iter(one["Resource"])), one["Permissions"]) for one in found]


def may(page, permission: str):
    return page.get_by_role("group", name="May", exact=True).get_by_role("checkbox", name=permission)


def test_a_grant_is_shown_before_it_is_made(console, lake):
    page = console.administrator("permissions")
    page.get_by_role("link", name="Grant permissions").click()
    say_role(page, "reader")
    choose(page, "Kind of resource", "Columns of a table")
    choose(page, "Database", "shop")
    choose(page, "Table", "orders")
    choose(page, "Columns", "id")
    page.get_by_role("option", name="area").click()
    page.keyboard.press("Escape")
    may(page, "SELECT").check()
    change = page.get_by_role("grid", name="What changes").get_by_role("row", name="table shop.orders")
    expect(change.get_by_text("Gains")).to_be_visible()
    expect(change.get_by_text("columns id, area")).to_be_visible()
    assert held(lake, "reader") == []
    picture(page, "grant-editor")
    page.get_by_role("button", name="Grant", exact=True).click()
    expect(page.get_by_text("The permissions were granted.")).to_be_visible()
    expect(page.get_by_role("grid", name="Grants").get_by_text("shop.orders")).to_be_visible()
    assert held(lake, "reader") == [("TableWithColumns", ["SELECT"])]


def test_a_grant_follows_a_saved_expression(console, lake):
    lake.lakeformation.create_lf_tag(TagKey="area", TagValues=["eu", "us"])
    lake.lakeformation.add_lf_tags_to_resource(Resource={"Table": {"DatabaseName": "shop", "Name": "people"}},
                                               LFTags=[{"TagKey": "area", "TagValues": ["eu"]}])
    lake.lakeformation.create_lf_tag_expression(Name="europe", Expression=[{"TagKey": "area", "TagValues": ["eu"]}])
    lake.iam.create_role(RoleName="follower", AssumeRolePolicyDocument=trust_account())
    page = console.administrator("permissions/grant")
    say_role(page, "follower")
    choose(page, "Kind of resource", "Tables and columns by LF-Tags")
    page.get_by_role("button", name="A saved expression").click()
    choose(page, "Saved expression", "europe")
    expect(page.get_by_role("grid", name="Tables it matches now").get_by_role("link", name="shop.people")).to_be_visible()
    may(page, "SELECT").check()
    expect(page.get_by_role("grid", name="What changes").get_by_role("row", name="follower").first).to_be_visible()
    picture(page, "grant-saved-expression")
    page.get_by_role("button", name="Grant", exact=True).click()
    expect(page.get_by_role("grid", name="Grants").get_by_role("row").filter(has_text="europe")).to_be_visible()
    (made,) = lake.lakeformation.list_permissions(Principal=who("follower"))["PrincipalResourcePermissions"]
    policy = made["Resource"]["LFTagPolicy"]
    assert (policy["ResourceType"], policy["ExpressionName"], made["Permissions"]) == ("TABLE", "europe", ["SELECT"])


def test_a_revocation_says_what_is_lost_and_takes_one_permission(console, lake):
    lake.lakeformation.grant_permissions(Principal=who("seller"), Resource={"Database": {"Name": "shop"}},
                                         Permissions=["DESCRIBE", "CREATE_TABLE"])
    page = console.administrator(f"permissions?principal={role('seller')}")
    page.get_by_role("grid", name="Grants").get_by_role("row", name="Database").get_by_role("checkbox").check()
    page.get_by_role("button", name="Revoke", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox", name="DESCRIBE").uncheck()
    expect(dialog.get_by_text("Loses")).to_be_visible()
    dialog.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("The permissions were revoked.")).to_be_visible()
    assert ("Database", ["DESCRIBE"]) in held(lake, "seller")


def test_grants_on_a_place_are_found_by_the_address(console, lake):
    page = console.administrator("permissions?database=shop&table=people")
    grid = page.get_by_role("grid", name="Grants")
    expect(grid.get_by_role("row", name="seller")).to_be_visible()
    expect(grid.get_by_text("shop.orders")).to_have_count(0)


def test_who_is_looked_up_stands_in_the_address_and_is_asked_for_when_the_typing_pauses(console):
    page = console.administrator("permissions")
    before, asked = page.evaluate("history.length"), []
    page.on("request", lambda request: asked.append(request) if request.url.endswith("/ListPermissions") else None)
    page.get_by_role("button", name="By principal").click()
    who_is = page.get_by_role("combobox", name="Role", exact=True)
    with page.expect_request(lambda one: one.url.endswith("/ListPermissions") and f'{role("seller")}"' in one.post_data):
        who_is.press_sequentially("seller")
    assert len(asked) < len("seller")
    assert page.evaluate("history.length") == before
    expect(page).to_have_url(re.compile(r"\?principal=[^&]+seller$"))
    page.reload()
    expect(who_is).to_have_value(role("seller"))
    page.goto(page.url.split("?")[0] + "?by=resource")
    expect(page.get_by_role("button", name="By resource")).to_have_attribute("aria-pressed", "true")


def test_a_place_is_typed_as_it_is(console):
    page = console.administrator("permissions/grant")
    choose(page, "Kind of resource", "A location")
    place = page.get_by_role("textbox", name="Place")
    place.press_sequentially("s3://lake/two words")
    expect(place).to_have_value("s3://lake/two words")


def test_who_may_not_grant_is_refused_and_told_why(console, lake):
    page = console.somebody("permissions/grant?database=shop&table=orders")
    say_role(page, "reader")
    may(page, "ALTER").check()
    page.get_by_role("button", name="Grant", exact=True).click()
    is_refused(page)
    assert ("Table", ["ALTER"]) not in held(lake, "reader")


def test_markup_in_a_condition_stays_text(console):
    page = console.administrator(f"permissions?principal={role('seller')}")
    expect(page.get_by_text("<img src=x").first).to_be_visible()
    assert page.evaluate("window.entered") is None


@pytest.mark.parametrize("path,title", [("permissions", "Permissions"), ("permissions/grant", "Grant permissions")])
def test_the_pages_look_well(console, path, title):
    looks_well(console.administrator(path), title)
