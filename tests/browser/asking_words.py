"""What browser tests of requests and approvals share: a desk whose catalog people of the console may ask for."""

import json

from playwright.sync_api import Page, expect

from conftest import ACCOUNT, Server
from people_words import PeopleClients
from request_words import Desk
from sharing_words import all_tables, grant

from .conftest import Console
from .page_words import MARKUP

ADMINISTRATORS = f"arn:aws:iam::{ACCOUNT}:role/WeirConsoleAdministrator"
PEOPLE = f"arn:aws:iam::{ACCOUNT}:role/WeirConsoleUser"


def asking_desk(server: Server) -> Desk:
    """`orders` is approved at once, `people` is asked about, `secrets` is denied; everybody sees that they are there."""
    desk = Desk(server, PeopleClients(server.endpoint, *server.keys(), None))
    desk.table("secrets", [("id", "int")])
    grant(desk.admin.lakeformation, all_tables(desk.database), PEOPLE, ["DESCRIBE"])
    set_policy(desk)
    return desk


def set_policy(desk: Desk, *rules: dict) -> None:
    desk.policy(
        *rules,
        {"Name": "never", "When": {"Tables": ["secrets"]}, "Then": {"Deny": f"never given away {MARKUP}"}},
        {"Name": "personal data", "When": {"Sensitive": True}, "Then": {
            "Require": [{"Name": "owner", "Approvers": [ADMINISTRATORS], "TimeoutSeconds": 86400}],
            "PurposeRequired": True}},
        Template="two-step")


def ask_for(page: Page, console: Console, desk: Desk, table: str, purpose: str) -> str:
    """Fills in and sends a request for a table; the path of its page."""
    page.goto(f"{console.url}request?database={desk.database}&table={table}")
    page.get_by_label("Purpose").fill(purpose)
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("heading", name="Request for")).to_be_visible()
    return page.url.removeprefix(console.url)


def stands(page: Page, state: str) -> None:
    """Waits until the request that the page shows stands so."""
    expect(page.get_by_text(state, exact=True).first).to_be_visible(timeout=20_000)


def entered(page: Page) -> bool:
    """Whether markup of somebody's words became part of the page."""
    return page.evaluate("window.entered === 1 || document.querySelector('img[src=\"x\"]') !== null")


def make_role(desk: Desk, name: str, document: str) -> str:
    """A role that people of the console's pool can have, with these rights."""
    trust = desk.admin.iam.get_role(RoleName="WeirConsoleUser")["Role"]["AssumeRolePolicyDocument"]
    made = desk.admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    desk.admin.iam.put_role_policy(RoleName=name, PolicyName="may", PolicyDocument=document)
    return made
