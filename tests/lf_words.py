"""Words for the tests of Lake Formation: principals with an identity each, grants, and what an error says."""

import itertools
import json

import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT, Clients
from lake import allow, role_arn

EVERYTHING = ["lakeformation:*", "glue:*", "iam:PassRole", "s3:*"]
_numbers = itertools.count()


def trust_account() -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": ["sts:AssumeRole", "sts:TagSession"]}]})


class Someone:
    """A role that IAM allows everything that is named, and its session. What it may do is Lake Formation's to say."""

    def __init__(self, server, admin: Clients, name: str = "someone", actions=tuple(EVERYTHING), tags: dict | None = None,
                 session_tags: dict | None = None):
        self.name = f"{name}-{next(_numbers)}"
        self.arn = role_arn(self.name)
        admin.iam.create_role(RoleName=self.name, AssumeRolePolicyDocument=trust_account(),
                              Tags=[{"Key": k, "Value": v} for k, v in (tags or {}).items()])
        admin.iam.put_role_policy(RoleName=self.name, PolicyName="all", PolicyDocument=allow(list(actions)))
        answer = admin.sts.assume_role(RoleArn=self.arn, RoleSessionName="test",
                                       Tags=[{"Key": k, "Value": v} for k, v in (session_tags or {}).items()])
        self.clients = server.session(answer["Credentials"])

    @property
    def lf(self):
        return self.clients.lakeformation

    @property
    def glue(self):
        return self.clients.glue


def error_of(call, **arguments) -> tuple[str, str]:
    """Code and message of a call that must fail."""
    with pytest.raises(ClientError) as error:
        call(**arguments)
    return error.value.response["Error"]["Code"], error.value.response["Error"]["Message"]


def who(arn: str) -> dict:
    return {"DataLakePrincipalIdentifier": arn}


def grant(clients, arn: str, resource: dict, permissions: list[str], option: list[str] = (), **more):
    return clients.lakeformation.grant_permissions(
        Principal=who(arn), Resource=resource, Permissions=permissions, PermissionsWithGrantOption=list(option), **more)


def revoke(clients, arn: str, resource: dict, permissions: list[str], option: list[str] = (), **more):
    return clients.lakeformation.revoke_permissions(
        Principal=who(arn), Resource=resource, Permissions=permissions, PermissionsWithGrantOption=list(option), **more)


def tag(key: str, *values: str) -> dict:
    return {"LFTag": {"TagKey": key, "TagValues": list(values) or ["*"]}}


def expression(**terms) -> list[dict]:
    return [{"TagKey": key, "TagValues": [values] if isinstance(values, str) else list(values)}
            for key, values in terms.items()]


def policy(kind: str, **terms) -> dict:
    return {"LFTagPolicy": {"ResourceType": kind, "Expression": expression(**terms)}}


def pairs(**tags) -> list[dict]:
    return [{"TagKey": key, "TagValues": [value]} for key, value in tags.items()]


def database(name: str) -> dict:
    return {"Database": {"Name": name}}


def table(database: str, name: str) -> dict:
    return {"Table": {"DatabaseName": database, "Name": name}}


def columns(database: str, name: str, *names: str) -> dict:
    return {"TableWithColumns": {"DatabaseName": database, "Name": name, "ColumnNames": list(names)}}


def all_rows(clients, **arguments) -> list[dict]:
    """Every row of ListPermissions, page after page."""
    rows, token = [], {}
    while True:
        answer = clients.lakeformation.list_permissions(**arguments, **token)
        rows += answer["PrincipalResourcePermissions"]
        if "NextToken" not in answer:
            return rows
        token = {"NextToken": answer["NextToken"]}


def brief(row: dict) -> tuple:
    """A row of ListPermissions, short enough to be compared: principal, resource, permissions, grant option."""
    resource = {k: {m: x for m, x in v.items() if m not in ("CatalogId", "TableCatalogId")} for k, v in row["Resource"].items()}
    return (row["Principal"]["DataLakePrincipalIdentifier"], json.dumps(resource, sort_keys=True),
            tuple(row["Permissions"]), tuple(row["PermissionsWithGrantOption"]))
