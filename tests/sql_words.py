"""SQL over HTTP for tests: queries asked by StartQuery, and their whole answers."""

from conftest import Clients
from lake import EXTERNAL_ID, Lake, role_arn
from weir_words import weir_client

ENDED = ("SUCCEEDED", "FAILED", "CANCELLED")


def session(lake: Lake, name: str, person: str = "ann", tag: str | None = None, **options) -> Clients:
    """Clients of a session of one of the lake's roles; without the session tag that engines elsewhere need."""
    tags = [] if tag is None else [{"Key": "LakeFormationAuthorizedCaller", "Value": tag}]
    answer = lake.admin.sts.assume_role(RoleArn=role_arn(f"{lake.name}-{name}"), RoleSessionName=person, ExternalId=EXTERNAL_ID,
                                        Tags=tags, **options)
    return lake.server.session(answer["Credentials"])


def cells(page: dict) -> list[tuple]:
    """The rows of a page as text; None for NULL."""
    return [tuple(cell.get("Value") for cell in row["Cells"]) for row in page["Rows"]]


class Sql:
    """One identity's queries."""

    def __init__(self, clients: Clients):
        self.weir = weir_client(clients)

    def start(self, sql: str, **options) -> str:
        return self.weir.start_query(Sql=sql, **options)["QueryId"]

    def ended(self, query_id: str) -> dict:
        """The first page of a query that has ended."""
        while (page := self.weir.get_query_results(QueryId=query_id, WaitSeconds=20))["State"] not in ENDED:
            pass
        return page

    def running(self, query_id: str) -> None:
        """Returns when the query has its turn."""
        while (state := self.weir.get_query_results(QueryId=query_id)["State"]) == "QUEUED":
            pass
        assert state == "RUNNING"

    def ask(self, sql: str, **options) -> dict:
        return self.ended(self.start(sql, **options))

    def rows(self, sql: str, **options) -> list[tuple]:
        """All rows of a query that succeeds."""
        page = self.ask(sql, **options)
        assert page["State"] == "SUCCEEDED", page.get("Error")
        rows = cells(page)
        while "NextToken" in page:
            page = self.weir.get_query_results(QueryId=page["QueryId"], NextToken=page["NextToken"])
            rows += cells(page)
        return rows

    def error(self, sql: str, **options) -> dict:
        """Why a query fails."""
        page = self.ask(sql, **options)
        assert page["State"] == "FAILED" and "Rows" not in page, page
        return page["Error"]
