# SPDX-License-Identifier: Apache-2.0
"""Debian's nginx with `config/nginx.conf` as it ships, in a folder and on a port of its own."""

import http.client
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from pathlib import Path

from certificates import certify
from server import ROOT, free_ports

# The file's own example, so nothing has to be replaced.
HOST = "share.shop.example"
NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]


class Nginx:
    """A proxy in front of nodes on ports of this machine."""

    def __init__(self, folder, ports):
        assert NGINX, "nginx is missing: `make deps-test` installs it"
        self.folder, self.process = Path(folder), None
        self.folder.mkdir(parents=True)
        (self.port,) = free_ports(1)
        self.url = f"https://{HOST}"
        certificate, _ = certify(self.folder, "share", HOST)
        text = (ROOT / "config/nginx.conf").read_text()
        text = text.replace("/var/log/nginx", str(self.folder)).replace("/etc/nginx/tls", str(self.folder))
        text = text.replace("listen 443 ", f"listen 127.0.0.1:{self.port} ")
        paths = "".join(f"{name}_temp_path {self.folder}/{name};" for name in TEMPORARY)
        text = text.replace("\nhttp {\n", f"\nhttp {{\n{paths}\n", 1)
        (self.folder / "nginx.conf").write_text(text)
        (self.folder / "nginx-nodes.conf").write_text(nodes(ports))
        self.tls = ssl.create_default_context(cafile=certificate)

    def command(self, *arguments):
        # Workers of another user couldn't read the test's folder.
        user = "user root; " if os.geteuid() == 0 else ""
        general = f"{user}pid {self.folder}/pid; daemon off;"
        return [NGINX, "-p", self.folder, "-c", self.folder / "nginx.conf", "-e", self.folder / "start.log", "-g", general, *arguments]

    def start(self):
        with (self.folder / "output").open("ab") as output:
            self.process = subprocess.Popen(self.command(), stdout=output, stderr=output)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            assert self.process.poll() is None, (self.folder / "output").read_text() + (self.folder / "start.log").read_text()
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except OSError:
                time.sleep(0.02)
        raise AssertionError("nginx doesn't listen")

    def stop(self):
        if self.process and self.process.poll() is None:
            # Otherwise the last requests may be missing in the log.
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(20)

    def connection(self, timeout=20):
        """A connection of a browser's kind: one that stays, and knows the host by its name."""
        connection = http.client.HTTPSConnection(HOST, self.port, timeout=timeout, context=self.tls)
        connection._create_connection = lambda _, *rest: socket.create_connection(("127.0.0.1", self.port), *rest)
        return connection

    def log(self):
        """The access log, one list of words a request; the last two are lists of the nodes asked and of what they said."""
        text = (self.folder / "cartlink.log").read_text()
        return [line.replace(", ", ",").split() for line in text.splitlines()]

    def everything_logged(self):
        return b"".join(path.read_bytes() for path in self.folder.iterdir() if path.suffix == ".log" or path.name == "output")


def nodes(ports):
    """The shipped list of nodes, with these in the place of its examples."""
    shipped = (ROOT / "config/nginx-nodes.conf").read_text().splitlines()
    if len(ports) == 1:
        return "\n".join(shipped).replace("127.0.0.1:8080", f"127.0.0.1:{ports[0]}")
    lines = [line.removeprefix("# ") for line in shipped if line.startswith("# server ")]
    text = "\n".join(lines).replace("10.0.0.11:8080", f"127.0.0.1:{ports[0]}").replace("10.0.0.12:8080", f"127.0.0.1:{ports[1]}")
    assert len(lines) == 4 and "10.0.0." not in text, text
    return text + "\n"
