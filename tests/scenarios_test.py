"""The scenarios over HTTP and through SQL: each step with the credentials of the principal it names.

The same files run through the pure decision function in src/permissions/scenario_test.cc. Both must give the answers
written in the files, so the doors and the function agree. tests/scenarios/README.md says what the steps mean.
Each file happens in an account of its own.
"""

import json
import re
import subprocess
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import boto3
import pyarrow as pa
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

import lake
from conftest import REGION, WEIR, Server

SCENARIOS = Path(__file__).resolve().parent / "scenarios"

# Files whose answers differ over the wire, and why. A file that agrees again has to leave this list.
DIFFERENT_OVER_THE_WIRE = {
    "closed_filters": "UpdateTable refuses the change that would close a filter, so nobody gets to see it closed",
}

ARROW_TYPES = {"bigint": pa.int64(), "int": pa.int32(), "double": pa.float64(), "string": pa.string()}
ENFORCED = ["COLUMN_PERMISSION", "CELL_FILTER_PERMISSION"]
DENIED = ("AccessDenied", "AccessDeniedException")

aws = boto3.Session(region_name=REGION)  # one for all: it keeps the service models it has read


# Words

def words(text: str, separator: str = ",") -> list[str]:
    return [word.strip() for word in text.split(separator)] if text.strip() else []


def cut(text: str, mark: str = " ") -> tuple[str, str]:
    head, _, tail = text.partition(mark)
    return head.strip(), tail.strip()


def cut_last(text: str, mark: str) -> tuple[str, str]:
    head, found, tail = text.rpartition(mark)
    return (head.strip(), tail.strip()) if found else (text.strip(), "")


def place_arn(url: str) -> str:
    return "arn:aws:s3:::" + url.split("://", 1)[1]


def column_selection(text: str) -> dict:
    head, excluded = cut(text, "-")
    if head not in ("*", "all"):
        return {"ColumnNames": words(text)}
    return {"ColumnWildcard": {"ExcludedColumnNames": words(excluded)} if excluded else {}}


def resource(account: str, text: str) -> dict:
    """An object as the Resource of a grant."""
    kind, rest = cut(text)
    if kind == "catalog":
        return {"Catalog": {}}
    if kind == "database":
        return {"Database": {"Name": rest}}
    if kind == "location":
        return {"DataLocation": {"ResourceArn": place_arn(rest)}}
    if kind == "filter":
        return {"DataCellsFilter": {"TableCatalogId": account} | filter_name(rest)}
    table, chosen = cut(text, "(")
    database, name = cut(table, ".")
    if name == "*":
        return {"Table": {"DatabaseName": database, "TableWildcard": {}}}
    whole = {"DatabaseName": database, "Name": name}
    return {"TableWithColumns": whole | column_selection(chosen.rstrip(")"))} if chosen else {"Table": whole}


def filter_name(text: str) -> dict:
    name, table = cut(text, " on ")
    database, table = cut(table, ".")
    return {"DatabaseName": database, "TableName": table, "Name": name}


def alternatives(expression: str | None) -> frozenset[str]:
    """An expression by meaning: its alternatives, without the quotes and parentheses that change nothing."""
    if expression in (None, "all"):
        return frozenset()
    pieces = re.split(r"('(?:[^']|'')*')", expression)
    plain = "".join(p if p.startswith("'") else re.sub(r'["()\s]+', " ", p).lower() for p in pieces)
    return frozenset(" ".join(one.split()) for one in re.split(r" or (?=(?:[^']*'[^']*')*[^']*$)", plain))


@dataclass(frozen=True)
class View:
    """What somebody sees of a table. `cells` has every column that is hidden in some rows of the table."""

    columns: tuple[str, ...]
    rows: frozenset[str]
    cells: frozenset[tuple[str, frozenset[str]]]

    @staticmethod
    def expected(text: str, schema: list[str]) -> "View":
        first, *masks = words(text, ";")
        names, rows = cut(first.removeprefix("columns "), " rows ")
        columns = schema if names == "all" else words(names)
        shown = dict.fromkeys(columns, alternatives(rows)) | {
            column: alternatives(where) for column, where in (cut(mask, " where ") for mask in masks)}
        return View(tuple(columns), alternatives(rows), frozenset((c, w) for c, w in shown.items() if w))

    @staticmethod
    def answered(metadata: dict) -> "View":
        cells = ((c["ColumnName"], alternatives(c["RowFilterExpression"])) for c in metadata.get("CellFilters", []))
        return View(tuple(metadata["AuthorizedColumns"]), alternatives(metadata.get("RowFilter")), frozenset(cells))


def denied_or(call, *arguments, **options):
    """What the call answers; "denied" when that is why it fails."""
    try:
        return call(*arguments, **options)
    except ClientError as error:
        if error.response["Error"]["Code"] in DENIED:
            return "denied"
        raise


def outcome(call, *arguments, **options) -> str:
    try:
        call(*arguments, **options)
        return "ok"
    except ClientError as error:
        return "refused: " + error.response["Error"]["Message"]


# The world of one file

class World:
    """An account with its administrator, a bucket, a registered location, and principals made when first named."""

    def __init__(self, server: Server, number: int):
        self.server, self.account, self.profile = server, f"2{number:011d}", f"scenario-{number:02d}"
        self.bucket = f"{self.profile}-data"
        done = subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", self.account,
                               "--name", self.profile], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        self.administrator = self.clients(*server.keys(self.profile))
        self.made: dict[str, object] = {}
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
        iam, formation = self.administrator("iam"), self.administrator("lakeformation")
        self.administrator("s3").create_bucket(Bucket=self.bucket)
        iam.create_role(RoleName="location", AssumeRolePolicyDocument=lake.trust_service())
        iam.put_role_policy(RoleName="location", PolicyName="data", PolicyDocument=lake.location_policy(self.bucket))
        self.register(f"s3://{self.bucket}")
        formation.put_data_lake_settings(DataLakeSettings={
            "AllowExternalDataFiltering": True, "AuthorizedSessionTagValueList": [lake.SESSION_TAG],
            "ExternalDataFilteringAllowList": [{"DataLakePrincipalIdentifier": self.account}],
            "DataLakeAdmins": self.people("role/admin")})

    # Principals

    def principal(self, word: str) -> str:
        if word == "everybody":
            return "IAM_ALLOWED_PRINCIPALS"
        if word == "all-principals":
            return f"{self.account}:IAMPrincipals"
        self.credentials(word)
        return f"arn:aws:iam::{self.account}:{word}"

    def people(self, text: str) -> list[dict]:
        """The administrator does what the steps without a principal say, so it stays."""
        return [{"DataLakePrincipalIdentifier": arn} for arn in [self.arn, *map(self.principal, words(text))]]

    def credentials(self, word: str):
        if word not in self.made:
            kind, name = word.split("/", 1)
            self.made[word] = self.make_user(name) if kind == "user" else self.make_role(name)
        return self.made[word]

    def make_role(self, name: str):
        arn = f"arn:aws:iam::{self.account}:role/{name}"
        iam = self.administrator("iam")
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=lake.trust_engine(self.arn))
        iam.put_role_policy(RoleName=name, PolicyName="all", PolicyDocument=lake.allow(["lakeformation:*", "glue:*"]))
        keys = self.administrator("sts").assume_role(
            RoleArn=arn, RoleSessionName="scenario", ExternalId=lake.EXTERNAL_ID,
            Tags=[{"Key": "LakeFormationAuthorizedCaller", "Value": lake.SESSION_TAG}])["Credentials"]
        return self.clients(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])

    def make_user(self, name: str):
        iam = self.administrator("iam")
        iam.create_user(UserName=name)
        iam.put_user_policy(UserName=name, PolicyName="all", PolicyDocument=lake.allow(["lakeformation:*", "glue:*"]))
        keys = iam.create_access_key(UserName=name)["AccessKey"]
        return self.clients(keys["AccessKeyId"], keys["SecretAccessKey"])

    def as_who(self, word: str, service: str):
        return self.credentials(word)(service)

    # Things

    def register(self, url: str) -> None:
        self.administrator("lakeformation").register_resource(
            ResourceArn=place_arn(url), RoleArn=f"arn:aws:iam::{self.account}:role/location")

    def table(self, name: str, columns: list[tuple[str, str]], keys: list[tuple[str, str]], rows: list[list]) -> None:
        """Makes the table, or gives it this schema; then its data."""
        glue, (database, leaf) = self.administrator("glue"), name.split(".")
        place = f"s3://{self.bucket}/{database}/{leaf}/"
        described = {"Name": leaf, "TableType": "EXTERNAL_TABLE", "StorageDescriptor": lake.storage(place, columns),
                     "PartitionKeys": [{"Name": n, "Type": t} for n, t in keys]}
        if name in self.schemas:
            glue.update_table(DatabaseName=database, TableInput=described)
        else:
            if database not in self.databases:
                glue.create_database(DatabaseInput={"Name": database})
                self.databases.add(database)
            glue.create_table(DatabaseName=database, TableInput=described)
        self.schemas[name] = [n for n, _ in columns + keys]
        self.put_rows(described, f"{database}/{leaf}/", database, rows)

    def put_rows(self, table: dict, prefix: str, database: str, rows: list[list]) -> None:
        columns, keys = table["StorageDescriptor"]["Columns"], table["PartitionKeys"]
        parts: dict[tuple, list] = {}
        for row in rows:
            parts.setdefault(tuple(row[len(columns):]), []).append(row)
        for values, lines in parts.items():
            below = "".join(f"{key['Name']}={value}/" for key, value in zip(keys, values))
            self.administrator("s3").put_object(Bucket=self.bucket, Key=f"{prefix}{below}part-0.parquet",
                                                Body=lake.parquet_bytes(arrow_table(columns, lines)))
            if keys:
                storage = table["StorageDescriptor"] | {"Location": f"s3://{self.bucket}/{prefix}{below}"}
                self.administrator("glue").create_partition(
                    DatabaseName=database, TableName=table["Name"],
                    PartitionInput={"Values": list(values), "StorageDescriptor": storage})

    # The program

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([WEIR, arguments[0], "--profile", self.profile, *arguments[1:]],
                              env=self.server.cli_env, capture_output=True, text=True, timeout=120)


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


# The steps

class Steps:
    """One method per verb: it takes the rest of the step and gives the answer, in the words of the file."""

    def __init__(self, world: World):
        self.world = world

    def change_settings(self, **members) -> None:
        formation = self.world.administrator("lakeformation")
        formation.put_data_lake_settings(
            DataLakeSettings=formation.get_data_lake_settings()["DataLakeSettings"] | members)

    def admins(self, text: str) -> str:
        return outcome(self.change_settings, DataLakeAdmins=self.world.people(text))

    def readers(self, text: str) -> str:
        return outcome(self.change_settings, ReadOnlyAdmins=self.world.people(text)[1:])

    def table(self, text: str) -> str:
        head, rows = cut(text, " rows ")
        head, keys = cut(head, " partition ")
        name, columns = cut(head)
        typed = [[cut(word, ":") for word in words(re.sub(r"\s", "", part))] for part in (columns, keys)]
        return outcome(self.world.table, name, *typed, [[c.strip() for c in row.split(",")] for row in words(rows, "|")])

    def drop(self, text: str) -> str:
        if text.startswith("filter "):
            named = resource(self.world.account, text)["DataCellsFilter"]
            return outcome(self.world.administrator("lakeformation").delete_data_cells_filter, **named)
        database, name = text.split(".")
        del self.world.schemas[text]
        return outcome(self.world.administrator("glue").delete_table, DatabaseName=database, Name=name)

    def filter(self, text: str) -> str:
        head, rest = cut(text, " columns ")
        columns, rows = cut(rest, " rows ")
        data = {"TableCatalogId": self.world.account} | filter_name(head) | column_selection(columns)
        data["RowFilter"] = {"AllRowsWildcard": {}} if rows == "all" else {"FilterExpression": rows.strip('"')}
        formation = self.world.administrator("lakeformation")
        made = outcome(formation.create_data_cells_filter, TableData=data)
        return outcome(formation.update_data_cells_filter, TableData=data) if "already exists" in made else made

    def register(self, text: str) -> str:
        return outcome(self.world.register, text)

    def grant(self, text: str) -> str:
        return self.change("grant_permissions", text)

    def revoke(self, text: str) -> str:
        return self.change("revoke_permissions", text)

    def change(self, operation: str, text: str) -> str:
        text, by = cut_last(text, " by ")
        option = text.endswith(" option")
        who, rest = cut(text.removesuffix(" option"))
        privileges, what = cut(rest)
        only_option = option and operation.startswith("revoke")
        return outcome(getattr(self.world.as_who(by or "role/admin", "lakeformation"), operation),
                       Principal={"DataLakePrincipalIdentifier": self.world.principal(who)},
                       Resource=resource(self.world.account, what),
                       Permissions=[] if only_option else words(privileges),
                       PermissionsWithGrantOption=words(privileges) if option else [])

    def ask(self, text: str) -> str | View:
        who, rest = cut(text)
        privilege, what = cut(rest)
        if what == "catalog":
            return self.try_to_create_database(who)
        verdict = self.explained(who, privilege, what)
        if privilege != "SELECT":
            return verdict
        seen = self.seen(who, what)
        shown = seen if isinstance(seen, str) else "allowed"
        return seen if shown == verdict else f"{shown} by the metadata, {verdict} by explain"

    def seen(self, who: str, table: str) -> str | View:
        """The view of the third-party path; without columns nothing may be read."""
        database, name = table.split(".")
        metadata = denied_or(self.world.as_who(who, "glue").get_unfiltered_table_metadata, CatalogId=self.world.account,
                             DatabaseName=database, Name=name, SupportedPermissionTypes=ENFORCED)
        return "denied" if metadata == "denied" or not metadata["AuthorizedColumns"] else View.answered(metadata)

    def explained(self, who: str, privilege: str, what: str) -> str:
        done = self.world.run("explain", "--json", "--principal", self.world.principal(who), "--action", privilege,
                              "--resource", what.removeprefix("database ").removeprefix("location "))
        assert done.returncode == 0, done.stderr
        gates = {gate["Name"]: gate["Verdict"] for gate in json.loads(done.stdout)["Gates"]}
        return {"ALLOW": "allowed", "DENY": "denied"}[gates["LakeFormation"]]

    def try_to_create_database(self, who: str) -> str:
        glue = self.world.as_who(who, "glue")
        if denied_or(glue.create_database, DatabaseInput={"Name": "tried"}) == "denied":
            return "denied"
        glue.delete_database(Name="tried")
        return "allowed"

    def describe(self, text: str) -> str:
        who, what = cut(text)
        database, name = what.split(".")
        answer = denied_or(self.world.as_who(who, "glue").get_table, DatabaseName=database, Name=name)
        if answer == "denied":
            return answer
        table = answer["Table"]
        return ",".join(c["Name"] for c in table["StorageDescriptor"]["Columns"] + table.get("PartitionKeys", []))

    def list(self, text: str) -> str:
        who, what = cut(text)
        glue = self.world.as_who(who, "glue")
        if what == "databases":
            names = [d["Name"] for d in glue.get_databases()["DatabaseList"]]
        else:
            answer = denied_or(glue.get_tables, DatabaseName=what.removeprefix("tables "))
            names = [] if answer == "denied" else [t["Name"] for t in answer["TableList"]]
        return ",".join(sorted(names)) or "nothing"

    def governs(self, url: str) -> str:
        """The longest registration on a path boundary; a table there must say the same of being registered."""
        place = url.split("://", 1)[1].rstrip("/")
        registered = self.world.administrator("lakeformation").list_resources()["ResourceInfoList"]
        places = [r["ResourceArn"].removeprefix("arn:aws:s3:::").rstrip("/") for r in registered]
        longest = max((p for p in places if f"{place}/".startswith(f"{p}/")), key=len, default=None)
        assert self.says_registered(url) == (longest is not None)
        return f"s3://{longest}" if longest else "nothing"

    def says_registered(self, url: str) -> bool:
        self.world.table("probes.probe", [("id", "bigint")], [], [])
        glue = self.world.administrator("glue")
        glue.update_table(DatabaseName="probes", TableInput={
            "Name": "probe", "TableType": "EXTERNAL_TABLE", "StorageDescriptor": lake.storage(url, [("id", "bigint")])})
        return glue.get_table(DatabaseName="probes", Name="probe")["Table"]["IsRegisteredWithLakeFormation"]

    def select(self, text: str) -> str:
        who, quoted = cut(text)
        query = quoted.strip('"')
        columns, name = re.fullmatch(r"select (.+?) from (\S+).*", query).groups()
        done = self.world.run("query", "--role-arn", self.world.principal(who), "--external-id", lake.EXTERNAL_ID,
                              "--session-tag", lake.SESSION_TAG, "--threads", "1", "--format", "json", query)
        assert done.returncode in (0, 1), done.stderr
        seen = self.seen(who, name)
        readable = seen != "denied" and set(words(columns)) <= set(seen.columns)
        if readable != (done.returncode == 0):
            return f"{'readable' if readable else 'denied'} by the metadata, but the query: {done.stderr or done.stdout}"
        return printed(json.loads(done.stdout)) if readable else "denied"


def printed(rows: list[dict]) -> str:
    def cell(value) -> str:
        return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    return " | ".join(",".join(map(cell, row.values())) for row in rows) or "nothing"


# The files

def agrees(expected: str, got, schemas: dict[str, list[str]], text: str) -> bool:
    if isinstance(got, View):
        return expected.startswith("columns ") and got == View.expected(expected, schemas[text.split()[-1]])
    if expected == "refused":
        return got.startswith("refused")
    if expected.startswith("refused: "):
        return got.startswith("refused") and expected.removeprefix("refused: ").lower() in got.lower()
    return expected == got


def not_on_this_wire(text: str) -> bool:
    """SAML principals and what counts as several of them: there is no federated sign-in yet."""
    who = text.split()[1]
    return who.startswith("saml-") or "+" in who


def play(world: World, file: Path) -> tuple[int, list[str]]:
    """How many steps ran, and what disagreed."""
    steps, ran, different = Steps(world), 0, []
    for number, line in enumerate(file.read_text().splitlines(), 1):
        text, expected = cut_last(line, " => ")
        if not text or text.startswith("#") or not_on_this_wire(text):
            continue
        verb, rest = cut(text)
        got = getattr(steps, verb)(rest)
        ran += 1
        if not agrees(expected, got, world.schemas, text):
            different.append(f"{file.name}:{number}  {text}\n  expected {expected}\n  got      {got}")
    return ran, different


@pytest.fixture(scope="module")
def own_server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("scenarios") / "data").start()
    yield running
    assert running.stop() == 0


FILES = sorted(SCENARIOS.glob("*.scenario"))


@pytest.mark.parametrize("number", range(len(FILES)), ids=[file.stem for file in FILES])
def test_scenario_answers_as_written(own_server, number):
    ran, different = play(World(own_server, number + 1), FILES[number])
    assert ran > 0
    reason = DIFFERENT_OVER_THE_WIRE.get(FILES[number].stem)
    if reason:
        assert different, f"agrees now; take it out of DIFFERENT_OVER_THE_WIRE: {reason}"
    else:
        assert not different, "\n" + "\n".join(different)


def test_every_file_listed_as_different_is_there():
    assert set(DIFFERENT_OVER_THE_WIRE) <= {file.stem for file in FILES}


@pytest.mark.parametrize("one,other,same", [
    ("region = 'EU' or region = 'US'", "(\"region\" = 'US') OR (\"region\" = 'EU')", True),
    ("name = 'a or b'", "name = 'b' or name = 'a'", False),
    ("name = '(a)'", "name = 'a'", False),
])
def test_expressions_are_compared_by_meaning(one, other, same):
    assert (alternatives(one) == alternatives(other)) is same
