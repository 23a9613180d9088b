"""Pages and lists that are made from other lists are current."""

import subprocess
import sys
import tomllib

from floors_test import ROOT

sys.path.insert(0, str(ROOT / "codegen"))
import coverage  # noqa: E402


def test_the_coverage_page_is_what_the_lists_say():
    assert coverage.PAGE.read_text() == coverage.page(), "run .venv/bin/python codegen/coverage.py"


def test_every_listed_operation_has_a_route():
    served = tomllib.loads((ROOT / "models" / "served.toml").read_text())
    missing = {name: sorted(set(entry["operations"]) - coverage.routed(name)) for name, entry in served.items()}
    assert {name: ops for name, ops in missing.items() if ops} == {}


def test_what_is_left_out_of_a_service_has_its_reason():
    served = tomllib.loads((ROOT / "models" / "served.toml").read_text())
    for name, entries in coverage.left_out().items():
        left_out = [op for entry in entries for op in entry["operations"]]
        published = coverage.model.load(coverage.botocore_models(), served[name]["model"], ROOT / "models" / "patches", name)
        assert sorted(left_out + served[name]["operations"]) == sorted(published["operations"]), name


def test_the_generator_on_toy_models():
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "generate_test.py"],
                          cwd=ROOT / "codegen", capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
