"""The ways a consumer could try to get more than both accounts granted. Each is refused, and every door stays shut: the
catalog API, the metadata that engines ask for, vending, S3, and SQL through `weir query`."""

import itertools
import json

import pytest

from conftest import ACCOUNT, REGION, Server
from lake import SESSION_TAG, allow, location_policy, storage, trust_service
from organizations_test import make_account
from sharing_doors import (COLUMNS, DATABASE, ENGINE, TYPES, Owner, described, engine, key_of, member, open_doors, readable,
                           refusal, s3_status, selected, vend)
from sharing_words import OUTSIDE, THIRD, Account, change, database, glue_arn, grant, policy, revoke, table, who

DENIED, INVALID, ABSENT = "AccessDeniedException", "InvalidInputException", "EntityNotFoundException"
NOT_PERMITTED = "OperationNotPermittedException"
OPEN = {"catalog API", "engine metadata", "vending", "SQL"}  # and S3 never with credentials of one's own
IDS = ["id", "1", "2", "3", "4"]
_numbers = itertools.count()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("sharing_attacks") / "data").start()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def consumer(server):
    return Account(server, make_account(server, OUTSIDE), OUTSIDE)


@pytest.fixture(scope="module")
def third(server):
    return Account(server, make_account(server, THIRD), THIRD)


@pytest.fixture(scope="module")
def insider(server):
    """A member of the owner's organization, which shares without invitations."""
    management = server.session()
    management.organizations.create_organization(FeatureSet="ALL")
    management.ram.enable_sharing_with_aws_organization()
    return member(server, management)


@pytest.fixture(scope="module")
def owner(server, consumer, third, insider):
    """It trusts everybody's engines: what is refused here is refused for want of grants."""
    return Owner(Account(server, server.session(), ACCOUNT), [ACCOUNT, OUTSIDE, THIRD, insider.id])


@pytest.fixture(scope="module")
def stranger(third):
    return engine(third)


@pytest.fixture
def reader(consumer):
    return engine(consumer)


@pytest.fixture
def orders(owner):
    """The name of a new table."""
    name = f"orders_{next(_numbers)}"
    owner.make_table(name)
    return name


def share(owner, to: Account, resource: dict, permissions=("SELECT",), option=None) -> None:
    grant(owner.lf, resource, to.id, permissions, permissions if option is None else option)
    to.accept()


def share_arn(owner: Owner) -> str:
    """The share that the consumer has of tables."""
    (one,) = [row["resourceShareArn"] for row in owner.account.shares()
              if OUTSIDE in owner.account.shared("PRINCIPAL", row["resourceShareArn"])]
    return one


def granting(clients, resource: dict, to: str, permissions=("SELECT",)) -> str | None:
    return refusal(grant, lf=clients.lakeformation, resource=resource, to=to, permissions=permissions)


# --- 1: sharing it again


def test_what_came_to_an_account_goes_to_no_third(server, owner, consumer, third, insider, reader, stranger, orders):
    resource, link = owner.table(orders), f"relay_{orders}"
    share(owner, consumer, resource)
    grant(consumer.lf, resource, reader.arn, ["SELECT"], ["SELECT"])
    local = owner.account.person()
    organization = owner.admin.organizations.describe_organization()["Organization"]["Arn"]
    others = (THIRD, stranger.arn, f"{THIRD}:IAMPrincipals", insider.id, organization, ACCOUNT, local.arn, OUTSIDE,
              "IAM_ALLOWED_PRINCIPALS")
    for clients in (consumer.admin, reader.clients):
        for to in others:
            assert granting(clients, resource, to) in (DENIED, INVALID), to
    entries = [{"Id": str(n)} | change(resource, to, ["SELECT"]) for n, to in enumerate(others)]
    failed = consumer.lf.batch_grant_permissions(Entries=entries)["Failures"]
    assert [one["RequestEntry"]["Id"] for one in failed] == [one["Id"] for one in entries]
    for catalog in (ACCOUNT, OUTSIDE, THIRD):  # of the request, which is not the resource's
        assert refusal(consumer.lf.grant_permissions, CatalogId=catalog,
                       **change(resource, THIRD, ["SELECT"])) in (DENIED, INVALID)
    # Through RAM: a share of its own, and the one that it received.
    ram = consumer.admin.ram
    assert refusal(ram.create_resource_share, name="again", resourceArns=[owner.arn(orders)],
                   principals=[THIRD]) == NOT_PERMITTED
    for call, more in ((ram.associate_resource_share, {"principals": [THIRD]}), (ram.update_resource_share, {"name": "mine"}),
                       (ram.disassociate_resource_share, {"principals": [OUTSIDE]}), (ram.delete_resource_share, {})):
        assert refusal(call, resourceShareArn=share_arn(owner), **more) == NOT_PERMITTED
    # Through a link of its own.
    consumer.admin.glue.create_database(DatabaseInput={"Name": link, "TargetDatabase": {
        "CatalogId": ACCOUNT, "DatabaseName": DATABASE}})
    assert granting(consumer.admin, database(link, OUTSIDE), THIRD, ["DESCRIBE"]) == INVALID
    assert open_doors(server, stranger.clients, owner, orders) == set()
    assert open_doors(server, reader.clients, owner, orders) == OPEN


# --- 2: links


def test_a_link_to_what_is_not_shared_opens_no_door(server, owner, consumer, reader, orders):
    hidden, near = f"{orders}_hidden", f"near_{orders}"
    owner.make_table(hidden)
    share(owner, consumer, owner.table(orders))
    grant(consumer.lf, owner.table(orders), reader.arn, ["SELECT"])
    glue = consumer.admin.glue
    glue.create_database(DatabaseInput={"Name": near})
    glue.create_database(DatabaseInput={"Name": f"{near}_all", "TargetDatabase": {
        "CatalogId": ACCOUNT, "DatabaseName": DATABASE}})
    glue.create_table(DatabaseName=near, TableInput={"Name": hidden, "TargetTable": {
        "CatalogId": ACCOUNT, "DatabaseName": DATABASE, "Name": hidden}})
    for link in (table(near, hidden, OUTSIDE), database(f"{near}_all", OUTSIDE)):
        grant(consumer.lf, link, reader.arn, ["DESCRIBE"])
    assert "StorageDescriptor" not in reader.clients.glue.get_table(DatabaseName=near, Name=hidden)["Table"]
    assert refusal(reader.clients.glue.get_table, DatabaseName=f"{near}_all", Name=hidden) == DENIED
    for where in (near, f"{near}_all"):
        assert refusal(reader.clients.glue.get_partitions, DatabaseName=where, TableName=hidden) == DENIED
        assert refusal(reader.clients.glue.get_unfiltered_table_metadata, CatalogId=OUTSIDE, DatabaseName=where, Name=hidden,
                       SupportedPermissionTypes=["COLUMN_PERMISSION"]) == DENIED
        assert refusal(vend, clients=reader.clients, arn=glue_arn(f"table/{where}/{hidden}", OUTSIDE)) == DENIED
        assert selected(server, reader.clients, None, f"SELECT id FROM {where}.{hidden}") is None
    assert open_doors(server, reader.clients, owner, hidden) == set()
    assert selected(server, reader.clients, None, f"SELECT id FROM {near}_all.{orders} ORDER BY id") == IDS
    # DESCRIBE and DROP are all that is granted on a link, and grants on what lies behind one name the target.
    for permission in ("SELECT", "ALTER", "ALL"):
        assert granting(consumer.admin, table(near, hidden, OUTSIDE), reader.arn, [permission]) == INVALID


def test_a_link_to_a_link_leads_nowhere(server, owner, consumer, reader, orders):
    first, second = f"first_{orders}", f"second_{orders}"
    share(owner, consumer, owner.table(orders))
    grant(consumer.lf, owner.table(orders), reader.arn, ["SELECT"])
    for name, target in ((first, (ACCOUNT, DATABASE)), (second, (OUTSIDE, first))):
        consumer.admin.glue.create_database(DatabaseInput={"Name": name, "TargetDatabase": {
            "CatalogId": target[0], "DatabaseName": target[1]}})
        grant(consumer.lf, database(name, OUTSIDE), reader.arn, ["DESCRIBE"])
    assert selected(server, reader.clients, None, f"SELECT id FROM {first}.{orders} ORDER BY id") == IDS
    assert selected(server, reader.clients, None, f"SELECT id FROM {second}.{orders}") is None
    assert refusal(vend, clients=reader.clients, arn=glue_arn(f"table/{second}/{orders}", OUTSIDE)) in (DENIED, INVALID)


# --- 3 and 4: more columns, more rows


def test_more_columns_than_came_are_not_passed_on_nor_read(server, owner, consumer, reader, orders):
    share(owner, consumer, owner.columns("id", "dept", of=orders))
    but_id = {"TableWithColumns": {"CatalogId": ACCOUNT, "DatabaseName": DATABASE, "Name": orders,
                                   "ColumnWildcard": {"ExcludedColumnNames": ["id"]}}}
    for wider in (owner.columns("id", "secret", of=orders), owner.table(orders), owner.all_tables(), but_id,
                  owner.columns("SECRET", of=orders), owner.columns("id.secret", of=orders)):
        assert granting(consumer.admin, wider, reader.arn) in (DENIED, INVALID), wider
    grant(consumer.lf, owner.columns("id", of=orders), reader.arn, ["SELECT"])
    assert described(reader.clients, owner, orders) == ["id"]
    assert readable(reader.clients, owner, orders) == (("id",), None)
    for sql in ("SELECT secret FROM {}", "SELECT dept FROM {}", "SELECT id FROM {} WHERE secret = 'a'",
                "SELECT id FROM {} ORDER BY dept", "SELECT count(secret) FROM {}", "SELECT t.secret FROM {} t"):
        assert selected(server, reader.clients, ACCOUNT, sql.format(f"{DATABASE}.{orders}")) is None, sql
    assert selected(server, reader.clients, ACCOUNT, f"SELECT * FROM {DATABASE}.{orders} ORDER BY id")[0] == "id"


def own_filter(owner: Owner, name: str, of: str, columns=None, rows=None) -> dict:
    chosen = {"RowFilter": {"FilterExpression": rows} if rows else {"AllRowsWildcard": {}}}
    return owner.filter_name(name, of) | chosen | ({"ColumnNames": columns} if columns else {"ColumnWildcard": {}})


def test_a_filter_of_its_own_shows_no_row_and_no_column_more(server, owner, consumer, reader, orders):
    hr = owner.make_filter("hr", "dept = 'hr'", ["id", "dept"], orders)
    share(owner, consumer, hr)
    create, update = consumer.lf.create_data_cells_filter, consumer.lf.update_data_cells_filter
    for wider in (own_filter(owner, "wide", orders), own_filter(owner, "wide", orders, ["id", "secret"]),
                  own_filter(owner, "wide", orders, ["country"])):
        assert refusal(create, TableData=wider) == DENIED
    assert refusal(create, TableData=own_filter(owner, "wide", orders, ["id"], "secret = 'a'")) == INVALID
    # Within the columns, and every row: the share's rows still hold. Also under the name of the owner's filter.
    for name in ("every_row", "hr"):
        create(TableData=own_filter(owner, name, orders, ["id"]))
        grant(consumer.lf, {"DataCellsFilter": owner.filter_name(name, orders)}, reader.arn, ["SELECT"])
        assert readable(reader.clients, owner, orders) == (("id",), "\"dept\" = 'hr'"), name
        assert selected(server, reader.clients, ACCOUNT, f"SELECT id FROM {DATABASE}.{orders} ORDER BY id") == IDS[:3]
        assert refusal(update, TableData=own_filter(owner, name, orders, ["id", "secret"])) == DENIED
    assert [found["RowFilter"] for found in owner.lf.list_data_cells_filter(
        Table=owner.table(orders)["Table"])["DataCellsFilters"]] == [{"FilterExpression": "dept = 'hr'"}]
    consumer.lf.delete_data_cells_filter(**owner.filter_name("hr", orders))
    assert refusal(consumer.lf.delete_data_cells_filter, **owner.filter_name("hr", orders)) in (DENIED, ABSENT)
    assert owner.lf.get_data_cells_filter(**owner.filter_name("hr", orders))


def test_two_filters_do_not_add_up_to_rows_that_neither_account_shows(server, owner, consumer, reader, orders):
    share(owner, consumer, owner.make_filter("hr", "dept = 'hr'", ["id", "dept"], orders))
    consumer.lf.create_data_cells_filter(TableData=own_filter(owner, "it", orders, ["id", "dept"], "dept = 'it'"))
    grant(consumer.lf, {"DataCellsFilter": owner.filter_name("it", orders)}, reader.arn, ["SELECT"])
    assert selected(server, reader.clients, ACCOUNT, f"SELECT count(*) AS n FROM {DATABASE}.{orders}") == ["n", "0"]


def test_a_filter_of_its_own_chooses_no_row_by_a_column_that_was_taken_back(server, owner, consumer, reader, orders):
    both = owner.columns("id", "dept", of=orders)
    share(owner, consumer, both)
    consumer.lf.create_data_cells_filter(TableData=own_filter(owner, "by_dept", orders, ["id"], "dept = 'hr'"))
    grant(consumer.lf, {"DataCellsFilter": owner.filter_name("by_dept", orders)}, reader.arn, ["SELECT"])
    assert selected(server, reader.clients, ACCOUNT, f"SELECT id FROM {DATABASE}.{orders} ORDER BY id") == IDS[:3]
    revoke(owner.lf, both, OUTSIDE, ["SELECT"], ["SELECT"])
    share(owner, consumer, owner.columns("id", of=orders))
    assert readable(reader.clients, owner, orders) is None
    assert open_doors(server, reader.clients, owner, orders) <= {"catalog API"}
    # With the column it holds again: nothing was lost.
    share(owner, consumer, both)
    assert selected(server, reader.clients, ACCOUNT, f"SELECT id FROM {DATABASE}.{orders} ORDER BY id") == IDS[:3]


# --- 5 and 6: invitations that were not accepted


def test_a_rejected_invitation_gives_nothing_and_is_not_accepted_any_more(server, owner, consumer, reader, orders):
    ram = consumer.admin.ram
    fresh = Account(server, make_account(server, "909090909090"), "909090909090")
    person = engine(fresh)
    grant(owner.lf, owner.table(orders), fresh.id, ["SELECT"], ["SELECT"])
    (invited,) = fresh.invitations()
    arn = {"resourceShareInvitationArn": invited["resourceShareInvitationArn"]}
    # Nobody else answers for it, and its people not without the right in IAM.
    assert refusal(ram.accept_resource_share_invitation, **arn) == "ResourceShareInvitationArnNotFoundException"
    assert refusal(person.clients.ram.accept_resource_share_invitation, **arn) == "AccessDeniedException"
    assert granting(fresh.admin, owner.table(orders), person.arn) == DENIED
    assert open_doors(server, person.clients, owner, orders) == set()
    fresh.admin.ram.reject_resource_share_invitation(**arn)
    late = refusal(fresh.admin.ram.accept_resource_share_invitation, **arn)
    assert late == "ResourceShareInvitationAlreadyRejectedException"
    assert granting(fresh.admin, owner.table(orders), person.arn) == DENIED
    for clients in (fresh.admin, person.clients):
        assert open_doors(server, clients, owner, orders) == set()


def test_what_one_person_accepted_is_not_accepted_for_the_account(server, owner, third, stranger, orders):
    """Both wait in the same share, each with an invitation of its own."""
    one = engine(third)
    for to in (one.arn, THIRD):
        grant(owner.lf, owner.table(orders), to, ["SELECT"], ["SELECT"])
    (of_person,) = [found for found in third.invitations() if found.get("receiverArn") == one.arn]
    third.admin.ram.accept_resource_share_invitation(
        resourceShareInvitationArn=of_person["resourceShareInvitationArn"])
    assert open_doors(server, one.clients, owner, orders) == OPEN
    assert granting(third.admin, owner.table(orders), stranger.arn) == DENIED
    assert open_doors(server, stranger.clients, owner, orders) == set()
    assert third.accept() == 1
    grant(third.lf, owner.table(orders), stranger.arn, ["SELECT"])
    assert open_doors(server, stranger.clients, owner, orders) == OPEN


def test_an_expired_invitation_gives_nothing_and_is_not_accepted_any_more(tmp_path):
    """Invitations of this server are open for no time at all."""
    server = Server(tmp_path / "data", "--share-invitation-s", "0").start()
    try:
        consumer = Account(server, make_account(server, OUTSIDE), OUTSIDE)
        owner, person = Owner(Account(server, server.session(), ACCOUNT), [OUTSIDE]), engine(consumer)
        for to in (OUTSIDE, person.arn):
            grant(owner.lf, owner.table(), to, ["SELECT"], ["SELECT"] if to == OUTSIDE else [])
        late = consumer.invitations("EXPIRED")
        assert late and consumer.invitations() == []
        for one in late:
            assert refusal(consumer.admin.ram.accept_resource_share_invitation, resourceShareInvitationArn=one[
                "resourceShareInvitationArn"]) == "ResourceShareInvitationExpiredException"
        assert granting(consumer.admin, owner.table(), person.arn) == DENIED
        for clients in (consumer.admin, person.clients):
            assert open_doors(server, clients, owner) == set()
    finally:
        assert server.stop() == 0


# --- 7: sessions that are older than the end


def take_back(way: str, owner: Owner, consumer: Account, reader, orders: str) -> None:
    ram, arn = owner.admin.ram, share_arn(owner)
    if way == "the owner revokes":
        revoke(owner.lf, owner.table(orders), OUTSIDE, ["SELECT"])
    elif way == "the account revokes":
        revoke(consumer.lf, owner.table(orders), reader.arn, ["SELECT"])
    elif way == "the share is deleted":
        ram.delete_resource_share(resourceShareArn=arn)
    elif way == "the account is taken out of the share":
        ram.disassociate_resource_share(resourceShareArn=arn, principals=[OUTSIDE])
    else:
        ram.disassociate_resource_share(resourceShareArn=arn, resourceArns=[owner.arn(orders)])


@pytest.mark.parametrize("way", ["the owner revokes", "the account revokes", "the share is deleted",
                                 "the account is taken out of the share", "the table is taken out of the share"])
def test_a_session_that_read_before_the_end_does_not_read_after_it(server, owner, consumer, reader, orders, way):
    share(owner, consumer, owner.table(orders))
    grant(consumer.lf, owner.table(orders), reader.arn, ["SELECT"])
    link = f"kept_{orders}"
    consumer.admin.glue.create_database(DatabaseInput={"Name": link, "TargetDatabase": {
        "CatalogId": ACCOUNT, "DatabaseName": DATABASE}})
    grant(consumer.lf, database(link, OUTSIDE), reader.arn, ["DESCRIBE"])
    through = f"SELECT count(*) AS n FROM {link}.{orders}"
    assert open_doors(server, reader.clients, owner, orders) == OPEN
    assert selected(server, reader.clients, None, through) == ["n", "4"]
    take_back(way, owner, consumer, reader, orders)
    assert open_doors(server, reader.clients, owner, orders) == set()
    assert selected(server, reader.clients, None, through) is None
    if way != "the account revokes":
        assert granting(consumer.admin, owner.table(orders), reader.arn) == DENIED


def test_a_namesake_of_a_role_has_nothing_of_what_was_passed_on_to_it(server, owner, consumer, reader, orders):
    share(owner, consumer, owner.table(orders))
    grant(consumer.lf, owner.table(orders), reader.arn, ["SELECT"])
    name, iam = reader.arn.rsplit("/")[-1], consumer.admin.iam
    trust = json.dumps(iam.get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"])
    iam.delete_role_policy(RoleName=name, PolicyName="own")
    iam.delete_role(RoleName=name)
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
    iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=allow(["*"]))
    again = consumer.admin.sts.assume_role(RoleArn=reader.arn, RoleSessionName="again", Tags=ENGINE)
    namesake = server.session(again["Credentials"])
    assert open_doors(server, namesake, owner, orders) == set()


def test_a_namesake_finds_no_share_open_that_its_predecessor_accepted(server, owner, third, orders):
    one = engine(third)
    grant(owner.lf, owner.table(orders), one.arn, ["SELECT"])
    assert third.accept() == 1
    assert open_doors(server, one.clients, owner, orders) == OPEN
    name, iam = one.arn.rsplit("/")[-1], third.admin.iam
    trust = json.dumps(iam.get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"])
    iam.delete_role_policy(RoleName=name, PolicyName="own")
    iam.delete_role(RoleName=name)
    listed = third.admin.ram.list_resources(resourceOwner="OTHER-ACCOUNTS")["resources"]
    assert owner.arn(orders) not in [row["arn"] for row in listed]
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
    grant(owner.lf, owner.table(orders), one.arn, ["SELECT"])
    assert third.accept() == 1  # it is asked anew


def test_a_name_that_is_granted_keeps_its_meaning(owner, consumer, reader, orders):
    share(owner, consumer, owner.make_filter("ours", "dept = 'hr'", ["id"], orders))
    share(owner, consumer, owner.columns("id", of=orders))
    grant(consumer.lf, {"DataCellsFilter": owner.filter_name("ours", orders)}, reader.arn, ["SELECT"])
    before = readable(reader.clients, owner, orders)
    assert before is not None
    assert refusal(consumer.lf.create_data_cells_filter,
                   TableData=own_filter(owner, "ours", orders, ["id"])) == "AlreadyExistsException"
    assert readable(reader.clients, owner, orders) == before


def test_a_denial_tells_of_no_share_that_the_account_has_not_joined(server, owner, orders):
    newcomer = Account(server, make_account(server, "888899990000"), "888899990000")
    one = engine(newcomer)
    grant(owner.lf, owner.table(orders), newcomer.id, ["SELECT"])
    assert refusal(one.clients.glue.get_table, CatalogId=ACCOUNT, DatabaseName=DATABASE, Name=orders) == DENIED
    # With a share that is in force the owner's side of IAM is open, and Lake Formation's half is what denies.
    other = f"{orders}_other"
    owner.make_table(other)
    grant(owner.lf, owner.table(other), one.arn, ["DESCRIBE"])
    (invitation,) = [found for found in newcomer.invitations() if found.get("receiverArn") == one.arn]
    newcomer.admin.ram.accept_resource_share_invitation(resourceShareInvitationArn=invitation["resourceShareInvitationArn"])
    assert refusal(one.clients.glue.get_table, CatalogId=ACCOUNT, DatabaseName=DATABASE, Name=orders) == DENIED
    events = newcomer.admin.cloudtrail.lookup_events(LookupAttributes=[
        {"AttributeKey": "EventName", "AttributeValue": "GetTable"}])["Events"]
    mine = [event["CloudTrailEvent"] for event in events if f"{orders}\"" in event["CloudTrailEvent"]]
    assert mine and not any("resource-share" in event for event in mine)


# --- 8: beyond the grant option


def test_what_came_without_grant_option_is_passed_on_to_nobody(server, owner, consumer, reader, orders):
    share(owner, consumer, owner.table(orders), ["SELECT", "INSERT", "DESCRIBE"], ["DESCRIBE"])
    for permission in ("SELECT", "INSERT", "ALTER", "DROP", "DELETE", "ALL"):
        assert granting(consumer.admin, owner.table(orders), reader.arn, [permission]) == DENIED, permission
    assert granting(consumer.admin, owner.columns("id", of=orders), reader.arn) == DENIED
    grant(consumer.lf, owner.table(orders), reader.arn, ["DESCRIBE"])
    assert open_doors(server, reader.clients, owner, orders) == {"catalog API"}
    # Who has it from the account without the option does not pass it on either.
    assert granting(reader.clients, owner.table(orders), engine(consumer).arn, ["DESCRIBE"]) == DENIED


def test_what_came_to_one_person_is_nobody_elses(server, owner, consumer, reader, orders):
    grant(owner.lf, owner.table(orders), reader.arn, ["SELECT"], ["SELECT"])
    consumer.accept()
    second = engine(consumer)
    assert open_doors(server, reader.clients, owner, orders) == OPEN
    for clients in (reader.clients, consumer.admin):
        for to in (second.arn, f"{OUTSIDE}:IAMPrincipals", OUTSIDE):
            assert granting(clients, owner.table(orders), to) == DENIED
    for clients in (second.clients, consumer.admin):
        assert open_doors(server, clients, owner, orders) == set()


# --- 9: LF-Tags of its own


def test_lf_tags_of_its_own_choose_none_of_the_owners_tables(server, owner, consumer, reader, orders):
    owner.lf.add_lf_tags_to_resource(Resource=owner.table(orders), LFTags=[{"TagKey": "zone", "TagValues": ["closed"]}])
    share(owner, consumer, owner.table(orders), ["DESCRIBE"])
    consumer.lf.create_lf_tag(TagKey="zone", TagValues=["open", "closed"])
    try:
        for value in ("open", "closed"):
            grant(consumer.lf, policy("TABLE", OUTSIDE, zone=value), reader.arn, ["SELECT", "DESCRIBE"])
            grant(consumer.lf, policy("DATABASE", OUTSIDE, zone=value), reader.arn, ["DESCRIBE"])
            assert granting(consumer.admin, policy("TABLE", ACCOUNT, zone=value), reader.arn) == DENIED
        for catalog in (OUTSIDE, ACCOUNT):
            assert refusal(consumer.lf.add_lf_tags_to_resource, Resource=owner.table(orders), LFTags=[
                {"CatalogId": catalog, "TagKey": "zone", "TagValues": ["open"]}]) == DENIED
        assert refusal(consumer.lf.remove_lf_tags_from_resource, Resource=owner.table(orders), LFTags=[
            {"TagKey": "zone", "TagValues": ["closed"]}]) == DENIED
        assert open_doors(server, reader.clients, owner, orders) == set()
        # A policy that came, of one value, says nothing of another.
        share(owner, consumer, owner.policy("TABLE", "open"), ["SELECT", "DESCRIBE"])
        assert granting(consumer.admin, owner.policy("TABLE", "closed"), reader.arn) == DENIED
        grant(consumer.lf, owner.policy("TABLE", "open"), reader.arn, ["SELECT"])
        assert open_doors(server, reader.clients, owner, "orders") == OPEN
        assert open_doors(server, reader.clients, owner, "customers") == set()
        assert open_doors(server, reader.clients, owner, orders) == set()
    finally:
        consumer.lf.delete_lf_tag(TagKey="zone")
        revoke(owner.lf, owner.policy("TABLE", "open"), OUTSIDE, ["SELECT", "DESCRIBE"])


# --- 10: out of the organization


def test_who_leaves_the_organization_leaves_what_came_by_membership(server, owner, orders):
    management = owner.admin
    leaver = member(server, management)
    settings = owner.lf.get_data_lake_settings()["DataLakeSettings"]
    owner.lf.put_data_lake_settings(DataLakeSettings=settings | {"ExternalDataFilteringAllowList": [
        *settings["ExternalDataFilteringAllowList"], who(leaver.id)]})
    person = engine(leaver)
    organization = management.organizations.describe_organization()["Organization"]["Arn"]
    for to in (leaver.id, organization):
        grant(owner.lf, owner.table(orders), to, ["SELECT"], ["SELECT"])
    grant(leaver.lf, owner.table(orders), person.arn, ["SELECT"])
    assert open_doors(server, person.clients, owner, orders) == OPEN
    leaver.admin.organizations.leave_organization()
    for clients in (person.clients, leaver.admin):
        assert open_doors(server, clients, owner, orders) == set()
    assert granting(leaver.admin, owner.table(orders), person.arn) == DENIED
    revoke(owner.lf, owner.table(orders), organization, ["SELECT"])


def test_who_is_moved_out_of_a_unit_leaves_what_came_to_the_unit(server, owner, insider, orders):
    organizations, person = owner.admin.organizations, engine(insider)
    root = organizations.list_roots()["Roots"][0]["Id"]
    unit = organizations.create_organizational_unit(ParentId=root, Name=f"unit-{orders}")["OrganizationalUnit"]
    organizations.move_account(AccountId=insider.id, SourceParentId=root, DestinationParentId=unit["Id"])
    grant(owner.lf, owner.table(orders), unit["Arn"], ["SELECT"], ["SELECT"])
    grant(insider.lf, owner.table(orders), person.arn, ["SELECT"])
    assert open_doors(server, person.clients, owner, orders) == OPEN
    organizations.move_account(AccountId=insider.id, SourceParentId=unit["Id"], DestinationParentId=root)
    for clients in (person.clients, insider.admin):
        assert open_doors(server, clients, owner, orders) == set()
    assert granting(insider.admin, owner.table(orders), person.arn) == DENIED


# --- 11: credentials for another place


def test_places_of_the_owner_are_not_vended_by_their_names(server, owner, consumer, reader, orders):
    """Though the owner lets engines have whole places, and the reader has one whole table there."""
    settings = owner.lf.get_data_lake_settings()["DataLakeSettings"]
    owner.lf.put_data_lake_settings(DataLakeSettings=settings | {"AllowFullTableExternalDataAccess": True})
    share(owner, consumer, owner.table(orders))
    grant(consumer.lf, owner.table(orders), reader.arn, ["SELECT"])
    try:
        for place in ("customers/", f"{orders}/../customers/", f"{orders}_more/", ""):
            for scope in ("READ", "READWRITE"):
                assert refusal(reader.lf.get_temporary_data_location_credentials, CredentialsScope=scope,
                               DataLocations=[f"s3://{owner.bucket}/{place}"]) in (DENIED, INVALID), place
        for arn, s3_path in ((owner.arn("customers"), "customers/"), (owner.arn(orders), "customers/")):
            assert refusal(reader.lf.get_temporary_glue_table_credentials, TableArn=arn, SupportedPermissionTypes=TYPES,
                           Permissions=["SELECT"], S3Path=f"s3://{owner.bucket}/{s3_path}") in (DENIED, INVALID)
    finally:
        owner.lf.put_data_lake_settings(DataLakeSettings=settings)


def test_vended_credentials_reach_the_one_table_and_nothing_else(server, owner, consumer, reader, orders):
    namesake = f"{orders}_more"  # whose prefix begins with the other's
    owner.make_table(namesake)
    share(owner, consumer, owner.table(orders))
    grant(consumer.lf, owner.table(orders), reader.arn, ["SELECT"])
    keys = vend(reader.clients, owner.arn(orders))
    assert s3_status(server, keys, f"{owner.bucket}/{key_of(orders)}") == 200
    assert s3_status(server, keys, f"{owner.bucket}?list-type=2&prefix={orders}%2F") == 200
    assert s3_status(server, keys, f"{owner.bucket}?list-type=2&prefix=customers%2F") == 403
    for path in (key_of(namesake), key_of("customers"), f"{orders}/../{key_of('customers')}",
                 f"{orders}/%2e%2e/{key_of('customers')}", f"{orders}//../{key_of('customers')}", ""):
        assert s3_status(server, keys, f"{owner.bucket}/{path}") != 200, path
    for method in ("PUT", "DELETE"):
        assert s3_status(server, keys, f"{owner.bucket}/{key_of(orders)}", method) == 403
    vended = server.session(keys)
    for call, more in ((vended.lakeformation.get_data_lake_settings, {}),
                       (vended.ram.get_resource_shares, {"resourceOwner": "SELF"}),
                       (vended.sts.assume_role, {"RoleArn": reader.arn, "RoleSessionName": "back"}),
                       (vended.iam.get_role, {"RoleName": "registrar"})):
        assert refusal(call, **more) in ("AccessDenied", "AccessDeniedException"), call.__name__
    assert open_doors(server, vended, owner, namesake) == set()
    assert open_doors(server, reader.clients, owner, namesake) == set()


def test_a_table_of_its_own_over_the_owners_place_reads_nothing_there(server, owner, consumer, reader):
    """It registers the owner's bucket with a role of its own that IAM allows everything there."""
    role = "reaches-out"
    consumer.admin.iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust_service())
    consumer.admin.iam.put_role_policy(RoleName=role, PolicyName="data", PolicyDocument=location_policy(owner.bucket))
    settings = consumer.lf.get_data_lake_settings()["DataLakeSettings"]
    consumer.lf.put_data_lake_settings(DataLakeSettings=settings | {
        "AllowExternalDataFiltering": True, "AuthorizedSessionTagValueList": [SESSION_TAG],
        "ExternalDataFilteringAllowList": [who(OUTSIDE)]})
    consumer.lf.register_resource(ResourceArn=f"arn:aws:s3:::{owner.bucket}", RoleArn=f"arn:aws:iam::{OUTSIDE}:role/{role}")
    glue = consumer.admin.glue
    glue.create_database(DatabaseInput={"Name": "over"})
    glue.create_table(DatabaseName="over", TableInput={"Name": "orders", "TableType": "EXTERNAL_TABLE",
                      "StorageDescriptor": storage(f"s3://{owner.bucket}/orders/", COLUMNS)})
    grant(consumer.lf, table("over", "orders", OUTSIDE), reader.arn, ["SELECT"])
    assert selected(server, reader.clients, None, "SELECT id FROM over.orders") is None
    keys = vend(reader.clients, glue_arn("table/over/orders", OUTSIDE))
    for path in (key_of("orders"), "?list-type=2"):
        assert s3_status(server, keys, f"{owner.bucket}/{path}") == 403
    assert open_doors(server, reader.clients, owner, "customers") == set()


# --- 13: spellings


def test_a_principal_spelled_otherwise_is_nobody_else(server, owner, consumer, third, reader, stranger, orders):
    share(owner, consumer, owner.table(orders))
    role = stranger.arn.rsplit("/")[-1]
    session = stranger.clients.sts.get_caller_identity()["Arn"]
    for to in (f"arn:aws:iam::{THIRD}:root", f" {THIRD}", f"{THIRD} ", f"{THIRD}\n", session, "*",
               f"arn:aws:iam::*:role/{role}", f"arn:aws:iam::{OUTSIDE}:role/*",
               f"arn:aws:iam::{OUTSIDE}:role/{role}/../../{THIRD}:role/{role}",
               f"arn:aws-cn:iam::{THIRD}:role/{role}", f"arn:aws:iam:: {OUTSIDE}:role/{role}", stranger.arn.upper(),
               f"arn:aws:iam::{OUTSIDE}:role/{stranger.arn}", f"{OUTSIDE},{THIRD}", f"{OUTSIDE}:{THIRD}:IAMPrincipals"):
        assert granting(consumer.admin, owner.table(orders), to) in (DENIED, INVALID, "ValidationException"), to
    assert open_doors(server, stranger.clients, owner, orders) == set()


def test_a_catalog_or_an_arn_spelled_otherwise_leads_to_nothing_more(server, owner, consumer, reader, orders):
    hidden = f"{orders}_hidden"
    owner.make_table(hidden)
    share(owner, consumer, owner.table(orders))
    grant(consumer.lf, owner.table(orders), reader.arn, ["SELECT"])
    right = owner.arn(orders)
    for arn in (right.replace(ACCOUNT, OUTSIDE), right.replace(ACCOUNT, THIRD), right.replace(ACCOUNT, ""),
                right.replace(orders, hidden), right.replace(orders, "*"), f"{right}/../{hidden}", f"{right}/{hidden}",
                right.replace(f"{DATABASE}/", f"{DATABASE}%2f"), right.replace(REGION, "eu-west-1"), f" {right}",
                right.replace("arn:aws:", "arn:aws-cn:"), right.replace(":glue:", ":s3:"), share_arn(owner)):
        assert refusal(vend, clients=reader.clients, arn=arn) in (DENIED, INVALID, "ValidationException"), arn
    for catalog in (OUTSIDE, THIRD, f"0{ACCOUNT}", f"{ACCOUNT}:", f"{ACCOUNT}/x", f" {ACCOUNT}",
                    f"arn:aws:iam::{ACCOUNT}:root"):
        assert refusal(reader.clients.glue.get_table, CatalogId=catalog, DatabaseName=DATABASE, Name=hidden) in (
            DENIED, INVALID, ABSENT, "ValidationException"), catalog
    for name in (f"{orders}/../{hidden}", f"{DATABASE}.{hidden}", hidden.upper(), f"{orders}\x00{hidden}"):
        assert refusal(reader.clients.glue.get_table, CatalogId=ACCOUNT, DatabaseName=DATABASE, Name=name) in (
            DENIED, INVALID, "ValidationException"), name


def test_administrators_of_a_consumer_administer_nothing_of_the_owners(owner, consumer, reader, orders):
    share(owner, consumer, owner.table(orders))
    lf = consumer.lf
    for call, more in ((lf.get_data_lake_settings, {"CatalogId": ACCOUNT}),
                       (lf.put_data_lake_settings, {"CatalogId": ACCOUNT, "DataLakeSettings": {
                           "DataLakeAdmins": [who(reader.arn)]}}),
                       (lf.create_lf_tag, {"CatalogId": ACCOUNT, "TagKey": "k", "TagValues": ["v"]}),
                       (consumer.admin.glue.delete_table, {"CatalogId": ACCOUNT, "DatabaseName": DATABASE, "Name": orders}),
                       (consumer.admin.glue.delete_database, {"CatalogId": ACCOUNT, "Name": DATABASE})):
        assert refusal(call, **more) == DENIED, call.__name__
    assert refusal(lf.create_lake_formation_opt_in, Principal=who(reader.arn), Resource=owner.table(orders)) in (
        DENIED, INVALID)
