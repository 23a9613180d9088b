"""Executions that do something: tasks as the machine's role, tokens, workers, retries, time, and both gates."""

import json
import threading

import pytest

from conftest import ACCOUNT, REGION
from iam_words import fresh, refused
from lake import Lake, allow, role_arn, table_arn, trust_service
from states_words import (ARN, PASS, SDK, SERVICE, create, ended, history, machine, machine_role, run, states_client,
                          token_in_history, types, until)

GET_TABLE = {"Type": "Task", "Resource": SDK + "glue:getTable",
             "Parameters": {"DatabaseName.$": "$.database", "Name.$": "$.table"},
             "ResultSelector": {"Name.$": "$.Table.Name"}, "ResultPath": "$.found"}
GRANT = {"Type": "Task", "Resource": SDK + "lakeformation:grantPermissions",
         "Parameters": {"Principal": {"DataLakePrincipalIdentifier.$": "$.principal"},
                        "Resource": {"Table": {"DatabaseName.$": "$.database", "Name.$": "$.table"}},
                        "Permissions": ["SELECT"]},
         "ResultPath": None}
FLAGGED = {"Type": "Choice", "Choices": [{"Variable": "$.personal", "BooleanEquals": True, "Next": "Refuse"}],
           "Default": "Grant"}
FIVE_STATES = machine(("Look", GET_TABLE), ("Flagged", FLAGGED),
                      ("Refuse", {"Type": "Fail", "Error": "Personal", "Cause": "ask the owner"}),
                      ("Grant", GRANT), ("Done", {"Type": "Succeed"}))
# Callbacks wait; what they call has only to succeed.
CALLBACK = {"Type": "Task", "Resource": SDK + "sts:getCallerIdentity.waitForTaskToken",
            "Parameters": {}}


@pytest.fixture(scope="module")
def states(server):
    return states_client(server)


@pytest.fixture(scope="module")
def lake(server, admin):
    made = Lake(server, admin, fresh("flow")).build()
    made.table("orders", [("id", "bigint"), ("note", "string")], [(1, "a")])
    return made


@pytest.fixture(scope="module")
def reader(admin):
    name = fresh("reader")
    admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust_service())
    return role_arn(name)


def wanted(lake, reader, **more) -> dict:
    return {"database": lake.database, "table": "orders", "principal": reader, "personal": False} | more


def held(admin, lake, reader) -> list[str]:
    found = admin.lakeformation.list_permissions(Principal={"DataLakePrincipalIdentifier": reader},
                                                 Resource=lake.whole("orders"))["PrincipalResourcePermissions"]
    return sorted({permission for entry in found for permission in entry["Permissions"]})


class TestBothGates:
    """A task reaches what the machine's role reaches: by IAM, and by Lake Formation."""

    def test_a_machine_whose_role_may_grants_what_was_asked_for(self, states, admin, lake, reader):
        role = machine_role(admin, "glue:GetTable", "lakeformation:GrantPermissions")
        lake.grant(role, ["SELECT", "DESCRIBE"], lake.whole("orders"), PermissionsWithGrantOption=["SELECT"])
        arn = create(states, FIVE_STATES, role)
        done = run(states, arn, wanted(lake, reader))
        assert done["status"] == "SUCCEEDED", done
        assert json.loads(done["output"])["found"] == {"Name": "orders"}
        assert held(admin, lake, reader) == ["SELECT"]
        assert types(states, done["executionArn"]) == [
            "ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSucceeded", "TaskStateExited",
            "ChoiceStateEntered", "ChoiceStateExited",
            "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSucceeded", "TaskStateExited",
            "SucceedStateEntered", "SucceedStateExited", "ExecutionSucceeded"]
        lake.revoke(reader, ["SELECT"], lake.whole("orders"))

    def test_a_role_without_the_action_is_stopped_by_iam(self, states, admin, lake, reader):
        role = machine_role(admin, "lakeformation:GrantPermissions")
        lake.grant(role, ["SELECT", "DESCRIBE"], lake.whole("orders"), PermissionsWithGrantOption=["SELECT"])
        done = run(states, create(states, FIVE_STATES, role), wanted(lake, reader))
        assert (done["status"], done["error"]) == ("FAILED", "Glue.AccessDeniedException")
        assert "glue:GetTable" in done["cause"] and "(Service: Glue, Status Code: 400, Request ID: " in done["cause"]
        assert held(admin, lake, reader) == []

    def test_a_role_without_the_grant_option_is_stopped_by_lake_formation(self, states, admin, lake, reader):
        role = machine_role(admin, "glue:GetTable", "lakeformation:GrantPermissions")
        lake.grant(role, ["SELECT", "DESCRIBE"], lake.whole("orders"))
        done = run(states, create(states, FIVE_STATES, role), wanted(lake, reader))
        assert (done["status"], done["error"]) == ("FAILED", "LakeFormation.AccessDeniedException")
        assert held(admin, lake, reader) == []

    def test_what_is_revoked_while_it_runs_is_gone_for_the_next_task(self, states, admin, lake, reader):
        role = machine_role(admin, "glue:GetTable", "sts:GetCallerIdentity")
        lake.grant(role, ["DESCRIBE"], lake.whole("orders"))
        definition = machine(("Look", GET_TABLE), ("Ask", CALLBACK | {"ResultPath": None, "Parameters": {}}),
                             ("Again", GET_TABLE))
        with_token = json.loads(definition)
        with_token["States"]["Ask"]["Resource"] = "arn:aws:states:::states:startExecution.waitForTaskToken"
        child = create(states, machine(("P", PASS)), machine_role(admin))
        with_token["States"]["Ask"]["Parameters"] = {"StateMachineArn": child, "Input": {"Token.$": "$$.Task.Token"}}
        admin.iam.put_role_policy(RoleName=role.rsplit("/", 1)[1], PolicyName="start",
                                  PolicyDocument=allow(["states:StartExecution"]))
        started = states.start_execution(stateMachineArn=create(states, json.dumps(with_token), role),
                                         input=json.dumps(wanted(lake, reader)))["executionArn"]
        until(lambda: "TaskSubmitted" in types(states, started))
        token = json.loads([e for e in history(states, started) if e["type"] == "TaskScheduled"][1]
                           ["taskScheduledEventDetails"]["parameters"])["Input"]["Token"]
        lake.revoke(role, ["DESCRIBE"], lake.whole("orders"))
        states.send_task_success(taskToken=token, output="{}")
        done = ended(states, started)
        assert (done["status"], done["error"]) == ("FAILED", "Glue.AccessDeniedException")

    def test_each_task_is_in_the_trail_as_the_role(self, states, admin, lake, reader):
        role = machine_role(admin, "glue:GetTable")
        lake.grant(role, ["DESCRIBE"], lake.whole("orders"))
        name = fresh("seen")
        arn = create(states, machine(("Look", GET_TABLE)), role)
        ended(states, states.start_execution(stateMachineArn=arn, name=name,
                                             input=json.dumps(wanted(lake, reader)))["executionArn"])
        session = f"arn:aws:sts::{ACCOUNT}:assumed-role/{role.rsplit('/', 1)[1]}/{name}"

        def seen():
            events = admin.cloudtrail.lookup_events(LookupAttributes=[
                {"AttributeKey": "EventName", "AttributeValue": "GetTable"}], MaxResults=50)["Events"]
            records = [json.loads(event["CloudTrailEvent"]) for event in events]
            return [r for r in records if r["userIdentity"]["arn"] == session]
        found = until(seen)
        assert found[0]["sourceIPAddress"] == SERVICE and found[0]["eventSource"] == "glue.amazonaws.com"
