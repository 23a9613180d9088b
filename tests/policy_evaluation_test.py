"""The policy evaluator against a slow and obvious one: random policies, boundaries, control policies and questions."""

import json
import random

import pytest

import random_policies
from conftest import Clients
from iam_words import code, fresh, policy, statement
from slow_evaluator import decide

SEEDS = 40
QUESTIONS = 25


@pytest.mark.parametrize("seed", range(SEEDS))
def test_random_policies_mean_what_the_slow_evaluator_says(admin, seed):
    rng = random.Random(seed)
    identity = [random_policies.document(rng) for _ in range(rng.randint(1, 3))]
    boundary = random_policies.document(rng, 0.95) if rng.random() < 0.4 else None
    levels = [[random_policies.document(rng, 0.95) for _ in range(rng.randint(1, 2))] for _ in range(rng.choice([0, 0, 1, 2]))]
    for _ in range(QUESTIONS):
        facts = random_policies.context(rng)
        action, resource = random_policies.action(rng), random_policies.resource(rng)
        arguments = {"PolicyInputList": [json.dumps(p) for p in identity], "ActionNames": [action], "ResourceArns": [resource],
                     "ContextEntries": random_policies.entries(facts)}
        if boundary:
            arguments["PermissionsBoundaryPolicyInputList"] = [json.dumps(boundary)]
        if levels:
            arguments["OrderedOrganizationPolicyInputList"] = [
                {"ServiceControlPolicyInputList": [json.dumps(p) for p in level]} for level in levels]
        answer = admin.iam.simulate_custom_policy(**arguments)["EvaluationResults"][0]
        known = {key.lower(): value for key, value in facts.items()}
        assert answer["EvalDecision"] == decide(identity, boundary, levels, action, resource, known), json.dumps(arguments, indent=1)
        if levels:
            alone = decide([{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}], None, levels, action, resource, known)
            assert answer["OrganizationsDecisionDetail"]["AllowedByOrganizations"] == (alone == "allowed")
        if boundary:
            alone = decide([boundary], None, [], action, resource, known)
            assert answer["PermissionsBoundaryDecisionDetail"]["AllowedByPermissionsBoundary"] == (alone == "allowed")


def test_the_random_world_is_not_one_sided():
    """Of the questions above, a fair share falls on every answer."""
    answers = []
    for seed in range(SEEDS):
        rng = random.Random(seed)
        identity = [random_policies.document(rng) for _ in range(2)]
        answers += [decide(identity, None, [], random_policies.action(rng), random_policies.resource(rng),
                           {k.lower(): v for k, v in random_policies.context(rng).items()}) for _ in range(QUESTIONS)]
    for answer in ("allowed", "explicitDeny", "implicitDeny"):
        assert answers.count(answer) > len(answers) / 20, {a: answers.count(a) for a in set(answers)}


# --- the keys that a real request brings along


@pytest.fixture(scope="module")
def somebody(server, admin):
    """A user whose one permission is to list groups, under a condition; the client, and how to set the condition."""
    name = fresh("somebody")
    admin.iam.create_user(UserName=name, Tags=[{"Key": "Team", "Value": "red"}])
    key = admin.iam.create_access_key(UserName=name)["AccessKey"]
    iam = Clients(server.endpoint, key["AccessKeyId"], key["SecretAccessKey"], None).iam

    def under(condition: dict):
        admin.iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(
            statement("Allow", "iam:ListGroups", condition=condition)))
        return iam

    return under


@pytest.mark.parametrize("condition", [
    {"StringLike": {"aws:UserAgent": "Boto3/*"}}, {"Bool": {"aws:ViaAWSService": "false"}}, {"Null": {"aws:Referer": "true"}},
    {"Null": {"aws:TokenIssueTime": "true", "aws:MultiFactorAuthPresent": "true"}}, {"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}},
    {"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}, {"NumericGreaterThan": {"aws:EpochTime": "1577836800"}},
    {"StringEquals": {"aws:RequestedRegion": "us-east-1"}}, {"StringEquals": {"aws:PrincipalType": "User"}},
    {"StringEquals": {"AWS:principaltag/TEAM": "red"}}, {"Bool": {"aws:PrincipalIsAWSService": "false"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/somebody-*"}}, {"Null": {"aws:PrincipalOrgID": "true"}},
    {"Bool": {"aws:SecureTransport": "false"}}, {"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}},
    {"StringLike": {"aws:username": "somebody-*", "aws:userid": "AIDA*"}}])
def test_keys_that_every_request_has(somebody, condition):
    assert somebody(condition).list_groups(MaxItems=1)
    operator, keys = next(iter(condition.items()))
    wrong = {"Bool": "true", "Null": "false", "IpAddress": "10.0.0.0/8", "NumericGreaterThan": "9999999999",
             "DateGreaterThan": "2999-01-01T00:00:00Z", "ArnLike": "arn:aws:iam::*:role/*"}.get(operator, "other")
    wrong = "true" if "SecureTransport" in str(keys) else wrong
    assert code(somebody({operator: {key: wrong for key in keys}}).list_groups, MaxItems=1) == "AccessDenied"


def test_the_referer_is_a_key_when_it_is_sent(somebody):
    iam = somebody({"StringEquals": {"aws:Referer": "https://weir.test/"}})
    assert code(iam.list_groups, MaxItems=1) == "AccessDenied"
    iam.meta.events.register_first("before-sign.iam.ListGroups", send_referer, unique_id="referer")
    assert iam.list_groups(MaxItems=1)
    iam.meta.events.unregister("before-sign.iam.ListGroups", unique_id="referer")


def send_referer(request, **_):
    request.headers["Referer"] = "https://weir.test/"
