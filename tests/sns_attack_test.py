"""What an account that may subscribe to another one's topic, or whose role was made again, tries with SNS."""

import json
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT, server_of_its_own
from sns_words import Endpoint, fetch, listening, run_weir, topic, wait_for

server, admin = server_of_its_own("sns_attack", "--webhook-private-addresses", "true")
OTHER = "444455556666"


@pytest.fixture(scope="module")
def other(server, admin):
    done = run_weir("admin", "create-account", "--data-dir", server.data_dir, "--id", OTHER, "--name", "other")
    assert done.returncode == 0, done.stderr
    return server.session(profile="other")


@pytest.fixture
def endpoint():
    made = Endpoint()
    yield made
    made.close()


def code_of(call, **parameters) -> str:
    with pytest.raises(ClientError) as refused:
        call(**parameters)
    return refused.value.response["Error"]["Code"]


def let_in(admin, topic, *actions):
    admin.sns.add_permission(TopicArn=topic, Label="in", AWSAccountId=[OTHER], ActionName=list(actions))


def test_who_names_an_endpoint_first_does_not_own_it(admin, other, topic, endpoint):
    let_in(admin, topic, "Subscribe")
    squatted = other.sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url,
                                   Attributes={"FilterPolicy": json.dumps({"never": ["this"]})},
                                   ReturnSubscriptionArn=True)["SubscriptionArn"]
    endpoint.wait("SubscriptionConfirmation")
    ours = admin.sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url,
                               ReturnSubscriptionArn=True)["SubscriptionArn"]
    assert ours != squatted
    # The endpoint answers both questions; what the squatter set filters its own copy alone.
    endpoint.wait("SubscriptionConfirmation", 2)
    for _, body, _ in endpoint.of_type("SubscriptionConfirmation"):
        assert fetch(json.loads(body)["SubscribeURL"])[0] == 200
    admin.sns.publish(TopicArn=topic, Message="for us")
    assert json.loads(endpoint.wait("Notification")[1])["Message"] == "for us"
    assert code_of(other.sns.unsubscribe, SubscriptionArn=ours) == "AuthorizationError"
    owners = {s["SubscriptionArn"]: s["Owner"] for s in
              admin.sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]}
    assert owners == {ours: ACCOUNT, squatted: OTHER}


def test_a_role_made_again_is_not_let_in_by_a_label(admin, topic):
    """The policy names a role; it goes, somebody makes one of its name; then an unrelated label changes."""
    trust = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}}]})
    role = f"arn:aws:iam::{ACCOUNT}:role/sns-guest"
    admin.iam.create_role(RoleName="sns-guest", AssumeRolePolicyDocument=trust)
    statement = {"Sid": "guest", "Effect": "Allow", "Principal": {"AWS": role}, "Action": "SNS:Publish", "Resource": topic}
    admin.sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy",
                                   AttributeValue=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))

    def principals():
        policy = json.loads(admin.sns.get_topic_attributes(TopicArn=topic)["Attributes"]["Policy"])
        return {s["Sid"]: s["Principal"]["AWS"] for s in policy["Statement"]}

    assert principals()["guest"] == role
    admin.iam.delete_role(RoleName="sns-guest")
    admin.sns.add_permission(TopicArn=topic, Label="while-gone", AWSAccountId=[OTHER], ActionName=["Publish"])
    admin.iam.create_role(RoleName="sns-guest", AssumeRolePolicyDocument=trust)
    admin.sns.add_permission(TopicArn=topic, Label="more", AWSAccountId=[OTHER], ActionName=["Publish"])
    assert principals()["guest"].startswith("AROA")
    admin.sns.remove_permission(TopicArn=topic, Label="more")
    assert principals()["guest"].startswith("AROA")
    # Whoever writes the policy itself says that it is the role of now.
    admin.sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy",
                                   AttributeValue=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    assert principals()["guest"] == role


def test_what_opens_doors_in_a_url_is_its_owners_to_see(server, admin, other, topic, endpoint):
    let_in(admin, topic, "Subscribe")
    secret = endpoint.url.replace("http://", "http://ann:hunter2@") + "?key=sesame"
    arn = other.sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=secret, ReturnSubscriptionArn=True)["SubscriptionArn"]
    own = other.sns.list_subscriptions()["Subscriptions"]
    assert [s["Endpoint"] for s in own if s["TopicArn"] == topic] == [secret.replace("hunter2", "****")]
    shown = [s["Endpoint"] for s in admin.sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]]
    shown.append(admin.sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]["Endpoint"])
    assert shown == [endpoint.url.replace("http://", "http://****@") + "?****"] * 2
    endpoint.wait("SubscriptionConfirmation")

    def recorded():
        return [e["CloudTrailEvent"] for session in (admin, other) for e in session.cloudtrail.lookup_events(
            LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "Subscribe"}])["Events"]]

    for event in wait_for(recorded):
        assert "hunter2" not in event and "sesame" not in event
    log = Path(server.log.name).read_text()
    assert "hunter2" not in log and "sesame" not in log


def test_an_account_that_hangs_keeps_nobody_waiting(server, admin, other, topic):
    """A whole backlog before endpoints that hang; the other account's message and mail come at once."""
    hanging = [Endpoint(200, "hang") for _ in range(3)]
    quick = Endpoint()
    theirs = other.sns.create_topic(Name="quick")["TopicArn"]
    try:
        for one in hanging:
            listening(admin, topic, one)
        listening(other, theirs, quick)
        for _ in range(20):
            admin.sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=[
                {"Id": str(i), "Message": "m"} for i in range(10)])
        for one in hanging:
            one.wait("Notification")
        other.sns.publish(TopicArn=theirs, Message="now")
        quick.wait("Notification", seconds=10)
        assert all(len(one.of_type("Notification")) <= 4 for one in hanging)
    finally:
        for one in [*hanging, quick]:
            one.close()
