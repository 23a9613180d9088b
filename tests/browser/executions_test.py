"""Executions in the console: followed on the drawing while they run, with what went in and out, stopped and redriven."""

import json
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from states_words import create, ended, machine_role, states_client

from .conftest import Console
from .page_words import MARKUP, heading, looks_well, is_refused

BROKEN = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:glue:getDatabase", "Parameters": {"Name": "absent"}}
CATCH = [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "After"}]


@pytest.fixture(scope="module")
def states(console_server):
    return states_client(console_server)


def started(console, states, name: str, definition: dict, input: dict | None = None) -> str:
    arn = create(states, json.dumps(definition), machine_role(console.admin, "glue:GetDatabase"), name)
    return states.start_execution(stateMachineArn=arn, name=f"{name}-1", input=json.dumps(input or {}))["executionArn"]


def path_of(arn: str) -> str:
    return f"executions/{quote(arn, safe='')}"


def opened(console: Console, arn: str) -> Page:
    page = console.administrator(path_of(arn))
    heading(page, arn.split(":")[-1])
    return page


def test_what_failed_is_shown_on_the_drawing_and_in_words(console, states):
    arn = started(console, states, "failing", {"StartAt": "Look", "States": {
        "Look": BROKEN | {"Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1, "IntervalSeconds": 1}], "Catch": CATCH, "End": True},
        "Never": {"Type": "Succeed"}, "After": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": True, "Next": "Never"}],
                                               "Default": "Refused"},
        "Refused": {"Type": "Fail", "Error": "Refused", "Cause": MARKUP}}}, {"note": MARKUP})
    ended(states, arn)
    page = opened(console, arn)
    drawing = page.get_by_role("group", name="What happened in failing-1")
    expect(drawing.get_by_role("button", name="Never, Succeed, not entered")).to_be_visible()
    expect(drawing.get_by_role("button", name="Refused, failed")).to_be_visible()
    drawing.get_by_role("button", name="Look, failed, and the failure was caught").click()
    expect(page.get_by_text("2 times", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Input", exact=True)).to_contain_text("onerror")
    expect(page.get_by_role("link", name="Why?")).to_be_visible()  # the task was refused: its decision explains it
    expect(page.get_by_role("grid", name="Events").get_by_text("ExecutionFailed")).to_be_visible()
    assert page.evaluate("window.entered") is None


def test_a_running_execution_is_followed(console, states):
    somebody = states.create_activity(name="somebody")["activityArn"]
    arn = started(console, states, "followed", {"StartAt": "Ask", "States": {
        "Ask": {"Type": "Task", "Resource": somebody, "Next": "After"}, "After": {"Type": "Succeed"}}})
    page = opened(console, arn)
    drawing = page.get_by_role("group", name="What happened in followed-1")
    expect(drawing.get_by_role("button", name="Ask, running")).to_be_visible()
    task = states.get_activity_task(activityArn=somebody)
    states.send_task_success(taskToken=task["taskToken"], output='{"said": "yes"}')
    expect(drawing.get_by_role("button", name="Ask, succeeded")).to_be_visible()
    expect(page.get_by_role("status").get_by_text("Succeeded", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Output of the execution")).to_contain_text("yes")
    expect(page.get_by_role("grid", name="Events").get_by_text("ExecutionSucceeded")).to_be_visible()


def test_an_execution_is_stopped_with_a_reason(console, states):
    arn = started(console, states, "stopped", {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 3600, "End": True}}})
    page = opened(console, arn)
    drawing = page.get_by_role("group", name="What happened in stopped-1")
    expect(drawing.get_by_role("button", name="Wait, running")).to_be_visible()
    page.get_by_role("button", name="Stop", exact=True).click()
    page.get_by_label("Reason").fill("enough of it")
    page.get_by_role("dialog").get_by_role("button", name="Stop").click()
    expect(page.get_by_role("status").get_by_text("Stopped", exact=True)).to_be_visible()
    expect(drawing.get_by_role("button", name="Wait, stopped")).to_be_visible()
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_disabled()
    assert ended(states, arn)["cause"] == "enough of it"


def test_what_failed_goes_on_from_there_when_it_is_redriven(console, states):
    arn = started(console, states, "redriven", {"StartAt": "First", "States": {
        "First": {"Type": "Pass", "Next": "Look"},
        "Look": BROKEN | {"Parameters": {"Name": "redriven_later"}, "End": True}}})
    assert ended(states, arn)["status"] == "FAILED"
    console.admin.glue.create_database(DatabaseInput={"Name": "redriven_later"})
    role = states.describe_state_machine_for_execution(executionArn=arn)["roleArn"]
    console.admin.lakeformation.grant_permissions(Principal={"DataLakePrincipalIdentifier": role}, Permissions=["DESCRIBE"],
                                                  Resource={"Database": {"Name": "redriven_later"}})
    page = opened(console, arn)
    page.get_by_role("button", name="Redrive", exact=True).click()
    expect(page.get_by_role("status").get_by_text("Succeeded", exact=True)).to_be_visible()
    drawing = page.get_by_role("group", name="What happened in redriven-1")
    expect(drawing.get_by_role("button", name="Look, succeeded, 2 times")).to_be_visible()
    expect(page.get_by_role("button", name="Redrive", exact=True)).to_be_disabled()


def test_who_may_not_see_an_execution_is_refused_with_the_reason(console, states):
    """People follow their requests on the requests' own pages: executions hold what everybody asks."""
    arn = started(console, states, "weir-access-guarded", {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 3600, "End": True}}})
    page = console.somebody(path_of(arn))
    is_refused(page)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    assert states.describe_execution(executionArn=arn)["status"] == "RUNNING"


def test_executions_look_well(console, states):
    leaf = {"StartAt": "Each", "States": {"Each": {"Type": "Pass", "End": True}}}
    arn = started(console, states, "seen", {"StartAt": "All", "States": {
        "All": {"Type": "Map", "ItemsPath": "$.items", "ItemProcessor": leaf, "ResultPath": "$.seen", "Next": "Look"},
        "Look": BROKEN | {"Catch": CATCH, "End": True}, "After": {"Type": "Wait", "Seconds": 3600, "End": True}}}, {"items": [1, 2, 3]})
    looks_well(console.administrator(path_of(arn)), "seen-1",
               lambda page: expect(page.get_by_role("button", name="After, running")).to_be_visible())
