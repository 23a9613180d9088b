"""The matrix of sharing: to whom, in which cross-account version, what; and then which share there is, who is invited,
what the consumer sees before and after it accepts, and what its people read."""

import json
import re
import subprocess
from dataclasses import dataclass

import pytest

from aws_cli_test import CLIS, Cli
from conftest import WEIR, Server
from iam_words import refused
from organizations_test import make_account, new_unit
from lake import SESSION_TAG
from sharing_doors import (DATABASE, NAMES, Owner, described, engine, key_of, member, readable, refusal, s3_status,
                           selected, vend)
from sharing_words import OUTSIDE, Account, change, database, grant, listed, revoke, who

VERSIONS = (1, 2, 3, 4, 5)
DENIED, INVALID = "AccessDeniedException", "InvalidInputException"


@dataclass(frozen=True)
class Kind:
    """What is shared, and what comes of it."""
    resource: str  # what of Owner it is
    permissions: tuple
    seen: dict  # table -> the columns of it that the consumer is shown
    rows: str | None = None  # the row filter of orders
    whole_database: bool = False  # and not its name alone
    data: bool = True

    def of(self, owner: Owner) -> dict:
        return {"filter": lambda: owner.filter, "columns": lambda: owner.columns("id", "dept")}.get(
            self.resource, getattr(owner, self.resource))()


KINDS = {
    "database": Kind("database", ("DESCRIBE",), {}, whole_database=True, data=False),
    "table": Kind("table", ("SELECT",), {"orders": NAMES}),
    "all_tables": Kind("all_tables", ("SELECT",), {"orders": NAMES, "customers": NAMES}),
    "columns": Kind("columns", ("SELECT",), {"orders": ("id", "dept")}),
    "filter": Kind("filter", ("SELECT",), {"orders": ("id", "dept", "country")}, rows="\"dept\" = 'hr'"),
    "tag_policy": Kind("policy", ("SELECT", "DESCRIBE"), {"orders": NAMES}),
}


@dataclass(frozen=True)
class Relation:
    """To whom the owner grants, seen from the organization."""
    invited: bool
    to_one: bool = False  # a principal, and not its account
    least: int = 1  # the first version that has it
    least_with_tags: int = 1


RELATIONS = {
    "member_sharing_on": Relation(invited=False),
    "member_sharing_off": Relation(invited=True),
    "outside": Relation(invited=True),
    "unit": Relation(invited=False, least_with_tags=3),
    "principal": Relation(invited=True, to_one=True, least=3),
}
NEEDS = {"unit": "Grants on LF-Tags to an organization or organizational unit need CROSS_ACCOUNT_VERSION 3 or above",
         "principal": "Grants to principals of other accounts need CROSS_ACCOUNT_VERSION 3 or above"}


def is_refused(relation: str, version: int, kind: str) -> bool:
    least = RELATIONS[relation].least_with_tags if kind == "tag_policy" else RELATIONS[relation].least
    return version < max(least, RELATIONS[relation].least)


CELLS = [(relation, version, kind) for relation in RELATIONS for version in VERSIONS for kind in KINDS]
SHARED = [cell for cell in CELLS if not is_refused(*cell)]
REFUSED = [cell for cell in CELLS if is_refused(*cell)]


def name_of(cell: tuple) -> str:
    return f"{cell[0]}-V{cell[1]}-{cell[2]}"


# --- the accounts


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("matrix") / "data").start()
    yield running
    assert running.stop() == 0


class Consumer:
    """An account, what an owner grants to, and two of its people: one whom it grants, and one whom nobody grants."""

    def __init__(self, account: Account, receiver: str | None = None):
        self.account, self.reader, self.bystander = account, engine(account), engine(account)
        self.receiver = receiver or account.id


class Company:
    """An organization with an owner for each version, and consumers of each relation to them."""

    def __init__(self, server, management, number: str, shares: bool):
        self.server, self.management = server, management
        management.organizations.create_organization(FeatureSet="ALL")
        if shares:
            management.ram.enable_sharing_with_aws_organization()
        self.consumers = self._members() if shares else {"member_sharing_off": Consumer(member(server, management))}
        if shares:
            outside = Account(server, make_account(server, number), number)
            self.consumers["outside"], self.consumers["principal"] = Consumer(outside), Consumer(outside)
            self.consumers["principal"].receiver = self.consumers["principal"].reader.arn
        self.owners = {version: self._owner(version) for version in VERSIONS}

    def _members(self) -> dict[str, Consumer]:
        organizations = self.management.organizations
        root = organizations.list_roots()["Roots"][0]["Id"]
        unit = new_unit(organizations, root)
        arn = organizations.describe_organizational_unit(OrganizationalUnitId=unit)["OrganizationalUnit"]["Arn"]
        plain, inside = member(self.server, self.management), member(self.server, self.management)
        organizations.move_account(AccountId=inside.id, SourceParentId=root, DestinationParentId=unit)
        return {"member_sharing_on": Consumer(plain), "unit": Consumer(inside, arn)}

    def _owner(self, version: int) -> Owner:
        return Owner(member(self.server, self.management), [c.account.id for c in self.consumers.values()], version)


@pytest.fixture(scope="module")
def companies(server):
    """Sharing is on in the first and off in the second."""
    management = make_account(server, "111100001111")
    return (Company(server, server.session(), OUTSIDE, shares=True), Company(server, management, "", shares=False))


@pytest.fixture
def cell(companies, request):
    """Owner, consumer and kind; afterwards nothing of it is left."""
    relation, version, kind = request.param
    company = next(one for one in companies if relation in one.consumers)
    owner, consumer = company.owners[version], company.consumers[relation]
    yield relation, owner, consumer, KINDS[kind]
    left = owner.account.shares()
    for one in left:  # so that one cell that fails does not fail the next
        owner.admin.ram.delete_resource_share(resourceShareArn=one["resourceShareArn"])
    assert left == [] and consumer.account.shares("OTHER-ACCOUNTS") == []


# --- what is asked of both sides


def foreign(clients) -> list[tuple]:
    """The databases of others that are listed; of one whose tables alone are shared, the description is not."""
    found = clients.glue.get_databases(ResourceShareType="FOREIGN")["DatabaseList"]
    return [(one["CatalogId"], one["Name"], "Description" in one) for one in found]


def tables_listed(clients, owner: Owner) -> dict[str, tuple] | None:
    try:
        found = clients.glue.get_tables(CatalogId=owner.id, DatabaseName=DATABASE)["TableList"]
    except clients.glue.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == DENIED
        return None
    return {one["Name"]: tuple(column["Name"] for column in one["StorageDescriptor"]["Columns"]) for one in found}


def assert_nothing_is_seen(owner: Owner, *everybody) -> None:
    for clients in everybody:
        assert foreign(clients) == [] and tables_listed(clients, owner) is None
        assert described(clients, owner, "orders") is None and readable(clients, owner, "orders") is None
        assert refusal(clients.lakeformation.list_permissions, CatalogId=owner.id) == DENIED


def assert_seen(clients, owner: Owner, consumer: Consumer, kind: Kind) -> None:
    """The share's whole content: databases, tables with columns, and the grant itself."""
    assert foreign(clients) == [(owner.id, DATABASE, kind.whole_database)]
    assert (tables_listed(clients, owner) or {}) == kind.seen
    assert described(clients, owner, "orders") == (list(kind.seen["orders"]) if kind.seen else None)
    assert ("customers" in kind.seen) == (described(clients, owner, "customers") is not None)
    rows = [row for row in listed(clients.lakeformation, CatalogId=owner.id) if row["Principal"] == who(consumer.receiver)]
    assert {p for row in rows for p in row["Permissions"]} == set(kind.permissions)


def assert_read(server, person, owner: Owner, kind: Kind) -> None:
    """Metadata for engines and vended credentials, for what is shared and for nothing else."""
    for name in ("orders", "customers"):
        if not kind.data or name not in kind.seen:
            assert readable(person.clients, owner, name) is None
            assert refusal(vend, clients=person.clients, arn=owner.arn(name)) == DENIED
            continue
        assert readable(person.clients, owner, name) == (kind.seen[name], kind.rows)
        keys = vend(person.clients, owner.arn(name))
        other = {"orders": "customers", "customers": "orders"}[name]
        assert s3_status(server, keys, f"{owner.bucket}/{key_of(name)}") == 200
        assert s3_status(server, keys, f"{owner.bucket}/{key_of(other)}") == 403


def assert_unread(owner: Owner, *people) -> None:
    for person in people:
        assert readable(person.clients, owner, "orders") is None
        assert refusal(vend, clients=person.clients, arn=owner.arn()) == DENIED


def invitations(consumer: Consumer) -> int:
    return len(consumer.account.invitations())


# --- the matrix


@pytest.mark.parametrize("cell", SHARED, ids=name_of, indirect=True)
def test_what_is_granted_is_shared_accepted_seen_passed_on_and_read(server, cell):
    relation, owner, consumer, kind = cell
    facts, resource, admin = RELATIONS[relation], kind.of(owner), consumer.account.admin
    option = () if facts.to_one else kind.permissions
    viewer = consumer.reader.clients if facts.to_one else admin
    version = owner.lf.get_data_lake_settings()["DataLakeSettings"]["Parameters"]["CROSS_ACCOUNT_VERSION"]

    grant(owner.lf, resource, consumer.receiver, kind.permissions, option)
    (share,) = owner.account.shares()
    assert re.fullmatch(rf"LakeFormation-V{version}-[A-Z0-9]{{10}}", share["name"])
    assert owner.account.shared("PRINCIPAL", share["resourceShareArn"]) == [consumer.receiver]
    assert invitations(consumer) == (1 if facts.invited else 0)
    if facts.invited:
        assert_nothing_is_seen(owner, admin, consumer.reader.clients)
        consumer.account.accept()

    assert_seen(viewer, owner, consumer, kind)
    assert foreign(consumer.bystander.clients) == []
    if facts.to_one:
        assert_nothing_is_seen(owner, admin, consumer.bystander.clients)
    else:
        assert_unread(owner, consumer.reader)
        grant(admin.lakeformation, resource, consumer.reader.arn, kind.permissions)
    assert_read(server, consumer.reader, owner, kind)
    assert_unread(owner, consumer.bystander)

    revoke(owner.lf, resource, consumer.receiver, kind.permissions, option)
    assert_nothing_is_seen(owner, admin, consumer.reader.clients)
    assert_unread(owner, consumer.reader)
    if not facts.to_one:
        revoke(admin.lakeformation, resource, consumer.reader.arn, kind.permissions)


@pytest.mark.parametrize("cell", REFUSED, ids=name_of, indirect=True)
def test_what_a_version_does_not_have_is_refused_and_makes_no_share(cell):
    relation, owner, consumer, kind = cell
    _, code, says = refused(owner.lf.grant_permissions, **change(kind.of(owner), consumer.receiver, kind.permissions))
    assert code == INVALID and says.startswith("Permissions modification is invalid. " + NEEDS[relation])
    assert owner.account.shares() == [] and invitations(consumer) == 0
    assert_nothing_is_seen(owner, consumer.account.admin, consumer.reader.clients)


WHOLE = ["1,hr,us,a", "2,hr,de,b", "3,it,us,c", "4,it,de,d"]
SQL = {"database": None, "table": WHOLE, "all_tables": WHOLE, "columns": ["1,hr", "2,hr", "3,it", "4,it"],
       "filter": ["1,hr,us", "2,hr,de"], "tag_policy": WHOLE}


@pytest.mark.parametrize("cell, rows", [(("outside", 5, kind), SQL[kind]) for kind in KINDS], ids=list(KINDS),
                         indirect=["cell"])
def test_the_consumers_people_select_what_was_shared_through_a_link(server, cell, rows):
    """DESCRIBE on the link, and the same grant in both accounts."""
    _, owner, consumer, kind = cell
    admin, reader = consumer.account.admin, consumer.reader
    grant(owner.lf, kind.of(owner), consumer.receiver, kind.permissions, kind.permissions)
    consumer.account.accept()
    admin.glue.create_database(DatabaseInput={"Name": "near", "TargetDatabase": {
        "CatalogId": owner.id, "DatabaseName": DATABASE}})
    try:
        grant(admin.lakeformation, database("near", consumer.account.id), reader.arn, ["DESCRIBE"])
        assert selected(server, reader.clients, None, "SELECT * FROM near.orders") is None
        grant(admin.lakeformation, kind.of(owner), reader.arn, kind.permissions)
        answer = selected(server, reader.clients, None, "SELECT * FROM near.orders ORDER BY id")
        assert (answer and answer[1:]) == rows
    finally:
        admin.glue.delete_database(Name="near")
        revoke(admin.lakeformation, kind.of(owner), reader.arn, kind.permissions)
        revoke(owner.lf, kind.of(owner), consumer.receiver, kind.permissions, kind.permissions)


# --- how many shares there are, and what else a version says


@pytest.mark.parametrize("version, shares, after_one_more", [(1, 5, 6), (2, 5, 5), (3, 5, 5), (4, 5, 5), (5, 5, 5)])
def test_the_kinds_of_a_pair_of_accounts_share_five_shares(companies, version, shares, after_one_more):
    """For databases, tables, all tables, and LF-Tags on databases and on tables; in version 1, for each object."""
    company = companies[0]
    owner, consumer = company.owners[version], company.consumers["member_sharing_on"]
    given = [(kind.of(owner), kind.permissions) for kind in KINDS.values()] + [(owner.policy("DATABASE"), ("DESCRIBE",))]
    for resource, permissions in given:
        grant(owner.lf, resource, consumer.receiver, permissions)
    assert len(owner.account.shares()) == shares
    assert len({one["resourceShareArn"] for one in consumer.account.shares("OTHER-ACCOUNTS")}) == shares
    given += [(owner.table("customers"), ("SELECT",)), (owner.policy("TABLE", "closed"), ("SELECT",))]
    for resource, permissions in given[-2:]:
        grant(owner.lf, resource, consumer.receiver, permissions)
    assert len(owner.account.shares()) == after_one_more
    for resource, permissions in given:
        revoke(owner.lf, resource, consumer.receiver, permissions)
    assert owner.account.shares() == []


@pytest.mark.parametrize("version", VERSIONS)
def test_what_everybody_holds_is_shared_from_version_4_on(companies, version):
    company = companies[0]
    owner, consumer = company.owners[version], company.consumers["member_sharing_on"]
    everybody = change(owner.table(), "IAM_ALLOWED_PRINCIPALS", ["ALL"])
    owner.lf.grant_permissions(**everybody)
    try:
        wanted = change(owner.table(), consumer.receiver, ["SELECT"])
        if version >= 4:
            owner.lf.grant_permissions(**wanted)
            owner.lf.revoke_permissions(**wanted)
        else:
            _, code, says = refused(owner.lf.grant_permissions, **wanted)
            assert code == INVALID and says.startswith("Insufficient Lake Formation permissions: Illegal combination.")
    finally:
        owner.lf.revoke_permissions(**everybody)
    assert owner.account.shares() == []


@pytest.mark.parametrize("version", VERSIONS)
def test_units_of_an_organization_that_does_not_share_are_not_found(companies, version):
    company = companies[1]
    organizations, owner = company.management.organizations, company.owners[version]
    organization = organizations.describe_organization()["Organization"]
    _, code, says = refused(owner.lf.grant_permissions, **change(owner.table(), organization["Arn"], ["SELECT"]))
    assert code == INVALID and f"Organization {organization['Id']} not found" in says
    assert owner.account.shares() == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("permission", ["ALL", "DROP"])
def test_a_database_is_not_shared_to_be_dropped(companies, version, permission):
    company = companies[0]
    owner = company.owners[version]
    for relation in ("outside", "member_sharing_on", "unit"):
        to = company.consumers[relation].receiver
        _, code, says = refused(owner.lf.grant_permissions, **change(owner.database(), to, [permission]))
        assert code == INVALID and says.startswith("Permissions modification is invalid.")
    assert owner.account.shares() == []


# --- both accounts' rows


def test_t2_rows_are_those_that_the_share_and_the_grant_within_the_account_both_show(server, companies):
    company = companies[0]
    owner, consumer = company.owners[4], company.consumers["member_sharing_on"]
    admin, reader = consumer.account.admin, consumer.reader
    grant(owner.lf, owner.filter, consumer.receiver, ["SELECT"], ["SELECT"])
    own = {**owner.filter["DataCellsFilter"], "Name": "us"}
    admin.lakeformation.create_data_cells_filter(TableData={
        **own, "RowFilter": {"FilterExpression": "country = 'us'"}, "ColumnNames": ["id", "country"]})
    grant(admin.lakeformation, {"DataCellsFilter": own}, reader.arn, ["SELECT"])
    try:
        assert selected(server, reader.clients, owner.id, f"SELECT * FROM {DATABASE}.orders") == ["id,country", "1,us"]
        columns_read, rows = readable(reader.clients, owner, "orders")
        assert columns_read == ("id", "country") and "'hr'" in rows and "'us'" in rows
        assert selected(server, reader.clients, owner.id, f"SELECT dept FROM {DATABASE}.orders") is None
    finally:
        revoke(admin.lakeformation, {"DataCellsFilter": own}, reader.arn, ["SELECT"])
        admin.lakeformation.delete_data_cells_filter(**own)
        revoke(owner.lf, owner.filter, consumer.receiver, ["SELECT"], ["SELECT"])
    assert_unread(owner, reader)


# --- the whole path from a shell


def test_a_share_from_a_shell_from_the_grant_to_the_query(server):
    """Version 2 of the AWS CLI with a profile for each account, and `weir query` as the analyst."""
    aws = Cli(CLIS["v2"], server.cli_env, "--endpoint-url", server.endpoint)
    producer, consumer = (Account(server, make_account(server, id), id) for id in ("202020202020", "202020202021"))
    owner, analyst = Owner(producer, [consumer.id]), engine(consumer)
    ours, theirs = ("--profile", producer.id), ("--profile", consumer.id)

    aws("lakeformation", "grant-permissions", "--principal", f"DataLakePrincipalIdentifier={consumer.id}", "--permissions",
        "SELECT", "--permissions-with-grant-option", "SELECT", "--resource", json.dumps(owner.columns("id", "dept")), *ours)
    (invited,) = aws("ram", "get-resource-share-invitations", *theirs)["resourceShareInvitations"]
    assert invited["status"] == "PENDING" and invited["resourceShareName"].startswith("LakeFormation-V5-")
    accepted = aws("ram", "accept-resource-share-invitation", "--resource-share-invitation-arn",
                   invited["resourceShareInvitationArn"], *theirs)["resourceShareInvitation"]
    assert accepted["status"] == "ACCEPTED"
    (shared,) = aws("glue", "get-databases", "--resource-share-type", "FOREIGN", *theirs)["DatabaseList"]
    assert (shared["CatalogId"], shared["Name"]) == (producer.id, DATABASE)
    aws("glue", "create-database", "--database-input", json.dumps({"Name": "near"}), *theirs)
    aws("glue", "create-table", "--database-name", "near", "--table-input", json.dumps({
        "Name": "their_orders", "TargetTable": {"CatalogId": producer.id, "DatabaseName": DATABASE, "Name": "orders"}}),
        *theirs)
    link = {"Table": {"CatalogId": consumer.id, "DatabaseName": "near", "Name": "their_orders"}}
    for resource, permission in ((link, "DESCRIBE"), (owner.columns("id"), "SELECT")):
        aws("lakeformation", "grant-permissions", "--principal", f"DataLakePrincipalIdentifier={analyst.arn}",
            "--permissions", permission, "--resource", json.dumps(resource), *theirs)

    def answer(sql: str) -> list[str] | None:
        ask = [WEIR, "query", "--profile", consumer.id, "--role-arn", analyst.arn, "--session-tag", SESSION_TAG]
        done = subprocess.run([*ask, "--format", "csv", sql], capture_output=True, text=True, env=server.cli_env, timeout=60)
        return done.stdout.split() if done.returncode == 0 else None

    assert answer("SELECT * FROM near.their_orders ORDER BY id") == ["id", "1", "2", "3", "4"]
    assert answer("SELECT dept FROM near.their_orders") is None
    aws("lakeformation", "revoke-permissions", "--principal", f"DataLakePrincipalIdentifier={consumer.id}", "--permissions",
        "SELECT", "--resource", json.dumps(owner.columns("id", "dept")), *ours)
    assert answer("SELECT id FROM near.their_orders") is None
