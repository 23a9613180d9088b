"""What the tests of SNS share: reading mails, an HTTP endpoint that remembers, checking signatures, waiting."""

import base64
import email
import email.policy
import json
import re
import subprocess
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from conftest import WEIR


@pytest.fixture
def topic(admin, request):
    """A topic of the test's own."""
    return admin.sns.create_topic(Name=re.sub("[^A-Za-z0-9_]", "-", request.node.name)[:200])["TopicArn"]


def wait_for(look, seconds: float = 30, what: str = "it"):
    """What `look` answers once it is true of something."""
    end = time.monotonic() + seconds
    pause = threading.Event()
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < end, f"{what} did not come within {seconds} s"
        pause.wait(0.02)


def read_mail(text: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(text, policy=email.policy.default)


def spooled(server) -> list[email.message.EmailMessage]:
    """The mails in the spool of a server's data directory, the oldest first."""
    return [read_mail(path.read_bytes()) for path in sorted((server.data_dir / "mail").glob("*.eml"))]


def mails_to(server, address: str, subject: str = "") -> list[email.message.EmailMessage]:
    return [mail for mail in spooled(server) if mail["To"] == address and subject in str(mail["Subject"])]


def mail_to(server, address: str, subject: str = "", count: int = 1) -> email.message.EmailMessage:
    """The newest mail to an address, once there are `count`."""
    return wait_for(lambda: (found := mails_to(server, address, subject)) and len(found) >= count and found,
                    what=f"mail to {address}")[-1]


def body_of(mail) -> str:
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def link_in(text: str, containing: str) -> str:
    return next(link for link in re.findall(r"https?://\S+", text) if containing in link)


def fetch(url: str, data: bytes | None = None, method: str | None = None) -> tuple[int, str]:
    """Status and body; a refusal is an answer, too."""
    request = urllib.request.Request(url, data=data, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def run_weir(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run([WEIR, *map(str, arguments)], capture_output=True, text=True, timeout=60)


class Endpoint:
    """An HTTP endpoint: answers as `answers` says (the last one for good), remembers what was posted."""

    def __init__(self, *answers, location: str = ""):
        self.answers = list(answers) or [200]
        self.location = location
        self.got: list[tuple[dict, str, str]] = []  # headers, body, path
        self.release = threading.Event()  # set: those that hang go on
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                answer = endpoint.answers.pop(0) if len(endpoint.answers) > 1 else endpoint.answers[0]
                endpoint.got.append(({k.lower(): v for k, v in self.headers.items()}, body, self.path))
                if answer == "hang":
                    endpoint.release.wait(60)
                    answer = 200
                size = 10 << 20 if answer == "large" else 0
                self.send_response(200 if answer == "large" else answer)
                self.send_header("Content-Length", str(size))
                if endpoint.location:
                    self.send_header("Location", endpoint.location)
                self.end_headers()
                try:
                    self.wfile.write(b"x" * size)
                except OSError:
                    pass

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/in"

    def of_type(self, kind: str) -> list[tuple[dict, str, str]]:
        return [one for one in self.got if one[0].get("x-amz-sns-message-type") == kind]

    def wait(self, kind: str, count: int = 1, seconds: float = 30) -> tuple[dict, str, str]:
        """The newest post of that type, once there are `count`."""
        return wait_for(lambda: len(found := self.of_type(kind)) >= count and found, seconds, kind)[-1]

    def close(self) -> None:
        self.release.set()
        self.server.shutdown()
        self.server.server_close()


SIGNED = {"Notification": ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
          "SubscriptionConfirmation": ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]}
SIGNED["UnsubscribeConfirmation"] = SIGNED["SubscriptionConfirmation"]


def check_signature(message: dict, digest: str) -> None:
    """As AWS tells subscribers to; raises when it does not hold."""
    text = "".join(f"{name}\n{message[name]}\n" for name in SIGNED[message["Type"]] if name in message)
    status, certificate = fetch(message["SigningCertURL"])
    assert status == 200
    key = x509.load_pem_x509_certificate(certificate.encode()).public_key()
    algorithm = {"1": hashes.SHA1(), "2": hashes.SHA256()}[digest]
    assert message["SignatureVersion"] == digest
    key.verify(base64.b64decode(message["Signature"]), text.encode(), padding.PKCS1v15(), algorithm)


def confirmed(admin, server, topic: str, address: str, **attributes) -> str:
    """An address subscribed by mail, confirmed by the link in it; the subscription's ARN."""
    arn = admin.sns.subscribe(TopicArn=topic, Protocol="email", Endpoint=address, Attributes=attributes,
                              ReturnSubscriptionArn=True)["SubscriptionArn"]
    link = link_in(body_of(mail_to(server, address, "Confirmation")), "confirm")
    assert fetch(link)[0] == 200
    return arn


def listening(admin, topic: str, endpoint: Endpoint, **attributes) -> str:
    """An endpoint subscribed, confirmed by its SubscribeURL; the subscription's ARN."""
    arn = admin.sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url, Attributes=attributes,
                              ReturnSubscriptionArn=True)["SubscriptionArn"]
    question = json.loads(endpoint.wait("SubscriptionConfirmation")[1])
    assert fetch(question["SubscribeURL"])[0] == 200
    return arn
