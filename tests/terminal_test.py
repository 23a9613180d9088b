"""`weir query` at a terminal: a line of progress on standard error, and Ctrl-C ends the query, not the lake."""

import os
import pty
import select
import signal
import subprocess
import time

import pytest

from conftest import WEIR
from lake import EXTERNAL_ID, SESSION_TAG, Lake

ROWS = 2_000
# Eight thousand million pairs: longer than anybody waits, in bounded memory.
ENDLESS = "SELECT count(*) FROM {t} a, {t} b, {t} c WHERE a.id + b.id * c.id = -1"


@pytest.fixture(scope="module")
def asking(server, admin):
    lake = Lake(server, admin, "terminal").build()
    lake.table("numbers", [("id", "bigint")], [(i,) for i in range(ROWS)])
    role = lake.role("reader")
    lake.grant(role, ["SELECT"], lake.whole("numbers"))
    arguments = ["query", "--role-arn", role, "--external-id", EXTERNAL_ID, "--session-tag", SESSION_TAG, "--threads", "1"]

    def ask(sql: str, **streams) -> subprocess.Popen:
        return subprocess.Popen([WEIR, *arguments, sql.format(t=f"{lake.database}.numbers")], env=server.cli_env, **streams)

    return ask


def read_until(descriptor: int, wanted: bytes, seconds: float = 60) -> bytes:
    """What the terminal shows until `wanted` is there."""
    seen, deadline = b"", time.monotonic() + seconds
    while wanted not in seen:
        ready, _, _ = select.select([descriptor], [], [], max(0, deadline - time.monotonic()))
        assert ready, f"nothing like {wanted!r} in {seen!r}"
        seen += os.read(descriptor, 4096)
    return seen


def test_a_long_query_shows_its_progress_and_is_cancelled_by_ctrl_c(asking):
    ours, theirs = pty.openpty()
    running = asking(ENDLESS, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    assert b" s, " in read_until(ours, b"bytes")
    running.send_signal(signal.SIGINT)
    assert b"cancel" in read_until(ours, b"cancel").lower()
    assert running.wait(timeout=60) not in (0, None)
    assert running.stdout.read() == b""


def test_no_progress_is_drawn_into_a_file(asking):
    done = asking("SELECT count(*) FROM {t} a, {t} b", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, errors = done.communicate(timeout=60)
    assert done.returncode == 0 and str(ROWS * ROWS).encode() in out and errors == b""


def test_ctrl_c_leaves_the_lake_answering(asking):
    running = asking(ENDLESS, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    after = asking("SELECT count(*) FROM {t}", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, _ = after.communicate(timeout=60)
    assert after.returncode == 0 and str(ROWS).encode() in out
