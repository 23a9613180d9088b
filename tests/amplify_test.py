"""Amplify v6, unchanged, pointed at this server: userPoolEndpoint and identityPoolEndpoint are all it is told."""

import json
import subprocess

from conftest import ACCOUNT, ROOT
from people_words import PASSWORD, PeopleClients, make_pool, role_for, trust_identities


def test_an_unmodified_client_signs_in_and_gets_credentials(server):
    admin = PeopleClients(server.endpoint, *server.keys(), None)
    pool = make_pool(server, admin, "amplify")
    pool.person("ann", password=None)
    identities = admin.cognito_identity.create_identity_pool(
        IdentityPoolName="amplify", AllowUnauthenticatedIdentities=False,
        CognitoIdentityProviders=[{"ProviderName": pool.provider, "ClientId": pool.client}])["IdentityPoolId"]
    role = role_for(admin, "amplify-people", trust_identities(identities))
    admin.cognito_identity.set_identity_pool_roles(IdentityPoolId=identities, Roles={"authenticated": role})
    wanted = {"username": "ann", "temporary": "Temp0rary!", "password": PASSWORD,
              "config": {"userPoolId": pool.id, "userPoolClientId": pool.client, "identityPoolId": identities,
                         "userPoolEndpoint": server.endpoint, "identityPoolEndpoint": server.endpoint,
                         "loginWith": {"username": True}}}
    done = subprocess.run(["node", ROOT / "tests/amplify_sign_in.mjs", json.dumps(wanted)],
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert said[:3] == ["NotAuthorizedException: Incorrect username or password.",
                        "CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED", "DONE"]
    assert said[3]["username"] == "ann" and said[3]["identity"].startswith("us-east-1:")
    keys = said[3]["credentials"]
    clients = PeopleClients(server.endpoint, keys["accessKeyId"], keys["secretAccessKey"], keys["sessionToken"])
    assert clients.sts.get_caller_identity()["Arn"].startswith(f"arn:aws:sts::{ACCOUNT}:assumed-role/amplify-people/")
    assert said[4] is True, "tokens are renewed"
    assert said[5]["email"] == "ann@example.org"
    assert "UserUnAuthenticatedException" in said[6]
    assert pool.sign_in("ann", PASSWORD + "2")["IdToken"]
