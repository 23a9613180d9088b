"""Random small worlds of the permission model, and the slow, obvious answer to who may read which cell of them.

A world is made of plain lists; the answer is written straight from the rules (docs/wire/lakeformation.md): grants and
tag policies are sources of SELECT, a source shows some columns in some rows, sources add up, nothing subtracts.
"""

import random
import sqlite3
from dataclasses import dataclass, field

TAGS = {"area": ["eu", "us", "all"], "pii": ["yes", "no"]}
COLUMNS = [("id", "bigint"), ("region", "string"), ("amount", "bigint"), ("note", "string")]
NAMES = [name for name, _ in COLUMNS]
TABLES = ["sales.orders", "sales.returns", "hr.people"]
GROUP = "all-principals"
PRINCIPALS = ["role/ann", "role/bob", "role/cy"]
TEAMS = {"role/ann": "red", "role/bob": "blue", "role/cy": None}  # the IAM tag `team` of each role
TABLE_WIDE = ["ALL", "SELECT", "INSERT", "DESCRIBE", "ALTER"]
SHOWS_DATA = {"ALL", "SELECT"}
EXPRESSIONS = ["region = 'EU'", "region <> 'US'", "amount > 20", "amount between 10 and 30", "note is null",
               "region in ('EU', 'ASIA') and amount < 40", "not (note = 'x')", "note like 'a%'", "id >= 5 or region = 'US'"]


@dataclass(frozen=True)
class Grant:
    """`kind` tells which members count: table, wildcard, columns, filter, policy."""

    who: str
    privileges: tuple[str, ...]
    kind: str
    table: str = ""          # "sales.orders"; for wildcards the database
    columns: tuple[str, ...] = ()
    excluding: bool = False  # columns: all but these
    filter: str = ""
    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()  # policies on tables
    team: str | None = None  # only for callers whose tag `team` has this value


@dataclass
class Filter:
    name: str
    table: str
    columns: tuple[str, ...]  # all when empty
    rows: str | None          # all when None

    def shows(self, column: str) -> bool:
        return not self.columns or column in self.columns


@dataclass
class RandomWorld:
    rows: dict[str, list[tuple]] = field(default_factory=dict)
    filters: list[Filter] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    tags: dict[tuple[str, str, str], dict[str, str]] = field(default_factory=dict)  # (database, table, column)

    # What is there

    def effective_tags(self, table: str, column: str = "") -> dict[str, str]:
        """Inherited from the database and the table, overridden below."""
        database, leaf = table.split(".")
        places = [(database, "", ""), (database, leaf, "")] + ([(database, leaf, column)] if column else [])
        merged: dict[str, str] = {}
        for place in places:
            merged |= self.tags.get(place, {})
        return merged

    # Who holds what

    @staticmethod
    def counts_for(grant: Grant, who: str) -> bool:
        return grant.who in (who, GROUP) and grant.team in (None, TEAMS[who])

    @staticmethod
    def matches(grant: Grant, tags: dict[str, str]) -> bool:
        return all(tags.get(key) in values for key, values in grant.terms)

    def policy_columns(self, grant: Grant, table: str) -> list[str]:
        return [name for name in NAMES if self.matches(grant, self.effective_tags(table, name))]

    def sources(self, who: str, table: str) -> list[tuple[set[str], str]]:
        """(columns shown, in which rows) of everything that shows data."""
        out = []
        for grant in self.grants:
            if not self.counts_for(grant, who) or not SHOWS_DATA & set(grant.privileges):
                continue
            if grant.kind == "policy":
                out.append((set(self.policy_columns(grant, table)), "true"))
            elif grant.kind == "wildcard" and grant.table == table.split(".")[0]:
                out.append((set(NAMES), "true"))
            elif grant.table != table:
                continue
            elif grant.kind == "table":
                out.append((set(NAMES), "true"))
            elif grant.kind == "columns":
                out.append(({n for n in NAMES if (n in grant.columns) != grant.excluding}, "true"))
            elif grant.kind == "filter":
                chosen = next(f for f in self.filters if (f.name, f.table) == (grant.filter, table))
                out.append(({n for n in NAMES if chosen.shows(n)}, chosen.rows or "true"))
        return [(columns, rows) for columns, rows in out if columns]

    def sees_full_schema(self, who: str, table: str) -> bool:
        """Any privilege on the whole table shows its whole description."""
        for grant in self.grants:
            if not self.counts_for(grant, who):
                continue
            if grant.kind == "table" and grant.table == table:
                return True
            if grant.kind == "wildcard" and grant.table == table.split(".")[0]:
                return True
            if grant.kind == "policy" and len(self.policy_columns(grant, table)) == len(NAMES):
                return True
        return False

    # The answers

    def described_columns(self, who: str, table: str) -> list[str] | None:
        """What GetTable shows; None is a refusal."""
        if self.sees_full_schema(who, table):
            return NAMES
        seen = set().union(*(columns for columns, _ in self.sources(who, table)), self.described_by_policies(who, table))
        return [name for name in NAMES if name in seen] or None

    def described_by_policies(self, who: str, table: str) -> set[str]:
        """A policy that matches some columns lets these be described, whatever it grants."""
        return {name for grant in self.grants if grant.kind == "policy" and self.counts_for(grant, who)
                for name in self.policy_columns(grant, table)}

    def readable_columns(self, who: str, table: str) -> list[str]:
        seen = set().union(*(columns for columns, _ in self.sources(who, table)))
        return [name for name in NAMES if name in seen]

    def visible(self, who: str, table: str) -> list[tuple]:
        """The visible cells of the visible rows, hidden ones as None, by id."""
        sources = self.sources(who, table)
        columns = self.readable_columns(who, table)
        if not columns:
            return []
        any_row = " or ".join(f"({rows})" for _, rows in sources)
        cells = [" or ".join(f"({rows})" for shown, rows in sources if name in shown) for name in columns]
        shown = ", ".join(f'case when {cell} then "{name}" end' for name, cell in zip(columns, cells))
        return ask(self.rows[table], f"select {shown} from t where {any_row} order by id")


def ask(rows: list[tuple], query: str) -> list[tuple]:
    """A query over one table `t`; SQL's three truth values, LIKE with case."""
    base = sqlite3.connect(":memory:")
    base.execute("pragma case_sensitive_like = on")
    base.execute("create table t (id integer, region text, amount integer, note text)")
    base.executemany("insert into t values (?, ?, ?, ?)", rows)
    return base.execute(query).fetchall()


# Making worlds

def random_rows(dice: random.Random) -> list[tuple]:
    return [(i, dice.choice(["EU", "US", "ASIA", None]), dice.choice([None, 5, 10, 20, 21, 30, 45]),
             dice.choice(["x", "abc", "a", None])) for i in range(dice.randint(3, 9))]


def some(dice: random.Random, items: list, least: int = 1) -> tuple:
    return tuple(dice.sample(items, dice.randint(least, len(items) - 1)))


def random_terms(dice: random.Random) -> tuple:
    keys = dice.sample(sorted(TAGS), dice.randint(1, 2))
    return tuple((key, tuple(sorted(some(dice, TAGS[key])))) for key in sorted(keys))


def random_grant(dice: random.Random, world: RandomWorld) -> Grant:
    who = dice.choice([*PRINCIPALS, *PRINCIPALS, GROUP])
    team = dice.choice(["red", "blue"]) if dice.random() < 0.25 else None
    kind = dice.choice(["table", "wildcard", "columns", "columns", "filter", "filter", "policy", "policy", "policy"])
    table = dice.choice(TABLES)
    if kind == "table":
        return Grant(who, (dice.choice(TABLE_WIDE),), kind, table, team=team)
    if kind == "wildcard":
        return Grant(who, (dice.choice(["SELECT", "DESCRIBE"]),), kind, table.split(".")[0], team=team)
    if kind == "columns":
        return Grant(who, ("SELECT",), kind, table, some(dice, NAMES), dice.random() < 0.3, team=team)
    if kind == "filter":
        chosen = dice.choice(world.filters)
        return Grant(who, ("SELECT",), kind, chosen.table, filter=chosen.name, team=team)
    return Grant(who, (dice.choice(["SELECT", "SELECT", "ALL", "DESCRIBE", "INSERT"]),), kind,
                 terms=random_terms(dice), team=team)


def random_tags(dice: random.Random) -> dict:
    places = [("sales", "", ""), ("hr", "", "")]
    for table in TABLES:
        database, leaf = table.split(".")
        places += [(database, leaf, "")] + [(database, leaf, name) for name in NAMES]
    return {place: {key: dice.choice(TAGS[key]) for key in TAGS if dice.random() < 0.5}
            for place in places if dice.random() < (0.8 if not place[2] else 0.25)}


def random_world(seed: int) -> RandomWorld:
    """Filters, tags and data; the grants come one by one, as the server may refuse some."""
    dice = random.Random(seed)
    world = RandomWorld({table: random_rows(dice) for table in TABLES})
    for number in range(5):
        columns = some(dice, NAMES) if dice.random() < 0.5 else ()
        rows = dice.choice(EXPRESSIONS) if dice.random() < 0.85 else None
        world.filters.append(Filter(f"f{number}", dice.choice(TABLES), columns, rows))
    world.tags = random_tags(dice)
    return world
