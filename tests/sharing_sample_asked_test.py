"""AWS's data sharing sample as Weir carries it out by default: links ask, people are known, decided is decided."""

import json

import pytest

from approval_words import links, send_form
from conftest import server_of_its_own
from function_words import Sample, function_role, invoking, register
from lake import allow
from organizations_test import make_account
from sharing_words import OUTSIDE, THIRD
from sns_words import body_of, fetch, link_in, mail_to, mails_to
from states_words import ended, types, until

server, admin = server_of_its_own("sample-asked")
BOTH = ({"DESCRIBE", "SELECT"}, {"DESCRIBE", "SELECT"})
NOTHING = (set(), set())


@pytest.fixture(scope="module")
def sample(server, admin):
    make_account(server, THIRD)
    return Sample(server, admin, make_account(server, OUTSIDE), OUTSIDE)


@pytest.fixture(scope="module")
def owner(server, sample):
    address = "owner@example.org"
    sample.producer.sns.subscribe(TopicArn=sample.topic, Protocol="email", Endpoint=address)
    assert fetch(link_in(body_of(mail_to(server, address)), "ConfirmSubscription"))[0] == 200
    return address


def asked(sample, server, owner, table: str = "orders") -> tuple[str, str, str, str]:
    """A request that waits: the database, the execution, and the links of the owner's mail."""
    name = sample.database(pii_columns=("mail",), data_owner=OUTSIDE)
    execution = sample.start(name, table, THIRD)
    until(lambda: "TaskSubmitted" in types(sample.runner.client, execution) or
          sample.runner.client.describe_execution(executionArn=execution)["status"] != "RUNNING")
    assert sample.runner.client.describe_execution(executionArn=execution)["status"] == "RUNNING"
    return name, execution, *links(server, owner, subject=name)


def token_of(sample, execution: str) -> str:
    for event in sample.runner.client.get_execution_history(executionArn=execution)["events"]:
        parameters = json.loads(event.get("taskScheduledEventDetails", {}).get("parameters", "{}"))
        if "TaskToken" in parameters.get("Payload", {}):
            return parameters["Payload"]["TaskToken"]
    raise AssertionError("there is no token")


def test_opening_a_link_decides_nothing_and_the_mail_has_no_token(sample, server, owner):
    name, execution, approve, deny = asked(sample, server, owner)
    token = token_of(sample, execution)
    text = body_of(mail_to(server, owner, name))
    assert token not in text and THIRD in text and name in text
    for link in (approve, deny):
        assert fetch(link)[0] == 200
    assert sample.runner.client.describe_execution(executionArn=execution)["status"] == "RUNNING"
    for action in ("approve", "deny"):
        fetch(f"{server.endpoint}/workflow/update-state?action={action}&token={token}")
    assert sample.runner.client.describe_execution(executionArn=execution)["status"] == "RUNNING"
    sample.runner.client.stop_execution(executionArn=execution)


def test_the_owner_approves_on_the_page(sample, server, owner):
    name, execution, approve, _ = asked(sample, server, owner)
    assert send_form(approve)[0] == 200
    shown = ended(sample.runner.client, execution)
    assert shown["status"] == "SUCCEEDED" and sample.shared(name, "orders", THIRD) == BOTH
    entered = [json.loads(event["stateEnteredEventDetails"]["input"]) for event in
               sample.runner.client.get_execution_history(executionArn=execution)["events"]
               if event.get("stateEnteredEventDetails", {}).get("name") == "ApprovedPIIShareCatalogItem"]
    assert entered[0]["approval_details"] == {}, "as after the sample's links"


def test_the_owner_denies_on_the_page(sample, server, owner):
    name, execution, _, deny = asked(sample, server, owner)
    assert send_form(deny)[0] == 200
    shown = ended(sample.runner.client, execution)
    assert shown["status"] == "FAILED" and "error" not in shown and "cause" not in shown
    assert sample.shared(name, "orders", THIRD) == NOTHING


def test_without_publish_on_the_topic_nobody_is_asked(sample, server, owner):
    """The permission is the producer role's: what the producer takes back is gone."""
    sample.producer.iam.put_role_policy(RoleName="ProducerWorkflowRole", PolicyName="inline0",
                                        PolicyDocument=allow(["sns:Publish"], sample.topic + "-other"))
    try:
        name = sample.database(pii_columns=("mail",), data_owner=OUTSIDE)
        shown = ended(sample.runner.client, sample.start(name, "orders", THIRD))
        assert shown["status"] == "FAILED" and shown["error"] == "AccessDeniedException"
        assert "sns:Publish" in shown["cause"] and mails_to(server, owner, name) == []
    finally:
        sample.onboard()


def test_without_permission_to_open_approvals_nobody_is_asked(sample, server, owner, admin):
    function = register(admin, BuiltIn="SendApprovalNotification", Role=function_role(admin, "sts:AssumeRole"))["Name"]
    event = {"TaskToken": "t" * 40, "Input": {
        "source": {"database": "d", "table": "t"}, "target": {"account_id": THIRD},
        "table_details": {"Payload": {"data_owner": OUTSIDE}}}}
    error, cause = sample.runner.failure(invoking(function), event)
    assert error == "AccessDeniedException" and "weir:OpenApproval" in cause


def test_a_token_that_is_none_opens_no_approval(sample, owner):
    event = {"TaskToken": "t" * 40, "Input": {
        "source": {"database": "d", "table": "t"}, "target": {"account_id": THIRD},
        "table_details": {"Payload": {"data_owner": OUTSIDE}}}}
    error, cause = sample.runner.failure(invoking(sample.functions["SendApprovalNotification"]), event)
    assert error == "InvalidParameterException" and "Invalid token" in cause


# --- flags that the sample does not see

@pytest.fixture(scope="module")
def strict(admin, sample):
    return register(admin, BuiltIn="GetTableDetails", Role=sample.roles["GetTableDetails"],
                    Environment={"STRICT_FLAGS": "true"})["Name"]


@pytest.mark.parametrize("asked_table, tables, pii_columns, flag, lax, found", [
    ("orders", ("orders",), (), None, False, False),
    ("orders", ("orders",), ("mail",), None, True, True),
    ("orders", ("orders",), (), "true", False, True),
    ("*", ("orders",), (), "TRUE", False, True),
    ("*", ("orders", "people"), ("mail",), None, False, True),
    ("*", ("orders",), (), "false", False, False),
])
def test_strict_flags_see_every_mark(sample, strict, asked_table, tables, pii_columns, flag, lax, found):
    parameters = {"data_owner": OUTSIDE} | ({"pii_flag": flag} if flag else {})
    name = sample.database(tables, pii_columns=pii_columns, **parameters)
    event = {"database": name, "table": asked_table}
    assert sample.runner.output(invoking(sample.functions["GetTableDetails"]), event)["Payload"] == {
        "has_pii": lax, "data_owner": OUTSIDE}
    assert sample.runner.output(invoking(strict), event)["Payload"] == {"has_pii": found, "data_owner": OUTSIDE}


def test_a_strict_flag_that_is_misspelt_is_strict(admin, sample):
    function = register(admin, BuiltIn="GetTableDetails", Role=sample.roles["GetTableDetails"],
                        Environment={"STRICT_FLAGS": "yes"})["Name"]
    name = sample.database(data_owner=OUTSIDE, pii_flag="YES")
    assert sample.runner.output(invoking(function), {"database": name, "table": "orders"})["Payload"]["has_pii"] is True
