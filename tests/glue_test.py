"""The catalog over the wire: records, pages, who sees what, and where things may be put."""

import json
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from conftest import ACCOUNT, REGION, Clients
from lake import Lake, allow, role_arn, storage, table_arn

COLUMNS = [("id", "bigint"), ("region", "string"), ("ssn", "string")]


def code(caught) -> str:
    return caught.value.response["Error"]["Code"]


def message(caught) -> str:
    return caught.value.response["Error"]["Message"]


def user(lake: Lake, name: str) -> tuple[str, Clients]:
    """A user that IAM allows everything in Glue; its ARN and clients."""
    full = f"{lake.name}-{name}"
    arn = lake.admin.iam.create_user(UserName=full)["User"]["Arn"]
    lake.admin.iam.put_user_policy(UserName=full, PolicyName="glue", PolicyDocument=allow(["glue:*", "lakeformation:*"]))
    key = lake.admin.iam.create_access_key(UserName=full)["AccessKey"]
    return arn, lake.server.session({"AccessKeyId": key["AccessKeyId"], "SecretAccessKey": key["SecretAccessKey"]})


def table_input(name: str, columns=COLUMNS, location: str = "s3://elsewhere/x/", **more) -> dict:
    return {"Name": name, "StorageDescriptor": storage(location, columns)} | more


def names(table: dict) -> list[str]:
    return [column["Name"] for column in table["StorageDescriptor"]["Columns"]]


@pytest.fixture(scope="module")
def lake(server, admin) -> Lake:
    return Lake(server, admin, "glue-test").build()


@pytest.fixture(scope="module")
def glue(admin):
    return admin.glue


# --- databases

def test_a_database_is_made_read_changed_and_dropped(glue):
    glue.create_database(DatabaseInput={"Name": "Sales_1", "Description": "d", "Parameters": {"a": "b"}})
    made = glue.get_database(Name="SALES_1")["Database"]
    assert (made["Name"], made["Description"], made["Parameters"], made["CatalogId"]) == ("sales_1", "d", {"a": "b"}, ACCOUNT)
    assert made["CreateTableDefaultPermissions"] == []
    with pytest.raises(glue.exceptions.AlreadyExistsException):
        glue.create_database(DatabaseInput={"Name": "sales_1"})
    glue.update_database(Name="sales_1", DatabaseInput={"Name": "sales_1", "Description": "e"})
    changed = glue.get_database(Name="sales_1")["Database"]
    assert changed["Description"] == "e" and changed["CreateTime"] == made["CreateTime"] and "Parameters" not in changed
    glue.delete_database(Name="sales_1")
    with pytest.raises(glue.exceptions.EntityNotFoundException):
        glue.get_database(Name="sales_1")


def test_databases_are_listed_in_pages_without_repeats(glue):
    for i in range(5):
        glue.create_database(DatabaseInput={"Name": f"paged_{i}"})
    seen, token = [], None
    while True:
        page = glue.get_databases(MaxResults=2, **({"NextToken": token} if token else {}))
        assert len(page["DatabaseList"]) <= 2
        seen += [database["Name"] for database in page["DatabaseList"]]
        token = page.get("NextToken")
        if not token:
            break
    assert len(seen) == len(set(seen)) and {f"paged_{i}" for i in range(5)} <= set(seen)
    with pytest.raises(glue.exceptions.InvalidInputException):
        glue.get_databases(NextToken="bm90IG9uZQ")


def unchecked(clients: Clients):
    """A Glue client that leaves checking to the server."""
    keys = clients.credentials
    return boto3.client("glue", region_name=REGION, endpoint_url=clients.glue.meta.endpoint_url,
                        aws_access_key_id=keys["AccessKeyId"], aws_secret_access_key=keys["SecretAccessKey"],
                        config=Config(parameter_validation=False, retries={"max_attempts": 1}))


@pytest.mark.parametrize("name", ["a\x00b", "a\nb", "", "x" * 256, "a\x7fb"])
def test_names_with_control_characters_or_of_a_wrong_length_are_refused(admin, glue, name):
    raw = unchecked(admin)
    for attempt in (lambda: raw.create_database(DatabaseInput={"Name": name}), lambda: raw.get_database(Name=name),
                    lambda: raw.get_table(DatabaseName="any", Name=name)):
        with pytest.raises(ClientError) as caught:
            attempt()
        assert code(caught) == "InvalidInputException"
    assert name not in [database["Name"] for database in glue.get_databases()["DatabaseList"]]


def test_the_database_default_is_there_for_everybody_until_somebody_makes_it(lake, glue):
    _, nobody = user(lake, "default-reader")
    assert nobody.glue.get_database(Name="default")["Database"]["Name"] == "default"
    assert "default" not in [database["Name"] for database in glue.get_databases()["DatabaseList"]]


def test_other_accounts_catalogs_are_denied(glue):
    for ask in (lambda: glue.get_databases(CatalogId="999988887777"),
                lambda: glue.get_database(CatalogId="999988887777", Name="x"),
                lambda: glue.get_table(CatalogId="999988887777", DatabaseName="x", Name="y"),
                lambda: glue.create_database(CatalogId="999988887777", DatabaseInput={"Name": "x"})):
        with pytest.raises(ClientError) as caught:
            ask()
        assert code(caught) == "AccessDeniedException"
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


# --- tables

def test_a_table_round_trips_with_everything_it_was_given(lake, glue):
    given = table_input("Round", Description="d", Owner="o", Retention=3, TableType="EXTERNAL_TABLE",
                        PartitionKeys=[{"Name": "day", "Type": "date", "Comment": "c"}], Parameters={"classification": "parquet"})
    given["StorageDescriptor"] |= {"BucketColumns": ["id"], "SortColumns": [{"Column": "id", "SortOrder": 1}],
                                   "NumberOfBuckets": 4, "Compressed": True}
    glue.create_table(DatabaseName=lake.database, TableInput=given)
    shown = glue.get_table(DatabaseName=lake.database.upper(), Name="ROUND")["Table"]
    for member in ("Description", "Owner", "Retention", "TableType", "PartitionKeys", "Parameters"):
        assert shown[member] == given[member], member
    for member, value in given["StorageDescriptor"].items():
        assert shown["StorageDescriptor"][member] == value, member
    assert (shown["Name"], shown["VersionId"], shown["CatalogId"]) == ("round", "0", ACCOUNT)
    assert shown["IsRegisteredWithLakeFormation"] is False and shown["CreatedBy"].startswith("arn:aws:iam::")


def test_a_table_knows_whether_its_location_is_registered(lake, glue):
    glue.create_table(DatabaseName=lake.database, TableInput=table_input("reg", location=lake.location("reg")))
    assert glue.get_table(DatabaseName=lake.database, Name="reg")["Table"]["IsRegisteredWithLakeFormation"] is True


def test_updates_make_versions_and_an_expected_version_must_be_there(lake, glue):
    where = {"DatabaseName": lake.database}
    glue.create_table(**where, TableInput=table_input("versioned", Description="0"))
    glue.update_table(**where, TableInput=table_input("versioned", Description="1"))
    glue.update_table(**where, TableInput=table_input("versioned", Description="2"), VersionId="1", SkipArchive=True)
    with pytest.raises(glue.exceptions.ConcurrentModificationException):
        glue.update_table(**where, TableInput=table_input("versioned", Description="3"), VersionId="1")
    versions = glue.get_table_versions(**where, TableName="versioned")["TableVersions"]
    assert [(v["VersionId"], v["Table"]["Description"]) for v in versions] == [("2", "2"), ("0", "0")]
    assert glue.get_table_version(**where, TableName="versioned", VersionId="0")["TableVersion"]["Table"]["Description"] == "0"
    failed = glue.batch_delete_table_version(**where, TableName="versioned", VersionIds=["0", "2", "7"])["Errors"]
    assert [(f["VersionId"], f["ErrorDetail"]["ErrorCode"]) for f in failed] == [
        ("2", "InvalidInputException"), ("7", "EntityNotFoundException")]


def test_of_writers_that_expect_the_same_version_exactly_one_wins(lake, glue):
    where = {"DatabaseName": lake.database}
    glue.create_table(**where, TableInput=table_input("raced"))

    def write(n: int) -> str:
        try:
            glue.update_table(**where, TableInput=table_input("raced", Description=str(n)), VersionId="0")
            return "won"
        except glue.exceptions.ConcurrentModificationException:
            return "lost"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(write, range(8)))
    assert sorted(outcomes) == ["lost"] * 7 + ["won"]
    raced = glue.get_table(**where, Name="raced")["Table"]
    assert raced["VersionId"] == "1" and raced["Description"] == str(outcomes.index("won"))


def test_tables_are_found_by_expression_and_reduced_to_attributes(lake, glue):
    for name in ("expr_one", "expr_two", "other"):
        glue.create_table(DatabaseName=lake.database, TableInput=table_input(name, TableType="EXTERNAL_TABLE"))
    found = glue.get_tables(DatabaseName=lake.database, Expression="expr.*")["TableList"]
    assert [table["Name"] for table in found] == ["expr_one", "expr_two"]
    few = glue.get_tables(DatabaseName=lake.database, Expression="other", AttributesToGet=["NAME", "TABLE_TYPE"])["TableList"][0]
    assert few["TableType"] == "EXTERNAL_TABLE" and "StorageDescriptor" not in few


def test_batch_delete_tells_which_tables_failed(lake, glue):
    glue.create_table(DatabaseName=lake.database, TableInput=table_input("gone"))
    errors = glue.batch_delete_table(DatabaseName=lake.database, TablesToDelete=["gone", "never"])["Errors"]
    assert [(e["TableName"], e["ErrorDetail"]["ErrorCode"]) for e in errors] == [("never", "EntityNotFoundException")]
    with pytest.raises(ClientError):
        glue.batch_delete_table(DatabaseName=lake.database, TablesToDelete=["x"] * 101)


def test_what_is_not_offered_says_so(lake, glue):
    with pytest.raises(glue.exceptions.InvalidInputException) as caught:
        glue.get_table(DatabaseName=lake.database, Name="reg", TransactionId="abc")
    assert "not offered" in message(caught)


def test_a_dropped_database_takes_its_tables_and_their_grants(lake, glue, admin):
    arn, reader = user(lake, "heir")
    glue.create_database(DatabaseInput={"Name": "mortal"})
    glue.create_table(DatabaseName="mortal", TableInput=table_input("t"))
    whole = {"Table": {"DatabaseName": "mortal", "Name": "t"}}
    lake.grant(arn, ["SELECT"], whole)
    assert reader.glue.get_table(DatabaseName="mortal", Name="t")
    glue.delete_database(Name="mortal")
    glue.create_database(DatabaseInput={"Name": "mortal"})
    glue.create_table(DatabaseName="mortal", TableInput=table_input("t"))
    with pytest.raises(ClientError) as caught:
        reader.glue.get_table(DatabaseName="mortal", Name="t")
    assert code(caught) == "AccessDeniedException"


# --- who sees what

def test_lists_hide_and_gets_deny_what_nothing_is_granted_on(lake):
    arn, someone = user(lake, "hidden")
    lake.table("seen", COLUMNS, [(1, "EU", "s")])
    assert lake.database not in [d["Name"] for d in someone.glue.get_databases()["DatabaseList"]]
    lake.grant(arn, ["SELECT"], lake.whole("seen"))
    assert lake.database in [d["Name"] for d in someone.glue.get_databases()["DatabaseList"]]
    assert [t["Name"] for t in someone.glue.get_tables(DatabaseName=lake.database)["TableList"]] == ["seen"]
    with pytest.raises(ClientError) as caught:
        someone.glue.get_table(DatabaseName=lake.database, Name="reg")
    assert code(caught) == "AccessDeniedException"
    with pytest.raises(someone.glue.exceptions.EntityNotFoundException):
        someone.glue.get_table(DatabaseName=lake.database, Name="never")


def test_absent_and_hidden_names_cannot_be_told_apart(lake, glue):
    glue.create_database(DatabaseInput={"Name": "secret_db"})
    glue.create_table(DatabaseName="secret_db", TableInput=table_input("t"))
    _, prober = user(lake, "prober")

    def answers(ask) -> set:
        out = set()
        for database in ("secret_db", "absent_db"):
            with pytest.raises(ClientError) as caught:
                ask(database)
            error = caught.value.response["Error"]
            out.add((error["Code"], error["Message"].split(" (decision")[0].replace(database, "DB")))
        return out

    p = prober.glue
    for ask in (lambda d: p.get_database(Name=d), lambda d: p.get_tables(DatabaseName=d),
                lambda d: p.get_table(DatabaseName=d, Name="t"), lambda d: p.delete_table(DatabaseName=d, Name="t"),
                lambda d: p.delete_database(Name=d), lambda d: p.get_partitions(DatabaseName=d, TableName="t"),
                lambda d: p.create_table(DatabaseName=d, TableInput=table_input("t")),
                lambda d: p.update_table(DatabaseName=d, TableInput=table_input("t")),
                lambda d: p.get_user_defined_functions(DatabaseName=d, Pattern="*"),
                lambda d: p.get_tags(ResourceArn=f"arn:aws:glue:{REGION}:{ACCOUNT}:database/{d}")):
        told = answers(ask)
        assert len(told) == 1 and next(iter(told))[0] == "AccessDeniedException", told


def test_a_column_grant_shows_only_its_columns_and_no_copy_of_the_schema(lake, glue):
    arn, limited = user(lake, "limited")
    given = table_input("wide", PartitionKeys=[{"Name": "day", "Type": "string"}],
                        Parameters={"avro.schema.literal": "ssn", "spark.sql.sources.schema.part.0": "ssn",
                                    "classification": "parquet"})
    given["StorageDescriptor"]["SerdeInfo"]["Parameters"] = {"paths": "id,ssn", "field.delim": ","}
    given["StorageDescriptor"]["SortColumns"] = [{"Column": "ssn", "SortOrder": 1}]
    given["StorageDescriptor"]["BucketColumns"] = ["ssn"]
    glue.create_table(DatabaseName=lake.database, TableInput=given)
    glue.create_partition(DatabaseName=lake.database, TableName="wide",
                          PartitionInput={"Values": ["1"], "StorageDescriptor": given["StorageDescriptor"]})
    glue.update_table(DatabaseName=lake.database, TableInput=given | {"Description": "2"})
    lake.grant(arn, ["SELECT"], lake.columns("wide", "id", "region"))
    where = {"DatabaseName": lake.database, "TableName": "wide"}
    seen = [limited.glue.get_table(DatabaseName=lake.database, Name="wide")["Table"],
            limited.glue.get_tables(DatabaseName=lake.database, Expression="wide")["TableList"][0],
            limited.glue.search_tables(SearchText="wide")["TableList"][0],
            limited.glue.get_partition(**where, PartitionValues=["1"])["Partition"],
            limited.glue.get_partitions(**where)["Partitions"][0],
            limited.glue.batch_get_partition(**where, PartitionsToGet=[{"Values": ["1"]}])["Partitions"][0],
            limited.glue.get_table_version(**where, VersionId="0")["TableVersion"]["Table"]]
    seen += [version["Table"] for version in limited.glue.get_table_versions(**where)["TableVersions"]]
    for answer in seen:
        assert names(answer) == ["id", "region"]
        assert "ssn" not in json.dumps(answer, default=str)
        assert answer["StorageDescriptor"]["SerdeInfo"]["Parameters"] == {"field.delim": ","}
    assert seen[0]["Parameters"] == {"classification": "parquet"} and seen[0]["PartitionKeys"]


def test_search_never_matches_or_sorts_by_what_is_hidden(lake, glue):
    arn, limited = user(lake, "searcher")
    glue.create_table(DatabaseName=lake.database, TableInput=table_input(
        "searchable", [("id", "bigint"), ("zebrafish", "string")], Description="customer-link of the year",
        Parameters={"avro.schema.literal": "zebrafish"}))
    lake.grant(arn, ["SELECT"], lake.columns("searchable", "id"))
    found = lambda who, **query: [t["Name"] for t in who.glue.search_tables(**query)["TableList"]
                                  if t["DatabaseName"] == lake.database]  # other tests grant to everybody
    assert found(lake.admin, SearchText="zebrafish") == ["searchable"]
    assert found(limited, SearchText="zebrafish") == []
    assert found(limited, Filters=[{"Key": "avro.schema.literal", "Value": "zebrafish"}]) == []
    assert found(limited, Filters=[{"Key": "Description", "Value": "link"}]) == ["searchable"]
    assert found(limited, Filters=[{"Key": "Description", "Value": "lin"}]) == []
    assert found(limited, SearchText='"customer-link"') == []
    assert found(limited) == ["searchable"]


def test_search_pages_in_order(glue):
    glue.create_database(DatabaseInput={"Name": "paged"})
    made = ["delta", "alpha", "echo", "charlie", "bravo"]
    for name in made:
        glue.create_table(DatabaseName="paged", TableInput=table_input(name))
    asked = dict(Filters=[{"Key": "DatabaseName", "Value": "paged"}], SortCriteria=[{"FieldName": "Name", "Sort": "DESC"}])
    paged, sizes, token = [], [], {}
    while True:
        page = glue.search_tables(**asked, MaxResults=2, **token)
        paged += [t["Name"] for t in page["TableList"]]
        sizes.append(len(page["TableList"]))
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert paged == sorted(made, reverse=True) and sizes == [2, 2, 1]


# --- what makers get

def test_makers_hold_everything_on_what_they_made_and_nothing_else(lake, admin):
    arn, maker = user(lake, "maker")
    with pytest.raises(ClientError) as caught:
        maker.glue.create_database(DatabaseInput={"Name": "made"})
    assert code(caught) == "AccessDeniedException"
    lake.grant(arn, ["CREATE_DATABASE"], {"Catalog": {}})
    maker.glue.create_database(DatabaseInput={"Name": "made"})
    maker.glue.create_table(DatabaseName="made", TableInput=table_input("mine"))
    admin.glue.update_database(Name=lake.database, DatabaseInput={"Name": lake.database})
    granted = admin.lakeformation.list_permissions(Resource={"Table": {"DatabaseName": "made", "Name": "mine"}})
    held = [p for p in granted["PrincipalResourcePermissions"] if p["Principal"]["DataLakePrincipalIdentifier"] == arn]
    assert any("ALL" in p["Permissions"] and "ALL" in p["PermissionsWithGrantOption"] for p in held)
    other_arn, other = user(lake, "makers-friend")
    maker.lakeformation.grant_permissions(Principal={"DataLakePrincipalIdentifier": other_arn}, Permissions=["SELECT"],
                                          Resource={"Table": {"DatabaseName": "made", "Name": "mine"}})
    assert other.glue.get_table(DatabaseName="made", Name="mine")
    with pytest.raises(ClientError) as caught:
        other.glue.delete_table(DatabaseName="made", Name="mine")
    assert code(caught) == "AccessDeniedException"
    maker.glue.delete_table(DatabaseName="made", Name="mine")
    maker.glue.delete_database(Name="made")


def test_administration_alone_neither_alters_nor_drops(lake, admin):
    arn, maker = user(lake, "private-maker")
    lake.grant(arn, ["CREATE_DATABASE"], {"Catalog": {}})
    maker.glue.create_database(DatabaseInput={"Name": "private"})
    maker.glue.create_table(DatabaseName="private", TableInput=table_input("t"))
    assert names(admin.glue.get_table(DatabaseName="private", Name="t")["Table"]) == ["id", "region", "ssn"]
    for attempt in (lambda: admin.glue.delete_table(DatabaseName="private", Name="t"),
                    lambda: admin.glue.update_table(DatabaseName="private", TableInput=table_input("t")),
                    lambda: admin.glue.delete_database(Name="private")):
        with pytest.raises(ClientError) as caught:
            attempt()
        assert code(caught) == "AccessDeniedException" and "administrator" in message(caught)


# --- where things may be put (lakeformation.md 4.5)

@pytest.mark.parametrize("database_in_lake, table_in_lake, with_access, allowed", [
    (False, False, False, True),   # the location is not registered
    (False, True, False, False),   # registered, and the database has no location
    (False, True, True, True),
    (True, True, False, True),     # below the database's registered location
])
def test_tables_need_access_to_a_registered_location(lake, admin, database_in_lake, table_in_lake, with_access, allowed):
    name = f"place_{int(database_in_lake)}{int(table_in_lake)}{int(with_access)}"
    arn, maker = user(lake, name.replace("_", "-"))
    where = {"LocationUri": f"s3://{lake.bucket}/{name}/"} if database_in_lake else {}
    admin.glue.create_database(DatabaseInput={"Name": name} | where)
    lake.grant(arn, ["CREATE_TABLE"], {"Database": {"Name": name}})
    if with_access:
        lake.grant(arn, ["DATA_LOCATION_ACCESS"], {"DataLocation": {"ResourceArn": f"arn:aws:s3:::{lake.bucket}"}})
    location = f"s3://{lake.bucket}/{name}/t/" if table_in_lake else "s3://unregistered/t/"
    attempt = lambda: maker.glue.create_table(DatabaseName=name, TableInput=table_input("t", location=location))
    if allowed:
        attempt()
    else:
        with pytest.raises(ClientError) as caught:
            attempt()
        assert code(caught) == "AccessDeniedException" and "DATA_LOCATION_ACCESS" in message(caught)


def test_moving_a_table_or_a_partition_into_a_registered_location_needs_access(lake, admin):
    arn, mover = user(lake, "mover")
    admin.glue.create_database(DatabaseInput={"Name": "moving"})
    lake.grant(arn, ["CREATE_TABLE"], {"Database": {"Name": "moving"}})
    keys = {"PartitionKeys": [{"Name": "day", "Type": "string"}]}
    mover.glue.create_table(DatabaseName="moving", TableInput=table_input("t", **keys))
    inside = f"s3a://{lake.bucket}/elsewhere/"
    partition = {"Values": ["1"], "StorageDescriptor": storage(inside, COLUMNS)}
    where = {"DatabaseName": "moving", "TableName": "t"}
    mover.glue.create_partition(**where, PartitionInput={"Values": ["2"]})
    for attempt in (lambda: mover.glue.update_table(DatabaseName="moving", TableInput=table_input("t", location=inside, **keys)),
                    lambda: mover.glue.create_partition(**where, PartitionInput=partition),
                    lambda: mover.glue.batch_create_partition(**where, PartitionInputList=[partition]),
                    lambda: mover.glue.update_partition(**where, PartitionValueList=["2"],
                                                        PartitionInput=partition | {"Values": ["2"]})):
        with pytest.raises(ClientError) as caught:
            attempt()
        assert code(caught) == "AccessDeniedException" and "DATA_LOCATION_ACCESS" in message(caught)
    assert len(mover.glue.get_partitions(**where)["Partitions"]) == 1


def test_a_schema_change_that_would_close_a_filter_is_refused(lake, glue):
    lake.table("filtered", COLUMNS, [(1, "EU", "s")])
    lake.filter("filtered", "eu", "region = 'EU'")
    changed = table_input("filtered", [("id", "bigint"), ("ssn", "string")], lake.location("filtered"))
    with pytest.raises(glue.exceptions.InvalidInputException) as caught:
        glue.update_table(DatabaseName=lake.database, TableInput=changed)
    assert "filter" in message(caught)
    more = table_input("filtered", COLUMNS + [("new", "string")], lake.location("filtered"))
    glue.update_table(DatabaseName=lake.database, TableInput=more)


# --- changes by who sees a part of the data

@pytest.fixture(scope="module")
def parts(lake, glue, admin) -> dict:
    """Who may alter a table of which it reads the columns (rows) that are left: by what hides the rest."""
    keys = {"PartitionKeys": [{"Name": "day", "Type": "string"}]}
    admin.lakeformation.create_lf_tag(TagKey="parts-pii", TagValues=["yes", "no"])
    admin.lakeformation.add_lf_tags_to_resource(Resource={"Database": {"Name": lake.database}},
                                                LFTags=[{"TagKey": "parts-pii", "TagValues": ["no"]}])
    out = {}
    for kind in ("columns", "rows", "tags", "no column"):
        name = f"part_{kind.replace(' ', '_')}"
        glue.create_table(DatabaseName=lake.database, TableInput=table_input(name, location=lake.location(name), **keys))
        arn, out[kind] = user(lake, name)
        all_tables = {"Table": {"DatabaseName": lake.database, "TableWildcard": {}}}
        lake.grant(arn, ["ALTER", "INSERT"], all_tables)
        if kind == "columns":
            lake.grant(arn, ["SELECT"], lake.columns(name, "id", "region"))
        elif kind == "rows":
            lake.grant(arn, ["SELECT"], lake.filter(name, "eu", "region = 'EU'"))
        else:
            hidden = ["ssn"] if kind == "tags" else ["id", "region", "ssn", "day"]
            for column in hidden:
                admin.lakeformation.add_lf_tags_to_resource(Resource=lake.columns(name, column),
                                                            LFTags=[{"TagKey": "parts-pii", "TagValues": ["yes"]}])
            lake.grant(arn, ["SELECT"], {"LFTagPolicy": {"ResourceType": "TABLE", "Expression": [
                {"TagKey": "parts-pii", "TagValues": ["no"]}]}})
    return out


def shown_input(clients: Clients, lake: Lake, name: str) -> dict:
    """What GetTable shows, as UpdateTable takes it."""
    there = clients.glue.get_table(DatabaseName=lake.database, Name=name)["Table"]
    return {member: there[member] for member in ("Name", "StorageDescriptor", "PartitionKeys") if member in there}


def refused_for_a_part(call, **arguments) -> None:
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    assert code(caught) == "AccessDeniedException" and "You may read a part" in message(caught), message(caught)


@pytest.mark.parametrize("kind", ["columns", "rows", "tags", "no column"])
def test_who_may_alter_is_shown_every_column_and_loses_none_by_writing_back(lake, glue, parts, kind):
    name = f"part_{kind.replace(' ', '_')}"
    before = glue.get_table(DatabaseName=lake.database, Name=name)["Table"]
    shown = shown_input(parts[kind], lake, name)
    assert names(shown) == ["id", "region", "ssn"]
    shown["StorageDescriptor"]["Columns"][0]["Comment"] = "the number"
    parts[kind].glue.update_table(DatabaseName=lake.database, TableInput=shown | {"Description": "mine"})
    after = glue.get_table(DatabaseName=lake.database, Name=name)["Table"]
    assert names(after) == names(before) and after["Description"] == "mine"
    assert parts[kind].glue.get_table_version(DatabaseName=lake.database, TableName=name, VersionId="0")


@pytest.mark.parametrize("kind", ["columns", "rows", "tags"])
@pytest.mark.parametrize("columns", [
    [("id", "bigint"), ("region", "string")],  # without what is hidden; put back, it has lost its LF-Tags
    [("ssn", "string"), ("region", "string"), ("id", "bigint")],  # text files go by position
    [("id", "string"), ("region", "string"), ("ssn", "string")],
    COLUMNS + [("copy", "string")],
    [("id", "bigint"), ("region", "string"), ("ssn2", "string")]], ids=["less", "turned", "retyped", "more", "renamed"])
def test_who_reads_a_part_does_not_change_columns(lake, glue, parts, kind, columns):
    name = f"part_{kind}"
    before = glue.get_table(DatabaseName=lake.database, Name=name)["Table"]
    shown = shown_input(parts[kind], lake, name)
    shown["StorageDescriptor"]["Columns"] = storage("", columns)["Columns"]
    refused_for_a_part(parts[kind].glue.update_table, DatabaseName=lake.database, TableInput=shown)
    assert glue.get_table(DatabaseName=lake.database, Name=name)["Table"]["VersionId"] == before["VersionId"]


@pytest.mark.parametrize("change", [
    {"StorageDescriptor": {"SerdeInfo": {"SerializationLibrary": "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"}}},
    {"StorageDescriptor": {"Location": "s3://elsewhere/other/"}}, {"StorageDescriptor": {"Parameters": {"skip.header.line.count": "0"}}},
    {"Parameters": {"skip.header.line.count": "9"}}, {"PartitionKeys": []}, {"TableType": "VIRTUAL_VIEW"}],
    ids=["format", "place", "storage", "properties", "keys", "view"])
def test_who_reads_a_part_does_not_change_how_it_is_read(lake, parts, change):
    shown = shown_input(parts["rows"], lake, "part_rows")
    shown |= {member: shown[member] | value if member == "StorageDescriptor" else value for member, value in change.items()}
    refused_for_a_part(parts["rows"].glue.update_table, DatabaseName=lake.database, TableInput=shown)


def test_a_change_is_refused_that_would_let_its_maker_read_what_it_hid(lake, parts):
    """Every column has the LF-Tag that hides it; a column that is put there anew would have none."""
    own, shown = parts["no column"].glue, shown_input(parts["no column"], lake, "part_no_column")
    for columns in (COLUMNS + [("copy", "string")], []):
        shown["StorageDescriptor"]["Columns"] = storage("", columns)["Columns"]
        refused_for_a_part(own.update_table, DatabaseName=lake.database, TableInput=shown)


def test_who_reads_nothing_or_everything_changes_columns(lake, glue):
    glue.create_table(DatabaseName=lake.database, TableInput=table_input("evolving"))
    for number, permissions in enumerate((["ALTER"], ["ALTER", "SELECT"])):
        arn, clients = user(lake, f"evolver-{number}")
        lake.grant(arn, permissions, lake.whole("evolving"))
        columns = COLUMNS + [(f"new_{number}", "string")]
        clients.glue.update_table(DatabaseName=lake.database, TableInput=table_input("evolving", columns))
        assert names(glue.get_table(DatabaseName=lake.database, Name="evolving")["Table"])[-1] == f"new_{number}"


def test_who_reads_a_part_puts_partitions_where_they_belong_and_nowhere_else(lake, parts):
    own, where = parts["rows"].glue, {"DatabaseName": lake.database, "TableName": "part_rows"}
    given = shown_input(parts["rows"], lake, "part_rows")["StorageDescriptor"]

    def partition(value: str, **changes) -> dict:
        place = {"Location": f"{lake.location('part_rows')}day={value}/"}
        return {"Values": [value], "StorageDescriptor": given | place | changes}

    own.create_partition(**where, PartitionInput=partition("1"))
    bare = {"Values": ["3"], "StorageDescriptor": {"Location": f"{lake.location('part_rows')}day=3"}}
    own.batch_create_partition(**where, PartitionInputList=[{"Values": ["2"]}, bare])
    elsewhere, turned = partition("4", Location=lake.location("part_rows") + "day=1/"), given["Columns"][::-1]
    for bad in (elsewhere, partition("4", Columns=turned), partition("4", SerdeInfo={"SerializationLibrary": "x"}),
                partition("../day=1"), partition("4") | {"Parameters": {"avro.schema.literal": "{}"}}):
        refused_for_a_part(own.create_partition, **where, PartitionInput=bad)
        refused_for_a_part(own.batch_create_partition, **where, PartitionInputList=[{"Values": ["5"]}, bad])
    moved = partition("1", Location=lake.location("part_rows") + "day=2/")
    refused_for_a_part(own.update_partition, **where, PartitionValueList=["1"], PartitionInput=moved)
    refused_for_a_part(own.batch_update_partition, **where, Entries=[{"PartitionValueList": ["1"], "PartitionInput": moved}])
    own.update_partition(**where, PartitionValueList=["1"], PartitionInput=partition("1"))
    assert [one["Values"] for one in own.get_partitions(**where)["Partitions"]] == [["1"], ["2"], ["3"]]


# --- partitions

@pytest.fixture(scope="module")
def days(lake, glue) -> dict:
    glue.create_table(DatabaseName=lake.database, TableInput=table_input(
        "days", PartitionKeys=[{"Name": "number", "Type": "int"}, {"Name": "word", "Type": "string"}]))
    where = {"DatabaseName": lake.database, "TableName": "days"}
    inputs = [{"Values": [str(n), w], "StorageDescriptor": storage(f"s3://elsewhere/{n}/", COLUMNS)}
              for n in (1, 2, 9, 10, 11) for w in ("a", "b")]
    assert glue.batch_create_partition(**where, PartitionInputList=inputs)["Errors"] == []
    return where


def values(glue, where: dict, **options) -> list:
    return [p["Values"] for p in glue.get_partitions(**where, **options)["Partitions"]]


def test_partition_expressions_compare_by_the_type_of_the_key(glue, days):
    assert values(glue, days, Expression="number > 9 AND word = 'a'") == [["10", "a"], ["11", "a"]]
    assert values(glue, days, Expression="word > '9' AND number IN (1)") == [["1", "a"], ["1", "b"]]
    assert values(glue, days, Expression="number BETWEEN 2 AND 10 AND NOT word LIKE 'b%'") == [["2", "a"], ["9", "a"], ["10", "a"]]
    assert len(values(glue, days)) == 10


@pytest.mark.parametrize("expression", ["ssn = 'x'", "nothing = 1", "number >", "number = 1; drop", "x" * 2049])
def test_expressions_that_make_no_sense_are_refused(glue, days, expression):
    with pytest.raises(glue.exceptions.InvalidInputException):
        glue.get_partitions(**days, Expression=expression)


def test_segments_and_pages_together_hold_every_partition_once(glue, days):
    parts = [values(glue, days, Segment={"SegmentNumber": n, "TotalSegments": 3}) for n in range(3)]
    assert sorted(sum(parts, [])) == sorted(values(glue, days))
    paged, token = [], None
    while True:
        page = glue.get_partitions(**days, MaxResults=3, **({"NextToken": token} if token else {}))
        paged += [p["Values"] for p in page["Partitions"]]
        token = page.get("NextToken")
        if not token:
            break
    assert paged == values(glue, days)


def test_batches_tell_each_failure_and_do_the_rest(glue, days):
    errors = glue.batch_create_partition(**days, PartitionInputList=[
        {"Values": ["1", "a"]}, {"Values": ["20", "a"]}, {"Values": ["only one"]}])["Errors"]
    assert [(e["PartitionValues"], e["ErrorDetail"]["ErrorCode"]) for e in errors] == [
        (["1", "a"], "AlreadyExistsException"), (["only one"], "InvalidInputException")]
    errors = glue.batch_update_partition(**days, Entries=[
        {"PartitionValueList": ["20", "a"], "PartitionInput": {"Values": ["20", "a"], "Parameters": {"k": "v"}}},
        {"PartitionValueList": ["21", "a"], "PartitionInput": {"Values": ["21", "a"]}}])["Errors"]
    assert [(e["PartitionValueList"], e["ErrorDetail"]["ErrorCode"]) for e in errors] == [(["21", "a"], "EntityNotFoundException")]
    assert glue.get_partition(**days, PartitionValues=["20", "a"])["Partition"]["Parameters"] == {"k": "v"}
    found = glue.batch_get_partition(**days, PartitionsToGet=[{"Values": ["20", "a"]}, {"Values": ["99", "a"]}])
    assert [p["Values"] for p in found["Partitions"]] == [["20", "a"]]
    errors = glue.batch_delete_partition(**days, PartitionsToDelete=[{"Values": ["20", "a"]}, {"Values": ["20", "a"]}])["Errors"]
    assert [e["ErrorDetail"]["ErrorCode"] for e in errors] == ["EntityNotFoundException"]


def test_the_number_of_values_must_be_that_of_the_keys(glue, days):
    for values_given in (["1"], ["1", "a", "b"]):
        with pytest.raises(glue.exceptions.InvalidInputException):
            glue.get_partition(**days, PartitionValues=values_given)
        with pytest.raises(glue.exceptions.InvalidInputException):
            glue.create_partition(**days, PartitionInput={"Values": values_given})


def test_inserting_adds_partitions_and_does_not_drop_them(lake, glue, days):
    arn, writer = user(lake, "inserter")
    lake.grant(arn, ["INSERT"], lake.whole("days"))
    writer.glue.create_partition(**days, PartitionInput={"Values": ["30", "a"]})
    with pytest.raises(ClientError) as caught:
        writer.glue.delete_partition(**days, PartitionValues=["30", "a"])
    assert code(caught) == "AccessDeniedException"
    glue.delete_partition(**days, PartitionValues=["30", "a"])


def test_columns_are_left_out_of_partitions_on_demand(glue, days):
    page = glue.get_partitions(**days, ExcludeColumnSchema=True, MaxResults=1)["Partitions"]
    assert "Columns" not in page[0]["StorageDescriptor"] or page[0]["StorageDescriptor"]["Columns"] == []


def test_partition_indexes_are_declared_listed_and_dropped(glue, days):
    glue.create_partition_index(**days, PartitionIndex={"IndexName": "by_number", "Keys": ["number"]})
    listed = glue.get_partition_indexes(**days)["PartitionIndexDescriptorList"]
    assert [(i["IndexName"], i["Keys"], i["IndexStatus"]) for i in listed] == [
        ("by_number", [{"Name": "number", "Type": "int"}], "ACTIVE")]
    with pytest.raises(glue.exceptions.AlreadyExistsException):
        glue.create_partition_index(**days, PartitionIndex={"IndexName": "by_number", "Keys": ["word"]})
    glue.delete_partition_index(**days, IndexName="by_number")
    assert glue.get_partition_indexes(**days)["PartitionIndexDescriptorList"] == []


# --- functions, statistics, tags, catalogs

def test_functions_belong_to_a_database(lake, glue):
    glue.create_user_defined_function(DatabaseName=lake.database, FunctionInput={
        "FunctionName": "Twice", "ClassName": "c", "OwnerName": "o", "OwnerType": "USER",
        "ResourceUris": [{"ResourceType": "JAR", "Uri": "s3://x/y.jar"}]})
    made = glue.get_user_defined_function(DatabaseName=lake.database, FunctionName="twice")["UserDefinedFunction"]
    assert made["ClassName"] == "c" and made["ResourceUris"][0]["Uri"] == "s3://x/y.jar"
    assert [f["FunctionName"] for f in glue.get_user_defined_functions(Pattern="tw.*")["UserDefinedFunctions"]] == ["twice"]
    _, stranger = user(lake, "functionless")
    assert stranger.glue.get_user_defined_functions(Pattern="*")["UserDefinedFunctions"] == []
    glue.delete_user_defined_function(DatabaseName=lake.database, FunctionName="twice")
    with pytest.raises(glue.exceptions.EntityNotFoundException):
        glue.get_user_defined_function(DatabaseName=lake.database, FunctionName="twice")


def long_statistics(column: str) -> dict:
    return {"ColumnName": column, "ColumnType": "bigint", "AnalyzedTime": 1700000000,
            "StatisticsData": {"Type": "LONG", "LongColumnStatisticsData": {
                "MinimumValue": 1, "MaximumValue": 9, "NumberOfNulls": 0, "NumberOfDistinctValues": 5}}}


def test_statistics_are_for_who_sees_the_column_in_all_rows(lake, glue):
    lake.table("measured", COLUMNS, [(1, "EU", "s")])
    where = {"DatabaseName": lake.database, "TableName": "measured"}
    errors = glue.update_column_statistics_for_table(**where, ColumnStatisticsList=[long_statistics("id"), long_statistics("none")])["Errors"]
    assert [e["ColumnStatistics"]["ColumnName"] for e in errors] == ["none"]
    found = glue.get_column_statistics_for_table(**where, ColumnNames=["id", "ssn"])
    assert found["ColumnStatisticsList"][0]["StatisticsData"]["LongColumnStatisticsData"]["MaximumValue"] == 9
    assert [e["ColumnName"] for e in found["Errors"]] == ["ssn"]
    by_column, column_reader = user(lake, "column-reader")
    lake.grant(by_column, ["SELECT"], lake.columns("measured", "region"))
    by_row, row_reader = user(lake, "row-reader")
    lake.grant(by_row, ["SELECT"], lake.filter("measured", "eu_rows", "region = 'EU'"))
    for reader in (column_reader, row_reader):
        told = reader.glue.get_column_statistics_for_table(**where, ColumnNames=["id"])
        assert told["ColumnStatisticsList"] == [] and told["Errors"][0]["Error"]["ErrorCode"] == "EntityNotFoundException"
    glue.delete_column_statistics_for_table(**where, ColumnName="id")
    assert glue.get_column_statistics_for_table(**where, ColumnNames=["id"])["ColumnStatisticsList"] == []


def test_tags_are_kept_on_databases(glue):
    glue.create_database(DatabaseInput={"Name": "tagged"}, Tags={"team": "a"})
    arn = f"arn:aws:glue:{REGION}:{ACCOUNT}:database/tagged"
    glue.tag_resource(ResourceArn=arn, TagsToAdd={"stage": "dev"})
    assert glue.get_tags(ResourceArn=arn)["Tags"] == {"team": "a", "stage": "dev"}
    glue.untag_resource(ResourceArn=arn, TagsToRemove=["team"])
    assert glue.get_tags(ResourceArn=arn)["Tags"] == {"stage": "dev"}
    glue.delete_database(Name="tagged")
    glue.create_database(DatabaseInput={"Name": "tagged"})
    assert glue.get_tags(ResourceArn=arn)["Tags"] == {}
    with pytest.raises(glue.exceptions.InvalidInputException):
        glue.get_tags(ResourceArn=table_arn("a", "b"))


def test_the_account_has_one_catalog(glue):
    assert glue.get_catalog(CatalogId=ACCOUNT)["Catalog"]["ResourceArn"] == f"arn:aws:glue:{REGION}:{ACCOUNT}:catalog"
    assert glue.get_catalogs()["CatalogList"] == []
    assert [c["CatalogId"] for c in glue.get_catalogs(IncludeRoot=True)["CatalogList"]] == [ACCOUNT]


# --- links, and the IAM gate

def test_a_link_answers_as_a_link(lake, glue):
    target = {"CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": "reg"}
    glue.create_table(DatabaseName=lake.database, TableInput={"Name": "link", "TargetTable": target})
    assert glue.get_table(DatabaseName=lake.database, Name="link")["Table"]["TargetTable"] == target
    glue.create_database(DatabaseInput={"Name": "db_link", "TargetDatabase": {"CatalogId": ACCOUNT, "DatabaseName": lake.database}})
    assert glue.get_database(Name="db_link")["Database"]["TargetDatabase"]["DatabaseName"] == lake.database
    with pytest.raises(glue.exceptions.InvalidInputException):
        glue.update_table(DatabaseName=lake.database, TableInput=table_input("link"))


def test_iam_is_asked_for_the_table(lake, admin):
    full = f"{lake.name}-narrow"
    arn = admin.iam.create_user(UserName=full)["User"]["Arn"]
    admin.iam.put_user_policy(UserName=full, PolicyName="one", PolicyDocument=allow(
        ["glue:GetTable"], table_arn(lake.database, "seen")))
    key = admin.iam.create_access_key(UserName=full)["AccessKey"]
    narrow = lake.server.session({"AccessKeyId": key["AccessKeyId"], "SecretAccessKey": key["SecretAccessKey"]})
    for table in ("seen", "reg"):
        lake.grant(arn, ["SELECT"], lake.whole(table))
    assert narrow.glue.get_table(DatabaseName=lake.database, Name="seen")
    with pytest.raises(ClientError) as caught:
        narrow.glue.get_table(DatabaseName=lake.database, Name="reg")
    assert code(caught) == "AccessDeniedException" and "is not authorized to perform: glue:GetTable" in message(caught)
