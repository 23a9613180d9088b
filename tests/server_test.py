"""The process: first start, accounts, health, limits, draining, and no secret in what it writes."""

import http.client
import json
import re
import socket
import stat
import subprocess
import urllib.request
from urllib.parse import urlparse

import pytest

from conftest import ACCOUNT, Server, WEIR


@pytest.fixture()
def own(tmp_path):
    running = Server(tmp_path / "data").start()
    yield running
    if running.process.poll() is None:
        running.stop()


def address(server) -> tuple[str, int]:
    parsed = urlparse(server.endpoint)
    return parsed.hostname, parsed.port


def test_first_start_writes_profiles_only_the_owner_can_read(own):
    for name in ("config", "credentials"):
        assert stat.S_IMODE((own.data_dir / "aws" / name).stat().st_mode) == 0o600
    assert f"endpoint_url = {own.endpoint}" in (own.data_dir / "aws" / "config").read_text()
    assert own.session().sts.get_caller_identity()["Account"] == ACCOUNT


def test_second_start_keeps_the_keys_and_the_data(own):
    own.session().s3.create_bucket(Bucket="kept")
    keys = own.keys()
    assert own.stop() == 0
    own.start()
    assert own.keys() == keys
    assert [b["Name"] for b in own.session().s3.list_buckets()["Buckets"]] == ["kept"]


def test_environment_sets_the_first_keys(tmp_path):
    server = Server(tmp_path / "data", env={"WEIR_ROOT_ACCESS_KEY_ID": "AKIAEXAMPLEEXAMPLE00",
                                            "WEIR_ROOT_SECRET_ACCESS_KEY": "a-secret-of-at-least-sixteen-characters"}).start()
    try:
        assert server.keys() == ("AKIAEXAMPLEEXAMPLE00", "a-secret-of-at-least-sixteen-characters")
        assert server.session().sts.get_caller_identity()["Account"] == ACCOUNT
    finally:
        server.stop()


def test_an_account_is_added_while_the_server_runs(own):
    made = subprocess.run([WEIR, "admin", "create-account", "--data-dir", own.data_dir, "--id", "444455556666",
                           "--name", "producer"], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    assert own.session(profile="producer").sts.get_caller_identity()["Account"] == "444455556666"
    again = subprocess.run([WEIR, "admin", "create-account", "--data-dir", own.data_dir, "--id", "444455556666",
                            "--name", "producer"], capture_output=True, text=True)
    assert again.returncode != 0 and "444455556666" in again.stderr
    bad = subprocess.run([WEIR, "admin", "create-account", "--data-dir", own.data_dir, "--id", "12",
                          "--name", "x"], capture_output=True, text=True)
    assert bad.returncode != 0


def test_health_ready_and_metrics_need_no_signature(own):
    own.session().sts.get_caller_identity()
    for path in ("health", "ready"):
        with urllib.request.urlopen(f"{own.endpoint}/-/{path}") as answer:
            assert answer.status == 200
    with urllib.request.urlopen(f"{own.endpoint}/-/metrics") as answer:
        text = answer.read().decode()
    assert re.search(r'weir_requests_total\{[^}]*operation="GetCallerIdentity"[^}]*\} 1', text)


def test_help_names_every_flag_and_its_environment_variable():
    text = subprocess.run([WEIR, "serve", "--help"], capture_output=True, text=True).stdout
    for flag in ("data-dir", "listen", "account", "region", "tls-cert", "tls-key", "config"):
        assert f"--{flag}" in text and "WEIR_" + flag.upper().replace("-", "_") in text


def test_configuration_file_and_environment(tmp_path):
    config = tmp_path / "weir.toml"
    config.write_text('account = "222233334444"\nregion = "eu-west-1"\n')
    server = Server(tmp_path / "data", "--config", str(config)).start()
    try:
        assert "region = eu-west-1" in (server.data_dir / "aws" / "config").read_text()
        import boto3
        key, secret = server.keys()
        sts = boto3.client("sts", endpoint_url=server.endpoint, region_name="eu-west-1", aws_access_key_id=key,
                           aws_secret_access_key=secret)
        assert sts.get_caller_identity()["Account"] == "222233334444"
    finally:
        server.stop()


def test_a_second_server_on_the_same_data_is_refused(own):
    other = subprocess.run([WEIR, "serve", "--data-dir", own.data_dir, "--listen", "127.0.0.1:0"],
                           capture_output=True, text=True, timeout=30)
    assert other.returncode != 0 and "in use" in other.stderr


def test_tls(tmp_path):
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert], check=True,
                   capture_output=True)
    server = Server(tmp_path / "data", "--tls-cert", str(cert), "--tls-key", str(key)).start()
    try:
        assert server.endpoint.startswith("https://")
        import boto3
        access, secret = server.keys()
        sts = boto3.client("sts", endpoint_url=server.endpoint, region_name="us-east-1", aws_access_key_id=access,
                           aws_secret_access_key=secret, verify=str(cert))
        assert sts.get_caller_identity()["Account"] == ACCOUNT
        s3 = boto3.client("s3", endpoint_url=server.endpoint, region_name="us-east-1", aws_access_key_id=access,
                          aws_secret_access_key=secret, verify=str(cert))
        s3.create_bucket(Bucket="tls-bucket")
        s3.put_object(Bucket="tls-bucket", Key="streamed", Body=b"x" * 300_000)  # an unsigned trailer over TLS
        assert s3.get_object(Bucket="tls-bucket", Key="streamed")["Body"].read() == b"x" * 300_000
    finally:
        assert server.stop() == 0


def raw(server, request: bytes) -> bytes:
    """Sends bytes as they are; reads until the server closes or answers whole."""
    with socket.create_connection(address(server), timeout=20) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        while piece := connection.recv(65536):
            received += piece
        return received


@pytest.mark.parametrize("request_bytes", [
    b"NOT HTTP\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n",
])
def test_hostile_requests_get_an_error_and_the_server_lives(server, request_bytes):
    answer = raw(server, request_bytes)
    assert answer == b"" or re.match(rb"HTTP/1\.1 (4\d\d|5\d\d) ", answer)
    assert raw(server, b"GET /-/health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 200")


def test_no_secret_in_log_or_audit(own):
    admin = own.session()
    admin.iam.create_user(UserName="someone")
    secret = admin.iam.create_access_key(UserName="someone")["AccessKey"]["SecretAccessKey"]
    token = admin.sts.get_session_token()["Credentials"]["SessionToken"]
    own.stop()
    written = b"".join(p.read_bytes() for p in own.data_dir.rglob("*") if p.is_file() and "aws" not in p.parts)
    written += (own.data_dir.parent / f"{own.data_dir.name}.log").read_bytes()
    for value in (secret, token, own.keys()[1]):
        assert value.encode() not in written


def test_sigterm_finishes_what_is_running(own):
    host, port = address(own)
    connection = http.client.HTTPConnection(host, port, timeout=20)
    connection.request("GET", "/-/health")
    assert connection.getresponse().read() is not None
    assert own.stop() == 0


@pytest.mark.parametrize("target,body,kind", [
    ("AWSGlue.GetTable", b"{", "SerializationException"),
    ("AWSGlue.GetTable", b'{"DatabaseName": 5, "Name": "x"}', "SerializationException"),
    ("AWSGlue.GetTable", b'{"DatabaseName": "a", "DatabaseName": "b", "Name": "x"}', "SerializationException"),
    ("AWSGlue.GetTable", b'{"DatabaseName": "\xff", "Name": "x"}', "SerializationException"),
    ("AWSGlue.GetTable", b"[" * 10_000, "SerializationException"),
    ("AWSGlue.GetTables", b'{"DatabaseName": "a", "MaxResults": 99999999999999999999}', "SerializationException"),
    ("AWSGlue.GetTables", b'{"DatabaseName": "a", "MaxResults": 101}', "InvalidInputException"),
    ("AWSGlue.GetTable", b"{}", "InvalidInputException"),
    ("AWSGlue.NoSuchOperation", b"{}", "UnknownOperationException"),
    ("AWSGlue.GetTable", b'{"DatabaseName": "a", "Name": "x", "Unknown": {"deep": [1]}}', "EntityNotFoundException"),
])
def test_malformed_bodies_are_answered_in_the_protocol(server, target, body, kind):
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials
    request = AWSRequest("POST", server.endpoint + "/", data=body, headers={
        "X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.1"})
    SigV4Auth(Credentials(*server.keys()), "glue", "us-east-1").add_auth(request)
    host, port = address(server)
    connection = http.client.HTTPConnection(host, port, timeout=20)
    connection.request("POST", "/", body, dict(request.headers))
    answer = connection.getresponse()
    error = json.loads(answer.read())
    assert answer.status == 400 and error["__type"].rsplit("#")[-1] == kind
    assert answer.headers["x-amzn-RequestId"]


def verify_audit(data_dir):
    return subprocess.run([WEIR, "audit", "verify", "--data-dir", data_dir], capture_output=True, text=True)


def journal_file(server):
    (file,) = (server.data_dir / "audit").glob("*.jsonl")
    return file


def test_the_audit_journal_verifies_beside_the_running_server_and_after_it(own):
    own.session().sts.get_caller_identity()
    assert verify_audit(own.data_dir).returncode == 0
    own.stop()
    answer = verify_audit(own.data_dir)
    assert answer.returncode == 0 and "every record is in its place" in answer.stdout


@pytest.mark.parametrize("change", ["a changed name", "a line taken away", "a line twice"])
def test_a_changed_audit_journal_does_not_verify(own, change):
    for _ in range(3):
        own.session().sts.get_caller_identity()
    own.stop()
    lines = journal_file(own).read_text().splitlines(keepends=True)
    tampered = {
        "a changed name": [line.replace("GetCallerIdentity", "GetSomethingElse") for line in lines[:-1]] + lines[-1:],
        "a line taken away": lines[:2] + lines[3:],
        "a line twice": lines[:2] + lines[1:],
    }[change]
    assert tampered != lines
    journal_file(own).write_text("".join(tampered))
    answer = verify_audit(own.data_dir)
    assert answer.returncode == 1 and "does not verify" in answer.stderr
