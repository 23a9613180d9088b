"""`kill -9` in the middle of writes: what was acknowledged is there and right, what was not is there whole or not at all.

Two hundred times the process is killed under five writers at once, each cut off at whatever point its
write had got to. When the process dies is decided by counting acknowledgements, never by waiting.
"""

import hashlib
import itertools
import random
import threading
from dataclasses import dataclass, field

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, EndpointConnectionError, HTTPClientError

from conftest import ACCOUNT, REGION, Server
from lake import role_arn, storage, trust_service

KILLS = 200
BUCKET = "durable"
DATABASE = "durable"
COLUMNS = [("id", "bigint"), ("note", "string")]


def clients_of(server: Server):
    """One client per service that never tries a write twice."""
    key, secret = server.keys()
    def client(service: str):
        return boto3.client(service, endpoint_url=server.endpoint, region_name=REGION, aws_access_key_id=key,
                            aws_secret_access_key=secret,
                            config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}))
    return {service: client(service) for service in ("s3", "glue", "lakeformation", "iam")}


def unless(absent: str, call, **arguments):
    """The answer, or None for the error that says there is no such thing."""
    try:
        return call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == absent, error
        return None


@dataclass
class Writer:
    """One kind of write: `next` chooses a name and its new value, `send` writes it, `found` is what a reader sees."""

    clients: dict
    kept: dict = field(default_factory=dict)   # what was acknowledged last, by name
    under_way: tuple | None = None             # the write no answer came for
    touched: set = field(default_factory=set)  # names of this round

    def __post_init__(self):
        self.numbers = itertools.count()

    def step(self, rng: random.Random) -> None:
        name, value = self.next(rng)
        self.under_way = (name, value)
        self.touched.add(name)
        self.send(name, value)
        self.kept[name] = value
        self.under_way = None

    def settle(self) -> None:
        """After a restart: every name of the round shows its last acknowledged value, or the one under way whole."""
        for name in self.touched:
            shown = self.found(name)
            possible = [self.kept.get(name)]
            if self.under_way and self.under_way[0] == name:
                possible.append(self.under_way[1])
            assert shown in possible, (type(self).__name__, name)
            self.kept[name] = shown
        self.under_way = None
        self.touched = set()


class Objects(Writer):
    """Objects of `size` bytes; every third write replaces one that is there. The value is the SHA-256."""

    size = (0, 4_000)
    prefix = "small"

    def next(self, rng):
        self.body = rng.randbytes(rng.randint(*self.size))
        number = next(self.numbers)
        name = f"{self.prefix}/again-{rng.randint(0, 2)}" if number % 3 == 0 else f"{self.prefix}/{number}"
        return name, hashlib.sha256(self.body).hexdigest()

    def send(self, name, value):
        self.clients["s3"].put_object(Bucket=BUCKET, Key=name, Body=self.body)

    def found(self, name):
        answer = unless("NoSuchKey", self.clients["s3"].get_object, Bucket=BUCKET, Key=name)
        if answer is None:
            return None
        body = answer["Body"].read()
        assert len(body) == answer["ContentLength"] and hashlib.md5(body).hexdigest() == answer["ETag"].strip('"')
        return hashlib.sha256(body).hexdigest()


class LargeObjects(Objects):
    size = (300_000, 300_000)
    prefix = "large"


class Tables(Writer):
    def next(self, rng):
        name = f"t{next(self.numbers)}"
        return name, (f"s3://{BUCKET}/{name}/{rng.random()}/", tuple(COLUMNS))

    def send(self, name, value):
        self.clients["glue"].create_table(DatabaseName=DATABASE, TableInput={
            "Name": name, "StorageDescriptor": storage(value[0], COLUMNS)})

    def found(self, name):
        answer = unless("EntityNotFoundException", self.clients["glue"].get_table, DatabaseName=DATABASE, Name=name)
        if answer is None:
            return None
        shown = answer["Table"]["StorageDescriptor"]
        return shown["Location"], tuple((c["Name"], c["Type"]) for c in shown["Columns"])


class Grants(Writer):
    """Grants and revokes on one table by turns, to one of four roles."""

    def next(self, rng):
        name = role_arn(f"reader-{rng.randint(0, 3)}")
        return name, None if self.kept.get(name) else ("DESCRIBE", "SELECT")

    def send(self, name, value):
        call = self.clients["lakeformation"]
        change = call.grant_permissions if value else call.revoke_permissions
        change(Principal={"DataLakePrincipalIdentifier": name}, Permissions=["SELECT", "DESCRIBE"], Resource=TABLE)

    def found(self, name):
        listed = self.clients["lakeformation"].list_permissions(
            Principal={"DataLakePrincipalIdentifier": name}, Resource=TABLE)["PrincipalResourcePermissions"]
        held = {permission for entry in listed for permission in entry["Permissions"]}
        return tuple(sorted(held)) or None


TABLE = {"Table": {"CatalogId": ACCOUNT, "DatabaseName": DATABASE, "Name": "granted"}}


class Roles(Writer):
    def next(self, rng):
        return f"role-{next(self.numbers)}", f"made as {rng.random()}"

    def send(self, name, value):
        self.clients["iam"].create_role(RoleName=name, Description=value, AssumeRolePolicyDocument=trust_service())

    def found(self, name):
        answer = unless("NoSuchEntity", self.clients["iam"].get_role, RoleName=name)
        return answer and answer["Role"]["Description"]


class Acknowledgements:
    """Counts them over all writers, and wakes whoever waits for a number of them."""

    def __init__(self, writers: int):
        self.count = 0
        self.writers = writers
        self.refused: list[Exception] = []
        self.changed = threading.Condition()

    def add(self) -> None:
        with self.changed:
            self.count += 1
            self.changed.notify()

    def leave(self, refused: Exception | None = None) -> None:
        with self.changed:
            self.writers -= 1
            self.refused += [refused] if refused else []
            self.changed.notify()

    def wait_for(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.count >= count or self.writers == 0, timeout=60)
            assert self.count >= count, "the writers stopped before the server was killed"


def write_until_it_dies(writer: Writer, rng: random.Random, acknowledged: Acknowledgements) -> None:
    try:
        while True:
            writer.step(rng)
            acknowledged.add()
    except (HTTPClientError, EndpointConnectionError):  # the server is gone
        acknowledged.leave()
    except Exception as error:  # it answered, and refused: kept for the test to show
        acknowledged.leave(error)


@pytest.fixture()
def own(tmp_path):
    running = Server(tmp_path / "data").start()
    yield running
    if running.process.poll() is None:
        running.stop()


def test_two_hundred_writers_cut_off_by_kill_lose_nothing_acknowledged_and_show_nothing_half(own):
    port = int(own.endpoint.rsplit(":", 1)[1])
    clients = clients_of(own)
    clients["s3"].create_bucket(Bucket=BUCKET)
    clients["glue"].create_database(DatabaseInput={"Name": DATABASE})
    clients["glue"].create_table(DatabaseName=DATABASE, TableInput={
        "Name": "granted", "StorageDescriptor": storage(f"s3://{BUCKET}/granted/", COLUMNS)})
    for number in range(4):
        clients["iam"].create_role(RoleName=f"reader-{number}", AssumeRolePolicyDocument=trust_service())
    writers = [kind(clients) for kind in (Objects, LargeObjects, Tables, Grants, Roles)]

    cut_off = 0
    for kill in range(KILLS):
        rng = random.Random(kill)
        acknowledged = Acknowledgements(len(writers))
        threads = [threading.Thread(target=write_until_it_dies, args=(w, random.Random(f"{kill}-{i}"), acknowledged))
                   for i, w in enumerate(writers)]
        for thread in threads:
            thread.start()
        acknowledged.wait_for(rng.randint(1, 40))
        own.kill()
        for thread in threads:
            thread.join()
        assert acknowledged.refused == []
        cut_off += sum(writer.under_way is not None for writer in writers)
        own.start(port)
        for writer in writers:
            writer.settle()
    assert cut_off == KILLS * len(writers)

    for writer in writers:  # and still so at the end, for everything ever written
        writer.touched = set(writer.kept)
        writer.settle()
    listed = {entry["Key"] for page in clients["s3"].get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
              for entry in page.get("Contents", [])}
    assert listed == {name for writer in writers[:2] for name, value in writer.kept.items() if value}
    assert own.stop() == 0
