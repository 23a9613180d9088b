"""ListPermissions and the other lists of Lake Formation: what is in them, for whom, page by page."""

import json

import pytest

from conftest import ACCOUNT
from lake import Lake, role_arn, trust_service
from lf_words import (Someone, all_rows, brief, columns, database, error_of, expression, grant, pairs, policy, revoke,
                      table, tag, who)

COLUMNS = [("id", "bigint"), ("region", "string"), ("secret", "string")]
TABLE_PERMISSIONS = ["ALL", "SELECT", "INSERT", "DELETE", "DESCRIBE", "ALTER", "DROP"]


@pytest.fixture(scope="module")
def lake(server, admin):
    lake = Lake(server, admin, "listed").build()
    lake.table("orders", COLUMNS, [(1, "EU", "x")])
    lake.table("people", COLUMNS, [(1, "EU", "x")])
    lake.admin.lakeformation.create_lf_tag(TagKey="level", TagValues=["low", "mid", "high"])
    return lake


def rows_of(clients, someone, **arguments) -> list[dict]:
    return all_rows(clients, Principal=who(someone.arn), **arguments)


def column_wildcard(name: str, table_name: str) -> str:
    return json.dumps({"TableWithColumns": {"ColumnWildcard": {}, "DatabaseName": name, "Name": table_name}})


# Rows

def test_select_on_a_table_is_a_row_of_its_own_on_all_columns(server, admin, lake):
    someone = Someone(server, admin)
    grant(admin, someone.arn, table(lake.database, "orders"), ["SELECT", "INSERT"], ["SELECT"])
    plain, select = rows_of(admin, someone)
    assert plain["Resource"]["Table"]["Name"] == "orders" and plain["Permissions"] == ["INSERT"]
    assert plain["PermissionsWithGrantOption"] == []
    assert select["Resource"]["TableWithColumns"]["ColumnWildcard"] == {}
    assert (select["Permissions"], select["PermissionsWithGrantOption"]) == (["SELECT"], ["SELECT"])
    # The rows are what revoking takes, and what granting took.
    for row in (plain, select):
        revoke(admin, someone.arn, row["Resource"], row["Permissions"])
    assert rows_of(admin, someone) == []


def test_a_row_says_who_granted_it_last_and_when(server, admin, lake):
    someone = Someone(server, admin)
    grant(admin, someone.arn, database(lake.database), ["DESCRIBE"])
    row, = rows_of(admin, someone)
    assert row["LastUpdatedBy"] == admin.sts.get_caller_identity()["Arn"]
    assert row["LastUpdated"].year >= 2024


def test_values_of_one_tag_with_the_same_permissions_are_one_row(server, admin, lake):
    someone = Someone(server, admin)
    grant(admin, someone.arn, tag("level", "low", "high"), ["ASSOCIATE"])
    grant(admin, someone.arn, tag("level", "mid"), ["DESCRIBE"])
    got = {(tuple(r["Resource"]["LFTag"]["TagValues"]), tuple(r["Permissions"])) for r in rows_of(admin, someone)}
    assert got == {(("high", "low"), ("ASSOCIATE",)), (("mid",), ("DESCRIBE",))}
    on_two = all_rows(admin, Resource=tag("level", "low", "mid"), ResourceType="LF_TAG")
    mine = {tuple(r["Resource"]["LFTag"]["TagValues"]) for r in on_two
            if r["Principal"]["DataLakePrincipalIdentifier"] == someone.arn}
    assert mine == {("low",), ("mid",)}


def test_conditions_are_shown_and_part_grants(server, admin, lake):
    someone = Someone(server, admin)
    on = table(lake.database, "people")
    condition = {"Expression": 'context.iam.principalTags.hasTag("team")'}
    grant(admin, someone.arn, on, ["INSERT"])
    grant(admin, someone.arn, on, ["DELETE"], Condition=condition)
    got = {(r.get("Condition", {}).get("Expression"), tuple(r["Permissions"])) for r in rows_of(admin, someone)}
    assert got == {(None, ("INSERT",)), (condition["Expression"], ("DELETE",))}
    code, message = error_of(revoke, clients=admin, arn=someone.arn, resource=on, permissions=["DELETE"])
    assert code == "InvalidInputException" and message.startswith("No permissions revoked. Grantee")
    revoke(admin, someone.arn, on, ["DELETE"], Condition=condition)
    assert [tuple(r["Permissions"]) for r in rows_of(admin, someone)] == [("INSERT",)]


# Filters

TYPES = {
    "CATALOG": ("Catalog",), "DATABASE": ("Database",), "TABLE": ("Table", "TableWithColumns", "DataCellsFilter"),
    "DATA_LOCATION": ("DataLocation",), "LF_TAG": ("LFTag",), "LF_TAG_POLICY": ("LFTagPolicy",),
    "LF_TAG_POLICY_DATABASE": ("LFTagPolicy",), "LF_TAG_POLICY_TABLE": ("LFTagPolicy",),
    "LF_NAMED_TAG_EXPRESSION": ("LFTagExpression",),
}


@pytest.fixture(scope="module")
def of_everything(server, admin, lake):
    """Somebody who holds something on each kind of resource."""
    someone = Someone(server, admin)
    admin.lakeformation.create_lf_tag_expression(Name="low-or-mid", Expression=expression(level=["low", "mid"]))
    for resource, permissions in (
            ({"Catalog": {}}, ["CREATE_DATABASE"]), (database(lake.database), ["CREATE_TABLE"]),
            (table(lake.database, "orders"), ["INSERT"]), (columns(lake.database, "people", "id"), ["SELECT"]),
            (lake.filter("people", "eu", "region = 'EU'"), ["SELECT"]),
            ({"Table": {"DatabaseName": lake.database, "TableWildcard": {}}}, ["DELETE"]),
            ({"DataLocation": {"ResourceArn": f"arn:aws:s3:::{lake.bucket}"}}, ["DATA_LOCATION_ACCESS"]),
            (tag("level", "low"), ["DESCRIBE"]), (policy("DATABASE", level="low"), ["DESCRIBE"]),
            (policy("TABLE", level="high"), ["SELECT"]), ({"LFTagExpression": {"Name": "low-or-mid"}}, ["DESCRIBE"])):
        grant(admin, someone.arn, resource, permissions)
    return someone


@pytest.mark.parametrize("kind", TYPES)
def test_a_resource_type_leaves_the_others_out(admin, of_everything, kind):
    rows = rows_of(admin, of_everything, ResourceType=kind)
    assert rows and {next(iter(r["Resource"])) for r in rows} <= set(TYPES[kind])
    if kind.startswith("LF_TAG_POLICY_"):
        assert {r["Resource"]["LFTagPolicy"]["ResourceType"] for r in rows} == {kind.removeprefix("LF_TAG_POLICY_")}


def test_the_types_together_are_everything(admin, of_everything):
    every = {brief(r) for r in rows_of(admin, of_everything)}
    parts = [brief(r) for kind in TYPES if kind != "LF_TAG_POLICY" for r in rows_of(admin, of_everything, ResourceType=kind)]
    assert set(parts) == every and len(parts) == len(every) == 11


def test_pages_of_any_size_hold_the_same_rows(admin, of_everything):
    whole = [brief(r) for r in rows_of(admin, of_everything)]
    for size in (1, 2, 3, 5):
        token, rows, pages = {}, [], 0
        while True:
            page = admin.lakeformation.list_permissions(Principal=who(of_everything.arn), MaxResults=size, **token)
            rows += [brief(r) for r in page["PrincipalResourcePermissions"]]
            pages += 1
            assert len(page["PrincipalResourcePermissions"]) <= size
            if "NextToken" not in page:
                break
            assert len(page["PrincipalResourcePermissions"]) == size
            token = {"NextToken": page["NextToken"]}
        assert rows == whole and pages == -(-len(whole) // size)


def test_a_split_grant_is_split_over_pages_too(server, admin, lake):
    someone = Someone(server, admin)
    grant(admin, someone.arn, table(lake.database, "orders"), ["SELECT", "INSERT", "DELETE"])
    first = admin.lakeformation.list_permissions(Principal=who(someone.arn), MaxResults=1)
    second = admin.lakeformation.list_permissions(Principal=who(someone.arn), MaxResults=1, NextToken=first["NextToken"])
    assert first["PrincipalResourcePermissions"][0]["Permissions"] == ["INSERT", "DELETE"]
    assert second["PrincipalResourcePermissions"][0]["Permissions"] == ["SELECT"] and "NextToken" not in second


def test_a_token_stays_good_while_grants_come_and_go(server, admin, lake):
    on = database(lake.database)
    people = sorted((Someone(server, admin, "paged") for _ in range(5)), key=lambda s: s.arn)
    for someone in people:
        grant(admin, someone.arn, on, ["ALTER"])
    arns = {s.arn for s in people}
    first = admin.lakeformation.list_permissions(Resource=on, MaxResults=3)
    shown = [r["Principal"]["DataLakePrincipalIdentifier"] for r in first["PrincipalResourcePermissions"]]
    for arn in shown:
        if arn in arns:
            revoke(admin, arn, on, ["ALTER"])
    rest = admin.lakeformation.list_permissions(Resource=on, NextToken=first["NextToken"])
    left = [r["Principal"]["DataLakePrincipalIdentifier"] for r in rest["PrincipalResourcePermissions"]]
    assert arns <= set(shown) | set(left) and not set(shown) & set(left)


def test_a_table_brings_its_columns_and_when_asked_its_filters(admin, lake, of_everything):
    on = table(lake.database, "people")
    plain = {next(iter(r["Resource"])) for r in all_rows(admin, Resource=on)}
    assert plain == {"Table", "TableWithColumns"}
    assert {next(iter(r["Resource"])) for r in all_rows(admin, Resource=on, IncludeRelated="FALSE")} == plain
    related = {next(iter(r["Resource"])) for r in all_rows(admin, Resource=on, IncludeRelated="TRUE")}
    assert related == plain | {"DataCellsFilter"}


@pytest.mark.parametrize("arguments", [
    {"IncludeRelated": "TRUE", "Principal": who(role_arn("x"))},
    {"IncludeRelated": "yes"}, {"IncludeRelated": "TRUE"},
    {"Resource": columns("d", "t", "c")}, {"Resource": {}}, {"Resource": {"Database": {"Name": "d"}, "Catalog": {}}},
    {"NextToken": "no-token"}, {"NextToken": "a.b"}, {"NextToken": ".-1"}, {"ResourceType": "ANY_RESOURCE"},
    {"Principal": who("arn:aws:sts::111122223333:assumed-role/r/s")}, {"Principal": who("")},
])
def test_what_makes_no_list_is_refused(server, lake, arguments):
    import boto3
    from botocore.config import Config
    from conftest import REGION
    unchecked = boto3.Session(*server.keys(), region_name=REGION).client(
        "lakeformation", endpoint_url=server.endpoint, config=Config(parameter_validation=False, retries={"max_attempts": 1}))
    code, _ = error_of(unchecked.list_permissions, **arguments)
    assert code in ("InvalidInputException", "ValidationException")


# Who sees what

def test_callers_see_their_own_grants_and_of_others_what_they_hold_or_may_grant(server, admin, lake):
    caller, other = Someone(server, admin), Someone(server, admin)
    orders, people = table(lake.database, "orders"), table(lake.database, "people")
    grant(admin, other.arn, orders, ["INSERT", "ALTER", "DROP"])
    grant(admin, other.arn, people, ["ALTER"])
    assert rows_of(caller.clients, other) == []
    grant(admin, caller.arn, orders, ["ALTER"])
    grant(admin, caller.arn, database(lake.database), ["DESCRIBE"])
    assert [brief(r)[1:3] for r in rows_of(caller.clients, other)] == [
        (json.dumps({"Table": {"DatabaseName": lake.database, "Name": "orders"}}), ("ALTER",))]
    mine = {brief(r)[2] for r in all_rows(caller.clients) if r["Principal"] == who(caller.arn)}
    assert mine == {("ALTER",), ("DESCRIBE",)}


def test_columns_and_filters_of_others_are_shown_only_to_who_may_grant_them(server, admin, lake):
    caller, other = Someone(server, admin), Someone(server, admin)
    grant(admin, other.arn, columns(lake.database, "orders", "secret"), ["SELECT"])
    grant(admin, other.arn, lake.filter("orders", "x-only", "secret = 'x'"), ["SELECT"])
    grant(admin, caller.arn, columns(lake.database, "orders", "id"), ["SELECT"])
    assert rows_of(caller.clients, other) == []
    revoke(admin, caller.arn, columns(lake.database, "orders", "id"), ["SELECT"])
    grant(admin, caller.arn, table(lake.database, "orders"), ["SELECT"], ["SELECT"])
    kinds = {next(iter(r["Resource"])) for r in rows_of(caller.clients, other)}
    assert kinds == {"TableWithColumns", "DataCellsFilter"}


# Effective permissions

def effective(clients, someone, resource) -> set[tuple]:
    return {brief(r)[1:] for r in all_rows(clients, Principal=who(someone.arn), Resource=resource)}


def test_a_principal_on_a_resource_shows_what_it_holds_all_in_all(server, admin, lake):
    someone, on = Someone(server, admin), table(lake.database, "orders")
    assert effective(admin, someone, on) == set()
    grant(admin, someone.arn, {"Table": {"DatabaseName": lake.database, "TableWildcard": {}}}, ["INSERT"], ["INSERT"])
    grant(admin, f"{ACCOUNT}:IAMPrincipals", on, ["DELETE"])
    plain = json.dumps({"Table": {"DatabaseName": lake.database, "Name": "orders"}})
    try:
        assert effective(admin, someone, on) == {(plain, ("INSERT", "DELETE", "DESCRIBE"), ("INSERT",))}
        grant(admin, someone.arn, on, ["ALL"])
        assert effective(admin, someone, on) == {
            (plain, ("ALL", "INSERT", "DELETE", "DESCRIBE", "ALTER", "DROP"), ("INSERT",)),
            (column_wildcard(lake.database, "orders"), ("SELECT",), ())}
    finally:
        revoke(admin, f"{ACCOUNT}:IAMPrincipals", on, ["DELETE"])


def test_effective_permissions_come_by_tags_columns_and_filters_too(server, admin, lake):
    someone, on = Someone(server, admin), table(lake.database, "people")
    admin.lakeformation.add_lf_tags_to_resource(Resource=columns(lake.database, "people", "id"), LFTags=pairs(level="low"))
    grant(admin, someone.arn, policy("TABLE", level="low"), ["SELECT"])
    grant(admin, someone.arn, lake.filter("people", "us", "region = 'US'"), ["SELECT"])
    got = effective(admin, someone, on)
    assert (json.dumps({"TableWithColumns": {"ColumnNames": ["id"], "DatabaseName": lake.database, "Name": "people"}}),
            ("SELECT",), ()) in got
    assert (json.dumps({"DataCellsFilter": {"DatabaseName": lake.database, "Name": "us", "TableName": "people"}}),
            ("SELECT",), ()) in got
    assert (json.dumps({"Table": {"DatabaseName": lake.database, "Name": "people"}}), ("DESCRIBE",), ()) in got


def test_administration_is_in_effective_permissions(server, admin, lake):
    me = admin.sts.get_caller_identity()["Arn"]
    admin.lakeformation.create_lf_tag(TagKey="administered", TagValues=["a"])
    rows = all_rows(admin, Principal=who(me), Resource=tag("administered", "a"))
    assert [set(r["Permissions"]) for r in rows] == [{"ASSOCIATE", "DESCRIBE", "GRANT_WITH_LF_TAG_EXPRESSION"}]
    assert "DESCRIBE" in all_rows(admin, Principal=who(me), Resource=database(lake.database))[0]["Permissions"]


def test_effective_permissions_of_others_are_shown_like_their_grants(server, admin, lake):
    caller, other = Someone(server, admin), Someone(server, admin)
    on = table(lake.database, "orders")
    grant(admin, other.arn, on, ["SELECT", "INSERT"])
    assert effective(caller.clients, other, on) == set()
    assert effective(other.clients, other, on) != set()
    grant(admin, caller.arn, on, ["INSERT"])
    assert {permissions for _, permissions, _ in effective(caller.clients, other, on)} == {("INSERT", "DESCRIBE")}


# By path

def test_permissions_for_a_path_are_those_at_it_and_then_those_below(server, admin, lake):
    deep = Lake(server, admin, "pathed")
    admin.s3.create_bucket(Bucket=deep.bucket)
    from lake import storage
    admin.glue.create_database(DatabaseInput={"Name": deep.database, "LocationUri": f"s3://{deep.bucket}/top/"})
    for name, place in (("at", "top"), ("below", "top/below"), ("beside", "topmost")):
        admin.glue.create_table(DatabaseName=deep.database, TableInput={
            "Name": name, "StorageDescriptor": storage(f"s3://{deep.bucket}/{place}/", COLUMNS)})
    ask = dict(ResourceArn=f"arn:aws:s3:::{deep.bucket}/top")
    rows = admin.lakeformation.get_effective_permissions_for_path(**ask)["Permissions"]
    places = [r["Resource"].get("Database", r["Resource"].get("Table", r["Resource"].get("TableWithColumns")))["Name"] for r in rows]
    assert set(places[:-1]) == {deep.database, "at"} and places[-1] == "below"
    pages, token = [], {}
    while True:
        page = admin.lakeformation.get_effective_permissions_for_path(**ask, MaxResults=2, **token)
        pages += page["Permissions"]
        assert len(page["Permissions"]) <= 2
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert [brief(r) for r in pages] == [brief(r) for r in rows]
    assert Someone(server, admin).lf.get_effective_permissions_for_path(**ask)["Permissions"] == []
    assert admin.lakeformation.get_effective_permissions_for_path(
        ResourceArn=f"arn:aws:s3:::{deep.bucket}/to")["Permissions"] == []


# Registered locations

@pytest.fixture(scope="module")
def places(admin):
    admin.iam.create_role(RoleName="places-role", AssumeRolePolicyDocument=trust_service())
    arns = [f"arn:aws:s3:::places-{i}/{name}" for i, name in enumerate(("raw", "raw/deep", "gold", "silver"))]
    for arn in arns:
        admin.lakeformation.register_resource(ResourceArn=arn, RoleArn=role_arn("places-role"))
    return arns


def listed(admin, *conditions, **arguments) -> list[str]:
    conditions = [{"Field": f, "ComparisonOperator": o, "StringValueList": list(v)} for f, o, *v in conditions]
    answer = admin.lakeformation.list_resources(FilterConditionList=conditions, **arguments)
    return [r["ResourceArn"] for r in answer["ResourceInfoList"]]


def test_locations_are_chosen_by_conditions(admin, places):
    mine = ("RESOURCE_ARN", "CONTAINS", "places-")
    assert listed(admin, mine) == places
    assert listed(admin, mine, ("RESOURCE_ARN", "BEGINS_WITH", "arn:aws:s3:::places-1")) == places[1:2]
    assert listed(admin, ("RESOURCE_ARN", "EQ", places[2])) == places[2:3]
    assert listed(admin, mine, ("RESOURCE_ARN", "NE", places[2])) == places[:2] + places[3:]
    assert listed(admin, ("RESOURCE_ARN", "IN", places[0], places[3])) == [places[0], places[3]]
    assert listed(admin, mine, ("RESOURCE_ARN", "NOT_CONTAINS", "raw")) == places[2:]
    assert listed(admin, mine, ("ROLE_ARN", "EQ", role_arn("places-role"))) == places
    assert listed(admin, mine, ("LAST_MODIFIED", "GT", "2020-01-01T00:00:00Z")) == places
    assert listed(admin, mine, ("LAST_MODIFIED", "LT", "99999")) == []
    assert listed(admin, mine, ("LAST_MODIFIED", "BETWEEN", "0", "4102444800")) == places
    for wrong in (("LAST_MODIFIED", "CONTAINS", "2026"), ("LAST_MODIFIED", "EQ", "soon"), ("ROLE_ARN", "EQ", "a", "b"),
                  ("ROLE_ARN", "BETWEEN", "a")):
        with pytest.raises(admin.lakeformation.exceptions.InvalidInputException):
            listed(admin, wrong)


def test_pages_of_locations_are_filled_before_they_are_cut(admin, places):
    condition = [{"Field": "RESOURCE_ARN", "ComparisonOperator": "IN", "StringValueList": [places[0], places[3]]}]
    first = admin.lakeformation.list_resources(FilterConditionList=condition, MaxResults=1)
    assert [r["ResourceArn"] for r in first["ResourceInfoList"]] == [places[0]]
    second = admin.lakeformation.list_resources(FilterConditionList=condition, MaxResults=1, NextToken=first["NextToken"])
    assert [r["ResourceArn"] for r in second["ResourceInfoList"]] == [places[3]]


# Data cells filters

def test_pages_of_filters_hold_what_their_caller_may_see(server, admin, lake):
    for i in range(5):
        lake.filter("orders", f"page-{i}", f"id = {i}")
    on = {"CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": "orders"}
    names, token = [], {}
    while True:
        page = admin.lakeformation.list_data_cells_filter(Table=on, MaxResults=2, **token)
        names += [f["Name"] for f in page["DataCellsFilters"]]
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert names == sorted(names) and {f"page-{i}" for i in range(5)} <= set(names)
    someone = Someone(server, admin)
    assert someone.lf.list_data_cells_filter(Table=on, MaxResults=1)["DataCellsFilters"] == []
