"""Reading what another account shares, over the wire: lists and descriptions, the third-party path, resource links, the
trail and explanations of both accounts; and the ways one could try to get more."""

import itertools
import json
import re
import subprocess

import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT, REGION, WEIR, server_of_its_own
from lake import Lake, SESSION_TAG, allow, storage, table_arn
from lf_words import EVERYTHING, error_of, grant, revoke
from organizations_test import make_account
from sharing_words import Account, all_tables, columns, database, table

CONSUMER, OTHER, NOWHERE = "444455556666", "777788889999", "999999999999"
COLUMNS = [("id", "bigint"), ("dept", "string"), ("country", "string"), ("secret", "string")]
ROWS = [(1, "hr", "us", "a"), (2, "hr", "de", "b"), (3, "it", "us", "c"), (4, "it", "de", "d")]
TYPES = ["COLUMN_PERMISSION", "CELL_FILTER_PERMISSION", "NESTED_PERMISSION", "NESTED_CELL_PERMISSION"]
_numbers = itertools.count()

server, admin = server_of_its_own("sharing_reads")


@pytest.fixture(scope="module")
def lake(server, admin):
    """The owner's: its engines and those of the consumers are trusted to filter."""
    lake = Lake(server, admin, "shared").build()
    lake.trust_engines(ExternalDataFilteringAllowList=[
        {"DataLakePrincipalIdentifier": account} for account in (ACCOUNT, CONSUMER, OTHER)])
    admin.glue.create_user_defined_function(DatabaseName=lake.database, FunctionInput={
        "FunctionName": "mask", "ClassName": "example.Mask", "OwnerName": "o", "OwnerType": "USER"})
    return lake


@pytest.fixture(scope="module")
def consumer(server, lake):
    """The administrator of the account that most is shared with."""
    return make_account(server, CONSUMER)


@pytest.fixture(scope="module")
def other(server, lake):
    return make_account(server, OTHER)


class Reader:
    """A role of a consumer, in a session that an engine would have."""

    def __init__(self, server, clients, account=CONSUMER, actions=tuple(EVERYTHING), tag=SESSION_TAG):
        self.name, self.account, self.server = f"reader-{next(_numbers)}", account, server
        self.arn = f"arn:aws:iam::{account}:role/{self.name}"
        clients.iam.create_role(RoleName=self.name, AssumeRolePolicyDocument=json.dumps({
            "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": account},
                                                    "Action": ["sts:AssumeRole", "sts:TagSession"]}]}))
        clients.iam.put_role_policy(RoleName=self.name, PolicyName="all", PolicyDocument=allow(list(actions)))
        tags = [{"Key": "LakeFormationAuthorizedCaller", "Value": tag}] if tag else []
        answer = clients.sts.assume_role(RoleArn=self.arn, RoleSessionName="engine", Tags=tags)
        self.clients = server.session(answer["Credentials"])
        self.glue, self.lf = self.clients.glue, self.clients.lakeformation

    def query(self, sql: str, *more: str) -> subprocess.CompletedProcess:
        return subprocess.run([WEIR, "query", "--profile", self.account, "--role-arn", self.arn, "--session-tag",
                               SESSION_TAG, "--format", "csv", *more, sql],
                              capture_output=True, text=True, env=self.server.cli_env, timeout=120)


@pytest.fixture()
def reader(server, consumer):
    return Reader(server, consumer)


@pytest.fixture()
def orders(lake):
    """The name of a new table with the four rows."""
    name = f"orders_{next(_numbers)}"
    lake.table(name, COLUMNS, ROWS)
    return name


def accept_all(clients) -> None:
    Account(clients, clients, "").accept()


def share(admin, consumer, resource: dict, permissions=("SELECT",), option=None, account=CONSUMER) -> None:
    grant(admin, account, resource, list(permissions), list(permissions if option is None else option))
    accept_all(consumer)


def metadata(clients, lake, name, catalog=ACCOUNT, **more) -> dict:
    return clients.glue.get_unfiltered_table_metadata(
        CatalogId=catalog, DatabaseName=lake.database, Name=name, SupportedPermissionTypes=TYPES, **more)


def vend(clients, lake, name, permissions=("SELECT",), **more) -> dict:
    return clients.lakeformation.get_temporary_glue_table_credentials(
        TableArn=table_arn(lake.database, name), SupportedPermissionTypes=TYPES, Permissions=list(permissions), **more)


def foreign(clients, kind="FOREIGN", **more) -> list[tuple]:
    pages = clients.glue.get_paginator("get_databases").paginate(ResourceShareType=kind, **more)
    return [(d["CatalogId"], d["Name"]) for page in pages for d in page["DatabaseList"]]


def found(clients, text=None, kind="FOREIGN", **more) -> list[str]:
    names, token, text = [], {}, {"SearchText": text} if text else {}
    while True:
        page = clients.glue.search_tables(ResourceShareType=kind, **text, **more, **token)
        names += [t["Name"] for t in page["TableList"]]
        if "NextToken" not in page:
            return names
        token = {"NextToken": page["NextToken"]}


def described(clients, lake, name) -> dict:
    """Every door to the description of a table of the owner, as calls."""
    where, glue = {"CatalogId": ACCOUNT, "DatabaseName": lake.database}, clients.glue
    of_table = {**where, "TableName": name}
    return {
        "GetTable": lambda: glue.get_table(**where, Name=name),
        "GetPartitions": lambda: glue.get_partitions(**of_table),
        "GetPartition": lambda: glue.get_partition(**of_table, PartitionValues=["mon"]),
        "BatchGetPartition": lambda: glue.batch_get_partition(**of_table, PartitionsToGet=[{"Values": ["mon"]}]),
        "GetTableVersions": lambda: glue.get_table_versions(**of_table),
        "GetTableVersion": lambda: glue.get_table_version(**of_table, VersionId="0"),
        "GetPartitionIndexes": lambda: glue.get_partition_indexes(**of_table),
        "GetColumnStatisticsForTable": lambda: glue.get_column_statistics_for_table(**of_table, ColumnNames=["id"]),
        "GetColumnStatisticsForPartition": lambda: glue.get_column_statistics_for_partition(
            **of_table, PartitionValues=["mon"], ColumnNames=["id"]),
        "GetUnfilteredTableMetadata": lambda: metadata(clients, lake, name),
        "GetUnfilteredPartitionMetadata": lambda: glue.get_unfiltered_partition_metadata(
            **of_table, PartitionValues=["mon"], SupportedPermissionTypes=TYPES),
        "GetUnfilteredPartitionsMetadata": lambda: glue.get_unfiltered_partitions_metadata(
            **of_table, SupportedPermissionTypes=TYPES),
    }


def data(clients, lake, name) -> dict:
    """Every door to its data."""
    return {
        "SELECT metadata": lambda: metadata(clients, lake, name, Permissions=["SELECT"]),
        "GetTemporaryGlueTableCredentials": lambda: vend(clients, lake, name),
        "GetTemporaryGluePartitionCredentials": lambda: clients.lakeformation.get_temporary_glue_partition_credentials(
            TableArn=table_arn(lake.database, name), Partition={"Values": ["mon"]}, SupportedPermissionTypes=TYPES,
            Permissions=["SELECT"]),
    }


def assert_closed(doors: dict) -> None:
    for name, door in doors.items():
        assert error_of(door)[0] == "AccessDeniedException", name


def plain(message: str, *names: str) -> str:
    """A message without what differs anyway."""
    message = re.sub(r"\(decision [0-9a-f-]+\)", "(decision)", message)
    for name in names:
        message = message.replace(name, "NAME")
    return message


@pytest.fixture()
def events(lake, admin):
    """A partitioned table."""
    name = f"events_{next(_numbers)}"
    lake.admin.glue.create_table(DatabaseName=lake.database, TableInput={
        "Name": name, "TableType": "EXTERNAL_TABLE", "PartitionKeys": [{"Name": "day", "Type": "string"}],
        "StorageDescriptor": storage(lake.location(name), COLUMNS)})
    admin.glue.create_partition(DatabaseName=lake.database, TableName=name, PartitionInput={
        "Values": ["mon"], "StorageDescriptor": storage(lake.location(f"{name}/day=mon"), COLUMNS)})
    admin.s3.put_object(Bucket=lake.bucket, Key=f"{name}/day=mon/0.parquet", Body=b"PAR1")
    return name


# --- from the grant to the revocation

def test_nothing_opens_before_the_invitation_is_accepted_and_nothing_stays_open_after_the_revocation(
        server, admin, lake, other, events):
    reader = Reader(server, other, OTHER)
    everybody = (other, reader.clients)

    def assert_nothing_is_seen():
        for clients in everybody:
            assert_closed(described(clients, lake, events) | data(clients, lake, events))
            assert error_of(clients.glue.get_database, CatalogId=ACCOUNT, Name=lake.database)[0] == "AccessDeniedException"
            assert foreign(clients) == [] and found(clients) == []

    assert_nothing_is_seen()
    grant(admin, OTHER, table(lake.database, events), ["SELECT"], ["SELECT"])
    assert_nothing_is_seen()
    accept_all(other)

    # The account's administrator sees what came, the reader nothing yet; data is shown to neither.
    for name, door in described(other, lake, events).items():
        if "Unfiltered" not in name and "Statistics" not in name:  # it is no engine, and has no SELECT
            door()
    assert foreign(other) == [(ACCOUNT, lake.database)] and found(other) == [events]
    assert foreign(reader.clients) == [] and found(reader.clients) == []
    assert_closed(data(other, lake, events) | data(reader.clients, lake, events) | described(reader.clients, lake, events))

    grant(other, reader.arn, table(lake.database, events), ["SELECT"])
    for door in (described(reader.clients, lake, events) | data(reader.clients, lake, events)).values():
        door()
    assert foreign(reader.clients) == [(ACCOUNT, lake.database)] and found(reader.clients) == [events]
    vended = server.session(vend(reader.clients, lake, events))
    assert vended.s3.list_objects_v2(Bucket=lake.bucket, Prefix=f"{events}/")["KeyCount"] == 1

    revoke(admin, OTHER, table(lake.database, events), ["SELECT"], ["SELECT"])
    assert_nothing_is_seen()
    # As inside an account, credentials that were issued stay good until they expire, and are not issued again.
    assert vended.s3.list_objects_v2(Bucket=lake.bucket, Prefix=f"{events}/")["KeyCount"] == 1


def test_a_local_grant_taken_back_closes_every_door(server, admin, lake, consumer, reader, events):
    share(admin, consumer, table(lake.database, events))
    grant(consumer, reader.arn, table(lake.database, events), ["SELECT"])
    doors = described(reader.clients, lake, events) | data(reader.clients, lake, events)
    for door in doors.values():
        door()
    revoke(consumer, reader.arn, table(lake.database, events), ["SELECT"])
    assert_closed(doors)


def test_a_share_with_one_principal_is_its_alone(server, admin, lake, consumer, reader, events):
    second = Reader(server, consumer)
    share(admin, consumer, table(lake.database, events), option=[], account=reader.arn)
    for door in (described(reader.clients, lake, events) | data(reader.clients, lake, events)).values():
        door()
    for clients in (second.clients, consumer):
        assert_closed(described(clients, lake, events) | data(clients, lake, events))
        assert events not in found(clients)
    revoke(admin, reader.arn, table(lake.database, events), ["SELECT"])
    assert_closed(described(reader.clients, lake, events) | data(reader.clients, lake, events))


# --- descriptions and lists

def test_of_the_database_of_a_shared_table_the_name_is_seen(server, admin, lake, consumer, reader):
    name, tables = f"dressed_{next(_numbers)}", ("shown", "kept")
    admin.glue.create_database(DatabaseInput={"Name": name, "Description": "internal", "Parameters": {"cost": "42"},
                                              "LocationUri": f"s3://{lake.bucket}/{name}"})
    for one in tables:
        admin.glue.create_table(DatabaseName=name, TableInput={"Name": one})
    admin.glue.create_user_defined_function(DatabaseName=name, FunctionInput={
        "FunctionName": "fold", "ClassName": "c", "OwnerName": "o", "OwnerType": "USER"})
    share(admin, consumer, table(name, "shown"), ["DESCRIBE"])
    grant(consumer, reader.arn, table(name, "shown"), ["DESCRIBE"])
    where = {"CatalogId": ACCOUNT, "DatabaseName": name}
    for clients in (reader.clients, consumer):
        seen = clients.glue.get_database(CatalogId=ACCOUNT, Name=name)["Database"]
        assert seen["Name"] == name and seen["CatalogId"] == ACCOUNT
        assert not {"Description", "Parameters", "LocationUri"} & {k for k, v in seen.items() if v}
        (listed,) = [d for d in clients.glue.get_databases(ResourceShareType="FOREIGN")["DatabaseList"] if d["Name"] == name]
        assert listed == seen
        assert [t["Name"] for t in clients.glue.get_tables(**where)["TableList"]] == ["shown"]
        # Engines ask for functions of every database they read from: they are answered, and told of none.
        assert clients.glue.get_user_defined_functions(**where, Pattern="*")["UserDefinedFunctions"] == []
        for function in ("fold", "none"):
            code, message = error_of(clients.glue.get_user_defined_function, **where, FunctionName=function)
            assert (code, plain(message, function)) == ("EntityNotFoundException", "Function NAME not found.")
    link = f"link_{name}"
    consumer.glue.create_database(DatabaseInput={"Name": link, "TargetDatabase": {"CatalogId": ACCOUNT, "DatabaseName": name}})
    assert "Description" not in consumer.glue.get_database(Name=link)["Database"]
    share(admin, consumer, database(name), ["DESCRIBE"])
    assert consumer.glue.get_database(CatalogId=ACCOUNT, Name=name)["Database"]["Description"] == "internal"
    assert consumer.glue.get_database(Name=link)["Database"]["Parameters"] == {"cost": "42"}
    assert consumer.glue.get_user_defined_functions(**where, Pattern="*")["UserDefinedFunctions"][0]["CatalogId"] == ACCOUNT
    assert "Description" not in reader.glue.get_database(CatalogId=ACCOUNT, Name=name)["Database"]
    grant(consumer, reader.arn, database(name), ["DESCRIBE"])
    assert reader.glue.get_user_defined_function(**where, FunctionName="fold")
    assert reader.glue.get_database(CatalogId=ACCOUNT, Name=name)["Database"]["Description"] == "internal"


def test_columns_that_are_not_shared_are_in_no_description(server, admin, lake, consumer, reader, orders):
    share(admin, consumer, columns(lake.database, orders, "id", "dept"))
    grant(consumer, reader.arn, columns(lake.database, orders, "id", "dept"), ["SELECT"])
    for clients in (reader.clients, consumer):
        shown = clients.glue.get_table(CatalogId=ACCOUNT, DatabaseName=lake.database, Name=orders)["Table"]
        assert [c["Name"] for c in shown["StorageDescriptor"]["Columns"]] == ["id", "dept"]
        assert orders not in found(clients, "secret") and orders in found(clients, "dept")
        assert orders in found(clients, "dept", kind="ALL") and orders not in found(clients, "dept", kind="FEDERATED")
        assert "secret" not in json.dumps(clients.glue.get_table_versions(
            CatalogId=ACCOUNT, DatabaseName=lake.database, TableName=orders)["TableVersions"], default=str)


def test_lists_go_through_every_owner_page_by_page(server, admin, lake, consumer, other, reader):
    """Two accounts share with the consumer; entries say whose they are."""
    other_names = [f"theirs_{n}" for n in range(3)]
    for name in other_names:
        other.glue.create_database(DatabaseInput={"Name": name})
        grant(other, CONSUMER, database(name, OTHER), ["DESCRIBE"], ["DESCRIBE"])
    own = f"mine_{next(_numbers)}"
    consumer.glue.create_database(DatabaseInput={"Name": own})
    accept_all(consumer)
    every = foreign(consumer)
    assert {owner for owner, _ in every} <= {ACCOUNT, OTHER} and [(OTHER, n) for n in other_names] == every[-3:]
    for size in (1, 2, 3):
        assert foreign(consumer, PaginationConfig={"PageSize": size}) == every
    both = foreign(consumer, "ALL", PaginationConfig={"PageSize": 1})
    own_ones = [(CONSUMER, d["Name"]) for d in consumer.glue.get_databases()["DatabaseList"]]
    assert (CONSUMER, own) in both and sorted(both) == sorted(every + own_ones)
    assert foreign(consumer, "FEDERATED") == []
    assert {owner for owner, _ in foreign(consumer, CatalogId=OTHER)} == {OTHER}
    assert foreign(reader.clients, CatalogId=OTHER) == [] and foreign(reader.clients) == []
    # What goes between two pages neither repeats nor hides others.
    first = consumer.glue.get_databases(ResourceShareType="FOREIGN", MaxResults=len(every) - 2)
    assert [d["Name"] for d in first["DatabaseList"]][-1] == other_names[0]
    revoke(other, CONSUMER, database(other_names[1], OTHER), ["DESCRIBE"], ["DESCRIBE"])
    rest = consumer.glue.get_databases(ResourceShareType="FOREIGN", NextToken=first["NextToken"])
    assert [d["Name"] for d in rest["DatabaseList"]] == [other_names[2]] and "NextToken" not in rest
    for name in (other_names[0], other_names[2]):
        revoke(other, CONSUMER, database(name, OTHER), ["DESCRIBE"], ["DESCRIBE"])
    gone = consumer.glue.get_databases(ResourceShareType="FOREIGN", NextToken=first["NextToken"])
    assert gone["DatabaseList"] == [] and "NextToken" not in gone
    assert error_of(consumer.glue.get_databases, ResourceShareType="FOREIGN", NextToken="%%%")[0] == "InvalidInputException"


def test_lists_leave_out_catalogs_that_iam_closes(server, admin, lake, consumer, orders):
    share(admin, consumer, table(lake.database, orders))
    narrow = Reader(server, consumer, actions=["lakeformation:*"])
    consumer.iam.put_role_policy(RoleName=narrow.name, PolicyName="own", PolicyDocument=allow(
        ["glue:*"], f"arn:aws:glue:{REGION}:{CONSUMER}:*"))
    grant(consumer, narrow.arn, table(lake.database, orders), ["SELECT"])
    assert foreign(narrow.clients) == [] and found(narrow.clients) == []
    assert error_of(narrow.glue.get_table, CatalogId=ACCOUNT, DatabaseName=lake.database, Name=orders)[0] == "AccessDeniedException"


def test_a_search_goes_through_every_owner_page_by_page(server, admin, lake, consumer, orders):
    share(admin, consumer, table(lake.database, orders))
    every = found(consumer)
    assert orders in every
    assert found(consumer, MaxResults=1) == every
    assert set(every) <= set(found(consumer, kind="ALL", MaxResults=2))


# --- changes

def test_what_is_shared_for_changing_is_changed_in_the_owners_catalog(server, admin, lake, consumer, reader, orders):
    rights = ["ALTER", "DROP", "SELECT", "INSERT"]
    where = {"CatalogId": ACCOUNT, "DatabaseName": lake.database}
    change = {"Name": orders, "Description": "changed", "StorageDescriptor": storage(lake.location(orders), COLUMNS)}
    assert error_of(reader.glue.update_table, **where, TableInput=change)[0] == "AccessDeniedException"
    share(admin, consumer, table(lake.database, orders), rights)
    grant(consumer, reader.arn, table(lake.database, orders), ["SELECT"])
    assert error_of(reader.glue.update_table, **where, TableInput=change)[0] == "AccessDeniedException"
    assert error_of(reader.glue.delete_table, **where, Name=orders)[0] == "AccessDeniedException"
    grant(consumer, reader.arn, table(lake.database, orders), rights)
    reader.glue.update_table(**where, TableInput=change)
    assert admin.glue.get_table(DatabaseName=lake.database, Name=orders)["Table"]["Description"] == "changed"
    elsewhere = change | {"StorageDescriptor": storage(f"s3://{lake.bucket}/elsewhere/", COLUMNS)}
    code, message = error_of(reader.glue.update_table, **where, TableInput=elsewhere)
    assert code == "AccessDeniedException" and "DATA_LOCATION_ACCESS" in message
    vended = server.session(vend(reader.clients, lake, orders, ["INSERT"]))
    vended.s3.put_object(Bucket=lake.bucket, Key=f"{orders}/more", Body=b"x")
    assert error_of(vended.s3.put_object, Bucket=lake.bucket, Key="elsewhere/more", Body=b"x")[0] == "AccessDenied"
    reader.glue.delete_table(**where, Name=orders)
    assert error_of(admin.glue.get_table, DatabaseName=lake.database, Name=orders)[0] == "EntityNotFoundException"
    # What was granted went with it: a table made anew under the name is not shared.
    lake.table(orders, COLUMNS, ROWS)
    assert_closed(described(reader.clients, lake, orders) | data(reader.clients, lake, orders))


def test_who_reads_a_part_of_a_shared_table_does_not_change_its_columns(admin, lake, consumer, reader, orders):
    """ALTER came to the account and was passed on; the data came to the person, and of two columns alone."""
    share(admin, consumer, table(lake.database, orders), ["ALTER"])
    grant(consumer, reader.arn, table(lake.database, orders), ["ALTER"])
    change = dict(CatalogId=ACCOUNT, DatabaseName=lake.database, TableInput={
        "Name": orders, "TableType": "EXTERNAL_TABLE", "StorageDescriptor": storage(lake.location(orders), COLUMNS)})
    reader.glue.update_table(**change)
    grant(admin, reader.arn, columns(lake.database, orders, "id", "dept"), ["SELECT"])
    accept_all(consumer)
    assert metadata(reader.clients, lake, orders, Permissions=["SELECT"])["AuthorizedColumns"] == ["id", "dept"]
    reader.glue.update_table(**change)
    change["TableInput"]["StorageDescriptor"]["Columns"] = storage("", COLUMNS[::-1])["Columns"]
    code, message = error_of(reader.glue.update_table, **change)
    assert code == "AccessDeniedException" and "You may read a part" in message


def test_tables_are_made_by_principals_of_the_databases_account(server, admin, lake, consumer, reader):
    share(admin, consumer, database(lake.database), ["CREATE_TABLE", "DESCRIBE"])
    make = dict(CatalogId=ACCOUNT, DatabaseName=lake.database, TableInput={"Name": "planted"})
    assert error_of(reader.glue.create_table, **make)[0] == "AccessDeniedException"
    grant(consumer, reader.arn, database(lake.database), ["CREATE_TABLE"])
    code, message = error_of(reader.glue.create_table, **make)
    assert code == "AccessDeniedException" and "are made by principals of that account" in message
    assert error_of(admin.glue.get_table, DatabaseName=lake.database, Name="planted")[0] == "EntityNotFoundException"
    assert error_of(consumer.glue.create_database, CatalogId=ACCOUNT, DatabaseInput={"Name": "planted"})[0] == "AccessDeniedException"
    revoke(admin, CONSUMER, database(lake.database), ["CREATE_TABLE", "DESCRIBE"], ["CREATE_TABLE", "DESCRIBE"])


def test_the_tags_of_a_shared_database_are_its_accounts(server, admin, lake, consumer):
    name = f"tagged_{next(_numbers)}"
    admin.glue.create_database(DatabaseInput={"Name": name}, Tags={"team": "a"})
    share(admin, consumer, database(name), ["DESCRIBE", "ALTER"])
    arn = f"arn:aws:glue:{REGION}:{ACCOUNT}:database/{name}"
    for call, more in ((consumer.glue.get_tags, {}), (consumer.glue.tag_resource, {"TagsToAdd": {"team": "b"}}),
                       (consumer.glue.untag_resource, {"TagsToRemove": ["team"]})):
        assert error_of(call, ResourceArn=arn, **more)[0] == "AccessDeniedException"
    assert admin.glue.get_tags(ResourceArn=arn)["Tags"] == {"team": "a"}


# --- engines

def test_an_engine_of_the_consumer_reads_with_the_owners_registered_role(server, admin, lake, consumer, reader, orders):
    share(admin, consumer, table(lake.database, orders))
    grant(consumer, reader.arn, table(lake.database, orders), ["SELECT"])
    answer = metadata(reader.clients, lake, orders, Permissions=["SELECT"])
    assert answer["ResourceArn"] == table_arn(lake.database, orders) and answer["Table"]["CatalogId"] == ACCOUNT
    assert answer["AuthorizedColumns"] == [n for n, _ in COLUMNS] and answer["IsRegisteredWithLakeFormation"] is True
    vended = server.session(vend(reader.clients, lake, orders))
    whoami = vended.sts.get_caller_identity()
    assert whoami["Account"] == ACCOUNT and f"{lake.name}-location" in whoami["Arn"]
    assert vended.s3.get_object(Bucket=lake.bucket, Key=f"{orders}/part-0.parquet")["Body"].read(4) == b"PAR1"
    for attempt in (
        lambda: vended.s3.list_objects_v2(Bucket=lake.bucket),
        lambda: vended.s3.get_object(Bucket=lake.bucket, Key="other/secret"),
        lambda: vended.s3.put_object(Bucket=lake.bucket, Key=f"{orders}/new", Body=b"x"),
        lambda: vended.sts.assume_role(RoleArn=reader.arn, RoleSessionName="back"),
        lambda: reader.clients.s3.list_objects_v2(Bucket=lake.bucket, Prefix=f"{orders}/"),  # not with its own rights
    ):
        assert error_of(attempt)[0] in ("AccessDenied", "AccessDeniedException")


def test_it_is_the_owners_settings_that_trust_an_engine(server, admin, lake, consumer, reader, orders):
    share(admin, consumer, table(lake.database, orders))
    untagged = Reader(server, consumer, tag=None)
    mistagged = Reader(server, consumer, tag="another")
    for one in (reader, untagged, mistagged):
        grant(consumer, one.arn, table(lake.database, orders), ["SELECT"])
    # The consumer's own settings trust everything, and do not count.
    settings = consumer.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    consumer.lakeformation.put_data_lake_settings(DataLakeSettings=settings | {
        "AllowExternalDataFiltering": True, "AllowFullTableExternalDataAccess": True,
        "ExternalDataFilteringAllowList": [{"DataLakePrincipalIdentifier": CONSUMER}],
        "AuthorizedSessionTagValueList": [SESSION_TAG, "another"]})
    vend(reader.clients, lake, orders)
    for one in (untagged, mistagged):
        assert_closed({"metadata": lambda: metadata(one.clients, lake, orders), "vend": lambda: vend(one.clients, lake, orders)})
    listed = [{"DataLakePrincipalIdentifier": account} for account in (ACCOUNT, CONSUMER, OTHER)]
    try:
        for change in ({"ExternalDataFilteringAllowList": listed[:1]}, {"AuthorizedSessionTagValueList": ["another"]},
                       {"AllowExternalDataFiltering": False}):
            lake.trust_engines(**{"ExternalDataFilteringAllowList": listed} | change)
            assert_closed({"metadata": lambda: metadata(reader.clients, lake, orders),
                           "vend": lambda: vend(reader.clients, lake, orders)})
    finally:
        lake.trust_engines(ExternalDataFilteringAllowList=listed)
    vend(reader.clients, lake, orders)


def test_the_consumers_iam_must_allow_too_and_iam_alone_opens_nothing(server, admin, lake, consumer, orders):
    no_data = Reader(server, consumer, actions=["glue:*", "s3:*"])
    no_glue = Reader(server, consumer, actions=["lakeformation:*", "s3:*"])
    no_grant = Reader(server, consumer, actions=["*"])
    share(admin, consumer, table(lake.database, orders))
    for one in (no_data, no_glue):
        grant(consumer, one.arn, table(lake.database, orders), ["SELECT"])
    assert metadata(no_data.clients, lake, orders)["AuthorizedColumns"]
    code, message = error_of(lambda: vend(no_data.clients, lake, orders))
    assert code == "AccessDeniedException" and "lakeformation:GetDataAccess" in message
    assert_closed({"metadata": lambda: metadata(no_glue.clients, lake, orders)})
    assert_closed(described(no_grant.clients, lake, orders) | data(no_grant.clients, lake, orders))
    assert orders not in found(no_grant.clients)


def test_row_filters_of_both_accounts_meet(server, admin, lake, consumer, reader, orders):
    hr = lake.filter(orders, "hr", "dept = 'hr'", ["id", "dept", "country"])
    share(admin, consumer, hr)
    us = {"TableCatalogId": ACCOUNT, "DatabaseName": lake.database, "TableName": orders, "Name": "us",
          "RowFilter": {"FilterExpression": "country = 'us'"}}
    create = consumer.lakeformation.create_data_cells_filter
    assert error_of(create, TableData=us | {"ColumnNames": ["id", "secret"]})[0] == "AccessDeniedException"
    create(TableData=us | {"ColumnNames": ["id", "country"]})
    grant(consumer, reader.arn, {"DataCellsFilter": {"TableCatalogId": ACCOUNT, "DatabaseName": lake.database,
                                                     "TableName": orders, "Name": "us"}}, ["SELECT"])
    asked = reader.query(f"SELECT * FROM {lake.database}.{orders}", "--catalog-id", ACCOUNT)
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.split() == ["id,country", "1,us"]
    refused = reader.query(f"SELECT secret FROM {lake.database}.{orders}", "--catalog-id", ACCOUNT)
    assert refused.returncode != 0 and refused.stdout == ""
    link = f"both_{next(_numbers)}"
    consumer.glue.create_database(DatabaseInput={"Name": link, "TargetDatabase": {
        "CatalogId": ACCOUNT, "DatabaseName": lake.database}})
    grant(consumer, reader.arn, database(link, CONSUMER), ["DESCRIBE"])
    assert reader.query(f"SELECT count(*) AS n FROM {link}.{orders}").stdout.split() == ["n", "1"]
    # More than what came is not passed on.
    assert error_of(grant, clients=consumer, arn=reader.arn, resource=table(lake.database, orders),
                    permissions=["SELECT"])[0] == "AccessDeniedException"
    revoke(admin, CONSUMER, hr, ["SELECT"], ["SELECT"])
    assert reader.query(f"SELECT id FROM {link}.{orders}").returncode != 0


# --- attacks

def test_names_of_another_account_cannot_be_probed(server, admin, lake, consumer, other, reader, orders):
    """A stranger, and somebody to whom one table of the database is shared, are answered alike for what is hidden and for
    what is not there; and so for accounts there are and there are not."""
    hidden = f"hidden_{next(_numbers)}"
    lake.table(hidden, COLUMNS, ROWS)
    share(admin, consumer, table(lake.database, orders))
    grant(consumer, reader.arn, table(lake.database, orders), ["SELECT"])
    stranger = Reader(server, other, OTHER)
    for clients in (reader.clients, consumer, stranger.clients, other):
        there = described(clients, lake, hidden) | data(clients, lake, hidden)
        absent = described(clients, lake, "absent") | data(clients, lake, "absent")
        for name in there:
            one, two = error_of(there[name]), error_of(absent[name])
            assert one[0] == two[0] == "AccessDeniedException", name
            assert plain(one[1], hidden) == plain(two[1], "absent"), name
        for call in (clients.glue.get_database, clients.glue.delete_database):
            one, two = error_of(call, CatalogId=ACCOUNT, Name="hidden_db"), error_of(call, CatalogId=ACCOUNT, Name="absent_db")
            assert plain(one[1], "hidden_db") == plain(two[1], "absent_db")
    for call, more in ((stranger.glue.get_databases, {}), (stranger.glue.search_tables, {}),
                       (stranger.glue.get_tables, {"DatabaseName": lake.database}),
                       (stranger.glue.get_user_defined_functions, {"Pattern": "*"})):
        said = [plain(error_of(call, CatalogId=account, **more)[1], account) for account in (ACCOUNT, NOWHERE)]
        assert said[0] == said[1]


def test_a_database_that_is_shared_does_not_tell_which_tables_it_has(server, admin, lake, consumer, orders):
    share(admin, consumer, database(lake.database), ["DESCRIBE"])
    one = error_of(consumer.glue.get_table, CatalogId=ACCOUNT, DatabaseName=lake.database, Name=orders)
    two = error_of(consumer.glue.get_table, CatalogId=ACCOUNT, DatabaseName=lake.database, Name="absent")
    assert one[0] == two[0] == "AccessDeniedException" and plain(one[1], orders) == plain(two[1], "absent")
    every = all_tables(lake.database)
    share(admin, consumer, every, ["DESCRIBE"])
    assert consumer.glue.get_table(CatalogId=ACCOUNT, DatabaseName=lake.database, Name=orders)
    assert error_of(consumer.glue.get_table, CatalogId=ACCOUNT, DatabaseName=lake.database, Name="absent")[0] == "EntityNotFoundException"
    revoke(admin, CONSUMER, every, ["DESCRIBE"], ["DESCRIBE"])
    revoke(admin, CONSUMER, database(lake.database), ["DESCRIBE"], ["DESCRIBE"])


def test_other_spellings_of_an_arn_lead_nowhere_else(server, admin, lake, consumer, reader, orders):
    hidden = f"hidden_{next(_numbers)}"
    lake.table(hidden, COLUMNS, ROWS)
    share(admin, consumer, table(lake.database, orders))
    grant(consumer, reader.arn, table(lake.database, orders), ["SELECT"])
    vend(reader.clients, lake, orders)
    right = table_arn(lake.database, orders)
    for arn in (right.replace(ACCOUNT, CONSUMER), right.replace(ACCOUNT, OTHER), right.replace(ACCOUNT, NOWHERE),
                right.replace(ACCOUNT, ""), right.replace(orders, hidden), right.replace(orders, hidden.upper()),
                right.replace(orders, "*"), right + f"/../{hidden}", right + "/", right.replace("table/", "table//"),
                right.replace(":table/", ":database/")):
        with pytest.raises(ClientError) as error:
            reader.lf.get_temporary_glue_table_credentials(TableArn=arn, SupportedPermissionTypes=TYPES, Permissions=["SELECT"])
            pytest.fail(arn)
        assert error.value.response["Error"]["Code"] in ("AccessDeniedException", "InvalidInputException"), arn
    for catalog in (CONSUMER, OTHER, NOWHERE):
        assert error_of(reader.glue.get_table, CatalogId=catalog, DatabaseName=lake.database, Name=orders)[0] == "AccessDeniedException"


def test_what_an_account_got_it_does_not_pass_to_others(server, admin, lake, consumer, other, orders):
    share(admin, consumer, table(lake.database, orders))
    stranger = Reader(server, other, OTHER)
    for principal in (OTHER, stranger.arn):
        code, _ = error_of(grant, clients=consumer, arn=principal, resource=table(lake.database, orders), permissions=["SELECT"])
        assert code in ("AccessDeniedException", "InvalidInputException")
    assert_closed(described(stranger.clients, lake, orders) | data(stranger.clients, lake, orders))


# --- the trail

def trail(clients, name: str) -> list[dict]:
    pages = clients.cloudtrail.get_paginator("lookup_events").paginate(
        LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": name}])
    return [json.loads(e["CloudTrailEvent"]) for page in pages for e in page["Events"]]


def halves(consumer, admin, event_name: str, about: str) -> tuple[dict, dict]:
    """The newest event of that name that is about the table, in the trail of either account."""
    mine = [e for e in trail(consumer, event_name) if about in json.dumps(e.get("resources", []))][0]
    (theirs,) = [e for e in trail(admin, event_name) if e.get("sharedEventID") == mine["sharedEventID"]]
    return mine, theirs


def test_both_accounts_have_their_half_of_what_was_decided(server, admin, lake, consumer, reader, orders):
    share(admin, consumer, table(lake.database, orders))
    grant(consumer, reader.arn, table(lake.database, orders), ["SELECT"])
    vend(reader.clients, lake, orders)
    mine, theirs = halves(consumer, admin, "GetDataAccess", orders)
    assert (mine["recipientAccountId"], theirs["recipientAccountId"]) == (CONSUMER, ACCOUNT)
    assert mine["sharedEventID"] == mine["eventID"] != theirs["eventID"]
    assert mine["userIdentity"]["type"] == "AssumedRole" and reader.name in mine["userIdentity"]["arn"]
    assert theirs["userIdentity"] == {"type": "AWSAccount", "accountId": CONSUMER,
                                      "principalId": mine["userIdentity"]["principalId"]}
    assert theirs["resources"][0]["ARN"] == table_arn(lake.database, orders) and theirs["resources"] == mine["resources"]
    assert reader.name not in json.dumps(theirs) and reader.name in json.dumps(mine)
    assert any(CONSUMER in g for g in theirs["additionalEventData"]["grounds"])
    assert len(mine["additionalEventData"]["grounds"]) > len(theirs["additionalEventData"]["grounds"])


def test_a_refusal_is_told_to_both_and_explained_by_its_id_to_both(server, admin, lake, consumer, reader, orders):
    share(admin, consumer, table(lake.database, orders))
    _, message = error_of(lambda: vend(reader.clients, lake, orders))
    decision = re.search(r"\(decision ([0-9a-f-]{36})\)", message).group(1)
    mine, theirs = halves(consumer, admin, "GetDataAccess", orders)
    assert mine["eventID"] == decision == theirs["sharedEventID"] and mine["errorCode"] == theirs["errorCode"] == "AccessDenied"
    assert reader.name in json.dumps(mine) and reader.name not in json.dumps(theirs)
    told = {profile: explain(server, profile, "--decision", decision) for profile in ("default", CONSUMER, OTHER)}
    assert reader.name in told[CONSUMER].stdout and f"inside account {CONSUMER}" in told[CONSUMER].stdout
    assert told["default"].returncode == 0 and f"of account {CONSUMER}" in told["default"].stdout
    assert reader.name not in told["default"].stdout
    assert told[OTHER].returncode != 0


def test_the_callers_name_is_told_to_owners_that_its_account_trusts(server, admin, lake, consumer, reader, orders):
    share(admin, consumer, table(lake.database, orders))
    settings = consumer.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    consumer.lakeformation.put_data_lake_settings(DataLakeSettings=settings | {"TrustedResourceOwners": [ACCOUNT]})
    try:
        error_of(lambda: vend(reader.clients, lake, orders))
        _, theirs = halves(consumer, admin, "GetDataAccess", orders)
    finally:
        consumer.lakeformation.put_data_lake_settings(DataLakeSettings=settings | {"TrustedResourceOwners": []})
    assert reader.name in theirs["userIdentity"]["arn"]
    assert theirs["additionalEventData"]["lakeFormationPrincipal"] == reader.arn
    assert "accessKeyId" not in theirs["userIdentity"]


def test_the_names_of_links_stay_in_the_consumers_trail(server, admin, lake, consumer, reader, orders):
    share(admin, consumer, table(lake.database, orders))
    grant(consumer, reader.arn, table(lake.database, orders), ["SELECT"])
    link = f"private_{next(_numbers)}"
    consumer.glue.create_database(DatabaseInput={"Name": link, "TargetDatabase": {
        "CatalogId": ACCOUNT, "DatabaseName": lake.database}})
    grant(consumer, reader.arn, database(link, CONSUMER), ["DESCRIBE"])
    reader.glue.get_table(DatabaseName=link, Name=orders)
    mine, theirs = halves(consumer, admin, "GetTable", orders)
    assert link in json.dumps(mine["requestParameters"]) and link not in json.dumps(theirs)


def test_a_stranger_leaves_its_half_too(server, admin, lake, other, orders):
    stranger = Reader(server, other, OTHER)
    error_of(stranger.glue.get_table, CatalogId=ACCOUNT, DatabaseName=lake.database, Name=orders)
    mine, theirs = halves(other, admin, "GetTable", orders)
    assert theirs["errorCode"] == "AccessDenied" and theirs["userIdentity"]["accountId"] == OTHER
    assert stranger.name in mine["errorMessage"] and stranger.name not in json.dumps(theirs)


# --- explanations

def explain(server, profile: str, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([WEIR, "explain", "--profile", profile, *arguments], capture_output=True, text=True,
                          env=server.cli_env, timeout=60)


def why(server, profile, principal, lake, name, catalog=None, action="SELECT") -> str:
    answer = explain(server, profile, "--principal", principal, "--action", action, "--resource", f"{lake.database}.{name}",
                     *(["--catalog-id", catalog] if catalog else []))
    return answer.stdout if answer.returncode == 0 else answer.stderr


def test_explain_names_both_halves_to_the_consumer_and_the_owners_to_the_owner(server, admin, lake, consumer, reader, orders):
    unshared = why(server, CONSUMER, reader.arn, lake, orders, ACCOUNT)
    assert f"account {ACCOUNT} does not share SELECT" in unshared
    absent = why(server, CONSUMER, reader.arn, lake, "absent", ACCOUNT)
    assert plain(unshared, orders) == plain(absent, "absent")
    share(admin, consumer, table(lake.database, orders))
    half = why(server, CONSUMER, reader.arn, lake, orders, ACCOUNT)
    assert half.startswith("DENY") and f"grant SELECT" in half and f"inside account {CONSUMER}" in half
    grant(consumer, reader.arn, table(lake.database, orders), ["SELECT"])
    both = why(server, CONSUMER, reader.arn, lake, orders, ACCOUNT)
    assert both.startswith("ALLOW") and "resource-share/" in both and reader.name in both
    owner = why(server, "default", reader.arn, lake, orders)
    assert owner.startswith("ALLOW") and "resource-share/" in owner and "by policies of its own" in owner
    assert "columns:" not in owner
    # Nobody but their account and the owner of the table is told of principals, nor whether there are any.
    for asked in (reader.arn, reader.arn + "x"):
        assert "No user or role" in why(server, OTHER, asked, lake, orders, ACCOUNT)


def test_a_pending_invitation_is_named_to_who_may_know(server, admin, lake, consumer, orders):
    fresh = "123412341234"
    newcomer = make_account(server, fresh)
    reader = Reader(server, newcomer, fresh)
    grant(admin, fresh, table(lake.database, orders), ["SELECT"], ["SELECT"])
    (invitation,) = newcomer.ram.get_resource_share_invitations()["resourceShareInvitations"]
    arn = invitation["resourceShareInvitationArn"]
    for profile, catalog in ((fresh, ACCOUNT), ("default", None)):
        told = why(server, profile, reader.arn, lake, orders, catalog)
        assert told.startswith("DENY") and f"pending: resource share {invitation['resourceShareArn']}" in told and arn in told
    accept_all(newcomer)
    assert "pending" not in why(server, fresh, reader.arn, lake, orders, ACCOUNT)
