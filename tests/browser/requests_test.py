"""Asking for access in the console: the policy in view, the request until its end, what is granted by it."""

import pytest
from playwright.sync_api import expect

from lake import allow

from .asking_words import PEOPLE, ask_for, asking_desk, entered, make_role, stands
from .conftest import picture
from .page_words import MARKUP, heading, is_refused, looks_well


@pytest.fixture(scope="module")
def desk(console_server):
    return asking_desk(console_server)


@pytest.fixture
def analyst(console, desk, request):
    name = f"analyst-{request.node.name.partition('[')[0][5:25]}-{abs(hash(request.node.name)) % 997}"
    return console.signed_in(console.person(name))


def test_the_policy_is_in_view_while_a_request_is_filled_in(console, desk, analyst):
    for table, says in (("orders", "This is approved at once."), ("secrets", "The policy denies this."),
                        ("people", "People decide about this.")):
        analyst.goto(f"{console.url}request?database={desk.database}&table={table}")
        expect(analyst.get_by_text(says)).to_be_visible()
    send = analyst.get_by_role("button", name="Send the request")
    expect(analyst.get_by_text("The policy requires a purpose.")).to_be_visible()
    expect(send).to_be_disabled()
    analyst.get_by_label("Purpose").fill("Churn by country")
    expect(send).to_be_enabled()
    expect(analyst.get_by_text("pii_flag")).to_be_visible()
    picture(analyst, "request-wizard")


def test_what_the_policy_approves_is_held_at_once_and_its_page_tells_how(console, desk, analyst):
    ask_for(analyst, console, desk, "orders", "Reports")
    stands(analyst, "Active")
    timeline = analyst.get_by_role("list", name="What happened")
    for words in ("Asked", "The policy approves it", f"{desk.database}.orders was granted", "It ends by itself"):
        expect(timeline.get_by_text(words)).to_be_visible()
    assert ("Table", "orders") in desk.rights(PEOPLE)
    expect(analyst.get_by_role("link", name="Its execution")).to_be_visible()
    picture(analyst, "request-timeline")


def test_columns_and_rows_are_asked_for_by_keyboard(console, desk, analyst):
    analyst.goto(f"{console.url}request?database={desk.database}&table=people")
    analyst.get_by_label("Only some").check()
    columns = analyst.get_by_label("Columns that you need")
    columns.press_sequentially("id")
    columns.press("Enter")
    expect(analyst.get_by_role("button", name="Remove id")).to_be_visible()
    analyst.get_by_label("Rows", exact=True).fill("id < 100")
    expect(analyst.get_by_text("This is approved at once.")).to_be_visible()
    analyst.get_by_role("button", name="Send the request").click()
    stands(analyst, "Active")
    expect(analyst.get_by_role("heading", name="Request for")).to_contain_text("columns id; rows: id < 100")


def test_a_request_that_was_denied_says_why_and_nothing_of_it_becomes_markup(console, desk, analyst):
    ask_for(analyst, console, desk, "secrets", MARKUP)
    stands(analyst, "Denied")
    expect(analyst.get_by_text("never given away <img").first).to_be_visible()
    expect(analyst.get_by_text(MARKUP).first).to_be_visible()
    assert not entered(analyst)


def test_a_request_is_withdrawn_until_it_is_decided(console, desk, analyst):
    path = ask_for(analyst, console, desk, "people", "A mistake")
    analyst.get_by_role("button", name="Withdraw").click()
    analyst.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    stands(analyst, "Withdrawn")
    expect(analyst.get_by_role("button", name="Withdraw")).to_have_count(0)
    for words in ("Nothing was granted", "Why it ended", "taken back by its requester"):
        expect(analyst.get_by_text(words, exact=True).first).to_be_visible()
    analyst.goto(console.url + "requests")
    row = analyst.get_by_role("row").filter(has=analyst.locator(f'a[href$="{path}"]'))
    expect(row.get_by_text("Withdrawn")).to_be_visible()


def test_what_was_granted_is_extended_by_who_holds_it_and_revoked_by_who_administers(console, desk, analyst):
    path = ask_for(analyst, console, desk, "orders", "For a while")
    stands(analyst, "Active")
    analyst.get_by_role("button", name="Extend").click()
    analyst.get_by_role("dialog").get_by_role("button", name="Request extension").click()
    expect(analyst.get_by_text("The extension was asked for.")).to_be_visible()
    boss = console.administrator("grants")
    boss.get_by_role("button", name="All that I may see").click()
    row = boss.get_by_role("row").filter(has=boss.locator(f'a[href$="{path}"]'))
    row.get_by_role("radio").check()
    picture(boss, "grants")
    boss.get_by_role("button", name="Revoke").click()
    boss.get_by_role("dialog").get_by_label("Reason").fill("No longer needed")
    boss.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(boss.get_by_text("The access was revoked.")).to_be_visible()
    analyst.goto(console.url + path)
    stands(analyst, "Revoked")
    expect(analyst.get_by_role("list", name="What happened").get_by_text("No longer needed").first).to_be_visible()


def test_a_grant_leads_to_who_granted_it(console, desk, analyst):
    path = ask_for(analyst, console, desk, "orders", "To be traced")
    stands(analyst, "Active")
    expect(analyst.get_by_role("grid", name="What was granted").get_by_role("row").filter(has_text="orders")).to_be_visible()
    boss = console.administrator("grants")
    boss.get_by_role("button", name="All that I may see").click()
    boss.get_by_role("row").filter(has=boss.locator(f'a[href$="{path}"]')).get_by_role("link", name="Lineage").click()
    heading(boss, "Where access came from")
    links = boss.get_by_role("grid", name="The same as a list")
    expect(links.get_by_role("row").filter(has_text="WeirConsoleUser").first).to_be_visible()
    expect(links.get_by_text("granted for a request").first).to_be_visible()


def test_what_somebody_took_by_hand_is_found_and_granted_again(console, desk, analyst):
    path = ask_for(analyst, console, desk, "orders", "To be taken")
    stands(analyst, "Active")
    lose = {"Principal": {"DataLakePrincipalIdentifier": PEOPLE}, "Permissions": ["SELECT"],
            "Resource": {"Table": {"DatabaseName": desk.database, "Name": "orders"}}}
    desk.admin.lakeformation.revoke_permissions(**lose)
    boss = console.administrator("grants")
    boss.get_by_role("button", name="All that I may see").click()
    row = boss.get_by_role("row").filter(has=boss.locator(f'a[href$="{path}"]'))
    row.get_by_role("radio").check()
    boss.get_by_role("button", name="Compare with what is held").click()
    expect(boss.get_by_text("One grant was compared: 1 is not as granted.")).to_be_visible()
    boss.get_by_role("button", name="Repair").click()
    expect(boss.get_by_text("1 repaired")).to_be_visible()
    assert "SELECT" in desk.rights(PEOPLE)["Table", "orders"][0]


def test_who_may_not_ask_is_told_so_with_the_way_to_the_reason(console, desk):
    role = make_role(desk, "ConsoleLooker", allow(["glue:Get*", "lakeformation:GetDataAccess"]))
    console.admin.cognito_idp.create_group(UserPoolId=console.config["userPoolId"], GroupName="lookers", RoleArn=role)
    desk.admin.lakeformation.grant_permissions(
        Principal={"DataLakePrincipalIdentifier": role}, Permissions=["DESCRIBE"],
        Resource={"Table": {"DatabaseName": desk.database, "TableWildcard": {}}})
    looker = console.signed_in(console.person("looker", "lookers"))
    for path in (f"request?database={desk.database}&table=orders", "requests", "approvals", "grants", "policy", "channels"):
        looker.goto(console.url + path)
        is_refused(looker)


def test_a_request_of_somebody_else_is_not_there(console, desk, analyst):
    mine = desk.ask("orders")
    analyst.goto(f"{console.url}requests/{mine['CatalogId']}/{mine['RequestId']}")
    expect(analyst.get_by_text("not found")).to_be_visible()


def test_everybody_can_read_the_pages(console, desk):
    path = ask_for(console.somebody(), console, desk, "people", MARKUP)
    title = f"Request for {desk.database}.people"
    looks_well(console.somebody(f"request?database={desk.database}&table=people"), "Request access",
               lambda page: expect(page.get_by_text("People decide about this.")).to_be_visible())
    looks_well(console.somebody("requests"), "My requests", lambda page: expect(page.get_by_role("link", name=desk.database).first).to_be_visible())
    looks_well(console.somebody(path), title, lambda page: expect(page.get_by_text("Step owner").first).to_be_visible())
    looks_well(console.somebody("grants"), "Grants")
