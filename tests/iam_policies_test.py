"""IAM over the wire: managed policies, and what users, groups and roles hold; lists page by page."""

import json

import pytest

from conftest import ACCOUNT
from iam_words import (
    ADMINISTRATOR, OTHER, READ_ONLY, code, fresh, iam, login, make_policy, make_user, raw, refused)
from lake import allow, trust_service

# --- managed policies


def test_a_policy_comes_back_as_it_was_made(iam):
    name, document = fresh("Readers"), allow("s3:GetObject", "arn:aws:s3:::a/*")
    made = iam.create_policy(PolicyName=name, Path="/data/", PolicyDocument=document, Description="reads",
                             Tags=[{"Key": "k", "Value": "v"}])["Policy"]
    assert made["Arn"] == f"arn:aws:iam::{ACCOUNT}:policy/data/{name}" and made["PolicyId"].startswith("ANPA")
    shown = iam.get_policy(PolicyArn=made["Arn"])["Policy"]
    assert shown == made
    assert (shown["DefaultVersionId"], shown["AttachmentCount"], shown["IsAttachable"]) == ("v1", 0, True)
    version = iam.get_policy_version(PolicyArn=made["Arn"], VersionId="v1")["PolicyVersion"]
    assert (version["Document"], version["IsDefaultVersion"]) == (json.loads(document), True)
    assert refused(iam.create_policy, PolicyName=name.upper(), PolicyDocument=document)[:2] == (409, "EntityAlreadyExists")


def test_five_versions_at_most_and_numbers_never_come_back(iam):
    arn = make_policy(iam)
    for number in range(2, 6):
        made = iam.create_policy_version(PolicyArn=arn, PolicyDocument=allow(f"s3:Get{number}*"), SetAsDefault=number == 3)
        assert made["PolicyVersion"]["VersionId"] == f"v{number}"
    assert refused(iam.create_policy_version, PolicyArn=arn, PolicyDocument=allow("s3:*"))[:2] == (409, "LimitExceeded")
    assert iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v3"
    assert [v["VersionId"] for v in iam.list_policy_versions(PolicyArn=arn)["Versions"]] == ["v5", "v4", "v3", "v2", "v1"]
    assert refused(iam.delete_policy_version, PolicyArn=arn, VersionId="v3")[:2] == (409, "DeleteConflict")
    assert refused(iam.delete_policy, PolicyArn=arn)[:2] == (409, "DeleteConflict")
    iam.delete_policy_version(PolicyArn=arn, VersionId="v5")
    assert iam.create_policy_version(PolicyArn=arn, PolicyDocument=allow("s3:*"))["PolicyVersion"]["VersionId"] == "v6"
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v6")
    assert refused(iam.get_policy_version, PolicyArn=arn, VersionId="v5")[:2] == (404, "NoSuchEntity")
    for number in (1, 2, 3, 4):
        iam.delete_policy_version(PolicyArn=arn, VersionId=f"v{number}")
    iam.delete_policy(PolicyArn=arn)
    assert refused(iam.get_policy, PolicyArn=arn)[:2] == (404, "NoSuchEntity")


@pytest.mark.parametrize("version", ["v0", "1", "v", "v1x", "V1", "v99999999999999999999", ""])
def test_version_ids_that_are_none(iam, raw, version):
    assert code(raw.get_policy_version, PolicyArn=make_policy(iam), VersionId=version) == "ValidationError"


def test_a_new_version_acts_at_once_on_who_holds_it(server, admin, iam):
    arn, name = make_policy(iam, allow("iam:ListRoles")), make_user(admin)
    iam.attach_user_policy(UserName=name, PolicyArn=arn)
    clients = login(server, admin, name)
    assert clients.iam.list_roles(MaxItems=1)
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=allow("iam:ListUsers"), SetAsDefault=True)
    assert code(clients.iam.list_roles) == "AccessDenied"
    assert clients.iam.list_users(MaxItems=1)
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
    assert clients.iam.list_roles(MaxItems=1)
    iam.detach_user_policy(UserName=name, PolicyArn=arn)
    assert code(clients.iam.list_roles) == "AccessDenied"


def test_lists_of_policies_by_scope_path_and_use(admin, iam):
    path = f"/{fresh('p')}/"
    unused, attached, boundary = (make_policy(iam, Path=path) for _ in range(3))
    name = make_user(admin)
    iam.attach_user_policy(UserName=name, PolicyArn=attached)
    iam.put_user_permissions_boundary(UserName=name, PermissionsBoundary=boundary)

    def arns(**options) -> set[str]:
        return {p["Arn"] for page in iam.get_paginator("list_policies").paginate(**options) for p in page["Policies"]}

    assert arns(PathPrefix=path) == arns(PathPrefix=path, Scope="Local") == {unused, attached, boundary}
    assert arns(PathPrefix=path, OnlyAttached=True) == {attached}
    assert arns(PathPrefix=path, PolicyUsageFilter="PermissionsPolicy") == {attached}
    assert arns(PathPrefix=path, PolicyUsageFilter="PermissionsBoundary") == {boundary}
    assert arns(PathPrefix=path, Scope="AWS") == set()
    assert READ_ONLY in arns(Scope="AWS") and READ_ONLY in arns()
    assert not any(a.startswith("arn:aws:iam::aws:") for a in arns(Scope="Local"))
    counts = iam.get_policy(PolicyArn=boundary)["Policy"]
    assert (counts["AttachmentCount"], counts["PermissionsBoundaryUsageCount"]) == (0, 1)
    assert iam.get_policy(PolicyArn=attached)["Policy"]["AttachmentCount"] == 1


def test_who_uses_a_policy(admin, iam):
    arn, user, group, role = make_policy(iam), make_user(admin, Path="/in/"), fresh("g"), fresh("r")
    iam.create_group(GroupName=group)
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust_service(), Path="/in/")
    iam.attach_user_policy(UserName=user, PolicyArn=arn)
    iam.put_user_permissions_boundary(UserName=user, PermissionsBoundary=arn)
    iam.attach_group_policy(GroupName=group, PolicyArn=arn)
    iam.put_role_permissions_boundary(RoleName=role, PermissionsBoundary=arn)

    def users_of(**options) -> list[str]:
        pages = iam.get_paginator("list_entities_for_policy").paginate(PolicyArn=arn, **options)
        return [e[n] for page in pages for kind, n in (("PolicyUsers", "UserName"), ("PolicyGroups", "GroupName"),
                                                       ("PolicyRoles", "RoleName")) for e in page[kind]]

    assert sorted(users_of()) == sorted([user, group, role])
    assert sorted(users_of(PaginationConfig={"PageSize": 1})) == sorted([user, group, role])
    assert sorted(users_of(PolicyUsageFilter="PermissionsPolicy")) == sorted([user, group])
    assert sorted(users_of(PolicyUsageFilter="PermissionsBoundary")) == sorted([user, role])
    assert users_of(EntityFilter="Group") == [group]
    assert sorted(users_of(PathPrefix="/in/")) == sorted([user, role])
    assert refused(iam.delete_policy, PolicyArn=arn)[1] == "DeleteConflict"
    iam.detach_user_policy(UserName=user, PolicyArn=arn)
    iam.detach_group_policy(GroupName=group, PolicyArn=arn)
    assert refused(iam.delete_policy, PolicyArn=arn)[1] == "DeleteConflict"
    iam.delete_user_permissions_boundary(UserName=user)
    iam.delete_role_permissions_boundary(RoleName=role)
    iam.delete_policy(PolicyArn=arn)


def test_policies_of_the_server_are_read_by_all_and_changed_by_none(iam):
    assert iam.get_policy(PolicyArn=READ_ONLY)["Policy"]["PolicyName"] == "ReadOnlyAccess"
    assert iam.get_policy_version(PolicyArn=READ_ONLY, VersionId="v1")["PolicyVersion"]["Document"]["Statement"]
    for call, more in ((iam.delete_policy, {}), (iam.create_policy_version, {"PolicyDocument": allow("s3:*")}),
                       (iam.delete_policy_version, {"VersionId": "v1"}), (iam.set_default_policy_version, {"VersionId": "v1"})):
        assert refused(call, PolicyArn=READ_ONLY, **more)[:2] == (403, "AccessDenied")


def test_policies_of_another_account_are_neither_shown_nor_attached(server, admin, iam):
    arn, name = f"arn:aws:iam::{OTHER}:policy/theirs", make_user(admin)
    status, problem, message = refused(iam.get_policy, PolicyArn=arn)
    assert (status, problem) == (403, "AccessDenied")
    assert message.startswith(f"User: {ADMINISTRATOR} is not authorized to perform: iam:GetPolicy on resource: {arn} because ")
    assert refused(iam.attach_user_policy, UserName=name, PolicyArn=arn)[:2] == (404, "NoSuchEntity")
    assert refused(iam.put_user_permissions_boundary, UserName=name, PermissionsBoundary=arn)[:2] == (404, "NoSuchEntity")
    for call in (iam.delete_policy, iam.list_policy_versions, iam.list_entities_for_policy):
        assert code(call, PolicyArn=arn) == "AccessDenied"


@pytest.mark.parametrize("arn", ["arn:aws:iam::aws:role/ReadOnlyAccess", "this is not an arn at all", "arn:aws:s3:::bucket/policy/x",
                                 f"arn:aws:iam:eu-west-1:{ACCOUNT}:policy/x", "arn:aws:iam::12345:policy/policy"])
def test_what_is_no_arn_of_a_policy(iam, arn):
    assert refused(iam.get_policy, PolicyArn=arn)[:2] == (400, "ValidationError")


# --- what users, groups and roles hold

KINDS = {"user": "UserName", "group": "GroupName", "role": "RoleName"}


@pytest.fixture(params=KINDS)
def holder(request, iam):
    """Calls on one user, group or role: holder('put_{}_policy', PolicyName=...)."""
    kind, name = request.param, fresh(request.param)
    options = {"AssumeRolePolicyDocument": trust_service()} if kind == "role" else {}
    getattr(iam, f"create_{kind}")(**{KINDS[kind]: name}, **options)

    def call(operation: str, **arguments):
        return getattr(iam, operation.format(kind))(**{KINDS[kind]: name}, **arguments)

    call.kind, call.name = kind, name
    return call


def test_inline_policies_are_put_shown_replaced_listed_and_removed(holder):
    first, second = allow("s3:GetObject"), allow("s3:PutObject")
    holder("put_{}_policy", PolicyName="One", PolicyDocument=first)
    holder("put_{}_policy", PolicyName="one", PolicyDocument=second)
    holder("put_{}_policy", PolicyName="two", PolicyDocument=first)
    shown = holder("get_{}_policy", PolicyName="ONE")
    assert shown["PolicyDocument"] == json.loads(second)
    assert shown[KINDS[holder.kind]] == holder.name
    listed = holder("list_{}_policies")
    assert (listed["PolicyNames"], listed["IsTruncated"]) == (["one", "two"], False)
    page = holder("list_{}_policies", MaxItems=1)
    assert (page["PolicyNames"], page["IsTruncated"]) == (["one"], True)
    assert holder("list_{}_policies", MaxItems=1, Marker=page["Marker"])["PolicyNames"] == ["two"]
    holder("delete_{}_policy", PolicyName="one")
    assert refused(holder, operation="delete_{}_policy", PolicyName="one")[:2] == (404, "NoSuchEntity")
    assert refused(holder, operation="get_{}_policy", PolicyName="one")[:2] == (404, "NoSuchEntity")


def test_inline_policies_together_have_a_limit_without_white_space(holder):
    limit = {"user": 2048, "group": 5120, "role": 10240}[holder.kind]

    def of_size(size: int) -> str:
        empty = allow("s3:GetObject", "arn:aws:s3:::").replace(" ", "")
        return allow("s3:GetObject", "arn:aws:s3:::" + "b" * (size - len(empty))).replace(":", ": ", 1)

    holder("put_{}_policy", PolicyName="half", PolicyDocument=of_size(limit // 2))
    holder("put_{}_policy", PolicyName="rest", PolicyDocument=of_size(limit - limit // 2))
    assert refused(holder, operation="put_{}_policy", PolicyName="rest",
                   PolicyDocument=of_size(limit - limit // 2 + 1))[:2] == (409, "LimitExceeded")
    assert len(holder("list_{}_policies")["PolicyNames"]) == 2


def test_policies_are_attached_once_listed_and_detached(holder, iam):
    mine = make_policy(iam, Path="/mine/")
    for arn in (READ_ONLY, mine, mine):
        holder("attach_{}_policy", PolicyArn=arn)
    listed = holder("list_attached_{}_policies")["AttachedPolicies"]
    assert {p["PolicyArn"]: p["PolicyName"] for p in listed} == {READ_ONLY: "ReadOnlyAccess", mine: mine.rsplit("/")[-1]}
    assert len(listed) == 2
    assert [p["PolicyArn"] for p in holder("list_attached_{}_policies", PathPrefix="/mine/")["AttachedPolicies"]] == [mine]
    page = holder("list_attached_{}_policies", MaxItems=1)
    rest = holder("list_attached_{}_policies", MaxItems=1, Marker=page["Marker"])
    assert {p["PolicyArn"] for p in page["AttachedPolicies"] + rest["AttachedPolicies"]} == {READ_ONLY, mine}
    assert rest["IsTruncated"] is False and "Marker" not in rest
    holder("detach_{}_policy", PolicyArn=mine)
    assert refused(holder, operation="detach_{}_policy", PolicyArn=mine)[:2] == (404, "NoSuchEntity")
    assert refused(holder, operation="attach_{}_policy", PolicyArn=mine + "x")[:2] == (404, "NoSuchEntity")


def test_policies_for_service_roles_are_not_attached_by_hand(holder):
    arn = "arn:aws:iam::aws:policy/aws-service-role/LakeFormationDataAccessServiceRolePolicy"
    assert refused(holder, operation="attach_{}_policy", PolicyArn=arn)[:2] == (400, "PolicyNotAttachable")


def test_twenty_attached_policies_at_most(holder, iam):
    arns = [make_policy(iam) for _ in range(21)]
    for arn in arns[:20]:
        holder("attach_{}_policy", PolicyArn=arn)
    assert refused(holder, operation="attach_{}_policy", PolicyArn=arns[20])[:2] == (409, "LimitExceeded")


def test_tags_are_merged_listed_in_pages_and_removed(holder, admin):
    if holder.kind == "group":  # IAM has no tags on groups
        assert not hasattr(admin.iam, "tag_group")
        return
    holder("tag_{}", Tags=[{"Key": f"k{i}", "Value": str(i)} for i in range(5)])
    holder("tag_{}", Tags=[{"Key": "K0", "Value": "changed"}])
    page = holder("list_{}_tags", MaxItems=3)
    rest = holder("list_{}_tags", Marker=page["Marker"])
    assert {t["Key"]: t["Value"] for t in page["Tags"] + rest["Tags"]} == {
        "K0": "changed", "k1": "1", "k2": "2", "k3": "3", "k4": "4"}
    holder("untag_{}", TagKeys=["k0", "k1", "absent"])
    assert {t["Key"] for t in holder("list_{}_tags")["Tags"]} == {"k2", "k3", "k4"}
    holder("untag_{}", TagKeys=["k2", "k3", "k4"])
    assert holder("list_{}_tags")["Tags"] == []


@pytest.mark.parametrize("tags, problem", [
    ([("aws:x", "1")], "InvalidInput"), ([("AWS:x", "1")], "InvalidInput"), ([("a", "1"), ("A", "2")], "InvalidInput"),
    ([("", "1")], "ValidationError"), ([("a" * 129, "1")], "ValidationError"), ([("a", "v" * 257)], "ValidationError"),
    ([("a<b", "1")], "ValidationError"), ([("a", "b\nc")], "ValidationError"), ([("a", "b\x01")], "ValidationError"),
    ([(f"k{i}", "") for i in range(51)], "ValidationError")])
def test_tags_that_are_refused(admin, raw, tags, problem):
    name = make_user(admin)
    assert code(raw.tag_user, UserName=name, Tags=[{"Key": k, "Value": v} for k, v in tags]) == problem
    assert admin.iam.list_user_tags(UserName=name)["Tags"] == []


def test_fifty_tags_in_all(admin, iam):
    name = make_user(admin, Tags=[{"Key": f"k{i}", "Value": ""} for i in range(50)])
    assert refused(iam.tag_user, UserName=name, Tags=[{"Key": "one-more", "Value": ""}])[:2] == (409, "LimitExceeded")


def test_a_boundary_that_is_not_there_is_not_removed_and_not_put(holder, admin):
    if holder.kind == "group":  # IAM has no boundaries of groups
        assert not hasattr(admin.iam, "put_group_permissions_boundary")
        return
    assert refused(holder, operation="delete_{}_permissions_boundary")[:2] == (404, "NoSuchEntity")
    assert refused(holder, operation="put_{}_permissions_boundary",
                   PermissionsBoundary=f"arn:aws:iam::{ACCOUNT}:policy/absent")[:2] == (404, "NoSuchEntity")
    holder("put_{}_permissions_boundary", PermissionsBoundary=READ_ONLY)
    holder("delete_{}_permissions_boundary")


# --- pages


@pytest.mark.parametrize("operation, field, name", [("list_users", "Users", "UserName"), ("list_groups", "Groups", "GroupName"),
                                                    ("list_roles", "Roles", "RoleName"), ("list_policies", "Policies", "PolicyName")])
def test_pages_tell_everything_once(iam, operation, field, name):
    path, singular = f"/{fresh('page')}/", operation.removeprefix("list_").replace("policies", "policy").rstrip("s")
    options = {"role": {"AssumeRolePolicyDocument": trust_service()}, "policy": {"PolicyDocument": allow("s3:*")}}.get(singular, {})
    names = sorted(fresh(f"n{i}") for i in range(7))
    for one in names:
        getattr(iam, f"create_{singular}")(**{name: one}, Path=path, **options)
    pages = list(iam.get_paginator(operation).paginate(PathPrefix=path, PaginationConfig={"PageSize": 3}))
    assert [one[name] for page in pages for one in page[field]] == names
    assert all(len(page[field]) <= 3 for page in pages)
    assert not pages[-1]["IsTruncated"] and "Marker" not in pages[-1]


@pytest.mark.parametrize("items, marker", [(0, None), (1001, None), (-1, None), (5, "!!!"), (5, "a"), (5, "x" * 321), (5, "\x01")])
def test_pages_that_cannot_be(raw, items, marker):
    arguments = {"MaxItems": items} | ({"Marker": marker} if marker else {})
    for call in (raw.list_users, lambda **a: raw.list_user_tags(UserName="administrator", **a)):
        assert code(call, **arguments) == "ValidationError"


def test_a_marker_survives_the_removal_of_what_it_named(iam):
    path = f"/{fresh('gone')}/"
    names = sorted(fresh(f"n{i}") for i in range(4))
    for name in names:
        iam.create_user(UserName=name, Path=path)
    page = iam.list_users(PathPrefix=path, MaxItems=2)
    for name in names[:2]:
        iam.delete_user(UserName=name)
    assert [u["UserName"] for u in iam.list_users(PathPrefix=path, Marker=page["Marker"])["Users"]] == names[2:]


def test_lists_leave_out_tags_and_boundaries_as_on_aws(admin, iam):
    path = f"/{fresh('brief')}/"
    make_user(admin, Path=path, PermissionsBoundary=READ_ONLY, Tags=[{"Key": "a", "Value": "b"}])
    assert set(iam.list_users(PathPrefix=path)["Users"][0]) == {"Path", "UserName", "UserId", "Arn", "CreateDate"}
