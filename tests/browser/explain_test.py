"""Why somebody may or may not, drawn: of a refusal that one has just met, and of any question that one may ask."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from conftest import ACCOUNT
from people_words import PeopleClients

from .page_words import MARKUP, choose, heading, looks_well

PEOPLE = f"arn:aws:iam::{ACCOUNT}:role/WeirConsoleUser"


@pytest.fixture(scope="module", autouse=True)
def lake(console_server) -> PeopleClients:
    """Orders, of which people see two columns of some rows."""
    admin = PeopleClients(console_server.endpoint, *console_server.keys(), None)
    admin.glue.create_database(DatabaseInput={"Name": "shop", "Description": MARKUP})
    for table in ("orders", "secrets"):
        admin.glue.create_table(DatabaseName="shop", TableInput={
            "Name": table, "StorageDescriptor": {"Location": f"s3://lake/{table}", "Columns": [
                {"Name": name, "Type": "string"} for name in ("id", "area", "email")]}})
    admin.lakeformation.create_data_cells_filter(TableData={
        "TableCatalogId": ACCOUNT, "DatabaseName": "shop", "TableName": "orders", "Name": "eu_only", "ColumnNames": ["id", "area"],
        "RowFilter": {"FilterExpression": "area = '<b>eu</b>'"}})
    grant(admin, PEOPLE, ["SELECT"], {"DataCellsFilter": {
        "TableCatalogId": ACCOUNT, "DatabaseName": "shop", "TableName": "orders", "Name": "eu_only"}})
    return admin


def grant(admin: PeopleClients, to: str, permissions: list[str], resource: dict) -> None:
    admin.lakeformation.grant_permissions(Principal={"DataLakePrincipalIdentifier": to}, Permissions=permissions, Resource=resource)


def question(principal: str, resource: str, action: str = "SELECT") -> str:
    return "explain?" + urlencode({"principal": principal, "action": action, "resource": resource})


def drawing(page: Page):
    return page.get_by_role("group", name="How it was decided")


def test_what_is_allowed_shows_every_gate_and_what_is_seen(console):
    page = console.signed_in(console.person("asker"), question(PEOPLE, "shop.orders"))
    expect(page.get_by_role("heading", name="Allowed", level=2)).to_be_visible()
    expect(drawing(page).get_by_role("button", name="Gate Lake Formation, open")).to_be_visible()
    expect(drawing(page).get_by_role("button", name="What is shown: id, area; rows: ")).to_be_visible()
    filtered = drawing(page).get_by_role("button", name="SELECT, to WeirConsoleUser · filter eu_only")
    filtered.click()
    expect(filtered).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("heading", name="What is shown", level=2)).to_be_visible()
    assert page.evaluate("window.entered") is None


def test_a_refusal_leads_to_the_gate_that_decided(console):
    page = console.somebody("databases/shop/secrets")
    page.get_by_role("link", name="Why?").first.click()
    heading(page, "Why it was refused")
    expect(page.get_by_role("heading", name="Denied", level=2)).to_be_visible()
    expect(page.get_by_text("What would help")).to_be_visible()
    expect(drawing(page).get_by_role("button", name="shut: this decided")).to_have_count(1)
    expect(page.get_by_role("listitem").filter(has_text="shut, which decided").first).to_be_visible()


def test_a_question_is_asked_by_the_form_and_stands_in_the_address(console):
    page = console.signed_in(console.person("former", "administrators"), "explain")
    heading(page, "Explain")
    page.get_by_label("Somebody else").check()
    page.get_by_role("combobox", name="Role", exact=True).fill(PEOPLE)
    page.keyboard.press("Escape")
    page.get_by_label("By its name").check()
    page.get_by_label("Name", exact=True).fill("shop.secrets")
    page.get_by_role("button", name="Explain", exact=True).click()
    expect(page.get_by_role("heading", name="Denied", level=2)).to_be_visible()
    expect(page.get_by_role("button", name="Explain", exact=True)).to_be_focused()
    assert "shop.secrets" in page.url
    page.reload()
    expect(page.get_by_role("heading", name="Denied", level=2)).to_be_visible()


def test_one_column_is_picked_or_none(console):
    page = console.administrator("explain")
    choose(page, "Database", "shop")
    choose(page, "Table", "orders")
    choose(page, "Column", "email")
    page.get_by_role("button", name="Explain", exact=True).click()
    page.wait_for_url("**resource=shop.orders.email**")
    choose(page, "Column", "The whole table")
    page.get_by_role("button", name="Explain", exact=True).click()
    page.wait_for_url(re.compile(r"resource=shop\.orders(&|$)"))


def test_who_asks_about_others_is_refused_with_the_reason(console):
    page = console.somebody(question(f"arn:aws:iam::{ACCOUNT}:role/WeirConsoleAdministrator", "shop.orders"))
    expect(page.get_by_text("You may not do this")).to_be_visible()
    expect(page.get_by_text("Only data lake administrators may ask about other principals.", exact=False)).to_be_visible()


def test_a_decision_that_is_not_there_says_so(console):
    page = console.somebody("explain/00000000-0000-4000-8000-000000000000")
    heading(page, "Why it was refused")
    expect(page.get_by_role("alert").or_(page.get_by_text("No denial with the decision id", exact=False)).first).to_be_visible()
    expect(drawing(page)).to_have_count(0)


def test_explanations_look_well(console):
    looks_well(console.somebody(question(PEOPLE, "shop.orders")), "Explain",
               lambda page: expect(drawing(page)).to_be_visible())
