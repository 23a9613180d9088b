"""The console's pages: what anybody is answered at /-/console/, and that S3 keeps the rest of `/`."""

import gzip
import http.client
import json
import re
import subprocess

import boto3
import pytest
from botocore.config import Config

from conftest import ACCOUNT, REGION, WEIR, Server, first_password
from people_words import PeopleClients, refusal
from weir_words import weir_client

CONSOLE = "/-/console/"


@pytest.fixture(scope="module")
def first_start(tmp_path_factory):
    """A server that was empty, and what it said."""
    server = Server(tmp_path_factory.mktemp("console_pages") / "data", console=True).start()
    yield server, said(server)
    assert server.stop() == 0


@pytest.fixture(scope="module", name="server")
def running(first_start):
    return first_start[0]


def said(server) -> str:
    """The lines about the console, which follow the one with the address."""
    line = server.process.stdout.readline()
    assert line.startswith("its console is at"), "build with the console: scripts/setup, then WEIR_CONSOLE=ON"
    return line


def ask(server, path, method="GET", body=None, **headers):
    """One request, to the letter: status, headers, body."""
    connection = http.client.HTTPConnection(server.endpoint.split("://")[1])
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, answer.headers, content


def an_asset(server) -> str:
    index = ask(server, CONSOLE)[2].decode()
    return re.search(r'src="(/-/console/assets/[^"]+\.js)"', index)[1]


STRICT = {
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"}


@pytest.mark.parametrize("path", ["", "config.json", "weir.svg", "assets/none.js", "catalog/some%20database", "../x"])
def test_every_answer_has_the_strict_headers(server, path):
    headers = ask(server, CONSOLE + path)[1]
    assert {name: headers[name] for name in STRICT} == STRICT
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"] and "*" not in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers and "camera=()" in headers["Permissions-Policy"]


def test_scripts_are_the_consoles_own_files(server):
    headers = ask(server, CONSOLE)[1]
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "connect-src 'self';" in headers["Content-Security-Policy"]


def test_files_are_sent_as_small_as_the_browser_takes_them(server):
    path = an_asset(server)
    plain, zipped, brotli = (ask(server, path, Accept_Encoding=coding)
                             for coding in ("identity", "gzip, br;q=0", "gzip, deflate, br"))
    assert [one[1]["Content-Encoding"] for one in (plain, zipped, brotli)] == [None, "gzip", "br"]
    assert gzip.decompress(zipped[2]) == plain[2]
    assert len(brotli[2]) < len(zipped[2]) < len(plain[2])
    assert all(one[1]["Vary"] == "Accept-Encoding" for one in (plain, zipped, brotli))
    assert len({one[1]["ETag"] for one in (plain, zipped, brotli)}) == 3, "each form has its own tag"


def test_what_a_browser_has_is_not_sent_again(server):
    for path in (CONSOLE, an_asset(server)):
        tag = ask(server, path, Accept_Encoding="br")[1]["ETag"]
        status, headers, body = ask(server, path, Accept_Encoding="br", If_None_Match=f'"other", W/{tag}')
        assert (status, headers["ETag"], body) == (304, tag, b"")
        assert ask(server, path, Accept_Encoding="gzip", If_None_Match=tag)[0] == 200


def test_files_with_a_hash_in_their_name_are_kept_and_the_page_is_asked_for_again(server):
    assert ask(server, an_asset(server))[1]["Cache-Control"] == "public, max-age=31536000, immutable"
    assert ask(server, CONSOLE)[1]["Cache-Control"] == "no-cache"
    assert ask(server, CONSOLE + "config.json")[1]["Cache-Control"] == "no-store"


def test_a_page_of_the_app_is_the_app(server):
    index = ask(server, CONSOLE)
    for path in ("catalog", "catalog/sales.eu/orders", "requests/1?x=1", "index.html"):
        status, headers, body = ask(server, CONSOLE + path)
        assert (status, headers["Content-Type"], body) == (200, "text/html; charset=utf-8", index[2])


def test_a_file_that_is_not_there_is_not_the_app(server):
    for path in ("assets/none.js", "assets/", "assets/index.js"):
        assert ask(server, CONSOLE + path)[0] == 404


@pytest.mark.parametrize("path", ["../weir.db", "%2e%2e/weir.db", "assets/../../x", "assets/%2e%2e/index.html",
                                  "..%2fx", "./index.html", "..%5cx"])
def test_nobody_climbs(server, path):
    assert ask(server, CONSOLE + path)[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_pages_are_read_and_nothing_else(server, method):
    for path in ("", "config.json", "assets/x.js"):
        status, headers, _ = ask(server, CONSOLE + path, method, body=b"x")
        assert status in (405, 501) and headers.get("Allow", "GET, HEAD") == "GET, HEAD"


def test_head_is_get_without_the_body(server):
    got, head = ask(server, CONSOLE), ask(server, CONSOLE, "HEAD")
    assert head[0] == 200 and head[2] == b"" and head[1]["Content-Length"] == str(len(got[2]))


# --- the way in

def test_a_browser_at_the_front_door_is_shown_in(server):
    status, headers, _ = ask(server, "/", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (status, headers["Location"]) == (303, CONSOLE)
    assert ask(server, "/-/console")[0] == 303


@pytest.mark.parametrize("headers", [{}, {"Accept": "*/*"}, {"Accept": "text/html", "Authorization": "AWS4-HMAC-SHA256 x"}])
def test_everybody_else_at_the_front_door_meets_s3(server, headers):
    assert ask(server, "/", **headers)[0] in (400, 403)


def test_a_presigned_listing_of_buckets_is_s3s_in_a_browser_too(server):
    server.session().s3.create_bucket(Bucket="front-door")
    key, secret = server.keys()
    signer = boto3.client("s3", REGION, endpoint_url=server.endpoint, aws_access_key_id=key,
                          aws_secret_access_key=secret, config=Config(signature_version="s3v4"))
    url = signer.generate_presigned_url("list_buckets")
    status, _, body = ask(server, url.removeprefix(server.endpoint), Accept="text/html")
    assert status == 200 and b"<Name>front-door</Name>" in body


def test_a_bucket_keeps_its_objects(server):
    s3 = server.session().s3
    s3.put_object(Bucket="front-door", Key="-/console/index.html", Body=b"mine")
    assert s3.get_object(Bucket="front-door", Key="-/console/index.html")["Body"].read() == b"mine"


# --- the configuration

def configuration(server, query="") -> tuple[int, dict]:
    status, headers, body = ask(server, CONSOLE + "config.json" + query)
    assert headers["Content-Type"] == "application/json"
    return status, json.loads(body)


def test_the_configuration_names_the_pools_and_nothing_secret(server):
    status, config = configuration(server)
    assert status == 200
    assert set(config) == {"version", "region", "account", "userPoolId", "userPoolClientId", "identityPoolId",
                           "providers"}
    assert (config["region"], config["account"]) == (REGION, ACCOUNT)
    assert (status, config) == configuration(server, f"?account={ACCOUNT}")


def test_an_account_without_a_console_is_as_one_that_is_not_there(server):
    made = subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", "222233334444",
                           "--name", "bare"], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    answers = [configuration(server, query) for query in (
        "?account=222233334444", "?account=999999999999", "?account=", "?account=../x", "?account=%00", "?account=1&account=2")]
    assert answers == [(404, {"message": "There is no console of this account."})] * len(answers)


def test_a_second_account_gets_its_own_console(server):
    other = "333344445555"
    subprocess.run([WEIR, "admin", "create-account", "--data-dir", server.data_dir, "--id", other, "--name", "second"],
                   check=True, capture_output=True)
    made = subprocess.run([WEIR, "console", "init", "--profile", "second"], env=server.cli_env, capture_output=True,
                          text=True)
    assert made.returncode == 0, made.stderr
    assert f"/-/console/?account={other}" in made.stdout
    status, config = configuration(server, f"?account={other}")
    assert (status, config["account"]) == (200, other)
    assert config["userPoolId"] != configuration(server)[1]["userPoolId"]
    again = subprocess.run([WEIR, "console", "init", "--profile", "second"], env=server.cli_env, capture_output=True,
                           text=True)
    assert again.returncode == 1 and "has a console" in again.stderr


def test_a_console_of_an_earlier_version_gets_what_this_one_gives(server):
    iam = server.session().iam
    policy = {"RoleName": "WeirConsoleUser", "PolicyName": "console"}
    own = {"RoleName": "WeirConsoleUser", "PolicyName": "of-ours"}
    told = lambda: iam.get_role_policy(**policy)["PolicyDocument"]

    def upgrade(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([WEIR, "console", "upgrade", *arguments], env=server.cli_env, capture_output=True, text=True)

    made = told()
    assert "is what this version gives" in upgrade().stdout
    earlier = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "glue:GetDatabases", "Resource": "*"}]}
    iam.put_role_policy(**policy, PolicyDocument=json.dumps(earlier))
    iam.put_role_policy(**own, PolicyDocument=json.dumps(earlier))
    assert told() == earlier
    assert "is now what this version gives" in upgrade().stdout
    assert told() == made
    iam.delete_role_policy(**policy)
    assert "is now what this version gives" in upgrade().stdout
    assert told() == made
    assert iam.get_role_policy(**own)["PolicyDocument"] == earlier, "policies of one's own stay"
    iam.delete_role_policy(**own)
    refused = upgrade("--profile", "bare")
    assert refused.returncode == 1 and "the account has no console" in refused.stderr


def test_a_console_is_of_its_own_accounts_pools_alone(server):
    admin = PeopleClients(server.endpoint, *server.keys(), None)
    config = configuration(server)[1]
    parts = {"UserPoolId": config["userPoolId"], "UserPoolClientId": config["userPoolClientId"],
             "IdentityPoolId": config["identityPoolId"]}
    assert refusal(weir_client(server.session(profile="bare")).put_console, **parts).startswith("EntityNotFound")
    other = admin.cognito_idp.create_user_pool(PoolName="other")["UserPool"]["Id"]
    weir = weir_client(server.session())
    assert refusal(weir.put_console, **parts | {"UserPoolId": other}).startswith("EntityNotFound")
    assert configuration(server)[1] == config


def test_a_console_that_was_taken_away_is_gone_and_its_people_stay(server):
    config = configuration(server)[1]
    weir = weir_client(server.session())
    weir.delete_console()
    assert configuration(server)[0] == 404
    assert refusal(weir.get_console).startswith("EntityNotFound")
    assert PeopleClients(server.endpoint, *server.keys(), None).cognito_idp.admin_get_user(UserPoolId=config["userPoolId"], Username="admin")
    weir.put_console(UserPoolId=config["userPoolId"], UserPoolClientId=config["userPoolClientId"],
                     IdentityPoolId=config["identityPoolId"])
    assert configuration(server) == (200, config)


# --- the first start

def test_the_first_start_writes_the_password_for_its_owner_alone_and_to_no_log(tmp_path):
    server = Server(tmp_path / "data", console=True).start()
    lines = said(server) + server.process.stdout.readline() + server.process.stdout.readline()
    password = first_password(lines)
    kept = tmp_path / "data" / "console-password"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert server.stop() == 0
    assert password not in lines + server.process.stdout.read()
    for file in [tmp_path / "data.log", *(f for f in (tmp_path / "data").rglob("*") if f.is_file() and f != kept)]:
        assert password.encode() not in file.read_bytes(), file
    server.start()
    line = said(server)
    assert server.stop() == 0
    assert "password" not in line + server.process.stdout.read()


def test_an_empty_server_may_be_left_without_a_console(tmp_path):
    server = Server(tmp_path / "data").start()
    assert configuration(server)[0] == 404
    admin = PeopleClients(server.endpoint, *server.keys(), None)
    assert admin.iam.list_roles()["Roles"] == [] and admin.cognito_idp.list_user_pools(MaxResults=1)["UserPools"] == []
    assert server.stop() == 0
