"""Every folder of sources explains itself on one screen, and what it points at is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCREEN = 40
FOLDERS = sorted(
    {path.parent for path in (ROOT / "src").rglob("*.h") if "services/" not in str(path.relative_to(ROOT))}
    | {ROOT / "src/services"}
)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_a_folder_has_a_readme_of_one_screen_that_names_what_is_there(folder):
    lines = (folder / "README.md").read_text().splitlines()
    assert len(lines) <= SCREEN
    for name in re.findall(r"`([a-z_0-9/]+\.h|[a-z_]+/)`", "\n".join(lines)):
        there = any((base / name).exists() for base in (folder, ROOT / "src", ROOT))
        assert there, f"{name} is named and not there"
