"""What the console draws of access: the caller's own, column by column, and the matrix of a database."""

import pytest
from botocore.exceptions import ClientError

from access_words import ASKS, COLUMNS, cells, columns, explained, facts_lake
from doors_test import Doors
from random_worlds import PRINCIPALS
from weir_words import weir_client


@pytest.fixture(scope="module")
def lake(server, admin):
    return facts_lake(server, admin, "facts")


@pytest.fixture(scope="module")
def weir(admin):
    return weir_client(admin)


def mine(lake, arn: str, table: str = "people") -> dict:
    return weir_client(lake.assume(arn)).get_my_access(DatabaseName=lake.database, TableName=table)


def test_columns_say_what_of_their_data_the_caller_has(lake):
    describing, arn, whole = (lake.role(name, ASKS) for name in ("describing", "reader", "whole"))
    lake.grant(describing, ["DESCRIBE"], lake.whole("people"))
    answer = mine(lake, describing)
    assert columns(answer) == {name: "NONE" for name, _ in COLUMNS} and answer["Level"] == "DESCRIBE"
    lake.grant(arn, ["SELECT"], lake.filter("people", "europe", "area = 'eu'", ["id", "area"]))
    answer = mine(lake, arn)
    assert columns(answer) == {"id": "ROWS", "area": "ROWS"}
    assert answer["Level"] == "SELECT_SOME" and "eu" in answer["RowFilter"] and not answer["AllRows"]
    lake.grant(arn, ["SELECT"], lake.columns("people", "area"))
    answer = mine(lake, arn)
    assert (columns(answer)["area"], columns(answer)["id"]) == ("FULL", "MASKED")
    assert {one["Ground"] for one in answer["Through"]} == {"FILTER", "COLUMNS"}
    lake.grant(whole, ["SELECT"], lake.whole("people"))
    answer = mine(lake, whole)
    assert columns(answer) == {name: "FULL" for name, _ in COLUMNS} and answer["Level"] == "SELECT" and answer["AllRows"]


def test_columns_are_those_of_get_table_and_no_filter_names_another(lake):
    arn = lake.role("limited", ASKS)
    lake.grant(arn, ["SELECT"], lake.filter("orders", "secret", "ssn = 'a'", ["id"]))
    answer = mine(lake, arn, "orders")
    shown = lake.assume(arn).glue.get_table(DatabaseName=lake.database, Name="orders")["Table"]["StorageDescriptor"]["Columns"]
    assert list(columns(answer)) == [one["Name"] for one in shown] == ["id"]
    assert "ssn" not in str({k: v for k, v in answer.items() if k != "ResponseMetadata"}) and "RowFilter" not in answer
    excluded = lake.role("excluded", ASKS)
    lake.grant(excluded, ["SELECT"], {"TableWithColumns": {"DatabaseName": lake.database, "Name": "orders",
                                                          "ColumnWildcard": {"ExcludedColumnNames": ["ssn"]}}})
    answer = mine(lake, excluded, "orders")
    assert "ssn" not in str({k: v for k, v in answer.items() if k != "ResponseMetadata"}) and "id" in columns(answer)


def test_what_may_be_granted_is_told_by_column(lake):
    arn = lake.role("passing", ASKS)
    lake.grant(arn, ["SELECT"], lake.columns("people", "id", "area"))
    lake.grant(arn, ["SELECT"], lake.columns("people", "id"), PermissionsWithGrantOption=["SELECT"])
    assert {one["Name"]: one["Grantable"] for one in mine(lake, arn)["Columns"]} == {"id": True, "area": False}
    assert mine(lake, arn)["Grantable"] == []


def test_hidden_and_absent_tables_are_answered_as_glue_answers(lake):
    arn = lake.role("stranger", ASKS)
    lake.grant(arn, ["DESCRIBE"], {"Database": {"Name": lake.database}})
    own = lake.assume(arn)
    for table in ("people", "absentee"):
        with pytest.raises(ClientError) as glue:
            own.glue.get_table(DatabaseName=lake.database, Name=table)
        with pytest.raises(ClientError) as told:
            weir_client(own).get_my_access(DatabaseName=lake.database, TableName=table)
        assert told.value.response["Error"]["Code"] == glue.value.response["Error"]["Code"]
    levels = weir_client(own).batch_get_my_access(DatabaseName=lake.database, TableNames=["people", "absentee"])["Tables"]
    assert levels == [{"TableName": "people", "Level": "NONE"}, {"TableName": "absentee", "Level": "NONE"}]
    without = lake.assume(lake.role("without", ["lakeformation:*"]))
    with pytest.raises(ClientError) as refused:
        weir_client(without).get_my_access(DatabaseName=lake.database, TableName="people")
    assert refused.value.response["Error"]["Code"] == "AccessDeniedException"


def test_a_list_of_tables_says_how_much_of_each(lake):
    arn = lake.role("lister", ASKS)
    lake.grant(arn, ["SELECT"], lake.columns("people", "id"))
    lake.grant(arn, ["ALL"], lake.whole("orders"))
    answer = weir_client(lake.assume(arn)).batch_get_my_access(
        DatabaseName=lake.database, TableNames=["orders", "empty", "PEOPLE"])["Tables"]
    assert [one["Level"] for one in answer] == ["SUPER", "NONE", "SELECT_SOME"]


# --- the matrix

@pytest.mark.parametrize("seed", range(3))
def test_the_matrix_says_what_explain_says_in_random_worlds(server, seed):
    doors = Doors(server, seed + 40)
    checked = 0
    weir = weir_client(server.session(profile=doors.world.profile))
    for database in sorted({table.split(".")[0] for table in doors.plan.rows}):
        found = cells(weir.get_access_matrix(DatabaseName=database))
        for (principal, table), level in found.items():
            if ":role/" in principal or ":user/" in principal:
                assert level == explained(weir, principal, f"{database}.{table}"), (principal, table)
                checked += 1
    assert checked >= len(PRINCIPALS)


def test_the_matrix_has_a_row_for_everybody_who_holds_something(lake, weir):
    some, part, all_ = (lake.role(f"row-{n}", ASKS) for n in ("some", "part", "all"))
    lake.grant(some, ["SELECT"], lake.whole("people"), PermissionsWithGrantOption=["SELECT"])
    lake.grant(part, ["SELECT"], lake.columns("orders", "id"))
    lake.grant(all_, ["INSERT"], {"Table": {"DatabaseName": lake.database, "TableWildcard": {}}})
    answer = weir.get_access_matrix(DatabaseName=lake.database)
    assert answer["Tables"] == ["empty", "orders", "people"]
    rows = {row["Principal"]: row for row in answer["Rows"]}
    assert rows[some]["Levels"] == ["NONE", "NONE", "SELECT"] and rows[some]["Grantable"] == ["people"]
    assert rows[part]["Levels"] == ["NONE", "SELECT_SOME", "NONE"] and rows[part]["Grantable"] == []
    assert rows[all_]["Levels"] == ["WRITE"] * 3
    for (principal, table), level in cells(answer).items():
        if ":role/facts-" in principal:
            assert level == explained(weir, principal, f"{lake.database}.{table}"), (principal, table)
    assert [row["Principal"] for row in answer["Rows"]] == sorted(rows)


def test_the_matrix_is_paged_and_narrowed(lake, weir):
    whole = weir.get_access_matrix(DatabaseName=lake.database)["Rows"]
    paged, token = [], {}
    while True:
        page = weir.get_access_matrix(DatabaseName=lake.database, MaxResults=2, **token)
        paged += page["Rows"]
        assert len(page["Rows"]) <= 2
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert paged == whole
    narrow = weir.get_access_matrix(DatabaseName=lake.database, TableNames=["people", "absentee"],
                                    Principals=[whole[0]["Principal"]])
    assert narrow["Tables"] == ["people"] and [row["Principal"] for row in narrow["Rows"]] == [whole[0]["Principal"]]


def test_who_is_no_administrator_sees_its_own_row_and_its_own_tables(lake, weir):
    arn = lake.role("row-own", ASKS)
    lake.grant(arn, ["SELECT"], lake.whole("orders"))
    own = weir_client(lake.assume(arn))
    answer = own.get_access_matrix(DatabaseName=lake.database)
    assert answer["Tables"] == ["orders"] and cells(answer) == {(arn, "orders"): "SELECT"}
    assert own.get_access_matrix(DatabaseName=lake.database, TableNames=["people", "absentee"])["Tables"] == []
    assert own.get_access_matrix(DatabaseName="no_such_database")["Tables"] == []
    with pytest.raises(ClientError) as absent:
        weir.get_access_matrix(DatabaseName="no_such_database")
    assert absent.value.response["Error"]["Code"] == "EntityNotFoundException"
