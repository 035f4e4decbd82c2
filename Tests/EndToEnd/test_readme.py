# SPDX-License-Identifier: Apache-2.0
"""The README's tour with curl, run as written."""

import re
import subprocess
import time

import pytest

from server import BINARY, ROOT

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
    """The demo server in a folder of its own, on the ports of config/demo/cartlink.yaml."""
    (tmp_path / "config").symlink_to(ROOT / "config")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/cartlink").symlink_to(BINARY)
    with (tmp_path / "output").open("wb") as output, (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [BINARY, "serve", "--config", "config/demo/cartlink.yaml", "--demo"], cwd=tmp_path, stdout=output, stderr=log
        )
    try:
        deadline = time.monotonic() + 15
        while subprocess.run(["curl", "-fs", "http://127.0.0.1:8080/health/ready"], capture_output=True).returncode:
            assert process.poll() is None and time.monotonic() < deadline, (tmp_path / "log").read_text()[-2000:]
            time.sleep(0.1)
        yield tmp_path
    finally:
        process.terminate()
        process.wait(30)


def test_every_command_of_the_tour_succeeds(demo, tour):
    script = "set -eu\nset -o pipefail\n" + "\n".join(tour)
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=demo,
        env={"PATH": f"{demo}/bin:/usr/bin:/bin", "HOME": str(demo)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "urn:cartlink:problem" not in done.stdout or "link-gone" in done.stdout
