"""The audit trail in the console: searched by several things at once, each event whole, each denial explained."""

from urllib.parse import urlencode

import pytest
from botocore.exceptions import ClientError
from playwright.sync_api import Page, expect

from lake import Lake
from people_words import PeopleClients

from .page_words import MARKUP, heading, looks_well, is_refused


@pytest.fixture(scope="module", autouse=True)
def refused(console_server) -> str:
    """Somebody met a refusal, and gave a thing a name full of markup; their role."""
    admin = PeopleClients(console_server.endpoint, *console_server.keys(), None)
    lake = Lake(console_server, admin, "trail").build()
    role = lake.role("stroller", ["glue:*"])
    with pytest.raises(ClientError):
        lake.assume(role).glue.get_table(DatabaseName=lake.database, Name="absent")
    with pytest.raises(ClientError):
        lake.assume(role).glue.create_database(DatabaseInput={"Name": "x", "Description": MARKUP})
    return role


def events(page: Page):
    return page.get_by_role("grid", name="Events").get_by_role("rowheader")


def test_what_was_denied_is_found_and_leads_to_its_explanation(console, refused):
    page = console.administrator("audit")
    heading(page, "Audit")
    page.get_by_label("Who", exact=True).fill(refused)
    page.get_by_role("search").get_by_role("button", name="Decision").click()
    page.get_by_role("option", name="Denied", exact=True).click()
    page.get_by_role("button", name="Search").click()
    expect(events(page)).to_have_text(["CreateDatabase", "GetTable"])
    page.get_by_label("Event", exact=True).fill("GetTable")
    page.keyboard.press("Enter")
    expect(events(page)).to_have_text(["GetTable"])
    page.get_by_role("link", name="Why?").click()
    heading(page, "Why it was refused")
    page.go_back()
    expect(events(page)).to_have_text(["GetTable"])
    page.get_by_role("button", name="Clear").click()
    expect(events(page).first).to_be_visible()
    assert "event=" not in page.url


def test_the_form_says_what_is_searched_for_and_keeps_the_keyboard(console, refused):
    page = console.administrator("audit?" + urlencode({"principal": refused, "outcome": "DENIED"}))
    expect(events(page)).to_have_text(["CreateDatabase", "GetTable"])
    event = page.get_by_label("Event", exact=True)
    event.fill(" GetTable ")
    event.press("Enter")
    expect(events(page)).to_have_text(["GetTable"])
    expect(event).to_have_value("GetTable")
    expect(event).to_be_focused()
    page.go_back()
    expect(events(page)).to_have_text(["CreateDatabase", "GetTable"])
    expect(event).to_have_value("")


def test_the_person_is_shown_with_their_role(console, refused):
    """Whoever signs in at the console shares a role with others: who did something is the person."""
    page = console.administrator("audit")
    expect(page.get_by_role("grid", name="Events").get_by_text("console-keeper as WeirConsoleAdministrator").first).to_be_visible()
    page.get_by_label("Who", exact=True).fill(refused)
    page.keyboard.press("Enter")
    expect(events(page).first).to_be_visible()
    page.get_by_role("link", name="GetTable").first.click()
    heading(page, "GetTable")
    expect(page.get_by_text(f"engine as {refused.rsplit('/', 1)[1]}").first).to_be_visible()


def test_an_event_is_shown_whole(console, refused):
    page = console.administrator("audit?" + urlencode({"principal": refused, "event": "CreateDatabase"}))
    page.get_by_role("link", name="CreateDatabase").click()
    heading(page, "CreateDatabase")
    expect(page.get_by_role("region", name="The record")).to_contain_text("glue.amazonaws.com")
    expect(page.get_by_role("link", name="Why?")).to_be_visible()
    assert page.evaluate("window.entered") is None


def test_an_event_that_is_not_there_says_so(console):
    page = console.administrator("audit/no-such-event")
    expect(page.get_by_text("The trail has no event of this id.")).to_be_visible()


def test_who_may_not_read_the_trail_is_refused_with_the_reason(console):
    page = console.somebody("audit")
    is_refused(page)


def test_the_trail_looks_well(console, refused):
    looks_well(console.administrator("audit?" + urlencode({"principal": refused})), "Audit",
               lambda page: expect(events(page).first).to_be_visible())
