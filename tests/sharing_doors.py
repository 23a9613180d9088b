"""An owner's small lake, engines of other accounts, and the four doors to a table: catalog API, vending, S3 and SQL."""

import subprocess
import uuid

import pyarrow as pa
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from botocore.httpsession import URLLib3Session

from conftest import REGION, WEIR
from lake import SESSION_TAG, location_policy, parquet_bytes, storage, trust_service
from organizations_test import enter, new_account
from sharing_words import Account, Person, all_tables, columns, database, glue_arn, policy, table, who

DATABASE, TABLES = "sales", ("orders", "customers")
COLUMNS = [("id", "bigint"), ("dept", "string"), ("country", "string"), ("secret", "string")]
NAMES = tuple(name for name, _ in COLUMNS)
ROWS = [(1, "hr", "us", "a"), (2, "hr", "de", "b"), (3, "it", "us", "c"), (4, "it", "de", "d")]
TYPES = ["COLUMN_PERMISSION", "CELL_FILTER_PERMISSION", "NESTED_PERMISSION", "NESTED_CELL_PERMISSION"]
ENGINE = [{"Key": "LakeFormationAuthorizedCaller", "Value": SESSION_TAG}]
KEY_VARIABLES = {"AWS_ACCESS_KEY_ID": "AccessKeyId", "AWS_SECRET_ACCESS_KEY": "SecretAccessKey",
                 "AWS_SESSION_TOKEN": "SessionToken"}
EVERYTHING = ["lakeformation:*", "glue:*", "s3:*"]


def engine(account: Account, actions=tuple(EVERYTHING)) -> Person:
    """A person whose session an owner that trusts the account takes for an engine."""
    return account.person(actions, ENGINE)


def member(server, management, **options) -> Account:
    """A new account of the organization that these clients manage."""
    id = new_account(management.organizations)
    return Account(server, enter(server, management, id), id)


class Owner:
    """An account with orders and customers in one database, a filter on orders and LF-Tags on it: orders is open."""

    def __init__(self, account: Account, engines_of: list[str], version: int = 5):
        self.account, self.admin, self.lf, self.id = account, account.admin, account.lf, account.id
        self.bucket = f"lake-{self.id}-{uuid.uuid4().hex[:6]}"
        self._register()
        self._settings(engines_of, version)
        self.admin.glue.create_database(DatabaseInput={"Name": DATABASE, "Description": "internal"})
        for name in TABLES:
            self.make_table(name)
        self.filter = self.make_filter("hr", "dept = 'hr'", ["id", "dept", "country"])
        self.lf.create_lf_tag(TagKey="zone", TagValues=["open", "closed"])
        for name, value in zip(TABLES, ("open", "closed")):
            self.lf.add_lf_tags_to_resource(Resource=self.table(name), LFTags=[{"TagKey": "zone", "TagValues": [value]}])

    def _register(self) -> None:
        self.admin.s3.create_bucket(Bucket=self.bucket)
        self.admin.iam.create_role(RoleName="registrar", AssumeRolePolicyDocument=trust_service())
        self.admin.iam.put_role_policy(RoleName="registrar", PolicyName="data", PolicyDocument=location_policy(self.bucket))
        self.lf.register_resource(ResourceArn=f"arn:aws:s3:::{self.bucket}",
                                  RoleArn=f"arn:aws:iam::{self.id}:role/registrar")

    def _settings(self, engines_of: list[str], version: int) -> None:
        found = self.lf.get_data_lake_settings()["DataLakeSettings"]
        self.lf.put_data_lake_settings(DataLakeSettings=found | {
            "AllowExternalDataFiltering": True, "AuthorizedSessionTagValueList": [SESSION_TAG],
            "ExternalDataFilteringAllowList": [who(account) for account in engines_of],
            "Parameters": {"CROSS_ACCOUNT_VERSION": str(version)}})

    def make_table(self, name: str) -> None:
        self.admin.glue.create_table(DatabaseName=DATABASE, TableInput={
            "Name": name, "TableType": "EXTERNAL_TABLE",
            "StorageDescriptor": storage(f"s3://{self.bucket}/{name}/", COLUMNS)})
        data = pa.table({column: [row[i] for row in ROWS] for i, column in enumerate(NAMES)})
        self.admin.s3.put_object(Bucket=self.bucket, Key=key_of(name), Body=parquet_bytes(data))

    def filter_name(self, name: str, of: str = "orders") -> dict:
        return {"TableCatalogId": self.id, "DatabaseName": DATABASE, "TableName": of, "Name": name}

    def make_filter(self, name: str, rows: str, columns: list[str], of: str = "orders") -> dict:
        """The resource to grant on."""
        on = self.filter_name(name, of)
        self.lf.create_data_cells_filter(TableData={
            **on, "RowFilter": {"FilterExpression": rows}, "ColumnNames": columns})
        return {"DataCellsFilter": on}

    def database(self) -> dict:
        return database(DATABASE, self.id)

    def table(self, name: str = "orders") -> dict:
        return table(DATABASE, name, self.id)

    def all_tables(self) -> dict:
        return all_tables(DATABASE, self.id)

    def columns(self, *names: str, of: str = "orders") -> dict:
        return columns(DATABASE, of, *names, catalog=self.id)

    def policy(self, on: str = "TABLE", value: str = "open") -> dict:
        return policy(on, self.id, zone=value)

    def arn(self, table: str = "orders") -> str:
        return glue_arn(f"table/{DATABASE}/{table}", self.id)


def key_of(table: str) -> str:
    return f"{table}/part-0.parquet"


def refusal(call, **arguments) -> str | None:
    """The code of the refusal; None when the call succeeds."""
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


# --- the doors


def described(clients, owner: Owner, name: str) -> list[str] | None:
    """The catalog API: the columns that GetTable shows; None when it refuses."""
    try:
        found = clients.glue.get_table(CatalogId=owner.id, DatabaseName=DATABASE, Name=name)["Table"]
    except ClientError as error:
        assert error.response["Error"]["Code"] == "AccessDeniedException"
        return None
    return [column["Name"] for column in found["StorageDescriptor"]["Columns"]]


def metadata(clients, owner: Owner, name: str, **more) -> dict:
    return clients.glue.get_unfiltered_table_metadata(
        CatalogId=owner.id, DatabaseName=DATABASE, Name=name, SupportedPermissionTypes=TYPES, **more)


def readable(clients, owner: Owner, name: str) -> tuple | None:
    """What an engine is told to show: columns and the row filter; None when it is refused."""
    try:
        answer = metadata(clients, owner, name, Permissions=["SELECT"])
    except ClientError as error:
        assert error.response["Error"]["Code"] == "AccessDeniedException"
        return None
    return tuple(answer["AuthorizedColumns"]), answer.get("RowFilter")


def vend(clients, arn: str) -> dict:
    return clients.lakeformation.get_temporary_glue_table_credentials(
        TableArn=arn, SupportedPermissionTypes=TYPES, Permissions=["SELECT"])


def s3_status(server, keys: dict, path: str, method: str = "GET") -> int:
    """What S3 answers to one request with these credentials; no client is made for it."""
    request = AWSRequest(method, f"{server.endpoint}/{path}")
    request.headers["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD"
    signer = Credentials(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
    S3SigV4Auth(signer, "s3", REGION).add_auth(request)
    return URLLib3Session().send(request.prepare()).status_code


def query(server, clients, owner_id: str | None, sql: str) -> subprocess.CompletedProcess:
    """`weir query` with the credentials of a session."""
    keys = clients.credentials
    env = server.cli_env | {"AWS_REGION": REGION, "AWS_ENDPOINT_URL": server.endpoint} | {
        name: keys[member] for name, member in KEY_VARIABLES.items() if keys[member]}
    catalog = ["--catalog-id", owner_id] if owner_id else []
    return subprocess.run([WEIR, "query", "--format", "csv", *catalog, sql], capture_output=True, text=True, env=env,
                          timeout=60)


def selected(server, clients, owner_id: str | None, sql: str) -> list[str] | None:
    """Lines of the answer; None when the query fails, and then it shows nothing."""
    done = query(server, clients, owner_id, sql)
    if done.returncode == 0:
        return done.stdout.split()
    assert done.stdout == "", done
    return None


def doors(server, clients, owner: Owner, name: str) -> dict[str, bool]:
    """Which doors to a table of the owner are open to these credentials."""
    return {
        "catalog API": described(clients, owner, name) is not None,
        "engine metadata": readable(clients, owner, name) is not None,
        "vending": refusal(vend, clients=clients, arn=owner.arn(name)) is None,
        "S3": s3_status(server, clients.credentials, f"{owner.bucket}/{key_of(name)}") == 200,
        "SQL": selected(server, clients, owner.id, f"SELECT id FROM {DATABASE}.{name}") is not None,
    }


def open_doors(server, clients, owner: Owner, name: str = "orders") -> set[str]:
    return {door for door, is_open in doors(server, clients, owner, name).items() if is_open}
