"""DataLakeSettings: who administers, what new objects grant, and how nobody is locked out. One server of its own."""

import pytest

from conftest import ACCOUNT, server_of_its_own
from lake import role_arn
from lf_words import EVERYTHING, Someone, all_rows, brief, database, error_of, grant, table, who

GROUP = {"Principal": who("IAM_ALLOWED_PRINCIPALS"), "Permissions": ["ALL"]}


server, admin = server_of_its_own("settings")


@pytest.fixture
def settings(admin):
    """The settings as they are; put back afterwards."""
    before = admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    yield before
    admin.lakeformation.put_data_lake_settings(DataLakeSettings=before)


def put(clients, settings: dict, **changes):
    clients.lakeformation.put_data_lake_settings(DataLakeSettings=settings | changes)


def arns(entries: list[dict]) -> set[str]:
    return {e["DataLakePrincipalIdentifier"] for e in entries}


def test_a_new_account_grants_nothing_to_everybody(settings):
    assert settings["CreateDatabaseDefaultPermissions"] == settings["CreateTableDefaultPermissions"] == []
    assert settings["ReadOnlyAdmins"] == [] and len(settings["DataLakeAdmins"]) == 1


def test_what_is_put_replaces_everything(admin, settings):
    put(admin, settings, AuthorizedSessionTagValueList=["a"], Parameters={"CROSS_ACCOUNT_VERSION": "4"})
    put(admin, settings, AuthorizedSessionTagValueList=[])
    got = admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    assert got["AuthorizedSessionTagValueList"] == []
    assert got["Parameters"] == {"CROSS_ACCOUNT_VERSION": "4"}  # a version that was chosen stays


def test_nobody_makes_itself_administrator(server, admin, settings):
    someone = Someone(server, admin)
    code, message = error_of(put, clients=someone.clients, settings=settings, DataLakeAdmins=[who(someone.arn)])
    assert code == "AccessDeniedException" and "Required data lake administrator" in message
    put(admin, settings, ReadOnlyAdmins=[who(someone.arn)])
    assert error_of(put, clients=someone.clients, settings=settings, DataLakeAdmins=[who(someone.arn)])[0] == "AccessDeniedException"


def test_an_administrator_who_is_there_remains(server, admin, settings):
    someone = Someone(server, admin)
    for admins in ([], [who(role_arn("nobody"))]):
        code, _ = error_of(put, clients=admin, settings=settings, DataLakeAdmins=admins)
        assert code == "InvalidInputException"
    put(admin, settings, DataLakeAdmins=settings["DataLakeAdmins"] + [who(someone.arn)])
    admin.iam.delete_role_policy(RoleName=someone.name, PolicyName="all")
    admin.iam.delete_role(RoleName=someone.name)
    code, message = error_of(put, clients=admin, settings=settings, DataLakeAdmins=[who(someone.arn)])
    assert code == "InvalidInputException" and "must remain" in message


def test_an_administrator_who_is_gone_is_taken_out_and_not_put_in_again(server, admin, settings):
    someone = Someone(server, admin)
    both = settings["DataLakeAdmins"] + [who(someone.arn)]
    put(admin, settings, DataLakeAdmins=both)
    admin.iam.delete_role_policy(RoleName=someone.name, PolicyName="all")
    admin.iam.delete_role(RoleName=someone.name)
    assert arns(admin.lakeformation.get_data_lake_settings()["DataLakeSettings"]["DataLakeAdmins"]) == arns(settings["DataLakeAdmins"])
    assert error_of(put, clients=admin, settings=settings, DataLakeAdmins=both)[0] == "InvalidInputException"
    put(admin, settings, AuthorizedSessionTagValueList=["x"])


@pytest.mark.parametrize("change", [
    {"DataLakeAdmins": [who(ACCOUNT)]}, {"DataLakeAdmins": [who("IAM_ALLOWED_PRINCIPALS")]},
    {"DataLakeAdmins": [who(f"arn:aws:iam::{ACCOUNT}:saml-provider/p:user/u")]},
    {"DataLakeAdmins": [who("arn:aws:sts::111122223333:assumed-role/r/s")]},
    {"ReadOnlyAdmins": [who(role_arn("nobody"))]}, {"ReadOnlyAdmins": [who("someone")]},
    {"CreateDatabaseDefaultPermissions": [GROUP, GROUP]},
    {"CreateDatabaseDefaultPermissions": [GROUP | {"Permissions": ["SELECT"]}]},
    {"CreateTableDefaultPermissions": [{"Principal": who(ACCOUNT), "Permissions": ["ALL"]}]},
    {"AllowExternalDataFiltering": True, "ExternalDataFilteringAllowList": []},
    {"ExternalDataFilteringAllowList": [who("everyone")]},
], ids=str)
def test_settings_that_make_no_sense_are_refused_whole(admin, settings, change):
    kept = settings["DataLakeAdmins"] + change.get("DataLakeAdmins", [])
    code, _ = error_of(put, clients=admin, settings=settings, **change | {"DataLakeAdmins": kept})
    assert code == "InvalidInputException"
    assert admin.lakeformation.get_data_lake_settings()["DataLakeSettings"] == settings


def test_read_only_administrators_see_everything_and_change_nothing(server, admin, settings):
    viewer = Someone(server, admin)
    put(admin, settings, ReadOnlyAdmins=[who(viewer.arn)])
    admin.glue.create_database(DatabaseInput={"Name": "viewed"})
    admin.glue.create_table(DatabaseName="viewed", TableInput={
        "Name": "t", "StorageDescriptor": {"Columns": [{"Name": "id", "Type": "bigint"}]}})
    admin.lakeformation.create_lf_tag(TagKey="viewed", TagValues=["a"])
    assert viewer.glue.get_table(DatabaseName="viewed", Name="t")["Table"]["StorageDescriptor"]["Columns"]
    assert viewer.lf.get_lf_tag(TagKey="viewed")["TagValues"] == ["a"]
    assert {brief(r) for r in all_rows(viewer.clients)} == {brief(r) for r in all_rows(admin)}
    on = table("viewed", "t")
    for call, arguments in (
            (viewer.lf.update_lf_tag, {"TagKey": "viewed", "TagValuesToAdd": ["b"]}),
            (viewer.lf.delete_lf_tag, {"TagKey": "viewed"}),
            (viewer.lf.create_lf_tag, {"TagKey": "x", "TagValues": ["a"]}),
            (viewer.lf.add_lf_tags_to_resource, {"Resource": on, "LFTags": [{"TagKey": "viewed", "TagValues": ["a"]}]}),
            (viewer.lf.grant_permissions, {"Principal": who(viewer.arn), "Resource": on, "Permissions": ["SELECT"]}),
            (viewer.lf.create_lake_formation_opt_in, {"Principal": who(viewer.arn), "Resource": on}),
            (viewer.glue.create_database, {"DatabaseInput": {"Name": "mine"}}),
            (viewer.glue.delete_table, {"DatabaseName": "viewed", "Name": "t"})):
        assert error_of(call, **arguments)[0] == "AccessDeniedException", call


def test_default_permissions_are_given_to_what_is_made_from_then_on(server, admin, settings):
    someone = Someone(server, admin)
    table_input = {"Name": "t", "StorageDescriptor": {"Columns": [{"Name": "id", "Type": "bigint"}]}}
    admin.glue.create_database(DatabaseInput={"Name": "before"})
    put(admin, settings, CreateDatabaseDefaultPermissions=[GROUP], CreateTableDefaultPermissions=[GROUP])
    admin.glue.create_database(DatabaseInput={"Name": "after"})
    admin.glue.create_database(DatabaseInput={"Name": "explicit", "CreateTableDefaultPermissions": []})
    for name in ("before", "after", "explicit"):
        admin.glue.create_table(DatabaseName=name, TableInput=table_input)
    seen = {d["Name"] for d in someone.glue.get_databases()["DatabaseList"]}
    assert {"after", "explicit"} <= seen and "before" not in seen
    assert someone.glue.get_table(DatabaseName="after", Name="t")
    for name in ("before", "explicit"):
        assert error_of(someone.glue.get_table, DatabaseName=name, Name="t")[0] == "AccessDeniedException"
    assert admin.glue.get_database(Name="after")["Database"]["CreateTableDefaultPermissions"] == [GROUP]
    assert admin.glue.get_database(Name="explicit")["Database"]["CreateTableDefaultPermissions"] == []
    # They are grants like others: revoked, Lake Formation governs.
    admin.lakeformation.revoke_permissions(Principal=who("IAM_ALLOWED_PRINCIPALS"), Resource=table("after", "t"), Permissions=["ALL"])
    assert error_of(someone.glue.get_table, DatabaseName="after", Name="t")[0] == "AccessDeniedException"


def test_at_most_thirty_administrators(server, admin, settings):
    roles = [who(Someone(server, admin).arn) for _ in range(30)]
    put(admin, settings, DataLakeAdmins=settings["DataLakeAdmins"] + roles[:29])
    code, _ = error_of(put, clients=admin, settings=settings, DataLakeAdmins=settings["DataLakeAdmins"] + roles)
    assert code in ("InvalidInputException", "ValidationException")


def test_reading_the_settings_takes_iam_only(server, admin, settings):
    assert Someone(server, admin).lf.get_data_lake_settings()["DataLakeSettings"] == settings
    nobody = Someone(server, admin, actions=["glue:GetTable"])
    assert error_of(nobody.lf.get_data_lake_settings)[0] == "AccessDeniedException"
