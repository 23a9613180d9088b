"""Deliveries of SNS: what endpoints get, when they get it again, and that nothing is lost or let through."""

import json
import socket
import ssl
import threading
import time

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from conftest import Server, server_of_its_own
from sns_test import refusal
from sns_words import (Endpoint, body_of, check_signature, confirmed, fetch, link_in, listening, mail_to, mails_to,
                       read_mail, topic, wait_for)

FAST = json.dumps({"healthyRetryPolicy": {"minDelayTarget": 1, "maxDelayTarget": 1, "numRetries": 5,
                                          "numNoDelayRetries": 4}})

server, admin = server_of_its_own("deliveries", "--webhook-private-addresses", "true")


@pytest.fixture
def endpoint():
    made = Endpoint(200)
    yield made
    made.close()


@pytest.mark.parametrize("version", ["1", "2"])
def test_an_endpoint_gets_signed_messages(admin, topic, endpoint, version):
    admin.sns.set_topic_attributes(TopicArn=topic, AttributeName="SignatureVersion", AttributeValue=version)
    arn = listening(admin, topic, endpoint)
    headers, body, path = endpoint.of_type("SubscriptionConfirmation")[0]
    check_signature(json.loads(body), version)
    assert path == "/in" and "x-amz-sns-subscription-arn" not in headers
    published = admin.sns.publish(TopicArn=topic, Message="ä \"quoted\"\nline", Subject="Harvest",
                                  MessageAttributes={"k": {"DataType": "String", "StringValue": "v"},
                                                     "b": {"DataType": "Binary", "BinaryValue": b"\x00\x01"}})
    headers, body, _ = endpoint.wait("Notification")
    message = json.loads(body)
    check_signature(message, version)
    assert message["MessageId"] == published["MessageId"] == headers["x-amz-sns-message-id"]
    assert (message["Message"], message["Subject"]) == ("ä \"quoted\"\nline", "Harvest")
    assert message["MessageAttributes"] == {"b": {"Type": "Binary", "Value": "AAE="}, "k": {"Type": "String", "Value": "v"}}
    assert headers["x-amz-sns-topic-arn"] == topic and headers["x-amz-sns-subscription-arn"] == arn
    assert headers["content-type"] == "text/plain; charset=UTF-8"
    assert headers["user-agent"] == "Amazon Simple Notification Service Agent"
    message["Message"] = "forged"
    with pytest.raises(Exception):
        check_signature(message, version)


def test_raw_delivery_is_the_message_alone(admin, topic, endpoint):
    listening(admin, topic, endpoint, RawMessageDelivery="true",
              DeliveryPolicy='{"requestPolicy":{"headerContentType":"application/json"}}')
    admin.sns.publish(TopicArn=topic, Message='{"kind":"apple"}', Subject="not seen")
    headers, body, _ = endpoint.wait("Notification")
    assert body == '{"kind":"apple"}' and headers["x-amz-sns-rawdelivery"] == "true"
    assert headers["content-type"] == "application/json"


def test_json_comes_by_mail_too(server, admin, topic):
    admin.sns.subscribe(TopicArn=topic, Protocol="email-json", Endpoint="json@example.org")
    question = json.loads(body_of(mail_to(server, "json@example.org", "Confirmation")))
    check_signature(question, "1")
    assert fetch(question["SubscribeURL"])[0] == 200
    admin.sns.publish(TopicArn=topic, Message="m" * 5000, Subject="As JSON")
    message = json.loads(body_of(mail_to(server, "json@example.org", "As JSON")))
    check_signature(message, "1")
    assert message["Message"] == "m" * 5000


def test_a_link_of_a_mail_ends_a_subscription_by_post_only(server, admin, topic):
    arn = confirmed(admin, server, topic, "leaver@example.org")
    admin.sns.publish(TopicArn=topic, Message="m", Subject="Leave if you like")
    mail = mail_to(server, "leaver@example.org", "Leave if you like")
    link = link_in(body_of(mail), "unsubscribe")
    assert mail["List-Unsubscribe"] == f"<{link}>" and mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    status, page = fetch(link)
    assert status == 200 and '<form method="post">' in page
    fetch(link, method="HEAD")
    assert admin.sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]["PendingConfirmation"] == "false"
    assert fetch(link, data=b"List-Unsubscribe=One-Click")[0] == 200
    assert refusal(admin.sns.get_subscription_attributes, SubscriptionArn=arn)[0] == "NotFound"
    # It was somebody who had the link: the address is told, and can take it back.
    farewell = mail_to(server, "leaver@example.org", "Unsubscribe Confirmation")
    assert fetch(link_in(body_of(farewell), "confirm"))[0] == 200
    assert admin.sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]["PendingConfirmation"] == "false"


def test_links_about_other_subscriptions_are_guesses(server, admin, topic):
    mine = confirmed(admin, server, topic, "mine@example.org")
    other = confirmed(admin, server, topic, "victim@example.org")
    admin.sns.publish(TopicArn=topic, Message="m", Subject="One link each")
    link = link_in(body_of(mail_to(server, "mine@example.org", "One link each")), "unsubscribe")
    from urllib.parse import quote
    for forged in (link.replace(quote(mine, safe=""), quote(other, safe="")), link[:-1], link + "x",
                   link.split("&Token=")[0], f"{server.endpoint}/?Action=Unsubscribe&SubscriptionArn={quote(other)}"):
        assert fetch(forged, data=b"")[0] in (400, 403), forged
    assert len([s for s in admin.sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
                if s["SubscriptionArn"].startswith("arn")]) == 2


def test_an_endpoint_hears_that_its_subscription_ended_and_restores_it(admin, topic, endpoint):
    arn = listening(admin, topic, endpoint)
    admin.sns.unsubscribe(SubscriptionArn=arn)
    farewell = json.loads(endpoint.wait("UnsubscribeConfirmation")[1])
    check_signature(farewell, "1")
    admin.sns.publish(TopicArn=topic, Message="to nobody")
    assert fetch(farewell["SubscribeURL"])[0] == 200
    admin.sns.publish(TopicArn=topic, Message="restored")
    assert json.loads(endpoint.wait("Notification")[1])["Message"] == "restored"
    assert len(endpoint.of_type("Notification")) == 1


def test_a_subscription_may_ask_for_signed_requests_to_end(server, admin, topic, endpoint):
    arn = admin.sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url,
                              ReturnSubscriptionArn=True)["SubscriptionArn"]
    question = json.loads(endpoint.wait("SubscriptionConfirmation")[1])
    from urllib.parse import quote
    anonymous = f"{server.endpoint}/?Action=ConfirmSubscription&TopicArn={quote(topic)}&Token={question['Token']}"
    assert fetch(anonymous + "&AuthenticateOnUnsubscribe=true")[0] == 403
    answer = admin.sns.confirm_subscription(TopicArn=topic, Token=question["Token"], AuthenticateOnUnsubscribe="true")
    assert answer["SubscriptionArn"] == arn
    admin.sns.publish(TopicArn=topic, Message="m")
    link = json.loads(endpoint.wait("Notification")[1])["UnsubscribeURL"]
    assert fetch(link, data=b"")[0] == 403
    attributes = admin.sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]
    assert attributes["ConfirmationWasAuthenticated"] == "true"
    admin.sns.unsubscribe(SubscriptionArn=arn)


def test_tokens_are_of_one_topic_and_cannot_be_guessed(admin, topic, endpoint):
    admin.sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url)
    token = json.loads(endpoint.wait("SubscriptionConfirmation")[1])["Token"]
    assert len(token) == 64
    elsewhere = admin.sns.create_topic(Name="elsewhere")["TopicArn"]
    assert refusal(admin.sns.confirm_subscription, TopicArn=elsewhere, Token=token)[1] == "Invalid parameter: Topic"
    for guess in ("0" * 64, token[:-1], token.upper() + "A", "x", "../" + token):
        assert refusal(admin.sns.confirm_subscription, TopicArn=topic, Token=guess)[1] == "Invalid parameter: Token"
    # The next question makes the one before worthless.
    admin.sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url)
    endpoint.wait("SubscriptionConfirmation", count=2)
    assert refusal(admin.sns.confirm_subscription, TopicArn=topic, Token=token)[1] == "Invalid parameter: Token"


def test_what_fails_is_tried_again_and_what_is_refused_is_not(admin, topic, endpoint):
    listening(admin, topic, endpoint, DeliveryPolicy=FAST)
    endpoint.answers[:] = [500, 503, 429, 200]
    message = admin.sns.publish(TopicArn=topic, Message="again and again")["MessageId"]
    endpoint.wait("Notification", count=4)
    assert {one[0]["x-amz-sns-message-id"] for one in endpoint.of_type("Notification")} == {message}
    endpoint.answers[:] = [403, 200]
    admin.sns.publish(TopicArn=topic, Message="refused")
    endpoint.wait("Notification", count=5)
    admin.sns.publish(TopicArn=topic, Message="the next one")
    endpoint.wait("Notification", count=6)
    assert [json.loads(b)["Message"] for _, b, _ in endpoint.of_type("Notification")][4:] == ["refused", "the next one"]


def test_retries_wait_as_long_as_the_policy_says(admin, topic, endpoint):
    policy = {"healthyRetryPolicy": {"minDelayTarget": 1, "maxDelayTarget": 2, "numRetries": 2}}
    listening(admin, topic, endpoint, DeliveryPolicy=json.dumps(policy))
    endpoint.answers[:] = [500, 500, 200]
    began = time.monotonic()
    admin.sns.publish(TopicArn=topic, Message="m")
    endpoint.wait("Notification", count=3)
    assert time.monotonic() - began >= 3


def test_redirects_are_not_followed(admin, topic, endpoint):
    inner = Endpoint(200)
    listening(admin, topic, endpoint, DeliveryPolicy=FAST)
    endpoint.location = inner.url
    endpoint.answers[:] = [302]
    admin.sns.publish(TopicArn=topic, Message="1")
    endpoint.wait("Notification")
    endpoint.location, endpoint.answers[:] = "", [200]
    admin.sns.publish(TopicArn=topic, Message="2")
    wait_for(lambda: "2" in [json.loads(b)["Message"] for _, b, _ in endpoint.of_type("Notification")])
    assert inner.got == []
    inner.close()


def test_who_hangs_or_talks_too_much_keeps_nobody_waiting(server, admin, topic, endpoint):
    hanging, talking = Endpoint(200), Endpoint(200)
    for one in (endpoint, hanging, talking):
        listening(admin, topic, one, DeliveryPolicy=FAST)
    hanging.answers[:] = ["hang"]
    talking.answers[:] = ["large"]
    for i in range(8):
        admin.sns.publish(TopicArn=topic, Message=str(i))
    endpoint.wait("Notification", count=8, seconds=10)  # long before the hanging one is given up
    talking.wait("Notification", count=8)
    assert fetch(f"{server.endpoint}/-/health")[0] == 200
    hanging.close()
    talking.close()


def test_publishing_does_not_wait_for_deliveries(admin, topic, endpoint):
    listening(admin, topic, endpoint)
    endpoint.answers[:] = ["hang"]
    began = time.monotonic()
    for _ in range(20):
        admin.sns.publish(TopicArn=topic, Message="m")
    assert time.monotonic() - began < 5
    endpoint.release.set()


def test_a_killed_server_loses_nothing_that_it_accepted(tmp_path, endpoint):
    killed = Server(tmp_path / "data", "--webhook-private-addresses", "true").start()
    admin = killed.session()
    topic = admin.sns.create_topic(Name="survivor")["TopicArn"]
    listening(admin, topic, endpoint, DeliveryPolicy=FAST)
    confirmed(admin, killed, topic, "survivor@example.org")
    endpoint.answers[:] = ["hang"]
    accepted = [admin.sns.publish(TopicArn=topic, Message=str(i), Subject=f"number {i}")["MessageId"] for i in range(50)]
    killed.kill()
    endpoint.release.set()
    endpoint.answers[:] = [200]
    killed.start()
    wait_for(lambda: {h["x-amz-sns-message-id"] for h, _, _ in endpoint.of_type("Notification")} >= set(accepted),
             what="every message")
    wait_for(lambda: len({str(m["Subject"]) for m in mails_to(killed, "survivor@example.org", "number")}) == 50,
             what="every mail")
    assert len(mails_to(killed, "survivor@example.org", "number")) == 50  # and in the spool once
    assert killed.stop() == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "169.254.169.254", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]"])
def test_private_addresses_are_not_reached_unless_the_operator_lets_them(tmp_path, host):
    closed = Server(tmp_path / "data").start()
    admin = closed.session()
    inner = Endpoint(200)
    topic = admin.sns.create_topic(Name="outside")["TopicArn"]
    port = inner.server.server_address[1]
    admin.sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=f"http://{host}:{port}/latest/meta-data",
                        Attributes={"DeliveryPolicy": FAST})
    log = closed.data_dir.parent / f"{closed.data_dir.name}.log"
    wait_for(lambda: "delivery.failed" in log.read_text() or "delivery.given_up" in log.read_text(), what="the refusal")
    assert inner.got == []
    inner.close()
    assert closed.stop() == 0


class Relay:
    """A real SMTP server that keeps what it gets: TLS by STARTTLS, and a password."""

    def __init__(self, directory, refuse: int = 0):
        self.mails, self.refuse, self.logins = [], refuse, []
        certificate, key = directory / "relay.pem", directory / "relay.key"
        make_certificate(certificate, key)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.certificate = certificate
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, tls_context=context, require_starttls=True,
                                     auth_required=True, authenticator=self.authenticate)
        self.controller.start()

    def authenticate(self, server, session, envelope, mechanism, data):
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"relay secret", handled=False)

    async def handle_DATA(self, server, session, envelope):
        if self.refuse:
            self.refuse -= 1
            return "451 later"
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, read_mail(envelope.content)))
        return "250 taken"

    def options(self, **changes):
        given = {"--smtp-url": f"smtp://localhost:{self.port}", "--smtp-user": "weir",
                 "--smtp-ca-file": str(self.certificate), "--mail-from": "lake@example.org"} | changes
        return [part for pair in given.items() for part in pair]


def make_certificate(certificate, key):
    import datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    secret = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(secret.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(secret, hashes.SHA256()))
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key.write_bytes(secret.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                         serialization.NoEncryption()))


def test_mail_goes_to_a_relay_with_tls_and_a_password(tmp_path):
    relay = Relay(tmp_path)
    sending = Server(tmp_path / "data", *relay.options(), "--public-url", "https://lake.example.org/",
                     env={"WEIR_SMTP_PASSWORD": "relay secret"}).start()
    admin = sending.session()
    topic = admin.sns.create_topic(Name="relayed", Attributes={"DisplayName": 'The "Größe" <x@y.z>'})["TopicArn"]
    admin.sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="ann@example.org")
    (sender, receivers, mail), = wait_for(lambda: relay.mails, what="the mail")
    assert (sender, receivers) == ("lake@example.org", ["ann@example.org"])
    assert mail["From"].addresses[0].addr_spec == "lake@example.org"
    assert mail["From"].addresses[0].display_name == 'The "Größe" <x@y.z>'
    link = link_in(body_of(mail), "confirm")
    assert link.startswith("https://lake.example.org/-/sns/confirm?")
    assert fetch(link.replace("https://lake.example.org", sending.endpoint))[0] == 200
    admin.sns.publish(TopicArn=topic, Message=".\n..\nGrüße\n.", Subject="Grüße")
    mail = wait_for(lambda: len(relay.mails) == 2 and relay.mails[1], what="the second mail")[2]
    assert mail["Subject"] == "Grüße" and body_of(mail).startswith(".\n..\nGrüße\n.\n")
    assert (b"weir", b"relay secret") in relay.logins
    assert sending.stop() == 0
    relay.controller.stop()
    assert "relay secret" not in (tmp_path / "data.log").read_text()


def test_no_password_and_no_mail_goes_to_a_relay_that_cannot_prove_itself(tmp_path):
    relay = Relay(tmp_path)
    options = relay.options()
    at = options.index("--smtp-ca-file")
    sending = Server(tmp_path / "data", *options[:at], *options[at + 2:],
                     env={"WEIR_SMTP_PASSWORD": "relay secret"}).start()
    admin = sending.session()
    topic = admin.sns.create_topic(Name="unproven")["TopicArn"]
    admin.sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="ann@example.org")
    log = tmp_path / "data.log"
    wait_for(lambda: "delivery.failed" in log.read_text(), what="the refusal")
    assert relay.mails == [] and relay.logins == []
    assert sending.stop() == 0
    relay.controller.stop()


def test_html_in_names_is_text_on_pages(server, admin, topic):
    for page in ("confirm", "unsubscribe"):
        status, text = fetch(f"{server.endpoint}/-/sns/{page}?SubscriptionArn=%3Cscript%3Ealert(1)%3C/script%3E"
                             "&TopicArn=%22%3E%3Cimg%20src=x%3E&Token=%3Cb%3E")
        assert "<script>" not in text and "<img" not in text and "<b>" not in text


def test_pages_that_are_none_are_refused(server):
    for target in ("confirm", "confirm?Token=x&Token=y", "confirm?Token=%ff", "unsubscribe", "x.pem", "", "../health"):
        assert fetch(f"{server.endpoint}/-/sns/{target}", method="GET")[0] in (200, 400, 404), target
    assert fetch(f"{server.endpoint}/-/sns/confirm", data=b"")[0] == 404
