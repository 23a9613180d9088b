"""What the tests of Step Functions have in common: roles for machines, machines, and waiting for their ends."""

import json
import time

import boto3
from botocore.config import Config

from conftest import ACCOUNT, REGION, Clients, Server
from iam_words import fresh
from lake import allow, role_arn, trust_service

SERVICE = "states.amazonaws.com"
ARN = f"arn:aws:states:{REGION}:{ACCOUNT}:"
SDK = "arn:aws:states:::aws-sdk:"


def states_client(server: Server, credentials: dict | None = None, profile: str = "default", **config):
    """A client that stays at the endpoint it is given, and waits as long as a long poll may last."""
    key, secret, token = *server.keys(profile), None
    if credentials:
        key, secret, token = credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials["SessionToken"]
    return boto3.Session(key, secret, token, region_name=REGION).client(
        "stepfunctions", endpoint_url=server.endpoint,
        config=Config(retries={"max_attempts": 1}, inject_host_prefix=False, read_timeout=90, **config))


def machine_role(admin: Clients, *actions: str, trust: str | None = None) -> str:
    """A role that states.amazonaws.com may assume and that allows `actions`; its ARN."""
    name = fresh("machine")
    admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust or trust_service(SERVICE))
    if actions:
        admin.iam.put_role_policy(RoleName=name, PolicyName="may", PolicyDocument=allow(list(actions)))
    return role_arn(name)


def machine(*states: tuple[str, dict], **top) -> str:
    """A definition of states one after another: those without Next lead to the following one."""
    named = {}
    for number, (name, state) in enumerate(states):
        ends = state["Type"] in ("Choice", "Succeed", "Fail") or "Next" in state or "End" in state
        last = number + 1 == len(states)
        named[name] = state if ends else state | ({"End": True} if last else {"Next": states[number + 1][0]})
    return json.dumps(top | {"StartAt": states[0][0], "States": named})


PASS = {"Type": "Pass"}


def create(client, definition: str, role: str, name: str | None = None, **options) -> str:
    return client.create_state_machine(name=name or fresh("m"), definition=definition, roleArn=role,
                                       **options)["stateMachineArn"]


def until(found, seconds: float = 30):
    """Asks again and again, and answers with the first thing that is found."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = found()
        if answer:
            return answer
    raise AssertionError("it did not come in time")


def ended(client, execution: str, seconds: float = 30) -> dict:
    """The description of an execution once it has ended."""
    def look():
        shown = client.describe_execution(executionArn=execution)
        return shown if shown["status"] != "RUNNING" else None
    return until(look, seconds)


def run(client, machine_arn: str, input=None, **options) -> dict:
    given = {} if input is None else {"input": json.dumps(input)}
    started = client.start_execution(stateMachineArn=machine_arn, **given, **options)
    return ended(client, started["executionArn"])


def history(client, execution: str) -> list[dict]:
    pages = client.get_paginator("get_execution_history").paginate(executionArn=execution)
    return [event for page in pages for event in page["events"]]


def types(client, execution: str) -> list[str]:
    return [event["type"] for event in history(client, execution)]


def token_in_history(client, execution: str) -> str:
    """The token a callback task gave away, as its parameters show it."""
    def look():
        for event in history(client, execution):
            if event["type"] == "TaskScheduled":
                text = json.loads(event["taskScheduledEventDetails"]["parameters"])
                return find_token(text)
        return None
    return until(look)


def find_token(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "Token":
                return inner
            if found := find_token(inner):
                return found
    return None
