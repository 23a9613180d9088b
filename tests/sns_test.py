"""SNS with the clients of AWS: topics, subscriptions by mail and HTTP, publishing, attacks."""

import json
import subprocess

import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT, REGION, ROOT, Server
from lake import allow
from sns_words import (Endpoint, body_of, check_signature, confirmed, fetch, link_in, listening, mail_to, mails_to,
                       run_weir, spooled, wait_for)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("sns") / "data", "--webhook-private-addresses", "true").start()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def admin(server):
    return server.session()


@pytest.fixture
def topic(admin, request):
    name = request.node.name.replace("[", "-").replace("]", "")[:200]
    return admin.sns.create_topic(Name=name)["TopicArn"]


def refusal(call, *arguments, **parameters) -> tuple[str, str]:
    with pytest.raises(ClientError) as refused:
        call(*arguments, **parameters)
    return refused.value.response["Error"]["Code"], refused.value.response["Error"]["Message"]


def arn_of(name: str, account: str = ACCOUNT) -> str:
    return f"arn:aws:sns:{REGION}:{account}:{name}"


def test_a_mail_asks_and_after_its_link_messages_come_by_mail(server, admin, topic):
    answer = admin.sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="ann@example.org")
    assert answer["SubscriptionArn"] == "pending confirmation"
    listed = admin.sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    assert [s["SubscriptionArn"] for s in listed] == ["PendingConfirmation"]
    admin.sns.publish(TopicArn=topic, Message="too early")

    question = mail_to(server, "ann@example.org", "Confirmation")
    link = link_in(body_of(question), "Action=ConfirmSubscription")
    assert link.startswith(server.endpoint)
    status, page = fetch(link)
    assert status == 200 and "is confirmed" in page and topic in page
    assert fetch(link)[0] == 200  # once more says the same

    published = admin.sns.publish(TopicArn=topic, Message="the second line\nfollows", Subject="Harvest")
    mail = mail_to(server, "ann@example.org", "Harvest")
    assert "the second line\nfollows" in body_of(mail)
    assert published["MessageId"] and "too early" not in "".join(body_of(m) for m in mails_to(server, "ann@example.org"))


def test_the_command_line_of_aws_as_the_sample_calls_it(server, admin, topic):
    def aws(*arguments):
        done = subprocess.run([ROOT / ".venv/bin/aws", "sns", *arguments, "--output", "json"], env=server.cli_env,
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    assert topic in [t["TopicArn"] for t in aws("list-topics")["Topics"]]
    answer = aws("subscribe", "--topic-arn", topic, "--protocol", "email", "--notification-endpoint", "cli@example.org")
    assert answer == {"SubscriptionArn": "pending confirmation"}
    assert mail_to(server, "cli@example.org", "Confirmation")
