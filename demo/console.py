"""The act in the browser: who can sign in to the console of the demo, and what they are shown there."""

import re
from collections.abc import Iterator
from pathlib import Path

from stage import ACCOUNT, check, step

ANALYST = "analyst"


class Console:
    """What `weir serve` said of its console when it started."""

    def __init__(self, lines: Iterator[str], session) -> None:
        self.address = self.said(lines, r"console is at (\S+)")[1]
        self.user, kept = self.said(lines, r"sign in as (\S+) with the one-time password in (\S+)").groups()
        self.password = Path(kept).read_text().strip()
        self.weir = session.client("weir")
        self.people = session.client("cognito-idp")
        self.analyst_password = "Look-4round!"

    @staticmethod
    def said(lines: Iterator[str], what: str) -> re.Match:
        found = re.search(what, line := next(lines))
        check(found is not None, "the server says where its console is, and who signs in: " + line.strip())
        return found

    def add_analyst(self, lf, database: str) -> None:
        """Somebody whose rights are narrow: three columns of the flights, and the names of the other tables."""
        step("Somebody who may look around in the console")
        pool = self.weir.get_console()["UserPoolId"]
        self.people.admin_create_user(
            UserPoolId=pool, Username=ANALYST, TemporaryPassword=self.analyst_password, MessageAction="SUPPRESS",
            UserAttributes=[{"Name": "email", "Value": f"{ANALYST}@example.org"}, {"Name": "email_verified", "Value": "true"}])
        role = {"DataLakePrincipalIdentifier": f"arn:aws:iam::{ACCOUNT}:role/WeirConsoleUser"}
        lf.grant_permissions(Principal=role, Permissions=["DESCRIBE"],
                             Resource={"Table": {"DatabaseName": database, "TableWildcard": {}}})
        lf.grant_permissions(Principal=role, Permissions=["SELECT"], Resource={"TableWithColumns": {
            "DatabaseName": database, "Name": "flights", "ColumnNames": ["date", "origin", "destination"]}})
        status = self.people.admin_get_user(UserPoolId=pool, Username=ANALYST)["UserStatus"]
        check(status == "FORCE_CHANGE_PASSWORD", f"{ANALYST} signs in with a password that has to be changed")

    def lines(self) -> str:
        return f"""
The console: {self.address}

  {self.user:<8} one-time password {self.password}   administers everything
  {ANALYST:<8} one-time password {self.analyst_password}             sees three columns of the flights, and asks for more
"""
