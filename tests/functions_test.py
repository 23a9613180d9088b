"""Functions over the wire: registered, invoked by state machines as webhooks, and sns:publish beside them."""

import json
import subprocess
import time

import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT, REGION, WEIR, Server, server_of_its_own
from function_words import (INVOKE, LAMBDA, Runner, Webhook, documented_verifier, function_role, invoking, register,
                            signature, signature_with_headers)
from iam_words import fresh
from lake import allow, trust_service
from organizations_test import make_account
from sharing_words import OUTSIDE
from sns_words import body_of, fetch, link_in, mail_to
from states_words import create, ended, machine, machine_role, run, states_client, token_in_history, types, until
from weir_words import weir_client

server, admin = server_of_its_own("functions", "--webhook-private-addresses", "true", "--legacy-one-click", "true")


@pytest.fixture
def webhook(request):
    made = Webhook(*getattr(request, "param", ()))
    yield made
    made.close()


@pytest.fixture(scope="module")
def runner(server, admin):
    return Runner(server, admin)


@pytest.fixture(scope="module")
def outside(server):
    return make_account(server, OUTSIDE)


def answering(webhook: Webhook, *answers) -> None:
    webhook.answers = list(answers)


def refused(call, **arguments) -> dict:
    with pytest.raises(ClientError) as error:
        call(**arguments)
    return error.value.response["Error"]


# --- registering

def test_a_webhook_is_registered_and_its_secret_shown_once(admin):
    weir = weir_client(admin)
    made = weir.register_function(Name="once", Url="https://example.org/in?key=opens", TimeoutSeconds=7)
    assert made["FunctionArn"] == LAMBDA + "once" and made["Secret"].startswith("whsec_") and len(made["Secret"]) == 49
    shown = weir.describe_function(Name="once")
    assert shown["Url"] == "https://example.org/in?****" and shown["TimeoutSeconds"] == 7
    assert weir.describe_function(Name=made["FunctionArn"])["Name"] == "once"
    assert "opens" not in str(shown) + str(weir.list_functions()) and made["Secret"] not in str(shown)
    assert "Secret" not in weir.register_function(Name="once", Url="https://example.org/in?key=opens", TimeoutSeconds=7)
    assert weir.describe_function(Name="once")["ChangedAt"] == shown["ChangedAt"], "the same again changes nothing"
    assert "Secret" not in weir.register_function(Name="once", Url="https://example.org/other")
    assert weir.describe_function(Name="once")["Url"] == "https://example.org/other"
    turned = weir.register_function(Name="once", Url="https://example.org/other", RotateSecret=True)
    assert turned["Secret"] != made["Secret"]
    weir.deregister_function(Name="once")
    assert refused(weir.describe_function, Name="once")["Code"] == "EntityNotFoundException"
    assert refused(weir.deregister_function, Name="once")["Code"] == "EntityNotFoundException"
    assert weir.register_function(Name="once", Url="https://example.org/other")["Secret"] != turned["Secret"]


def test_a_built_in_function_needs_a_role_that_may_be_passed_and_trusts_lambda(server, admin):
    role = function_role(admin)
    made = register(admin, BuiltIn="GetTableDetails", Role=role, Environment={"STAGE": "hidden-value"})
    assert "Secret" not in made
    shown = weir_client(admin).describe_function(Name=made["Name"])
    assert shown["BuiltIn"] == "GetTableDetails" and shown["Role"] == role and shown["EnvironmentNames"] == ["STAGE"]
    assert "hidden-value" not in str(shown)
    states_role = machine_role(admin)
    assert refused(weir_client(admin).register_function, Name="r", BuiltIn="ActivityApprover", Role=states_role)[
        "Code"] == "AccessDeniedException"
    for_another = json.loads(trust_service("lambda.amazonaws.com"))
    for_another["Statement"][0]["Condition"] = {"ArnEquals": {"aws:SourceArn": LAMBDA + "another"}}
    narrow = function_role(admin, trust=json.dumps(for_another))
    assert refused(weir_client(admin).register_function, Name="r", BuiltIn="ActivityApprover", Role=narrow)[
        "Code"] == "AccessDeniedException"
    weir_client(admin).register_function(Name="another", BuiltIn="ActivityApprover", Role=narrow)
    missing = f"arn:aws:iam::{ACCOUNT}:role/missing"
    assert refused(weir_client(admin).register_function, Name="r", BuiltIn="ActivityApprover", Role=missing)[
        "Code"] == "AccessDeniedException"


def someone(server, admin, *actions: str, resource="*"):
    name = fresh("someone")
    admin.iam.create_user(UserName=name)
    if actions:
        admin.iam.put_user_policy(UserName=name, PolicyName="may", PolicyDocument=allow(list(actions), resource))
    key = admin.iam.create_access_key(UserName=name)["AccessKey"]
    return server.session({"AccessKeyId": key["AccessKeyId"], "SecretAccessKey": key["SecretAccessKey"]})


def test_registering_needs_its_own_permission_and_that_to_pass_the_role(server, admin):
    role = function_role(admin)
    nobody, may_not_pass = someone(server, admin), someone(server, admin, "weir:*")
    only_one = someone(server, admin, "weir:RegisterFunction", resource=LAMBDA + "mine")
    assert refused(weir_client(nobody).register_function, Name="a", Url="https://example.org")["Code"] == \
        "AccessDeniedException"
    for operation, arguments in (("describe_function", {"Name": "a"}), ("deregister_function", {"Name": "a"}),
                                 ("list_functions", {})):
        assert refused(getattr(weir_client(nobody), operation), **arguments)["Code"] == "AccessDeniedException"
    assert refused(weir_client(may_not_pass).register_function, Name="a", BuiltIn="ActivityApprover", Role=role)[
        "Code"] == "AccessDeniedException"
    assert weir_client(may_not_pass).register_function(Name="a", Url="https://example.org")["Secret"]
    assert refused(weir_client(only_one).register_function, Name="a", Url="https://example.org")["Code"] == \
        "AccessDeniedException"
    assert weir_client(only_one).register_function(Name="mine", Url="https://example.org")["Secret"]


@pytest.mark.parametrize("what", [
    {}, {"Url": "https://a.example", "BuiltIn": "ActivityApprover"}, {"BuiltIn": "ActivityApprover"},
    {"Url": "file:///etc/passwd"}, {"Url": "gopher://a.example"}, {"Url": "javascript:alert(1)"}, {"Url": "//a.example"},
    {"Url": "https://user:password@a.example"}, {"Url": "https://user@a.example"}, {"Url": "https://a.example/#x"},
    {"Url": "https://a.example/a b"}, {"Url": "https://a.example/\r\nX: y"}, {"Url": "https://"},
    {"Url": "https://a.example:99999"}, {"Url": "https://a.example", "Environment": {"A": "b"}},
    {"Url": "https://a.example", "Role": "arn:aws:iam::111122223333:role/x"},
    {"Url": "https://a.example", "TimeoutSeconds": 901},
])
def test_what_makes_no_function_is_refused(admin, what):
    assert refused(weir_client(admin).register_function, Name="bad", **what)["Code"] == "InvalidInputException"
    assert refused(weir_client(admin).describe_function, Name="bad")["Code"] == "EntityNotFoundException"


@pytest.mark.parametrize("name", ["../up", "a/b", "a.b", "a%2fb", "a:b", "a b", "é", "a\nb", "x" * 65])
def test_names_play_no_tricks(admin, name):
    assert refused(weir_client(admin).register_function, Name=name, Url="https://a.example")["Code"] == \
        "InvalidInputException"


def test_built_in_functions_take_only_what_they_use(admin):
    role = function_role(admin)
    for more in ({"TimeoutSeconds": 5}, {"RotateSecret": True}, {"Environment": {"1A": "x"}},
                 {"Environment": {"A": "x" * 4096}}):
        assert refused(weir_client(admin).register_function, Name="bad", BuiltIn="GetTableDetails", Role=role, **more)[
            "Code"] == "InvalidInputException"


def test_another_account_has_its_own_functions_and_learns_nothing_of_these(admin, outside):
    register(admin, "theirs", Url="https://a.example")
    other = weir_client(outside)
    for name in ("theirs", "missing"):
        for operation in (other.describe_function, other.deregister_function):
            assert refused(operation, Name=LAMBDA + name)["Code"] == "AccessDeniedException"
    assert other.list_functions()["Functions"] == []
    assert "Secret" in other.register_function(Name="theirs", Url="https://b.example")
    assert weir_client(admin).describe_function(Name="theirs")["Url"] == "https://a.example"


def test_neither_secret_nor_environment_is_in_trail_log_or_store(server, admin):
    weir = weir_client(admin)
    secret = weir.register_function(Name="quiet", Url="https://a.example/door?key=url-opens")["Secret"]
    role = function_role(admin)
    weir.register_function(Name="loud", BuiltIn="GetTableDetails", Role=role, Environment={"KEY": "environment-opens"})
    weir.describe_function(Name="quiet"), weir.list_functions()
    events = admin.cloudtrail.lookup_events(LookupAttributes=[
        {"AttributeKey": "EventName", "AttributeValue": "RegisterFunction"}])["Events"]
    assert any("quiet" in event["CloudTrailEvent"] for event in events)
    everything = str(events).encode() + b"".join(
        path.read_bytes() for path in server.data_dir.rglob("*") if path.is_file())
    everything += (server.data_dir.parent / f"{server.data_dir.name}.log").read_bytes()
    assert secret.encode() not in everything and b"environment-opens" not in everything
    assert b"url-opens" not in str(events).encode()


def cli(server, *arguments) -> subprocess.CompletedProcess:
    return subprocess.run([WEIR, "function", *arguments], capture_output=True, text=True, env=server.cli_env, timeout=60)


def test_the_command_line_registers_shows_lists_and_removes(server, admin):
    made = cli(server, "register", "shell", "--url", "https://a.example/in", "--timeout", "4")
    assert made.returncode == 0 and "secret: whsec_" in made.stdout, made.stderr
    assert "secret" not in cli(server, "register", "shell", "--url", "https://a.example/in", "--timeout", "4").stdout
    assert json.loads(cli(server, "register", "shell", "--url", "https://a.example/in", "--timeout", "4",
                          "--rotate-secret", "--json").stdout)["Secret"].startswith("whsec_")
    role = function_role(admin)
    assert cli(server, "register", "shell2", "--built-in", "ActivityApprover", "--role", role, "--env", "A=b=c",
               "--env", "B=").returncode == 0
    shown = json.loads(cli(server, "show", "shell2", "--json").stdout)
    assert shown["EnvironmentNames"] == ["A", "B"] and shown["Role"] == role
    assert "https://a.example/in" in cli(server, "list").stdout and "shell2" in cli(server, "list").stdout
    assert {"shell", "shell2"} <= {one["Name"] for one in json.loads(cli(server, "list", "--json").stdout)["Functions"]}
    assert cli(server, "remove", "shell").returncode == 0
    assert cli(server, "show", "shell").returncode == 1
    assert cli(server, "register", "x", "--url", "https://a.example", "--built-in", "ActivityApprover").returncode != 0


# --- invoking a webhook

def test_the_answer_comes_in_an_envelope(admin, runner, webhook):
    answering(webhook, (200, '{"n": 7}'))
    function = register(admin, Url=webhook.url)
    output = runner.output(invoking(function["FunctionArn"]), {"question": 1})
    assert output["Payload"] == {"n": 7} and output["StatusCode"] == 200 and output["ExecutedVersion"] == "$LATEST"
    assert output["SdkHttpMetadata"]["HttpStatusCode"] == 200
    assert output["SdkResponseMetadata"]["RequestId"] == output["SdkHttpMetadata"]["HttpHeaders"]["x-amzn-RequestId"]
    assert json.loads(webhook.got[0][1]) == {"question": 1}


@pytest.mark.parametrize("form", ["{name}", "{name}:$LATEST", "{account}:function:{name}", "{arn}", "{arn}:$LATEST"])
def test_every_form_of_the_name_is_taken(admin, runner, webhook, form):
    answering(webhook, (200, '"yes"'))
    function = register(admin, Url=webhook.url)
    name = form.format(name=function["Name"], account=ACCOUNT, arn=function["FunctionArn"])
    assert runner.output(invoking(name))["Payload"] == "yes"


def test_a_function_named_by_its_own_arn_answers_without_envelope(admin, runner, webhook):
    answering(webhook, (200, '{"n": 7}'))
    arn = register(admin, Url=webhook.url)["FunctionArn"]
    definition = machine(("Call", {"Type": "Task", "Resource": arn}))
    execution = runner.start(definition, {"a": 1})
    assert json.loads(ended(runner.client, execution)["output"]) == {"n": 7}
    assert json.loads(webhook.got[0][1]) == {"a": 1}
    assert types(runner.client, execution)[2:5] == ["LambdaFunctionScheduled", "LambdaFunctionStarted",
                                                    "LambdaFunctionSucceeded"]


def test_what_is_posted_is_signed_and_names_its_execution(admin, runner, webhook):
    made = register(admin, Url=webhook.url)
    execution = runner.start(invoking(made["Name"]), {"a": "\u00e9"})
    ended(runner.client, execution)
    headers, body = webhook.got[0]
    assert headers["x-weir-function"] == made["FunctionArn"] and headers["x-weir-execution"] == execution
    assert headers["content-type"] == "application/json" and len(headers["x-weir-idempotency-key"]) >= 16
    assert headers["x-weir-signature"] == signature(made["Secret"], headers["x-weir-timestamp"], body)
    assert abs(time.time() - int(headers["x-weir-timestamp"])) < 60
    verifies = documented_verifier()
    assert verifies(made["Secret"], headers, body)
    assert not verifies(made["Secret"], headers, body + b" ")
    assert not verifies("whsec_other", headers, body)
    for changed in ({"x-weir-timestamp": str(int(headers["x-weir-timestamp"]) - 3600)}, {"x-weir-signature-v2": "v2="},
                    {"x-weir-timestamp": "soon"}, {"x-weir-signature-v2": "é"}):
        assert not verifies(made["Secret"], headers | changed, body)
    late = headers | {"x-weir-timestamp": str(int(time.time()) - 3600)}
    late["x-weir-signature-v2"] = signature_with_headers(made["Secret"], late, body)
    assert not verifies(made["Secret"], late, body), "replayed an hour later"


def test_a_recorded_post_does_not_pass_with_other_headers(admin, runner, webhook):
    made = register(admin, Url=webhook.url)
    ended(runner.client, runner.start(invoking(made["Name"])))
    headers, body = webhook.got[0]
    verifies = documented_verifier()
    assert headers["x-weir-signature-v2"] == signature_with_headers(made["Secret"], headers, body)
    assert verifies(made["Secret"], headers, body)
    for changed in ({"x-weir-idempotency-key": "another"}, {"x-weir-execution": "another"}, {"x-weir-function": "another"},
                    {"content-type": "text/plain"}, {"x-weir-client-context": "e30="}, {"idempotency-key": "another"}):
        assert not verifies(made["Secret"], headers | changed, body), changed
        assert signature(made["Secret"], headers["x-weir-timestamp"], body) == headers["x-weir-signature"], "v1 would pass"
    for name in ("x-weir-idempotency-key", "x-weir-execution", "x-weir-signature-v2"):
        assert not verifies(made["Secret"], {key: value for key, value in headers.items() if key != name}, body), name


def test_a_rotated_secret_signs_from_then_on(admin, runner, webhook):
    made = register(admin, Url=webhook.url)
    turned = register(admin, made["Name"], Url=webhook.url, RotateSecret=True)
    runner.output(invoking(made["Name"]))
    headers, body = webhook.got[0]
    assert headers["x-weir-signature"] == signature(turned["Secret"], headers["x-weir-timestamp"], body)


def test_no_body_is_null_and_no_parameters_are_an_empty_object(admin, runner, webhook):
    answering(webhook, 204)
    name = register(admin, Url=webhook.url)["Name"]
    definition = machine(("Call", {"Type": "Task", "Resource": INVOKE, "Parameters": {"FunctionName": name}}))
    assert runner.output(definition, {"a": 1})["Payload"] is None
    assert json.loads(webhook.got[0][1]) == {}


@pytest.mark.parametrize("answer, error, cause", [
    ((200, '{"errorType": "NotNow", "errorMessage": "later"}'), "NotNow", '{"errorType":"NotNow","errorMessage":"later"}'),
    ((200, '{"errorType": "NotNow"}', {"X-Weir-Function-Error": "Unhandled"}), "NotNow", '{"errorType":"NotNow"}'),
    ((200, '{"said": "no"}', {"X-Weir-Function-Error": "Unhandled"}), "Lambda.Unknown", '{"said":"no"}'),
    ((200, "", {"X-Weir-Function-Error": "Unhandled"}), "Lambda.Unknown", "null"),
    ((200, "not json"), "Lambda.Unknown", "no JSON value"),
    ((200, b"\xff\xfe"), "Lambda.Unknown", "no JSON value"),
    ((200, '{"a":1}{"b":2}'), "Lambda.Unknown", "no JSON value"),
    ((200, "[" * 300 + "]" * 300), "Lambda.Unknown", "no JSON value"),
    ((404, "{}"), "Lambda.Unknown", "status 404"),
    ((500, "{}"), "Lambda.ServiceException", "status 500"),
    ((429, "{}"), "Lambda.TooManyRequestsException", "status 429"),
    ((200, b'"' + b"x" * (10 << 20) + b'"'), "States.DataLimitExceeded", "size exceeding"),
])
def test_what_goes_wrong_has_a_name(admin, runner, webhook, answer, error, cause):
    answering(webhook, answer)
    name = register(admin, Url=webhook.url)["Name"]
    got, why = runner.failure(invoking(name))
    assert got == error and cause in why


def test_a_function_that_hangs_times_out(admin, runner, webhook):
    answering(webhook, "hang")
    name = register(admin, Url=webhook.url, TimeoutSeconds=1)["Name"]
    error, cause = runner.failure(invoking(name))
    assert error == "Sandbox.Timedout" and "Task timed out after 1.00 seconds" in json.loads(cause)["errorMessage"]


def test_a_redirect_is_not_followed(admin, runner, webhook):
    target = Webhook((200, '"secret of loopback"'))
    answering(webhook, (302, "", {"Location": target.url}))
    error, cause = runner.failure(invoking(register(admin, Url=webhook.url)["Name"]))
    assert error == "Lambda.Unknown" and "Redirects are not followed" in cause and target.got == []
    target.close()


def test_an_endpoint_that_is_not_there_is_a_service_exception(admin, runner, webhook):
    url = webhook.url
    webhook.server.server_close()
    error, cause = runner.failure(invoking(register(admin, Url=url)["Name"]))
    assert error == "Lambda.ServiceException" and "cannot be reached" in cause and "127.0.0.1" not in cause


def test_a_service_exception_is_tried_again_by_its_rule(admin, runner, webhook):
    answering(webhook, 500, 503, (200, '"at last"'))
    name = register(admin, Url=webhook.url)["Name"]
    retry = [{"ErrorEquals": ["Lambda.ServiceException"], "IntervalSeconds": 1, "MaxAttempts": 3, "BackoffRate": 1}]
    assert runner.output(invoking(name, Retry=retry))["Payload"] == "at last"
    assert len({headers["x-weir-idempotency-key"] for headers, _ in webhook.got}) == 3, "each attempt is its own task"


def test_an_error_of_the_function_is_caught_by_its_name(admin, runner, webhook):
    answering(webhook, (200, '{"errorType": "NotNow", "errorMessage": "later"}'))
    name = register(admin, Url=webhook.url)["Name"]
    catch = [{"ErrorEquals": ["NotNow"], "Next": "Caught"}]
    definition = machine(("Call", {"Type": "Task", "Resource": INVOKE, "Parameters": {"FunctionName": name},
                                   "Catch": catch, "End": True}), ("Caught", {"Type": "Pass"}))
    output = runner.output(definition)
    assert output["Error"] == "NotNow" and json.loads(output["Cause"])["errorMessage"] == "later"


def test_with_a_task_token_the_answer_is_only_noted(admin, runner, webhook):
    answering(webhook, (200, '"noted"'))
    name = register(admin, Url=webhook.url)["Name"]
    definition = machine(("Wait", {"Type": "Task", "Resource": INVOKE + ".waitForTaskToken", "Parameters": {
        "FunctionName": name, "Payload": {"Token.$": "$$.Task.Token"}}}))
    execution = runner.start(definition)
    until(lambda: "TaskSubmitted" in types(runner.client, execution))
    assert runner.client.describe_execution(executionArn=execution)["status"] == "RUNNING"
    token = json.loads(webhook.got[0][1])["Token"]
    runner.client.send_task_success(taskToken=token, output='{"done": true}')
    assert json.loads(ended(runner.client, execution)["output"]) == {"done": True}


def test_invocation_types_and_client_contexts(admin, runner, webhook):
    answering(webhook, (200, '{"n": 1}'))
    name = register(admin, Url=webhook.url)["Name"]

    def call(**more):
        return machine(("Call", {"Type": "Task", "Resource": INVOKE,
                                 "Parameters": {"FunctionName": name, "Payload": {}} | more}))
    event = runner.output(call(InvocationType="Event", ClientContext="e30="))
    assert event["StatusCode"] == 202 and "Payload" not in event
    assert webhook.got[0][0]["x-weir-client-context"] == "e30="
    assert runner.output(call(InvocationType="DryRun"))["StatusCode"] == 204 and len(webhook.got) == 1
    answering(webhook, (200, '{"errorType": "NotNow", "errorMessage": "later"}'))
    assert runner.output(call(InvocationType="Event"))["StatusCode"] == 202, "what an event comes to is not heard"
    for wrong in ({"InvocationType": "Later"}, {"ClientContext": "\r\nX: y"}, {"ClientContext": "bm8="},
                  {"Unknown": "x"}, {"FunctionName": ""}, {"FunctionName": {}}):
        assert runner.failure(call(**wrong))[0] == "States.Runtime"
    assert runner.failure(call(FunctionName="../x"))[0] == "Lambda.InvalidParameterValueException"
    assert runner.failure(call(Qualifier="7"))[0] == "Lambda.ResourceNotFoundException"
    answering(webhook, 204)
    assert runner.output(call(Qualifier="$LATEST"))["StatusCode"] == 200


def test_hanging_functions_of_one_account_leave_room_for_others(server, admin, runner, outside):
    """As many hanging calls as an account may have, and more: a built-in function still answers at once."""
    stuck = Webhook("hang")
    name = register(admin, Url=stuck.url, TimeoutSeconds=20)["Name"]
    waiting = [runner.start(invoking(name)) for _ in range(12)]
    until(lambda: len(stuck.got) == 8)
    built_in = register(admin, BuiltIn="ActivityApprover", Role=function_role(admin))["Name"]
    event = {"queryStringParameters": {"action": "none"}}
    assert runner.output(invoking(built_in), event)["Payload"] == {"statusCode": 400, "body": "Result: Invalid parameters"}
    assert len(stuck.got) == 8
    stuck.answers = [(200, "{}")]
    stuck.release.set()
    for execution in waiting:
        assert ended(runner.client, execution)["status"] == "SUCCEEDED"
    stuck.close()


def test_a_server_that_stops_waits_for_no_webhook_and_calls_it_again(tmp_path):
    """What was under way is asked again under the same idempotency key."""
    webhook = Webhook("hang")
    own = Server(tmp_path / "data", "--webhook-private-addresses", "true").start()
    name = register(own.session(), Url=webhook.url, TimeoutSeconds=600)["Name"]
    execution = Runner(own, own.session()).start(invoking(name))
    until(lambda: webhook.got)
    began = time.monotonic()
    assert own.stop() == 0 and time.monotonic() - began < 15
    webhook.answers = [(200, '"again"')]
    own.start()
    try:
        assert json.loads(ended(states_client(own), execution)["output"])["Payload"] == "again"
        assert len({headers["x-weir-idempotency-key"] for headers, _ in webhook.got}) == 1 and len(webhook.got) == 2
    finally:
        assert own.stop() == 0
        webhook.close()


# --- who may invoke

def test_the_machines_role_needs_invoke_function_on_the_name_it_uses(server, admin, webhook):
    answering(webhook, (200, '"ran"'))
    arn = register(admin, Url=webhook.url)["FunctionArn"]
    client = states_client(server)

    def role(*resources):
        name = fresh("machine")
        admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust_service("states.amazonaws.com"))
        if resources:
            admin.iam.put_role_policy(RoleName=name, PolicyName="may",
                                      PolicyDocument=allow(["lambda:InvokeFunction"], list(resources)))
        return f"arn:aws:iam::{ACCOUNT}:role/{name}"

    def outcome(role, function, resource=INVOKE):
        definition = invoking(function) if resource == INVOKE else machine(("Call", {"Type": "Task", "Resource": resource}))
        done = run(client, create(client, definition, role), {})
        return done.get("error", done["status"])

    assert outcome(role(), arn) == outcome(role(), arn, arn) == "Lambda.AWSLambdaException"
    assert outcome(role(), LAMBDA + "missing") == "Lambda.AWSLambdaException", "who may not does not learn what is there"
    assert outcome(role(arn + ":*"), arn) == "Lambda.AWSLambdaException"
    assert outcome(role(arn), arn + ":$LATEST") == "Lambda.AWSLambdaException"
    assert webhook.got == []
    assert outcome(role(arn), arn) == outcome(role(arn), arn, arn) == "SUCCEEDED"
    assert outcome(role(arn, arn + ":*"), arn + ":$LATEST") == "SUCCEEDED"
    assert outcome(role("*"), LAMBDA + "missing") == "Lambda.ResourceNotFoundException"
    assert outcome(role("*"), arn.replace(REGION, "eu-north-1")) == "Lambda.ResourceNotFoundException"


def test_another_accounts_function_is_denied_there_or_not(runner, outside, webhook):
    answering(webhook, (200, '"ran"'))
    arn = weir_client(outside).register_function(Name="open", Url=webhook.url)["FunctionArn"]
    missing = arn.replace("open", "missing")
    for definition in (invoking(arn), invoking(missing), machine(("Call", {"Type": "Task", "Resource": arn}))):
        error, cause = runner.failure(definition)
        assert error == "Lambda.AWSLambdaException" and "not authorized" in cause
    assert webhook.got == []


def test_the_trail_shows_the_invocation_by_the_role(admin, runner, webhook):
    function = register(admin, Url=webhook.url)
    runner.output(invoking(function["Name"]))
    events = admin.cloudtrail.lookup_events(LookupAttributes=[
        {"AttributeKey": "EventName", "AttributeValue": "Invoke"}])["Events"]
    mine = [json.loads(event["CloudTrailEvent"]) for event in events if function["Name"] in event["CloudTrailEvent"]]
    assert mine and mine[0]["eventSource"] == "lambda.amazonaws.com"
    assert mine[0]["userIdentity"]["type"] == "AssumedRole"


def test_private_addresses_are_refused_unless_the_operator_allows_them(tmp_path, webhook):
    own = Server(tmp_path / "data").start()
    try:
        admin = own.session()
        for url, expected in ((webhook.url, "Lambda.Unknown"), (webhook.url.replace("http:", "https:"), "Lambda.ServiceException")):
            error, cause = Runner(own, admin).failure(invoking(register(admin, Url=url)["Name"]))
            assert error == expected and webhook.got == []
            assert "127.0.0.1" not in cause and "private" not in cause
    finally:
        assert own.stop() == 0


# --- sns:publish

PUBLISH = "arn:aws:states:::sns:publish"


@pytest.fixture(scope="module")
def publisher(server, admin):
    return Runner(server, admin, "sns:Publish")


def publishing(resource: str = PUBLISH, **parameters) -> str:
    return machine(("Publish", {"Type": "Task", "Resource": resource, "Parameters": parameters}))


def subscribed(server, admin, topic: str) -> str:
    """A confirmed address."""
    address = f"{fresh('someone')}@example.org"
    admin.sns.subscribe(TopicArn=topic, Protocol="email", Endpoint=address)
    link = link_in(body_of(mail_to(server, address)), "ConfirmSubscription")
    assert fetch(link)[0] == 200
    return address


def test_a_message_is_published_and_objects_go_as_json(server, admin, publisher):
    topic = admin.sns.create_topic(Name=fresh("topic"))["TopicArn"]
    address = subscribed(server, admin, topic)
    output = publisher.output(publishing(TopicArn=topic, Subject="told", **{"Message.$": "$"}), {"a": [1, None]})
    assert output["MessageId"] and output["SdkHttpMetadata"]["HttpStatusCode"] == 200
    assert '{"a":[1,null]}' in body_of(mail_to(server, address, "told"))
    attributes = {"kind": {"DataType": "String", "StringValue": "x"}}
    assert publisher.output(publishing(TargetArn=topic, Message="plain", MessageAttributes=attributes,
                                       Subject="plain"))["MessageId"]
    assert "plain" in body_of(mail_to(server, address, "plain"))
    by_protocol = {"default": "for all", "email": "for people"}
    publisher.output(publishing(TopicArn=topic, Message=by_protocol, MessageStructure="json", Subject="split"))
    assert "for people" in body_of(mail_to(server, address, "split"))


def test_publishing_may_wait_for_a_token(server, admin, publisher):
    topic = admin.sns.create_topic(Name=fresh("topic"))["TopicArn"]
    execution = publisher.start(publishing(PUBLISH + ".waitForTaskToken", TopicArn=topic,
                                           Message={"Token.$": "$$.Task.Token"}))
    until(lambda: "TaskSubmitted" in types(publisher.client, execution))
    publisher.client.send_task_success(taskToken=token_in_history(publisher.client, execution), output="7")
    assert ended(publisher.client, execution)["output"] == "7"


def test_credentials_name_the_role_that_publishes(server, admin, publisher):
    """In place of a function that takes the role of another account: the task does it."""
    topic = admin.sns.create_topic(Name=fresh("topic"))["TopicArn"]
    first = machine_role(admin, "sts:AssumeRole")
    further = machine_role(admin, "sns:Publish", trust=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": first}, "Action": "sts:AssumeRole"}]}))

    def publish(role: str, **credentials) -> dict:
        task = {"Type": "Task", "Resource": PUBLISH, "Parameters": {"TopicArn": topic, "Message": "m"}, **credentials}
        return run(publisher.client, create(publisher.client, machine(("Publish", task)), role))
    as_further = {"Credentials": {"RoleArn": further}}
    assert publish(first, **as_further)["status"] == "SUCCEEDED"
    assert publish(first)["error"] == "SNS.AuthorizationErrorException"
    assert publish(machine_role(admin, "sts:AssumeRole", "sns:Publish"), **as_further)["error"] == "States.Permissions"


def test_what_sns_refuses_has_its_name(server, admin, publisher, runner):
    topic = admin.sns.create_topic(Name=fresh("topic"))["TopicArn"]

    def error(**parameters):
        return publisher.failure(publishing(**parameters))[0]
    assert error(TopicArn=topic + "missing", Message="m") == "SNS.NotFoundException"
    assert error(TopicArn=topic, Message="") == "SNS.InvalidParameterException"
    assert error(TopicArn=topic, Message="m", Subject="a\nb") == "SNS.InvalidParameterException"
    assert error(TopicArn=topic, TargetArn=topic, Message="m") == "SNS.InvalidParameterException"
    assert error(TopicArn=topic, Message="m", Unknown=1) == "States.Runtime"
    assert runner.failure(publishing(TopicArn=topic, Message="m"))[0] == "SNS.AuthorizationErrorException"
    name, cause = publisher.failure(publishing(PhoneNumber="+491", Message="m"))
    assert name == "SNS.InvalidParameterException" and "text messages are not offered" in cause
