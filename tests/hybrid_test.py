"""Hybrid access mode over the wire: who has opted in is governed, everybody else goes on as before.

On a server of its own: what IAM alone decides is seen by everybody."""

import pytest

from conftest import ACCOUNT, server_of_its_own
from lake import Lake, location_policy, role_arn, storage, table_arn, trust_service
from lf_words import Someone, columns, database, error_of, grant, pairs, table, tag, who

COLUMNS = [("id", "bigint"), ("region", "string"), ("secret", "string")]
EVERYBODY = "IAM_ALLOWED_PRINCIPALS"
TYPES = ["COLUMN_PERMISSION", "CELL_FILTER_PERMISSION"]


server, admin = server_of_its_own("hybrid")


@pytest.fixture(scope="module")
def lake(server, admin):
    """A lake whose bucket is registered in hybrid access mode; `open` is IAM's, `closed` is Lake Formation's."""
    lake = Lake(server, admin, "hybrid").build()
    registrar = role_arn("hybrid-location")
    admin.lakeformation.update_resource(ResourceArn=f"arn:aws:s3:::{lake.bucket}", RoleArn=registrar, HybridAccessEnabled=True)
    lake.trust_engines(AllowFullTableExternalDataAccess=True)
    for name in ("open", "closed"):
        lake.table(name, COLUMNS, [(1, "EU", "x")])
    grant(admin, EVERYBODY, table(lake.database, "open"), ["ALL"])
    return lake


def opt_in(admin, arn: str, resource: dict, **more):
    admin.lakeformation.create_lake_formation_opt_in(Principal=who(arn), Resource=resource, **more)


def seen(lake, someone, name: str = "open") -> dict:
    return someone.glue.get_unfiltered_table_metadata(
        CatalogId=ACCOUNT, DatabaseName=lake.database, Name=name, SupportedPermissionTypes=TYPES)


def vend(lake, someone, name: str = "open"):
    return someone.lf.get_temporary_glue_table_credentials(
        TableArn=table_arn(lake.database, name), SupportedPermissionTypes=TYPES, Permissions=["SELECT"])


def engine(lake, server, admin) -> Someone:
    return Someone(server, admin, "engine", session_tags={"LakeFormationAuthorizedCaller": "hello_world"})


def test_who_has_not_opted_in_is_unaffected_and_reads_with_its_own_rights(server, admin, lake):
    someone = engine(lake, server, admin)
    answer = seen(lake, someone)
    assert answer["AuthorizedColumns"] == ["id", "region", "secret"]
    assert answer["IsRegisteredWithLakeFormation"] is False
    assert someone.glue.get_table(DatabaseName=lake.database, Name="open")["Table"]["IsRegisteredWithLakeFormation"] is False
    code, message = error_of(vend, lake=lake, someone=someone)
    assert code == "AccessDeniedException" and "not opted in" in message and "own S3 permissions" in message
    code, message = error_of(someone.lf.get_temporary_data_location_credentials, DataLocations=[lake.location("open")])
    assert code == "AccessDeniedException" and "not opted in" in message
    assert someone.clients.s3.get_object(Bucket=lake.bucket, Key="open/part-0.parquet")["ContentLength"]


@pytest.mark.parametrize("on", ["table", "all tables", "database", "catalog"])
def test_who_opts_in_is_governed_from_the_next_request_on(server, admin, lake, on):
    resource = {"table": table(lake.database, "open"), "database": database(lake.database), "catalog": {"Catalog": {}},
                "all tables": {"Table": {"DatabaseName": lake.database, "TableWildcard": {}}}}[on]
    someone, other = engine(lake, server, admin), engine(lake, server, admin)
    opt_in(admin, someone.arn, resource)
    assert error_of(seen, lake=lake, someone=someone)[0] == "AccessDeniedException"
    assert someone.glue.get_tables(DatabaseName=lake.database)["TableList"] == [] if on == "table" else True
    grant(admin, someone.arn, columns(lake.database, "open", "id"), ["SELECT"])
    answer = seen(lake, someone)
    assert answer["AuthorizedColumns"] == ["id"] and answer["IsRegisteredWithLakeFormation"] is True
    assert vend(lake, someone)["AccessKeyId"]
    assert seen(lake, other)["AuthorizedColumns"] == ["id", "region", "secret"]
    admin.lakeformation.delete_lake_formation_opt_in(Principal=who(someone.arn), Resource=resource)
    assert seen(lake, someone)["IsRegisteredWithLakeFormation"] is False


def test_who_opts_in_puts_no_tags_on_what_lake_formation_did_not_give_it(server, admin, lake):
    admin.lakeformation.create_lf_tag(TagKey="hybrid-area", TagValues=["eu"])
    someone, other = Someone(server, admin), Someone(server, admin)
    on, tags = table(lake.database, "open"), pairs(**{"hybrid-area": "eu"})
    opt_in(admin, someone.arn, on)
    for one in (someone, other):
        grant(admin, one.arn, tag("hybrid-area"), ["ASSOCIATE"])
    for call in (someone.lf.add_lf_tags_to_resource, someone.lf.remove_lf_tags_from_resource):
        code, message = error_of(call, Resource=on, LFTags=tags)
        assert code == "AccessDeniedException" and "Alter on " in message
    assert error_of(someone.lf.get_resource_lf_tags, Resource=on)[0] == "AccessDeniedException"
    assert not other.lf.add_lf_tags_to_resource(Resource=on, LFTags=tags)["Failures"]
    grant(admin, someone.arn, on, ["ALTER"])
    assert not someone.lf.remove_lf_tags_from_resource(Resource=on, LFTags=tags)["Failures"]


@pytest.fixture(scope="module")
def scattered(server, admin, lake):
    """`parts` is IAM's, lies at a location that is not hybrid, and has the partition `away` in the hybrid one."""
    plain = Lake(server, admin, "plain").build()
    plain.trust_engines(AllowFullTableExternalDataAccess=True)
    admin.glue.create_table(DatabaseName=plain.database, TableInput={
        "Name": "parts", "PartitionKeys": [{"Name": "p", "Type": "string"}],
        "StorageDescriptor": storage(plain.location("parts"), COLUMNS)})
    for value, place in {"home": plain.location("parts/home"), "away": lake.location("parts/away")}.items():
        admin.glue.create_partition(DatabaseName=plain.database, TableName="parts", PartitionInput={
            "Values": [value], "StorageDescriptor": storage(place, COLUMNS)})
    deep = f"{plain.bucket}/parts/deep"
    admin.lakeformation.register_resource(
        ResourceArn=f"arn:aws:s3:::{deep}", RoleArn=role_arn("plain-location"), HybridAccessEnabled=True)
    grant(admin, EVERYBODY, table(plain.database, "parts"), ["ALL"])
    return plain


def registered_parts(plain, someone) -> dict:
    name = dict(CatalogId=ACCOUNT, DatabaseName=plain.database, TableName="parts", SupportedPermissionTypes=TYPES)
    listed = someone.glue.get_unfiltered_partitions_metadata(**name)["UnfilteredPartitions"]
    out = {p["Partition"]["Values"][0]: p["IsRegisteredWithLakeFormation"] for p in listed}
    for value, registered in out.items():
        one = someone.glue.get_unfiltered_partition_metadata(**name, PartitionValues=[value])
        assert one["IsRegisteredWithLakeFormation"] is registered
    return out


def vend_part(plain, someone, value: str):
    return someone.lf.get_temporary_glue_partition_credentials(
        TableArn=table_arn(plain.database, "parts"), Partition={"Values": [value]}, Permissions=["SELECT"],
        SupportedPermissionTypes=TYPES)


def vend_inside(plain, someone, inside: str):
    return someone.lf.get_temporary_glue_table_credentials(
        TableArn=table_arn(plain.database, "parts"), SupportedPermissionTypes=TYPES, Permissions=["SELECT"],
        S3Path=plain.location(f"parts/{inside}"))


def vend_place(plain, someone, inside: str):
    return someone.lf.get_temporary_data_location_credentials(DataLocations=[plain.location(f"parts/{inside}")])["Credentials"]


def test_a_partition_is_governed_by_the_location_it_lies_in(server, admin, lake, scattered):
    someone = engine(lake, server, admin)
    assert registered_parts(scattered, someone) == {"home": True, "away": False}
    assert vend_part(scattered, someone, "home")["AccessKeyId"]
    code, message = error_of(vend_part, plain=scattered, someone=someone, value="away")
    assert code == "AccessDeniedException" and "not opted in" in message


@pytest.mark.parametrize("vend_at", [vend_inside, vend_place])
def test_a_part_of_a_table_is_governed_by_the_location_it_lies_in(server, admin, lake, scattered, vend_at):
    someone = engine(lake, server, admin)
    assert vend_at(scattered, someone, "shallow")["AccessKeyId"]
    code, message = error_of(vend_at, plain=scattered, someone=someone, inside="deep/er")
    assert code == "AccessDeniedException" and "not opted in" in message


def test_who_opts_in_gets_the_partition_that_its_grants_show_as_the_table_does(server, admin, lake, scattered):
    someone = engine(lake, server, admin)
    on = table(scattered.database, "parts")
    opt_in(admin, someone.arn, on)
    assert registered_parts(scattered, someone) == {"home": True, "away": True}
    away = dict(plain=scattered, someone=someone, value="away")
    code, message = error_of(vend_part, **away)
    assert code == "AccessDeniedException" and "Select on" in message
    # The table lies where IAM alone decides, and so its view is whole: engines would not filter this partition.
    grant(admin, someone.arn, columns(scattered.database, "parts", "id"), ["SELECT"])
    code, message = error_of(vend_part, **away)
    assert code == "AccessDeniedException" and "Select on" in message
    grant(admin, someone.arn, on, ["SELECT"])
    assert vend_part(**away)["AccessKeyId"] and vend_part(scattered, someone, "home")["AccessKeyId"]


def test_who_reads_a_hybrid_table_with_its_own_rights_does_so_wherever_its_partitions_lie(server, admin, lake, scattered):
    admin.glue.create_table(DatabaseName=lake.database, TableInput={
        "Name": "spread", "PartitionKeys": [{"Name": "p", "Type": "string"}],
        "StorageDescriptor": storage(lake.location("spread"), COLUMNS)})
    admin.glue.create_partition(DatabaseName=lake.database, TableName="spread", PartitionInput={
        "Values": ["out"], "StorageDescriptor": storage(scattered.location("spread"), COLUMNS)})
    grant(admin, EVERYBODY, table(lake.database, "spread"), ["ALL"])
    someone = engine(lake, server, admin)
    name = dict(CatalogId=ACCOUNT, DatabaseName=lake.database, TableName="spread", SupportedPermissionTypes=TYPES)
    assert someone.glue.get_unfiltered_partition_metadata(**name, PartitionValues=["out"])["IsRegisteredWithLakeFormation"] is False
    code, message = error_of(someone.lf.get_temporary_glue_partition_credentials, TableArn=table_arn(lake.database, "spread"),
                             Partition={"Values": ["out"]}, Permissions=["SELECT"], SupportedPermissionTypes=TYPES)
    assert code == "AccessDeniedException" and "not opted in" in message


def test_a_table_without_the_group_is_governed_for_everybody(server, admin, lake):
    someone = engine(lake, server, admin)
    assert error_of(seen, lake=lake, someone=someone, name="closed")[0] == "AccessDeniedException"
    grant(admin, someone.arn, table(lake.database, "closed"), ["SELECT"])
    assert seen(lake, someone, "closed")["IsRegisteredWithLakeFormation"] is True
    assert vend(lake, someone, "closed")["AccessKeyId"]


def test_a_group_of_all_principals_can_opt_in(server, admin, lake):
    lake.table("everyone", COLUMNS, [(1, "EU", "x")])
    on = table(lake.database, "everyone")
    grant(admin, EVERYBODY, on, ["ALL"])
    someone = engine(lake, server, admin)
    assert seen(lake, someone, "everyone")
    opt_in(admin, f"{ACCOUNT}:IAMPrincipals", on)
    assert error_of(seen, lake=lake, someone=someone, name="everyone")[0] == "AccessDeniedException"
    admin.lakeformation.delete_lake_formation_opt_in(Principal=who(f"{ACCOUNT}:IAMPrincipals"), Resource=on)


def test_an_opt_in_under_a_condition_counts_for_whom_it_holds(server, admin, lake):
    lake.table("conditional", COLUMNS, [(1, "EU", "x")])
    on = table(lake.database, "conditional")
    grant(admin, EVERYBODY, on, ["ALL"])
    condition = {"Expression": 'context.iam.principalTags.getTag("team") == "blue"'}
    opt_in(admin, f"{ACCOUNT}:IAMPrincipals", on, Condition=condition)
    blue = Someone(server, admin, tags={"team": "blue"})
    red = Someone(server, admin, tags={"team": "red"})
    assert error_of(blue.glue.get_table, DatabaseName=lake.database, Name="conditional")[0] == "AccessDeniedException"
    assert red.glue.get_table(DatabaseName=lake.database, Name="conditional")
    listed = admin.lakeformation.list_lake_formation_opt_ins(Resource=on)["LakeFormationOptInsInfoList"]
    assert [o["Condition"] for o in listed] == [condition]
    assert error_of(admin.lakeformation.delete_lake_formation_opt_in, Principal=who(f"{ACCOUNT}:IAMPrincipals"),
                    Resource=on)[0] == "EntityNotFoundException"
    admin.lakeformation.delete_lake_formation_opt_in(Principal=who(f"{ACCOUNT}:IAMPrincipals"), Resource=on, Condition=condition)
    assert blue.glue.get_table(DatabaseName=lake.database, Name="conditional")


def test_switching_hybrid_access_off_governs_everybody_and_on_again_frees_them(server, admin, lake):
    someone = engine(lake, server, admin)
    change = dict(ResourceArn=f"arn:aws:s3:::{lake.bucket}", RoleArn=role_arn("hybrid-location"))
    admin.lakeformation.update_resource(**change, HybridAccessEnabled=False)
    try:
        assert admin.lakeformation.describe_resource(ResourceArn=change["ResourceArn"])["ResourceInfo"]["HybridAccessEnabled"] is False
        answer = seen(lake, someone)  # the group still holds ALL: IAM decides about metadata, Lake Formation vends
        assert answer["IsRegisteredWithLakeFormation"] is True
        assert vend(lake, someone)["AccessKeyId"]
    finally:
        admin.lakeformation.update_resource(**change, HybridAccessEnabled=True)
    assert seen(lake, someone)["IsRegisteredWithLakeFormation"] is False
    admin.lakeformation.update_resource(**change)  # not named: it stays
    assert admin.lakeformation.describe_resource(ResourceArn=change["ResourceArn"])["ResourceInfo"]["HybridAccessEnabled"] is True


def test_hybrid_locations_take_data_location_access_whoever_opted_in(server, admin, lake):
    inside, outside = Someone(server, admin), Someone(server, admin)
    opt_in(admin, inside.arn, database(lake.database))
    for i, someone in enumerate((inside, outside)):
        grant(admin, someone.arn, database(lake.database), ["CREATE_TABLE"])
        wanted = {"Name": f"placed_{i}", "StorageDescriptor": storage(lake.location(f"placed_{i}"), COLUMNS)}
        code, message = error_of(someone.glue.create_table, DatabaseName=lake.database, TableInput=wanted)
        assert code == "AccessDeniedException" and message.startswith("Insufficient Lake Formation permission(s) on s3://")
        grant(admin, someone.arn, {"DataLocation": {"ResourceArn": f"arn:aws:s3:::{lake.bucket}"}}, ["DATA_LOCATION_ACCESS"])
        someone.glue.create_table(DatabaseName=lake.database, TableInput=wanted)


# Opt-ins

def test_only_administrators_opt_anybody_in(server, admin, lake):
    someone = Someone(server, admin)
    on = table(lake.database, "open")
    for call in (someone.lf.create_lake_formation_opt_in, someone.lf.delete_lake_formation_opt_in):
        code, message = error_of(call, Principal=who(someone.arn), Resource=on)
        assert code == "AccessDeniedException" and "Required data lake administrator" in message


def test_opt_ins_are_listed_by_principal_and_resource_and_others_see_their_own(server, admin, lake):
    a, b = Someone(server, admin), Someone(server, admin)
    on, db = table(lake.database, "open"), database(lake.database)
    for arn, resource in ((a.arn, on), (a.arn, db), (b.arn, on)):
        opt_in(admin, arn, resource)
        opt_in(admin, arn, resource)  # once more the same changes nothing

    def listed(clients, **arguments) -> set[tuple]:
        out, token = [], {}
        while True:
            page = clients.lakeformation.list_lake_formation_opt_ins(MaxResults=1, **arguments, **token)
            out += page["LakeFormationOptInsInfoList"]
            if "NextToken" not in page:
                break
            token = {"NextToken": page["NextToken"]}
        return {(o["Principal"]["DataLakePrincipalIdentifier"], next(iter(o["Resource"]))) for o in out}

    assert listed(admin, Principal=who(a.arn)) == {(a.arn, "Table"), (a.arn, "Database")}
    assert listed(admin, Principal=who(a.arn), Resource=on) == {(a.arn, "Table")}
    assert {(a.arn, "Table"), (b.arn, "Table")} <= listed(admin, Resource=on)
    assert listed(a.clients) == {(a.arn, "Table"), (a.arn, "Database")}
    assert listed(b.clients, Principal=who(a.arn)) == set()
    info = admin.lakeformation.list_lake_formation_opt_ins(Principal=who(b.arn))["LakeFormationOptInsInfoList"][0]
    assert info["LastUpdatedBy"] == admin.sts.get_caller_identity()["Arn"] and info["LastModified"].year >= 2024
    for arn, resource in ((a.arn, on), (a.arn, db), (b.arn, on)):
        admin.lakeformation.delete_lake_formation_opt_in(Principal=who(arn), Resource=resource)


@pytest.mark.parametrize("arn,resource,code", [
    ("arn:aws:iam::111122223333:role/absent", {"Catalog": {}}, "InvalidInputException"),
    ("arn:aws:sts::111122223333:assumed-role/r/s", {"Catalog": {}}, "InvalidInputException"),
    (EVERYBODY, {"Catalog": {}}, "InvalidInputException"),
    ("444455556666", {"Catalog": {}}, "InvalidInputException"),
    ("444455556666:IAMPrincipals", {"Catalog": {}}, "InvalidInputException"),
    (f"{ACCOUNT}:IAMPrincipals", database("absent"), "EntityNotFoundException"),
    (f"{ACCOUNT}:IAMPrincipals", table("hybrid", "absent"), "EntityNotFoundException"),
    (f"{ACCOUNT}:IAMPrincipals", tag("any"), "InvalidInputException"),
    (f"{ACCOUNT}:IAMPrincipals", {"DataLocation": {"ResourceArn": "arn:aws:s3:::hybrid-bucket"}}, "InvalidInputException"),
])
def test_what_cannot_opt_in_is_refused(admin, lake, arn, resource, code):
    assert error_of(opt_in, admin=admin, arn=arn, resource=resource)[0] == code


def test_an_unreadable_condition_opts_nobody_in(admin, lake):
    code, _ = error_of(opt_in, admin=admin, arn=f"{ACCOUNT}:IAMPrincipals", resource={"Catalog": {}},
                       Condition={"Expression": "principal == everyone"})
    assert code == "InvalidInputException"


def test_a_dropped_table_takes_its_opt_ins_with_it(server, admin, lake):
    lake.table("gone", COLUMNS, [(1, "EU", "x")])
    someone, on = Someone(server, admin), table(lake.database, "gone")
    opt_in(admin, someone.arn, on)
    admin.glue.delete_table(DatabaseName=lake.database, Name="gone")
    assert admin.lakeformation.list_lake_formation_opt_ins(Principal=who(someone.arn))["LakeFormationOptInsInfoList"] == []


# Privileged access

@pytest.fixture(scope="module")
def privileged(server, admin):
    """A place, and who registered it with privileged access while it was an administrator, which it no longer is."""
    second = Someone(server, admin, "second-admin")
    settings = admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    admin.lakeformation.put_data_lake_settings(
        DataLakeSettings=settings | {"DataLakeAdmins": settings["DataLakeAdmins"] + [who(second.arn)]})
    try:
        place = Lake(server, admin, "privileged")
        admin.s3.create_bucket(Bucket=place.bucket)
        admin.iam.create_role(RoleName="privileged-role", AssumeRolePolicyDocument=trust_service())
        admin.iam.put_role_policy(RoleName="privileged-role", PolicyName="p", PolicyDocument=location_policy(place.bucket))
        register = dict(ResourceArn=f"arn:aws:s3:::{place.bucket}", RoleArn=role_arn("privileged-role"), WithPrivilegedAccess=True)
        nobody = Someone(server, admin)
        code, message = error_of(nobody.lf.register_resource, **register)
        assert code == "AccessDeniedException" and "Required data lake administrator" in message
        second.lf.register_resource(**register)
        assert admin.lakeformation.describe_resource(ResourceArn=register["ResourceArn"])["ResourceInfo"]["WithPrivilegedAccess"] is True
    finally:
        admin.lakeformation.put_data_lake_settings(DataLakeSettings=settings)
    admin.glue.create_database(DatabaseInput={"Name": place.database, "LocationUri": f"s3://{place.bucket}/"})
    return place, second


def test_who_registers_with_privileged_access_may_do_everything_there(admin, privileged):
    place, second = privileged
    admin.glue.create_table(DatabaseName=place.database, TableInput={
        "Name": "t", "StorageDescriptor": storage(place.location("t"), COLUMNS)})
    assert second.glue.get_table(DatabaseName=place.database, Name="t")
    second.glue.delete_table(DatabaseName=place.database, Name="t")


def test_who_registers_with_privileged_access_puts_tags_on_what_lies_there(server, admin, privileged):
    place, second = privileged
    admin.lakeformation.create_lf_tag(TagKey="privileged-area", TagValues=["eu"])
    admin.glue.create_table(DatabaseName=place.database, TableInput={
        "Name": "tagged", "StorageDescriptor": storage(place.location("tagged"), COLUMNS)})
    nobody = Someone(server, admin)
    for one in (second, nobody):
        grant(admin, one.arn, tag("privileged-area"), ["ASSOCIATE"])
    for on in (database(place.database), table(place.database, "tagged")):
        asked = dict(Resource=on, LFTags=pairs(**{"privileged-area": "eu"}))
        assert error_of(nobody.lf.add_lf_tags_to_resource, **asked)[0] == "AccessDeniedException"
        assert not second.lf.add_lf_tags_to_resource(**asked)["Failures"]
