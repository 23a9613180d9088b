"""User pools and identity pools over the wire, with clients that nobody here wrote, and with what attackers try."""

import base64
import json
import re
import time

import jwt
import pytest
from pycognito.exceptions import ForceChangePasswordException

from conftest import ACCOUNT, REGION, Server
from people_words import (PASSWORD, PeopleClients, Pool, anybody, claims, make_pool, refusal, role_for, totp,
                          trust_identities)
from sns_words import body_of, fetch, mail_to, mails_to, run_weir

WRONG = "NotAuthorizedException: Incorrect username or password."


@pytest.fixture(scope="module", name="server")
def own_server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("people") / "data").start()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module", name="admin")
def own_admin(server):
    return PeopleClients(server.endpoint, *server.keys(), None)


@pytest.fixture(scope="module")
def pool(server, admin) -> Pool:
    return make_pool(server, admin, "people", MfaConfiguration="OPTIONAL")


# --- pools and clients

def test_a_pool_is_made_shown_changed_and_deleted(admin):
    made = admin.cognito_idp.create_user_pool(
        PoolName="short", Policies={"PasswordPolicy": {"MinimumLength": 10, "RequireNumbers": True}},
        Schema=[{"Name": "email", "Required": True}, {"Name": "team", "AttributeDataType": "String"}],
        DeletionProtection="ACTIVE", UserPoolTags={"a": "b"})["UserPool"]
    assert re.fullmatch(REGION + "_[A-Za-z0-9]{9}", made["Id"])
    assert made["Arn"] == f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{made['Id']}"
    assert made["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
    assert {a["Name"] for a in made["SchemaAttributes"]} == {"email", "custom:team"}
    assert "deletion protection" in refusal(admin.cognito_idp.delete_user_pool, UserPoolId=made["Id"])
    admin.cognito_idp.update_user_pool(UserPoolId=made["Id"], DeletionProtection="INACTIVE", PoolName="longer")
    assert admin.cognito_idp.describe_user_pool(UserPoolId=made["Id"])["UserPool"]["Name"] == "longer"
    assert made["Id"] in [p["Id"] for p in admin.cognito_idp.list_user_pools(MaxResults=60)["UserPools"]]
    admin.cognito_idp.delete_user_pool(UserPoolId=made["Id"])
    assert "ResourceNotFoundException" in refusal(admin.cognito_idp.describe_user_pool, UserPoolId=made["Id"])


@pytest.mark.parametrize("options", [
    {"LambdaConfig": {"PreSignUp": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:f"}}, {"MfaConfiguration": "ON"},
    {"AliasAttributes": ["email"]}, {"UsernameAttributes": ["email"]},
    {"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": False}}])
def test_what_is_not_offered_is_refused(admin, options):
    assert "InvalidParameterException" in refusal(admin.cognito_idp.create_user_pool, PoolName="no", **options)


def test_a_client_is_made_shown_changed_and_deleted(admin, pool):
    made = admin.cognito_idp.create_user_pool_client(
        UserPoolId=pool.id, ClientName="other", GenerateSecret=True, AccessTokenValidity=10,
        TokenValidityUnits={"AccessToken": "minutes"})["UserPoolClient"]
    assert re.fullmatch("[a-z0-9]{26}", made["ClientId"]) and len(made["ClientSecret"]) > 40
    assert made["ExplicitAuthFlows"] == ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    names = {"UserPoolId": pool.id, "ClientId": made["ClientId"]}
    changed = admin.cognito_idp.update_user_pool_client(**names, ClientName="third")["UserPoolClient"]
    assert changed["ClientName"] == "third" and changed["ClientSecret"] == made["ClientSecret"]
    assert len(admin.cognito_idp.list_user_pool_clients(UserPoolId=pool.id, MaxResults=1)["UserPoolClients"]) == 1
    admin.cognito_idp.delete_user_pool_client(**names)
    assert "ResourceNotFoundException" in refusal(admin.cognito_idp.describe_user_pool_client, **names)
    assert "InvalidParameterException" in refusal(
        admin.cognito_idp.create_user_pool_client, UserPoolId=pool.id, ClientName="c", ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH"])


def test_nobody_without_permission_administers_a_pool(server, admin, pool):
    admin.iam.create_user(UserName="nobody")
    key = admin.iam.create_access_key(UserName="nobody")["AccessKey"]
    nobody = PeopleClients(server.endpoint, key["AccessKeyId"], key["SecretAccessKey"], None)
    for operation, named in [("admin_get_user", {"Username": "ann"}), ("describe_user_pool", {}), ("list_users", {}),
                             ("admin_set_user_password", {"Username": "ann", "Password": PASSWORD}),
                             ("admin_initiate_auth", {"ClientId": pool.client, "AuthFlow": "ADMIN_USER_PASSWORD_AUTH"})]:
        assert "AccessDeniedException" in refusal(getattr(nobody.cognito_idp, operation), UserPoolId=pool.id, **named)
    assert "MissingAuthenticationToken" in refusal(anybody(server).list_user_pools, MaxResults=1)


# --- the first sign-in

def test_a_person_comes_by_the_mail_and_sets_a_password(server, admin, pool):
    admin.cognito_idp.admin_create_user(UserPoolId=pool.id, Username="newcomer", UserAttributes=[
        {"Name": "email", "Value": "newcomer@example.org"}, {"Name": "email_verified", "Value": "True"}])
    mail = body_of(mail_to(server, "newcomer@example.org"))
    temporary = re.search(r"username is newcomer and temporary password is (\S+)", mail).group(1)
    assert server.endpoint in mail
    with pytest.raises(ForceChangePasswordException):
        pool.srp("newcomer", temporary).authenticate_user()
    tokens = pool.srp("newcomer", temporary).set_new_password_challenge(PASSWORD)["AuthenticationResult"]
    assert claims(tokens["IdToken"])["email_verified"] is True
    shown = admin.cognito_idp.admin_get_user(UserPoolId=pool.id, Username="newcomer")
    assert shown["UserStatus"] == "CONFIRMED"
    assert refusal(pool.by_password, "newcomer", temporary) == WRONG
    assert pool.sign_in("newcomer")["AccessToken"]


def test_an_invitation_is_sent_again_until_it_was_used(server, admin, pool):
    attributes = [{"Name": "email", "Value": "late@example.org"}]
    create = admin.cognito_idp.admin_create_user
    create(UserPoolId=pool.id, Username="late", UserAttributes=attributes)
    create(UserPoolId=pool.id, Username="late", MessageAction="RESEND")
    first, second = [re.search(r"password is (\S+)", body_of(m)).group(1)
                     for m in (mail_to(server, "late@example.org", count=2), mails_to(server, "late@example.org")[0])]
    assert first != second
    assert refusal(pool.by_password, "late", second) == WRONG
    assert pool.by_password("late", first)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert "UsernameExistsException" in refusal(create, UserPoolId=pool.id, Username="late", UserAttributes=attributes)
    admin.cognito_idp.admin_set_user_password(UserPoolId=pool.id, Username="late", Password=PASSWORD, Permanent=True)
    assert "UnsupportedUserStateException" in refusal(create, UserPoolId=pool.id, Username="late", MessageAction="RESEND")
    assert "InvalidParameterException" in refusal(create, UserPoolId=pool.id, Username="mailless")


def test_a_new_password_cannot_be_passed_by(pool):
    pool.person("careful", password=None)
    asked = pool.by_password("careful", "Temp0rary!")
    assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED" and "AuthenticationResult" not in asked
    assert json.loads(asked["ChallengeParameters"]["userAttributes"])["email"] == "careful@example.org"
    session = asked["Session"]
    answers = {"USERNAME": "careful", "NEW_PASSWORD": PASSWORD}
    assert "InvalidPasswordException" in refusal(pool.respond, "NEW_PASSWORD_REQUIRED", session, USERNAME="careful", NEW_PASSWORD="short")
    assert "InvalidPasswordException" in refusal(pool.respond, "NEW_PASSWORD_REQUIRED", session, USERNAME="careful", NEW_PASSWORD="Temp0rary!")
    assert "session" in refusal(pool.respond, "NEW_PASSWORD_REQUIRED", session, **answers | {"USERNAME": "newcomer"})
    assert "session" in refusal(pool.respond, "SOFTWARE_TOKEN_MFA", session, USERNAME="careful", SOFTWARE_TOKEN_MFA_CODE="123456")
    assert "session" in refusal(pool.respond, "NEW_PASSWORD_REQUIRED", "x" * 40, **answers)
    assert "email_verified" not in refusal(pool.respond, "NEW_PASSWORD_REQUIRED", session,
                                           **answers, **{"userAttributes.email_verified": "false"}).split(":")[0]
    assert pool.respond("NEW_PASSWORD_REQUIRED", session, **answers)["AuthenticationResult"]
    assert "session" in refusal(pool.respond, "NEW_PASSWORD_REQUIRED", session, **answers | {"NEW_PASSWORD": "An0ther!one"})


# --- passwords and their proofs

def test_srp_and_passwords_lead_to_the_same_tokens(pool):
    sub = pool.person("ann")
    for tokens in (pool.sign_in("ann"), pool.by_password("ann")["AuthenticationResult"]):
        assert tokens["TokenType"] == "Bearer" and tokens["ExpiresIn"] == 3600
        assert claims(tokens["AccessToken"])["sub"] == claims(tokens["IdToken"])["sub"] == sub
    admin = pool.admin.cognito_idp.admin_initiate_auth(
        UserPoolId=pool.id, ClientId=pool.client, AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ann", "PASSWORD": PASSWORD})
    assert admin["AuthenticationResult"]["IdToken"]
    assert "InvalidParameterException" in refusal(
        pool.idp.initiate_auth, ClientId=pool.client, AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ann", "PASSWORD": PASSWORD})


def test_a_client_uses_only_the_flows_it_has(server, admin):
    pool = make_pool(server, admin, "flows")
    pool.person("ann")
    pool.client = admin.cognito_idp.create_user_pool_client(UserPoolId=pool.id, ClientName="srp")["UserPoolClient"]["ClientId"]
    assert "flow not enabled" in refusal(pool.by_password, "ann")
    assert pool.sign_in("ann")["IdToken"]
    for flow in ("CUSTOM_AUTH", "USER_AUTH"):
        assert "InvalidParameterException" in refusal(pool.idp.initiate_auth, ClientId=pool.client, AuthFlow=flow,
                                                      AuthParameters={"USERNAME": "ann"})


def test_a_client_with_a_secret_has_to_know_it(server, admin):
    pool = make_pool(server, admin, "secret", {"GenerateSecret": True})
    pool.person("ann")
    secret = admin.cognito_idp.describe_user_pool_client(UserPoolId=pool.id, ClientId=pool.client)["UserPoolClient"]["ClientSecret"]
    assert "Unable to verify secret hash" in refusal(pool.sign_in, "ann")
    tokens = pool.srp("ann", client_secret=secret).authenticate_user()["AuthenticationResult"]
    refresh = {"ClientId": pool.client, "RefreshToken": tokens["RefreshToken"]}
    assert "secret hash" in refusal(pool.idp.get_tokens_from_refresh_token, **refresh)
    assert pool.idp.get_tokens_from_refresh_token(**refresh, ClientSecret=secret)["AuthenticationResult"]["IdToken"]


def srp_challenge(pool: Pool, name: str, password: str = PASSWORD):
    """An exchange up to its last message: what to answer, and the challenge."""
    proof = pool.srp(name, password)
    challenge = pool.idp.initiate_auth(ClientId=pool.client, AuthFlow="USER_SRP_AUTH", AuthParameters=proof.get_auth_params())
    return proof.process_challenge(challenge["ChallengeParameters"], {"USERNAME": name}), challenge["ChallengeParameters"]


def test_a_proof_counts_once(pool):
    pool.person("replayed")
    answer, _ = srp_challenge(pool, "replayed")
    assert pool.respond("PASSWORD_VERIFIER", **answer)["AuthenticationResult"]
    assert "NotAuthorizedException" in refusal(pool.respond, "PASSWORD_VERIFIER", **answer)


def test_a_proof_is_bound_to_what_it_was_made_for(pool):
    pool.person("bound")
    answer, _ = srp_challenge(pool, "bound")
    other, _ = srp_challenge(pool, "bound")
    assert refusal(pool.respond, "PASSWORD_VERIFIER", **answer | {"PASSWORD_CLAIM_SECRET_BLOCK": other["PASSWORD_CLAIM_SECRET_BLOCK"]}) == WRONG
    assert "NotAuthorizedException" in refusal(pool.respond, "PASSWORD_VERIFIER", **answer | {"USERNAME": "ann"})
    assert "timestamp" in refusal(pool.respond, "PASSWORD_VERIFIER", **answer | {"TIMESTAMP": "Sun Nov 22 01:02:03 UTC 2020"})
    block = bytearray(base64.b64decode(answer["PASSWORD_CLAIM_SECRET_BLOCK"]))
    block[20] ^= 1
    assert "session" in refusal(pool.respond, "PASSWORD_VERIFIER", **answer | {"PASSWORD_CLAIM_SECRET_BLOCK": base64.b64encode(block).decode()})
    assert pool.respond("PASSWORD_VERIFIER", **answer)["AuthenticationResult"]


@pytest.mark.parametrize("a", ["0", "00", "N", "zz"])
def test_an_srp_a_that_would_fix_the_key_is_refused(pool, a):
    from pycognito.aws_srp import N_HEX
    pool.person("fixed" + a)
    assert "InvalidParameterException" in refusal(
        pool.idp.initiate_auth, ClientId=pool.client, AuthFlow="USER_SRP_AUTH",
        AuthParameters={"USERNAME": "fixed" + a, "SRP_A": N_HEX if a == "N" else a})


# --- who is there

def test_nobody_can_tell_who_is_there_by_what_is_said(pool):
    pool.person("real")
    for name in ("real", "unreal"):
        assert refusal(pool.by_password, name, "Wr0ng!password") == WRONG
        answer, challenge = srp_challenge(pool, name, "Wr0ng!password")
        assert refusal(pool.respond, "PASSWORD_VERIFIER", **answer) == WRONG
        assert set(challenge) == {"SALT", "SRP_B", "SECRET_BLOCK", "USER_ID_FOR_SRP", "USERNAME"}
        assert pool.idp.forgot_password(ClientId=pool.client, Username=name)["CodeDeliveryDetails"] == {
            "Destination": "***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
        assert "CodeMismatchException" in refusal(pool.idp.confirm_forgot_password, ClientId=pool.client, Username=name,
                                                  ConfirmationCode="000000x", Password=PASSWORD)
    assert "NotAuthorizedException: SignUp" in refusal(pool.idp.sign_up, ClientId=pool.client, Username="real", Password=PASSWORD)


def test_a_salt_is_the_same_before_and_after_there_is_somebody(pool):
    salts = {srp_challenge(pool, "salted")[1]["SALT"] for _ in range(2)}
    pool.person("salted")
    salts.add(srp_challenge(pool, "salted")[1]["SALT"])
    pool.admin.cognito_idp.admin_set_user_password(UserPoolId=pool.id, Username="salted", Password="An0ther!one", Permanent=True)
    salts.add(srp_challenge(pool, "salted")[1]["SALT"])
    assert len(salts) == 1 and srp_challenge(pool, "another")[1]["SALT"] not in salts


def test_absence_takes_as_long_as_a_wrong_password(server, admin):
    pool = make_pool(server, admin, "timed")
    for i in range(6):
        pool.person(f"there{i}")
    idp = pool.idp

    def seconds(name: str) -> float:
        begin = time.perf_counter()
        refusal(idp.initiate_auth, ClientId=pool.client, AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": name, "PASSWORD": "Wr0ng!password"})
        return time.perf_counter() - begin

    seconds("warm")
    there = [seconds(f"there{i}") for i in range(6)]
    absent = [seconds(f"absent{i}") for i in range(6)]
    assert min(absent) > min(there) / 3, "nobody's password is hashed as well"


def test_guessing_is_slowed_down_alike_for_everybody(pool):
    pool.person("guessed")
    for name in ("nobody-at-all", "guessed"):
        said = [refusal(pool.by_password, name, f"Wr0ng!{i}") for i in range(5)]
        assert said == [WRONG] * 5
        # Until the wait is longer than a few attempts take.
        while said[-3:] != ["NotAuthorizedException: Password attempts exceeded"] * 3:
            said.append(refusal(pool.by_password, name, "Wr0ng!again"))
            assert len(said) < 60
    assert "attempts exceeded" in refusal(pool.by_password, "guessed"), "not even the right one"


# --- tokens

def test_tokens_are_verified_by_what_the_issuer_publishes(pool):
    pool.person("verified")
    tokens = pool.sign_in("verified")
    discovery = json.loads(fetch(f"{pool.issuer}/.well-known/openid-configuration")[1])
    assert discovery["issuer"] == pool.issuer
    keys = jwt.PyJWKClient(discovery["jwks_uri"])
    ident = jwt.decode(tokens["IdToken"], keys.get_signing_key_from_jwt(tokens["IdToken"]).key, ["RS256"],
                       audience=pool.client, issuer=pool.issuer)
    access = jwt.decode(tokens["AccessToken"], keys.get_signing_key_from_jwt(tokens["AccessToken"]).key, ["RS256"], issuer=pool.issuer)
    assert ident["token_use"] == "id" and ident["cognito:username"] == "verified" and ident["email"] == "verified@example.org"
    assert access["token_use"] == "access" and access["client_id"] == pool.client
    assert access["scope"] == "aws.cognito.signin.user.admin" and access["origin_jti"] == ident["origin_jti"]
    headers = [jwt.get_unverified_header(tokens[t]) for t in ("IdToken", "AccessToken")]
    assert headers[0]["kid"] != headers[1]["kid"]
    assert not {"d", "p", "q"} & set(json.loads(fetch(discovery["jwks_uri"])[1])["keys"][0])
    assert fetch(f"{pool.issuer}x/.well-known/jwks.json")[0] == 404


def forged(token: str, key, algorithm: str, kid: str | None, **changes) -> str:
    return jwt.encode(claims(token) | changes, key, algorithm=algorithm, headers={"kid": kid} if kid else {})


def test_forged_access_tokens_open_nothing(server, admin, pool):
    from cryptography.hazmat.primitives.asymmetric import rsa
    pool.person("forged")
    tokens = pool.sign_in("forged")
    good = tokens["AccessToken"]
    kid = jwt.get_unverified_header(good)["kid"]
    own = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    head, body, signature = good.split(".")
    other = make_pool(server, admin, "other-tokens")
    other.person("forged")
    public = json.loads(fetch(f"{pool.issuer}/.well-known/jwks.json")[1])["keys"][1]["n"]
    for token in [forged(good, own, "RS256", kid), forged(good, own, "RS256", "foreign"), forged(good, own, "RS256", None),
                  forged(good, None, "none", kid), forged(good, public, "HS256", kid), tokens["IdToken"],
                  f"{head}.{body}.", f"{head}.{body}.{signature[:-4]}AAAA", "a.b.c", "x",
                  other.sign_in("forged")["AccessToken"].rsplit(".", 1)[0] + "." + signature]:
        assert "NotAuthorizedException" in refusal(pool.idp.get_user, AccessToken=token)
    assert pool.idp.get_user(AccessToken=good)["Username"] == "forged"


def test_refreshing_and_revoking(pool):
    pool.person("lasting")
    tokens = pool.sign_in("lasting")
    idp, named = pool.idp, {"ClientId": pool.client}
    again = idp.initiate_auth(**named, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"]})
    assert "RefreshToken" not in again["AuthenticationResult"]
    newer = idp.get_tokens_from_refresh_token(**named, RefreshToken=tokens["RefreshToken"])["AuthenticationResult"]
    assert claims(newer["IdToken"])["origin_jti"] == claims(tokens["IdToken"])["origin_jti"]
    assert "UnsupportedTokenTypeException" in refusal(idp.revoke_token, **named, Token=tokens["AccessToken"])
    idp.revoke_token(**named, Token="bm90aGluZw")
    idp.revoke_token(**named, Token=tokens["RefreshToken"])
    assert "Invalid Refresh Token" in refusal(idp.get_tokens_from_refresh_token, **named, RefreshToken=tokens["RefreshToken"])
    for token in (tokens, newer):
        assert "revoked" in refusal(idp.get_user, AccessToken=token["AccessToken"])


def test_a_global_sign_out_ends_every_sign_in(pool):
    pool.person("everywhere")
    first, second = pool.sign_in("everywhere"), pool.sign_in("everywhere")
    pool.idp.global_sign_out(AccessToken=first["AccessToken"])
    for tokens in (first, second):
        assert "Invalid Refresh Token" in refusal(pool.idp.get_tokens_from_refresh_token, ClientId=pool.client, RefreshToken=tokens["RefreshToken"])
        assert "revoked" in refusal(pool.idp.get_user, AccessToken=tokens["AccessToken"])
    third = pool.sign_in("everywhere")
    pool.admin.cognito_idp.admin_user_global_sign_out(UserPoolId=pool.id, Username="everywhere")
    assert "revoked" in refusal(pool.idp.get_user, AccessToken=third["AccessToken"])


def test_a_rotated_token_that_comes_again_ends_the_sign_in(server, admin):
    pool = make_pool(server, admin, "rotating", {"RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}})
    pool.person("ann")
    first = pool.sign_in("ann")["RefreshToken"]
    renew = pool.idp.get_tokens_from_refresh_token
    second = renew(ClientId=pool.client, RefreshToken=first)["AuthenticationResult"]
    assert second["RefreshToken"] != first
    assert "rotate" in refusal(pool.idp.initiate_auth, ClientId=pool.client, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters={"REFRESH_TOKEN": second["RefreshToken"]})
    assert "RefreshTokenReuseException" in refusal(renew, ClientId=pool.client, RefreshToken=first)
    assert "Invalid Refresh Token" in refusal(renew, ClientId=pool.client, RefreshToken=second["RefreshToken"])


def test_a_refresh_token_is_of_its_client(server, admin, pool):
    pool.person("clientbound")
    token = pool.sign_in("clientbound")["RefreshToken"]
    other = admin.cognito_idp.create_user_pool_client(UserPoolId=pool.id, ClientName="o")["UserPoolClient"]["ClientId"]
    foreign = make_pool(server, admin, "foreign")
    for client in (other, foreign.client):
        assert "Invalid Refresh Token" in refusal(pool.idp.get_tokens_from_refresh_token, ClientId=client, RefreshToken=token)
    text = base64.urlsafe_b64decode(token + "==").decode()
    sub, sign_in, _ = text.split("/")
    guessed = base64.urlsafe_b64encode(f"{sub}/{sign_in}/guess".encode()).decode().rstrip("=")
    assert "Invalid Refresh Token" in refusal(pool.idp.get_tokens_from_refresh_token, ClientId=pool.client, RefreshToken=guessed)


# --- one's own account

def test_people_change_their_password_and_attributes(pool):
    pool.person("changing")
    one, two = pool.sign_in("changing"), pool.sign_in("changing")
    idp, token = pool.idp, one["AccessToken"]
    assert refusal(idp.change_password, AccessToken=token, PreviousPassword="Wr0ng!one", ProposedPassword="An0ther!one") == WRONG
    assert "InvalidPasswordException" in refusal(idp.change_password, AccessToken=token, PreviousPassword=PASSWORD, ProposedPassword="short")
    idp.change_password(AccessToken=token, PreviousPassword=PASSWORD, ProposedPassword="An0ther!one")
    assert idp.get_user(AccessToken=token)["Username"] == "changing"
    assert "revoked" in refusal(idp.get_user, AccessToken=two["AccessToken"])
    assert pool.sign_in("changing", "An0ther!one")
    idp.update_user_attributes(AccessToken=token, UserAttributes=[{"Name": "email", "Value": "stolen@example.org"}])
    shown = {a["Name"]: a["Value"] for a in idp.get_user(AccessToken=token)["UserAttributes"]}
    assert shown["email"] == "stolen@example.org" and shown["email_verified"] == "false"
    for name in ("email_verified", "sub", "custom:team", "cognito:groups", "no_such"):
        assert refusal(idp.update_user_attributes, AccessToken=token, UserAttributes=[{"Name": name, "Value": "true"}])


def test_a_forgotten_password_is_set_by_mail(server, pool):
    pool.person("forgetful")
    tokens = pool.sign_in("forgetful")
    named = {"ClientId": pool.client, "Username": "forgetful"}
    pool.idp.forgot_password(**named)
    code = re.search(r"\b(\d{8})\b", body_of(mail_to(server, "forgetful@example.org"))).group(1)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    confirm = pool.idp.confirm_forgot_password
    assert "CodeMismatchException" in refusal(confirm, **named, ConfirmationCode=wrong, Password="An0ther!one")
    confirm(**named, ConfirmationCode=code, Password="An0ther!one")
    assert "CodeMismatchException" in refusal(confirm, **named, ConfirmationCode=code, Password="Th1rd!one!")
    assert pool.sign_in("forgetful", "An0ther!one")
    assert "revoked" in refusal(pool.idp.get_user, AccessToken=tokens["AccessToken"])
    for _ in range(4):
        pool.idp.forgot_password(**named)
    assert "LimitExceededException" in refusal(pool.idp.forgot_password, **named)


def test_an_unverified_address_gets_no_code(server, pool):
    pool.person("unverified", email_verified="False")
    pool.idp.forgot_password(ClientId=pool.client, Username="unverified")
    pool.person("after")
    pool.idp.forgot_password(ClientId=pool.client, Username="after")
    mail_to(server, "after@example.org")
    assert not mails_to(server, "unverified@example.org")


def test_a_reset_by_an_administrator(server, admin, pool):
    pool.person("reset")
    tokens = pool.sign_in("reset")
    admin.cognito_idp.admin_reset_user_password(UserPoolId=pool.id, Username="reset")
    assert "revoked" in refusal(pool.idp.get_user, AccessToken=tokens["AccessToken"])
    assert "PasswordResetRequiredException" in refusal(pool.by_password, "reset")
    assert refusal(pool.by_password, "reset", "Wr0ng!one") == WRONG
    code = re.search(r"\b(\d{8})\b", body_of(mail_to(server, "reset@example.org"))).group(1)
    pool.idp.confirm_forgot_password(ClientId=pool.client, Username="reset", ConfirmationCode=code, Password="An0ther!one")
    assert pool.sign_in("reset", "An0ther!one")


def test_who_is_disabled_is_told_so_by_the_right_password_only(admin, pool):
    pool.person("disabled")
    tokens = pool.sign_in("disabled")
    admin.cognito_idp.admin_disable_user(UserPoolId=pool.id, Username="disabled")
    assert "revoked" in refusal(pool.idp.get_user, AccessToken=tokens["AccessToken"])
    assert "User is disabled" in refusal(pool.by_password, "disabled")
    assert refusal(pool.by_password, "disabled", "Wr0ng!one") == WRONG
    admin.cognito_idp.admin_enable_user(UserPoolId=pool.id, Username="disabled")
    assert pool.sign_in("disabled")
    admin.cognito_idp.admin_delete_user(UserPoolId=pool.id, Username="disabled")
    assert refusal(pool.by_password, "disabled") == WRONG


# --- a second factor

def test_a_device_is_asked_for_and_its_codes_count_once(pool):
    pool.person("twofold")
    idp, token = pool.idp, pool.sign_in("twofold")["AccessToken"]
    prefer = {"AccessToken": token, "SoftwareTokenMfaSettings": {"Enabled": True, "PreferredMfa": True}}
    assert "not verified" in refusal(idp.set_user_mfa_preference, **prefer)
    secret = idp.associate_software_token(AccessToken=token)["SecretCode"]
    bad = f"{(int(totp(secret)) + 1) % 10**6:06d}"
    assert "CodeMismatchException" in refusal(idp.verify_software_token, AccessToken=token, UserCode=bad)
    used = totp(secret, time.time() - 30)
    assert idp.verify_software_token(AccessToken=token, UserCode=used)["Status"] == "SUCCESS"
    idp.set_user_mfa_preference(**prefer)
    asked = pool.by_password("twofold")
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA" and "AuthenticationResult" not in asked
    code = totp(secret, time.time() + 10)
    answer = {"session": asked["Session"], "USERNAME": "twofold"}
    assert "CodeMismatchException" in refusal(pool.respond, "SOFTWARE_TOKEN_MFA", **answer, SOFTWARE_TOKEN_MFA_CODE=used)
    assert pool.respond("SOFTWARE_TOKEN_MFA", **answer, SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]
    asked = pool.by_password("twofold")
    assert "CodeMismatchException" in refusal(pool.respond, "SOFTWARE_TOKEN_MFA", asked["Session"], USERNAME="twofold", SOFTWARE_TOKEN_MFA_CODE=code)
    said = [refusal(pool.respond, "SOFTWARE_TOKEN_MFA", asked["Session"], USERNAME="twofold", SOFTWARE_TOKEN_MFA_CODE=bad) for _ in range(8)]
    assert any("attempts exceeded" in one for one in said)


# --- people, groups

def test_people_are_listed_and_found(admin, server):
    pool = make_pool(server, admin, "listed", Schema=[{"Name": "team", "AttributeDataType": "String"}])
    for name in ("ann", "anna", "bob"):
        pool.person(name, None, **{"custom:team": "finance"})
    users = admin.cognito_idp.get_paginator("list_users").paginate(UserPoolId=pool.id, PaginationConfig={"PageSize": 2})
    assert [u["Username"] for page in users for u in page["Users"]] == ["ann", "anna", "bob"]
    found = admin.cognito_idp.list_users(UserPoolId=pool.id, Filter='username ^= "ann"')["Users"]
    assert [u["Username"] for u in found] == ["ann", "anna"]
    assert admin.cognito_idp.list_users(UserPoolId=pool.id, Filter='email = "bob@example.org"')["Users"][0]["UserStatus"] == "FORCE_CHANGE_PASSWORD"
    assert "InvalidParameterException" in refusal(admin.cognito_idp.list_users, UserPoolId=pool.id, Filter="password")
    assert "InvalidParameterException" in refusal(
        admin.cognito_idp.admin_update_user_attributes, UserPoolId=pool.id, Username="ann", UserAttributes=[{"Name": "custom:no", "Value": "x"}])


def test_names_that_differ_in_case_only(server, admin):
    pool = make_pool(server, admin, "folded", UsernameConfiguration={"CaseSensitive": False})
    pool.person("Ann")
    assert pool.sign_in("aNN")["IdToken"]
    assert srp_challenge(pool, "ABSENT")[1]["USER_ID_FOR_SRP"] == "absent"
    assert "UsernameExistsException" in refusal(pool.person, "ANN")


def test_groups_are_in_the_tokens(admin, server):
    pool = make_pool(server, admin, "grouped")
    pool.person("ann")
    idp, role = admin.cognito_idp, f"arn:aws:iam::{ACCOUNT}:role/stewards"
    idp.create_group(UserPoolId=pool.id, GroupName="stewards", RoleArn=role, Precedence=1)
    idp.create_group(UserPoolId=pool.id, GroupName="all", Precedence=5, RoleArn=role + "-all")
    for group in ("all", "stewards"):
        idp.admin_add_user_to_group(UserPoolId=pool.id, Username="ann", GroupName=group)
    said = claims(pool.sign_in("ann")["IdToken"])
    assert said["cognito:groups"] == ["stewards", "all"] and said["cognito:preferred_role"] == role
    assert said["cognito:roles"] == [role, role + "-all"]
    assert [g["GroupName"] for g in idp.admin_list_groups_for_user(UserPoolId=pool.id, Username="ann")["Groups"]] == ["stewards", "all"]
    assert "GroupExistsException" in refusal(idp.create_group, UserPoolId=pool.id, GroupName="all")
    idp.admin_remove_user_from_group(UserPoolId=pool.id, Username="ann", GroupName="all")
    idp.delete_group(UserPoolId=pool.id, GroupName="stewards")
    idp.create_group(UserPoolId=pool.id, GroupName="stewards")
    assert "cognito:groups" not in claims(pool.sign_in("ann")["IdToken"]), "a group made again is another one"
    assert len(idp.list_groups(UserPoolId=pool.id)["Groups"]) == 2
    assert "InvalidParameterException" in refusal(
        idp.create_group, UserPoolId=pool.id, GroupName="foreign", RoleArn="arn:aws:iam::444455556666:role/x")


def test_a_group_is_changed_in_what_is_said_alone(admin, server):
    pool, idp = make_pool(server, admin, "regrouped"), admin.cognito_idp
    pool.person("ann")
    role = f"arn:aws:iam::{ACCOUNT}:role/first"
    made = idp.create_group(UserPoolId=pool.id, GroupName="staff", Description="Who works here", RoleArn=role, Precedence=3)["Group"]
    idp.admin_add_user_to_group(UserPoolId=pool.id, Username="ann", GroupName="staff")
    changed = idp.update_group(UserPoolId=pool.id, GroupName="staff", RoleArn=role + "-other")["Group"]
    assert changed == idp.get_group(UserPoolId=pool.id, GroupName="staff")["Group"]
    assert changed["LastModifiedDate"] >= made["LastModifiedDate"]
    assert changed == made | {"RoleArn": role + "-other", "LastModifiedDate": changed["LastModifiedDate"]}
    assert claims(pool.sign_in("ann")["IdToken"])["cognito:preferred_role"] == role + "-other", "its people stay in it"
    emptied = idp.update_group(UserPoolId=pool.id, GroupName="staff", Description="", Precedence=0)["Group"]
    assert "Description" not in emptied and emptied["Precedence"] == 0 and emptied["RoleArn"] == role + "-other"
    foreign = refusal(idp.update_group, UserPoolId=pool.id, GroupName="staff", RoleArn="arn:aws:iam::444455556666:role/x")
    assert "InvalidParameterException" in foreign
    assert idp.get_group(UserPoolId=pool.id, GroupName="staff")["Group"] == emptied
    for call in (idp.get_group, idp.update_group, idp.list_users_in_group):
        assert "ResourceNotFoundException" in refusal(call, UserPoolId=pool.id, GroupName="none")


def test_a_group_lists_who_is_in_it(admin, server):
    pool, idp = make_pool(server, admin, "crowded"), admin.cognito_idp
    for name in ("ann", "bob", "cleo", "dan"):
        pool.person(name, None)
    idp.create_group(UserPoolId=pool.id, GroupName="staff")
    for name in ("dan", "ann", "cleo"):
        idp.admin_add_user_to_group(UserPoolId=pool.id, Username=name, GroupName="staff")

    def members() -> list[list[str]]:
        pages = idp.get_paginator("list_users_in_group").paginate(UserPoolId=pool.id, GroupName="staff", PaginationConfig={"PageSize": 2})
        return [[user["Username"] for user in page["Users"]] for page in pages]

    assert members() == [["ann", "cleo"], ["dan"]]
    idp.admin_remove_user_from_group(UserPoolId=pool.id, Username="ann", GroupName="staff")
    assert members() == [["cleo", "dan"]]
    idp.delete_group(UserPoolId=pool.id, GroupName="staff")
    idp.create_group(UserPoolId=pool.id, GroupName="staff")
    assert members() == [[]], "a group made again is another one"


# --- identity pools

class Door:
    """A user pool, an identity pool that takes its tokens, and a role for who comes through."""

    def __init__(self, server, admin, name: str, provider: str | None = None):
        self.pool = make_pool(server, admin, name)
        self.admin, self.identity = admin, anybody(server, "cognito-identity")
        self.provider = provider.format(self.pool.id) if provider else self.pool.provider
        self.id = admin.cognito_identity.create_identity_pool(
            IdentityPoolName=name, AllowUnauthenticatedIdentities=False,
            CognitoIdentityProviders=[{"ProviderName": self.provider, "ClientId": self.pool.client}])["IdentityPoolId"]
        self.role = role_for(admin, f"{name}-role", trust_identities(self.id))
        admin.cognito_identity.set_identity_pool_roles(IdentityPoolId=self.id, Roles={"authenticated": self.role})

    def logins(self, token: str) -> dict:
        return {"Logins": {self.provider: token}}

    def open(self, token: str, **named) -> dict:
        who = self.identity.get_id(IdentityPoolId=self.id, **self.logins(token))["IdentityId"]
        return self.identity.get_credentials_for_identity(IdentityId=who, **self.logins(token), **named)

    def clients(self, token: str, **named) -> PeopleClients:
        made = self.open(token, **named)["Credentials"]
        return PeopleClients(self.pool.server.endpoint, made["AccessKeyId"], made["SecretKey"], made["SessionToken"])


@pytest.fixture(scope="module")
def door(server, admin) -> Door:
    door = Door(server, admin, "door")
    door.pool.person("ann")
    door.pool.person("bob")
    return door


def test_a_token_becomes_credentials_of_the_role(door):
    token = door.pool.sign_in("ann")["IdToken"]
    clients = door.clients(token)
    assert clients.sts.get_caller_identity()["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/door-role/ann"
    clients.glue.get_databases()
    assert "AccessDenied" in refusal(clients.glue.create_database, DatabaseInput={"Name": "no"})
    ids = {door.identity.get_id(IdentityPoolId=door.id, **door.logins(door.pool.sign_in(n)["IdToken"]))["IdentityId"] for n in ("ann", "ann", "bob")}
    assert len(ids) == 2
    assert door.admin.cognito_identity.describe_identity_pool(IdentityPoolId=door.id)["IdentityPoolName"] == "door"
    assert door.admin.cognito_identity.get_identity_pool_roles(IdentityPoolId=door.id)["Roles"] == {"authenticated": door.role}


def test_the_provider_may_be_named_as_aws_names_it(server, admin):
    door = Door(server, admin, "awsname", "cognito-idp." + REGION + ".amazonaws.com/{}")
    door.pool.person("ann")
    assert door.open(door.pool.sign_in("ann")["IdToken"])["Credentials"]["SecretKey"]


def test_only_tokens_that_the_pool_lists_open_it(server, admin, door):
    from cryptography.hazmat.primitives.asymmetric import rsa
    tokens = door.pool.sign_in("ann")
    good = tokens["IdToken"]
    who = door.identity.get_id(IdentityPoolId=door.id, **door.logins(good))["IdentityId"]
    own = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kid = jwt.get_unverified_header(good)["kid"]
    other = make_pool(server, admin, "not-listed")
    other.person("ann")
    second = admin.cognito_idp.create_user_pool_client(UserPoolId=door.pool.id, ClientName="second")["UserPoolClient"]["ClientId"]
    elsewhere = Pool(server, admin, door.pool.id, second)
    for token in [forged(good, own, "RS256", kid), forged(good, None, "none", None), tokens["AccessToken"],
                  other.sign_in("ann")["IdToken"], elsewhere.sign_in("ann")["IdToken"]]:
        for call, named in [(door.identity.get_id, {"IdentityPoolId": door.id}), (door.identity.get_credentials_for_identity, {"IdentityId": who})]:
            assert "NotAuthorizedException" in refusal(call, **named, **door.logins(token))
    foreign = {"Logins": {other.provider: other.sign_in("ann")["IdToken"]}}
    assert "NotAuthorizedException" in refusal(door.identity.get_id, IdentityPoolId=door.id, **foreign)
    assert "NotAuthorizedException" in refusal(door.identity.get_id, IdentityPoolId=door.id)
    bobs = door.pool.sign_in("bob")["IdToken"]
    assert "forbidden" in refusal(door.identity.get_credentials_for_identity, IdentityId=who, **door.logins(bobs))


def test_a_token_of_a_sign_in_that_ended_opens_nothing(door):
    door.pool.person("gone")
    tokens = door.pool.sign_in("gone")
    who = door.identity.get_id(IdentityPoolId=door.id, **door.logins(tokens["IdToken"]))["IdentityId"]
    door.pool.idp.global_sign_out(AccessToken=tokens["AccessToken"])
    assert "NotAuthorizedException" in refusal(door.identity.get_credentials_for_identity, IdentityId=who, **door.logins(tokens["IdToken"]))


def test_the_trust_policy_has_the_last_word(server, admin):
    door = Door(server, admin, "mistrust")
    door.pool.person("ann")
    token = door.pool.sign_in("ann")["IdToken"]
    assert door.open(token)
    for trust in (trust_identities(f"{REGION}:00000000-0000-4000-8000-000000000000"), trust_identities(door.id, "unauthenticated")):
        admin.iam.update_assume_role_policy(RoleName="mistrust-role", PolicyDocument=trust)
        assert "InvalidIdentityPoolConfigurationException" in refusal(door.open, token)


def test_groups_choose_the_role_and_cannot_choose_what_does_not_trust(server, admin):
    door = Door(server, admin, "choosing")
    provider = f"{door.provider}:{door.pool.client}"
    stewards = role_for(admin, "choosing-stewards", trust_identities(door.id))
    closed = role_for(admin, "choosing-closed", trust_identities("elsewhere:0"))
    for name, role in (("stewards", stewards), ("closed", closed)):
        door.pool.person(f"in-{name}")
        admin.cognito_idp.create_group(UserPoolId=door.pool.id, GroupName=name, RoleArn=role)
        admin.cognito_idp.admin_add_user_to_group(UserPoolId=door.pool.id, Username=f"in-{name}", GroupName=name)
    door.pool.person("alone")
    roles = {"IdentityPoolId": door.id, "Roles": {"authenticated": door.role}}
    admin.cognito_identity.set_identity_pool_roles(**roles, RoleMappings={provider: {"Type": "Token", "AmbiguousRoleResolution": "Deny"}})
    who = door.clients(door.pool.sign_in("in-stewards")["IdToken"]).sts.get_caller_identity()["Arn"]
    assert ":assumed-role/choosing-stewards/" in who
    assert "InvalidIdentityPoolConfigurationException" in refusal(door.open, door.pool.sign_in("in-closed")["IdToken"])
    alone = door.pool.sign_in("alone")["IdToken"]
    assert "NotAuthorizedException" in refusal(door.open, alone)
    assert "NotAuthorizedException" in refusal(door.open, alone, CustomRoleArn=stewards)
    rules = {"Rules": [{"Claim": "email", "MatchType": "StartsWith", "Value": "alone@", "RoleARN": stewards}]}
    admin.cognito_identity.set_identity_pool_roles(**roles, RoleMappings={
        provider: {"Type": "Rules", "AmbiguousRoleResolution": "AuthenticatedRole", "RulesConfiguration": rules}})
    assert "choosing-stewards" in door.clients(alone).sts.get_caller_identity()["Arn"]
    assert "choosing-role" in door.clients(door.pool.sign_in("in-stewards")["IdToken"]).sts.get_caller_identity()["Arn"]


def test_identity_pools_take_user_pools_of_the_account_only(server, admin, door):
    make = admin.cognito_identity.create_identity_pool
    for provider in ("evil.example.org/" + door.pool.id, f"{door.pool.provider}x", "accounts.google.com"):
        assert "Exception" in refusal(make, IdentityPoolName="p", AllowUnauthenticatedIdentities=False,
                                      CognitoIdentityProviders=[{"ProviderName": provider, "ClientId": door.pool.client}])
    assert "InvalidParameterException" in refusal(make, IdentityPoolName="p", AllowUnauthenticatedIdentities=True)
    made = make(IdentityPoolName="p", AllowUnauthenticatedIdentities=False)["IdentityPoolId"]
    admin.cognito_identity.update_identity_pool(IdentityPoolId=made, IdentityPoolName="q", AllowUnauthenticatedIdentities=False)
    assert "q" in [p["IdentityPoolName"] for p in admin.cognito_identity.list_identity_pools(MaxResults=60)["IdentityPools"]]
    assert "InvalidParameterException" in refusal(
        admin.cognito_identity.set_identity_pool_roles, IdentityPoolId=made, Roles={"authenticated": "arn:aws:iam::444455556666:role/x"})
    admin.cognito_identity.delete_identity_pool(IdentityPoolId=made)
    assert "ResourceNotFoundException" in refusal(admin.cognito_identity.describe_identity_pool, IdentityPoolId=made)


# --- what is kept and told

def test_nothing_that_opens_a_door_is_kept_or_told(server, admin, pool):
    pool.person("secretive", "Unm1stakable!password")
    tokens = pool.sign_in("secretive", "Unm1stakable!password")
    kept = b"".join(path.read_bytes() for path in server.data_dir.rglob("*") if path.is_file() and path.suffix != ".eml")
    kept += (server.data_dir.parent / f"{server.data_dir.name}.log").read_bytes()
    secret = base64.urlsafe_b64decode(tokens["RefreshToken"] + "==").split(b"/")[2]
    for text in (b"Unm1stakable", b"BEGIN PRIVATE KEY", secret, tokens["RefreshToken"].encode(), tokens["AccessToken"].encode()):
        assert text not in kept


def test_sign_ins_are_in_the_trail(admin, pool):
    sub = pool.person("trailed")
    pool.by_password("trailed")
    events = admin.cloudtrail.lookup_events(LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "InitiateAuth"}])["Events"]
    told = [json.loads(event["CloudTrailEvent"]) for event in events]
    mine = [event for event in told if (event.get("requestParameters") or {}).get("sub") == sub]
    assert mine and mine[0]["recipientAccountId"] == ACCOUNT and mine[0]["eventSource"] == "cognito-idp.amazonaws.com"


def test_people_last_through_a_restart(tmp_path):
    server = Server(tmp_path / "data").start()
    port = int(server.endpoint.rsplit(":", 1)[1].rstrip("/"))
    try:
        pool = make_pool(server, PeopleClients(server.endpoint, *server.keys(), None), "lasting")
        pool.person("ann")
        tokens = pool.sign_in("ann")
        server.kill()
        server.start(port)
        assert pool.idp.get_user(AccessToken=tokens["AccessToken"])["Username"] == "ann"
        assert pool.idp.get_tokens_from_refresh_token(ClientId=pool.client, RefreshToken=tokens["RefreshToken"])
        assert pool.sign_in("ann")["IdToken"]
    finally:
        server.kill()


def test_people_sign_in_after_the_keys_were_rotated(tmp_path):
    server = Server(tmp_path / "data").start()
    port = int(server.endpoint.rsplit(":", 1)[1].rstrip("/"))
    try:
        pool = make_pool(server, PeopleClients(server.endpoint, *server.keys(), None), "rotated")
        pool.person("ann")
        tokens = pool.sign_in("ann")
        for _ in range(2):
            assert server.stop() == 0
            assert run_weir("admin", "rotate-keys", "--data-dir", server.data_dir).returncode == 0
            server.start(port)
        assert pool.idp.get_tokens_from_refresh_token(ClientId=pool.client, RefreshToken=tokens["RefreshToken"])
        assert pool.sign_in("ann")["IdToken"]
    finally:
        server.kill()
