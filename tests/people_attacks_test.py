"""What somebody tries who has seen a token, a session or a code of somebody else, or who only asks very often."""

import base64
import re

import pytest

from conftest import Server
from iam_words import fresh, make_user, policy, statement
from people_words import PASSWORD, PeopleClients, anybody, make_pool, refusal, role_for, trust_identities
from sns_words import body_of, mail_to


@pytest.fixture(scope="module", name="server")
def own_server(tmp_path_factory):
    """One that believes the proxy of this machine, so that a test can come from anywhere."""
    running = Server(tmp_path_factory.mktemp("attacks") / "data", "--trusted-proxies=127.0.0.1").start()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module", name="admin")
def own_admin(server):
    return PeopleClients(server.endpoint, *server.keys(), None)


@pytest.fixture(scope="module")
def pool(server, admin):
    return make_pool(server, admin, "attacked")


def coming_from(server, address: str):
    """Clients of somebody whom the proxy heard from that address."""
    idp = anybody(server)
    idp.meta.events.register("before-send", lambda request, **_: request.headers.__setitem__("X-Forwarded-For", address))
    return idp


def test_a_stolen_token_of_any_generation_ends_the_sign_in(server, admin):
    """The thief sleeps while the owner renews, again and again."""
    pool = make_pool(server, admin, "generations", {"RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}})
    pool.person("owner")
    renew = lambda token: pool.idp.get_tokens_from_refresh_token(
        ClientId=pool.client, RefreshToken=token)["AuthenticationResult"]["RefreshToken"]
    stolen = current = pool.sign_in("owner")["RefreshToken"]
    for _ in range(4):
        current = renew(current)
    assert refusal(renew, stolen).startswith("RefreshTokenReuseException")
    assert refusal(renew, current).startswith("NotAuthorizedException"), "nobody goes on with either"


def test_a_token_that_was_made_up_ends_nobodys_sign_in(server, admin):

    pool = make_pool(server, admin, "made-up", {"RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}})
    pool.person("owner")
    token = pool.sign_in("owner")["RefreshToken"]
    renew = lambda text: pool.idp.get_tokens_from_refresh_token(ClientId=pool.client, RefreshToken=text)
    plain = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
    secret, tag = plain.rsplit("/", 1)[1].split(".")
    for forged in (f"{secret[::-1]}.{tag}", f"{secret[::-1]}.{tag[::-1]}", secret, f"{secret}.", "x.y"):
        text = base64.urlsafe_b64encode(f"{plain.rsplit('/', 1)[0]}/{forged}".encode()).decode().rstrip("=")
        assert refusal(renew, text).startswith("NotAuthorizedException: Invalid Refresh Token"), forged
    assert renew(token)["AuthenticationResult"]["RefreshToken"]


def test_a_session_is_not_a_namesakes(server, admin, pool):
    """Somebody begins, is deleted, and a namesake comes: what was begun opens nothing of the new one."""
    pool.person("twin", password=None)
    session = pool.by_password("twin", "Temp0rary!")["Session"]
    admin.cognito_idp.admin_delete_user(UserPoolId=pool.id, Username="twin")
    pool.person("twin", password=None)
    assert refusal(pool.respond, "NEW_PASSWORD_REQUIRED", session, USERNAME="twin", NEW_PASSWORD="St0len!pass").startswith(
        "NotAuthorizedException: Invalid session")


def test_a_mailed_code_dies_with_a_change_of_the_address(server, admin, pool):
    pool.person("mover")
    pool.idp.forgot_password(ClientId=pool.client, Username="mover")
    code = re.search(r"\b(\d{8})\b", body_of(mail_to(server, "mover@example.org"))).group(1)
    admin.cognito_idp.admin_update_user_attributes(UserPoolId=pool.id, Username="mover", UserAttributes=[
        {"Name": "email", "Value": "moved@example.org"}, {"Name": "email_verified", "Value": "true"}])
    assert refusal(pool.idp.confirm_forgot_password, ClientId=pool.client, Username="mover", ConfirmationCode=code,
                   Password="An0ther!one").startswith("CodeMismatchException")
    pool.sign_in("mover")


def test_tokens_of_a_client_that_was_deleted_get_no_credentials(server, admin):
    pool = make_pool(server, admin, "clientless")
    pool.person("ann")
    ident = anybody(server, "cognito-identity")
    made = admin.cognito_identity.create_identity_pool(
        IdentityPoolName="clientless", AllowUnauthenticatedIdentities=False,
        CognitoIdentityProviders=[{"ProviderName": pool.provider, "ClientId": pool.client}])["IdentityPoolId"]
    role = role_for(admin, "clientless", trust_identities(made))
    admin.cognito_identity.set_identity_pool_roles(IdentityPoolId=made, Roles={"authenticated": role})
    logins = {pool.provider: pool.sign_in("ann")["IdToken"]}
    identity = ident.get_id(IdentityPoolId=made, Logins=logins)["IdentityId"]
    ident.get_credentials_for_identity(IdentityId=identity, Logins=logins)
    admin.cognito_idp.delete_user_pool_client(UserPoolId=pool.id, ClientId=pool.client)
    for call, named in ((ident.get_id, {"IdentityPoolId": made}), (ident.get_credentials_for_identity, {"IdentityId": identity})):
        assert refusal(call, Logins=logins, **named) == "NotAuthorizedException: Invalid login token. Token revoked"


def test_a_name_is_of_a_names_length(pool):
    for flow, proof in (("USER_PASSWORD_AUTH", {"PASSWORD": PASSWORD}), ("USER_SRP_AUTH", {"SRP_A": "a" * 700})):
        assert refusal(pool.idp.initiate_auth, ClientId=pool.client, AuthFlow=flow,
                       AuthParameters={"USERNAME": "n" * 100_000, **proof}) == "InvalidParameterException: USERNAME is too long."


def begin_srp(idp, pool) -> str:
    try:
        idp.initiate_auth(ClientId=pool.client, AuthFlow="USER_SRP_AUTH", AuthParameters={"USERNAME": "ann", "SRP_A": "a" * 700})
    except Exception as error:
        return error.response["Error"]["Code"]
    return "began"


def test_beginnings_are_counted_by_the_address_behind_the_proxy(server, pool):
    """1,000 in 15 minutes; of IPv6, everybody in a /64 is one."""
    greedy = coming_from(server, "2001:db8:1:2::1")
    answers = [begin_srp(greedy, pool) for _ in range(1001)]
    assert answers == ["began"] * 1000 + ["TooManyRequestsException"]
    assert begin_srp(coming_from(server, "2001:db8:1:2:ffff::2"), pool) == "TooManyRequestsException"
    assert begin_srp(coming_from(server, "2001:db8:1:3::1"), pool) == "began"
    assert begin_srp(coming_from(server, "2001:db8:1:2::1, 203.0.113.9"), pool) == "began", "what a client wrote itself"


def test_wrong_passwords_of_one_address_do_not_lock_out_who_comes_by_the_same_proxy(server, pool):
    thief, owner = coming_from(server, "198.51.100.7"), coming_from(server, "198.51.100.8")
    wrong = lambda idp, name: refusal(idp.initiate_auth, ClientId=pool.client, AuthFlow="USER_PASSWORD_AUTH",
                                      AuthParameters={"USERNAME": name, "PASSWORD": "Wr0ng!one"}).split(":")[0]
    answers = [wrong(thief, f"guess{n}") for n in range(301)]
    assert answers == ["NotAuthorizedException"] * 300 + ["TooManyRequestsException"]
    pool.person("behind")
    assert owner.initiate_auth(ClientId=pool.client, AuthFlow="USER_PASSWORD_AUTH",
                               AuthParameters={"USERNAME": "behind", "PASSWORD": PASSWORD})["AuthenticationResult"]


def test_who_may_look_after_groups_gives_them_no_role_that_they_may_not_pass(server, admin, pool):
    """Whoever gives a group the administrators' role, and joins it, would be an administrator."""
    role = role_for(admin, fresh("chosen"), trust_identities("any"))
    who = make_user(admin, statement("Allow", "cognito-idp:*"))
    keys = admin.iam.create_access_key(UserName=who)["AccessKey"]
    idp = PeopleClients(server.endpoint, keys["AccessKeyId"], keys["SecretAccessKey"], None).cognito_idp
    group = {"UserPoolId": pool.id, "GroupName": fresh("climbers")}
    assert "iam:PassRole" in refusal(idp.create_group, **group, RoleArn=role)
    assert refusal(admin.cognito_idp.get_group, **group).startswith("ResourceNotFoundException"), "nothing was made"
    idp.create_group(**group)
    assert "iam:PassRole" in refusal(idp.update_group, **group, RoleArn=role)
    assert "RoleArn" not in idp.get_group(**group)["Group"]
    admin.iam.put_user_policy(UserName=who, PolicyName="pass", PolicyDocument=policy(statement(
        "Allow", "iam:PassRole", role, {"StringEquals": {"iam:PassedToService": "cognito-idp.amazonaws.com"}})))
    assert idp.update_group(**group, RoleArn=role)["Group"]["RoleArn"] == role
