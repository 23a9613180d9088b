"""What all acts of the demo stand on: what they say, what they check, and whom they make."""

import json
import sys

ACCOUNT = "111122223333"
EXTERNAL_ID, TAG = "123-456-789", "hello_world"


def step(text: str) -> None:
    print(f"\n\033[1m== {text}\033[0m" if sys.stdout.isatty() else f"\n== {text}", flush=True)


def check(condition: bool, claim: str) -> None:
    """Ends the demo unless what we say is what happened."""
    if not condition:
        raise SystemExit(f"demo: this did not hold: {claim}")
    print(f"   ok: {claim}", flush=True)


def engine_role(iam, caller_arn: str, name: str) -> None:
    """A role that the engine takes as `caller_arn`, with ExternalId and session tag."""
    trust = [{"Effect": "Allow", "Principal": {"AWS": caller_arn}, "Action": "sts:AssumeRole",
              "Condition": {"StringEquals": {"sts:ExternalId": EXTERNAL_ID}}},
             {"Effect": "Allow", "Principal": {"AWS": caller_arn}, "Action": "sts:TagSession",
              "Condition": {"StringLike": {"aws:RequestTag/LakeFormationAuthorizedCaller": TAG}}}]
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": trust}))
    iam.put_role_policy(RoleName=name, PolicyName="engine", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Resource": "*", "Action": [
                "lakeformation:GetDataAccess", "glue:GetTable", "glue:GetTables", "glue:GetDatabase",
                "glue:GetDatabases", "glue:GetPartition", "glue:GetPartitions"]}]}))
