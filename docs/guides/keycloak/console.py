#!/usr/bin/env python3
"""Tells a realm that configure.py made about Weir's console: a client for OpenID Connect, and one for SAML.

The password comes from the environment: KEYCLOAK_ADMIN_PASSWORD. SSL_CERT_FILE names the certificate to trust when
Keycloak has one of its own.
"""

import argparse
import json
from typing import Any

from configure import admin_token, post

AWS = "urn:amazon:webservices"


class Realm:
    def __init__(self, keycloak: str, name: str, token: str):
        self.address, self.token = f"{keycloak}/admin/realms/{name}", token

    def ask(self, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        return json.loads(post(self.address + path, data, "application/json", self.token) or "null")

    def client(self, client_id: str) -> dict:
        return next(client for client in self.ask("/clients") if client["clientId"] == client_id)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keycloak", default="http://localhost:8080", help="its address")
    parser.add_argument("--admin", default="admin", help="the name of its administrator")
    parser.add_argument("--realm", default="weir")
    parser.add_argument("--weir", default="http://127.0.0.1:8080", help="the address that people reach Weir at")
    parser.add_argument("--account", default="111122223333", help="whose console it is")
    parser.add_argument("--client", default="weir-console", help="the id of the client for OpenID Connect")
    parser.add_argument("--secret", default="", help="of that client; without one it is public")
    parser.add_argument("--only", choices=["oidc", "saml"], help="one of the two")
    return parser.parse_args()


def oidc_client(options: argparse.Namespace) -> dict:
    """Code and PKCE, and one address to come back to."""
    return {"clientId": options.client, "name": "Weir's console (OpenID Connect)", "protocol": "openid-connect",
            "publicClient": not options.secret, "secret": options.secret or None, "fullScopeAllowed": False,
            "standardFlowEnabled": True, "directAccessGrantsEnabled": False,
            "redirectUris": [f"{options.weir}/-/console/signed-in"],
            "attributes": {"pkce.code.challenge.method": "S256"}}


def saml_client(options: argparse.Namespace, aws: dict) -> dict:
    """What the realm's client for AWS says, said to the console. Its entity id is the address of its metadata."""
    consumer = f"{options.weir}/-/console/saml"
    mappers = [{name: value for name, value in mapper.items() if name != "id"} for mapper in aws["protocolMappers"]]
    kept = {name: value for name, value in aws.items() if name not in ("id", "access")}
    return kept | {
        "clientId": f"{consumer}/metadata?account={options.account}", "name": "Weir's console (SAML)",
        "baseUrl": aws["baseUrl"].removesuffix("/aws") + "/weir-console", "redirectUris": [consumer],
        "protocolMappers": mappers, "attributes": aws["attributes"] | {
            "saml_assertion_consumer_url_post": consumer, "saml_idp_initiated_sso_url_name": "weir-console"}}


def main() -> None:
    options = parse()
    realm = Realm(options.keycloak, options.realm, admin_token(options.keycloak, options.admin))
    if options.only != "saml":
        realm.ask("/clients", oidc_client(options))
    if options.only == "oidc":
        return
    aws = realm.client(AWS)
    wanted = saml_client(options, aws)
    realm.ask("/clients", wanted)
    # Its assertions name the same roles.
    made = realm.client(wanted["clientId"])
    realm.ask(f"/clients/{made['id']}/scope-mappings/clients/{aws['id']}", realm.ask(f"/clients/{aws['id']}/roles"))


if __name__ == "__main__":
    main()
