"""Access requests when things go wrong: the server dies while it grants; the owner is another account's topic."""

import json
import os

import pytest

from approval_words import links, send_form
from conftest import ACCOUNT, server_of_its_own
from iam_words import fresh
from lake import allow
from organizations_test import make_account
from request_words import MACHINE_MAY, Desk
from sharing_words import OUTSIDE
from sns_words import body_of, confirmed, mail_to, wait_for

KILLS = int(os.environ.get("KILLS", "6"))
TABLES = 50
server, admin = server_of_its_own("request-failures")


@pytest.fixture(scope="module")
def outside(server, admin):
    return make_account(server, OUTSIDE)


@pytest.fixture()
def desk(server, admin, outside):
    return Desk(server, admin, actions=(*MACHINE_MAY, "sts:AssumeRole"))


def restart(desk) -> None:
    desk.server.kill()
    desk.server.start(int(desk.server.endpoint.rsplit(":", 1)[1]))


@pytest.mark.parametrize("attempt", range(KILLS))
def test_a_server_that_dies_while_it_grants_grants_all_or_nothing_and_nothing_unwritten(desk, attempt):
    for number in range(TABLES):
        desk.table(f"t{number:02}", [("id", "int")])
    target, _ = desk.person()
    asked = desk.weir.create_access_request(Items=[desk.item(f"t{number:02}") for number in range(TABLES)],
                                            Target=target)
    for _ in range(attempt * 5):  # answers are the clock: each attempt dies some grants later
        desk.admin.sts.get_caller_identity()
    restart(desk)
    granted = {name for _, name in desk.rights(target)}
    assert granted <= {row["Table"] for row in desk.rows(asked)}
    shown = desk.held(asked)
    assert shown["Fulfilment"] == "ACTIVE", shown
    rows = desk.rows(asked)
    assert {name for _, name in desk.rights(target)} == {row["Table"] for row in rows} and len(rows) == TABLES
    assert {row["State"] for row in rows} == {"IN_FORCE"}
    desk.weir.revoke_access_grant(RequestId=asked["RequestId"])
    assert desk.rights(target) == {}


def test_an_answer_before_the_server_dies_is_heard_of_when_it_is_back(desk):
    asked = desk.ask("people")
    approval = desk.approval(asked)
    desk.decide(asked, "deny", Comment="no")
    restart(desk)
    listed = wait_for(lambda: [one for one in desk.weir.list_access_requests(Decision="DENIED")["Requests"]
                               if one["RequestId"] == asked["RequestId"]], what="the refusal")
    assert "no" in listed[0]["Reason"] and desk.weir.get_approval(ApprovalId=approval)["Approval"]["Status"] == "DENIED"


# --- the owner is another account

def onboard(outside, trusts: str = ACCOUNT) -> str:
    """What the sample's producer stack makes: the topic, and the role that may publish to it."""
    topic = outside.sns.create_topic(Name="DataLakeSharingApproval")["TopicArn"]
    trust = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{trusts}:root"}, "Action": "sts:AssumeRole"}]})
    try:
        outside.iam.create_role(RoleName="ProducerWorkflowRole", AssumeRolePolicyDocument=trust)
    except outside.iam.exceptions.EntityAlreadyExistsException:
        outside.iam.update_assume_role_policy(RoleName="ProducerWorkflowRole", PolicyDocument=trust)
    outside.iam.put_role_policy(RoleName="ProducerWorkflowRole", PolicyName="inline0",
                                PolicyDocument=allow(["sns:Publish"], topic))
    return topic


@pytest.fixture()
def owned_outside(desk):
    """The database's owner is another account, whose people are asked."""
    desk.admin.glue.update_database(Name=desk.database, DatabaseInput={
        "Name": desk.database, "Parameters": {"data_owner": OUTSIDE}})
    desk.weir.put_approval_policy(Policy=json.dumps(
        {"Version": "2026-11-01", "RoleArn": desk.role, "Template": "sample-compatible"}))
    return desk


def test_the_owner_of_another_account_is_asked_through_its_role_and_decides(owned_outside, outside):
    desk, address = owned_outside, f"{fresh('owner')}@example.org"
    confirmed(outside, desk.server, onboard(outside), address)
    asked = desk.ask("people", DurationSeconds=30 * 24 * 3600, Purpose="campaign")
    text = body_of(mail_to(desk.server, address, "Data Sharing Request Approval"))
    lines = [line for line in text.splitlines() if ": " in line]
    labels = [line.split(": ")[0] for line in lines]
    assert len(labels) == len(set(labels)), labels
    assert f"Target Account: {OUTSIDE}" in lines and "Duration: 30 days" in lines and "Reason: campaign" in lines
    approve, _ = links(desk.server, address, subject="Data Sharing Request Approval")
    assert send_form(approve, comment="fine")[0] == 200
    assert desk.held(asked)["Decision"] == "APPROVED" and desk.rights() != {}


def test_an_owner_whose_role_does_not_trust_this_account_is_not_asked_and_nothing_is_granted(owned_outside, outside):
    desk, address = owned_outside, f"{fresh('owner')}@example.org"
    confirmed(outside, desk.server, onboard(outside, trusts=OUTSIDE), address)
    shown = desk.until(desk.ask("people"), "FAILED")
    assert desk.rights() == {} and "AssumeRole" in shown["Reason"], shown["Reason"]
    onboard(outside)
