"""The goals of executions: starts a second, memory of those that wait, and how soon a token wakes its execution.

    executions_bench.py [--waiting N] [--starts N]

A real server on its embedded store; requests are signed once a connection and sent by several processes, so that what
is measured is the server. A part of bench.py's table; alone it prints one line a figure and ends with status 1 when a
goal is missed.
"""

import argparse
import http.client
import json
import multiprocessing
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from conftest import REGION, Server  # noqa: E402
from states_words import PASS, create, machine, machine_role, states_client  # noqa: E402

STARTS, WAITING = 5_000, 50_000
FIVE = machine(("A", PASS), ("B", {"Type": "Choice", "Choices": [{"Variable": "$.n", "IsPresent": True, "Next": "C"}],
                                   "Default": "E"}), ("C", PASS), ("D", PASS), ("E", {"Type": "Succeed"}))
ASK = machine(("Ask", {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.waitForTaskToken",
                       "Parameters": {"StateMachineArn": "CHILD", "Input": {"Token.$": "$$.Task.Token"}}}))


class Line:
    """One connection that signs each request by itself: cheaper than a client of the SDK."""

    def __init__(self, endpoint: str, keys: tuple[str, str]):
        self.endpoint = endpoint
        self.host = endpoint.split("//")[1]
        self.signer = SigV4Auth(Credentials(*keys), "states", REGION)
        self.connection = http.client.HTTPConnection(self.host)

    def call(self, operation: str, body: dict) -> dict:
        request = AWSRequest("POST", self.endpoint + "/", data=json.dumps(body), headers={
            "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"AWSStepFunctions.{operation}"})
        self.signer.add_auth(request)
        self.connection.request("POST", "/", request.data, dict(request.headers))
        answer = self.connection.getresponse()
        text = answer.read()
        assert answer.status == 200, text
        return json.loads(text)


def start_part(endpoint: str, keys: tuple[str, str], arn: str, first: int, last: int) -> None:
    line = Line(endpoint, keys)
    for number in range(first, last):
        line.call("StartExecution", {"stateMachineArn": arn, "name": f"n{number}", "input": json.dumps({"n": number})})


def start_many(server: Server, arn: str, first: int, count: int, parts: int = 8) -> float:
    """Seconds that `count` starts took, by several processes."""
    edges = [first + count * part // parts for part in range(parts + 1)]
    workers = [multiprocessing.Process(target=start_part, args=(server.endpoint, server.keys(), arn, a, b))
               for a, b in zip(edges, edges[1:])]
    begin = time.monotonic()
    [w.start() for w in workers], [w.join() for w in workers]
    assert all(w.exitcode == 0 for w in workers)
    return time.monotonic() - begin


def own_mb(pid: int) -> float:
    """Memory of the process's own; pages of the mapped database are the kernel's to take back."""
    return int(re.search(r"RssAnon:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


def running(line: Line, arn: str) -> bool:
    return bool(line.call("ListExecutions", {"stateMachineArn": arn, "statusFilter": "RUNNING", "maxResults": 1})["executions"])


def token_of(line: Line, execution: str) -> str:
    while True:
        events = line.call("GetExecutionHistory", {"executionArn": execution})["events"]
        if any(event["type"] == "TaskSubmitted" for event in events):
            text = next(e for e in events if e["type"] == "TaskScheduled")["taskScheduledEventDetails"]["parameters"]
            return json.loads(text)["Input"]["Token"]


def wake_ms(line: Line, arn: str, number: int) -> float:
    """From the answer to the token to an execution that has ended, as a caller sees it."""
    name = f"n{number}"
    execution = arn.replace(":stateMachine:", ":execution:") + ":" + name
    token = token_of(line, execution)
    begin = time.monotonic()
    line.call("SendTaskSuccess", {"taskToken": token, "output": "{}"})
    while line.call("DescribeExecution", {"executionArn": execution})["status"] == "RUNNING":
        pass
    return (time.monotonic() - begin) * 1000


def measure(home: Path, add, starts: int = STARTS, waiting: int = WAITING) -> None:
    """`add(name, value, goal, at_least, unit)` is told each figure, as bench.py's table is."""
    server = Server(home / "executions", "--log-level", "warn").start()
    states, admin = states_client(server), server.session()
    line = Line(server.endpoint, server.keys())
    five = create(states, FIVE, machine_role(admin))
    start_many(server, five, 0, 200)
    seconds = start_many(server, five, 200, starts)
    while running(line, five):
        pass
    add("executions of five states, started and ended", starts / seconds, 500, True, " /s")
    child = create(states, machine(("P", PASS)), machine_role(admin))
    ask = create(states, ASK.replace("CHILD", child), machine_role(admin, "states:StartExecution"))
    start_many(server, ask, 0, waiting)
    line = Line(server.endpoint, server.keys())  # the one before was idle for too long
    token_of(line, ask.replace(":stateMachine:", ":execution:") + f":n{waiting - 1}")
    add(f"memory of its own with {waiting:,} executions waiting", own_mb(server.process.pid), 200, False, " MB")
    wakes = [wake_ms(line, ask, waiting * part // 50) for part in range(50)]
    add("a token's answer to the end of its execution then, median", statistics.median(wakes), 10, False, " ms")
    assert server.stop() == 0


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--starts", type=int, default=STARTS)
    options.add_argument("--waiting", type=int, default=WAITING)
    given = options.parse_args()
    missed = []

    def add(name: str, value: float, goal: float, at_least: bool, unit: str) -> None:
        met = value >= goal if at_least else value <= goal
        missed.extend([] if met else [name])
        print(f"{name}: {value:.1f}{unit} (goal {'>=' if at_least else '<='} {goal:g}) {'met' if met else 'MISSED'}", flush=True)

    with tempfile.TemporaryDirectory() as home:
        measure(Path(home), add, given.starts, given.waiting)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
