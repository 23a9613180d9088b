"""`weir admin rotate-keys`: everybody who could sign in still can, and the old storage key opens nothing."""

import json
import subprocess

import pytest

from conftest import WEIR, Server
from iam_words import fresh
from saml_company import Company, unsigned
from saml_idp import Key, encode, encrypt, signed_response
from weir_words import weir_client


def rotate(data_dir) -> subprocess.CompletedProcess:
    return subprocess.run([WEIR, "admin", "rotate-keys", "--data-dir", data_dir], capture_output=True, text=True)


def ring(server) -> list[dict]:
    return json.loads((server.data_dir / "keys" / "keys").read_text())["Keys"]


def states(server, use: str) -> list[str]:
    return [key["State"] for key in ring(server) if key["Use"] == use]


@pytest.fixture
def own(tmp_path):
    server = Server(tmp_path / "data").start()
    yield server
    if server.process.poll() is None:
        assert server.stop() == 0


def test_nobody_notices_that_the_keys_changed(own):
    admin, signing, sealing = own.session(), Key(), Key()
    company = Company.known_to(own, admin, signing, condition={})
    admin.iam.update_saml_provider(SAMLProviderArn=company.provider, AddPrivateKey=sealing.pem, AssertionEncryptionMode="Required")
    user = fresh("ana")
    admin.iam.create_user(UserName=user)
    key = admin.iam.create_access_key(UserName=user)["AccessKey"]
    session = own.session(admin.sts.get_session_token()["Credentials"])
    weir_client(admin).register_function(Name=fresh("f"), Url="https://hooks.example.com/f")  # its secret is sealed, too
    before = {key["Use"]: key["Id"] for key in ring(own)}

    refused = rotate(own.data_dir)
    assert refused.returncode != 0 and "in use" in refused.stderr, "a running server knows the old keys only"
    assert {key["Use"]: key["Id"] for key in ring(own)} == before
    own.stop()
    done = rotate(own.data_dir)
    assert done.returncode == 0, done.stderr
    assert states(own, "session") == ["verify-only", "active"] and states(own, "storage")[-1] == "active"
    for _ in range(2):  # what the first start seals anew by itself lets the second retire the key
        own.start()
        own.stop()
    assert states(own, "storage") == ["retired", "active"]
    assert not next(key for key in ring(own) if key["Id"] == before["storage"])["Key"]
    own.start()

    ana = own.session({"AccessKeyId": key["AccessKeyId"], "SecretAccessKey": key["SecretAccessKey"]})
    assert ana.sts.get_caller_identity()["Arn"].endswith("/" + user)
    assert own.session().sts.get_caller_identity()["Arn"].endswith("administrator")
    moved = type(session)(own.endpoint, *session.credentials.values())
    assert moved.sts.get_caller_identity()["Arn"].endswith("administrator"), "the session of the old key holds until its end"
    company = Company(own, own.session(), signing, company.provider, company.role)
    answer = encode(encrypt(signed_response(signing, company.knobs("ann@example.com")), sealing))
    assert unsigned(own, "sts").assume_role_with_saml(**company.ask(answer))["Subject"] == "ann@example.com"


def test_a_rotation_that_was_cut_short_is_finished_by_the_next_start(own):
    """What a run leaves that ends between writing the ring and sealing: old keys verify-only, secrets sealed with them."""
    import base64
    import os
    own.stop()
    file = own.data_dir / "keys" / "keys"
    text = json.loads(file.read_text())
    old = next(key for key in text["Keys"] if key["Use"] == "storage")
    new = old | {"Id": "0badcafe", "Key": base64.b64encode(os.urandom(32)).decode()}
    old["State"] = "verify-only"
    file.write_text(json.dumps(text | {"Keys": [*text["Keys"], new]}))
    own.start()
    assert own.session().sts.get_caller_identity()["Arn"].endswith("administrator")
    own.stop()
    own.start()
    assert states(own, "storage") == ["retired", "active"]


def test_keys_of_the_environment_are_their_keepers_to_rotate(own):
    own.stop()
    text = (own.data_dir / "keys" / "keys").read_text()
    done = subprocess.run([WEIR, "admin", "rotate-keys", "--data-dir", own.data_dir], capture_output=True, text=True,
                          env={"WEIR_KEYS": text, "PATH": "/usr/bin:/bin"})
    assert done.returncode != 0 and "WEIR_KEYS" in done.stderr and (own.data_dir / "keys" / "keys").read_text() == text
