"""Granting and revoking over the wire: the words of refusals, bad input, conditions, batches, many at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from botocore.config import Config

from conftest import ACCOUNT, REGION
from lake import Lake, role_arn
from lf_words import (EVERYTHING, Someone, all_rows, brief, columns, database, error_of, grant, policy, revoke, table,
                      tag, who)

COLUMNS = [("id", "bigint"), ("region", "string"), ("secret", "string")]
INVALID_CHANGE = "Permissions modification is invalid."
NOTHING_REVOKED = "No permissions revoked. Grantee"


@pytest.fixture(scope="module")
def lake(server, admin):
    lake = Lake(server, admin, "granted").build()
    lake.table("orders", COLUMNS, [(1, "EU", "x")])
    lake.admin.lakeformation.create_lf_tag(TagKey="zone", TagValues=["a", "b", "c"])
    return lake


@pytest.fixture(scope="module")
def unchecked(server):
    """Sends what a client library would not."""
    return boto3.Session(*server.keys(), region_name=REGION).client(
        "lakeformation", endpoint_url=server.endpoint, config=Config(parameter_validation=False, retries={"max_attempts": 1}))


@pytest.fixture
def someone(server, admin):
    return Someone(server, admin)


def held(admin, someone) -> list[tuple]:
    return [brief(r)[1:] for r in all_rows(admin, Principal=who(someone.arn))]


# The words of refusals

@pytest.mark.parametrize("resource,permissions", [
    (lambda l: database(l.database), ["SELECT"]), (lambda l: table(l.database, "orders"), ["CREATE_TABLE"]),
    (lambda l: columns(l.database, "orders", "id"), ["SELECT", "DESCRIBE"]),
    (lambda l: columns(l.database, "orders", "id"), ["INSERT"]), (lambda l: {"Catalog": {}}, ["ALTER"]),
    (lambda l: {"DataLocation": {"ResourceArn": f"arn:aws:s3:::{l.bucket}"}}, ["SELECT"]),
    (lambda l: tag("zone", "a"), ["DROP"]), (lambda l: policy("DATABASE", zone="a"), ["INSERT"]),
])
def test_a_permission_that_does_not_belong_there(admin, lake, someone, resource, permissions):
    code, message = error_of(grant, clients=admin, arn=someone.arn, resource=resource(lake), permissions=permissions)
    assert code == "InvalidInputException" and message.startswith(INVALID_CHANGE)
    assert held(admin, someone) == []


def test_a_resource_link_holds_describe_and_drop(admin, lake, someone):
    admin.glue.create_table(DatabaseName=lake.database, TableInput={
        "Name": "linked", "TargetTable": {"CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": "orders"}})
    code, message = error_of(grant, clients=admin, arn=someone.arn, resource=table(lake.database, "linked"), permissions=["SELECT"])
    assert code == "InvalidInputException" and message.startswith(INVALID_CHANGE)
    grant(admin, someone.arn, table(lake.database, "linked"), ["DESCRIBE", "DROP"])


def test_part_of_a_table_does_not_stand_beside_more_than_select(server, admin, lake):
    on, part = table(lake.database, "orders"), columns(lake.database, "orders", "id")
    for first, second in (((on, ["DESCRIBE"]), (part, ["SELECT"])), ((part, ["SELECT"]), (on, ["DESCRIBE"])),
                          ((part, ["SELECT"]), (on, ["INSERT"]))):
        someone = Someone(server, admin)
        grant(admin, someone.arn, *first)
        code, message = error_of(grant, clients=admin, arn=someone.arn, resource=second[0], permissions=second[1])
        assert code == "InvalidInputException" and message.startswith(INVALID_CHANGE)
    me = admin.sts.get_caller_identity()["Arn"]
    code, message = error_of(grant, clients=admin, arn=me, resource=part, permissions=["SELECT"])
    assert code == "InvalidInputException" and message.startswith(INVALID_CHANGE)


def test_revoking_what_is_not_held_says_what_is(admin, lake, someone):
    on = table(lake.database, "orders")
    code, message = error_of(revoke, clients=admin, arn=someone.arn, resource=on, permissions=["SELECT"])
    assert code == "InvalidInputException" and message.startswith(NOTHING_REVOKED) and "nothing there" in message
    grant(admin, someone.arn, on, ["INSERT"])
    code, message = error_of(revoke, clients=admin, arn=someone.arn, resource=on, permissions=["SELECT"])
    assert message.startswith(NOTHING_REVOKED) and "INSERT on table" in message


def test_columns_that_are_not_there(admin, lake, someone):
    for on in (columns(lake.database, "orders", "id", "absent"),
               {"TableWithColumns": {"DatabaseName": lake.database, "Name": "orders",
                                     "ColumnWildcard": {"ExcludedColumnNames": ["absent"]}}}):
        code, message = error_of(grant, clients=admin, arn=someone.arn, resource=on, permissions=["SELECT"])
        assert code == "InvalidInputException" and "cannot grant/revoke permission on non-existent column" in message


def test_granting_without_the_option(server, admin, lake, someone):
    on, other = table(lake.database, "orders"), Someone(server, admin)
    grant(admin, someone.arn, on, ["SELECT", "INSERT"], ["INSERT"])
    for call in (grant, revoke):
        code, message = error_of(call, clients=someone.clients, arn=other.arn, resource=on, permissions=["SELECT"])
        assert code == "AccessDeniedException" and message.startswith("Not authorized to grant permissions for the resource")
    grant(someone.clients, other.arn, on, ["INSERT"])
    # Losing it later takes nothing from those it was passed on to.
    revoke(admin, someone.arn, on, ["INSERT"])
    assert [permissions for _, permissions, _ in held(admin, other)] == [("INSERT",)]


def test_reading_without_describe(lake, someone):
    code, message = error_of(someone.glue.get_table, DatabaseName=lake.database, Name="orders")
    assert code == "AccessDeniedException"
    assert message.startswith(f"Insufficient Lake Formation permission(s): Required Describe on {lake.database}.orders")
    code, message = error_of(someone.glue.get_database, Name=lake.database)
    assert message.startswith(f"Insufficient Lake Formation permission(s): Required Describe on {lake.database}")


def test_making_without_the_permission(lake, someone):
    code, message = error_of(someone.glue.create_database, DatabaseInput={"Name": "not-mine"})
    assert message.startswith("Insufficient Lake Formation permission(s): Required Create Database on Catalog")
    code, message = error_of(someone.glue.create_table, DatabaseName=lake.database, TableInput={"Name": "t"})
    assert message.startswith(f"Insufficient Lake Formation permission(s): Required Create Table on {lake.database}")


# The grant option

def test_the_option_is_part_of_what_is_granted_and_is_taken_alone(admin, lake, someone):
    on = table(lake.database, "orders")
    code, _ = error_of(grant, clients=admin, arn=someone.arn, resource=on, permissions=["INSERT"], option=["DELETE"])
    assert code == "InvalidInputException"
    grant(admin, someone.arn, on, ["INSERT", "DELETE"], ["INSERT", "DELETE"])
    revoke(admin, someone.arn, on, [], ["INSERT"])
    assert [row[1:] for row in held(admin, someone)] == [(("INSERT", "DELETE"), ("DELETE",))]
    revoke(admin, someone.arn, on, ["DELETE"])
    assert [row[1:] for row in held(admin, someone)] == [(("INSERT",), ())]


def test_columns_are_passed_on_as_the_same_or_fewer(server, admin, lake, someone):
    other = Someone(server, admin)
    grant(admin, someone.arn, columns(lake.database, "orders", "id", "region"), ["SELECT"], ["SELECT"])
    grant(someone.clients, other.arn, columns(lake.database, "orders", "id"), ["SELECT"])
    code, _ = error_of(grant, clients=someone.clients, arn=other.arn, resource=columns(lake.database, "orders", "secret"),
                       permissions=["SELECT"])
    assert code == "AccessDeniedException"
    without = {"TableWithColumns": {"DatabaseName": lake.database, "Name": "orders",
                                    "ColumnWildcard": {"ExcludedColumnNames": ["secret"]}}}
    code, message = error_of(grant, clients=admin, arn=other.arn, resource=without, permissions=["SELECT"], option=["SELECT"])
    assert code == "InvalidInputException" and message.startswith(INVALID_CHANGE)


def test_revoking_all_leaves_what_was_granted_apart(admin, lake, someone):
    on = table(lake.database, "orders")
    grant(admin, someone.arn, on, ["SELECT"])
    grant(admin, someone.arn, on, ["ALL"])
    revoke(admin, someone.arn, on, ["ALL"])
    assert [permissions for _, permissions, _ in held(admin, someone)] == [("SELECT",)]


def test_granting_the_same_again_changes_nothing(admin, lake, someone):
    on = table(lake.database, "orders")
    grant(admin, someone.arn, on, ["INSERT"])
    before = all_rows(admin, Principal=who(someone.arn))
    grant(admin, someone.arn, on, ["INSERT"])
    assert all_rows(admin, Principal=who(someone.arn)) == before


# Conditions

BLUE = {"Expression": 'context.iam.principalTags.hasTag("team") && context.iam.principalTags.getTag("team") == "blue"'}


def test_a_grant_under_a_condition_counts_for_whom_it_holds(server, admin, lake):
    blue, red = Someone(server, admin, tags={"team": "blue"}), Someone(server, admin, tags={"team": "red"})
    bare = Someone(server, admin)
    grant(admin, f"{ACCOUNT}:IAMPrincipals", table(lake.database, "orders"), ["SELECT"], Condition=BLUE)
    try:
        assert blue.glue.get_table(DatabaseName=lake.database, Name="orders")
        for other in (red, bare):
            assert error_of(other.glue.get_table, DatabaseName=lake.database, Name="orders")[0] == "AccessDeniedException"
    finally:
        revoke(admin, f"{ACCOUNT}:IAMPrincipals", table(lake.database, "orders"), ["SELECT"], Condition=BLUE)
    assert error_of(blue.glue.get_table, DatabaseName=lake.database, Name="orders")[0] == "AccessDeniedException"


def test_the_sessions_tag_counts_over_the_roles(server, admin, lake):
    turned = Someone(server, admin, tags={"team": "red"}, session_tags={"team": "blue"})
    lost = Someone(server, admin, tags={"team": "blue"}, session_tags={"team": "red"})
    for one in (turned, lost):
        grant(admin, one.arn, table(lake.database, "orders"), ["SELECT"], Condition=BLUE)
    assert turned.glue.get_table(DatabaseName=lake.database, Name="orders")
    assert error_of(lost.glue.get_table, DatabaseName=lake.database, Name="orders")[0] == "AccessDeniedException"


@pytest.mark.parametrize("condition", [
    {}, {"Expression": ""}, {"Expression": "   "}, {"Expression": "true ||"}, {"Expression": "principal in Group"},
    {"Expression": "context.iam.principalTags.getTag(team)"}, {"Expression": "1 == 1"}, {"Expression": "(" * 500 + "true" + ")" * 500},
    {"Expression": "true " + "&& true " * 400}, {"Expression": '"a" == "' + "\\u{0}" + '" || resource.x'},
])
def test_a_condition_that_cannot_be_read_grants_nothing(admin, unchecked, lake, someone, condition):
    code, _ = error_of(unchecked.grant_permissions, Principal=who(someone.arn), Resource=table(lake.database, "orders"),
                       Permissions=["INSERT"], Condition=condition)
    assert code in ("InvalidInputException", "ValidationException")
    assert held(admin, someone) == []


# Principals

@pytest.mark.parametrize("arn,code,text", [
    (f"arn:aws:sts::{ACCOUNT}:assumed-role/analyst/session", "InvalidInputException", f"arn:aws:iam::{ACCOUNT}:role/analyst"),
    (role_arn("no-such-role"), "InvalidInputException", "Invalid principal"),
    (f"arn:aws:iam::{ACCOUNT}:user/nobody", "InvalidInputException", "Invalid principal"),
    (f"arn:aws:iam::{ACCOUNT}:group/everyone", "InvalidInputException", "groups"),
    (f"arn:aws:iam::{ACCOUNT}:root", "InvalidInputException", ""),
    ("arn:aws:iam::444455556666:role/x", "InvalidInputException", "does not exist"),
    ("*", "InvalidInputException", ""), ("arn:aws:iam::1:role/x", "InvalidInputException", ""),
    (f"arn:aws:iam::{ACCOUNT}:role/", "InvalidInputException", ""), ("x" * 255, "InvalidInputException", ""),
])
def test_principals_that_hold_nothing(admin, lake, arn, code, text):
    error = error_of(grant, clients=admin, arn=arn, resource=table(lake.database, "orders"), permissions=["SELECT"])
    assert error[0] == code and text in error[1]


def test_grants_to_a_role_that_is_gone_are_gone_and_revoking_them_says_so(server, admin, lake):
    someone, on = Someone(server, admin), table(lake.database, "orders")
    grant(admin, someone.arn, on, ["INSERT"])
    admin.iam.delete_role_policy(RoleName=someone.name, PolicyName="all")
    admin.iam.delete_role(RoleName=someone.name)
    assert held(admin, someone) == []
    code, message = error_of(revoke, clients=admin, arn=someone.arn, resource=on, permissions=["INSERT"])
    assert code == "InvalidInputException" and message.startswith("No permissions revoked. Grantee")


# Bad input

@pytest.mark.parametrize("change", [
    {"Principal": None}, {"Resource": None}, {"Permissions": None}, {"Permissions": []}, {"Permissions": ["READ"]},
    {"Permissions": ["select"]}, {"Permissions": "SELECT"}, {"Resource": {}}, {"Principal": {}},
    {"Resource": {"Catalog": {}, "Database": {"Name": "x"}}}, {"Resource": {"Table": {"DatabaseName": "d"}}},
    {"Resource": {"Table": {"DatabaseName": "d", "Name": "t", "TableWildcard": {}}}},
    {"Resource": {"TableWithColumns": {"DatabaseName": "d", "Name": "t"}}},
    {"Resource": {"TableWithColumns": {"DatabaseName": "d", "Name": "t", "ColumnNames": ["a"], "ColumnWildcard": {}}}},
    {"Resource": {"LFTag": {"TagKey": "zone", "TagValues": []}}}, {"Resource": {"LFTag": {"TagKey": "zone"}}},
    {"Resource": {"LFTag": {"TagKey": "k" * 256, "TagValues": ["a"]}}},
    {"Resource": {"LFTag": {"TagKey": "zone", "TagValues": [f"v{i}" for i in range(51)]}}},
    {"Resource": {"LFTagPolicy": {"ResourceType": "COLUMN", "ExpressionName": "x"}}},
    {"Resource": {"LFTagPolicy": {"ExpressionName": "x"}}}, {"Resource": {"LFTagExpression": {}}},
    {"Resource": {"Catalog": {"Id": "111122223333:nested"}}}, {"Resource": {"AnyResource": {"ResourceType": "TABLE"}}},
], ids=str)
def test_requests_that_make_no_sense_change_nothing(admin, unchecked, lake, someone, change):
    request = {"Principal": who(someone.arn), "Resource": table(lake.database, "orders"), "Permissions": ["SELECT"]} | change
    request = {k: v for k, v in request.items() if v is not None}
    for call in (unchecked.grant_permissions, unchecked.revoke_permissions):
        code, _ = error_of(call, **request)
        assert code in ("InvalidInputException", "ValidationException", "SerializationException"), code
    assert held(admin, someone) == []


def test_other_accounts_catalogs_are_closed(admin, someone):
    for on in (tag("zone", "a"), {"Database": {"CatalogId": "444455556666", "Name": "d"}}):
        on = {k: v | {"CatalogId": "444455556666"} for k, v in on.items()}
        assert error_of(grant, clients=admin, arn=someone.arn, resource=on, permissions=["DESCRIBE"])[0] == "AccessDeniedException"
    assert error_of(admin.lakeformation.list_permissions, CatalogId="444455556666")[0] == "AccessDeniedException"
    assert error_of(admin.lakeformation.create_lf_tag, CatalogId="444455556666", TagKey="x", TagValues=["a"])[0] == "AccessDeniedException"


# Batches

def entry(number: int, arn: str, resource: dict, permissions: list[str], **more) -> dict:
    return {"Id": str(number), "Principal": who(arn), "Resource": resource, "Permissions": permissions} | more


def test_entries_of_a_batch_stand_for_themselves_and_failures_echo_them(admin, lake, someone):
    on = table(lake.database, "orders")
    entries = [entry(1, someone.arn, on, ["INSERT"], PermissionsWithGrantOption=["INSERT"]),
               entry(2, someone.arn, table(lake.database, "absent"), ["SELECT"]),
               entry(3, role_arn("no-such-role"), on, ["SELECT"]),
               entry(4, someone.arn, tag("zone", "a", "b"), ["ASSOCIATE"]),
               entry(5, someone.arn, on, ["DELETE"], Condition=BLUE),
               entry(6, someone.arn, tag("zone", "absent"), ["ASSOCIATE"])]
    failures = admin.lakeformation.batch_grant_permissions(Entries=entries)["Failures"]
    assert [f["RequestEntry"] for f in failures] == [entries[1], entries[2], entries[5]]
    assert [f["Error"]["ErrorCode"] for f in failures] == ["EntityNotFoundException", "InvalidInputException", "EntityNotFoundException"]
    assert all(f["Error"]["ErrorMessage"] for f in failures)
    assert len(held(admin, someone)) == 3
    failures = admin.lakeformation.batch_revoke_permissions(Entries=entries)["Failures"]
    assert [f["RequestEntry"]["Id"] for f in failures] == ["2", "3", "6"]
    assert held(admin, someone) == []


def test_a_batch_has_at_most_twenty_entries_with_ids_of_their_own(admin, lake, someone):
    on = table(lake.database, "orders")
    for entries in ([entry(i, someone.arn, on, ["INSERT"]) for i in range(21)],
                    [entry(1, someone.arn, on, ["INSERT"]), entry(1, someone.arn, on, ["DELETE"])]):
        assert error_of(admin.lakeformation.batch_grant_permissions, Entries=entries)[0] == "InvalidInputException"
    assert held(admin, someone) == []


def test_who_may_grant_nothing_fails_in_every_entry(server, admin, lake, someone):
    entries = [entry(i, someone.arn, table(lake.database, "orders"), ["SELECT"]) for i in range(3)]
    failures = someone.lf.batch_grant_permissions(Entries=entries)["Failures"]
    assert [f["Error"]["ErrorCode"] for f in failures] == ["AccessDeniedException"] * 3


# Many at once

def test_sixteen_clients_on_one_principal_lose_nothing(server, admin, lake):
    """Every thread grants and revokes its own tables, tags and policies; what each leaves is there in the end."""
    someone, threads, rounds = Someone(server, admin), 16, 6
    admin.lakeformation.create_lf_tag(TagKey="busy", TagValues=[f"v{i}" for i in range(threads)])
    for i in range(threads):
        admin.glue.create_table(DatabaseName=lake.database, TableInput={
            "Name": f"busy_{i}", "StorageDescriptor": {"Columns": [{"Name": "id", "Type": "bigint"}]}})
    start, clients = threading.Barrier(threads), [server.session() for _ in range(threads)]

    def work(i: int) -> None:
        mine = table(lake.database, f"busy_{i}")
        start.wait()
        for _ in range(rounds):
            grant(clients[i], someone.arn, mine, ["INSERT", "DELETE"])
            grant(clients[i], someone.arn, tag("busy", f"v{i}"), ["ASSOCIATE"])
            grant(clients[i], someone.arn, policy("TABLE", busy=f"v{i}"), ["SELECT"])
            revoke(clients[i], someone.arn, mine, ["DELETE"])
            revoke(clients[i], someone.arn, policy("TABLE", busy=f"v{i}"), ["SELECT"])

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(threads)))
    rows = all_rows(admin, Principal=who(someone.arn))
    tables = {r["Resource"]["Table"]["Name"]: r["Permissions"] for r in rows if "Table" in r["Resource"]}
    assert tables == {f"busy_{i}": ["INSERT"] for i in range(threads)}
    tags = [r for r in rows if "LFTag" in r["Resource"]]
    assert [sorted(r["Resource"]["LFTag"]["TagValues"]) for r in tags] == [sorted(f"v{i}" for i in range(threads))]
    assert len(rows) == threads + 1


def test_sixteen_clients_on_one_grant_leave_one_of_their_states(server, admin, lake):
    """All of them at the same record: each change is whole, and only "nothing to revoke" is refused."""
    someone, threads = Someone(server, admin), 16
    on, both = table(lake.database, "orders"), ["INSERT", "DELETE"]
    start, clients = threading.Barrier(threads), [server.session() for _ in range(threads)]

    def work(i: int) -> list[str]:
        refused = []
        start.wait()
        for _ in range(8):
            try:
                (grant if i % 2 else revoke)(clients[i], someone.arn, on, both)
            except Exception as error:  # noqa: BLE001 - looked at below
                refused.append(str(error))
        return refused

    with ThreadPoolExecutor(threads) as pool:
        refusals = [text for texts in pool.map(work, range(threads)) for text in texts]
    assert all(NOTHING_REVOKED in text for text in refusals)
    assert [row[1:] for row in held(admin, someone)] in ([], [(tuple(both), ())])
