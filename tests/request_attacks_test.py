"""Access requests under attack: who wants more than was approved, who decides for itself, what ends in between."""

import json
import threading
from datetime import datetime, timezone

import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT, server_of_its_own
from iam_words import fresh
from lake import allow, role_arn
from organizations_test import make_account
from request_words import Desk, refusal
from sharing_words import OUTSIDE, grant, table
from states_words import create, ended, machine
from weir_words import weir_client

server, admin = server_of_its_own("attacks")
STEP = "arn:aws:states:::aws-sdk:weir:openAccessRequestStep.waitForTaskToken"
FULFIL = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:weir:fulfilAccessRequest",
          "Parameters": {"RequestId.$": "$.request.id"}}


@pytest.fixture(scope="module")
def outside(server, admin):
    return make_account(server, OUTSIDE)


@pytest.fixture()
def desk(server, admin, outside):
    return Desk(server, admin)


def seen(desk, table: str, **item) -> dict:
    return desk.weir.preview_access_request(Items=[desk.item(table, **item)], Target=OUTSIDE)["Outcome"]


# --- more than was approved

def test_rows_chosen_by_a_sensitive_column_tell_about_it(desk):
    """Ids of those whose address begins with a, then with b: nobody was asked for the addresses."""
    assert seen(desk, "people", Columns=["id"])["Verdict"] == "AUTO_APPROVE"
    for rows in ("email LIKE 'a%'", "id > 1 AND EMAIL = 'a'", "id = 1 OR NOT (email IS NULL)"):
        for columns in ({"Columns": ["id"]}, {"ExcludedColumns": ["email"]}):
            outcome = seen(desk, "people", RowFilter=rows, **columns)
            assert outcome["Verdict"] == "ASK" and "email has pii_flag" in outcome["SensitiveBecause"][0], outcome
    assert seen(desk, "people", Columns=["id"], RowFilter="id > 1")["Verdict"] == "AUTO_APPROVE"


def test_rows_are_not_chosen_by_what_the_policy_leaves_out_or_denies(desk):
    desk.policy({"When": {"Databases": [desk.database]}, "Then": {"ExcludeColumns": ["EMAIL"]}})
    code, says = refusal(seen, desk=desk, table="orders", Columns=["id"], RowFilter="email = 'a'")
    assert code == "InvalidInputException" and "email" in says
    desk.policy({"When": {"Columns": ["email"]}, "Then": {"Deny": "never"}})
    assert seen(desk, "orders", Columns=["id"], RowFilter="email = 'a'")["Verdict"] == "DENY"


@pytest.mark.parametrize("permission", ["INSERT", "DELETE", "ALTER"])
def test_who_wants_to_write_asks_the_owner_though_nothing_is_sensitive(desk, permission):
    outcome = seen(desk, "orders", Permissions=["SELECT", permission])
    assert outcome["Verdict"] == "ASK" and "more than reading" in outcome["Because"][0]


def test_extensions_do_not_add_up_to_forever(desk):
    ten_years = 10 * 365 * 24 * 3600
    asked = desk.ask(DurationSeconds=ten_years)
    desk.held(asked)
    for _ in range(2):
        desk.weir.extend_access_grant(RequestId=asked["RequestId"], DurationSeconds=ten_years)
        shown = desk.held(asked)
        assert (shown["Expires"] - datetime.now(timezone.utc)).total_seconds() <= ten_years + 60


def test_a_filter_that_was_changed_by_hand_is_drift(desk):
    asked = desk.ask(item={"Columns": ["id"], "RowFilter": "id > 1"})
    desk.held(asked)
    (row,) = desk.rows(asked)
    lf = desk.admin.lakeformation
    there = lf.list_data_cells_filter()["DataCellsFilters"]
    (mine,) = [one for one in there if one["DatabaseName"] == desk.database]

    def health():
        return [one["Health"] for one in desk.weir.verify_access_grants(RequestId=asked["RequestId"])["Grants"]]
    before = health()
    assert before != ["WIDER"], row
    kept = {key: mine[key] for key in ("TableCatalogId", "DatabaseName", "TableName", "Name")}
    for change in ({"RowFilter": {"AllRowsWildcard": {}}, "ColumnNames": ["id"]},
                   {"RowFilter": {"FilterExpression": "id > 1"}, "ColumnNames": ["id", "email"]}):
        lf.update_data_cells_filter(TableData=kept | change)
        assert health() == ["WIDER"], change
    lf.update_data_cells_filter(TableData=kept | {"RowFilter": {"FilterExpression": "id > 1"}, "ColumnNames": ["id"]})
    assert health() == before


# --- who decides

def test_the_keys_of_steps_are_taken_by_nobody_else(desk):
    """An approval opened under the key that a step will have would be decided by whom its opener named."""
    code, says = refusal(desk.weir.open_approval, TaskToken="x" * 64, Key="step:01ARZ3NDEKTSV4RRFFQ69G5FAV/0/owner/ab",
                         Approvers=["mallory@example.org"])
    assert code == "InvalidInputException" and "step:" in says


def test_who_comes_as_a_session_with_an_address_does_not_decide_by_mail(desk):
    """Neither what it asked for, nor whether that lasts longer."""
    name = fresh("clerk")
    desk.admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}]}))
    desk.admin.iam.put_role_policy(RoleName=name, PolicyName="may", PolicyDocument=allow(["weir:*"]))
    grant(desk.admin.lakeformation, table(desk.database, "people"), role_arn(name), ["DESCRIBE"])

    def session(who):
        return weir_client(desk.server.session(
            desk.admin.sts.assume_role(RoleArn=role_arn(name), RoleSessionName=who)["Credentials"]))

    def excluded(number):
        return desk.weir.get_approval(ApprovalId=desk.approval(asked, number))["Approval"]["Excluded"]
    asked = desk.ask("people", by=session("Mallory@example.org"), DurationSeconds=86400)
    assert "Mallory@example.org" in excluded(1)
    desk.decide(asked)
    desk.held(asked)
    session("eve@example.org").extend_access_grant(RequestId=asked["RequestId"], DurationSeconds=60)
    assert {"Mallory@example.org", "eve@example.org"} <= set(excluded(2))


def test_who_approves_two_steps_at_once_counts_for_one(desk):
    def branch(step):
        return json.loads(machine((step, {"Type": "Task", "Resource": STEP, "Parameters": {
            "RequestId.$": "$.request.id", "Step": step, "TaskToken.$": "$$.Task.Token"}})))
    both = create(desk.states, machine(
        ("Ask", {"Type": "Parallel", "Branches": [branch("one"), branch("two")], "ResultPath": None}),
        ("Grant", FULFIL)), desk.role)
    desk.weir.put_approval_policy(Policy=json.dumps({
        "Version": "2026-11-01", "StateMachineArn": both, "Rules": [{"Then": {"Require": [
            {"Name": "one", "Approvers": [desk.approver_arn]}, {"Name": "two", "Approvers": [desk.approver_arn],
                                                                "Quorum": 1}]}}]}))
    asked = desk.ask("people")
    desk.approval(asked, 2)
    for one in desk.now(asked)["Approvals"]:
        weir_client(desk.approver).decide_approval(ApprovalId=one["ApprovalId"], Verdict="approve")
    shown = desk.until(asked, "FAILED", "ACTIVE", "AWAITING_RAM")
    assert shown["Decision"] == "FAILED" and "two steps" in shown["Reason"] and desk.rights() == {}


def test_a_table_with_very_many_marks_can_be_asked_for(desk):
    names = [f"a_column_with_a_rather_long_name_{number}" for number in range(120)]
    flags = dict.fromkeys(names, "yes") | {names[0]: "yes" * 1000}
    desk.table("wide", [(name, "string") for name in names], pii=flags)
    asked = desk.ask("wide", item={"Columns": names})
    facts = desk.weir.get_approval(ApprovalId=desk.approval(asked))["Approval"]["Facts"]
    (marks,) = [fact["Value"] for fact in facts if fact["Label"] == "Sensitive"]
    assert "wide.a_column" in marks and marks.endswith(" more")
    many = []
    for number in range(50):
        desk.table(f"t{number}", [("id", "int")], pii={"id": "true"})
        many.append(desk.item(f"t{number}", Columns=["id"], RowFilter="id > 1"))
    assert desk.approval(desk.weir.create_access_request(Items=many, Target=OUTSIDE))


# --- what ends in between

def test_what_is_ended_while_it_is_granted_is_held_by_nobody(desk):
    """Each table is granted by itself: what the owner ends in the middle is not granted on after its end."""
    for number in range(40):
        desk.table(f"t{number}", [("id", "int")])
    items = [desk.item(f"t{number}") for number in range(40)]
    asked = desk.weir.create_access_request(Items=items, Target=OUTSIDE)
    over = threading.Event()

    def end():
        while not over.is_set():
            try:
                desk.weir.revoke_access_grant(RequestId=asked["RequestId"])
            except ClientError:
                continue
            over.set()
    enders = [threading.Thread(target=end, daemon=True) for _ in range(4)]
    for one in enders:
        one.start()
    assert over.wait(60)
    shown = desk.until(asked, "REVOKED")
    ended(desk.states, shown["ExecutionArn"])
    assert desk.rights() == {} and {row["State"] for row in desk.rows(asked)} == {"ENDED"}


# --- what one may not describe

def test_a_question_does_not_tell_the_names_of_what_is_hidden(desk):
    """Neither of columns, nor of tables of a database that is asked for whole; not before, and not afterwards."""
    desk.table("salaries", [("id", "int"), ("grade", "string"), ("bonus", "int")], pii={"bonus": "true", "grade": "true"})
    arn, clerk = desk.person("weir:*")
    grant(desk.admin.lakeformation, {"Database": {"Name": desk.database}}, arn, ["DESCRIBE"])
    grant(desk.admin.lakeformation, {"TableWithColumns": {
        "DatabaseName": desk.database, "Name": "salaries", "ColumnNames": ["id", "grade"]}}, arn, ["SELECT"])
    weir = weir_client(clerk)

    def marks(item: str) -> list[list[str]]:
        items = [desk.item(item)]
        asked = weir.create_access_request(Items=items, Target=OUTSIDE)
        listed = [one for one in weir.list_access_requests()["Requests"] if one["RequestId"] == asked["RequestId"]]
        shown = [weir.preview_access_request(Items=items, Target=OUTSIDE), asked, *listed,
                 weir.get_access_request(RequestId=asked["RequestId"])]
        assert len(shown) == 4 and all(one["Outcome"]["Sensitive"] for one in shown)
        told = desk.now(asked)["Outcome"]["SensitiveBecause"]
        assert f"column {desk.database}.salaries.bonus has pii_flag true" in told, "to who administers"
        return [one["Outcome"]["SensitiveBecause"] for one in shown]

    hidden = "something in it that you may not describe"
    grade = f"column {desk.database}.salaries.grade has pii_flag true"
    assert marks("salaries") == 4 * [[grade, hidden]]
    assert marks("*") == 4 * [[grade, hidden]], "of the table people nothing is told"


# --- more than anybody can read

def test_nobody_has_more_than_a_hundred_questions_open(desk):
    (keen_arn, keen), (calm_arn, calm) = desk.person("weir:*"), desk.person("weir:*")
    for arn in (keen_arn, calm_arn):
        grant(desk.admin.lakeformation, table(desk.database, "people"), arn, ["DESCRIBE"])
    keen, calm = weir_client(keen), weir_client(calm)
    asked = [desk.ask("people", by=keen) for _ in range(100)]
    code, says = refusal(keen.create_access_request, Items=[desk.item("people")], Target=OUTSIDE)
    assert code == "InvalidInputException" and "100 of your requests" in says
    desk.ask("people", by=calm)
    keen.withdraw_access_request(RequestId=asked[0]["RequestId"])
    desk.ask("people", by=keen)
