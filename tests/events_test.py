"""EventBridge over the wire: what reaches a target and what does not, whose credentials go where, and tasks that call."""

import json
import re
import ssl
import time

import pytest
from botocore.exceptions import ParamValidationError

from conftest import ACCOUNT, REGION, Server, server_of_its_own
from events_words import (Receiver, api_key, destination, json_answer, may, name_in, put, role_for, rule)
from iam_words import OTHER, fresh, refused
from lake import trust_service
from sns_delivery_test import make_certificate
from sns_words import confirmed, mail_to, mails_to, run_weir, wait_for
from states_words import create, ended, history, machine, machine_role, run, states_client

server, admin = server_of_its_own("events", "--webhook-private-addresses", "true")

INVOKE = may("events:InvokeApiDestination")
HTTP = ["states:InvokeHTTPEndpoint", "events:RetrieveConnectionCredentials"]


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.close()


@pytest.fixture(scope="module")
def other(server):
    """The administrator of another account."""
    made = run_weir("admin", "create-account", "--data-dir", server.data_dir, "--id", OTHER, "--name", "other")
    assert made.returncode == 0, made.stderr
    return server.session(profile="other")


def to_destination(admin, receiver, source: str, path: str = "/in", connection: str | None = None, method: str = "POST",
                   **target) -> str:
    """A rule that sends events of a source to a path of the receiver; the destination's ARN."""
    arn = destination(admin, connection or api_key(admin), receiver.url + path, method)
    rule(admin, source, Arn=arn, RoleArn=role_for(admin, INVOKE), **target)
    return arn


def log_of(server: Server) -> str:
    return (server.data_dir.parent / f"{server.data_dir.name}.log").read_text(errors="replace")


def given_up(server: Server, rule_or_channel: str):
    return wait_for(lambda: [line for line in log_of(server).splitlines()
                             if "delivery.given_up" in line and rule_or_channel in line], what="given up")


def http_task(client, admin, parameters: dict, role: str | None = None) -> dict:
    definition = machine(("Call", {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Parameters": parameters}))
    return run(client, create(client, definition, role or machine_role(admin, *HTTP)))


def call(receiver, connection: str, **more) -> dict:
    return {"ApiEndpoint": receiver.url + "/in", "Method": "POST",
            "Authentication": {"ConnectionArn": connection}} | more


# --- events, rules and targets

def test_an_event_reaches_the_destination_of_a_rule_that_wants_it(admin, receiver):
    source = fresh("app")
    to_destination(admin, receiver, source)
    put(admin, "another.app", {"n": 1})
    event_id = put(admin, source, {"n": 2, "text": "ä \"q\""}, Resources=["arn:aws:glue:::x"])
    request = receiver.wait("/in")
    event = request.json
    assert event["id"] == event_id and event["detail"] == {"n": 2, "text": "ä \"q\""}
    assert (event["version"], event["source"], event["detail-type"], event["account"], event["region"],
            event["resources"]) == ("0", source, "t", ACCOUNT, REGION, ["arn:aws:glue:::x"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", event["time"])
    assert request.method == "POST" and request.headers["x-api-key"] == "key-hush"
    assert request.headers["content-type"] == "application/json; charset=utf-8"
    assert len(receiver.at("/in")) == 1


def test_a_target_gets_what_its_input_says(admin, receiver):
    source = fresh("app")
    to_destination(admin, receiver, source, "/part", InputPath="$.detail")
    to_destination(admin, receiver, source, "/fixed", Input='{"fixed":true}')
    to_destination(admin, receiver, source, "/made", InputTransformer={
        "InputPathsMap": {"who": "$.detail.who"}, "InputTemplate": '{"says":"hello <who>","rule":<aws.events.rule-name>}'})
    put(admin, source, {"who": 'Ann", "admin":"yes'})
    assert receiver.wait("/part").json == {"who": 'Ann", "admin":"yes'}
    assert receiver.wait("/fixed").json == {"fixed": True}
    made = receiver.wait("/made").json
    assert set(made) == {"says", "rule"} and made["says"] == 'hello Ann", "admin":"yes'


def test_parameters_of_a_target_and_of_its_connection(admin, receiver):
    source = fresh("app")
    connection = api_key(admin, HeaderParameters=[{"Key": "X-Team", "Value": "data"}],
                         QueryStringParameters=[{"Key": "pin", "Value": "hush-pin", "IsValueSecret": True}],
                         BodyParameters=[{"Key": "extra", "Value": "body", "IsValueSecret": False}])
    to_destination(admin, receiver, source, "/orders/*/x", connection, "PUT", HttpParameters={
        "PathParameterValues": ["$.detail.id"], "HeaderParameters": {"X-Own": "mine", "X-Team": "spoofed"},
        "QueryStringParameters": {"kind": "$.detail.kind"}})
    put(admin, source, {"id": "../7?admin=1", "kind": "a&b=c"})
    request = wait_for(lambda: receiver.got)[0]
    assert request.method == "PUT" and request.path == "/orders/..%2F7%3Fadmin%3D1/x"
    assert request.query == {"kind": ["a&b=c"], "pin": ["hush-pin"]}
    assert request.headers["x-own"] == "mine" and request.headers["x-team"] == "data"
    assert request.json["extra"] == "body" and request.json["detail"]["id"] == "../7?admin=1"


@pytest.mark.parametrize("order", ["..", ".", ""])
def test_an_event_cannot_lead_to_another_place_of_the_endpoint(server, admin, receiver, order):
    source = fresh("app")
    arn = destination(admin, api_key(admin), receiver.url + "/orders/*/x")
    name = rule(admin, source, Arn=arn, RoleArn=role_for(admin, INVOKE), HttpParameters={"PathParameterValues": ["$.detail.id"]})
    put(admin, source, {"id": order})
    given_up(server, name)
    assert receiver.got == []


def test_an_event_that_would_break_a_header_is_not_sent(server, admin, receiver):
    source = fresh("app")
    arn = destination(admin, api_key(admin), receiver.url + "/in")
    name = rule(admin, source, Arn=arn, RoleArn=role_for(admin, INVOKE),
                HttpParameters={"HeaderParameters": {"X-Who": "$.detail.who"}})
    put(admin, source, {"who": "a\r\nX-Admin: yes"})
    given_up(server, name)
    assert receiver.got == []


def test_what_fails_is_tried_again_and_what_is_refused_is_not(server, admin, receiver):
    answers = {"/later": [503, 429, 200], "/never": [404], "/away": [302]}
    receiver.answer = lambda request: (lambda left: left.pop(0) if len(left) > 1 else left[0])(answers[request.path])
    source = fresh("app")
    names = {}
    for path in answers:
        arn = destination(admin, api_key(admin), receiver.url + path)
        names[path] = rule(admin, source, Arn=arn, RoleArn=role_for(admin, INVOKE))
    put(admin, source)
    receiver.wait("/later", 3)
    given_up(server, names["/never"])
    given_up(server, names["/away"])
    assert len(receiver.at("/never")) == len(receiver.at("/away")) == 1
    assert len({request.json["id"] for request in receiver.at("/later")}) == 1


def test_a_redirect_to_somewhere_else_is_not_followed(server, admin, receiver):
    inner = Receiver()
    receiver.answer = lambda request: (307, {"Location": inner.url + "/admin"}, "")
    source = fresh("app")
    arn = destination(admin, api_key(admin), receiver.url + "/in")
    name = rule(admin, source, Arn=arn, RoleArn=role_for(admin, INVOKE))
    put(admin, source)
    given_up(server, name)
    assert inner.got == []
    inner.close()


def test_a_target_may_have_no_second_attempt(server, admin, receiver):
    receiver.answer = lambda request: 503
    source = fresh("app")
    arn = destination(admin, api_key(admin), receiver.url + "/in")
    name = rule(admin, source, Arn=arn, RoleArn=role_for(admin, INVOKE),
                RetryPolicy={"MaximumRetryAttempts": 0, "MaximumEventAgeInSeconds": 60})
    put(admin, source)
    given_up(server, name)
    assert len(receiver.at("/in")) == 1


def test_a_rule_that_is_off_or_gone_sends_nothing(admin, receiver):
    source = fresh("app")
    arn = destination(admin, api_key(admin), receiver.url + "/in")
    name = rule(admin, source, Arn=arn, RoleArn=role_for(admin, INVOKE))
    admin.events.disable_rule(Name=name)
    put(admin, source, {"n": 1})
    admin.events.enable_rule(Name=name)
    put(admin, source, {"n": 2})
    receiver.wait("/in")
    assert refused(admin.events.delete_rule, Name=name)[1:] == (
        "ValidationException", "Rule can't be deleted since it has targets.")
    assert admin.events.remove_targets(Rule=name, Ids=["t", "u"])["FailedEntryCount"] == 1
    admin.events.delete_rule(Name=name)
    admin.events.delete_rule(Name=name)
    put(admin, source, {"n": 3})
    put(admin, fresh("marker"))
    assert [request.json["detail"] for request in receiver.got] == [{"n": 2}]


def test_a_topic_gets_events_by_its_policy_for_that_rule(server, admin):
    address = f"{fresh('ann')}@example.org"
    topic = admin.sns.create_topic(Name=fresh("topic"))["TopicArn"]
    confirmed(admin, server, topic, address)
    source = fresh("app")
    name = rule(admin, source, Arn=topic)
    put(admin, source, {"n": 1})
    given_up(server, name)
    admin.sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=json.dumps(
        {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sns:Publish",
             "Resource": topic, "Condition": {"ArnEquals": {
                 "aws:SourceArn": f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{name}"}}}]}))
    unnamed = rule(admin, source, Arn=topic)
    put(admin, source, {"n": 2})
    given_up(server, unnamed)
    wait_for(lambda: [mail for mail in mails_to(server, address) if '"n":2' in mail.get_content().replace("=\n", "")])
    assert not [mail for mail in mails_to(server, address) if '"n":1' in mail.get_content()]


def test_a_state_machine_is_started_once_with_the_event(server, admin):
    client = states_client(server)
    arn = create(client, machine(("P", {"Type": "Pass"})), machine_role(admin))
    source = fresh("app")
    rule(admin, source, Arn=arn, RoleArn=role_for(admin, may("states:StartExecution")), InputPath="$.detail")
    put(admin, source, {"n": 5})
    started = wait_for(lambda: client.list_executions(stateMachineArn=arn)["executions"])
    shown = client.describe_execution(executionArn=started[0]["executionArn"])
    assert len(started) == 1 and json.loads(shown["input"]) == {"n": 5}


# --- what PutEvents takes

def test_what_is_wrong_with_one_entry_is_said_of_it_alone(admin):
    entry = {"Source": "my.app", "DetailType": "t", "Detail": "{}"}
    answer = admin.events.put_events(Entries=[
        entry, entry | {"Source": "aws.glue"}, entry | {"Source": "WEIR.access"}, entry | {"Detail": "{"},
        entry | {"Detail": "[1]"}, {"DetailType": "t", "Detail": "{}"}, entry | {"EventBusName": "mine"}])
    assert answer["FailedEntryCount"] == 6 and answer["Entries"][0]["EventId"]
    assert [one.get("ErrorCode") for one in answer["Entries"]] == [
        None, "NotAuthorizedForSourceException", "NotAuthorizedForSourceException", "MalformedDetail", "MalformedDetail",
        "InvalidArgument", "ResourceNotFoundException"]
    assert answer["Entries"][5]["ErrorMessage"] == "Parameter Source is not valid. Reason: Source is a required argument."


def test_256_kilobytes_are_the_limit_of_all_entries_together(admin):
    def entry(size: int) -> dict:
        return {"Source": "a", "DetailType": "b", "Detail": json.dumps({"x": "y" * (size - 9)})}
    assert len(entry(100)["Detail"]) == 100
    half = 128 * 1024
    assert admin.events.put_events(Entries=[entry(half - 2), entry(half - 2)])["FailedEntryCount"] == 0
    assert refused(admin.events.put_events, Entries=[entry(half - 2), entry(half - 1)])[1:] == (
        "ValidationException", "Total size of the entries in the request is over the limit.")


@pytest.mark.parametrize("pattern", ["", "x", "[]", "{}", '{"source":"app"}', '{"source":[]}', '{"source":[{"no":1}]}',
                                     '{"a":[{"numeric":[">","1"]}]}', '{"a":[{"wildcard":"**"}]}', "[" * 2000])
def test_patterns_that_do_not_parse(admin, pattern):
    assert refused(admin.events.put_rule, Name="bad", EventPattern=pattern)[1] in (
        "InvalidEventPatternException", "ValidationException")
    assert refused(admin.events.describe_rule, Name="bad")[1] == "ResourceNotFoundException"


def test_a_pattern_can_be_tried(admin):
    event = {"id": "1", "account": ACCOUNT, "source": "a", "time": "2026-11-22T00:00:00Z", "region": REGION,
             "resources": [], "detail-type": "t", "detail": {"n": 7}}
    def wants(pattern) -> bool:
        return admin.events.test_event_pattern(EventPattern=json.dumps(pattern), Event=json.dumps(event))["Result"]
    assert wants({"detail": {"n": [{"numeric": [">", 5]}]}}) and not wants({"source": ["b"]})
    assert refused(admin.events.test_event_pattern, EventPattern='{"source":["a"]}', Event="{}")[1] == "ValidationException"


def test_rules_are_listed_by_prefix_page_by_page(admin):
    stem = fresh("page")
    for number in range(5):
        admin.events.put_rule(Name=f"{stem}-{number}", EventPattern='{"source":["x"]}', Description="d", State="DISABLED")
    first = admin.events.list_rules(NamePrefix=stem, Limit=2)
    pages = [first]
    while pages[-1].get("NextToken"):
        pages.append(admin.events.list_rules(NamePrefix=stem, Limit=2, NextToken=pages[-1]["NextToken"]))
    assert [[one["Name"][-1] for one in page["Rules"]] for page in pages] == [["0", "1"], ["2", "3"], ["4"]]
    shown = admin.events.describe_rule(Name=f"{stem}-0")
    assert (shown["State"], shown["Description"], shown["EventBusName"]) == ("DISABLED", "d", "default")


def test_other_buses_are_not_there_and_other_accounts_denied(admin, other):
    pattern = '{"source":["x"]}'
    assert refused(admin.events.put_rule, Name="r", EventBusName="mine", EventPattern=pattern)[1] == "ResourceNotFoundException"
    theirs = f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/default"
    for arguments in ({"EventBusName": theirs}, {"EventBusName": theirs.replace("default", "absent")}):
        assert refused(other.events.put_rule, Name="r", EventPattern=pattern, **arguments)[1] == "AccessDeniedException"
        assert refused(other.events.put_events, Entries=[
            {"Source": "a", "DetailType": "t", "Detail": "{}"} | arguments])[1] == "AccessDeniedException"


def test_what_is_not_offered_is_refused(admin):
    for arguments in ({"ScheduleExpression": "rate(1 minute)"}, {"Tags": [{"Key": "a", "Value": "b"}]}):
        assert refused(admin.events.put_rule, Name="r", EventPattern='{"source":["x"]}', **arguments)[1] == "ValidationException"
    name = fresh("r")
    admin.events.put_rule(Name=name, EventPattern='{"source":["x"]}')
    topic = admin.sns.create_topic(Name=fresh("topic"))["TopicArn"]
    for target in ({"Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:q"}, {"Arn": topic, "DeadLetterConfig": {"Arn": "arn:x"}},
                   {"Arn": topic, "InputPath": "detail"}, {"Arn": topic, "Input": "{"},
                   {"Arn": topic, "HttpParameters": {"HeaderParameters": {"a": "b"}}}):
        assert refused(admin.events.put_targets, Rule=name, Targets=[{"Id": "t", **target}])[1] == "ValidationException", target
    for number in range(5):
        admin.events.put_targets(Rule=name, Targets=[{"Id": f"t{number}", "Arn": topic}])
    assert refused(admin.events.put_targets, Rule=name, Targets=[{"Id": "t5", "Arn": topic}])[1] == "LimitExceededException"


# --- whose role, whose connection

def test_a_role_is_given_by_who_may_pass_it_and_only_if_it_trusts(server, admin, receiver):
    arn = destination(admin, api_key(admin), receiver.url + "/in")
    name = fresh("r")
    admin.events.put_rule(Name=name, EventPattern='{"source":["x"]}')
    stranger = role_for(admin, INVOKE, service="lambda.amazonaws.com")
    elsewhere = role_for(admin, INVOKE, trust=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole",
         "Condition": {"ArnEquals": {"aws:SourceArn": f"arn:aws:events:{REGION}:{ACCOUNT}:rule/another"}}}]}))
    for role in (stranger, elsewhere, f"arn:aws:iam::{ACCOUNT}:role/absent", f"arn:aws:iam::{OTHER}:role/x"):
        assert refused(admin.events.put_targets, Rule=name,
                       Targets=[{"Id": "t", "Arn": arn, "RoleArn": role}])[1] == "AccessDeniedException", role
    assert refused(admin.events.put_targets, Rule=name, Targets=[{"Id": "t", "Arn": arn}])[1] == "ValidationException"
    session = admin.sts.assume_role(RoleArn=role_for(admin, may("events:*"), trust=json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": ACCOUNT},
                                                 "Action": "sts:AssumeRole"}]})), RoleSessionName="no-pass")
    maker = server.session(session["Credentials"])
    assert refused(maker.events.put_targets, Rule=name, Targets=[
        {"Id": "t", "Arn": arn, "RoleArn": role_for(admin, INVOKE)}])[1] == "AccessDeniedException"


def test_what_the_role_may_is_asked_at_each_delivery(server, admin, receiver):
    source = fresh("app")
    arn = destination(admin, api_key(admin), receiver.url + "/in")
    role = role_for(admin, may("events:InvokeApiDestination", resource=arn))
    name = rule(admin, source, Arn=arn, RoleArn=role)
    put(admin, source, {"n": 1})
    receiver.wait("/in")
    admin.iam.delete_role_policy(RoleName=role.split("/")[-1], PolicyName="may")
    put(admin, source, {"n": 2})
    given_up(server, name)
    assert len(receiver.got) == 1


def test_a_connection_of_another_account_is_denied(server, admin, other, receiver):
    theirs = api_key(other)
    assert refused(admin.events.create_api_destination, Name="d", ConnectionArn=theirs, HttpMethod="POST",
                   InvocationEndpoint=receiver.url)[1] == "AccessDeniedException"
    assert refused(admin.events.describe_connection, Name=name_in(theirs))[1] == "ResourceNotFoundException"
    guessed = theirs.rsplit("/", 1)[0] + "/00000000-0000-0000-0000-000000000000"
    assert refused(admin.events.create_api_destination, Name="d", ConnectionArn=guessed, HttpMethod="POST",
                   InvocationEndpoint=receiver.url)[1] == "AccessDeniedException"
    ended = http_task(states_client(server), admin, call(receiver, theirs))
    assert (ended["status"], ended["error"]) == ("FAILED", "States.Permissions") and receiver.got == []


def test_a_destination_needs_the_right_to_its_connection(server, admin, receiver):
    connection = api_key(admin)
    trust = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}]})
    role = role_for(admin, may("events:*", resource=f"arn:aws:events:{REGION}:{ACCOUNT}:api-destination/*"), trust=trust)
    maker = server.session(admin.sts.assume_role(RoleArn=role, RoleSessionName="maker")["Credentials"])
    assert refused(maker.events.create_api_destination, Name=fresh("d"), ConnectionArn=connection, HttpMethod="POST",
                   InvocationEndpoint=receiver.url)[1] == "AccessDeniedException"
    arn = destination(admin, connection, receiver.url)
    assert refused(maker.events.update_api_destination, Name=name_in(arn),
                   InvocationEndpoint=receiver.url + "/mine")[1] == "AccessDeniedException"


def test_no_answer_no_log_no_trail_and_no_file_has_a_secret(server, admin, receiver):
    secrets = [fresh("hush") for _ in range(4)]
    name = fresh("c")
    parameters = {"BasicAuthParameters": {"Username": "ann", "Password": secrets[0]}, "InvocationHttpParameters": {
        "HeaderParameters": [{"Key": "X-Pin", "Value": secrets[1], "IsValueSecret": True}],
        "QueryStringParameters": [{"Key": "open", "Value": "shown", "IsValueSecret": False}]}}
    made = admin.events.create_connection(Name=name, AuthorizationType="BASIC", AuthParameters=parameters)
    shown = admin.events.describe_connection(Name=name)
    assert shown["AuthParameters"]["BasicAuthParameters"] == {"Username": "ann"}
    assert shown["AuthParameters"]["InvocationHttpParameters"] == {
        "HeaderParameters": [{"Key": "X-Pin", "IsValueSecret": True}],
        "QueryStringParameters": [{"Key": "open", "Value": "shown", "IsValueSecret": False}]}
    admin.events.update_connection(Name=name, AuthorizationType="API_KEY", AuthParameters={
        "ApiKeyAuthParameters": {"ApiKeyName": "X-Key", "ApiKeyValue": secrets[2]}})
    assert "BasicAuthParameters" not in admin.events.describe_connection(Name=name)["AuthParameters"]
    refused(admin.events.update_connection, Name=name, AuthParameters={
        "ApiKeyAuthParameters": {"ApiKeyValue": secrets[3] + "\r\nHost: x"}})
    source = fresh("app")
    receiver.answer = lambda request: 500 if len(receiver.got) == 1 else 404
    to_destination(admin, receiver, source, connection=made["ConnectionArn"])
    put(admin, source)
    request = receiver.wait("/in", 2)
    assert request.headers["x-key"] == secrets[2] and request.headers["x-pin"] == secrets[1]
    assert "authorization" not in request.headers
    ended = http_task(states_client(server), admin, call(receiver, made["ConnectionArn"]))
    assert ended["error"] == "States.Http.StatusCode.404"
    told = json.dumps([made, shown, ended, history(states_client(server), ended["executionArn"]),
                       admin.events.list_connections(NamePrefix=name)], default=str)
    files = [path for path in server.data_dir.rglob("*") if path.is_file()]
    everything = told.encode() + log_of(server).encode() + b"".join(path.read_bytes() for path in files)
    assert [secret for secret in secrets if secret.encode() in everything] == []


@pytest.mark.parametrize("key, value", [("X-A", "b\r\nX-C: d"), ("X-A\r\nX-B", "c"), ("Host", "evil"), ("Content-Length", "0"),
                                        ("Transfer-Encoding", "chunked"), ("X A", "b"), ("X-A", "ü")])
def test_headers_that_would_be_more_than_one_are_refused(server, admin, receiver, key, value):
    answer = refused(admin.events.create_connection, Name=fresh("c"), AuthorizationType="API_KEY", AuthParameters={
        "ApiKeyAuthParameters": {"ApiKeyName": "X-K", "ApiKeyValue": "v"},
        "InvocationHttpParameters": {"HeaderParameters": [{"Key": key, "Value": value}]}})
    assert answer[1] == "ValidationException"
    ended = http_task(states_client(server), admin, call(receiver, api_key(admin), Headers={key: value}))
    assert ended["error"] == "States.Runtime" and receiver.got == []


# --- OAuth

def oauth(admin, receiver, **parameters) -> str:
    return admin.events.create_connection(
        Name=fresh("c"), AuthorizationType="OAUTH_CLIENT_CREDENTIALS", AuthParameters={"OAuthParameters": {
            "ClientParameters": {"ClientID": "me", "ClientSecret": "hush-client"}, "HttpMethod": "POST",
            "AuthorizationEndpoint": receiver.url + "/token", **parameters}})["ConnectionArn"]


def test_a_token_is_fetched_once_and_again_when_it_is_refused(server, admin, receiver):
    tokens = ["tok-1", "tok-2"]
    valid = ["tok-1"]

    def answer(request):
        if request.path == "/token":
            return json_answer({"access_token": tokens.pop(0), "token_type": "Bearer", "expires_in": 3600})
        return 200 if request.headers.get("authorization") == f"Bearer {valid[0]}" else 401

    receiver.answer = answer
    connection = oauth(admin, receiver, OAuthHttpParameters={"BodyParameters": [{"Key": "scope", "Value": "a b"}]})
    client = states_client(server)
    for _ in range(2):
        assert http_task(client, admin, call(receiver, connection))["status"] == "SUCCEEDED"
    asked = receiver.at("/token")
    assert len(asked) == 1 and asked[0].headers["content-type"] == "application/x-www-form-urlencoded"
    assert sorted(asked[0].body.split("&")) == ["client_id=me", "client_secret=hush-client",
                                               "grant_type=client_credentials", "scope=a%20b"]
    valid[0] = "tok-2"
    assert http_task(client, admin, call(receiver, connection))["status"] == "SUCCEEDED"
    assert len(receiver.at("/token")) == 2
    assert b"tok-2" not in b"".join(path.read_bytes() for path in server.data_dir.rglob("weir.db*"))


@pytest.mark.parametrize("answer", [400, (200, {}, "<html>"), json_answer({}), json_answer({"access_token": "a\r\nb"}),
                                    json_answer({"access_token": "a", "token_type": "mac"}), (302, {"Location": "/in"}, "")])
def test_without_a_token_nothing_is_called(server, admin, receiver, answer):
    receiver.answer = lambda request: answer
    ended = http_task(states_client(server), admin, call(receiver, oauth(admin, receiver)))
    assert ended["error"] == "States.Http.Socket" and "hush" not in ended["cause"]
    assert receiver.at("/in") == []


# --- http:invoke

def test_a_call_and_its_answer(server, admin, receiver):
    receiver.answer = lambda request: (201, {"Content-Type": "application/json; charset=utf-8", "X-Two": "b"}, '{"ok":[1]}')
    ended = http_task(states_client(server), admin, call(
        receiver, api_key(admin), Headers={"X-Mine": "v", "Accept": "application/json"},
        QueryParameters={"q": "a b", "many": [1, 2]}, RequestBody={"n": 1}))
    output = json.loads(ended["output"])
    assert output["StatusCode"] == 201 and output["StatusText"] == "Created" and output["ResponseBody"] == {"ok": [1]}
    assert output["Headers"]["x-two"] == ["b"]
    request = receiver.at("/in")[0]
    assert request.json == {"n": 1} and request.query == {"q": ["a b"], "many": ["1", "2"]}
    assert request.headers["x-mine"] == "v" and request.headers["content-type"] == "application/json"
    assert request.headers["x-api-key"] == "key-hush"
    assert request.headers["user-agent"] == f"Amazon|StepFunctions|HttpInvoke|{REGION}"


def test_a_form(server, admin, receiver):
    body = {"a": "x y", "list": [1, "ä"]}
    for format, wanted in (("INDICES", "list%5B0%5D=1&list%5B1%5D=%C3%A4"), ("REPEAT", "list=1&list=%C3%A4"),
                           ("COMMAS", "list=1%2C%C3%A4"), ("BRACKETS", "list%5B%5D=1&list%5B%5D=%C3%A4")):
        ended = http_task(states_client(server), admin, call(receiver, api_key(admin), RequestBody=body, Transform={
            "RequestBodyEncoding": "URL_ENCODED", "RequestEncodingOptions": {"ArrayFormat": format}}))
        assert ended["status"] == "SUCCEEDED", ended
        assert receiver.got[-1].body == "a=x%20y&" + wanted
        assert receiver.got[-1].headers["content-type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize("status", [302, 404, 500])
def test_other_answers_are_errors_by_their_number(server, admin, receiver, status):
    inner = Receiver()
    receiver.answer = lambda request: (status, {"Location": inner.url + "/admin"}, "no")
    ended = http_task(states_client(server), admin, call(receiver, api_key(admin)))
    assert ended["error"] == f"States.Http.StatusCode.{status}"
    cause = json.loads(ended["cause"])
    assert (cause["StatusCode"], cause["ResponseBody"]) == (status, "no") and inner.got == []
    inner.close()


def test_who_does_not_answer_and_who_answers_too_much(server, admin, receiver):
    client, connection = states_client(server), api_key(admin)
    receiver.answer = lambda request: (200, {}, "x" * (10 << 20))
    assert http_task(client, admin, call(receiver, connection))["error"] == "States.DataLimitExceeded"
    receiver.answer = lambda request: (200, {}, b"\xff\xfe")
    assert http_task(client, admin, call(receiver, connection))["error"] == "States.Runtime"
    receiver.close()
    nobody = [http_task(client, admin, call(receiver, connection, **other))
              for other in ({}, {"ApiEndpoint": "http://no-such-host.invalid/"}, {"ApiEndpoint": "https://localhost:1/"})]
    assert {task["error"] for task in nobody} == {"States.Http.Socket"}
    assert {task["cause"] for task in nobody} == {"The endpoint cannot be reached."}, "no map of the operator's network"


def test_hanging_endpoints_of_one_account_leave_room_for_others(server, admin, receiver):
    receiver.answer = lambda request: "hang"
    client, connection = states_client(server), api_key(admin)
    calling = machine(("Call", {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Parameters": call(receiver, connection)}))
    arn = create(client, calling, machine_role(admin, *HTTP))
    waiting = [client.start_execution(stateMachineArn=arn)["executionArn"] for _ in range(40)]
    wait_for(lambda: len(receiver.got) == 8, what="as many as an account may have")
    role = role_for(admin, may("events:PutEvents"), service="states.amazonaws.com")
    assert events_task(client, admin, [{"Source": "x", "DetailType": "t", "Detail": {}}], role)["status"] == "SUCCEEDED"
    assert len(receiver.got) == 8
    receiver.answer = lambda request: 200
    receiver.release.set()
    for execution in waiting:
        assert ended(client, execution)["status"] == "SUCCEEDED"


def test_a_call_whose_token_does_not_come_ends_with_its_states_time(server, admin, receiver):
    receiver.answer = lambda request: "hang" if request.path == "/token" else 200
    client, connection = states_client(server), oauth(admin, receiver)
    arn = create(client, machine(("Call", {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "TimeoutSeconds": 1,
                                           "Parameters": call(receiver, connection)})), machine_role(admin, *HTTP))
    as_many_as_an_account_may_have = [client.start_execution(stateMachineArn=arn)["executionArn"] for _ in range(8)]
    assert {ended(client, execution)["error"] for execution in as_many_as_an_account_may_have} == {"States.Timeout"}
    began = time.monotonic()
    assert http_task(client, admin, call(receiver, api_key(admin)))["status"] == "SUCCEEDED"
    assert time.monotonic() - began < 10, "they waited on for a token that nobody wants any more"
    receiver.release.set()


def test_the_role_is_asked_about_endpoint_method_and_connection(server, admin, receiver):
    client, connection = states_client(server), api_key(admin)
    endpoint = {"StringEquals": {"states:HTTPMethod": "POST"}, "StringLike": {"states:HTTPEndpoint": receiver.url + "/*"}}
    use = may("events:RetrieveConnectionCredentials", resource=connection)
    role = role_for(admin, may("states:InvokeHTTPEndpoint", **endpoint), use, service="states.amazonaws.com")
    assert http_task(client, admin, call(receiver, connection), role)["status"] == "SUCCEEDED"
    for parameters, wrong_role in (
            (call(receiver, connection, Method="DELETE"), role),
            (call(receiver, connection, ApiEndpoint=receiver.url.replace("127.0.0.1", "localhost") + "/in"), role),
            (call(receiver, api_key(admin)), role),
            (call(receiver, connection), role_for(admin, use, service="states.amazonaws.com"))):
        assert http_task(client, admin, parameters, wrong_role)["error"] == "States.Permissions"
    assert len(receiver.got) == 1


@pytest.mark.parametrize("wrong", [{"ApiEndpoint": "ftp://x"}, {"ApiEndpoint": "https://u:p@h/"}, {"Method": "TRACE"},
                                   {"Method": "GET\r\n"}, {"Authentication": {}}, {"Authentication": {"ConnectionArn": "x"}},
                                   {"Headers": {"X-Amz-Date": "x"}}, {"Headers": ["a"]}, {"Extra": 1},
                                   {"Transform": {"RequestBodyEncoding": "GZIP"}}])
def test_parameters_that_are_none(server, admin, receiver, wrong):
    ended = http_task(states_client(server), admin, call(receiver, api_key(admin)) | wrong)
    assert ended["error"] == "States.Runtime" and receiver.got == []


def test_private_addresses_and_plain_http_need_the_operator(tmp_path, receiver):
    server = Server(tmp_path / "data").start()
    try:
        admin, client = server.session(), states_client(server)
        connection = api_key(admin)
        for endpoint in (receiver.url, receiver.url.replace("http:", "https:"), "https://localhost:1/", "http://169.254.169.254/"):
            ended = http_task(client, admin, call(receiver, connection, ApiEndpoint=endpoint))
            assert ended["error"] in ("States.Http.Socket", "States.Runtime"), ended
        source = fresh("app")
        arn = destination(admin, connection, receiver.url)
        name = rule(admin, source, Arn=arn, RoleArn=role_for(admin, INVOKE))
        put(admin, source)
        given_up(server, name)
        assert receiver.got == []
    finally:
        server.stop()


def test_an_https_endpoint_shows_a_certificate_that_holds(tmp_path):
    certificate, key = tmp_path / "endpoint.pem", tmp_path / "endpoint.key"
    make_certificate(certificate, key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    secure = Receiver(tls=context)
    for options, outcome in ((["--webhook-ca-file", str(certificate)], "SUCCEEDED"), ([], "FAILED")):
        server = Server(tmp_path / fresh("data"), "--webhook-private-addresses", "true", *options).start()
        try:
            admin = server.session()
            ended = http_task(states_client(server), admin, call(
                secure, api_key(admin), ApiEndpoint=secure.url.replace("127.0.0.1", "localhost") + "/in"))
            assert ended["status"] == outcome and ended.get("error") in (None, "States.Http.Socket")
        finally:
            server.stop()
    assert len(secure.got) == 1
    secure.close()


@pytest.mark.parametrize("arguments", [{"HttpMethod": "GET / HTTP/1.1\r\nX: y"}, {"InvocationEndpoint": "https://h/\r\nX: y"},
                                       {"InvocationEndpoint": "https://u:p@h/"}, {"InvocationEndpoint": "file:///etc/passwd"},
                                       {"InvocationRateLimitPerSecond": 0}])
def test_destinations_that_are_none(admin, arguments):
    good = {"Name": fresh("d"), "ConnectionArn": api_key(admin), "InvocationEndpoint": "https://h/", "HttpMethod": "GET"}
    made = lambda: admin.events.create_api_destination(**(good | arguments))
    if "InvocationRateLimitPerSecond" in arguments:
        with pytest.raises(ParamValidationError):
            made()
    else:
        assert refused(made)[1] == "ValidationException"


def test_destinations_are_listed_by_connection_and_go_inactive_with_it(admin):
    connection = api_key(admin)
    arn = destination(admin, connection, "https://h.example.com/")
    shown = admin.events.list_api_destinations(ConnectionArn=connection)["ApiDestinations"]
    assert [one["ApiDestinationArn"] for one in shown] == [arn] and shown[0]["ApiDestinationState"] == "ACTIVE"
    assert shown[0]["InvocationRateLimitPerSecond"] == 300
    admin.events.delete_connection(Name=name_in(connection))
    assert admin.events.describe_api_destination(Name=name_in(arn))["ApiDestinationState"] == "INACTIVE"
    # One of the same name is another one.
    admin.events.create_connection(Name=name_in(connection), AuthorizationType="BASIC", AuthParameters={
        "BasicAuthParameters": {"Username": "u", "Password": "p"}})
    assert admin.events.describe_api_destination(Name=name_in(arn))["ApiDestinationState"] == "INACTIVE"
    admin.events.delete_api_destination(Name=name_in(arn))
    assert refused(admin.events.delete_api_destination, Name=name_in(arn))[1] == "ResourceNotFoundException"


def test_what_waits_survives_a_kill(tmp_path, receiver):
    receiver.answer = lambda request: 503
    server = Server(tmp_path / "data", "--webhook-private-addresses", "true").start()
    admin = server.session()
    source = fresh("app")
    to_destination(admin, receiver, source)
    event_id = put(admin, source, {"n": 1})
    receiver.wait("/in")
    server.kill()
    receiver.answer = lambda request: 200
    before = len(receiver.got)
    server.start()
    try:
        assert wait_for(lambda: receiver.got[before:])[0].json["id"] == event_id
    finally:
        server.stop()


# --- events:putEvents

def events_task(client, admin, entries, role=None):
    definition = machine(("Put", {"Type": "Task", "Resource": "arn:aws:states:::events:putEvents",
                                  "Parameters": {"Entries": entries}}))
    return run(client, create(client, definition, role or machine_role(admin, "events:PutEvents")))


def test_a_task_puts_events_that_name_its_execution(server, admin, receiver):
    source = fresh("app")
    to_destination(admin, receiver, source)
    ended = events_task(states_client(server), admin, [
        {"Source": source, "DetailType": "t", "Detail": {"n": 1}, "Resources": ["arn:aws:x:::y"]}])
    output = json.loads(ended["output"])
    event = receiver.wait("/in").json
    assert output["FailedEntryCount"] == 0 and output["Entries"][0]["EventId"] == event["id"]
    assert event["detail"] == {"n": 1} and event["resources"] == ["arn:aws:x:::y", ended["executionArn"]]


def test_who_hears_of_an_event_ends_the_task_that_put_it(server, admin, receiver):
    source, client = fresh("app"), states_client(server)
    to_destination(admin, receiver, source)
    definition = machine(("Put", {"Type": "Task", "Resource": "arn:aws:states:::events:putEvents.waitForTaskToken",
                                  "Parameters": {"Entries": [{"Source": source, "DetailType": "t", "Detail": {
                                      "token.$": "$$.Task.Token"}}]}}))
    started = client.start_execution(
        stateMachineArn=create(client, definition, machine_role(admin, "events:PutEvents")))["executionArn"]
    token = receiver.wait("/in").json["detail"]["token"]
    wait_for(lambda: "TaskSubmitted" in [event["type"] for event in history(client, started)], what="the call's answer")
    assert client.describe_execution(executionArn=started)["status"] == "RUNNING"
    client.send_task_success(taskToken=token, output='{"heard": true}')
    output = wait_for(lambda: client.describe_execution(executionArn=started).get("output"), what="its end")
    assert json.loads(output) == {"heard": True}


def test_an_entry_that_fails_fails_the_task(server, admin):
    ended = events_task(states_client(server), admin, [{"Source": "aws.glue", "DetailType": "t", "Detail": {}}])
    assert ended["error"] == "EventBridge.FailedEntry"
    assert json.loads(ended["cause"])["Entries"][0]["ErrorCode"] == "NotAuthorizedForSourceException"
    denied = events_task(states_client(server), admin, [{"Source": "a", "DetailType": "t", "Detail": {}}],
                         machine_role(admin, "sns:Publish"))
    assert denied["error"].startswith("EventBridge.") and "events:PutEvents" in denied["cause"]


# --- nobody waits for somebody else

def test_endpoints_that_hang_do_not_delay_a_mail(server, admin, receiver):
    receiver.answer = lambda request: "hang"
    source = fresh("app")
    to_destination(admin, receiver, source)
    address = f"{fresh('ann')}@example.org"
    topic = admin.sns.create_topic(Name=fresh("topic"))["TopicArn"]
    confirmed(admin, server, topic, address)
    for number in range(8):
        put(admin, source, {"n": number})
    receiver.wait("/in", 4)
    admin.sns.publish(TopicArn=topic, Message="in time", Subject="in time")
    mail_to(server, address, "in time")
    assert len(receiver.got) == 4
    receiver.release.set()
