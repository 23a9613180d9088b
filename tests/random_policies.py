"""Random policy documents, contexts and questions, from a seed: narrow enough that statements often match."""

import random

SERVICES = {"s3": ["GetObject", "PutObject", "ListBucket", "ListAllMyBuckets"], "iam": ["ListUsers", "ListRoles", "ListGroups", "GetUser"],
            "glue": ["GetDatabases", "GetTable"]}
NAMES = ["red", "green", "blue*", "a", "ab"]
KEYS = {"aws:PrincipalTag/team": NAMES, "s3:prefix": NAMES, "aws:RequestTag/color": NAMES, "aws:TagKeys": NAMES,
        "s3:max-keys": ["1", "2", "10"], "aws:SourceIp": ["10.0.0.1", "10.0.1.1", "2001:db8::1"], "aws:SecureTransport": ["true", "false"]}
LISTS = {"aws:TagKeys"}


def action(rng: random.Random) -> str:
    service = rng.choice(list(SERVICES))
    return f"{service}:{rng.choice(SERVICES[service])}"


def resource(rng: random.Random) -> str:
    return rng.choice(["*", "arn:aws:s3:::data", f"arn:aws:s3:::data/{rng.choice(NAMES)}", f"arn:aws:s3:::data/red/{rng.choice(NAMES)}"])


def action_pattern(rng: random.Random) -> str:
    one = action(rng)
    return rng.choice([one, one.upper(), one.split(":")[0] + ":*", one[:-3] + "*", one[:-1] + "?", "*"])


def resource_pattern(rng: random.Random) -> str:
    return rng.choice(["*", "*", "arn:aws:s3:::data/*", "arn:aws:s3:::*", "arn:*:s3:::data/re?", "arn:aws:s3:::data/${aws:PrincipalTag/team}",
                       "arn:aws:s3:::data/${s3:prefix, 'red'}/*", "arn:aws:s3:::data/blue${*}", "arn:aws:s3:::d?ta", "arn:aws:iam::*:*"])


def text_value(rng: random.Random) -> str:
    return rng.choice(NAMES + ["re*", "?", "*", "${aws:PrincipalTag/team}", "${s3:prefix, 'a'}", "${aws:TagKeys}", "blue${*}"])


def condition(rng: random.Random) -> tuple[str, str, list[str]]:
    key = rng.choice(list(KEYS))
    if key == "s3:max-keys":
        name = "Numeric" + rng.choice(["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"])
        values = rng.sample(["1", "2", "5"], rng.randint(1, 2))
    elif key == "aws:SourceIp":
        name, values = rng.choice(["IpAddress", "NotIpAddress"]), rng.sample(["10.0.0.0/24", "10.0.0.1", "2001:db8::/32"], rng.randint(1, 2))
    elif key == "aws:SecureTransport":
        name, values = "Bool", [rng.choice(["true", "false", "True"])]
    else:
        name = rng.choice(["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike"])
        values = [text_value(rng) for _ in range(rng.randint(1, 3))]
    if rng.random() < 0.1:
        return "Null", key, [rng.choice(["true", "false"])]
    prefix = rng.choice(["", "", "ForAllValues:", "ForAnyValue:"]) if key in LISTS or rng.random() < 0.2 else ""
    return prefix + name + rng.choice(["", "", "IfExists"]), key, values


def statement(rng: random.Random, allow: float) -> dict:
    out = {"Effect": "Allow" if rng.random() < allow else "Deny"}
    actions = [action_pattern(rng) for _ in range(rng.randint(1, 3))]
    out["NotAction" if rng.random() < 0.15 else "Action"] = actions if rng.random() < 0.7 else actions[0]
    out["NotResource" if rng.random() < 0.1 else "Resource"] = [resource_pattern(rng) for _ in range(rng.randint(1, 2))]
    for _ in range(rng.choice([0, 0, 1, 1, 2])):
        name, key, values = condition(rng)
        out.setdefault("Condition", {}).setdefault(name, {})[key] = values if rng.random() < 0.8 else values[0]
    return out


def document(rng: random.Random, allow: float = 0.8) -> dict:
    out = {"Statement": [statement(rng, allow) for _ in range(rng.randint(1, 4))]}
    version = rng.choice(["2012-10-17"] * 4 + ["2008-10-17", None])
    return out | ({"Version": version} if version else {})


def context(rng: random.Random) -> dict:
    """Key -> value, or list of values for keys that have many."""
    out = {}
    for key, values in KEYS.items():
        if rng.random() < 0.65:
            out[key] = rng.sample(values, rng.randint(0, 2)) if key in LISTS else rng.choice(values)
    return out


def entries(facts: dict) -> list[dict]:
    """As the simulator takes them; a list without values is a key that is not there."""
    return [{"ContextKeyName": key, "ContextKeyValues": value if isinstance(value, list) else [value],
             "ContextKeyType": "stringList" if isinstance(value, list) else "string"} for key, value in facts.items()]
