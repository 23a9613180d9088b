"""`weir login`: an assertion or a token becomes a profile that AWS tools read."""

import configparser
import os
import re
import stat
import subprocess

import boto3
import pytest
from botocore.config import Config

from conftest import WEIR, Server
from iam_words import code
from saml_company import Company, trust
from saml_idp import Key

KEY = Key()


@pytest.fixture(scope="module")
def company(server, admin) -> Company:
    return Company.known_to(server, admin, KEY)


@pytest.fixture()
def login(server, tmp_path):
    """login(arguments, ...) with files of its own; `login.env` is the environment they are in."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")} | {
        "AWS_CONFIG_FILE": str(tmp_path / "aws" / "config"), "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "aws" / "credentials")}

    def run(*arguments, text: str | None = None) -> subprocess.CompletedProcess:
        return subprocess.run([WEIR, "login", "--endpoint-url", server.endpoint, *arguments], input=text, capture_output=True,
                              text=True, env=env)
    run.env, run.directory = env, tmp_path
    return run


def saml(company: Company, login, response: str, *more) -> list:
    file = login.directory / "response.txt"
    file.write_text(response + "\n")
    return ["--saml-file", file, "--role-arn", company.role, "--principal-arn", company.provider, *more]


def client(login, service: str, profile: str = "weir"):
    """What another tool makes of the files."""
    names = {"AWS_CONFIG_FILE": login.env["AWS_CONFIG_FILE"], "AWS_SHARED_CREDENTIALS_FILE": login.env["AWS_SHARED_CREDENTIALS_FILE"]}
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        return boto3.Session(profile_name=profile).client(service, config=Config(retries={"max_attempts": 1}))
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def test_an_assertion_becomes_a_profile(company, login):
    done = login(*saml(company, login, company.response("ann@example.com")))
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"profile weir until \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n", done.stdout)
    assert client(login, "sts").get_caller_identity()["Arn"].endswith("/ann@example.com")
    assert client(login, "lakeformation").get_data_lake_principal()["Identity"] == company.role
    kept = configparser.ConfigParser()
    kept.read(login.env["AWS_SHARED_CREDENTIALS_FILE"])
    assert kept["weir"]["x_security_token_expires"] in done.stdout
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        assert stat.S_IMODE(os.stat(login.env[name]).st_mode) == 0o600


def test_a_decorated_profile_is_the_person(company, login):
    done = login(*saml(company, login, company.response("ann@example.com"), "--decorated", "--save-as", "ann", "--duration-seconds", "900"))
    assert done.returncode == 0, done.stderr
    assert client(login, "lakeformation", "ann").get_data_lake_principal()["Identity"] == company.user("ann@example.com")


def test_other_profiles_stay_and_the_own_one_is_replaced(company, login):
    directory = login.directory / "aws"
    directory.mkdir()
    (directory / "credentials").write_text("[mine]\naws_access_key_id = AKIAMINE\n\n[weir]\naws_access_key_id = OLD\n# mine, too\n")
    (directory / "config").write_text("[profile mine]\nregion = eu-west-1\ns3 =\n    addressing_style = path\n")
    (directory / "credentials").chmod(0o644)
    for user in ("ann", "bob"):
        assert login(*saml(company, login, company.response(user))).returncode == 0
    text = (directory / "credentials").read_text()
    assert "AKIAMINE" in text and "OLD" not in text and text.count("[weir]") == 1
    assert stat.S_IMODE((directory / "credentials").stat().st_mode) == 0o600
    assert "addressing_style = path" in (directory / "config").read_text()
    assert client(login, "sts").get_caller_identity()["Arn"].endswith("/bob")


def test_an_assertion_may_come_through_a_pipe(company, login):
    arguments = saml(company, login, "unused")
    arguments[1] = "-"
    assert login(*arguments, text=company.response("ann")).returncode == 0


def test_what_is_refused_leaves_no_profile(company, login):
    for arguments in (saml(company, login, company.response(key=Key())), saml(company, login, "not base64!"),
                      ["--saml-file", "/nowhere", "--role-arn", company.role, "--principal-arn", company.provider],
                      ["--role-arn", company.role], ["--saml-file", "x", "--oidc-token", "y", "--role-arn", company.role],
                      ["--saml-file", "x", "--role-arn", company.role]):
        done = login(*arguments)
        assert done.returncode == 1 and done.stderr.startswith("weir: ") and not done.stdout
        assert not (login.directory / "aws").exists()


def test_a_named_profile_signs(server, admin, company, login):
    strict = Server(login.directory / "data", "--decorated-unsigned=false").start()
    owner = strict.session()
    theirs = Company.known_to(strict, owner, KEY)
    arguments = saml(theirs, login, theirs.response("ann"), "--decorated", "--endpoint-url", strict.endpoint)
    run = lambda *more, env: subprocess.run([WEIR, "login", *arguments, *more], capture_output=True, text=True, env=env)
    assert run(env=login.env).returncode == 1
    files = strict.cli_env
    signed = run("--profile", "default", "--save-as", "ann", env=files)
    assert signed.returncode == 0, signed.stderr
    assert "[default]" in (strict.data_dir / "aws" / "credentials").read_text()
    assert strict.stop() == 0


def test_a_token_becomes_a_profile(keycloak, login, tmp_path):
    realm = keycloak.realm()
    running = Server(tmp_path / "oidc", f"--oidc-ca-file={keycloak.certificate}", "--oidc-private-addresses=true").start()
    admin = running.session()
    provider = admin.iam.create_open_id_connect_provider(Url=realm.issuer, ClientIDList=["weir"])["OpenIDConnectProviderArn"]
    role = admin.iam.create_role(RoleName="web", AssumeRolePolicyDocument=trust(
        provider, ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"], {}))["Role"]["Arn"]
    file = tmp_path / "token"
    file.write_text(realm.oidc_token("ann").id_token)
    arguments = ["--oidc-token", file, "--role-arn", role, "--session-name", "ann", "--endpoint-url", running.endpoint]
    done = subprocess.run([WEIR, "login", *arguments], capture_output=True, text=True, env=login.env)
    assert done.returncode == 0, done.stderr
    assert client(login, "sts").get_caller_identity()["Arn"].endswith(":assumed-role/web/ann")
    assert code(client(login, "iam").list_users) == "AccessDenied"
    assert running.stop() == 0
