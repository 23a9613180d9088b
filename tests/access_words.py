"""What somebody hears of its access, and what a read really gives it: words of the tests of both."""

from botocore.exceptions import ClientError

from conftest import ACCOUNT, Clients
from lake import SESSION_TAG, Lake
from lf_words import EVERYTHING
from sharing_words import Account, Person
from weir_words import weir_client

COLUMNS = [("id", "bigint"), ("area", "string"), ("ssn", "string"), ("who", "struct<name:string,zip:string>")]
ROWS = [(1, "eu", "a", {"name": "n", "zip": "z"})]
ASKS = ["glue:Get*", "lakeformation:*"]
ENFORCED = ["COLUMN_PERMISSION", "CELL_FILTER_PERMISSION", "NESTED_PERMISSION", "NESTED_CELL_PERMISSION"]


def columns(answer: dict) -> dict[str, str]:
    return {one["Name"]: one["Access"] for one in answer["Columns"]}


def cells(answer: dict) -> dict:
    return {(row["Principal"], table): level for row in answer["Rows"] for table, level in zip(answer["Tables"], row["Levels"])}


def explained(weir, principal: str, resource: str) -> str:
    """The level, asked privilege by privilege."""
    def told(action: str) -> dict:
        return weir.explain(Principal=principal, Action=action, Resource=resource)["Proof"]

    def held(action: str) -> bool:
        return told(action)["Gates"][-1]["Verdict"] == "ALLOW"
    if held("ALL"):
        return "SUPER"
    if held("INSERT") or held("DELETE"):
        return "WRITE"
    if held("SELECT"):
        view = told("SELECT")["View"]
        return "SELECT" if view["AllColumns"] and view["AllRows"] and "Cells" not in view else "SELECT_SOME"
    return "DESCRIBE" if held("DESCRIBE") else "NONE"


def read_columns(clients: Clients, database: str, table: str, catalog: str = ACCOUNT) -> list[str] | None:
    """The columns whose data an engine is given for its caller; None when there are none."""
    try:
        return clients.glue.get_unfiltered_table_metadata(
            CatalogId=catalog, DatabaseName=database, Name=table, Permissions=["SELECT"],
            SupportedPermissionTypes=ENFORCED)["AuthorizedColumns"]
    except ClientError as refused:
        assert refused.response["Error"]["Code"] == "AccessDeniedException", refused
        return None


def described_columns(clients: Clients, database: str, table: str, catalog: str = ACCOUNT) -> list[str] | None:
    """The columns that Glue shows; None when the table is hidden."""
    try:
        shown = clients.glue.get_table(CatalogId=catalog, DatabaseName=database, Name=table)["Table"]
    except ClientError as refused:
        assert refused.response["Error"]["Code"] == "AccessDeniedException", refused
        return None
    return [one["Name"] for one in shown["StorageDescriptor"]["Columns"]]


def lineage(clients: Clients, principal: str, resource: str, catalog: str = ACCOUNT) -> list[dict]:
    return weir_client(clients).get_grant_lineage(CatalogId=catalog, Principal=principal, Resource=resource)["Links"]


def by_kind(links: list[dict], kind: str) -> list[tuple[str, str]]:
    return [(one["From"], one["To"]) for one in links if one["Kind"] == kind]


def engine_person(account: Account) -> Person:
    """Somebody of another account, in the session of an engine that the owner trusts."""
    return account.person(EVERYTHING, [{"Key": "LakeFormationAuthorizedCaller", "Value": SESSION_TAG}])


def facts_lake(server, admin: Clients, name: str, *trusted: str) -> Lake:
    """Three tables; the engines of the accounts `trusted` may filter what they read of them."""
    made = Lake(server, admin, name).build()
    made.trust_engines(ExternalDataFilteringAllowList=[
        {"DataLakePrincipalIdentifier": account} for account in (ACCOUNT, *trusted)])
    for table in ("people", "orders", "empty"):
        made.table(table, COLUMNS, ROWS)
    return made
