"""The steps of a scenario over HTTP and through SQL: one method per verb, answering in the words of the file."""

import json
import re

import lake
from scenario_words import (View, column_selection, cut, cut_condition, cut_ending, cut_last, cut_tags, denied_or,
                            filter_name, made_or_changed, outcome, printed, resource, tag_terms, words)
from scenario_world import Identity, World

ENFORCED = ["COLUMN_PERMISSION", "CELL_FILTER_PERMISSION"]
CLOSES_FILTERS = "which would take the data from whoever holds them"


class Unreachable(Exception):
    """The server refuses to bring about what the rest of the file supposes."""


class Steps:
    """Each method takes the rest of the step. Without `by` the administrators do it."""

    def __init__(self, world: World):
        self.world = world
        self.formation = world.administrator("lakeformation")

    def resource(self, text: str) -> dict:
        if text.startswith("location "):
            text = "location " + self.world.place(text.removeprefix("location "))
        return resource(self.world.account, text)

    def as_each(self, who: str, question):
        """The answer to `question`, which does not depend on whether tags are the session's or the role's."""
        answers = {how: question(identity) for how, identity in self.world.identities(who)}
        if len(set(answers.values())) > 1:
            return " but ".join(f"{answer} {how}" for how, answer in answers.items())
        return next(iter(answers.values()))

    # Settings and things

    def admins(self, text: str) -> str:
        return outcome(self.world.change_settings, DataLakeAdmins=self.world.people(text))

    def readers(self, text: str) -> str:
        return outcome(self.world.change_settings, ReadOnlyAdmins=self.world.people(text)[1:])

    def table(self, text: str) -> str:
        head, rows = cut(text, " rows ")
        head, keys = cut(head, " partition ")
        head, url = cut(head, " at ")
        name, columns = cut(head)
        typed = [[cut(word, ":") for word in words(re.sub(r"\s", "", part))] for part in (columns, keys)]
        cells = [[c.strip() for c in row.split(",")] for row in words(rows, "|")]
        got = outcome(self.world.table, name, *typed, cells, url)
        if CLOSES_FILTERS in got:
            raise Unreachable(got)
        return got

    def drop(self, text: str) -> str:
        kind, name = cut(text)
        if kind == "filter":
            return outcome(self.formation.delete_data_cells_filter, **self.resource(text)["DataCellsFilter"])
        if kind == "tag":
            return outcome(self.formation.delete_lf_tag, TagKey=name)
        if kind == "expression":
            return outcome(self.formation.delete_lf_tag_expression, Name=name)
        return outcome(self.world.drop_table, text)

    def filter(self, text: str) -> str:
        head, rest = cut(text, " columns ")
        columns, rows = cut(rest, " rows ")
        data = {"TableCatalogId": self.world.account} | filter_name(head) | column_selection(columns)
        data["RowFilter"] = {"AllRowsWildcard": {}} if rows == "all" else {"FilterExpression": rows.strip('"')}
        return made_or_changed(self.formation.create_data_cells_filter, self.formation.update_data_cells_filter, TableData=data)

    def register(self, text: str) -> str:
        head, privileged = cut(text, " privileged ")
        url, hybrid = cut_ending(head, " hybrid")
        return outcome(self.world.register, url, hybrid, privileged)

    def governs(self, url: str) -> str:
        """The registration that a table at the place lies under."""
        self.world.table("probes.probe", [("id", "bigint")], [], [])
        glue, url = self.world.administrator("glue"), self.world.place(url)
        glue.update_table(DatabaseName="probes", TableInput={
            "Name": "probe", "TableType": "EXTERNAL_TABLE", "StorageDescriptor": lake.storage(url, [("id", "bigint")])})
        shown = glue.get_table(DatabaseName="probes", Name="probe")["Table"]["IsRegisteredWithLakeFormation"]
        location = self.explain(self.world.arn, "DESCRIBE", "probes.probe")["DataLocation"]
        assert (location["Location"], location["Registered"]) == (url.replace("s3a:", "s3:").rstrip("/"), shown)
        return location["RegisteredAs"].replace(f"arn:aws:s3:::{self.world.profile}-", "s3://").rstrip("/") if shown else "nothing"

    # LF-Tags

    def tag(self, text: str) -> str:
        key, values = cut(text)
        return outcome(self.world.tag, key, words(values))

    def assign(self, text: str) -> str:
        carrier, pair = cut_last(text, " ")
        return outcome(self.formation.add_lf_tags_to_resource, Resource=self.resource(carrier), LFTags=tag_terms(pair))

    def unassign(self, text: str) -> str:
        carrier, key = cut_last(text, " ")
        on = self.resource(carrier)
        value = self.world.tags_on(on, assigned=True)[key]
        return outcome(self.formation.remove_lf_tags_from_resource, Resource=on, LFTags=tag_terms(f"{key}={value}"))

    def tags(self, carrier: str) -> str:
        """The tags in effect, and the nearest place above where each was assigned."""
        table, column = cut(carrier, "(")
        database = table.removeprefix("database ").split(".")[0]
        above = [table] * bool(column) + [f"database {database}"] * (not carrier.startswith("database "))
        own = self.world.tags_on(self.resource(carrier), assigned=True)
        assigned = {place: self.world.tags_on(self.resource(place), assigned=True) for place in above}
        shown = []
        for key, value in sorted(self.world.tags_on(self.resource(carrier)).items()):
            origin = next((place for place in above if key in assigned[place]), "nowhere")
            shown.append(f"{key}={value}" + ("" if key in own else f" from {origin.removeprefix('database ')}"))
        return ", ".join(shown) or "nothing"

    def expression(self, text: str) -> str:
        name, terms = cut(text)
        return made_or_changed(self.formation.create_lf_tag_expression, self.formation.update_lf_tag_expression,
                               Name=name, Expression=tag_terms(terms))

    # Grants and opt-ins

    def grant(self, text: str) -> str:
        return self.change("grant_permissions", text)

    def revoke(self, text: str) -> str:
        return self.change("revoke_permissions", text)

    def change(self, operation: str, text: str) -> str:
        text, by = cut_last(text, " by ")
        text, condition = cut_condition(text)
        text, option = cut_ending(text, " option")
        who, rest = cut(text)
        privileges, what = cut(rest)
        only_option = option and operation.startswith("revoke")
        request = {"Principal": {"DataLakePrincipalIdentifier": self.world.principal(who)},
                   "Resource": self.resource(what), "Permissions": [] if only_option else words(privileges),
                   "PermissionsWithGrantOption": words(privileges) if option else []} | condition
        if operation.startswith("revoke"):
            return outcome(self.world.as_who(by or "role/admin", "lakeformation").revoke_permissions, **request)
        return self.as_each(by or "role/admin", lambda identity: without_decision(  # granting again changes nothing
            outcome(identity.client("lakeformation").grant_permissions, **request)))

    def opt_in(self, text: str) -> str:
        return self.opt(self.formation.create_lake_formation_opt_in, text)

    def opt_out(self, text: str) -> str:
        return self.opt(self.formation.delete_lake_formation_opt_in, text)

    def opt(self, operation, text: str) -> str:
        text, condition = cut_condition(text)
        who, what = cut(text)
        return outcome(operation, Principal={"DataLakePrincipalIdentifier": self.world.principal(who)},
                       Resource=self.resource(what), **condition)

    # Questions

    def ask(self, text: str) -> str | View:
        who, rest = cut(text)
        privilege, what = cut(rest)
        if what.split()[0] in ("tag", "expression"):
            return self.as_each(who, lambda identity: self.held(identity, privilege, what))
        return self.as_each(who, lambda identity: self.asked(identity, privilege, what))

    def asked(self, who: Identity, privilege: str, what: str) -> str | View:
        """What happens on trying, where trying leaves nothing behind; `weir explain` must say the same."""
        if privilege == "CREATE_LF_TAG":
            return self.try_to_make(who, "lakeformation", "lf_tag", {"TagKey": "tried", "TagValues": ["a"]}, {"TagKey": "tried"})
        verdict = self.explained(who, privilege, what)
        if privilege == "CREATE_DATABASE":
            seen = self.try_to_make(who, "glue", "database", {"DatabaseInput": {"Name": "tried"}}, {"Name": "tried"})
        elif privilege == "SELECT":
            seen = self.seen(who, what)
        else:
            return verdict
        shown = "allowed" if isinstance(seen, View) else seen
        return seen if shown == verdict else f"{shown} on trying, {verdict} by explain"

    def seen(self, who: Identity, table: str) -> str | View:
        """The view of the third-party path; without columns nothing may be read."""
        metadata = self.metadata(who, table)
        return View.answered(metadata) if metadata else "denied"

    def metadata(self, who: Identity, table: str) -> dict | None:
        """Nothing when nothing may be read."""
        database, name = table.split(".")
        answer = denied_or(who.client("glue").get_unfiltered_table_metadata, CatalogId=self.world.account,
                           DatabaseName=database, Name=name, SupportedPermissionTypes=ENFORCED)
        return None if answer == "denied" or not answer["AuthorizedColumns"] else answer

    def explained(self, who: Identity, privilege: str, what: str) -> str:
        kind, name = cut(what)
        named = {"catalog": "*", "database": name}.get(kind, what)
        if kind == "location":
            named = self.world.place(name)
        tags = [word for key, value in who.session_tags.items() for word in ("--session-tag", f"{key}={value}")]
        gates = {gate["Name"]: gate["Verdict"] for gate in self.explain(who.arn, privilege, named, *tags, *who.how)["Gates"]}
        return {"ALLOW": "allowed", "DENY": "denied"}[gates["LakeFormation"]]

    def explain(self, arn: str, privilege: str, named: str, *more: str) -> dict:
        done = self.world.run("explain", "--json", "--principal", arn, "--action", privilege, "--resource", named, *more)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def try_to_make(self, who: Identity, service: str, kind: str, request: dict, name: dict) -> str:
        client = who.client(service)
        if denied_or(getattr(client, f"create_{kind}"), **request) == "denied":
            return "denied"
        getattr(client, f"delete_{kind}")(**name)  # who makes it may delete it
        return "allowed"

    def held(self, who: Identity, privilege: str, what: str) -> str:
        """Effective permissions as ListPermissions tells them; what is described must be shown, and nothing else."""
        rows = self.formation.list_permissions(Principal={"DataLakePrincipalIdentifier": who.arn},
                                               Resource=self.resource(what))["PrincipalResourcePermissions"]
        verdict = "allowed" if any(privilege in row["Permissions"] for row in rows) else "denied"
        if privilege == "DESCRIBE" and what.startswith("tag "):
            key, value = cut(what.removeprefix("tag "), "=")
            answer = denied_or(who.client("lakeformation").get_lf_tag, TagKey=key)
            shown = "allowed" if answer != "denied" and value in answer["TagValues"] else "denied"
            return verdict if shown == verdict else f"{verdict} by the list, {shown} on trying"
        return verdict

    def reads(self, text: str) -> str:
        who, table = cut(text)
        return self.as_each(who, lambda identity: self.way_to_data(identity, table))

    def way_to_data(self, who: Identity, table: str) -> str:
        """Credentials are vended for exactly what the metadata says Lake Formation governs."""
        metadata = self.metadata(who, table)
        if not metadata:
            return "denied"
        vended = denied_or(who.client("lakeformation").get_temporary_glue_table_credentials,
                           TableArn=lake.table_arn(*table.split(".")).replace(lake.ACCOUNT, self.world.account),
                           Permissions=["SELECT"], SupportedPermissionTypes=ENFORCED)
        governed = metadata["IsRegisteredWithLakeFormation"]
        if governed != (vended != "denied"):
            return f"governed: {governed} by the metadata, but asked for credentials: {vended}"
        return "governed" if governed else "own rights"

    def describe(self, text: str) -> str:
        who, what = cut(text)
        return self.as_each(who, lambda identity: self.described(identity, *what.split(".")))

    def described(self, who: Identity, database: str, name: str) -> str:
        answer = denied_or(who.client("glue").get_table, DatabaseName=database, Name=name)
        if answer == "denied":
            return answer
        table = answer["Table"]
        return ",".join(c["Name"] for c in table["StorageDescriptor"]["Columns"] + table.get("PartitionKeys", []))

    def list(self, text: str) -> str:
        who, what = cut(text)
        return self.as_each(who, lambda identity: self.listed(identity, what))

    def listed(self, who: Identity, what: str) -> str:
        glue = who.client("glue")
        if what == "databases":
            names = [d["Name"] for d in glue.get_databases()["DatabaseList"]]
        else:
            answer = denied_or(glue.get_tables, DatabaseName=what.removeprefix("tables "))
            names = [] if answer == "denied" else [t["Name"] for t in answer["TableList"]]
        return ",".join(sorted(names)) or "nothing"

    def select(self, text: str) -> str:
        who, quoted = cut(text)
        return self.as_each(who, lambda identity: self.selected(identity, quoted.strip('"')))

    def selected(self, who: Identity, query: str) -> str:
        columns, name = re.fullmatch(r"select (.+?) from (\S+).*", query).groups()
        done = self.queried(who, query)
        assert done.returncode in (0, 1), done.stderr
        seen = self.seen(who, name)
        readable = seen != "denied" and set(words(columns)) <= set(seen.columns)
        if readable != (done.returncode == 0):
            return f"{'readable' if readable else 'denied'} by the metadata, but the query: {done.stderr or done.stdout}"
        return printed(json.loads(done.stdout)) if readable else "denied"

    def queried(self, who: Identity, query: str):
        """Through the role, as an engine would; a session with tags of its own, and a person, ask themselves."""
        words = ["--threads", "1", "--format", "json", query]
        if who.session_tags or who.how:
            return self.world.run_as(who.keys, "query", *words)
        return self.world.run("query", "--role-arn", who.arn, "--external-id", lake.EXTERNAL_ID,
                              "--session-tag", lake.SESSION_TAG, *words)


def without_decision(answer: str) -> str:
    """Without the number that each refusal has of its own."""
    return answer.split(" (decision")[0]


def not_on_this_wire(text: str) -> bool:
    """Who is meant is several at once and not a person with groups: nobody signs in as that."""
    _, rest = cut(text)
    parts = cut_tags(rest.split()[0])[0].split("+")
    return len(parts) > 1 and not all(part.startswith("saml-") for part in parts)
