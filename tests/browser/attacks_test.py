"""Somebody with a browser, and what they try: other people's pages around ours, markup in names, old tabs, borrowed keys."""

import http.server
import json
import threading

import pytest
from botocore.exceptions import ClientError
from playwright.sync_api import Page, expect

from conftest import ACCOUNT
from people_words import PASSWORD, PeopleClients, anybody, refusal

from .conftest import sign_in
from .page_words import MARKUP


@pytest.fixture(scope="module", autouse=True)
def lake(console_server):
    """One database that people may see, with markup wherever somebody may write, and one that they may not."""
    admin = PeopleClients(console_server.endpoint, *console_server.keys(), None)
    admin.s3.create_bucket(Bucket="somewhere")
    admin.s3.put_object(Bucket="somewhere", Key="things/part-0", Body=b"secret")
    for name in ("open", "closed"):
        admin.glue.create_database(DatabaseInput={"Name": name, "Description": MARKUP,
                                                  "Parameters": {"data_owner_name": MARKUP, "pii_flag": MARKUP}})
        admin.glue.create_table(DatabaseName=name, TableInput={
            "Name": "things", "Description": MARKUP, "Parameters": {"note": MARKUP},
            "StorageDescriptor": {"Location": "s3://nowhere/things", "Columns": [
                {"Name": "id", "Type": "bigint", "Comment": MARKUP}, {"Name": "secret", "Type": "string"}]}})
    role = next(role["Arn"] for role in admin.iam.list_roles()["Roles"] if role["RoleName"] == "WeirConsoleUser")
    admin.lakeformation.grant_permissions(Principal={"DataLakePrincipalIdentifier": role},
                                          Resource={"Database": {"Name": "open"}}, Permissions=["DESCRIBE"])
    admin.lakeformation.grant_permissions(
        Principal={"DataLakePrincipalIdentifier": role}, Permissions=["SELECT"],
        Resource={"TableWithColumns": {"DatabaseName": "open", "Name": "things", "ColumnNames": ["id"]}})


@pytest.fixture
def stranger():
    """Another web site: serves the page that a test gives it."""
    pages: dict[str, str] = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = pages.get(self.path, "").encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", pages
    server.shutdown()


def tokens(page: Page) -> dict[str, str]:
    """What the browser keeps of a sign-in, by the last word of its key."""
    kept = page.evaluate("Object.entries(localStorage)")
    return {key.rsplit(".", 1)[-1]: value for key, value in kept if key.startswith("CognitoIdentityServiceProvider.")}


def borrowed(console, page: Page) -> PeopleClients:
    """Clients with the credentials that the page acts with."""
    provider = f"{console.server.endpoint.split('://')[1].rstrip('/')}/{console.config['userPoolId']}"
    logins = {provider: tokens(page)["idToken"]}
    identity = anybody(console.server, "cognito-identity")
    found = identity.get_id(IdentityPoolId=console.config["identityPoolId"], Logins=logins)["IdentityId"]
    keys = identity.get_credentials_for_identity(IdentityId=found, Logins=logins)["Credentials"]
    return PeopleClients(console.server.endpoint, keys["AccessKeyId"], keys["SecretKey"], keys["SessionToken"])


def test_direct_calls_do_no_more_than_the_page(console):
    page = console.signed_in(console.person("direct"))
    mine = borrowed(console, page)
    assert [database["Name"] for database in mine.glue.get_databases()["DatabaseList"]] == ["open"]
    columns = mine.glue.get_table(DatabaseName="open", Name="things")["Table"]["StorageDescriptor"]["Columns"]
    assert [column["Name"] for column in columns] == ["id"]
    everybody = {"DataLakePrincipalIdentifier": f"arn:aws:iam::{ACCOUNT}:role/WeirConsoleUser"}
    attempts = [
        lambda: mine.lakeformation.grant_permissions(Principal=everybody, Permissions=["SELECT"],
                                                     Resource={"Table": {"DatabaseName": "closed", "Name": "things"}}),
        lambda: mine.lakeformation.put_data_lake_settings(DataLakeSettings={"DataLakeAdmins": [everybody]}),
        lambda: mine.glue.get_table(DatabaseName="closed", Name="things"),
        lambda: mine.glue.delete_table(DatabaseName="open", Name="things"),
        lambda: mine.glue.update_database(Name="open", DatabaseInput={"Name": "open"}),
        lambda: mine.iam.put_role_policy(RoleName="WeirConsoleUser", PolicyName="more", PolicyDocument=json.dumps(
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})),
        lambda: mine.cognito_idp.admin_add_user_to_group(UserPoolId=console.config["userPoolId"], Username="direct",
                                                         GroupName="administrators"),
        lambda: mine.sts.assume_role(RoleArn=f"arn:aws:iam::{ACCOUNT}:role/WeirConsoleAdministrator", RoleSessionName="climb"),
        lambda: mine.s3.get_object(Bucket="somewhere", Key="things/part-0"),
    ]
    for attempt in attempts:
        with pytest.raises(ClientError) as refused:
            attempt()
        assert refused.value.response["Error"]["Code"] in ("AccessDenied", "AccessDeniedException", "EntityNotFoundException",
                                                           "NotAuthorizedException"), refused.value


def test_another_role_cannot_be_asked_for(console):
    page = console.signed_in(console.person("climber"))
    provider = f"{console.server.endpoint.split('://')[1].rstrip('/')}/{console.config['userPoolId']}"
    identity = anybody(console.server, "cognito-identity")
    logins = {provider: tokens(page)["idToken"]}
    found = identity.get_id(IdentityPoolId=console.config["identityPoolId"], Logins=logins)["IdentityId"]
    assert refusal(identity.get_credentials_for_identity, IdentityId=found, Logins=logins,
                   CustomRoleArn=f"arn:aws:iam::{ACCOUNT}:role/WeirConsoleAdministrator").startswith("NotAuthorizedException")


def test_there_is_no_cookie_to_ride_on(console):
    page = console.signed_in(console.person("rider"))
    assert page.context.cookies() == []


def posted(page: Page, address: str) -> int:
    """The status that the form of another site's page is answered with when a visitor sends it."""
    page.goto(address)
    with page.expect_response(lambda answer: answer.request.method == "POST") as told:
        page.get_by_role("button").click()
    return told.value.status


def test_another_site_can_call_nothing_for_a_visitor(console, stranger):
    """The visitor administers: did anything but a signature make a call theirs, it would be done."""
    site, pages = stranger
    target = console.server.endpoint.rstrip("/")
    pages["/user"] = f"""<form method="post" action="{target}/"><input name="Action" value="CreateUser"><input name="Version" value="2010-05-08">
      <input name="UserName" value="by-a-stranger"><button>Win</button></form>"""
    # Sent as text, name and value make one JSON text: {"Name": "closed", "Note": "="}
    pages["/database"] = f"""<form method="post" enctype="text/plain" action="{target}/?X-Amz-Target=AWSGlue.DeleteDatabase">
      <input name='{{"Name": "closed", "Note": "' value='"}}'><button>Win</button></form>"""
    pages["/"] = f"""<script>
      window.done = Promise.allSettled([
        fetch("{target}/", {{method: "POST", credentials: "include", headers: {{"content-type": "application/x-amz-json-1.1",
          "x-amz-target": "AWSGlue.GetDatabases"}}, body: "{{}}"}}).then(async (a) => a.text()),
        fetch("{target}/-/console/config.json", {{credentials: "include"}}).then(async (a) => a.text()),
      ]).then((all) => all.map((one) => one.status));</script>"""
    console.also_asked = (site, target)
    page = console.signed_in(console.person("visitor", "administrators"))
    other = page.context.new_page()
    other.goto(site)
    assert other.evaluate("window.done") == ["rejected", "rejected"], "nothing of ours is read by another site's script"
    assert posted(other, site + "/user") >= 400
    assert posted(other, site + "/database") >= 400
    assert "by-a-stranger" not in [user["UserName"] for user in console.admin.iam.list_users()["Users"]]
    assert {database["Name"] for database in console.admin.glue.get_databases()["DatabaseList"]} >= {"open", "closed"}


def test_another_site_cannot_show_the_console_in_a_frame(console, stranger):
    site, pages = stranger
    pages["/"] = f'<iframe id="frame" src="{console.url}"></iframe>'
    console.also_asked = (site,)
    page = console.page()
    page.faults = []  # the browser says in its console what it blocks here
    page.goto(site)
    frame = page.query_selector("#frame").content_frame()
    frame.wait_for_load_state()
    assert frame.url == "chrome-error://chromewebdata/"
    page.faults.clear()


def test_the_address_brings_nobody_in(console):
    """Fixation: neither the address nor what somebody left in the browser makes the next person act as another."""
    attacker = console.signed_in(console.person("attacker"))
    kept = tokens(attacker)
    page = console.page()
    page.goto(console.url + f"?idToken={kept['idToken']}&token={kept['accessToken']}#id_token={kept['idToken']}")
    expect(page.get_by_label("User name")).to_be_visible()
    page.evaluate("(kept) => kept.forEach(([key, value]) => localStorage.setItem(key, value))",
                  attacker.evaluate("Object.entries(localStorage)"))
    victim = console.person("victim")
    sign_in(page, victim)
    expect(page.get_by_role("button", name="victim")).to_be_visible()
    assert borrowed(console, page).sts.get_caller_identity()["Arn"].endswith(f":assumed-role/WeirConsoleUser/{victim}")
    assert page.evaluate("Object.values(localStorage).join()").count("attacker") == 0


def test_signing_out_ends_every_tab(console):
    page = console.signed_in(console.person("leaver"))
    old = tokens(page)
    other = page.context.new_page()
    other.goto(console.url)
    expect(other.get_by_role("button", name="leaver")).to_be_visible()
    page.get_by_role("button", name="leaver").click()
    page.get_by_role("menuitem", name="Sign out").click()
    for tab in (page, other):
        expect(tab.get_by_label("User name")).to_be_visible()
    other.go_back()
    other.goto(console.url + "databases/open")
    expect(other.get_by_label("User name")).to_be_visible()
    assert tokens(page) == {}
    assert refusal(anybody(console.server).get_user, AccessToken=old["accessToken"]).startswith("NotAuthorizedException")
    assert refusal(anybody(console.server).get_tokens_from_refresh_token, RefreshToken=old["refreshToken"],
                   ClientId=console.config["userPoolClientId"]).startswith("NotAuthorizedException")


def test_somebody_else_in_another_tab_takes_the_old_tab_along(console):
    page = console.signed_in(console.person("first"))
    other = page.context.new_page()
    other.goto(console.url)
    other.get_by_role("button", name="first").click()
    other.get_by_role("menuitem", name="Sign out").click()
    sign_in(other, console.person("second"))
    for tab in (page, other):
        expect(tab.get_by_role("button", name="second")).to_be_visible()


def test_credentials_are_renewed_unseen(console):
    """Every credential that the page gets seems to end at once; the pages go on as if nothing were."""
    name = console.person("patient")
    page = console.page()
    given: list[str] = []

    def shorten(route):
        if route.request.headers.get("x-amz-target") != "AWSCognitoIdentityService.GetCredentialsForIdentity":
            return route.continue_()
        answer = route.fetch()
        body = answer.json()
        given.append(body["Credentials"]["AccessKeyId"])
        body["Credentials"]["Expiration"] = page.evaluate("Date.now() / 1000") + 60
        return route.fulfill(response=answer, json=body)

    page.route("**/*", shorten)
    page.goto(console.url)
    sign_in(page, name)
    page.get_by_role("link", name="open", exact=True).click()
    expect(page.get_by_role("heading", name="open", exact=True)).to_be_visible()
    expect(page.get_by_text("things").first).to_be_visible()
    assert len(set(given)) > 2
    expect(page.get_by_text("did not work")).to_have_count(0)
    expect(page.get_by_label("User name")).to_have_count(0)
    page.unroute_all(behavior="ignoreErrors")  # an answer that is still on its way


def test_names_full_of_markup_stay_text(console):
    """Every page that the navigation names, and the pages of a table whose every text is markup."""
    page = console.signed_in(console.person("boss", "administrators"))
    paths = page.get_by_role("navigation", name="Pages").get_by_role("link").evaluate_all("(links) => links.map((link) => link.pathname)")
    assert len(paths) > 10
    base = "/-/console/"
    for path in [*paths, "/databases/open", "/databases/open/things"]:
        page.goto(console.server.endpoint.rstrip("/") + base + path.removeprefix(base).lstrip("/"))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.entered") is None, path
        assert page.locator("img[src='x']").count() == 0, path
    page.goto(console.url + "databases/open")
    expect(page.get_by_text(MARKUP).first).to_be_visible()


def test_a_password_is_not_kept(console):
    page = console.signed_in(console.person("typist"))
    kept = page.evaluate("JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])")
    assert PASSWORD not in kept
