"""What the console weighs: for who opens it, and for the server that has it."""

from pathlib import Path

from playwright.sync_api import expect

from .conftest import sign_in

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


def test_the_server_holds_it_in_10_megabytes(console_server, browser):
    """The pages are part of the program's file: what a browser never asked for is not in memory."""
    from .conftest import Console
    before = resident(console_server.process.pid)
    console = Console(console_server, browser)
    page = console.page()
    page.goto(console.url)
    expect(page.get_by_label("User name")).to_be_visible()
    console.close()
    assert resident(console_server.process.pid) - before <= 10 * KILOBYTE * KILOBYTE
