"""The third act: an account asks for personal data, its owner decides by a link in a mail, and what was given ends."""

import json
import re
import subprocess
import time
import urllib.parse
import urllib.request

from sharing import CONSUMER
from stage import ACCOUNT, check, step

OWNER, ADDRESS = "012345678901", "owner@example.org"
TABLE, PERSONAL = "airports", {"pii_flag": "true"}
SECONDS = 15


class Workflow:
    """The owner's account beside the central one and the consumer's, which are the first acts'."""

    def __init__(self, demo, weir, data_dir, database: str, consumer) -> None:
        self.demo, self.data_dir, self.database, self.consumer = demo, data_dir, database, consumer
        subprocess.run([weir, "admin", "create-account", "--data-dir", data_dir, "--id", OWNER, "--name", "owner"],
                       check=True, capture_output=True)

    # --- what people see

    def said(self, *words: str) -> str:
        """A command of weir, shown with its answer."""
        answer = self.demo.weir(*words)
        text = (answer.stdout + answer.stderr).strip()
        print("   $ weir " + " ".join(words).replace(str(self.data_dir), "DATA") + "\n   " + text.replace("\n", "\n   "))
        check(answer.returncode == 0, f"weir {words[0]} {words[1]} did it")
        return text

    def mail(self, subject: str) -> str:
        """The mail with that subject, as the address gets it."""
        found = self.until(lambda: [row for row in json.loads(self.demo.weir(
            "mail", "--json", "--data-dir", str(self.data_dir)).stdout or "[]") if subject in row["Subject"]])
        return self.demo.weir("mail", "show", str(found[-1]["Number"]), "--data-dir", str(self.data_dir)).stdout

    @staticmethod
    def link(mail: str, containing: str) -> str:
        return next(link for link in re.findall(r"https?://\S+", mail) if containing in link)

    @staticmethod
    def until(look, seconds: float = 60):
        """What `look` answers once it answers something."""
        end = time.monotonic() + seconds
        while not (found := look()):
            if time.monotonic() > end:
                raise SystemExit(f"demo: what was waited for did not come within {seconds} seconds")
            time.sleep(0.1)
        return found

    # --- the catalog

    def own(self) -> None:
        """The database says whose it is; the table, that it is personal."""
        glue = self.demo.glue
        glue.update_database(Name=self.database, DatabaseInput={
            "Name": self.database, "Parameters": {"data_owner": OWNER, "data_owner_name": "Airports of the world"}})
        table = glue.get_table(DatabaseName=self.database, Name=TABLE)["Table"]
        kept = {key: table[key] for key in ("Name", "TableType", "StorageDescriptor", "PartitionKeys") if key in table}
        glue.update_table(DatabaseName=self.database, TableInput=kept | {
            "Parameters": table.get("Parameters", {}) | PERSONAL})

    # --- the request

    def request(self, id: str) -> dict:
        return json.loads(self.demo.weir("request", "show", id, "--json").stdout)

    def fulfilled(self, id: str, *states: str) -> dict:
        return self.until(lambda: (found := self.request(id)).get("Fulfilment") in states and found)

    def table_of_consumer(self) -> bool:
        try:
            return bool(self.consumer.glue.get_table(CatalogId=ACCOUNT, DatabaseName=self.database, Name=TABLE))
        except self.consumer.glue.exceptions.ClientError:
            return False


def third_act(flow: Workflow) -> None:
    step("Act three: a workflow in which owners of data decide by mail")
    flow.own()
    outputs = str(flow.data_dir.parent / "cfn-output.json")
    flow.said("mesh", "deploy-central", "--template", "time-bound", "--producer", OWNER, "--database", flow.database,
              "--outputs", outputs)
    flow.said("mesh", "deploy-producer", "--profile", "owner", "--account", OWNER, "--central", ACCOUNT, "--email", ADDRESS)
    urllib.request.urlopen(flow.link(flow.mail("Confirm"), "confirm")).read()
    id = ask(flow)
    approve(flow, id)
    share(flow, id)
    end(flow, id)


def ask(flow: Workflow) -> str:
    step(f"The other account asks for {TABLE}, for {SECONDS} seconds")
    flow.said("request", "create", "--item", f"{flow.database}.{TABLE}", "--for", CONSUMER, "--purpose",
              "where flights begin", "--seconds", str(SECONDS))
    asked = json.loads(flow.demo.weir("request", "list", "--json").stdout)["Requests"][0]
    check(asked["Outcome"]["Sensitive"], "the table holds personal data: its owner is asked")
    check(not flow.table_of_consumer(), "until then nothing is shared")
    return asked["RequestId"]


def approve(flow: Workflow, id: str) -> None:
    step("The owner gets a mail with two links")
    mail = flow.mail(f"{flow.database} - {TABLE}")
    print("   " + mail.strip().replace("\n", "\n   "))
    link = flow.link(mail, "action=approve")
    urllib.request.urlopen(link).read()
    check(flow.request(id)["Decision"] not in ("APPROVED", "DENIED"), "opening a link decides nothing")
    answer = urllib.request.urlopen(link, data=urllib.parse.urlencode({"comment": "for this once"}).encode())
    check(answer.status == 200, "sending the form of its page does")


def share(flow: Workflow, id: str) -> None:
    step("It is shared at once")
    flow.fulfilled(id, "ACTIVE", "AWAITING_RAM")
    for invitation in flow.consumer.invitations("PENDING"):
        flow.consumer.accept(invitation)
    check(flow.table_of_consumer(), f"the other account has {TABLE} in its catalog")


def end(flow: Workflow, id: str) -> None:
    step("And it ends by itself")
    ended = flow.fulfilled(id, "ENDED")
    check(not flow.table_of_consumer(), f"nothing of {TABLE} is left in the other account: {ended['Fulfilment']}")
    flow.said("access", "list", "--request", id)
    (asked,) = ended["Approvals"]
    said = flow.said("approvals", "show", asked["ApprovalId"])
    check(ADDRESS in said and "for this once" in said, "who gave it, and why, is on record")
