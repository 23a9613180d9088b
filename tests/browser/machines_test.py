"""State machines in the console: drawn from their text while it is written, saved, and started."""

import json
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from states_words import create, machine_role, states_client

from .conftest import Console
from .page_words import MARKUP, heading, is_refused, looks_well

DEFINITION = json.dumps({
    "Comment": MARKUP, "StartAt": "Look",
    "States": {
        "Look": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericGreaterThan": 3, "Next": "Both"}],
                 "Default": "Done"},
        "Both": {"Type": "Parallel", "Next": "Done", "Branches": [
            {"StartAt": side, "States": {side: {"Type": "Pass", "End": True}}} for side in ("Left", "Right")]},
        "Done": {"Type": "Succeed"}}}, indent=2)


@pytest.fixture(scope="module")
def states(console_server):
    return states_client(console_server)


@pytest.fixture
def role(console) -> str:
    return machine_role(console.admin, "glue:GetDatabase")


def path_of(arn: str) -> str:
    return f"machines/{quote(arn, safe='')}"


def opened(console: Console, arn: str, name: str) -> Page:
    page = console.administrator(path_of(arn))
    heading(page, name)
    return page


def state(page: Page, name: str):
    return page.get_by_role("button", name=name)


def test_a_machine_is_drawn_and_leads_to_its_text(console, states, role):
    page = opened(console, create(states, DEFINITION, role, "drawn"), "drawn")
    drawing = page.get_by_role("group", name="The states of drawn")
    expect(drawing.get_by_role("button")).to_have_count(5)
    expect(page.get_by_text("The definition is valid.")).to_be_visible()
    first = state(drawing, "Look, Choice")
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(state(drawing, "Both, Parallel")).to_have_attribute("aria-pressed", "true")
    selected = page.get_by_label("Definition", exact=True).evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)")
    assert '"Both"' in selected


def test_the_drawing_follows_the_text_and_findings_stand_beside_their_lines(console, states, role):
    page = opened(console, create(states, DEFINITION, role, "typed"), "typed")
    text = page.get_by_label("Definition", exact=True)
    text.fill(json.dumps({"StartAt": "Only", "States": {"Only": {"Type": "Pass", "Next": "Nowhere"}}}, indent=2))
    expect(page.get_by_role("button", name="Only, Pass")).to_be_visible()
    findings = page.get_by_role("status", name="What is wrong with the definition")
    expect(findings.get_by_text("MISSING_TRANSITION_TARGET", exact=False).first).to_be_visible()
    findings.get_by_role("button", name="Line 6").first.click()
    assert "Nowhere" in text.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)")
    text.fill("{ half")  # what is half typed does not take the picture away
    expect(page.get_by_role("button", name="Only, Pass")).to_be_visible()


def test_what_somebody_else_saved_is_not_overwritten(console, states, role):
    arn = create(states, DEFINITION, role, "both-write")
    page = opened(console, arn, "both-write")
    text = page.get_by_label("Definition", exact=True)
    mine, theirs = (json.dumps({"StartAt": name, "States": {name: {"Type": "Pass", "End": True}}}) for name in ("Mine", "Theirs"))
    text.fill(mine)
    states.update_state_machine(stateMachineArn=arn, definition=theirs)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Somebody else has saved this machine meanwhile", exact=False)).to_be_visible()
    assert states.describe_state_machine(stateMachineArn=arn)["definition"] == theirs
    page.once("dialog", lambda leaving: leaving.accept())
    page.reload()
    expect(page.get_by_role("button", name="Theirs, Pass")).to_be_visible()
    text.fill(mine)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("both-write is saved", exact=False)).to_be_visible()
    assert states.describe_state_machine(stateMachineArn=arn)["definition"] == mine


def test_text_that_is_not_saved_is_not_left_without_a_question(console, states, role):
    page = opened(console, create(states, DEFINITION, role, "unsaved"), "unsaved")
    dialog = page.get_by_role("dialog")
    page.get_by_label("Definition", exact=True).fill("{}")
    page.get_by_role("link", name="Locations", exact=True).click()
    expect(dialog.get_by_text("Your changes to the definition are lost.")).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    expect(page.get_by_label("Definition", exact=True)).to_have_value("{}")
    # What is deleted cannot be saved: nothing more is asked.
    page.get_by_role("button", name="Delete").click()
    dialog.get_by_label("Type unsaved to confirm").fill("unsaved")
    dialog.get_by_role("button", name="Delete").click()
    heading(page, "State machines")
    expect(dialog).to_have_count(0)


def writer(console: Console, states, role: str, name: str) -> Page:
    """A page of somebody of their own, with text that is not saved in a machine of that name."""
    page = console.signed_in(console.person(name, "administrators"), path_of(create(states, DEFINITION, role, name)))
    heading(page, name)
    page.get_by_label("Definition", exact=True).fill("{}")
    return page


def test_who_signs_out_is_asked_about_text_that_is_not_saved(console, states, role):
    page = writer(console, states, role, "leaver")
    menu = page.get_by_role("button", name="leaver")
    question = page.get_by_role("dialog", name="Sign out?")
    menu.click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(question.get_by_text("Your changes to the definition are lost.")).to_be_visible()
    question.get_by_role("button", name="Cancel").click()
    expect(page.get_by_label("Definition", exact=True)).to_have_value("{}")
    expect(menu).to_be_focused()
    menu.click()
    page.get_by_role("menuitem", name="Sign out").click()
    question.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("User name")).to_be_visible()
    expect(page.get_by_text("Your sign-in has ended")).to_have_count(0)


def test_a_sign_in_that_ends_says_what_went_with_it(console, states, role):
    page = writer(console, states, role, "ended")
    page.route(console.server.endpoint + "/", lambda route: route.fulfill(
        status=400, content_type="application/x-amz-json-1.0", body='{"__type": "ExpiredTokenException", "message": "It has ended."}')
        if "ValidateStateMachineDefinition" in route.request.headers.get("x-amz-target", "") else route.continue_())
    page.get_by_label("Definition", exact=True).fill("[]")
    expect(page.get_by_text("Your sign-in has ended")).to_be_visible()
    expect(page.get_by_text("Your changes to the definition are lost.")).to_be_visible()


def test_a_machine_is_made_started_and_deleted(console, states, role):
    page = console.administrator("machines")
    heading(page, "State machines")
    page.get_by_role("button", name="Create state machine").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("made-here")
    dialog.get_by_role("combobox", name="Role", exact=True).fill(role)
    page.keyboard.press("Escape")
    dialog.get_by_role("button", name="Create").click()
    heading(page, "made-here")
    page.get_by_role("button", name="Start execution").click()
    page.get_by_role("dialog").get_by_label("Input", exact=True).fill('{"a": 1}')
    page.get_by_role("dialog").get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("heading", name="Outcome")).to_be_visible()  # the list of the page before says "Succeeded", too
    expect(page.get_by_text("Succeeded", exact=True)).to_be_visible()
    page.go_back()
    heading(page, "made-here")
    page.get_by_role("button", name="Delete").click()
    asked = page.get_by_role("dialog")
    expect(asked.get_by_role("button", name="Delete")).to_be_disabled()
    asked.get_by_label("Type made-here to confirm").fill("made-here")
    asked.get_by_role("button", name="Delete").click()
    heading(page, "State machines")
    assert "made-here" not in [one["name"] for one in states.list_state_machines()["stateMachines"] if one.get("status") != "DELETING"]


def test_who_may_not_is_refused_with_the_reason(console, states, role):
    page = console.somebody(path_of(create(states, DEFINITION, role, "kept")))
    heading(page, "kept")
    page.get_by_role("button", name="Start execution").click()
    page.get_by_role("dialog").get_by_role("button", name="Start", exact=True).click()
    is_refused(page.get_by_role("dialog"))


def test_machines_look_well(console, states, role):
    arn = create(states, DEFINITION, role, "looked-at")
    looks_well(console.administrator("machines"), "State machines", lambda page: expect(page.get_by_role("link", name="looked-at")).to_be_visible())
    looks_well(console.administrator(path_of(arn)), "looked-at", lambda page: expect(page.get_by_text("The definition is valid.")).to_be_visible())
