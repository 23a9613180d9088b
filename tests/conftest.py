"""One real server per test session, and boto3 clients that know nothing of it but an endpoint."""

import os
import re
import subprocess
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

from identity_provider.fixtures import keycloak  # noqa: F401  (a fixture, for every test)

ROOT = Path(__file__).resolve().parents[1]
WEIR = ROOT / "build" / "weir"
ACCOUNT = "111122223333"
REGION = "us-east-1"


def first_password(said: str) -> str | None:
    """The one-time password behind what a first start said: a server at no terminal names the file that has it."""
    named = re.search(r"sign in as admin with the one-time password in (\S+)", said)
    return Path(named[1]).read_text().strip() if named else None


class Server:
    """A `weir serve` process on a free port with its own data directory."""

    def __init__(self, data_dir: Path, *arguments: str, env: dict | None = None, console: bool = False):
        """`console`: with the pools, roles and the person that a first start makes; most tests count their own."""
        self.data_dir = data_dir
        self.arguments = ("--first-console", str(console).lower(), *arguments)
        self.env = env or {}
        self.process: subprocess.Popen | None = None
        self.endpoint = ""

    def start(self, port: int = 0) -> "Server":
        """Starts the process and waits for the line that names its address."""
        self.log = open(self.data_dir.parent / f"{self.data_dir.name}.log", "ab")
        self.process = subprocess.Popen(
            [WEIR, "serve", "--data-dir", self.data_dir, "--listen", f"127.0.0.1:{port}", *self.arguments],
            stdout=subprocess.PIPE, stderr=self.log, text=True, env={**os.environ, **self.env})
        line = self.process.stdout.readline()
        match = re.search(r"https?://\S+", line)
        assert match, f"the server did not start: {line!r}; see {self.log.name}"
        self.endpoint = match.group(0)
        return self

    def stop(self) -> int:
        """SIGTERM, then the exit status."""
        self.process.terminate()
        status = self.process.wait(timeout=60)
        self.log.close()
        return status

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(timeout=60)
        self.log.close()

    @property
    def cli_env(self) -> dict:
        """The environment of an AWS CLI that uses the files the first start wrote."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        return {**clean, "AWS_CONFIG_FILE": str(self.data_dir / "aws" / "config"),
                "AWS_SHARED_CREDENTIALS_FILE": str(self.data_dir / "aws" / "credentials"),
                "AWS_PAGER": "", "AWS_EC2_METADATA_DISABLED": "true"}

    def keys(self, profile: str = "default") -> tuple[str, str]:
        import configparser
        parser = configparser.ConfigParser()
        parser.read(self.data_dir / "aws" / "credentials")
        return parser[profile]["aws_access_key_id"], parser[profile]["aws_secret_access_key"]

    def session(self, credentials: dict | None = None, profile: str = "default") -> "Clients":
        """Clients for the administrator, or for `credentials` as STS returns them."""
        if credentials is None:
            key, secret = self.keys(profile)
            return Clients(self.endpoint, key, secret, None)
        return Clients(self.endpoint, credentials["AccessKeyId"], credentials["SecretAccessKey"],
                       credentials.get("SessionToken"))


def server_of_its_own(name: str, *options: str):
    """The fixtures `server` and `admin` for a module whose tests everybody else would notice, or that needs options."""
    @pytest.fixture(scope="module", name="server")
    def server(tmp_path_factory):
        running = Server(tmp_path_factory.mktemp(name) / "data", *options).start()
        yield running
        assert running.stop() == 0

    @pytest.fixture(scope="module", name="admin")
    def admin(server):
        return server.session()

    return server, admin


class Clients:
    """boto3 clients of one identity: `clients.glue`, `clients.lakeformation`, ..."""

    def __init__(self, endpoint: str, key: str, secret: str, token: str | None):
        self.credentials = {"AccessKeyId": key, "SecretAccessKey": secret, "SessionToken": token}
        self._session = boto3.Session(key, secret, token, region_name=REGION)
        self._endpoint = endpoint
        self._made: dict = {}

    def __getattr__(self, service: str):
        if service.startswith("_"):
            raise AttributeError(service)
        if service not in self._made:
            self._made[service] = self._session.client(
                service, endpoint_url=self._endpoint,
                config=Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"}))
        return self._made[service]


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("weir") / "data").start()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="session")
def admin(server) -> Clients:
    return server.session()
