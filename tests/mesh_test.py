"""`weir mesh`: the workflow's parts made once, told, and taken down again with nothing else."""

import json
import subprocess

import pytest

from conftest import ACCOUNT, WEIR, server_of_its_own
from iam_words import code, fresh
from lake import allow, trust_service
from mesh_words import (CENTRAL, FUNCTIONS, MACHINE, PRODUCER, RETRY_OF_LATER_CDK, ROLES, TOPIC, fates, function_arn,
                        make_account, mesh, role_of, snapshot, synthesised, weir)
from sns_words import Endpoint, body_of, fetch, link_in, mail_to, mails_to
from states_words import PASS, machine, states_client
from weir_words import weir_client

server, admin = server_of_its_own("mesh")
DATABASE = "sales"
CENTRAL_WORDS = ["deploy-central", "--producer", PRODUCER, "--database", DATABASE]
PRODUCER_WORDS = ["deploy-producer", "--account", PRODUCER, "--central", CENTRAL]


@pytest.fixture(scope="module")
def producer(server):
    return make_account(server, PRODUCER)


@pytest.fixture(scope="module")
def central(admin):
    admin.glue.create_database(DatabaseInput={"Name": DATABASE, "Parameters": {"data_owner": PRODUCER}})
    return admin


@pytest.fixture
def endpoint():
    """Something that is not Weir, and refuses all."""
    made = Endpoint(404)
    yield made
    made.close()


@pytest.fixture
def bare(server, central, producer, tmp_path):
    """Accounts without a mesh, before and after."""
    before = look(central, producer)
    yield tmp_path
    mesh(server, "clean-ui")
    mesh(server, "clean-central", "--stop-executions", "--changed-definition", cwd=tmp_path)
    mesh(server, "clean-producer", profile=PRODUCER)
    assert look(central, producer) == before


def look(central, producer):
    return [snapshot(central), snapshot(producer)]


def deploy(server, directory) -> dict:
    told = fates(mesh(server, *CENTRAL_WORDS, cwd=directory))
    told |= fates(mesh(server, *PRODUCER_WORDS, "--email", "owner@example.org", profile=PRODUCER))
    return told | fates(mesh(server, "deploy-ui", "--database", DATABASE))


def test_all_parts_are_made_and_told(server, bare, central):
    told = deploy(server, bare)
    assert set(told.values()) == {"made"}
    assert {name for kind, name in told if kind == "role"} == (
        {role_of(CENTRAL, name) for name in [*ROLES, "DataLakeWorkflowUiRole"]} | {role_of(PRODUCER, "ProducerWorkflowRole")})
    assert {name for kind, name in told if kind == "function"} == {function_arn(name) for name in FUNCTIONS}
    assert ("state machine", MACHINE) in told and ("topic", TOPIC) in told
    assert json.loads((bare / "cfn-output.json").read_text()) == {
        "InfraStack": {"StateMachineArn": MACHINE, "StateMachineName": "DataLakeApprovalWorkflow"}}
    shown = central.stepfunctions.describe_state_machine(stateMachineArn=MACHINE)
    assert json.loads(shown["definition"]) == json.loads(synthesised())
    listed = {f["Name"]: (f["BuiltIn"], f["Role"]) for f in weir_client(central).list_functions()["Functions"]}
    assert {name: built_in for name, (built_in, _) in listed.items()} == FUNCTIONS


def test_twice_is_once(server, bare, central, producer):
    deploy(server, bare)
    before, asked = look(central, producer), len(mails_to(server, "owner@example.org"))
    assert set(deploy(server, bare).values()) == {"already there"}
    assert look(central, producer) == before
    assert len(mails_to(server, "owner@example.org")) == asked


def test_what_was_changed_is_set_again(server, bare, central, producer):
    deploy(server, bare)
    before = look(central, producer)
    central.iam.put_role_policy(RoleName="DataLakeWorkflowRole", PolicyName="inline0", PolicyDocument=allow(["*"]))
    producer.iam.update_assume_role_policy(RoleName="ProducerWorkflowRole",
                                           PolicyDocument=trust_service("glue.amazonaws.com"))
    producer.sns.set_topic_attributes(TopicArn=TOPIC, AttributeName="Policy", AttributeValue=json.dumps(
        {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": "*", "Action": "sns:Publish", "Resource": TOPIC}]}))
    told = deploy(server, bare)
    assert {key: fate for key, fate in told.items() if fate != "already there"} == {
        ("role", role_of(CENTRAL, "DataLakeWorkflowRole")): "set again", ("topic", TOPIC): "set again",
        ("role", role_of(PRODUCER, "ProducerWorkflowRole")): "set again"}
    assert look(central, producer) == before


def test_cleaning_twice_finds_nothing(server, bare):
    deploy(server, bare)
    first = fates(mesh(server, "clean-central", cwd=bare))
    assert set(first.values()) == {"removed"} and ("file", "cfn-output.json") in first
    assert not (bare / "cfn-output.json").exists()
    assert set(fates(mesh(server, "clean-central", cwd=bare)).values()) == {"not there"}


@pytest.mark.parametrize("account", ["12345678901", "1234567890123", "12", "12345678901x", "１２３４５６７８９０１２"])
@pytest.mark.parametrize("option", ["--account", "--central"])
def test_an_account_id_has_twelve_digits(server, producer, account, option):
    words = [account if PRODUCER_WORDS[i - 1] == option else word for i, word in enumerate(PRODUCER_WORDS)]
    assert "twelve digits" in mesh(server, *words, profile=PRODUCER, status=1)
    assert "twelve digits" in mesh(server, "deploy-central", "--producer", account, status=1)


def test_credentials_of_another_account_deploy_nothing(server, producer):
    assert f"credentials of account {ACCOUNT}, not of {PRODUCER}" in mesh(server, *PRODUCER_WORDS, status=1)
    assert f"not of {PRODUCER}" in mesh(server, "clean-producer", "--account", PRODUCER, status=1)


def test_addresses_with_line_breaks_are_refused(server, bare):
    for address in ("owner@example.org\r\nBcc: all@example.org", "owner", '"a b"@example.org'):
        assert weir(server, "mesh", *PRODUCER_WORDS, "--email", address, profile=PRODUCER).returncode == 1
    assert not mails_to(server, "all@example.org")


def test_where_functions_are_not_served_nothing_is_made(server, bare, central, endpoint):
    """As at AWS: the roles come after the first function was looked for."""
    env = server.cli_env | {"AWS_ENDPOINT_URL_WEIR": endpoint.url.removesuffix("/in")}
    done = subprocess.run([WEIR, "mesh", "deploy-central"], env=env, cwd=bare, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "made" not in done.stdout, done.stdout
    assert not [name for name in ROLES if name in [r["RoleName"] for r in central.iam.list_roles()["Roles"]]]


class TestWhatOthersMade:
    def test_a_role_of_that_name_is_neither_changed_nor_removed(self, server, bare, central):
        name = "WorkflowLambdaTableDetailsRole"
        central.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust_service("ec2.amazonaws.com"))
        assert "did not make" in mesh(server, "deploy-central", cwd=bare, status=1)
        told = fates(mesh(server, "clean-central", cwd=bare, status=2))
        assert told["role", role_of(CENTRAL, name)] == "left as it is"
        trust = central.iam.get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"]
        assert trust == json.loads(trust_service("ec2.amazonaws.com"))
        central.iam.delete_role(RoleName=name)

    def test_a_topic_of_that_name_is_neither_changed_nor_removed(self, server, bare, producer):
        producer.sns.create_topic(Name="DataLakeSharingApproval")
        assert "did not make" in mesh(server, *PRODUCER_WORDS, profile=PRODUCER, status=1)
        assert fates(mesh(server, "clean-producer", profile=PRODUCER, status=2))["topic", TOPIC] == "left as it is"
        producer.sns.delete_topic(TopicArn=TOPIC)

    def test_a_machine_of_that_name_stays_with_all_it_works_with(self, server, bare, central):
        role = fresh("machine")
        central.iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust_service("states.amazonaws.com"))
        central.stepfunctions.create_state_machine(name="DataLakeApprovalWorkflow", definition=machine(("P", PASS)),
                                                   roleArn=role_of(CENTRAL, role))
        assert "did not make" in mesh(server, "deploy-central", cwd=bare, status=1)
        told = fates(mesh(server, "clean-central", cwd=bare, status=2))
        assert told == {("state machine", MACHINE): "left as it is"}
        central.stepfunctions.delete_state_machine(stateMachineArn=MACHINE)
        central.iam.delete_role(RoleName=role)

    def test_a_function_of_that_name_stays(self, server, bare, central):
        functions = weir_client(central)
        functions.register_function(Name="WorkflowShareCatalogItem", Url="https://hooks.example.org/share")
        assert "did not make" in mesh(server, "deploy-central", cwd=bare, status=1)
        told = fates(mesh(server, "clean-central", cwd=bare, status=2))
        assert told["function", function_arn("WorkflowShareCatalogItem")] == "left as it is"
        functions.deregister_function(Name="WorkflowShareCatalogItem")

    def test_what_was_given_away_is_left(self, server, bare, producer):
        deploy(server, bare)
        producer.sns.untag_resource(ResourceArn=TOPIC, TagKeys=["weir:mesh"])
        told = fates(mesh(server, "clean-producer", profile=PRODUCER, status=2))
        assert told == {("topic", TOPIC): "left as it is",
                        ("role", role_of(PRODUCER, "ProducerWorkflowRole")): "removed"}
        producer.sns.delete_topic(TopicArn=TOPIC)

    def test_a_role_that_was_given_more_is_left(self, server, bare, central):
        deploy(server, bare)
        name = "WorkflowLambdaSMApproverRole"
        central.iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=allow(["sts:GetCallerIdentity"]))
        told = fates(mesh(server, "clean-central", cwd=bare, status=2))
        assert told["role", role_of(CENTRAL, name)] == "left as it is"
        central.iam.delete_role_policy(RoleName=name, PolicyName="own")

    def test_a_file_that_says_something_else_stays(self, server, bare):
        deploy(server, bare)
        (bare / "cfn-output.json").write_text('{"InfraStack": {}}')
        assert fates(mesh(server, "clean-central", cwd=bare, status=2))["file", "cfn-output.json"] == "left as it is"
        (bare / "cfn-output.json").unlink()


class TestTheStateMachine:
    def test_a_definition_of_ones_own_stays(self, server, bare, central):
        deploy(server, bare)
        own = machine(("P", PASS))
        central.stepfunctions.update_state_machine(stateMachineArn=MACHINE, definition=own)
        told = mesh(server, *CENTRAL_WORDS, cwd=bare)
        assert "--replace-definition" in told and fates(told)["state machine", MACHINE] == "already there"
        assert central.stepfunctions.describe_state_machine(stateMachineArn=MACHINE)["definition"] == own
        assert "--changed-definition" in mesh(server, "clean-central", cwd=bare, status=2)
        told = fates(mesh(server, *CENTRAL_WORDS, "--replace-definition", cwd=bare))
        assert told["state machine", MACHINE] == "set again"
        shown = central.stepfunctions.describe_state_machine(stateMachineArn=MACHINE)
        assert json.loads(shown["definition"]) == json.loads(synthesised())

    def test_executions_under_way_are_not_ended_unasked(self, server, bare, central):
        deploy(server, bare)
        waits = machine(("W", {"Type": "Wait", "Seconds": 3600}))
        central.stepfunctions.update_state_machine(stateMachineArn=MACHINE, definition=waits)
        central.stepfunctions.start_execution(stateMachineArn=MACHINE)
        told = mesh(server, "clean-central", "--changed-definition", cwd=bare, status=2)
        assert "--stop-executions" in told and fates(told) == {("state machine", MACHINE): "left as it is"}
        told = fates(mesh(server, "clean-central", "--changed-definition", "--stop-executions", cwd=bare))
        assert set(told.values()) == {"removed"}

    @pytest.mark.parametrize("retry", [None, RETRY_OF_LATER_CDK])
    def test_what_cdk_synthesises_for_the_sample_is_taken_unchanged(self, server, bare, central, retry):
        deploy(server, bare)
        made = central.stepfunctions.create_state_machine(
            name="Synthesised", definition=synthesised(retry), type="STANDARD",
            roleArn=sample_role(central, "SampleRole"))["stateMachineArn"]
        shown = central.stepfunctions.describe_state_machine(stateMachineArn=made)
        assert shown["definition"] == synthesised(retry) and shown["status"] == "ACTIVE"
        central.stepfunctions.delete_state_machine(stateMachineArn=made)
        central.iam.delete_role_policy(RoleName="SampleRole", PolicyName="invoke")
        central.iam.delete_role(RoleName="SampleRole")

    def test_executions_of_another_machine_do_not_take_its_role(self, server, bare, central):
        deploy(server, bare)
        assert code(central.stepfunctions.create_state_machine, name="Other", definition=machine(("P", PASS)),
                    roleArn=role_of(CENTRAL, "DataLakeWorkflowRole")) == "AccessDeniedException"


def sample_role(central, name: str) -> str:
    central.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust_service("states.amazonaws.com"))
    central.iam.put_role_policy(RoleName=name, PolicyName="invoke",
                                PolicyDocument=allow(["lambda:InvokeFunction"], f"{function_arn('*')}"))
    return role_of(CENTRAL, name)


class TestWhoMay:
    def test_only_the_notifier_of_the_central_account_takes_the_producers_role(self, server, bare, central, producer):
        deploy(server, bare)
        taken = dict(RoleArn=role_of(PRODUCER, "ProducerWorkflowRole"), RoleSessionName="session")
        assert code(central.sts.assume_role, **taken) == "AccessDenied"
        assert code(as_role(server, central, "Imposter").sts.assume_role, **taken) == "AccessDenied"
        mesh(server, *PRODUCER_WORDS, "--notifier", "Infra*Email*", profile=PRODUCER)
        session = as_role(server, central, "InfraStack-WorkflowLambdaSendApprovalEmailRole-1X").sts.assume_role(**taken)
        publishing = server.session(session["Credentials"])
        assert publishing.sns.publish(TopicArn=TOPIC, Message="m")["MessageId"]
        assert code(publishing.sns.subscribe, TopicArn=TOPIC, Protocol="email",
                    Endpoint="a@example.org") == "AuthorizationError"
        for name in ("Imposter", "InfraStack-WorkflowLambdaSendApprovalEmailRole-1X"):
            central.iam.delete_role_policy(RoleName=name, PolicyName="all")
            central.iam.delete_role(RoleName=name)

    def test_producers_are_named_one_by_one_and_stay_named(self, server, bare, central):
        assert "Nobody can be asked yet" in mesh(server, "deploy-central", cwd=bare)
        mesh(server, "deploy-central", "--producer", PRODUCER, cwd=bare)
        mesh(server, "deploy-central", "--producer", "000000000001", cwd=bare)
        shown = central.iam.get_role_policy(RoleName="WorkflowLambdaSendApprovalEmailRole", PolicyName="inline0")
        assert shown["PolicyDocument"]["Statement"][1:] == [{
            "Effect": "Allow", "Action": "sts:AssumeRole",
            "Resource": [role_of(PRODUCER, "ProducerWorkflowRole"), role_of("000000000001", "ProducerWorkflowRole")]}]

    def test_what_is_still_to_be_granted_is_told_as_commands_that_work(self, server, bare, central):
        told = mesh(server, "deploy-central", cwd=bare)
        commands = [line.strip() for line in told.splitlines() if line.strip().startswith("weir grant")]
        assert len(commands) == 3
        for command in commands:
            words = [word.strip("'").replace("DATABASE", DATABASE) for word in command.split()[1:]]
            assert weir(server, *words).returncode == 0
        assert "weir grant" not in mesh(server, "deploy-central", cwd=bare)
        told = fates(mesh(server, "deploy-central", "--database", DATABASE, cwd=bare))
        assert {fate for (kind, _), fate in told.items() if kind == "grant"} == {"already there"}

    def test_a_database_that_names_no_owner_is_told(self, server, bare, central):
        central.glue.create_database(DatabaseInput={"Name": "orphan"})
        assert "database orphan does not say who owns it" in mesh(server, "deploy-central", "--database", "orphan",
                                                                  cwd=bare)
        mesh(server, "clean-central", cwd=bare)
        central.glue.delete_database(Name="orphan")

    def test_an_owner_gets_mails_once_the_link_was_followed(self, server, bare, producer):
        mesh(server, *PRODUCER_WORDS, "--email", "fresh@example.org", profile=PRODUCER)
        producer.sns.publish(TopicArn=TOPIC, Message="m", Subject="Too early")
        fetch(link_in(body_of(mail_to(server, "fresh@example.org", "Confirm")), "confirm"))
        producer.sns.publish(TopicArn=TOPIC, Message="m", Subject="Now")
        assert mail_to(server, "fresh@example.org", "Now")
        assert not mails_to(server, "fresh@example.org", "Too early")


def as_role(server, central, name: str):
    """A session of a role of the central account that may do everything there."""
    central.iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": CENTRAL},
                                                "Action": "sts:AssumeRole"}]}))
    central.iam.put_role_policy(RoleName=name, PolicyName="all", PolicyDocument=allow(["*"]))
    taken = central.sts.assume_role(RoleArn=role_of(CENTRAL, name), RoleSessionName="session")
    return server.session(taken["Credentials"])


class TestTheUserInterface:
    def test_people_start_and_watch_requests_and_see_what_may_be_asked_for(self, server, bare, central):
        assert "deploy-central first" in mesh(server, "deploy-ui", status=1)
        deploy(server, bare)
        taken = central.sts.assume_role(RoleArn=role_of(CENTRAL, "DataLakeWorkflowUiRole"), RoleSessionName="ann")
        person = server.session(taken["Credentials"])
        assert DATABASE in [d["Name"] for d in person.glue.get_databases()["DatabaseList"]]
        started = states_client(server, taken["Credentials"]).start_execution(
            stateMachineArn=MACHINE, input=json.dumps({"source": {"database": "x", "table": "*"}, "target": {
                "account_id": "444455556666"}}))["executionArn"]
        assert person.stepfunctions.describe_execution(executionArn=started)["status"]
        assert code(person.stepfunctions.stop_execution, executionArn=started) == "AccessDeniedException"
        assert code(person.glue.create_database, DatabaseInput={"Name": "n"}) == "AccessDeniedException"

    def test_a_role_that_is_there_gets_the_policy_and_loses_it(self, server, bare, central):
        mesh(server, *CENTRAL_WORDS, cwd=bare)
        central.iam.create_role(RoleName="authRole", AssumeRolePolicyDocument=trust_service())
        told = [fates(mesh(server, "deploy-ui", "--role", "authRole")) for _ in range(2)]
        assert told == [{("role policy", "authRole/inline0"): fate} for fate in ("made", "already there")]
        document = central.iam.get_role_policy(RoleName="authRole", PolicyName="inline0")["PolicyDocument"]
        assert document["Statement"][1] == {"Effect": "Allow", "Resource": MACHINE, "Action": [
            "states:ListExecutions", "states:StartExecution"]}
        assert fates(mesh(server, "clean-ui", "--role", "authRole")) == {("role policy", "authRole/inline0"): "removed"}
        assert central.iam.list_role_tags(RoleName="authRole")["Tags"] == []
        central.iam.put_role_policy(RoleName="authRole", PolicyName="inline0", PolicyDocument=allow(["s3:*"]))
        assert "did not make" in mesh(server, "deploy-ui", "--role", "authRole", status=1)
        assert "left as it is" in mesh(server, "clean-ui", "--role", "authRole", status=2)
        central.iam.delete_role_policy(RoleName="authRole", PolicyName="inline0")
        central.iam.delete_role(RoleName="authRole")


class TestTemplates:
    WORDS = [*CENTRAL_WORDS, "--template", "time-bound"]
    MACHINE = MACHINE.replace("DataLakeApprovalWorkflow", "weir-access-time-bound")

    def test_a_template_carries_requests_beside_the_samples_machine(self, server, bare, central):
        told = [fates(mesh(server, *self.WORDS, cwd=bare)) for _ in range(2)]
        assert [set(one.values()) for one in told] == [{"made"}, {"already there"}]
        assert json.loads(weir_client(central).get_approval_policy()["Policy"]) == {
            "Version": "2026-11-01", "Template": "time-bound", "RoleArn": role_of(CENTRAL, "DataLakeAccessRequestRole")}
        assert central.stepfunctions.describe_state_machine(stateMachineArn=self.MACHINE)["status"] == "ACTIVE"
        told = fates(mesh(server, "clean-central", cwd=bare))
        assert set(told.values()) == {"removed"} and ("state machine", self.MACHINE) in told

    def test_a_machine_of_the_policy_that_somebody_changed_or_made_stays(self, server, bare, central):
        mesh(server, *self.WORDS, cwd=bare)
        states, here = central.stepfunctions, dict(stateMachineArn=self.MACHINE)
        made = states.describe_state_machine(**here)
        (mark,) = states.list_tags_for_resource(resourceArn=self.MACHINE)["tags"]
        assert mark["key"] == "weir:made-by" and mark["value"].startswith("policy:")
        states.update_state_machine(definition=json.dumps(json.loads(made["definition"]) | {"Comment": "ours"}), **here)
        assert "definition of your own" in mesh(server, "clean-central", cwd=bare, status=2)
        states.update_state_machine(definition=made["definition"], **here)
        states.untag_resource(resourceArn=self.MACHINE, tagKeys=["weir:made-by"])
        assert "weir:made-by" in mesh(server, "clean-central", "--changed-definition", cwd=bare, status=2)
        assert states.describe_state_machine(**here)["status"] == "ACTIVE"
        states.tag_resource(resourceArn=self.MACHINE, tags=[mark])
        assert fates(mesh(server, "clean-central", cwd=bare))["state machine", self.MACHINE] == "removed"

    def test_a_machine_of_the_policy_gets_its_mark_again_with_its_definition(self, server, bare, central):
        mesh(server, *self.WORDS, cwd=bare)
        states, here = central.stepfunctions, dict(stateMachineArn=self.MACHINE)
        states.update_state_machine(definition='{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}', **here)
        states.tag_resource(resourceArn=self.MACHINE, tags=[{"key": "weir:made-by", "value": "policy:" + "0" * 64}])
        weir = weir_client(central)
        weir.put_approval_policy(Policy=weir.get_approval_policy()["Policy"])
        assert fates(mesh(server, "clean-central", cwd=bare))["state machine", self.MACHINE] == "removed"

    def test_a_policy_of_ones_own_keeps_the_role_it_names(self, server, bare, central):
        mesh(server, *self.WORDS, cwd=bare)
        weir = weir_client(central)
        ours = weir.get_approval_policy()["Policy"]
        weir.put_approval_policy(Policy=json.dumps(json.loads(ours) | {"Otherwise": "DENY"}))
        assert "which needs the role" in mesh(server, "clean-central", cwd=bare, status=2)
        assert central.iam.get_role(RoleName="DataLakeAccessRequestRole")
        weir.put_approval_policy(Policy=ours)
        told = fates(mesh(server, "clean-central", cwd=bare))
        assert told["role", role_of(CENTRAL, "DataLakeAccessRequestRole")] == "removed"
        assert code(central.iam.get_role, RoleName="DataLakeAccessRequestRole") == "NoSuchEntity"

    def test_a_policy_of_ones_own_stays(self, server, bare, central):
        own = json.dumps({"Version": "2026-11-01", "Otherwise": "DENY"})
        weir_client(central).put_approval_policy(Policy=own)
        assert "of your own, which stays" in mesh(server, *self.WORDS, cwd=bare)
        mesh(server, "clean-central", cwd=bare)
        assert weir_client(central).get_approval_policy()["Policy"] == own
        weir_client(central).put_approval_policy(Policy='{"Version":"2026-11-01"}')
