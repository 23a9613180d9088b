"""SQL over HTTP for tests: queries asked by StartQuery, and their whole answers."""

from conftest import Clients
from weir_words import weir_client

ENDED = ("SUCCEEDED", "FAILED", "CANCELLED")


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
