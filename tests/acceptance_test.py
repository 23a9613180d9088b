"""The acceptance rules T1 to T20 that no other test proves over the wire, and that the table of all of them is true."""

import json
import re

import pytest

from conftest import ACCOUNT, ROOT
from lake import Lake, storage, table_arn
from lf_words import Someone, error_of, grant, revoke, who

COLUMNS = [("id", "bigint"), ("region", "string"), ("amount", "double")]
ROWS = [(1, "EU", 10.0), (2, "US", 20.0)]
TYPES = ["COLUMN_PERMISSION", "CELL_FILTER_PERMISSION"]
KEYS = [{"Name": "day", "Type": "int"}]


@pytest.fixture(scope="module")
def lake(server, admin) -> Lake:
    lake = Lake(server, admin, "acceptance").build()
    lake.table("orders", COLUMNS, ROWS)
    admin.glue.create_table(DatabaseName=lake.database, TableInput={
        "Name": "daily", "StorageDescriptor": storage(lake.location("daily"), COLUMNS), "PartitionKeys": KEYS})
    admin.glue.create_partition(DatabaseName=lake.database, TableName="daily", PartitionInput={
        "Values": ["10"], "StorageDescriptor": storage(lake.location("daily/day=10"), COLUMNS)})
    return lake


def engine(server, admin) -> Someone:
    return Someone(server, admin, "engine", session_tags={"LakeFormationAuthorizedCaller": "hello_world"})


def metadata(lake: Lake, someone: Someone, name: str) -> dict:
    return someone.glue.get_unfiltered_table_metadata(
        CatalogId=ACCOUNT, DatabaseName=lake.database, Name=name, SupportedPermissionTypes=TYPES)


# T8

def test_t8_a_database_at_a_registered_location_needs_access_to_it(server, admin, lake):
    maker = Someone(server, admin)
    grant(admin, maker.arn, {"Catalog": {}}, ["CREATE_DATABASE"])
    maker.glue.create_database(DatabaseInput={"Name": "t8_elsewhere", "LocationUri": "s3://unregistered/t8/"})
    inside = {"Name": "t8_inside", "LocationUri": lake.location("t8")}
    code, message = error_of(maker.glue.create_database, DatabaseInput=inside)
    assert code == "AccessDeniedException" and "DATA_LOCATION_ACCESS" in message
    grant(admin, maker.arn, {"DataLocation": {"ResourceArn": f"arn:aws:s3:::{lake.bucket}"}}, ["DATA_LOCATION_ACCESS"])
    maker.glue.create_database(DatabaseInput=inside)


# T9

def test_t9_all_through_tags_on_some_columns_is_select_and_describe_until_the_key_goes(server, admin, lake):
    lake.table("t9", COLUMNS, ROWS)
    on = {"Table": {"DatabaseName": lake.database, "Name": "t9"}}
    admin.lakeformation.create_lf_tag(TagKey="t9", TagValues=["open", "closed"])
    for carrier, value in (({"Database": {"Name": lake.database}}, "open"), (lake.columns("t9", "amount"), "closed")):
        assert not admin.lakeformation.add_lf_tags_to_resource(
            Resource=carrier, LFTags=[{"TagKey": "t9", "TagValues": [value]}])["Failures"]
    someone = engine(server, admin)
    grant(admin, someone.arn, {"LFTagPolicy": {
        "ResourceType": "TABLE", "Expression": [{"TagKey": "t9", "TagValues": ["open"]}]}}, ["ALL"])
    assert metadata(lake, someone, "t9")["AuthorizedColumns"] == ["id", "region"]
    held = admin.lakeformation.list_permissions(Principal=who(someone.arn), Resource=on)["PrincipalResourcePermissions"]
    assert {p for row in held for p in row["Permissions"]} == {"SELECT", "DESCRIBE"}
    admin.lakeformation.delete_lf_tag(TagKey="t9")
    assert error_of(metadata, lake=lake, someone=someone, name="t9")[0] == "AccessDeniedException"


# T16

def vends(lake: Lake, someone: Someone) -> list:
    """Each call that vends, once."""
    lf = someone.lf
    return [lambda: lf.get_temporary_glue_table_credentials(
                TableArn=table_arn(lake.database, "orders"), Permissions=["SELECT"], SupportedPermissionTypes=TYPES),
            lambda: lf.get_temporary_glue_partition_credentials(
                TableArn=table_arn(lake.database, "daily"), Partition={"Values": ["10"]}, Permissions=["SELECT"],
                SupportedPermissionTypes=TYPES),
            lambda: lf.get_temporary_data_location_credentials(DataLocations=[lake.location("orders")])]


def data_access_events(admin, arn: str) -> list[dict]:
    """Newest first."""
    found, token = [], {}
    while True:
        page = admin.cloudtrail.lookup_events(
            LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "GetDataAccess"}], **token)
        found += [json.loads(event["CloudTrailEvent"]) for event in page["Events"]]
        if "NextToken" not in page:
            return [e for e in found if e["additionalEventData"].get("lakeFormationPrincipal") == arn]
        token = {"NextToken": page["NextToken"]}


@pytest.mark.parametrize("number, table", list(enumerate(["orders", "daily", "orders"])), ids=["table", "partition", "location"])
def test_t16_each_vend_and_each_denial_is_one_event_with_principal_resource_and_reason(server, admin, lake, number, table):
    someone = engine(server, admin)
    vend = vends(lake, someone)[number]
    lake.trust_engines(AllowFullTableExternalDataAccess=True)
    try:
        assert error_of(vend)[0] == "AccessDeniedException"
        grant(admin, someone.arn, {"Table": {"DatabaseName": lake.database, "Name": table}}, ["SELECT"])
        vend()
    finally:
        lake.trust_engines(AllowFullTableExternalDataAccess=False)
    allowed, denied = data_access_events(admin, someone.arn)
    arn, place = table_arn(lake.database, table), lake.location(table)
    for event in (allowed, denied):  # a place is asked for by its name; which hidden table lies there is not told
        asked = event["requestParameters"]
        assert asked.get("tableArn") == arn or asked.get("dataLocations") == [place]
        assert event["userIdentity"]["sessionContext"]["sessionIssuer"]["arn"] == someone.arn
    assert [r["ARN"] for r in allowed["resources"]] == [arn]
    assert denied["errorCode"] == "AccessDenied" and "Required Select" in denied["errorMessage"]
    assert denied["additionalEventData"]["explanation"] and denied["additionalEventData"]["decisionId"]
    assert "errorCode" not in allowed
    assert ["SELECT" in ground and someone.arn in ground for ground in allowed["additionalEventData"]["grounds"]] == [True]


# T17

def test_t17_a_batch_does_what_it_can_and_echoes_the_one_bad_entry(server, admin, lake):
    someone = Someone(server, admin)
    entries = [{"Id": name, "Principal": who(someone.arn), "Permissions": ["SELECT"], "PermissionsWithGrantOption": ["SELECT"],
                "Resource": {"Table": {"CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": name}}}
               for name in ("orders", "t17_absent", "daily")]
    answer = admin.lakeformation.batch_grant_permissions(Entries=entries)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert [failure["RequestEntry"] for failure in answer["Failures"]] == [entries[1]]
    assert {t["Name"] for t in someone.glue.get_tables(DatabaseName=lake.database)["TableList"]} == {"orders", "daily"}


# T18

def test_t18_a_partition_expression_has_at_most_2048_characters(admin, lake):
    where = {"DatabaseName": lake.database, "TableName": "daily"}
    def filling(size: int) -> str:
        return "day > 9".ljust(size)
    assert len(admin.glue.get_partitions(**where, Expression=filling(2048))["Partitions"]) == 1  # as text, '10' < '9'
    assert error_of(admin.glue.get_partitions, **where, Expression=filling(2049))[0] == "InvalidInputException"
    assert error_of(admin.glue.get_partitions, **where, Expression="amount > 9")[0] == "InvalidInputException"


# T19

@pytest.mark.parametrize("columns", [
    [("id", "bigint"), ("amount", "double")],
    [("id", "bigint"), ("area", "string"), ("amount", "double")],
    [("id", "bigint"), ("region", "bigint"), ("amount", "double")],
], ids=["dropped", "renamed", "retyped"])
def test_t19_a_column_that_a_row_filter_asks_about_does_not_go_while_it_does(server, admin, lake, columns, request):
    name = f"t19_{request.node.callspec.id}"
    lake.table(name, COLUMNS, ROWS)
    someone = engine(server, admin)
    on = lake.filter(name, "eu", "region = 'EU'")
    grant(admin, someone.arn, on, ["SELECT"])
    before = metadata(lake, someone, name)
    change = {"Name": name, "TableType": "EXTERNAL_TABLE", "StorageDescriptor": storage(lake.location(name), columns)}
    assert error_of(admin.glue.update_table, DatabaseName=lake.database, TableInput=change)[0] == "InvalidInputException"
    after = metadata(lake, someone, name)
    assert after["RowFilter"] == before["RowFilter"] == "\"region\" = 'EU'"
    assert after["AuthorizedColumns"] == ["id", "region", "amount"]
    revoke(admin, someone.arn, on, ["SELECT"])
    admin.lakeformation.delete_data_cells_filter(**on["DataCellsFilter"])
    admin.glue.update_table(DatabaseName=lake.database, TableInput=change)
    assert error_of(metadata, lake=lake, someone=someone, name=name)[0] == "AccessDeniedException"


# T20

def test_t20_related_permissions_are_of_a_table_and_not_of_one_principal(server, admin, lake):
    someone, on = Someone(server, admin), {"Table": {"DatabaseName": lake.database, "Name": "orders"}}
    for arguments in ({"Principal": who(someone.arn)}, {"Principal": who(someone.arn), "Resource": on}):
        code, _ = error_of(admin.lakeformation.list_permissions, IncludeRelated="TRUE", **arguments)
        assert code == "InvalidInputException"
    assert "PrincipalResourcePermissions" in admin.lakeformation.list_permissions(IncludeRelated="TRUE", Resource=on)


# The table

def rules() -> dict[str, str]:
    """T number -> where it is proved, from docs/wire/acceptance.md."""
    rows = (line.strip("| \n").split(" | ") for line in (ROOT / "docs/wire/acceptance.md").read_text().splitlines())
    return {row[0]: row[-1] for row in rows if re.fullmatch(r"T\d+", row[0])}


def is_there(proof: str) -> bool:
    """`x_test.py::test_y`, `scenarios/x.scenario`, or a test beside the sources: `src/floor/x_test.cc::Name`."""
    path, _, test = proof.partition("::")
    text = (ROOT / ("" if path.startswith("src/") else "tests") / path).read_text()
    return bool(text) and (not test or f"def {test}(" in text or f", {test})" in text)


@pytest.mark.parametrize("section, parts", [
    ("Identity and federation", "123456789"), ("Sharing across accounts", "1234567"), ("The data-sharing workflow", "12345678"),
    ("The console", "123456")])
def test_each_part_of_a_section_has_tests_that_are_there(section, parts):
    page = (ROOT / "docs/wire/acceptance.md").read_text().split(f"\n## {section}\n")[1].split("\n## ")[0]
    listed = [line.strip("| ").split(" | ") for line in page.splitlines() if re.match(r"\| \d ", line)]
    assert {row[0][0] for row in listed} == set(parts)
    for part, says, proofs in listed:
        named = re.findall(r"`([^`]+)`", proofs)
        assert named, (part, says)
        assert not [proof for proof in named if not is_there(proof)], (part, says)


def test_every_rule_has_a_test_that_is_there_or_a_reason():
    listed = rules()
    assert list(listed) == [f"T{n}" for n in range(1, 21)]
    for rule, proofs in listed.items():
        named = re.findall(r"`([\w/]+\.(?:py|scenario))(?:::(\w+))?`", proofs)
        assert named or proofs.startswith("not yet: "), rule
        for file, test in named:
            text = (ROOT / "tests" / file).read_text()
            assert f"def {test}(" in text if file.endswith(".py") else text, f"{rule}: {file} {test}"
