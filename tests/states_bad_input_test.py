"""What strangers send to Step Functions: ARNs that are almost right, tokens that are none, payloads at their limits."""

import json
import subprocess

import pytest

from conftest import ACCOUNT, REGION, WEIR
from iam_words import code, fresh, refused
from lake import allow, role_arn
from states_words import (ARN, PASS, create, ended, machine, machine_role, run, states_client, token_in_history, types,
                          until)

ELEVEN, THIRTEEN = ACCOUNT[:-1], ACCOUNT + "4"
PAYLOAD_MAX = 262_144


@pytest.fixture(scope="module")
def states(server):
    return states_client(server)


@pytest.fixture(scope="module")
def role(admin):
    return machine_role(admin)


@pytest.fixture(scope="module")
def one(states, role):
    return create(states, machine(("A", PASS)), role)


def almost(arn: str) -> list[str]:
    """ARNs that name nothing: accounts of 11 and 13 digits, other regions, partitions and services, names that are none."""
    return [arn.replace(ACCOUNT, ELEVEN), arn.replace(ACCOUNT, THIRTEEN), arn.replace(ACCOUNT, ""),
            arn.replace(ACCOUNT, ACCOUNT[:-1] + "x"), arn.replace(f":{REGION}:", ":eu-west-1:"),
            arn.replace(f":{REGION}:", "::"), arn.replace(f":{REGION}:", f":{REGION.upper()}:"),
            arn.replace("arn:aws:", "arn:aws-cn:"), arn.replace(":states:", ":lambda:"), arn.replace(":states:", ":STATES:"),
            arn + " ", " " + arn, arn + "\n", arn + ":", arn.rsplit(":", 1)[0] + ":", arn.upper()]


class TestArns:
    def test_of_machines(self, states, one):
        calls = (states.describe_state_machine, states.start_execution, states.update_state_machine,
                 states.delete_state_machine, states.list_executions, states.publish_state_machine_version,
                 states.list_state_machine_versions, states.list_state_machine_aliases)
        for arn in almost(one):
            for call in calls:
                more = {"definition": machine(("B", PASS))} if call == states.update_state_machine else {}
                assert code(call, stateMachineArn=arn, **more) in ("InvalidArn", "ValidationException"), (call, arn)
        assert states.describe_state_machine(stateMachineArn=one)["status"] == "ACTIVE"

    def test_of_executions(self, states, one):
        execution = states.start_execution(stateMachineArn=one)["executionArn"]
        for arn in almost(execution):
            for call in (states.describe_execution, states.get_execution_history, states.stop_execution,
                         states.redrive_execution, states.describe_state_machine_for_execution):
                assert code(call, executionArn=arn) in ("InvalidArn", "ValidationException", "ExecutionDoesNotExist"), arn
        assert states.describe_execution(executionArn=execution)["status"] == "SUCCEEDED"

    def test_of_activities(self, states):
        activity = states.create_activity(name=fresh("a"))["activityArn"]
        for arn in almost(activity):
            for call in (states.describe_activity, states.delete_activity, states.get_activity_task):
                assert code(call, activityArn=arn) in ("InvalidArn", "ValidationException"), arn
        assert states.describe_activity(activityArn=activity)["activityArn"] == activity

    def test_of_versions_have_one_spelling(self, states, one):
        version = states.publish_state_machine_version(stateMachineArn=one)["stateMachineVersionArn"]
        number = version.rsplit(":", 1)[1]
        for other in ("0" + number, "00" + number, "+" + number, number + " ", "-" + number):
            wrong = version[:-len(number)] + other
            assert code(states.start_execution, stateMachineArn=wrong) in ("InvalidArn", "StateMachineDoesNotExist")
        assert states.start_execution(stateMachineArn=version)

    def test_of_roles(self, states, role):
        for arn in (role.replace(ACCOUNT, ELEVEN), role.replace(ACCOUNT, THIRTEEN), role.replace(":role/", ":user/"),
                    role.replace(ACCOUNT, "444455556666"), "arn:aws:iam:::role/x", "role", role + "-none"):
            assert code(states.create_state_machine, name=fresh("m"), definition=machine(("A", PASS)), roleArn=arn) in (
                "InvalidArn", "ValidationException", "AccessDeniedException"), arn

    def test_a_denied_machine_is_denied_however_it_is_spelled(self, server, admin, states, one):
        """A Deny names one ARN; no other spelling of it may lead to the machine."""
        user = fresh("limited")
        admin.iam.create_user(UserName=user)
        policy = json.loads(allow(["states:*"]))
        policy["Statement"].append({"Effect": "Deny", "Action": "states:*", "Resource": [one, one + ":*"]})
        admin.iam.put_user_policy(UserName=user, PolicyName="p", PolicyDocument=json.dumps(policy))
        key = admin.iam.create_access_key(UserName=user)["AccessKey"]
        limited = states_client(server, {"AccessKeyId": key["AccessKeyId"], "SecretAccessKey": key["SecretAccessKey"],
                                         "SessionToken": None})
        for arn in [one, *almost(one)]:
            assert code(limited.start_execution, stateMachineArn=arn) in (
                "AccessDeniedException", "InvalidArn", "ValidationException"), arn
            assert code(limited.describe_state_machine, stateMachineArn=arn) in (
                "AccessDeniedException", "InvalidArn", "ValidationException"), arn

    def test_inside_of_definitions_end_the_task_and_nothing_else(self, states, admin, one):
        start = "arn:aws:states:::states:startExecution"
        for resource, parameters, error in (
                (start, {"StateMachineArn": one.replace(ACCOUNT, ELEVEN)}, "StepFunctions.InvalidArnException"),
                (start, {"StateMachineArn": one.replace(REGION, "eu-west-1")}, "StepFunctions.InvalidArnException"),
                (start, {"StateMachineArn": one, "Name": "a b"}, "StepFunctions.InvalidNameException"),
                (start, {"StateMachineArn": one, "Input": "{"}, "StepFunctions.InvalidExecutionInputException"),
                (start, {"StateMachineArn": one + "-none"}, "StepFunctions.StateMachineDoesNotExistException"),
                (f"arn:aws:states:{REGION}:{ACCOUNT}:activity:none-there", {}, "States.Runtime")):
            task = {"Type": "Task", "Resource": resource, "Parameters": parameters}
            done = run(states, create(states, machine(("T", task)), machine_role(admin, "states:*")))
            assert (done["status"], done["error"]) == ("FAILED", error), done

    def test_of_a_role_in_credentials(self, states, admin):
        first = machine_role(admin, "sts:AssumeRole")
        for further in (first.replace(ACCOUNT, ELEVEN), "nothing", "arn:aws:iam::" + ACCOUNT + ":user/x", role_arn("none")):
            task = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sts:getCallerIdentity",
                    "Credentials": {"RoleArn": further}, "Parameters": {}}
            done = run(states, create(states, machine(("T", task)), first))
            assert (done["status"], done["error"]) == ("FAILED", "States.Permissions"), further


@pytest.fixture(scope="module")
def asking(states, admin, one):
    """A machine that waits for a token, and one whose token expires after a second."""
    ask = {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.waitForTaskToken",
           "Parameters": {"StateMachineArn": one, "Input": {"Token.$": "$$.Task.Token"}}}
    role = machine_role(admin, "states:StartExecution")
    return create(states, machine(("Ask", ask)), role), create(states, machine(("Ask", ask | {"TimeoutSeconds": 1})), role)


def waiting(states, arn: str) -> tuple[str, str]:
    execution = states.start_execution(stateMachineArn=arn)["executionArn"]
    return execution, token_in_history(states, execution)


def answers(states):
    return ((states.send_task_success, {"output": "{}"}), (states.send_task_failure, {"error": "E"}),
            (states.send_task_heartbeat, {}))


class TestTokens:
    def test_that_were_never_made(self, states, asking):
        execution, token = waiting(states, asking[0])
        wrong = [token[1:], token[:-1], token + "=", token.lower(), token[::-1], " " + token, token + "\n", token * 2,
                 "A" * 1024, "../" * 9, "\u00fc" * 40, "%00", execution, "null"]
        for forged in wrong:
            for call, more in answers(states):
                assert code(call, taskToken=forged, **more) in ("InvalidToken", "ValidationException"), forged
        assert states.describe_execution(executionArn=execution)["status"] == "RUNNING"
        states.send_task_success(taskToken=token, output="1")
        assert ended(states, execution)["output"] == "1"

    def test_that_expired(self, states, asking):
        execution, token = waiting(states, asking[1])
        done = ended(states, execution)
        assert (done["status"], done["error"]) == ("FAILED", "States.Timeout")
        before = types(states, execution)
        for call, more in answers(states):
            assert code(call, taskToken=token, **more) == "TaskTimedOut"
        assert types(states, execution) == before

    def test_that_were_used_do_nothing_again(self, states, asking):
        for first in range(2):
            execution, token = waiting(states, asking[0])
            call, more = answers(states)[first]
            call(taskToken=token, **more)
            done = ended(states, execution)
            for again, other in answers(states):
                assert code(again, taskToken=token, **other) == "TaskTimedOut"
            assert states.describe_execution(executionArn=execution)["stopDate"] == done["stopDate"]

    def test_of_an_execution_that_was_begun_again(self, states, asking):
        """A redrive makes a new token; the old one stays dead."""
        execution, token = waiting(states, asking[0])
        states.send_task_failure(taskToken=token)
        ended(states, execution)
        states.redrive_execution(executionArn=execution)
        assert code(states.send_task_success, taskToken=token, output="{}") == "TaskTimedOut"

        def new_token():
            found = [event for event in states.get_execution_history(executionArn=execution)["events"]
                     if event["type"] == "TaskScheduled"]
            return found[1:] and json.loads(found[1]["taskScheduledEventDetails"]["parameters"])["Input"]["Token"]
        fresh_one = until(new_token)
        assert fresh_one != token
        states.send_task_success(taskToken=fresh_one, output='"second"')
        assert ended(states, execution)["output"] == '"second"'

    def test_of_another_account_are_no_tokens(self, server, states, asking):
        subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", "666677779999",
                        "--name", "token-thief"], check=True, capture_output=True)
        thief = states_client(server, profile="token-thief")
        execution, token = waiting(states, asking[0])
        for call, more in answers(thief):
            assert refused(call, taskToken=token, **more) == refused(call, taskToken="nobody's", **more)
        states.stop_execution(executionArn=execution)
        for call, more in answers(thief):
            assert refused(call, taskToken=token, **more)[1] == "InvalidToken", "nor when it is over"


class TestPayloads:
    def test_an_input_at_the_limit_and_one_beyond(self, states, one):
        text = json.dumps("x" * (PAYLOAD_MAX - 2))
        done = run(states, one, "x" * (PAYLOAD_MAX - 2))
        assert done["output"] == text
        assert code(states.start_execution, stateMachineArn=one, input=json.dumps("x" * (PAYLOAD_MAX - 1))) in (
            "InvalidExecutionInput", "ValidationException")

    def test_an_output_at_the_limit_and_one_beyond(self, states, asking):
        execution, token = waiting(states, asking[0])
        assert code(states.send_task_success, taskToken=token, output=json.dumps("x" * (PAYLOAD_MAX - 1))) in (
            "InvalidOutput", "ValidationException")
        wide = json.dumps("ä" * (PAYLOAD_MAX // 2), ensure_ascii=False)  # fits as characters, not as bytes
        assert code(states.send_task_success, taskToken=token, output=wide) in ("InvalidOutput", "ValidationException")
        states.send_task_success(taskToken=token, output=json.dumps("x" * (PAYLOAD_MAX - 2)))
        assert ended(states, execution)["status"] == "SUCCEEDED"

    def test_errors_and_causes_have_their_lengths(self, states, asking):
        execution, token = waiting(states, asking[0])
        assert code(states.send_task_failure, taskToken=token, error="E" * 257) == "ValidationException"
        assert code(states.send_task_failure, taskToken=token, cause="c" * 32_769) == "ValidationException"
        states.send_task_failure(taskToken=token, error="E" * 256, cause="c" * 32_768)
        done = ended(states, execution)
        assert (len(done["error"]), len(done["cause"])) == (256, 32_768)

    def test_json_that_is_almost_json(self, states, one, asking):
        execution, token = waiting(states, asking[0])
        for text in ("{a:1}", "{'a':1}", "[1,]", "01", "1.", ".5", "+1", "NaN", "Infinity", "tru", '"\x01"', '"\\x41"', "\ufeff{}",
                     '{"a":1}}', "/**/1", '"\\ud800"'):
            assert code(states.start_execution, stateMachineArn=one, input=text) == "InvalidExecutionInput", text
            assert code(states.send_task_success, taskToken=token, output=text) == "InvalidOutput", text
        states.stop_execution(executionArn=execution)
