"""The world of one scenario: an account of its own on a real server, and principals made when first named."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property

import boto3
import pyarrow as pa
from botocore.config import Config
from botocore.exceptions import ClientError

import lake
from conftest import REGION, WEIR, Server
from saml_company import Company
from saml_idp import AWS, Key
from scenario_words import cut, cut_tags, place_arn, words

ARROW_TYPES = {"bigint": pa.int64(), "int": pa.int32(), "double": pa.float64(), "string": pa.string()}
ALLOWED = ["lakeformation:*", "glue:*", "weir:*", "iam:PassRole"]
IDENTITY_PROVIDER = Key()  # of every company: what tells them apart is where they are registered
ENGINE = [{"Key": "LakeFormationAuthorizedCaller", "Value": lake.SESSION_TAG}]

aws = boto3.Session(region_name=REGION)  # one for all: it keeps the service models it has read


@dataclass(frozen=True)
class Identity:
    """One way of being somebody: who it is, a function from a service name to a client, and what it signs with."""

    arn: str
    client: Callable
    keys: dict
    session_tags: dict[str, str] = field(default_factory=dict)
    how: tuple[str, ...] = ()  # somebody who signed in: the role and the groups, as `weir explain` takes them


class World:
    """An account with its administrator, a registered bucket, and principals. Buckets named in a file are the account's
    own: `s3://lake` is a bucket of this world."""

    def __init__(self, server: Server, number: int):
        self.server, self.account, self.profile = server, f"2{number:011d}", f"scenario-{number:02d}"
        done = subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", self.account,
                               "--name", self.profile], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        self.administrator = self.clients(*server.keys(self.profile))
        self.made: dict[str, Identity] = {}
        self.buckets: set[str] = set()
        self.databases: set[str] = set()
        self.schemas: dict[str, list[str]] = {}
        self.arn = self.wait_until_known()
        self.build()

    def clients(self, key: str, secret: str, token: str | None = None):
        """A function from a service name to this identity's client."""
        @cache
        def client(service: str):
            return aws.client(service, endpoint_url=self.server.endpoint, aws_access_key_id=key,
                              aws_secret_access_key=secret, aws_session_token=token,
                              config=Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"}))
        return client

    def wait_until_known(self) -> str:
        """The server follows the other process's commit a moment later; the administrator's ARN."""
        deadline = time.monotonic() + 30
        while True:
            try:
                return self.administrator("sts").get_caller_identity()["Arn"]
            except ClientError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def build(self) -> None:
        self.administrator("iam").create_role(RoleName="location", AssumeRolePolicyDocument=lake.trust_service())
        self.register("s3://data")
        self.administrator("lakeformation").put_data_lake_settings(DataLakeSettings={
            "AllowExternalDataFiltering": True, "AuthorizedSessionTagValueList": [lake.SESSION_TAG],
            "ExternalDataFilteringAllowList": [{"DataLakePrincipalIdentifier": self.account}],
            "DataLakeAdmins": self.people("role/admin")})

    def change_settings(self, **members) -> None:
        formation = self.administrator("lakeformation")
        formation.put_data_lake_settings(
            DataLakeSettings=formation.get_data_lake_settings()["DataLakeSettings"] | members)

    # Principals

    def principal(self, word: str) -> str:
        if word == "everybody":
            return "IAM_ALLOWED_PRINCIPALS"
        if word == "all-principals":
            return f"{self.account}:IAMPrincipals"
        return self.person_arn(word) if word.startswith("saml-") else self.identity(word).arn

    @cached_property
    def company(self) -> Company:
        """The account's own SAML provider, and the role that people take."""
        return Company.known_to(self.server, self.server.session(profile=self.profile), IDENTITY_PROVIDER, ALLOWED, condition={})

    def person_arn(self, word: str) -> str:
        kind, name = cut(word.removeprefix("saml-"), "/")
        return {"user": self.company.user, "group": self.company.group}[kind](name)

    def sign_in(self, word: str) -> Identity:
        """`saml-user/U+saml-group/G`: a person of these groups, who nobody granted anything when no user is named."""
        parts = word.split("+")
        users, groups = ([cut(part, "/")[1] for part in parts if part.startswith(kind)] for kind in ("saml-user/", "saml-group/"))
        engine = {AWS + "PrincipalTag:" + tag["Key"]: [tag["Value"]] for tag in ENGINE}
        keys = self.company.decorated((users or ["nobody"])[0], groups, attributes=engine).credentials
        client = self.clients(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
        how = ["--role-arn", self.company.role] + [part for group in groups if users for part in ("--group", group)]
        return Identity(self.person_arn(parts[0]), client, keys, how=tuple(how))

    def people(self, text: str) -> list[dict]:
        """The administrator does what the steps without a principal say, so it stays."""
        return [{"DataLakePrincipalIdentifier": arn} for arn in [self.arn, *map(self.principal, words(text))]]

    def identity(self, word: str) -> Identity:
        """A user, a person who signed in, or a session of a role, made when first named; tags of a role in brackets are
        the session's."""
        if word not in self.made:
            name, tags = cut_tags(word)
            if name.startswith("user/"):
                assert not tags, "users have no session tags"
                self.made[word] = self.make_user(name)
            elif name.startswith("saml-"):
                self.made[word] = self.sign_in(name)
            else:
                if name not in self.made:
                    self.make_role(name)
                self.made[word] = self.assume(name, tags)
        return self.made[word]

    def identities(self, word: str) -> Iterator[tuple[str, Identity]]:
        """Every way of being `word`: its tags may be those of the session, or those of the user or role."""
        name, tags = cut_tags(word)
        if not tags or name.startswith("role/"):
            yield "as a session", self.identity(word)
        if tags:
            self.identity(name)
            with self.tagged(name, tags):
                yield "by tags of its own", self.identity(name)

    def as_who(self, word: str, service: str):
        return self.identity(word).client(service)

    @contextmanager
    def tagged(self, word: str, tags: dict[str, str]):
        """The user or role has these tags, for a while."""
        kind, name = word.split("/", 1)
        iam, whom = self.administrator("iam"), {f"{kind.capitalize()}Name": name}
        getattr(iam, f"tag_{kind}")(**whom, Tags=[{"Key": k, "Value": v} for k, v in tags.items()])
        try:
            yield
        finally:
            getattr(iam, f"untag_{kind}")(**whom, TagKeys=list(tags))

    @contextmanager
    def administering(self, word: str):
        """A data lake administrator, for a while."""
        before = self.administrator("lakeformation").get_data_lake_settings()["DataLakeSettings"]["DataLakeAdmins"]
        self.change_settings(DataLakeAdmins=before + [{"DataLakePrincipalIdentifier": self.principal(word)}])
        try:
            yield
        finally:
            self.change_settings(DataLakeAdmins=before)

    def make_role(self, word: str) -> None:
        iam, name = self.administrator("iam"), word.removeprefix("role/")
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=lake.trust_engine(self.arn))
        iam.put_role_policy(RoleName=name, PolicyName="all", PolicyDocument=lake.allow(ALLOWED))
        self.made[word] = self.assume(word, {})

    def assume(self, word: str, tags: dict[str, str]) -> Identity:
        arn = f"arn:aws:iam::{self.account}:{word}"
        keys = self.administrator("sts").assume_role(
            RoleArn=arn, RoleSessionName="scenario", ExternalId=lake.EXTERNAL_ID,
            Tags=ENGINE + [{"Key": k, "Value": v} for k, v in tags.items()])["Credentials"]
        client = self.clients(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
        return Identity(arn, client, keys, tags)

    def make_user(self, word: str) -> Identity:
        iam, name = self.administrator("iam"), word.removeprefix("user/")
        iam.create_user(UserName=name)
        iam.put_user_policy(UserName=name, PolicyName="all", PolicyDocument=lake.allow(ALLOWED))
        keys = iam.create_access_key(UserName=name)["AccessKey"]
        return Identity(f"arn:aws:iam::{self.account}:{word}", self.clients(keys["AccessKeyId"], keys["SecretAccessKey"]), keys)

    # Places

    @property
    def bucket(self) -> str:
        """Where tables are that no place was given to."""
        return f"{self.profile}-data"

    def place(self, url: str) -> str:
        """A place of a file in this world; its bucket is made, and the registered role may use it."""
        scheme, path = url.split("://", 1)
        bucket = f"{self.profile}-{path.split('/', 1)[0]}"
        if bucket not in self.buckets:
            self.administrator("s3").create_bucket(Bucket=bucket)
            self.administrator("iam").put_role_policy(RoleName="location", PolicyName=bucket,
                                                      PolicyDocument=lake.location_policy(bucket))
            self.buckets.add(bucket)
        return f"{scheme}://{self.profile}-{path}"

    def register(self, url: str, hybrid: bool = False, privileged: str = "") -> None:
        """With privileged access it is registered by who is to have it."""
        request = {"ResourceArn": place_arn(self.place(url)), "RoleArn": f"arn:aws:iam::{self.account}:role/location",
                   "HybridAccessEnabled": hybrid, "WithPrivilegedAccess": bool(privileged)}
        if not privileged:
            self.administrator("lakeformation").register_resource(**request)
            return
        with self.administering(privileged):
            self.as_who(privileged, "lakeformation").register_resource(**request)

    # Tables

    def table(self, name: str, columns: list[tuple[str, str]], keys: list[tuple[str, str]], rows: list[list],
              url: str = "") -> None:
        """Makes the table, or gives it this schema and place; then its data."""
        glue, (database, leaf) = self.administrator("glue"), name.split(".")
        url = self.place(url or f"s3://data/{database}/{leaf}").rstrip("/") + "/"
        described = {"Name": leaf, "TableType": "EXTERNAL_TABLE", "StorageDescriptor": lake.storage(url, columns),
                     "PartitionKeys": [{"Name": n, "Type": t} for n, t in keys]}
        if name in self.schemas:
            self.drop_partitions(database, leaf)
            glue.update_table(DatabaseName=database, TableInput=described)
            self.clear(url)
        else:
            if database not in self.databases:
                glue.create_database(DatabaseInput={"Name": database})
                self.databases.add(database)
            glue.create_table(DatabaseName=database, TableInput=described)
        self.schemas[name] = [n for n, _ in columns + keys]
        self.put_rows(database, described, rows)

    def drop_table(self, name: str) -> None:
        database, leaf = name.split(".")
        glue = self.administrator("glue")
        self.clear(glue.get_table(DatabaseName=database, Name=leaf)["Table"]["StorageDescriptor"]["Location"])
        glue.delete_table(DatabaseName=database, Name=leaf)
        del self.schemas[name]

    def drop_partitions(self, database: str, table: str) -> None:
        glue, on = self.administrator("glue"), {"DatabaseName": database, "TableName": table}
        values = [{"Values": p["Values"]} for p in glue.get_partitions(**on)["Partitions"]]
        if values:
            assert not glue.batch_delete_partition(**on, PartitionsToDelete=values)["Errors"]

    def clear(self, url: str) -> None:
        s3, (bucket, prefix) = self.administrator("s3"), cut(url.split("://", 1)[1], "/")
        for found in s3.list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", []):
            s3.delete_object(Bucket=bucket, Key=found["Key"])

    def put_rows(self, database: str, table: dict, rows: list[list]) -> None:
        columns, keys = table["StorageDescriptor"]["Columns"], table["PartitionKeys"]
        parts: dict[tuple, list] = {}
        for row in rows:
            parts.setdefault(tuple(row[len(columns):]), []).append(row)
        for values, lines in parts.items():
            below = "".join(f"{key['Name']}={value}/" for key, value in zip(keys, values))
            url = table["StorageDescriptor"]["Location"] + below
            bucket, prefix = cut(url.split("://", 1)[1], "/")
            self.administrator("s3").put_object(Bucket=bucket, Key=f"{prefix}part-0.parquet",
                                                Body=lake.parquet_bytes(arrow_table(columns, lines)))
            if keys:
                self.administrator("glue").create_partition(
                    DatabaseName=database, TableName=table["Name"],
                    PartitionInput={"Values": list(values), "StorageDescriptor": table["StorageDescriptor"] | {"Location": url}})

    # LF-Tags

    def tag(self, key: str, values: list[str]) -> None:
        """The LF-Tag has these values from now on."""
        formation = self.administrator("lakeformation")
        try:
            before = formation.get_lf_tag(TagKey=key)["TagValues"]
        except formation.exceptions.EntityNotFoundException:
            formation.create_lf_tag(TagKey=key, TagValues=values)
            return
        changes = {"TagValuesToAdd": [v for v in values if v not in before],
                   "TagValuesToDelete": [v for v in before if v not in values]}
        changes = {member: some for member, some in changes.items() if some}
        if changes:
            formation.update_lf_tag(TagKey=key, **changes)

    def tags_on(self, on: dict, assigned: bool = False) -> dict[str, str]:
        """The tags of a database, a table or one column: those in effect, or those assigned there."""
        answer = self.administrator("lakeformation").get_resource_lf_tags(Resource=on, ShowAssignedLFTags=assigned)
        if "TableWithColumns" in on:
            found = [t for column in answer.get("LFTagsOnColumns", []) for t in column["LFTags"]]
        else:
            found = answer.get("LFTagsOnTable" if "Table" in on else "LFTagOnDatabase", [])
        return {t["TagKey"]: t["TagValues"][0] for t in found}

    # The program

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        return self._run([arguments[0], "--profile", self.profile, *arguments[1:]], {})

    def run_as(self, keys: dict, *arguments: str) -> subprocess.CompletedProcess:
        """With these credentials instead of the administrator's."""
        return self._run(list(arguments), {
            "AWS_PROFILE": self.profile, "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"], "AWS_SESSION_TOKEN": keys.get("SessionToken", "")})

    def _run(self, arguments: list[str], more: dict) -> subprocess.CompletedProcess:
        return subprocess.run([WEIR, *arguments], env=self.server.cli_env | more, capture_output=True, text=True, timeout=120)


def arrow_table(columns: list[dict], rows: list[list]) -> pa.Table:
    def cell(text, kind):
        if not text:
            return None
        return int(text) if pa.types.is_integer(kind) else float(text) if pa.types.is_floating(kind) else text
    arrays = {}
    for i, column in enumerate(columns):
        kind = ARROW_TYPES.get(column["Type"], pa.string())
        arrays[column["Name"]] = pa.array([cell(row[i], kind) for row in rows], kind)
    return pa.table(arrays)
