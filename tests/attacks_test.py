"""Attempts to read what one may not, from every door. A test's name is the rule that stops the attempt."""

import base64
import json
import re
import subprocess
import urllib.error
import urllib.request

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from conftest import ACCOUNT, REGION, WEIR
from lake import EXTERNAL_ID, Lake, SESSION_TAG, allow, role_arn, storage, table_arn

OTHER = "606060606060"
COLUMNS = [("id", "bigint"), ("region", "string"), ("secret", "string")]
HIDDEN_VALUE = "open-sesame"
ROWS = [(1, "EU", HIDDEN_VALUE), (2, "US", HIDDEN_VALUE), (3, "EU", HIDDEN_VALUE)]
ALL_TYPES = ["COLUMN_PERMISSION", "CELL_FILTER_PERMISSION"]
DENIED = {"AccessDenied", "AccessDeniedException"}
READING = ["glue:Get*", "glue:Search*", "glue:BatchGet*", "lakeformation:GetDataAccess",
           "lakeformation:GetTemporary*", "lakeformation:ListPermissions"]


def refused(call, **arguments) -> dict:
    """The error of a call that must fail."""
    with pytest.raises(ClientError) as error:
        call(**arguments)
    return error.value.response["Error"]


def denied(call, **arguments) -> str:
    """The message of a call that must be denied."""
    error = refused(call, **arguments)
    assert error["Code"] in DENIED, error
    return error["Message"]


def plain(message: str, *names: str) -> str:
    """A message without what differs anyway: the decision id and the names asked for."""
    message = re.sub(r"\(decision [0-9a-f-]+\)", "(decision)", message)
    for name in names:
        message = message.replace(name, "NAME")
    return message


@pytest.fixture(scope="module")
def lake(server, admin):
    """orders, with a sibling whose name begins the same; `hidden` is a table nobody but the administrator sees."""
    lake = Lake(server, admin, "attacks").build()
    for name in ("orders", "orders2", "hidden"):
        lake.table(name, COLUMNS, ROWS)
    lake.admin.s3.put_object(Bucket=lake.bucket, Key="beside.txt", Body=b"beside")
    return lake


@pytest.fixture(scope="module")
def reader(lake):
    """An engine that may read id and region of the orders in the EU."""
    arn = lake.role("reader", actions=READING)
    lake.grant(arn, ["SELECT"], lake.filter("orders", "eu", "region = 'EU'", ["id", "region"]))
    return lake.assume(arn)


@pytest.fixture(scope="module")
def owner(lake):
    """An engine that may read all of orders."""
    arn = lake.role("owner", actions=READING)
    lake.grant(arn, ["SELECT"], lake.whole("orders"))
    return lake.assume(arn)


@pytest.fixture(scope="module")
def vended(lake, owner):
    return lake.server.session(vend(lake, owner))


@pytest.fixture(scope="module")
def stranger(server):
    """The administrator of another account on the same server."""
    made = subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", OTHER,
                           "--name", "attacks-other"], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return server.session(profile="attacks-other")


def vend(lake, clients, table="orders", types=ALL_TYPES, **options) -> dict:
    answer = clients.lakeformation.get_temporary_glue_table_credentials(
        TableArn=table_arn(lake.database, table), SupportedPermissionTypes=types, Permissions=["SELECT"], **options)
    return {name: answer[name] for name in ("AccessKeyId", "SecretAccessKey", "SessionToken")}


# --- the door of the files: vended credentials


@pytest.mark.parametrize("key", ["hidden/part-0.parquet", "orders2/part-0.parquet", "beside.txt",
                                 "orders/../hidden/part-0.parquet", "orders//../../hidden/part-0.parquet",
                                 "orders%2f..%2fhidden/part-0.parquet", "./hidden/part-0.parquet", "orders"])
def test_vended_credentials_read_only_below_their_prefix(lake, vended, key):
    assert denied(vended.s3.get_object, Bucket=lake.bucket, Key=key)
    assert refused(vended.s3.head_object, Bucket=lake.bucket, Key=key)["Code"] == "403"


@pytest.mark.parametrize("prefix", [None, "", "o", "orders", "orders2/", "hidden/", "/orders/", "orders%2f"])
def test_vended_credentials_list_only_below_their_prefix(lake, vended, prefix):
    options = {} if prefix is None else {"Prefix": prefix}
    assert denied(vended.s3.list_objects_v2, Bucket=lake.bucket, **options)
    assert denied(vended.s3.list_objects, Bucket=lake.bucket, **options)


def test_dots_in_a_prefix_lead_nowhere(lake, vended):
    listed = vended.s3.list_objects_v2(Bucket=lake.bucket, Prefix="orders/../")
    assert listed["KeyCount"] == 0 and "CommonPrefixes" not in listed


def test_vended_credentials_to_read_do_not_write(lake, vended):
    s3 = vended.s3
    assert denied(s3.put_object, Bucket=lake.bucket, Key="orders/new", Body=b"x")
    assert denied(s3.delete_object, Bucket=lake.bucket, Key="orders/part-0.parquet")
    assert denied(s3.create_multipart_upload, Bucket=lake.bucket, Key="orders/new")
    assert denied(s3.copy_object, Bucket=lake.bucket, Key="orders/new", CopySource=f"{lake.bucket}/orders/part-0.parquet")
    assert denied(s3.delete_bucket, Bucket=lake.bucket)
    assert denied(s3.put_bucket_policy, Bucket=lake.bucket, Policy="{}")
    answer = s3.delete_objects(Bucket=lake.bucket, Delete={"Objects": [{"Key": "orders/part-0.parquet"}]})
    assert [e["Code"] for e in answer["Errors"]] == ["AccessDenied"] and not answer.get("Deleted")


def test_copy_needs_the_right_to_read_the_source(lake, server, admin):
    bucket = "attacks-own"
    admin.s3.create_bucket(Bucket=bucket)
    admin.iam.create_user(UserName="attacks-copier")
    admin.iam.put_user_policy(UserName="attacks-copier", PolicyName="own", PolicyDocument=allow(
        ["s3:GetObject", "s3:PutObject", "s3:ListBucket"], [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]))
    copier = server.session(admin.iam.create_access_key(UserName="attacks-copier")["AccessKey"])
    source = {"Bucket": lake.bucket, "Key": "hidden/part-0.parquet"}
    assert denied(copier.s3.copy_object, Bucket=bucket, Key="stolen", CopySource=source)
    upload = copier.s3.create_multipart_upload(Bucket=bucket, Key="stolen")["UploadId"]
    assert denied(copier.s3.upload_part_copy, Bucket=bucket, Key="stolen", UploadId=upload, PartNumber=1, CopySource=source)
    assert "Contents" not in copier.s3.list_objects_v2(Bucket=bucket)


def status_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.read()
        return error.code


def test_a_presigned_url_reaches_no_further_than_its_session(lake, vended):
    keys = vended.credentials
    s3 = boto3.client("s3", endpoint_url=lake.server.endpoint, region_name=REGION, aws_access_key_id=keys["AccessKeyId"],
                      aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys["SessionToken"],
                      config=Config(signature_version="s3v4", s3={"addressing_style": "path"}))

    def url(key):
        return s3.generate_presigned_url("get_object", Params={"Bucket": lake.bucket, "Key": key})
    good = url("orders/part-0.parquet")
    assert status_of(good) == 200
    assert status_of(url("hidden/part-0.parquet")) == 403
    assert status_of(good.replace("/orders/", "/hidden/")) == 403
    assert status_of(re.sub(r"X-Amz-Expires=\d+", "X-Amz-Expires=604800", good)) == 403
    assert status_of(re.sub(r"&x-amz-security-token=[^&]+", "", good, flags=re.I)) == 403


def test_a_session_token_with_any_byte_changed_is_refused(lake, owner):
    credentials = vend(lake, owner)
    token = credentials["SessionToken"]
    for position in range(0, len(token), max(1, len(token) // 40)):
        changed = token[:position] + ("A" if token[position] != "A" else "B") + token[position + 1:]
        clients = lake.server.session(credentials | {"SessionToken": changed})
        code = refused(clients.s3.get_object, Bucket=lake.bucket, Key="orders/part-0.parquet")["Code"]
        assert code in ("InvalidToken", "InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied"), (position, code)


@pytest.mark.parametrize("change", [lambda t: "", lambda t: t[:-1], lambda t: t + "A", lambda t: t[:len(t) // 2],
                                    lambda t: base64.b64encode(b'{"role":"admin"}').decode()])
def test_a_session_token_of_another_length_is_refused(lake, owner, change):
    credentials = vend(lake, owner)
    clients = lake.server.session(credentials | {"SessionToken": change(credentials["SessionToken"]) or None})
    assert refused(clients.s3.get_object, Bucket=lake.bucket, Key="orders/part-0.parquet")["Code"] in (
        "InvalidToken", "InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied")


def test_a_session_token_belongs_to_its_access_key(lake, owner, server):
    one, two = vend(lake, owner), vend(lake, owner)
    key, secret = server.keys()
    for mixed in (one | {"SessionToken": two["SessionToken"]},
                  one | {"AccessKeyId": two["AccessKeyId"]},
                  one | {"AccessKeyId": key},
                  {"AccessKeyId": key, "SecretAccessKey": secret, "SessionToken": one["SessionToken"]}):
        code = refused(server.session(mixed).s3.get_object, Bucket=lake.bucket, Key="orders/part-0.parquet")["Code"]
        assert code in ("InvalidToken", "InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied")


def test_vended_credentials_open_no_other_door(lake, vended):
    for call, arguments in (
        (vended.glue.get_table, {"DatabaseName": lake.database, "Name": "orders"}),
        (vended.glue.get_databases, {}),
        (vended.lakeformation.get_data_lake_settings, {}),
        (vended.lakeformation.list_permissions, {}),
        (vended.cloudtrail.lookup_events, {}),
        (vended.iam.list_roles, {}),
        (vended.iam.create_user, {"UserName": "attacks-made"}),
        (vended.s3.list_buckets, {}),
    ):
        assert denied(call, **arguments)
    assert denied(vend, lake=lake, clients=vended)


@pytest.mark.parametrize("target", ["reader", "owner", "location"])
def test_a_vended_session_chains_into_no_role(lake, reader, vended, target):
    assert denied(vended.sts.assume_role, RoleArn=role_arn(f"{lake.name}-{target}"), RoleSessionName="chained",
                  ExternalId=EXTERNAL_ID)
    assert refused(vended.sts.get_session_token)["Code"] in DENIED


def test_the_registered_role_is_assumed_by_the_service_alone(lake, owner):
    for clients in (lake.admin, owner):
        assert denied(clients.sts.assume_role, RoleArn=role_arn(f"{lake.name}-location"), RoleSessionName="me")


# --- the door of the engine


def test_a_revoked_grant_ends_vending_for_sessions_made_before(lake):
    arn = lake.role("revoked", actions=READING)
    lake.grant(arn, ["SELECT"], lake.whole("orders"))
    clients = lake.assume(arn)
    vend(lake, clients)
    lake.revoke(arn, ["SELECT"], lake.whole("orders"))
    assert denied(vend, lake=lake, clients=clients)
    assert denied(clients.glue.get_table, DatabaseName=lake.database, Name="orders")


def test_a_table_made_again_under_its_name_inherits_no_grant(lake):
    arn = lake.role("again", actions=READING)
    lake.table("again", COLUMNS, ROWS)
    lake.grant(arn, ["SELECT"], lake.whole("again"))
    clients = lake.assume(arn)
    vend(lake, clients, "again")
    lake.admin.glue.delete_table(DatabaseName=lake.database, Name="again")
    lake.table("again", COLUMNS, ROWS)
    assert denied(vend, lake=lake, clients=clients, table="again")


@pytest.mark.parametrize("tags", [[], [{"Key": "LakeFormationAuthorizedCaller", "Value": "other"}],
                                  [{"Key": "lakeformationauthorizedcaller", "Value": SESSION_TAG + "x"}]])
def test_a_session_without_the_agreed_tag_value_is_no_engine(lake, tags):
    name = f"untagged-{len(tags) and tags[0]['Key'][0] + tags[0]['Value'][-1]}"
    arn = lake.role(name, actions=READING)
    lake.grant(arn, ["SELECT"], lake.whole("orders"))
    try:
        answer = lake.admin.sts.assume_role(RoleArn=arn, RoleSessionName="engine", ExternalId=EXTERNAL_ID, Tags=tags)
    except ClientError as error:
        assert error.response["Error"]["Code"] == "AccessDenied"
        return
    clients = lake.server.session(answer["Credentials"])
    assert denied(vend, lake=lake, clients=clients)
    assert denied(clients.glue.get_unfiltered_table_metadata, CatalogId=ACCOUNT, DatabaseName=lake.database,
                  Name="orders", SupportedPermissionTypes=ALL_TYPES)


def test_an_engine_without_the_tag_cannot_give_itself_one_by_chaining(lake):
    """The role trusts its own sessions, without TagSession: the tag cannot be added on the way."""
    lake.admin.iam.create_role(RoleName="attacks-chain", AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
                                                "Action": "sts:AssumeRole"}]}))
    lake.admin.iam.put_role_policy(RoleName="attacks-chain", PolicyName="engine",
                                   PolicyDocument=allow([*READING, "sts:AssumeRole"]))
    first = lake.server.session(lake.admin.sts.assume_role(
        RoleArn=role_arn("attacks-chain"), RoleSessionName="one")["Credentials"])
    assert denied(first.sts.assume_role, RoleArn=role_arn("attacks-chain"), RoleSessionName="two",
                  Tags=[{"Key": "LakeFormationAuthorizedCaller", "Value": SESSION_TAG}])


def test_an_engine_that_cannot_filter_cells_gets_no_files_with_hidden_cells(lake, reader):
    for types in (["COLUMN_PERMISSION"], ["COLUMN_PERMISSION"] * 3):
        assert refused(vend, lake=lake, clients=reader, types=types)["Code"] == "PermissionTypeMismatchException"
    assert refused(vend, lake=lake, clients=reader, types=["EVERYTHING"])["Code"] == "InvalidInputException"


@pytest.mark.parametrize("permission", ["INSERT", "DELETE", "ALL", "ALTER", "SUPER_USER"])
def test_select_vends_nothing_for_writing(lake, owner, permission):
    assert refused(owner.lakeformation.get_temporary_glue_table_credentials, TableArn=table_arn(lake.database, "orders"),
                   SupportedPermissionTypes=ALL_TYPES, Permissions=[permission])["Code"] in (
        *DENIED, "InvalidInputException")


def test_a_path_in_a_vend_only_narrows(lake, owner):
    for place in (f"s3://{lake.bucket}/", f"s3://{lake.bucket}/hidden/", f"s3://{lake.bucket}/orders2/",
                  f"s3://{lake.bucket}/orders/../hidden/", "s3://another-bucket/orders/"):
        assert refused(vend, lake=lake, clients=owner, S3Path=place)["Code"] in (*DENIED, "InvalidInputException")
    narrow = lake.server.session(vend(lake, owner, S3Path=f"s3://{lake.bucket}/orders/inner/"))
    assert denied(narrow.s3.get_object, Bucket=lake.bucket, Key="orders/part-0.parquet")


def test_a_place_does_not_tell_which_hidden_table_lies_there(lake, reader):
    def text(path):
        error = refused(reader.lakeformation.get_temporary_data_location_credentials,
                        DataLocations=[f"s3://{lake.bucket}/{path}"])
        assert error["Code"] in DENIED, error
        return plain(error["Message"], path)
    assert text("hidden") == text("hidden/inner") == text("nothing-here")
    assert f"{lake.database}.NAME" not in text("hidden")


def test_a_filter_whose_column_is_gone_shuts_the_table(lake):
    """The column is dropped where no check of ours can see it: by making the table again around the filter."""
    arn = lake.role("dropped", actions=READING)
    lake.table("dropped", COLUMNS, ROWS)
    lake.grant(arn, ["SELECT"], lake.filter("dropped", "eu", "region = 'EU'", ["id"]))
    clients = lake.assume(arn)
    vend(lake, clients, "dropped")
    narrower = {"Name": "dropped", "StorageDescriptor": storage(lake.location("dropped"), [("id", "bigint")])}
    try:
        lake.admin.glue.update_table(DatabaseName=lake.database, TableInput=narrower)
    except ClientError as error:  # refusing the change keeps the filter whole, which is as safe
        assert error.response["Error"]["Code"] == "InvalidInputException"
        return
    assert denied(vend, lake=lake, clients=clients, table="dropped")


# --- the door of the catalog


def shows_secret(answer: dict) -> bool:
    text = json.dumps({k: v for k, v in answer.items() if k != "ResponseMetadata"}, default=str)
    return "secret" in text.lower()


def test_hidden_columns_are_hidden_in_every_read_of_a_table(lake, reader):
    assert not shows_secret(reader.glue.get_table(DatabaseName=lake.database, Name="orders"))
    tables = reader.glue.get_tables(DatabaseName=lake.database)
    assert [t["Name"] for t in tables["TableList"]] == ["orders"] and not shows_secret(tables)


def test_hidden_columns_are_hidden_in_searches(lake, reader):
    for options in ({}, {"SearchText": "secret"}, {"SearchText": "hidden"},
                    {"Filters": [{"Key": "DatabaseName", "Value": lake.database}]}):
        found = reader.glue.search_tables(**options)
        assert not shows_secret(found)
        assert {t["Name"] for t in found["TableList"]} <= {"orders"}
    # a match on a hidden column's name would tell that there is one
    assert [t["Name"] for t in reader.glue.search_tables(SearchText="secret")["TableList"]] == []


def test_hidden_columns_are_hidden_in_versions(lake, reader):
    lake.admin.glue.update_table(DatabaseName=lake.database, TableInput={
        "Name": "orders", "TableType": "EXTERNAL_TABLE", "StorageDescriptor": storage(lake.location("orders"), COLUMNS)})
    versions = reader.glue.get_table_versions(DatabaseName=lake.database, TableName="orders")
    assert len(versions["TableVersions"]) >= 1 and not shows_secret(versions)
    for version in versions["TableVersions"]:
        assert not shows_secret(reader.glue.get_table_version(DatabaseName=lake.database, TableName="orders",
                                                              VersionId=version["VersionId"]))
    assert denied(reader.glue.get_table_versions, DatabaseName=lake.database, TableName="hidden")


def test_statistics_of_hidden_columns_are_not_told(lake, reader):
    lake.admin.glue.update_column_statistics_for_table(DatabaseName=lake.database, TableName="orders", ColumnStatisticsList=[{
        "ColumnName": "secret", "ColumnType": "string", "AnalyzedTime": 0, "StatisticsData": {
            "Type": "STRING", "StringColumnStatisticsData": {"MaximumLength": 4242, "AverageLength": 4242.0,
                                                             "NumberOfNulls": 0, "NumberOfDistinctValues": 4242}}}])
    try:
        answer = reader.glue.get_column_statistics_for_table(DatabaseName=lake.database, TableName="orders",
                                                             ColumnNames=["secret"])
    except ClientError as error:
        assert "4242" not in str(error)
        return
    assert answer["ColumnStatisticsList"] == [] and "4242" not in json.dumps(answer, default=str)


def test_table_parameters_do_not_tell_hidden_columns(lake):
    """Engines copy whole schemas into parameters; who sees some columns gets none of these."""
    schema = json.dumps({"fields": [{"name": "id"}, {"name": "secret"}]})
    descriptor = storage(lake.location("told"), COLUMNS)
    descriptor["SerdeInfo"]["Parameters"] = {"columns.types": "bigint,string", "columns": "id,secret"}
    descriptor["Parameters"] = {"avro.schema.literal": schema}
    descriptor["BucketColumns"] = ["secret"]
    descriptor["SortColumns"] = [{"Column": "secret", "SortOrder": 1}]
    descriptor["SkewedInfo"] = {"SkewedColumnNames": ["secret"], "SkewedColumnValues": ["x"]}
    lake.admin.glue.create_table(DatabaseName=lake.database, TableInput={
        "Name": "told", "StorageDescriptor": descriptor, "ViewOriginalText": "SELECT secret FROM t",
        "Parameters": {"spark.sql.sources.schema.part.0": schema, "comment": "harmless"}})
    arn = lake.role("told", actions=READING)
    lake.grant(arn, ["SELECT"], lake.columns("told", "id"))
    table = lake.assume(arn).glue.get_table(DatabaseName=lake.database, Name="told")
    assert not shows_secret(table)
    assert table["Table"]["Parameters"].get("comment") == "harmless"


def test_hidden_partition_columns_are_hidden_in_partitions(lake):
    descriptor = storage(lake.location("parted"), COLUMNS)
    lake.admin.glue.create_table(DatabaseName=lake.database, TableInput={
        "Name": "parted", "StorageDescriptor": descriptor, "PartitionKeys": [{"Name": "day", "Type": "string"}]})
    lake.admin.glue.create_partition(DatabaseName=lake.database, TableName="parted", PartitionInput={
        "Values": ["2026-01-01"], "StorageDescriptor": descriptor | {"Location": lake.location("parted") + "day=2026-01-01/"},
        "Parameters": {"schema.text": "secret"}})
    arn = lake.role("parted", actions=READING)
    lake.grant(arn, ["SELECT"], lake.columns("parted", "id"))
    glue = lake.assume(arn).glue
    name = {"DatabaseName": lake.database, "TableName": "parted"}
    assert not shows_secret(glue.get_partition(**name, PartitionValues=["2026-01-01"]))
    listed = glue.get_partitions(**name)
    assert len(listed["Partitions"]) == 1 and not shows_secret(listed)
    assert not shows_secret(glue.batch_get_partition(**name, PartitionsToGet=[{"Values": ["2026-01-01"]}]))


def test_hidden_names_are_left_out_of_lists_and_page_tokens(lake, reader):
    names, tokens, token = [], [], {}
    while True:
        page = reader.glue.get_tables(DatabaseName=lake.database, MaxResults=1, **token)
        names += [t["Name"] for t in page["TableList"]]
        if not page.get("NextToken"):
            break
        tokens.append(page["NextToken"])
        token = {"NextToken": page["NextToken"]}
        assert len(tokens) < 50
    assert names == ["orders"]
    for value in tokens:
        shown = value.encode()
        for _ in range(2):
            assert b"hidden" not in shown and b"orders2" not in shown
            try:
                shown = base64.b64decode(value.replace("-", "+").replace("_", "/") + "===")
            except ValueError:
                break


def test_databases_one_sees_nothing_of_are_left_out(lake, reader):
    lake.admin.glue.create_database(DatabaseInput={"Name": "attacks_unseen"})
    listed = [d["Name"] for d in reader.glue.get_databases()["DatabaseList"]]
    assert lake.database in listed and "attacks_unseen" not in listed


@pytest.fixture(scope="module")
def veiled(lake):
    """A database of which nobody but the administrator sees anything; its one table is `there`."""
    lake.admin.glue.create_database(DatabaseInput={"Name": "attacks_veil"})
    lake.admin.glue.create_table(DatabaseName="attacks_veil", TableInput={
        "Name": "there", "StorageDescriptor": storage(lake.location("there"), COLUMNS)})


@pytest.mark.parametrize("door", ["get_table", "unfiltered", "vend", "get_partitions"])
def test_absent_and_hidden_tables_of_a_hidden_database_read_alike(lake, veiled, door):
    arn = lake.role(f"prober-{door.replace('_', '-')}", actions=READING)
    clients = lake.assume(arn)

    def ask(database, table):
        if door == "get_table":
            return denied(clients.glue.get_table, DatabaseName=database, Name=table)
        if door == "get_partitions":
            return denied(clients.glue.get_partitions, DatabaseName=database, TableName=table)
        if door == "vend":
            return denied(clients.lakeformation.get_temporary_glue_table_credentials, TableArn=table_arn(database, table),
                          SupportedPermissionTypes=ALL_TYPES, Permissions=["SELECT"])
        return denied(clients.glue.get_unfiltered_table_metadata, CatalogId=ACCOUNT, DatabaseName=database, Name=table,
                      SupportedPermissionTypes=ALL_TYPES)

    there = plain(ask("attacks_veil", "there"), "attacks_veil", "there")
    assert plain(ask("attacks_veil", "gone1"), "attacks_veil", "gone1") == there
    assert plain(ask("attacks_vain", "gone1"), "attacks_vain", "gone1") == there


def test_permissions_of_others_are_not_listed(lake, reader):
    listed = reader.lakeformation.list_permissions()["PrincipalResourcePermissions"]
    me = role_arn(f"{lake.name}-reader")
    assert {e["Principal"]["DataLakePrincipalIdentifier"] for e in listed} <= {me}


# --- the door of another account


def test_a_catalog_of_another_account_is_shut(lake, stranger):
    theirs = {"CatalogId": ACCOUNT, "DatabaseName": lake.database}
    for call, arguments in (
        (stranger.glue.get_table, {**theirs, "Name": "orders"}),
        (stranger.glue.get_tables, theirs),
        (stranger.glue.get_database, {"CatalogId": ACCOUNT, "Name": lake.database}),
        (stranger.glue.get_partitions, {**theirs, "TableName": "orders"}),
        (stranger.glue.create_database, {"CatalogId": ACCOUNT, "DatabaseInput": {"Name": "planted"}}),
        (stranger.glue.create_table, {**theirs, "TableInput": {"Name": "planted"}}),
        (stranger.glue.delete_table, {**theirs, "Name": "orders"}),
        (stranger.glue.get_unfiltered_table_metadata, {**theirs, "Name": "orders", "SupportedPermissionTypes": ALL_TYPES}),
        (stranger.lakeformation.get_temporary_glue_table_credentials,
         {"TableArn": table_arn(lake.database, "orders"), "SupportedPermissionTypes": ALL_TYPES, "Permissions": ["SELECT"]}),
        (stranger.lakeformation.grant_permissions,
         {"CatalogId": ACCOUNT, "Principal": {"DataLakePrincipalIdentifier": stranger.sts.get_caller_identity()["Arn"]},
          "Permissions": ["SELECT"], "Resource": {"Table": {"CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": "orders"}}}),
        (stranger.lakeformation.get_data_lake_settings, {"CatalogId": ACCOUNT}),
        (stranger.lakeformation.put_data_lake_settings, {"CatalogId": ACCOUNT, "DataLakeSettings": {}}),
    ):
        assert refused(call, **arguments)["Code"] in (*DENIED, "InvalidInputException", "EntityNotFoundException"), arguments
    listed = stranger.glue.get_databases()["DatabaseList"]
    assert lake.database not in [d["Name"] for d in listed]
    assert "planted" not in [d["Name"] for d in lake.admin.glue.get_databases()["DatabaseList"]]


def test_a_bucket_of_another_account_is_shut(lake, stranger):
    s3 = stranger.s3
    assert denied(s3.get_object, Bucket=lake.bucket, Key="orders/part-0.parquet")
    assert denied(s3.list_objects_v2, Bucket=lake.bucket)
    assert denied(s3.put_object, Bucket=lake.bucket, Key="planted", Body=b"x")
    assert denied(s3.copy_object, Bucket=lake.bucket, Key="planted", CopySource=f"{lake.bucket}/beside.txt")
    assert refused(s3.delete_bucket, Bucket=lake.bucket)["Code"] in DENIED
    assert refused(s3.get_bucket_policy, Bucket=lake.bucket)["Code"] in (*DENIED, "MethodNotAllowed")
    assert lake.bucket not in [b["Name"] for b in s3.list_buckets()["Buckets"]]


def test_a_role_of_another_account_does_not_trust_by_itself(lake, reader, stranger):
    assert denied(stranger.sts.assume_role, RoleArn=role_arn(f"{lake.name}-reader"), RoleSessionName="thief",
                  ExternalId=EXTERNAL_ID)
    for call, arguments in ((stranger.iam.get_role, {"RoleName": f"{lake.name}-reader"}),
                            (stranger.iam.delete_role, {"RoleName": f"{lake.name}-reader"})):
        assert refused(call, **arguments)["Code"] == "NoSuchEntity"


def test_a_location_in_a_bucket_of_another_account_is_not_governed_by_registering_it(lake, stranger):
    """Registering somebody else's bucket gives a role that its owner's bucket does not let in."""
    stranger.iam.create_role(RoleName="thief", AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lakeformation.amazonaws.com"},
                                                "Action": "sts:AssumeRole"}]}))
    thief = f"arn:aws:iam::{OTHER}:role/thief"
    stranger.iam.put_role_policy(RoleName="thief", PolicyName="all", PolicyDocument=allow(["s3:*"]))
    try:
        stranger.lakeformation.register_resource(ResourceArn=f"arn:aws:s3:::{lake.bucket}", RoleArn=thief)
    except ClientError as error:
        assert error.response["Error"]["Code"] in (*DENIED, "InvalidInputException", "AlreadyExistsException")
        return
    me = stranger.sts.get_caller_identity()["Arn"]
    stranger.lakeformation.put_data_lake_settings(DataLakeSettings={
        "DataLakeAdmins": [{"DataLakePrincipalIdentifier": me}], "AllowExternalDataFiltering": True,
        "AllowFullTableExternalDataAccess": True,
        "ExternalDataFilteringAllowList": [{"DataLakePrincipalIdentifier": OTHER}],
        "AuthorizedSessionTagValueList": [SESSION_TAG]})
    stranger.glue.create_database(DatabaseInput={"Name": "theft"})
    stranger.glue.create_table(DatabaseName="theft", TableInput={
        "Name": "orders", "StorageDescriptor": storage(lake.location("orders"), COLUMNS)})
    stranger.lakeformation.grant_permissions(
        Principal={"DataLakePrincipalIdentifier": me}, Permissions=["SELECT"],
        Resource={"Table": {"DatabaseName": "theft", "Name": "orders"}})
    arn = f"arn:aws:glue:{REGION}:{OTHER}:table/theft/orders"
    try:
        answer = stranger.lakeformation.get_temporary_glue_table_credentials(
            TableArn=arn, SupportedPermissionTypes=ALL_TYPES, Permissions=["SELECT"])
    except ClientError as error:
        assert error.response["Error"]["Code"] in DENIED
        return
    loot = lake.server.session(answer)
    assert denied(loot.s3.get_object, Bucket=lake.bucket, Key="orders/part-0.parquet")
    assert denied(loot.s3.list_objects_v2, Bucket=lake.bucket, Prefix="orders/")


# --- the door of the trail


def test_events_of_another_account_are_not_in_ones_trail(lake, reader, stranger):
    denied(reader.glue.get_table, DatabaseName=lake.database, Name="hidden")
    pages = stranger.cloudtrail.get_paginator("lookup_events").paginate(PaginationConfig={"MaxItems": 500})
    records = [json.loads(e["CloudTrailEvent"]) for page in pages for e in page["Events"]]
    assert all(OTHER in (r["recipientAccountId"], r["userIdentity"].get("accountId")) for r in records)
    assert not any(lake.name in json.dumps(r.get("userIdentity", {})) for r in records)


def decision_of(message: str) -> str:
    return re.search(r"\(decision ([0-9a-f-]{36})\)", message).group(1)


def explain(server, profile: str, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([WEIR, "explain", "--profile", profile, *arguments], capture_output=True, text=True,
                          env=server.cli_env, timeout=60)


def test_a_decision_of_another_account_cannot_be_explained(lake, server, reader, stranger):
    decision = decision_of(denied(reader.glue.get_table, DatabaseName=lake.database, Name="hidden"))
    mine = explain(server, "default", "--decision", decision)
    assert mine.returncode == 0 and "hidden" in mine.stdout
    theirs = explain(server, "attacks-other", "--decision", decision)
    absent = explain(server, "attacks-other", "--decision", "00000000-0000-4000-8000-000000000000")
    assert theirs.returncode == absent.returncode != 0 and theirs.stdout == ""
    assert theirs.stderr.replace(decision, "ID") == absent.stderr.replace("00000000-0000-4000-8000-000000000000", "ID")


def test_principals_of_another_account_cannot_be_explained(lake, server, reader, stranger):
    there = explain(server, "attacks-other", "--principal", role_arn(f"{lake.name}-reader"), "--action", "SELECT",
                    "--resource", f"{lake.database}.orders")
    gone = explain(server, "attacks-other", "--principal", role_arn("attacks-no-role"), "--action", "SELECT",
                   "--resource", f"{lake.database}.orders")
    assert there.returncode == gone.returncode != 0 and there.stdout == gone.stdout == ""
    assert there.stderr.replace(f"{lake.name}-reader", "X") == gone.stderr.replace("attacks-no-role", "X")


def explain_as(server, keys: dict, **question) -> str:
    """What Weir.Explain answers to a user, whole."""
    body = json.dumps(question)
    request = AWSRequest("POST", f"{server.endpoint}/", data=body, headers={
        "X-Amz-Target": "Weir.Explain", "Content-Type": "application/x-amz-json-1.1"})
    SigV4Auth(Credentials(keys["AccessKeyId"], keys["SecretAccessKey"]), "weir", REGION).add_auth(request)
    try:
        with urllib.request.urlopen(urllib.request.Request(request.url, body.encode(), dict(request.headers))) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()


def test_explaining_oneself_does_not_tell_which_tables_there_are(lake, server, admin, veiled):
    admin.iam.create_user(UserName="attacks-curious")
    admin.iam.put_user_policy(UserName="attacks-curious", PolicyName="all", PolicyDocument=allow(["glue:*", "lakeformation:*"]))
    keys = admin.iam.create_access_key(UserName="attacks-curious")["AccessKey"]
    me = f"arn:aws:iam::{ACCOUNT}:user/attacks-curious"

    def ask(table):
        text = explain_as(server, keys, Principal=me, Action="SELECT", Resource=f"attacks_veil.{table}")
        assert "Text" in json.loads(text), text
        return plain(text, table)

    assert ask("there") == ask("gone1")
    about_another = explain_as(server, keys, Principal=role_arn(f"{lake.name}-reader"), Action="SELECT", Resource="attacks_veil.there")
    assert "AccessDenied" in about_another


# --- the door of SQL


def sql(lake, role: str, text: str, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [WEIR, "query", "--role-arn", role_arn(f"{lake.name}-{role}"), "--external-id", EXTERNAL_ID, "--session-tag",
         SESSION_TAG, "--database", lake.database, "--format", "csv", "--threads", "1", *arguments, text],
        capture_output=True, text=True, env=lake.server.cli_env, timeout=120)


def test_the_query_reads_what_is_granted_so_that_refusals_below_mean_something(lake, reader):
    answer = sql(lake, "reader", "SELECT * FROM orders ORDER BY id")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.split() == ["id,region", "1,EU", "3,EU"]


@pytest.mark.parametrize("text", [
    "SELECT secret FROM orders",
    "SELECT o.secret FROM orders o",
    "SELECT orders.\"SECRET\" FROM orders",
    "SELECT z FROM orders AS t(x, y, z)",
    "SELECT COLUMNS('sec.*') FROM orders",
    "SELECT struct_extract(orders, 'secret') FROM orders",
    "SELECT (orders).secret FROM orders",
    "SELECT * EXCLUDE (secret) FROM orders",
    "SELECT count(*) FROM orders WHERE secret LIKE 'o%'",
    "SELECT id FROM orders ORDER BY secret",
    "SELECT a.id FROM orders a JOIN orders b USING (secret)",
    "SELECT * FROM hidden",
    "SELECT * FROM orders2",
    "SELECT * FROM orders WHERE EXISTS (SELECT 1 FROM hidden)",
    "WITH h AS (SELECT * FROM hidden) SELECT * FROM h",
    "SELECT * FROM \"../hidden\"",
    "SELECT * FROM \"orders/../hidden\"",
    "SELECT * FROM \"attacks\".\"main\".\"hidden\"",
    "SELECT * FROM \"attacks;hidden\"",
    "FROM attacks.hidden",
])
def test_sql_reaches_no_hidden_column_or_table(lake, reader, text):
    answer = sql(lake, "reader", text)
    assert answer.returncode == 1, answer.stdout
    assert answer.stdout == "" and HIDDEN_VALUE not in answer.stderr


def test_no_form_of_star_shows_a_hidden_column_or_row(lake, reader):
    for text in ("SELECT * FROM orders", "SELECT orders FROM orders", "SELECT to_json(orders) FROM orders",
                 "SELECT row(o.*) FROM orders o", "SELECT unnest(o) FROM orders o", "SELECT [o] FROM orders o",
                 "DESCRIBE orders", "SUMMARIZE orders", "SELECT count(*) FROM orders WHERE region = 'US' HAVING count(*) > 0",
                 "SELECT id FROM orders WHERE region <> 'EU' OR true", "PIVOT orders ON region USING count(*)"):
        answer = sql(lake, "reader", text)
        assert HIDDEN_VALUE not in answer.stdout + answer.stderr and "US" not in answer.stdout.split(), text
        assert "secret" not in answer.stdout, text


@pytest.mark.parametrize("text", [
    "COPY orders TO '/tmp/stolen.csv'",
    "COPY (SELECT 1) TO 's3://attacks-bucket/x'",
    "ATTACH '/etc/passwd' AS p",
    "SET enable_external_access = true",
    "PRAGMA database_list",
    "CREATE TABLE t AS SELECT * FROM orders",
    "INSERT INTO orders VALUES (9, 'EU')",
    "UPDATE orders SET region = 'EU'",
    "DELETE FROM orders",
    "INSTALL httpfs",
    "LOAD httpfs",
    "CALL pragma_version()",
    "EXPORT DATABASE '/tmp/stolen'",
    "SELECT * FROM read_parquet('s3://attacks-bucket/hidden/part-0.parquet')",
    "SELECT * FROM 's3://attacks-bucket/hidden/part-0.parquet'",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM parquet_metadata('s3://attacks-bucket/orders/part-0.parquet')",
    "SELECT getenv('HOME')",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('orders')",
    "SELECT current_setting('home_directory')",
    "SELECT 1; SELECT 2",
    "SELECT 1;; DROP TABLE orders",
    "",
    ";",
])
def test_sql_is_one_select_over_governed_tables(lake, reader, text):
    answer = sql(lake, "reader", text)
    assert answer.returncode != 0, answer.stdout
    assert answer.stdout == "" and "root:" not in answer.stderr and "/tmp/" not in answer.stderr.replace(text, "")


@pytest.fixture(scope="module")
def telling(lake):
    """A table whose hidden rows would break what the visible ones pass; who asks sees only row 1."""
    lake.table("telling", [("id", "bigint"), ("note", "string")], [(1, "1"), (2, f"not {HIDDEN_VALUE}"), (3, "{broken")])
    arn = lake.role("telling")
    lake.grant(arn, ["SELECT"], lake.filter("telling", "one", "id = 1"))


@pytest.mark.parametrize("text", [
    "SELECT CAST(note AS INTEGER) FROM telling",
    "SELECT json_extract(note::JSON, '$') FROM telling",
    "SELECT id FROM telling WHERE CAST(note AS INTEGER) = 1",
    "SELECT id FROM telling WHERE 1 / (id - 2) < 5",
    "SELECT id FROM telling WHERE CASE WHEN id > 1 THEN error(note) ELSE true END",
    "SELECT strptime(note, '%d') FROM telling",
    "SELECT sum(CAST(note AS INTEGER)) OVER () FROM telling",
])
def test_errors_never_come_from_hidden_rows(lake, telling, text):
    answer = sql(lake, "telling", text)
    assert HIDDEN_VALUE not in answer.stdout + answer.stderr and "broken" not in answer.stderr
    if answer.returncode != 0:  # then no row was the cause: the same happens where there are no hidden rows
        assert "Conversion" not in answer.stderr, answer.stderr


@pytest.mark.parametrize("database", ["../attacks", "attacks/../attacks", "attacks%2f", "attacks\n", "*", "",
                                      f"{'x' * 300}", "arn:aws:glue:us-east-1:111122223333:database/attacks"])
def test_odd_database_names_name_nothing(lake, reader, database):
    answer = sql(lake, "reader", "SELECT * FROM hidden", "--database", database)
    assert answer.returncode != 0 and answer.stdout == "" and HIDDEN_VALUE not in answer.stderr


def test_an_administrator_without_select_reads_no_data(lake):
    """Who administers the lake sees every description; data needs a grant like everybody's."""
    arn = lake.role("lake-admin", actions=[*READING])
    settings = lake.admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    lake.admin.lakeformation.put_data_lake_settings(DataLakeSettings=settings | {
        "DataLakeAdmins": [*settings["DataLakeAdmins"], {"DataLakePrincipalIdentifier": arn}]})
    clients = lake.assume(arn)
    assert len(clients.glue.get_table(DatabaseName=lake.database, Name="orders")["Table"]["StorageDescriptor"]["Columns"]) == 3
    assert denied(vend, lake=lake, clients=clients)
    answer = sql(lake, "lake-admin", "SELECT * FROM orders")
    assert answer.returncode == 1 and answer.stdout == ""
