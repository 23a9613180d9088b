"""An approver named by its ARN is whoever had it when the question was opened: a namesake, made while people decide, does
not decide, and who was not there yet shows."""

import pytest

from approval_words import MAY_DECIDE, Asking, become, code_of, decide, pages, role_of_many
from conftest import ACCOUNT, server_of_its_own
from iam_words import fresh, login, make_user, own_arn, statement
from lake import role_arn
from organizations_test import make_account
from request_words import Desk
from saml_company import Company
from saml_idp import Key, metadata
from sharing_words import OUTSIDE, grant, table
from sns_words import wait_for
from weir_words import weir_client

server, admin = server_of_its_own("approver_namesakes")
KEY = Key()
OTHER = "999988887777"


@pytest.fixture()
def person(server, admin):
    """person(name) is the clients of a new user who may decide and assume roles."""
    return lambda name=None: login(server, admin, make_user(admin, statement("Allow", [*MAY_DECIDE, "weir:*"]), name=name))


@pytest.fixture(scope="module")
def other(server):
    """The administrator of another account."""
    return make_account(server, OTHER)


@pytest.fixture(scope="module")
def outside(server):
    return make_account(server, OUTSIDE)


def name_of(clients) -> str:
    return own_arn(clients).rsplit("/", 1)[-1]


def erase_user(admin, name: str) -> None:
    for key in admin.iam.list_access_keys(UserName=name)["AccessKeyMetadata"]:
        admin.iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
    for policy in admin.iam.list_user_policies(UserName=name)["PolicyNames"]:
        admin.iam.delete_user_policy(UserName=name, PolicyName=policy)
    admin.iam.delete_user(UserName=name)


def erase_role(admin, name: str) -> None:
    for policy in admin.iam.list_role_policies(RoleName=name)["PolicyNames"]:
        admin.iam.delete_role_policy(RoleName=name, PolicyName=policy)
    admin.iam.delete_role(RoleName=name)


def waiting(clients) -> list[str]:
    return [one["ApprovalId"] for one in pages(weir_client(clients), ToDecide=True)]


def absent(asking) -> list[str]:
    return asking.now().get("AbsentApprovers", [])


def nobody_decides(clients, asking) -> None:
    """Neither sees that something waits, nor reads it as an approver, nor decides."""
    identity = asking.approval()["ApprovalId"]
    assert decide(clients, asking) == "AccessDeniedException"
    assert identity not in waiting(clients) and asking.now()["Status"] == "OPEN"


@pytest.mark.parametrize("how", ["made again", "renamed"])
def test_a_namesake_of_a_user_does_not_decide(server, admin, person, how):
    ana, earlier = person(), person()
    name = name_of(ana)
    asking = Asking(server, admin, Approvers=[own_arn(ana)])
    assert waiting(ana) == [asking.approval()["ApprovalId"]] and absent(asking) == []
    erase_user(admin, name)
    assert absent(asking) == [f"arn:aws:iam::{ACCOUNT}:user/{name}"]
    if how == "renamed":  # who was there before the question
        admin.iam.update_user(UserName=name_of(earlier), NewUserName=name)
    namesake = earlier if how == "renamed" else person(name)
    assert own_arn(namesake) in asking.now()["Approvers"]
    nobody_decides(namesake, asking)
    assert absent(asking) == [own_arn(namesake)]


def test_a_namesake_of_a_role_does_not_decide(server, admin, person):
    role = role_of_many(admin)
    asking = Asking(server, admin, Approvers=[role])
    asking.approval()
    name = role.rsplit("/", 1)[-1]
    erase_role(admin, name)
    assert role_of_many(admin, name=name) == role
    nobody_decides(become(server, person(), role), asking)


@pytest.mark.parametrize("named", ["user", "group"])
def test_a_namesake_of_a_provider_has_other_people(server, admin, named):
    company = Company.known_to(server, admin, KEY, allowed=MAY_DECIDE)
    approver = company.user("ann") if named == "user" else company.group("stewards")
    asking = Asking(server, admin, Approvers=[approver])
    assert waiting(company.decorated("ann", ["stewards"])) == [asking.approval()["ApprovalId"]]
    admin.iam.delete_saml_provider(SAMLProviderArn=company.provider)
    admin.iam.create_saml_provider(Name=company.provider.rsplit("/")[1], SAMLMetadataDocument=metadata([KEY]))
    nobody_decides(company.decorated("ann", ["stewards"]), asking)
    assert absent(asking) == [approver]


def test_who_comes_in_by_escalation_is_who_was_there_at_the_begin(server, admin, person):
    ana, bob = person(), person()
    name = name_of(ana)
    asking = Asking(server, admin, Approvers=["nobody@example.org"], TimeoutSeconds=5, OnTimeout="ESCALATE",
                    EscalateTo=[own_arn(ana), own_arn(bob)])
    identity = asking.approval()["ApprovalId"]
    erase_user(admin, name)
    namesake = person(name)
    wait_for(lambda: waiting(bob) == [identity], what="the escalation")
    nobody_decides(namesake, asking)
    assert decide(bob, asking) == "APPROVED"


def test_who_was_not_there_when_it_was_opened_never_decides_and_that_shows(server, admin, person, other):
    late, theirs = fresh("late"), f"arn:aws:iam::{OTHER}:user/{fresh('late')}"
    approvers = [f"arn:aws:iam::{ACCOUNT}:user/{late}", role_arn(fresh("none")), theirs, own_arn(other)]
    asking = Asking(server, admin, Approvers=approvers)
    assert absent(asking) == approvers[:2], "of another account nothing is told"
    listed = {one["ApprovalId"]: one for one in pages(asking.weir)}[asking.approval()["ApprovalId"]]
    assert listed["AbsentApprovers"] == approvers[:2]
    nobody_decides(person(late), asking)
    may = statement("Allow", "weir:*")
    nobody_decides(login(server, other, make_user(other, may, name=theirs.rsplit("/", 1)[-1])), asking)
    shown = weir_client(other).get_approval(ApprovalId=asking.approval()["ApprovalId"])["Approval"]
    assert "AbsentApprovers" not in shown, "who is there is not told another account"
    assert decide(other, asking) == "APPROVED" and absent(asking) == []


def test_a_namesake_of_who_asked_has_none_of_the_requests(server, admin, person, outside):
    desk, ana = Desk(server, admin), person()
    name = name_of(ana)
    grant(admin.lakeformation, table(desk.database, "people"), own_arn(ana), ["DESCRIBE"])
    asked = desk.ask("people", by=weir_client(ana))
    call = {"RequestId": asked["RequestId"]}
    assert weir_client(ana).get_access_request(**call)["RequestId"] == asked["RequestId"]
    erase_user(admin, name)
    namesake = weir_client(person(name))
    assert code_of(namesake.get_access_request, **call) == "EntityNotFoundException"
    assert code_of(namesake.withdraw_access_request, **call) == "EntityNotFoundException"
    assert namesake.list_access_requests()["Requests"] == []
