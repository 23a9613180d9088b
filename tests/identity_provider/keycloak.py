"""Keycloak as a company has it: realms with people and groups that sign in at Weir by SAML and OpenID Connect.

A realm is made the way the guide tells a newcomer to, by docs/guides/keycloak/configure.py; after that everything goes
through the doors that Keycloak has for everybody: its pages, its token endpoint, its administration API.
"""

import base64
import json
import os
import secrets
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import zlib
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from .browser import Browser, Page
from .server import ROOT, Process
from .sign_in import signed_in, token_request

CONFIGURE = ROOT / "docs" / "guides" / "keycloak" / "configure.py"
AWS_AUDIENCE = "urn:amazon:webservices"
AWS_RECIPIENT = "https://signin.aws.amazon.com/saml"
KEY_PROVIDER = "org.keycloak.keys.KeyProvider"


@dataclass(frozen=True)
class SamlClient:
    """The service provider as Keycloak knows it: whom responses are for, and how they are protected."""

    audience: str = AWS_AUDIENCE
    recipient: str = AWS_RECIPIENT
    signs_assertion: bool = True
    signs_response: bool = False
    algorithm: str = "RSA_SHA256"
    encrypt_for: str = ""  # a certificate in PEM; empty for an assertion in clear
    cipher: str = "http://www.w3.org/2009/xmlenc11#aes256-gcm"
    key_transport: str = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"
    seconds: int = 300  # an assertion is good for so long, as in the guide

    def apply_to(self, client: dict) -> None:
        """Writes itself into Keycloak's representation of a client."""
        said = client["attributes"]
        client |= {"clientId": self.audience, "redirectUris": [self.recipient]}
        said |= {"saml_assertion_consumer_url_post": self.recipient, "saml.signature.algorithm": self.algorithm,
                 "saml.assertion.signature": str(self.signs_assertion).lower(),
                 "saml.server.signature": str(self.signs_response).lower(),
                 "saml.assertion.lifespan": str(self.seconds), "saml.encrypt": str(bool(self.encrypt_for)).lower()}
        if self.encrypt_for:
            bare = "".join(line for line in self.encrypt_for.splitlines() if "CERTIFICATE" not in line)
            said |= {"saml.encryption.certificate": bare, "saml.encryption.algorithm": self.cipher,
                     "saml.encryption.keyAlgorithm": self.key_transport,
                     "saml.encryption.digestMethod": "http://www.w3.org/2000/09/xmldsig#sha1"}


@dataclass(frozen=True)
class Tokens:
    id_token: str
    access_token: str


class Keycloak:
    """A running server, and the realms that were asked for so far."""

    def __init__(self, process: Process):
        self.process = process
        self.certificate = process.certificate  # what a client of `address` must trust
        self.address = process.address
        self.users_password = secrets.token_urlsafe(9)  # of ann, bob and eve, in every realm
        self._realms: dict[str, Realm] = {}
        self._token, self._token_until = "", 0.0

    def realm(self, name: str = "weir", account: str = "111122223333", provider: str = "keycloak",
              role: str = "saml-readers") -> "Realm":
        """Made at the first time of asking. Each has keys of its own, so each is another identity provider."""
        if name not in self._realms:
            self._configure("--realm", name, "--account", account, "--provider", provider, "--role", role)
            self._realms[name] = Realm(self, name)
        return self._realms[name]

    def browser(self) -> Browser:
        return Browser(self.certificate)

    def administer(self, method: str, path: str, body: Any = None) -> Any:
        """One call of the administration API, below /admin/realms."""
        request = urllib.request.Request(f"{self.address}/admin/realms{path}", method=method, headers={
            "Authorization": f"Bearer {self._admin_token()}", "Content-Type": "application/json"},
            data=None if body is None else json.dumps(body).encode())
        page = self.browser().open(request)
        assert page.status < 300, f"{method} {path}: {page.status} {page.text}"
        return json.loads(page.text) if page.text else None

    def _configure(self, *options: str) -> None:
        subprocess.run([sys.executable, CONFIGURE, "--keycloak", self.address, *options], check=True,
                       stdout=subprocess.DEVNULL, env=os.environ | {
                           "KEYCLOAK_ADMIN_PASSWORD": self.process.admin_password, "USERS_PASSWORD": self.users_password,
                           "SSL_CERT_FILE": str(self.certificate), "no_proxy": "localhost,127.0.0.1"})

    def _admin_token(self) -> str:
        if time.monotonic() > self._token_until:
            answer = token_request(self.browser(), f"{self.address}/realms/master", client_id="admin-cli",
                                   username="admin", password=self.process.admin_password)
            self._token = answer["access_token"]
            self._token_until = time.monotonic() + answer["expires_in"] / 2
        return self._token


class Realm:
    """One identity provider: an issuer, its keys, its people (ann: analysts, stewards; bob: analysts; eve: guests)."""

    def __init__(self, keycloak: Keycloak, name: str):
        self.keycloak = keycloak
        self.name = name
        self.issuer = f"{keycloak.address}/realms/{name}"  # SAML's entity id and OpenID Connect's issuer alike
        self.discovery_url = f"{self.issuer}/.well-known/openid-configuration"
        self.jwks_url = f"{self.issuer}/protocol/openid-connect/certs"
        self._saml_client = self._clients(AWS_AUDIENCE)[0]
        self._served = SamlClient()
        self._audiences: set[tuple[str, str]] = set()

    def metadata_xml(self) -> str:
        """What an administrator uploads at CreateSAMLProvider."""
        return self._page(f"{self.issuer}/protocol/saml/descriptor").text

    def jwks(self) -> dict:
        return json.loads(self._page(self.jwks_url).text)

    def discovery(self) -> dict:
        return json.loads(self._page(self.discovery_url).text)

    def saml_response(self, user: str, password: str | None = None, client: SamlClient = SamlClient(),
                      request_id: str | None = None) -> str:
        """Signs in on Keycloak's pages; the base64 that the last page would post to the recipient. Begins at the
        provider, or with `request_id` at the service: with an AuthnRequest of that ID."""
        self._serve(client)
        start = f"{self.issuer}/protocol/saml/clients/aws"
        if request_id is not None:
            start = f"{self.issuer}/protocol/saml?" + urllib.parse.urlencode(
                {"SAMLRequest": self._authn_request(client, request_id)})
        form = signed_in(self.keycloak.browser(), start, user, self._password(password))
        assert form.action == client.recipient, f"the response would go to {form.action}"
        return form.fields["SAMLResponse"]

    def oidc_token(self, user: str, password: str | None = None, client: str = "weir",
                   audience: str | None = None) -> Tokens:
        """From the token endpoint; `audience` joins the client's own in both tokens, now and from then on."""
        if audience is not None:
            self._add_audience(client, audience)
        answer = token_request(self.keycloak.browser(), self.issuer, client_id=client, username=user,
                               password=self._password(password), scope="openid")
        return Tokens(answer["id_token"], answer["access_token"])

    def rotate_keys(self) -> None:
        """A new key signs, for SAML and OpenID Connect; the old ones stay published."""
        self._administer("POST", "/components", {
            "name": f"key-{secrets.token_hex(4)}", "providerId": "rsa-generated", "providerType": KEY_PROVIDER,
            "config": {"priority": [str(self._highest_priority() + 1)], "algorithm": ["RS256"], "keySize": ["2048"]}})

    def retire_old_keys(self) -> None:
        """Only the key that signs stays published."""
        newest = self._highest_priority()
        for component in self._signing_keys():
            if _priority(component) < newest:
                self._administer("DELETE", f"/components/{component['id']}")

    def add_user(self, name: str, groups: list[str], department: str = "none") -> None:
        """With the password that all users have; the groups exist."""
        self._administer("POST", "/users", {
            "username": name, "enabled": True, "email": f"{name}@example.com", "emailVerified": True,
            "firstName": name, "lastName": name, "groups": [f"/{group}" for group in groups],
            "attributes": {"department": [department]},
            "credentials": [{"type": "password", "value": self.keycloak.users_password}]})

    def _password(self, given: str | None) -> str:
        return self.keycloak.users_password if given is None else given

    def _page(self, url: str) -> Page:
        page = self.keycloak.browser().open(url)
        assert page.status == 200, f"{url}: {page.status} {page.text}"
        return page

    def _administer(self, method: str, path: str, body: Any = None) -> Any:
        return self.keycloak.administer(method, f"/{self.name}{path}", body)

    def _clients(self, client_id: str) -> list[dict]:
        return self._administer("GET", "/clients?" + urllib.parse.urlencode({"clientId": client_id}))

    def _serve(self, client: SamlClient) -> None:
        """The realm has one SAML client; it becomes the one that is wanted."""
        if client != self._served:
            client.apply_to(self._saml_client)
            self._administer("PUT", f"/clients/{self._saml_client['id']}", self._saml_client)
            self._served = client

    def _add_audience(self, client: str, audience: str) -> None:
        if (client, audience) in self._audiences:
            return
        self._administer("POST", f"/clients/{self._clients(client)[0]['id']}/protocol-mappers/models", {
            "name": f"audience {audience}", "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper",
            "config": {"included.custom.audience": audience, "id.token.claim": "true", "access.token.claim": "true"}})
        self._audiences.add((client, audience))

    def _signing_keys(self) -> list[dict]:
        found = self._administer("GET", "/components?" + urllib.parse.urlencode({"type": KEY_PROVIDER}))
        return [component for component in found if component["providerId"] == "rsa-generated"]

    def _highest_priority(self) -> int:
        return max(map(_priority, self._signing_keys()))

    def _authn_request(self, client: SamlClient, request_id: str) -> str:
        now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        request = (f'<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="{request_id}" '
                   f'Version="2.0" IssueInstant="{now}" Destination="{self.issuer}/protocol/saml" '
                   f'AssertionConsumerServiceURL="{client.recipient}" '
                   f'ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST">'
                   f'<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">{client.audience}</saml:Issuer>'
                   f'</samlp:AuthnRequest>')
        return base64.b64encode(zlib.compress(request.encode(), wbits=-15)).decode()  # raw deflate, as the binding has it


def _priority(component: dict) -> int:
    return int(component["config"].get("priority", ["0"])[0])
