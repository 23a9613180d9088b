"""Access requests over the wire: asked, decided by policies and people, carried through, taken back; and attacks on them."""

import json
import subprocess

import pytest

from approval_words import code_of
from conftest import ACCOUNT, REGION, WEIR, server_of_its_own
from iam_words import fresh
from lake import allow, role_arn
from organizations_test import make_account
from request_words import Desk, refusal
from sharing_words import OUTSIDE, THIRD, all_tables, grant, revoke, table
from sns_words import mail_to
from states_words import PASS, create, ended, machine, machine_role
from weir_words import weir_client

server, admin = server_of_its_own("requests")
GRANTED = (["DESCRIBE", "SELECT"], ["DESCRIBE", "SELECT"])


@pytest.fixture(scope="module")
def outside(server, admin):
    return make_account(server, OUTSIDE)


@pytest.fixture()
def desk(server, admin, outside):
    return Desk(server, admin)


# --- the way through

def test_what_is_not_sensitive_is_granted_without_asking(desk):
    asked = desk.ask(Purpose="reports", NotifyEmail="me@example.org")
    shown = desk.held(asked)
    assert (shown["Decision"], shown["Fulfilment"]) == ("AUTO_APPROVED", "AWAITING_RAM"), shown
    assert desk.rights() == {("Table", "orders"): GRANTED}
    (row,) = desk.rows(asked)
    assert (row["State"], row["Principal"], row["GrantedBy"], row["Purpose"]) == (
        "IN_FORCE", OUTSIDE, desk.role, "reports")
    execution = desk.states.describe_execution(executionArn=shown["ExecutionArn"])
    given = json.loads(execution["input"])
    assert execution["name"] == asked["RequestId"] and given["source"] == {"database": desk.database, "table": "orders"}
    assert given["target"] == {"account_id": OUTSIDE} and given["request"]["purpose"] == "reports"
    assert "AUTO_APPROVED" in str(mail_to(desk.server, "me@example.org", count=2).get_body(("plain",)))


def test_a_share_that_is_accepted_makes_the_request_active(desk, outside):
    asked = desk.ask()
    desk.until(asked, "AWAITING_RAM")
    for one in outside.ram.get_resource_share_invitations()["resourceShareInvitations"]:
        if one["status"] == "PENDING":
            outside.ram.accept_resource_share_invitation(resourceShareInvitationArn=one["resourceShareInvitationArn"])
    assert [one["Health"] for one in desk.weir.verify_access_grants(RequestId=asked["RequestId"])["Grants"]] == ["HEALTHY"]
    assert desk.now(asked)["Fulfilment"] == "ACTIVE"


def test_what_is_sensitive_waits_for_people_who_are_told_why(desk):
    asked = desk.ask("people", Purpose="campaign")
    assert asked["Outcome"]["Verdict"] == "ASK"
    assert asked["Outcome"]["SensitiveBecause"] == [f"column {desk.database}.people.email has pii_flag true"]
    approval = desk.weir.get_approval(ApprovalId=desk.approval(asked))["Approval"]
    facts = {fact["Label"]: fact["Value"] for fact in approval["Facts"]}
    assert facts["Target Account"] == OUTSIDE and "email has pii_flag" in facts["Sensitive"] and approval["Reason"] == "campaign"
    assert desk.now(asked)["Decision"] == "PENDING" and desk.rights() == {}
    desk.decide(asked)
    assert desk.held(asked)["Decision"] == "APPROVED" and desk.rights() == {("Table", "people"): GRANTED}


@pytest.mark.parametrize("verdict, decision", [("deny", "DENIED"), ("request_changes", "CHANGES_REQUESTED")])
def test_who_refuses_is_heard_with_the_reason(desk, verdict, decision):
    asked = desk.ask("people", NotifyEmail=f"{verdict.replace('_', '-')}@example.org")
    desk.decide(asked, verdict, Comment="without a contract")
    shown = desk.until(asked, decision)
    assert "without a contract" in shown["Reason"] and shown["Fulfilment"] == "NONE" and desk.rights() == {}
    execution = ended(desk.states, shown["ExecutionArn"])
    assert execution["status"] == "FAILED" and "without a contract" in execution["cause"]
    mail = mail_to(desk.server, f"{verdict.replace('_', '-')}@example.org", "request.decided")
    assert "without a contract" in mail.get_body(("plain",)).get_content()


def test_time_that_passes_without_an_answer_is_a_refusal(desk):
    desk.policy({"When": {"Databases": [desk.database]}, "Then": {"Require": [
        {"Name": "quick", "Approvers": [desk.approver_arn], "TimeoutSeconds": 1}]}})
    asked = desk.ask("people")
    assert desk.until(asked, "EXPIRED")["Fulfilment"] == "NONE" and desk.rights() == {}


def test_two_steps_are_asked_one_after_the_other_and_nobody_counts_twice(desk):
    second_arn, second = desk.person("weir:DecideApproval")
    both = [desk.approver_arn, second_arn]
    desk.policy({"When": {"Databases": [desk.database]}, "Then": {"Template": "two-step", "Require": [
        {"Name": "first", "Approvers": both}, {"Name": "second", "Approvers": both}]}})
    asked = desk.ask("people")
    desk.decide(asked)
    approval = desk.approval(asked, 2)
    assert code_of(weir_client(desk.approver).decide_approval, ApprovalId=approval, Verdict="approve") == \
        "AccessDeniedException"
    assert desk.rights() == {}
    desk.decide(asked, number=2, by=second)
    assert desk.held(asked)["Decision"] == "APPROVED"


def test_a_quorum_needs_so_many(desk):
    people = [desk.person("weir:DecideApproval") for _ in range(3)]
    desk.policy({"When": {"Databases": [desk.database]}, "Then": {"Template": "quorum", "Require": [
        {"Name": "board", "Approvers": [arn for arn, _ in people], "Quorum": 2}]}})
    asked = desk.ask("people")
    desk.decide(asked, by=people[0][1])
    assert desk.now(asked)["Decision"] == "PENDING" and desk.rights() == {}
    desk.decide(asked, by=people[1][1])
    assert desk.held(asked)["Decision"] == "APPROVED"


def test_the_ticket_template_wants_a_ticket(desk):
    desk.policy(Template="ticket")
    refused = desk.until(desk.ask(), "FAILED")
    assert "names no ticket" in refused["Reason"]
    assert desk.held(desk.ask(TicketRef="T-1"))["Decision"] == "AUTO_APPROVED"


def test_the_time_bound_template_ends_what_has_no_end(desk):
    desk.policy(Template="time-bound")
    shown = desk.held(desk.ask())
    assert 0 < (shown["Expires"] - shown["Updated"]).total_seconds() <= 30 * 24 * 3600


def test_approvers_give_less_than_was_asked(desk):
    asked = desk.ask("people", DurationSeconds=7200)
    desk.decide(asked, Narrowed={"Columns": ["id"], "DurationSeconds": 3600})
    shown = desk.held(asked)
    assert desk.rights() == {("TableWithColumns", "people"): (["SELECT"], ["SELECT"])}
    assert shown["Items"][0]["Columns"] == ["id"] and shown["DurationSeconds"] == 3600


def test_columns_and_rows_become_a_filter_of_the_request(desk):
    asked = desk.ask(item={"ExcludedColumns": ["email"], "RowFilter": "id > 7"})
    desk.held(asked)
    (key, rights), = desk.rights().items()
    assert key[0] == "DataCellsFilter" and rights == (["SELECT"], ["SELECT"])
    filters = desk.admin.lakeformation.list_data_cells_filter(Table={"DatabaseName": desk.database, "Name": "orders"})
    (one,) = filters["DataCellsFilters"]
    assert one["RowFilter"] == {"FilterExpression": "id > 7"}
    assert one["ColumnWildcard"] == {"ExcludedColumnNames": ["email"]}
    desk.weir.revoke_access_grant(RequestId=asked["RequestId"])
    assert desk.rights() == {} and desk.admin.lakeformation.list_data_cells_filter(
        Table={"DatabaseName": desk.database, "Name": "orders"})["DataCellsFilters"] == []


@pytest.mark.parametrize("by_policy", [False, True], ids=["asked", "by_policy"])
def test_what_is_left_of_an_exclusion_is_named_so_that_it_can_be_passed_on(desk, by_policy):
    if by_policy:
        desk.policy({"When": {"Databases": [desk.database]}, "Then": {"ExcludeColumns": ["E*"]}})
    asked = desk.ask() if by_policy else desk.ask(item={"ExcludedColumns": ["email"]})
    shown = desk.held(asked)
    assert desk.rights() == {("TableWithColumns", "orders"): (["SELECT"], ["SELECT"])}
    assert shown["Items"][0]["Columns"] and "email" not in shown["Items"][0]["Columns"]


def test_columns_that_are_not_sensitive_are_granted_without_asking(desk):
    assert desk.held(desk.ask("people", item={"Columns": ["id"]}))["Decision"] == "AUTO_APPROVED"
    assert desk.ask("people", item={"Columns": ["id", "email"]})["Outcome"]["Verdict"] == "ASK"


@pytest.mark.parametrize("columns", [{"Columns": ["id", "Region"]}, {"ExcludedColumns": ["region"]},
                                     {"Columns": ["region"], "RowFilter": "id > 7"}])
def test_a_partition_key_can_be_neither_included_nor_excluded_and_that_is_said_at_once(desk, columns):
    desk.table("visits", [("id", "int"), ("email", "string")], keys=[("region", "string")])
    for ask in (desk.weir.preview_access_request, desk.weir.create_access_request):
        said = refusal(ask, Items=[desk.item("visits", **columns)], Target=OUTSIDE)
        assert said[0] == "InvalidInputException" and "region is a partition key" in said[1]
    mine = [one for one in desk.weir.list_access_requests()["Requests"] if one["Items"][0]["Database"] == desk.database]
    assert mine == []


def test_a_partition_key_that_one_may_not_describe_is_not_told_of(desk):
    desk.table("visits", [("id", "int"), ("email", "string")], keys=[("region", "string")])
    _, requester = desk.person("weir:PreviewAccessRequest", "weir:CreateAccessRequest", "glue:GetTable")
    said = refusal(weir_client(requester).preview_access_request,
                   Items=[desk.item("visits", Columns=["region"])], Target=OUTSIDE)
    assert said[0] == "EntityNotFoundException" and "partition" not in said[1]


@pytest.mark.parametrize("by_policy", [False, True], ids=["asked", "by_policy"])
def test_what_is_left_of_an_exclusion_is_named_without_partition_keys(desk, by_policy):
    desk.table("visits", [("id", "int"), ("email", "string")], keys=[("region", "string")])
    if by_policy:
        desk.policy({"When": {"Databases": [desk.database]}, "Then": {"ExcludeColumns": ["e*"]}})
    asked = desk.ask("visits", item={} if by_policy else {"ExcludedColumns": ["email"]})
    shown = desk.held(asked)
    assert shown["Fulfilment"] in ("ACTIVE", "AWAITING_RAM") and shown["Items"][0]["Columns"] == ["id"], shown
    assert desk.rights() == {("TableWithColumns", "visits"): (["SELECT"], ["SELECT"])}


def test_a_policy_that_leaves_out_a_partition_key_leaves_out_its_table(desk):
    """The key would come with every other column."""
    desk.table("visits", [("id", "int")], keys=[("region", "string")])
    desk.policy({"When": {"Databases": [desk.database]}, "Then": {"ExcludeColumns": ["reg*"]}})
    for item in ({}, {"Columns": ["id"]}):
        said = refusal(desk.ask, table="visits", item=item)
        assert said[0] == "InvalidInputException" and "leaves out column region" in said[1]
    assert desk.held(desk.ask("orders"))["Decision"] == "AUTO_APPROVED"


def test_a_part_of_a_table_is_as_sensitive_as_its_partition_keys(desk):
    desk.table("visits", [("id", "int")], keys=[("who", "string")], pii={"who": "true"})
    asked = desk.ask("visits", item={"Columns": ["id"]})
    assert asked["Outcome"]["Verdict"] == "ASK"
    assert asked["Outcome"]["SensitiveBecause"] == [f"column {desk.database}.visits.who has pii_flag true"]


def test_a_whole_database_is_as_sensitive_as_any_table_of_it(desk):
    assert desk.ask("*")["Outcome"]["Verdict"] == "ASK"
    desk.flag("people", "email", "No")
    assert desk.ask("*")["Outcome"]["Verdict"] == "AUTO_APPROVE"
    desk.table("log", [("id", "int")], keys=[("who", "string")], pii={"who": "maybe"})
    assert desk.ask("*")["Outcome"]["Verdict"] == "ASK"


def test_a_preview_changes_nothing(desk):
    desk.policy({"When": {"Databases": [desk.database]}, "Then": {"MaxDurationSeconds": 60, "NoGrantOption": True,
                                                                 "ExcludeColumns": ["e*"]}})
    shown = desk.weir.preview_access_request(Items=[desk.item()], Target=OUTSIDE, DurationSeconds=3600)
    assert shown["Outcome"]["Verdict"] == "AUTO_APPROVE" and shown["DurationSeconds"] == 60
    assert shown["Items"][0]["ExcludedColumns"] == ["email"] and shown["Items"][0]["Grantable"] is False
    mine = [one for one in desk.weir.list_access_requests()["Requests"]
            if one["Items"][0]["Database"] == desk.database]
    assert mine == [] and desk.rights() == {}


def test_who_asked_reads_who_decided_and_why_and_nobody_else_does(desk):
    may = ("weir:CreateAccessRequest", "weir:GetAccessRequest", "glue:GetTable", "glue:GetDatabase")
    (asker, requester), (_, other) = desk.person(*may), desk.person(*may)
    grant(desk.admin.lakeformation, all_tables(desk.database), asker, ["DESCRIBE"])
    asked = desk.ask("people", by=weir_client(requester))
    desk.decide(asked, Comment="for this quarter")
    approval = desk.approval(asked)
    (decision,) = weir_client(requester).get_approval(ApprovalId=approval)["Approval"]["Decisions"]
    assert (decision["By"], decision["Comment"]) == (desk.approver_arn, "for this quarter")
    assert not decision.get("Address") and not decision.get("Agent"), "from where is not the requester's to know"
    assert desk.weir.get_approval(ApprovalId=approval)["Approval"]["Decisions"][0]["Address"]
    for somebody in (other, desk.person("weir:GetAccessGrants")[1]):
        assert refusal(weir_client(somebody).get_approval, ApprovalId=approval)[0] == "AccessDeniedException"


def on_trial(*rules: dict) -> str:
    return json.dumps({"Version": "2026-11-01", "Rules": list(rules)})


def test_a_policy_is_tried_before_it_is_set(desk):
    asked = {"Items": [desk.item("people")], "Target": OUTSIDE}
    denies = on_trial({"Name": "never", "When": {"Tables": ["people"]}, "Then": {"Deny": "never given away"}})
    assert desk.weir.preview_access_request(**asked, Policy=denies)["Outcome"]["Verdict"] == "DENY"
    assert desk.weir.preview_access_request(**asked)["Outcome"]["Verdict"] == "ASK", "what is in force stays in force"
    cuts = on_trial({"Then": {"AutoApprove": True, "MaxDurationSeconds": 60, "ExcludeColumns": ["email"]}})
    shown = desk.weir.preview_access_request(**asked, Policy=cuts)
    assert (shown["DurationSeconds"], shown["Items"][0]["Columns"]) == (60, ["id"])
    assert refusal(desk.weir.preview_access_request, **asked, Policy='{"Version":"1"}')[0] == "InvalidInputException"


def test_only_who_may_set_a_policy_tries_one(desk, outside):
    _, curious = desk.person("weir:PreviewAccessRequest", "glue:GetTable", "glue:GetDatabase")
    anything = {"Items": [desk.item()], "Target": OUTSIDE, "Policy": on_trial({"When": {"Sensitive": True}, "Then": {"Deny": "x"}})}
    assert refusal(weir_client(curious).preview_access_request, **anything)[0] == "AccessDeniedException"
    _, setter = desk.person("weir:PreviewAccessRequest", "weir:PutApprovalPolicy")
    assert refusal(weir_client(setter).preview_access_request, **anything)[0] == "AccessDeniedException"
    code, _ = refusal(weir_client(outside).preview_access_request, **anything, CatalogId=ACCOUNT)
    assert code == "AccessDeniedException"


def test_a_policy_that_somebody_set_meanwhile_is_not_overwritten_unseen(desk):
    document = desk.weir.get_approval_policy()
    mine = desk.weir.put_approval_policy(Policy=document["Policy"], ExpectedVersion=document["Version"])
    assert mine["Version"] == document["Version"] + 1
    code, says = refusal(desk.weir.put_approval_policy, Policy=document["Policy"], ExpectedVersion=document["Version"])
    assert code == "ConflictException" and f"Version {mine['Version']} is in force" in says
    assert desk.weir.get_approval_policy()["Version"] == mine["Version"]


def test_a_machine_of_the_accounts_own_is_heard_when_it_ends(desk):
    role = machine_role(desk.admin)
    good = create(desk.states, machine(("Done", PASS)), role)
    bad = create(desk.states, machine(("No", {"Type": "Fail", "Error": "Approval.Denied", "Cause": "not today"})), role)
    sample = create(desk.states, machine(("No", {"Type": "Fail"})), role)
    for arn, decision, reason in ((good, "APPROVED", "by itself"), (bad, "DENIED", "not today"),
                                  (sample, "DENIED", "without a reason")):
        document = {"Version": "2026-11-01", "StateMachineArn": arn}
        desk.weir.put_approval_policy(Policy=json.dumps(document))
        shown = desk.until(desk.ask(), decision)
        assert reason in shown["Reason"] and shown["Fulfilment"] in ("BY_MACHINE", "NONE")


LIMITS = [({"DurationSeconds": 15 * 24 * 3600}, {}, "its end"), ({}, {"Columns": ["id"]}, "the columns"),
          ({}, {"ExcludedColumns": ["email"]}, "the columns"), ({}, {"RowFilter": "id > 7"}, "the rows"),
          ({}, {"Permissions": ["SELECT"]}, "the permissions"), ({}, {"Grantable": False}, "not passed on")]


def own_machine(desk, *states, **policy) -> None:
    """Requests are carried by a machine of the account's own, which cannot grant through Weir."""
    arn = create(desk.states, machine(*states or (("Done", PASS),)), desk.role)
    desk.weir.put_approval_policy(Policy=json.dumps({"Version": "2026-11-01", "StateMachineArn": arn} | policy))


@pytest.mark.parametrize("request_has, item_has, words", LIMITS)
def test_what_the_machine_would_not_keep_is_refused_with_the_remedy(desk, request_has, item_has, words):
    own_machine(desk)
    for call in (desk.weir.create_access_request, desk.weir.preview_access_request):
        code, says = refusal(call, Items=[desk.item(**item_has)], Target=OUTSIDE, **request_has)
        assert code == "InvalidInputException" and words in says, says
        assert "deploy-central --template" in says and "fulfilAccessRequest" in says
    assert desk.rights() == {} and not any(one["Items"][0]["Database"] == desk.database
                                           for one in desk.weir.list_access_requests()["Requests"])


@pytest.mark.parametrize("limit, words", [({"MaxDurationSeconds": 60}, "its end"), ({"NoGrantOption": True}, "passed on"),
                                          ({"ExcludeColumns": ["e*"]}, "the columns")])
def test_what_the_policy_adds_is_kept_or_refused_too(desk, limit, words):
    own_machine(desk, Rules=[{"When": {"Databases": [desk.database]}, "Then": limit}])
    code, says = refusal(desk.ask)
    assert code == "InvalidInputException" and words in says, says


def test_a_database_whose_grants_end_is_not_shared_by_a_machine_that_cannot_end_them(desk):
    desk.admin.glue.update_database(Name=desk.database, DatabaseInput={"Name": desk.database, "Parameters": {
        "data_owner": ACCOUNT, "max_grant_days": "30"}})
    own_machine(desk)
    assert "its end" in refusal(desk.ask)[1]


def test_several_items_are_for_a_machine_that_grants_them_all(desk):
    desk.flag("people", "email", "false")
    own_machine(desk)
    code, says = refusal(desk.weir.create_access_request, Items=[desk.item("orders"), desk.item("people")], Target=OUTSIDE)
    assert code == "InvalidInputException" and "items after the first" in says


FULFIL = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:weir:fulfilAccessRequest",
          "Parameters": {"RequestId.$": "$.request.id"}}


@pytest.mark.parametrize("state", [FULFIL, {"Type": "Parallel", "Branches": [
    {"StartAt": "Grant", "States": {"Grant": FULFIL | {"End": True}}}]}])
def test_a_machine_of_the_accounts_own_that_grants_through_weir_keeps_what_was_asked(desk, state):
    own_machine(desk, ("Give", state))
    shown = desk.held(desk.ask(item={"Columns": ["id"], "Grantable": False}, DurationSeconds=3600))
    assert shown["Decision"] == "AUTO_APPROVED" and "Expires" in shown
    assert desk.rights() == {("TableWithColumns", "orders"): (["SELECT"], [])}


def test_a_machine_that_could_have_granted_within_the_limits_and_did_not_has_failed(desk):
    choice = {"Type": "Choice", "Default": "Done", "Choices": [
        {"Variable": "$.never", "IsPresent": True, "Next": "Give"}]}
    own_machine(desk, ("Which", choice), ("Give", FULFIL | {"End": True}), ("Done", PASS))
    shown = desk.until(desk.ask(DurationSeconds=60), "FAILED", "APPROVED")
    assert shown["Decision"] == "FAILED" and "within the limits" in shown["Reason"] and "its end" in shown["Reason"]


ASK_STEP = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:weir:openAccessRequestStep.waitForTaskToken",
            "Parameters": {"RequestId.$": "$.request.id", "Step": "owner", "TaskToken.$": "$$.Task.Token"}, "ResultPath": None}


def asking(desk) -> dict:
    return {"Rules": [{"When": {"Databases": [desk.database]}, "Then": {"Require": [
        {"Name": "owner", "Approvers": [desk.approver_arn]}]}}]}


def test_a_machine_that_asks_nobody_carries_nothing_that_people_are_to_approve(desk):
    own_machine(desk, **asking(desk))
    for call in (desk.weir.create_access_request, desk.weir.preview_access_request):
        code, says = refusal(call, Items=[desk.item()], Target=OUTSIDE)
        assert code == "InvalidInputException" and "the approval of owner" in says and "--template" in says, says
    own_machine(desk)
    assert "the approval of" in refusal(desk.ask, table="people")[1], "the default policy asks about what is sensitive"
    assert desk.until(desk.ask(), "APPROVED")["Fulfilment"] == "BY_MACHINE"


def test_a_machine_that_could_have_asked_and_did_not_has_failed(desk):
    choice = {"Type": "Choice", "Default": "Done", "Choices": [
        {"Variable": "$.never", "IsPresent": True, "Next": "Ask"}]}
    own_machine(desk, ("Which", choice), ("Ask", ASK_STEP | {"End": True}), ("Done", PASS), **asking(desk))
    shown = desk.until(desk.ask(), "FAILED", "APPROVED")
    assert shown["Decision"] == "FAILED" and "owner is not approved" in shown["Reason"]


def test_a_machine_that_asks_through_weir_may_do_the_rest_by_itself(desk):
    own_machine(desk, ("Ask", ASK_STEP), **asking(desk))
    asked = desk.ask()
    desk.decide(asked)
    shown = desk.until(asked, "APPROVED", "FAILED")
    assert (shown["Decision"], shown["Fulfilment"]) == ("APPROVED", "BY_MACHINE")
    less = desk.ask()
    desk.decide(less, Narrowed={"Columns": ["id"]})
    shown = desk.until(less, "APPROVED", "FAILED")
    assert shown["Decision"] == "FAILED" and "approvers left" in shown["Reason"]


def test_an_express_machine_carries_nothing(desk):
    arn = create(desk.states, machine(("Done", PASS)), desk.role, type="EXPRESS")
    desk.weir.put_approval_policy(Policy=json.dumps({"Version": "2026-11-01", "StateMachineArn": arn}))
    code, says = refusal(desk.ask)
    assert code == "InvalidInputException" and "standard" in says


def test_without_a_machine_nothing_can_be_asked(desk):
    desk.weir.put_approval_policy(Policy=json.dumps({"Version": "2026-11-01"}))
    code, says = refusal(desk.ask)
    assert code == "InvalidInputException" and "state machine" in says


def test_who_asked_takes_it_back_and_its_machine_stops(desk):
    asked = desk.ask("people")
    desk.approval(asked)
    shown = desk.weir.withdraw_access_request(RequestId=asked["RequestId"])
    assert shown["Decision"] == "WITHDRAWN"
    assert ended(desk.states, shown["ExecutionArn"])["status"] == "ABORTED"
    assert refusal(desk.decide, request=asked)[0] in ("ApprovalExpiredException", "ConflictException")
    assert desk.weir.withdraw_access_request(RequestId=asked["RequestId"])["Version"] == shown["Version"]
    assert desk.rights() == {}


def test_what_is_decided_is_not_taken_back(desk):
    asked = desk.ask()
    desk.held(asked)
    assert refusal(desk.weir.withdraw_access_request, RequestId=asked["RequestId"])[0] == "ConflictException"
    assert desk.rights() != {}


def test_a_client_token_makes_one_request(desk):
    token = fresh("token")
    first, again = desk.ask(ClientToken=token), desk.ask(ClientToken=token)
    assert first["RequestId"] == again["RequestId"]
    assert refusal(desk.ask, ClientToken=token, Purpose="other")[0] == "ConflictException"


# --- what is refused

@pytest.mark.parametrize("target", ["12", "44445555666", "4444555566667", "44445555666x", "IAM_ALLOWED_PRINCIPALS",
                                    f"{ACCOUNT}:IAMPrincipals", "everybody", "arn:aws:s3:::bucket"])
def test_targets_that_are_none_are_refused(desk, target):
    assert refusal(desk.ask, target=target)[0] == "InvalidInputException"


@pytest.mark.parametrize("item", [
    {"Columns": []}, {"Columns": ["nope"]}, {"Columns": ["id"], "ExcludedColumns": ["id"]}, {"Permissions": []},
    {"Permissions": ["ALL"]}, {"Permissions": ["DROP"]}, {"Permissions": ["SUPER_USER"]}, {"Permissions": ["READ"]},
    {"Columns": ["id"], "Permissions": ["DESCRIBE"]}, {"RowFilter": "id > 1", "Permissions": ["INSERT"]},
    {"RowFilter": "x" * 2049}, {"Table": "*", "Columns": ["id"]}, {"Table": "*", "RowFilter": "id > 1"}])
def test_items_that_are_none_are_refused(desk, item):
    assert refusal(desk.ask, item=item)[0] == "InvalidInputException"
    assert desk.rights() == {}


def test_items_that_one_may_not_describe_are_not_there(desk):
    arn, clients = desk.person("weir:*", "glue:*")
    weir = weir_client(clients)
    for name in ("orders", "absent", "*"):
        code, says = refusal(desk.ask, table=name, by=weir)
        assert code == "EntityNotFoundException" and says == f"Item {desk.database}.{name} not found.", says
    grant(desk.admin.lakeformation, table(desk.database, "orders"), arn, ["DESCRIBE"])
    assert desk.ask(by=weir)["Requester"] == arn


def test_columns_that_one_may_not_describe_are_named_by_nobody(server, admin):
    """Neither where all but some are asked for, nor where a policy leaves some out."""
    desk = Desk(server, admin)
    arn, curious = desk.person("weir:*AccessRequest*", "glue:GetTable", "lakeformation:GetDataAccess")
    desk.table("wide", [("id", "int"), ("name", "string"), ("secret", "string")])
    admin.lakeformation.grant_permissions(
        Principal={"DataLakePrincipalIdentifier": arn}, Permissions=["SELECT"],
        Resource={"TableWithColumns": {"DatabaseName": desk.database, "Name": "wide", "ColumnNames": ["id", "name"]}})
    weir = weir_client(curious)

    def told(call=weir.preview_access_request, **item) -> dict:
        return call(Items=[desk.item(table="wide", **item)], Target=arn)["Items"][0]

    assert told(ExcludedColumns=["id"], Grantable=True)["Columns"] == ["name"]
    desk.policy({"When": {"Databases": [desk.database]}, "Then": {"ExcludeColumns": ["sec*"]}})
    assert "secret" not in json.dumps(told())
    made = weir.create_access_request(Items=[desk.item(table="wide")], Target=arn, ClientToken="hidden")
    assert "secret" not in json.dumps(made["Items"])
    assert "secret" not in json.dumps(weir.get_access_request(RequestId=made["RequestId"])["Items"])
    assert "secret" not in json.dumps(weir.list_access_requests()["Requests"], default=str)
    assert "secret" in json.dumps(desk.weir.get_access_request(RequestId=made["RequestId"])["Items"]), "the record keeps it"


def test_people_see_their_own_requests_and_administrators_all(desk):
    arn, clients = desk.person("weir:*")
    grant(desk.admin.lakeformation, table(desk.database, "orders"), arn, ["DESCRIBE"])
    weir, stranger = weir_client(clients), weir_client(desk.person("weir:*")[1])
    asked = desk.ask(by=weir)
    assert [one["RequestId"] for one in weir.list_access_requests()["Requests"]] == [asked["RequestId"]]
    assert stranger.list_access_requests()["Requests"] == []
    for call in (stranger.get_access_request, stranger.withdraw_access_request, stranger.revoke_access_grant):
        assert refusal(call, RequestId=asked["RequestId"])[0] == "EntityNotFoundException"
        assert refusal(call, RequestId="0" * 26)[0] == "EntityNotFoundException"
    assert desk.now(asked)["Requester"] == arn


def test_people_of_other_accounts_ask_only_where_the_policy_lists_them(desk, outside):
    weir = weir_client(outside)
    assert refusal(desk.ask, by=weir, CatalogId=ACCOUNT)[0] == "AccessDeniedException"
    desk.policy(Requesters=[THIRD])
    assert refusal(desk.ask, by=weir, CatalogId=ACCOUNT)[0] == "AccessDeniedException"
    desk.policy(Requesters=[OUTSIDE])
    # Let in, it still sees only what is shared with it.
    assert refusal(desk.ask, by=weir, CatalogId=ACCOUNT)[0] == "EntityNotFoundException"


def test_only_administrators_set_the_policy_and_only_good_ones(desk):
    weir = weir_client(desk.person("weir:*", "iam:PassRole", "states:*")[1])
    document = json.dumps({"Version": "2026-11-01"})
    assert refusal(weir.put_approval_policy, Policy=document)[0] == "AccessDeniedException"
    code, says = refusal(desk.weir.put_approval_policy, Policy='{"Version":"2026-11-01","Rule":[]}')
    assert code == "InvalidInputException" and "Rule is not known" in says
    other = f"arn:aws:states:{REGION}:{OUTSIDE}:stateMachine:theirs"
    assert refusal(desk.weir.put_approval_policy, Policy=json.dumps(
        {"Version": "2026-11-01", "StateMachineArn": other}))[0] == "InvalidInputException"


def test_the_policy_that_is_set_is_told(desk):
    version = desk.policy(Otherwise="DENY")["Version"]
    shown = desk.weir.get_approval_policy()
    assert shown["Version"] == version and json.loads(shown["Policy"])["Otherwise"] == "DENY"
    desk.flag("people", "email", "false")
    denied = desk.ask("people")
    assert denied["Decision"] == "DENIED" and "no rule" in denied["Reason"] and "ExecutionArn" not in denied


def test_every_template_is_a_machine_that_can_be_made(desk):
    for name in ("sample-compatible", "two-step", "quorum", "ticket", "time-bound"):
        (arn,) = desk.policy(Template=name)["StateMachineArns"]
        assert arn.endswith(f":stateMachine:weir-access-{name}")
        assert desk.states.describe_state_machine(stateMachineArn=arn)["roleArn"] == desk.role


def test_a_policy_puts_its_template_over_no_machine_that_it_did_not_make(desk):
    (arn,) = desk.policy(Template="quorum")["StateMachineArns"]
    (mark,) = desk.states.list_tags_for_resource(resourceArn=arn)["tags"]
    template = desk.states.describe_state_machine(stateMachineArn=arn)["definition"]
    own = machine(("Mine", PASS))
    desk.states.untag_resource(resourceArn=arn, tagKeys=["weir:made-by"])
    assert desk.policy(Template="quorum"), "there is nothing to overwrite"
    desk.states.update_state_machine(stateMachineArn=arn, definition=own)
    version = desk.weir.get_approval_policy()["Version"]
    for members in ({"Template": "quorum"}, {"Rules": [{"Then": {"Template": "quorum"}}]}):
        code, says = refusal(desk.policy, **members)
        assert code == "ConflictException" and arn in says, says
    assert desk.states.describe_state_machine(stateMachineArn=arn)["definition"] == own
    assert desk.weir.get_approval_policy()["Version"] == version
    desk.states.tag_resource(resourceArn=arn, tags=[mark])
    desk.policy(Template="quorum")
    assert desk.states.describe_state_machine(stateMachineArn=arn)["definition"] == template


# --- attacks

def test_who_asks_does_not_decide_whatever_it_comes_as(desk):
    arn, clients = desk.person("weir:*", "sts:AssumeRole")
    grant(desk.admin.lakeformation, table(desk.database, "people"), arn, ["DESCRIBE"])
    desk.policy({"When": {"Databases": [desk.database]}, "Then": {"Require": [
        {"Name": "owner", "Approvers": [arn, desk.approver_arn]}]}})
    asked = desk.ask("people", by=weir_client(clients))
    assert code_of(weir_client(clients).decide_approval, ApprovalId=desk.approval(asked), Verdict="approve") == \
        "AccessDeniedException"
    assert desk.now(asked)["Decision"] == "PENDING"


def test_a_session_of_the_requesters_role_does_not_decide(desk):
    name = fresh("both")
    trust = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}]})
    desk.admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
    desk.admin.iam.put_role_policy(RoleName=name, PolicyName="may", PolicyDocument=allow(["weir:*"]))
    grant(desk.admin.lakeformation, table(desk.database, "people"), role_arn(name), ["DESCRIBE"])
    desk.policy({"When": {"Databases": [desk.database]}, "Then": {"Require": [
        {"Name": "owner", "Approvers": [role_arn(name)]}]}})

    def session(who):
        answer = desk.admin.sts.assume_role(RoleArn=role_arn(name), RoleSessionName=who)
        return weir_client(desk.server.session(answer["Credentials"]))
    asked = desk.ask("people", by=session("mallory"))
    for who in ("mallory", "somebody"):
        assert code_of(session(who).decide_approval, ApprovalId=desk.approval(asked), Verdict="approve") == \
            "AccessDeniedException"


def test_nobody_but_its_machine_carries_a_request_through(desk):
    asked = desk.ask("people")
    desk.approval(asked)
    id = asked["RequestId"]
    for call, more in ((desk.weir.fulfil_access_request, {}), (desk.weir.close_access_request, {}),
                       (desk.weir.open_access_request_step, {"Step": "owner", "TaskToken": "x" * 64})):
        assert refusal(call, RequestId=id, **more)[0] == "AccessDeniedException"
    assert desk.rights() == {} and desk.now(asked)["Decision"] == "PENDING"


def test_a_machine_that_asks_nobody_is_given_nothing(desk):
    """Another machine of the same role, and one that leaves the question out."""
    task = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:weir:fulfilAccessRequest",
            "Parameters": {"RequestId.$": "$.request.id"}}
    hasty = create(desk.states, machine(("Grant", task)), desk.role)
    desk.weir.put_approval_policy(Policy=json.dumps({
        "Version": "2026-11-01", "StateMachineArn": hasty, "Rules": [
            {"Then": {"Require": [{"Name": "owner", "Approvers": [desk.approver_arn]}]}}]}))
    shown = desk.until(desk.ask("people"), "FAILED", "APPROVED")
    assert shown["Decision"] == "FAILED" and "not approved" in shown["Reason"] and desk.rights() == {}


def test_a_role_without_the_grant_option_grants_nothing_and_says_why(server, admin, outside):
    desk = Desk(server, admin, grants=False)
    shown = desk.until(desk.ask(), "GRANT_FAILED")
    assert "could not be granted" in shown["Reason"] and desk.rights() == {}
    execution = ended(desk.states, shown["ExecutionArn"])
    assert execution["status"] == "FAILED" and execution["error"] == "Weir.AccessDeniedException"
    assert "ermission" in execution["cause"], execution["cause"]
    assert {row["State"] for row in desk.rows(shown)} == {"ENDED"}


def test_all_of_a_request_is_granted_or_nothing(desk):
    revoke(desk.admin.lakeformation, all_tables(desk.database), desk.role, ["SELECT", "DESCRIBE"],
           ["SELECT", "DESCRIBE"])
    both = ["SELECT", "DESCRIBE"]
    grant(desk.admin.lakeformation, table(desk.database, "orders"), desk.role, both, both)
    desk.flag("people", "email", "false")
    asked = desk.weir.create_access_request(Items=[desk.item("orders"), desk.item("people")], Target=OUTSIDE)
    desk.until(asked, "GRANT_FAILED")
    assert desk.rights() == {}


def test_what_became_sensitive_after_it_was_approved_is_not_granted(desk):
    """The policy is asked again when it is granted: an approval of the past is none of what is there now."""
    wait = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:weir:openAccessRequestStep.waitForTaskToken",
            "Parameters": {"RequestId.$": "$.request.id", "Step": "look", "TaskToken.$": "$$.Task.Token"},
            "ResultPath": None}
    task = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:weir:fulfilAccessRequest",
            "Parameters": {"RequestId.$": "$.request.id"}}
    slow = create(desk.states, machine(("Look", wait), ("Grant", task)), desk.role)
    desk.weir.put_approval_policy(Policy=json.dumps({
        "Version": "2026-11-01", "StateMachineArn": slow, "Rules": [
            {"When": {"Sensitive": True}, "Then": {"Deny": "never"}},
            {"Then": {"Require": [{"Name": "look", "Approvers": [desk.approver_arn]}]}}]}))
    asked = desk.ask("orders")
    desk.approval(asked)
    desk.flag("orders", "email")
    desk.decide(asked)
    shown = desk.until(asked, "FAILED", "ACTIVE", "AWAITING_RAM")
    assert shown["Decision"] == "FAILED" and "stricter" in shown["Reason"] and "email has pii_flag" in shown["Reason"]
    assert desk.rights() == {}


def test_approvers_cannot_give_more_than_was_asked(desk):
    asked = desk.ask("people", item={"Columns": ["email"]}, DurationSeconds=60)
    wide = [{"Columns": ["email", "id"]}, {"Columns": ["id"]}, {"DurationSeconds": 61}]
    for narrowed in wide:
        assert refusal(desk.decide, request=asked, Narrowed=narrowed)[0] == "InvalidInputException"
    desk.decide(asked, Narrowed={"DurationSeconds": 30})
    assert desk.held(asked)["DurationSeconds"] == 30
    assert desk.rights() == {("TableWithColumns", "people"): (["SELECT"], ["SELECT"])}


def test_approvers_cannot_choose_a_partition_key(desk):
    desk.table("visits", [("id", "int"), ("email", "string")], keys=[("region", "string")], pii={"email": "true"})
    asked = desk.ask("visits")
    said = refusal(desk.decide, request=asked, Narrowed={"Columns": ["id", "REGION"]})
    assert said[0] == "InvalidInputException" and "region is a partition key" in said[1]
    desk.decide(asked, Narrowed={"Columns": ["id"]})
    assert desk.held(asked)["Decision"] == "APPROVED"
    assert desk.rights() == {("TableWithColumns", "visits"): (["SELECT"], ["SELECT"])}


def test_approvers_choose_columns_and_rows_that_are_there(desk):
    """Found out when somebody decides, and not when everybody has and nobody can be granted it."""
    asked = desk.ask("people")
    for narrowed, why in (({"Columns": ["id", "salary"]}, "has no column salary"), ({"RowFilter": "salary > 1"}, "salary"),
                          ({"RowFilter": "id >"}, "people")):
        code, says = refusal(desk.decide, request=asked, Narrowed=narrowed)
        assert code == "InvalidInputException" and why in says, (narrowed, says)
    assert desk.now(asked)["Decision"] == "PENDING"
    desk.decide(asked, Narrowed={"Columns": ["ID"], "RowFilter": "id > 1"})
    assert desk.held(asked)["Decision"] == "APPROVED"


def test_rows_that_approvers_chose_are_some_of_those_asked_for(desk):
    asked = desk.ask("people", item={"RowFilter": "id > 0"})
    desk.decide(asked, Narrowed={"RowFilter": "id > 1"})
    assert desk.held(asked)["Decision"] == "APPROVED"
    one, = desk.admin.lakeformation.list_data_cells_filter(
        Table={"DatabaseName": desk.database, "Name": "people"})["DataCellsFilters"]
    assert one["RowFilter"] == {"FilterExpression": "(id > 0) AND (id > 1)"}


def test_a_column_that_went_meanwhile_is_not_chosen(desk):
    asked = desk.ask("people", item={"Columns": ["id", "email"]})
    desk.approval(asked)
    desk.admin.glue.update_table(DatabaseName=desk.database, TableInput={"Name": "people", "StorageDescriptor": {
        "Columns": [{"Name": "email", "Type": "string", "Parameters": {"pii_flag": "true"}}]}})
    code, says = refusal(desk.decide, request=asked, Narrowed={"Columns": ["id"]})
    assert code == "InvalidInputException" and "has no column id" in says
    desk.decide(asked, Narrowed={"Columns": ["email"]})
    assert desk.held(asked)["Decision"] == "APPROVED"


@pytest.mark.parametrize("item", [{"Columns": ["id", "salary"]}, {"ExcludedColumns": ["salary"]}, {"RowFilter": "salary > 1"}])
def test_a_column_that_is_not_there_is_not_asked_for(desk, item):
    for ask in (desk.ask, lambda table, item: desk.weir.preview_access_request(Items=[desk.item(table, **item)], Target=OUTSIDE)):
        code, says = refusal(ask, table="people", item=item)
        assert code == "InvalidInputException" and "salary" in says


def test_words_that_a_requester_chooses_command_nothing(desk):
    asked = desk.ask("people", Purpose="\r\nBcc: all@example.org\x1b[2J<script>", TicketRef="-1;DROP")
    approval = desk.weir.get_approval(ApprovalId=desk.approval(asked))["Approval"]
    assert "\r\nBcc" in approval["Reason"] or "Bcc" in approval["Reason"]
    shown = subprocess.run([WEIR, "request", "show", asked["RequestId"], "--endpoint-url", desk.server.endpoint],
                           env=desk.server.cli_env, capture_output=True, text=True, timeout=60)
    assert shown.returncode == 0 and "\x1b" not in shown.stdout and "PENDING" in shown.stdout, shown.stderr


def test_the_command_line_asks_lists_and_takes_back(desk):
    def weir(*words):
        done = subprocess.run([WEIR, *words, "--endpoint-url", desk.server.endpoint], env=desk.server.cli_env,
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout
    told = weir("request", "preview", "--item", f"{desk.database}.people", "--for", OUTSIDE)
    assert "policy: ASK" in told and "sensitive: column" in told
    made = weir("request", "create", "--item", f"{desk.database}.people", "--for", OUTSIDE, "--purpose", "a look")
    id = made.split()[0]
    assert id in weir("request", "list") and "a look" in weir("request", "show", id)
    assert "WITHDRAWN" in weir("request", "withdraw", id)
    assert json.loads(weir("request", "policy"))["Template"] == "sample-compatible"
