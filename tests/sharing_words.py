"""Sharing between accounts over the wire: accounts, people, grants, invitations."""

import itertools
import json

from conftest import ACCOUNT, REGION, Clients, Server
from lake import allow

OUTSIDE, THIRD = "444455556666", "777788889999"
EVERYTHING = ["lakeformation:*", "glue:*"]
_numbers = itertools.count()


class Account:
    """An account and the clients of its administrator."""

    def __init__(self, server: Server, admin: Clients, id: str):
        self.server, self.id, self.admin = server, id, admin

    @property
    def lf(self):
        return self.admin.lakeformation

    def person(self, actions=tuple(EVERYTHING), tags=()) -> "Person":
        """A role that IAM allows these actions, and a session of it with these tags."""
        trust = json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": self.id}, "Action": ["sts:AssumeRole", "sts:TagSession"]}]})
        name = f"person-{next(_numbers)}"
        self.admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
        self.admin.iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=allow(list(actions)))
        arn = f"arn:aws:iam::{self.id}:role/{name}"
        answer = self.admin.sts.assume_role(RoleArn=arn, RoleSessionName="test", Tags=list(tags))
        return Person(self, arn, self.server.session(answer["Credentials"]))

    def invitations(self, status: str = "PENDING") -> list[dict]:
        found = self.admin.ram.get_resource_share_invitations()["resourceShareInvitations"]
        return [one for one in found if one["status"] == status]

    def accept(self) -> int:
        """Every open invitation; how many there were."""
        open = self.invitations()
        for one in open:
            self.admin.ram.accept_resource_share_invitation(
                resourceShareInvitationArn=one["resourceShareInvitationArn"])
        return len(open)

    def shares(self, owner: str = "SELF") -> list[dict]:
        return self.admin.ram.get_resource_shares(resourceOwner=owner)["resourceShares"]

    def shared(self, type: str, share: str) -> list[str]:
        """The principals or resources of a share of this account."""
        found = self.admin.ram.get_resource_share_associations(associationType=type, resourceShareArns=[share])
        return [one["associatedEntity"] for one in found["resourceShareAssociations"]]


class Person:
    def __init__(self, account: Account, arn: str, clients: Clients):
        self.account, self.arn, self.clients = account, arn, clients

    @property
    def lf(self):
        return self.clients.lakeformation


def glue_arn(resource: str, account: str = ACCOUNT) -> str:
    return f"arn:aws:glue:{REGION}:{account}:{resource}"


def who(text: str) -> dict:
    return {"DataLakePrincipalIdentifier": text}


def database(name: str, catalog: str = ACCOUNT) -> dict:
    return {"Database": {"CatalogId": catalog, "Name": name}}


def table(database: str, name: str, catalog: str = ACCOUNT) -> dict:
    return {"Table": {"CatalogId": catalog, "DatabaseName": database, "Name": name}}


def all_tables(database: str, catalog: str = ACCOUNT) -> dict:
    return {"Table": {"CatalogId": catalog, "DatabaseName": database, "TableWildcard": {}}}


def columns(database: str, name: str, *columns: str, catalog: str = ACCOUNT) -> dict:
    return {"TableWithColumns": {"CatalogId": catalog, "DatabaseName": database, "Name": name,
                                 "ColumnNames": list(columns)}}


def policy(on: str, catalog: str = ACCOUNT, **tags: str) -> dict:
    return {"LFTagPolicy": {"CatalogId": catalog, "ResourceType": on, "Expression": [
        {"TagKey": key, "TagValues": [value]} for key, value in tags.items()]}}


def change(resource: dict, to: str, permissions, option=(), **more) -> dict:
    """What GrantPermissions and RevokePermissions take."""
    return {"Principal": who(to), "Resource": resource, "Permissions": list(permissions),
            "PermissionsWithGrantOption": list(option)} | more


def grant(lf, resource: dict, to: str, permissions, option=(), **more) -> None:
    lf.grant_permissions(**change(resource, to, permissions, option, **more))


def revoke(lf, resource: dict, to: str, permissions, option=(), **more) -> None:
    lf.revoke_permissions(**change(resource, to, permissions, option, **more))


def listed(lf, **options) -> list[dict]:
    """All pages of ListPermissions."""
    out, more = [], {}
    while True:
        answer = lf.list_permissions(**options, **more)
        out += answer["PrincipalResourcePermissions"]
        if "NextToken" not in answer:
            return out
        more = {"NextToken": answer["NextToken"]}


def rows(lf, **options) -> list[tuple]:
    """ListPermissions in short: holder, kind of resource, permissions, with which option, shares."""
    return [(one["Principal"]["DataLakePrincipalIdentifier"], next(iter(one["Resource"])), tuple(one["Permissions"]),
             tuple(one["PermissionsWithGrantOption"]),
             tuple(one.get("AdditionalDetails", {}).get("ResourceShare", []))) for one in listed(lf, **options)]
