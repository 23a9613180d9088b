"""A small governed lake, made through the public APIs only; every test builds its own."""

import io
import json
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from conftest import ACCOUNT, REGION, Clients, Server

SESSION_TAG = "hello_world"
EXTERNAL_ID = "123-456-789"

ENGINE_ACTIONS = [
    "lakeformation:GetDataAccess", "glue:GetTable", "glue:GetTables", "glue:GetDatabase", "glue:GetDatabases",
    "glue:CreateDatabase", "glue:GetUserDefinedFunction", "glue:GetUserDefinedFunctions", "glue:GetPartition",
    "glue:GetPartitions",
]
SERDES = {
    "parquet": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
    "csv": "org.apache.hadoop.hive.serde2.OpenCSVSerde",
    "json": "org.openx.data.jsonserde.JsonSerDe",
}


def allow(actions, resources="*") -> str:
    """A policy document with one Allow statement."""
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": actions, "Resource": resources}]})


def trust_service(service: str = "lakeformation.amazonaws.com") -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]})


def trust_engine(principal_arn: str, external_id: str = EXTERNAL_ID, tag: str = SESSION_TAG) -> str:
    """The two-statement trust policy of the third-party integration."""
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": [principal_arn]}, "Action": "sts:AssumeRole",
         "Condition": {"StringEquals": {"sts:ExternalId": external_id}}},
        {"Sid": "AllowPassSessionTags", "Effect": "Allow", "Principal": {"AWS": [principal_arn]},
         "Action": "sts:TagSession",
         "Condition": {"StringLike": {"aws:RequestTag/LakeFormationAuthorizedCaller": tag}}}]})


def location_policy(bucket: str) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["s3:ListAllMyBuckets"], "Resource": ["arn:aws:s3:::*"]},
        {"Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"],
         "Resource": [f"arn:aws:s3:::{bucket}/*"]},
        {"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": [f"arn:aws:s3:::{bucket}"]}]})


def role_arn(name: str) -> str:
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


def table_arn(database: str, table: str) -> str:
    return f"arn:aws:glue:{REGION}:{ACCOUNT}:table/{database}/{table}"


def storage(location: str, columns: list[tuple[str, str]], format: str = "parquet", **parameters) -> dict:
    return {"Columns": [{"Name": n, "Type": t} for n, t in columns], "Location": location,
            "InputFormat": "org.apache.hadoop.mapred.TextInputFormat",
            "OutputFormat": "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            "SerdeInfo": {"SerializationLibrary": SERDES[format], "Parameters": parameters}}


def parquet_bytes(table: pa.Table, **options) -> bytes:
    sink = io.BytesIO()
    pa.parquet.write_table(table, sink, **options)
    return sink.getvalue()


@dataclass
class Lake:
    """One bucket, one registered location, one database; names start with `name`."""

    server: Server
    admin: Clients
    name: str
    roles: list[str] = field(default_factory=list)

    @property
    def bucket(self) -> str:
        return f"{self.name}-bucket"

    @property
    def database(self) -> str:
        return self.name.replace("-", "_")

    def location(self, table: str) -> str:
        return f"s3://{self.bucket}/{table}/"

    def build(self) -> "Lake":
        """Bucket, registration role, location, settings and database."""
        self.admin.s3.create_bucket(Bucket=self.bucket)
        registrar = f"{self.name}-location"
        self.admin.iam.create_role(RoleName=registrar, AssumeRolePolicyDocument=trust_service())
        self.admin.iam.put_role_policy(RoleName=registrar, PolicyName="data", PolicyDocument=location_policy(self.bucket))
        self.admin.lakeformation.register_resource(ResourceArn=f"arn:aws:s3:::{self.bucket}", RoleArn=role_arn(registrar))
        self.trust_engines()
        self.admin.glue.create_database(DatabaseInput={"Name": self.database})
        return self

    def trust_engines(self, **changes) -> None:
        """Turns the application integration settings on (or changes single members of them)."""
        settings = self.admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]
        settings |= {"AllowExternalDataFiltering": True,
                     "ExternalDataFilteringAllowList": [{"DataLakePrincipalIdentifier": ACCOUNT}],
                     "AuthorizedSessionTagValueList": [SESSION_TAG]} | changes
        self.admin.lakeformation.put_data_lake_settings(DataLakeSettings=settings)

    def role(self, name: str, actions=tuple(ENGINE_ACTIONS)) -> str:
        """An integration role that the administrator may assume with the session tag; its ARN."""
        caller = self.admin.sts.get_caller_identity()["Arn"]
        full = f"{self.name}-{name}"
        self.admin.iam.create_role(RoleName=full, AssumeRolePolicyDocument=trust_engine(caller))
        self.admin.iam.put_role_policy(RoleName=full, PolicyName="engine", PolicyDocument=allow(list(actions)))
        self.roles.append(full)
        return role_arn(full)

    def assume(self, arn: str, tag: str | None = SESSION_TAG, **options) -> Clients:
        tags = [] if tag is None else [{"Key": "LakeFormationAuthorizedCaller", "Value": tag}]
        answer = self.admin.sts.assume_role(RoleArn=arn, RoleSessionName="engine", ExternalId=EXTERNAL_ID,
                                            Tags=tags, **options)
        return self.server.session(answer["Credentials"])

    def table(self, name: str, columns: list[tuple[str, str]], rows: list[tuple], format: str = "parquet") -> None:
        """A table with its data as one object."""
        self.admin.glue.create_table(DatabaseName=self.database, TableInput={
            "Name": name, "TableType": "EXTERNAL_TABLE",
            "StorageDescriptor": storage(self.location(name), columns, format)})
        data = pa.table({n: [row[i] for row in rows] for i, (n, _) in enumerate(columns)})
        self.admin.s3.put_object(Bucket=self.bucket, Key=f"{name}/part-0.{format}", Body=parquet_bytes(data))

    def grant(self, principal: str, permissions: list[str], resource: dict, **options) -> None:
        self.admin.lakeformation.grant_permissions(
            Principal={"DataLakePrincipalIdentifier": principal}, Permissions=permissions, Resource=resource, **options)

    def revoke(self, principal: str, permissions: list[str], resource: dict) -> None:
        self.admin.lakeformation.revoke_permissions(
            Principal={"DataLakePrincipalIdentifier": principal}, Permissions=permissions, Resource=resource)

    def whole(self, table: str) -> dict:
        return {"Table": {"DatabaseName": self.database, "Name": table}}

    def columns(self, table: str, *names: str) -> dict:
        return {"TableWithColumns": {"DatabaseName": self.database, "Name": table, "ColumnNames": list(names)}}

    def filter(self, table: str, name: str, rows: str | None, columns: list[str] | None = None) -> dict:
        """A data cells filter; the answer is the Resource to grant on."""
        data = {"TableCatalogId": ACCOUNT, "DatabaseName": self.database, "TableName": table, "Name": name,
                "RowFilter": {"FilterExpression": rows} if rows else {"AllRowsWildcard": {}}}
        data |= {"ColumnNames": columns} if columns else {"ColumnWildcard": {}}
        self.admin.lakeformation.create_data_cells_filter(TableData=data)
        return {"DataCellsFilter": {"TableCatalogId": ACCOUNT, "DatabaseName": self.database, "TableName": table,
                                    "Name": name}}
