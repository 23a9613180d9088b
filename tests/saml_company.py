"""A company with a SAML provider of its own, known to one account: what tests of signing in over the wire start from."""

import json
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

import boto3
from botocore import UNSIGNED
from botocore.config import Config

from conftest import REGION, Clients, Server
from iam_words import fresh
from lake import allow
from saml_idp import AWS, LF, SIGN_IN, Key, Knobs, encode, metadata, signed_response

ACTIONS = ("sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity")


def trust(provider: str, actions=ACTIONS, condition: dict | None = None) -> str:
    condition = {"StringEquals": {"saml:aud": SIGN_IN}} if condition is None else condition
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Federated": provider}, "Action": list(actions), "Condition": condition}]})


def unsigned(server: Server, service: str):
    """A client of somebody who has no keys."""
    return boto3.client(service, region_name=REGION, endpoint_url=server.endpoint,
                        config=Config(signature_version=UNSIGNED, parameter_validation=False, retries={"max_attempts": 1}))


@dataclass
class Company:
    """Its key, its provider in IAM and one role that trusts it."""

    server: Server
    admin: Clients
    key: Key
    provider: str  # ARN
    role: str  # ARN

    @classmethod
    def known_to(cls, server: Server, admin: Clients, key: Key, allowed=("*",), **trusted) -> "Company":
        name = fresh("idp")
        provider = admin.iam.create_saml_provider(Name=name, SAMLMetadataDocument=metadata([key]))["SAMLProviderArn"]
        company = cls(server, admin, key, provider, "")
        company.role = company.another_role(allowed, **trusted)
        return company

    def another_role(self, allowed=("*",), **trusted) -> str:
        options = {name: trusted.pop(name) for name in list(trusted) if name[0].isupper()}
        role = self.admin.iam.create_role(
            RoleName=fresh("saml"), AssumeRolePolicyDocument=trust(self.provider, **trusted), **options)["Role"]
        if allowed:
            self.admin.iam.put_role_policy(RoleName=role["RoleName"], PolicyName="own", PolicyDocument=allow(list(allowed)))
        return role["Arn"]

    def user(self, name: str) -> str:
        return f"{self.provider}:user/{name}"

    def group(self, name: str) -> str:
        return f"{self.provider}:group/{name}"

    def knobs(self, user: str = "alice@example.com", groups=("analysts",), *, role: str | None = None,
              attributes: dict | None = None, **bent) -> Knobs:
        """What an honest provider would say now; `attributes` adds to it, or takes away with None."""
        now = datetime.now(timezone.utc)
        said = {AWS + "Role": [f"{role or self.role},{self.provider}"], AWS + "RoleSessionName": [user],
                LF + "Username": [user], LF + "Groups": list(groups)}
        said = {name: values for name, values in (said | (attributes or {})).items() if values is not None}
        ident = uuid.uuid4().hex
        return replace(Knobs(
            subject=user, issued=now - timedelta(seconds=5), not_before=now - timedelta(seconds=60),
            not_on_or_after=now + timedelta(minutes=5), confirmation_until=now + timedelta(minutes=5),
            session_until=now + timedelta(hours=8), attributes=said,
            response_id=f"_r{ident}", assertion_id=f"_a{ident}"), **bent)

    def response(self, *people, what: str = "assertion", key: Key | None = None, **bent) -> str:
        return encode(signed_response(key or self.key, self.knobs(*people, **bent), what=what))

    def ask(self, response: str, role: str | None = None, **more) -> dict:
        return {"RoleArn": role or self.role, "PrincipalArn": self.provider, "SAMLAssertion": response, **more}

    def sign_in(self, *people, role: str | None = None, **bent) -> Clients:
        """A plain session of the role."""
        answer = unsigned(self.server, "sts").assume_role_with_saml(
            **self.ask(self.response(*people, role=role, **bent), role))
        return self.server.session(answer["Credentials"])

    def decorated(self, *people, role: str | None = None, signer=None, **bent) -> Clients:
        """A session that Lake Formation knows as the person."""
        client = signer or unsigned(self.server, "lakeformation")
        answer = client.assume_decorated_role_with_saml(**self.ask(self.response(*people, role=role, **bent), role))
        return self.server.session(answer)


