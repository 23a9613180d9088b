"""What the tests of access requests share: a catalog whose policy carries requests through, people who ask and decide."""

import json

from botocore.exceptions import ClientError

from conftest import ACCOUNT, Clients
from iam_words import fresh
from lake import allow
from sharing_words import OUTSIDE, all_tables, grant, listed
from sns_words import wait_for
from states_words import machine_role, states_client
from weir_words import weir_client

OWNER = "owner@example.org"
MACHINE_MAY = ("weir:OpenApproval", "weir:OpenAccessRequestStep", "weir:FulfilAccessRequest", "weir:CloseAccessRequest",
               "lakeformation:*", "glue:*", "ram:*", "sns:Publish")


class Desk:
    """One database of the catalog's account, a machine's role that may grant it, and the policy of the account."""

    def __init__(self, server, admin: Clients, grants: bool = True, actions=MACHINE_MAY):
        self.server, self.admin = server, admin
        self.weir, self.states = weir_client(admin), states_client(server)
        self.database = fresh("sales").replace("-", "_")
        admin.glue.create_database(DatabaseInput={"Name": self.database, "Parameters": {
            "data_owner": ACCOUNT, "approvers": OWNER}})
        self.table("orders", [("id", "int"), ("name", "string"), ("email", "string")])
        self.table("people", [("id", "int"), ("email", "string")], pii={"email": "true"})
        self.role = machine_role(admin, *actions)
        if grants:
            option = ["SELECT", "DESCRIBE"]
            grant(admin.lakeformation, all_tables(self.database), self.role, option, option)
        self.approver_arn, self.approver = self.person("weir:DecideApproval")
        self.policy()

    def table(self, name: str, columns, pii: dict | None = None, keys=(), **parameters) -> None:
        def shown(column):
            flag = (pii or {}).get(column[0])
            return {"Name": column[0], "Type": column[1]} | ({"Parameters": {"pii_flag": flag}} if flag else {})
        self.admin.glue.create_table(DatabaseName=self.database, TableInput={
            "Name": name, "Parameters": parameters, "StorageDescriptor": {"Columns": [shown(one) for one in columns]},
            "PartitionKeys": [shown(one) for one in keys]})

    def flag(self, table: str, column: str, value: str = "true") -> None:
        there = self.admin.glue.get_table(DatabaseName=self.database, Name=table)["Table"]
        for one in there["StorageDescriptor"]["Columns"]:
            if one["Name"] == column:
                one["Parameters"] = {"pii_flag": value}
        self.admin.glue.update_table(DatabaseName=self.database, TableInput={
            "Name": table, "StorageDescriptor": there["StorageDescriptor"]})

    def policy(self, *rules: dict, **members) -> dict:
        """Sensitive data is a question to the approver of this desk, unless a rule says otherwise."""
        asks = {"When": {"Databases": [self.database], "Sensitive": True},
                "Then": {"Require": [{"Name": "owner", "Approvers": [self.approver_arn]}]}}
        document = {"Version": "2026-11-01", "RoleArn": self.role, "Template": "sample-compatible",
                    "Rules": [*rules, asks]} | members
        return self.weir.put_approval_policy(Policy=json.dumps(document))

    def person(self, *actions: str) -> tuple[str, Clients]:
        """An IAM user: its ARN and its clients."""
        name = fresh("person")
        arn = self.admin.iam.create_user(UserName=name)["User"]["Arn"]
        if actions:
            self.admin.iam.put_user_policy(UserName=name, PolicyName="may", PolicyDocument=allow(list(actions)))
        key = self.admin.iam.create_access_key(UserName=name)["AccessKey"]
        return arn, self.server.session({"AccessKeyId": key["AccessKeyId"], "SecretAccessKey": key["SecretAccessKey"]})

    def item(self, table: str = "orders", **more) -> dict:
        return {"Database": self.database, "Table": table} | more

    def ask(self, table: str = "orders", target: str = OUTSIDE, by=None, item: dict | None = None, **more) -> dict:
        return (by or self.weir).create_access_request(Items=[self.item(table, **(item or {}))], Target=target, **more)

    def now(self, request: dict) -> dict:
        return self.weir.get_access_request(RequestId=request["RequestId"])

    def until(self, request: dict, *states: str) -> dict:
        """The request once its decision or its fulfilment is one of these."""
        def look():
            shown = self.now(request)
            return shown if {shown["Decision"], shown["Fulfilment"]} & set(states) else None
        try:
            return wait_for(look, what=f"{states}")
        except AssertionError as late:
            shown = self.now(request)
            execution = self.states.describe_execution(executionArn=shown["ExecutionArn"])
            raise AssertionError((shown["Decision"], shown["Fulfilment"], shown.get("Reason"), execution["status"],
                                  execution.get("error"), execution.get("cause"))) from late

    def held(self, request: dict) -> dict:
        return self.until(request, "ACTIVE", "AWAITING_RAM", "GRANT_FAILED", "DENIED", "FAILED")

    def approval(self, request: dict, number: int = 1) -> str:
        """The id of the newest approval, once there are so many."""
        return wait_for(lambda: (asked := self.now(request)["Approvals"]) and len(asked) >= number and asked,
                        what="approval")[-1]["ApprovalId"]

    def decide(self, request: dict, verdict: str = "approve", number: int = 1, by=None, **more) -> dict:
        return weir_client(by or self.approver).decide_approval(
            ApprovalId=self.approval(request, number), Verdict=verdict, **more)

    def rights(self, target: str = OUTSIDE) -> dict[str, tuple]:
        """What a principal holds in this database: by kind and name of the resource, permissions and option. SELECT on
        a table is listed as its columns, all of them; here it is the table's."""
        out = {}
        for one in listed(self.admin.lakeformation, Principal={"DataLakePrincipalIdentifier": target}):
            kind, resource = next(iter(one["Resource"].items()))
            if resource.get("DatabaseName") != self.database:
                continue
            if kind == "TableWithColumns" and "ColumnNames" not in resource:
                kind = kind if resource["ColumnWildcard"].get("ExcludedColumnNames") else "Table"
            key = kind, resource.get("TableName", "") + resource.get("Name", "")
            before = out.get(key, ([], []))
            out[key] = (sorted({*before[0], *one["Permissions"]}),
                        sorted({*before[1], *one["PermissionsWithGrantOption"]}))
        return out

    def rows(self, request: dict) -> list[dict]:
        return self.weir.list_access_grants(RequestId=request["RequestId"])["Grants"]


def refusal(call, **arguments) -> tuple[str, str]:
    """Code and message of the refusal."""
    try:
        call(**arguments)
    except ClientError as refused:
        return refused.response["Error"]["Code"], refused.response["Error"]["Message"]
    raise AssertionError("it was not refused")
