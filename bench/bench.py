"""The benchmark table: each figure a ratio taken in one run, interleaved, median of five.

Prints the table and writes build/bench.json. Needs the release build, nginx and wrk (./run bench
installs them).
"""

import argparse
import http.client
import json
import multiprocessing
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
import executions_bench  # noqa: E402
import facts_bench  # noqa: E402
from conftest import ACCOUNT, REGION, Server  # noqa: E402
from lake import EXTERNAL_ID, Lake, SESSION_TAG, table_arn  # noqa: E402

BUILD = ROOT / "build" / "release" / "src"
ROUNDS, SECONDS, TABLES, LISTED = 5, 1, 100_000, 10_000


@dataclass
class Figure:
    name: str
    value: str
    goal: str
    met: bool


def wrk(url: str, script: str | None = None, connections: int = 64, seconds: float = SECONDS) -> float:
    """Requests a second; refuses a run with errors."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", url]
    if script:
        command[1:1] = ["-s", script]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in text and "Socket errors" not in text, text
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its children so far."""
    pids = [pid] + [int(p) for p in subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()]
    ticks = 0
    for each in pids:
        fields = Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Nginx:
    """`return 200` at /hello and files at /files, one worker."""

    def __init__(self, home: Path):
        self.port, self.home = free_port(), home
        (home / "files").mkdir(parents=True)
        (home / "nginx.conf").write_text(f"""
            pid {home}/nginx.pid; worker_processes 1; error_log {home}/error.log; user root;
            events {{ worker_connections 1024; }}
            http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
              client_body_temp_path {home}/b; proxy_temp_path {home}/p; fastcgi_temp_path {home}/f;
              uwsgi_temp_path {home}/u; scgi_temp_path {home}/s;
              server {{ listen 127.0.0.1:{self.port}; location /hello {{ return 200 '{{"status":"ok"}}'; }}
                location /files/ {{ root {home}; }} }} }}""")
        self.process = subprocess.Popen(["/usr/sbin/nginx", "-c", home / "nginx.conf", "-g", "daemon off;"])
        for _ in range(100_000):
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", self.port)) == 0:
                    break

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


def signed_script(path: Path, server: Server, credentials: dict, service: str, requests: list[tuple]) -> str:
    """A wrk script that sends `requests` (method, target, headers, body) in turn, signed once."""
    signer = S3SigV4Auth if service == "s3" else SigV4Auth
    keys = Credentials(credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials.get("SessionToken"))
    lines = ["local r = {}"]
    for method, target, headers, body in requests:
        request = AWSRequest(method, server.endpoint + target, headers=dict(headers), data=body)
        request.context["payload_signing_enabled"] = True
        signer(keys, service, REGION).add_auth(request)
        text = ", ".join(f"[{json.dumps(k)}] = {json.dumps(v)}" for k, v in request.headers.items())
        payload = "nil" if not body else '"' + "".join(f"\\{b:03d}" for b in body) + '"'
        lines.append(f"r[#r+1] = wrk.format({json.dumps(method)}, {json.dumps(target)}, {{{text}}}, {payload})")
    lines.append("local i = 0\nfunction request() i = i % #r + 1; return r[i] end")
    lines = [lines[0], "function init(args)", *lines[1:-1], "end", lines[-1]]
    path.write_text("\n".join(lines))
    return str(path)


def interleaved(*runs) -> list[float]:
    """The median of each run, all runs taken in turn."""
    results = [[] for _ in runs]
    for _ in range(ROUNDS):
        for values, run in zip(results, runs):
            values.append(run())
    return [statistics.median(values) for values in results]


def cpu_per_request(pid: int, url: str) -> float:
    before = cpu_seconds(pid)
    rate = wrk(url)
    return (cpu_seconds(pid) - before) / (rate * SECONDS)


def google(program: str, filter: str) -> dict[str, dict]:
    """The rows of a Google Benchmark program, by name."""
    text = subprocess.run([BUILD / program, f"--benchmark_filter={filter}", "--benchmark_format=json"],
                          capture_output=True, text=True, check=True, cwd=ROOT).stdout
    return {row["name"]: row for row in json.loads(text[text.index("{"):])["benchmarks"]}


def fill_part(endpoint: str, keys: tuple[str, str], first: int, last: int) -> None:
    """Creates the tables of one database over one kept-alive connection."""
    signer, host = SigV4Auth(Credentials(*keys), "glue", REGION), endpoint.split("//")[1]
    connection = http.client.HTTPConnection(host)

    def send(operation: str, body: dict) -> None:
        request = AWSRequest("POST", endpoint + "/", data=json.dumps(body).encode(), headers={
            "X-Amz-Target": f"AWSGlue.{operation}", "Content-Type": "application/x-amz-json-1.1"})
        signer.add_auth(request)
        connection.request("POST", "/", request.data, dict(request.headers))
        answer = connection.getresponse()
        text = answer.read()
        assert answer.status == 200, text

    database = f"fill_{first}"
    send("CreateDatabase", {"DatabaseInput": {"Name": database}})
    columns = [{"Name": f"column_{i}", "Type": "string"} for i in range(20)]
    for number in range(first, last):
        send("CreateTable", {"DatabaseName": database, "TableInput": {
            "Name": f"table_{number}", "StorageDescriptor": {"Columns": columns, "Location": f"s3://lake/{number}/"}}})


def fill(server: Server, tables: int, parts: int = 16) -> None:
    step = tables // parts
    with multiprocessing.Pool(parts) as pool:
        pool.starmap(fill_part, [(server.endpoint, server.keys(), i * step, (i + 1) * step) for i in range(parts)])


class Bench:
    def __init__(self, home: Path):
        self.home, self.figures = home, []
        self.nginx = Nginx(home / "nginx")
        self.server = Server(home / "data", "--log-requests", "false", "--threads", "1").start()
        self.admin = self.server.session()
        self.lake = Lake(self.server, self.admin, "bench").build()
        self.lake.table("orders", [("id", "bigint"), ("region", "string"), ("amount", "double")], [(1, "EU", 1.0)])
        arn = self.lake.role("engine")
        self.lake.grant(arn, ["SELECT"], self.lake.whole("orders"))
        self.engine = self.lake.assume(arn).credentials
        self.arn = arn

    def add(self, name: str, value: float, goal: float, at_least: bool, unit: str = "") -> None:
        met = value >= goal if at_least else value <= goal
        self.figures.append(Figure(name, f"{value:.2f}{unit}", f"{'>=' if at_least else '<='} {goal:g}{unit}", met))
        print(f"{name:<78} {value:8.2f}{unit}  goal {'>=' if at_least else '<='} {goal:g}{unit}"
              f"  {'met' if met else 'MISSED'}", flush=True)

    def http(self) -> None:
        weir, nginx = interleaved(
            lambda: cpu_per_request(self.server.process.pid, self.server.endpoint + "/-/health"),
            lambda: cpu_per_request(self.nginx.process.pid, self.nginx.url("/hello")))
        self.add("server CPU per constant 200 / nginx `return 200`", weir / nginx, 1.0, False)

    def rpc(self, target: str, body: dict) -> tuple:
        return ("POST", "/", {"X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.1"},
                json.dumps(body).encode())

    def operations(self) -> None:
        query = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
        assume = (f"Action=AssumeRole&Version=2011-06-15&RoleArn={self.arn}&RoleSessionName=bench"
                  f"&ExternalId={EXTERNAL_ID}&Tags.member.1.Key=LakeFormationAuthorizedCaller"
                  f"&Tags.member.1.Value={SESSION_TAG}")
        vend = {"TableArn": table_arn(self.lake.database, "orders"), "Permissions": ["SELECT"],
                "SupportedPermissionTypes": ["CELL_FILTER_PERMISSION"]}
        names = {"CatalogId": ACCOUNT, "DatabaseName": self.lake.database, "Name": "orders"}
        admin = self.admin.credentials
        cases = [
            ("GetCallerIdentity", 0.45, "sts", admin, ("POST", "/", query, b"Action=GetCallerIdentity&Version=2011-06-15")),
            ("GetTable", 0.30, "glue", self.engine, self.rpc("AWSGlue.GetTable", names)),
            ("GetUnfilteredTableMetadata", 0.25, "glue", self.engine, self.rpc(
                "AWSGlue.GetUnfilteredTableMetadata", names | {"SupportedPermissionTypes": ["CELL_FILTER_PERMISSION"]})),
            ("GetTemporaryGlueTableCredentials", 0.25, "lakeformation", self.engine, (
                "POST", "/GetTemporaryGlueTableCredentials", {"Content-Type": "application/json"},
                json.dumps(vend).encode())),
            ("AssumeRole", 0.25, "sts", admin, ("POST", "/", query, assume.encode())),
        ]
        for name, goal, service, keys, request in cases:
            script = signed_script(self.home / f"{name}.lua", self.server, keys, service, [request])
            constant, operation = interleaved(lambda: wrk(self.server.endpoint + "/-/health"),
                                              lambda: wrk(self.server.endpoint, script))
            self.add(f"{name}: requests/s as a share of a constant 200", operation / constant, goal, True)

    def objects(self) -> None:
        for label, size, goal in (("16 MiB", 16 << 20, 0.9), ("4 KiB", 4096, 0.4)):
            body = os.urandom(size)
            key = f"get-{size}"
            self.admin.s3.put_object(Bucket=self.lake.bucket, Key=key, Body=body)
            (self.nginx.home / "files" / key).write_bytes(body)
            script = signed_script(self.home / f"{key}.lua", self.server, self.admin.credentials, "s3",
                                   [("GET", f"/{self.lake.bucket}/{key}", {}, b"")])
            ours, theirs = interleaved(lambda: wrk(self.server.endpoint, script, 16),
                                       lambda: wrk(self.nginx.url(f"/files/{key}"), None, 16))
            self.add(f"S3 GET {label}, signed / nginx, unsigned", ours / theirs, goal, True)

    def durable_puts(self) -> None:
        body = os.urandom(4096)
        script = signed_script(self.home / "put.lua", self.server, self.admin.credentials, "s3",
                               [("PUT", f"/{self.lake.bucket}/put/{i}", {}, body) for i in range(64)])
        ours, theirs = interleaved(lambda: wrk(self.server.endpoint, script, 16), lambda: append_rate(self.home, body))
        self.add("S3 PUT 4 KiB, durable, 16 clients / append + fdatasync per object", ours / theirs, 0.5, True)

    def library(self) -> None:
        """Figures of the programs that sit beside the code, in nanoseconds and ratios of their own."""
        decide = google("weir_permissions_bench", "questions")
        few, many, scattered = (decide[name] for name in (
            "same_questions/1000", "same_questions/1000000", "scattered_questions/1000000"))
        self.add("decide(), 1 million grants: p50", many["p50_ns"] / 1000, 2.0, False, " us")
        self.add("decide(), 1 million grants: p99", many["p99_ns"] / 1000, 10.0, False, " us")
        self.add("decide(), 1 million grants / 1 thousand: p50", many["p50_ns"] / few["p50_ns"], 1.5, False)
        self.add("decide(), 1 million grants, another principal and table each time: p50", scattered["p50_ns"] / 1000, 2.0, False, " us")
        policies = decide["fifty_policies_questions/1000000"]
        self.add("decide(), 50 tag expressions, 1,000 tags, 100,000 tables: p50", policies["p50_ns"] / 1000, 3.0, False, " us")
        self.add("decide(), 50 tag expressions, 1,000 tags, 100,000 tables: p99", policies["p99_ns"] / 1000, 20.0, False, " us")
        publish = google("weir_permissions_bench", "publish_one_grant")
        rates = [publish[f"publish_one_grant/{n}"]["items_per_second"] for n in (1000, 100_000, 1_000_000)]
        self.add("one grant published in memory, rate at 1 million / at 1 thousand grants", rates[2] / rates[0], 0.5, True)
        evaluate = google("weir_policy_bench", "BM_(Mixed|One|Variables|Behind)")
        worst = max(row["cpu_time"] for row in evaluate.values()) / 1000
        usual = evaluate["BM_MixedServicesAllow"]["cpu_time"] / 1000
        self.add("IAM decision, 10 policies of 50 statements about eight services", usual, 5.0, False, " us")
        self.add("IAM decision, 10 policies of 50 statements, all about the service asked for; the worst of six", worst, 5.0, False, " us")
        made = google("weir_app_bench", "grants_made")
        rates = [row["items_per_second"] for row in made.values()]
        self.add("grants made, durable and in force, rate at 1 million / at 1 thousand grants", rates[2] / rates[0], 0.5, True)
        verify = google("wire/weir_wire_sigv4_bench", "verify")
        for name, row in verify.items():
            self.add(f"SigV4 verification, warm key ({name})", row["cpu_time"] / 1000, 2.0, False, " us")
        governed = google("weir_query_bench", "governed_against_by_hand/[0-6]/0/")
        ratios = sorted(row["ratio"] for row in governed.values())
        self.add("governed query / the same SQL by hand, median of seven queries", statistics.median(ratios), 1.15, False)
        self.add("governed query / the same SQL by hand, the worst of them", ratios[-1], 1.15, False)

    def listing(self) -> None:
        """GetTables over 10,000 tables of which 100 are visible through a policy over LF-Tags: one request, read to its end."""
        full = Server(self.home / "listing", "--log-requests", "false").start()
        fill(full, LISTED, parts=1)
        lake = Lake(full, full.session(), "listing").build()
        visible = {f"table_{i}" for i in range(0, LISTED, LISTED // 100)}
        lake.admin.lakeformation.create_lf_tag(TagKey="shown", TagValues=["yes"])
        for name in visible:
            lake.admin.lakeformation.add_lf_tags_to_resource(
                Resource={"Table": {"DatabaseName": "fill_0", "Name": name}}, LFTags=[{"TagKey": "shown", "TagValues": ["yes"]}])
        role = lake.role("reader")
        lake.grant(role, ["SELECT"], {"LFTagPolicy": {
            "ResourceType": "TABLE", "Expression": [{"TagKey": "shown", "TagValues": ["yes"]}]}})
        connection, took = http.client.HTTPConnection(full.endpoint.split("//")[1]), []
        signer = SigV4Auth(Credentials(*botocore_keys(lake.assume(role))), "glue", REGION)
        for _ in range(4 * ROUNDS):
            request = AWSRequest("POST", full.endpoint + "/", data=b'{"DatabaseName": "fill_0"}', headers={
                "X-Amz-Target": "AWSGlue.GetTables", "Content-Type": "application/x-amz-json-1.1"})
            signer.add_auth(request)
            began = time.monotonic()
            connection.request("POST", "/", request.data, dict(request.headers))
            text = connection.getresponse().read()
            took.append(time.monotonic() - began)
            assert {table["Name"] for table in json.loads(text)["TableList"]} == visible
        full.stop()
        self.add("GetTables, 100 visible of 10,000 tables", statistics.median(took) * 1000, 20, False, " ms")

    def start(self) -> None:
        """Start to ready, and memory then, with 100,000 tables in the catalog."""
        data = self.home / "many"
        filling = Server(data, "--log-requests", "false").start()
        fill(filling, TABLES)
        filling.stop()
        seconds, memory = [], []
        for _ in range(ROUNDS):
            began = time.monotonic()
            many = Server(data).start()
            seconds.append(time.monotonic() - began)
            memory.append(resident_mb(many))
            many.stop()
        self.add(f"start to ready, {TABLES:,} tables", statistics.median(seconds), 1.0, False, " s")
        self.add("resident memory then", statistics.median(memory), 250, False, " MB")

    def console(self) -> None:
        """What the console adds to the memory of a server, once browsers have loaded all of it."""
        server = Server(self.home / "console", "--log-requests", "false").start()
        files = [path for path in (BUILD.parent / "generated/console/dist").rglob("*") if path.is_file()]
        assert files, "build with the console: scripts/setup, then WEIR_CONSOLE=ON"
        before = resident_mb(server)
        for _ in range(ROUNDS):
            for path in files:
                load(server, "/-/console/" + str(path.relative_to(BUILD.parent / "generated/console/dist")))
        self.add("memory that the console adds, all of it loaded", resident_mb(server) - before, 10, False, " MB")
        server.stop()

    def executions(self) -> None:
        executions_bench.measure(self.home, self.add)

    def facts(self) -> None:
        facts_bench.measure(self.home, self.add)

    def close(self) -> None:
        self.server.stop()
        self.nginx.stop()


def resident_mb(server: Server) -> float:
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024


def load(server: Server, path: str) -> None:
    """As a browser does it: compressed, on a connection of its own."""
    connection = http.client.HTTPConnection(server.endpoint.split("://")[1])
    connection.request("GET", path, headers={"Accept-Encoding": "br, gzip"})
    answer = connection.getresponse()
    assert answer.read() and answer.status == 200, path
    connection.close()


def botocore_keys(clients) -> tuple[str, str, str]:
    keys = clients.credentials
    return keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"]


def append_rate(home: Path, body: bytes) -> float:
    """Plain appends with an fdatasync each, per second."""
    fd = os.open(home / "append", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    began, count = time.monotonic(), 0
    while time.monotonic() - began < SECONDS:
        os.write(fd, body)
        os.fdatasync(fd)
        count += 1
    os.close(fd)
    return count / (time.monotonic() - began)


def machine() -> str:
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    return f"{os.cpu_count()} cores, {model.group(1) if model else platform.machine()}, Linux {platform.release()}"


PARTS = ("http", "operations", "objects", "durable_puts", "library", "listing", "start", "console", "executions", "facts")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=PARTS, help=f"some of {', '.join(PARTS)}; all if none is named")
    parts = parser.parse_args().parts
    home = Path(tempfile.mkdtemp(prefix="weir-bench-"))
    bench = Bench(home)
    try:
        for part in parts:
            getattr(bench, part)()
    finally:
        bench.close()
        shutil.rmtree(home, ignore_errors=True)
    (ROOT / "build" / "bench.json").write_text(json.dumps(
        {"machine": machine(), "figures": [asdict(f) for f in bench.figures]}, indent=2) + "\n")
    print(f"\n{machine()}\n| figure | measured | goal | |\n|---|---|---|---|")
    for figure in bench.figures:
        print(f"| {figure.name} | {figure.value} | {figure.goal} | {'met' if figure.met else 'missed'} |")


if __name__ == "__main__":
    main()
