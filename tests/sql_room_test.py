"""Room for SQL over HTTP: whoever assumes a role names its sessions, and takes no more under many names than the role may."""

import pytest
from botocore.exceptions import ClientError

from conftest import server_of_its_own
from lake import Lake
from lf_words import error_of
from mesh_words import make_account
from sql_words import Sql, session

ENDLESS = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range = -1"

# An account may run three and have six wait, a role two and five.
server, admin = server_of_its_own("room", "--sql-queries", "4", "--sql-queries-of-person", "1", "--sql-waiting", "8")


@pytest.fixture(scope="module")
def lake(server, admin):
    lake = Lake(server, admin, "room")
    for name in ("taker", "colleague", "latecomer"):
        lake.role(name, ["weir:*"])
    return lake


@pytest.fixture(scope="module")
def stranger(server):
    """Of another account."""
    return Sql(make_account(server, "444455556666"))


@pytest.fixture
def endless(lake):
    """Starts what does not end, as a person of a role, until the test does."""
    started = []

    def start(role: str, person: str) -> tuple[Sql, str]:
        sql = Sql(session(lake, role, person))
        started.append((sql, sql.start(ENDLESS)))
        return started[-1]

    yield start
    for sql, query in started:
        sql.weir.cancel_query(QueryId=query)
        sql.ended(query)


def state_of(sql: Sql, query: str) -> str:
    return sql.weir.get_query_results(QueryId=query)["State"]


def test_a_role_takes_two_turns_under_however_many_names(lake, endless):
    first, second, third = (endless("taker", f"name-{i}") for i in range(3))
    first[0].running(first[1]), second[0].running(second[1])
    assert Sql(session(lake, "colleague")).rows("SELECT 1") == [("1",)]
    assert state_of(*third) == "QUEUED"
    first[0].weir.cancel_query(QueryId=first[1])
    third[0].running(third[1])


def test_an_account_leaves_a_turn_to_others(lake, endless, stranger):
    for sql, query in [endless("taker", "one"), endless("taker", "two"), endless("colleague", "ann")]:
        sql.running(query)
    latecomer = Sql(session(lake, "latecomer"))
    query = latecomer.start("SELECT 1")
    assert stranger.rows("SELECT 2") == [("2",)]
    assert state_of(latecomer, query) == "QUEUED"


def test_a_role_leaves_places_to_wait(lake, endless):
    running = [endless("taker", f"runs-{i}") for i in range(2)]
    for sql, query in running:
        sql.running(query)
    for i in range(5):
        endless("taker", f"waits-{i}")
    with pytest.raises(ClientError) as refused:
        endless("taker", "one-more")
    assert refused.value.response["Error"]["Code"] == "ThrottlingException"
    assert "your role" in refused.value.response["Error"]["Message"]
    assert Sql(session(lake, "colleague", "bob")).rows("SELECT 3") == [("3",)]


def test_sessions_of_a_user_are_of_one_user_whatever_they_are_called(admin, server, endless):
    """GetFederationToken lets a user choose names, too."""
    admin.iam.create_user(UserName="room-user")
    policy = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["weir:*", "sts:GetFederationToken"], "Resource": "*"}}'
    admin.iam.put_user_policy(UserName="room-user", PolicyName="all", PolicyDocument=policy)
    key = admin.iam.create_access_key(UserName="room-user")["AccessKey"]
    user = server.session({"AccessKeyId": key["AccessKeyId"], "SecretAccessKey": key["SecretAccessKey"], "SessionToken": None})
    people = [Sql(server.session(user.sts.get_federation_token(Name=f"name-{i}", Policy=policy)["Credentials"])) for i in range(3)]
    queries = [sql.start(ENDLESS) for sql in people]
    people[0].running(queries[0]), people[1].running(queries[1])
    assert error_of(people[0].weir.get_query_results, QueryId=queries[1])[0] == "EntityNotFoundException"
    assert state_of(people[2], queries[2]) == "QUEUED"
    for sql, query in zip(people, queries):
        sql.weir.cancel_query(QueryId=query)
        sql.ended(query)
