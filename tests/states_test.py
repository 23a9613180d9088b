"""Step Functions over the wire: machines, versions, aliases, executions, activities, and what each refusal says."""

import json
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from conftest import ACCOUNT, REGION, WEIR
from iam_words import fresh, make_user, refused, statement
from lake import allow, role_arn, trust_service
from states_words import ARN, PASS, SDK, create, ended, history, machine, machine_role, run, states_client, types, until
from weir_words import dry_run

OTHER = "555566667777"
ONE = machine(("P", PASS))
WAITING = machine(("W", {"Type": "Wait", "Seconds": 3600}))


def said(call, **arguments) -> tuple[str, str]:
    return refused(call, **arguments)[1:]


def code(call, **arguments) -> str:
    return said(call, **arguments)[0]


@pytest.fixture(scope="module")
def states(server):
    return states_client(server)


@pytest.fixture(scope="module")
def role(admin):
    return machine_role(admin)


@pytest.fixture(scope="module")
def other(server):
    """The administrator of another account."""
    made = subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", OTHER, "--name",
                           "states-other"], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return states_client(server, profile="states-other")


class TestMachines:
    def test_a_machine_is_described_as_it_was_made(self, states, role):
        name = fresh("m")
        made = states.create_state_machine(name=name, definition=ONE, roleArn=role, tags=[{"key": "a", "value": "b"}])
        assert made["stateMachineArn"] == f"{ARN}stateMachine:{name}"
        shown = states.describe_state_machine(stateMachineArn=made["stateMachineArn"])
        assert shown["definition"] == ONE and shown["roleArn"] == role and shown["name"] == name
        assert (shown["status"], shown["type"]) == ("ACTIVE", "STANDARD")
        assert shown["loggingConfiguration"] == {"level": "OFF", "includeExecutionData": False}
        assert shown["creationDate"] == made["creationDate"]
        assert states.list_tags_for_resource(resourceArn=made["stateMachineArn"])["tags"] == [{"key": "a", "value": "b"}]

    def test_the_same_again_is_the_same_and_another_of_that_name_is_refused(self, states, role):
        name = fresh("m")
        first = states.create_state_machine(name=name, definition=ONE, roleArn=role)
        again = states.create_state_machine(name=name, definition=ONE, roleArn=role)
        assert again["creationDate"] == first["creationDate"]
        arn = first["stateMachineArn"]
        assert said(states.create_state_machine, name=name, definition=WAITING, roleArn=role) == (
            "StateMachineAlreadyExists", f"State Machine Already Exists: '{arn}'")

    @pytest.mark.parametrize("name", ["a b", "a<", "a*", "a\"", "a/b", "a:b", "a\n", "a,b"])
    def test_names_that_aws_forbids_are_forbidden(self, states, role, name):
        assert said(states.create_state_machine, name=name, definition=ONE, roleArn=role) == (
            "InvalidName", f"Invalid Name: '{name}'")

    @pytest.mark.parametrize("definition", [
        "{", "[]", "{}", '{"StartAt":"A","States":{}}', '{"StartAt":"A","States":{"B":{"Type":"Pass","End":true}}}',
        '{"StartAt":"A","States":{"A":{"Type":"Nap","End":true}}}',
        '{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"A"}}}',
        '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% 1 + %}","End":true}}}',
        machine(("T", {"Type": "Task", "Resource": "nonsense"})),
    ])
    def test_definitions_that_are_wrong_are_refused(self, states, role, definition):
        error, message = said(states.create_state_machine, name=fresh("m"), definition=definition, roleArn=role)
        assert error == "InvalidDefinition" and message.startswith("Invalid State Machine Definition: '")

    def test_definition_bombs_are_refused_or_harmless(self, states, role):
        for definition in ['{"StartAt":' * 5_000, "[" * 200_000,
                           machine(("P", {"Type": "Pass", "Result": json.loads("[" * 100 + "]" * 100)})),
                           json.dumps({"StartAt": "s0", "States": {f"s{i}": {"Type": "Parallel", "End": True,
                                                                            "Branches": []} for i in range(5_000)}})]:
            try:
                create(states, definition, role)
            except states.exceptions.InvalidDefinition:
                pass
        deep = {"StartAt": "x", "States": {"x": {"Type": "Pass", "End": True}}}
        for level in range(40):
            deep = {"StartAt": f"p{level}", "States": {f"p{level}": {"Type": "Parallel", "End": True, "Branches": [deep]}}}
        assert code(states.create_state_machine, name=fresh("m"), definition=json.dumps(deep), roleArn=role) == (
            "InvalidDefinition")
        assert states.list_state_machines(maxResults=1)["stateMachines"]

    def test_an_update_makes_a_revision_and_says_what_it_needs(self, states, role):
        arn = create(states, ONE, role)
        assert said(states.update_state_machine, stateMachineArn=arn) == (
            "MissingRequiredParameter", "Either the definition, the role ARN, the LoggingConfiguration, or the "
            "TracingConfiguration must be specified")
        changed = states.update_state_machine(stateMachineArn=arn, definition=WAITING)
        shown = states.describe_state_machine(stateMachineArn=arn)
        assert shown["definition"] == WAITING and shown["revisionId"] == changed["revisionId"]
        assert code(states.update_state_machine, stateMachineArn=arn, definition="{") == "InvalidDefinition"
        absent = f"{ARN}stateMachine:{fresh('none')}"
        assert said(states.update_state_machine, stateMachineArn=absent, definition=ONE) == (
            "StateMachineDoesNotExist", f"State Machine Does Not Exist: '{absent}'")

    def test_executions_go_on_with_the_definition_they_began_with(self, states, role):
        arn = create(states, WAITING, role)
        started = states.start_execution(stateMachineArn=arn)["executionArn"]
        states.update_state_machine(stateMachineArn=arn, definition=ONE)
        assert states.describe_state_machine_for_execution(executionArn=started)["definition"] == WAITING
        states.stop_execution(executionArn=started)

    def test_a_deleted_machine_stops_what_runs_and_is_gone(self, states, role):
        arn = create(states, WAITING, role)
        started = states.start_execution(stateMachineArn=arn)["executionArn"]
        states.delete_state_machine(stateMachineArn=arn)
        assert ended(states, started)["status"] == "ABORTED"

        def gone():
            try:
                return states.describe_state_machine(stateMachineArn=arn)["status"] != "DELETING"
            except states.exceptions.StateMachineDoesNotExist:
                return True
        until(gone)
        states.delete_state_machine(stateMachineArn=arn)
        assert code(states.start_execution, stateMachineArn=arn) == "StateMachineDoesNotExist"

    def test_lists_come_in_pages_that_cannot_be_forged(self, states, role):
        mine = {create(states, ONE, role) for _ in range(5)}
        listed = [m["stateMachineArn"] for page in states.get_paginator("list_state_machines").paginate(
            PaginationConfig={"PageSize": 2}) for m in page["stateMachines"]]
        assert mine <= set(listed) and len(listed) == len(set(listed))
        assert code(states.list_state_machines, nextToken="AAAA") == "InvalidToken"
        assert code(states.list_state_machines, maxResults=1001) == "ValidationException"

    def test_a_machine_that_is_deleting_or_of_another_kind_says_so(self, states, role):
        express = create(states, ONE, role, type="EXPRESS")
        assert said(states.list_executions, stateMachineArn=express) == (
            "StateMachineTypeNotSupported", "This operation is not supported by this type of state machine")
        standard = create(states, ONE, role)
        assert code(states.start_sync_execution, stateMachineArn=standard) == "StateMachineTypeNotSupported"


class TestRoles:
    """Who may give a machine its role, and which roles can be given."""

    def test_the_caller_must_be_allowed_to_pass_the_role(self, server, admin, role):
        who = make_user(admin, statement("Allow", "states:*"))
        keys = admin.iam.create_access_key(UserName=who)["AccessKey"]
        client = states_client(server, {"AccessKeyId": keys["AccessKeyId"], "SecretAccessKey": keys["SecretAccessKey"],
                                        "SessionToken": None})
        error, message = said(client.create_state_machine, name=fresh("m"), definition=ONE, roleArn=role)
        assert error == "AccessDeniedException" and "iam:PassRole" in message
        admin.iam.put_user_policy(UserName=who, PolicyName="pass", PolicyDocument=json.dumps({
            "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": role,
                                                    "Condition": {"StringEquals": {"iam:PassedToService": "states.amazonaws.com"}}}]}))
        create(client, ONE, role)

    def test_a_role_must_trust_the_service_and_be_of_the_account(self, states, admin):
        for arn in [machine_role(admin, trust=trust_service("glue.amazonaws.com")), role_arn(fresh("absent")),
                    f"arn:aws:iam::{OTHER}:role/theirs"]:
            error, message = said(states.create_state_machine, name=fresh("m"), definition=ONE, roleArn=arn)
            assert error == "AccessDeniedException", arn

    def test_a_role_for_one_machine_is_no_other_ones(self, states, admin):
        name = fresh("mine")
        trust = json.dumps({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}, "Action": "sts:AssumeRole",
            "Condition": {"ArnEquals": {"aws:SourceArn": f"{ARN}stateMachine:{name}"},
                          "StringEquals": {"aws:SourceAccount": ACCOUNT}}}]})
        role = machine_role(admin, trust=trust)
        create(states, ONE, role, name=name)
        assert code(states.create_state_machine, name=fresh("not-mine"), definition=ONE, roleArn=role) == (
            "AccessDeniedException")


class TestVersionsAndAliases:
    def test_versions_are_numbered_revisions(self, states, role):
        arn = create(states, ONE, role)
        first = states.publish_state_machine_version(stateMachineArn=arn, description="one")["stateMachineVersionArn"]
        assert first == f"{arn}:1"
        assert states.publish_state_machine_version(stateMachineArn=arn)["stateMachineVersionArn"] == first
        changed = states.update_state_machine(stateMachineArn=arn, definition=WAITING, publish=True,
                                              versionDescription="two")
        assert changed["stateMachineVersionArn"] == f"{arn}:2"
        listed = [v["stateMachineVersionArn"] for v in
                  states.list_state_machine_versions(stateMachineArn=arn)["stateMachineVersions"]]
        assert listed == [f"{arn}:2", f"{arn}:1"]
        shown = states.describe_state_machine(stateMachineArn=first)
        assert shown["definition"] == ONE and shown["description"] == "one"
        assert code(states.publish_state_machine_version, stateMachineArn=arn, revisionId="other") == "ConflictException"
        assert said(states.update_state_machine, stateMachineArn=arn, definition=ONE, versionDescription="no") == (
            "ValidationException", "Version description can only be set when publish is true")

    def test_an_alias_sends_executions_to_its_versions(self, states, role):
        arn = create(states, ONE, role)
        one = states.publish_state_machine_version(stateMachineArn=arn)["stateMachineVersionArn"]
        two = states.update_state_machine(stateMachineArn=arn, definition=machine(("Q", PASS)),
                                          publish=True)["stateMachineVersionArn"]
        alias = states.create_state_machine_alias(name="PROD", routingConfiguration=[
            {"stateMachineVersionArn": one, "weight": 100}])["stateMachineAliasArn"]
        assert alias == f"{arn}:PROD"
        done = run(states, alias)
        assert done["stateMachineVersionArn"] == one and done["stateMachineAliasArn"] == alias
        states.update_state_machine_alias(stateMachineAliasArn=alias, routingConfiguration=[
            {"stateMachineVersionArn": one, "weight": 50}, {"stateMachineVersionArn": two, "weight": 50}])
        seen = {run(states, alias)["stateMachineVersionArn"] for _ in range(40)}
        assert seen == {one, two}
        listed = states.list_executions(stateMachineArn=one)["executions"]
        assert {e["stateMachineVersionArn"] for e in listed} == {one}
        assert code(states.delete_state_machine_version, stateMachineVersionArn=one) == "ConflictException"
        states.delete_state_machine_alias(stateMachineAliasArn=alias)
        states.delete_state_machine_version(stateMachineVersionArn=one)
        assert code(states.start_execution, stateMachineArn=one) == "StateMachineDoesNotExist"
        assert code(states.describe_state_machine_alias, stateMachineAliasArn=alias) == "ResourceNotFound"

    def test_routes_that_make_no_sense_are_refused(self, states, role):
        arn = create(states, ONE, role)
        one = states.publish_state_machine_version(stateMachineArn=arn)["stateMachineVersionArn"]

        def create_alias(*routes, name="A"):
            return said(states.create_state_machine_alias, name=name, routingConfiguration=[
                {"stateMachineVersionArn": version, "weight": weight} for version, weight in routes])[0]
        assert create_alias((one, 99)) == "ValidationException"
        assert create_alias((one, 50), (one, 50)) == "ValidationException"
        assert create_alias((one, 100), name="12") == "ValidationException"
        assert create_alias((f"{arn}:9", 100)) == "ResourceNotFound"
        assert create_alias((arn, 100)) == "InvalidArn"


class TestExecutions:
    def test_an_execution_is_told_from_its_begin_to_its_end(self, states, role):
        arn = create(states, ONE, role)
        started = states.start_execution(stateMachineArn=arn, name="first", input='{"a": 1}', traceHeader="Root=1")
        execution = started["executionArn"]
        assert execution == arn.replace(":stateMachine:", ":execution:") + ":first"
        done = ended(states, execution)
        assert (done["status"], done["input"], done["output"]) == ("SUCCEEDED", '{"a":1}', '{"a":1}')
        assert done["startDate"] == started["startDate"] and done["traceHeader"] == "Root=1"
        assert (done["redriveCount"], done["redriveStatus"]) == (0, "NOT_REDRIVABLE")
        assert types(states, execution) == ["ExecutionStarted", "PassStateEntered", "PassStateExited",
                                            "ExecutionSucceeded"]
        events = history(states, execution)
        assert [e["previousEventId"] for e in events] == [0, 0, 2, 3]
        assert events[0]["executionStartedEventDetails"]["roleArn"] == role
        back = states.get_execution_history(executionArn=execution, reverseOrder=True)["events"]
        assert [e["id"] for e in back] == [4, 3, 2, 1]
        bare = states.get_execution_history(executionArn=execution, includeExecutionData=False)["events"]
        assert "input" not in bare[0]["executionStartedEventDetails"]

    def test_starting_is_idempotent_while_it_runs(self, states, role):
        arn = create(states, WAITING, role)
        first = states.start_execution(stateMachineArn=arn, name="n", input='{"a":1}')
        assert states.start_execution(stateMachineArn=arn, name="n", input='{ "a": 1 }') | {"ResponseMetadata": 0} == (
            first | {"ResponseMetadata": 0})
        execution = first["executionArn"]
        refusal = ("ExecutionAlreadyExists", f"Execution Already Exists: '{execution}'")
        assert said(states.start_execution, stateMachineArn=arn, name="n", input="{}") == refusal
        states.stop_execution(executionArn=execution)
        assert said(states.start_execution, stateMachineArn=arn, name="n", input='{"a":1}') == refusal

    def test_two_hundred_starts_of_one_name_at_once_start_one(self, states, role):
        arn = create(states, WAITING, role)
        with ThreadPoolExecutor(16) as pool:
            starts = list(pool.map(lambda _: states.start_execution(stateMachineArn=arn, name="n", input="{}"),
                                   range(200)))
        assert len({(s["executionArn"], s["startDate"]) for s in starts}) == 1
        assert len(states.list_executions(stateMachineArn=arn)["executions"]) == 1
        states.stop_execution(executionArn=starts[0]["executionArn"])

    @pytest.mark.parametrize("input", ["{", "", "nothing", "{}{}", '{"a":}', "[1,]"])
    def test_input_that_is_no_json_is_refused(self, states, role, input):
        arn = create(states, ONE, role)
        error, message = said(states.start_execution, stateMachineArn=arn, input=input)
        assert error == "InvalidExecutionInput"
        assert message.startswith("Invalid State Machine Execution Input: '")

    def test_input_has_a_size_and_a_depth(self, states, role):
        arn = create(states, ONE, role)
        states.start_execution(stateMachineArn=arn, input=json.dumps("x" * 262_000))
        assert code(states.start_execution, stateMachineArn=arn, input=json.dumps("x" * 262_144)) in (
            "InvalidExecutionInput", "ValidationException")
        assert code(states.start_execution, stateMachineArn=arn, input='"' + "ä" * 200_000 + '"') == (
            "InvalidExecutionInput")
        assert code(states.start_execution, stateMachineArn=arn, input="[" * 1000 + "]" * 1000) == "InvalidExecutionInput"

    def test_what_is_not_there_is_said_to_be_absent(self, states, role):
        arn = create(states, ONE, role)
        absent = arn.replace(":stateMachine:", ":execution:") + ":none"
        for call in (states.describe_execution, states.get_execution_history, states.stop_execution,
                     states.redrive_execution, states.describe_state_machine_for_execution, states.list_map_runs):
            assert said(call, executionArn=absent) == ("ExecutionDoesNotExist", f"Execution Does Not Exist: '{absent}'")
        express = arn.replace(":stateMachine:", ":express:") + ":e:0123"
        assert said(states.describe_execution, executionArn=express) == (
            "InvalidArn", "Invalid Arn: 'Resource type not valid in this context: express'")
        assert code(states.describe_execution, executionArn="nonsense") == "InvalidArn"
        map_run = f"{ARN}mapRun:m/L:0123"
        assert code(states.describe_map_run, mapRunArn=map_run) == "ResourceNotFound"
        assert code(states.list_executions, mapRunArn=map_run) == "ResourceNotFound"

    def test_lists_are_filtered_and_the_newest_come_first(self, states, role):
        arn = create(states, WAITING, role)
        started = [states.start_execution(stateMachineArn=arn, name=f"n{i}")["executionArn"] for i in range(4)]
        states.stop_execution(executionArn=started[1], error="E", cause="because")
        listed = [e["executionArn"] for page in states.get_paginator("list_executions").paginate(
            stateMachineArn=arn, PaginationConfig={"PageSize": 1}) for e in page["executions"]]
        assert listed == started[::-1]
        aborted = states.list_executions(stateMachineArn=arn, statusFilter="ABORTED")["executions"]
        assert [e["executionArn"] for e in aborted] == [started[1]] and "stopDate" in aborted[0]
        running = states.list_executions(stateMachineArn=arn, statusFilter="RUNNING")["executions"]
        assert len(running) == 3
        shown = states.describe_execution(executionArn=started[1])
        assert (shown["error"], shown["cause"]) == ("E", "because")
        assert said(states.list_executions, stateMachineArn=arn, maxResults=1001) == (
            "ValidationException", "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy "
            "constraint: Member must have value less than or equal to 1000")
        assert states.list_executions(stateMachineArn=arn, statusFilter="PENDING_REDRIVE")["executions"] == []
        states.delete_state_machine(stateMachineArn=arn)

    def test_a_failed_execution_is_redriven_from_where_it_failed(self, states, admin):
        role = machine_role(admin)
        arn = create(states, machine(("P", {"Type": "Pass", "Result": 1, "ResultPath": "$.p"}),
                                     ("Who", {"Type": "Task", "Resource": SDK + "iam:getRole",
                                              "Parameters": {"RoleName.$": "$.role"},
                                              "ResultSelector": {"Arn.$": "$.Role.Arn"}})), role)
        done = run(states, arn, {"role": role.rsplit("/", 1)[1]})
        assert (done["status"], done["error"]) == ("FAILED", "Iam.IamException")
        assert done["redriveStatus"] == "REDRIVABLE"
        admin.iam.put_role_policy(RoleName=role.rsplit("/", 1)[1], PolicyName="may", PolicyDocument=allow(["iam:GetRole"]))
        execution = done["executionArn"]
        states.redrive_execution(executionArn=execution, clientToken="once")
        again = ended(states, execution)
        assert again["status"] == "SUCCEEDED", again
        assert json.loads(again["output"]) == {"Arn": role} and again["redriveCount"] == 1
        states.redrive_execution(executionArn=execution, clientToken="once")
        assert types(states, execution).count("ExecutionRedriven") == 1
        assert types(states, execution).count("PassStateEntered") == 1
        assert code(states.redrive_execution, executionArn=execution) == "ExecutionNotRedrivable"

    def test_an_endless_cycle_ends_with_its_history(self, states, role):
        loop = json.dumps({"StartAt": "A", "States": {
            "A": {"Type": "Choice", "Choices": [{"Variable": "$.stop", "IsPresent": True, "Next": "End"}], "Default": "B"},
            "B": {"Type": "Pass", "Next": "A"}, "End": {"Type": "Succeed"}}})
        started = states.start_execution(stateMachineArn=create(states, loop, role))["executionArn"]
        done = ended(states, started, 120)
        assert (done["status"], done["error"]) == ("FAILED", "States.Runtime")
        last = states.get_execution_history(executionArn=started, reverseOrder=True, maxResults=1)["events"][0]
        assert (last["id"], last["type"]) == (25_000, "ExecutionFailed")


class TestExpress:
    def test_a_synchronous_execution_answers_with_its_end(self, states, role):
        arn = create(states, ONE, role, type="EXPRESS")
        done = states.start_sync_execution(stateMachineArn=arn, name="n", input='{"a":1}')
        assert (done["status"], done["output"], done["name"]) == ("SUCCEEDED", '{"a":1}', "n")
        assert done["executionArn"].startswith(arn.replace(":stateMachine:", ":express:") + ":n:")
        assert done["billingDetails"]["billedDurationInMilliseconds"] == 100

    def test_one_that_waits_and_calls_is_waited_for(self, states, admin):
        role = machine_role(admin)
        arn = create(states, machine(("W", {"Type": "Wait", "Seconds": 1}),
                                     ("Who", {"Type": "Task", "Resource": SDK + "sts:getCallerIdentity"})), role,
                     type="EXPRESS")
        done = states.start_sync_execution(stateMachineArn=arn)
        assert done["status"] == "SUCCEEDED", done
        assert json.loads(done["output"])["Account"] == ACCOUNT

    def test_one_that_fails_says_why(self, states, role):
        arn = create(states, machine(("F", {"Type": "Fail", "Error": "E", "Cause": "c"})), role, type="EXPRESS")
        done = states.start_sync_execution(stateMachineArn=arn)
        assert (done["status"], done["error"], done["cause"]) == ("FAILED", "E", "c")

    def test_what_express_machines_cannot_have_is_refused(self, states, role):
        task = {"Type": "Task", "Resource": SDK + "sts:getCallerIdentity.waitForTaskToken"}
        assert code(states.create_state_machine, name=fresh("m"), definition=machine(("T", task)), roleArn=role,
                    type="EXPRESS") == "InvalidDefinition"

    def test_the_name_of_a_host_with_sync_in_front_is_understood(self, server, role, states, monkeypatch):
        """As clients send it that are not told to leave the host's name alone."""
        real = socket.getaddrinfo
        monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: real(
            host.removeprefix("sync-") if isinstance(host, str) else host, *rest, **more))
        key, secret = server.keys()
        client = boto3.client("stepfunctions", endpoint_url=server.endpoint.replace("127.0.0.1", "localhost"),
                              region_name=REGION, aws_access_key_id=key, aws_secret_access_key=secret,
                              config=Config(retries={"max_attempts": 1}))
        arn = create(states, ONE, role, type="EXPRESS")
        assert client.start_sync_execution(stateMachineArn=arn)["status"] == "SUCCEEDED"


class TestOtherAccounts:
    """What is another account's is denied, whether it is there or not."""

    def test_machines_executions_and_activities_of_others_are_denied_alike(self, states, other, role):
        arn = create(states, WAITING, role)
        execution = states.start_execution(stateMachineArn=arn)["executionArn"]
        activity = states.create_activity(name=fresh("a"))["activityArn"]
        absent = f"{ARN}stateMachine:{fresh('none')}"
        for machine_arn in (arn, absent):
            for call in (other.describe_state_machine, other.start_execution, other.delete_state_machine,
                         other.list_executions):
                assert code(call, stateMachineArn=machine_arn) == "AccessDeniedException"
        for call in (other.describe_execution, other.stop_execution, other.get_execution_history):
            assert code(call, executionArn=execution) == "AccessDeniedException"
        for call in (other.describe_activity, other.delete_activity, other.get_activity_task):
            assert code(call, activityArn=activity) == "AccessDeniedException"
        assert arn not in [m["stateMachineArn"] for m in other.list_state_machines()["stateMachines"]]
        assert states.describe_execution(executionArn=execution)["status"] == "RUNNING"
        states.stop_execution(executionArn=execution)

    def test_a_page_of_ours_is_no_page_of_theirs(self, states, other, role):
        create(states, ONE, role), create(states, ONE, role)
        token = states.list_state_machines(maxResults=1)["nextToken"]
        assert code(other.list_state_machines, nextToken=token) == "InvalidToken"


class TestSmallThings:
    def test_tags_are_added_and_taken(self, states, role):
        arn = create(states, ONE, role)
        states.tag_resource(resourceArn=arn, tags=[{"key": "a", "value": "1"}, {"key": "b", "value": "2"}])
        states.untag_resource(resourceArn=arn, tagKeys=["a"])
        assert states.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "b", "value": "2"}]
        assert code(states.tag_resource, resourceArn=arn, tags=[{"key": f"k{i}", "value": ""} for i in range(51)]) == (
            "TooManyTags")
        assert code(states.list_tags_for_resource, resourceArn=f"{ARN}stateMachine:none") == "ResourceNotFound"

    def test_activities_are_made_once_and_listed(self, states):
        name = fresh("a")
        made = states.create_activity(name=name)
        assert states.create_activity(name=name)["creationDate"] == made["creationDate"]
        assert states.describe_activity(activityArn=made["activityArn"])["name"] == name
        assert made["activityArn"] in [a["activityArn"] for a in states.list_activities(maxResults=1000)["activities"]]
        states.delete_activity(activityArn=made["activityArn"])
        assert said(states.describe_activity, activityArn=made["activityArn"]) == (
            "ActivityDoesNotExist", f"Activity Does Not Exist: '{made['activityArn']}'")

    def test_a_definition_is_validated_without_being_kept(self, states):
        assert states.validate_state_machine_definition(definition=ONE)["result"] == "OK"
        said = states.validate_state_machine_definition(definition='{"StartAt":"A","States":{"B":{"Type":"Pass"}}}')
        assert said["result"] == "FAIL" and {d["severity"] for d in said["diagnostics"]} == {"ERROR"}
        short = states.validate_state_machine_definition(definition='{"StartAt":"A","States":{"B":{"Type":"Pass"}}}',
                                                         maxResults=1)
        assert len(short["diagnostics"]) == 1 and short["truncated"]

    def test_a_state_is_tried(self, states, admin):
        passed = states.test_state(definition=json.dumps({"Type": "Pass", "Result": {"x": 1}, "End": True}), input="{}")
        assert (passed["status"], passed["output"]) == ("SUCCEEDED", '{"x":1}')
        task = json.dumps({"Type": "Task", "Resource": SDK + "sts:getCallerIdentity", "ResultPath": "$.me", "Next": "Then"})
        mocked = states.test_state(definition=task, input="{}", mock={"result": '{"Account":"1"}'},
                                   inspectionLevel="DEBUG")
        assert (mocked["status"], mocked["nextState"]) == ("SUCCEEDED", "Then")
        assert mocked["inspectionData"]["afterResultPath"] == '{"me":{"Account":"1"}}'
        role = machine_role(admin)
        called = states.test_state(definition=task, input="{}", roleArn=role)
        assert json.loads(called["output"])["me"]["Account"] == ACCOUNT
        denied = states.test_state(definition=json.dumps({"Type": "Task", "Resource": SDK + "iam:listRoles", "End": True}),
                                   roleArn=role)
        assert (denied["status"], denied["error"]) == ("FAILED", "Iam.IamException")
        assert code(states.test_state, definition=task) == "ValidationException"
        assert code(states.test_state, definition=task, roleArn=machine_role(
            admin, trust=trust_service("glue.amazonaws.com"))) == "AccessDeniedException"


class TestDryRuns:
    def test_executions_are_not_rehearsed(self, states, admin, role):
        arn = create(states, ONE, role)
        for operation, request in (("StartExecution", {"stateMachineArn": arn}),
                                   ("TestState", {"definition": json.dumps(PASS | {"End": True})}),
                                   ("GetActivityTask", {"activityArn": f"{ARN}activity:a"})):
            with pytest.raises(ClientError, match="is none of them"):
                dry_run(admin, "states", operation, **request)
        assert states.list_executions(stateMachineArn=arn)["executions"] == []
