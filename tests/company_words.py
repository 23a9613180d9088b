"""A company's Keycloak at the door of the console: its clients, and a browser's way there and back."""

import json
import os
import secrets
import subprocess
import sys
import urllib.parse
from dataclasses import dataclass, field

import boto3
from botocore import UNSIGNED
from botocore.config import Config

from conftest import ACCOUNT, REGION, ROOT, Server
from identity_provider.browser import Browser, Form, Page
from identity_provider.keycloak import Realm
from lake import allow
from saml_company import trust
from weir_words import MODELS, weir_client

CONSOLE_CLIENT = "weir-console"
SAML_ARN = f"arn:aws:iam::{ACCOUNT}:saml-provider/keycloak"
SAML_ROLE = f"arn:aws:iam::{ACCOUNT}:role/saml-readers"
CONSOLE_CLIENTS = ROOT / "docs" / "guides" / "keycloak" / "console.py"


def stranger(server: Server):
    """Our own service as somebody without keys reaches it."""
    session = boto3.Session()
    session._session.get_component("data_loader").search_paths.append(str(MODELS))
    return session.client("weir", region_name=REGION, endpoint_url=server.endpoint,
                          config=Config(signature_version=UNSIGNED, retries={"max_attempts": 1}))


def add_clients(realm: Realm, server: Server, *options: str) -> None:
    """Tells the realm about the server's console, as the guide does."""
    keycloak = realm.keycloak
    subprocess.run([sys.executable, CONSOLE_CLIENTS, "--keycloak", keycloak.address, "--realm", realm.name,
                    "--weir", server.endpoint, *options], check=True, env=os.environ | {
                        "KEYCLOAK_ADMIN_PASSWORD": keycloak.process.admin_password, "SSL_CERT_FILE": str(keycloak.certificate),
                        "no_proxy": "localhost,127.0.0.1"})


def put(admin, **wanted) -> dict:
    return weir_client(admin).put_sign_in_provider(**wanted)["Provider"]


def by_oidc(server: Server, admin, realm: Realm, name: str) -> dict:
    """The realm as a provider of the console; its people become a role that may look at databases."""
    add_clients(realm, server, "--only", "oidc")
    provider = admin.iam.create_open_id_connect_provider(
        Url=realm.issuer, ClientIDList=[CONSOLE_CLIENT, "weir"])["OpenIDConnectProviderArn"]
    issuer = realm.issuer.removeprefix("https://")
    role = admin.iam.create_role(RoleName="console-people", AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Federated": provider}, "Action": ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
             "Condition": {"StringEquals": {f"{issuer}:aud": CONSOLE_CLIENT,
                                            "sts:RoleSessionName": f"${{{issuer}:preferred_username}}"}}}]}))["Role"]["Arn"]
    admin.iam.put_role_policy(RoleName="console-people", PolicyName="p", PolicyDocument=allow(["glue:GetDatabases"]))
    return put(admin, Name=name, Kind="OIDC", ProviderArn=provider, RoleArn=role, ClientId=CONSOLE_CLIENT)


def by_saml(server: Server, admin, realm: Realm, name: str) -> dict:
    """The same by SAML, known to Lake Formation by name and groups."""
    add_clients(realm, server, "--only", "saml")
    admin.iam.create_saml_provider(Name="keycloak", SAMLMetadataDocument=realm.metadata_xml())
    admin.iam.create_role(RoleName="saml-readers", AssumeRolePolicyDocument=trust(
        SAML_ARN, condition={"StringEquals": {"saml:aud": f"{server.endpoint}/-/console/saml"}}))
    admin.iam.put_role_policy(RoleName="saml-readers", PolicyName="p", PolicyDocument=allow(
        ["glue:GetDatabases", "lakeformation:GetDataAccess", "lakeformation:GetDataLakePrincipal"]))
    return put(admin, Name=name, Kind="SAML", ProviderArn=SAML_ARN, LakeFormationPrincipals=True)


@dataclass
class Tab:
    """A tab of a browser at the console: what the page makes and keeps, and what it asks the server."""

    server: Server
    realm: Realm
    provider: str
    state: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    def begin(self, **changed) -> dict:
        asked = {"Account": ACCOUNT, "Provider": self.provider, "State": self.state, "Nonce": self.nonce,
                 "CodeVerifier": self.verifier} | changed
        return stranger(self.server).begin_sign_in(**{k: v for k, v in asked.items() if v is not None})

    def signs_in(self, location: str, user: str) -> Page:
        """On the provider's pages; the page after them, or where it sends the browser back to."""
        browser = Browser(self.realm.keycloak.certificate, stops_at=self.server.endpoint)
        asked = browser.open(location)
        form = asked.form_with("password")
        assert form, f"{asked.status} {asked.text[:2000]}"
        return browser.submit(asked, form, username=user, password=self.realm.keycloak.users_password)

    def comes_back(self, user: str) -> dict[str, str]:
        """OIDC: what stands in the address that the provider sends the browser back to."""
        page = self.signs_in(self.begin()["Location"], user)
        assert page.url.startswith(f"{self.server.endpoint}/-/console/signed-in?"), page.url
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page.url).query))

    def tokens(self, code: str | None = None, **changed) -> dict:
        asked = {"Account": ACCOUNT, "Provider": self.provider, "Nonce": self.nonce, "Code": code,
                 "CodeVerifier": self.verifier} | changed
        return stranger(self.server).get_sign_in_tokens(**{k: v for k, v in asked.items() if v is not None})

    def posts(self, user: str) -> Form:
        """SAML: the form that Keycloak's last page would send here."""
        form = self.signs_in(self.begin(Nonce=None, CodeVerifier=None)["Location"], user).form_with("SAMLResponse")
        assert form, "no assertion came of it"
        return form
