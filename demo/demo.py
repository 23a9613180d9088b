"""The governed query on real data: one SELECT, four identities, four answers; then a table shared with another account.

Starts Weir on a fresh data directory, loads about three million flights, grants, asks, revokes,
explains; shares, accepts, links, passes on, takes back (sharing.py); asks, decides by mail, gives for a time
(workflow.py). At the end it says who can sign in to the console (console.py). Every step checks what it claims;
`--once` ends with status 0 only if all of them held.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import boto3
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from console import Console
from sharing import Sharing, second_act
from stage import ACCOUNT, EXTERNAL_ID, TAG, check, engine_role, step
from workflow import Workflow, third_act

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "node_modules" / "vega-datasets" / "data"
HOME = ROOT / "build" / "demo"
WEIR = ROOT / "build" / "weir"
BUCKET, DATABASE = "flights-lake", "travel"

SELECT = ("select date, origin, destination, distance, delay from flights "
          "where month = 1 order by date, origin, destination, distance, delay limit 5")
COUNT = "select count(*) as flights from flights"


class Demo:
    """The running server, the administrator's clients and the environment of the command lines."""

    def __init__(self) -> None:
        shutil.rmtree(HOME, ignore_errors=True)
        HOME.mkdir(parents=True)
        self.log = open(HOME / "server.log", "wb")
        self.process = subprocess.Popen(
            [WEIR, "serve", "--data-dir", HOME / "data", "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        match = re.search(r"https?://\S+", line)
        check(match is not None, "the server is ready: " + line.strip())
        self.endpoint = match.group(0)
        clean = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        self.env = {**clean, "AWS_CONFIG_FILE": str(HOME / "data/aws/config"),
                    "AWS_SHARED_CREDENTIALS_FILE": str(HOME / "data/aws/credentials"), "AWS_PAGER": ""}
        os.environ.update(self.env)
        session = boto3.Session(profile_name="default")
        session._session.get_component("data_loader").search_paths.append(str(ROOT / "models"))
        self.console = Console(self.process.stdout, session)
        self.s3, self.iam, self.glue, self.lf, self.trail = (
            session.client(name) for name in ("s3", "iam", "glue", "lakeformation", "cloudtrail"))
        self.admin_arn = session.client("sts").get_caller_identity()["Arn"]

    # --- loading

    def load(self) -> int:
        """Flights as Parquet, partitioned by month; airports as one CSV. The answer is the row count."""
        self.s3.create_bucket(Bucket=BUCKET)
        self.register()
        self.glue.create_database(DatabaseInput={"Name": DATABASE, "Description": "Flights of 2001"})
        flights = pq.read_table(DATA / "flights-3m.parquet")
        columns = [("date", "timestamp"), ("delay", "bigint"), ("distance", "bigint"), ("origin", "string"),
                   ("destination", "string")]
        self.create_table("flights", columns, "parquet", partition_keys=[{"Name": "month", "Type": "int"}])
        month = pc.month(flights["date"])
        for number in sorted(pc.unique(month).to_pylist()):
            self.load_month(flights.filter(pc.equal(month, number)), number, columns)
        airports = (DATA / "airports.csv").read_bytes()
        header = airports.split(b"\n", 1)[0].decode().strip().split(",")
        self.create_table("airports", [(name, "string") for name in header], "csv",
                          parameters={"skip.header.line.count": "1"})
        self.s3.put_object(Bucket=BUCKET, Key="airports/airports.csv", Body=airports)
        return flights.num_rows

    def load_month(self, rows: pa.Table, number: int, columns: list[tuple[str, str]]) -> None:
        sink = pa.BufferOutputStream()
        pq.write_table(rows, sink, compression="zstd", row_group_size=122_880)
        prefix = f"flights/month={number}/"
        self.s3.put_object(Bucket=BUCKET, Key=prefix + "part-0.parquet", Body=sink.getvalue().to_pybytes())
        self.glue.create_partition(DatabaseName=DATABASE, TableName="flights", PartitionInput={
            "Values": [str(number)],
            "StorageDescriptor": self.storage(f"s3://{BUCKET}/{prefix}", columns, "parquet")})

    @staticmethod
    def storage(location: str, columns: list[tuple[str, str]], format: str) -> dict:
        serde = {"parquet": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                 "csv": "org.apache.hadoop.hive.serde2.OpenCSVSerde"}[format]
        return {"Columns": [{"Name": n, "Type": t} for n, t in columns], "Location": location,
                "InputFormat": "org.apache.hadoop.mapred.TextInputFormat",
                "SerdeInfo": {"SerializationLibrary": serde}}

    def create_table(self, name, columns, format, partition_keys=(), parameters=None) -> None:
        self.glue.create_table(DatabaseName=DATABASE, TableInput={
            "Name": name, "TableType": "EXTERNAL_TABLE", "PartitionKeys": list(partition_keys),
            "Parameters": parameters or {},
            "StorageDescriptor": self.storage(f"s3://{BUCKET}/{name}/", columns, format)})

    # --- governing

    def register(self) -> None:
        """The location with a role Lake Formation may assume, and the engines we trust."""
        self.iam.create_role(RoleName="lake-location", AssumeRolePolicyDocument=json.dumps({
            "Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Principal": {"Service": "lakeformation.amazonaws.com"},
                "Action": "sts:AssumeRole"}]}))
        self.iam.put_role_policy(RoleName="lake-location", PolicyName="data", PolicyDocument=json.dumps({
            "Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
                 "Resource": f"arn:aws:s3:::{BUCKET}/*"},
                {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": f"arn:aws:s3:::{BUCKET}"}]}))
        self.lf.register_resource(ResourceArn=f"arn:aws:s3:::{BUCKET}",
                                  RoleArn=f"arn:aws:iam::{ACCOUNT}:role/lake-location")
        settings = self.lf.get_data_lake_settings()["DataLakeSettings"]
        settings |= {"AllowExternalDataFiltering": True,
                     "ExternalDataFilteringAllowList": [{"DataLakePrincipalIdentifier": ACCOUNT}],
                     "AuthorizedSessionTagValueList": [TAG]}
        self.lf.put_data_lake_settings(DataLakeSettings=settings)

    def identity(self, name: str) -> str:
        """A role the engine assumes with ExternalId and session tag; its ARN."""
        engine_role(self.iam, self.admin_arn, name)
        return f"arn:aws:iam::{ACCOUNT}:role/{name}"

    def grant(self, arn: str, resource: dict) -> None:
        self.lf.grant_permissions(Principal={"DataLakePrincipalIdentifier": arn}, Resource=resource,
                                  Permissions=["SELECT"])

    def filter(self, name: str, rows: str | None, columns: list[str] | None) -> dict:
        data = {"TableCatalogId": ACCOUNT, "DatabaseName": DATABASE, "TableName": "flights", "Name": name,
                "RowFilter": {"FilterExpression": rows} if rows else {"AllRowsWildcard": {}}}
        data |= {"ColumnNames": columns} if columns else {"ColumnWildcard": {}}
        self.lf.create_data_cells_filter(TableData=data)
        key = {k: data[k] for k in ("TableCatalogId", "DatabaseName", "TableName", "Name")}
        return {"DataCellsFilter": key}

    def govern(self) -> dict[str, str]:
        """The four identities, each with its own grants."""
        table = {"DatabaseName": DATABASE, "Name": "flights"}
        roles = {name: self.identity(name) for name in ("full-access", "some-columns", "some-rows", "per-cell")}
        self.grant(roles["full-access"], {"Table": table})
        self.grant(roles["some-columns"], {"TableWithColumns": table | {
            "ColumnNames": ["date", "origin", "destination"]}})
        self.grant(roles["some-rows"], self.filter("las-vegas", "origin = 'LAS'", None))
        self.grant(roles["per-cell"], self.filter("routes", None, ["date", "origin", "destination"]))
        self.grant(roles["per-cell"], self.filter("late", "delay >= 15", ["delay", "distance"]))
        self.grant(roles["full-access"], {"Table": {"DatabaseName": DATABASE, "Name": "airports"}})
        return roles

    # --- asking

    def weir(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([WEIR, *arguments], env=self.env, capture_output=True, text=True)

    def query(self, role_arn: str, sql: str, format: str = "json") -> subprocess.CompletedProcess:
        return self.weir("query", "--role-arn", role_arn, "--external-id", EXTERNAL_ID, "--session-tag", TAG,
                         "--database", DATABASE, "--format", format, sql)

    def rows(self, role_arn: str, sql: str) -> list[dict]:
        answer = self.query(role_arn, sql)
        check(answer.returncode == 0, f"the query ran for {role_arn.rsplit('/')[-1]}" + answer.stderr)
        return json.loads(answer.stdout)

    def stop(self) -> None:
        self.process.terminate()
        status = self.process.wait(timeout=60)
        self.log.close()
        check(status == 0, "the server drained and ended with status 0")


def show(demo: Demo, name: str, arn: str, sql: str) -> None:
    answer = demo.query(arn, sql, "table")
    print(f"\n-- {name}\n{answer.stdout}{answer.stderr}", end="")


def ask_four(demo: Demo, roles: dict[str, str], total: int) -> None:
    step("The same SELECT for four identities")
    print(f"   {SELECT}")
    for name, arn in roles.items():
        show(demo, name, arn, SELECT if name != "some-columns" else SELECT.replace(", distance, delay", ""))
    step("What each of them can count and see")
    expected = pq.read_table(DATA / "flights-3m.parquet")
    las_vegas = pc.sum(pc.equal(expected["origin"], "LAS")).as_py()
    late = pc.sum(pc.greater_equal(expected["delay"], 15)).as_py()
    counts = {name: demo.rows(arn, COUNT)[0]["flights"] for name, arn in roles.items()}
    check(counts["full-access"] == total, f"full-access counts all {total:,} flights")
    check(counts["some-columns"] == total, "some-columns counts all of them too, and sees three columns")
    check(counts["some-rows"] == las_vegas, f"some-rows counts the {las_vegas:,} flights from Las Vegas")
    cells = demo.rows(roles["per-cell"], "select count(*) as rows, count(delay) as delays from flights")[0]
    check(cells == {"rows": total, "delays": late}, f"per-cell sees every route, but only the {late:,} late delays")
    hidden = demo.query(roles["some-columns"], "select delay from flights limit 1")
    check(hidden.returncode != 0 and "delay" in hidden.stderr, "for some-columns there is no column named delay")
    joined = demo.rows(roles["full-access"], "select a.city, count(*) as n from flights f join airports a "
                       "on f.origin = a.iata where f.month = 1 group by a.city order by n desc, a.city limit 1")
    check(len(joined) == 1 and joined[0]["n"] > 0, f"flights join airports: most flights leave {joined[0]['city']}")


def refuse(demo: Demo, roles: dict[str, str]) -> None:
    step("Take the grant away: the same command is refused, with a reason")
    arn = roles["full-access"]
    demo.lf.revoke_permissions(Principal={"DataLakePrincipalIdentifier": arn}, Permissions=["SELECT"],
                               Resource={"Table": {"DatabaseName": DATABASE, "Name": "flights"}})
    refused = demo.query(arn, COUNT)
    print("   " + refused.stderr.strip().replace("\n", "\n   "))
    check(refused.returncode != 0, "the query is refused")
    decision = re.search(r"decision ([\w-]+)", refused.stderr)
    check(decision is not None, "the refusal carries a decision id")
    explained = demo.weir("explain", "--decision", decision.group(1))
    print(explained.stdout)
    check(explained.returncode == 0 and "SELECT" in explained.stdout, "weir explain says what is missing")
    step("The audit trail, in CloudTrail's shape")
    events = demo.trail.lookup_events(LookupAttributes=[
        {"AttributeKey": "EventName", "AttributeValue": "GetDataAccess"}], MaxResults=5)["Events"]
    for event in events:
        record = json.loads(event["CloudTrailEvent"])
        who = record["additionalEventData"].get("lakeFormationPrincipal", "").rsplit("/")[-1]
        print(f"   {record['eventTime']}  GetDataAccess  {who:<14} {record.get('errorCode', 'allowed')}")
    check(len(events) == 5, "every vend and every denial left an event")


def next_lines(demo: Demo) -> str:
    home = HOME.relative_to(ROOT)
    return f"""
Try next (the server listens on {demo.endpoint}):

  export AWS_CONFIG_FILE={home}/data/aws/config AWS_SHARED_CREDENTIALS_FILE={home}/data/aws/credentials
  aws sts get-caller-identity
  aws glue get-tables --database-name {DATABASE} --query 'TableList[].Name'
  aws lakeformation list-permissions --query 'PrincipalResourcePermissions[].Principal'
  build/weir query --role-arn arn:aws:iam::{ACCOUNT}:role/per-cell --external-id {EXTERNAL_ID} \\
      --session-tag {TAG} --database {DATABASE} 'select origin, avg(delay) from flights group by 1 limit 5'
  build/weir explain --principal arn:aws:iam::{ACCOUNT}:role/some-rows --action SELECT \\
      --resource {DATABASE}.flights.delay
  .venv/bin/python -c "import boto3; print(boto3.client('lakeformation').list_resources())"
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--once", action="store_true", help="end by itself instead of keeping the server up")
    once = parser.parse_args().once or not sys.stdout.isatty()
    step("Start Weir on embedded defaults")
    demo = Demo()
    try:
        step("Load about three million flights")
        total = demo.load()
        check(total > 2_900_000, f"{total:,} flights are in s3://{BUCKET}/flights/, partitioned by month")
        roles = demo.govern()
        ask_four(demo, roles, total)
        refuse(demo, roles)
        demo.console.add_analyst(demo.lf, DATABASE)
        sharing = Sharing(demo, WEIR, HOME / "data", DATABASE)
        second_act(sharing, DATA)
        third_act(Workflow(demo, WEIR, HOME / "data", DATABASE, sharing))
        print(next_lines(demo) + demo.console.lines())
        if not once:
            print("The server stays up until Ctrl-C.")
            try:
                demo.process.wait()
            except KeyboardInterrupt:
                pass
    finally:
        if demo.process.poll() is None:
            demo.stop()


if __name__ == "__main__":
    main()
