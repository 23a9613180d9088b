"""The third-party path of Lake Formation with boto3: every check on it, allowed and refused."""

import json

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from conftest import ACCOUNT, REGION
from lake import EXTERNAL_ID, Lake, SESSION_TAG, table_arn

COLUMNS = [("id", "bigint"), ("region", "string"), ("amount", "double")]
ROWS = [(1, "EU", 10.0), (2, "US", 20.0), (3, "EU", 30.0)]
ALL_TYPES = ["COLUMN_PERMISSION", "CELL_FILTER_PERMISSION"]


@pytest.fixture(scope="module")
def lake(server, admin):
    lake = Lake(server, admin, "third-party").build()
    lake.table("orders", COLUMNS, ROWS)
    return lake


def code_of(call, **arguments) -> str:
    with pytest.raises(ClientError) as error:
        call(**arguments)
    return error.value.response["Error"]["Code"]


def metadata(lake, clients, types=ALL_TYPES, table="orders"):
    return clients.glue.get_unfiltered_table_metadata(
        CatalogId=ACCOUNT, DatabaseName=lake.database, Name=table, SupportedPermissionTypes=types)


def vend(lake, clients, types=ALL_TYPES, **options):
    return clients.lakeformation.get_temporary_glue_table_credentials(
        TableArn=table_arn(lake.database, "orders"), SupportedPermissionTypes=types, Permissions=["SELECT"], **options)


def test_full_access_reads_the_objects_and_nothing_beside_them(lake):
    full = lake.role("full")
    lake.grant(full, ["SELECT"], lake.whole("orders"))
    clients = lake.assume(full)
    answer = metadata(lake, clients)
    assert answer["AuthorizedColumns"] == ["id", "region", "amount"]
    assert answer["IsRegisteredWithLakeFormation"] is True
    assert not answer.get("CellFilters") and "RowFilter" not in answer
    vended = lake.server.session(vend(lake, clients))
    listed = vended.s3.list_objects_v2(Bucket=lake.bucket, Prefix="orders/")["Contents"]
    assert [o["Key"] for o in listed] == ["orders/part-0.parquet"]
    whole = vended.s3.get_object(Bucket=lake.bucket, Key="orders/part-0.parquet")["Body"].read()
    part = vended.s3.get_object(Bucket=lake.bucket, Key="orders/part-0.parquet", Range="bytes=0-3")["Body"].read()
    assert part == whole[:4] == b"PAR1"

    lake.admin.s3.put_object(Bucket=lake.bucket, Key="orders2/secret", Body=b"x")
    for attempt in (
        lambda: vended.s3.get_object(Bucket=lake.bucket, Key="orders2/secret"),
        lambda: vended.s3.get_object(Bucket=lake.bucket, Key="orders/../orders2/secret"),
        lambda: vended.s3.list_objects_v2(Bucket=lake.bucket),
        lambda: vended.s3.list_objects_v2(Bucket=lake.bucket, Prefix="orders"),
        lambda: vended.s3.put_object(Bucket=lake.bucket, Key="orders/new", Body=b"x"),
        lambda: vended.s3.delete_object(Bucket=lake.bucket, Key="orders/part-0.parquet"),
        lambda: vended.s3.list_buckets(),
        lambda: vended.glue.get_table(DatabaseName=lake.database, Name="orders"),
        lambda: vended.sts.assume_role(RoleArn=full, RoleSessionName="again", ExternalId=EXTERNAL_ID),
    ):
        assert code_of(attempt) in ("AccessDenied", "AccessDeniedException")


def test_column_grant_shows_only_those_columns(lake):
    some = lake.role("columns")
    lake.grant(some, ["SELECT"], lake.columns("orders", "id", "region"))
    clients = lake.assume(some)
    assert metadata(lake, clients)["AuthorizedColumns"] == ["id", "region"]
    table = clients.glue.get_table(DatabaseName=lake.database, Name="orders")["Table"]
    assert [c["Name"] for c in table["StorageDescriptor"]["Columns"]] == ["id", "region"]


def test_row_filter_needs_an_engine_that_filters_cells(lake):
    rows = lake.role("rows")
    lake.grant(rows, ["SELECT"], lake.filter("orders", "eu", "region = 'EU'"))
    clients = lake.assume(rows)
    answer = metadata(lake, clients)
    assert answer["AuthorizedColumns"] == ["id", "region", "amount"]
    assert answer["RowFilter"] == "\"region\" = 'EU'"
    assert {f["ColumnName"] for f in answer["CellFilters"]} == {"id", "region", "amount"}
    assert code_of(metadata, lake=lake, clients=clients, types=["COLUMN_PERMISSION"]) == "PermissionTypeMismatchException"
    assert code_of(vend, lake=lake, clients=clients, types=["COLUMN_PERMISSION"]) == "PermissionTypeMismatchException"
    assert vend(lake, clients)["SessionToken"]


def test_describe_alone_shows_metadata_but_vends_nothing(lake):
    describer = lake.role("describer")
    lake.grant(describer, ["DESCRIBE"], lake.whole("orders"))
    clients = lake.assume(describer)
    assert metadata(lake, clients)["AuthorizedColumns"] == []
    assert code_of(vend, lake=lake, clients=clients) == "AccessDeniedException"


def test_no_grant_is_refused_and_explained_by_decision_id(lake):
    nobody = lake.assume(lake.role("nobody"))
    with pytest.raises(ClientError) as error:
        vend(lake, nobody)
    assert error.value.response["Error"]["Code"] == "AccessDeniedException"
    assert "Insufficient Lake Formation permission(s)" in error.value.response["Error"]["Message"]
    assert code_of(metadata, lake=lake, clients=nobody) == "AccessDeniedException"


def test_revoked_grant_is_refused_at_once(lake):
    fleeting = lake.role("fleeting")
    lake.grant(fleeting, ["SELECT"], lake.whole("orders"))
    clients = lake.assume(fleeting)
    assert vend(lake, clients)["AccessKeyId"].startswith("ASIA")
    lake.revoke(fleeting, ["SELECT"], lake.whole("orders"))
    assert code_of(vend, lake=lake, clients=clients) == "AccessDeniedException"


@pytest.mark.parametrize("tag", [None, "other"])
def test_session_tag_decides_who_is_an_engine(lake, tag):
    arn = lake.role(f"tag-{tag}")
    lake.grant(arn, ["SELECT"], lake.whole("orders"))
    if tag is not None:  # the trust policy already refuses a foreign value
        assert code_of(lake.assume, arn=arn, tag=tag) == "AccessDenied"
        return
    clients = lake.assume(arn, tag=None)
    assert code_of(vend, lake=lake, clients=clients) == "AccessDeniedException"
    assert code_of(metadata, lake=lake, clients=clients) == "AccessDeniedException"


def test_wrong_external_id_is_refused(lake):
    arn = lake.role("external")
    assert code_of(lake.admin.sts.assume_role, RoleArn=arn, RoleSessionName="engine", ExternalId="wrong") == "AccessDenied"
    assert code_of(lake.admin.sts.assume_role, RoleArn=arn, RoleSessionName="engine") == "AccessDenied"


def test_an_extra_session_tag_is_allowed_as_the_policy_does_not_limit_keys(lake):
    arn = lake.role("extra")
    answer = lake.admin.sts.assume_role(RoleArn=arn, RoleSessionName="engine", ExternalId=EXTERNAL_ID, Tags=[
        {"Key": "LakeFormationAuthorizedCaller", "Value": SESSION_TAG}, {"Key": "Evil", "Value": "1"}])
    assert answer["AssumedRoleUser"]["Arn"].endswith("/engine")


def test_account_outside_the_allow_list_is_refused(lake):
    arn = lake.role("outsider")
    lake.grant(arn, ["SELECT"], lake.whole("orders"))
    clients = lake.assume(arn)
    lake.trust_engines(ExternalDataFilteringAllowList=[{"DataLakePrincipalIdentifier": "999988887777"}])
    try:
        assert code_of(vend, lake=lake, clients=clients) == "AccessDeniedException"
    finally:
        lake.trust_engines()
    assert vend(lake, clients)["SessionToken"]


def test_switch_on_with_an_empty_allow_list_is_invalid(lake):
    assert code_of(lake.trust_engines, ExternalDataFilteringAllowList=[]) == "InvalidInputException"


def test_iam_gate_stands_before_the_lake_formation_gate(lake):
    arn = lake.role("no-data-access", actions=["glue:GetTable"])
    lake.grant(arn, ["SELECT"], lake.whole("orders"))
    with pytest.raises(ClientError) as error:
        vend(lake, lake.assume(arn))
    assert "lakeformation:GetDataAccess" in error.value.response["Error"]["Message"]


def test_full_table_switch_needs_no_session_tag_but_full_access(lake):
    whole, part = lake.role("full-switch"), lake.role("part-switch")
    lake.grant(whole, ["SELECT"], lake.whole("orders"))
    lake.grant(part, ["SELECT"], lake.columns("orders", "id"))
    lake.trust_engines(AllowFullTableExternalDataAccess=True)
    try:
        assert vend(lake, lake.assume(whole, tag=None))["SessionToken"]
        assert code_of(vend, lake=lake, clients=lake.assume(part, tag=None)) == "AccessDeniedException"
    finally:
        lake.trust_engines(AllowFullTableExternalDataAccess=False)


@pytest.mark.parametrize("seconds", [899, 43201])
def test_duration_outside_the_range_is_invalid(lake, seconds):
    arn = lake.role(f"duration-{seconds}")
    lake.grant(arn, ["SELECT"], lake.whole("orders"))
    clients = lake.assume(arn)
    unchecked = boto3.client("lakeformation", endpoint_url=lake.server.endpoint, region_name=REGION,
                             aws_access_key_id=clients.credentials["AccessKeyId"],
                             aws_secret_access_key=clients.credentials["SecretAccessKey"],
                             aws_session_token=clients.credentials["SessionToken"],
                             config=Config(parameter_validation=False))
    assert code_of(unchecked.get_temporary_glue_table_credentials, TableArn=table_arn(lake.database, "orders"),
                   Permissions=["SELECT"], SupportedPermissionTypes=ALL_TYPES,
                   DurationSeconds=seconds) == "InvalidInputException"


def test_every_vend_and_every_denial_leaves_an_event(lake):
    arn = lake.role("audited")
    clients = lake.assume(arn)
    assert code_of(vend, lake=lake, clients=clients) == "AccessDeniedException"
    lake.grant(arn, ["SELECT"], lake.whole("orders"))
    vend(lake, clients)
    events = lake.admin.cloudtrail.lookup_events(
        LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "GetDataAccess"}])["Events"]
    mine = [json.loads(e["CloudTrailEvent"]) for e in events]
    mine = [e for e in mine if e["additionalEventData"].get("lakeFormationPrincipal") == arn]
    assert len(mine) == 2
    allowed, refused = mine  # newest first
    assert "errorCode" not in allowed and refused["errorCode"] == "AccessDenied"
    assert "SecretAccessKey" not in json.dumps(mine) and "SessionToken" not in json.dumps(mine)
