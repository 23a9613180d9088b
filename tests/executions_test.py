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


def may_read(admin, lake, reader) -> bool:
    found = admin.lakeformation.list_permissions(Principal={"DataLakePrincipalIdentifier": reader},
                                                 Resource=lake.whole("orders"))["PrincipalResourcePermissions"]
    return any("SELECT" in entry["Permissions"] for entry in found)


class TestBothGates:
    """A task reaches what the machine's role reaches: by IAM, and by Lake Formation."""

    def test_a_machine_whose_role_may_grants_what_was_asked_for(self, states, admin, lake, reader):
        role = machine_role(admin, "glue:GetTable", "lakeformation:GrantPermissions")
        lake.grant(role, ["SELECT", "DESCRIBE"], lake.whole("orders"), PermissionsWithGrantOption=["SELECT"])
        arn = create(states, FIVE_STATES, role)
        done = run(states, arn, wanted(lake, reader))
        assert done["status"] == "SUCCEEDED", done
        assert json.loads(done["output"])["found"] == {"Name": "orders"}
        assert may_read(admin, lake, reader)
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
        assert not may_read(admin, lake, reader)

    def test_a_role_without_the_grant_option_is_stopped_by_lake_formation(self, states, admin, lake, reader):
        role = machine_role(admin, "glue:GetTable", "lakeformation:GrantPermissions")
        lake.grant(role, ["SELECT", "DESCRIBE"], lake.whole("orders"))
        done = run(states, create(states, FIVE_STATES, role), wanted(lake, reader))
        assert (done["status"], done["error"]) == ("FAILED", "LakeFormation.AccessDeniedException")
        assert not may_read(admin, lake, reader)

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


ASK = {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.waitForTaskToken"}


@pytest.fixture(scope="module")
def starter(states, admin):
    """A role that may start executions, and a machine that ends at once: callbacks tell it their token."""
    role = machine_role(admin, "states:StartExecution")
    return role, create(states, machine(("P", PASS)), machine_role(admin))


def asking(starter, **more) -> tuple[str, dict]:
    child = starter[1]
    return "Ask", ASK | {"Parameters": {"StateMachineArn": child, "Input": {"Token.$": "$$.Task.Token"}}} | more


def waiting_token(states, execution: str) -> str:
    until(lambda: "TaskSubmitted" in types(states, execution))
    return token_in_history(states, execution)


def code(call, **arguments) -> str:
    return refused(call, **arguments)[1]


class TestTokens:
    def test_a_token_ends_its_task_once(self, states, starter):
        execution = states.start_execution(stateMachineArn=create(states, machine(asking(starter)), starter[0]))[
            "executionArn"]
        token = waiting_token(states, execution)
        states.send_task_heartbeat(taskToken=token)
        states.send_task_success(taskToken=token, output='{"approved": true}')
        done = ended(states, execution)
        assert json.loads(done["output"]) == {"approved": True}
        assert types(states, execution) == [
            "ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded",
            "TaskStateExited", "ExecutionSucceeded"]
        for call, arguments in ((states.send_task_success, {"output": "{}"}), (states.send_task_failure, {}),
                                (states.send_task_heartbeat, {})):
            assert code(call, taskToken=token, **arguments) == "TaskTimedOut"

    def test_a_failure_has_its_error_and_cause(self, states, starter):
        execution = states.start_execution(stateMachineArn=create(states, machine(asking(
            starter, Catch=[{"ErrorEquals": ["Denied"], "Next": "Told"}], Next="Never"), ("Never", PASS),
            ("Told", {"Type": "Succeed"})), starter[0]))["executionArn"]
        states.send_task_failure(taskToken=waiting_token(states, execution), error="Denied", cause="no")
        assert json.loads(ended(states, execution)["output"]) == {"Error": "Denied", "Cause": "no"}

    def test_what_is_no_token_or_no_output_is_refused(self, states, starter):
        execution = states.start_execution(stateMachineArn=create(states, machine(asking(starter)), starter[0]))[
            "executionArn"]
        token = waiting_token(states, execution)
        for forged in ("x", token[:-1], token + "A", token.swapcase(), "A" * 2048):
            assert code(states.send_task_success, taskToken=forged, output="{}") == "InvalidToken"
        assert code(states.send_task_success, taskToken=token, output="{") == "InvalidOutput"
        assert code(states.send_task_success, taskToken=token, output="[" * 1000 + "]" * 1000) == "InvalidOutput"
        assert states.describe_execution(executionArn=execution)["status"] == "RUNNING"
        states.stop_execution(executionArn=execution)
        assert code(states.send_task_success, taskToken=token, output="{}") == "TaskTimedOut"

    def test_a_token_of_another_account_is_unknown_there(self, server, states, starter):
        import subprocess
        from conftest import WEIR
        subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", "666677778888",
                        "--name", "tokens-other"], check=True, capture_output=True)
        other = states_client(server, profile="tokens-other")
        execution = states.start_execution(stateMachineArn=create(states, machine(asking(starter)), starter[0]))[
            "executionArn"]
        token = waiting_token(states, execution)
        assert refused(other.send_task_success, taskToken=token, output="{}") == refused(
            other.send_task_success, taskToken="nobody's", output="{}")
        states.send_task_success(taskToken=token, output="1")
        assert ended(states, execution)["output"] == "1"

    def test_two_answers_in_one_moment_count_once(self, states, starter):
        arn = create(states, machine(asking(starter)), starter[0])
        for _ in range(10):
            execution = states.start_execution(stateMachineArn=arn)["executionArn"]
            token = waiting_token(states, execution)
            both = threading.Barrier(2)
            said = []

            def answer(word):
                both.wait()
                try:
                    states.send_task_success(taskToken=token, output=json.dumps(word))
                    said.append(word)
                except states.exceptions.TaskTimedOut:
                    pass
            threads = [threading.Thread(target=answer, args=(word,)) for word in ("yes", "no")]
            [t.start() for t in threads], [t.join() for t in threads]
            assert len(said) == 1
            assert json.loads(ended(states, execution)["output"]) == said[0]

    def test_time_runs_out_and_is_caught(self, states, starter):
        arn = create(states, machine(asking(starter, TimeoutSeconds=1, Catch=[
            {"ErrorEquals": ["States.Timeout"], "Next": "Late"}], Next="Never"), ("Never", PASS),
            ("Late", {"Type": "Pass", "Result": "late"})), starter[0])
        done = run(states, arn)
        assert (done["status"], done["output"]) == ("SUCCEEDED", '"late"')
        assert "TaskTimedOut" in types(states, done["executionArn"])

    def test_a_heart_that_stops_beating_is_noticed(self, states, starter):
        arn = create(states, machine(asking(starter, HeartbeatSeconds=1, TimeoutSeconds=60)), starter[0])
        done = run(states, arn)
        assert (done["status"], done["error"]) == ("FAILED", "States.Timeout")


class TestActivities:
    def test_a_worker_takes_a_task_and_ends_it(self, states, admin):
        activity = states.create_activity(name=fresh("work"))["activityArn"]
        arn = create(states, machine(("Work", {"Type": "Task", "Resource": activity})), machine_role(admin))
        execution = states.start_execution(stateMachineArn=arn, input='{"n":1}')["executionArn"]
        task = states.get_activity_task(activityArn=activity, workerName="me")
        assert json.loads(task["input"]) == {"n": 1}
        states.send_task_success(taskToken=task["taskToken"], output="2")
        assert ended(states, execution)["output"] == "2"
        events = history(states, execution)
        assert [e["type"] for e in events] == ["ExecutionStarted", "TaskStateEntered", "ActivityScheduled",
                                               "ActivityStarted", "ActivitySucceeded", "TaskStateExited",
                                               "ExecutionSucceeded"]
        assert events[3]["activityStartedEventDetails"]["workerName"] == "me"

    def test_workers_that_wait_get_one_task_each(self, server, states, admin):
        activity = states.create_activity(name=fresh("work"))["activityArn"]
        arn = create(states, machine(("Work", {"Type": "Task", "Resource": activity})), machine_role(admin))
        taken, lock = [], threading.Lock()

        def work():
            task = states_client(server).get_activity_task(activityArn=activity)
            with lock:
                taken.append(task)
        workers = [threading.Thread(target=work) for _ in range(8)]
        [w.start() for w in workers]
        started = [states.start_execution(stateMachineArn=arn, input=str(n))["executionArn"] for n in range(8)]
        [w.join() for w in workers]
        assert sorted(task["input"] for task in taken) == [str(n) for n in range(8)]
        for task in taken:
            states.send_task_success(taskToken=task["taskToken"], output=task["input"])
        assert [ended(states, e)["output"] for e in started] == [str(n) for n in range(8)]

    def test_polls_that_wait_keep_nobody_else_waiting(self, server, states, admin):
        activity = states.create_activity(name=fresh("idle"))["activityArn"]
        arn = create(states, machine(("Work", {"Type": "Task", "Resource": activity})), machine_role(admin))
        workers = [threading.Thread(target=lambda: states_client(server).get_activity_task(activityArn=activity))
                   for _ in range(40)]
        [w.start() for w in workers]
        for _ in range(20):
            assert states.list_activities(maxResults=1)
        for _ in range(40):
            states.start_execution(stateMachineArn=arn)
        [w.join() for w in workers]
        states.delete_state_machine(stateMachineArn=arn)

    def test_an_activity_that_is_not_there_fails_the_task(self, states, admin):
        arn = create(states, machine(("Work", {"Type": "Task", "Resource": f"{ARN}activity:{fresh('none')}"})),
                     machine_role(admin))
        done = run(states, arn)
        assert done["status"] == "FAILED" and "does not exist" in done["cause"]


class TestNested:
    def test_a_child_is_started_and_waited_for(self, states, admin):
        child = create(states, machine(("W", {"Type": "Wait", "Seconds": 1}), ("P", {"Type": "Pass", "Result": {"x": 1}})),
                       machine_role(admin))
        role = machine_role(admin, "states:StartExecution")
        task = {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
                "Parameters": {"StateMachineArn": child, "Input": {"a.$": "$.a"}}}
        done = run(states, create(states, machine(("C", task)), role), {"a": 2})
        output = json.loads(done["output"])
        assert output["Output"] == {"x": 1} and output["Input"] == {"a": 2} and output["Status"] == "SUCCEEDED"
        old = run(states, create(states, machine(("C", task | {"Resource": task["Resource"][:-2]})), role), {"a": 2})
        assert json.loads(old["output"])["Output"] == '{"x":1}'

    def test_a_child_that_fails_fails_its_parent_with_its_description(self, states, admin):
        child = create(states, machine(("F", {"Type": "Fail", "Error": "E", "Cause": "c"})), machine_role(admin))
        task = {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
                "Parameters": {"StateMachineArn": child}}
        done = run(states, create(states, machine(("C", task)), machine_role(admin, "states:StartExecution")))
        assert (done["status"], done["error"]) == ("FAILED", "States.TaskFailed")
        assert json.loads(done["cause"])["Error"] == "E"

    def test_a_child_ends_with_the_parent_that_waits_for_it(self, states, admin):
        child = create(states, machine(("W", {"Type": "Wait", "Seconds": 3600})), machine_role(admin))
        task = {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
                "Parameters": {"StateMachineArn": child}}
        parent = states.start_execution(stateMachineArn=create(states, machine(("C", task)), machine_role(
            admin, "states:StartExecution")))["executionArn"]
        started = until(lambda: states.list_executions(stateMachineArn=child)["executions"])[0]["executionArn"]
        states.stop_execution(executionArn=parent)
        assert ended(states, started)["status"] == "ABORTED"

    def test_a_role_that_may_not_start_it_does_not(self, states, admin, starter):
        done = run(states, create(states, machine(asking(starter)), machine_role(admin)))
        assert done["status"] == "FAILED" and "states:StartExecution" in done["cause"]


class TestRetries:
    def test_what_fails_is_tried_again_until_it_may(self, states, admin):
        role = machine_role(admin)
        task = {"Type": "Task", "Resource": SDK + "iam:listRoles", "ResultSelector": {"done": True},
                "Retry": [{"ErrorEquals": ["Iam.IamException"], "IntervalSeconds": 1, "BackoffRate": 1, "MaxAttempts": 30}]}
        execution = states.start_execution(stateMachineArn=create(states, machine(("T", task)), role))["executionArn"]
        until(lambda: types(states, execution).count("TaskFailed") >= 2)
        admin.iam.put_role_policy(RoleName=role.rsplit("/", 1)[1], PolicyName="may", PolicyDocument=allow(["iam:ListRoles"]))
        assert json.loads(ended(states, execution)["output"]) == {"done": True}

    def test_branches_and_items_run_side_by_side(self, states, admin):
        who = {"Type": "Task", "Resource": SDK + "sts:getCallerIdentity", "Parameters": {},
               "ResultSelector": {"a.$": "$.Account"}}
        items = {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 3,
                 "ItemProcessor": json.loads(machine(("Who", who | {"ResultPath": None})))}
        both = {"Type": "Parallel", "Branches": [json.loads(machine(("A", who))), json.loads(machine(("B", PASS)))],
                "ResultPath": "$.both"}
        done = run(states, create(states, machine(("Both", both), ("Items", items)), machine_role(admin)),
                   {"items": list(range(10))})
        assert done["status"] == "SUCCEEDED", done
        assert json.loads(done["output"]) == list(range(10))

    def test_what_is_not_served_says_so(self, states, admin):
        for resource in (SDK + "ec2:describeInstances", SDK + "glue:startCrawler", "arn:aws:states:::batch:submitJob"):
            done = run(states, create(states, machine(("T", {"Type": "Task", "Resource": resource, "Parameters": {}})),
                                      machine_role(admin, "*")))
            assert (done["error"], done["cause"]) == ("States.Runtime", f"The resource '{resource}' is not served here.")

    def test_a_parameter_that_does_not_exist_is_not_passed_over(self, states, admin):
        task = {"Type": "Task", "Resource": SDK + "iam:getRole", "Parameters": {"RolName": "x"}}
        done = run(states, create(states, machine(("T", task)), machine_role(admin, "iam:*")))
        assert done["error"] == "States.Runtime" and '"RolName" is not supported' in done["cause"]


class TestRolesOfTasks:
    def test_credentials_name_a_further_role(self, states, admin):
        first = machine_role(admin, "sts:AssumeRole")
        trust = json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": first}, "Action": "sts:AssumeRole"}]})
        further = machine_role(admin, trust=trust)
        task = {"Type": "Task", "Resource": SDK + "sts:getCallerIdentity", "Credentials": {"RoleArn": further},
                "ResultSelector": {"Arn.$": "$.Arn"}}
        done = run(states, create(states, machine(("T", task)), first))
        assert further.rsplit("/", 1)[1] in json.loads(done["output"])["Arn"]
        stranger = run(states, create(states, machine(("T", task)), machine_role(admin, "sts:AssumeRole")))
        assert (stranger["status"], stranger["error"]) == ("FAILED", "States.Permissions")

    def test_a_role_that_no_longer_trusts_the_service_is_not_used(self, states, admin):
        role = machine_role(admin, "iam:ListRoles")
        arn = create(states, machine(("T", {"Type": "Task", "Resource": SDK + "iam:listRoles",
                                            "ResultSelector": {"ok": True}})), role)
        assert run(states, arn)["status"] == "SUCCEEDED"
        admin.iam.update_assume_role_policy(RoleName=role.rsplit("/", 1)[1],
                                            PolicyDocument=trust_service("glue.amazonaws.com"))
        done = run(states, arn)
        assert (done["status"], done["error"]) == ("FAILED", "States.Permissions")

    def test_a_machine_cannot_reach_what_only_its_maker_may(self, states, admin):
        """The maker is an administrator; the machine is not."""
        task = {"Type": "Task", "Resource": SDK + "iam:createUser", "Parameters": {"UserName": fresh("sneaked-in")}}
        done = run(states, create(states, machine(("T", task)), machine_role(admin, "glue:*")))
        assert (done["status"], done["error"]) == ("FAILED", "Iam.IamException")
        assert task["Parameters"]["UserName"] not in [u["UserName"] for u in admin.iam.list_users()["Users"]]


class TestObjects:
    def test_objects_are_written_and_read_as_the_role(self, states, admin):
        bucket = fresh("flow")
        admin.s3.create_bucket(Bucket=bucket)
        put = {"Type": "Task", "Resource": SDK + "s3:putObject", "ResultPath": None,
               "Parameters": {"Bucket": bucket, "Key": "a b/c", "Body.$": "$.said"}}
        get = {"Type": "Task", "Resource": SDK + "s3:getObject", "ResultSelector": {"Body.$": "$.Body"},
               "Parameters": {"Bucket": bucket, "Key": "a b/c"}}
        done = run(states, create(states, machine(("Put", put), ("Get", get)),
                                  machine_role(admin, "s3:PutObject", "s3:GetObject")), {"said": {"x": "ü"}})
        assert json.loads(json.loads(done["output"])["Body"]) == {"x": "ü"}, done
        assert admin.s3.get_object(Bucket=bucket, Key="a b/c")["Body"].read() == '{"x":"ü"}'.encode()
        denied = run(states, create(states, machine(("Get", get)), machine_role(admin)))
        assert (denied["status"], denied["error"]) == ("FAILED", "S3.S3Exception")
        absent = json.loads(json.dumps(get).replace("a b/c", "none"))
        lost = run(states, create(states, machine(("Get", absent)), machine_role(admin, "s3:*")))
        assert lost["error"] == "S3.NoSuchKeyException"
