#!/usr/bin/env python3
"""Makes an empty Keycloak an identity provider for Weir, from realm.json beside this file.

The passwords come from the environment: KEYCLOAK_ADMIN_PASSWORD, and USERS_PASSWORD for ann, bob and eve.
SSL_CERT_FILE names the certificate to trust when Keycloak has one of its own.
"""

import argparse
import json
import os
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

REALM = Path(__file__).with_name("realm.json")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Makes an empty Keycloak an identity provider for Weir.")
    parser.add_argument("--keycloak", default="http://localhost:8080", help="its address")
    parser.add_argument("--admin", default="admin", help="the name of its administrator")
    parser.add_argument("--realm", default="weir")
    parser.add_argument("--account", default="111122223333", help="the account of the role and of the provider")
    parser.add_argument("--provider", default="keycloak", help="the SAML provider's name in Weir")
    parser.add_argument("--role", default="saml-readers", help="the role that analysts and stewards may take")
    return parser.parse_args()


def realm(options: argparse.Namespace, users_password: str) -> dict:
    """The file with its examples replaced."""
    text = REALM.read_text().replace("/realms/weir/", f"/realms/{options.realm}/")
    pair = "arn:aws:iam::{0}:role/{1},arn:aws:iam::{0}:saml-provider/{2}"
    text = text.replace(pair.format("111122223333", "saml-readers", "keycloak"),
                        pair.format(options.account, options.role, options.provider))
    out = json.loads(text) | {"realm": options.realm}
    for user in out["users"]:
        user["credentials"] = [{"type": "password", "value": users_password}]
    return out


def post(url: str, body: bytes | None, content_type: str, token: str = "") -> bytes:
    """Without a body it is a GET."""
    request = urllib.request.Request(url, body, {"Content-Type": content_type})
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{url}: {error.code} {error.read().decode(errors='replace')}")


def admin_token(keycloak: str, admin: str) -> str:
    form = {"grant_type": "password", "client_id": "admin-cli", "username": admin,
            "password": os.environ["KEYCLOAK_ADMIN_PASSWORD"]}
    return json.loads(post(f"{keycloak}/realms/master/protocol/openid-connect/token",
                           urllib.parse.urlencode(form).encode(), "application/x-www-form-urlencoded"))["access_token"]


def main() -> None:
    options = parse()
    token = admin_token(options.keycloak, options.admin)
    wanted = realm(options, os.environ["USERS_PASSWORD"])
    post(f"{options.keycloak}/admin/realms", json.dumps(wanted).encode(), "application/json", token)
    print(f"{options.keycloak}/realms/{options.realm}/protocol/saml/descriptor")


if __name__ == "__main__":
    main()
