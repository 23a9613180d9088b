"""Fuzz targets and their seeds go together, and what `./run test` fuzzes is there."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "tests/fuzz"
SEED_BYTES_MAX = 64 * 1024
TARGETS = sorted(str(path.relative_to(ROOT / "src"))[: -len("_fuzz.cc")] for path in (ROOT / "src").rglob("*_fuzz.cc"))


@pytest.mark.parametrize("target", TARGETS)
def test_a_fuzz_target_has_seeds(target):
    assert [seed for seed in (SEEDS / target).iterdir() if seed.is_file() and seed.stat().st_size]


def test_every_seed_belongs_to_a_target_and_is_small():
    seeds = [path for path in SEEDS.rglob("*") if path.is_file() and path != SEEDS / "README.md"]
    assert {str(seed.parent.relative_to(SEEDS)) for seed in seeds} == set(TARGETS)
    assert [str(seed) for seed in seeds if seed.stat().st_size > SEED_BYTES_MAX] == []


def test_what_run_test_fuzzes_is_there():
    parsers = re.search(r"^parsers=\((.*)\)$", (ROOT / "scripts/test").read_text(), re.MULTILINE)[1].split()
    fuzzed = {target for target in TARGETS for parser in parsers if f"{target}/".startswith(f"{parser}/")}
    for parser in ("identity/saml/response", "identity/oidc/token", "policy/document", "wire/sigv4/tampered", "wire/json"):
        assert parser in fuzzed
    assert all(any(f"{target}/".startswith(f"{parser}/") for target in TARGETS) for parser in parsers)


def test_a_target_that_is_not_there_is_an_error():
    done = subprocess.run([ROOT / "scripts/fuzz", "1", "no/such/target"], capture_output=True, text=True)
    assert done.returncode == 2 and "no/such/target" in done.stderr
