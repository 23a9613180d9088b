"""Fields of structs over the wire: filters that name them, what engines and catalogs are told, and what SQL sees."""

import subprocess

import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT, WEIR
from lake import EXTERNAL_ID, Lake, SESSION_TAG, role_arn, storage, table_arn

ADDRESS = "struct<city:string,zip:int,ssn:string,geo:struct<lat:double,tag:string>>"
COLUMNS = [("id", "bigint"), ("address", ADDRESS), ("note", "string")]
ROWS = [
    (1, {"city": "Bonn", "zip": 53111, "ssn": "s1", "geo": {"lat": 50.5, "tag": "t1"}}, "n1"),
    (2, {"city": "Cork", "zip": 100, "ssn": "s2", "geo": {"lat": 51.5, "tag": "t2"}}, "n2"),
    (3, None, "n3"),
]
CELLS = ["COLUMN_PERMISSION", "CELL_FILTER_PERMISSION"]
NESTED = [*CELLS, "NESTED_PERMISSION"]
ALL = [*NESTED, "NESTED_CELL_PERMISSION"]
ZIP, CITY, SSN, TAG = '"address"."zip"', '"address"."city"', '"address"."ssn"', '"address"."geo"."tag"'


@pytest.fixture(scope="module")
def lake(server, admin):
    lake = Lake(server, admin, "nested").build()
    lake.table("people", COLUMNS, ROWS)
    return lake


def refused(call, **arguments) -> dict:
    with pytest.raises(ClientError) as error:
        call(**arguments)
    return error.value.response["Error"]


def table_data(lake, name, table="people", include=None, exclude=None, rows=None) -> dict:
    data = {"TableCatalogId": ACCOUNT, "DatabaseName": lake.database, "TableName": table, "Name": name,
            "RowFilter": {"FilterExpression": rows} if rows else {"AllRowsWildcard": {}}}
    if include is not None:
        return data | {"ColumnNames": include}
    return data | {"ColumnWildcard": {"ExcludedColumnNames": exclude or []}}


def filter_on(lake, name, **shape) -> dict:
    """Makes the filter; the answer is the Resource to grant on."""
    data = table_data(lake, name, **shape)
    lake.admin.lakeformation.create_data_cells_filter(TableData=data)
    return {"DataCellsFilter": {key: data[key] for key in ("TableCatalogId", "DatabaseName", "TableName", "Name")}}


def reader(lake, name, *filters) -> str:
    arn = lake.role(name)
    for resource in filters:
        lake.grant(arn, ["SELECT"], resource)
    return arn


def metadata(lake, clients, types=ALL, table="people"):
    return clients.glue.get_unfiltered_table_metadata(
        CatalogId=ACCOUNT, DatabaseName=lake.database, Name=table, SupportedPermissionTypes=types)


def query(lake, role, sql) -> subprocess.CompletedProcess:
    return subprocess.run(
        [WEIR, "query", "--role-arn", role_arn(f"{lake.name}-{role}"), "--external-id", EXTERNAL_ID, "--session-tag",
         SESSION_TAG, "--database", lake.database, "--format", "csv", sql],
        capture_output=True, text=True, env=lake.server.cli_env)


def rows_of(lake, role, sql) -> list[str]:
    done = query(lake, role, sql)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[1:]


def test_a_filter_keeps_its_fields_as_they_are_spelled(lake):
    filter_on(lake, "spelled", include=[ZIP, "id"])
    name = {"TableCatalogId": ACCOUNT, "DatabaseName": lake.database, "TableName": "people", "Name": "spelled"}
    kept = lake.admin.lakeformation.get_data_cells_filter(**name)["DataCellsFilter"]
    assert kept["ColumnNames"] == ["id", ZIP]
    lake.admin.lakeformation.update_data_cells_filter(TableData=table_data(lake, "spelled", exclude=[TAG, SSN]))
    again = lake.admin.lakeformation.get_data_cells_filter(**name)["DataCellsFilter"]
    assert again["ColumnWildcard"]["ExcludedColumnNames"] == [TAG, SSN]
    assert again["VersionId"] != kept["VersionId"]


@pytest.mark.parametrize("path", ['"address"."street"', '"address"."zip"."x"', '"id"."x"', 'address.zip', '"address"."zip',
                                  '"address".', '"a"."b"."c"."d"."e"."f"'])
def test_only_fields_that_are_there_can_be_named(lake, path):
    for shape in ({"include": [path]}, {"exclude": [path]}):
        error = refused(lake.admin.lakeformation.create_data_cells_filter, TableData=table_data(lake, "bad", **shape))
        assert error["Code"] == "InvalidInputException"


def test_column_grants_know_no_fields(lake):
    arn = lake.role("columns")
    error = refused(lake.admin.lakeformation.grant_permissions, Principal={"DataLakePrincipalIdentifier": arn},
                    Permissions=["SELECT"], Resource=lake.columns("people", "id", ZIP))
    assert error["Code"] == "InvalidInputException"
    assert "cannot grant/revoke permission on non-existent column" in error["Message"]


def test_engines_are_told_each_visible_part(lake):
    arn = reader(lake, "parts", filter_on(lake, "parts1", include=["id", CITY]),
                 filter_on(lake, "parts2", include=[ZIP], rows="id = 1"))
    answer = metadata(lake, lake.assume(arn))
    assert answer["AuthorizedColumns"] == ["id", CITY, ZIP]
    assert answer["CellFilters"] == [{"ColumnName": ZIP, "RowFilterExpression": '"id" = 1'}]
    assert "RowFilter" not in answer


def test_an_engine_that_cannot_cut_structs_is_turned_away(lake):
    nested = lake.assume(reader(lake, "cut", filter_on(lake, "cut", exclude=[SSN])))
    cells = lake.assume(reader(lake, "cutcells", filter_on(lake, "cut1", include=["id", CITY]),
                               filter_on(lake, "cut2", include=[ZIP], rows="id = 1")))
    for clients, too_little in ((nested, CELLS), (cells, NESTED)):
        for call, arguments in (
            (clients.glue.get_unfiltered_table_metadata,
             {"CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": "people", "SupportedPermissionTypes": too_little}),
            (clients.lakeformation.get_temporary_glue_table_credentials,
             {"TableArn": table_arn(lake.database, "people"), "Permissions": ["SELECT"],
              "SupportedPermissionTypes": too_little})):
            assert refused(call, **arguments)["Code"] == "PermissionTypeMismatchException"
    assert metadata(lake, nested, NESTED)["AuthorizedColumns"] == ["id", CITY, ZIP, '"address"."geo"', "note"]
    assert metadata(lake, cells, ALL)


def test_descriptions_show_the_visible_fields_alone(lake):
    def address_type(role, *filters):
        clients = lake.assume(reader(lake, role, *filters))
        table = clients.glue.get_table(DatabaseName=lake.database, Name="people")["Table"]
        listed = clients.glue.get_tables(DatabaseName=lake.database)["TableList"]
        types = [{c["Name"]: c["Type"] for c in t["StorageDescriptor"]["Columns"]} for t in (table, *listed)]
        assert all(each == types[0] for each in types)
        assert "ssn" not in str(table) and "tag" not in str(table)
        return types[0].get("address")
    assert address_type("type1", filter_on(lake, "type1", include=["id", ZIP])) == "struct<zip:int>"
    assert address_type("type2", filter_on(lake, "type2", exclude=[SSN, TAG])) == \
        "struct<city:string,zip:int,geo:struct<lat:double>>"
    assert address_type("type3", filter_on(lake, "type3", include=["id"])) is None


def test_sql_sees_the_visible_fields_alone(lake):
    reader(lake, "sql", filter_on(lake, "sql", exclude=[SSN, TAG], rows="address.geo.tag = 't1' or id = 3"))
    assert rows_of(lake, "sql", "SELECT typeof(address) FROM people LIMIT 1") == \
        ['"STRUCT(city VARCHAR, zip INTEGER, geo STRUCT(lat DOUBLE))"']
    assert rows_of(lake, "sql", "SELECT id, address.zip, address.geo.lat FROM people ORDER BY id") == ["1,53111,50.5", "3,,"]
    everything = query(lake, "sql", "SELECT to_json(p) FROM people p").stdout
    assert "Bonn" in everything and "s1" not in everything and "t1" not in everything
    for sql in ("SELECT address.ssn FROM people", "SELECT id FROM people WHERE address.ssn = 's1'",
                "SELECT address.geo.tag FROM people", "SELECT struct_extract(address, 'ssn') FROM people"):
        refusal = query(lake, "sql", sql)
        assert refusal.returncode != 0 and "s1" not in refusal.stderr


def test_each_field_is_shown_in_its_own_rows(lake):
    reader(lake, "rows", filter_on(lake, "rows1", include=["id", CITY]),
           filter_on(lake, "rows2", include=[ZIP], rows="address.zip > 1000"))
    assert rows_of(lake, "rows", "SELECT id, address.city, address.zip FROM people ORDER BY id") == [
        "1,Bonn,53111", "2,Cork,", "3,,"]


@pytest.mark.parametrize("name, shape, kept, broken", [
    ("hides", {"exclude": [SSN]},
     {"struct<ssn:string,zip:string>": ["id", ZIP, "note"], "struct<ssn:string>": ["id", "note"]},
     ["struct<zip:int,tax:string>", "string", "array<struct<ssn:string,zip:int>>", "map<string,struct<ssn:string>>"]),
    ("shows", {"include": ["id", ZIP]},
     {"struct<zip:string,tax:string>": ["id", ZIP], "struct<tax:string>": ["id"], "array<struct<zip:int>>": ["id"]}, []),
    ("depends", {"include": ["id"], "rows": "address.zip > 5"},
     {"struct<zip:bigint>": ["id"]}, ["struct<zip:string>", "struct<zip:double>", "struct<tax:int>", "array<struct<zip:int>>"]),
])
def test_a_schema_change_breaks_no_filter_and_opens_none(lake, name, shape, kept, broken):
    """A filter that a change would close keeps the change out (nested_view_test.cc shows that it would be closed)."""
    lake.table(name, COLUMNS, ROWS)
    clients = lake.assume(reader(lake, name, filter_on(lake, name, table=name, **shape)))

    def change(type):
        columns = [("id", "bigint"), ("address", type), ("note", "string")]
        lake.admin.glue.update_table(DatabaseName=lake.database, TableInput={
            "Name": name, "TableType": "EXTERNAL_TABLE", "StorageDescriptor": storage(lake.location(name), columns)})
    before = metadata(lake, clients, table=name)["AuthorizedColumns"]
    for type in broken:
        assert refused(change, type=type)["Code"] == "InvalidInputException"
        assert metadata(lake, clients, table=name)["AuthorizedColumns"] == before
    for type, seen in kept.items():
        change(ADDRESS)
        change(type)
        assert metadata(lake, clients, table=name)["AuthorizedColumns"] == seen


def test_a_masked_cell_is_no_full_access(lake):
    """All columns and all rows are there, yet cells are hidden: whoever filters nothing gets no files."""
    arn = reader(lake, "masked", filter_on(lake, "masked1", exclude=[], rows="id = 1"),
                 filter_on(lake, "masked2", include=["id"]))
    lake.trust_engines(AllowFullTableExternalDataAccess=True)
    try:
        untrusted = lake.assume(arn, tag=None)
        error = refused(untrusted.lakeformation.get_temporary_glue_table_credentials,
                        TableArn=table_arn(lake.database, "people"), Permissions=["SELECT"], SupportedPermissionTypes=ALL)
        assert error["Code"] == "AccessDeniedException"
        error = refused(untrusted.glue.get_unfiltered_table_metadata, CatalogId=ACCOUNT, DatabaseName=lake.database,
                        Name="people", SupportedPermissionTypes=ALL)
        assert error["Code"] == "AccessDeniedException"
    finally:
        lake.trust_engines(AllowFullTableExternalDataAccess=False)


def test_one_principal_holds_a_hundred_filters_on_one_table(lake):
    lake.table("busy", COLUMNS, ROWS)
    filters = [filter_on(lake, f"busy{n}", table="busy", include=["id"], rows=f"id = {n}") for n in range(101)]
    arn, other = lake.role("busy"), lake.role("idle")
    for resource in filters[:100]:
        lake.grant(arn, ["SELECT"], resource)
    error = refused(lake.admin.lakeformation.grant_permissions, Principal={"DataLakePrincipalIdentifier": arn},
                    Permissions=["SELECT"], Resource=filters[100])
    assert error["Code"] == "ResourceNumberLimitExceededException"
    lake.grant(arn, ["SELECT"], filters[0])  # again
    lake.grant(other, ["SELECT"], filters[100])  # the limit is the principal's, not the table's
    lake.revoke(arn, ["SELECT"], filters[0])
    lake.grant(arn, ["SELECT"], filters[100])
    assert len(metadata(lake, lake.assume(arn), table="busy")["AuthorizedColumns"]) == 1


def test_an_update_from_an_old_version_is_refused(lake):
    filter_on(lake, "versioned", include=["id"])
    name = {"TableCatalogId": ACCOUNT, "DatabaseName": lake.database, "TableName": "people", "Name": "versioned"}
    lakeformation = lake.admin.lakeformation
    first = lakeformation.get_data_cells_filter(**name)["DataCellsFilter"]["VersionId"]
    lakeformation.update_data_cells_filter(TableData=table_data(lake, "versioned", include=[ZIP]) | {"VersionId": first})
    error = refused(lakeformation.update_data_cells_filter,
                    TableData=table_data(lake, "versioned", include=["note"]) | {"VersionId": first})
    assert error["Code"] == "ConcurrentModificationException"
    kept = lakeformation.get_data_cells_filter(**name)["DataCellsFilter"]
    assert kept["ColumnNames"] == [ZIP] and kept["VersionId"] != first
