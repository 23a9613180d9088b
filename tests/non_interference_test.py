"""Two lakes that differ only in what is hidden, asked over the public protocols: every answer is the same.

The breadth is in src/query/non_interference_test.cc; here a part of the same queries takes the whole way, through
metadata, vended credentials, objects and `weir query`, its exit status and its words included."""

import io
import re
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from conftest import ACCOUNT, WEIR
from lake import EXTERNAL_ID, Lake, SESSION_TAG, role_arn, storage

CORPUS = Path(__file__).with_name("non_interference_queries.sql")
ADDRESS = "struct<city:string,zip:int,ssn:string,geo:struct<lat:double,tag:string>>"
COLUMNS = [("id", "bigint"), ("tenant", "string"), ("txt", "string"), ("num", "bigint"), ("ratio", "double"),
           ("ok", "boolean"), ("note", "string"), ("ssn", "string"), ("addr", ADDRESS), ("tags", "array<string>")]
SCHEMA = pa.schema([
    ("id", pa.int64()), ("tenant", pa.string()), ("txt", pa.string()), ("num", pa.int64()), ("ratio", pa.float64()),
    ("ok", pa.bool_()), ("note", pa.string()), ("ssn", pa.string()),
    ("addr", pa.struct([("city", pa.string()), ("zip", pa.int32()), ("ssn", pa.string()),
                        ("geo", pa.struct([("lat", pa.float64()), ("tag", pa.string())]))])),
    ("tags", pa.list_(pa.string()))])
EVERY = 5  # of the queries one in so many


def corpus() -> list[str]:
    lines = [line for line in CORPUS.read_text().splitlines() if line and not line.startswith("--")]
    assert len(lines) == 300
    return lines[::EVERY]


def visible(i: int) -> dict:
    return {"id": i, "tenant": "mine", "txt": str(i), "num": i % 37 + 1, "ratio": i / 8 + 0.5, "ok": i % 3 == 0,
            "note": f"n{i}", "addr": {"city": f"c{i % 9}", "zip": 100 + i, "geo": {"lat": i / 16}}, "tags": [str(i % 9), "5"]}


def rows(wild: bool) -> list[dict]:
    """Of the even rows all is visible but ssn, addr.ssn and addr.geo.tag, and the note where not ok."""
    out = []
    for i in range(300):
        row = visible(i)
        if i % 2:
            row = {**row, "tenant": None if wild else "other"}
            if wild:
                row |= {"id": -i, "txt": "SECRET", "num": [0, 2**63 - 1, -(2**63), None][i // 2 % 4], "ratio": float("nan"),
                        "note": "{SECRET" * 50, "ok": None, "addr": None, "tags": ["SECRET", None]}
        if not row["ok"]:
            row["note"] = "SECRET" if wild else "n0"
        row["ssn"] = "SECRET" if wild else "1"
        if row["addr"]:
            row["addr"] = {**row["addr"], "ssn": "SECRET" if wild else "2", "geo": {**row["addr"]["geo"], "tag": None if wild else "3"}}
        out.append(row)
    return out


def build(server, admin, name: str, wild: bool) -> Lake:
    lake = Lake(server, admin, name).build()
    lake.admin.glue.create_table(DatabaseName=lake.database, TableInput={
        "Name": "t", "TableType": "EXTERNAL_TABLE", "StorageDescriptor": storage(lake.location("t"), COLUMNS)})
    sink = io.BytesIO()
    pa.parquet.write_table(pa.Table.from_pylist(rows(wild), schema=SCHEMA), sink, row_group_size=64)
    lake.admin.s3.put_object(Bucket=lake.bucket, Key="t/part-0.parquet", Body=sink.getvalue())
    arn = lake.role("reader")
    hidden = ["ssn", '"addr"."ssn"', '"addr"."geo"."tag"']
    for filter, excluded, where in (("rows", [*hidden, "note"], "tenant = 'mine'"),
                                    ("notes", hidden, "tenant = 'mine' and ok = true")):
        data = {"TableCatalogId": ACCOUNT, "DatabaseName": lake.database, "TableName": "t", "Name": filter,
                "ColumnWildcard": {"ExcludedColumnNames": excluded}, "RowFilter": {"FilterExpression": where}}
        lake.admin.lakeformation.create_data_cells_filter(TableData=data)
        lake.grant(arn, ["SELECT"], {"DataCellsFilter": {
            key: data[key] for key in ("TableCatalogId", "DatabaseName", "TableName", "Name")}})
    return lake


@pytest.fixture(scope="module")
def lakes(server, admin):
    return build(server, admin, "tame", False), build(server, admin, "wild", True)


def answer(lake: Lake, sql: str) -> tuple[int, str, str]:
    """What comes out of `weir query`, the lake's own name and the number of a decision aside."""
    done = subprocess.run(
        [WEIR, "query", "--role-arn", role_arn(f"{lake.name}-reader"), "--external-id", EXTERNAL_ID, "--session-tag",
         SESSION_TAG, "--threads", "1", "--format", "csv", sql.replace("s.t", f"{lake.database}.t")],
        capture_output=True, text=True, env=lake.server.cli_env)

    def plain(text):
        return re.sub(r"decision [0-9a-f-]+", "decision", text.replace(lake.name, "LAKE"))
    return done.returncode, plain(done.stdout), plain(done.stderr)


def test_no_answer_tells_what_is_hidden(lakes):
    tame, wild = lakes
    succeeded = 0
    for sql in corpus():
        one, other = answer(tame, sql), answer(wild, sql)
        assert one == other, sql
        assert "SEC" in sql or "SECRET" not in "".join(other[1:]), sql
        succeeded += one[0] == 0
    assert 15 < succeeded < len(corpus()) - 5


def test_descriptions_and_metadata_are_the_same(lakes):
    def described(lake):
        clients = lake.assume(role_arn(f"{lake.name}-reader"))
        table = clients.glue.get_table(DatabaseName=lake.database, Name="t")["Table"]
        return str(table["StorageDescriptor"]["Columns"])
    tame, wild = map(described, lakes)
    assert tame == wild and "ssn" not in tame and "tag:" not in tame
