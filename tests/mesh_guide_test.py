"""The commands of docs/mesh.md, run as they are written; the owner's part is what a browser would do."""

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


def test_the_guide_to_the_mesh_from_an_empty_server_to_a_shared_table(server, tmp_path):  # noqa: F811
    text = (ROOT / "docs" / "mesh.md").read_text().replace("<!-- here the owner approves -->", OWNER_APPROVES % (ROOT, sys.executable))
    commands = [one.replace("--data-dir data", f"--data-dir {server.data_dir}") for one in blocks(text)]
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "build").symlink_to(ROOT / "build")
    done = subprocess.run(["bash", "-c", "\n".join(["set -euo pipefail", *commands])], cwd=tmp_path / "here",
                          env=shell_env(server, tmp_path), capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-2000:]
    said = done.stdout
    before, _, after = said.partition("RUNNING")
    assert "SUCCEEDED" in before and '"orders"' in before and '"customers"' not in before
    assert "SUCCEEDED" in after and '"customers"' in after
    assert after.count("removed") > before.count("removed") and "left as it is" not in said
    assert not (tmp_path / "here" / "cfn-output.json").exists()
