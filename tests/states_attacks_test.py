"""Attacks on Step Functions and SNS: another account's ARNs and tokens at every operation, roles one may not pass,
policies that deny, tasks that would wait for ever, doors without a signature in an account that was closed."""

import json
import subprocess

import pytest

from conftest import ACCOUNT, WEIR, server_of_its_own
from iam_words import code, fresh, make_user, refused, statement
from lake import allow
from sns_words import body_of, fetch, link_in, mail_to
from states_words import PASS, SDK, create, machine, machine_role, run, states_client

OTHER, MEMBER = "012345678901", "222200001111"
WAITS = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sts:getCallerIdentity.waitForTaskToken",
         "Parameters": {}, "TimeoutSeconds": 600}
DENIED, UNKNOWN = "AccessDeniedException", "InvalidToken"

server, admin = server_of_its_own("states-attacks")


def make_account(server, number: str) -> str:
    """As the operator does; the name of its profile."""
    subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", number, "--name", number],
                   check=True, capture_output=True)
    return number


@pytest.fixture(scope="module")
def states(server):
    return states_client(server)


@pytest.fixture(scope="module")
def other(server):
    """Another account's administrator, who sends what it is given without looking at the model."""
    return states_client(server, profile=make_account(server, OTHER), parameter_validation=False)


@pytest.fixture(scope="module")
def victim(server, admin, states):
    """One of everything Step Functions keeps, and a token that is being waited for."""
    role = machine_role(admin, "sts:GetCallerIdentity")
    activity = states.create_activity(name="victims")["activityArn"]
    machine_arn = create(states, machine(("W", WAITS | {"ResultPath": None})), role, name="victims")
    version = states.publish_state_machine_version(stateMachineArn=machine_arn)["stateMachineVersionArn"]
    alias = states.create_state_machine_alias(name="PROD", routingConfiguration=[
        {"stateMachineVersionArn": version, "weight": 100}])["stateMachineAliasArn"]
    worked = create(states, machine(("A", {"Type": "Task", "Resource": activity})), role)
    states.start_execution(stateMachineArn=worked)
    token = states.get_activity_task(activityArn=activity, workerName="ours")["taskToken"]
    execution = states.start_execution(stateMachineArn=machine_arn, name="one", input='{"secret": "harvest"}')
    return {"stateMachineArn": machine_arn, "executionArn": execution["executionArn"], "activityArn": activity,
            "stateMachineVersionArn": version, "stateMachineAliasArn": alias, "taskToken": token, "roleArn": role,
            "mapRunArn": machine_arn.replace(":stateMachine:", ":mapRun:") + "/L:0123"}


def arguments(victim: dict) -> dict[str, tuple[dict, str]]:
    """Every operation of the service: how another account would aim it at the victim, and what it hears."""
    def aimed(*names, says=DENIED, **more):
        return {name: victim[name] for name in names} | more, says

    route = [{"stateMachineVersionArn": victim["stateMachineVersionArn"], "weight": 100}]
    definition = machine(("P", PASS))
    return {
        "CreateStateMachine": aimed("roleArn", name="theirs", definition=definition),
        "UpdateStateMachine": aimed("stateMachineArn", definition=definition),
        "DescribeStateMachine": aimed("stateMachineArn"),
        "DescribeStateMachineForExecution": aimed("executionArn"),
        "DeleteStateMachine": aimed("stateMachineArn"),
        "StartExecution": aimed("stateMachineArn", name="theirs"),
        "StartSyncExecution": aimed("stateMachineArn", name="theirs"),
        "StopExecution": aimed("executionArn"),
        "DescribeExecution": aimed("executionArn"),
        "ListExecutions": aimed("stateMachineArn"),
        "GetExecutionHistory": aimed("executionArn"),
        "RedriveExecution": aimed("executionArn"),
        "SendTaskSuccess": aimed("taskToken", output="{}", says=UNKNOWN),
        "SendTaskFailure": aimed("taskToken", says=UNKNOWN),
        "SendTaskHeartbeat": aimed("taskToken", says=UNKNOWN),
        "DeleteActivity": aimed("activityArn"),
        "DescribeActivity": aimed("activityArn"),
        "GetActivityTask": aimed("activityArn"),
        "PublishStateMachineVersion": aimed("stateMachineArn"),
        "ListStateMachineVersions": aimed("stateMachineArn"),
        "DeleteStateMachineVersion": aimed("stateMachineVersionArn"),
        "CreateStateMachineAlias": (dict(name="THEIRS", routingConfiguration=route), DENIED),
        "UpdateStateMachineAlias": aimed("stateMachineAliasArn", description="theirs"),
        "DescribeStateMachineAlias": aimed("stateMachineAliasArn"),
        "DeleteStateMachineAlias": aimed("stateMachineAliasArn"),
        "ListStateMachineAliases": aimed("stateMachineArn"),
        "DescribeMapRun": aimed("mapRunArn"),
        "ListMapRuns": aimed("executionArn"),
        "UpdateMapRun": aimed("mapRunArn", maxConcurrency=1),
        "TagResource": (dict(resourceArn=victim["stateMachineArn"], tags=[{"key": "a", "value": "b"}]), DENIED),
        "UntagResource": (dict(resourceArn=victim["stateMachineArn"], tagKeys=["a"]), DENIED),
        "ListTagsForResource": (dict(resourceArn=victim["stateMachineArn"]), DENIED),
        "TestState": aimed("roleArn", definition=json.dumps(PASS | {"End": True})),
    }


# They are aimed at nothing: what they make and list is the caller's own.
WITHOUT_AIM = {"ListStateMachines", "CreateActivity", "ListActivities", "ValidateStateMachineDefinition"}


def aim(client, operation: str, given: dict):
    return client._make_api_call(operation, given)


class TestAnotherAccount:
    def test_every_operation_refuses_what_is_anothers_there_or_not(self, states, other, victim):
        aimed = arguments(victim)
        assert set(aimed) | WITHOUT_AIM == set(states.meta.service_model.operation_names)
        missing = json.loads(json.dumps(aimed).replace("victims", "nobodys").replace(victim["taskToken"], "nobodys"))
        for operation, (given, says) in aimed.items():
            there = refused(aim, client=other, operation=operation, given=given)
            absent = refused(aim, client=other, operation=operation, given=missing[operation][0])
            assert there[1] == says, (operation, there)
            assert there[:2] == absent[:2], operation
            assert "harvest" not in there[2]

    def test_nothing_of_the_victims_was_touched(self, states, victim):
        shown = states.describe_state_machine(stateMachineArn=victim["stateMachineArn"])
        assert shown["status"] == "ACTIVE" and "W" in json.loads(shown["definition"])["States"]
        assert states.describe_execution(executionArn=victim["executionArn"])["status"] == "RUNNING"
        assert states.list_tags_for_resource(resourceArn=victim["stateMachineArn"])["tags"] == []
        assert len(states.list_executions(stateMachineArn=victim["stateMachineArn"])["executions"]) == 1
        assert states.describe_activity(activityArn=victim["activityArn"])["name"] == "victims"
        aliases = states.list_state_machine_aliases(stateMachineArn=victim["stateMachineArn"])["stateMachineAliases"]
        assert [a["stateMachineAliasArn"] for a in aliases] == [victim["stateMachineAliasArn"]]
        states.send_task_heartbeat(taskToken=victim["taskToken"])

    def test_lists_of_another_account_are_empty_of_it(self, other, victim):
        assert victim["stateMachineArn"] not in str(other.list_state_machines())
        assert victim["activityArn"] not in str(other.list_activities())

    def test_a_machine_of_another_account_reaches_in_no_deeper_than_its_people(self, server, other, victim):
        """Not by a child execution, not by the SDK, not by an activity: its role is of that account."""
        theirs = server.session(profile=OTHER)
        name = fresh("reaching")
        theirs.iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps({
            "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                                                    "Principal": {"Service": "states.amazonaws.com"}}]}))
        theirs.iam.put_role_policy(RoleName=name, PolicyName="all", PolicyDocument=allow(["*"]))
        role = f"arn:aws:iam::{OTHER}:role/{name}"
        tasks = [
            {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution",
             "Parameters": {"StateMachineArn": victim["stateMachineArn"]}},
            {"Type": "Task", "Resource": SDK + "sfn:describeExecution",
             "Parameters": {"ExecutionArn": victim["executionArn"]}},
            {"Type": "Task", "Resource": SDK + "sfn:sendTaskSuccess",
             "Parameters": {"TaskToken": victim["taskToken"], "Output": "{}"}},
            {"Type": "Task", "Resource": victim["activityArn"]},
        ]
        for task in tasks:
            done = run(other, create(other, machine(("T", task)), role))
            assert done["status"] == "FAILED" and "harvest" not in json.dumps(done, default=str), (task, done)


class TestRoles:
    def test_a_machine_is_not_moved_to_a_role_one_may_not_pass(self, server, admin, states):
        role, stronger = machine_role(admin), machine_role(admin, "iam:*")
        arn = create(states, machine(("P", PASS)), role)
        user = make_user(admin, statement("Allow", "states:*"), statement("Allow", "iam:PassRole", role))
        keys = admin.iam.create_access_key(UserName=user)["AccessKey"]
        person = states_client(server, {"AccessKeyId": keys["AccessKeyId"], "SecretAccessKey": keys["SecretAccessKey"],
                                        "SessionToken": None})
        assert code(person.update_state_machine, stateMachineArn=arn, roleArn=stronger) == DENIED
        assert code(person.create_state_machine, name=fresh("m"), definition=machine(("P", PASS)),
                    roleArn=stronger) == DENIED
        assert code(person.test_state, definition=json.dumps(PASS | {"End": True}), roleArn=stronger) == DENIED
        assert states.describe_state_machine(stateMachineArn=arn)["roleArn"] == role
        person.update_state_machine(stateMachineArn=arn, roleArn=role, definition=machine(("Q", PASS)))


class TestLongPolls:
    @pytest.mark.parametrize("how", ["", ".waitForTaskToken"])
    def test_a_task_that_would_wait_for_work_is_refused(self, admin, states, how):
        """It would hold a thread of the server for a minute, as often as a machine likes."""
        activity = states.create_activity(name=fresh("a"))["activityArn"]
        task = {"Type": "Task", "Resource": SDK + "sfn:getActivityTask" + how, "TimeoutSeconds": 20,
                "Parameters": {"ActivityArn": activity}}
        done = run(states, create(states, machine(("T", task)), machine_role(admin, "states:*")))
        assert done["status"] == "FAILED" and done["error"] == "States.Runtime", done


class TestTopics:
    def test_a_deny_in_the_topics_policy_wins_over_what_the_caller_may(self, server, admin):
        topic = admin.sns.create_topic(Name=fresh("denied"))["TopicArn"]
        user = make_user(admin, statement("Allow", "sns:*"))
        keys = admin.iam.create_access_key(UserName=user)["AccessKey"]
        person = server.session({"AccessKeyId": keys["AccessKeyId"], "SecretAccessKey": keys["SecretAccessKey"]}).sns
        assert person.publish(TopicArn=topic, Message="m")["MessageId"]
        deny = {"Effect": "Deny", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:user/{user}"},
                "Action": "sns:Publish", "Resource": topic}
        allowing = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sns:Publish", "Resource": topic}
        admin.sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=json.dumps(
            {"Version": "2012-10-17", "Statement": [allowing, deny]}))
        assert code(person.publish, TopicArn=topic, Message="m") == "AuthorizationError"
        assert code(person.publish_batch, TopicArn=topic, PublishBatchRequestEntries=[
            {"Id": "1", "Message": "m"}]) == "AuthorizationError"
        assert admin.sns.publish(TopicArn=topic, Message="m")["MessageId"]

    def test_a_task_is_denied_by_a_topics_policy_as_a_person_is(self, admin, states):
        topic = admin.sns.create_topic(Name=fresh("denied"))["TopicArn"]
        role = machine_role(admin, "sns:Publish")
        task = {"Type": "Task", "Resource": SDK + "sns:publish", "Parameters": {"TopicArn": topic, "Message": "m"},
                "ResultPath": None}
        arn = create(states, machine(("T", task)), role)
        assert run(states, arn)["status"] == "SUCCEEDED"
        deny = {"Effect": "Deny", "Principal": {"AWS": role}, "Action": "sns:Publish", "Resource": topic}
        admin.sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=json.dumps(
            {"Version": "2012-10-17", "Statement": [deny]}))
        done = run(states, arn)
        assert (done["status"], done["error"]) == ("FAILED", "Sns.AuthorizationErrorException")


@pytest.fixture(scope="module")
def links(server, admin):
    """Links out of mails of a member account: to confirm, and to end a subscription; then the account is closed."""
    admin.organizations.create_organization(FeatureSet="ALL")
    member = server.session(profile=make_account(server, MEMBER))
    handshake = admin.organizations.invite_account_to_organization(
        Target={"Id": MEMBER, "Type": "ACCOUNT"})["Handshake"]["Id"]
    member.organizations.accept_handshake(HandshakeId=handshake)
    topic = member.sns.create_topic(Name="closing")["TopicArn"]
    for address in ("waits@example.org", "reads@example.org"):
        member.sns.subscribe(TopicArn=topic, Protocol="email", Endpoint=address)
    confirm = {address: link_in(body_of(mail_to(server, address)), "confirm")
               for address in ("waits@example.org", "reads@example.org")}
    assert fetch(confirm["reads@example.org"])[0] == 200
    member.sns.publish(TopicArn=topic, Message="m", Subject="Before")
    leave = link_in(body_of(mail_to(server, "reads@example.org", "Before")), "unsubscribe")
    admin.organizations.close_account(AccountId=MEMBER)
    return {"topic": topic, "confirm": confirm["waits@example.org"], "leave": leave, "member": member}


class TestClosedAccounts:
    """An account that its organization closed does nothing more, whoever holds a link into it."""

    def test_no_link_confirms_there(self, links):
        assert fetch(links["confirm"])[0] == 400

    def test_who_wants_no_more_mail_gets_out_all_the_same(self, links):
        assert fetch(links["leave"], data=b"")[0] == 200

    def test_no_signature_of_its_people_counts(self, links):
        assert code(links["member"].sns.publish, TopicArn=links["topic"], Message="m") in (
            "InvalidClientTokenId", "AuthorizationError", "AccessDenied")
