"""Deciding in the console: the inbox, less than was asked, several at once; the policy that says who is asked, and channels."""

import json

import pytest
from playwright.sync_api import expect

from .asking_words import PEOPLE, ask_for, asking_desk, entered, set_policy, stands
from .conftest import picture
from .page_words import MARKUP, heading, is_refused, looks_well


@pytest.fixture(scope="module")
def desk(console_server):
    return asking_desk(console_server)


@pytest.fixture
def approver(console, desk, request):
    return console.administrator()


@pytest.fixture
def asked(console, desk, request):
    """A request that waits for approval, as its requester sees it: the page, and its path."""
    page = console.signed_in(console.person(f"asker{abs(hash(request.node.name))}"))
    return page, ask_for(page, console, desk, "people", f"Purpose of {request.node.name} {MARKUP}")


def open_question(console, approver, purpose):
    approver.goto(console.url + "approvals")
    row = approver.get_by_role("row").filter(has_text=purpose)
    row.get_by_role("link").first.click()
    expect(approver.get_by_role("heading", name="Your decision")).to_be_visible()


def test_an_approver_gives_less_than_was_asked_and_the_requester_holds_that(console, desk, asked, approver, request):
    page, path = asked
    open_question(console, approver, request.node.name)
    assert not entered(approver)
    picture(approver, "approval-asked")
    approver.get_by_role("button", name="Take out email").click()
    approver.get_by_label("Only rows where").fill("id < 100")
    approver.get_by_role("spinbutton", name="How long you give it").fill("7")
    approver.get_by_label("Comment").fill("Without the addresses")
    difference = approver.get_by_role("table", name="What is asked and what is given")
    expect(difference.get_by_text("Less")).to_have_count(3)
    expect(difference.locator("del")).to_have_text("email")
    picture(approver, "approval-narrowed")
    approver.get_by_role("button", name="Approve with less").click()
    expect(approver.get_by_text("Your decision was recorded.")).to_be_visible()
    expect(approver.get_by_role("group", name="How it was decided")).to_be_focused()

    page.goto(console.url + path)
    stands(page, "Active")
    expect(page.get_by_role("list", name="What happened").get_by_text("Without the addresses")).to_be_visible()
    expect(page.get_by_role("heading", name="Request for")).to_contain_text("columns id; rows: id < 100")
    (row,) = desk.rows({"RequestId": path.rsplit("/", 1)[1]})
    assert (row["Columns"], row["RowFilter"], row["Expires"].timestamp() - row["Granted"].timestamp()) == (
        ["id"], "id < 100", 7 * 86400)
    assert any(kind == "DataCellsFilter" for kind, _ in desk.rights(PEOPLE))


def test_several_are_decided_at_once_and_the_comment_reaches_who_asked(console, desk, asked, approver, request):
    page, path = asked
    ask_for(page, console, desk, "people", f"Another of {request.node.name}")
    approver.goto(console.url + "approvals")
    mine = approver.get_by_role("row").filter(has_text=request.node.name)
    expect(mine).to_have_count(2)
    for index in range(2):
        mine.nth(index).get_by_role("checkbox").check()
    picture(approver, "approvals-inbox")
    approver.get_by_role("button", name="Deny").click()
    approver.get_by_role("dialog").get_by_label("Comment").fill("Not this quarter")
    approver.get_by_role("dialog").get_by_role("button", name="Deny").click()
    expect(approver.get_by_text("2 of 2 decided.")).to_be_visible()
    expect(mine).to_have_count(0)
    page.goto(console.url + path)
    stands(page, "Denied")
    expect(page.get_by_text("Not this quarter").first).to_be_visible()


def test_what_is_decided_already_says_so_in_a_page_that_was_open_before(console, desk, asked, approver, request):
    open_question(console, approver, request.node.name)
    other = console.signed_in(console.person("second-approver", "administrators"),
                              approver.url.removeprefix(console.url))
    other.get_by_role("button", name="Ask for changes").click()
    expect(other.get_by_text("Already decided: Changes requested")).to_be_visible()
    approver.get_by_role("button", name="Approve", exact=True).click()
    expect(approver.get_by_text("CHANGES_REQUESTED").or_(approver.get_by_text("Already decided")).first).to_be_visible()
    page, path = asked
    page.goto(console.url + path)
    stands(page, "Changes requested")


def test_a_page_shows_no_question_that_its_reader_is_not_asked(console, desk, asked, approver, request):
    open_question(console, approver, request.node.name)
    path = approver.url.removeprefix(console.url)
    nosy = console.somebody(path)
    is_refused(nosy)
    expect(nosy.get_by_text(request.node.name)).to_have_count(0)
    expect(nosy.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
    approver.reload()
    expect(approver.get_by_role("heading", name="Your decision")).to_be_visible()


# --- the policy, and channels

def test_a_policy_is_changed_tried_and_set_and_an_old_page_does_not_overwrite_it(console, desk, approver):
    set_policy(desk)
    before = desk.weir.get_approval_policy()["Version"]
    approver.goto(console.url + "policy")
    expect(approver.get_by_role("heading", name="personal data")).to_be_visible()
    old = console.administrator("policy")
    expect(old.get_by_role("heading", name="personal data")).to_be_visible()

    approver.get_by_role("button", name="Add a rule").click()
    dialog = approver.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill(f"nights {MARKUP}")
    dialog.get_by_label("Tables", exact=True).press_sequentially("orders")
    dialog.get_by_label("Tables", exact=True).press("Enter")
    dialog.get_by_label("Deny", exact=True).check()
    dialog.get_by_label("Reason").fill("not at night")
    dialog.get_by_role("button", name="Apply").click()
    expect(approver.get_by_text("deny: not at night")).to_be_visible()
    assert not entered(approver)
    picture(approver, "policy")

    approver.get_by_role("tab", name="Try it").click()
    for label, choice in (("Database", desk.database), ("Table", "orders")):
        approver.get_by_role("button", name=label).click()
        approver.get_by_role("option", name=choice).click()
    approver.get_by_role("combobox", name="Role").fill(PEOPLE)
    expect(approver.get_by_text("not at night")).to_be_visible()
    assert desk.weir.get_approval_policy()["Version"] == before, "what is tried is not set"

    approver.get_by_role("button", name="Set the policy").click()
    expect(approver.get_by_text(f"Version {before + 1} of the policy is in force.")).to_be_visible()
    rules = json.loads(desk.weir.get_approval_policy()["Policy"])["Rules"]
    assert rules[-1] == {"Name": f"nights {MARKUP}", "When": {"Tables": ["orders"]}, "Then": {"Deny": "not at night"}}

    old.get_by_role("button", name="Remove personal data").click()
    old.get_by_role("button", name="Set the policy").click()
    expect(old.get_by_text(f"Version {before + 1} is in force, not {before}.")).to_be_visible()
    old.get_by_role("button", name="Read the one in force").click()
    expect(old.get_by_role("heading", name="nights")).to_be_visible()
    set_policy(desk)


def test_a_text_that_is_no_policy_is_refused_where_it_is_written(console, desk, approver):
    approver.goto(console.url + "policy")
    approver.get_by_role("tab", name="As text").click()
    text = approver.get_by_label("The policy as JSON")
    text.fill("{")
    expect(approver.get_by_text("This is not JSON").first).to_be_visible()
    text.fill('{"Version": "2026-11-01", "Rules": [{"Then": {"AutoApprove": true, "Deny": "x"}}]}')
    approver.get_by_role("button", name="Set the policy").click()
    expect(approver.get_by_text("more than one of AutoApprove, Deny and Require")).to_be_visible()


def test_unsaved_changes_are_not_left_without_a_question(console, desk, approver):
    set_policy(desk)
    before = desk.weir.get_approval_policy()["Version"]
    approver.goto(console.url + "policy")
    approver.get_by_role("button", name="Edit personal data").click()
    dialog = approver.get_by_role("dialog")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)  # nothing was changed

    opener = approver.get_by_role("button", name="Edit personal data")
    name = dialog.get_by_label("Name", exact=True)
    question = approver.get_by_role("dialog", name="Discard your changes?")
    opener.click()
    name.fill("secret data")
    name.press("Escape")
    question.get_by_role("button", name="Discard").click()
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()

    opener.click()
    name.fill("private data")
    leave = approver.get_by_role("dialog", name="Rule personal data").get_by_role("button", name="Cancel")
    leave.click()
    expect(question.get_by_text("What you changed in this rule is lost.")).to_be_visible()
    question.get_by_role("button", name="Cancel").click()
    expect(leave).to_be_focused()
    expect(name).to_have_value("private data")
    dialog.get_by_role("button", name="Apply").click()
    expect(approver.get_by_text("You have unsaved changes.")).to_be_visible()

    elsewhere = approver.get_by_role("link", name="Channels", exact=True)
    elsewhere.click()
    expect(dialog.get_by_text("Your changes to the policy are lost.")).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    expect(approver.get_by_role("heading", name="private data")).to_be_visible()
    elsewhere.click()
    dialog.get_by_role("button", name="Leave").click()
    heading(approver, "Channels")
    assert desk.weir.get_approval_policy()["Version"] == before


def test_who_may_not_read_the_policy_is_refused_and_cannot_set_it(console, desk):
    page = console.somebody("policy")
    is_refused(page)
    expect(page.get_by_role("button", name="Set the policy")).to_have_count(0)


def test_a_channel_is_added_with_a_secret_told_once_and_removed(console, desk, approver):
    approver.goto(console.url + "channels")
    approver.get_by_role("button", name="Add a channel").click()
    dialog = approver.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("ops")
    dialog.get_by_role("button", name="Kind").click()
    approver.get_by_role("option", name="Signed messages").click()
    dialog.get_by_label("Address").fill("https://hooks.example.org/secret-path")
    events = dialog.get_by_label("Events", exact=True)
    events.press_sequentially("grant.")
    events.press("ArrowDown")
    events.press("ArrowDown")
    events.press("Enter")
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(approver.get_by_text("It is not shown again.")).to_be_visible()
    (channel,) = desk.weir.list_channels()["Channels"]
    assert (channel["Kind"], channel["EventTypes"], channel["Signed"]) == ("signed", ["grant.*"], True)
    expect(approver.get_by_text("secret-path")).to_have_count(0)
    picture(approver, "channels")
    approver.get_by_role("radio").check()
    approver.get_by_role("button", name="Remove", exact=True).click()
    approver.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(approver.get_by_text("The channel ops was removed.")).to_be_visible()
    assert desk.weir.list_channels()["Channels"] == []


def test_everybody_can_read_the_pages(console, desk, asked, approver, request):
    open_question(console, approver, request.node.name)
    question = approver.url.removeprefix(console.url)
    looks_well(console.administrator("approvals"), "Approvals", lambda page: expect(page.get_by_role("link", name=desk.database).first).to_be_visible())
    looks_well(console.administrator(question), f"Access to {desk.database}.people",
               lambda page: expect(page.get_by_role("heading", name="Your decision")).to_be_visible())
    looks_well(console.administrator("policy"), "Approval policy", lambda page: expect(page.get_by_role("heading", name="personal data")).to_be_visible())
    looks_well(console.administrator("channels"), "Channels", lambda page: expect(page.get_by_text("There are no channels")).to_be_visible())
