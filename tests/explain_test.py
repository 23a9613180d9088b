"""Explain and WhoCan over the wire: why somebody may, and who may."""

import json
import subprocess

import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT, WEIR
from lake import Lake, allow, role_arn
from weir_words import weir_client

COLUMNS = [("id", "bigint"), ("area", "string"), ("ssn", "string")]
ROWS = [(1, "eu", "a"), (2, "us", "b")]


@pytest.fixture(scope="module")
def lake(server, admin):
    made = Lake(server, admin, "explained").build()
    made.table("people", COLUMNS, ROWS)
    return made


@pytest.fixture(scope="module")
def weir(admin):
    return weir_client(admin)


def plain_role(admin, name: str, actions=("glue:*", "lakeformation:*"), tags=()) -> str:
    admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
                                                 "Action": "sts:AssumeRole"}]}),
                          Tags=[{"Key": k, "Value": v} for k, v in tags])
    if actions:
        admin.iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=allow(list(actions)))
    return role_arn(name)


def able(weir, resource: str, action: str = "SELECT") -> dict[str, dict]:
    return {one["Principal"]: one for one in weir.who_can(Resource=resource, Action=action)["Principals"]}


def test_who_can_names_columns_rows_and_the_way(lake, weir, admin):
    whole, some, filtered = (plain_role(admin, f"who-{n}") for n in ("whole", "some", "filtered"))
    lake.grant(whole, ["SELECT"], lake.whole("people"))
    lake.grant(some, ["SELECT"], lake.columns("people", "id", "area"))
    lake.grant(filtered, ["SELECT"], lake.filter("people", "europe", "area = 'eu'", ["id", "area"]))
    found = able(weir, f"{lake.database}.people")
    assert found[whole]["AllColumns"] and found[whole]["Rows"] == "all" and found[whole]["Iam"] == "ALLOWED"
    assert found[some]["Columns"] == ["id", "area"] and not found[some]["AllColumns"]
    assert "eu" in found[filtered]["Rows"]
    assert any("filter europe" in reason for reason in found[filtered]["Through"])
    # The column question leaves out whom the column is hidden from.
    assert some not in able(weir, f"{lake.database}.people.ssn")
    assert able(weir, f"{lake.database}.people.ssn")[whole]["Columns"] == ["ssn"]


def test_who_can_says_when_iam_stands_in_the_way(lake, weir, admin):
    arn = plain_role(admin, "who-no-policy", actions=())
    lake.grant(arn, ["SELECT"], lake.whole("people"))
    assert able(weir, f"{lake.database}.people")[arn]["Iam"] == "DENIED"


def test_who_can_shows_a_group_and_whom_iam_lets_through(lake, weir, admin):
    lake.table("common", COLUMNS, ROWS)
    through, without = plain_role(admin, "who-member"), plain_role(admin, "who-outsider", actions=())
    group = f"{ACCOUNT}:IAMPrincipals"
    lake.grant(group, ["SELECT"], lake.whole("common"))
    entry = able(weir, f"{lake.database}.common")[group]
    assert entry["Group"] and through in entry["Members"] and without not in entry["Members"]
    assert entry["MembersComplete"]


def test_administrators_may_describe_and_not_select(lake, weir, admin):
    me = admin.sts.get_caller_identity()["Arn"]
    lake.revoke(me, ["ALL"], lake.whole("people"))
    assert me not in able(weir, f"{lake.database}.people", "SELECT")
    assert "administrator" in able(weir, f"{lake.database}.people", "DESCRIBE")[me]["Through"][0]


def test_who_can_is_paged(lake, weir):
    whole = weir.who_can(Resource=f"{lake.database}.people")["Principals"]
    paged, token = [], {}
    while True:
        page = weir.who_can(Resource=f"{lake.database}.people", MaxResults=1, **token)
        paged += page["Principals"]
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert [one["Principal"] for one in paged] == [one["Principal"] for one in whole] and len(whole) > 2


def test_others_are_told_of_themselves_only(lake, weir, admin, server):
    arn = lake.role("curious", ["lakeformation:ListPermissions", "glue:GetTable", "lakeformation:GetDataAccess"])
    lake.grant(arn, ["SELECT"], lake.whole("people"))
    own = weir_client(lake.assume(arn))
    assert [one["Principal"] for one in own.who_can(Resource=f"{lake.database}.people")["Principals"]] == [arn]
    assert own.explain(Principal=arn, Action="SELECT", Resource=f"{lake.database}.people")["Allowed"]
    with pytest.raises(ClientError) as refused:
        own.explain(Principal=role_arn("who-whole"), Action="SELECT", Resource=f"{lake.database}.people")
    assert refused.value.response["Error"]["Code"] == "AccessDeniedException"


def test_absent_tables_are_told_apart_only_by_who_sees_every_name(lake, weir, admin):
    with pytest.raises(ClientError) as absent:
        weir.who_can(Resource=f"{lake.database}.absentee")
    assert absent.value.response["Error"]["Code"] == "EntityNotFoundException"
    arn = lake.role("blind", ["lakeformation:ListPermissions"])
    own = weir_client(lake.assume(arn))
    told = []
    for table in ("people", "absentee"):
        resource = f"{lake.database}.{table}"
        assert own.who_can(Resource=resource)["Principals"] == []
        for option in (False, True):
            answer = own.explain(Principal=arn, Action="SELECT", Resource=resource, GrantOption=option)
            told.append((answer["Text"] + answer["Explanation"]).replace(table, "TABLE"))
    assert told[:2] == told[2:]


def test_explain_answers_for_the_grant_option(lake, weir, admin):
    holder, passer = plain_role(admin, "option-holder"), plain_role(admin, "option-passer")
    lake.grant(holder, ["SELECT"], lake.whole("people"))
    lake.grant(passer, ["SELECT"], lake.whole("people"), PermissionsWithGrantOption=["SELECT"])
    ask = {"Action": "SELECT", "Resource": f"{lake.database}.people", "GrantOption": True}
    assert not weir.explain(Principal=holder, **ask)["Allowed"]
    answer = weir.explain(Principal=passer, **ask)
    assert answer["Allowed"]
    assert [gate["Verdict"] for gate in json.loads(answer["Explanation"])["Gates"]] == ["ALLOW", "ALLOW"]


def test_explain_says_where_the_data_lies(lake, weir):
    answer = weir.explain(Principal=role_arn("who-whole"), Action="SELECT", Resource=f"{lake.database}.people")
    place = json.loads(answer["Explanation"])["DataLocation"]
    assert place["Registered"] and place["RegisteredAs"] == f"arn:aws:s3:::{lake.bucket}" and not place["Hybrid"]


def test_session_tags_are_what_conditions_are_asked_about(lake, weir, admin):
    arn = plain_role(admin, "conditioned")
    lake.grant(arn, ["SELECT"], lake.whole("people"), Condition={
        "Expression": 'context.iam.principalTags.hasTag("team") && context.iam.principalTags.getTag("team") == "a"'})
    ask = {"Principal": arn, "Action": "SELECT", "Resource": f"{lake.database}.people"}
    assert not weir.explain(**ask)["Allowed"]
    assert not weir.explain(**ask, SessionTags=[{"Key": "team", "Value": "b"}])["Allowed"]
    assert weir.explain(**ask, SessionTags=[{"Key": "team", "Value": "a"}])["Allowed"]
    assert "team" in able(weir, f"{lake.database}.people")[arn]["Condition"]


def run(server, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([WEIR, *arguments], capture_output=True, text=True, env=server.cli_env, timeout=60)


def test_the_command_lists_who_can(lake, server):
    done = run(server, "who-can", "--resource", f"{lake.database}.people.id")
    assert done.returncode == 0, done.stderr
    assert "role/who-whole" in done.stdout and "THROUGH" in done.stdout
    as_json = json.loads(run(server, "who-can", "--resource", f"{lake.database}.people.id", "--json").stdout)
    assert any(one["Principal"] == role_arn("who-some") for one in as_json["Principals"])
