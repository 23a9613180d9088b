"""SQL over HTTP: StartQuery and its companions answer what `weir query` answers, to who asked and to nobody else, for as
long as that person may see it."""

import io
import json
import subprocess
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT, WEIR, Server, server_of_its_own
from iam_words import make_user, policy, statement
from lake import EXTERNAL_ID, SESSION_TAG, Lake, allow, parquet_bytes, role_arn, storage
from lf_words import error_of
from sql_words import Sql, cells, session

ENGINE = ["glue:*", "lakeformation:GetDataAccess"]
SQL = ENGINE + ["weir:StartQuery", "weir:GetQueryResults", "weir:CancelQuery", "weir:ListQueries"]
COLUMNS = [("id", "bigint"), ("region", "string"), ("ssn", "string"), ("note", "string")]
ROWS = [(1, "EU", "s-1", "one"), (2, "US", "s-2", None), (3, "EU", "s-3", ""), (4, "US", "s-4", "four")]
# Eight thousand million pairs: longer than anybody waits, in bounded memory.
ENDLESS = "SELECT count(*) FROM {t} a, {t} b, {t} c WHERE a.id + b.id * c.id = -1"

server, admin = server_of_its_own("sql", "--sql-queries", "3", "--sql-queries-of-account", "3", "--sql-queries-of-role", "2",
                                  "--sql-queries-of-person", "1", "--sql-waiting-of-person", "2",
                                  "--sql-answer-bytes-max", "4000000", "--sql-memory-bytes-max", "200000000")


@pytest.fixture(scope="module")
def lake(server, admin):
    """orders, of which each role sees another part; numbers, for long answers; days, in partitions."""
    lake = Lake(server, admin, "sql").build()
    lake.table("orders", COLUMNS, ROWS)
    lake.table("numbers", [("id", "bigint")], [(i,) for i in range(2000)])
    admin.glue.create_table(DatabaseName=lake.database, TableInput={
        "Name": "days", "TableType": "EXTERNAL_TABLE", "PartitionKeys": [{"Name": "day", "Type": "string"}],
        "StorageDescriptor": storage(lake.location("days"), COLUMNS[:2])})
    for day, row in (("mon", ROWS[0]), ("tue", ROWS[1])):
        place = f"days/day={day}"
        admin.glue.create_partition(DatabaseName=lake.database, TableName="days", PartitionInput={
            "Values": [day], "StorageDescriptor": storage(lake.location(place), COLUMNS[:2])})
        data = pa.table({"id": [row[0]], "region": [row[1]]})
        admin.s3.put_object(Bucket=lake.bucket, Key=f"{place}/0.parquet", Body=parquet_bytes(data))
    for name in ("full", "columns", "rows", "cells"):
        lake.role(name, SQL)
    grant = lambda name, resource: lake.grant(role_arn(f"sql-{name}"), ["SELECT"], resource)
    for table in ("orders", "numbers", "days"):
        grant("full", lake.whole(table))
    grant("columns", lake.columns("orders", "id", "note"))
    grant("rows", lake.filter("orders", "eu", "region = 'EU'"))
    grant("cells", lake.filter("orders", "eu_ssn", "region = 'EU'", ["id", "ssn"]))
    grant("cells", lake.filter("orders", "ids", None, ["id"]))
    return lake


def table(lake, name: str = "orders") -> str:
    return f"{lake.database}.{name}"


@pytest.fixture
def asking(lake):
    return lambda name, person="ann", **options: Sql(session(lake, name, person, **options))


def by_command(lake, name: str, sql: str) -> list[tuple]:
    """The rows that `weir query` prints: NULL is nothing, the empty text is \"\"."""
    done = subprocess.run([WEIR, "query", "--role-arn", role_arn(f"sql-{name}"), "--external-id", EXTERNAL_ID,
                           "--session-tag", SESSION_TAG, "--threads", "1", "--format", "csv", sql],
                          capture_output=True, env=lake.server.cli_env)
    assert done.returncode == 0, done.stderr
    text = pyarrow.csv.ConvertOptions(strings_can_be_null=True, quoted_strings_can_be_null=False, null_values=[""])
    names = done.stdout.decode().splitlines()[0].split(",")
    text.column_types = {name: pa.string() for name in names}
    return [tuple(row.values()) for row in pyarrow.csv.read_csv(io.BytesIO(done.stdout), convert_options=text).to_pylist()]


def trail(server) -> list[dict]:
    """Every event so far, those about objects too. A look-up has what is on its way written down."""
    server.session().cloudtrail.lookup_events(MaxResults=1)
    lines = [line for file in sorted((server.data_dir / "audit").glob("*.jsonl")) for line in file.read_text().splitlines()]
    return [json.loads(line)["event"] for line in lines if '"event":' in line]


def said(event: dict, name: str):
    """A request parameter of it or, for what was made, a response element."""
    return (event.get("requestParameters") or {}).get(name) or (event.get("responseElements") or {}).get(name)


# What is answered

@pytest.mark.parametrize("name", ["full", "columns", "rows", "cells"])
@pytest.mark.parametrize("select", ["SELECT * FROM {t} ORDER BY id", "SELECT count(*), min(id), max(id) FROM {t}"])
def test_answers_are_those_of_weir_query(lake, asking, name, select):
    sql = select.format(t=table(lake))
    answer = asking(name).rows(sql)
    assert answer == by_command(lake, name, sql) and answer


def test_hidden_columns_do_not_exist_and_hidden_cells_are_null(lake, asking):
    assert "ssn" in asking("columns").error(f"SELECT ssn FROM {table(lake)}")["Message"]
    assert asking("cells").rows(f"SELECT id, ssn FROM {table(lake)} ORDER BY id") == [
        ("1", "s-1"), ("2", None), ("3", "s-3"), ("4", None)]
    assert asking("rows").rows(f"SELECT id FROM {table(lake)} ORDER BY id") == [("1",), ("3",)]


def test_null_is_told_from_the_empty_text(lake, asking):
    assert asking("full").rows(f"SELECT note FROM {table(lake)} ORDER BY id") == [("one",), (None,), ("",), ("four",)]


def test_columns_types_and_statistics_come_with_the_answer(lake, asking):
    page = asking("full").ask(f"SELECT id, region AS place FROM {table(lake)}")
    assert page["Columns"] == [{"Name": "id", "Type": "BIGINT"}, {"Name": "place", "Type": "VARCHAR"}]
    assert page["Statistics"]["Rows"] == 4 and page["Statistics"]["FilesRead"] == 1 and page["Statistics"]["BytesRead"] > 0
    assert page["Truncated"] is False and page["StartedAt"] <= page["EndedAt"]


def test_a_database_may_be_given_beside_the_query(lake, asking):
    assert asking("full").rows("SELECT count(*) FROM orders", Database=lake.database) == [("4",)]
    assert "names no database" in asking("full").error("SELECT count(*) FROM orders")["Message"]


def test_partitions_are_read_and_passed_over(lake, asking):
    page = asking("full").ask(f"SELECT id, day FROM {table(lake, 'days')} WHERE day = 'tue'")
    assert cells(page) == [("2", "tue")] and page["Statistics"]["FilesRead"] == 1


def test_keys_that_the_catalog_does_not_compare_are_compared_all_the_same(lake, admin, asking):
    admin.glue.create_table(DatabaseName=lake.database, TableInput={
        "Name": "rates", "TableType": "EXTERNAL_TABLE", "PartitionKeys": [{"Name": "rate", "Type": "double"}],
        "StorageDescriptor": storage(lake.location("rates"), COLUMNS[:1])})
    for number, rate in enumerate(("-1.5", "2.5")):
        place = f"rates/rate={rate}"
        admin.glue.create_partition(DatabaseName=lake.database, TableName="rates", PartitionInput={
            "Values": [rate], "StorageDescriptor": storage(lake.location(place), COLUMNS[:1])})
        admin.s3.put_object(Bucket=lake.bucket, Key=f"{place}/0.parquet", Body=parquet_bytes(pa.table({"id": [number]})))
    lake.grant(role_arn("sql-full"), ["SELECT"], lake.whole("rates"))
    assert asking("full").rows(f"SELECT id, rate FROM {table(lake, 'rates')} WHERE rate < 0") == [("0", "-1.5")]


def test_keys_of_partitions_are_seen_with_any_column(lake, asking):
    lake.grant(role_arn("sql-columns"), ["SELECT"], lake.columns("days", "id"))
    everything = f"SELECT * FROM {table(lake, 'days')} ORDER BY id"
    assert asking("columns").rows(everything) == by_command(lake, "columns", everything) == [("1", "mon"), ("2", "tue")]


def test_a_table_is_read_through_a_resource_link(lake, admin, asking):
    admin.glue.create_database(DatabaseInput={"Name": "sql_links"})
    admin.glue.create_table(DatabaseName="sql_links", TableInput={"Name": "linked", "TargetTable": {
        "CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": "orders"}})
    link = {"Table": {"DatabaseName": "sql_links", "Name": "linked"}}
    assert asking("rows").error("SELECT id FROM sql_links.linked")["Code"] == "AccessDeniedException"
    lake.grant(role_arn("sql-rows"), ["DESCRIBE"], link)
    assert asking("rows").rows("SELECT id FROM sql_links.linked ORDER BY id") == [("1",), ("3",)]


def test_what_iam_alone_decides_is_read_with_ones_own_rights(lake, admin, server):
    """A table at a place that is not registered: whoever may not read its objects reads nothing."""
    admin.s3.create_bucket(Bucket="sql-unregistered")
    data = pa.table({"id": [7]})
    admin.s3.put_object(Bucket="sql-unregistered", Key="plain/0.parquet", Body=parquet_bytes(data))
    admin.glue.create_table(DatabaseName=lake.database, TableInput={
        "Name": "plain", "TableType": "EXTERNAL_TABLE",
        "StorageDescriptor": storage("s3://sql-unregistered/plain/", [("id", "bigint")])})
    for name, more in (("plain-reader", ["s3:GetObject", "s3:ListBucket"]), ("plain-lister", ["s3:ListBucket"]), ("plain-nobody", [])):
        arn = lake.role(name, SQL + more)
        lake.grant(arn, ["SELECT"], lake.whole("plain"))
    for name, action in (("plain-lister", "s3:GetObject"), ("plain-nobody", "s3:ListBucket")):
        error = Sql(session(lake, name)).error(f"SELECT id FROM {table(lake, 'plain')}")
        assert error["Code"] == "AccessDeniedException" and action in error["Message"] and error["DecisionId"]
    reader = Sql(session(lake, "plain-reader"))
    query = reader.start(f"SELECT id FROM {table(lake, 'plain')}")
    assert cells(reader.ended(query)) == [("7",)]
    admin.iam.put_role_policy(RoleName="sql-plain-reader", PolicyName="engine", PolicyDocument=allow(SQL))
    assert error_of(reader.weir.get_query_results, QueryId=query)[0] == "AccessDeniedException"


def test_tables_at_one_place_are_read_with_the_keys_of_each(lake, admin, server, asking):
    admin.glue.create_table(DatabaseName=lake.database, TableInput={
        "Name": "twin", "TableType": "EXTERNAL_TABLE", "StorageDescriptor": storage(lake.location("orders"), COLUMNS)})
    lake.grant(role_arn("sql-full"), ["SELECT"], lake.whole("twin"))
    sql = asking("full", "twins")
    query = sql.start(f"SELECT count(*) FROM {table(lake)} a JOIN {table(lake, 'twin')} b ON a.id = b.id")
    assert cells(sql.ended(query)) == [("4",)]
    keys = {e["userIdentity"]["accessKeyId"] for e in trail(server)
            if e["eventName"] == "GetObject" and said(e, "queryId") == query}
    assert len(keys) == 2


def test_the_engine_of_the_server_needs_no_session_tag_and_no_switch(lake, asking):
    lake.trust_engines(AllowExternalDataFiltering=False, ExternalDataFilteringAllowList=[], AuthorizedSessionTagValueList=[])
    try:
        assert asking("rows").rows(f"SELECT count(*) FROM {table(lake)}") == [("2",)]
    finally:
        lake.trust_engines()


# Pages and limits

def test_pages_follow_each_other_and_join_to_the_whole(lake, asking):
    sql = asking("full")
    query = sql.start(f"SELECT id FROM {table(lake, 'numbers')} ORDER BY id")
    page, rows = sql.ended(query), []
    assert len(page["Rows"]) == 1000
    token = {}
    while token is not None:
        page = sql.weir.get_query_results(QueryId=query, MaxResults=300, **token)
        assert len(page["Rows"]) <= 300
        rows += cells(page)
        token = {"NextToken": page["NextToken"]} if "NextToken" in page else None
    assert rows == [(str(i),) for i in range(2000)]


@pytest.mark.parametrize("token", ["x", "-1", "1e3", "99999999999999999999"])
def test_tokens_that_are_none_are_refused(lake, asking, token):
    sql = asking("full")
    query = sql.start("SELECT 1")
    sql.ended(query)
    assert error_of(sql.weir.get_query_results, QueryId=query, NextToken=token)[0] == "InvalidInputException"


def test_a_page_beyond_the_end_is_empty(asking):
    sql = asking("full")
    query = sql.start("SELECT 1")
    sql.ended(query)
    page = sql.weir.get_query_results(QueryId=query, NextToken="2000000")
    assert page["Rows"] == [] and "NextToken" not in page


def test_more_rows_than_asked_for_are_cut_off_and_that_is_said(lake, asking):
    page = asking("full").ask(f"SELECT id FROM {table(lake, 'numbers')} ORDER BY id", MaxRows=5)
    assert cells(page) == [(str(i),) for i in range(5)] and page["Truncated"] is True
    assert asking("full").ask("SELECT * FROM range(5)", MaxRows=5)["Truncated"] is False


def test_an_answer_has_no_more_bytes_than_the_server_keeps(asking):
    page = asking("full").ask("SELECT repeat('x', 1000000) FROM range(100)")
    assert page["Truncated"] is True and page["Statistics"]["Rows"] == 3
    assert page["Statistics"]["Bytes"] <= 4_000_000


def test_cells_that_are_nothing_take_room_too(server, asking):
    """Five million of them are an answer that is cut off, and no more of the server's memory than one."""
    resident = lambda: int((Path("/proc") / str(server.process.pid) / "statm").read_text().split()[1]) * 4096
    nothing = ", ".join(f"NULL AS c{i}" for i in range(100))
    asking("full").ask(f"SELECT {nothing} FROM range(10)")
    before = resident()
    page = asking("full").ask(f"SELECT {nothing} FROM range(100000)", MaxRows=50_000)
    assert page["Truncated"] is True and page["Statistics"]["Bytes"] <= 4_000_000
    assert resident() - before < 30_000_000


def test_a_query_that_wants_too_much_memory_fails_alone(asking):
    error = asking("full").error("SELECT sum(n) FROM (SELECT range r, count(*) n FROM range(50000000) GROUP BY range)")
    assert "memory" in error["Message"]
    assert asking("full").rows("SELECT 1") == [("1",)]


DEEP = "repeat('[', 2000000) || repeat(']', 2000000)"


@pytest.mark.parametrize("sql", [
    f"SELECT json_structure({DEEP})",
    f"SELECT json_contains({DEEP}, repeat('[', 1000000) || repeat(']', 1000000))",
    """SELECT json_transform('[1]', repeat('[', 2000000) || '"INT"' || repeat(']', 2000000))""",
    """SELECT from_json('[1]', repeat('[', 2000000) || '"INT"' || repeat(']', 2000000))""",
    "SELECT a" + ".a" * 40_000 + " FROM (SELECT 1 a)",
    "SELECT a" + " /* . */ . a" * 2_000 + " FROM (SELECT 1 a)",
    "WITH a0 AS (SELECT 1 x)" + "".join(f", a{i + 1} AS (SELECT * FROM a{i})" for i in range(6_000)) + " SELECT * FROM a6000",
], ids=["structure", "contains", "transform", "from", "steps", "steps apart", "with items"])
def test_what_goes_too_deep_fails_alone(asking, sql):
    """Each of these once ended the server, or took its memory."""
    asking("full", "deep").error(sql, TimeoutSeconds=5)
    assert asking("full").rows("SELECT 1") == [("1",)]


@pytest.mark.parametrize("function", ["levenshtein", "editdist3", "damerau_levenshtein", "jaro_similarity", "jaro_winkler_similarity"])
def test_long_texts_are_not_compared_letter_by_letter(asking, function):
    """Nothing interrupts such a call once it has begun."""
    error = asking("full", "long").error(f"SELECT {function}(repeat('a', 300000), repeat('b', 300000))", TimeoutSeconds=60)
    assert "memory" in error["Message"]
    assert asking("full").rows(f"SELECT {function}('weir', 'weir') >= 0") == [("true",)]


def test_a_chain_of_calls_that_doubles_a_text_is_ended_on_the_way(asking):
    """No single call makes much, and all of them are one expression of one row."""
    doubled = "list_reduce(list_value(repeat('x', 1000000), " + ", ".join(["''"] * 14) + "), (a, b) -> a || a)"
    error = asking("full", "doubler").error(f"SELECT length({doubled})", TimeoutSeconds=30)
    assert "memory" in error["Message"]
    assert asking("full").rows("SELECT list_reduce([1, 2, 3], (a, b) -> a + b)") == [("6",)]


# Each item has twice the columns of the one before, and nothing interrupts the planning of them.
UNPLANNABLE = ("WITH a0 AS (SELECT 1 x)" + "".join(f", a{i + 1} AS (SELECT * FROM a{i} p, a{i} q)" for i in range(25))
               + " SELECT * FROM a25")


def test_planning_is_ended_when_its_time_is_over(asking):
    error = asking("full", "planner").error(UNPLANNABLE, TimeoutSeconds=1)
    assert error == {"Code": "InvalidInputException", "Message": "The query ran longer than 1 seconds."}
    assert asking("full").rows("SELECT 1") == [("1",)]


def test_planning_is_cancelled(asking):
    sql = asking("full", "planner")
    query = sql.start(UNPLANNABLE)
    sql.weir.cancel_query(QueryId=query)
    assert sql.ended(query)["State"] == "CANCELLED"
    assert sql.rows("SELECT 1") == [("1",)]


def test_ordinary_steps_into_structs_are_taken(asking):
    nested = "1"
    for _ in range(50):
        nested = f"{{'a': {nested}}}"
    assert asking("full").rows(f"SELECT s{'.a' * 50} FROM (SELECT {nested} s)") == [("1",)]


def test_two_users_federated_under_one_name_are_two(server, admin):
    def federated() -> Sql:
        user = make_user(admin, statement("Allow", ["sts:GetFederationToken", "weir:*"]))
        key = admin.iam.create_access_key(UserName=user)["AccessKey"]
        token = server.session(key).sts.get_federation_token(Name="shared", Policy=policy(statement("Allow", "weir:*")))
        return Sql(server.session(token["Credentials"]))

    first, second = federated(), federated()
    query = first.start("SELECT 'of the first' x")
    assert cells(first.ended(query)) == [("of the first",)]
    assert error_of(second.weir.get_query_results, QueryId=query)[0] == "EntityNotFoundException"
    assert second.weir.list_queries()["Queries"] == []


def test_a_query_that_runs_too_long_fails(lake, asking):
    error = asking("full").error(ENDLESS.format(t=table(lake, "numbers")), TimeoutSeconds=1)
    assert error == {"Code": "InvalidInputException", "Message": "The query ran longer than 1 seconds."}


def test_cancelling_ends_a_query_and_makes_room(lake, asking):
    sql = asking("full", "canceller")
    running = sql.start(ENDLESS.format(t=table(lake, "numbers")))
    waiting = [sql.start("SELECT 1"), sql.start("SELECT 2")]
    assert error_of(sql.weir.start_query, Sql="SELECT 3")[0] == "ThrottlingException"
    assert asking("full", "bob").rows("SELECT 4") == [("4",)]  # another person is not held up
    assert sql.weir.cancel_query(QueryId=waiting[0])["State"] == "CANCELLED"
    sql.weir.cancel_query(QueryId=running)
    assert sql.ended(running)["State"] == "CANCELLED"
    assert cells(sql.ended(waiting[1])) == [("2",)]
    assert sql.weir.cancel_query(QueryId=waiting[1])["State"] == "SUCCEEDED"  # what has ended stays


def test_the_same_token_is_the_same_query(asking):
    sql = asking("full", "token")
    first = sql.start("SELECT 1", ClientToken="t-1")
    assert sql.start("SELECT 1", ClientToken="t-1") == first
    assert error_of(sql.weir.start_query, Sql="SELECT 2", ClientToken="t-1")[0] == "InvalidInputException"
    assert asking("full", "other").start("SELECT 2", ClientToken="t-1") != first


def test_ones_queries_are_listed_the_newest_first(asking):
    sql = asking("full", "lister")
    first = sql.start("SELECT 1")
    sql.ended(first)
    second = sql.start("SELECT nothing")
    sql.ended(second)
    listed = sql.weir.list_queries()["Queries"]
    assert [(q["QueryId"], q["State"], q["Sql"]) for q in listed] == [
        (second, "FAILED", "SELECT nothing"), (first, "SUCCEEDED", "SELECT 1")]
    assert asking("full", "nobody-yet").weir.list_queries()["Queries"] == []


# Whose it is

def test_a_query_of_another_person_is_not_there(lake, asking):
    ann = asking("full", "ann")
    query = ann.start(f"SELECT * FROM {table(lake)}")
    ann.ended(query)
    for other in (asking("full", "bob"), asking("rows", "ann"), Sql(lake.admin)):
        for call in (other.weir.get_query_results, other.weir.cancel_query):
            there, absent = error_of(call, QueryId=query), error_of(call, QueryId="0" * 8 + query[8:])
            assert there[0] == absent[0] == "EntityNotFoundException"
            assert there[1] == absent[1].replace("0" * 8 + query[8:], query)
    assert len(cells(asking("full", "ann").ended(query))) == 4  # a new session of the same person


def test_iam_has_the_first_word(lake, admin):
    lake.role("silent", ENGINE)
    silent = Sql(session(lake, "silent"))
    for call, request in ((silent.weir.start_query, {"Sql": "SELECT 1"}), (silent.weir.list_queries, {}),
                          (silent.weir.get_query_results, {"QueryId": "x"}), (silent.weir.cancel_query, {"QueryId": "x"})):
        assert error_of(call, **request)[0] == "AccessDeniedException"


def test_a_catalog_of_another_account_is_not_told_of(lake, server, asking):
    """The account may be there or not: what is not shared reads alike."""
    made = subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", "444455556666",
                           "--name", "neighbour"], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    told = []
    for catalog in ("444455556666", "999988887777"):
        error = asking("full").error(f"SELECT 1 FROM {table(lake)}", CatalogId=catalog)
        assert error["Code"] == "AccessDeniedException"
        told.append(error["Message"].replace(error["DecisionId"], "").replace(catalog, ""))
    assert told[0] == told[1]
    assert asking("full").rows(f"SELECT count(*) FROM {table(lake)}", CatalogId=ACCOUNT) == [("4",)]


def test_without_a_grant_the_query_fails_with_a_decision_to_ask_about(lake, admin, asking):
    lake.role("ungranted", SQL)
    error = asking("ungranted").error(f"SELECT 1 FROM {table(lake)}")
    assert error["Code"] == "AccessDeniedException" and "Insufficient Lake Formation permission(s)" in error["Message"]
    absent = asking("ungranted").error(f"SELECT 1 FROM {table(lake, 'no_such')}")
    told = lambda e: e["Message"].replace(e["DecisionId"], "")
    assert told(absent).replace("no_such", "orders") == told(error)


# While permissions change

def revocable(lake, name: str):
    arn = lake.role(name, SQL)
    lake.grant(arn, ["SELECT"], lake.whole("orders"))
    return arn, Sql(session(lake, name))


def test_after_a_revocation_no_further_page_is_given(lake):
    arn, sql = revocable(lake, "revoked")
    query = sql.start(f"SELECT id FROM {table(lake)} ORDER BY id")
    assert len(sql.ended(query)["Rows"]) == 4
    page = sql.weir.get_query_results(QueryId=query, MaxResults=2)
    lake.revoke(arn, ["SELECT"], lake.whole("orders"))
    code, message = error_of(sql.weir.get_query_results, QueryId=query, NextToken=page["NextToken"])
    assert code == "AccessDeniedException" and "orders" in message
    lake.grant(arn, ["SELECT"], lake.whole("orders"))
    assert cells(sql.weir.get_query_results(QueryId=query, NextToken=page["NextToken"])) == [("3",), ("4",)]


def test_what_waits_is_decided_when_it_runs(lake):
    arn, sql = revocable(lake, "waiting")
    lake.grant(arn, ["SELECT"], lake.whole("numbers"))
    busy = sql.start(ENDLESS.format(t=table(lake, "numbers")))
    query = sql.start(f"SELECT id FROM {table(lake)}")
    assert sql.weir.get_query_results(QueryId=query)["State"] == "QUEUED"
    lake.revoke(arn, ["SELECT"], lake.whole("orders"))
    sql.weir.cancel_query(QueryId=busy)
    assert sql.ended(query)["Error"]["Code"] == "AccessDeniedException"


def test_after_a_revocation_a_list_does_not_count_the_rows(lake):
    arn, sql = revocable(lake, "uncounted")
    query = sql.start(f"SELECT id FROM {table(lake)} WHERE region = 'EU'")
    sql.ended(query)
    listed = lambda: sql.weir.list_queries()["Queries"][0]
    assert listed()["Rows"] == 2
    lake.revoke(arn, ["SELECT"], lake.whole("orders"))
    assert listed()["QueryId"] == query and listed()["State"] == "SUCCEEDED" and "Rows" not in listed()


def test_after_a_revocation_it_is_not_told_why_a_query_failed(lake):
    """Why it did depends on values, and names the columns that were there."""
    arn, sql = revocable(lake, "failed")
    failing = {"SELECT CAST(note AS int) FROM {t} WHERE id = 1": "a value cannot be converted",
               "SELECT CASE WHEN ssn = 's-2' THEN error('yes') ELSE true END FROM {t}": "a function refused a value",
               "SELECT id FROM {t} LIMIT (SELECT 4611686018427387904 + id FROM {t} WHERE id = 4)": "a function refused a value",
               "SELECT nothing FROM {t}": "nothing"}
    queries = {}
    for text, said in failing.items():
        page = sql.ask(text.format(t=table(lake)))
        assert page["State"] == "FAILED" and said in page["Error"]["Message"]
        queries[page["QueryId"]] = said
    listed = lambda: {q["QueryId"]: q for q in sql.weir.list_queries()["Queries"] if q["QueryId"] in queries}
    assert all("Error" in query for query in listed().values())
    lake.revoke(arn, ["SELECT"], lake.whole("orders"))
    for query, said in queries.items():
        code, message = error_of(sql.weir.get_query_results, QueryId=query)
        assert code == "AccessDeniedException" and "orders" in message and said not in message
    assert len(listed()) == len(failing)
    assert all(query["State"] == "FAILED" and "Error" not in query for query in listed().values())
    lake.grant(arn, ["SELECT"], lake.whole("orders"))
    assert all("Error" in query for query in listed().values())


def test_a_view_that_shrank_gives_no_further_page(lake):
    arn, sql = revocable(lake, "narrowed")
    query = sql.start(f"SELECT id FROM {table(lake)} ORDER BY id")
    sql.ended(query)
    lake.revoke(arn, ["SELECT"], lake.whole("orders"))
    lake.grant(arn, ["SELECT"], lake.columns("orders", "id", "region"))
    assert error_of(sql.weir.get_query_results, QueryId=query)[0] == "AccessDeniedException"


def test_a_table_that_was_made_again_is_another_table(lake, admin):
    lake.table("again", [("id", "bigint")], [(1,)])
    arn = lake.role("again", SQL)
    lake.grant(arn, ["SELECT"], lake.whole("again"))
    sql = Sql(session(lake, "again"))
    query = sql.start(f"SELECT id FROM {table(lake, 'again')}")
    assert cells(sql.ended(query)) == [("1",)]
    admin.glue.delete_table(DatabaseName=lake.database, Name="again")
    assert error_of(sql.weir.get_query_results, QueryId=query)[0] == "AccessDeniedException"
    lake.table("again", [("id", "bigint")], [(2,)])
    lake.grant(arn, ["SELECT"], lake.whole("again"))
    assert error_of(sql.weir.get_query_results, QueryId=query)[0] == "AccessDeniedException"


def test_a_place_that_is_registered_no_more_closes_the_answer(lake, admin):
    registrar = role_arn("sql-location")
    place = f"arn:aws:s3:::{lake.bucket}"
    _, sql = revocable(lake, "deregistered")
    query = sql.start(f"SELECT id FROM {table(lake)}")
    sql.ended(query)
    admin.lakeformation.deregister_resource(ResourceArn=place)
    try:
        assert error_of(sql.weir.get_query_results, QueryId=query)[0] == "AccessDeniedException"
    finally:
        admin.lakeformation.register_resource(ResourceArn=place, RoleArn=registrar)
    assert len(sql.ended(query)["Rows"]) == 4


def test_losing_data_access_closes_the_answer(lake, admin):
    _, sql = revocable(lake, "cut-off")
    query = sql.start(f"SELECT id FROM {table(lake)}")
    sql.ended(query)
    admin.iam.put_role_policy(RoleName="sql-cut-off", PolicyName="engine", PolicyDocument=allow(
        [action for action in SQL if action != "lakeformation:GetDataAccess"]))
    assert error_of(sql.weir.get_query_results, QueryId=query)[0] == "AccessDeniedException"


def test_a_narrower_session_of_the_same_person_gets_no_more_than_it_may(lake):
    """Session policies count for pages as they do for queries."""
    _, wide = revocable(lake, "narrow-session")
    query = wide.start(f"SELECT id FROM {table(lake)}")
    wide.ended(query)
    narrow = Sql(session(lake, "narrow-session", Policy=allow(["weir:*"])))
    assert error_of(narrow.weir.get_query_results, QueryId=query)[0] == "AccessDeniedException"
    assert narrow.error(f"SELECT id FROM {table(lake)}")["Code"] == "AccessDeniedException"


def test_a_session_that_is_ended_reads_nothing_more(lake, admin):
    """The role is gone, and with it the person: a query that runs cannot open another file."""
    _, sql = revocable(lake, "goner")
    query = sql.start(f"SELECT id FROM {table(lake)}")
    sql.ended(query)
    admin.iam.delete_role_policy(RoleName="sql-goner", PolicyName="engine")
    admin.iam.delete_role(RoleName="sql-goner")
    with pytest.raises(ClientError) as error:
        sql.weir.get_query_results(QueryId=query)
    assert error.value.response["Error"]["Code"] == "UnrecognizedClientException"
    revocable(lake, "goner")
    assert error_of(Sql(session(lake, "goner")).weir.get_query_results, QueryId=query)[0] == "EntityNotFoundException"


# Attacks

@pytest.mark.parametrize("sql", [
    "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM read_text('/etc/passwd')", "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM read_parquet('s3://sql-bucket/orders/part-0.parquet')", "COPY (SELECT 1) TO '/tmp/out'",
    "ATTACH '/tmp/x.db'", "PRAGMA database_list", "SET memory_limit='100GB'", "INSTALL httpfs", "LOAD httpfs",
    "CREATE TABLE t (a int)", "CALL pragma_version()", "SELECT current_setting('memory_limit')", "SELECT getenv('HOME')",
    "SELECT 1; SELECT 2", "SELECT * FROM duckdb_settings()", "SELECT * FROM information_schema.tables", "EXPLAIN ANALYZE SELECT 1",
    "DROP TABLE x", "EXPORT DATABASE '/tmp/x'", "SELECT * FROM glob('/*')", "", "SELECT", "VALUES (", "\0"])
def test_nothing_but_a_select_over_the_lake(asking, sql):
    attacker = asking("full", "attacker")
    try:
        error = attacker.error(sql)
    except ClientError as refused:
        error = refused.response["Error"]
    except Exception as refused:  # botocore itself refuses the empty text
        assert sql == "" and "Sql" in str(refused)
        return
    assert error["Code"] in ("InvalidInputException", "AccessDeniedException", "ValidationException"), error
    assert "root:" not in error["Message"] and "/home" not in error["Message"]


@pytest.mark.parametrize("sql", [
    "SELECT id FROM {t} WHERE CASE WHEN ssn = 's-2' THEN error('yes') ELSE true END",
    "SELECT CAST(ssn AS int) FROM {t}", "SELECT 1 / (id - 2) FROM {t} WHERE id <> 1", "SELECT error(ssn) FROM {t}",
    "SELECT CAST(note || ssn AS date) FROM {t}"])
def test_errors_tell_nothing_of_hidden_cells(lake, asking, sql):
    """The words are the same whether a hidden cell would have matched or not, and hold no data."""
    told = [asking("rows").ask(sql.format(t=table(lake))), asking("cells").ask(sql.format(t=table(lake)))]
    for page in told:
        assert "s-2" not in str(page.get("Error")) and "s-4" not in str(page.get("Error"))
        assert "s-1" not in str(page.get("Error"))


@pytest.mark.parametrize("tail", [
    "LIMIT (SELECT 4611686018427387904 + max(id) FROM {t})", "LIMIT 1 OFFSET (SELECT 4611686018427387904 + max(id) FROM {t})",
    "LIMIT (SELECT -max(id) FROM {t})%", "LIMIT 50% OFFSET (SELECT 4611686018427387904 + max(id) FROM {t})"])
def test_what_the_engine_calls_an_error_of_the_statement_quotes_no_value_either(lake, asking, tail):
    """DuckDB puts the value that came out of the subquery into a text that reads like one about the statement."""
    for name in ("full", "columns", "rows", "cells"):
        error = asking(name).error(f"SELECT id FROM {table(lake)} {tail.format(t=table(lake))}")
        assert error["Message"] == "The query failed while it ran: a function refused a value."


def test_a_filter_is_not_asked_about_rows_that_are_hidden(lake, asking):
    guess = f"SELECT count(*) FROM {table(lake)} WHERE CASE WHEN ssn = 's-2' THEN error('found') ELSE true END"
    assert asking("rows").rows(guess) == [("2",)]


def test_the_trail_has_what_weir_query_leaves_and_no_literal(lake, server, asking):
    statement = f"SELECT id FROM {table(lake)} WHERE note = 'literal-secret-77'"
    before = len(trail(server))
    by_command(lake, "rows", statement)
    by_hand = {(e["eventSource"], e["eventName"]) for e in trail(server)[before:]
               if e["eventSource"] not in ("sts.amazonaws.com", "cloudtrail.amazonaws.com")}
    sql = asking("rows", "trailed")
    query = sql.start(statement)
    sql.ended(query)
    mine = [e for e in trail(server) if said(e, "queryId") == query]
    ours = {"StartQuery", "GetQueryResults"}
    assert {(e["eventSource"], e["eventName"]) for e in mine if e["eventName"] not in ours} == by_hand
    assert {e["eventName"] for e in mine} > ours and ("s3.amazonaws.com", "GetObject") in by_hand
    assert "literal-secret" not in json.dumps(mine)
    started, read = (next(e for e in mine if e["eventName"] == name) for name in ("StartQuery", "GetQueryResults"))
    assert len(said(started, "statementFingerprint")) == 32
    assert said(read, "tables") == [f"{ACCOUNT}:{lake.database}.orders"]


def test_a_server_without_queries_says_so(tmp_path):
    running = Server(tmp_path / "data", "--sql-queries", "0").start()
    try:
        assert error_of(Sql(running.session()).weir.start_query, Sql="SELECT 1") == (
            "InvalidInputException", "This server runs no queries.")
    finally:
        assert running.stop() == 0


def test_stopping_the_server_ends_what_runs(tmp_path):
    running = Server(tmp_path / "data").start()
    sql = Sql(running.session())
    sql.start("SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range * b.range = -1")
    sql.start(UNPLANNABLE)
    begun = time.monotonic()
    assert running.stop() == 0
    assert time.monotonic() - begun < 10, "planning goes on for a minute when nobody ends it"
