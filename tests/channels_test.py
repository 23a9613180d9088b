"""Channels: who may have them, what each kind gets, and that nothing of them is told."""

import base64
import hashlib
import hmac
import json

import pytest

from conftest import ACCOUNT, REGION, server_of_its_own
from events_words import Receiver, json_answer, may, role_for
from function_words import documented_verifier
from iam_words import OTHER, fresh, refused
from sns_words import run_weir, wait_for
from states_words import create, machine, machine_role, states_client
from weir_words import weir_client

server, admin = server_of_its_own("channels", "--webhook-private-addresses", "true")


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.close()


@pytest.fixture(scope="module")
def weir(admin):
    return weir_client(admin)


@pytest.fixture(autouse=True)
def no_channels(weir):
    """Every test has its own channels and no other."""
    yield
    for channel in weir.list_channels()["Channels"]:
        weir.delete_channel(Name=channel["Name"])


def waiting_task(server, admin) -> str:
    """The token of a task that waits."""
    client = states_client(server)
    activity = client.create_activity(name=fresh("a"))["activityArn"]
    definition = machine(("Ask", {"Type": "Task", "Resource": activity}))
    client.start_execution(stateMachineArn=create(client, definition, machine_role(admin)))
    return client.get_activity_task(activityArn=activity)["taskToken"]


def ask(server, admin, weir, *channels: str, **more) -> str:
    return weir.open_approval(TaskToken=waiting_task(server, admin), Subject="Share sales.orders?",
                              Approvers=[f"channel:{name}" for name in channels], **more)["ApprovalId"]


def trail_of(admin, name: str, subject: str):
    def look():
        found = admin.cloudtrail.lookup_events(
            LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": name}])["Events"]
        events = [json.loads(event["CloudTrailEvent"]) for event in found]
        return [event for event in events if subject in json.dumps(event.get("additionalEventData", {}))]
    return wait_for(look, what=name)


def test_a_channel_is_put_listed_and_removed_without_its_address(weir, receiver):
    put = weir.put_channel(Name="chat", Kind="slack", Url=receiver.url + "/T0/secret-path", EventTypes=["request.*"],
                           Database="sales", Table="orders")
    shown = {"Name": "chat", "Kind": "slack", "Url": receiver.url + "/****", "Signed": False, "EventTypes": ["request.*"],
             "Database": "sales", "Table": "orders"}
    assert put["Channel"] == shown and "Secret" not in put
    assert weir.list_channels()["Channels"] == [shown]
    weir.delete_channel(Name="chat")
    assert weir.list_channels()["Channels"] == []
    assert refused(weir.delete_channel, Name="chat")[1] == "EntityNotFoundException"


def test_slack_gets_blocks_with_links_and_no_markup_of_ours(server, admin, weir, receiver):
    weir.put_channel(Name="chat", Kind="slack", Url=receiver.url + "/slack")
    ask(server, admin, weir, "chat", Facts=[{"Label": "By", "Value": "<!channel> *b* & <https://evil.example|x>"}])
    asked = [request.json for request in wait_for(lambda: receiver.at("/slack"))]
    with_links = wait_for(lambda: [request.json for request in receiver.at("/slack") if "actions" in request.body])[0]
    assert "<" not in json.dumps(asked) and "mrkdwn\"" not in json.dumps([one["blocks"] for one in asked])
    buttons = [block for block in with_links["blocks"] if block["type"] == "actions"][0]["elements"]
    assert all(button["url"].startswith(server.endpoint) for button in buttons)
    assert "&lt;!channel&gt;" in json.dumps(with_links)


def test_teams_gets_a_card(server, admin, weir, receiver):
    weir.put_channel(Name="team", Kind="teams", Url=receiver.url + "/teams")
    ask(server, admin, weir, "team", Facts=[{"Label": "By", "Value": "[x](https://evil.example) <b>"}])
    card = wait_for(lambda: [request.json for request in receiver.at("/teams") if "OpenUrl" in request.body])[0]
    content = card["attachments"][0]["content"]
    assert content["type"] == "AdaptiveCard" and {block["type"] for block in content["body"]} == {"RichTextBlock"}


def test_a_signed_webhook_can_prove_who_sent_it(server, admin, weir, receiver):
    put = weir.put_channel(Name="hook", Kind="signed", Url=receiver.url + "/hook")
    assert put["Channel"]["Signed"] and put["Secret"]
    assert "Secret" not in weir.put_channel(Name="hook", Kind="signed", Url=receiver.url + "/hook")
    ask(server, admin, weir, "hook")
    request = receiver.wait("/hook")
    event = request.json
    assert event["specversion"] == "1.0" and event["source"] == f"urn:weir:access:{ACCOUNT}"
    assert request.headers["content-type"] == "application/cloudevents+json"
    signed = f"{request.headers['x-weir-timestamp']}.{request.body}".encode()
    assert request.headers["x-weir-signature"] == "v1=" + hmac.new(put["Secret"].encode(), signed, hashlib.sha256).hexdigest()
    verifies = documented_verifier()
    assert verifies(put["Secret"], request.headers, request.body.encode())
    assert not verifies(put["Secret"], request.headers | {"idempotency-key": "another"}, request.body.encode())


def test_a_ticket_is_kept_and_told(server, admin, weir, receiver):
    receiver.answer = lambda request: json_answer({"key": "OPS-7", "self": "https://t.example.com/OPS-7"}, 201)
    weir.put_channel(Name="desk", Kind="ticket", Url=receiver.url + "/new", EventTypes=["request.step_started"])
    ask(server, admin, weir, "desk")
    ticket = receiver.wait("/new").json
    assert ticket["title"] and ticket["id"]
    told = trail_of(admin, "TicketCreated", "OPS-7")[0]
    assert told["additionalEventData"]["detail"]["Url"] == "https://t.example.com/OPS-7"


def test_announcements_are_in_the_trail_and_on_the_bus(server, admin, weir, receiver):
    from events_words import api_key, destination
    arn = destination(admin, api_key(admin), receiver.url + "/bus")
    name = fresh("rule")
    admin.events.put_rule(Name=name, EventPattern='{"source":["weir.access"]}')
    admin.events.put_targets(Rule=name, Targets=[
        {"Id": "t", "Arn": arn, "RoleArn": role_for(admin, may("events:InvokeApiDestination"))}])
    weir.put_channel(Name="hook", Kind="signed", Url=receiver.url + "/hook")
    approval = ask(server, admin, weir, "hook")
    event = wait_for(lambda: [request.json for request in receiver.at("/bus")
                              if request.json["resources"] == [approval]])[0]
    assert (event["source"], event["detail-type"], event["account"]) == ("weir.access", "request.step_started", ACCOUNT)
    told = trail_of(admin, "RequestStepStarted", approval)
    assert len(told) == 1 and told[0]["eventID"] == event["id"] and told[0]["userIdentity"]["type"] == "AWSService"
    admin.events.remove_targets(Rule=name, Ids=["t"])
    admin.events.delete_rule(Name=name)


def test_who_may_is_asked(server, admin, weir):
    trust = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}]})
    role = role_for(admin, may("weir:PutChannel", resource=f"arn:aws:weir:{REGION}:{ACCOUNT}:channel/team-*"), trust=trust)
    maker = weir_client(server.session(admin.sts.assume_role(RoleArn=role, RoleSessionName="maker")["Credentials"]))
    maker.put_channel(Name="team-a", Kind="slack", Url="https://hooks.example.com/x")
    for attempt in (lambda: maker.put_channel(Name="other", Kind="slack", Url="https://hooks.example.com/x"),
                    maker.list_channels, lambda: maker.delete_channel(Name="team-a")):
        assert refused(attempt)[1] == "AccessDeniedException"


def test_accounts_do_not_see_each_others_channels(server, admin, weir):
    made = run_weir("admin", "create-account", "--data-dir", server.data_dir, "--id", OTHER, "--name", "other")
    assert made.returncode == 0, made.stderr
    weir.put_channel(Name="chat", Kind="slack", Url="https://hooks.example.com/x")
    other = weir_client(server.session(profile="other"))
    assert other.list_channels()["Channels"] == []
    assert refused(other.delete_channel, Name="chat")[1] == "EntityNotFoundException"


@pytest.mark.parametrize("wrong", [{"Kind": "irc"}, {"Url": "ftp://x"}, {"Url": "https://x y"}, {"Url": "x"}, {"Name": "a/b"},
                                   {"Table": "t"}, {"Secret": "sixteen-characters"}, {"EventTypes": ["x"] * 51},
                                   {"Url": "https://h/\r\nX: y"}, {"Url": "https://h/#f"}])
def test_what_is_no_channel_is_refused(weir, wrong):
    good = {"Name": "c", "Kind": "slack", "Url": "https://hooks.example.com/x"}
    assert refused(weir.put_channel, **(good | wrong))[1] in ("InvalidInputException", "ValidationException")
    assert weir.list_channels()["Channels"] == []


def test_no_file_log_or_trail_has_an_address_a_secret_or_a_link(server, admin, weir, receiver):
    secret, path = fresh("secret-of-channel"), fresh("hush-path")
    receiver.answer = lambda request: 503 if len(receiver.got) < 3 else 404
    weir.put_channel(Name="hook", Kind="signed", Url=f"{receiver.url}/{path}", Secret=secret)
    ask(server, admin, weir, "hook")
    wait_for(lambda: len(receiver.got) >= 3)  # tried again twice, then given up
    weir.list_channels()
    files = [one for one in server.data_dir.rglob("*") if one.is_file()]
    log = server.data_dir.parent / f"{server.data_dir.name}.log"
    everything = log.read_bytes() + b"".join(one.read_bytes() for one in files)
    assert secret.encode() not in everything and path.encode() not in everything


def test_the_commands(server, weir, receiver):
    import subprocess
    from conftest import WEIR

    def weir_command(*arguments, given=None) -> str:
        done = subprocess.run([WEIR, "channel", *arguments], input=given, capture_output=True, text=True,
                              env=server.cli_env, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    put = weir_command("put", "hook", "--kind", "signed", "--url", receiver.url + "/hush", "--event", "grant.*",
                       "--database", "sales")
    assert "secret: whsec_" in put and "hush" not in put
    assert weir_command("list") == f"hook  signed  {receiver.url}/****  sales (grant.*)\n"
    assert json.loads(weir_command("list", "--json"))["Channels"][0]["Name"] == "hook"
    given = "whsec_" + base64.b64encode(bytes(32)).decode()
    put = weir_command("put", "hook", "--kind", "signed", "--url", receiver.url, "--secret-file", "-", given=given + "\n")
    assert "secret:" not in put  # it is known
    weir_command("remove", "hook")
    assert weir_command("list") == "there is no channel\n"
