"""IAM decisions the slow, obvious way: one function a rule, for tests to hold Weir to.

Only what random_policies() writes is known here: string, number, boolean, address and Null operators with their
prefixes and suffixes, `*` and `?`, variables with defaults. Everything else is an error, never a guess.
"""

import ipaddress
import re


def glob(pattern: str, text: str, fold: bool = False) -> bool:
    regex = "".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern)
    return re.fullmatch(regex, text, re.DOTALL | (re.IGNORECASE if fold else 0)) is not None


def parts(arn: str) -> list[str] | None:
    found = arn.split(":", 5)
    return found if len(found) == 6 and found[0] == "arn" else None


class Unresolved(Exception):
    """A variable that has no value: what it stands in cannot be compared."""


def fill(text: str, context: dict, version: str) -> list[tuple[str, bool]]:
    """The pattern as (piece, literal) pairs, its variables replaced."""
    if version != "2012-10-17":
        return [(text, False)]
    out, at = [], 0
    for found in re.finditer(r"\$\{([^,}]+)(?:,\s*'([^']*)'\s*)?\}", text):
        out.append((text[at:found.start()], False))
        key, default = found.group(1).strip(), found.group(2)
        if key in "*?$":
            out.append((key, True))
        else:
            value = context.get(key.lower())
            if isinstance(value, list):
                raise Unresolved
            if value is None and default is None:
                raise Unresolved
            out.append((default if value is None else value, True))
        at = found.end()
    return out + [(text[at:], False)]


def matches_filled(pieces: list[tuple[str, bool]], text: str, live: bool, fold: bool = False) -> bool:
    regex = "".join(re.escape(piece) if literal or not live else
                    "".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in piece) for piece, literal in pieces)
    return re.fullmatch(regex, text, re.DOTALL | (re.IGNORECASE if fold else 0)) is not None


def as_list(value) -> list:
    return value if isinstance(value, list) else [value]


def compare(name: str, value: str, wanted: str, context: dict, version: str) -> bool:
    """The positive operator `name` for one request value and one policy value."""
    if name == "StringEquals":
        return matches_filled(fill(wanted, context, version), value, live=False)
    if name == "StringEqualsIgnoreCase":
        return matches_filled(fill(wanted, context, version), value, live=False, fold=True)
    if name == "StringLike":
        return matches_filled(fill(wanted, context, version), value, live=True)
    if name == "Bool":
        return matches_filled(fill(wanted, context, version), value, live=False, fold=True)
    if name == "IpAddress":
        try:
            address = ipaddress.ip_address(value)
        except ValueError:
            raise Unresolved from None
        network = ipaddress.ip_network(wanted, strict=False)
        return address.version == network.version and address in network
    if name.startswith("Numeric"):
        try:
            left = float(value)
        except ValueError:
            raise Unresolved from None
        right = float(wanted)
        return {"Equals": left == right, "LessThan": left < right, "LessThanEquals": left <= right,
                "GreaterThan": left > right, "GreaterThanEquals": left >= right}[name.removeprefix("Numeric")]
    raise AssertionError(name)


NEGATED = {"StringNotEquals": "StringEquals", "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
           "StringNotLike": "StringLike", "NotIpAddress": "IpAddress", "NumericNotEquals": "NumericEquals"}


def holds(operator: str, key: str, wanted: list[str], context: dict, version: str, effect: str) -> bool:
    value = context.get(key.lower())
    present = value is not None and value != []
    if operator == "Null":
        return any((one == "true") != present for one in wanted)
    rule, _, name = operator.rpartition(":")
    if_exists = name.endswith("IfExists")
    name = name.removesuffix("IfExists")
    negated, name = name in NEGATED, NEGATED.get(name, name)
    if not present:
        return True if if_exists or rule == "ForAllValues" else negated and rule == ""

    def one(request_value: str) -> bool:
        unclear = False
        for policy_value in wanted:
            try:
                if compare(name, request_value, policy_value, context, version):
                    return not negated
            except Unresolved:
                unclear = True
        return negated and (not unclear or effect == "Deny")

    if rule == "":
        return negated and effect == "Deny" if isinstance(value, list) else one(value)
    return (all if rule == "ForAllValues" else any)(one(v) for v in as_list(value))


def resource_matches(statement: dict, resource: str, context: dict, version: str) -> bool:
    inverted = "NotResource" in statement
    unclear = False
    for pattern in as_list(statement["NotResource" if inverted else "Resource"]):
        if pattern == "*":
            return not inverted
        have, want = parts(resource), parts(pattern)
        if have is None or not all(glob(w, h) for w, h in zip(want[:5], have[:5])):
            continue
        try:
            if matches_filled(fill(want[5], context, version), have[5], live=True):
                return not inverted
        except Unresolved:
            unclear = True
    if not inverted:
        return False
    return statement["Effect"] == "Deny" or (not unclear and parts(resource) is not None)


def applies(statement: dict, version: str, action: str, resource: str, context: dict) -> bool:
    listed = any(glob(one, action, fold=True) for one in as_list(statement.get("Action", statement.get("NotAction"))))
    if listed == ("NotAction" in statement) or not resource_matches(statement, resource, context, version):
        return False
    return all(holds(operator, key, as_list(wanted), context, version, statement["Effect"])
               for operator, keys in statement.get("Condition", {}).items() for key, wanted in keys.items())


def effects(policies: list[dict], action: str, resource: str, context: dict) -> set[str]:
    return {s["Effect"] for p in policies for s in as_list(p["Statement"])
            if applies(s, p.get("Version", "2008-10-17"), action, resource, context)}


def decide(identity: list[dict], boundary: dict | None, levels: list[list[dict]], action: str, resource: str,
           context: dict) -> str:
    """allowed, explicitDeny or implicitDeny, for a user and a resource of one account."""
    heard = [effects(identity, action, resource, context)] + [effects(level, action, resource, context) for level in levels]
    if boundary is not None:
        heard.append(effects([boundary], action, resource, context))
    if any("Deny" in one for one in heard):
        return "explicitDeny"
    return "allowed" if all("Allow" in one for one in heard) else "implicitDeny"
