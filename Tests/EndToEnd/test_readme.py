# SPDX-License-Identifier: Apache-2.0
"""The README's tour with curl, run as written."""

import os
import re
import subprocess

import pytest

from demo_server import DemoServer
from server import ROOT

README = ROOT / "README.md"
HEADING = "A tour with curl"


@pytest.fixture
def tour():
    """The shell blocks under the heading, in order."""
    if not README.exists():
        pytest.skip("there is no README.md yet")
    section = re.search(rf"^#+ {HEADING}$(.*?)(?=^##+ |\Z)", README.read_text(), re.M | re.S)
    assert section, f'README.md has no heading "{HEADING}"'
    blocks = re.findall(r"^```sh\n(.*?)^```$", section.group(1), re.M | re.S)
    assert blocks, "the tour has no ```sh block"
    return blocks


@pytest.fixture
def demo(tmp_path):
    """The demo's folder, and how to say its ports."""
    server = DemoServer(tmp_path)
    try:
        server.start()
        yield tmp_path, server.moved
        assert server.stop() == 0
    finally:
        server.kill()


def test_every_command_of_the_tour_succeeds(demo, tour):
    folder, moved = demo
    script = "set -eu\nset -o pipefail\n" + moved("\n".join(tour))
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    done = subprocess.run(["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "link-gone" in done.stdout


def test_the_demo_prints_links_that_work(demo):
    folder, _ = demo
    links = re.findall(r"http://\S+/s/cl1[0-9A-Za-z]{46}", (folder / "output").read_text())
    assert len(set(links)) >= 3
    for link in links:
        assert subprocess.run(["curl", "-sf", "-o", "/dev/null", link]).returncode == 0
