"""The role of a registered location trusts a service: whom for, is the trust policy's to say (the confused deputy)."""

import json

import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT, REGION
from iam_words import fresh
from lake import Lake, table_arn


@pytest.fixture(scope="module")
def lake(server, admin):
    lake = Lake(server, admin, fresh("deputy")).build()
    lake.table("orders", [("id", "bigint")], [(1,), (2,)])
    return lake


@pytest.fixture(scope="module")
def reader(lake):
    arn = lake.role("reader")
    lake.grant(arn, ["SELECT"], lake.whole("orders"))
    return lake.assume(arn)


@pytest.mark.parametrize("condition,vends", [
    ({"StringEquals": {"aws:SourceAccount": ACCOUNT}}, True), ({"StringEquals": {"aws:SourceAccount": "999999999999"}}, False),
    ({"ArnLike": {"aws:SourceArn": f"arn:aws:lakeformation:{REGION}:{ACCOUNT}:*"}}, True),
    ({"ArnEquals": {"aws:SourceArn": f"arn:aws:lakeformation:*:{ACCOUNT}:*"}}, True),
    ({"ArnLike": {"aws:SourceArn": f"arn:aws:lakeformation:{REGION}:999999999999:*"}}, False),
    ({"ArnLike": {"aws:SourceArn": f"arn:aws:glue:{REGION}:{ACCOUNT}:*"}}, False),
    ({"Bool": {"aws:PrincipalIsAWSService": "true"}}, True), ({"Bool": {"aws:PrincipalIsAWSService": "false"}}, False),
    ({"StringEquals": {"aws:PrincipalServiceName": "lakeformation.amazonaws.com"}}, True),
    ({"ForAnyValue:StringEquals": {"aws:CalledVia": "lakeformation.amazonaws.com"}}, False)])
def test_a_trust_policy_tells_for_whom_the_service_acts(lake, admin, reader, condition, vends):
    admin.iam.update_assume_role_policy(RoleName=f"{lake.name}-location", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lakeformation.amazonaws.com"},
                                                "Action": "sts:AssumeRole", "Condition": condition}]}))
    ask = dict(TableArn=table_arn(lake.database, "orders"), Permissions=["SELECT"],
               SupportedPermissionTypes=["COLUMN_PERMISSION", "CELL_FILTER_PERMISSION"])
    if vends:
        assert reader.lakeformation.get_temporary_glue_table_credentials(**ask)["AccessKeyId"].startswith("ASIA")
        return
    with pytest.raises(ClientError) as refused:
        reader.lakeformation.get_temporary_glue_table_credentials(**ask)
    assert refused.value.response["Error"]["Code"] == "AccessDeniedException"
    assert "does not let lakeformation.amazonaws.com assume it" in refused.value.response["Error"]["Message"]
