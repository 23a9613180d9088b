"""What the console's pictures of access cost: a page of the matrix, and usage over a million events of the trail.

    facts_bench.py [--events N]

A part of bench.py's table; alone it prints one line a figure and ends with status 1 when a goal is missed. The trail is
written before the server starts, as the server writes it, and `weir audit verify` has to find it whole.
"""

import argparse
import datetime
import hashlib
import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from conftest import ACCOUNT, REGION, WEIR, Server  # noqa: E402
from lake import role_arn, table_arn, trust_service  # noqa: E402

PRINCIPALS = TABLES = 100
EVENTS, DAYS = 1_000_000, 30
ROUNDS = 20
OPERATIONS = ("GetTable", "GetTables", "GetPartitions", "GetDatabase", "GetUnfilteredTableMetadata")


class Line:
    """One kept connection to the program's own service; how long each answer took is kept, too."""

    def __init__(self, server: Server):
        self.endpoint, self.took = server.endpoint, []
        self.signer = SigV4Auth(Credentials(*server.keys()), "weir", REGION)
        self.connection = http.client.HTTPConnection(server.endpoint.split("//")[1])

    def call(self, operation: str, **body) -> dict:
        request = AWSRequest("POST", self.endpoint + "/", data=json.dumps(body), headers={
            "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"Weir.{operation}"})
        self.signer.add_auth(request)
        began = time.monotonic()
        self.connection.request("POST", "/", request.data, dict(request.headers))
        answer = self.connection.getresponse()
        text = answer.read()
        self.took.append((time.monotonic() - began) * 1000)
        assert answer.status == 200, text
        return json.loads(text)

    def median_ms(self, operation: str, **body) -> float:
        self.call(operation, **body)
        self.took.clear()
        for _ in range(ROUNDS):
            self.call(operation, **body)
        return statistics.median(self.took)


# --- the matrix

def resource(number: int) -> tuple[dict, list[str]]:
    """Something of the database, of each kind in turn, and what of it."""
    table = f"table_{number % TABLES:02}"
    kinds = [
        ({"Table": {"DatabaseName": "lake", "Name": table}}, ["SELECT", "INSERT"]),
        ({"TableWithColumns": {"DatabaseName": "lake", "Name": table, "ColumnNames": ["column_1", "column_2"]}}, ["SELECT"]),
        ({"DataCellsFilter": {"TableCatalogId": ACCOUNT, "DatabaseName": "lake", "TableName": table, "Name": "some"}}, ["SELECT"]),
        ({"LFTagPolicy": {"ResourceType": "TABLE", "Expression": [{"TagKey": "area", "TagValues": [f"v{number % 10}"]}]}},
         ["SELECT", "DESCRIBE"])]
    return kinds[number // TABLES % len(kinds)]


def fill_lake(admin) -> None:
    """100 tables of twenty columns with tags and filters, and 100 roles with twenty grants each."""
    admin.glue.create_database(DatabaseInput={"Name": "lake"})
    admin.lakeformation.create_lf_tag(TagKey="area", TagValues=[f"v{n}" for n in range(10)])
    columns = [{"Name": f"column_{n}", "Type": "string"} for n in range(20)]
    for number in range(TABLES):
        name = f"table_{number:02}"
        admin.glue.create_table(DatabaseName="lake", TableInput={"Name": name, "StorageDescriptor": {
            "Columns": columns, "Location": f"s3://lake/{name}/"}})
        admin.lakeformation.add_lf_tags_to_resource(Resource={"Table": {"DatabaseName": "lake", "Name": name}},
                                                    LFTags=[{"TagKey": "area", "TagValues": [f"v{number % 10}"]}])
        admin.lakeformation.create_data_cells_filter(TableData={
            "TableCatalogId": ACCOUNT, "DatabaseName": "lake", "TableName": name, "Name": "some",
            "RowFilter": {"FilterExpression": "column_0 = 'a'"}, "ColumnNames": ["column_0", "column_3"]})
    for number in range(PRINCIPALS):
        name = f"analyst-{number:02}"
        admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust_service())
        entries = []
        for grant in range(20):
            on, permissions = resource(number * 37 + grant * 101)
            entries.append({"Id": str(grant), "Principal": {"DataLakePrincipalIdentifier": role_arn(name)},
                            "Resource": on, "Permissions": permissions})
        failed = admin.lakeformation.batch_grant_permissions(Entries=entries)["Failures"]
        # A column selection does not stand beside other privileges on the same table.
        assert all(one["Error"]["ErrorCode"] == "InvalidInputException" for one in failed) and len(failed) < 10, failed


def matrix(home: Path, add) -> None:
    server = Server(home / "matrix", "--log-requests", "false").start()
    fill_lake(server.session())
    line = Line(server)
    page = line.call("GetAccessMatrix", DatabaseName="lake", MaxResults=PRINCIPALS)
    assert len(page["Rows"]) == PRINCIPALS and len(page["Tables"]) == TABLES
    levels = {level for row in page["Rows"] for level in row["Levels"]}
    assert levels >= {"NONE", "SELECT_SOME", "SELECT", "WRITE"}, levels
    took = line.median_ms("GetAccessMatrix", DatabaseName="lake", MaxResults=PRINCIPALS)
    add(f"GetAccessMatrix, {PRINCIPALS} principals by {TABLES} tables", took, 100, False, " ms")
    assert server.stop() == 0


# --- usage

def record(number: int, at: datetime.datetime) -> str:
    """An event as the server writes it: somebody reads a table, and every tenth is refused."""
    role, table = f"analyst-{number % 97:02}", f"table_{number // 7 % 89:02}"
    detail = {"lakeFormationPrincipal": role_arn(role)} | ({"decisionId": f"d{number}"} if number % 10 == 0 else {})
    return json.dumps({
        "eventVersion": "1.11", "userIdentity": {
            "type": "AssumedRole", "principalId": f"AROAEXAMPLE:{role}", "accountId": ACCOUNT,
            "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{role}/session"},
        "eventTime": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "eventSource": "glue.amazonaws.com",
        "eventName": OPERATIONS[number % len(OPERATIONS)], "awsRegion": REGION, "sourceIPAddress": "127.0.0.1",
        "requestParameters": {"databaseName": "lake", "name": table}, "responseElements": None,
        "additionalEventData": detail, "requestID": f"r{number}", "eventID": f"e{number}", "readOnly": True,
        "resources": [{"ARN": table_arn("lake", table), "accountId": ACCOUNT, "type": "AWS::Glue::Table"}],
        "eventType": "AwsApiCall", "managementEvent": True, "recipientAccountId": ACCOUNT,
        "eventCategory": "Management"}, separators=(",", ":"))


def chained(head: str, body: str) -> tuple[str, str]:
    """A line of the trail, and its hash (src/backends/journal/chain.h)."""
    digest = hashlib.sha256(bytes.fromhex(head) + body.encode()).hexdigest()
    return f'{{"chain":"{digest}",{body}}}\n', digest


def write_trail(directory: Path, events: int, end: datetime.datetime) -> None:
    """`events` evenly over the days before `end`, a file each day."""
    directory.mkdir(parents=True)
    head, number = "0" * 64, 0
    step = datetime.timedelta(days=DAYS) / events
    for day in range(DAYS, -1, -1):
        date = (end - datetime.timedelta(days=day)).date().isoformat()
        opens = json.dumps({"date": date, "previous": head}, separators=(",", ":"))
        with open(directory / f"{date}.jsonl", "w") as file:
            line, head = chained(head, f'"opens":{opens}')
            file.write(line)
            while number < events and (at := end - step * (events - number)).date().isoformat() == date:
                line, head = chained(head, f'"event":{record(number, at)}')
                file.write(line)
                number += 1


def usage(home: Path, add, events: int) -> None:
    data, now = home / "usage", datetime.datetime.now(datetime.UTC)
    write_trail(data / "audit", events, now - datetime.timedelta(minutes=5))
    verified = subprocess.run([WEIR, "audit", "verify", "--data-dir", data], capture_output=True, text=True)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    server = Server(data, "--log-requests", "false").start()
    line = Line(server)
    month = {"From": (now - datetime.timedelta(days=DAYS)).timestamp(), "To": now.timestamp()}
    began = time.monotonic()
    while not line.call("GetUsage", Bucket="DAY", By="OPERATION", **month)["Complete"]:
        pass
    add(f"GetUsage: all of {events:,} events counted", time.monotonic() - began, 60, False, " s")
    add("GetUsage: a question that counts 10,000 of them, median", statistics.median(line.took), 1000, False, " ms")
    answer = line.call("GetUsage", Bucket="DAY", By="OPERATION", Operation="GetTable", **month)
    counted = sum(point["Allowed"] + point["Denied"] for point in answer["Points"])
    assert abs(counted - events / len(OPERATIONS)) <= 1, counted
    week = {"From": (now - datetime.timedelta(days=7)).timestamp(), "To": now.timestamp()}
    for bucket, by, over, span in (("DAY", "DOOR", month, "a month by the day"), ("HOUR", "PRINCIPAL", week, "a week by the hour")):
        took = line.median_ms("GetUsage", Bucket=bucket, By=by, **over)
        add(f"GetUsage over {events:,} counted events, {span}", took, 100, False, " ms")
    assert server.stop() == 0


def measure(home: Path, add, events: int = EVENTS) -> None:
    """`add(name, value, goal, at_least, unit)` is told each figure, as bench.py's table is."""
    matrix(home, add)
    usage(home, add, events)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--events", type=int, default=EVENTS)
    given = options.parse_args()
    missed = []

    def add(name: str, value: float, goal: float, at_least: bool, unit: str) -> None:
        met = value >= goal if at_least else value <= goal
        missed.extend([] if met else [name])
        print(f"{name}: {value:.1f}{unit} (goal {'>=' if at_least else '<='} {goal:g}) {'met' if met else 'MISSED'}", flush=True)

    with tempfile.TemporaryDirectory() as home:
        measure(Path(home), add, given.events)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
