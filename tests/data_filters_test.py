"""Data cells filters over the wire: their shape, their versions, who may make and grant them."""

import pytest

from conftest import ACCOUNT
from lake import Lake, storage
from lf_words import Someone, all_rows, columns, error_of, grant, revoke, table, who

COLUMNS = [("id", "bigint"), ("region", "string"), ("secret", "string")]
BOTH_LISTS = "Data cells filter cannot have both column wildcard expression and column names."


@pytest.fixture(scope="module")
def lake(server, admin):
    lake = Lake(server, admin, "filtered").build()
    lake.table("orders", COLUMNS, [(1, "EU", "x"), (2, "US", "y")])
    return lake


@pytest.fixture
def data(lake, request):
    """A filter as CreateDataCellsFilter takes it, under a name of its own."""
    return {"TableCatalogId": ACCOUNT, "DatabaseName": lake.database, "TableName": "orders",
            "Name": request.node.name[:200], "ColumnWildcard": {}, "RowFilter": {"FilterExpression": "region = 'EU'"}}


def key(data: dict) -> dict:
    return {k: data[k] for k in ("TableCatalogId", "DatabaseName", "TableName", "Name")}


def resource(data: dict) -> dict:
    return {"DataCellsFilter": key(data)}


# Shape

@pytest.mark.parametrize("change,text", [
    ({"ColumnNames": ["id"]}, BOTH_LISTS),
    ({"ColumnWildcard": None}, ""), ({"RowFilter": {}}, "RowFilter"), ({"RowFilter": None}, "RowFilter"),
    ({"RowFilter": {"FilterExpression": "id = 1", "AllRowsWildcard": {}}}, "RowFilter"),
    ({"ColumnWildcard": None, "ColumnNames": ["absent"]}, "absent"),
    ({"ColumnWildcard": {"ExcludedColumnNames": ["absent"]}}, "absent"),
    ({"RowFilter": {"FilterExpression": "absent = 1"}}, "absent"),
    ({"RowFilter": {"FilterExpression": "id = 'one'"}}, ""),
    ({"RowFilter": {"FilterExpression": "x" * 2049}}, ""),
])
def test_a_filter_says_one_thing_about_columns_and_one_about_rows(admin, data, change, text):
    wanted = {k: v for k, v in (data | change).items() if v is not None}
    code, message = error_of(admin.lakeformation.create_data_cells_filter, TableData=wanted)
    assert code in ("InvalidInputException", "ValidationException") and text in message
    assert error_of(admin.lakeformation.get_data_cells_filter, **key(data))[0] == "EntityNotFoundException"


def test_a_filter_is_made_once_on_a_table_that_is_there(admin, data):
    admin.lakeformation.create_data_cells_filter(TableData=data)
    assert error_of(admin.lakeformation.create_data_cells_filter, TableData=data)[0] == "AlreadyExistsException"
    elsewhere = data | {"TableName": "absent"}
    assert error_of(admin.lakeformation.create_data_cells_filter, TableData=elsewhere)[0] == "EntityNotFoundException"
    got = admin.lakeformation.get_data_cells_filter(**key(data))["DataCellsFilter"]
    assert got.pop("VersionId") and got == data


def test_a_stale_version_changes_nothing(admin, data):
    lf = admin.lakeformation
    lf.create_data_cells_filter(TableData=data)
    first = lf.get_data_cells_filter(**key(data))["DataCellsFilter"]["VersionId"]
    changed = data | {"RowFilter": {"FilterExpression": "region = 'US'"}}
    lf.update_data_cells_filter(TableData=changed | {"VersionId": first})
    code, _ = error_of(lf.update_data_cells_filter, TableData=data | {"VersionId": first})
    assert code == "ConcurrentModificationException"
    got = lf.get_data_cells_filter(**key(data))["DataCellsFilter"]
    assert got["RowFilter"] == changed["RowFilter"] and got["VersionId"] != first
    lf.update_data_cells_filter(TableData=data)  # who names no version means the one there is


def test_deleting_a_filter_takes_its_grants_with_it(server, admin, lake, data):
    someone = Someone(server, admin)
    admin.lakeformation.create_data_cells_filter(TableData=data)
    grant(admin, someone.arn, resource(data), ["SELECT"])
    admin.lakeformation.delete_data_cells_filter(**key(data))
    assert all_rows(admin, Principal=who(someone.arn)) == []
    admin.lakeformation.create_data_cells_filter(TableData=data)  # a namesake gives nothing
    assert error_of(someone.glue.get_table, DatabaseName=lake.database, Name="orders")[0] == "AccessDeniedException"
    admin.lakeformation.delete_data_cells_filter(**key(data))
    assert error_of(admin.lakeformation.delete_data_cells_filter, **key(data))[0] == "EntityNotFoundException"


# Who

def test_filters_are_made_by_who_may_grant_select_on_the_whole_table(server, admin, lake, data):
    someone = Someone(server, admin)
    for held in (None, (["SELECT"], []), (["INSERT"], ["INSERT"])):
        if held:
            grant(admin, someone.arn, table(lake.database, "orders"), *held)
        code, message = error_of(someone.lf.create_data_cells_filter, TableData=data)
        assert code == "AccessDeniedException"
        assert message.startswith("Insufficient Lake Formation permission(s): Required Select with grant option on ")
    part = Someone(server, admin)
    grant(admin, part.arn, columns(lake.database, "orders", "id", "region"), ["SELECT"], ["SELECT"])
    assert error_of(part.lf.create_data_cells_filter, TableData=data)[0] == "AccessDeniedException"
    grant(admin, someone.arn, table(lake.database, "orders"), ["SELECT"], ["SELECT"])
    someone.lf.create_data_cells_filter(TableData=data)
    assert someone.lf.get_data_cells_filter(**key(data))["DataCellsFilter"]["Name"] == data["Name"]
    for call in (part.lf.get_data_cells_filter, part.lf.delete_data_cells_filter):
        assert error_of(call, **key(data))[0] == "AccessDeniedException"


def test_filters_of_hidden_tables_are_refused_like_those_of_absent_ones(server, admin, data):
    nobody = Someone(server, admin)
    admin.lakeformation.create_data_cells_filter(TableData=data)
    there = error_of(nobody.lf.get_data_cells_filter, **key(data))
    absent = error_of(nobody.lf.get_data_cells_filter, **key(data) | {"Name": "absent"})
    assert there[0] == absent[0] == "AccessDeniedException"
    assert there[1].split(" (decision")[0] == absent[1].split(" (decision")[0]


# Limits and change

def test_a_principal_holds_at_most_a_hundred_filters_of_one_table(server, admin, lake):
    lake.table("wide", COLUMNS, [(1, "EU", "x")])
    someone, other = Someone(server, admin), Someone(server, admin)
    made = [lake.filter("wide", f"f-{i:03}", f"id = {i}") for i in range(101)]
    for one in made[:100]:
        grant(admin, someone.arn, one, ["SELECT"])
    code, message = error_of(grant, clients=admin, arn=someone.arn, resource=made[100], permissions=["SELECT"])
    assert code == "ResourceNumberLimitExceededException" and "100" in message
    grant(admin, someone.arn, made[0], ["DESCRIBE"])  # one that it holds already
    grant(admin, other.arn, made[100], ["SELECT"])
    revoke(admin, someone.arn, made[0], ["SELECT", "DESCRIBE"])
    grant(admin, someone.arn, made[100], ["SELECT"])


@pytest.mark.parametrize("change", ["dropped", "retyped"])
def test_a_change_that_would_break_a_filter_is_refused_and_nothing_opens(server, admin, lake, change):
    name = f"schema_{change}"
    lake.table(name, COLUMNS, [(1, "EU", "x"), (2, "US", "y")])
    someone = Someone(server, admin)
    grant(admin, someone.arn, lake.filter(name, "eu", "region = 'EU'"), ["SELECT"])
    after = [c for c in COLUMNS if c[0] != "region"] + ([("region", "bigint")] if change == "retyped" else [])
    update = dict(DatabaseName=lake.database, TableInput={
        "Name": name, "TableType": "EXTERNAL_TABLE", "StorageDescriptor": storage(lake.location(name), after)})
    code, message = error_of(admin.glue.update_table, **update)
    assert code in ("InvalidInputException", "AccessDeniedException")
    grant(admin, admin.sts.get_caller_identity()["Arn"], table(lake.database, name), ["ALTER"])
    code, message = error_of(admin.glue.update_table, **update)
    assert code == "InvalidInputException" and "filter" in message
    # Dropped and made again, the table has no filter left that could open it.
    grant(admin, admin.sts.get_caller_identity()["Arn"], table(lake.database, name), ["DROP"])
    admin.glue.delete_table(DatabaseName=lake.database, Name=name)
    admin.glue.create_table(DatabaseName=lake.database, TableInput=update["TableInput"])
    assert error_of(someone.glue.get_table, DatabaseName=lake.database, Name=name)[0] == "AccessDeniedException"


def test_a_filter_is_granted_only_what_filters_have(server, admin, lake, data):
    someone = Someone(server, admin)
    admin.lakeformation.create_data_cells_filter(TableData=data)
    code, message = error_of(grant, clients=admin, arn=someone.arn, resource=resource(data), permissions=["INSERT"])
    assert code == "InvalidInputException" and message.startswith("Permissions modification is invalid.")
    absent = resource(data | {"Name": "absent"})
    assert error_of(grant, clients=admin, arn=someone.arn, resource=absent, permissions=["SELECT"])[0] == "EntityNotFoundException"
