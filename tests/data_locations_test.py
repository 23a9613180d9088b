"""DATA_LOCATION_ACCESS: who may put databases, tables and partitions where. A test's name is the rule it proves."""

import pytest

from conftest import ACCOUNT
from lake import Lake, role_arn, storage, trust_service
from lf_words import Someone, database, error_of, grant, revoke

COLUMNS = [("id", "bigint")]
BUCKET = "placed"


def arn(path: str) -> str:
    return f"arn:aws:s3:::{BUCKET}" + (f"/{path}" if path else "")


def location(path: str) -> dict:
    return {"DataLocation": {"ResourceArn": arn(path)}}


def register(admin, path: str, **more):
    admin.lakeformation.register_resource(ResourceArn=arn(path), RoleArn=role_arn("placer"), **more)


@pytest.fixture(scope="module", autouse=True)
def registered(admin):
    """registered/ and hybrid/ are registered, registered/deep/nested in its own right; free/ is not."""
    admin.iam.create_role(RoleName="placer", AssumeRolePolicyDocument=trust_service())
    register(admin, "registered")
    register(admin, "registered/deep/nested")
    register(admin, "hybrid", HybridAccessEnabled=True)
    for name, path in (("plain", None), ("based", "registered/base"), ("loose", "free/base")):
        admin.glue.create_database(DatabaseInput={"Name": f"placed_{name}"} | ({"LocationUri": f"s3://{BUCKET}/{path}"} if path else {}))


class Maker(Someone):
    """Somebody who may make databases and tables, wherever they need no place."""

    def __init__(self, server, admin):
        super().__init__(server, admin, "maker")
        grant(admin, self.arn, {"Catalog": {}}, ["CREATE_DATABASE"])
        for name in ("plain", "based", "loose"):
            grant(admin, self.arn, database(f"placed_{name}"), ["CREATE_TABLE"])
        self.made = 0

    @property
    def name_prefix(self) -> str:
        return "by_" + self.arn.rsplit("/", 1)[1].replace("-", "_")

    def makes_table(self, place: str | None, below: str = "plain") -> bool:
        where = storage(place, COLUMNS) if place else {"Columns": [{"Name": "id", "Type": "bigint"}]}
        return allowed(self.glue.create_table, DatabaseName=f"placed_{below}",
                       TableInput={"Name": self.new_name(), "StorageDescriptor": where})

    def makes_database(self, place: str | None) -> bool:
        return allowed(self.glue.create_database,
                       DatabaseInput={"Name": self.new_name()} | ({"LocationUri": place} if place else {}))

    def new_name(self) -> str:
        self.made += 1
        return f"{self.name_prefix}_{self.made}"


def allowed(call, **arguments) -> bool:
    """False when the place is why it is refused."""
    from botocore.exceptions import ClientError
    try:
        call(**arguments)
        return True
    except ClientError as error:
        message = error.response["Error"]["Message"]
        assert message.startswith("Insufficient Lake Formation permission(s) on s3://"), message
        assert error.response["Error"]["Code"] == "AccessDeniedException"
        return False


def s3(path: str) -> str:
    return f"s3://{BUCKET}/{path}"


@pytest.fixture
def maker(server, admin):
    return Maker(server, admin)


# The four cases

@pytest.mark.parametrize("below", ["plain", "based", "loose"])
def test_a_place_that_is_not_registered_needs_nothing(maker, below):
    assert maker.makes_table(s3("free/orders"), below) and maker.makes_table(None, below)


def test_a_database_without_a_registered_place_needs_nothing(maker):
    assert maker.makes_database(None) and maker.makes_database(s3("free/db"))


def test_a_database_at_a_registered_place_needs_access_to_it(maker, admin):
    assert not maker.makes_database(s3("registered/db"))
    grant(admin, maker.arn, location("registered"), ["DATA_LOCATION_ACCESS"])
    assert maker.makes_database(s3("registered/db"))


@pytest.mark.parametrize("below", ["plain", "loose"])
def test_a_table_at_a_registered_place_not_below_its_database_needs_access(maker, admin, below):
    assert not maker.makes_table(s3("registered/orders"), below)
    grant(admin, maker.arn, location("registered/orders"), ["DATA_LOCATION_ACCESS"])
    assert maker.makes_table(s3("registered/orders"), below)


def test_a_table_below_its_databases_registered_place_needs_nothing(maker):
    assert maker.makes_table(s3("registered/base/orders"), "based")
    assert not maker.makes_table(s3("registered/elsewhere"), "based")
    assert not maker.makes_table(s3("registered/based"), "based")  # a name that begins like it


# What covers what

def test_access_to_a_path_is_access_to_what_is_below_it_and_to_nothing_beside_it(maker, admin):
    grant(admin, maker.arn, location("registered/mine"), ["DATA_LOCATION_ACCESS"])
    assert maker.makes_table(s3("registered/mine")) and maker.makes_table(s3("registered/mine/a/b/"))
    for path in ("registered/mineral", "registered", "registered/min", "registered/other"):
        assert not maker.makes_table(s3(path)), path


def test_a_registration_governs_whole_names_only(maker):
    assert maker.makes_table(s3("registeredmore/orders"))
    assert not maker.makes_table(s3("registered"))
    assert maker.makes_table(s3("regist"))


def test_a_registration_inside_another_is_covered_by_access_to_either(server, admin):
    outer, inner = Maker(server, admin), Maker(server, admin)
    grant(admin, outer.arn, location("registered"), ["DATA_LOCATION_ACCESS"])
    grant(admin, inner.arn, location("registered/deep/nested"), ["DATA_LOCATION_ACCESS"])
    assert outer.makes_table(s3("registered/deep/nested/t")) and outer.makes_table(s3("registered/deep/t"))
    assert inner.makes_table(s3("registered/deep/nested/t")) and not inner.makes_table(s3("registered/deep/t"))


@pytest.mark.parametrize("url", ["s3a://placed/registered/x", "s3n://placed/registered/x", "S3://placed/registered/x",
                                 "s3://placed//registered/x", "s3://placed/registered//x", "s3://placed/registered/./x"])
def test_a_place_spelled_otherwise_does_not_get_around_its_registration(maker, url):
    from botocore.exceptions import ClientError
    try:
        maker.glue.create_table(DatabaseName="placed_plain",
                                TableInput={"Name": maker.new_name(), "StorageDescriptor": storage(url, COLUMNS)})
    except ClientError as error:
        assert error.response["Error"]["Code"] in ("AccessDeniedException", "InvalidInputException")
    else:
        # It was made: then nothing may be vended for it, as it is no registered place.
        made = maker.glue.get_tables(DatabaseName="placed_plain", Expression=f"{maker.name_prefix}_.*")["TableList"]
        assert [t["IsRegisteredWithLakeFormation"] for t in made] == [False]


def test_locations_are_granted_only_where_something_is_registered(admin, maker):
    code, _ = error_of(grant, clients=admin, arn=maker.arn, resource=location("free"), permissions=["DATA_LOCATION_ACCESS"])
    assert code == "EntityNotFoundException"
    code, message = error_of(grant, clients=admin, arn=maker.arn, resource=location("registered"), permissions=["SELECT"])
    assert code == "InvalidInputException" and message.startswith("Permissions modification is invalid.")


def test_who_holds_the_option_passes_it_on_for_the_path_and_below(server, admin, maker):
    other = Maker(server, admin)
    grant(admin, maker.arn, location("registered/mine"), ["DATA_LOCATION_ACCESS"], ["DATA_LOCATION_ACCESS"])
    grant(maker.clients, other.arn, location("registered/mine/theirs"), ["DATA_LOCATION_ACCESS"])
    assert other.makes_table(s3("registered/mine/theirs/t")) and not other.makes_table(s3("registered/mine/t"))
    code, message = error_of(grant, clients=maker.clients, arn=other.arn, resource=location("registered"),
                             permissions=["DATA_LOCATION_ACCESS"])
    assert code == "AccessDeniedException" and message.startswith("Not authorized to grant permissions for the resource")


def test_the_refusal_names_the_place_and_its_registration(maker):
    code, message = error_of(maker.glue.create_table, DatabaseName="placed_plain", TableInput={
        "Name": "x", "StorageDescriptor": storage(s3("registered/secret"), COLUMNS)})
    assert "s3://placed/registered/secret" in message and arn("registered") in message
    assert "DATA_LOCATION_ACCESS" in message and "data lake administrator" in message


# Updates, partitions, other locations

def test_an_update_needs_access_to_what_it_places_anew(maker, admin):
    grant(admin, maker.arn, location("registered/from"), ["DATA_LOCATION_ACCESS"])
    maker.glue.create_table(DatabaseName="placed_plain", TableInput={
        "Name": "moving", "StorageDescriptor": storage(s3("registered/from/t"), COLUMNS)})
    revoke(admin, maker.arn, location("registered/from"), ["DATA_LOCATION_ACCESS"])

    def moves(path: str) -> bool:
        return allowed(maker.glue.update_table, DatabaseName="placed_plain", TableInput={
            "Name": "moving", "StorageDescriptor": storage(s3(path), COLUMNS)})

    assert moves("registered/from/t")      # it stays
    assert not moves("registered/to")
    assert moves("free/t")                 # not registered
    assert not moves("registered/from/t")  # and back is anew
    assert not moves("hybrid/t")


def test_a_database_is_moved_with_access_only(maker, admin):
    name = maker.new_name()
    maker.glue.create_database(DatabaseInput={"Name": name})

    def moves(**change) -> bool:
        return allowed(maker.glue.update_database, Name=name, DatabaseInput={"Name": name} | change)

    assert moves(Description="here") and moves(LocationUri=s3("free/db"))
    assert not moves(LocationUri=s3("registered/db")) and not moves(LocationUri=s3("hybrid/db"))
    grant(admin, maker.arn, location("registered"), ["DATA_LOCATION_ACCESS"])
    assert moves(LocationUri=s3("registered/db"))
    revoke(admin, maker.arn, location("registered"), ["DATA_LOCATION_ACCESS"])
    assert moves(LocationUri=s3("registered/db"), Description="stays")


def test_partitions_need_access_where_they_are_not_below_their_table(maker, admin):
    keys = [{"Name": "day", "Type": "string"}]
    maker.glue.create_table(DatabaseName="placed_based", TableInput={
        "Name": "parted", "PartitionKeys": keys, "StorageDescriptor": storage(s3("registered/base/parted"), COLUMNS)})
    table = dict(DatabaseName="placed_based", TableName="parted")

    def partition(day: str, path: str) -> dict:
        return {"Values": [day], "StorageDescriptor": storage(s3(path), COLUMNS)}

    def makes(day: str, path: str) -> bool:
        return allowed(maker.glue.create_partition, **table, PartitionInput=partition(day, path))

    assert makes("1", "registered/base/parted/1") and makes("2", "free/2")
    assert not makes("3", "registered/other") and not makes("3", "hybrid/3") and not makes("3", "registered/base/partedmore")
    assert not allowed(maker.glue.update_partition, **table, PartitionValueList=["1"], PartitionInput=partition("1", "registered/other"))
    assert not allowed(maker.glue.batch_create_partition, **table, PartitionInputList=[
        partition("4", "registered/base/parted/4"), partition("5", "registered/other")])
    values = {p["Values"][0] for p in maker.glue.get_partitions(**table)["Partitions"]}
    assert values == {"1", "2"}
    grant(admin, maker.arn, location("registered/other"), ["DATA_LOCATION_ACCESS"])
    assert makes("5", "registered/other/5")


def test_every_location_of_a_table_counts(maker):
    where = storage(s3("free/t"), COLUMNS) | {"AdditionalLocations": [s3("registered/more")]}
    assert not allowed(maker.glue.create_table, DatabaseName="placed_plain",
                       TableInput={"Name": maker.new_name(), "StorageDescriptor": where})


def test_administrators_have_access_everywhere(admin):
    admin.glue.create_table(DatabaseName="placed_plain", TableInput={
        "Name": "administered", "StorageDescriptor": storage(s3("registered/by-admin"), COLUMNS)})


# Registering

def test_a_place_is_registered_once_however_it_is_spelled(admin):
    for path in ("registered", "registered/"):
        code, message = error_of(register, admin=admin, path=path)
        assert (code, message) == ("AlreadyExistsException", "Resource is already registered")


@pytest.mark.parametrize("change", [{"UseServiceLinkedRole": True}, {"RoleArn": None}, {"RoleArn": "arn:aws:iam::1:user/x"}])
def test_a_registration_has_one_role(server, admin, change):
    import boto3
    from botocore.config import Config
    from conftest import REGION
    unchecked = boto3.Session(*server.keys(), region_name=REGION).client(
        "lakeformation", endpoint_url=server.endpoint, config=Config(parameter_validation=False, retries={"max_attempts": 1}))
    arguments = {"ResourceArn": arn("fresh"), "RoleArn": role_arn("placer")} | change
    code, _ = error_of(unchecked.register_resource, **{k: v for k, v in arguments.items() if v is not None})
    assert code in ("InvalidInputException", "ValidationException")


def test_registrations_with_the_service_linked_role_are_not_edited(admin):
    admin.lakeformation.register_resource(ResourceArn=arn("linked"), UseServiceLinkedRole=True)
    code, message = error_of(admin.lakeformation.update_resource, ResourceArn=arn("linked"), RoleArn=role_arn("placer"))
    assert code == "InvalidInputException" and "can't be edited" in message
    assert error_of(admin.lakeformation.update_resource, ResourceArn=arn("absent"), RoleArn=role_arn("placer"))[0] == "EntityNotFoundException"
    admin.lakeformation.deregister_resource(ResourceArn=arn("linked"))
    assert error_of(admin.lakeformation.describe_resource, ResourceArn=arn("linked"))[0] == "EntityNotFoundException"


def test_a_place_that_is_not_registered_any_more_needs_nothing(maker, admin):
    register(admin, "passing")
    assert not maker.makes_table(s3("passing/t"))
    admin.lakeformation.deregister_resource(ResourceArn=arn("passing"))
    assert maker.makes_table(s3("passing/t"))
