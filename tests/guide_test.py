"""The guides' commands, run as they are written."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from company_words import SAML_ARN, SAML_ROLE, Tab
from conftest import ACCOUNT, ROOT, Server
from identity_provider.keycloak import Realm
from saml_company import unsigned

GUIDES = ROOT / "docs" / "guides"
SERVES = "PYTHONPATH=tests python3 -m identity_provider serve"


def blocks(text: str) -> list[str]:
    return re.findall(r"^```bash\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def put_to_use(commands: list[str], directory: Path, realm: str = "guide") -> str:
    """One script of all of them, that stops at the first failure, leaves its files in `directory`, and makes a realm that no
    other test knows."""
    script = "\n".join(["set -euo pipefail", *commands])
    for name in ("response.txt", "keycloak-metadata.xml", "console-policy.json"):
        script = script.replace(name, f"{directory}/{name}")
    return script.replace("/realms/weir", f"/realms/{realm}").replace('.py --keycloak', f'.py --realm {realm} --keycloak')


def shell_env(server, directory: Path) -> dict:
    """The reader's shell: the administrator's profile, and the tools by the names that the guides call them."""
    tools = directory / "tools"
    tools.mkdir()
    (tools / "python3").symlink_to(sys.executable)
    (tools / "aws").symlink_to(ROOT / ".venv-cli1" / "bin" / "aws")
    return server.cli_env | {"PATH": f"{tools}:{os.environ['PATH']}"}


@pytest.fixture()
def server(tmp_path):
    running = Server(tmp_path / "data").start()
    yield running
    assert running.stop() == 0


def test_the_saml_guide_from_an_empty_keycloak_to_a_governed_query(server, keycloak, tmp_path):
    serve, *commands = blocks((GUIDES / "saml.md").read_text())
    assert serve.strip() == SERVES, "the Keycloak of the tests stands in for the one the guide starts"
    env = shell_env(server, tmp_path) | {
        "KEYCLOAK": keycloak.address, "SSL_CERT_FILE": str(keycloak.certificate),
        "KEYCLOAK_ADMIN_PASSWORD": keycloak.process.admin_password, "no_proxy": "localhost,127.0.0.1"}
    done = subprocess.run(["bash", "-c", put_to_use(commands, tmp_path)], cwd=ROOT, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-1000:]
    assert '"Identity": "arn:aws:iam::111122223333:saml-provider/keycloak:user/bob"' in done.stdout
    assert "region,orders\nEU,1\nUS,1\n" in done.stdout
    assert "orders\n2\n" in done.stdout
    assert "ALLOW" in done.stdout.partition("orders\n2\n")[2]


def test_the_guide_to_signing_in_at_the_console(keycloak, tmp_path):
    serve, *commands = blocks((GUIDES / "console-sign-in.md").read_text())
    assert serve.strip() == SERVES
    server = Server(tmp_path / "data", f"--oidc-ca-file={keycloak.certificate}", "--oidc-private-addresses=true", console=True).start()
    env = shell_env(server, tmp_path) | {
        "KEYCLOAK": keycloak.address, "SSL_CERT_FILE": str(keycloak.certificate),
        "KEYCLOAK_ADMIN_PASSWORD": keycloak.process.admin_password, "no_proxy": "localhost,127.0.0.1"}
    script = put_to_use(commands, tmp_path, "console-guide").replace("choose-one", keycloak.users_password)
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-1000:]
    realm = Realm(keycloak, "console-guide")
    tab = Tab(server, realm, "Company")
    token = tab.tokens(tab.comes_back("ann")["code"])["IdToken"]
    made = unsigned(server, "sts").assume_role_with_web_identity(
        RoleArn=f"arn:aws:iam::{ACCOUNT}:role/company-people", RoleSessionName="ann", WebIdentityToken=token)
    server.session(made["Credentials"]).glue.get_databases()
    form = Tab(server, realm, "Company (SAML)").posts("bob")
    unsigned(server, "sts").assume_role_with_saml(
        RoleArn=SAML_ROLE, PrincipalArn=SAML_ARN, SAMLAssertion=form.fields["SAMLResponse"])
    assert server.stop() == 0


def test_the_sharing_guide_from_an_empty_server_to_another_accounts_analyst(server, tmp_path):
    commands = [one.replace("--data-dir data", f"--data-dir {server.data_dir}")
                for one in blocks((GUIDES / "sharing.md").read_text())]
    script = "\n".join(["set -euo pipefail", *commands])
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, env=shell_env(server, tmp_path), capture_output=True, text=True,
                          timeout=300)
    assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-1000:]
    before, _, after = done.stdout.partition("the first step that is missing: share")
    assert after and "no step is missing" not in before
    assert "no step is missing" in after.partition("id,region")[0]
    assert "id,region\n1,EU\n3,EU\n" in after
