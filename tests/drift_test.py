"""What was granted for requests against what is there: found, told, and repaired."""

import subprocess

import pytest

from conftest import WEIR, server_of_its_own
from organizations_test import make_account
from request_words import Desk, refusal
from sharing_words import OUTSIDE, grant, revoke, table
from sns_words import wait_for
from weir_words import weir_client

server, admin = server_of_its_own("drift", "--share-invitation-s", "3")
BOTH = ["DESCRIBE", "SELECT"]


@pytest.fixture(scope="module")
def outside(server, admin):
    return make_account(server, OUTSIDE)


@pytest.fixture()
def desk(server, admin, outside):
    return Desk(server, admin)


def person_with(desk, **more):
    """A user of the account who has what was asked for, without a share in between."""
    arn, _ = desk.person()
    asked = desk.ask(target=arn, **more)
    assert desk.held(asked)["Fulfilment"] == "ACTIVE"
    return arn, asked


def health(desk, asked, **more) -> tuple:
    (one,) = desk.weir.verify_access_grants(RequestId=asked["RequestId"], **more)["Grants"]
    return one["Health"], one["Repaired"]


def test_what_is_as_it_was_granted_is_healthy(desk):
    assert health(desk, person_with(desk)[1]) == ("HEALTHY", False)


def test_what_somebody_took_away_is_missing_and_is_granted_again(desk):
    arn, asked = person_with(desk)
    revoke(desk.admin.lakeformation, table(desk.database, "orders"), arn, BOTH)
    assert health(desk, asked) == ("MISSING", False)
    assert health(desk, asked, Repair=True) == ("MISSING", True)
    assert health(desk, asked) == ("HEALTHY", False)
    assert desk.rights(arn) == {("Table", "orders"): (BOTH, [])}


def test_what_lost_a_part_is_narrower_and_is_granted_again(desk):
    arn, asked = person_with(desk)
    revoke(desk.admin.lakeformation, table(desk.database, "orders"), arn, ["SELECT"])
    assert health(desk, asked) == ("NARROWER", False)
    assert health(desk, asked, Repair=True) == ("NARROWER", True)
    assert health(desk, asked)[0] == "HEALTHY"


def test_what_lost_its_grant_option_is_narrower(desk):
    arn, asked = person_with(desk, item={"Grantable": True})
    revoke(desk.admin.lakeformation, table(desk.database, "orders"), arn, [], ["SELECT"])
    assert health(desk, asked)[0] == "NARROWER"


def test_columns_that_were_taken_are_noticed(desk):
    arn, asked = person_with(desk, item={"Columns": ["id", "name"]})
    assert health(desk, asked)[0] == "HEALTHY"
    resource = {"TableWithColumns": {"DatabaseName": desk.database, "Name": "orders", "ColumnNames": ["name"]}}
    revoke(desk.admin.lakeformation, resource, arn, ["SELECT"])
    assert health(desk, asked, Repair=True) == ("NARROWER", True)
    assert health(desk, asked)[0] == "HEALTHY"


def test_what_somebody_added_is_wider_and_is_left_alone(desk):
    arn, asked = person_with(desk)
    grant(desk.admin.lakeformation, table(desk.database, "orders"), arn, ["INSERT"])
    assert health(desk, asked, Repair=True) == ("WIDER", False)
    assert "INSERT" in desk.rights(arn)["Table", "orders"][0]
    desk.weir.revoke_access_grant(RequestId=asked["RequestId"])
    assert desk.rights(arn) == {("Table", "orders"): (["INSERT"], [])}


def test_what_was_there_before_is_not_wider(desk):
    arn, _ = desk.person()
    grant(desk.admin.lakeformation, table(desk.database, "orders"), arn, ["INSERT"])
    asked = desk.ask(target=arn)
    desk.held(asked)
    assert health(desk, asked)[0] == "HEALTHY"


def test_an_invitation_that_expired_is_noticed_and_sent_again(desk, outside):
    asked = desk.ask()
    desk.held(asked)

    def expired():
        return health(desk, asked)[0] == "INVITATION_EXPIRED"
    wait_for(expired, what="the end of the invitation")
    assert health(desk, asked, Repair=True) == ("INVITATION_EXPIRED", True)
    for one in outside.ram.get_resource_share_invitations()["resourceShareInvitations"]:
        if one["status"] == "PENDING":
            outside.ram.accept_resource_share_invitation(resourceShareInvitationArn=one["resourceShareInvitationArn"])
    assert health(desk, asked)[0] == "HEALTHY"


def test_what_has_ended_shows_no_health(desk):
    _, asked = person_with(desk)
    wait_for(lambda: desk.rows(asked)[0].get("Health") == "HEALTHY", what="the first look")
    desk.weir.revoke_access_grant(RequestId=asked["RequestId"])
    (row,) = desk.rows(asked)
    assert row["State"] == "ENDED" and "Health" not in row and "HealthDetail" not in row


def test_only_administrators_verify_and_repairing_takes_the_grant_option(desk):
    arn, asked = person_with(desk)
    stranger = weir_client(desk.person("weir:*")[1])
    assert refusal(stranger.verify_access_grants)[0] == "AccessDeniedException"
    code, _ = refusal(desk.weir.verify_access_grants, RequestId="0" * 26)
    assert code == "EntityNotFoundException"


def test_the_command_line_says_by_its_status_whether_all_is_well(desk):
    arn, asked = person_with(desk)

    def verify(*options):
        return subprocess.run([WEIR, "access", "verify", "--request", asked["RequestId"], *options, "--endpoint-url",
                               desk.server.endpoint], env=desk.server.cli_env, capture_output=True, text=True, timeout=60)
    assert verify().returncode == 0
    revoke(desk.admin.lakeformation, table(desk.database, "orders"), arn, BOTH)
    broken = verify()
    assert broken.returncode == 2 and "MISSING" in broken.stdout
    assert verify("--repair").returncode == 0 and verify().returncode == 0
