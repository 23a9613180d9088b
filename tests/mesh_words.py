"""The mesh in words: its accounts, its commands, what stands in an account, the state machine of the sample."""

import json
import subprocess
from pathlib import Path

from conftest import ACCOUNT, REGION, WEIR, Clients, Server
from weir_words import weir_client

CENTRAL, PRODUCER, CONSUMER, MEMBER = ACCOUNT, "012345678901", "444455556666", "777788889999"
MACHINE = f"arn:aws:states:{REGION}:{CENTRAL}:stateMachine:DataLakeApprovalWorkflow"
TOPIC = f"arn:aws:sns:{REGION}:{PRODUCER}:DataLakeSharingApproval"
FUNCTIONS = {"WorkflowGetTableDetails": "GetTableDetails", "WorkflowShareCatalogItem": "ShareCatalogItem",
             "WorkflowSendApprovalNotification": "SendApprovalNotification",
             "WorkflowActivityApprover": "ActivityApprover"}
ROLES = ["WorkflowLambdaTableDetailsRole", "WorkflowLambdaShareCatalogItemRole", "WorkflowLambdaSendApprovalEmailRole",
         "WorkflowLambdaSMApproverRole", "DataLakeWorkflowRole"]


def function_arn(name: str) -> str:
    return f"arn:aws:lambda:{REGION}:{CENTRAL}:function:{name}"


def role_of(account: str, name: str) -> str:
    return f"arn:aws:iam::{account}:role/{name}"


def make_account(server: Server, number: str) -> Clients:
    """As the operator does, beside the running server; its profile bears its number."""
    subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", number, "--name", number],
                   check=True, capture_output=True)
    return server.session(profile=number)


def weir(server: Server, *words, profile: str = "default", cwd: Path | None = None) -> subprocess.CompletedProcess:
    return subprocess.run([WEIR, *map(str, words), "--profile", profile], capture_output=True, text=True, timeout=120,
                          env=server.cli_env, cwd=cwd)


def mesh(server: Server, *words, profile: str = "default", cwd: Path | None = None, status: int = 0) -> str:
    """What `weir mesh ...` says, once it ended as it should."""
    done = weir(server, "mesh", *words, profile=profile, cwd=cwd)
    assert done.returncode == status, (words, done.stdout, done.stderr)
    return done.stdout + done.stderr


def fates(text: str) -> dict[tuple[str, str], str]:
    """(kind, name) -> what became of it, of the lines that a mesh command printed."""
    out = {}
    for line in text.splitlines():
        fate, kind, name = line[:15].strip(), line[15:29].strip(), line[29:].split(" (")[0].strip()
        if fate in ("made", "already there", "set again", "removed", "not there", "left as it is"):
            out[kind, name] = fate
    return out


def pages(call, list_name: str) -> list:
    """All items of an operation that pages with NextToken."""
    out, more = [], {}
    while True:
        answer = call(**more)
        out += answer.get(list_name, [])
        if not answer.get("NextToken"):
            return out
        more = {"NextToken": answer["NextToken"]}


def roles_in(iam) -> dict:
    found = {}
    for page in iam.get_paginator("list_roles").paginate():
        for role in page["Roles"]:
            name = role["RoleName"]
            found[name] = {
                "trust": role["AssumeRolePolicyDocument"], "tags": iam.list_role_tags(RoleName=name)["Tags"],
                "inline": {policy: iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
                           for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]},
                "attached": [p["PolicyArn"] for p in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]]}
    return found


def topics_in(sns) -> dict:
    found = {}
    for page in sns.get_paginator("list_topics").paginate():
        for topic in page["Topics"]:
            arn = topic["TopicArn"]
            subscriptions = sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]
            found[arn] = {"policy": sns.get_topic_attributes(TopicArn=arn)["Attributes"]["Policy"],
                          "subscriptions": sorted((s["Protocol"], s["Endpoint"]) for s in subscriptions)}
    return found


def snapshot(clients: Clients) -> dict:
    """Everything of an account that a mesh command could have made or touched."""
    states = clients.stepfunctions
    machines = states.list_state_machines()["stateMachines"]
    rows = pages(clients.lakeformation.list_permissions, "PrincipalResourcePermissions")
    grants = sorted(json.dumps({k: v for k, v in row.items() if "Last" not in k}, sort_keys=True, default=str)
                    for row in rows)
    return {"roles": roles_in(clients.iam), "topics": topics_in(clients.sns), "grants": grants,
            "machines": {m["stateMachineArn"]: states.describe_state_machine(
                stateMachineArn=m["stateMachineArn"])["definition"] for m in machines},
            "functions": sorted(f["FunctionArn"] for f in weir_client(clients).list_functions()["Functions"]),
            "policy": weir_client(clients).get_approval_policy()["Policy"],
            "databases": sorted(d["Name"] for d in pages(clients.glue.get_databases, "DatabaseList")),
            "users": [u["UserName"] for u in clients.iam.list_users()["Users"]]}


# --- the sample

RETRY = [{"ErrorEquals": ["Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException"],
          "IntervalSeconds": 2, "MaxAttempts": 6, "BackoffRate": 2}]
RETRY_OF_LATER_CDK = [RETRY[0] | {"ErrorEquals": ["Lambda.ClientExecutionTimeoutException", *RETRY[0]["ErrorEquals"]]}]


def join(template) -> str:
    """What CloudFormation makes of CDK's Fn::Join over literals, the partition and the ARNs of functions."""
    values = {"AWS::Partition": "aws"} | {name: function_arn(name) for name in FUNCTIONS}
    separator, pieces = template["Fn::Join"]
    return separator.join(piece if isinstance(piece, str) else values[piece["Ref"]] for piece in pieces)


def synthesised(retry=None) -> str:
    """The definition of the sample's state machine as CDK synthesises it: the member order of its constructs, one
    string in pieces, in which the partition and the functions are still to be put."""
    retry = json.dumps(retry or RETRY, separators=(",", ":"))
    partition = {"Ref": "AWS::Partition"}

    def invoke(name: str, payload: str, how: str, function: str, more: str) -> list:
        return [f'"{name}":{{{more}"Retry":{retry},"Type":"Task","Resource":"arn:', partition,
                f':states:::lambda:invoke{how}","Parameters":{{"FunctionName":"', {"Ref": function},
                f'","Payload":{payload}}}}}']

    share = '{"source.$":"$.source","target.$":"$.target"}'
    return join({"Fn::Join": ["", [
        '{"StartAt":"GetCatalogTableDetails","States":{',
        *invoke("GetCatalogTableDetails", '{"database.$":"$.source.database","table.$":"$.source.table"}', "",
                "WorkflowGetTableDetails", '"Next":"DoesItHavePIIColumns","ResultPath":"$.table_details",'),
        ',"DoesItHavePIIColumns":{"Type":"Choice","Choices":[{"Variable":"$.table_details.Payload.has_pii",'
        '"BooleanEquals":false,"Next":"NoPIIShareCatalogItem"}],"Default":"SendAndWaitPIIColumnApproval"},',
        *invoke("SendAndWaitPIIColumnApproval", '{"Input.$":"$","TaskToken.$":"$$.Task.Token"}', ".waitForTaskToken",
                "WorkflowSendApprovalNotification",
                '"Next":"ApprovedPIIShareCatalogItem","ResultPath":"$.approval_details",'),
        ",", *invoke("ApprovedPIIShareCatalogItem", share, "", "WorkflowShareCatalogItem", '"End":true,'),
        ",", *invoke("NoPIIShareCatalogItem", share, "", "WorkflowShareCatalogItem", '"End":true,'),
        "}}"]]})
