"""The workflow in words: a mesh of four accounts with a mail server, requests, mails, and the links that are in them."""

import html.parser
import json
import re
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from aws_cli_test import CLIS
from conftest import Server
from lake import Lake
from mesh_words import CENTRAL, CONSUMER, MACHINE, MEMBER, PRODUCER, make_account, mesh
from sharing_words import Account
from sns_delivery_test import Relay
from sns_words import body_of, fetch, link_in, wait_for
from states_words import ended, states_client
from weir_words import weir_client

PLAIN, PERSONAL = "orders", "customers"
COLUMNS = [("id", "bigint"), ("dept", "string"), ("country", "string"), ("secret", "string")]
ROWS = [(1, "hr", "us", "a"), (2, "hr", "de", "b"), (3, "it", "us", "c"), (4, "it", "de", "d")]
OWNER, SECOND = "owner@example.org", "second@example.org"


class World:
    """Central C, producer P, consumers K (on its own) and K2 (in C's organization), and a mail server."""

    def __init__(self, directory, *options: str):
        self.relay = Relay(directory)
        self.outputs = directory / "outputs"
        self.outputs.mkdir()
        self.server = Server(directory / "data", *self.relay.options(), *options,
                             env={"WEIR_SMTP_PASSWORD": "relay secret"}).start()
        self.central = self.server.session()
        self.producer, self.consumer, self.member = (
            make_account(self.server, number) for number in (PRODUCER, CONSUMER, MEMBER))
        self.states = states_client(self.server)
        self.weir = weir_client(self.central)

    # --- setting up

    def organize(self) -> None:
        """K2 joins C's organization, in which sharing needs no invitations."""
        self.central.organizations.create_organization(FeatureSet="ALL")
        handshake = self.central.organizations.invite_account_to_organization(
            Target={"Id": MEMBER, "Type": "ACCOUNT"})["Handshake"]["Id"]
        self.member.organizations.accept_handshake(HandshakeId=handshake)
        self.central.ram.enable_sharing_with_aws_organization()

    def build_lake(self) -> None:
        """Three tables of P's data in C's catalog; a column of one holds personal data."""
        self.lake = Lake(self.server, self.central, "sales").build()
        self.lake.trust_engines(ExternalDataFilteringAllowList=[
            {"DataLakePrincipalIdentifier": account} for account in (CENTRAL, CONSUMER, MEMBER)])
        for name in (PLAIN, PERSONAL):
            self.lake.table(name, COLUMNS, ROWS)
        self.lake.table("returns", COLUMNS[:1], [(1,)])
        self.flag_column(PERSONAL, "secret", "true")

    def flag_column(self, table: str, column: str, value: str) -> None:
        shown = self.central.glue.get_table(DatabaseName="sales", Name=table)["Table"]
        for one in shown["StorageDescriptor"]["Columns"]:
            if one["Name"] == column:
                one["Parameters"] = {"pii_flag": value}
        self.central.glue.update_table(DatabaseName="sales", TableInput={
            key: shown[key] for key in ("Name", "TableType", "StorageDescriptor")})

    def aws(self, *words: str, profile: str = "default"):
        """What the command line of AWS, version 2, answers."""
        done = subprocess.run([CLIS["v2"], *words, "--profile", profile, "--output", "json", "--endpoint-url",
                               self.server.endpoint], env=self.server.cli_env, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, (words, done.stderr)
        return json.loads(done.stdout) if done.stdout.strip() else None

    def own_database(self) -> None:
        """Its parameters, by the sample's own commands."""
        file = self.outputs / "sales.json"
        file.write_text(json.dumps({"Name": "sales", "Parameters": {
            "data_owner": PRODUCER, "data_owner_name": "Sales", "pii_flag": "false"}}))
        assert self.aws("glue", "get-database", "--name", "sales")["Database"]["CatalogId"] == CENTRAL
        self.aws("glue", "update-database", "--name", "sales", "--database-input", f"file://{file}")

    def deploy(self, *owners: str) -> None:
        mesh(self.server, "deploy-central", "--producer", PRODUCER, "--database", "sales", "--template", "time-bound",
             cwd=self.outputs)
        emails = [word for owner in owners for word in ("--email", owner)]
        mesh(self.server, "deploy-producer", "--account", PRODUCER, "--central", CENTRAL, *emails, profile=PRODUCER)

    def confirm(self, address: str) -> None:
        assert fetch(link_in(body_of(self.mail(address, "Confirm")), "confirm"))[0] == 200

    def restart(self) -> None:
        port = int(self.server.endpoint.rsplit(":", 1)[1])
        assert self.server.stop() == 0
        self.server.start(port)

    def close(self) -> None:
        assert self.server.stop() == 0
        self.relay.controller.stop()

    # --- asking

    def ask(self, table: str = PERSONAL, account: str = CONSUMER, name: str | None = None) -> str:
        """An execution, started as the user interface of the sample starts it; its ARN."""
        asked = {"source": {"database": "sales", "table": table}, "target": {"account_id": account}}
        named = {"name": name} if name else {}
        return self.states.start_execution(stateMachineArn=MACHINE, input=json.dumps(asked), **named)["executionArn"]

    def status(self, execution: str) -> str:
        return self.states.describe_execution(executionArn=execution)["status"]

    def end(self, execution: str, seconds: float = 30) -> dict:
        return ended(self.states, execution, seconds)

    def token(self, execution: str) -> str:
        """The task token that a callback was given, as only who may read the history sees it."""
        events = self.states.get_execution_history(executionArn=execution)["events"]
        asked = [json.loads(e["taskScheduledEventDetails"]["parameters"])["Payload"] for e in events
                 if e["type"] == "TaskScheduled"]
        return next(payload["TaskToken"] for payload in asked if "TaskToken" in payload)

    def request(self, target: str = CONSUMER, **more) -> dict:
        """A request of the central administrator for access to the personal data, once its owner is asked."""
        made = self.weir.create_access_request(Items=[{"Database": "sales", "Table": PERSONAL}], Target=target, **more)
        return wait_for(lambda: (shown := self.shown(made["RequestId"]))["Approvals"] and shown, what="the question")

    def shown(self, id: str) -> dict:
        return self.weir.get_access_request(RequestId=id)

    def until_decided(self, id: str) -> dict:
        return wait_for(lambda: (shown := self.shown(id))["Decision"] not in ("SUBMITTED", "PENDING") and shown,
                        60, "the decision")

    def until_fulfilled(self, id: str, *states: str) -> dict:
        return wait_for(lambda: (shown := self.shown(id))["Fulfilment"] in states and shown, 60, str(states))

    # --- mails

    def mails(self, address: str, subject: str = "") -> list:
        return [mail for _, to, mail in self.relay.mails if address in to and subject in str(mail["Subject"])]

    def mail(self, address: str, subject: str = "", count: int = 1):
        """The newest mail to an address, once there are `count`."""
        return wait_for(lambda: len(found := self.mails(address, subject)) >= count and found,
                        what=f"mail to {address}: {subject}")[-1]

    def question(self, count: int = 1, address: str = OWNER, about: str = PERSONAL) -> dict:
        """The links of the newest question about a table: {"approve": ..., "deny": ...}."""
        text = body_of(self.mail(address, f"sales - {about}", count))
        return {action: link_in(text, f"action={action}") for action in ("approve", "deny")}

    # --- sharing

    def permissions(self, account: str) -> list[dict]:
        listed = self.central.lakeformation.list_permissions(Principal={"DataLakePrincipalIdentifier": account})
        return [row for row in listed["PrincipalResourcePermissions"]
                if row["Principal"]["DataLakePrincipalIdentifier"] == account]

    def invitations(self, clients) -> list[dict]:
        return Account(self.server, clients, "").invitations()


class Form(html.parser.HTMLParser):
    """The form of a page: where it goes, and what a browser sends when nobody changes anything."""

    def __init__(self, page: str):
        super().__init__()
        self.action, self.method, self.fields = "", "", {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.action, self.method = given.get("action", ""), given.get("method", "get").lower()
        chosen = given.get("type") not in ("radio", "checkbox") or "checked" in given
        if tag in ("input", "textarea") and chosen:
            self.fields[given["name"]] = given.get("value", "")


def browse(url: str, form: dict | None = None) -> tuple[int, str]:
    """Status and page, as a browser asks for it; a refusal is an answer, too."""
    data = None if form is None else urllib.parse.urlencode(form).encode()
    request = urllib.request.Request(url, data=data, headers={"Accept": "text/html"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def decide(link: str, **fields: str) -> tuple[int, str]:
    """What a person does: opens the link, and sends the form that the page shows, with these fields filled in."""
    status, page = browse(link)
    if status != 200:
        return status, page
    form = Form(page)
    assert form.method == "post", page
    return browse(urllib.parse.urljoin(link, form.action), form.fields | fields)


def tampered(link: str) -> str:
    """The same link with one character of its token changed."""
    at = re.search("token=", link).end() + 20
    return link[:at] + ("A" if link[at] != "A" else "B") + link[at + 1:]
