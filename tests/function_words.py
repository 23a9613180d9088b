"""What the tests of functions share: an HTTP server that plays a function, registering, and the data sharing sample."""

import hashlib
import hmac
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from conftest import ACCOUNT, REGION
from iam_words import fresh
from lake import allow, trust_service
from sharing_words import all_tables, grant, table
from states_words import create, machine, machine_role, run, states_client
from weir_words import weir_client

LAMBDA = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:"
INVOKE = "arn:aws:states:::lambda:invoke"


def documented_verifier():
    """The function that docs/wire/functions.md shows."""
    page = (Path(__file__).resolve().parents[1] / "docs" / "wire" / "functions.md").read_text()
    names = {}
    exec(re.search(r"```python\n(.*?)```", page, re.DOTALL).group(1), names)
    return names["is_from_weir"]


class Webhook:
    """Answers each POST as the next of `answers` says, the last one for good: a status, (status, body),
    (status, body, headers), or "hang". Remembers what came."""

    def __init__(self, *answers):
        self.answers = list(answers) or [(200, "{}")]
        self.got: list[tuple[dict, bytes]] = []
        self.release = threading.Event()
        webhook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                webhook.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                answer = webhook.answers.pop(0) if len(webhook.answers) > 1 else webhook.answers[0]
                if answer == "hang":
                    webhook.release.wait(60)
                    answer = 200
                status, text, headers = ((answer, "", {}) if isinstance(answer, int) else (*answer, {}, {})[:3])
                data = text if isinstance(text, bytes) else text.encode()
                try:
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:
                    pass

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/invoke"

    def close(self) -> None:
        self.release.set()
        self.server.shutdown()
        self.server.server_close()


def register(clients, name: str | None = None, **what) -> dict:
    """The answer of RegisterFunction, and the name."""
    name = name or fresh("f")
    answer = weir_client(clients).register_function(Name=name, **what)
    return answer | {"Name": name}


def function_role(clients, *actions: str, trust: str | None = None, account: str = ACCOUNT, resource="*") -> str:
    """A role that lambda.amazonaws.com may assume; its ARN."""
    name = fresh("function")
    clients.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust or trust_service("lambda.amazonaws.com"))
    if actions:
        clients.iam.put_role_policy(RoleName=name, PolicyName="may", PolicyDocument=allow(list(actions), resource))
    return f"arn:aws:iam::{account}:role/{name}"


def invoking(function: str, resource: str = INVOKE, **state) -> str:
    """A machine that invokes a function with the execution's input."""
    return machine(("Call", {"Type": "Task", "Resource": resource,
                             "Parameters": {"FunctionName": function, "Payload.$": "$"}} | state))


class Runner:
    """Runs definitions with a role that may invoke functions."""

    def __init__(self, server, admin, *actions: str):
        self.client = states_client(server)
        self.role = machine_role(admin, *(actions or ("lambda:InvokeFunction",)))

    def start(self, definition: str, input=None) -> str:
        arn = create(self.client, definition, self.role)
        return self.client.start_execution(stateMachineArn=arn, input=json.dumps({} if input is None else input))[
            "executionArn"]

    def run(self, definition: str, input=None) -> dict:
        return run(self.client, create(self.client, definition, self.role), {} if input is None else input)

    def output(self, definition: str, input=None):
        ended = self.run(definition, input)
        assert ended["status"] == "SUCCEEDED", (ended.get("error"), ended.get("cause"))
        return json.loads(ended["output"])

    def failure(self, definition: str, input=None) -> tuple:
        ended = self.run(definition, input)
        assert ended["status"] == "FAILED", ended
        return ended.get("error"), ended.get("cause")


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Of the first kind, which receivers from before check."""
    return "v1=" + hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def signature_with_headers(secret: str, headers: dict, body: bytes) -> str:
    signed = [name for name in sorted(headers) if name in ("content-type", "idempotency-key")
              or name.startswith("x-weir-") and name not in ("x-weir-signature", "x-weir-signature-v2")]
    text = "\n".join(["v2", *(f"{name}:{headers[name]}" for name in signed), "", ""]).encode() + body
    return "v2=" + hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


# --- the data sharing sample

def sample_definition(functions: dict[str, str]) -> str:
    """The state machine as CDK synthesises it, with the ARNs of its functions."""
    retry = [{"ErrorEquals": ["Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException"],
              "IntervalSeconds": 2, "MaxAttempts": 1, "BackoffRate": 2}]
    share = {"End": True, "Retry": retry, "Type": "Task", "Resource": INVOKE,
             "Parameters": {"FunctionName": functions["ShareCatalogItem"],
                            "Payload": {"source.$": "$.source", "target.$": "$.target"}}}
    return json.dumps({"StartAt": "GetCatalogTableDetails", "States": {
        "GetCatalogTableDetails": {
            "Next": "DoesItHavePIIColumns", "Retry": retry, "Type": "Task", "ResultPath": "$.table_details",
            "Resource": INVOKE, "Parameters": {
                "FunctionName": functions["GetTableDetails"],
                "Payload": {"database.$": "$.source.database", "table.$": "$.source.table"}}},
        "DoesItHavePIIColumns": {
            "Type": "Choice", "Default": "SendAndWaitPIIColumnApproval",
            "Choices": [{"Variable": "$.table_details.Payload.has_pii", "BooleanEquals": False,
                         "Next": "NoPIIShareCatalogItem"}]},
        "NoPIIShareCatalogItem": share,
        "SendAndWaitPIIColumnApproval": {
            "Next": "ApprovedPIIShareCatalogItem", "Retry": retry, "Type": "Task", "ResultPath": "$.approval_details",
            "Resource": INVOKE + ".waitForTaskToken", "Parameters": {
                "FunctionName": functions["SendApprovalNotification"],
                "Payload": {"Input.$": "$", "TaskToken.$": "$$.Task.Token"}}},
        "ApprovedPIIShareCatalogItem": share}})


class Sample:
    """The data sharing sample in one central account, with a producer of its own: roles, functions, machine."""

    def __init__(self, server, central, producer, producer_id: str, **environment):
        self.central, self.producer, self.producer_id = central, producer, producer_id
        actions = {"GetTableDetails": ["glue:GetTable", "glue:GetDatabase"],
                   "ShareCatalogItem": ["lakeformation:GrantPermissions", "glue:GetTable", "glue:GetDatabase", "ram:*"],
                   "SendApprovalNotification": ["sts:AssumeRole", "weir:OpenApproval"],
                   "ActivityApprover": ["states:SendTaskSuccess", "states:SendTaskFailure"]}
        self.roles = {name: function_role(central, *may) for name, may in actions.items()}
        self.functions = {}
        for name, role in self.roles.items():
            more = {"Environment": environment} if environment and name == "SendApprovalNotification" else {}
            self.functions[name] = register(central, BuiltIn=name, Role=role, **more)["FunctionArn"]
        self.runner = Runner(server, central)
        self.machine = create(self.runner.client, sample_definition(self.functions), self.runner.role)
        self.topic = self.onboard()

    def onboard(self) -> str:
        """What the sample's producer stack makes: the topic and the role that may publish to it."""
        topic = self.producer.sns.create_topic(Name="DataLakeSharingApproval")["TopicArn"]
        trust = json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "sts:AssumeRole"}]})
        try:
            self.producer.iam.create_role(RoleName="ProducerWorkflowRole", AssumeRolePolicyDocument=trust)
        except self.producer.iam.exceptions.EntityAlreadyExistsException:
            pass
        self.producer.iam.put_role_policy(RoleName="ProducerWorkflowRole", PolicyName="inline0",
                                          PolicyDocument=allow(["sns:Publish"], topic))
        return topic

    def database(self, tables=("orders",), pii_columns=(), grantable=True, **parameters) -> str:
        """A database of the central account, described to the details role and grantable by the sharing role."""
        name = fresh("mesh").replace("-", "_")
        lf = self.central.lakeformation
        self.central.glue.create_database(DatabaseInput={"Name": name, "Parameters": parameters,
                                                         "CreateTableDefaultPermissions": []})
        for one in tables:
            columns = [{"Name": column, "Type": "string"} | (
                {"Parameters": {"pii_flag": "true"}} if column in pii_columns else {}) for column in ("id", "mail")]
            self.central.glue.create_table(DatabaseName=name, TableInput={
                "Name": one, "StorageDescriptor": {"Columns": columns}})
        for role in (self.roles["GetTableDetails"], self.roles["ShareCatalogItem"]):
            grant(lf, {"Database": {"Name": name}}, role, ["DESCRIBE"])
        grant(lf, all_tables(name), self.roles["GetTableDetails"], ["DESCRIBE", "SELECT"])
        if grantable:
            both = ["SELECT", "DESCRIBE"]
            grant(lf, all_tables(name), self.roles["ShareCatalogItem"], both, both)
        return name

    def start(self, database: str, name: str, to: str) -> str:
        input = {"source": {"database": database, "table": name}, "target": {"account_id": to}}
        return self.runner.client.start_execution(stateMachineArn=self.machine, input=json.dumps(input))["executionArn"]

    def shared(self, database: str, name: str, to: str) -> tuple[set, set]:
        """What the account holds on the table, or on all: permissions, those with grant option."""
        resource = all_tables(database) if name == "*" else table(database, name)
        found = self.central.lakeformation.list_permissions(
            Principal={"DataLakePrincipalIdentifier": to}, Resource=resource)["PrincipalResourcePermissions"]
        return ({permission for one in found for permission in one["Permissions"]},
                {permission for one in found for permission in one["PermissionsWithGrantOption"]})
