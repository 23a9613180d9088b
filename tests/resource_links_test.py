"""Resource links over the wire: what a link is, what it shows, what it opens (nothing), and the ways one could try to
get more through one."""

import itertools
import json
import re
import subprocess

import pyarrow as pa
import pytest

from conftest import ACCOUNT, REGION, WEIR
from lake import EXTERNAL_ID, Lake, SESSION_TAG, allow, parquet_bytes, role_arn, storage, table_arn
from lf_words import EVERYTHING, Someone, all_rows, brief, columns, database, error_of, grant, policy, revoke, table
from sharing_words import Account

OTHER = "636363636363"
COLUMNS = [("id", "bigint"), ("region", "string"), ("secret", "string")]
ROWS = [(1, "EU", "a"), (2, "US", "b"), (3, "EU", "c")]
NESTED = ["COLUMN_PERMISSION", "CELL_FILTER_PERMISSION", "NESTED_PERMISSION", "NESTED_CELL_PERMISSION"]
_numbers = itertools.count()


@pytest.fixture(scope="module")
def lake(server, admin):
    """orders and events (by day) to be shared, and `hidden`, which only the administrator sees; links go to `links`."""
    lake = Lake(server, admin, "linking").build()
    lake.table("orders", COLUMNS, ROWS)
    lake.table("hidden", COLUMNS, ROWS)
    glue = admin.glue
    glue.create_table(DatabaseName=lake.database, TableInput={
        "Name": "events", "TableType": "EXTERNAL_TABLE", "PartitionKeys": [{"Name": "day", "Type": "string"}],
        "StorageDescriptor": storage(lake.location("events"), COLUMNS)})
    for day, row in (("mon", ROWS[0]), ("tue", ROWS[1])):
        place = f"events/day={day}"
        glue.create_partition(DatabaseName=lake.database, TableName="events", PartitionInput={
            "Values": [day], "StorageDescriptor": storage(lake.location(place), COLUMNS)})
        data = pa.table({name: [row[i]] for i, (name, _) in enumerate(COLUMNS)})
        admin.s3.put_object(Bucket=lake.bucket, Key=f"{place}/0.parquet", Body=parquet_bytes(data))
    glue.create_database(DatabaseInput={"Name": "links"})
    database_link(admin, "shop", lake.database)
    return lake


def table_link(clients, target_database, target, name=None, in_database="links", catalog=ACCOUNT, **more) -> str:
    """A link to a table; its name."""
    name = name or f"link_{next(_numbers)}"
    clients.glue.create_table(DatabaseName=in_database, TableInput={"Name": name, "TargetTable": {
        "CatalogId": catalog, "DatabaseName": target_database, "Name": target, **more}})
    return name


def database_link(clients, name, target, catalog=ACCOUNT, **more) -> str:
    clients.glue.create_database(DatabaseInput={
        "Name": name, "TargetDatabase": {"CatalogId": catalog, "DatabaseName": target, **more}})
    return name


@pytest.fixture
def someone(server, admin):
    return Someone(server, admin)


@pytest.fixture(scope="module")
def other(server):
    """The administrator of another account on the same server."""
    made = subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", OTHER,
                           "--name", "links-other"], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return server.session(profile="links-other")


def got(clients, name, in_database="links") -> dict:
    return clients.glue.get_table(DatabaseName=in_database, Name=name)["Table"]


def names(tables: list[dict]) -> list[str]:
    return sorted(t["Name"] for t in tables)


def column_names(shown: dict) -> list[str]:
    return [c["Name"] for c in shown.get("StorageDescriptor", {}).get("Columns", [])]


def plain(message: str, *differing: str) -> str:
    """A message without what differs anyway: the decision id and the names asked for."""
    message = re.sub(r"\(decision [0-9a-f-]+\)", "(decision)", message)
    for name in differing:
        message = message.replace(name, "NAME")
    return message


# --- making and changing links

def test_the_target_of_a_link_is_not_looked_at(admin, lake):
    name = table_link(admin, "nowhere", "nothing")
    assert got(admin, name)["TargetTable"] == {"CatalogId": ACCOUNT, "DatabaseName": "nowhere", "Name": "nothing"}
    database_link(admin, "to_nowhere", "nowhere", catalog="999999999999")
    assert admin.glue.get_database(Name="to_nowhere")["Database"]["TargetDatabase"]["CatalogId"] == "999999999999"


def test_a_link_is_made_by_who_may_make_tables_there(admin, lake, someone):
    target = {"CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": "orders"}
    make = dict(DatabaseName="links", TableInput={"Name": "made", "TargetTable": target})
    assert error_of(someone.glue.create_table, **make)[0] == "AccessDeniedException"
    grant(admin, someone.arn, database("links"), ["CREATE_TABLE"])
    someone.glue.create_table(**make)
    on_database = dict(DatabaseInput={"Name": "made_db", "TargetDatabase": {"CatalogId": ACCOUNT, "DatabaseName": lake.database}})
    assert error_of(someone.glue.create_database, **on_database)[0] == "AccessDeniedException"
    grant(admin, someone.arn, {"Catalog": {}}, ["CREATE_DATABASE"])
    someone.glue.create_database(**on_database)


@pytest.mark.parametrize("more", [
    {"StorageDescriptor": {"Columns": [{"Name": "a", "Type": "int"}]}}, {"StorageDescriptor": {"Location": "s3://b/k"}},
    {"StorageDescriptor": {}}, {"PartitionKeys": [{"Name": "d", "Type": "string"}]}, {"ViewOriginalText": "SELECT 1"}])
def test_a_link_has_nothing_that_is_its_targets(admin, lake, more):
    target = {"CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": "orders"}
    code, message = error_of(admin.glue.create_table, DatabaseName="links",
                             TableInput={"Name": "full", "TargetTable": target, **more})
    assert code == "InvalidInputException" and "resource link has no" in message


@pytest.mark.parametrize("target", [{}, {"DatabaseName": "d"}, {"Name": "t"}, {"DatabaseName": "d", "Name": "a\nb"}])
def test_a_link_says_where_it_points(admin, lake, target):
    assert error_of(admin.glue.create_table, DatabaseName="links",
                    TableInput={"Name": "aimless", "TargetTable": target})[0] in ("InvalidInputException", "ValidationException")


def test_a_database_link_has_no_location(admin, lake):
    target = {"CatalogId": ACCOUNT, "DatabaseName": lake.database}
    code, message = error_of(admin.glue.create_database, DatabaseInput={
        "Name": "located", "LocationUri": f"s3://{lake.bucket}/x", "TargetDatabase": target})
    assert code == "InvalidInputException" and "LocationUri" in message


def test_the_maker_of_a_link_holds_describe_and_drop(admin, lake, someone):
    grant(admin, someone.arn, database("links"), ["CREATE_TABLE"])
    grant(admin, someone.arn, {"Catalog": {}}, ["CREATE_DATABASE"])
    name = table_link(someone.clients, lake.database, "orders")
    of_database = database_link(someone.clients, f"made_{name}", lake.database)
    held = {brief(r)[1:] for r in all_rows(admin, Principal={"DataLakePrincipalIdentifier": someone.arn})}
    both = ("DESCRIBE", "DROP")
    assert any(name in r[0] and r[1:] == (both, both) for r in held)
    assert any(of_database in r[0] and r[1:] == (both, both) for r in held)
    assert all("ALL" not in r[1] for r in held)
    someone.glue.delete_table(DatabaseName="links", Name=name)
    someone.glue.delete_database(Name=of_database)


@pytest.mark.parametrize("permission", ["SELECT", "INSERT", "DELETE", "ALTER", "ALL"])
def test_no_more_than_describe_and_drop_is_granted_on_a_link(admin, lake, someone, permission):
    name = table_link(admin, lake.database, "orders")
    code, message = error_of(grant, clients=admin, arn=someone.arn, resource=table("links", name), permissions=[permission])
    assert code == "InvalidInputException" and message.startswith("Permissions modification is invalid.")
    grant(admin, someone.arn, table("links", name), ["DESCRIBE", "DROP"])


@pytest.mark.parametrize("permission", ["ALTER", "CREATE_TABLE", "ALL"])
def test_no_more_than_describe_and_drop_is_granted_on_a_link_to_a_database(admin, lake, someone, permission):
    code, message = error_of(grant, clients=admin, arn=someone.arn, resource=database("shop"), permissions=[permission])
    assert code == "InvalidInputException" and message.startswith("Permissions modification is invalid.")
    assert "a resource link" in message
    every = {"Table": {"DatabaseName": "shop", "TableWildcard": {}}}
    code, message = error_of(grant, clients=admin, arn=someone.arn, resource=every, permissions=["DESCRIBE"])
    assert code == "InvalidInputException" and lake.database in message
    assert error_of(grant, clients=admin, arn=someone.arn, resource=table("shop", "orders"), permissions=["SELECT"])[0] == "EntityNotFoundException"
    grant(admin, someone.arn, database("shop"), ["DESCRIBE", "DROP"])
    revoke(admin, someone.arn, database("shop"), ["DROP"])


def test_links_carry_no_lf_tags(admin, lake):
    name = table_link(admin, lake.database, "orders")
    admin.lakeformation.create_lf_tag(TagKey="linkzone", TagValues=["a"])
    for resource in (table("links", name), database("shop")):
        answer = error_of(admin.lakeformation.add_lf_tags_to_resource, Resource=resource,
                          LFTags=[{"TagKey": "linkzone", "TagValues": ["a"]}])
        assert answer[0] == "InvalidInputException" and "carries no LF-Tags" in answer[1]


def test_a_link_is_pointed_elsewhere_by_who_could_make_it_anew(admin, lake, someone):
    name = table_link(admin, lake.database, "orders")
    change = {"Name": name, "TargetTable": {"CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": "events"}}
    grant(admin, someone.arn, table("links", name), ["DROP"])
    code, message = error_of(someone.glue.update_table, DatabaseName="links", TableInput=change)
    assert code == "AccessDeniedException" and "Create Table on links" in message
    grant(admin, someone.arn, database("links"), ["CREATE_TABLE"])
    someone.glue.update_table(DatabaseName="links", TableInput=change)
    assert got(admin, name)["TargetTable"]["Name"] == "events"
    with_columns = change | {"StorageDescriptor": {"Columns": [{"Name": "planted", "Type": "int"}]}}
    assert error_of(admin.glue.update_table, DatabaseName="links", TableInput=with_columns)[0] == "InvalidInputException"
    assert error_of(admin.glue.update_table, DatabaseName="links", TableInput={"Name": name})[0] == "InvalidInputException"
    revoke(admin, someone.arn, table("links", name), ["DROP"])
    assert error_of(someone.glue.update_table, DatabaseName="links", TableInput=change)[0] == "AccessDeniedException"


def test_drop_on_a_plain_table_does_not_change_it(admin, lake, someone):
    grant(admin, someone.arn, table(lake.database, "orders"), ["DROP"])
    grant(admin, someone.arn, database(lake.database), ["CREATE_TABLE"])
    plain_input = {"Name": "orders", "StorageDescriptor": storage(lake.location("orders"), COLUMNS[:1])}
    code, message = error_of(someone.glue.update_table, DatabaseName=lake.database, TableInput=plain_input)
    assert code == "AccessDeniedException" and "Required Alter" in message


# --- what a link shows

def test_a_link_shows_its_target_to_who_may_describe_both(admin, lake, someone):
    name = table_link(admin, lake.database, "orders")
    assert error_of(someone.glue.get_table, DatabaseName="links", Name=name)[0] == "AccessDeniedException"
    grant(admin, someone.arn, table("links", name), ["DESCRIBE"])
    bare = got(someone.clients, name)
    assert "StorageDescriptor" not in bare and bare["TargetTable"]["Name"] == "orders"
    assert bare["IsRegisteredWithLakeFormation"] is False
    grant(admin, someone.arn, columns(lake.database, "orders", "id"), ["SELECT"])
    shown = got(someone.clients, name)
    assert (shown["Name"], shown["DatabaseName"], shown["CatalogId"]) == (name, "links", ACCOUNT)
    assert column_names(shown) == ["id"] and shown["IsRegisteredWithLakeFormation"] is True
    assert shown["TargetTable"] == bare["TargetTable"] and shown["TableType"] == "EXTERNAL_TABLE"
    listed = [t for t in someone.glue.get_tables(DatabaseName="links")["TableList"] if t["Name"] == name]
    assert listed == [shown]
    revoke(admin, someone.arn, columns(lake.database, "orders", "id"), ["SELECT"])
    assert got(someone.clients, name) == bare


def test_iam_is_asked_for_the_target_too(server, admin, lake):
    name = table_link(admin, lake.database, "orders")
    narrow = Someone(server, admin, "narrow", actions=["lakeformation:*"])
    admin.iam.put_role_policy(RoleName=narrow.name, PolicyName="link", PolicyDocument=(
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "glue:*", "Resource": "%s"}]}'
        % table_arn("links", name)))
    for where in (table("links", name), table(lake.database, "orders")):
        grant(admin, narrow.arn, where, ["DESCRIBE"])
    assert "StorageDescriptor" not in got(narrow.clients, name)
    assert error_of(narrow.glue.get_partitions, DatabaseName="links", TableName=name)[0] == "AccessDeniedException"


def test_a_database_link_shows_its_target_to_who_may_describe_both(admin, lake, someone):
    admin.glue.create_database(DatabaseInput={"Name": "located", "LocationUri": f"s3://{lake.bucket}/located", "Parameters": {"a": "b"}})
    database_link(admin, "to_located", "located")
    grant(admin, someone.arn, database("to_located"), ["DESCRIBE"])
    bare = someone.glue.get_database(Name="to_located")["Database"]
    assert "LocationUri" not in bare and bare["TargetDatabase"]["DatabaseName"] == "located"
    grant(admin, someone.arn, database("located"), ["DESCRIBE"])
    shown = someone.glue.get_database(Name="to_located")["Database"]
    assert shown["Name"] == "to_located" and shown["LocationUri"].endswith("/located") and shown["Parameters"] == {"a": "b"}
    assert shown in someone.glue.get_databases()["DatabaseList"]


def test_the_tables_of_a_database_link_are_its_targets(admin, lake, someone):
    grant(admin, someone.arn, database("shop"), ["DESCRIBE"])
    assert error_of(someone.glue.get_tables, DatabaseName="shop")[0] == "AccessDeniedException"
    grant(admin, someone.arn, columns(lake.database, "orders", "id", "region"), ["SELECT"])
    listed = someone.glue.get_tables(DatabaseName="shop")["TableList"]
    assert names(listed) == ["orders"] and column_names(listed[0]) == ["id", "region"]
    assert (listed[0]["DatabaseName"], listed[0]["CatalogId"]) == (lake.database, ACCOUNT)
    assert got(someone.clients, "orders", "shop") == listed[0]
    assert error_of(someone.glue.get_table, DatabaseName="shop", Name="hidden")[0] == "AccessDeniedException"
    assert someone.glue.get_tables(DatabaseName="shop", Expression="hid*")["TableList"] == []


def test_what_belongs_to_a_table_is_read_through_links(admin, lake, someone):
    name = table_link(admin, lake.database, "events")
    grant(admin, someone.arn, table("links", name), ["DESCRIBE"])
    grant(admin, someone.arn, database("shop"), ["DESCRIBE"])
    glue = someone.glue
    for where in ({"DatabaseName": "links", "TableName": name}, {"DatabaseName": "shop", "TableName": "events"}):
        code, message = error_of(glue.get_partitions, **where)
        assert code == "AccessDeniedException" and f"Required Describe on {lake.database}.events" in message
        assert "reached through resource link" in message
    grant(admin, someone.arn, table(lake.database, "events"), ["SELECT"])
    for where in ({"DatabaseName": "links", "TableName": name}, {"DatabaseName": "shop", "TableName": "events"}):
        partitions = glue.get_partitions(**where)["Partitions"]
        assert [p["Values"] for p in partitions] == [["mon"], ["tue"]] and partitions[0]["TableName"] == "events"
        assert glue.get_partition(**where, PartitionValues=["mon"])["Partition"]["DatabaseName"] == lake.database
        assert len(glue.batch_get_partition(**where, PartitionsToGet=[{"Values": ["tue"]}])["Partitions"]) == 1
        assert glue.get_table_versions(**where)["TableVersions"][0]["Table"]["Name"] == "events"
        assert glue.get_partition_indexes(**where)["PartitionIndexDescriptorList"] == []
        assert glue.get_column_statistics_for_table(**where, ColumnNames=["id"])["Errors"]


def test_nothing_is_changed_through_a_link_to_a_table(admin, lake):
    name = table_link(admin, lake.database, "events")
    where, glue = {"DatabaseName": "links", "TableName": name}, admin.glue
    for call, arguments in (
        (glue.create_partition, {"PartitionInput": {"Values": ["wed"]}}),
        (glue.batch_create_partition, {"PartitionInputList": [{"Values": ["wed"]}]}),
        (glue.update_partition, {"PartitionValueList": ["mon"], "PartitionInput": {"Values": ["mon"]}}),
        (glue.delete_partition, {"PartitionValues": ["mon"]}),
        (glue.batch_delete_partition, {"PartitionsToDelete": [{"Values": ["mon"]}]}),
        (glue.create_partition_index, {"PartitionIndex": {"IndexName": "i", "Keys": ["day"]}}),
        (glue.delete_table_version, {"VersionId": "0"}),
        (glue.delete_column_statistics_for_table, {"ColumnName": "id"}),
    ):
        code, message = error_of(call, **where, **arguments)
        assert code == "InvalidInputException" and f"{lake.database}.events" in message, message
    assert len(glue.get_partitions(DatabaseName=lake.database, TableName="events")["Partitions"]) == 2


def test_a_link_to_a_database_is_another_name_for_it(admin, lake, someone):
    """Tables, partitions and functions are made, changed and dropped in the target, by who may do so there."""
    grant(admin, someone.arn, database("shop"), ["DESCRIBE"])
    made = dict(DatabaseName="shop", TableInput={"Name": "made", "StorageDescriptor": storage(
        lake.location("made"), COLUMNS), "PartitionKeys": [{"Name": "day", "Type": "string"}]})
    code, message = error_of(someone.glue.create_table, **made)
    assert code == "AccessDeniedException" and f"Required Create Table on {lake.database}" in message
    grant(admin, someone.arn, database(lake.database), ["CREATE_TABLE"])
    grant(admin, someone.arn, {"DataLocation": {"ResourceArn": f"arn:aws:s3:::{lake.bucket}"}}, ["DATA_LOCATION_ACCESS"])
    someone.glue.create_table(**made)
    assert got(someone.clients, "made", lake.database)["CreatedBy"].count(someone.name)
    someone.glue.create_partition(DatabaseName="shop", TableName="made", PartitionInput={"Values": ["mon"]})
    someone.glue.update_table(DatabaseName="shop", TableInput=made["TableInput"] | {"Description": "changed"})
    assert got(someone.clients, "made", lake.database)["Description"] == "changed"
    someone.glue.delete_table(DatabaseName="shop", Name="made")
    assert "made" not in names(admin.glue.get_tables(DatabaseName=lake.database)["TableList"])
    code, message = error_of(someone.glue.create_table, DatabaseName="shop", TableInput={"Name": "l", "TargetTable": {
        "CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": "orders"}})
    assert code == "InvalidInputException" and "not made through another" in message
    function = {"FunctionName": "f", "ClassName": "c", "OwnerName": "o", "OwnerType": "USER"}
    someone.glue.create_user_defined_function(DatabaseName="shop", FunctionInput=function)
    assert admin.glue.get_user_defined_function(DatabaseName=lake.database, FunctionName="f")
    assert someone.glue.get_user_defined_functions(DatabaseName="shop", Pattern="*")["UserDefinedFunctions"]


# --- links that lead nowhere

def test_dropping_a_link_leaves_the_target_and_dropping_the_target_leaves_the_link(admin, lake, someone):
    admin.glue.create_database(DatabaseInput={"Name": "short_lived"})
    admin.glue.create_table(DatabaseName="short_lived", TableInput={"Name": "t"})
    first, second = table_link(admin, "short_lived", "t"), table_link(admin, "short_lived", "t")
    of_database = database_link(admin, "to_short_lived", "short_lived")
    grant(admin, someone.arn, table("links", first), ["DROP"])
    someone.glue.delete_table(DatabaseName="links", Name=first)
    assert error_of(admin.glue.get_table, DatabaseName="links", Name=first)[0] == "EntityNotFoundException"
    assert got(admin, "t", "short_lived")
    again = database_link(admin, "to_short_lived_too", "short_lived")
    admin.glue.delete_database(Name=again)
    assert got(admin, "t", "short_lived")
    admin.glue.delete_database(Name="short_lived")
    assert got(admin, second)["TargetTable"]["Name"] == "t"
    code, message = error_of(admin.glue.get_partitions, DatabaseName="links", TableName=second)
    assert code == "EntityNotFoundException" and "points to table short_lived.t" in message and "not there" in message
    assert admin.glue.get_database(Name=of_database)["Database"]["TargetDatabase"]["DatabaseName"] == "short_lived"
    code, message = error_of(admin.glue.get_tables, DatabaseName=of_database)
    assert code == "EntityNotFoundException" and "points to database short_lived" in message


def test_only_the_first_link_is_followed(admin, lake, someone):
    first = table_link(admin, lake.database, "orders")
    second = table_link(admin, "links", first)
    assert "StorageDescriptor" not in got(admin, second)
    for call in (admin.glue.get_partitions, admin.glue.get_table_versions):
        code, message = error_of(call, DatabaseName="links", TableName=second)
        assert code == "InvalidInputException" and f"links.{first}" in message and "only the first" in message
    chain = database_link(admin, "shop_of_shop", "shop")
    code, message = error_of(admin.glue.get_tables, DatabaseName=chain)
    assert code == "InvalidInputException" and "database shop" in message
    assert error_of(admin.glue.get_partitions, DatabaseName=chain, TableName="orders")[0] == "InvalidInputException"
    # Who may not describe the second link learns nothing of it.
    grant(admin, someone.arn, table("links", second), ["DESCRIBE"])
    code, message = error_of(someone.glue.get_partitions, DatabaseName="links", TableName=second)
    assert code == "AccessDeniedException" and f"Required Describe on links.{first}" in message


def test_links_that_go_round_end(admin, lake):
    there, back = table_link(admin, "links", "back", name="there"), table_link(admin, "links", "there", name="back")
    itself = table_link(admin, "links", "itself", name="itself")
    around = database_link(admin, "around", "around")
    for name in (there, back, itself):
        assert got(admin, name)["TargetTable"] and "StorageDescriptor" not in got(admin, name)
        assert error_of(admin.glue.get_partitions, DatabaseName="links", TableName=name)[0] == "InvalidInputException"
    assert admin.glue.get_database(Name=around)["Database"]["TargetDatabase"]["DatabaseName"] == around
    assert error_of(admin.glue.get_tables, DatabaseName=around)[0] == "InvalidInputException"
    assert error_of(admin.glue.create_table, DatabaseName=around, TableInput={"Name": "t"})[0] == "InvalidInputException"
    assert {there, back, itself} <= set(names(admin.glue.get_tables(DatabaseName="links")["TableList"]))


def test_a_link_to_another_region_is_kept_and_named_as_such(admin, lake):
    here = table_link(admin, lake.database, "events", Region=REGION)
    assert len(admin.glue.get_partitions(DatabaseName="links", TableName=here)["Partitions"]) == 2
    there = table_link(admin, lake.database, "events", Region="eu-west-1")
    assert got(admin, there)["TargetTable"]["Region"] == "eu-west-1" and "StorageDescriptor" not in got(admin, there)
    database_link(admin, "far", lake.database, Region="eu-west-1")
    for call, arguments in ((admin.glue.get_partitions, {"DatabaseName": "links", "TableName": there}),
                            (admin.glue.get_tables, {"DatabaseName": "far"}),
                            (admin.glue.get_table, {"DatabaseName": "far", "Name": "orders"})):
        code, message = error_of(call, **arguments)
        assert code == "InvalidInputException" and "eu-west-1" in message


def test_search_finds_links_as_links(admin, lake, someone):
    name = table_link(admin, lake.database, "orders", name="searchable_link")
    grant(admin, someone.arn, table("links", name), ["DESCRIBE"])
    found = someone.glue.search_tables(SearchText="searchable")["TableList"]
    assert names(found) == [name] and "StorageDescriptor" not in found[0]
    grant(admin, someone.arn, columns(lake.database, "orders", "id"), ["SELECT"])
    assert name not in names(someone.glue.search_tables(SearchText="secret")["TableList"])
    assert "StorageDescriptor" not in someone.glue.search_tables(SearchText="searchable")["TableList"][0]


# --- engines

def metadata(clients, in_database, name, **more) -> dict:
    return clients.glue.get_unfiltered_table_metadata(
        CatalogId=ACCOUNT, DatabaseName=in_database, Name=name, SupportedPermissionTypes=NESTED, **more)


def vend(clients, in_database, name, permissions=("SELECT",)) -> dict:
    return clients.lakeformation.get_temporary_glue_table_credentials(
        TableArn=table_arn(in_database, name), SupportedPermissionTypes=NESTED, Permissions=list(permissions))


def query(lake, role, sql) -> subprocess.CompletedProcess:
    return subprocess.run(
        [WEIR, "query", "--role-arn", role_arn(f"{lake.name}-{role}"), "--external-id", EXTERNAL_ID, "--session-tag",
         SESSION_TAG, "--format", "csv", sql], capture_output=True, text=True, env=lake.server.cli_env)


def test_engines_are_answered_with_the_target(admin, lake):
    link = table_link(admin, lake.database, "events")
    role = lake.role("through")
    grant(admin, role, table("links", link), ["DESCRIBE"])
    grant(admin, role, database("shop"), ["DESCRIBE"])
    engine = lake.assume(role)
    for where in (("links", link), ("shop", "events")):
        assert error_of(metadata, clients=engine, in_database=where[0], name=where[1])[0] == "AccessDeniedException"
        assert error_of(vend, clients=engine, in_database=where[0], name=where[1])[0] == "AccessDeniedException"
    grant(admin, role, columns(lake.database, "events", "id"), ["SELECT"])
    for where in (("links", link), ("shop", "events")):
        answer = metadata(engine, *where, Permissions=["SELECT"])
        assert answer["ResourceArn"] == table_arn(lake.database, "events") and answer["AuthorizedColumns"] == ["id", "day"]
        assert (answer["Table"]["DatabaseName"], answer["Table"]["Name"]) == (lake.database, "events")
        assert answer["IsRegisteredWithLakeFormation"] is True
        partitions = engine.glue.get_unfiltered_partitions_metadata(
            CatalogId=ACCOUNT, DatabaseName=where[0], TableName=where[1], SupportedPermissionTypes=NESTED)
        assert len(partitions["UnfilteredPartitions"]) == 2
        reader = lake.server.session(vend(engine, *where))
        assert reader.s3.list_objects_v2(Bucket=lake.bucket, Prefix="events/")["KeyCount"] == 2
        assert error_of(reader.s3.list_objects_v2, Bucket=lake.bucket, Prefix="orders/")[0] == "AccessDenied"
    revoke(admin, role, table("links", link), ["DESCRIBE"])
    assert error_of(vend, clients=engine, in_database="links", name=link)[0] == "AccessDeniedException"
    assert error_of(metadata, clients=engine, in_database="links", name=link)[0] == "AccessDeniedException"


def test_an_engine_without_the_tag_gets_nothing_through_a_link(admin, lake):
    link = table_link(admin, lake.database, "orders")
    role = lake.role("untagged")
    for where in (table("links", link), table(lake.database, "orders")):
        grant(admin, role, where, ["DESCRIBE"])
    grant(admin, role, table(lake.database, "orders"), ["SELECT"])
    untagged = lake.assume(role, tag=None)
    assert error_of(metadata, clients=untagged, in_database="links", name=link)[0] == "AccessDeniedException"
    assert error_of(vend, clients=untagged, in_database="links", name=link)[0] == "AccessDeniedException"


def test_weir_query_follows_links(admin, lake):
    orders, events = table_link(admin, lake.database, "orders"), table_link(admin, lake.database, "events")
    role = lake.role("asker")
    eu = lake.filter("orders", "eu_through_link", "region = 'EU'", ["id", "region"])
    grant(admin, role, eu, ["SELECT"])
    grant(admin, role, table(lake.database, "events"), ["SELECT"])
    for name in (orders, events):
        assert query(lake, "asker", f"SELECT id FROM links.{name}").returncode != 0
        grant(admin, role, table("links", name), ["DESCRIBE"])
    assert query(lake, "asker", f"SELECT * FROM links.{orders} ORDER BY id").stdout.splitlines()[1:] == ["1,EU", "3,EU"]
    assert query(lake, "asker", f"SELECT id, day FROM links.{events} ORDER BY id").stdout.splitlines()[1:] == ["1,mon", "2,tue"]
    assert query(lake, "asker", f"SELECT id FROM links.{events} WHERE day = 'tue'").stdout.splitlines()[1:] == ["2"]
    assert "secret" not in query(lake, "asker", f"SELECT secret FROM links.{orders}").stdout
    assert query(lake, "asker", "SELECT id FROM shop.orders").returncode != 0
    grant(admin, role, database("shop"), ["DESCRIBE"])
    assert query(lake, "asker", "SELECT id FROM shop.orders ORDER BY id").stdout.splitlines()[1:] == ["1", "3"]
    joined = query(lake, "asker", f"SELECT e.day FROM shop.events e JOIN links.{orders} o USING (id) ORDER BY 1")
    assert joined.stdout.splitlines()[1:] == ["mon"]
    revoke(admin, role, eu, ["SELECT"])
    done = query(lake, "asker", f"SELECT id FROM links.{orders}")
    assert done.returncode != 0 and "Insufficient Lake Formation permission" in done.stderr


# --- attacks

READS = [("get_partitions", "TableName", {}), ("get_partition", "TableName", {"PartitionValues": ["mon"]}),
         ("get_table_versions", "TableName", {}), ("get_partition_indexes", "TableName", {}),
         ("get_column_statistics_for_table", "TableName", {"ColumnNames": ["id"]})]


def test_a_link_tells_nothing_of_what_its_maker_may_not_see(admin, lake, someone):
    """A hidden table, an absent one of its database, and one of an absent database are the same through a link."""
    grant(admin, someone.arn, database("links"), ["CREATE_TABLE"])
    targets = [(lake.database, "hidden"), (lake.database, "absent"), ("no_database", "absent")]
    links = [table_link(someone.clients, *target) for target in targets]
    shown = []
    for name, target in zip(links, targets):
        one = got(someone.clients, name)
        assert (one["TargetTable"]["DatabaseName"], one["TargetTable"]["Name"]) == target
        shown.append({k: v for k, v in one.items() if k not in ("Name", "TargetTable", "CreateTime", "UpdateTime")})
    assert shown[0] == shown[1] == shown[2]
    for operation, member, more in READS:
        answers = set()
        for name, target in zip(links, targets):
            code, message = error_of(getattr(someone.glue, operation), DatabaseName="links", **{member: name}, **more)
            answers.add((code, plain(message, name, *(f"{d}.{t}" for d, t in targets))))
        assert len(answers) == 1, answers
    listed = [t for t in someone.glue.get_tables(DatabaseName="links")["TableList"] if t["Name"] in links]
    assert all("StorageDescriptor" not in t for t in listed) and len(listed) == 3


def test_a_database_link_tells_nothing_of_what_its_maker_may_not_see(admin, lake, someone):
    grant(admin, someone.arn, {"Catalog": {}}, ["CREATE_DATABASE"])
    links = [database_link(someone.clients, f"spy_{next(_numbers)}", target) for target in (lake.database, "no_database")]
    assert len({tuple(sorted(k for k in someone.glue.get_database(Name=n)["Database"])) for n in links}) == 1
    for call, more in ((someone.glue.get_tables, {}), (someone.glue.get_table, {"Name": "orders"}),
                       (someone.glue.get_table, {"Name": "absent"}), (someone.glue.delete_table, {"Name": "orders"}),
                       (someone.glue.get_user_defined_functions, {"Pattern": "*"})):
        answers = set()
        for name in links:
            code, message = error_of(call, DatabaseName=name, **more)
            answers.add((code, plain(message, name, lake.database, "no_database")))
        assert len(answers) == 1 and next(iter(answers))[0] == "AccessDeniedException", answers


def test_a_hidden_link_is_like_no_link(admin, lake, someone):
    """Even to who may read the target: neither that it is a link nor where it points is told."""
    grant(admin, someone.arn, table(lake.database, "events"), ["SELECT"])
    link, absent = table_link(admin, lake.database, "events"), "no_such_link"
    hidden_db = database_link(admin, f"hidden_{next(_numbers)}", lake.database)
    for operation, member, more in [*READS, ("get_table", "Name", {}), ("delete_table", "Name", {}),
                                    ("create_partition", "TableName", {"PartitionInput": {"Values": ["x"]}}),
                                    ("delete_partition", "TableName", {"PartitionValues": ["mon"]})]:
        answers = set()
        for where in (("links", link), ("links", absent), (hidden_db, "events"), ("no_database", "events")):
            code, message = error_of(getattr(someone.glue, operation), DatabaseName=where[0], **{member: where[1]}, **more)
            answers.add((code, plain(message, ".".join(where))))
        assert len(answers) == 1, (operation, answers)
    change = {"TargetTable": {"CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": "orders"}}
    answers = {plain(error_of(someone.glue.update_table, DatabaseName="links", TableInput={"Name": n, **change})[1], n)
               for n in (link, absent)}
    assert len(answers) == 1
    answers = {plain(error_of(someone.glue.get_tables, DatabaseName=n)[1], n) for n in (hidden_db, "no_database")}
    assert len(answers) == 1


def test_grants_on_a_link_do_not_pass_to_a_table_of_its_name(admin, lake, someone):
    name = table_link(admin, lake.database, "orders")
    grant(admin, someone.arn, table("links", name), ["DESCRIBE", "DROP"], ["DESCRIBE", "DROP"])
    admin.glue.delete_table(DatabaseName="links", Name=name)
    admin.glue.create_table(DatabaseName="links", TableInput={"Name": name, "StorageDescriptor": storage(
        lake.location("orders"), COLUMNS)})
    assert error_of(someone.glue.get_table, DatabaseName="links", Name=name)[0] == "AccessDeniedException"
    assert error_of(someone.glue.delete_table, DatabaseName="links", Name=name)[0] == "AccessDeniedException"
    spare = database_link(admin, f"spare_{next(_numbers)}", lake.database)
    grant(admin, someone.arn, database(spare), ["DESCRIBE", "DROP"])
    admin.glue.delete_database(Name=spare)
    admin.glue.create_database(DatabaseInput={"Name": spare})
    assert error_of(someone.glue.get_database, Name=spare)[0] == "AccessDeniedException"
    # And what was granted on a table does not open what a link of its name points to.
    admin.glue.delete_table(DatabaseName="links", Name=name)
    admin.glue.create_table(DatabaseName="links", TableInput={"Name": name, "StorageDescriptor": {"Columns": []}})
    grant(admin, someone.arn, table("links", name), ["SELECT", "ALTER", "DROP"])
    admin.glue.delete_table(DatabaseName="links", Name=name)
    table_link(admin, lake.database, "orders", name=name)
    assert error_of(someone.glue.get_table, DatabaseName="links", Name=name)[0] == "AccessDeniedException"


def test_all_tables_of_the_links_database_give_nothing_on_the_targets(admin, lake):
    role = lake.role("all-links")
    admin.glue.create_database(DatabaseInput={"Name": "everything"})
    name = table_link(admin, lake.database, "orders", in_database="everything")
    grant(admin, role, {"Table": {"DatabaseName": "everything", "TableWildcard": {}}}, ["ALL"])
    engine = lake.assume(role)
    assert "StorageDescriptor" not in got(engine, name, "everything")
    for call in (metadata, vend):
        code, message = error_of(call, clients=engine, in_database="everything", name=name)
        assert code == "AccessDeniedException" and f"{lake.database}.orders" in message
    # A link named like a table that is granted is that link, and nothing of the table.
    grant(admin, role, table(lake.database, "events"), ["SELECT"])
    table_link(admin, lake.database, "hidden", name="events", in_database="everything")
    assert error_of(vend, clients=engine, in_database="everything", name="events")[0] == "AccessDeniedException"


def test_lf_tag_policies_do_not_reach_a_target_through_its_link(admin, lake):
    role = lake.role("tagged")
    admin.lakeformation.create_lf_tag(TagKey="linktag", TagValues=["open"])
    admin.glue.create_database(DatabaseInput={"Name": "tagged_links"})
    name = table_link(admin, lake.database, "orders", in_database="tagged_links")
    admin.lakeformation.add_lf_tags_to_resource(Resource=database("tagged_links"), LFTags=[{"TagKey": "linktag", "TagValues": ["open"]}])
    grant(admin, role, policy("TABLE", linktag="open"), ["SELECT", "DESCRIBE"])
    grant(admin, role, policy("DATABASE", linktag="open"), ["DESCRIBE"])
    engine = lake.assume(role)
    assert "StorageDescriptor" not in got(engine, name, "tagged_links")
    for call in (metadata, vend):
        code, message = error_of(call, clients=engine, in_database="tagged_links", name=name)
        assert code == "AccessDeniedException" and f"{lake.database}.orders" in message


def test_everybodys_links_open_nothing(admin, lake, someone):
    """A link in a database whose tables IAM alone governs is seen by everybody; its target is not."""
    admin.glue.create_database(DatabaseInput={"Name": "open_links", "CreateTableDefaultPermissions": [
        {"Principal": {"DataLakePrincipalIdentifier": "IAM_ALLOWED_PRINCIPALS"}, "Permissions": ["ALL"]}]})
    name = table_link(admin, lake.database, "orders", in_database="open_links")
    assert "StorageDescriptor" not in got(someone.clients, name, "open_links")
    code, message = error_of(someone.glue.get_partitions, DatabaseName="open_links", TableName=name)
    assert code == "AccessDeniedException" and f"{lake.database}.orders" in message


def test_a_link_names_itself_in_the_trail(admin, lake, someone):
    name = table_link(admin, lake.database, "events")
    grant(admin, someone.arn, table("links", name), ["DESCRIBE"])
    grant(admin, someone.arn, table(lake.database, "events"), ["SELECT"])
    someone.glue.get_partitions(DatabaseName="links", TableName=name)
    events = admin.cloudtrail.lookup_events(LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "GetPartitions"}])["Events"]
    assert any(f'"resourceLink":"links.{name}"' in e["CloudTrailEvent"].replace(" ", "")
               and table_arn(lake.database, "events") in e["CloudTrailEvent"] for e in events)


# --- another account

def test_a_link_to_another_account_shows_itself_and_opens_nothing_unshared(admin, lake, other):
    """Sharing opens some of these; a link alone never does."""
    other.glue.create_database(DatabaseInput={"Name": "theirs"})
    table_link(other, lake.database, "orders", name="ours", in_database="theirs")
    table_link(other, lake.database, "absent", name="gone", in_database="theirs")
    database_link(other, "our_shop", lake.database)
    shown = [got(other, name, "theirs") for name in ("ours", "gone")]
    assert shown[0]["TargetTable"]["CatalogId"] == ACCOUNT and all("StorageDescriptor" not in one for one in shown)
    answers = set()
    for name in ("ours", "gone"):
        code, message = error_of(other.glue.get_partitions, DatabaseName="theirs", TableName=name)
        answers.add((code, plain(message, name, "orders", "absent")))
    assert len(answers) == 1 and next(iter(answers))[0] == "AccessDeniedException"
    for call, arguments in ((other.glue.get_tables, {"DatabaseName": "our_shop"}),
                            (other.glue.get_table, {"DatabaseName": "our_shop", "Name": "orders"}),
                            (other.glue.create_table, {"DatabaseName": "our_shop", "TableInput": {"Name": "planted"}}),
                            (other.glue.delete_table, {"DatabaseName": "our_shop", "Name": "orders"})):
        assert error_of(call, **arguments)[0] == "AccessDeniedException"
    assert "our_shop" in [d["Name"] for d in other.glue.get_databases()["DatabaseList"]]
    assert "planted" not in names(admin.glue.get_tables(DatabaseName=lake.database)["TableList"])


# --- into other accounts

@pytest.fixture(scope="module")
def abroad(server, admin, lake, other):
    """A role of the other account, whose engines the owner trusts. Nothing is granted to anybody."""
    lake.trust_engines(ExternalDataFilteringAllowList=[{"DataLakePrincipalIdentifier": a} for a in (ACCOUNT, OTHER)])
    other.glue.create_database(DatabaseInput={"Name": "links"})
    trust = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": OTHER}, "Action": ["sts:AssumeRole", "sts:TagSession"]}]})
    other.iam.create_role(RoleName="abroad", AssumeRolePolicyDocument=trust)
    other.iam.put_role_policy(RoleName="abroad", PolicyName="all", PolicyDocument=allow(EVERYTHING))
    return f"arn:aws:iam::{OTHER}:role/abroad"


def abroad_query(lake, arn, sql) -> subprocess.CompletedProcess:
    return subprocess.run([WEIR, "query", "--profile", "links-other", "--role-arn", arn, "--session-tag", SESSION_TAG,
                           "--format", "csv", sql], capture_output=True, text=True, env=lake.server.cli_env)


def owners(resource: dict) -> dict:
    return {kind: {**members, "CatalogId": ACCOUNT} for kind, members in resource.items()}


def accept_all(clients) -> None:
    Account(clients, clients, "").accept()


def test_links_lead_into_another_account_as_far_as_it_shares(admin, lake, other, abroad):
    """DESCRIBE on the link, and what the owner shares with the account and the account grants to the role: each alone
    opens nothing."""
    of_table = table_link(other, lake.database, "orders")
    of_database = database_link(other, f"far_{of_table}", lake.database)
    through = [f"SELECT id FROM links.{of_table} ORDER BY id", f"SELECT id FROM {of_database}.orders ORDER BY id"]

    def answers() -> list[list[str] | None]:
        asked = [abroad_query(lake, abroad, sql) for sql in through]
        return [one.stdout.split() if one.returncode == 0 else None for one in asked]

    target, all_three = table(lake.database, "orders"), ["id", "1", "2", "3"]
    assert answers() == [None, None]
    for link in (table("links", of_table), database(of_database)):
        grant(other, abroad, link, ["DESCRIBE"])
    assert answers() == [None, None]
    assert "StorageDescriptor" not in got(other, of_table)
    grant(admin, OTHER, target, ["SELECT"], ["SELECT"])
    accept_all(other)
    assert answers() == [None, None]
    assert column_names(got(other, of_table)) == [name for name, _ in COLUMNS]  # the administrator sees what came
    grant(other, abroad, owners(columns(lake.database, "orders", "id")), ["SELECT"])
    assert answers() == [all_three, all_three]
    revoke(other, abroad, table("links", of_table), ["DESCRIBE"])
    assert answers() == [None, all_three]
    revoke(other, abroad, database(of_database), ["DESCRIBE"])
    assert answers() == [None, None]
    for link in (table("links", of_table), database(of_database)):
        grant(other, abroad, link, ["DESCRIBE"])
    revoke(admin, OTHER, target, ["SELECT"], ["SELECT"])
    assert answers() == [None, None] and "StorageDescriptor" not in got(other, of_table)


def test_a_link_into_another_account_shows_what_is_shared_under_its_own_name(admin, lake, other, abroad):
    link = table_link(other, lake.database, "events")
    grant(admin, OTHER, table(lake.database, "events"), ["SELECT"], ["SELECT"])
    accept_all(other)
    shown = got(other, link)
    assert (shown["Name"], shown["CatalogId"], shown["TargetTable"]["CatalogId"]) == (link, OTHER, ACCOUNT)
    assert shown in other.glue.get_tables(DatabaseName="links")["TableList"]
    partitions = other.glue.get_partitions(DatabaseName="links", TableName=link)["Partitions"]
    assert {(p["CatalogId"], p["TableName"]) for p in partitions} == {(ACCOUNT, "events")} and len(partitions) == 2
    through = database_link(other, f"whole_{link}", lake.database)
    assert names(other.glue.get_tables(DatabaseName=through)["TableList"]) == ["events"]
    revoke(admin, OTHER, table(lake.database, "events"), ["SELECT"], ["SELECT"])
    assert error_of(other.glue.get_partitions, DatabaseName="links", TableName=link)[0] == "AccessDeniedException"
    assert error_of(other.glue.get_tables, DatabaseName=through)[0] == "AccessDeniedException"


def test_a_link_to_what_is_not_shared_does_not_tell_whether_it_is_there(admin, lake, other, abroad):
    there, absent = table_link(other, lake.database, "hidden"), table_link(other, lake.database, "absent")
    said = [error_of(other.glue.get_partitions, DatabaseName="links", TableName=link) for link in (there, absent)]
    assert said[0][0] == said[1][0] == "AccessDeniedException"
    assert plain(said[0][1], "hidden", there) == plain(said[1][1], "absent", absent)
    bare = [{k: v for k, v in got(other, link).items() if k not in ("Name", "TargetTable", "CreateTime", "UpdateTime")}
            for link in (there, absent)]
    assert bare[0] == bare[1]
