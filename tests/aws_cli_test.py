"""The real AWS CLI, version 1 (PyPI) and version 2 (Debian), on the files the first start wrote."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import ACCOUNT, REGION, ROOT
from lake import EXTERNAL_ID, Lake, SESSION_TAG, location_policy, role_arn, table_arn, trust_engine, trust_service, allow, ENGINE_ACTIONS

CLIS = {"v1": ROOT / ".venv-cli1" / "bin" / "aws", "v2": Path(shutil.which("aws", path="/usr/bin") or "/usr/bin/aws")}


class Cli:
    """Runs `aws ...` and reads its JSON answer."""

    def __init__(self, program: Path, env: dict, *flags: str):
        self.program, self.env, self.flags = program, env, flags

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run([self.program, *arguments, *self.flags], env={**self.env, **environment}, capture_output=True,
                              text=True, timeout=60)

    def __call__(self, *arguments: str, **environment: str):
        answer = self.run(*arguments, **environment)
        assert answer.returncode == 0, answer.stderr
        return json.loads(answer.stdout) if answer.stdout.strip() else None


@pytest.fixture(scope="module", params=CLIS)
def aws(request, server):
    # Debian's version 2 is older than `endpoint_url` in the configuration: it needs the flag.
    flags = () if request.param == "v1" else ("--endpoint-url", server.endpoint)
    return Cli(CLIS[request.param], {**server.cli_env, "WEIR_CLI": request.param}, *flags)


def test_version_is_the_one_meant(aws):
    text = aws.run("--version").stdout + aws.run("--version").stderr
    assert text.startswith("aws-cli/1." if aws.env["WEIR_CLI"] == "v1" else "aws-cli/2.")


def test_get_caller_identity_needs_no_flags(aws):
    identity = aws("sts", "get-caller-identity")
    assert identity["Account"] == ACCOUNT


def test_the_third_party_path_from_a_shell(aws, server, admin, tmp_path):
    """Registration, integration settings, assume role with session tag, metadata, credentials, objects."""
    name = f"cli-{aws.env['WEIR_CLI']}"
    bucket, database, engine = f"{name}-bucket", name.replace("-", "_"), f"{name}-engine"
    caller = aws("sts", "get-caller-identity")["Arn"]
    assert aws.run("s3", "mb", f"s3://{bucket}").returncode == 0
    data = tmp_path / "part-0.csv"
    data.write_text("id,region\n1,EU\n2,US\n")
    assert aws.run("s3", "cp", str(data), f"s3://{bucket}/orders/part-0.csv").returncode == 0
    aws("iam", "create-role", "--role-name", f"{name}-location", "--assume-role-policy-document", trust_service())
    aws("iam", "put-role-policy", "--role-name", f"{name}-location", "--policy-name", "data", "--policy-document",
        location_policy(bucket))
    aws("lakeformation", "register-resource", "--resource-arn", f"arn:aws:s3:::{bucket}", "--role-arn",
        role_arn(f"{name}-location"))
    Lake(server, admin, name).trust_engines()
    aws("glue", "create-database", "--database-input", json.dumps({"Name": database}))
    aws("glue", "create-table", "--database-name", database, "--table-input", json.dumps({
        "Name": "orders", "StorageDescriptor": {
            "Columns": [{"Name": "id", "Type": "bigint"}, {"Name": "region", "Type": "string"}],
            "Location": f"s3://{bucket}/orders/"}}))
    aws("iam", "create-role", "--role-name", engine, "--assume-role-policy-document", trust_engine(caller))
    aws("iam", "put-role-policy", "--role-name", engine, "--policy-name", "engine", "--policy-document",
        allow(ENGINE_ACTIONS))
    aws("lakeformation", "grant-permissions", "--principal", f"DataLakePrincipalIdentifier={role_arn(engine)}",
        "--permissions", "SELECT", "--resource", json.dumps({"Table": {"DatabaseName": database, "Name": "orders"}}))

    keys = aws("sts", "assume-role", "--role-arn", role_arn(engine), "--role-session-name", "LF-integration-test",
               "--external-id", EXTERNAL_ID, "--tags", f"Key=LakeFormationAuthorizedCaller,Value={SESSION_TAG}",
               "--query", "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]", "--region", REGION)
    session = dict(zip(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"), keys))
    table = aws("glue", "get-table", "--catalog-id", ACCOUNT, "--database-name", database, "--name", "orders", **session)
    assert table["Table"]["Name"] == "orders"
    metadata = aws("glue", "get-unfiltered-table-metadata", "--catalog-id", ACCOUNT, "--database-name", database,
                   "--name", "orders", "--supported-permission-types", "CELL_FILTER_PERMISSION", **session)
    assert metadata["AuthorizedColumns"] == ["id", "region"] and metadata["IsRegisteredWithLakeFormation"] is True
    vended = aws("lakeformation", "get-temporary-glue-table-credentials", "--table-arn", table_arn(database, "orders"),
                 "--supported-permission-types", "CELL_FILTER_PERMISSION", "--permissions", "SELECT", **session)
    scoped = {"AWS_ACCESS_KEY_ID": vended["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": vended["SecretAccessKey"],
              "AWS_SESSION_TOKEN": vended["SessionToken"]}
    copy = tmp_path / "copy.csv"
    assert aws.run("s3", "cp", f"s3://{bucket}/orders/part-0.csv", str(copy), **scoped).returncode == 0
    assert copy.read_text() == data.read_text()
    assert aws.run("s3", "ls", f"s3://{bucket}/", **scoped).returncode != 0
    refused = aws.run("lakeformation", "list-resources", **scoped)
    assert refused.returncode != 0 and "AccessDenied" in refused.stderr
    events = aws("cloudtrail", "lookup-events", "--lookup-attributes",
                 "AttributeKey=EventName,AttributeValue=GetDataAccess", "--max-results", "1")
    assert events["Events"][0]["EventName"] == "GetDataAccess"
