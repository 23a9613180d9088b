"""One question, every door: for each random world, Glue, vended credentials with S3, and SQL on both engines must show the
same rows, columns and cells, and exactly those that the slow evaluator of random_worlds.py works out."""

import io
import json
import random
from functools import cache

import pyarrow.parquet
import pytest
from botocore.exceptions import ClientError

import lake
from conftest import Clients, Server
from random_worlds import COLUMNS, GROUP, NAMES, PRINCIPALS, TABLES, TEAMS, Grant, RandomWorld, ask, random_grant, random_world
from scenario_words import DENIED
from scenario_world import World
from sql_words import Sql, cells

SEEDS = range(10)
GRANTS = 14
CHANGES = 4
ENFORCED = ["COLUMN_PERMISSION", "CELL_FILTER_PERMISSION"]


@pytest.fixture(scope="module")
def own_server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("doors") / "data").start()
    yield running
    assert running.stop() == 0


# Making the world over the wire

class Doors:
    """A random world in an account of its own, and what each door shows of it."""

    def __init__(self, server: Server, seed: int):
        self.plan = random_world(seed)
        self.dice = random.Random(f"grants {seed}")
        self.world = World(server, 500 + seed)
        self.formation = self.world.administrator("lakeformation")
        self.keep_administering()
        for role in PRINCIPALS:
            self.world.identity(role)
            if TEAMS[role]:
                self.world.administrator("iam").tag_role(RoleName=role.split("/")[1], Tags=[{"Key": "team", "Value": TEAMS[role]}])
        self.make_tables()
        self.make_tags()
        self.make_filters()
        for _ in range(GRANTS):
            self.change_grants()

    def keep_administering(self) -> None:
        settings = self.formation.get_data_lake_settings()["DataLakeSettings"]
        settings["DataLakeAdmins"] = [{"DataLakePrincipalIdentifier": self.world.arn}]
        self.formation.put_data_lake_settings(DataLakeSettings=settings)

    def make_tables(self) -> None:
        for table, rows in self.plan.rows.items():
            self.world.table(table, COLUMNS, [], [["" if c is None else str(c) for c in row] for row in rows])

    def place(self, database: str, table: str, column: str) -> dict:
        if column:
            return {"TableWithColumns": {"DatabaseName": database, "Name": table, "ColumnNames": [column]}}
        return {"Table": {"DatabaseName": database, "Name": table}} if table else {"Database": {"Name": database}}

    def make_tags(self) -> None:
        for key, values in {"area": ["eu", "us", "all"], "pii": ["yes", "no"]}.items():
            self.formation.create_lf_tag(TagKey=key, TagValues=values)
        for place, tags in self.plan.tags.items():
            if tags:
                answer = self.formation.add_lf_tags_to_resource(
                    Resource=self.place(*place), LFTags=[{"TagKey": k, "TagValues": [v]} for k, v in tags.items()])
                assert not answer["Failures"], answer

    def make_filters(self) -> None:
        for one in self.plan.filters:
            database, table = one.table.split(".")
            data = {"TableCatalogId": self.world.account, "DatabaseName": database, "TableName": table, "Name": one.name,
                    "RowFilter": {"FilterExpression": one.rows} if one.rows else {"AllRowsWildcard": {}}}
            data |= {"ColumnNames": list(one.columns)} if one.columns else {"ColumnWildcard": {}}
            self.formation.create_data_cells_filter(TableData=data)

    def request(self, grant: Grant) -> dict:
        out = {"Principal": {"DataLakePrincipalIdentifier": self.world.principal(grant.who)},
               "Permissions": list(grant.privileges), "Resource": self.resource(grant)}
        if grant.team:
            tag = "context.iam.principalTags"
            out["Condition"] = {"Expression": f'{tag}.hasTag("team") && {tag}.getTag("team") == "{grant.team}"'}
        return out

    def resource(self, grant: Grant) -> dict:
        if grant.kind == "policy":
            return {"LFTagPolicy": {"ResourceType": "TABLE", "Expression": [
                {"TagKey": key, "TagValues": list(values)} for key, values in grant.terms]}}
        if grant.kind == "wildcard":
            return {"Table": {"DatabaseName": grant.table, "TableWildcard": {}}}
        database, table = grant.table.split(".")
        if grant.kind == "filter":
            return {"DataCellsFilter": {"TableCatalogId": self.world.account, "DatabaseName": database, "TableName": table,
                                        "Name": grant.filter}}
        if grant.kind == "table":
            return {"Table": {"DatabaseName": database, "Name": table}}
        chosen = ({"ColumnWildcard": {"ExcludedColumnNames": list(grant.columns)}} if grant.excluding
                  else {"ColumnNames": list(grant.columns)})
        return {"TableWithColumns": {"DatabaseName": database, "Name": table} | chosen}

    # Changing it

    def change_grants(self) -> None:
        """One more grant; what the server refuses (as two kinds of grants that exclude each other) is not held."""
        grant = random_grant(self.dice, self.plan)
        try:
            self.formation.grant_permissions(**self.request(grant))
        except ClientError as error:
            assert "Permissions modification is invalid" in error.response["Error"]["Message"], error
        else:
            self.plan.grants.append(grant)

    def take_one_away(self) -> None:
        """Column grants of one principal on one table are one holding, so only other kinds are revoked here."""
        loose = sorted({g for g in self.plan.grants if g.kind != "columns"}, key=repr)
        if loose:
            gone = self.dice.choice(loose)
            self.formation.revoke_permissions(**self.request(gone))
            self.plan.grants = [g for g in self.plan.grants if g != gone]

    def change_a_tag(self) -> None:
        place = self.dice.choice(sorted(self.plan.tags))
        tags = self.plan.tags[place]
        if tags and self.dice.random() < 0.5:
            key = self.dice.choice(sorted(tags))
            answer = self.formation.remove_lf_tags_from_resource(
                Resource=self.place(*place), LFTags=[{"TagKey": key, "TagValues": [tags.pop(key)]}])
        else:
            tags["pii"] = self.dice.choice(["yes", "no"])
            answer = self.formation.add_lf_tags_to_resource(
                Resource=self.place(*place), LFTags=[{"TagKey": "pii", "TagValues": [tags["pii"]]}])
        assert not answer["Failures"], answer

    # The doors

    def glue(self, who: str, table: str) -> list[str] | None:
        database, name = table.split(".")
        try:
            answer = self.world.as_who(who, "glue").get_table(DatabaseName=database, Name=name)
        except ClientError as error:
            assert error.response["Error"]["Code"] in DENIED, error
            return None
        return [column["Name"] for column in answer["Table"]["StorageDescriptor"]["Columns"]]

    def metadata(self, who: str, table: str) -> dict:
        database, name = table.split(".")
        return self.world.as_who(who, "glue").get_unfiltered_table_metadata(
            CatalogId=self.world.account, DatabaseName=database, Name=name, SupportedPermissionTypes=ENFORCED)

    def vended(self, who: str, table: str) -> list[tuple] | None:
        """An engine of ten lines: metadata, credentials, the whole object, the filters it was told."""
        database, name = table.split(".")
        try:
            told = self.metadata(who, table)
            keys = self.world.as_who(who, "lakeformation").get_temporary_glue_table_credentials(
                TableArn=lake.table_arn(database, name).replace(lake.ACCOUNT, self.world.account),
                Permissions=["SELECT"], SupportedPermissionTypes=ENFORCED)
        except ClientError as error:
            assert error.response["Error"]["Code"] in DENIED, error
            return None
        s3 = self.world.clients(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])("s3")
        body = s3.get_object(Bucket=self.world.bucket, Key=f"{database}/{name}/part-0.parquet")["Body"].read()
        data = pyarrow.parquet.read_table(io.BytesIO(body)).select(NAMES).to_pylist()
        cells = {c["ColumnName"]: c["RowFilterExpression"] for c in told.get("CellFilters", [])}
        shown = ", ".join(f'case when {cells.get(n, "true")} then "{n}" end' for n in told["AuthorizedColumns"])
        return ask([tuple(row.values()) for row in data],
                   f"select {shown} from t where {told.get('RowFilter') or 'true'} order by id")

    def sql(self, who: str, table: str) -> list[tuple] | None:
        done = self.world.run("query", "--role-arn", self.world.principal(who), "--external-id", lake.EXTERNAL_ID,
                              "--session-tag", lake.SESSION_TAG, "--threads", "1", "--format", "json",
                              f"select * from {table}")
        if done.returncode != 0:
            assert "permission" in done.stderr.lower(), done.stderr
            return None
        return [tuple(row.values()) for row in json.loads(done.stdout)]

    @cache
    def queries_of(self, who: str) -> Sql:
        keys = self.world.identity(who).keys
        members = ("AccessKeyId", "SecretAccessKey", "SessionToken")
        return Sql(Clients(self.world.server.endpoint, *(keys[member] for member in members)))

    def served(self, who: str, table: str) -> list[tuple] | None:
        """The engine in the server, whose cells are text."""
        page = self.queries_of(who).ask(f"select * from {table}")
        if page["State"] == "FAILED":
            assert page["Error"]["Code"] in DENIED, page["Error"]
            return None
        return cells(page)

    def own_s3(self, who: str, table: str) -> None:
        """Nobody reaches the data with credentials of their own."""
        with pytest.raises(ClientError) as refused:
            self.world.as_who(who, "s3").get_object(Bucket=self.world.bucket, Key=table.replace(".", "/") + "/part-0.parquet")
        assert refused.value.response["Error"]["Code"] == "AccessDenied"


def in_any_order(rows: list[tuple] | None) -> list[str] | None:
    return None if rows is None else sorted(map(repr, rows))


def as_text(rows: list[tuple] | None) -> list[tuple] | None:
    return None if rows is None else [tuple(None if cell is None else str(cell) for cell in row) for row in rows]


def check(doors: Doors) -> int:
    """Every principal, every table, every door; how many could be read."""
    plan: RandomWorld = doors.plan
    readable = 0
    for who in PRINCIPALS:
        for table in TABLES:
            expected = plan.visible(who, table) if plan.readable_columns(who, table) else None
            about = f"{who} {table}\n" + "\n".join(map(str, plan.grants))
            assert doors.glue(who, table) == plan.described_columns(who, table), about
            assert doors.vended(who, table) == expected, about
            assert in_any_order(doors.sql(who, table)) == in_any_order(expected), about
            assert in_any_order(doors.served(who, table)) == in_any_order(as_text(expected)), about
            doors.own_s3(who, table)
            readable += expected is not None
    return readable


@pytest.mark.parametrize("seed", SEEDS)
def test_every_door_shows_what_the_slow_evaluator_says(own_server, seed):
    doors = Doors(own_server, seed)
    assert check(doors) > 0
    for _ in range(CHANGES):
        doors.take_one_away()
        doors.change_a_tag()
        doors.change_grants()
    check(doors)


@pytest.mark.parametrize("seed", SEEDS)
def test_deleting_a_tag_key_or_a_value_never_shows_anybody_more(own_server, seed):
    doors = Doors(own_server, 100 + seed)
    before = {(who, table): doors.plan.visible(who, table) for who in PRINCIPALS for table in TABLES}
    doors.formation.delete_lf_tag(TagKey="pii")
    doors.formation.create_lf_tag(TagKey="pii", TagValues=["yes", "no"])
    doors.plan.grants = [g for g in doors.plan.grants if "pii" not in dict(g.terms)]
    for tags in doors.plan.tags.values():
        tags.pop("pii", None)
    check(doors)
    for (who, table), rows in before.items():
        assert len(doors.plan.visible(who, table)) <= len(rows)


def test_the_worlds_are_not_all_alike():
    worlds = [random_world(seed) for seed in SEEDS]
    assert len({str(world.tags) for world in worlds}) == len(worlds)
    dice = random.Random(1)
    kinds = {random_grant(dice, worlds[0]).kind for _ in range(100)}
    assert kinds == {"table", "wildcard", "columns", "filter", "policy"}
    assert GROUP in {random_grant(dice, worlds[0]).who for _ in range(100)}
