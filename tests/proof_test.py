"""Proofs: explanations as typed members, live and of past denials, and who is told which."""

import re

import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT
from lake import Lake, allow
from weir_words import weir_client

COLUMNS = [("id", "bigint"), ("area", "string"), ("ssn", "string")]
ROWS = [(1, "eu", "a"), (2, "us", "b")]


@pytest.fixture(scope="module")
def lake(server, admin):
    made = Lake(server, admin, "proved").build()
    made.table("people", COLUMNS, ROWS)
    return made


def decision_of(refused) -> str:
    return re.search(r"\(decision (.*)\)", refused.value.response["Error"]["Message"]).group(1)


def test_a_proof_names_gates_statements_grants_and_the_view(lake, admin):
    arn = lake.role("prover")
    lake.grant(arn, ["SELECT"], lake.filter("people", "europe", "area = 'eu'", ["id", "area"]))
    proof = weir_client(admin).explain(Principal=arn, Action="SELECT", Resource=f"{lake.database}.people")["Proof"]
    assert proof["Decision"] == "ALLOW" and proof["Principal"] == arn
    iam, governed = proof["Gates"]
    assert [gate["Verdict"] for gate in (iam, governed)] == ["ALLOW", "ALLOW"]
    [statement] = iam["Statements"]
    assert (statement["Effect"], statement["PolicyType"], statement["Statement"]) == ("ALLOW", "identity-based policy", 1)
    assert "engine" in statement["Policy"]
    [grant] = [one for one in proof["Grants"] if one["Counts"]]
    assert (grant["Ground"], grant["Filter"], grant["Permissions"]) == ("FILTER", "europe", ["SELECT"])
    assert proof["View"]["AuthorizedColumns"] == ["id", "area"] and "eu" in proof["View"]["FinalRowPredicate"]
    assert proof["DataLocation"]["Registered"]


def test_a_denial_by_lake_formation_is_proved_to_who_was_denied(lake, admin):
    arn = lake.role("denied", ["glue:*", "lakeformation:ListPermissions"])
    own = lake.assume(arn)
    with pytest.raises(ClientError) as refused:
        own.glue.get_table(DatabaseName=lake.database, Name="people")
    answer = weir_client(own).explain(DecisionId=decision_of(refused))
    proof = answer["Proof"]
    assert not answer["Allowed"] and proof["Decision"] == "DENY"
    assert proof["Event"] == "GetTable" and proof["Message"].startswith("Insufficient Lake Formation")
    assert [gate["Verdict"] for gate in proof["Gates"]] == ["ALLOW", "DENY"]
    assert proof["Gates"][0]["Statements"][0]["Effect"] == "ALLOW" and proof["Gates"][1]["Remedy"]
    assert proof["SmallestChange"]


def test_a_denial_by_iam_names_the_statement_that_denied(lake, admin):
    arn = lake.role("forbidden", ["lakeformation:ListPermissions"])
    name = arn.split("/")[1]
    admin.iam.put_role_policy(RoleName=name, PolicyName="no", PolicyDocument=allow(["glue:GetTable"]).replace(
        '"Allow"', '"Deny", "Sid": "NoTables"'))
    own = lake.assume(arn)
    with pytest.raises(ClientError) as refused:
        own.glue.get_table(DatabaseName=lake.database, Name="people")
    proof = weir_client(own).explain(DecisionId=decision_of(refused))["Proof"]
    [gate] = proof["Gates"]
    assert (gate["Name"], gate["Verdict"]) == ("IAM: glue:GetTable", "DENY")
    assert [(one["Effect"], one["Sid"]) for one in gate["Statements"]] == [("DENY", "NoTables")]


def test_a_denial_by_a_gate_of_the_operations_own_is_proved(lake, admin):
    arn = lake.role("passer", ["lakeformation:*"])
    own = lake.assume(arn)
    with pytest.raises(ClientError) as refused:
        own.lakeformation.grant_permissions(Principal={"DataLakePrincipalIdentifier": arn}, Permissions=["SELECT"],
                                            Resource=lake.whole("people"))
    [gate] = weir_client(own).explain(DecisionId=decision_of(refused))["Proof"]["Gates"]
    assert gate["Name"] == "grant option" and gate["Verdict"] == "DENY"


def test_denials_of_others_are_told_to_who_reads_the_trail_alone(lake, admin):
    arn = lake.role("private", ["glue:*", "lakeformation:ListPermissions"])
    denied, another = lake.assume(arn), lake.assume(arn)
    with pytest.raises(ClientError) as refused:
        denied.glue.get_table(DatabaseName=lake.database, Name="people")
    ident = decision_of(refused)
    # Another session of the same role, with a name that anybody may choose.
    for asked in (ident, "no-such-decision"):
        with pytest.raises(ClientError) as told:
            weir_client(another).explain(DecisionId=asked)
        assert told.value.response["Error"]["Code"] == "EntityNotFoundException"
        assert told.value.response["Error"]["Message"].replace(asked, "") == \
            "No denial with the decision id  in this account."
    assert weir_client(admin).explain(DecisionId=ident)["Proof"]["Principal"].endswith("engine")\
        or weir_client(admin).explain(DecisionId=ident)["Proof"]["Principal"] == arn
    reader = lake.assume(lake.role("auditor", ["cloudtrail:LookupEvents"]))
    assert weir_client(reader).explain(DecisionId=ident)["Proof"]["Decision"] == "DENY"
    nobody = lake.assume(lake.role("nobody", ["glue:GetTable"]))
    with pytest.raises(ClientError) as told:
        weir_client(nobody).explain(DecisionId=ident)
    assert told.value.response["Error"]["Code"] == "AccessDeniedException"


def test_a_user_is_told_of_its_own_denials_with_other_keys_too(lake, server, admin):
    name = "proved-user"
    admin.iam.create_user(UserName=name)
    admin.iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=allow(["glue:*", "lakeformation:ListPermissions"]))
    first, second = (admin.iam.create_access_key(UserName=name)["AccessKey"] for _ in range(2))
    with pytest.raises(ClientError) as refused:
        server.session(first).glue.get_table(DatabaseName=lake.database, Name="people")
    assert weir_client(server.session(second)).explain(DecisionId=decision_of(refused))["Proof"]["Event"] == "GetTable"
    assert ACCOUNT in weir_client(server.session(second)).explain(DecisionId=decision_of(refused))["Proof"]["Principal"]
