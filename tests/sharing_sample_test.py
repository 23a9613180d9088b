"""AWS's data sharing sample runs on the built-in functions: the machine as CDK makes it, its mails and its links."""

import json
import urllib.parse

import pytest

from approval_words import Asking
from conftest import server_of_its_own
from function_words import Runner, Sample, function_role, invoking, register
from iam_words import fresh
from organizations_test import make_account
from sharing_words import OUTSIDE, THIRD
from sns_words import body_of, fetch, link_in, mail_to
from states_words import ended, types, until

server, admin = server_of_its_own("sample", "--legacy-one-click", "true")
BOTH = ({"DESCRIBE", "SELECT"}, {"DESCRIBE", "SELECT"})
NOTHING = (set(), set())


@pytest.fixture(scope="module")
def producer(server):
    return make_account(server, OUTSIDE)


@pytest.fixture(scope="module")
def consumer(server):
    return make_account(server, THIRD)


@pytest.fixture(scope="module")
def sample(server, admin, producer, consumer):
    return Sample(server, admin, producer, OUTSIDE, API_GATEWAY_BASE_URL="https://approve.example.org/workflow")


@pytest.fixture(scope="module")
def owner(server, sample):
    """The address of the producer, subscribed to its topic."""
    address = "owner@example.org"
    sample.producer.sns.subscribe(TopicArn=sample.topic, Protocol="email", Endpoint=address)
    assert fetch(link_in(body_of(mail_to(server, address)), "ConfirmSubscription"))[0] == 200
    return address


def failed(sample, execution: str) -> tuple:
    shown = ended(sample.runner.client, execution)
    assert shown["status"] == "FAILED", shown
    return shown.get("error"), shown.get("cause")


def succeeded(sample, execution: str) -> dict:
    shown = ended(sample.runner.client, execution)
    assert shown["status"] == "SUCCEEDED", (shown.get("error"), shown.get("cause"))
    return json.loads(shown["output"])


def waits(sample, execution: str) -> str:
    """Once the approval is asked for: the token."""
    until(lambda: "TaskSubmitted" in types(sample.runner.client, execution))
    events = sample.runner.client.get_paginator("get_execution_history").paginate(executionArn=execution)
    for page in events:
        for event in page["events"]:
            details = event.get("taskScheduledEventDetails", {})
            if details.get("resource") == "invoke.waitForTaskToken":
                return json.loads(details["parameters"])["Payload"]["TaskToken"]
    raise AssertionError("there is no token")


def test_what_nobody_flagged_is_shared_at_once(server, sample):
    name = sample.database(data_owner=OUTSIDE)
    output = succeeded(sample, sample.start(name, "orders", THIRD))
    assert output["Payload"] == {} and sample.shared(name, "orders", THIRD) == BOTH


def test_a_whole_database_is_asked_about_by_its_own_flag(sample, owner):
    open = sample.database(("orders", "people"), pii_columns=("mail",), data_owner=OUTSIDE, pii_flag="false")
    succeeded(sample, sample.start(open, "*", THIRD))
    assert sample.shared(open, "*", THIRD) == BOTH
    flagged = sample.database(data_owner=OUTSIDE, pii_flag="true")
    execution = sample.start(flagged, "*", THIRD)
    waits(sample, execution)
    assert sample.shared(flagged, "*", THIRD) == NOTHING
    sample.runner.client.stop_execution(executionArn=execution)


@pytest.mark.parametrize("flag", ["TRUE", "True", "1", "yes", "false", ""])
def test_only_the_lower_case_word_is_a_flag(sample, flag):
    name = sample.database(data_owner=OUTSIDE, pii_flag=flag)
    succeeded(sample, sample.start(name, "*", THIRD))


def test_without_an_owner_the_execution_fails_as_the_sample_does(sample):
    name = sample.database()
    error, cause = failed(sample, sample.start(name, "orders", THIRD))
    assert error == "Error" and json.loads(cause) == {
        "errorType": "Error", "errorMessage": "Missing data_owner parameter in database"}


def test_what_is_not_there_fails_with_glues_words(sample):
    name = sample.database(data_owner=OUTSIDE)
    error, cause = failed(sample, sample.start(name, "missing", THIRD))
    assert error == "EntityNotFoundException" and json.loads(cause)["errorType"] == error


def test_a_role_that_may_not_pass_on_select_shares_nothing(sample):
    name = sample.database(grantable=False, data_owner=OUTSIDE)
    error, cause = failed(sample, sample.start(name, "orders", THIRD))
    assert error == "AccessDeniedException" and json.loads(cause)["errorMessage"]
    assert sample.shared(name, "orders", THIRD) == NOTHING


@pytest.mark.parametrize("account", ["12", "1111222233334", "*", "IAM_ALLOWED_PRINCIPALS ", 7, None, {"a": 1}])
def test_accounts_that_are_none_get_nothing(sample, account):
    name = sample.database(data_owner=OUTSIDE)
    failed(sample, sample.start(name, "orders", account))


def test_the_owner_gets_the_samples_mail_and_approves_by_its_link(server, sample, owner):
    name = sample.database(pii_columns=("mail",), data_owner=OUTSIDE)
    execution = sample.start(name, "orders", THIRD)
    token = waits(sample, execution)
    subject = f"Data Sharing Request Approval {name} - orders"
    mail = mail_to(server, owner, subject)
    text = body_of(mail)
    link = f"https://approve.example.org/workflow/update-state?action=approve&token={urllib.parse.quote(token, safe='')}"
    assert text.startswith("A data sharing request has been created, please see the following details:\n"
                           f"Database: {name}\nTable: orders\nTarget Account: {THIRD}\n\nApprove: {link}\n\nDeny: ")
    approver = sample.functions["ActivityApprover"]
    event = {"queryStringParameters": {"action": "approve", "token": token}}
    assert sample.runner.output(invoking(approver), event)["Payload"] == {
        "statusCode": 200, "body": "OK\nResult:approve"}
    output = succeeded(sample, execution)
    assert output["Payload"] == {} and sample.shared(name, "orders", THIRD) == BOTH
    again = sample.runner.output(invoking(approver), event)["Payload"]
    assert again == {"statusCode": 400, "body": ""}, "decided is decided"


def test_a_denial_fails_without_error_and_cause(sample, owner):
    name = sample.database(pii_columns=("mail",), data_owner=OUTSIDE)
    execution = sample.start(name, "orders", THIRD)
    event = {"queryStringParameters": {"action": "deny", "token": waits(sample, execution)}}
    assert sample.runner.output(invoking(sample.functions["ActivityApprover"]), event)["Payload"]["statusCode"] == 200
    assert failed(sample, execution) == (None, None) and sample.shared(name, "orders", THIRD) == NOTHING


@pytest.mark.parametrize("parameters", [{"action": "Approve", "token": "x"}, {"action": "approve"}, {"token": "x"},
                                        {"action": "approve", "token": ""}, {}, {"action": ["approve"], "token": "x"}])
def test_links_that_say_nothing_are_invalid(sample, parameters):
    answer = sample.runner.output(invoking(sample.functions["ActivityApprover"]), {"queryStringParameters": parameters})
    assert answer["Payload"] == {"statusCode": 400, "body": "Result: Invalid parameters"}


def test_an_event_without_a_query_is_a_type_error_as_in_the_sample(sample):
    error, cause = sample.runner.failure(invoking(sample.functions["ActivityApprover"]), {"a": 1})
    assert error == "TypeError" and "Cannot read property 'action' of undefined" in cause


@pytest.mark.parametrize("action", ["approve", "deny"])
def test_a_forged_token_decides_nothing(sample, action):
    event = {"queryStringParameters": {"action": action, "token": "forged" * 20}}
    assert sample.runner.output(invoking(sample.functions["ActivityApprover"]), event)["Payload"] == {
        "statusCode": 400, "body": ""}


def test_an_approver_whose_role_may_not_send_decides_nothing(sample, admin, owner):
    name = sample.database(pii_columns=("mail",), data_owner=OUTSIDE)
    execution = sample.start(name, "orders", THIRD)
    powerless = register(admin, BuiltIn="ActivityApprover", Role=function_role(admin))["Name"]
    event = {"queryStringParameters": {"action": "approve", "token": waits(sample, execution)}}
    assert sample.runner.output(invoking(powerless), event)["Payload"] == {"statusCode": 400, "body": ""}
    assert sample.runner.client.describe_execution(executionArn=execution)["status"] == "RUNNING"
    sample.runner.client.stop_execution(executionArn=execution)


def test_long_names_shorten_the_subject_and_fail_nothing(server, sample, owner):
    table = "t" * 120
    name = sample.database((table,), pii_columns=("mail",), data_owner=OUTSIDE)
    execution = sample.start(name, table, THIRD)
    waits(sample, execution)
    mail = mail_to(server, owner, f"Data Sharing Request Approval {name} - ttt")
    assert len(str(mail["Subject"])) <= 99
    sample.runner.client.stop_execution(executionArn=execution)


def test_names_with_line_breaks_become_no_header(server, sample, owner):
    notify = sample.functions["SendApprovalNotification"]
    mark = fresh("mark")
    event = {"TaskToken": "t", "Input": {
        "source": {"database": f"{mark}\r\nBcc: all@example.org", "table": "a\u0000b"}, "target": {"account_id": THIRD},
        "table_details": {"Payload": {"data_owner": OUTSIDE}}}}
    assert sample.runner.output(invoking(notify), event)["Payload"] == {}
    mail = mail_to(server, owner, mark)
    assert mail["Bcc"] is None and "\n" not in str(mail["Subject"])


@pytest.mark.parametrize("data_owner", ["12", "", f"{OUTSIDE}:role/x", "444455556666\n", "*", None, 444455556666.5])
def test_owners_that_are_no_account_are_refused(sample, data_owner):
    event = {"TaskToken": "t", "Input": {"source": {"database": "d", "table": "t"}, "target": {"account_id": THIRD},
                                         "table_details": {"Payload": {"data_owner": data_owner}}}}
    assert sample.runner.failure(invoking(sample.functions["SendApprovalNotification"]), event)[0] == "ValidationError"


def test_an_owner_that_did_not_join_is_not_asked(sample, consumer):
    event = {"TaskToken": "t", "Input": {"source": {"database": "d", "table": "t"}, "target": {"account_id": THIRD},
                                         "table_details": {"Payload": {"data_owner": THIRD}}}}
    assert sample.runner.failure(invoking(sample.functions["SendApprovalNotification"]), event)[0] == "AccessDenied"


def test_events_without_their_parts_trip_as_in_javascript(sample):
    error, cause = sample.runner.failure(invoking(sample.functions["SendApprovalNotification"]), {"TaskToken": "t"})
    assert error == "TypeError" and "of undefined" in json.loads(cause)["errorMessage"]
    assert sample.runner.failure(invoking(sample.functions["ShareCatalogItem"]), {})[0] == "TypeError"


def test_functions_act_as_their_own_role_and_not_as_the_machines(sample, admin, server):
    """The machine may do everything, the function nothing."""
    powerless = register(admin, BuiltIn="GetTableDetails", Role=function_role(admin))["Name"]
    name = sample.database(data_owner=OUTSIDE)
    mighty = Runner(server, admin, "*")
    error, cause = mighty.failure(invoking(powerless), {"database": name, "table": "orders"})
    assert error == "AccessDeniedException" and "glue:GetDatabase" in cause


def test_a_role_that_no_longer_trusts_lambda_stops_its_functions(sample, admin):
    role = function_role(admin, "glue:*")
    name = register(admin, BuiltIn="GetTableDetails", Role=role)["Name"]
    admin.iam.update_assume_role_policy(RoleName=role.split("/")[1], PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"},
                                                 "Action": "sts:AssumeRole"}]}))
    assert sample.runner.failure(invoking(name), {"database": "d", "table": "t"})[0] == "AccessDenied"


# --- the links themselves, opened

def link(server, **parameters) -> str:
    return f"{server.endpoint}/workflow/update-state?{urllib.parse.urlencode(parameters)}"


@pytest.mark.parametrize("action, status", [("approve", "SUCCEEDED"), ("deny", "FAILED")])
def test_opening_the_samples_link_decides_once(server, sample, owner, action, status):
    name = sample.database(pii_columns=("mail",), data_owner=OUTSIDE)
    execution = sample.start(name, "orders", THIRD)
    token = waits(sample, execution)
    assert fetch(link(server, action=action, token=token)) == (200, f"OK\nResult:{action}")
    shown = ended(sample.runner.client, execution)
    assert shown["status"] == status and "error" not in shown and "cause" not in shown
    assert sample.shared(name, "orders", THIRD) == (BOTH if action == "approve" else NOTHING)
    for again in ("approve", "deny"):
        assert fetch(link(server, action=again, token=token)) == (400, "")


def test_a_link_of_the_sample_does_not_decide_what_people_are_asked_about(server, sample, admin):
    """Whoever may read the history has the token; an approval has a quorum, and excludes who asked."""
    register(admin, BuiltIn="ActivityApprover", Role=function_role(admin, "states:SendTaskSuccess", "states:SendTaskFailure"))
    asking = Asking(server, admin, Approvers=[f"{fresh('owner')}@example.org"])
    asking.approval()
    events = asking.states.get_execution_history(executionArn=asking.execution)["events"]
    scheduled = next(event["taskScheduledEventDetails"] for event in events if "taskScheduledEventDetails" in event)
    token = json.loads(scheduled["parameters"])["TaskToken"]
    for action in ("approve", "deny"):
        assert fetch(link(server, action=action, token=token)) == (400, "")
    assert asking.now()["Status"] == "OPEN"
    asking.states.stop_execution(executionArn=asking.execution)


def test_links_with_nothing_to_decide_answer_as_the_sample(server, sample):
    for wrong in ({"action": "Approve", "token": "x" * 40}, {"action": "", "token": "x" * 40}):
        assert fetch(link(server, **wrong)) == (400, "Result: Invalid parameters"), wrong
    assert fetch(link(server, action="approve", token="x" * 40)) == (400, "")


def test_without_a_base_address_links_lead_to_this_server(server, sample, admin, owner):
    function = register(admin, BuiltIn="SendApprovalNotification", Role=sample.roles["SendApprovalNotification"])["Name"]
    mark = fresh("mark")
    event = {"TaskToken": "a b&c", "Input": {"source": {"database": mark, "table": "t"}, "target": {"account_id": THIRD},
                                             "table_details": {"Payload": {"data_owner": OUTSIDE}}}}
    assert sample.runner.output(invoking(function), event)["Payload"] == {}
    text = body_of(mail_to(server, owner, mark))
    assert f"Deny: {server.endpoint}/workflow/update-state?action=deny&token=a%20b%26c\n" in text
