"""What the tests of IAM and STS have in common: people made for one test, and refusals read apart."""

import json
import uuid

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from conftest import ACCOUNT, REGION, Clients
from lake import allow

OTHER = "999988887777"
ADMINISTRATOR = f"arn:aws:iam::{ACCOUNT}:user/administrator"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
S3_READ_ONLY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"


def fresh(stem: str) -> str:
    return f"{stem}-{uuid.uuid4().hex[:8]}"


def statement(effect: str, actions, resource="*", condition=None) -> dict:
    out = {"Effect": effect, "Action": actions, "Resource": resource}
    return out | ({"Condition": condition} if condition else {})


def policy(*statements: dict) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def refused(call, **arguments) -> tuple[int, str, str]:
    """Status, code and message of the refusal; fails when the call succeeds."""
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    error = caught.value.response
    return error["ResponseMetadata"]["HTTPStatusCode"], error["Error"]["Code"], error["Error"]["Message"]


def code(call, **arguments) -> str:
    return refused(call, **arguments)[1]


@pytest.fixture()
def iam(admin):
    return admin.iam


@pytest.fixture()
def raw(server, admin):
    """A client that sends what it is given, without looking at the model first."""
    key = admin.credentials
    return boto3.Session(key["AccessKeyId"], key["SecretAccessKey"], region_name=REGION).client(
        "iam", endpoint_url=server.endpoint, config=Config(parameter_validation=False, retries={"max_attempts": 1}))


def make_user(admin, *statements: dict, name: str | None = None, **options) -> str:
    name = name or fresh("user")
    admin.iam.create_user(UserName=name, **options)
    if statements:
        admin.iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=policy(*statements))
    return name


def login(server, admin, name: str) -> Clients:
    key = admin.iam.create_access_key(UserName=name)["AccessKey"]
    return server.session(key)


@pytest.fixture()
def someone(server, admin):
    """someone(statement, ...) is the clients of a new user who may do that."""
    return lambda *statements, **options: login(server, admin, make_user(admin, *statements, **options))


def own_arn(clients: Clients) -> str:
    return clients.sts.get_caller_identity()["Arn"]


def trusting(*arns: str) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": list(arns)}, "Action": "sts:AssumeRole"}]})


def make_policy(iam, document: str | None = None, **options) -> str:
    return iam.create_policy(PolicyName=fresh("policy"), PolicyDocument=document or allow("s3:GetObject"), **options)["Policy"]["Arn"]
