"""From an empty server to an approved query, by mail and browser only: what somebody's first day looks like.

The server's address and the one-time password that it prints, a mail server, two people with a browser each. What is
made over the API beside them is the lake itself: its data, and the policy that says who is asked.
"""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from conftest import Server, first_password
from lake import Lake
from people_words import PeopleClients
from request_words import MACHINE_MAY
from sharing_words import all_tables, grant
from sns_delivery_test import Relay
from sns_words import body_of, wait_for
from states_words import machine_role
from weir_words import weir_client

from .asking_words import ADMINISTRATORS, PEOPLE, stands
from .conftest import Console, picture, sign_in

OWN = "My-0wn-passw0rd"
ROWS = [(1, "ada@example.org", "NL"), (2, "ben@example.org", "DE"), (3, "cas@example.org", "NL")]


@pytest.fixture
def relay(tmp_path):
    relay = Relay(tmp_path)
    yield relay
    relay.controller.stop()


@pytest.fixture
def fresh(tmp_path, relay, browser):
    """The console of a server that was started for the first time, and the one-time password that it printed."""
    server = Server(tmp_path / "data", *relay.options(), env={"WEIR_SMTP_PASSWORD": "relay secret"}, console=True).start()
    password = None
    while password is None:
        password = first_password(server.process.stdout.readline())
    console = Console(server, browser)
    yield console, password
    console.close()
    assert server.stop() == 0


def first_sign_in(console: Console, name: str, temporary: str) -> Page:
    """Signs in with a temporary password, which has to be changed."""
    page = console.page()
    page.goto(console.url)
    sign_in(page, name, temporary)
    expect(page.get_by_text("Choose a password")).to_be_visible()
    picture(page, f"first-sign-in-{name}")
    page.get_by_label("New password").fill(OWN)
    page.get_by_role("button", name="Set password").click()
    expect(page.get_by_role("button", name=name).first).to_be_visible()
    return page


def lake_with_customers(console: Console) -> Lake:
    """People see that `customers` is there; what is in it they have to ask the administrators for."""
    lake = Lake(console.server, PeopleClients(console.server.endpoint, *console.server.keys(), None), "shop").build()
    lake.table("customers", [("id", "bigint"), ("email", "string"), ("country", "string")], ROWS)
    role, option = machine_role(lake.admin, *MACHINE_MAY), ["SELECT", "DESCRIBE"]
    grant(lake.admin.lakeformation, all_tables(lake.database), role, option, option)
    lake.grant(PEOPLE, ["DESCRIBE"], {"Database": {"Name": lake.database}})
    lake.grant(PEOPLE, ["DESCRIBE"], all_tables(lake.database))
    weir_client(lake.admin).put_approval_policy(Policy=json.dumps({
        "Version": "2026-11-01", "Template": "two-step", "RoleArn": role, "Rules": [{
            "Name": "customers", "When": {"Databases": [lake.database]},
            "Then": {"Require": [{"Name": "owner", "Approvers": [ADMINISTRATORS]}], "PurposeRequired": True}}]}))
    return lake


def invite(page: Page, console: Console, name: str, address: str) -> None:
    page.goto(console.url + "people")
    page.get_by_role("button", name="Invite").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("User name").fill(name)
    dialog.get_by_label("Mail address").fill(address)
    dialog.get_by_role("button", name="Send invitation").click()
    expect(page.get_by_text(f"The mail with the temporary password goes to {address}.")).to_be_visible()


def temporary_password(relay: Relay, address: str) -> str:
    mail = wait_for(lambda: [mail for _, to, mail in relay.mails if to == [address]], what=f"the mail to {address}")[0]
    return re.search(r"temporary password is (\S+)", body_of(mail))[1]


def query(page: Page, console: Console, sql: str) -> None:
    page.goto(console.url + "sql?database=shop")
    page.get_by_role("textbox", name="Query").fill(sql)
    page.get_by_role("textbox", name="Query").press("Control+Enter")


def test_from_the_first_mail_to_the_approved_query(fresh, relay):
    console, one_time = fresh
    admin = first_sign_in(console, "admin", one_time)
    lake_with_customers(console)
    invite(admin, console, "ada", "ada@example.org")

    ada = first_sign_in(console, "ada", temporary_password(relay, "ada@example.org"))
    expect(ada.get_by_role("link", name="shop")).to_be_visible()
    picture(ada, "whole-path-1-databases")
    query(ada, console, "SELECT * FROM customers")
    expect(ada.get_by_role("grid", name="Result")).to_have_count(0)
    ada.get_by_role("link", name="Why?").first.click()
    expect(ada.get_by_role("heading", name="Denied", level=2)).to_be_visible()
    proof = ada.get_by_role("group", name="How it was decided")
    expect(proof.get_by_role("button", name="shut: this decided")).to_have_count(1)
    proof.evaluate("(drawn) => drawn.scrollIntoView({block: 'center'})")
    picture(ada, "whole-path-why")

    ada.goto(console.url + "databases/shop/customers")
    ada.get_by_role("main").get_by_role("link", name="Request access").click()
    expect(ada.get_by_text("People decide about this.")).to_be_visible()
    ada.get_by_label("Purpose").fill("How many customers there are in each country")
    picture(ada, "whole-path-2-request")
    ada.get_by_role("button", name="Send the request").click()
    stands(ada, "Waiting for approval")
    request = ada.url

    admin.goto(console.url + "approvals")
    picture(admin, "whole-path-3-inbox")
    admin.get_by_role("link", name="shop.customers").click()
    admin.get_by_role("button", name="Take out email").click()
    admin.get_by_label("Comment").fill("The addresses are not needed for that")
    picture(admin, "whole-path-4-approval")
    admin.get_by_role("button", name="Approve with less").click()
    expect(admin.get_by_text("Already decided: Approved")).to_be_visible()

    ada.goto(request)
    stands(ada, "Active")
    picture(ada, "whole-path-5-granted")
    query(ada, console, "SELECT * FROM customers ORDER BY id")
    rows = ada.get_by_role("grid", name="Result").locator("tbody tr")
    expect(rows).to_have_count(3, timeout=20_000)  # the first query starts the engine
    assert [row.locator("td, th").all_inner_texts() for row in rows.all()] == [[str(id), land] for id, _, land in ROWS]
    picture(ada, "whole-path-6-rows")
