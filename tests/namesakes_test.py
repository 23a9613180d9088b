"""Users and roles made under a name that another had: they begin with nothing of what Lake Formation gave the other.

On a server of its own, which is stopped in between: orphans of grants are put into its store as an older one left them."""

import sqlite3

import pytest

from conftest import server_of_its_own
from iam_words import fresh
from lake import Lake, allow, location_policy, role_arn, storage, trust_service
from lf_words import Someone, all_rows, columns, database, error_of, expression, grant, policy, table, tag, trust_account, who

COLUMNS = [("id", "bigint"), ("region", "string")]
CLEARED = {"Expression": 'context.iam.principalTags.getTag("team") == "blue"'}


server, _ = server_of_its_own("namesakes")


@pytest.fixture(scope="module")
def lake(server):
    admin = server.session()
    lake = Lake(server, admin, "names").build()
    for name in ("orders", "people"):
        lake.table(name, COLUMNS, [(1, "EU")])
    admin.lakeformation.create_lf_tag(TagKey="area", TagValues=["eu"])
    admin.lakeformation.create_lf_tag_expression(Name="eu", Expression=expression(area="eu"))
    return lake


@pytest.fixture()
def admin(server):
    return server.session()


def give_everything(admin, lake, arn: str) -> None:
    on = table(lake.database, "orders")
    filtered = lake.filter("people", fresh("filter"), "region = 'EU'")
    for resource, permissions in (
            (on, ["SELECT", "DESCRIBE"]), (columns(lake.database, "people", "id"), ["SELECT"]), (filtered, ["SELECT"]),
            (database(lake.database), ["ALTER"]), ({"Catalog": {}}, ["CREATE_DATABASE"]), (tag("area"), ["ASSOCIATE"]),
            (policy("TABLE", area="eu"), ["SELECT"]), ({"LFTagExpression": {"Name": "eu"}}, ["DESCRIBE"]),
            ({"DataLocation": {"ResourceArn": f"arn:aws:s3:::{lake.bucket}"}}, ["DATA_LOCATION_ACCESS"])):
        grant(admin, arn, resource, permissions)
    grant(admin, arn, on, ["INSERT"], Condition=CLEARED)
    for resource in (on, database(lake.database), {"Catalog": {}}):
        admin.lakeformation.create_lake_formation_opt_in(Principal=who(arn), Resource=resource)


def held(admin, arn: str) -> list:
    return all_rows(admin, Principal=who(arn)) + admin.lakeformation.list_lake_formation_opt_ins(
        Principal=who(arn))["LakeFormationOptInsInfoList"]


def delete(admin, role: str) -> None:
    admin.iam.delete_role_policy(RoleName=role, PolicyName="all")
    admin.iam.delete_role(RoleName=role)


def namesake(server, admin, role: str):
    """A new role of that name, and its session."""
    admin.iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust_account())
    admin.iam.put_role_policy(RoleName=role, PolicyName="all", PolicyDocument=allow(["lakeformation:*", "glue:*", "s3:*"]))
    return server.session(admin.sts.assume_role(RoleArn=role_arn(role), RoleSessionName="new")["Credentials"])


def sees_nothing(lake, clients) -> None:
    code, _ = error_of(clients.glue.get_table, DatabaseName=lake.database, Name="orders")
    assert code == "AccessDeniedException"
    assert clients.glue.get_databases()["DatabaseList"] == [] and clients.lakeformation.list_lf_tags()["LFTags"] == []
    assert clients.lakeformation.list_permissions()["PrincipalResourcePermissions"] == []


def test_grants_and_opt_ins_end_with_the_role_and_reach_no_other_of_the_name(server, admin, lake):
    other = Someone(server, admin, "other")
    for someone in (gone := Someone(server, admin, "gone", tags={"team": "blue"})), other:
        give_everything(admin, lake, someone.arn)
    before = len(held(admin, other.arn))
    assert len(held(admin, gone.arn)) == before > 10 and gone.glue.get_table(DatabaseName=lake.database, Name="orders")
    delete(admin, gone.name)
    assert held(admin, gone.arn) == [] and len(held(admin, other.arn)) == before
    sees_nothing(lake, namesake(server, admin, gone.name))
    assert other.glue.get_table(DatabaseName=lake.database, Name="orders")


@pytest.mark.parametrize("path", ["/", "/team/"])
def test_grants_end_with_the_user(server, admin, lake, path):
    name = fresh("user")
    arn = admin.iam.create_user(UserName=name, Path=path)["User"]["Arn"]
    give_everything(admin, lake, arn)
    admin.iam.delete_user(UserName=name)
    assert held(admin, arn) == []
    assert admin.iam.create_user(UserName=name, Path=path)["User"]["Arn"] == arn
    assert held(admin, arn) == []


@pytest.mark.parametrize("change", ["name", "path"])
def test_grants_stay_behind_when_a_user_moves_and_reach_nobody(server, admin, lake, change):
    name, other = fresh("user"), fresh("moved")
    old = admin.iam.create_user(UserName=name)["User"]["Arn"]
    give_everything(admin, lake, old)
    admin.iam.update_user(UserName=name, **({"NewUserName": other} if change == "name" else {"NewPath": "/elsewhere/"}))
    new = admin.iam.get_user(UserName=other if change == "name" else name)["User"]["Arn"]
    assert new != old and held(admin, old) == held(admin, new) == []


def test_a_change_of_a_user_that_moves_nothing_ends_nothing(admin, lake):
    name = fresh("user")
    arn = admin.iam.create_user(UserName=name)["User"]["Arn"]
    give_everything(admin, lake, arn)
    before = len(held(admin, arn))
    admin.iam.update_user(UserName=name, NewUserName=name, NewPath="/")
    admin.iam.tag_user(UserName=name, Tags=[{"Key": "team", "Value": "blue"}])
    assert len(held(admin, arn)) == before


@pytest.mark.parametrize("office", ["DataLakeAdmins", "ReadOnlyAdmins"])
def test_administration_ends_with_the_role(server, admin, lake, office):
    someone = Someone(server, admin)
    settings = admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    admin.lakeformation.put_data_lake_settings(DataLakeSettings=settings | {office: settings.get(office, []) + [who(someone.arn)]})
    assert someone.glue.get_table(DatabaseName=lake.database, Name="orders")
    delete(admin, someone.name)
    assert admin.lakeformation.get_data_lake_settings()["DataLakeSettings"] == settings
    sees_nothing(lake, namesake(server, admin, someone.name))


def test_privileged_access_to_a_location_ends_with_who_registered_it(server, admin, lake):
    someone = Someone(server, admin)
    settings = admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    admin.lakeformation.put_data_lake_settings(
        DataLakeSettings=settings | {"DataLakeAdmins": settings["DataLakeAdmins"] + [who(someone.arn)]})
    admin.iam.create_role(RoleName="privileged-place", AssumeRolePolicyDocument=trust_service())
    admin.iam.put_role_policy(RoleName="privileged-place", PolicyName="p", PolicyDocument=location_policy(lake.bucket))
    place = f"arn:aws:s3:::{lake.bucket}/privileged"
    someone.lf.register_resource(ResourceArn=place, RoleArn=role_arn("privileged-place"), WithPrivilegedAccess=True)
    admin.lakeformation.put_data_lake_settings(DataLakeSettings=settings)
    admin.glue.create_table(DatabaseName=lake.database, TableInput={
        "Name": "there", "StorageDescriptor": storage(lake.location("privileged/there"), COLUMNS)})
    asked = dict(DatabaseName=lake.database, Name="there")
    assert someone.glue.get_table(**asked)
    delete(admin, someone.name)
    assert admin.lakeformation.describe_resource(ResourceArn=place)["ResourceInfo"]["WithPrivilegedAccess"] is False
    assert error_of(namesake(server, admin, someone.name).glue.get_table, **asked)[0] == "AccessDeniedException"


def rows(server) -> dict:
    with sqlite3.connect(f"file:{server.data_dir}/weir.db?mode=ro", uri=True) as store:
        return dict(store.execute("SELECT k, v FROM entries"))


def test_what_was_left_to_a_name_by_an_older_store_reaches_nobody_either(server, lake):
    admin = server.session()
    gone, user = Someone(server, admin, "orphaned"), fresh("orphaned")
    arns = [gone.arn] + [admin.iam.create_user(UserName=name)["User"]["Arn"] for name in (user, fresh("mover"))]
    for arn in arns:
        give_everything(admin, lake, arn)
    before = rows(server)
    delete(admin, gone.name)
    admin.iam.delete_user(UserName=user)
    mover = arns[2].split("/")[1]
    admin.iam.delete_user(UserName=mover)
    after = rows(server)
    ended = {key: value for key, value in before.items() if key not in after and key.startswith(b"lf")}
    assert len(ended) > 3 * 20
    assert server.stop() == 0
    with sqlite3.connect(server.data_dir / "weir.db") as store:
        store.executemany("INSERT INTO entries (k, v) VALUES (?, ?)", ended.items())
    server.start()
    admin = server.session()
    assert all(held(admin, arn) for arn in arns)
    sees_nothing(lake, namesake(server, admin, gone.name))
    admin.iam.create_user(UserName=user)
    other = fresh("user")
    admin.iam.create_user(UserName=other)
    admin.iam.update_user(UserName=other, NewUserName=mover)
    assert [held(admin, arn) for arn in arns] == [[], [], []]
