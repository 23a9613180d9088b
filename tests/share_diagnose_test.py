"""`weir share diagnose`: every step that can be missing is made to be, and is named, with who must take it; and nobody
learns by asking what is the other account's."""

import itertools
import json
import subprocess

import pytest

from conftest import ACCOUNT, REGION, WEIR, Server, server_of_its_own
from iam_words import code
from lake import Lake, allow, storage
from lf_words import EVERYTHING, grant, revoke
from organizations_test import enter, make_account, new_account
from sharing_words import Account, database, table, who
from weir_words import weir_client

CONSUMER, OTHER, NOWHERE = "444455556666", "777788889999", "999999999999"
COLUMNS = [("id", "bigint"), ("dept", "string")]
_numbers = itertools.count()

server, admin = server_of_its_own("diagnose")


@pytest.fixture(scope="module")
def lake(server, admin):
    lake = Lake(server, admin, "told").build()
    lake.trust_engines(ExternalDataFilteringAllowList=[{"DataLakePrincipalIdentifier": CONSUMER}])
    return lake


@pytest.fixture(scope="module")
def consumer(server, lake):
    return make_account(server, CONSUMER)


@pytest.fixture(scope="module")
def other(server, lake):
    return make_account(server, OTHER)


def drop(lake, name: str) -> None:
    """What was granted on it goes along, and so does its share, lest the next test finds an invitation accepted."""
    lake.admin.glue.delete_table(DatabaseName=lake.database, Name=name)
    assert Account(lake.server, lake.admin, ACCOUNT).shares() == []


@pytest.fixture()
def orders(lake):
    """The name of a new table."""
    name = f"orders_{next(_numbers)}"
    lake.table(name, COLUMNS, [(1, "hr"), (2, "it")])
    yield name
    drop(lake, name)


def diagnose(clients, resource: str, principal: str | None = None, to: str = CONSUMER, by: str = ACCOUNT) -> dict:
    more = {"Principal": principal} if principal else {}
    return weir_client(clients).diagnose_share(From=by, To=to, Resource=resource, **more)


def missing(clients, resource: str, principal: str | None = None, **more) -> tuple[str, str]:
    """The first missing step and who takes it."""
    answer = diagnose(clients, resource, principal, **more)
    first = next((one for one in answer["Steps"] if one["State"] == "MISSING"), None)
    assert answer.get("Missing") == first and answer["Complete"] == (first is None)
    if first is None:
        return "", ""
    assert first["Says"] and first["Remedy"]
    return first["Name"], first["Who"]


def step(answer: dict, name: str) -> dict:
    (found,) = [one for one in answer["Steps"] if one["Name"] == name]
    return found


def person(clients, account: str = CONSUMER, actions=tuple(EVERYTHING)) -> str:
    name = f"person-{next(_numbers)}"
    clients.iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": account},
                                                "Action": ["sts:AssumeRole", "sts:TagSession"]}]}))
    clients.iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=allow(list(actions)))
    return f"arn:aws:iam::{account}:role/{name}"


def accept(clients) -> None:
    Account(clients, clients, "").accept()


def make_link(consumer, lake, orders: str, **target) -> str:
    name = f"links_{next(_numbers)}"
    consumer.glue.create_database(DatabaseInput={"Name": name})
    consumer.glue.create_table(DatabaseName=name, TableInput={"Name": "link", "TargetTable": {
        "CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": orders} | target})
    return name


def owners_admin(account: str) -> str:
    return f"a data lake administrator of account {account}"


def test_step_after_step_is_missing_and_then_none(admin, lake, consumer, orders):
    resource, on = f"{lake.database}.{orders}", table(lake.database, orders)
    ann = person(consumer, actions=["glue:GetTable"])

    def both() -> set[tuple[str, str]]:
        return {missing(admin, resource, ann), missing(consumer, resource, ann)}

    assert both() == {("grant", owners_admin(ACCOUNT))}
    grant(admin, CONSUMER, on, ["SELECT"])
    assert both() == {("share", f"an administrator of account {CONSUMER}")}
    accept(consumer)
    assert both() == {("grant option", owners_admin(ACCOUNT))}
    grant(admin, CONSUMER, on, ["SELECT"], ["SELECT"])
    assert both() == {("passed on", owners_admin(CONSUMER))}
    grant(consumer, ann, on, ["SELECT"])
    assert missing(admin, resource, ann) == ("", ""), "what is left is the consumer's"
    assert missing(consumer, resource, ann) == ("IAM", f"an IAM administrator of account {CONSUMER}")
    consumer.iam.put_role_policy(RoleName=ann.rsplit("/")[-1], PolicyName="own", PolicyDocument=allow(list(EVERYTHING)))
    assert step(diagnose(consumer, resource, ann), "resource link")["State"] == "OPTIONAL"
    links = make_link(consumer, lake, orders)
    assert missing(consumer, resource, ann) == ("resource link", owners_admin(CONSUMER))
    grant(consumer, ann, table(links, "link", CONSUMER), ["DESCRIBE"])
    assert missing(consumer, resource, ann) == ("", "")
    assert all(one["State"] == "DONE" for one in diagnose(consumer, resource, ann)["Steps"])
    revoke(admin, CONSUMER, on, ["SELECT"], ["SELECT"])
    assert both() == {("grant", owners_admin(ACCOUNT))}
    assert step(diagnose(consumer, resource, ann), "resource link")["State"] == "MISSING", "it is dangling, or as good as"


def test_a_database_is_walked_too(admin, lake, consumer):
    grant(admin, CONSUMER, database(lake.database), ["DESCRIBE"], ["DESCRIBE"])
    assert missing(consumer, lake.database)[0] == "share"
    accept(consumer)
    assert missing(consumer, lake.database) == ("", "")
    ann = person(consumer)
    assert missing(consumer, lake.database, ann)[0] == "passed on"
    grant(consumer, ann, database(lake.database), ["DESCRIBE"])
    assert missing(consumer, lake.database, ann) == ("", "")
    revoke(admin, CONSUMER, database(lake.database), ["DESCRIBE"], ["DESCRIBE"])


def test_some_columns_count_as_shared_and_passed_on(admin, lake, consumer, orders):
    resource = f"{lake.database}.{orders}"
    on = {"TableWithColumns": {"CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": orders, "ColumnNames": ["id"]}}
    grant(admin, CONSUMER, on, ["SELECT"], ["SELECT"])
    accept(consumer)
    ann = person(consumer)
    assert missing(consumer, resource) == ("", "")
    assert missing(consumer, resource, ann)[0] == "passed on"
    grant(consumer, ann, on, ["SELECT"])
    assert missing(consumer, resource, ann) == ("", "")


def test_a_grant_to_the_principal_itself_needs_nobody_to_pass_it_on(admin, lake, consumer, orders):
    resource, ann = f"{lake.database}.{orders}", person(consumer)
    grant(admin, ann, table(lake.database, orders), ["SELECT"])
    assert missing(consumer, resource, ann)[0] == "share"
    accept(consumer)
    assert missing(consumer, resource, ann) == ("", "") == missing(admin, resource, ann)
    assert missing(consumer, resource, person(consumer))[0] == "grant"
    assert missing(consumer, resource)[0] == "grant", "the account has nothing"


# --- accounts and names


def test_an_account_that_is_not_here(admin, lake, consumer, orders):
    assert missing(admin, f"{lake.database}.{orders}", to=NOWHERE)[0] == "recipient account"
    assert missing(consumer, "any.thing", by=NOWHERE)[0] == "owner account"


@pytest.mark.parametrize("name", ["{db}.absent", "absent.absent", "absent"])
def test_a_resource_that_is_not_there(admin, lake, consumer, name):
    resource = name.format(db=lake.database)
    assert missing(admin, resource)[0] == "resource"
    assert missing(consumer, resource)[0] == "grant"


def test_a_principal_that_is_not_there(admin, lake, consumer, orders):
    resource, gone = f"{lake.database}.{orders}", person(consumer)
    grant(admin, gone, table(lake.database, orders), ["SELECT"])
    accept(consumer)
    consumer.iam.delete_role_policy(RoleName=gone.rsplit("/")[-1], PolicyName="own")
    consumer.iam.delete_role(RoleName=gone.rsplit("/")[-1])
    assert missing(consumer, resource, gone)[0] in ("principal", "grant")
    on = table(lake.database, orders)
    grant(admin, CONSUMER, on, ["SELECT"], ["SELECT"])
    accept(consumer)
    grant(consumer, f"{CONSUMER}:IAMPrincipals", on, ["SELECT"])
    assert missing(consumer, resource, gone)[0] == "principal"


# --- the share


def test_an_invitation_that_was_rejected_is_sent_again_by_the_owner(admin, lake, consumer, orders):
    resource, on = f"{lake.database}.{orders}", table(lake.database, orders)
    ann = person(consumer)
    grant(admin, ann, on, ["SELECT"])
    (invited,) = Account(consumer, consumer, "").invitations()
    consumer.ram.reject_resource_share_invitation(resourceShareInvitationArn=invited["resourceShareInvitationArn"])
    found = diagnose(consumer, resource, ann)["Missing"]
    assert (found["Name"], found["Who"]) == ("share", owners_admin(ACCOUNT)) and "REJECTED" in found["Says"].upper()
    assert invited["resourceShareArn"] in found["Says"]
    grant(admin, ann, on, ["SELECT"])
    assert missing(consumer, resource, ann) == ("share", f"an administrator of account {CONSUMER}")


def test_one_share_waits_for_the_principal_though_the_account_has_accepted(admin, lake, consumer, orders):
    resource, on, ann = f"{lake.database}.{orders}", table(lake.database, orders), person(consumer)
    grant(admin, CONSUMER, on, ["DESCRIBE"])
    accept(consumer)
    grant(admin, ann, on, ["SELECT"])
    assert missing(consumer, resource, ann) == ("share", f"an administrator of account {CONSUMER}")
    accept(consumer)
    assert missing(consumer, resource, ann) == ("", "")


def test_an_invitation_that_expired(tmp_path):
    server = Server(tmp_path / "data", "--share-invitation-s", "0").start()
    admin, consumer = server.session(), make_account(server, CONSUMER)
    admin.glue.create_database(DatabaseInput={"Name": "late"})
    grant(admin, CONSUMER, database("late"), ["DESCRIBE"], ["DESCRIBE"])
    found = diagnose(consumer, "late")["Missing"]
    assert found["Name"] == "share" and "EXPIRED" in found["Says"].upper() and found["Who"] == owners_admin(ACCOUNT)
    assert server.stop() == 0


def test_membership_that_a_share_stands_on(tmp_path):
    server = Server(tmp_path / "data").start()
    admin = server.session()
    admin.organizations.create_organization(FeatureSet="ALL")
    member = new_account(admin.organizations)
    admin.ram.enable_sharing_with_aws_organization()
    admin.glue.create_database(DatabaseInput={"Name": "near"})
    grant(admin, member, database("near"), ["DESCRIBE"], ["DESCRIBE"])
    inside = enter(server, admin, member)
    grant(admin, admin.sts.get_caller_identity()["Arn"], database("near"), ["DESCRIBE"])

    def now() -> tuple[str, str]:
        return missing(admin, "near", to=member)

    assert now()[0] in ("", "administrator"), "no invitation, no wait"
    admin.organizations.disable_aws_service_access(ServicePrincipal="ram.amazonaws.com")
    assert now() == ("share", "the organization's management account")
    admin.ram.enable_sharing_with_aws_organization()
    inside.organizations.leave_organization()
    assert now() == ("share", owners_admin(ACCOUNT))
    assert server.stop() == 0


# --- what stands in the owner's way


def test_versions_and_iam_allowed_principals(server, lake):
    owner = make_account(server, "222233334444")
    consumer = make_account(server, "555566667777")
    settings = owner.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    settings["Parameters"] = {"CROSS_ACCOUNT_VERSION": "2"}
    owner.lakeformation.put_data_lake_settings(DataLakeSettings=settings)
    owner.glue.create_database(DatabaseInput={"Name": "old"})
    accounts, ann = {"to": "555566667777", "by": "222233334444"}, person(consumer, "555566667777")
    assert missing(owner, "old", ann, **accounts) == ("cross-account version", owners_admin("222233334444"))
    assert missing(owner, "old", **accounts)[0] == "grant", "for an account version 2 will do"
    on = database("old", "222233334444")
    grant(owner, "IAM_ALLOWED_PRINCIPALS", on, ["ALL"])
    assert missing(owner, "old", **accounts) == ("IAM_ALLOWED_PRINCIPALS", owners_admin("222233334444"))
    assert code(owner.lakeformation.grant_permissions, Principal=who("555566667777"), Resource=on,
                Permissions=["DESCRIBE"]) == "InvalidInputException", "and so it is"
    assert missing(consumer, "old", **accounts)[0] == "grant", "the owner's settings are its own"
    settings["Parameters"] = {"CROSS_ACCOUNT_VERSION": "4"}
    owner.lakeformation.put_data_lake_settings(DataLakeSettings=settings)
    assert missing(owner, "old", ann, **accounts)[0] == "grant"


def test_data_that_no_registered_role_reads(admin, lake, consumer):
    name = f"far_{next(_numbers)}"
    admin.glue.create_table(DatabaseName=lake.database, TableInput={
        "Name": name, "StorageDescriptor": storage(f"s3://{name.replace('_', '-')}-elsewhere/x/", COLUMNS)})
    resource = f"{lake.database}.{name}"
    grant(admin, CONSUMER, table(lake.database, name), ["SELECT"], ["SELECT"])
    assert "location" not in [one["Name"] for one in diagnose(consumer, resource)["Steps"]], "not before it is accepted"
    accept(consumer)
    assert missing(admin, resource) == ("location", owners_admin(ACCOUNT)) == missing(consumer, resource)
    assert "elsewhere" in diagnose(admin, resource)["Missing"]["Says"]
    assert "elsewhere" not in json.dumps(diagnose(consumer, resource)["Steps"])
    drop(lake, name)


def test_a_registered_role_that_lost_its_policy(admin, lake, consumer, orders):
    role, bucket = f"{lake.name}-location", lake.bucket
    resource = f"{lake.database}.{orders}"
    grant(admin, CONSUMER, table(lake.database, orders), ["SELECT"], ["SELECT"])
    accept(consumer)
    kept = json.dumps(admin.iam.get_role_policy(RoleName=role, PolicyName="data")["PolicyDocument"])
    admin.iam.delete_role_policy(RoleName=role, PolicyName="data")
    assert missing(admin, resource)[0] == "location" and "s3:GetObject" in diagnose(admin, resource)["Missing"]["Says"]
    assert bucket not in json.dumps(diagnose(consumer, resource)["Steps"])
    admin.iam.put_role_policy(RoleName=role, PolicyName="data", PolicyDocument=kept)
    assert missing(admin, resource) == ("", "")


def test_engines_that_the_owner_does_not_trust(admin, lake, consumer, orders):
    resource = f"{lake.database}.{orders}"
    grant(admin, CONSUMER, table(lake.database, orders), ["SELECT"], ["SELECT"])
    accept(consumer)
    trusted = [{"DataLakePrincipalIdentifier": CONSUMER}]
    for change in ({"ExternalDataFilteringAllowList": [{"DataLakePrincipalIdentifier": OTHER}]}, {"AllowExternalDataFiltering": False},
                   {"AuthorizedSessionTagValueList": []}):
        lake.trust_engines(**({"ExternalDataFilteringAllowList": trusted} | change))
        assert missing(consumer, resource) == ("engines", owners_admin(ACCOUNT)) == missing(admin, resource)
    lake.trust_engines(ExternalDataFilteringAllowList=trusted)
    assert missing(consumer, resource) == ("", "")


def test_engines_without_a_tag_read_what_is_shared_whole(admin, lake, consumer, orders):
    resource = f"{lake.database}.{orders}"
    some = {"TableWithColumns": {"CatalogId": ACCOUNT, "DatabaseName": lake.database, "Name": orders, "ColumnNames": ["id"]}}
    grant(admin, CONSUMER, some, ["SELECT"], ["SELECT"])
    accept(consumer)
    lake.trust_engines(AllowFullTableExternalDataAccess=True,
                       ExternalDataFilteringAllowList=[{"DataLakePrincipalIdentifier": OTHER}])
    assert missing(consumer, resource) == ("engines", owners_admin(ACCOUNT))
    grant(admin, CONSUMER, table(lake.database, orders), ["SELECT"], ["SELECT"])
    assert missing(consumer, resource) == ("", "")
    lake.trust_engines(AllowFullTableExternalDataAccess=False,
                       ExternalDataFilteringAllowList=[{"DataLakePrincipalIdentifier": CONSUMER}])


def test_an_account_without_a_data_lake_administrator(server, admin, lake, orders):
    number = "333344445555"
    lonely = make_account(server, number)
    settings = lonely.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    gone = person(lonely, number)
    settings["DataLakeAdmins"] = [who(gone)]
    lonely.lakeformation.put_data_lake_settings(DataLakeSettings=settings)
    lonely.iam.delete_role_policy(RoleName=gone.rsplit("/")[-1], PolicyName="own")
    lonely.iam.delete_role(RoleName=gone.rsplit("/")[-1])
    grant(admin, number, table(lake.database, orders), ["SELECT"], ["SELECT"])
    accept(lonely)
    assert missing(admin, f"{lake.database}.{orders}", to=number)[0] == "administrator"


def test_a_link_into_another_region(admin, lake, consumer, orders):
    resource = f"{lake.database}.{orders}"
    grant(admin, CONSUMER, table(lake.database, orders), ["SELECT"], ["SELECT"])
    accept(consumer)
    make_link(consumer, lake, orders, Region="eu-west-1" if REGION != "eu-west-1" else "us-east-1")
    found = diagnose(consumer, resource)["Missing"]
    assert found["Name"] == "resource link" and "region" in found["Says"]
    make_link(consumer, lake, orders)
    assert missing(consumer, resource) == ("", ""), "one that leads there is enough"


# --- who may ask, and what is not told


def test_only_administrators_of_the_two_accounts_may_ask(server, admin, lake, consumer, other, orders):
    resource = f"{lake.database}.{orders}"
    ask = dict(From=ACCOUNT, To=CONSUMER, Resource=resource)
    assert code(weir_client(other).diagnose_share, **ask) == "AccessDeniedException"
    for clients, account in ((consumer, CONSUMER), (admin, ACCOUNT)):
        arn = person(clients, account)
        session = clients.sts.assume_role(RoleArn=arn, RoleSessionName="test")["Credentials"]
        assert code(weir_client(server.session(session)).diagnose_share, **ask) == "AccessDeniedException"
    for wrong in ({"To": ACCOUNT}, {"Resource": "*"}, {"Resource": "s3://a/b"}, {"Resource": "a.b.c"}, {"To": "x"},
                  {"Principal": f"arn:aws:iam::{OTHER}:role/x"}, {"Principal": CONSUMER}):
        assert code(weir_client(admin).diagnose_share, **ask | wrong) in ("InvalidInputException", "AccessDeniedException")


def test_a_read_only_administrator_may_ask(server, lake, consumer, orders):
    arn = person(consumer)
    settings = consumer.lakeformation.get_data_lake_settings()["DataLakeSettings"]
    consumer.lakeformation.put_data_lake_settings(DataLakeSettings=settings | {"ReadOnlyAdmins": [who(arn)]})
    session = server.session(consumer.sts.assume_role(RoleArn=arn, RoleSessionName="test")["Credentials"])
    assert missing(session, f"{lake.database}.{orders}")[0] == "grant"


def test_the_recipient_cannot_tell_what_is_not_shared_from_what_is_not_there(lake, consumer, orders):
    ann = person(consumer)

    def told(name: str) -> str:
        return json.dumps(diagnose(consumer, f"{lake.database}.{name}", ann)["Steps"]).replace(name, "NAME")

    assert told(orders) == told("absent")
    assert told(orders) == told("absent"), "whichever was asked first"


def test_the_owner_is_not_told_what_is_inside_the_other_account(admin, lake, consumer, orders):
    resource, on = f"{lake.database}.{orders}", table(lake.database, orders)
    grant(admin, CONSUMER, on, ["SELECT"], ["SELECT"])
    accept(consumer)
    ann, absent = person(consumer), f"arn:aws:iam::{CONSUMER}:role/absent"
    told = [json.dumps(diagnose(admin, resource, one)["Steps"]).replace(one, "P") for one in (ann, absent)]
    assert told[0] == told[1], "who is nobody is like somebody who has nothing"
    links = make_link(consumer, lake, orders)
    ben = person(consumer)
    grant(consumer, ben, on, ["SELECT"])
    answer = diagnose(admin, resource, ann)
    assert links not in json.dumps(answer) and ben not in json.dumps(answer["Steps"])
    assert {one["Name"] for one in answer["Steps"] if one["State"] == "OTHER_ACCOUNT"} == {"resource link", "IAM"}


def test_asking_is_recorded(admin, lake, orders):
    diagnose(admin, f"{lake.database}.{orders}")
    events = admin.cloudtrail.lookup_events(LookupAttributes=[
        {"AttributeKey": "EventName", "AttributeValue": "DiagnoseShare"}], MaxResults=50)["Events"]
    asked = [json.loads(one["CloudTrailEvent"])["requestParameters"] for one in events]
    assert {"from": ACCOUNT, "to": CONSUMER, "resource": f"{lake.database}.{orders}"} in asked


# --- the command


def run(server, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([WEIR, "share", "diagnose", *arguments], capture_output=True, text=True, env=server.cli_env,
                          timeout=60)


def test_the_command_says_it_in_lines_and_in_its_status(server, admin, lake, consumer, orders):
    asked = ("--from", ACCOUNT, "--to", CONSUMER, "--resource", f"{lake.database}.{orders}")
    done = run(server, *asked)
    assert done.returncode == 2 and "the first step that is missing: grant" in done.stdout, done.stderr
    assert f"weir grant --principal {CONSUMER} --permissions SELECT" in done.stdout
    grant(admin, CONSUMER, table(lake.database, orders), ["SELECT"], ["SELECT"])
    accept(consumer)
    done = run(server, *asked, "--profile", CONSUMER)
    assert done.returncode == 0 and "no step is missing" in done.stdout, done.stdout + done.stderr
    assert json.loads(run(server, *asked, "--json").stdout)["Complete"] is True
    assert run(server, "--from", ACCOUNT).returncode not in (0, 2)
    assert subprocess.run([WEIR, "share"], capture_output=True).returncode != 0
