"""Step Functions in JSONata over the wire: machines that compute, what is told of them, and expressions that mean harm."""

import json
import threading
import time

import pytest

from iam_words import fresh, refused
from states_words import create, ended, history, machine, machine_role, run, states_client

JSONATA = {"QueryLanguage": "JSONata"}
ENDLESS = "{% ($f := function($n) { $f($n + 1) }; $f(1)) %}"


@pytest.fixture(scope="module")
def states(server):
    return states_client(server)


@pytest.fixture(scope="module")
def role(admin):
    return machine_role(admin)


def test_a_machine_computes_with_variables_and_chooses(states, role):
    definition = machine(
        ("Read", {"Type": "Pass", "Assign": {"open": "{% [$states.input.orders[status = 'open']] %}", "n": 0}}),
        ("Choose", {"Type": "Choice", "Choices": [{"Condition": "{% $count($open) > 1 %}", "Next": "Sum"}],
                    "Default": "None"}),
        ("Sum", {"Type": "Succeed", "Output": {"total": "{% $sum($open.total) %}", "id": "{% $uuid() %}",
                                               "by": "{% $states.context.Execution.Name %}"}}),
        ("None", {"Type": "Fail", "Error": "{% 'N' & 'one' %}"}), **JSONATA)
    arn = create(states, definition, role)
    orders = [{"status": "open", "total": 1.5}, {"status": "open", "total": 2}, {"status": "held", "total": 9}]
    done = run(states, arn, {"orders": orders}, name="first")
    output = json.loads(done["output"])
    assert (done["status"], output["total"], output["by"]) == ("SUCCEEDED", 3.5, "first")
    failed = run(states, arn, {"orders": orders[2:]})
    assert (failed["status"], failed["error"]) == ("FAILED", "None")
    assert states.describe_state_machine(stateMachineArn=arn)["variableReferences"] == {
        "Choose": ["open"], "Sum": ["open"]}


def test_an_expression_that_gives_nothing_fails_and_is_told(states, role):
    arn = create(states, machine(("A", {"Type": "Pass", "Output": {"a": ["{% $states.input.missing %}"]}}), **JSONATA),
                 role)
    failed = run(states, arn, {})
    assert failed["error"] == "States.QueryEvaluationError"
    events = history(states, failed["executionArn"])
    assert [event["type"] for event in events] == ["ExecutionStarted", "PassStateEntered", "EvaluationFailed", "ExecutionFailed"]
    told = events[2]["evaluationFailedEventDetails"]
    assert (told["state"], told["location"]) == ("A", "Output/a[0]")
    assert "specified for the field 'Output/a[0]' returned nothing (undefined)." in told["cause"]


@pytest.mark.parametrize("state", [
    {"Type": "Pass", "Output": "{% 1 + %}"},
    {"Type": "Pass", "Output": "{% " + "(" * 5_000 + " %}"},
    {"Type": "Pass", "Parameters": {}},
    {"Type": "Pass", "Assign": {"states": 1}},
    {"Type": "Pass", "QueryLanguage": "JSONPath"},
])
def test_definitions_that_are_wrong_are_refused(states, role, state):
    error = refused(states.create_state_machine, name=fresh("m"), definition=machine(("A", state), **JSONATA),
                    roleArn=role)
    assert error[1] == "InvalidDefinition"


@pytest.mark.parametrize("expression", [
    ENDLESS, "{% $match('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', /^(a+)+$/) %}",
    "{% [[1..10000000], [1..10000000], [1..10000000]] %}", "{% $pad('', 1000000000) %}", "{% $eval('1') %}",
])
def test_expressions_that_mean_harm_end_and_can_be_caught(states, role, expression):
    task = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sts:getCallerIdentity", "Arguments": {"x": expression},
            "Catch": [{"ErrorEquals": ["States.QueryEvaluationError"], "Next": "S", "Output": "caught"}]}
    arn = create(states, machine(("T", task | {"Next": "S"}), ("S", {"Type": "Succeed"}), **JSONATA), role)
    assert json.loads(run(states, arn)["output"]) == "caught"


def test_nobody_waits_for_the_expressions_of_others(states, role, admin):
    """Machines that evaluate without end, one after another, while grants, users and machines are written."""
    slow = create(states, machine(("A", {"Type": "Pass", "Output": ENDLESS}), **JSONATA), role)
    alone = seconds_of(run, states, slow)
    # A writer behind an endless expression would wait as long as the expression may take.
    assert slowest_write(admin, [lambda: run(states, slow)] * 4) < 0.8 * alone


def test_nobody_waits_for_the_expressions_of_what_is_stopped_or_taken(states, role, admin):
    """Who stops an execution, or asks for a task, meets what was due before: a time-out whose Catch evaluates without end."""
    slow = create(states, machine(("A", {"Type": "Pass", "Output": ENDLESS}), **JSONATA), role)
    alone = seconds_of(run, states, slow)
    activity = states.create_activity(name=fresh("a"))["activityArn"]
    late = {"Type": "Task", "Resource": activity, "TimeoutSeconds": 1, "Next": "Done",
            "Catch": [{"ErrorEquals": ["States.Timeout"], "Output": ENDLESS, "Next": "Done"}]}
    arn = create(states, machine(("T", late), ("Done", {"Type": "Succeed"}), **JSONATA), role)
    executions = [states.start_execution(stateMachineArn=arn)["executionArn"] for _ in range(2)]
    due = max(states.describe_execution(executionArn=e)["startDate"].timestamp() for e in executions) + 1

    def stop(execution: str):
        while time.time() < due:
            pass
        states.stop_execution(executionArn=execution)

    def take():
        while time.time() < due:
            pass
        worker = threading.Thread(target=states.get_activity_task, kwargs={"activityArn": activity}, daemon=True)
        worker.start()
    assert slowest_write(admin, [lambda e=e: stop(e) for e in executions] + [take], writes=40) < 0.8 * alone
    for execution in executions:
        assert ended(states, execution)["status"] in ("ABORTED", "FAILED")
    run(states, create(states, machine(("T", {"Type": "Task", "Resource": activity, "TimeoutSeconds": 1})), role))  # the worker's


def seconds_of(call, *arguments) -> float:
    begin = time.monotonic()
    call(*arguments)
    return time.monotonic() - begin


def slowest_write(admin, calls: list, writes: int = 20) -> float:
    """The longest that a user's making took while `calls` went on."""
    threads = [threading.Thread(target=call) for call in calls]
    for each in threads:
        each.start()
    slowest = max(seconds_of(lambda: admin.iam.create_user(UserName=fresh("u"))) for _ in range(writes))
    for each in threads:
        each.join()
    return slowest


def test_a_state_can_be_tried(states, role):
    tried = states.test_state(definition=json.dumps({"Type": "Pass", "QueryLanguage": "JSONata",
                                                     "Output": {"v": "{% $states.input.a * 2 %}"}, "End": True}),
                              roleArn=role, input='{"a": 4}')
    assert (tried["status"], json.loads(tried["output"])) == ("SUCCEEDED", {"v": 8})


def test_a_token_brings_a_result_to_expressions(states, role):
    activity = states.create_activity(name=fresh("a"))["activityArn"]
    task = {"Type": "Task", "Resource": activity, "Arguments": {"n": "{% $states.input.n + 1 %}"},
            "Output": "{% $states.result.m * 10 %}"}
    arn = create(states, machine(("T", task), **JSONATA), role)
    started = states.start_execution(stateMachineArn=arn, input='{"n": 1}')["executionArn"]
    given = states.get_activity_task(activityArn=activity)
    assert json.loads(given["input"]) == {"n": 2}
    states.send_task_success(taskToken=given["taskToken"], output='{"m": 7}')
    assert json.loads(ended(states, started)["output"]) == 70
