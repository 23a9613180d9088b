"""The words of tests/scenarios/README.md, as requests and answers of the AWS APIs."""

import re
from dataclasses import dataclass

from botocore.exceptions import ClientError

DENIED = ("AccessDenied", "AccessDeniedException")


# Cutting a step into its words

def words(text: str, separator: str = ",") -> list[str]:
    return [word.strip() for word in text.split(separator)] if text.strip() else []


def cut(text: str, mark: str = " ") -> tuple[str, str]:
    head, _, tail = text.partition(mark)
    return head.strip(), tail.strip()


def cut_last(text: str, mark: str) -> tuple[str, str]:
    head, found, tail = text.rpartition(mark)
    return (head.strip(), tail.strip()) if found else (text.strip(), "")


def cut_ending(text: str, ending: str) -> tuple[str, bool]:
    return text.removesuffix(ending), text.endswith(ending)


def cut_condition(text: str) -> tuple[str, dict]:
    """What stands before `when`, and the Condition as a member of a request."""
    head, condition = cut(text, ' when "')
    return head, {"Condition": {"Expression": condition.removesuffix('"')}} if condition else {}


def cut_tags(who: str) -> tuple[str, dict[str, str]]:
    """`role/a[team=sales]`: the principal, and the tags it brings."""
    name, tags = cut(who, "[")
    return name, dict(cut(tag, "=") for tag in words(tags.rstrip("]")))


# Objects

def place_arn(url: str) -> str:
    return "arn:aws:s3:::" + url.split("://", 1)[1]


def column_selection(text: str) -> dict:
    head, excluded = cut(text, "-")
    if head not in ("*", "all"):
        return {"ColumnNames": words(text)}
    return {"ColumnWildcard": {"ExcludedColumnNames": words(excluded)} if excluded else {}}


def filter_name(text: str) -> dict:
    name, table = cut(text, " on ")
    database, table = cut(table, ".")
    return {"DatabaseName": database, "TableName": table, "Name": name}


def tag_terms(text: str) -> list[dict]:
    """`area=eu,us & pii=no`"""
    pairs = (cut(term, "=") for term in words(text, "&"))
    return [{"TagKey": key, "TagValues": words(values)} for key, values in pairs]


def tag_policy(kind: str, rest: str) -> dict:
    """`tables with TERMS`, `databases of expression NAME`"""
    how, terms = cut(rest)
    said = {"Expression": tag_terms(terms)} if how == "with" else {"ExpressionName": terms.removeprefix("expression ")}
    return {"LFTagPolicy": {"ResourceType": {"tables": "TABLE", "databases": "DATABASE"}[kind]} | said}


def table_resource(text: str) -> dict:
    table, chosen = cut(text, "(")
    database, name = cut(table, ".")
    if name == "*":
        return {"Table": {"DatabaseName": database, "TableWildcard": {}}}
    whole = {"DatabaseName": database, "Name": name}
    return {"TableWithColumns": whole | column_selection(chosen.rstrip(")"))} if chosen else {"Table": whole}


def resource(account: str, text: str) -> dict:
    """An object as the Resource of a grant."""
    kind, rest = cut(text)
    if kind == "catalog":
        return {"Catalog": {}}
    if kind == "database":
        return {"Database": {"Name": rest}}
    if kind == "location":
        return {"DataLocation": {"ResourceArn": place_arn(rest)}}
    if kind == "filter":
        return {"DataCellsFilter": {"TableCatalogId": account} | filter_name(rest)}
    if kind == "tag":
        return {"LFTag": tag_terms(rest)[0]}
    if kind == "expression":
        return {"LFTagExpression": {"Name": rest}}
    return tag_policy(kind, rest) if kind in ("tables", "databases") else table_resource(text)


# Views

def alternatives(expression: str | None) -> frozenset[str]:
    """An expression by meaning: its alternatives, without the quotes and parentheses that change nothing."""
    if expression in (None, "all"):
        return frozenset()
    pieces = re.split(r"('(?:[^']|'')*')", expression)
    plain = "".join(p if p.startswith("'") else re.sub(r'["()\s]+', " ", p).lower() for p in pieces)
    return frozenset(" ".join(one.split()) for one in re.split(r" or (?=(?:[^']*'[^']*')*[^']*$)", plain))


@dataclass(frozen=True)
class View:
    """What somebody sees of a table. `cells` has every column that is hidden in some rows of the table."""

    columns: tuple[str, ...]
    rows: frozenset[str]
    cells: frozenset[tuple[str, frozenset[str]]]

    @staticmethod
    def expected(text: str, schema: list[str]) -> "View":
        first, *masks = words(text, ";")
        names, rows = cut(first.removeprefix("columns "), " rows ")
        columns = schema if names == "all" else words(names)
        shown = dict.fromkeys(columns, alternatives(rows)) | {
            column: alternatives(where) for column, where in (cut(mask, " where ") for mask in masks)}
        return View(tuple(columns), alternatives(rows), frozenset((c, w) for c, w in shown.items() if w))

    @staticmethod
    def answered(metadata: dict) -> "View":
        cells = ((c["ColumnName"], alternatives(c["RowFilterExpression"])) for c in metadata.get("CellFilters", []))
        return View(tuple(metadata["AuthorizedColumns"]), alternatives(metadata.get("RowFilter")), frozenset(cells))


# Answers

def denied_or(call, *arguments, **options):
    """What the call answers; "denied" when that is why it fails."""
    try:
        return call(*arguments, **options)
    except ClientError as error:
        if error.response["Error"]["Code"] in DENIED:
            return "denied"
        raise


def outcome(call, *arguments, **options) -> str:
    """"ok", or the refusal; one of several tags that failed counts as refused."""
    try:
        failures = (call(*arguments, **options) or {}).get("Failures")
        return f"refused: {failures[0]['Error']['ErrorMessage']}" if failures else "ok"
    except ClientError as error:
        return "refused: " + error.response["Error"]["Message"]


def made_or_changed(create, change, **request) -> str:
    made = outcome(create, **request)
    return outcome(change, **request) if "already exists" in made else made


def printed(rows: list[dict]) -> str:
    def cell(value) -> str:
        return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    return " | ".join(",".join(map(cell, row.values())) for row in rows) or "nothing"


def agrees(expected: str, got, schemas: dict[str, list[str]], text: str) -> bool:
    if isinstance(got, View):
        return expected.startswith("columns ") and got == View.expected(expected, schemas[text.split()[-1]])
    if expected == "refused":
        return got.startswith("refused")
    if expected.startswith("refused: "):
        return got.startswith("refused") and expected.removeprefix("refused: ").lower() in got.lower()
    return expected == got
