"""The definitions of src/workflow/testdata over the wire: what needs no scripted task runs on a server, all at once.

The same files are run by the pure engine (src/workflow/machines_test.cc); a server must come to the same ends, with the
same histories, and must name the same faults of definitions that are wrong.
"""

import json
from pathlib import Path

import pytest

from states_words import create, ended, machine_role, states_client, types

DATA = Path(__file__).resolve().parents[1] / "src" / "workflow" / "testdata"
SECONDS_MAX = 2  # cases that wait longer are the pure engine's


def cases(folder: str) -> list:
    return [pytest.param(case, id=f"{file.stem}: {case['name']}")
            for file in sorted((DATA / folder).glob("*.json")) if file.stem != "queries"  # in words of the tests' own
            for case in json.loads(file.read_text()) if runs_by_itself(case)]


def runs_by_itself(case: dict) -> bool:
    """Needs no scripted task, ends soon, and does not speak of names that only the pure engine's executions have."""
    text = json.dumps(case["machine"])
    waits = any(word in text for word in ('"Wait"', '"TimeoutSeconds"')) and "at_s" not in case
    named = any(word in text for word in ("$$.Execution.", "$$.StateMachine.", "context.Execution", "context.StateMachine",
                                          "EnteredTime"))
    return '"Task"' not in text and not waits and not named and case.get("at_s", 0) <= SECONDS_MAX


def definition(case: dict) -> str:
    machine = case["machine"]
    return json.dumps(machine if "StartAt" in machine else {"StartAt": next(iter(machine)), "States": machine})


def given(case: dict) -> str:
    letters = {name: "x" * count for name, count in case.get("letters", {}).items()}
    return json.dumps({**case.get("input", {}), **letters} if letters else case.get("input", {}))


ALL = cases("machines") + cases("jsonata_machines")


@pytest.fixture(scope="module")
def states(server):
    return states_client(server)


@pytest.fixture(scope="module")
def started(states, admin) -> dict[str, str]:
    """Every case's execution, by its place: they run while the tests ask one after another."""
    role = machine_role(admin)
    out = {}
    for param in ALL:
        arn = create(states, definition(param.values[0]), role)
        out[param.id] = states.start_execution(stateMachineArn=arn, input=given(param.values[0]))["executionArn"]
    return out


def test_there_are_enough_of_them():
    assert len(ALL) >= 300


@pytest.mark.parametrize("case", ALL)
def test_a_definition_ends_as_it_should(states, started, case, request):
    execution = started[request.node.callspec.id]
    done = ended(states, execution)
    assert done["status"] == case.get("status", "SUCCEEDED"), done
    if "output" in case:
        assert json.loads(done["output"]) == case["output"]
    if "error" in case:
        assert done.get("error", "(none)") == case["error"]
    if "cause" in case:
        assert done.get("cause", "(none)") == case["cause"]
    assert case.get("cause_has", "") in done.get("cause", "")
    for part in ("error", "cause"):
        if size := case.get(f"{part}_bytes"):
            assert len(done[part]) == size
    if "history" in case:
        assert types(states, execution) == case["history"]


def faults() -> list:
    rows = [row for name in ("invalid", "definitions") for row in json.loads((DATA / f"{name}.json").read_text())]
    return [row for row in rows if row[0] != "" and "{%" not in str(row[0])]  # the SDK sends no empty text; no engine there


def test_what_is_wrong_with_a_definition_is_named_with_its_place(states):
    rows = faults()
    assert len(rows) >= 300
    for wrong, expected in rows:
        text = wrong if isinstance(wrong, str) else json.dumps(wrong)
        told = states.validate_state_machine_definition(definition=text, severity="WARNING", maxResults=100)
        assert [f"{d['code']} {d.get('location', '')}" for d in told["diagnostics"]] == expected, text
        errors = any(d["severity"] == "ERROR" for d in told["diagnostics"])
        assert told["result"] == ("FAIL" if errors else "OK"), text


def test_what_is_wrong_is_not_made(states, admin):
    role = machine_role(admin)
    for wrong, expected in faults()[::9]:
        text = wrong if isinstance(wrong, str) else json.dumps(wrong)
        if all(fault.startswith(("NO_DOLLAR", "NO_PATH", "PASS_RESULT")) for fault in expected):
            continue  # warnings
        with pytest.raises(states.exceptions.InvalidDefinition) as refused:
            create(states, text, role)
        assert "Invalid State Machine Definition: '" in str(refused.value)
