"""What the tests of user pools share: a pool with its client, people in it, signing in as clients do it."""

import base64
import hashlib
import hmac
import json
import struct
import time
from dataclasses import dataclass

import boto3
import jwt
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from pycognito.aws_srp import AWSSRP

from conftest import ACCOUNT, REGION, Clients, Server
from lake import allow

PASSWORD = "Corr3ct!horse"
FLOWS = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


def anybody(server: Server, service: str = "cognito-idp"):
    """A client without credentials, as a browser has it."""
    return boto3.client(service, region_name=REGION, endpoint_url=server.endpoint,
                        config=Config(signature_version=UNSIGNED, retries={"max_attempts": 1}))


def refusal(call, *arguments, **named) -> str:
    """The code of the refusal of a call, and its message: what somebody outside can tell."""
    try:
        call(*arguments, **named)
    except ClientError as error:
        return f"{error.response['Error']['Code']}: {error.response['Error']['Message']}"
    raise AssertionError("this was allowed")


def totp(secret: str, at: float | None = None) -> str:
    """RFC 6238, by somebody else's hand."""
    step = struct.pack(">Q", int((time.time() if at is None else at) // 30))
    mac = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
    offset = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[offset:offset + 4])[0] & 0x7fffffff) % 10**6:06d}"


def claims(token: str) -> dict:
    return jwt.decode(token, options={"verify_signature": False})


@dataclass
class Pool:
    server: Server
    admin: Clients
    id: str
    client: str

    @property
    def idp(self):
        return anybody(self.server)

    @property
    def issuer(self) -> str:
        return f"{self.server.endpoint.rstrip('/')}/{self.id}"

    @property
    def provider(self) -> str:
        return self.issuer.split("://")[1]

    def person(self, name: str, password: str | None = PASSWORD, **attributes) -> str:
        """Somebody with a password of their own."""
        attributes = {"email": f"{name}@example.org", "email_verified": "True"} | attributes
        made = self.admin.cognito_idp.admin_create_user(
            UserPoolId=self.id, Username=name, MessageAction="SUPPRESS", TemporaryPassword="Temp0rary!",
            UserAttributes=[{"Name": k, "Value": v} for k, v in attributes.items()])
        if password:
            self.admin.cognito_idp.admin_set_user_password(
                UserPoolId=self.id, Username=name, Password=password, Permanent=True)
        return next(a["Value"] for a in made["User"]["Attributes"] if a["Name"] == "sub")

    def srp(self, name: str, password: str = PASSWORD, **options) -> AWSSRP:
        return AWSSRP(username=name, password=password, pool_id=self.id, client_id=self.client,
                      client=self.idp, **options)

    def sign_in(self, name: str, password: str = PASSWORD) -> dict:
        return self.srp(name, password).authenticate_user()["AuthenticationResult"]

    def by_password(self, name: str, password: str = PASSWORD) -> dict:
        return self.idp.initiate_auth(ClientId=self.client, AuthFlow="USER_PASSWORD_AUTH",
                                      AuthParameters={"USERNAME": name, "PASSWORD": password})

    def respond(self, challenge: str, session: str | None = None, **responses) -> dict:
        named = {"Session": session} if session else {}
        return self.idp.respond_to_auth_challenge(ClientId=self.client, ChallengeName=challenge,
                                                  ChallengeResponses=responses, **named)

    def keys(self) -> jwt.PyJWKClient:
        return jwt.PyJWKClient(f"{self.issuer}/.well-known/jwks.json")


class PeopleClients(Clients):
    """boto3 spells services with a -, Python its names with a _."""

    def __getattr__(self, service: str):
        return super().__getattr__(service.replace("_", "-"))


def make_pool(server: Server, admin: Clients, name: str, client_options: dict | None = None, **options) -> Pool:
    pool = admin.cognito_idp.create_user_pool(PoolName=name, **options)["UserPool"]["Id"]
    client = admin.cognito_idp.create_user_pool_client(
        UserPoolId=pool, ClientName="app", ExplicitAuthFlows=FLOWS, **(client_options or {}))["UserPoolClient"]["ClientId"]
    return Pool(server, admin, pool, client)


def trust_identities(identity_pool: str, amr: str = "authenticated") -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Federated": "cognito-identity.amazonaws.com"},
         "Action": "sts:AssumeRoleWithWebIdentity",
         "Condition": {"StringEquals": {"cognito-identity.amazonaws.com:aud": identity_pool},
                       "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": amr}}}]})


def role_for(admin: Clients, name: str, trust: str, actions=("glue:GetDatabases",)) -> str:
    admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
    admin.iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=allow(list(actions)))
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"
