"""LF-Tags over the wire: making, assigning, showing, searching, granting by them. A test's name is the rule it proves."""

import pytest

from conftest import ACCOUNT
from lake import Lake
from lf_words import (Someone, all_rows, brief, columns, database, error_of, expression, grant, pairs, policy, revoke,
                      table, tag)

COLUMNS = [("id", "bigint"), ("region", "string"), ("secret", "string")]
ROWS = [(1, "EU", "x"), (2, "US", "y")]
INSUFFICIENT = "Insufficient Lake Formation permission(s): Required "


@pytest.fixture(scope="module")
def lake(server, admin):
    lake = Lake(server, admin, "lf-tagged").build()
    lake.table("orders", COLUMNS, ROWS)
    lake.table("people", COLUMNS, ROWS)
    return lake


@pytest.fixture(scope="module")
def lf(admin):
    return admin.lakeformation


def shown(columns_of: list[dict]) -> dict:
    return {c["Name"]: {t["TagKey"]: t["TagValues"][0] for t in c["LFTags"]} for c in columns_of}


def tags(pairs_of: list[dict] | None) -> dict:
    return {t["TagKey"]: t["TagValues"][0] for t in pairs_of or []}


# Keys and values

def test_keys_and_values_are_lower_case_wherever_they_are_shown(lf):
    lf.create_lf_tag(TagKey="Area-Case", TagValues=["EU", "us", "Eu"])
    for key in ("area-case", "AREA-CASE"):
        assert lf.get_lf_tag(TagKey=key)["TagValues"] == ["eu", "us"]
    answer = lf.get_lf_tag(TagKey="Area-Case")
    assert (answer["TagKey"], answer["CatalogId"]) == ("area-case", ACCOUNT)
    listed = [t for t in lf.list_lf_tags()["LFTags"] if t["TagKey"] == "area-case"]
    assert listed == [{"CatalogId": ACCOUNT, "TagKey": "area-case", "TagValues": ["eu", "us"]}]


def test_a_key_is_made_once(lf):
    lf.create_lf_tag(TagKey="once", TagValues=["a"])
    code, message = error_of(lf.create_lf_tag, TagKey="ONCE", TagValues=["b"])
    assert code == "InvalidInputException" and "already exists" in message
    assert lf.get_lf_tag(TagKey="once")["TagValues"] == ["a"]


def test_making_a_tag_takes_create_lf_tag_on_the_catalog(server, admin, lf):
    someone = Someone(server, admin)
    code, message = error_of(someone.lf.create_lf_tag, TagKey="mine", TagValues=["a"])
    assert code == "AccessDeniedException"
    assert message.startswith("Insufficient Lake Formation permission(s): Required create tag on catalog")
    grant(admin, someone.arn, {"Catalog": {}}, ["CREATE_LF_TAG"])
    someone.lf.create_lf_tag(TagKey="mine", TagValues=["a", "b"])
    assert someone.lf.get_lf_tag(TagKey="mine")["TagValues"] == ["a", "b"]


def test_both_gates_must_open(server, admin, lf):
    someone = Someone(server, admin, actions=["lakeformation:ListPermissions"])
    grant(admin, someone.arn, {"Catalog": {}}, ["CREATE_LF_TAG"])
    code, message = error_of(someone.lf.create_lf_tag, TagKey="one-gate", TagValues=["a"])
    assert code == "AccessDeniedException" and "lakeformation:CreateLFTag" in message


def test_who_makes_a_tag_holds_everything_on_it_as_grants_that_can_be_revoked(server, admin, lf):
    someone = Someone(server, admin)
    grant(admin, someone.arn, {"Catalog": {}}, ["CREATE_LF_TAG"])
    someone.lf.create_lf_tag(TagKey="owned", TagValues=["a"])
    rows = all_rows(admin, Principal={"DataLakePrincipalIdentifier": someone.arn}, ResourceType="LF_TAG")
    held = ["DESCRIBE", "ALTER", "DROP", "ASSOCIATE", "GRANT_WITH_LF_TAG_EXPRESSION"]
    assert [(r["Resource"]["LFTag"]["TagKey"], r["Resource"]["LFTag"]["TagValues"]) for r in rows] == [("owned", ["*"])]
    assert rows[0]["Permissions"] == held and rows[0]["PermissionsWithGrantOption"] == held
    assert rows[0]["LastUpdatedBy"] == someone.arn
    revoke(admin, someone.arn, tag("owned"), held)
    assert error_of(someone.lf.update_lf_tag, TagKey="owned", TagValuesToAdd=["b"])[0] == "AccessDeniedException"
    assert error_of(someone.lf.get_lf_tag, TagKey="owned")[0] == "AccessDeniedException"


def test_an_absent_tag_and_a_hidden_one_are_refused_in_the_same_words(server, admin, lf):
    lf.create_lf_tag(TagKey="hidden-key", TagValues=["a"])
    someone = Someone(server, admin)
    hidden = error_of(someone.lf.get_lf_tag, TagKey="hidden-key")
    absent = error_of(someone.lf.get_lf_tag, TagKey="absent-key")
    strip = lambda e, key: (e[0], e[1].split(" (decision")[0].replace(key, "KEY"))
    assert strip(hidden, "hidden-key") == strip(absent, "absent-key")
    assert error_of(lf.get_lf_tag, TagKey="absent-key")[0] == "EntityNotFoundException"


def test_values_that_are_not_described_are_not_shown(server, admin, lf):
    lf.create_lf_tag(TagKey="partly", TagValues=["a", "b", "c"])
    someone = Someone(server, admin)
    grant(admin, someone.arn, tag("partly", "b"), ["DESCRIBE"])
    assert someone.lf.get_lf_tag(TagKey="partly")["TagValues"] == ["b"]
    assert [t["TagKey"] for t in someone.lf.list_lf_tags()["LFTags"]] == ["partly"]


def test_lists_fill_their_pages_before_they_cut_them(server, admin, lf):
    someone = Someone(server, admin)
    for i in range(6):
        lf.create_lf_tag(TagKey=f"page-{i}", TagValues=["a"])
        if i % 2:
            grant(admin, someone.arn, tag(f"page-{i}"), ["DESCRIBE"])
    first = someone.lf.list_lf_tags(MaxResults=2)
    assert [t["TagKey"] for t in first["LFTags"]] == ["page-1", "page-3"]
    second = someone.lf.list_lf_tags(MaxResults=2, NextToken=first["NextToken"])
    assert [t["TagKey"] for t in second["LFTags"]] == ["page-5"] and "NextToken" not in second


def test_no_tags_are_shared_from_other_accounts(lf):
    assert lf.list_lf_tags(ResourceShareType="FOREIGN")["LFTags"] == []
    assert lf.list_lf_tags(ResourceShareType="ALL")["LFTags"]


def test_values_are_added_and_deleted(lf):
    lf.create_lf_tag(TagKey="changing", TagValues=["a", "b"])
    lf.update_lf_tag(TagKey="changing", TagValuesToAdd=["C", "a"], TagValuesToDelete=["b"])
    assert lf.get_lf_tag(TagKey="changing")["TagValues"] == ["a", "c"]
    for change in ({"TagValuesToDelete": ["absent"]}, {"TagValuesToAdd": ["x"], "TagValuesToDelete": ["x"]},
                   {"TagValuesToDelete": ["a", "c"]}):
        code, message = error_of(lf.update_lf_tag, TagKey="changing", **change)
        assert code == "InvalidInputException" and message.startswith("Update not allowed")
    assert error_of(lf.update_lf_tag, TagKey="changing")[0] == "InvalidInputException"
    assert error_of(lf.update_lf_tag, TagKey="no-such-key", TagValuesToAdd=["a"])[0] == "EntityNotFoundException"


def test_a_value_that_something_carries_is_not_deleted(lake, lf):
    lf.create_lf_tag(TagKey="attached", TagValues=["a", "b"])
    lf.add_lf_tags_to_resource(Resource=database(lake.database), LFTags=pairs(attached="a"))
    code, message = error_of(lf.update_lf_tag, TagKey="attached", TagValuesToDelete=["a"])
    assert code == "InvalidInputException" and message.startswith("Update not allowed")
    lf.remove_lf_tags_from_resource(Resource=database(lake.database), LFTags=pairs(attached="a"))
    lf.update_lf_tag(TagKey="attached", TagValuesToDelete=["a"])
    assert lf.get_lf_tag(TagKey="attached")["TagValues"] == ["b"]


# Limits

@pytest.mark.parametrize("key,values", [
    ("k" * 129, ["a"]), ("", ["a"]), ("key!", ["a"]), ("key\n", ["a"]), ("ok-key", ["v" * 257]), ("ok-key", ["a!"]),
    ("ok-key", []), ("ok-key", [f"v{i}" for i in range(51)]), ("ok-key", ["*"]), ("ok-key", ["a", "*"]),
])
def test_keys_and_values_keep_their_limits(server, admin, key, values):
    import boto3
    from botocore.config import Config
    from conftest import REGION
    unchecked = boto3.Session(*server.keys(), region_name=REGION).client(
        "lakeformation", endpoint_url=server.endpoint, config=Config(parameter_validation=False, retries={"max_attempts": 1}))
    code, _ = error_of(unchecked.create_lf_tag, TagKey=key, TagValues=values)
    assert code in ("InvalidInputException", "ValidationException", "SerializationException"), code
    assert error_of(unchecked.get_lf_tag, TagKey="ok-key")[0] == "EntityNotFoundException"


def test_a_tag_has_at_most_a_thousand_values(lf):
    lf.create_lf_tag(TagKey="many", TagValues=[f"v{i:04}" for i in range(50)])
    for start in range(50, 1000, 50):
        lf.update_lf_tag(TagKey="many", TagValuesToAdd=[f"v{i:04}" for i in range(start, start + 50)])
    code, message = error_of(lf.update_lf_tag, TagKey="many", TagValuesToAdd=["one-more"])
    assert code == "InvalidInputException" and "1000" in message
    assert len(lf.get_lf_tag(TagKey="many")["TagValues"]) == 1000


def test_a_resource_carries_at_most_fifty_tags(lake, lf):
    for i in range(51):
        lf.create_lf_tag(TagKey=f"fifty-{i}", TagValues=["a"])
    on = table(lake.database, "people")
    all_of_them = [{"TagKey": f"fifty-{i}", "TagValues": ["a"]} for i in range(51)]
    assert not lf.add_lf_tags_to_resource(Resource=on, LFTags=all_of_them[:50])["Failures"]
    failures = lf.add_lf_tags_to_resource(Resource=on, LFTags=all_of_them[50:])["Failures"]
    assert [f["Error"]["ErrorCode"] for f in failures] == ["ResourceNumberLimitExceededException"]
    assert not lf.add_lf_tags_to_resource(Resource=on, LFTags=all_of_them[:1])["Failures"]  # it carries this one
    assert not lf.remove_lf_tags_from_resource(Resource=on, LFTags=all_of_them[:50])["Failures"]
    for i in range(51):
        lf.delete_lf_tag(TagKey=f"fifty-{i}")


# Assigning

@pytest.fixture(scope="module")
def area(lf):
    lf.create_lf_tag(TagKey="area", TagValues=["eu", "us"])
    lf.create_lf_tag(TagKey="pii", TagValues=["yes", "no"])


def test_a_tag_is_inherited_until_something_below_overrides_it(lake, lf, area):
    lf.add_lf_tags_to_resource(Resource=database(lake.database), LFTags=pairs(AREA="EU"))
    lf.add_lf_tags_to_resource(Resource=table(lake.database, "orders"), LFTags=pairs(pii="no"))
    lf.add_lf_tags_to_resource(Resource=columns(lake.database, "orders", "secret"), LFTags=pairs(pii="yes"))
    answer = lf.get_resource_lf_tags(Resource=table(lake.database, "orders"))
    assert tags(answer["LFTagOnDatabase"])["area"] == "eu"
    assert tags(answer["LFTagsOnTable"]) == {"area": "eu", "pii": "no"}
    assert shown(answer["LFTagsOnColumns"]) == {
        "id": {"area": "eu", "pii": "no"}, "region": {"area": "eu", "pii": "no"}, "secret": {"area": "eu", "pii": "yes"}}
    own = lf.get_resource_lf_tags(Resource=table(lake.database, "orders"), ShowAssignedLFTags=True)
    assert "LFTagOnDatabase" not in own and tags(own["LFTagsOnTable"]) == {"pii": "no"}
    assert shown(own["LFTagsOnColumns"]) == {"secret": {"pii": "yes"}}
    column = lf.get_resource_lf_tags(Resource=columns(lake.database, "orders", "secret"), ShowAssignedLFTags=True)
    assert shown(column["LFTagsOnColumns"]) == {"secret": {"pii": "yes"}}


def test_assigning_again_replaces_the_value(lake, lf, area):
    on = columns(lake.database, "orders", "region")
    for value in ("yes", "no"):
        assert not lf.add_lf_tags_to_resource(Resource=on, LFTags=pairs(pii=value))["Failures"]
        answer = lf.get_resource_lf_tags(Resource=on, ShowAssignedLFTags=True)
        assert shown(answer["LFTagsOnColumns"]) == {"region": {"pii": value}}
    lf.update_lf_tag(TagKey="pii", TagValuesToAdd=["was"])
    lf.remove_lf_tags_from_resource(Resource=on, LFTags=pairs(pii="no"))
    assert "LFTagsOnColumns" not in lf.get_resource_lf_tags(Resource=on, ShowAssignedLFTags=True)


def test_what_is_wrong_with_a_tag_is_its_own_failure(lake, lf, area):
    on = table(lake.database, "people")
    asked = [{"TagKey": "area", "TagValues": ["eu", "us"]}, {"TagKey": "absent", "TagValues": ["a"]},
             {"TagKey": "area", "TagValues": ["mars"]}, {"TagKey": "PII", "TagValues": ["NO"]},
             {"TagKey": "pii", "TagValues": ["yes"]}]
    failures = lf.add_lf_tags_to_resource(Resource=on, LFTags=asked)["Failures"]
    assert [(f["LFTag"], f["Error"]["ErrorCode"]) for f in failures] == [
        (asked[0], "InvalidInputException"), (asked[1], "EntityNotFoundException"),
        (asked[2], "EntityNotFoundException"), (asked[4], "InvalidInputException")]
    assert tags(lf.get_resource_lf_tags(Resource=on, ShowAssignedLFTags=True)["LFTagsOnTable"]) == {"pii": "no"}
    again = lf.remove_lf_tags_from_resource(Resource=on, LFTags=pairs(pii="yes", area="eu"))["Failures"]
    assert [f["Error"]["ErrorCode"] for f in again] == ["EntityNotFoundException"] * 2
    assert not lf.remove_lf_tags_from_resource(Resource=on, LFTags=pairs(pii="no"))["Failures"]


def test_what_cannot_carry_tags_is_refused(lake, lf, area):
    db = lake.database
    for on, code, text in (
            (table(db, "absent"), "EntityNotFoundException", "not found"),
            (database("absent"), "EntityNotFoundException", ""),
            (columns(db, "orders", "absent"), "InvalidInputException",
             "cannot grant/revoke permission on non-existent column"),
            ({"TableWithColumns": {"DatabaseName": db, "Name": "orders", "ColumnWildcard": {}}},
             "InvalidInputException", "ColumnWildcard"),
            ({"Table": {"DatabaseName": db, "TableWildcard": {}}}, "InvalidInputException", "LF-Tags are on"),
            ({"Catalog": {}}, "InvalidInputException", "LF-Tags are on"),
            (tag("area", "eu"), "InvalidInputException", "LF-Tags are on")):
        error = error_of(lf.add_lf_tags_to_resource, Resource=on, LFTags=pairs(area="eu"))
        assert error[0] == code and text in error[1], (on, error)


def test_assigning_takes_associate_on_the_value_and_alter_on_the_resource(server, admin, lake, lf, area):
    someone = Someone(server, admin)
    on = table(lake.database, "people")
    code, message = error_of(someone.lf.add_lf_tags_to_resource, Resource=on, LFTags=pairs(area="eu"))
    assert code == "AccessDeniedException" and message.startswith(INSUFFICIENT + "Alter on ")
    grant(admin, someone.arn, on, ["ALTER"])
    failures = someone.lf.add_lf_tags_to_resource(Resource=on, LFTags=pairs(area="eu"))["Failures"]
    assert failures[0]["Error"]["ErrorCode"] == "AccessDeniedException"
    assert failures[0]["Error"]["ErrorMessage"].startswith(INSUFFICIENT + "Associate on LF-Tag area=eu")
    grant(admin, someone.arn, tag("area", "eu"), ["ASSOCIATE"])
    assert not someone.lf.add_lf_tags_to_resource(Resource=on, LFTags=pairs(area="eu"))["Failures"]
    assert someone.lf.add_lf_tags_to_resource(Resource=on, LFTags=pairs(area="us"))["Failures"]
    assert someone.lf.get_lf_tag(TagKey="area")["TagValues"] == ["eu"]  # ASSOCIATE implies DESCRIBE
    assert not someone.lf.remove_lf_tags_from_resource(Resource=on, LFTags=pairs(area="eu"))["Failures"]


@pytest.mark.parametrize("part", ["database", "table", "columns"])
def test_replacing_a_value_takes_associate_on_the_value_that_goes(server, admin, lake, lf, part):
    name = f"replaced-in-{part}"
    beside = f"beside-{part}"
    lf.create_lf_tag(TagKey=name, TagValues=["yes", "no"])
    lf.create_lf_tag(TagKey=beside, TagValues=["a"])
    db, on_table = database(lake.database), table(lake.database, "people")
    on = {"database": db, "table": on_table, "columns": columns(lake.database, "people", "id", "secret")}[part]
    carrier = columns(lake.database, "people", "secret") if part == "columns" else on  # one of the columns is enough
    lf.add_lf_tags_to_resource(Resource=carrier, LFTags=pairs(**{name: "yes"}))
    someone = Someone(server, admin)
    grant(admin, someone.arn, db if part == "database" else on_table, ["ALTER"])
    grant(admin, someone.arn, tag(name, "no"), ["ASSOCIATE"])
    grant(admin, someone.arn, tag(beside), ["ASSOCIATE"])
    asked = pairs(**{name: "no", beside: "a"})
    failures = someone.lf.add_lf_tags_to_resource(Resource=on, LFTags=asked)["Failures"]
    assert [(f["LFTag"]["TagKey"], f["Error"]["ErrorCode"]) for f in failures] == [(name, "AccessDeniedException")]
    message = failures[0]["Error"]["ErrorMessage"]
    assert message.startswith(INSUFFICIENT + f"Associate on LF-Tag {name}=yes") and "(decision " in message
    carried = lf.get_resource_lf_tags(Resource=on, ShowAssignedLFTags=True)
    assert f"'{name}', 'TagValues': ['yes']" in str(carried) and f"'{name}', 'TagValues': ['no']" not in str(carried)
    grant(admin, someone.arn, tag(name, "yes"), ["ASSOCIATE"])
    assert not someone.lf.add_lf_tags_to_resource(Resource=on, LFTags=asked)["Failures"]
    assert not someone.lf.remove_lf_tags_from_resource(Resource=on, LFTags=asked)["Failures"]


def test_tags_and_columns_that_are_not_seen_are_not_shown(server, admin, lake, lf, area):
    someone = Someone(server, admin)
    grant(admin, someone.arn, columns(lake.database, "orders", "id"), ["SELECT"])
    grant(admin, someone.arn, tag("pii"), ["DESCRIBE"])
    answer = someone.lf.get_resource_lf_tags(Resource=table(lake.database, "orders"))
    assert shown(answer["LFTagsOnColumns"]) == {"id": {"pii": "no"}}
    assert tags(answer["LFTagsOnTable"]) == {"pii": "no"} and not answer.get("LFTagOnDatabase")
    hidden = columns(lake.database, "orders", "secret")
    assert error_of(someone.lf.get_resource_lf_tags, Resource=hidden)[0] == "InvalidInputException"
    nobody = Someone(server, admin)
    assert error_of(nobody.lf.get_resource_lf_tags, Resource=table(lake.database, "orders"))[0] == "AccessDeniedException"


def test_a_dropped_column_loses_its_tags_lest_a_namesake_inherit_them(lake, lf, area):
    from lake import storage
    lake.table("reborn", COLUMNS, ROWS)
    on = columns(lake.database, "reborn", "secret")
    lf.add_lf_tags_to_resource(Resource=on, LFTags=pairs(pii="yes"))
    for names in (COLUMNS[:2], COLUMNS):
        lake.admin.glue.update_table(DatabaseName=lake.database, TableInput={
            "Name": "reborn", "TableType": "EXTERNAL_TABLE", "StorageDescriptor": storage(lake.location("reborn"), names)})
    assert "LFTagsOnColumns" not in lf.get_resource_lf_tags(Resource=on, ShowAssignedLFTags=True)


# Granting by tags

def seen(someone, database_name: str, name: str) -> list[str]:
    table = someone.glue.get_table(DatabaseName=database_name, Name=name)["Table"]
    return [c["Name"] for c in table["StorageDescriptor"]["Columns"]]


def test_a_policy_gives_what_matches_and_columns_where_only_they_do(server, admin, lake, lf, area):
    whole, part = Someone(server, admin), Someone(server, admin)
    grant(admin, whole.arn, policy("TABLE", area=["eu", "us"]), ["SELECT"])
    grant(admin, part.arn, policy("TABLE", area="eu", pii="no"), ["ALL"])
    assert seen(whole, lake.database, "orders") == ["id", "region", "secret"]
    assert seen(part, lake.database, "orders") == ["id", "region"]
    code, _ = error_of(part.glue.delete_table, DatabaseName=lake.database, Name="orders")
    assert code == "AccessDeniedException"  # ALL on some columns is SELECT and DESCRIBE
    names = {t["Name"] for t in part.glue.get_tables(DatabaseName=lake.database)["TableList"]}
    assert names == {"orders"}


def test_deleting_the_key_closes_what_rested_on_it_for_good(server, admin, lake, lf):
    lf.create_lf_tag(TagKey="fleeting", TagValues=["a"])
    on = table(lake.database, "people")
    lf.add_lf_tags_to_resource(Resource=on, LFTags=pairs(fleeting="a"))
    lf.create_lf_tag_expression(Name="by-fleeting", Expression=expression(fleeting="a"))
    someone = Someone(server, admin)
    grant(admin, someone.arn, policy("TABLE", fleeting="a"), ["SELECT"])
    assert seen(someone, lake.database, "people") == ["id", "region", "secret"]
    lf.delete_lf_tag(TagKey="Fleeting")
    assert error_of(someone.glue.get_table, DatabaseName=lake.database, Name="people")[0] == "AccessDeniedException"
    assert all_rows(admin, Principal={"DataLakePrincipalIdentifier": someone.arn}) == []
    assert error_of(lf.get_lf_tag_expression, Name="by-fleeting")[0] == "EntityNotFoundException"
    lf.create_lf_tag(TagKey="fleeting", TagValues=["a"])
    lf.add_lf_tags_to_resource(Resource=on, LFTags=pairs(fleeting="a"))
    assert error_of(someone.glue.get_table, DatabaseName=lake.database, Name="people")[0] == "AccessDeniedException"
    lf.delete_lf_tag(TagKey="fleeting")


def test_a_policy_names_keys_and_values_that_are_there(server, admin, lf, area):
    someone = Someone(server, admin)
    for resource in (policy("TABLE", absent="a"), policy("TABLE", area="mars"), tag("absent"), tag("area", "mars"),
                     {"LFTagPolicy": {"ResourceType": "TABLE", "ExpressionName": "absent"}},
                     {"LFTagExpression": {"Name": "absent"}}):
        code, message = error_of(grant, clients=admin, arn=someone.arn, resource=resource, permissions=["DESCRIBE"])
        assert code == "EntityNotFoundException", (resource, code, message)
    assert all_rows(admin, Principal={"DataLakePrincipalIdentifier": someone.arn}) == []


@pytest.mark.parametrize("body", [
    {"ResourceType": "TABLE"},
    {"ResourceType": "TABLE", "Expression": []},
    {"ResourceType": "TABLE", "Expression": [{"TagKey": "area", "TagValues": ["eu"]}], "ExpressionName": "x"},
    {"ResourceType": "TABLE", "Expression": [{"TagKey": "area", "TagValues": ["eu"]}, {"TagKey": "AREA", "TagValues": ["us"]}]},
    {"ResourceType": "TABLE", "Expression": [{"TagKey": "area", "TagValues": ["*"]}]},
], ids=["neither", "empty", "both", "a key twice", "any value"])
def test_a_policy_has_one_expression_that_makes_sense(server, admin, area, body):
    code, _ = error_of(grant, clients=admin, arn=Someone(server, admin).arn, resource={"LFTagPolicy": body},
                       permissions=["SELECT"])
    assert code == "InvalidInputException"


def test_an_inline_expression_has_at_most_900_bytes_and_a_saved_one_may_have_more(server, admin, lf):
    values = [f"{i:02}" + "x" * 40 for i in range(30)]
    lf.create_lf_tag(TagKey="wide", TagValues=values)
    someone = Someone(server, admin)
    code, message = error_of(grant, clients=admin, arn=someone.arn, resource=policy("TABLE", wide=values),
                             permissions=["SELECT"])
    assert code == "InvalidInputException" and "900" in message
    lf.create_lf_tag_expression(Name="wide-one", Expression=expression(wide=values))
    grant(admin, someone.arn, {"LFTagPolicy": {"ResourceType": "TABLE", "ExpressionName": "wide-one"}}, ["SELECT"])


@pytest.mark.parametrize("resource,permissions", [
    (tag("area", "eu"), ["ALTER"]), (tag("area", "eu"), ["SELECT"]), (tag("area"), ["CREATE_LF_TAG"]),
    (policy("DATABASE", area="eu"), ["SELECT"]), (policy("TABLE", area="eu"), ["CREATE_TABLE"]),
    ({"LFTag": {"TagKey": "area", "TagValues": ["*", "eu"]}}, ["DESCRIBE"]),
])
def test_permissions_are_where_they_belong(server, admin, lf, area, resource, permissions):
    someone = Someone(server, admin)
    code, _ = error_of(grant, clients=admin, arn=someone.arn, resource=resource, permissions=permissions)
    assert code == "InvalidInputException"
    assert all_rows(admin, Principal={"DataLakePrincipalIdentifier": someone.arn}) == []


def test_several_values_are_granted_together_or_not_at_all(server, admin, lf, area):
    someone = Someone(server, admin)
    code, _ = error_of(grant, clients=admin, arn=someone.arn, resource=tag("area", "eu", "mars"), permissions=["ASSOCIATE"])
    assert code == "EntityNotFoundException"
    mine = {"DataLakePrincipalIdentifier": someone.arn}
    assert all_rows(admin, Principal=mine) == []
    grant(admin, someone.arn, tag("area", "EU", "us"), ["ASSOCIATE"], ["ASSOCIATE"])
    rows = all_rows(admin, Principal=mine)
    assert [brief(r)[1:] for r in rows] == [
        ('{"LFTag": {"TagKey": "area", "TagValues": ["eu", "us"]}}', ("ASSOCIATE",), ("ASSOCIATE",))]
    grant(admin, someone.arn, tag("area", "us"), ["DESCRIBE"])
    assert sorted(tuple(r["Resource"]["LFTag"]["TagValues"]) for r in all_rows(admin, Principal=mine)) == [("eu",), ("us",)]
    code, message = error_of(revoke, clients=admin, arn=someone.arn, resource=tag("pii", "yes"), permissions=["ASSOCIATE"])
    assert code == "InvalidInputException" and message.startswith("No permissions revoked. Grantee")


def test_granting_by_tags_takes_grant_with_lf_tag_expression_on_every_value(server, admin, lf, area):
    steward, other = Someone(server, admin), Someone(server, admin)
    grant(admin, steward.arn, tag("area", "eu"), ["GRANT_WITH_LF_TAG_EXPRESSION"])
    code, message = error_of(grant, clients=steward.clients, arn=other.arn, resource=policy("TABLE", area=["eu", "us"]),
                             permissions=["SELECT"])
    assert code == "AccessDeniedException" and message.startswith("Not authorized to grant permissions for the resource")
    assert error_of(grant, clients=steward.clients, arn=other.arn, resource=policy("TABLE", area="eu", pii="no"),
                    permissions=["SELECT"])[0] == "AccessDeniedException"
    grant(steward.clients, other.arn, policy("TABLE", area="eu"), ["SELECT"])


# Saved expressions

def test_a_saved_expression_is_made_shown_changed_and_deleted(lf, area):
    lf.create_lf_tag_expression(Name="Europe", Description="what is there", Expression=expression(AREA=["EU"]))
    got = lf.get_lf_tag_expression(Name="Europe")
    assert (got["Name"], got["Description"], got["CatalogId"]) == ("Europe", "what is there", ACCOUNT)
    assert got["Expression"] == [{"TagKey": "area", "TagValues": ["eu"]}]
    assert error_of(lf.create_lf_tag_expression, Name="Europe", Expression=expression(area="us"))[0] == "InvalidInputException"
    lf.update_lf_tag_expression(Name="Europe", Expression=expression(area=["us", "eu"], pii="no"))
    got = lf.get_lf_tag_expression(Name="Europe")
    assert got["Description"] == "what is there"
    assert got["Expression"] == [{"TagKey": "area", "TagValues": ["eu", "us"]}, {"TagKey": "pii", "TagValues": ["no"]}]
    assert "Europe" in [e["Name"] for e in lf.list_lf_tag_expressions()["LFTagExpressions"]]
    lf.delete_lf_tag_expression(Name="Europe")
    for call in (lf.get_lf_tag_expression, lf.delete_lf_tag_expression):
        assert error_of(call, Name="Europe")[0] == "EntityNotFoundException"
    assert error_of(lf.update_lf_tag_expression, Name="Europe", Expression=expression(area="eu"))[0] == "EntityNotFoundException"
    assert error_of(lf.create_lf_tag_expression, Name="x", Expression=expression(absent="a"))[0] == "EntityNotFoundException"


def test_a_saved_expression_takes_the_right_to_make_it_and_to_grant_by_its_values(server, admin, lf, area):
    someone = Someone(server, admin)
    make = dict(Name="theirs", Expression=expression(area="eu"))
    code, message = error_of(someone.lf.create_lf_tag_expression, **make)
    assert code == "AccessDeniedException" and message.startswith(INSUFFICIENT + "create LF-Tag expression on catalog")
    grant(admin, someone.arn, {"Catalog": {}}, ["CREATE_LF_TAG_EXPRESSION"])
    code, message = error_of(someone.lf.create_lf_tag_expression, **make)
    assert code == "AccessDeniedException" and "Grant With LF Tag Expression on LF-Tag area=eu" in message
    grant(admin, someone.arn, tag("area", "eu"), ["GRANT_WITH_LF_TAG_EXPRESSION"])
    someone.lf.create_lf_tag_expression(**make)
    rows = all_rows(admin, Principal={"DataLakePrincipalIdentifier": someone.arn}, ResourceType="LF_NAMED_TAG_EXPRESSION")
    assert rows[0]["Permissions"] == ["DESCRIBE", "ALTER", "DROP", "GRANT_WITH_LF_TAG_EXPRESSION"]
    # What its policies give cannot be widened beyond what its maker may grant.
    assert error_of(someone.lf.update_lf_tag_expression, Name="theirs",
                    Expression=expression(area="us"))[0] == "AccessDeniedException"
    nobody = Someone(server, admin)
    assert error_of(nobody.lf.get_lf_tag_expression, Name="theirs")[0] == "AccessDeniedException"
    assert error_of(nobody.lf.delete_lf_tag_expression, Name="theirs")[0] == "AccessDeniedException"
    assert nobody.lf.list_lf_tag_expressions()["LFTagExpressions"] == []
    assert [e["Name"] for e in someone.lf.list_lf_tag_expressions()["LFTagExpressions"]] == ["theirs"]


def test_changing_a_saved_expression_changes_what_its_policies_give(server, admin, lake, lf, area):
    lf.create_lf_tag_expression(Name="moving", Expression=expression(area="eu"))
    someone = Someone(server, admin)
    grant(admin, someone.arn, {"LFTagPolicy": {"ResourceType": "TABLE", "ExpressionName": "moving"}}, ["SELECT"])
    assert seen(someone, lake.database, "orders") == ["id", "region", "secret"]
    lf.update_lf_tag_expression(Name="moving", Expression=expression(area="eu", pii="no"))
    assert seen(someone, lake.database, "orders") == ["id", "region"]
    lf.delete_lf_tag_expression(Name="moving")
    assert error_of(someone.glue.get_table, DatabaseName=lake.database, Name="orders")[0] == "AccessDeniedException"
    assert all_rows(admin, Principal={"DataLakePrincipalIdentifier": someone.arn}) == []


# Searching

def test_search_finds_by_effective_tags_and_by_columns(lake, lf, area):
    found = lf.search_databases_by_lf_tags(Expression=expression(area="eu"))["DatabaseList"]
    mine = [d for d in found if d["Database"]["Name"] == lake.database]
    assert len(mine) == 1 and tags(mine[0]["LFTags"])["area"] == "eu"
    found = lf.search_tables_by_lf_tags(Expression=expression(area="eu", pii="yes"))["TableList"]
    assert [t["Table"]["Name"] for t in found] == ["orders"]
    assert shown(found[0]["LFTagsOnColumns"])["secret"] == {"area": "eu", "pii": "yes"}
    assert tags(found[0]["LFTagOnDatabase"]) == {"area": "eu"}
    names = [t["Table"]["Name"] for t in lf.search_tables_by_lf_tags(Expression=expression(area="eu"))["TableList"]]
    assert {"orders", "people"} <= set(names)


def test_search_shows_only_what_its_caller_sees(server, admin, lake, lf, area):
    someone = Someone(server, admin)
    search = dict(Expression=expression(pii="yes"))
    code, message = error_of(someone.lf.search_tables_by_lf_tags, **search)
    assert code == "AccessDeniedException" and message.startswith(INSUFFICIENT + "Describe on LF-Tag pii=yes")
    grant(admin, someone.arn, tag("pii"), ["DESCRIBE"])
    assert someone.lf.search_tables_by_lf_tags(**search)["TableList"] == []
    grant(admin, someone.arn, columns(lake.database, "orders", "id"), ["SELECT"])
    assert someone.lf.search_tables_by_lf_tags(**search)["TableList"] == []  # only the hidden column carries it
    found = someone.lf.search_tables_by_lf_tags(Expression=expression(pii="no"))["TableList"]
    assert [t["Table"]["Name"] for t in found] == ["orders"]
    assert shown(found[0]["LFTagsOnColumns"]) == {"id": {"pii": "no"}}
    assert error_of(someone.lf.search_tables_by_lf_tags, Expression=expression(absent="a"))[0] == "AccessDeniedException"
    assert error_of(lf.search_tables_by_lf_tags, Expression=expression(absent="a"))[0] == "EntityNotFoundException"


def test_search_pages_lead_to_everything_once(lake, lf, area):
    names, token = [], {}
    while True:
        page = lf.search_tables_by_lf_tags(Expression=expression(area=["eu", "us"]), MaxResults=1, **token)
        assert len(page["TableList"]) == 1
        names += [t["Table"]["Name"] for t in page["TableList"]]
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    everything = lf.search_tables_by_lf_tags(Expression=expression(area=["eu", "us"]))["TableList"]
    assert names == [t["Table"]["Name"] for t in everything] and len(names) >= 3
    assert error_of(lf.search_tables_by_lf_tags, Expression=expression(area="eu"), NextToken="?")[0] == "InvalidInputException"


def test_tag_operations_leave_events(admin, lf):
    lf.create_lf_tag(TagKey="recorded", TagValues=["a"])
    events = admin.cloudtrail.lookup_events(
        LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "CreateLFTag"}])["Events"]
    assert any("recorded" in e["CloudTrailEvent"] for e in events)
