"""The commands of docs/mesh.md and docs/guides/workflow.md, run as they are written."""

import subprocess
import sys

from conftest import ROOT
from guide_test import blocks, server, shell_env  # noqa: F401  (a fixture)

OWNER_APPROVES = """```bash
build/weir mail show 2 --data-dir data | PYTHONPATH=%s/tests %s -c 'if True:
  import sys
  from sns_words import link_in
  from workflow_words import decide
  status, page = decide(link_in(sys.stdin.read(), "action=approve"), comment="for the yearly report")
  assert status == 200, page'
```
"""


def follow(server, directory, text: str) -> str:
    """What the commands of the text say, run in `directory / "here"`."""
    commands = [one.replace("--data-dir data", f"--data-dir {server.data_dir}") for one in blocks(text)]
    (directory / "here").mkdir()
    (directory / "here" / "build").symlink_to(ROOT / "build")
    done = subprocess.run(["bash", "-c", "\n".join(["set -euo pipefail", *commands])], cwd=directory / "here",
                          env=shell_env(server, directory), capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-2000:]
    return done.stdout


def test_the_guide_to_the_mesh_from_an_empty_server_to_a_shared_table(server, tmp_path):  # noqa: F811
    text = (ROOT / "docs" / "mesh.md").read_text().replace("<!-- here the owner approves -->", OWNER_APPROVES % (ROOT, sys.executable))
    said = follow(server, tmp_path, text)
    before, _, after = said.partition("RUNNING")
    assert "SUCCEEDED" in before and '"orders"' in before and '"customers"' not in before
    assert "SUCCEEDED" in after and '"customers"' in after
    assert after.count("removed") > before.count("removed") and "left as it is" not in said
    assert not (tmp_path / "here" / "cfn-output.json").exists()


def test_the_guide_to_the_workflow_from_a_request_to_its_end(server, tmp_path):  # noqa: F811
    said = follow(server, tmp_path, (ROOT / "docs" / "guides" / "workflow.md").read_text())
    asked, _, decided = said.partition("Your decision was recorded")
    assert "policy: ASK; rule personal" in asked and "APPROVED" not in asked
    assert "APPROVED/AWAITING_RAM  sales.customers(id, region)" in decided and "id\tregion\n" in decided
    health = [line.split()[1] for line in decided.splitlines() if line.split()[1:2] in (["HEALTHY"], ["NARROWER"])]
    assert health == ["HEALTHY", "NARROWER", "NARROWER", "HEALTHY"] and "status 2" in decided
    gone, _, kept = decided.partition("it is gone")
    assert "APPROVED/REVOKED" in gone and "ended: the report is written" in kept
