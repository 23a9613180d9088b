"""Shares in the console: accepting, linking and passing on in one dialog; what stands between a grant and its use."""

import pytest
from playwright.sync_api import expect

from conftest import ACCOUNT
from organizations_test import make_account
from lf_words import trust_account
from people_words import PeopleClients
from sharing_words import OUTSIDE, database, grant, table

from .conftest import picture
from .page_words import choose, looks_well, is_refused, say_role


@pytest.fixture(scope="module")
def lake(console_server) -> PeopleClients:
    admin = PeopleClients(console_server.endpoint, *console_server.keys(), None)
    admin.glue.create_database(DatabaseInput={"Name": "ours"})
    admin.glue.create_table(DatabaseName="ours", TableInput={
        "Name": "sold", "StorageDescriptor": {"Location": "s3://lake/sold", "Columns": [{"Name": "id", "Type": "bigint"}]}})
    admin.lakeformation.grant_permissions(
        Principal={"DataLakePrincipalIdentifier": f"arn:aws:iam::{ACCOUNT}:role/WeirConsoleAdministrator"},
        Resource={"Database": {"Name": "ours"}}, Permissions=["CREATE_TABLE"])
    admin.iam.create_role(RoleName="forecaster", AssumeRolePolicyDocument=trust_account())
    return admin


@pytest.fixture(scope="module")
def other(console_server, lake):
    """Another account with some weather; what it grants makes invitations."""
    other = make_account(console_server, OUTSIDE)
    other.glue.create_database(DatabaseInput={"Name": "weather"})
    for name in ("days", "hours", "winds"):
        other.glue.create_table(DatabaseName="weather", TableInput={
            "Name": name, "StorageDescriptor": {"Location": f"s3://weather/{name}", "Columns": [{"Name": "at", "Type": "date"}]}})
    return other


def offer(other, name: str) -> None:
    """One table, with grant option, by a share of its own kind."""
    grant(other.lakeformation, table("weather", name, OUTSIDE), ACCOUNT, ["SELECT", "DESCRIBE"], ["SELECT", "DESCRIBE"])


def open_invitations(lake) -> list[dict]:
    found = lake.ram.get_resource_share_invitations()["resourceShareInvitations"]
    return [one for one in found if one["status"] == "PENDING"]


def test_a_share_is_accepted_linked_and_passed_on_in_one_dialog(console, lake, other):
    offer(other, "days")
    page = console.administrator("shares")
    page.get_by_role("row", name=OUTSIDE).get_by_role("radio").check()
    page.get_by_role("button", name="Accept").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("weather.days").first).to_be_visible()
    choose(page, "Database", "ours")
    dialog.get_by_label("Name of the link to weather.days").fill("their_days")
    say_role(page, "forecaster")
    dialog.get_by_role("button", name="Let them read").click()
    expect(dialog.get_by_text("Let forecaster read weather.days")).to_be_visible()
    picture(page, "accept-share")
    dialog.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("What was shared can be used now.")).to_be_visible()
    link = lake.glue.get_table(DatabaseName="ours", Name="their_days")["Table"]
    assert link["TargetTable"] == {"CatalogId": OUTSIDE, "DatabaseName": "weather", "Name": "days"}
    held = lake.lakeformation.list_permissions(
        Principal={"DataLakePrincipalIdentifier": f"arn:aws:iam::{ACCOUNT}:role/forecaster"})["PrincipalResourcePermissions"]
    assert {permission for one in held for permission in one["Permissions"]} == {"SELECT", "DESCRIBE"}
    page.get_by_role("tab", name="Shared with us").click()
    row = page.get_by_role("grid", name="Shared with us").get_by_role("row", name="weather.days")
    expect(row.get_by_text("their_days")).to_be_visible()


def test_a_plan_that_fails_stops_and_goes_on_from_there(console, lake, other):
    page = console.administrator("shares?tab=received")
    page.get_by_role("row", name="weather.days").get_by_role("radio").check()
    page.get_by_role("button", name="Link and grant").click()
    choose(page, "Database", "ours")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name of the link to weather.days").fill("sold")
    dialog.get_by_role("button", name="Carry out").click()
    expect(dialog.get_by_text("This did not work")).to_be_visible()
    expect(dialog.get_by_role("button", name="Go on")).to_be_visible()
    dialog.get_by_label("Name of the link to weather.days").fill("days_again")
    dialog.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("What was shared can be used now.")).to_be_visible()
    assert lake.glue.get_table(DatabaseName="ours", Name="days_again")["Table"]["TargetTable"]["Name"] == "days"


def test_an_invitation_is_rejected(console, lake, other):
    grant(other.lakeformation, database("weather", OUTSIDE), ACCOUNT, ["DESCRIBE"])
    assert open_invitations(lake)
    page = console.administrator("shares")
    page.get_by_role("row", name="Pending").get_by_role("radio").check()
    page.get_by_role("button", name="Reject").click()
    page.get_by_role("dialog").get_by_role("button", name="Reject").click()
    expect(page.get_by_text("The invitation was rejected.")).to_be_visible()
    assert open_invitations(lake) == []


def test_what_is_missing_on_the_way_is_drawn_as_a_checklist(console, lake, other):
    grant(lake.lakeformation, table("ours", "sold"), OUTSIDE, ["SELECT", "DESCRIBE"])
    page = console.administrator("shares?tab=given")
    page.get_by_role("grid", name="Shared by us").get_by_role("link").first.click()
    page.get_by_role("row", name="ours.sold").get_by_role("radio").check()
    page.get_by_role("row", name=OUTSIDE).get_by_role("radio").check()
    page.get_by_role("button", name="Look at each step").click()
    expect(page.get_by_text("Next: share")).to_be_visible()
    expect(page.get_by_text(f"an administrator of account {OUTSIDE}").first).to_be_visible()
    picture(page, "share-diagnosis")


def test_who_may_not_see_invitations_is_refused_and_told_why(console, lake, other):
    offer(other, "winds")
    grant(other.lakeformation, database("weather", OUTSIDE), ACCOUNT, ["DESCRIBE"])
    page = console.somebody("shares")
    is_refused(page)
    expect(page.get_by_role("row", name="Pending")).to_have_count(0)
    assert open_invitations(lake)


@pytest.mark.parametrize("tab", ["Invitations", "Shared with us", "Shared by us"])
def test_the_page_looks_well(console, lake, other, tab):
    def open_tab(page):
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("grid", name=tab)).to_be_visible()
    looks_well(console.administrator("shares"), "Shares", open_tab)
