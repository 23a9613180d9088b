"""The policy evaluator against a slow and obvious one: random policies, boundaries, control policies and questions."""

import json
import random

import pytest

import random_policies
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
