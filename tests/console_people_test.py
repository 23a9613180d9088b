"""People who signed in to the console share roles, and are told apart all the same: who asks, who decides, and by which
mail address they are known."""

import re
import subprocess

import pytest
from botocore.exceptions import ClientError

from approval_words import Asking, code_of, links, send_form
from conftest import ACCOUNT, WEIR, Server, first_password
from iam_words import fresh
from people_words import PASSWORD, PeopleClients, Pool, anybody, make_pool, refusal, role_for, totp, trust_identities
from request_words import Desk
from sns_words import mails_to, wait_for
from weir_words import weir_client

USER_ROLE = f"arn:aws:iam::{ACCOUNT}:role/WeirConsoleUser"
OTHER = "333344445555"


class Door:
    """A user pool and an identity pool that people come in by."""

    def __init__(self, pool: Pool, identity_pool: str):
        self.pool, self.identity_pool = pool, identity_pool
        self.server, self.admin = pool.server, pool.admin

    def person(self, name: str, email: str = "", verified: bool = True, group: str = "") -> str:
        self.pool.person(name, email=email or f"{name}@example.org", email_verified=str(verified).lower())
        if group:
            self.admin.cognito_idp.admin_add_user_to_group(UserPoolId=self.pool.id, Username=name, GroupName=group)
        return name

    def clients(self, name: str, password: str = PASSWORD) -> PeopleClients:
        """The clients of somebody who signs in now."""
        logins = {self.pool.provider: self.pool.sign_in(name, password)["IdToken"]}
        identities = anybody(self.server, "cognito-identity")
        identity = identities.get_id(IdentityPoolId=self.identity_pool, Logins=logins)["IdentityId"]
        keys = identities.get_credentials_for_identity(IdentityId=identity, Logins=logins)["Credentials"]
        return PeopleClients(self.server.endpoint, keys["AccessKeyId"], keys["SecretKey"], keys["SessionToken"])

    def weir(self, name: str):
        return weir_client(self.clients(name))

    def change_email(self, name: str, email: str, verified: bool) -> None:
        self.admin.cognito_idp.admin_update_user_attributes(UserPoolId=self.pool.id, Username=name, UserAttributes=[
            {"Name": "email", "Value": email}, {"Name": "email_verified", "Value": str(verified).lower()}])


def door_of(server: Server, profile: str = "default") -> Door:
    admin = PeopleClients(server.endpoint, *server.keys(profile), None)
    console = weir_client(admin).get_console()
    return Door(Pool(server, admin, console["UserPoolId"], console["UserPoolClientId"]), console["IdentityPoolId"])


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("console_people") / "data", console=True).start()
    lines = "".join(running.process.stdout.readline() for _ in range(3))
    running.password = first_password(lines)
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def door(server) -> Door:
    return door_of(server)


@pytest.fixture(scope="module")
def desk(server, door) -> Desk:
    desk = Desk(server, door.admin)
    door.admin.lakeformation.grant_permissions(
        Principal={"DataLakePrincipalIdentifier": USER_ROLE}, Permissions=["DESCRIBE"],
        Resource={"Table": {"DatabaseName": desk.database, "TableWildcard": {}}})
    return desk


def by_somebody(shown: dict) -> list[str]:
    """Who decided, by the names of their sessions."""
    return [one["By"].rsplit("/", 1)[-1] for one in shown["Decisions"]]


def waiting(weir) -> list[str]:
    return [one["ApprovalId"] for one in weir.list_approvals(ToDecide=True)["Approvals"]]


def decide(weir, asking: Asking, verdict: str = "approve") -> dict:
    return weir.decide_approval(ApprovalId=asking.approval()["ApprovalId"], Verdict=verdict)["Approval"]


def refused(weir, asking: Asking) -> str:
    return code_of(weir.decide_approval, ApprovalId=asking.approval()["ApprovalId"], Verdict="approve")


# --- the first person

def test_the_first_person_changes_the_password_and_administers(server, door):
    begun = door.pool.srp("admin", server.password).get_auth_params()
    assert begun["USERNAME"] == "admin"
    tokens = door.pool.srp("admin", server.password).set_new_password_challenge("N3w!password-of-mine")
    assert tokens["AuthenticationResult"]["IdToken"]
    boss = door.clients("admin", "N3w!password-of-mine")
    arn = boss.sts.get_caller_identity()["Arn"]
    assert arn == f"arn:aws:sts::{ACCOUNT}:assumed-role/WeirConsoleAdministrator/admin"
    assert boss.iam.list_roles()["Roles"]
    boss.lakeformation.create_lf_tag(TagKey="made-by-the-boss", TagValues=["yes"])


def test_a_reset_ends_everything_that_was(server, door):
    door.person("chief", group="administrators")
    tokens = door.pool.sign_in("chief")
    secret = door.pool.idp.associate_software_token(AccessToken=tokens["AccessToken"])["SecretCode"]
    door.pool.idp.verify_software_token(AccessToken=tokens["AccessToken"], UserCode=totp(secret))
    door.pool.idp.set_user_mfa_preference(AccessToken=tokens["AccessToken"],
                                          SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True})
    done = subprocess.run([WEIR, "console", "reset-admin", "--user", "chief"], env=server.cli_env, capture_output=True,
                          text=True)
    assert done.returncode == 0, done.stderr
    password = re.search(r"user chief, one-time password (\S+)", done.stdout)[1]
    assert "NotAuthorized" in refusal(door.pool.idp.get_user, AccessToken=tokens["AccessToken"])
    assert "NotAuthorized" in refusal(door.pool.sign_in, "chief")
    assert door.pool.srp("chief", password).set_new_password_challenge(PASSWORD)["AuthenticationResult"]["IdToken"]
    assert door.clients("chief").sts.get_caller_identity()["Arn"].endswith("WeirConsoleAdministrator/chief")
    kept = door.admin.cognito_idp.admin_get_user(UserPoolId=door.pool.id, Username="chief")["UserAttributes"]
    assert {"Name": "email", "Value": "chief@example.org"} in kept


def test_who_is_no_administrator_administers_nothing(door):
    somebody = door.clients(door.person("somebody"))
    for call, arguments in (
            (somebody.iam.list_users, {}), (somebody.iam.create_user, {"UserName": "x"}),
            (somebody.cognito_idp.list_users, {"UserPoolId": door.pool.id}),
            (weir_client(somebody).delete_console, {}), (weir_client(somebody).list_channels, {}),
            (somebody.s3.list_buckets, {})):
        assert code_of(call, **arguments) in ("AccessDenied", "AccessDeniedException"), call
    assert somebody.glue.get_databases()["DatabaseList"] == []


# --- told apart

def test_a_session_is_called_as_its_person(door):
    for name in ("ann.lee", "bo+b@example.org"):
        door.person(name, email=f"{fresh('x')}@example.org")
        assert door.clients(name).sts.get_caller_identity()["Arn"].endswith(f"/WeirConsoleUser/{name}")


@pytest.mark.parametrize("name", ["y", "jörg", "a:b", "n" * 65])
def test_who_has_no_name_for_a_session_is_called_by_sub(door, name):
    sub = door.pool.person(name)
    assert door.clients(name).sts.get_caller_identity()["Arn"].endswith(f"/WeirConsoleUser/{sub}")


def test_my_requests_are_mine(door, desk):
    ann, bob = (door.weir(door.person(name)) for name in ("asks-ann", "asks-bob"))
    asked = desk.ask("people", by=ann)
    assert asked["Requester"].endswith(":assumed-role/WeirConsoleUser/asks-ann")
    ids = [one["RequestId"] for one in ann.list_access_requests()["Requests"]]
    assert ids == [asked["RequestId"]]
    assert bob.list_access_requests()["Requests"] == []
    assert code_of(bob.get_access_request, RequestId=asked["RequestId"]) == "EntityNotFoundException"
    assert code_of(bob.withdraw_access_request, RequestId=asked["RequestId"]) == "EntityNotFoundException"
    assert door.weir("asks-ann").get_access_request(RequestId=asked["RequestId"])["Decision"] in ("SUBMITTED", "PENDING")
    assert ann.withdraw_access_request(RequestId=asked["RequestId"])["Decision"] == "WITHDRAWN"


def test_what_one_asked_for_the_shared_role_another_of_it_neither_ends_nor_reads(door, desk):
    owner_decides(desk, "yara@example.org")
    ann, bob, yara = (door.weir(door.person(name)) for name in ("gets-ann", "gets-bob", "yara"))
    asked = desk.ask(by=ann, target=USER_ROLE, Purpose="to find the leak", DurationSeconds=3600)
    yara.decide_approval(ApprovalId=desk.approval(asked), Verdict="approve")
    assert desk.held(asked)["Fulfilment"] == "ACTIVE"
    call = {"RequestId": asked["RequestId"]}
    (row,) = bob.list_access_grants(**call)["Grants"]
    assert row["Table"] == "orders" and "SELECT" in row["Permissions"] and "Expires" in row
    assert not {"Requester", "Purpose"} & row.keys() and "gets-ann" not in str(row) and "yara" not in str(row)
    assert code_of(bob.extend_access_grant, **call, DurationSeconds=7200) == "EntityNotFoundException"
    assert code_of(bob.revoke_access_grant, **call) == "EntityNotFoundException"
    (row,) = ann.list_access_grants(**call)["Grants"]
    assert (row["Purpose"], row["State"]) == ("to find the leak", "IN_FORCE")
    assert ann.revoke_access_grant(**call, Reason="found")["Fulfilment"] == "REVOKED"
    assert bob.list_access_grants(**call)["Grants"] == []


def test_what_is_shared_with_whom_is_for_administrators(door):
    somebody = door.clients(door.person(fresh("curious")))
    for owner in ("SELF", "OTHER-ACCOUNTS"):
        for call in (somebody.ram.list_resources, somebody.ram.list_principals, somebody.ram.get_resource_shares):
            assert code_of(call, resourceOwner=owner) == "AccessDeniedException"
    assert code_of(somebody.ram.get_resource_share_invitations) == "AccessDeniedException"

def test_the_same_client_token_of_two_people_is_two_requests(door, desk):
    ann, bob = (door.weir(door.person(name)) for name in ("token-ann", "token-bob"))
    first, again, other = (desk.ask("people", by=who, ClientToken="one-token-for-all")["RequestId"]
                           for who in (ann, ann, bob))
    assert first == again != other


def test_a_session_of_the_role_is_none_of_its_people(server, door, desk):
    """Who may assume the role calls the session as they like, also as somebody who signed in."""
    trust = trust_identities(door.identity_pool).replace('"Statement": [', '"Statement": [{"Effect": "Allow", '
                                                         f'"Principal": {{"AWS": "{ACCOUNT}"}}, "Action": "sts:AssumeRole"}}, ')
    role = role_for(door.admin, fresh("shared"), trust, ("weir:*", "glue:Get*", "lakeformation:GetDataAccess"))
    name = role.rsplit("/", 1)[-1]
    door.admin.cognito_idp.create_group(UserPoolId=door.pool.id, GroupName=name, RoleArn=role)
    door.admin.lakeformation.grant_permissions(
        Principal={"DataLakePrincipalIdentifier": role}, Permissions=["DESCRIBE"],
        Resource={"Table": {"DatabaseName": desk.database, "TableWildcard": {}}})
    victim = door.person(fresh("victim"), group=name)
    asked = desk.ask("people", by=door.weir(victim))
    keys = door.admin.sts.assume_role(RoleArn=role, RoleSessionName=victim)["Credentials"]
    thief = server.session(keys)
    assert thief.sts.get_caller_identity()["Arn"] == door.clients(victim).sts.get_caller_identity()["Arn"]
    assert code_of(weir_client(thief).get_access_request, RequestId=asked["RequestId"]) == "EntityNotFoundException"
    asking = Asking(server, door.admin, Approvers=[f"{victim}@example.org"])
    assert waiting(weir_client(thief)) == [] and refused(weir_client(thief), asking) == "AccessDeniedException"
    assert decide(door.weir(victim), asking)["Status"] == "APPROVED"


# --- deciding by an address

def test_who_is_named_by_a_verified_address_decides_in_the_console(server, door):
    asking = Asking(server, door.admin, Approvers=["Carol@Example.org"])
    carol, dave = (door.weir(door.person(name)) for name in ("carol", "dave"))
    assert waiting(carol) == [asking.approval()["ApprovalId"]] and waiting(dave) == []
    assert carol.get_approval(ApprovalId=waiting(carol)[0])["Approval"]["Status"] == "OPEN"
    assert refused(dave, asking) == "AccessDeniedException"
    assert by_somebody(decide(carol, asking)) == ["carol"]
    assert waiting(carol) == []


def test_an_address_that_nobody_verified_decides_nothing(server, door):
    asking = Asking(server, door.admin, Approvers=["erin@example.org"])
    erin = door.weir(door.person("erin", verified=False))
    assert waiting(erin) == [] and refused(erin, asking) == "AccessDeniedException"


def test_a_plus_is_not_the_address_that_was_named(server, door):
    asking = Asking(server, door.admin, Approvers=["frank@example.org"])
    frank = door.weir(door.person("plus-frank", email="frank+mine@example.org"))
    assert waiting(frank) == [] and refused(frank, asking) == "AccessDeniedException"


@pytest.mark.parametrize("change", [
    lambda door, name: door.change_email(name, "elsewhere@example.org", False),
    lambda door, name: door.change_email(name, "elsewhere@example.org", True),
    lambda door, name: door.admin.cognito_idp.admin_disable_user(UserPoolId=door.pool.id, Username=name),
    lambda door, name: door.admin.cognito_idp.admin_delete_user(UserPoolId=door.pool.id, Username=name)],
    ids=["not verified", "another", "disabled", "deleted"])
def test_an_address_counts_while_it_is_the_persons(server, door, change):
    name = door.person(fresh("passing"))
    asking = Asking(server, door.admin, Approvers=[f"{name}@example.org"])
    weir = door.weir(name)
    assert len(waiting(weir)) == 1
    change(door, name)
    assert waiting(weir) == [] and refused(weir, asking) == "AccessDeniedException"


def test_somebody_made_again_under_the_name_is_somebody_else(server, door):
    name = door.person(fresh("again"))
    asking = Asking(server, door.admin, Approvers=[f"{name}@example.org"])
    old = door.weir(name)
    door.admin.cognito_idp.admin_delete_user(UserPoolId=door.pool.id, Username=name)
    door.person(name)
    assert refused(old, asking) == "AccessDeniedException"
    assert decide(door.weir(name), asking)["Status"] == "APPROVED"


def test_what_another_pool_says_of_an_address_decides_nothing(server, door):
    """Who may look after some pool of the account does not choose who decides in it."""
    asking = Asking(server, door.admin, Approvers=["grace@example.org"])
    pool = make_pool(server, door.admin, fresh("apps"))
    made = door.admin.cognito_identity.create_identity_pool(
        IdentityPoolName="apps", AllowUnauthenticatedIdentities=False,
        CognitoIdentityProviders=[{"ProviderName": pool.provider, "ClientId": pool.client}])["IdentityPoolId"]
    role = role_for(door.admin, fresh("apps"), trust_identities(made), ("weir:*",))
    door.admin.cognito_identity.set_identity_pool_roles(IdentityPoolId=made, Roles={"authenticated": role})
    foreign = Door(pool, made)
    weir = foreign.weir(foreign.person("grace"))
    assert waiting(weir) == [] and refused(weir, asking) == "AccessDeniedException"


def test_what_another_accounts_console_says_of_an_address_decides_nothing(server, door):
    asking = Asking(server, door.admin, Approvers=["heidi@example.org"])
    subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", OTHER, "--name", "other"],
                   check=True, capture_output=True)
    subprocess.run([WEIR, "console", "init", "--profile", "other"], env=server.cli_env, check=True, capture_output=True)
    foreign = door_of(server, "other")
    weir = foreign.weir(foreign.person("heidi"))
    assert waiting(weir) == [] and refused(weir, asking) == "AccessDeniedException"
    assert decide(door.weir(door.person("heidi")), asking)["Status"] == "APPROVED"


# --- one person counts once

def test_by_mail_and_in_the_console_somebody_is_one(server, door):
    asking = Asking(server, door.admin, Approvers=["ivan@example.org", "judy@example.org"], Quorum=2)
    approve, _ = links(server, "ivan@example.org")
    assert send_form(approve)[0] == 200
    ivan = door.weir(door.person("ivan"))
    assert refused(ivan, asking) == "ConflictException"
    assert decide(door.weir(door.person("judy")), asking)["Status"] == "APPROVED"


def test_in_the_console_and_by_mail_somebody_is_one(server, door):
    asking = Asking(server, door.admin, Approvers=["karl@example.org", "lena@example.org"], Quorum=2)
    assert decide(door.weir(door.person("karl")), asking)["Status"] == "OPEN"
    approve, _ = links(server, "karl@example.org")
    assert send_form(approve)[0] == 409
    assert asking.now()["Status"] == "OPEN"


def test_two_people_of_one_address_are_one(server, door):
    asking = Asking(server, door.admin, Approvers=["desk@example.org", "mia@example.org"], Quorum=2)
    one, two = (door.weir(door.person(name, email="desk@example.org")) for name in ("desk-one", "desk-two"))
    assert decide(one, asking)["Status"] == "OPEN"
    assert refused(two, asking) == "ConflictException"


def test_a_page_that_was_left_holds_an_address_that_is_given_up_back(server, door):
    """Having decided with an address and changed it, one does not decide again as whoever one is now."""
    asking = Asking(server, door.admin, Approvers=["nina@example.org", "noor@example.org"], Quorum=2)
    weir = door.weir(door.person("nina"))
    assert decide(weir, asking)["Status"] == "OPEN"
    door.change_email("nina", "noor@example.org", True)
    assert refused(door.weir("nina"), asking) == "ConflictException"


# --- who asks does not decide

def owner_decides(desk: Desk, *approvers: str) -> None:
    desk.policy({"When": {"Databases": [desk.database]},
                 "Then": {"Require": [{"Name": "owner", "Approvers": list(approvers)}]}})


def test_who_asks_does_not_decide_by_session_nor_by_link(server, door, desk):
    owner_decides(desk, "olga@example.org", "paul@example.org")
    olga = door.weir(door.person("olga"))
    asked = desk.ask(by=olga)
    approval = desk.approval(asked)
    assert code_of(olga.decide_approval, ApprovalId=approval, Verdict="approve") == "AccessDeniedException"
    assert mails_to(server, "olga@example.org", "May") == []
    assert mails_to(server, "paul@example.org")


def test_people_of_one_role_decide_what_others_of_it_ask(door, desk):
    """Also when it is for the role that they share: whom the policy names, it names as a person."""
    owner_decides(desk, "rosa@example.org")
    quinn, rosa = (door.weir(door.person(name)) for name in ("quinn", "rosa"))
    asked = desk.ask(by=quinn, target=USER_ROLE)
    shown = rosa.get_approval(ApprovalId=desk.approval(asked))["Approval"]
    facts = {one["Label"]: one["Value"] for one in shown["Facts"]}
    assert facts["Requester"].endswith("/WeirConsoleUser/quinn")
    assert re.fullmatch(r"cognito-identity\.amazonaws\.com/[^/]+:[-0-9a-f]{36}", facts["Signed in as"])
    rosa.decide_approval(ApprovalId=shown["ApprovalId"], Verdict="approve")
    assert desk.held(asked)["Fulfilment"] == "ACTIVE"


def test_the_role_as_an_approver_is_everybody_of_it_but_who_asks(door, desk):
    owner_decides(desk, USER_ROLE)
    sam, tina = (door.weir(door.person(name)) for name in ("sam", "tina"))
    asked = desk.ask(by=sam)
    approval = desk.approval(asked)
    assert code_of(sam.decide_approval, ApprovalId=approval, Verdict="approve") == "AccessDeniedException"
    assert approval in waiting(tina)
    tina.decide_approval(ApprovalId=approval, Verdict="deny")
    desk.until(asked, "DENIED")


def test_a_person_of_another_account_is_kept_out_by_the_address_it_claims(server, door):
    """Being called like who asked takes away, whoever says so."""
    foreign = door_of(server, "other")
    weir = foreign.weir(foreign.person("ursula"))
    role = f"arn:aws:iam::{OTHER}:role/WeirConsoleUser"
    asking = Asking(server, door.admin, Approvers=[role], Excluded=["ursula@example.org"])
    assert refused(weir, asking) == "AccessDeniedException"
    assert decide(foreign.weir(foreign.person("viktor")), asking)["Status"] == "APPROVED"


# --- being told

def test_who_asked_hears_of_it_at_the_verified_address(server, door, desk):
    owner_decides(desk, "owner-of-it@example.org")
    walt, xena = door.weir(door.person("walt")), door.weir(door.person("xena", verified=False))
    for weir in (walt, xena):
        weir.withdraw_access_request(RequestId=desk.ask(by=weir)["RequestId"])
    wait_for(lambda: mails_to(server, "walt@example.org", "decided") or mails_to(server, "walt@example.org"),
             what="a mail to who asked")
    asked = desk.ask(by=walt, NotifyEmail="elsewhere-walt@example.org")
    walt.withdraw_access_request(RequestId=asked["RequestId"])
    wait_for(lambda: mails_to(server, "elsewhere-walt@example.org"), what="a mail where it was wanted")
    assert mails_to(server, "xena@example.org") == []


def test_the_trail_names_the_person(door):
    name = door.person(fresh("seen"))
    door.clients(name).glue.get_databases()

    def look():
        events = door.admin.cloudtrail.lookup_events(
            LookupAttributes=[{"AttributeKey": "Username", "AttributeValue": name}])["Events"]
        return [one for one in events if one["EventName"] == "GetDatabases"]
    assert wait_for(look, what="the event")


def test_a_denial_is_explained_to_its_person_after_signing_in_again_and_to_nobody_else(door):
    ann, bob = (door.person(name) for name in ("denied-ann", "denied-bob"))
    said = refusal(door.clients(ann).iam.create_user, UserName="more")
    decision = re.search(r"\(decision (\S+)\)", said)[1]
    assert door.weir(ann).explain(DecisionId=decision)["Allowed"] is False
    with pytest.raises(ClientError) as refused:
        door.weir(bob).explain(DecisionId=decision)
    assert "No denial with the decision id" in str(refused.value)
