"""One's own access and the matrix, of what another account shares: each as a read gives it, and nothing of the others'."""

import pytest
from botocore.exceptions import ClientError

from access_words import (COLUMNS, cells, columns, described_columns, engine_person, facts_lake, read_columns)
from conftest import ACCOUNT, server_of_its_own
from organizations_test import make_account
from request_words import refusal
from sharing_words import OUTSIDE, THIRD, Account, all_tables, columns as columns_of, grant, revoke, table
from weir_words import weir_client

server, admin = server_of_its_own("across")
ALL_COLUMNS = [name for name, _ in COLUMNS]


@pytest.fixture(scope="module")
def lake(server, admin):
    """In the receiving account there are links to `people` and to the whole database."""
    return facts_lake(server, admin, "facts", OUTSIDE)


@pytest.fixture(scope="module")
def outside(server, lake):
    made = Account(server, make_account(server, OUTSIDE), OUTSIDE)
    made.admin.glue.create_database(DatabaseInput={"Name": "received"})
    made.admin.glue.create_table(DatabaseName="received", TableInput={"Name": "link", "TargetTable": {
        "CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": "people"}})
    made.admin.glue.create_database(DatabaseInput={"Name": "whole", "TargetDatabase": {
        "CatalogId": ACCOUNT, "DatabaseName": lake.database}})
    return made


@pytest.fixture(scope="module")
def third(server):
    return make_account(server, THIRD)


@pytest.fixture()
def person(outside):
    """Sees the links, and what it is given."""
    made = engine_person(outside)
    grant(outside.lf, table("received", "link", OUTSIDE), made.arn, ["DESCRIBE"])
    grant(outside.lf, {"Database": {"Name": "whole"}}, made.arn, ["DESCRIBE"])
    return made


@pytest.fixture()
def shared(lake, admin, outside):
    """Shares parts of the owner's tables with the account and takes them back."""
    given = []

    def share(resource: dict, to: str = OUTSIDE, permissions=("SELECT",)) -> dict:
        grant(admin.lakeformation, resource, to, permissions, permissions)
        given.append((resource, to, permissions))
        outside.accept()
        return resource
    yield share
    for resource, to, permissions in given:
        revoke(admin.lakeformation, resource, to, permissions)


class Told:
    """What one person hears of one of the owner's tables, by each of its names."""

    def __init__(self, person, lake, name: str = "people"):
        self.weir, self.person, self.lake, self.name = weir_client(person.clients), person, lake, name

    def mine(self, catalog: str = ACCOUNT, database: str | None = None, name: str | None = None) -> dict:
        return self.weir.get_my_access(CatalogId=catalog, DatabaseName=database or self.lake.database, TableName=name or self.name)

    def in_a_list(self, catalog: str = ACCOUNT, database: str | None = None, name: str | None = None) -> str:
        """The level, or the code of the refusal: of a database of which nothing came nothing is listed."""
        asked = {"CatalogId": catalog, "DatabaseName": database or self.lake.database, "TableNames": [name or self.name]}
        try:
            return self.weir.batch_get_my_access(**asked)["Tables"][0]["Level"]
        except ClientError as refused:
            return refused.response["Error"]["Code"]

    def in_the_matrix(self) -> dict:
        return cells(self.weir.get_access_matrix(CatalogId=ACCOUNT, DatabaseName=self.lake.database))

    def read(self) -> list[str] | None:
        return read_columns(self.person.clients, self.lake.database, self.name)


def shared_part(lake, part: str) -> dict:
    if part == "filter":
        lake.filter("people", "europe", "area = 'eu'", ["id", "area"])
    return {"whole": table(lake.database, "people"), "all tables": all_tables(lake.database),
            "columns": columns_of(lake.database, "people", "id", "area"),
            "filter": {"DataCellsFilter": {"TableCatalogId": ACCOUNT, "DatabaseName": lake.database, "TableName": "people",
                                           "Name": "europe"}}}[part]


@pytest.mark.parametrize("part, read, access, level", [
    ("whole", ALL_COLUMNS, "FULL", "SELECT"), ("all tables", ALL_COLUMNS, "FULL", "SELECT"),
    ("columns", ["id", "area"], "FULL", "SELECT_SOME"), ("filter", ["id", "area"], "ROWS", "SELECT_SOME")])
def test_of_a_received_table_one_hears_what_a_read_gives(lake, outside, person, shared, part, read, access, level):
    told, resource = Told(person, lake), shared(shared_part(lake, part))
    assert told.in_a_list() == "AccessDeniedException" and told.read() is None and told.in_the_matrix() == {}
    grant(outside.lf, resource, person.arn, ["SELECT"])
    assert told.read() == read == described_columns(person.clients, lake.database, "people")
    own = {"CatalogId": ACCOUNT, "DatabaseName": lake.database, "TableName": "people"}
    for answer in (told.mine(), told.mine(OUTSIDE, "received", "link"), told.mine(OUTSIDE, "whole", "people")):
        assert {key: answer[key] for key in own} == own
        assert columns(answer) == {name: access for name in read} and answer["Level"] == level
        assert answer["Grantable"] == [] and not any(one["Grantable"] for one in answer["Columns"])
        assert "ssn" in read or "ssn" not in str(answer["Through"]) + answer.get("RowFilter", "")
    assert {told.in_a_list(), told.in_a_list(OUTSIDE, "received", "link"), told.in_a_list(OUTSIDE, "whole")} == {level}
    assert told.in_the_matrix()[person.arn, "people"] == level


def test_both_accounts_narrow_what_one_has(lake, outside, person, shared):
    told = Told(person, lake)
    shared(columns_of(lake.database, "people", "id", "area"))
    grant(outside.lf, columns_of(lake.database, "people", "area"), person.arn, ["SELECT"], ["SELECT"])
    assert columns(told.mine()) == {"area": "FULL"} and told.read() == ["area"]
    assert [one["Grantable"] for one in told.mine()["Columns"]] == [True]
    assert told.in_a_list() == told.in_the_matrix()[person.arn, "people"] == "SELECT_SOME"


def test_what_was_shared_with_one_person_is_its_own(lake, outside, person, shared):
    shared(columns_of(lake.database, "orders", "id"), person.arn)
    other = engine_person(outside)
    for one, level, read in ((person, "SELECT_SOME", ["id"]), (other, "AccessDeniedException", None)):
        told = Told(one, lake, "orders")
        assert told.in_a_list() == level and told.read() == read
        assert told.in_the_matrix() == ({(one.arn, "orders"): level} if read else {})
    code, _ = refusal(Told(other, lake, "orders").mine)
    assert code == "AccessDeniedException"


def test_nothing_is_heard_before_a_share_is_accepted_nor_after_it_ended(lake, admin, outside, person):
    told, resource = Told(person, lake, "empty"), table(lake.database, "empty")
    hidden = refusal(told.mine)[0], told.in_a_list(), told.in_the_matrix(), told.read()
    assert hidden == ("AccessDeniedException", "AccessDeniedException", {}, None)
    grant(admin.lakeformation, resource, person.arn, ["SELECT"])
    assert (refusal(told.mine)[0], told.in_a_list(), told.in_the_matrix(), told.read()) == hidden
    assert outside.accept() == 1
    assert told.in_a_list() == "SELECT" and told.read() == ALL_COLUMNS and told.in_the_matrix() == {(person.arn, "empty"): "SELECT"}
    revoke(admin.lakeformation, resource, person.arn, ["SELECT"])
    assert (refusal(told.mine)[0], told.in_a_list(), told.in_the_matrix(), told.read()) == hidden


def test_administrators_of_the_receiving_account_see_their_own_row_and_describe_what_came(lake, outside, third, shared):
    shared(columns_of(lake.database, "people", "id"))
    me = outside.admin.sts.get_caller_identity()["Arn"]
    matrix = weir_client(outside.admin).get_access_matrix(CatalogId=ACCOUNT, DatabaseName=lake.database)
    assert cells(matrix) == {(me, "people"): "DESCRIBE"} and not matrix["Rows"][0]["Administrator"]
    answer = weir_client(outside.admin).get_my_access(CatalogId=ACCOUNT, DatabaseName=lake.database, TableName="people")
    assert columns(answer) == {"id": "NONE"} and answer["Level"] == "DESCRIBE"
    assert read_columns(outside.admin, lake.database, "people") is None
    stranger = weir_client(third).get_access_matrix(CatalogId=ACCOUNT, DatabaseName=lake.database)
    assert stranger["Tables"] == [] and stranger == weir_client(third).get_access_matrix(
        CatalogId=ACCOUNT, DatabaseName="absent") | {"Rows": stranger["Rows"], "ResponseMetadata": stranger["ResponseMetadata"]}


def test_the_owners_matrix_has_a_row_for_each_account_and_person_it_shares_with(lake, admin, outside, person, shared):
    shared(columns_of(lake.database, "people", "id"))
    shared(table(lake.database, "orders"), person.arn)
    told = cells(weir_client(admin).get_access_matrix(DatabaseName=lake.database))
    assert (told[OUTSIDE, "people"], told[OUTSIDE, "orders"]) == ("SELECT_SOME", "NONE")
    assert (told[person.arn, "people"], told[person.arn, "orders"]) == ("NONE", "SELECT")
    # What the other account passes on inside itself is not the owner's to hear.
    grant(outside.lf, columns_of(lake.database, "people", "id"), person.arn, ["SELECT"])
    assert Told(person, lake).read() == ["id"]
    assert cells(weir_client(admin).get_access_matrix(DatabaseName=lake.database)) == told


def test_a_link_is_a_table_of_its_own_in_the_matrix(outside, person, shared, lake):
    told = cells(weir_client(outside.admin).get_access_matrix(DatabaseName="received"))
    assert told[person.arn, "link"] == "DESCRIBE"
    shared(table(lake.database, "people"))
    grant(outside.lf, table(lake.database, "people"), person.arn, ["SELECT"])
    assert cells(weir_client(outside.admin).get_access_matrix(DatabaseName="received")) == told
    assert weir_client(outside.admin).get_access_matrix(DatabaseName="whole")["Tables"] == []
