"""The trail searched by several attributes at once, and counted over time."""

import datetime
import re

import pytest
from botocore.exceptions import ClientError

from conftest import server_of_its_own
from lake import Lake
from weir_words import weir_client

COLUMNS = [("id", "bigint")]
server, admin = server_of_its_own("audit_facts")


@pytest.fixture(scope="module")
def lake(server, admin):
    made = Lake(server, admin, "counted").build()
    for name in ("people", "orders"):
        made.table(name, COLUMNS, [(1,)])
    return made


@pytest.fixture(scope="module")
def denials(lake) -> dict:
    """One role that may and one that may not; each asked for both tables: the decision ids by table, and both roles."""
    may, may_not = lake.role("may", ["glue:*"]), lake.role("may-not", ["glue:*"])
    found = {"may": may, "may-not": may_not}
    for table in ("people", "orders"):
        lake.grant(may, ["SELECT"], lake.whole(table))
        lake.assume(may).glue.get_table(DatabaseName=lake.database, Name=table)
        with pytest.raises(ClientError) as refused:
            lake.assume(may_not).glue.get_table(DatabaseName=lake.database, Name=table)
        found[table] = re.search(r"\(decision (.*)\)", refused.value.response["Error"]["Message"]).group(1)
    return found


def search(admin, **narrowed) -> list[dict]:
    weir, out, token = weir_client(admin), [], {}
    while True:
        page = weir.search_audit(**narrowed, **token)
        out += page["Events"]
        if "NextToken" not in page:
            return out
        token = {"NextToken": page["NextToken"]}


def test_several_attributes_narrow_together(lake, admin, denials):
    table = f"{lake.database}.people"
    both = search(admin, Resource=table, EventName="GetTable")
    assert {one["Principal"] for one in both} >= {denials["may"], denials["may-not"]}
    [denied] = search(admin, Resource=table, EventName="GetTable", Outcome="DENIED")
    assert (denied["Principal"], denied["Table"], denied["DecisionId"]) == (denials["may-not"], table, denials["people"])
    assert denied["Message"].startswith("Insufficient")
    assert {one["Outcome"] for one in search(admin, Resource=table, Principal=denials["may"])} == {"ALLOWED"}
    assert search(admin, Principal=denials["may"], Outcome="DENIED") == []


def test_a_decision_and_words_are_found(lake, admin, denials):
    [one] = search(admin, DecisionId=denials["orders"])
    assert one["DecisionId"] == denials["orders"] and one["Table"] == f"{lake.database}.orders"
    assert search(admin, Words=denials["orders"].upper(), Outcome="DENIED") == [one]
    assert search(admin, Words="nothing says this anywhere", EndTime=one["At"]) == []


def test_pages_neither_repeat_nor_skip(admin, denials):
    whole = [one["EventId"] for one in search(admin, EventName="GetTable")]
    assert [one["EventId"] for one in search(admin, EventName="GetTable", MaxResults=1)] == whole and len(whole) >= 4
    for forged in ("x", "999.abc", "-1.", "0.AAAA"):
        with pytest.raises(ClientError) as refused:
            weir_client(admin).search_audit(NextToken=forged)
        assert refused.value.response["Error"]["Code"] == "InvalidInputException"


def test_who_may_not_read_the_trail_neither_searches_nor_counts(lake, admin, denials):
    nobody = weir_client(lake.assume(denials["may"]))
    now = datetime.datetime.now(datetime.UTC)
    for asked in (lambda: nobody.search_audit(),
                  lambda: nobody.get_usage(From=now, To=now, Bucket="DAY", By="DOOR")):
        with pytest.raises(ClientError) as refused:
            asked()
        assert refused.value.response["Error"]["Code"] == "AccessDeniedException"


def usage(admin, by: str, bucket: str = "DAY", **narrowed) -> dict[str, tuple[int, int]]:
    now = datetime.datetime.now(datetime.UTC)
    answer = weir_client(admin).get_usage(From=now - datetime.timedelta(days=1), To=now, Bucket=bucket, By=by, **narrowed)
    assert answer["Complete"]
    out: dict[str, tuple[int, int]] = {}
    for point in answer["Points"]:
        allowed, denied = out.get(point.get("Of", ""), (0, 0))
        out[point.get("Of", "")] = (allowed + point["Allowed"], denied + point["Denied"])
    return out


def test_counts_say_what_the_trail_says(lake, admin, denials):
    for bucket in ("DAY", "HOUR"):
        tables = usage(admin, "TABLE", bucket, Operation="GetTable")
        for table in ("people", "orders"):
            events = search(admin, EventName="GetTable", Resource=f"{lake.database}.{table}")
            denied = len([one for one in events if one["Outcome"] == "DENIED"])
            assert tables[f"{lake.database}.{table}"] == (len(events) - denied, denied) and denied >= 1
        people = usage(admin, "PRINCIPAL", bucket, Table=f"{lake.database}.people", Operation="GetTable")
        assert people[denials["may"]] == (1, 0) and people[denials["may-not"]] == (0, 1)
        assert usage(admin, "DOOR", bucket, Operation="GetTable").keys() == {"METADATA"}
        assert usage(admin, "DECISION", bucket, Principal=denials["may-not"], Operation="GetTable") == {"": (0, 2)}


def test_times_that_no_count_covers_are_refused(admin):
    now = datetime.datetime.now(datetime.UTC)
    for begin, end, bucket in ((now, now - datetime.timedelta(1), "DAY"), (now - datetime.timedelta(93), now, "DAY"),
                               (now - datetime.timedelta(8), now, "HOUR")):
        with pytest.raises(ClientError) as refused:
            weir_client(admin).get_usage(From=begin, To=end, Bucket=bucket, By="DOOR")
        assert refused.value.response["Error"]["Code"] == "InvalidInputException"
