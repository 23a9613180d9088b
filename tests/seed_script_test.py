"""The published how-to of the third-party integration, as a person would run it: a shell line that assumes the
integration role with the session tag, then a script that takes catalog, database and table as its arguments."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ACCOUNT, REGION, ROOT
from lake import EXTERNAL_ID, Lake, SESSION_TAG

SCRIPT = '''
import sys
import boto3

glue = boto3.client("glue")
lakeformation = boto3.client("lakeformation")
catalog_id, database, table = sys.argv[1:4]
region = boto3.Session().region_name
for name, call in (
    ("get_table", lambda: glue.get_table(CatalogId=catalog_id, DatabaseName=database, Name=table)),
    ("metadata", lambda: glue.get_unfiltered_table_metadata(
        CatalogId=catalog_id, DatabaseName=database, Name=table, SupportedPermissionTypes=["CELL_FILTER_PERMISSION"])),
    ("credentials", lambda: lakeformation.get_temporary_glue_table_credentials(
        TableArn=f"arn:aws:glue:{region}:{catalog_id}:table/{database}/{table}",
        SupportedPermissionTypes=["CELL_FILTER_PERMISSION"], Permissions=["SELECT"])),
):
    try:
        answer = call()
        print(name, "ok", sorted(k for k in answer if k != "ResponseMetadata"))
    except Exception as error:
        print(name, "failed", error)
'''

SHELL = '''
export $(printf "AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s AWS_SESSION_TOKEN=%s" \\
$("{aws}" sts assume-role --role-arn {role} --role-session-name LF-integration-test --external-id {external_id} \\
--tags Key=LakeFormationAuthorizedCaller,Value={tag} --query "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]" \\
--endpoint-url {endpoint} --region {region} --output text))
"{python}" "{script}" {account} {database} orders
'''


@pytest.fixture(scope="module")
def lake(server, admin):
    lake = Lake(server, admin, "how-to").build()
    lake.table("orders", [("id", "bigint"), ("region", "string")], [(1, "EU"), (2, "US")])
    return lake


@pytest.mark.parametrize("aws", [ROOT / ".venv-cli1" / "bin" / "aws", Path("/usr/bin/aws")], ids=["v1", "v2"])
def test_the_shell_line_and_the_script(lake, tmp_path, aws):
    role = lake.role(f"engine-{aws.parent.parent.name.strip('.')}")
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    shell = SHELL.format(aws=aws, role=role, external_id=EXTERNAL_ID, tag=SESSION_TAG, endpoint=lake.server.endpoint,
                         region=REGION, python=sys.executable, script=script, account=ACCOUNT, database=lake.database)
    env = {**lake.server.cli_env, "AWS_ENDPOINT_URL": lake.server.endpoint, "AWS_REGION": REGION}

    def run() -> dict[str, str]:
        done = subprocess.run([shutil.which("bash"), "-c", shell], env=env, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return {line.split()[0]: line for line in done.stdout.splitlines()}

    before = run()
    assert all(" failed " in before[name] and "AccessDenied" in before[name]
               for name in ("get_table", "metadata", "credentials")), before
    lake.grant(role, ["SELECT"], lake.whole("orders"))
    after = run()
    assert " ok " in after["get_table"]
    assert "AuthorizedColumns" in after["metadata"] and "IsRegisteredWithLakeFormation" in after["metadata"]
    assert "SecretAccessKey" in after["credentials"] and "SessionToken" in after["credentials"]
