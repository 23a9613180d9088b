"""The check programs of identity: a question a line, a verdict a line."""

import json
import subprocess
from contextlib import contextmanager

from conftest import ROOT


@contextmanager
def asking(program: str):
    """ask(question) is the program's verdict; the program runs until the block ends."""
    check = ROOT / "build" / "release" / "src" / "identity" / program
    with subprocess.Popen([check], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        def ask(question: dict) -> dict:
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())
        yield ask
        process.stdin.close()


def refused(answer, because: str, kind: str = "unauthenticated"):
    assert answer["ok"] is False, answer
    assert because in answer["log"], answer
    assert (answer["kind"], answer["about"]) == (kind, "identity token"), answer
