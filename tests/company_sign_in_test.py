"""People sign in to the console by their company's Keycloak: OpenID Connect with code and PKCE, and SAML. The tests play
the page's part."""

import base64
import json
import urllib.error
import urllib.parse
import urllib.request
import zlib

import pytest

from company_words import CONSOLE_CLIENT, SAML_ARN, SAML_ROLE, Tab, add_clients, by_oidc, by_saml, put, stranger
from conftest import ACCOUNT, Server
from iam_words import OTHER, code, fresh
from lake import allow
from people_words import refusal
from saml_company import unsigned
from weir_words import weir_client

OIDC, SAML = "Company", "Company (SAML)"


@pytest.fixture(scope="module")
def realm(keycloak):
    return keycloak.realm("console")


@pytest.fixture(scope="module")
def server(keycloak, tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("company") / "data", f"--oidc-ca-file={keycloak.certificate}",
                     "--oidc-private-addresses=true", console=True).start()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def admin(server):
    return server.session()


@pytest.fixture(scope="module")
def web(server, admin, realm):
    """The console's OIDC provider."""
    return by_oidc(server, admin, realm, OIDC)


@pytest.fixture(scope="module")
def saml(server, admin, realm):
    return by_saml(server, admin, realm, SAML)


def query_of(url: str) -> dict[str, str]:
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))


def ask(form) -> dict:
    return {"RoleArn": SAML_ROLE, "PrincipalArn": SAML_ARN, "SAMLAssertion": form.fields["SAMLResponse"]}


# --- OpenID Connect


def test_a_person_of_the_company_becomes_a_session(server, web, realm):
    tab = Tab(server, realm, OIDC)
    back = tab.comes_back("ann")
    assert (back["state"], back["iss"]) == (tab.state, tab.begin()["Issuer"])
    tokens = tab.tokens(back["code"])
    answer = unsigned(server, "sts").assume_role_with_web_identity(
        RoleArn=web["RoleArn"], RoleSessionName="ann", WebIdentityToken=tokens["IdToken"])
    assert answer["SubjectFromWebIdentityToken"] == tokens["Subject"]
    assert server.session(answer["Credentials"]).sts.get_caller_identity()["Arn"].endswith(":assumed-role/console-people/ann")


def test_nobody_calls_a_session_by_somebody_elses_name(server, web, realm):
    """The guide's trust policy: the name is the token's."""
    tab = Tab(server, realm, OIDC)
    token = tab.tokens(tab.comes_back("bob")["code"])["IdToken"]
    assert code(unsigned(server, "sts").assume_role_with_web_identity, RoleArn=web["RoleArn"], RoleSessionName="ann",
                WebIdentityToken=token) == "AccessDenied"


def test_the_way_there_is_code_and_pkce_and_back_to_this_server(server, web, realm):
    way = Tab(server, realm, OIDC).begin()
    asked = query_of(way["Location"])
    assert way["Location"].startswith(f"{realm.issuer}/") and way["ComesBackTo"] == f"{server.endpoint}/-/console/signed-in"
    assert asked["redirect_uri"] == way["ComesBackTo"] and asked["client_id"] == CONSOLE_CLIENT
    assert (asked["response_type"], asked["code_challenge_method"], asked["scope"]) == ("code", "S256", "openid")


def test_a_refresh_token_brings_another_token_of_the_same_person(server, web, realm):
    tab = Tab(server, realm, OIDC)
    first = tab.tokens(tab.comes_back("ann")["code"])
    again = tab.tokens(RefreshToken=first["RefreshToken"], CodeVerifier=None)
    assert again["Subject"] == first["Subject"] and again["Expiration"] >= first["Expiration"]
    assert refusal(tab.tokens, RefreshToken="x" * 40, CodeVerifier=None).startswith("SignInRefusedException: ")


def test_a_code_counts_once_and_with_its_own_verifier(server, web, realm):
    tab = Tab(server, realm, OIDC)
    stolen = tab.comes_back("ann")["code"]
    assert refusal(tab.tokens, stolen, CodeVerifier="v" * 43).startswith("SignInRefusedException: ")
    mine = tab.comes_back("ann")["code"]
    tab.tokens(mine)
    assert refusal(tab.tokens, mine).startswith("SignInRefusedException: ")


def test_a_token_of_another_sign_in_is_not_given_out(server, web, realm):
    """Somebody's code in a link: the verifier would not hold; neither does the nonce."""
    tab = Tab(server, realm, OIDC)
    back = tab.comes_back("ann")
    assert refusal(tab.tokens, back["code"], Nonce="n" * 32) == "SignInRefusedException: The token is of another sign-in."


def test_a_confidential_client_proves_itself_and_its_secret_goes_nowhere_else(server, admin, web, realm):
    secret, client, other = "s3cret&with=signs", fresh("confidential"), fresh("confidential")
    for name in (client, other):
        add_clients(realm, server, "--only", "oidc", "--client", name, "--secret", secret)
        admin.iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=web["ProviderArn"], ClientID=name)
    wanted = {"Name": "Confidential", "Kind": "OIDC", "ProviderArn": web["ProviderArn"], "RoleArn": web["RoleArn"]}
    made = put(admin, **wanted, ClientId=client, ClientSecret=secret)
    assert made["HasClientSecret"] and secret not in json.dumps(weir_client(admin).list_sign_in_providers(), default=str)
    tab = Tab(server, realm, "Confidential")
    assert tab.tokens(tab.comes_back("ann")["code"])["Subject"]
    assert put(admin, **wanted, ClientId=client)["HasClientSecret"], "it stays for the same client"
    assert not put(admin, **wanted, ClientId=other)["HasClientSecret"], "and goes to no other"


def test_whom_iam_does_not_list_any_more_signs_nobody_in(server, admin, web, realm):
    tab = Tab(server, realm, OIDC)
    back = tab.comes_back("ann")
    listed = {"OpenIDConnectProviderArn": web["ProviderArn"], "ClientID": CONSOLE_CLIENT}
    admin.iam.remove_client_id_from_open_id_connect_provider(**listed)
    for refused in (lambda: tab.begin(), lambda: tab.tokens(back["code"])):
        assert refusal(refused).startswith("SignInRefusedException: This way of signing in is not set up")
    admin.iam.add_client_id_to_open_id_connect_provider(**listed)
    tab.begin()


# --- SAML


def test_an_answer_to_our_request_becomes_a_session_and_lake_formations_principal(server, saml, realm):
    tab = Tab(server, realm, SAML)
    form = tab.posts("ann")
    assert form.action == f"{server.endpoint}/-/console/saml" and form.fields["RelayState"] == tab.state
    answer = unsigned(server, "sts").assume_role_with_saml(**ask(form))
    assert answer["Audience"] == f"{server.endpoint}/-/console/saml"
    ann = server.session(unsigned(server, "lakeformation").assume_decorated_role_with_saml(**ask(form)))
    assert ann.lakeformation.get_data_lake_principal()["Identity"] == f"{SAML_ARN}:user/ann"
    assert code(unsigned(server, "sts").assume_role_with_saml, **ask(form)) == "InvalidIdentityToken", "it counts once"


def test_sign_in_that_begins_at_the_provider_is_taken_too(server, saml, realm):
    tab = Tab(server, realm, SAML)
    form = tab.signs_in(f"{realm.issuer}/protocol/saml/clients/weir-console", "bob").form_with("SAMLResponse")
    assert unsigned(server, "sts").assume_role_with_saml(**ask(form))["AssumedRoleUser"]["Arn"].endswith("/bob")


def test_an_answer_to_somebody_elses_request_is_not_ours(server, saml, realm):
    tab = Tab(server, realm, SAML)
    location = tab.begin(Nonce=None, CodeVerifier=None)["Location"]
    xml = zlib.decompress(base64.b64decode(query_of(location)["SAMLRequest"]), -15).decode()
    ours = xml.split(' ID="')[1].split('"')[0]
    for forged in ("_" + "A" * (len(ours) - 1), ours[:-4] + "AAAA"):
        request = base64.b64encode(zlib.compress(xml.replace(ours, forged).encode(), wbits=-15)).decode()
        start = f"{realm.issuer}/protocol/saml?" + urllib.parse.urlencode({"SAMLRequest": request})
        form = tab.signs_in(start, "ann").form_with("SAMLResponse")
        assert code(unsigned(server, "sts").assume_role_with_saml, **ask(form)) == "InvalidIdentityToken"


# --- the pages


def post_page(server, response: str, relay_state: str = "") -> tuple[int, str, dict]:
    body = urllib.parse.urlencode({"SAMLResponse": response, "RelayState": relay_state}).encode()
    request = urllib.request.Request(f"{server.endpoint}/-/console/saml", body, {"Origin": "https://idp.example.com"})
    try:
        answer = urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.read().decode(), dict(answer.headers)


def test_an_assertion_reaches_the_page_as_data(server, saml, realm):
    tab = Tab(server, realm, SAML)
    form = tab.posts("ann")
    status, html, headers = post_page(server, form.fields["SAMLResponse"], form.fields["RelayState"])
    assert status == 200 and headers["Cache-Control"] == "no-store"
    assert "script-src 'self';" in headers["Content-Security-Policy"] and "Set-Cookie" not in headers
    data = json.loads(html.split('<script type="application/json" id="arrived">')[1].split("</script>")[0])
    assert data == {"response": form.fields["SAMLResponse"], "relayState": tab.state}


@pytest.mark.parametrize("response", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028", "A" * 100_001, ""])
def test_what_is_no_response_reaches_nobody(server, response):
    status, html, _ = post_page(server, response)
    assert status == 400 and "alert" not in html and "arrived" not in html


def test_a_relay_state_is_reflected_only_when_it_could_be_ours(server):
    for relay_state in ('"},"response":"x', "</script><script>alert(1)</script>", "https://elsewhere.example.com/"):
        _, html, _ = post_page(server, "AAAA", relay_state)
        assert '{"response":"AAAA","relayState":""}' in html and relay_state not in html


def test_the_companys_administrator_reads_who_we_are(server, admin):
    read = lambda account: urllib.request.urlopen(f"{server.endpoint}/-/console/saml/metadata?account={account}").read().decode()
    assert f'entityID="{server.endpoint}/-/console/saml/metadata?account={ACCOUNT}"' in read(ACCOUNT)
    assert read(OTHER) == read(ACCOUNT).replace(ACCOUNT, OTHER), "whether there is such an account is not told"
    with pytest.raises(urllib.error.HTTPError):
        read("%22%3E%3Cevil/%3E")


def test_the_page_is_told_what_its_buttons_say(server, admin, web, saml):
    with urllib.request.urlopen(f"{server.endpoint}/-/console/config.json") as answer:
        shown = {one["name"]: one for one in json.load(answer)["providers"]}
    assert shown[OIDC] == {"name": OIDC, "kind": "OIDC", "providerArn": web["ProviderArn"], "roleArn": web["RoleArn"]}
    assert shown[SAML] == {"name": SAML, "kind": "SAML", "providerArn": SAML_ARN, "lakeFormationPrincipals": True}


# --- who may, and what is told


def test_providers_are_an_administrators_matter(server, admin, web):
    user = fresh("somebody")
    admin.iam.create_user(UserName=user)
    key = admin.iam.create_access_key(UserName=user)["AccessKey"]
    somebody = server.session(key)
    wanted = {"Name": "Mine", "Kind": "OIDC", "ProviderArn": web["ProviderArn"], "RoleArn": web["RoleArn"], "ClientId": CONSOLE_CLIENT}
    for call, arguments in (("put_sign_in_provider", wanted), ("list_sign_in_providers", {}),
                            ("delete_sign_in_provider", {"Name": OIDC})):
        assert code(getattr(weir_client(somebody), call), **arguments) == "AccessDeniedException", call
    admin.iam.put_user_policy(UserName=user, PolicyName="p", PolicyDocument=allow(["weir:PutSignInProvider"]))
    assert code(weir_client(somebody).put_sign_in_provider, **wanted) == "AccessDeniedException", "iam:PassRole"
    admin.iam.put_user_policy(UserName=user, PolicyName="p", PolicyDocument=allow(["weir:PutSignInProvider", "iam:PassRole"]))
    assert put(somebody, **wanted)["Name"] == "Mine"
    weir_client(admin).delete_sign_in_provider(Name="Mine")


@pytest.mark.parametrize("changed, says", [
    ({"ClientId": "stranger"}, "ClientId is not in the provider's list."),
    ({"Scopes": ["email"]}, "openid"), ({"Scopes": ["openid", 'a"b']}, "openid"),
    ({"ProviderArn": f"arn:aws:iam::{OTHER}:oidc-provider/idp.example.com"}, "ProviderArn"),
    ({"ProviderArn": f"arn:aws:iam::{ACCOUNT}:oidc-provider/idp.example.com"}, "ProviderArn"),
    ({"Kind": "SAML"}, "ClientId"), ({"LakeFormationPrincipals": True}, "SAML"),
    ({"RoleArn": f"arn:aws:iam::{OTHER}:role/theirs"}, "of this account"), ({"Name": " x"}, "name"), ({"Name": "a\nb"}, "name")])
def test_what_cannot_be_a_provider(admin, web, changed, says):
    wanted = {"Name": "Odd", "Kind": "OIDC", "ProviderArn": web["ProviderArn"], "RoleArn": web["RoleArn"],
              "ClientId": CONSOLE_CLIENT} | changed
    answer = refusal(weir_client(admin).put_sign_in_provider, **wanted)
    assert answer.startswith("InvalidInputException: ") and says in answer


def test_strangers_hear_one_answer_for_what_is_not_there(server, web, realm):
    tab = Tab(server, realm, OIDC)
    answers = {refusal(tab.begin, **changed) for changed in (
        {"Provider": "Nobody"}, {"Account": "999988887777"}, {"Account": "not an account"})}
    answers |= {refusal(tab.tokens, "code", Account="999988887777"), refusal(tab.tokens, "code", Provider="Nobody")}
    assert answers == {"EntityNotFoundException: There is no such sign-in provider."}


def test_nobody_chooses_where_people_come_back_to(server, web, realm):
    """There is no such parameter, and a Host header is not asked."""
    way = stranger(server)
    way.meta.events.register("before-send", lambda request, **_: request.headers.__setitem__("Host", "evil.example.com"))
    tab = Tab(server, realm, OIDC)
    answer = way.begin_sign_in(Account=ACCOUNT, Provider=OIDC, State=tab.state, Nonce=tab.nonce, CodeVerifier=tab.verifier)
    assert "evil" not in json.dumps(answer)


def test_the_trail_has_who_came_and_no_token(server, admin, web, realm):
    tab = Tab(server, realm, OIDC)
    back = tab.comes_back("bob")
    tokens = tab.tokens(back["code"])
    found = admin.cloudtrail.lookup_events(LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "GetSignInTokens"}])
    events = [event["CloudTrailEvent"] for event in found["Events"]]
    assert any(tokens["Subject"] in event for event in events)
    log = (server.data_dir.parent / f"{server.data_dir.name}.log").read_text()
    for secret in (tokens["IdToken"], tokens["RefreshToken"], back["code"], tab.verifier):
        assert not any(secret in text for text in [*events, log])
