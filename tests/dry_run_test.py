"""Dry runs: what is foretold is what then happens, and nothing happens before."""

import json
import os
import random
import sqlite3
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from conftest import ACCOUNT, WEIR
from lake import ENGINE_ACTIONS, Lake, role_arn, storage
from weir_words import changes_of, dry_run, on_resource, weir_client

SEEDS = [int(seed) for seed in os.environ.get("WEIR_DRY_RUN_SEEDS", "1 2 3").split()]
COLUMNS = [("id", "bigint"), ("area", "string"), ("name", "string"), ("ssn", "string")]


@pytest.fixture(scope="module")
def lake(server, admin):
    return Lake(server, admin, "rehearsed").build()


def make_table(lake: Lake, name: str, columns=COLUMNS) -> None:
    lake.admin.glue.create_table(DatabaseName=lake.database, TableInput=table_input(lake, name, columns))


def table_input(lake: Lake, name: str, columns) -> dict:
    return {"Name": name, "TableType": "EXTERNAL_TABLE",
            "StorageDescriptor": storage(lake.location(name), columns)}


def principal(arn: str) -> dict:
    return {"DataLakePrincipalIdentifier": arn}


def grant(arn: str, permissions: list[str], resource: dict, **more) -> dict:
    return {"Principal": principal(arn), "Permissions": permissions, "Resource": resource, **more}


# --- one kind of change at a time


def test_a_grant_names_who_gains_which_columns(lake, admin):
    arn = lake.role("grantee")
    make_table(lake, "granted")
    answer = dry_run(admin, "lakeformation", "GrantPermissions",
                     **grant(arn, ["SELECT"], lake.columns("granted", "id", "area")))
    assert answer["Accepted"] and answer["Complete"] and not answer["Losses"]
    row = on_resource(answer["Gains"], f"table {lake.database}.granted")
    assert row["Principal"] == arn and row["Columns"] == ["id", "area"] and row["RowsAfter"] == "all"
    assert "SELECT" in row["Permissions"]


def test_a_revocation_that_another_grant_makes_good_takes_nothing(lake, admin):
    arn = lake.role("twice")
    make_table(lake, "doubly")
    lake.grant(arn, ["SELECT"], lake.whole("doubly"))
    lake.grant(arn, ["SELECT"], {"Table": {"DatabaseName": lake.database, "TableWildcard": {}}})
    answer = dry_run(admin, "lakeformation", "RevokePermissions", **grant(arn, ["SELECT"], lake.whole("doubly")))
    assert answer["Accepted"] and not answer["Gains"]
    assert [row for row in answer["Losses"] if row["Resource"].startswith("table")] == []
    lake.revoke(arn, ["SELECT"], {"Table": {"DatabaseName": lake.database, "TableWildcard": {}}})


def test_a_second_filter_widens_and_all_rows_hide_the_filters(lake, admin):
    arn = lake.role("filtered")
    make_table(lake, "sliced")
    lake.grant(arn, ["SELECT"], lake.filter("sliced", "eu", "area = 'eu'"))
    second = lake.filter("sliced", "us", "area = 'us'")
    row = changes_of(dry_run(admin, "lakeformation", "GrantPermissions", **grant(arn, ["SELECT"], second)), arn)[0][0]
    assert row["RowsBefore"] == "\"area\" = 'eu'" and "'us'" in row["RowsAfter"] and "'eu'" in row["RowsAfter"]
    gains, losses = changes_of(
        dry_run(admin, "lakeformation", "GrantPermissions", **grant(arn, ["SELECT"], lake.whole("sliced"))), arn)
    assert on_resource(gains, f"table {lake.database}.sliced")["RowsAfter"] == "all" and not losses
    notices = dry_run(admin, "lakeformation", "GrantPermissions", **grant(arn, ["SELECT"], lake.whole("sliced")))["Notices"]
    assert any("ineffective" in notice for notice in notices), "all rows make the filter pointless, and that is said"


def test_a_filter_change_takes_rows_and_gives_others(lake, admin):
    arn = lake.role("moved")
    make_table(lake, "moving")
    lake.grant(arn, ["SELECT"], lake.filter("moving", "rows", "area = 'eu'"))
    changed = {"TableCatalogId": ACCOUNT, "DatabaseName": lake.database, "TableName": "moving", "Name": "rows",
               "RowFilter": {"FilterExpression": "area = 'us'"}, "ColumnWildcard": {}}
    gains, losses = changes_of(dry_run(admin, "lakeformation", "UpdateDataCellsFilter", TableData=changed), arn)
    for row in (gains[0], losses[0]):
        assert row["RowsBefore"] == "\"area\" = 'eu'" and row["RowsAfter"] == "\"area\" = 'us'"


def test_a_new_column_is_seen_through_an_exclude_list_and_not_through_an_include_list(lake, admin):
    excluding, including = lake.role("excluding"), lake.role("including")
    make_table(lake, "growing")
    lake.grant(excluding, ["SELECT"], {"TableWithColumns": {
        "DatabaseName": lake.database, "Name": "growing", "ColumnWildcard": {"ExcludedColumnNames": ["ssn"]}}})
    lake.grant(including, ["SELECT"], lake.columns("growing", "id"))
    answer = dry_run(admin, "glue", "UpdateTable", DatabaseName=lake.database,
                     TableInput=table_input(lake, "growing", [*COLUMNS, ("salary", "double")]))
    assert answer["Accepted"], answer
    assert on_resource(changes_of(answer, excluding)[0], f"table {lake.database}.growing")["Columns"] == ["salary"]
    assert changes_of(answer, including) == ([], [])


def test_a_dropped_table_takes_everything_from_everybody(lake, admin):
    arn = lake.role("bereft")
    make_table(lake, "leaving")
    lake.grant(arn, ["SELECT", "INSERT"], lake.whole("leaving"))
    answer = dry_run(admin, "glue", "DeleteTable", DatabaseName=lake.database, Name="leaving")
    lost = on_resource(changes_of(answer, arn)[1], f"table {lake.database}.leaving")
    assert {"SELECT", "INSERT"} <= set(lost["Permissions"]) and lost["RowsAfter"] == "none"


def test_settings_name_new_administrators_and_what_else_changes(lake, admin):
    arn = lake.role("promoted")
    settings = admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    wanted = settings | {"DataLakeAdmins": [*settings["DataLakeAdmins"], principal(arn)],
                         "AllowFullTableExternalDataAccess": True}
    answer = dry_run(admin, "lakeformation", "PutDataLakeSettings", DataLakeSettings=wanted)
    row = on_resource(answer["Gains"], f"catalog {ACCOUNT}")
    assert row["Principal"] == arn and row["Administration"] == "data lake administrator"
    assert any("AllowFullTable" in notice for notice in answer["Notices"])


def test_a_refusal_is_the_one_the_operation_would_give(lake, admin):
    make_table(lake, "refusing")
    request = grant(role_arn("nobody-of-that-name"), ["SELECT"], lake.whole("refusing"))
    answer = dry_run(admin, "lakeformation", "GrantPermissions", **request)
    with pytest.raises(ClientError) as real:
        admin.lakeformation.grant_permissions(**request)
    assert not answer["Accepted"] and answer["Gains"] == answer["Losses"] == []
    assert answer["Error"]["Code"] == real.value.response["Error"]["Code"]


# --- what a dry run is not


@pytest.mark.parametrize("service, operation", [
    ("lakeformation", "GetTemporaryGlueTableCredentials"), ("lakeformation", "GetDataLakeSettings"),
    ("sts", "AssumeRole"), ("iam", "CreateUser"), ("s3", "PutObject"), ("weir_api", "DryRun"), ("glue", "GetTable"),
    ("nothing", "Nothing")])
def test_only_changes_of_permissions_and_catalog_are_rehearsed(admin, service, operation):
    with pytest.raises(ClientError) as refused:
        dry_run(admin, service, operation)
    assert refused.value.response["Error"]["Code"] == "InvalidInputException"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"Principal":7}', '{"Resource":{"Table":{}}}'])
def test_inputs_are_judged_as_over_the_wire(admin, text):
    weir = weir_client(admin)
    try:
        answer = weir.dry_run(Service="lakeformation", Operation="GrantPermissions", Input=text or " ")
        assert not answer["Accepted"] and answer["Error"]["Code"]
    except ClientError as refused:
        assert refused.response["Error"]["Code"] == "InvalidInputException"


def test_rehearsals_beside_changes_lose_none_of_them(lake, admin):
    make_table(lake, "busy")
    roles = [lake.role(f"busy{i}") for i in range(8)]
    rehearsed = grant(roles[0], ["SELECT"], lake.whole("busy"))
    with ThreadPoolExecutor(4) as pool:
        dry = [pool.submit(dry_run, admin, "lakeformation", "GrantPermissions", **rehearsed) for _ in range(8)]
        real = [pool.submit(lake.grant, arn, ["DESCRIBE"], lake.whole("busy")) for arn in roles]
        assert all(one.result()["Accepted"] for one in dry) and [one.result() for one in real]
    held = {entry["Principal"]["DataLakePrincipalIdentifier"]: entry["Permissions"] for entry in
            admin.lakeformation.list_permissions(Resource=lake.whole("busy"))["PrincipalResourcePermissions"]}
    assert all(held[arn] == ["DESCRIBE"] for arn in roles)


def test_it_needs_weir_dryrun_and_what_the_operation_needs(lake, admin):
    make_table(lake, "guarded")
    request = grant(role_arn("rehearsed-guard"), ["SELECT"], lake.whole("guarded"))
    lake.role("guard")
    without = lake.assume(lake.role("without-dryrun", ["lakeformation:*"]))
    with pytest.raises(ClientError) as refused:
        dry_run(without, "lakeformation", "GrantPermissions", **request)
    assert refused.value.response["Error"]["Code"] == "AccessDeniedException"
    only = lake.assume(lake.role("only-dryrun", ["weir:DryRun"]))
    assert not dry_run(only, "lakeformation", "GrantPermissions", **request)["Accepted"]


def test_others_are_told_of_by_administrators_only(lake, admin):
    make_table(lake, "passed")
    other = lake.role("passed-to")
    owner = lake.role("passing", [*ENGINE_ACTIONS, "lakeformation:GrantPermissions", "weir:DryRun"])
    lake.grant(owner, ["SELECT"], lake.whole("passed"), PermissionsWithGrantOption=["SELECT"])
    answer = dry_run(lake.assume(owner), "lakeformation", "GrantPermissions",
                     **grant(other, ["SELECT"], lake.whole("passed")))
    assert answer["Accepted"] and answer["Gains"] == [] and not answer["Complete"]


def stored(server) -> list:
    """Every byte of the store, but for the clockwork of sessions and keys, which dry runs do not touch either."""
    with sqlite3.connect(f"file:{server.data_dir}/weir.db?mode=ro", uri=True) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [(name, sorted(map(repr, database.execute(f'SELECT * FROM "{name}"')))) for name in sorted(tables)]


def test_nothing_changes_and_the_trail_says_so(lake, admin, server):
    arn = lake.role("unchanged")
    make_table(lake, "kept")
    lake.grant(arn, ["DESCRIBE"], lake.whole("kept"))
    settings = admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    before = stored(server)
    rehearsals = [
        ("lakeformation", "GrantPermissions", grant(arn, ["SELECT"], lake.whole("kept"))),
        ("lakeformation", "RevokePermissions", grant(arn, ["DESCRIBE"], lake.whole("kept"))),
        ("lakeformation", "PutDataLakeSettings", {"DataLakeSettings": settings | {"ReadOnlyAdmins": [principal(arn)]}}),
        ("lakeformation", "DeregisterResource", {"ResourceArn": f"arn:aws:s3:::{lake.bucket}"}),
        ("glue", "CreateDatabase", {"DatabaseInput": {"Name": "imagined"}}),
        ("glue", "DeleteTable", {"DatabaseName": lake.database, "Name": "kept"}),
        ("glue", "DeleteDatabase", {"Name": lake.database}),
    ]
    for service, operation, request in rehearsals:
        assert dry_run(admin, service, operation, **request)["Accepted"], operation
    assert stored(server) == before
    assert admin.glue.get_table(DatabaseName=lake.database, Name="kept")["Table"]["Name"] == "kept"
    for _, operation, _ in rehearsals:
        latest = admin.cloudtrail.lookup_events(
            LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": operation}], MaxResults=1)["Events"][0]
        record = json.loads(latest["CloudTrailEvent"])
        assert record["additionalEventData"]["dryRun"] is True and record["errorCode"] == "DryRunOperation"


# --- the prophecy


PRIVILEGES = ["INSERT", "DELETE", "ALTER", "DROP"]


@dataclass
class Seen:
    """What one role may do with one table, asked for through the doors of engines and people."""
    permissions: set = field(default_factory=set)
    data: dict = field(default_factory=dict)  # column -> rows
    described: set = field(default_factory=set)


class World:
    """A lake with three roles and two tables, measured over the wire."""

    def __init__(self, server, admin, name: str):
        self.admin = admin
        self.lake = Lake(server, admin, name).build()
        self.tables = ["t0", "t1"]
        for name in self.tables:
            make_table(self.lake, name)
        self.roles = [self.lake.role(f"r{i}") for i in range(3)]
        self.clients = {arn: self.lake.assume(arn) for arn in self.roles}
        self.weir = weir_client(admin)

    def measure(self) -> dict:
        return {(arn, table): self.measure_one(arn, table) for arn in self.roles for table in self.tables}

    def measure_one(self, arn: str, table: str) -> Seen:
        seen = Seen()
        glue = self.clients[arn].glue
        try:
            found = glue.get_table(DatabaseName=self.lake.database, Name=table)["Table"]
            seen.described = {column["Name"] for column in found["StorageDescriptor"]["Columns"]}
            seen.permissions.add("DESCRIBE")
        except ClientError:
            pass
        seen.data = self.data_of(arn, table)
        for privilege in PRIVILEGES:
            if self.holds(arn, privilege, table):
                seen.permissions.add(privilege)
        return seen

    def data_of(self, arn: str, table: str) -> dict:
        try:
            answer = self.clients[arn].glue.get_unfiltered_table_metadata(
                CatalogId=ACCOUNT, DatabaseName=self.lake.database, Name=table,
                SupportedPermissionTypes=["COLUMN_PERMISSION", "CELL_FILTER_PERMISSION"],
                AuditContext={"AdditionalAuditContext": "measure"})
        except ClientError:
            return {}
        rows = {cell["ColumnName"]: cell["RowFilterExpression"] for cell in answer.get("CellFilters", [])}
        return {column: rows.get(column, "all") for column in answer.get("AuthorizedColumns", [])}

    def holds(self, arn: str, privilege: str, table: str) -> bool:
        try:
            answer = self.weir.explain(Principal=arn, Action=privilege, Resource=f"{self.lake.database}.{table}")
        except ClientError:
            return False  # the table is gone
        gates = json.loads(answer["Explanation"])["Gates"]
        return next(gate for gate in gates if gate["Name"] == "LakeFormation")["Verdict"] == "ALLOW"

    def perform(self, service: str, operation: str, request: dict) -> bool:
        try:
            answer = getattr(getattr(self.admin, service), xform_name(operation))(**request)
        except ClientError:
            return False
        return not answer.get("Failures")


def measured(before: dict, after: dict) -> set:
    """Every difference as a small fact."""
    facts = set()
    for key in before:
        was, now = before[key], after[key]
        facts |= {("gain", *key, p) for p in now.permissions - was.permissions}
        facts |= {("loss", *key, p) for p in was.permissions - now.permissions}
        facts |= {("gain", *key, "sees", c) for c in now.described - was.described}
        facts |= {("loss", *key, "sees", c) for c in was.described - now.described}
        for column in was.data.keys() | now.data.keys():
            rows = was.data.get(column, "none"), now.data.get(column, "none")
            if rows[0] != rows[1]:
                facts.add(("rows", *key, column, *rows))
    return facts


def foretold(world: World, answer: dict) -> set:
    """The same facts out of a dry run."""
    facts = set()
    for side, name in (("gain", "Gains"), ("loss", "Losses")):
        for row in answer[name]:
            prefix = f"table {world.lake.database}."
            table = row["Resource"].removeprefix(prefix)
            if row["Principal"] not in world.roles or not row["Resource"].startswith(prefix) or table not in world.tables:
                continue
            key = (row["Principal"], table)
            facts |= {(side, *key, p) for p in row["Permissions"] if p in [*PRIVILEGES, "DESCRIBE"]}
            facts |= {(side, *key, "sees", c) for c in row.get("MetadataColumns", [])}
            facts |= {("rows", *key, c, row["RowsBefore"], row["RowsAfter"]) for c in row.get("Columns", [])}
    return facts


class Fate:
    """Random operations over a World, each possible at any time, though it may be refused."""

    def __init__(self, world: World, seed: int, key: str):
        self.world, self.random, self.key = world, random.Random(seed), key
        self.columns = {name: list(COLUMNS) for name in world.tables}
        self.grants: list[dict] = []
        self.made = 0

    def draw(self) -> tuple[str, str, dict]:
        kinds = [self.grant] * 5 + [self.revoke] * 3 + [self.new_filter, self.change_filter, self.drop_filter] + \
                [self.schema] * 3 + [self.settings, self.tag, self.tag, self.untag, self.value]
        return self.random.choice(kinds)()

    def table(self) -> str:
        return self.random.choice(self.world.tables)

    def some_columns(self, table: str) -> list[str]:
        names = [name for name, _ in self.columns[table]]
        return sorted(self.random.sample(names, self.random.randint(1, len(names) - 1)))

    def resource(self) -> tuple[dict, list[str]]:
        database, table = self.world.lake.database, self.table()
        kind = self.random.randrange(6)
        if kind == 0:
            return self.world.lake.whole(table), [self.random.choice(["SELECT", "DESCRIBE", "INSERT", "ALTER", "DROP", "ALL"])]
        if kind == 1:
            return {"Table": {"DatabaseName": database, "TableWildcard": {}}}, [self.random.choice(["SELECT", "DELETE"])]
        if kind == 2:
            return self.world.lake.columns(table, *self.some_columns(table)), ["SELECT"]
        if kind == 3:
            return {"TableWithColumns": {"DatabaseName": database, "Name": table, "ColumnWildcard": {
                "ExcludedColumnNames": self.some_columns(table)}}}, ["SELECT"]
        if kind == 4:
            return {"DataCellsFilter": {"TableCatalogId": ACCOUNT, "DatabaseName": database, "TableName": table,
                                        "Name": f"f{self.random.randrange(2)}"}}, ["SELECT"]
        return {"LFTagPolicy": {"ResourceType": "TABLE", "Expression": [
            {"TagKey": self.key, "TagValues": [self.random.choice(["low", "high"])]}]}}, [
                self.random.choice(["SELECT", "DESCRIBE"])]

    def grant(self):
        resource, permissions = self.resource()
        request = grant(self.random.choice(self.world.roles), permissions, resource)
        self.grants.append(request)
        return "lakeformation", "GrantPermissions", request

    def revoke(self):
        if not self.grants:
            return self.grant()
        return "lakeformation", "RevokePermissions", self.grants.pop(self.random.randrange(len(self.grants)))

    def filter_data(self) -> dict:
        table = self.table()
        data = {"TableCatalogId": ACCOUNT, "DatabaseName": self.world.lake.database, "TableName": table,
                "Name": f"f{self.random.randrange(2)}"}
        rows = self.random.choice([None, "area = 'eu'", "area = 'us' OR id > 5", "area = 'eu' AND id > 5"])
        data["RowFilter"] = {"FilterExpression": rows} if rows else {"AllRowsWildcard": {}}
        if self.random.random() < 0.5:
            return data | {"ColumnWildcard": {}}
        return data | {"ColumnNames": self.some_columns(table)}

    def new_filter(self):
        return "lakeformation", "CreateDataCellsFilter", {"TableData": self.filter_data()}

    def change_filter(self):
        return "lakeformation", "UpdateDataCellsFilter", {"TableData": self.filter_data()}

    def drop_filter(self):
        data = self.filter_data()
        keys = ("TableCatalogId", "DatabaseName", "TableName", "Name")
        return "lakeformation", "DeleteDataCellsFilter", {key: data[key] for key in keys}

    def schema(self):
        table = self.table()
        columns = list(self.columns[table])
        if len(columns) > 2 and self.random.random() < 0.4:
            columns.pop(self.random.randrange(len(columns)))
        else:
            self.made += 1
            columns.append((f"new{self.made}", "string"))
        self.pending = (table, columns)
        return "glue", "UpdateTable", {"DatabaseName": self.world.lake.database,
                                       "TableInput": table_input(self.world.lake, table, columns)}

    def settings(self):
        current = self.world.admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]
        chosen = self.random.choice([[], [principal(self.world.roles[2])]])
        return "lakeformation", "PutDataLakeSettings", {"DataLakeSettings": current | {"ReadOnlyAdmins": chosen}}

    def place(self) -> dict:
        table = self.table()
        database = self.world.lake.database
        return self.random.choice([{"Database": {"Name": database}}, self.world.lake.whole(table),
                                   self.world.lake.columns(table, *self.some_columns(table))])

    def tag(self):
        value = self.random.choice(["low", "high"])
        return "lakeformation", "AddLFTagsToResource", {
            "Resource": self.place(), "LFTags": [{"TagKey": self.key, "TagValues": [value]}]}

    def untag(self):
        return "lakeformation", "RemoveLFTagsFromResource", {
            "Resource": self.place(), "LFTags": [{"TagKey": self.key, "TagValues": [self.random.choice(["low", "high"])]}]}

    def value(self):
        if self.random.random() < 0.3:
            return "lakeformation", "DeleteLFTag", {"TagKey": self.key}
        return "lakeformation", "CreateLFTag", {"TagKey": self.key, "TagValues": ["low", "high"]}

    def happened(self, operation: str) -> None:
        if operation == "UpdateTable":
            table, columns = self.pending
            self.columns[table] = columns


def administers(answer: dict, arn: str) -> bool:
    return any(row["Principal"] == arn and "Administration" in row for side in ("Gains", "Losses") for row in answer[side])


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_foretold_is_what_happens(server, admin, seed):
    world = World(server, admin, f"foretold-{seed}")
    fate = Fate(world, seed, key=f"level{seed}")
    admin.lakeformation.create_lf_tag(TagKey=fate.key, TagValues=["low", "high"])
    before = world.measure()
    happened, changed = Counter(), Counter()
    for step in range(40):
        service, operation, request = fate.draw()
        answer = dry_run(admin, service, operation, **request)
        told = f"step {step}: {operation} {request}: {answer}"
        if not world.perform(service, operation, request):
            assert not answer["Accepted"] or json.loads(answer["Answer"]).get("Failures"), told
            continue
        fate.happened(operation)
        assert answer["Accepted"] and answer["Complete"], told
        after = world.measure()
        expected = measured(before, after)
        if operation == "PutDataLakeSettings":
            # Administration is told as such: it shows descriptions of everything and is not listed thing by thing.
            assert expected == set() or administers(answer, world.roles[2]), told
        else:
            assert foretold(world, answer) == expected, told
        happened[operation] += 1
        changed[operation] += bool(expected)
        before = after
    assert happened.total() >= 15 and changed.total() >= 8, "the walk must see changes to prove anything"


# --- tags by themselves


def test_tags_assigned_removed_and_deleted_say_who_sees_what(lake, admin):
    arn = lake.role("tagged")
    make_table(lake, "labelled")
    admin.lakeformation.create_lf_tag(TagKey="shade", TagValues=["light", "dark"])
    lake.grant(arn, ["SELECT"], {"LFTagPolicy": {"ResourceType": "TABLE", "Expression": [
        {"TagKey": "shade", "TagValues": ["light"]}]}})
    light = [{"TagKey": "shade", "TagValues": ["light"]}]
    assign = {"Resource": lake.columns("labelled", "id"), "LFTags": light}
    answer = dry_run(admin, "lakeformation", "AddLFTagsToResource", **assign)
    assert on_resource(changes_of(answer, arn)[0], f"table {lake.database}.labelled")["Columns"] == ["id"]
    admin.lakeformation.add_lf_tags_to_resource(**assign)
    for operation, request in [("RemoveLFTagsFromResource", assign), ("DeleteLFTag", {"TagKey": "shade"})]:
        answer = dry_run(admin, "lakeformation", operation, **request)
        if not answer["Accepted"]:
            assert operation == "DeleteLFTag" and answer["Error"], answer
            continue
        assert on_resource(changes_of(answer, arn)[1], f"table {lake.database}.labelled")["Columns"] == ["id"]


# --- the commands


def run(server, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([WEIR, *arguments], capture_output=True, text=True, env=server.cli_env, timeout=60)


def test_the_commands_rehearse_and_then_do(lake, server):
    arn = lake.role("commanded")
    make_table(lake, "typed")
    words = ["--principal", arn, "--permissions", "select", "--resource", f"{lake.database}.typed(id, area)"]
    rehearsed = run(server, "grant", *words, "--dry-run")
    assert rehearsed.returncode == 0, rehearsed.stderr
    assert "+  role/rehearsed-commanded" in rehearsed.stdout and "id, area" in rehearsed.stdout
    assert "nothing was changed" in rehearsed.stdout
    assert run(server, "grant", *words).returncode == 0
    as_json = json.loads(run(server, "revoke", *words, "--dry-run", "--json").stdout)
    assert on_resource(as_json["Losses"], f"table {lake.database}.typed")["Columns"] == ["id", "area"]
    assert run(server, "revoke", *words).returncode == 0
    refused = run(server, "revoke", *words, "--dry-run")
    assert refused.returncode == 2 and refused.stdout.startswith("refused")


def test_any_operation_is_rehearsed_by_its_json(lake, server, tmp_path):
    make_table(lake, "byjson")
    file = tmp_path / "request.json"
    file.write_text(json.dumps({"DatabaseName": lake.database, "Name": "byjson"}))
    done = run(server, "dry-run", "glue", "DeleteTable", f"@{file}", "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["Accepted"] is True
    assert run(server, "dry-run", "glue", "DeleteTable", "@/no/such/file").returncode == 1
