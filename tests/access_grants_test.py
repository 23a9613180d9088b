"""What was granted for requests: how it ends, what stays, what is counted together, who had what when."""

import datetime
import json
import subprocess
import threading

import pytest

from conftest import ACCOUNT, WEIR, server_of_its_own
from organizations_test import make_account
from request_words import Desk, refusal
from sharing_words import OUTSIDE, THIRD, columns, grant, revoke, table
from sns_words import wait_for
from weir_words import weir_client

server, admin = server_of_its_own("access-grants")
BOTH = ["DESCRIBE", "SELECT"]


@pytest.fixture(scope="module")
def outside(server, admin):
    return make_account(server, OUTSIDE)


@pytest.fixture(scope="module")
def third(server, admin):
    return make_account(server, THIRD)


@pytest.fixture()
def desk(server, admin, outside):
    return Desk(server, admin)


# --- ends

def test_what_lasts_a_second_ends_by_itself_with_its_share(desk):
    asked = desk.ask(DurationSeconds=1)
    desk.held(asked)
    shown = desk.until(asked, "ENDED")
    assert desk.rights() == {} and "time was up" in shown["Reason"]
    (row,) = desk.rows(asked)
    assert (row["State"], row["EndedBy"]) == ("ENDED", "expiry")
    assert not any(desk.database in json.dumps(one) for one in
                   desk.admin.ram.list_resources(resourceOwner="SELF")["resources"])


def test_what_ends_is_on_the_record(desk):
    asked = desk.ask(DurationSeconds=1)
    desk.until(asked, "ENDED")

    def look():
        events = desk.admin.cloudtrail.lookup_events(LookupAttributes=[
            {"AttributeKey": "EventName", "AttributeValue": "RevokePermissions"}])["Events"]
        return [one for one in events if asked["RequestId"] in one["CloudTrailEvent"]]
    (event, *_) = wait_for(look, what="the event")
    assert "weir.amazonaws.com" in event["CloudTrailEvent"]


def test_the_owner_ends_it_and_a_second_time_there_is_nothing(desk):
    asked = desk.ask()
    desk.held(asked)
    shown = desk.weir.revoke_access_grant(RequestId=asked["RequestId"], Reason="the contract ended")
    assert (shown["Fulfilment"], shown["Reason"]) == ("REVOKED", "the contract ended") and desk.rights() == {}
    assert refusal(desk.weir.revoke_access_grant, RequestId=asked["RequestId"])[0] == "ConflictException"


def test_who_has_it_gives_it_up_and_nobody_else_of_another_account_does(desk, outside, third):
    asked = desk.ask()
    desk.held(asked)
    call = {"CatalogId": ACCOUNT, "RequestId": asked["RequestId"]}
    assert refusal(weir_client(third).revoke_access_grant, **call)[0] == "EntityNotFoundException"
    absent = call | {"RequestId": "0" * 26}
    assert refusal(weir_client(third).revoke_access_grant, **absent)[0] == "EntityNotFoundException"
    shown = weir_client(outside).revoke_access_grant(**call, Reason="not needed")
    assert shown["Fulfilment"] == "REVOKED" and desk.rights() == {}


def test_it_ends_though_the_role_that_granted_it_is_gone(desk):
    asked = desk.ask(DurationSeconds=2)
    desk.held(asked)
    name = desk.role.rsplit("/", 1)[1]
    desk.admin.iam.delete_role_policy(RoleName=name, PolicyName="may")
    desk.admin.iam.delete_role(RoleName=name)
    desk.until(asked, "ENDED")
    assert desk.rights() == {}


def test_it_ends_though_somebody_took_it_before(desk):
    asked = desk.ask(DurationSeconds=2)
    desk.held(asked)
    revoke(desk.admin.lakeformation, table(desk.database, "orders"), OUTSIDE, BOTH, BOTH)
    desk.until(asked, "ENDED")


def test_it_ends_though_the_table_is_gone(desk):
    asked = desk.ask(DurationSeconds=2)
    desk.held(asked)
    desk.admin.glue.delete_table(DatabaseName=desk.database, Name="orders")
    desk.until(asked, "ENDED")


def test_a_namesake_of_a_dropped_table_loses_nothing_that_was_given_to_it(desk):
    """What ends takes what it gave: a table made anew was given to nobody by it."""
    asked = desk.ask()
    desk.held(asked)
    desk.admin.glue.delete_table(DatabaseName=desk.database, Name="orders")
    desk.table("orders", [("id", "int")])
    assert desk.rights() == {}
    grant(desk.admin.lakeformation, table(desk.database, "orders"), OUTSIDE, BOTH)
    (one,) = desk.weir.verify_access_grants(RequestId=asked["RequestId"], Repair=True)["Grants"]
    assert (one["Health"], one["Repaired"]) == ("MISSING", False)
    desk.weir.revoke_access_grant(RequestId=asked["RequestId"])
    assert desk.rights() == {("Table", "orders"): (BOTH, [])}


# --- what is counted together

def test_what_another_request_gives_stays(desk):
    first, second = desk.ask(), desk.ask()
    desk.held(first), desk.held(second)
    desk.weir.revoke_access_grant(RequestId=first["RequestId"])
    assert desk.rights() == {("Table", "orders"): (BOTH, BOTH)}
    desk.weir.revoke_access_grant(RequestId=second["RequestId"])
    assert desk.rights() == {}


def test_only_what_nobody_else_gives_is_taken(desk):
    less = desk.ask(item={"Permissions": ["SELECT"], "Grantable": False})
    more = desk.ask()
    desk.held(less), desk.held(more)
    assert desk.rights() == {("Table", "orders"): (BOTH, BOTH)}
    desk.weir.revoke_access_grant(RequestId=more["RequestId"])
    assert desk.rights() == {("Table", "orders"): (["SELECT"], [])}
    desk.weir.revoke_access_grant(RequestId=less["RequestId"])
    assert desk.rights() == {}


def test_what_was_given_by_hand_before_stays(desk):
    grant(desk.admin.lakeformation, table(desk.database, "orders"), OUTSIDE, ["SELECT"])
    asked = desk.ask()
    desk.held(asked)
    assert desk.rights() == {("Table", "orders"): (BOTH, BOTH)}
    desk.weir.revoke_access_grant(RequestId=asked["RequestId"])
    assert desk.rights() == {("Table", "orders"): (["SELECT"], [])}


def test_what_was_given_by_hand_stays_through_two_requests(desk):
    grant(desk.admin.lakeformation, table(desk.database, "orders"), OUTSIDE, ["DESCRIBE"])
    first, second = desk.ask(), desk.ask()
    desk.held(first), desk.held(second)
    for one in (second, first):
        desk.weir.revoke_access_grant(RequestId=one["RequestId"])
    assert desk.rights() == {("Table", "orders"): (["DESCRIBE"], [])}


def test_columns_are_counted_one_by_one(desk):
    grant(desk.admin.lakeformation, columns(desk.database, "orders", "id"), OUTSIDE, ["SELECT"])
    first = desk.ask(item={"Columns": ["id", "name"]})
    desk.held(first)
    second = desk.ask(item={"Columns": ["name", "email"]})
    desk.held(second)

    def seen():
        found = desk.admin.lakeformation.list_permissions(Principal={"DataLakePrincipalIdentifier": OUTSIDE})
        return sorted(name for one in found["PrincipalResourcePermissions"]
                      if one["Resource"].get("TableWithColumns", {}).get("DatabaseName") == desk.database
                      for name in one["Resource"]["TableWithColumns"]["ColumnNames"])
    assert set(seen()) == {"id", "name", "email"}
    desk.weir.revoke_access_grant(RequestId=first["RequestId"])
    assert set(seen()) == {"id", "name", "email"}
    desk.weir.revoke_access_grant(RequestId=second["RequestId"])
    assert seen() == ["id"]


def test_a_role_of_the_same_account_can_have_it(desk):
    arn, _ = desk.person("glue:GetTable")
    asked = desk.ask(target=arn)
    assert desk.held(asked)["Fulfilment"] == "ACTIVE"
    assert desk.rights(arn) == {("Table", "orders"): (BOTH, [])}
    desk.weir.revoke_access_grant(RequestId=asked["RequestId"])
    assert desk.rights(arn) == {}


# --- longer

def test_an_extension_is_asked_of_the_same_policy_and_moves_the_end(desk):
    asked = desk.ask("people", DurationSeconds=3600)
    desk.decide(asked)
    before = desk.held(asked)["Expires"]
    pending = desk.weir.extend_access_grant(RequestId=asked["RequestId"], DurationSeconds=3600, Purpose="not done")
    assert pending["Fulfilment"] == "EXTENSION_PENDING" and pending["ExtensionPending"]
    assert refusal(desk.weir.extend_access_grant, RequestId=asked["RequestId"], DurationSeconds=5)[0] == "ConflictException"
    approval = desk.weir.get_approval(ApprovalId=desk.approval(asked, 2))["Approval"]
    assert approval["Reason"] == "not done"
    desk.decide(asked, number=2)
    shown = wait_for(lambda: (now := desk.now(asked)) and not now["ExtensionPending"] and now, what="the extension")
    assert shown["Fulfilment"] == "AWAITING_RAM"
    assert (shown["Expires"] - before).total_seconds() == 3600
    assert {row["Expires"] for row in desk.rows(asked)} == {shown["Expires"]}


def test_an_extension_that_is_refused_leaves_the_end_where_it_was(desk):
    asked = desk.ask("people", DurationSeconds=3600)
    desk.decide(asked)
    before = desk.held(asked)["Expires"]
    desk.weir.extend_access_grant(RequestId=asked["RequestId"], DurationSeconds=3600)
    desk.decide(asked, "deny", number=2, Comment="enough")
    shown = wait_for(lambda: (now := desk.now(asked)) and not now["ExtensionPending"] and now, what="refusal")
    assert shown["Expires"] == before and "enough" in shown["Reason"] and desk.rights() != {}


def test_it_ends_while_an_extension_waits_and_the_extension_is_too_late(desk):
    asked = desk.ask("people", DurationSeconds=2)
    desk.decide(asked)
    desk.held(asked)
    desk.weir.extend_access_grant(RequestId=asked["RequestId"], DurationSeconds=3600)
    desk.approval(asked, 2)
    desk.until(asked, "ENDED")
    assert desk.rights() == {}
    assert refusal(desk.decide, request=asked, number=2)[0] in ("ApprovalExpiredException", "ConflictException")
    assert refusal(desk.weir.extend_access_grant, RequestId=asked["RequestId"], DurationSeconds=5)[0] == "ConflictException"


def test_the_policy_caps_how_long_it_lasts_and_how_long_it_is_extended(desk):
    desk.policy({"When": {"Databases": [desk.database]}, "Then": {"MaxDurationSeconds": 100}})
    asked = desk.ask(DurationSeconds=5000)
    shown = desk.held(asked)
    assert shown["DurationSeconds"] == 100
    desk.weir.extend_access_grant(RequestId=asked["RequestId"], DurationSeconds=5000)
    later = wait_for(lambda: (now := desk.now(asked)) and not now["ExtensionPending"] and now, what="the extension")
    assert (later["Expires"] - shown["Expires"]).total_seconds() < 60


def test_what_has_no_end_is_not_extended(desk):
    asked = desk.ask()
    desk.held(asked)
    code, says = refusal(desk.weir.extend_access_grant, RequestId=asked["RequestId"], DurationSeconds=5)
    assert code == "ConflictException" and "no end" in says


def test_two_who_end_it_at_once_end_it_once(desk):
    asked = desk.ask()
    desk.held(asked)
    answers = []

    def end():
        try:
            answers.append(weir_client(desk.admin).revoke_access_grant(RequestId=asked["RequestId"])["Fulfilment"])
        except Exception as refused:
            answers.append(type(refused).__name__)
    threads = [threading.Thread(target=end) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert answers.count("REVOKED") == 1 and desk.rights() == {}, answers


# --- tables to come

def test_a_database_that_is_shared_whole_and_becomes_sensitive_is_told(desk):
    desk.flag("people", "email", "false")
    desk.policy(OnNewSensitive="ANNOUNCE")
    asked = desk.ask("*")
    desk.held(asked)
    desk.table("fresh", [("id", "int"), ("ssn", "string")], pii={"ssn": "true"})
    desk.weir.verify_access_grants(RequestId=asked["RequestId"])
    assert desk.now(asked)["Fulfilment"] in ("ACTIVE", "AWAITING_RAM") and desk.rights() != {}

    def told(name):
        found = desk.admin.cloudtrail.lookup_events(LookupAttributes=[
            {"AttributeKey": "EventName", "AttributeValue": name}])["Events"]
        return [one for one in found if asked["RequestId"] in one["CloudTrailEvent"]]
    wait_for(lambda: told("policy.violation") or told("PolicyViolation"), what="policy.violation")


def test_a_policy_that_says_so_takes_it_back_when_it_becomes_sensitive(desk):
    desk.flag("people", "email", "false")
    desk.policy(OnNewSensitive="REVOKE")
    asked = desk.ask("*")
    desk.held(asked)
    desk.flag("people", "email", "yes")
    desk.weir.verify_access_grants(RequestId=asked["RequestId"])
    shown = desk.now(asked)
    assert shown["Fulfilment"] == "REVOKED" and "people.email has pii_flag yes" in shown["Reason"]
    assert desk.rights() == {}


# --- who had what when

def test_who_had_access_to_a_column_at_a_time_and_why(desk):
    asked = desk.ask("people", Purpose="campaign")
    desk.decide(asked, Comment="fine")
    desk.held(asked)
    arn, _ = desk.person()
    narrow = desk.ask("people", item={"Columns": ["id"]}, target=arn)
    desk.held(narrow)
    (row,) = desk.rows(asked)
    column = f"{desk.database}.people.email"
    during = row["Granted"] + datetime.timedelta(seconds=1)
    before = row["Granted"] - datetime.timedelta(seconds=5)

    def had(at, resource=column):
        return [one["Principal"] for one in desk.weir.list_access_grants(Resource=resource, At=at)["Grants"]]
    assert had(during) == [OUTSIDE] and had(before) == []
    assert sorted(had(during + datetime.timedelta(seconds=5), f"{desk.database}.people.id")) == sorted([OUTSIDE, arn])
    desk.weir.revoke_access_grant(RequestId=asked["RequestId"])
    assert had(row["Granted"] + datetime.timedelta(days=1)) == []
    (found,) = desk.weir.list_access_grants(Resource=column)["Grants"]
    assert found["Purpose"] == "campaign" and found["Approvals"][0]["Step"] == "owner" and found["Because"]
    done = subprocess.run([WEIR, "access", "list", "--column", column, "--endpoint-url", desk.server.endpoint],
                          env=desk.server.cli_env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "campaign" in done.stdout and "step owner" in done.stdout, done.stderr


def test_others_are_told_nothing_of_what_was_granted(desk, outside, third):
    asked = desk.ask()
    desk.held(asked)
    stranger = weir_client(desk.person("weir:*")[1])
    assert stranger.list_access_grants()["Grants"] == []
    assert weir_client(third).list_access_grants(CatalogId=ACCOUNT)["Grants"] == []
    theirs = weir_client(outside).list_access_grants(CatalogId=ACCOUNT, RequestId=asked["RequestId"])["Grants"]
    assert [one["Principal"] for one in theirs] == [OUTSIDE]


def test_what_ends_later_ends_after_the_server_was_away(desk, server):
    asked = desk.ask(DurationSeconds=1)
    desk.held(asked)
    server.kill()
    server.start(int(server.endpoint.rsplit(":", 1)[1]))
    desk.until(asked, "ENDED")
    assert desk.rights() == {}
