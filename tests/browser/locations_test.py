"""Locations in the console: registering, who reaches a place, deregistering."""

import pytest
from playwright.sync_api import expect

from conftest import ACCOUNT
from lake import trust_service
from people_words import PeopleClients

from .conftest import picture
from .page_words import looks_well, is_refused, say_role

ROLE = f"arn:aws:iam::{ACCOUNT}:role/lake-reader"


@pytest.fixture(scope="module", autouse=True)
def lake(console_server) -> PeopleClients:
    """A role that reads places, one place that is registered, and a table there that everybody may describe."""
    admin = PeopleClients(console_server.endpoint, *console_server.keys(), None)
    admin.iam.create_role(RoleName="lake-reader", AssumeRolePolicyDocument=trust_service())
    admin.lakeformation.register_resource(ResourceArn="arn:aws:s3:::lake/known", RoleArn=ROLE)
    admin.glue.create_database(DatabaseInput={"Name": "shop"})
    admin.glue.create_table(DatabaseName="shop", TableInput={
        "Name": "orders", "StorageDescriptor": {"Location": "s3://lake/known/orders", "Columns": [{"Name": "id", "Type": "bigint"}]}})
    admin.lakeformation.grant_permissions(
        Principal={"DataLakePrincipalIdentifier": f"arn:aws:iam::{ACCOUNT}:role/WeirConsoleUser"}, Permissions=["SELECT"],
        Resource={"Table": {"DatabaseName": "shop", "Name": "orders"}})
    return admin


def registered(lake: PeopleClients) -> dict[str, dict]:
    return {one["ResourceArn"]: one for one in lake.lakeformation.list_resources()["ResourceInfoList"]}


def fill_register(page, place: str):
    page.get_by_role("button", name="Register a location").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Place").fill(place)
    say_role(page, "lake-reader")
    return dialog


def test_a_location_is_registered_and_deregistered(console, lake):
    page = console.administrator("locations")
    dialog = fill_register(page, "s3://lake/fresh")
    dialog.get_by_role("checkbox", name="Hybrid access").check()
    picture(page, "register-location")
    dialog.get_by_role("button", name="Register").click()
    expect(page.get_by_role("grid", name="Registered locations").get_by_role("row", name="s3://lake/fresh")).to_be_visible()
    made = registered(lake)["arn:aws:s3:::lake/fresh"]
    assert made["RoleArn"] == ROLE and made["HybridAccessEnabled"] and not made.get("WithPrivilegedAccess")
    page.get_by_role("row", name="s3://lake/fresh").get_by_role("radio").check()
    page.get_by_role("button", name="Deregister").click()
    expect(dialog.get_by_role("button", name="Deregister")).to_be_disabled()
    dialog.get_by_label("Type s3://lake/fresh to confirm").fill("s3://lake/fresh")
    dialog.get_by_role("button", name="Deregister").click()
    expect(page.get_by_text("s3://lake/fresh is no longer registered.")).to_be_visible()
    assert list(registered(lake)) == ["arn:aws:s3:::lake/known"]


def test_who_reaches_a_place(console):
    page = console.signed_in(console.person("asker", "administrators"), "locations")
    page.get_by_role("textbox", name="Place").fill("s3://lake/known")
    grid = page.get_by_role("grid", name="Grants that reach s3://lake/known")
    expect(grid.get_by_role("row", name="WeirConsoleUser").get_by_text("SELECT")).to_be_visible()


def test_what_is_no_place_is_said_before_it_is_sent(console):
    page = console.administrator("locations")
    dialog = fill_register(page, "lake/fresh")
    expect(dialog.get_by_text("A place begins with s3://")).to_be_visible()
    expect(dialog.get_by_role("button", name="Register")).to_be_disabled()


def test_who_may_not_look_is_refused_and_told_why(console):
    page = console.somebody("locations")
    is_refused(page)
    expect(page.get_by_text("lake-reader")).to_have_count(0)


def test_the_page_looks_well(console):
    looks_well(console.administrator("locations"), "Locations",
               lambda page: expect(page.get_by_text("s3://lake/known")).to_be_visible())
