"""What the tests of events and channels have in common: an endpoint that remembers whole requests, roles, connections."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from iam_words import fresh
from lake import role_arn, trust_service
from sns_words import wait_for

SERVICE = "events.amazonaws.com"


class Request:
    def __init__(self, handler, body: str):
        parts = urlsplit(handler.path)
        self.method, self.path, self.query = handler.command, parts.path, parse_qs(parts.query)
        self.headers = {name.lower(): value for name, value in handler.headers.items()}
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)


class Receiver:
    """Answers each request by `answer(request)`: a status, or (status, headers, body)."""

    def __init__(self, answer=lambda request: 200, tls=None):
        self.answer = answer
        self.got: list[Request] = []
        self.release = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def serve(self):
                request = Request(self, self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())
                receiver.got.append(request)
                answer = receiver.answer(request)
                if answer == "hang":
                    receiver.release.wait(60)
                    answer = 200
                status, headers, body = answer if isinstance(answer, tuple) else (answer, {}, "")
                body = body.encode() if isinstance(body, str) else body
                try:
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    if self.command != "HEAD":
                        self.wfile.write(body)
                except OSError:
                    pass

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = serve

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.scheme = "https" if tls else "http"
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server.server_address[1]}"

    def at(self, path: str) -> list[Request]:
        return [request for request in self.got if request.path == path]

    def wait(self, path: str, count: int = 1, seconds: float = 30) -> Request:
        """The newest request to a path, once there are `count`."""
        return wait_for(lambda: len(found := self.at(path)) >= count and found, seconds, path)[-1]

    def close(self) -> None:
        self.release.set()
        self.server.shutdown()
        self.server.server_close()


def json_answer(value, status: int = 200):
    return status, {"Content-Type": "application/json"}, json.dumps(value)


def role_for(admin, *statements: dict, trust: str | None = None, service: str = SERVICE) -> str:
    """A role that the service may assume and that allows the statements; its ARN."""
    name = fresh("role")
    admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust or trust_service(service))
    if statements:
        admin.iam.put_role_policy(RoleName=name, PolicyName="may", PolicyDocument=json.dumps(
            {"Version": "2012-10-17", "Statement": list(statements)}))
    return role_arn(name)


def may(*actions: str, resource="*", **condition) -> dict:
    out = {"Effect": "Allow", "Action": list(actions), "Resource": resource}
    return out | ({"Condition": condition} if condition else {})


def api_key(admin, value: str = "key-hush", **invocation) -> str:
    """A connection that sends X-Api-Key; its ARN."""
    parameters = {"ApiKeyAuthParameters": {"ApiKeyName": "X-Api-Key", "ApiKeyValue": value}}
    if invocation:
        parameters["InvocationHttpParameters"] = invocation
    return admin.events.create_connection(Name=fresh("c"), AuthorizationType="API_KEY",
                                          AuthParameters=parameters)["ConnectionArn"]


def name_in(arn: str) -> str:
    return arn.split("/")[1]


def destination(admin, connection: str, url: str, method: str = "POST") -> str:
    return admin.events.create_api_destination(Name=fresh("d"), ConnectionArn=connection, InvocationEndpoint=url,
                                               HttpMethod=method)["ApiDestinationArn"]


def rule(admin, source: str, **target) -> str:
    """A rule for events of that source with one target; its name."""
    name = fresh("rule")
    admin.events.put_rule(Name=name, EventPattern=json.dumps({"source": [source]}))
    admin.events.put_targets(Rule=name, Targets=[{"Id": "t", **target}])
    return name


def put(admin, source: str, detail: dict | None = None, type: str = "t", **more) -> str:
    """Puts one event; its id."""
    answer = admin.events.put_events(Entries=[{"Source": source, "DetailType": type,
                                               "Detail": json.dumps(detail or {}), **more}])
    assert answer["FailedEntryCount"] == 0, answer
    return answer["Entries"][0]["EventId"]
