# SPDX-License-Identifier: Apache-2.0
"""The README's tour with curl, run as written."""

import os
import re
import shutil
import subprocess
import time

import pytest

from server import BINARY, ROOT, free_ports

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
    """The demo in a folder of its own, and how to say its ports: a demo of the developer's may hold 8080 and 8081."""
    public, admin = free_ports(2)
    moved = lambda text: text.replace("127.0.0.1:8080", f"127.0.0.1:{public}").replace("127.0.0.1:8081", f"127.0.0.1:{admin}")
    (tmp_path / ".build/release").mkdir(parents=True)
    (tmp_path / ".build/release/cartlink").symlink_to(BINARY)
    shutil.copytree(ROOT / "config", tmp_path / "config")
    config = tmp_path / "config/demo/cartlink.yaml"
    config.write_text(moved(config.read_text()))
    with (tmp_path / "output").open("wb") as output, (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [BINARY, "serve", "--config", "config/demo/cartlink.yaml", "--demo"], cwd=tmp_path, stdout=output, stderr=log
        )
    try:
        deadline = time.monotonic() + 15
        while "/s/cl1" not in (tmp_path / "output").read_text():
            assert process.poll() is None and time.monotonic() < deadline, (tmp_path / "log").read_text()[-2000:]
            time.sleep(0.1)
        yield tmp_path, moved
        process.terminate()
        assert process.wait(30) == 0
    finally:
        process.kill()


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
