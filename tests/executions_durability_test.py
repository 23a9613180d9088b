"""`kill -9` while a hundred executions wait: each ends as it would have without the kill.

The executions wait for a token, for a time, for a child and for tasks under way; the process dies at an instant that
the number of acknowledged answers decides, a hundred times. KILLS in the environment says how often.
"""

import json
import os
import random
import re
import threading

import pytest
from botocore.exceptions import EndpointConnectionError, HTTPClientError

from conftest import ACCOUNT, Server
from states_words import PASS, SDK, create, ended, history, machine, machine_role, states_client, until

KILLS = int(os.environ.get("KILLS", "100"))
WAITING = 100
CALLER = {"Type": "Task", "Resource": SDK + "sts:getCallerIdentity", "Parameters": {},
          "ResultSelector": {"Account.$": "$.Account"}}
WHO = CALLER | {"ResultPath": "$.who"}


@pytest.fixture()
def own(tmp_path):
    running = Server(tmp_path / "data").start()
    yield running
    if running.process.poll() is None:
        running.stop()


def approval(child: str) -> str:
    """Looks somebody up, asks, waits for the answer, waits a moment, looks again and fans out."""
    ask = {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.waitForTaskToken",
           "Parameters": {"StateMachineArn": child, "Input": {"Token.$": "$$.Task.Token"}}, "ResultPath": "$.answer"}
    fan = {"Type": "Map", "ItemsPath": "$.items", "ResultPath": "$.items",
           "ItemProcessor": json.loads(machine(("Each", CALLER)))}
    return machine(("Look", WHO), ("Ask", ask), ("Moment", {"Type": "Wait", "Seconds": 1}), ("Again", WHO), ("Fan", fan))


def expected(number: int) -> dict:
    account = {"Account": ACCOUNT}
    return {"number": number, "items": [account, account], "who": account, "answer": {"approved": number % 2 == 0}}


def token_of(events: list[dict]) -> str | None:
    """The token of the callback, once its call was answered."""
    if not any(event["type"] == "TaskSubmitted" for event in events):
        return None
    for event in events:
        text = event.get("taskScheduledEventDetails", {}).get("parameters", "")
        if found := re.search(r'"Token":"([^"]+)"', text):
            return found.group(1)
    return None


def answer_until_it_dies(states, tokens: dict[int, str], stop_at: int, server: Server) -> None:
    """Answers tokens one after another; the server is killed after `stop_at` answers were acknowledged, at once."""
    acknowledged = 0
    for number, token in list(tokens.items()):
        try:
            states.send_task_success(taskToken=token, output=json.dumps({"approved": number % 2 == 0}))
            del tokens[number]
            acknowledged += 1
        except states.exceptions.TaskTimedOut:  # answered before the last kill, unheard
            del tokens[number]
        except (HTTPClientError, EndpointConnectionError):
            return
        if acknowledged == stop_at:
            threading.Thread(target=server.process.kill).start()  # while the next answer is on its way


def test_a_hundred_waiting_executions_end_as_if_the_server_had_never_died(own):
    port = int(own.endpoint.rsplit(":", 1)[1])
    admin = own.session()
    states = states_client(own)
    child = create(states, machine(("P", PASS)), machine_role(admin))
    arn = create(states, approval(child), machine_role(admin, "states:StartExecution"))
    started, asked = {}, {}

    def start(number: int) -> None:
        given = json.dumps({"number": number, "items": [1, 2]})
        started[number] = states.start_execution(stateMachineArn=arn, name=f"n{number}", input=given)["executionArn"]
    number = 0
    for kill in range(KILLS):
        rng = random.Random(kill)
        while number < WAITING * (kill + 1) // KILLS:  # some are started in every life of the server
            start(number)
            number += 1
        if kill % 2:  # right after the start, in the middle of their tasks; else when they wait
            for waits in range(len(started)):
                if waits not in asked:
                    asked[waits] = until(lambda: token_of(history(states, started[waits])))
        open_tokens = {n: token for n, token in asked.items() if n in started}
        answer_until_it_dies(states, open_tokens, rng.randint(1, 5), own)
        own.kill()
        own.start(port)
        assert states.list_executions(stateMachineArn=arn, maxResults=1)["executions"]
    for waits in range(WAITING):
        if waits not in asked:
            asked[waits] = until(lambda: token_of(history(states, started[waits])))
        try:
            states.send_task_success(taskToken=asked[waits], output=json.dumps({"approved": waits % 2 == 0}))
        except states.exceptions.TaskTimedOut:
            pass  # answered in an earlier life
    kinds = set()
    for waits, execution in started.items():
        done = ended(states, execution, 60)
        assert done["status"] == "SUCCEEDED", done
        assert json.loads(done["output"]) == expected(waits)
        events = history(states, execution)
        assert [event["id"] for event in events] == list(range(1, len(events) + 1))
        kinds.add(tuple(sorted(event["type"] for event in events)))
    assert len(kinds) == 1  # the same events, whatever happened to the server
    children = [e for page in states.get_paginator("list_executions").paginate(stateMachineArn=child)
                for e in page["executions"]]
    assert len(children) == WAITING  # each was asked once
    assert own.stop() == 0
