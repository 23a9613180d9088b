"""One person behind several credentials: among those who decide it counts once, and who asked never decides, whatever
roles it assumes, one after the other."""

import pytest

from approval_words import MAY_DECIDE, Asking, become, code_of, decide, role_of_many
from conftest import server_of_its_own
from iam_words import fresh, login, make_user, own_arn, statement
from organizations_test import make_account
from request_words import Desk
from saml_company import Company
from saml_idp import Key
from sharing_words import OUTSIDE, grant, table
from weir_words import weir_client

server, admin = server_of_its_own("one_person")

@pytest.fixture()
def person(server, admin):
    """person() is the clients of a new user who may decide, assume roles and `more`."""
    return lambda *more, **options: login(server, admin, make_user(admin, statement("Allow", [*MAY_DECIDE, *more]), **options))


@pytest.fixture(scope="module")
def outside(server):
    return make_account(server, OUTSIDE)


# --- counts once

@pytest.mark.parametrize("first", ["user", "role"])
def test_a_user_and_the_role_it_assumes_count_once(server, admin, person, first):
    ana, bob, role = person(), person(), role_of_many(admin)
    asking = Asking(server, admin, Approvers=[own_arn(ana), own_arn(bob), role], Quorum=2)
    as_role = become(server, ana, role)
    before, after = (ana, as_role) if first == "user" else (as_role, ana)
    assert decide(before, asking) == "OPEN"
    assert decide(after, asking) == "ConflictException"
    assert decide(bob, asking) == "APPROVED"


def test_roles_that_one_assumes_one_after_the_other_count_once(server, admin, person):
    ana, bob, one, two = person(), person(), role_of_many(admin), role_of_many(admin)
    asking = Asking(server, admin, Approvers=[one, two], Quorum=2)
    assert decide(become(server, ana, one), asking) == "OPEN"
    assert decide(become(server, ana, one, two, name="other"), asking) == "ConflictException"
    token = server.session(ana.sts.get_session_token()["Credentials"])
    assert decide(become(server, token, two, name="third"), asking) == "ConflictException"
    assert decide(become(server, bob, two), asking) == "APPROVED"


def test_a_new_name_makes_no_new_person(server, admin, person):
    ana, role = person(), role_of_many(admin)
    name = own_arn(ana).rsplit("/", 1)[-1]
    as_role = become(server, ana, role)
    asking = Asking(server, admin, Approvers=[own_arn(ana), role], Quorum=2)
    assert decide(ana, asking) == "OPEN"
    admin.iam.update_user(UserName=name, NewUserName=name + "-2")
    assert decide(as_role, asking) == decide(become(server, ana, role, name="new"), asking) == "ConflictException"


def test_whom_a_provider_signed_in_is_known_behind_the_next_role(server, admin):
    company = Company.known_to(server, admin, Key(), allowed=MAY_DECIDE)
    role = role_of_many(admin)
    asking = Asking(server, admin, Approvers=[company.user("ann"), company.role, role], Quorum=2)
    ann = company.decorated("ann", subject="e-1")
    assert decide(ann, asking) == "OPEN"
    again = company.sign_in("ann", subject="e-1")
    assert decide(again, asking) == "ConflictException", "the same sign-in, not decorated"
    assert decide(become(server, again, role), asking) == "ConflictException"
    bob = company.sign_in("bob", subject="e-2")
    assert decide(become(server, bob, role), asking) == "APPROVED"


# --- who asked

@pytest.mark.parametrize("how", ["role", "two roles", "token and role"])
def test_who_is_excluded_does_not_decide_as_a_role(server, admin, person, how):
    ana, one, two = person(), role_of_many(admin), role_of_many(admin)
    asking = Asking(server, admin, Approvers=[one, two], Excluded=[own_arn(ana)])
    there = {"role": lambda: become(server, ana, one), "two roles": lambda: become(server, ana, one, two),
             "token and role": lambda: become(server, server.session(ana.sts.get_session_token()["Credentials"]), one)}
    assert decide(there[how](), asking) == "AccessDeniedException"
    assert decide(become(server, person(), one), asking) == "APPROVED"


def test_a_new_name_does_not_let_in_who_is_excluded(server, admin, person):
    ana, role = person(), role_of_many(admin)
    asking = Asking(server, admin, Approvers=[role], Excluded=[own_arn(ana)])
    asking.approval()
    name = own_arn(ana).rsplit("/", 1)[-1]
    admin.iam.update_user(UserName=name, NewUserName=name + "-2")
    assert decide(become(server, ana, role), asking) == "AccessDeniedException"


def test_the_address_of_who_is_excluded_holds_behind_a_role(server, admin, person):
    address, role = f"{fresh('ana')}@example.org", role_of_many(admin)
    ana = person(Tags=[{"Key": "email", "Value": address}])
    asking = Asking(server, admin, Approvers=[role], Excluded=[address])
    assert decide(become(server, ana, role), asking) == "AccessDeniedException"


def test_who_asked_for_access_does_not_approve_as_a_role(server, admin, person, outside):
    """Nor the other way round: who asked as a role approves neither as itself nor as another role."""
    desk, role, other = Desk(server, admin), role_of_many(admin, "weir:*", "sts:AssumeRole"), role_of_many(admin)
    ana, bob = person("weir:*"), person()
    for asker in (own_arn(ana), role):
        grant(admin.lakeformation, table(desk.database, "people"), asker, ["DESCRIBE"])
    step = {"Name": "owner", "Approvers": [own_arn(ana), role, other]}
    desk.policy(Rules=[{"When": {"Databases": [desk.database]}, "Then": {"Require": [step]}}])
    for asker, deciders in ((ana, [(role,), (role, other)]), (become(server, ana, role), [(), (other,)])):
        asked = desk.ask("people", by=weir_client(asker))
        identity = desk.approval(asked)
        for roles in deciders:
            mine = weir_client(become(server, ana, *roles))
            assert code_of(mine.decide_approval, ApprovalId=identity, Verdict="approve") == "AccessDeniedException"
        assert weir_client(become(server, bob, other)).decide_approval(
            ApprovalId=identity, Verdict="approve")["Approval"]["Status"] == "APPROVED"


def test_who_asked_for_more_time_does_not_approve_it_as_a_role(server, admin, person, outside):
    desk, role = Desk(server, admin), role_of_many(admin)
    ana, bob = person("weir:*"), person()
    grant(admin.lakeformation, table(desk.database, "people"), own_arn(ana), ["DESCRIBE"])
    step = {"Name": "owner", "Approvers": [role]}
    desk.policy(Rules=[{"When": {"Databases": [desk.database]}, "Then": {"Require": [step]}}])
    asked = desk.ask("people", by=weir_client(ana), DurationSeconds=86400)
    desk.decide(asked, by=become(server, bob, role))
    desk.held(asked)
    weir_client(ana).extend_access_grant(RequestId=asked["RequestId"], DurationSeconds=60)
    mine, theirs = (weir_client(become(server, who, role, name="later")) for who in (ana, bob))
    call = {"ApprovalId": desk.approval(asked, 2), "Verdict": "approve"}
    assert code_of(mine.decide_approval, **call) == "AccessDeniedException"
    assert theirs.decide_approval(**call)["Approval"]["Status"] == "APPROVED"
