"""The scenarios over HTTP and through SQL: each step with the credentials of the principal it names.

The same files run through the pure decision function in src/permissions/scenario_test.cc. Both must give the answers
written in the files, so the doors and the function agree. tests/scenarios/README.md says what the steps mean.
Each file happens in an account of its own.
"""

from pathlib import Path

import pytest

from conftest import Server
from scenario_steps import Steps, Unreachable, not_on_this_wire
from scenario_words import agrees, alternatives, cut, cut_last
from scenario_world import World

SCENARIOS = Path(__file__).resolve().parent / "scenarios"


def play(world: World, file: Path) -> tuple[int, list[str]]:
    """How many steps ran, and what disagreed. What follows a step that the server rightly refuses is not played."""
    steps, ran, different = Steps(world), 0, []
    for number, line in enumerate(file.read_text().splitlines(), 1):
        text, expected = cut_last(line, " => ")
        if not text or text.startswith("#") or not_on_this_wire(text):
            continue
        verb, rest = cut(text)
        ran += 1
        try:
            got = getattr(steps, verb.replace("-", "_"))(rest)
        except Unreachable:
            break
        if not agrees(expected, got, world.schemas, text):
            different.append(f"{file.name}:{number}  {text}\n  expected {expected}\n  got      {got}")
    return ran, different


@pytest.fixture(scope="module")
def own_server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("scenarios") / "data").start()
    yield running
    assert running.stop() == 0


FILES = sorted(SCENARIOS.glob("*.scenario"))


@pytest.mark.parametrize("number", range(len(FILES)), ids=[file.stem for file in FILES])
def test_scenario_answers_as_written(own_server, number):
    ran, different = play(World(own_server, number + 1), FILES[number])
    assert ran > 0
    assert not different, "\n" + "\n".join(different)


@pytest.mark.parametrize("one,other,same", [
    ("region = 'EU' or region = 'US'", "(\"region\" = 'US') OR (\"region\" = 'EU')", True),
    ("name = 'a or b'", "name = 'b' or name = 'a'", False),
    ("name = '(a)'", "name = 'a'", False),
])
def test_expressions_are_compared_by_meaning(one, other, same):
    assert (alternatives(one) == alternatives(other)) is same
