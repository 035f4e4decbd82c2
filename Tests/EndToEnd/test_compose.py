# SPDX-License-Identifier: Apache-2.0
"""What `config/compose.yaml` hands to its containers is what they take. There is no Docker here: this reads the text."""

import re
import subprocess

from nginx import Nginx, nodes
from server import BINARY, ENVIRONMENT, ROOT

TEXT = (ROOT / "config/compose.yaml").read_text()


def test_its_settings_are_accepted(tmp_path):
    settings = dict(re.findall(r"^ +(CARTLINK_\w+): (\S+)", TEXT, re.M))
    assert {"CARTLINK_PUBLIC_URL", "CARTLINK_STORAGE", "CARTLINK_STORAGE_PASSWORD_FILE"} <= settings.keys()
    password = tmp_path / "password"
    password.touch(0o600)
    password.write_text("a password\n")
    settings["CARTLINK_STORAGE_PASSWORD_FILE"] = str(password)
    command = [BINARY, "check", "--config", "config/cartlink.yaml"]
    # In a folder of its own: keys that lie about elsewhere are nobody's business here.
    (tmp_path / "config").symlink_to(ROOT / "config")
    checked = subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT | settings, capture_output=True, text=True, timeout=20)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "CARTLINK_" not in checked.stdout, "a variable that is no setting"


def test_nginx_takes_its_list_of_nodes(tmp_path):
    shipped = [line.strip() for line in TEXT.splitlines() if line.strip().startswith("server ")]
    addresses = re.findall(r"front: \{ ipv4_address: (172\.30\.80\.1\d) \}", TEXT)
    assert len(addresses) == 2
    expected = nodes([8080, 8081])
    for port, address in zip((8080, 8081), addresses):
        expected = expected.replace(f"127.0.0.1:{port}", f"{address}:8080")
    assert shipped == expected.split("\n")[:-1]
    nginx = Nginx(tmp_path / "nginx", [8080, 8081])
    (nginx.folder / "nginx-nodes.conf").write_text("\n".join(shipped))
    assert subprocess.run(nginx.command("-t", "-q"), capture_output=True).returncode == 0


def test_its_paths_are_those_of_the_image():
    image = (ROOT / "Dockerfile").read_text()
    for folder in ("data", "keys"):
        assert f'"/srv/cartlink/{folder}"' in image and f":/srv/cartlink/{folder}" in TEXT
    user = re.search(r"^USER (\d+):(\d+)$", image, re.M)
    assert f"-o {user[1]} -g {user[2]} secrets/database-password secrets/cartlink-database-password" in TEXT
    assert "config/cartlink.yaml" in image and ":/srv/cartlink/config/cartlink.yaml:ro" in TEXT


def test_only_the_proxy_is_reached_from_outside():
    assert re.findall(r"^ *ports: (.*\])", TEXT, re.M) == ['["443:443"]']
    assert "8081" not in TEXT and "network_mode" not in TEXT and "privileged: true" not in TEXT
