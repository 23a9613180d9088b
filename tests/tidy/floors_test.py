"""The floors of ARCHITECTURE.md hold: no include points up or sideways past the table."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def floors() -> dict[str, set[str]]:
    """Folder -> folders it may include, from the table in ARCHITECTURE.md."""
    table = {}
    for line in (ROOT / "ARCHITECTURE.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 4 and cells[0].isdigit():
            may = {name.strip() for name in cells[3].split(",") if name.strip()}
            table[cells[1]] = may | {"base", cells[1]}
    return table


def floor_of(path: str, table: dict[str, set[str]]) -> str | None:
    """The longest floor name that is a folder prefix of `path`."""
    fits = [name for name in table if path.startswith(name + "/")]
    return max(fits, key=len, default=None)


def test_every_source_belongs_to_a_floor():
    table = floors()
    strays = [str(f.relative_to(SRC)) for f in SRC.rglob("*.[hc]*")
              if f.suffix in (".h", ".cc") and not floor_of(str(f.relative_to(SRC)), table)]
    assert strays == []


def test_includes_follow_the_table():
    table = floors()
    broken = []
    for source in SRC.rglob("*"):
        if source.suffix not in (".h", ".cc"):
            continue
        name = str(source.relative_to(SRC))
        mine = floor_of(name, table)
        for target in INCLUDE.findall(source.read_text()):
            theirs = floor_of(target, table)
            if theirs and "everything" not in table[mine] and theirs not in table[mine]:
                broken.append(f"{name} -> {target}")
    assert broken == []


def test_the_guard_notices_a_forbidden_arrow():
    table = floors()
    assert "app" not in table["catalog"] and "catalog" in table["app"]
    assert floor_of("wire/sigv4/sigv4.h", table) == "wire/sigv4"
