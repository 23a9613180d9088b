"""A server with its console, and people who look at it in a headless Chromium.

Pictures that tests take are kept in build/pictures/.
"""

import json
import shutil
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from conftest import ROOT, Server
from people_words import PASSWORD, PeopleClients

PICTURES = ROOT / "build" / "pictures"
DESK = {"width": 1280, "height": 900}
TELEPHONE = {"width": 390, "height": 844}
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
# Quiet: a browser of a test talks to the test's server and to nobody else.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]
expect.set_options(timeout=20_000)  # a machine that does other work, too, is no fault of a page


@dataclass
class Console:
    """The console of a server, and what an administrator does beside it."""

    server: Server
    browser: Browser
    known: dict[str, BrowserContext] = field(default_factory=dict)  # browsers that somebody signed in with for several tests
    contexts: list[BrowserContext] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    also_asked: tuple[str, ...] = ()  # other addresses that pages of the test may ask; the console asks none by itself

    def __post_init__(self):
        self.admin = PeopleClients(self.server.endpoint, *self.server.keys(), None)
        self.url = self.server.endpoint.rstrip("/") + "/-/console/"
        with urllib.request.urlopen(self.url + "config.json") as answer:
            self.config = json.load(answer)

    def person(self, name: str, *groups: str, email: str | None = None, **attributes: str) -> str:
        """Somebody of the console's pool with PASSWORD and a verified mail address; their name."""
        pool = self.config["userPoolId"]
        attributes = {"email": email or f"{name}@example.org", "email_verified": "true"} | attributes
        self.admin.cognito_idp.admin_create_user(
            UserPoolId=pool, Username=name, MessageAction="SUPPRESS", TemporaryPassword="Temp0rary!",
            UserAttributes=[{"Name": key, "Value": value} for key, value in attributes.items()])
        self.admin.cognito_idp.admin_set_user_password(UserPoolId=pool, Username=name, Password=PASSWORD, Permanent=True)
        for group in groups:
            self.admin.cognito_idp.admin_add_user_to_group(UserPoolId=pool, Username=name, GroupName=group)
        return name

    def page(self, size: dict = DESK, **options) -> Page:
        """A page of a browser that nobody used before."""
        context = self._browser(size, **options)
        self.contexts.append(context)
        return self._page_in(context)

    def signed_in(self, name: str, path: str = "", password: str = PASSWORD, **options) -> Page:
        """A page of somebody who has signed in, at `path` below the console's address, in a browser of their own."""
        page = self.page(**options)
        page.goto(self.url + path.lstrip("/"))
        return self._enter(page, name, password)

    def administrator(self, path: str = "") -> Page:
        """A page of one of the administrators, where signing in is not what is tested: the same person for all tests of a module."""
        return self._known_at("console-keeper", ("administrators",), path)

    def somebody(self, path: str = "") -> Page:
        """The same of somebody who is in no group."""
        return self._known_at("console-guest", (), path)

    def close(self) -> None:
        """Closes what the test opened, and says what went wrong in it unseen."""
        faults = [fault for page in self.pages for fault in page.faults]
        while self.pages:
            self.pages.pop().close()
        while self.contexts:
            self.contexts.pop().close()
        assert not faults, faults

    def _browser(self, size: dict = DESK, **options) -> BrowserContext:
        return self.browser.new_context(viewport=size, reduced_motion="reduce", **options)

    def _page_in(self, context: BrowserContext) -> Page:
        """A page in which a script's error, something that its policy blocks, or a request to another host fails the test."""
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("request", lambda request: page.faults.append("asked elsewhere: " + request.url)
                if not request.url.startswith((self.server.endpoint, "data:", "blob:", *self.also_asked)) else None)
        page.on("console", lambda said: page.faults.append(said.text) if "Content Security Policy" in said.text else None)
        self.pages.append(page)
        return page

    def _enter(self, page: Page, name: str, password: str) -> Page:
        sign_in(page, name, password)
        expect(page.get_by_role("navigation").first).to_be_attached()
        return page

    def _known_at(self, name: str, groups: tuple[str, ...], path: str) -> Page:
        first = name not in self.known
        if first:
            self.known[name] = self._browser()
        page = self._page_in(self.known[name])
        page.goto(self.url + path.lstrip("/"))
        return self._enter(page, self.person(name, *groups), PASSWORD) if first else page


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def picture(page: Page, name: str) -> None:
    """Keeps what the page shows as build/pictures/<name>.png."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def unreadable(page: Page) -> list[str]:
    """What axe-core finds on the page against WCAG 2.1 A and AA: rule, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
    return [f"{violation['id']}: {node['target']}" for violation in found["violations"] for node in violation["nodes"]]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def console_server(tmp_path_factory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("console") / "data", console=True).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def known(console_server) -> Iterator[dict[str, BrowserContext]]:
    """Browsers of people who are signed in for all tests of a module, by name."""
    found: dict[str, BrowserContext] = {}
    yield found
    for context in found.values():
        context.close()


@pytest.fixture
def console(console_server, browser, known) -> Iterator[Console]:
    """A console, the same server for the tests of a module; every test has pages of its own, and browsers where it asks for them."""
    found = Console(console_server, browser, known)
    yield found
    found.close()
