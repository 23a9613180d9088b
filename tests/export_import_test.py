"""weir export and weir import: a lake as a document, and back. docs/export.md says what is in it."""

import copy
import http.server
import json
import os
import subprocess
import threading
import urllib.error
import urllib.request

import pytest
from conftest import ACCOUNT, REGION, WEIR, Server
from lake import allow, storage, trust_service
from rich_lake import RichLake

OTHER = "444455556666"


def cli(server: Server, *arguments: str, ok: bool | None = True, env: dict | None = None, **options):
    """Runs a command as the administrator of `server`; `ok` is whether it must succeed."""
    where = [] if "--endpoint-url" in arguments else ["--endpoint-url", server.endpoint]
    done = subprocess.run([WEIR, *map(str, arguments), *where], env=env or server.cli_env, capture_output=True,
                          timeout=120, **options)
    done.out, done.err = done.stdout.decode(), done.stderr.decode()
    assert ok is None or (done.returncode == 0) == ok, (done.returncode, done.out, done.err)
    return done


def export(server: Server, *arguments: str) -> bytes:
    return cli(server, "export", *arguments).stdout


def load(server: Server, document: dict | bytes, *arguments: str, ok: bool | None = True):
    text = document if isinstance(document, bytes) else json.dumps(document).encode()
    return cli(server, "import", "-", *arguments, ok=ok, input=text)


def summary(done) -> dict:
    told = json.loads(done.out)
    told["Total"] = {kind: sum(section[kind] for section in told["Sections"].values())
                     for kind in ("Made", "Changed", "Unchanged")}
    return told


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("rich") / "data").start()
    RichLake(running.session()).build()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def whole(rich) -> bytes:
    return export(rich, "--with-iam")


@pytest.fixture
def empty(tmp_path):
    running = Server(tmp_path / "data").start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def elsewhere(tmp_path):
    """Another account."""
    running = Server(tmp_path / "other", "--account", OTHER).start()
    yield running
    assert running.stop() == 0


def shell(**sections) -> dict:
    """A document with these sections and nothing else."""
    return {"Format": "weir-lake", "Version": 1, "Account": ACCOUNT, "Region": REGION} | sections


def database(name: str, **rest) -> dict:
    return {"DatabaseInput": {"Name": name} | rest}


def table(database_name: str, name: str, **rest) -> dict:
    return {"DatabaseName": database_name, "TableInput": {
        "Name": name, "StorageDescriptor": {"Columns": [{"Name": "a", "Type": "string"}]}} | rest}


def grant(principal: str, permissions: list[str], resource: dict, **rest) -> dict:
    return {"Principal": {"DataLakePrincipalIdentifier": principal}, "Permissions": permissions,
            "Resource": resource} | rest


def administrator(server: Server) -> str:
    return server.session().lakeformation.get_data_lake_settings()["DataLakeSettings"]["DataLakeAdmins"][0][
        "DataLakePrincipalIdentifier"]


def grants_of(server: Server, principal: str) -> list[tuple]:
    rows = server.session().lakeformation.list_permissions()["PrincipalResourcePermissions"]
    return [(row["Resource"], row["Permissions"]) for row in rows
            if row["Principal"]["DataLakePrincipalIdentifier"] == principal]


# --- the round trip

def test_the_round_trip_is_the_identity(rich, whole, empty):
    done = load(empty, whole, "--json")
    assert summary(done)["LeftOut"] == []
    assert export(empty, "--with-iam") == whole
    again = summary(load(empty, whole, "--json"))
    assert (again["Total"]["Made"], again["Total"]["Changed"]) == (0, 0)
    assert export(empty, "--with-iam") == whole


def test_the_document_has_one_of_everything(whole):
    document = json.loads(whole)
    assert [name for name, section in document.items() if section == []] == []
    kinds = {kind for item in document["Permissions"] for kind in item["Resource"]}
    assert kinds == {"Catalog", "Database", "Table", "TableWithColumns", "DataCellsFilter", "DataLocation", "LFTag",
                     "LFTagPolicy", "LFTagExpression"}
    assert any("Condition" in item for item in document["Permissions"])


def test_exporting_twice_gives_the_same_bytes_and_changes_nothing(rich, whole):
    assert export(rich, "--with-iam") == whole


def test_every_item_is_a_request_that_boto3_accepts(whole):
    """The exact shape: botocore's own validation of each item against the model."""
    import botocore.session
    import botocore.validate
    operations = {"Databases": ("glue", "CreateDatabase"), "Tables": ("glue", "CreateTable"),
                  "Partitions": ("glue", "CreatePartition"), "UserDefinedFunctions": ("glue", "CreateUserDefinedFunction"),
                  "ColumnStatistics": ("glue", "UpdateColumnStatisticsForTable"),
                  "PartitionColumnStatistics": ("glue", "UpdateColumnStatisticsForPartition"),
                  "Resources": ("lakeformation", "RegisterResource"), "LFTags": ("lakeformation", "CreateLFTag"),
                  "LFTagExpressions": ("lakeformation", "CreateLFTagExpression"),
                  "LFTagAssignments": ("lakeformation", "AddLFTagsToResource"),
                  "DataCellsFilters": ("lakeformation", "CreateDataCellsFilter"),
                  "Permissions": ("lakeformation", "GrantPermissions"),
                  "OptIns": ("lakeformation", "CreateLakeFormationOptIn"),
                  "Settings": ("lakeformation", "PutDataLakeSettings"),
                  "Users": ("iam", "CreateUser"), "Groups": ("iam", "CreateGroup"), "Roles": ("iam", "CreateRole"),
                  "Policies": ("iam", "CreatePolicy"), "GroupMembers": ("iam", "AddUserToGroup"),
                  "UserPolicies": ("iam", "PutUserPolicy"), "GroupPolicies": ("iam", "PutGroupPolicy"),
                  "RolePolicies": ("iam", "PutRolePolicy"), "AttachedUserPolicies": ("iam", "AttachUserPolicy"),
                  "AttachedGroupPolicies": ("iam", "AttachGroupPolicy"),
                  "AttachedRolePolicies": ("iam", "AttachRolePolicy")}
    session = botocore.session.get_session()
    document = json.loads(whole)
    sections = set(document) - {"Format", "Version", "Account", "Region"}
    assert sections == set(operations)
    for section in sections:
        service, operation = operations[section]
        shape = session.get_service_model(service).operation_model(operation).input_shape
        for item in document[section]:
            faults = botocore.validate.ParamValidator().validate(item, shape)
            assert not faults.has_errors(), (section, faults.generate_report())


def test_no_secret_and_nothing_volatile_is_in_the_document(rich, whole):
    key, secret = rich.keys()
    text = whole.decode()
    assert secret not in text and key not in text
    for member in ("CreateTime", "CreatedBy", "LastUpdated", "VersionId", "CreateDate", "UserId", "RoleId",
                   "LastModified", "VerificationStatus"):
        assert f'"{member}"' not in text


def test_another_account_gets_the_lake_under_its_own_id(whole, elsewhere):
    refused = load(elsewhere, whole, ok=False)
    assert f"--map-account {ACCOUNT}={OTHER}" in refused.err
    load(elsewhere, whole, "--map-account", f"{ACCOUNT}={OTHER}")
    there = export(elsewhere, "--with-iam")
    assert there == whole.replace(ACCOUNT.encode(), OTHER.encode())


def test_from_aws_reads_one_server_and_fills_another(rich, whole, empty, tmp_path):
    (tmp_path / "config").write_text(
        f"[profile from]\nregion={REGION}\nendpoint_url={rich.endpoint}\n"
        f"[profile to]\nregion={REGION}\nendpoint_url={empty.endpoint}\n")
    lines = []
    for name, server in (("from", rich), ("to", empty)):
        key, secret = server.keys()
        lines.append(f"[{name}]\naws_access_key_id={key}\naws_secret_access_key={secret}\n")
    (tmp_path / "credentials").write_text("".join(lines))
    env = rich.cli_env | {"AWS_CONFIG_FILE": str(tmp_path / "config"),
                          "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials")}
    run = [WEIR, "import", "--from-aws", "--profile", "from", "--with-iam"]
    same = subprocess.run([*run, "--to-profile", "from"], env=env, capture_output=True, text=True)
    assert same.returncode == 1 and "source and the target are the same" in same.stderr
    done = subprocess.run([*run, "--to-profile", "to"], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert export(empty, "--with-iam") == whole


def test_a_dry_run_says_what_it_would_do_and_does_nothing(whole, empty):
    before = export(empty, "--with-iam")
    told = summary(load(empty, whole, "--dry-run", "--json"))
    assert told["DryRun"] and told["Total"]["Made"] == len(told["Made"]) > 250
    assert "table sales.orders" in told["Made"]
    assert export(empty, "--with-iam") == before


# --- into a lake that has something

def test_what_differs_is_changed_and_the_rest_left_alone(whole, empty):
    load(empty, whole)
    glue = empty.session().glue
    glue.update_database(Name="empty", DatabaseInput={"Name": "empty", "Description": "changed"})
    glue.delete_table(DatabaseName="hybrid", Name="open")
    glue.create_database(DatabaseInput={"Name": "not_in_the_document"})
    told = summary(load(empty, whole, "--json"))
    assert "database empty" in told["Changed"]
    assert told["Sections"]["Tables"]["Made"] == 1
    names = {item["Name"] for item in glue.get_databases()["DatabaseList"]}
    assert "not_in_the_document" in names
    glue.delete_database(Name="not_in_the_document")
    assert export(empty, "--with-iam") == whole


def test_every_kind_of_item_is_brought_to_what_the_document_says(whole, empty):
    load(empty, whole)
    document = json.loads(whole)
    document["Databases"][0]["DatabaseInput"]["Description"] = "new"
    document["Databases"][0]["Tags"] = {"new": "tag"}
    by_name = {item["TableInput"]["Name"]: item for item in document["Tables"]}
    by_name["customers"]["TableInput"]["Description"] = "new"
    document["Partitions"][0]["PartitionInput"]["Parameters"] = {"new": "value"}
    document["UserDefinedFunctions"][0]["FunctionInput"]["ClassName"] = "org.example.New"
    document["ColumnStatistics"][0]["ColumnStatisticsList"][0]["AnalyzedTime"] = 1800000000.0
    document["DataCellsFilters"][0]["TableData"]["RowFilter"] = {"FilterExpression": "id > 7"}
    document["LFTags"][0]["TagValues"].append("zz-new")
    document["LFTagExpressions"][0]["Description"] = "new"
    document["LFTagAssignments"][0]["LFTags"][0]["TagValues"] = ["zz-new"]
    document["Roles"][1]["Description"] = "new"
    document["Roles"][1]["Tags"] = [{"Key": "department", "Value": "us"}]
    document["Policies"][0]["PolicyDocument"] = allow(["glue:GetDatabase"])
    document["RolePolicies"][0]["PolicyDocument"] = allow(["s3:GetObject"])
    document["Resources"][1]["RoleArn"] = document["Resources"][1]["RoleArn"].replace("service/location", "engine")
    told = summary(load(empty, document, "--json"))
    assert told["Total"]["Made"] == 0
    changed = {name for name, tally in told["Sections"].items() if tally["Changed"]}
    assert changed == {"Databases", "Tables", "Partitions", "UserDefinedFunctions", "ColumnStatistics",
                       "DataCellsFilters", "LFTags", "LFTagExpressions", "LFTagAssignments", "Roles", "Policies",
                       "RolePolicies", "Resources"}
    assert json.loads(export(empty, "--with-iam")) == document


def test_making_things_leaves_the_importer_no_grants(empty):
    load(empty, shell(Databases=[database("d")], Tables=[table("d", "t")],
                      LFTags=[{"TagKey": "k", "TagValues": ["v"]}]))
    assert grants_of(empty, administrator(empty)) == []


def test_grants_of_the_importer_in_the_document_stay(empty):
    who = administrator(empty)
    resource = {"Table": {"DatabaseName": "d", "Name": "t"}}
    load(empty, shell(Databases=[database("d")], Tables=[table("d", "t")],
                      Permissions=[grant(who, ["ALTER"], resource)]))
    assert [permissions for _, permissions in grants_of(empty, who)] == [["ALTER"]]


def test_defaults_of_the_target_open_nothing(empty):
    lf = empty.session().lakeformation
    everyone = [{"Principal": {"DataLakePrincipalIdentifier": "IAM_ALLOWED_PRINCIPALS"}, "Permissions": ["ALL"]}]
    settings = lf.get_data_lake_settings()["DataLakeSettings"]
    lf.put_data_lake_settings(DataLakeSettings=settings | {"CreateDatabaseDefaultPermissions": everyone,
                                                           "CreateTableDefaultPermissions": everyone})
    load(empty, shell(Databases=[database("d")], Tables=[table("d", "t")]))
    assert grants_of(empty, "IAM_ALLOWED_PRINCIPALS") == []


def test_objects_of_others_are_changed_by_a_permission_that_does_not_stay(whole, empty):
    load(empty, whole)
    who = administrator(empty)
    lf = empty.session().lakeformation
    for resource in ({"Table": {"DatabaseName": "sales", "Name": "orders"}}, {"Database": {"Name": "sales"}}):
        lf.revoke_permissions(Principal={"DataLakePrincipalIdentifier": who}, Permissions=["ALL"], Resource=resource,
                              PermissionsWithGrantOption=["ALL"])
    held = grants_of(empty, who)
    document = json.loads(whole)
    document["Permissions"] = []
    for item in document["Tables"]:
        if item["TableInput"]["Name"] == "orders":
            item["TableInput"]["Description"] = "changed by an administrator"
    document["Tables"].append(table("sales", "zz_new"))
    told = summary(load(empty, document, "--json"))
    assert told["TakenBack"] >= 2
    assert grants_of(empty, who) == held
    assert empty.session().glue.get_table(DatabaseName="sales", Name="orders")["Table"][
        "Description"] == "changed by an administrator"


# --- principals

def test_unknown_principals_are_all_named_before_anything_changes(empty):
    missing = [f"arn:aws:iam::{ACCOUNT}:role/absent-{i}" for i in range(3)]
    document = shell(Databases=[database("d")],
                     Permissions=[grant(who, ["DESCRIBE"], {"Database": {"Name": "d"}}) for who in missing])
    refused = load(empty, document, ok=False)
    assert all(who in refused.err for who in missing)
    assert empty.session().glue.get_databases()["DatabaseList"] == []
    told = summary(load(empty, document, "--skip-unknown-principals", "--json"))
    assert len(told["LeftOut"]) == 3 and told["Sections"]["Databases"]["Made"] == 1


def test_a_role_of_the_same_name_under_another_path_is_another_role(empty):
    empty.session().iam.create_role(RoleName="r", Path="/a/", AssumeRolePolicyDocument=trust_service())
    who = f"arn:aws:iam::{ACCOUNT}:role/r"
    refused = load(empty, shell(Databases=[database("d")],
                                Permissions=[grant(who, ["DESCRIBE"], {"Database": {"Name": "d"}})]), ok=False)
    assert who in refused.err


def test_what_hangs_on_a_location_that_is_left_out_is_left_out(empty):
    empty.session().iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust_service())
    document = shell(
        Resources=[{"ResourceArn": "arn:aws:s3:::b/p", "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/absent"}],
        Permissions=[grant(f"arn:aws:iam::{ACCOUNT}:role/r", ["DATA_LOCATION_ACCESS"],
                           {"DataLocation": {"ResourceArn": "arn:aws:s3:::b/p/q"}})])
    told = summary(load(empty, document, "--skip-unknown-principals", "--json"))
    assert [item["What"].split()[0] for item in told["LeftOut"]] == ["location", "grant"]


def test_an_unknown_administrator_is_left_out_of_the_settings(empty):
    lf = empty.session().lakeformation
    settings = lf.get_data_lake_settings()["DataLakeSettings"]
    settings["DataLakeAdmins"].append({"DataLakePrincipalIdentifier": f"arn:aws:iam::{ACCOUNT}:role/absent"})
    document = shell(Settings=[{"DataLakeSettings": settings}])
    assert "role/absent" in load(empty, document, ok=False).err
    load(empty, document, "--skip-unknown-principals")
    assert len(lf.get_data_lake_settings()["DataLakeSettings"]["DataLakeAdmins"]) == 1


def test_what_a_weir_cannot_hold_is_left_out_with_the_reason(empty):
    documents = shell(
        Databases=[database("plain"), database("fed", FederatedDatabase={"Identifier": "x", "ConnectionName": "c"})],
        Tables=[table("fed", "t"), table("plain", "t")],
        Permissions=[grant("arn:aws:identitystore:::user/1234", ["DESCRIBE"], {"Database": {"Name": "plain"}}),
                     grant("IAM_ALLOWED_PRINCIPALS", ["DESCRIBE"], {"Table": {"DatabaseName": "fed", "Name": "t"}}),
                     grant("IAM_ALLOWED_PRINCIPALS", ["DESCRIBE"],
                           {"Database": {"CatalogId": f"{ACCOUNT}:s3tables", "Name": "plain"}})])
    told = summary(load(empty, documents, "--json"))
    reasons = {item["What"]: item["Why"] for item in told["LeftOut"]}
    assert reasons["database fed"] == "Weir has no federated databases"
    assert reasons["table fed.t"] == "database fed is left out"
    assert any("Identity Center" in why for why in reasons.values())
    assert any("nested catalogs" in why for why in reasons.values())
    assert len(reasons) == 5 and told["Sections"]["Tables"]["Made"] == 1


# --- who may

def test_a_part_of_a_lake_is_not_exported_as_the_lake(rich):
    iam = rich.session().iam
    iam.put_user_policy(UserName="bob", PolicyName="all", PolicyDocument=allow(["*"]))
    key = iam.create_access_key(UserName="bob")["AccessKey"]
    env = rich.cli_env | {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}
    refused = cli(rich, "export", env=env, ok=False)
    assert "is not an administrator" in refused.err
    iam.delete_access_key(UserName="bob", AccessKeyId=key["AccessKeyId"])
    iam.delete_user_policy(UserName="bob", PolicyName="all")


def test_statistics_that_are_not_shown_are_named(rich):
    done = cli(rich, "export")
    assert "column statistics of sales.customers" in done.err


def test_a_document_takes_its_name_when_it_is_whole(rich, tmp_path):
    target = tmp_path / "lake.json"
    target.write_text("the document of yesterday")
    cli(rich, "export", "-o", target, "--endpoint-url", "http://127.0.0.1:9", ok=False)
    assert target.read_text() == "the document of yesterday"
    cli(rich, "export", "-o", target)
    assert json.loads(target.read_text())["Format"] == "weir-lake"
    assert os.listdir(tmp_path) == ["lake.json"]


def test_a_full_disk_is_an_error(rich):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([WEIR, "export", "--endpoint-url", rich.endpoint], env=rich.cli_env, stdout=full,
                              stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1 and "cannot be written" in done.stderr


# --- damaged documents: refused before anything changes

def damaged(change) -> dict:
    document = shell(Databases=[database("d")], Tables=[table("d", "t")])
    change(document)
    return document


DAMAGES = {
    "no format": (lambda d: d.pop("Format"), "not a lake document"),
    "other format": (lambda d: d.update(Format="csv"), "not a lake document"),
    "no version": (lambda d: d.pop("Version"), "no Version"),
    "later version": (lambda d: d.update(Version=2), "Version is 2"),
    "version as text": (lambda d: d.update(Version="1"), '"Version"'),
    "no account": (lambda d: d.pop("Account"), "account id"),
    "unknown section": (lambda d: d.update(Tabels=[]), '"Tabels"'),
    "section no list": (lambda d: d.update(Tables={}), "Tables is not a list"),
    "item no object": (lambda d: d["Tables"].append(7), "item 2 of Tables"),
    "unknown member": (lambda d: d["Tables"][0]["TableInput"].update(Nmae="x"), "TableInput.Nmae"),
    "member of an answer": (lambda d: d["Tables"][0]["TableInput"].update(CreateTime=1), "TableInput.CreateTime"),
    "wrong type": (lambda d: d["Tables"][0]["TableInput"].update(Retention="7"), "TableInput.Retention"),
    "number too large": (lambda d: d["Tables"][0]["TableInput"].update(Retention=1e30), "TableInput.Retention"),
    "null": (lambda d: d["Tables"][0]["TableInput"].update(Owner=None), "TableInput.Owner"),
    "required missing": (lambda d: d["Tables"][0]["TableInput"].pop("Name"), "TableInput.Name"),
    "empty item": (lambda d: d["Tables"].append({}), "item 2"),
    "twice": (lambda d: d["Tables"].append(copy.deepcopy(d["Tables"][0])), "twice"),
    "table of no database": (lambda d: d["Tables"].append(table("absent", "t")), "database absent"),
    "grant on no table": (lambda d: d.update(Permissions=[grant(
        "IAM_ALLOWED_PRINCIPALS", ["ALL"], {"Table": {"DatabaseName": "d", "Name": "absent"}})]), "table d.absent"),
    "grant of nothing": (lambda d: d.update(Permissions=[grant(
        "IAM_ALLOWED_PRINCIPALS", [], {"Database": {"Name": "d"}})]), "says nothing"),
    "tag nobody has": (lambda d: d.update(LFTagAssignments=[
        {"Resource": {"Database": {"Name": "d"}}, "LFTags": [{"TagKey": "k", "TagValues": ["v"]}]}]), "k.v"),
}


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("untouched") / "data").start()
    before = export(running, "--with-iam")
    yield running
    assert export(running, "--with-iam") == before
    assert running.stop() == 0


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_document_is_refused_with_the_place(untouched, damage):
    change, says = DAMAGES[damage]
    refused = load(untouched, damaged(change), ok=False)
    assert says in refused.err, refused.err


def test_a_document_cut_anywhere_is_refused(untouched):
    text = json.dumps(shell(Databases=[database("d", Description='a "quoted" \\ text')]), indent=2).encode()
    for cut in range(0, len(text) - 1, 7):
        assert load(untouched, text[:cut], ok=False).err


@pytest.mark.parametrize("text", [
    b"", b"null", b"[]", b"{", b"{}}", b'{"Format": "weir-lake"} x', b"\xff\xfe", b'{"Databases": [' + b"[" * 100000,
    b'{"Format": "weir-lake", "Version": 1, "Account": "111122223333", "Region": "r", "Databases": [], "Databases": []}',
    b'{"Format": "weir-lake", "Version": 1, "Account": "111122223333", "Region": "r", "Databases": [{"a": 1,}]}',
    b'{"Format": "weir-lake", "Version": 1, "Account": "111122223333", "Region": "r", "Databases": '
    b'[{"DatabaseInput": {"Name": "a"}, "DatabaseInput": {"Name": "b"}}]}',
    b'{"Format": "weir-lake", "Version": 1, "Account": "111122223333", "Region": "r", "Databases": '
    b'[{"DatabaseInput": {"Name": "\xff"}}]}',
])
def test_text_that_is_no_document_is_refused(untouched, text):
    assert load(untouched, text, ok=False).err.startswith("weir: ")


def test_an_import_that_stops_goes_on_from_there(empty):
    document = shell(Databases=[database("d")],
                     Tables=[table("d", "a"), table("d", "b", TableType="x" * 300), table("d", "c")])
    refused = load(empty, document, ok=False)
    assert "table d.b" in refused.err
    assert grants_of(empty, administrator(empty)) == []  # also after an error
    document["Tables"][1]["TableInput"].pop("TableType")
    told = summary(load(empty, document, "--json"))
    assert told["Sections"]["Tables"] == {"Made": 2, "Changed": 0, "Unchanged": 1}


def test_the_partition_that_is_refused_is_named(empty):
    partitioned = table("d", "t", PartitionKeys=[{"Name": "p", "Type": "string"}])
    partitions = [{"DatabaseName": "d", "TableName": "t", "PartitionInput": {"Values": values}}
                  for values in (["x"], ["y", "one too many"], ["z"])]
    refused = load(empty, shell(Databases=[database("d")], Tables=[partitioned], Partitions=partitions), ok=False)
    assert "one too many" in refused.err


# --- a service that is busy

class Busy(http.server.BaseHTTPRequestHandler):
    """Passes requests on, but turns the first ones of each operation away."""
    turned_away: dict = {}
    to = ""
    answers = [(400, b'{"__type": "ThrottlingException", "message": "Rate exceeded"}'),
               (503, b'{"__type": "ServiceUnavailable", "message": "later"}')]

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        what = self.headers.get("X-Amz-Target") or self.path
        seen = self.turned_away.get(what, 0)
        self.turned_away[what] = seen + 1
        if seen < len(self.answers) and what != "/":
            return self.answer(*self.answers[seen])
        request = urllib.request.Request(self.to + self.path, data=body, headers=dict(self.headers))
        try:
            with urllib.request.urlopen(request) as passed:
                self.answer(passed.status, passed.read())
        except urllib.error.HTTPError as refused:
            self.answer(refused.code, refused.read())

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def test_a_busy_service_is_asked_again(rich, whole):
    handler = type("BusyRich", (Busy,), {"to": rich.endpoint, "turned_away": {}})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        try:
            # The Host header goes on as it came: it is signed.
            text = export(rich, "--with-iam", "--endpoint-url", f"http://127.0.0.1:{proxy.server_port}")
        finally:
            proxy.shutdown()
    assert text == whole
    assert min(count for what, count in handler.turned_away.items() if what != "/") >= 3


# --- progress

def test_nothing_but_the_document_is_on_standard_output(rich, whole):
    done = cli(rich, "export", "--with-iam", "--json")
    assert done.stdout == whole
    told = json.loads(done.err)
    assert told["Exported"]["Tables"] == 5 and "\x1b" not in done.err
