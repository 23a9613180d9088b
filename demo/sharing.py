"""The second act: a producer shares a table with another account, whose analyst queries it through a link."""

import json
import subprocess

import boto3
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stage import ACCOUNT, EXTERNAL_ID, TAG, check, engine_role, step

CONSUMER = "444455556666"
ANALYST = f"arn:aws:iam::{CONSUMER}:role/analyst"
LINKS, SHARED_COLUMNS, PASSED_ON = "partners", ["date", "origin", "destination", "delay"], ["date", "origin", "delay"]
QUERY = "select count(*) as flights, max(delay) as latest from flights"


class Sharing:
    """The consumer's administrator beside the producer's, who is the first act's."""

    def __init__(self, demo, weir, data_dir, database: str) -> None:
        self.demo, self.producer, self.database = demo, demo.lf, database
        subprocess.run([weir, "admin", "create-account", "--data-dir", data_dir, "--id", CONSUMER, "--name", "consumer"],
                       check=True, capture_output=True)
        session = boto3.Session(profile_name="consumer")
        self.iam, self.glue, self.lf, self.ram, self.sts = (
            session.client(name) for name in ("iam", "glue", "lakeformation", "ram", "sts"))

    @property
    def flights(self) -> dict:
        return {"CatalogId": ACCOUNT, "DatabaseName": self.database}

    @property
    def some_columns(self) -> dict:
        return {"TableWithColumns": self.flights | {"Name": "flights", "ColumnNames": SHARED_COLUMNS}}

    @staticmethod
    def grant_to(principal: str, resource: dict, permissions: list[str], option: list[str] = ()) -> dict:
        return {"Principal": {"DataLakePrincipalIdentifier": principal}, "Resource": resource,
                "Permissions": permissions, "PermissionsWithGrantOption": list(option)}

    # --- the producer

    def share(self) -> None:
        settings = self.producer.get_data_lake_settings()["DataLakeSettings"]
        settings["ExternalDataFilteringAllowList"].append({"DataLakePrincipalIdentifier": CONSUMER})
        self.producer.put_data_lake_settings(DataLakeSettings=settings)
        self.producer.grant_permissions(**self.grant_to(CONSUMER, self.some_columns, ["SELECT"], ["SELECT"]))

    def take_back(self) -> None:
        self.producer.revoke_permissions(**self.grant_to(CONSUMER, self.some_columns, ["SELECT"], ["SELECT"]))

    # --- the consumer

    def invitations(self, status: str) -> list[dict]:
        found = self.ram.get_resource_share_invitations()["resourceShareInvitations"]
        return [one for one in found if one["status"] == status]

    def accept(self, invitation: dict) -> None:
        self.ram.accept_resource_share_invitation(
            resourceShareInvitationArn=invitation["resourceShareInvitationArn"])

    def pass_on(self) -> None:
        """A link, and for the analyst fewer columns and fewer rows than came."""
        engine_role(self.iam, self.sts.get_caller_identity()["Arn"], "analyst")
        self.glue.create_database(DatabaseInput={"Name": LINKS})
        self.glue.create_table(DatabaseName=LINKS, TableInput={"Name": "flights", "TargetTable": self.flights | {
            "Name": "flights"}})
        filter = {"TableCatalogId": ACCOUNT, "DatabaseName": self.database, "TableName": "flights", "Name": "from-lax"}
        self.lf.create_data_cells_filter(TableData=filter | {
            "RowFilter": {"FilterExpression": "origin = 'LAX'"}, "ColumnNames": PASSED_ON})
        link = {"Table": {"CatalogId": CONSUMER, "DatabaseName": LINKS, "Name": "flights"}}
        self.lf.grant_permissions(**self.grant_to(ANALYST, link, ["DESCRIBE"]))
        self.lf.grant_permissions(**self.grant_to(ANALYST, {"DataCellsFilter": filter}, ["SELECT"]))

    # --- asking

    def query(self, sql: str) -> subprocess.CompletedProcess:
        return self.demo.weir("query", "--profile", "consumer", "--role-arn", ANALYST, "--external-id", EXTERNAL_ID,
                              "--session-tag", TAG, "--database", LINKS, "--format", "json", sql)

    def diagnose(self) -> subprocess.CompletedProcess:
        answer = self.demo.weir("share", "diagnose", "--profile", "consumer", "--from", ACCOUNT, "--to", CONSUMER,
                                "--resource", f"{self.database}.flights", "--principal", ANALYST)
        print("   " + (answer.stdout + answer.stderr).strip().replace("\n", "\n   "))
        return answer


def second_act(sharing: Sharing, data) -> None:
    step("Act two: share four columns of flights with another account")
    sharing.share()
    check("share" in sharing.diagnose().stdout.splitlines()[-1], "weir share diagnose names what comes next")
    step("The other account accepts the invitation, makes a link, and passes less on to its analyst")
    (invitation,) = sharing.invitations("PENDING")
    sharing.accept(invitation)
    check(sharing.invitations("PENDING") == [], f"{invitation['resourceShareName']} is accepted")
    sharing.pass_on()
    check(sharing.diagnose().returncode == 0, "no step is missing any more")
    read_through_link(sharing, data)
    step("The producer takes it back: nothing is left of it in the other account")
    sharing.take_back()
    refused = sharing.query(QUERY)
    print("   " + refused.stderr.strip().replace("\n", "\n   "))
    check(refused.returncode != 0, "the analyst's next query is refused")
    check(sharing.diagnose().returncode == 2, "and diagnose says whose turn it is")


def read_through_link(sharing: Sharing, data) -> None:
    step("The analyst queries the link")
    print(f"   {QUERY}")
    answer = sharing.query(QUERY)
    check(answer.returncode == 0, "the query ran for the analyst" + answer.stderr)
    print("   " + answer.stdout.strip())
    expected = pq.read_table(data / "flights-3m.parquet", columns=["origin"])
    los_angeles = pc.sum(pc.equal(expected["origin"], "LAX")).as_py()
    (row,) = json.loads(answer.stdout)
    check(row["flights"] == los_angeles, f"the analyst counts the {los_angeles:,} flights from Los Angeles and no other")
    for column, why in (("distance", "the producer kept it"), ("destination", "the analyst's account kept it")):
        hidden = sharing.query(f"select {column} from flights limit 1")
        check(hidden.returncode != 0 and column in hidden.stderr, f"there is no column {column}: {why}")
