"""What the console weighs: for who opens it, and for the server that has it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from conftest import Server

from .conftest import Console, sign_in

KILOBYTE = 1000


def test_the_first_page_is_there_with_600_kilobytes(console):
    """From the empty browser to the first list after signing in, as it travels."""
    page = console.page()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[int] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(console.url)
    sign_in(page, console.person("weigher"))
    expect(page.get_by_role("heading", name="Databases", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert sum(sizes) <= 600 * KILOBYTE, f"{sum(sizes)} bytes in {len(sizes)} answers"


def resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS:")).split()[1]) * 1024


@pytest.fixture
def untouched(tmp_path, browser) -> Iterator[Console]:
    """The console of a server that has answered calls, and given out no page yet."""
    server = Server(tmp_path / "data", console=True).start()
    console = Console(server, browser)
    yield console
    console.close()
    server.stop()


def test_the_server_holds_it_in_10_megabytes(untouched):
    """The pages are part of the program's file: what a browser never asked for is not in memory."""
    before = resident(untouched.server.process.pid)
    page = untouched.page()
    page.goto(untouched.url)
    expect(page.get_by_label("User name")).to_be_visible()
    assert resident(untouched.server.process.pid) - before <= 10 * KILOBYTE * KILOBYTE
