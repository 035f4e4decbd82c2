# SPDX-License-Identifier: Apache-2.0
"""`serve --demo` in a folder of its own and on free ports: a demo of the developer's may hold 8080 and 8081."""

import re
import shutil
import subprocess
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from client import Client
from server import BINARY, ROOT, free_ports

COOKIE = "cartlink_demo_login"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class DemoServer:
    def __init__(self, folder, change=lambda text: text):
        """`change` edits the demo's configuration."""
        self.folder, self.process = folder, None
        self.ports = free_ports(2)
        (folder / ".build/release").mkdir(parents=True)
        (folder / ".build/release/cartlink").symlink_to(BINARY)
        shutil.copytree(ROOT / "config", folder / "config")
        config = folder / "config/demo/cartlink.yaml"
        config.write_text(change(self.moved(config.read_text())))
        self.output, self.log = folder / "output", folder / "log"
        self.url, self.admin_url = (f"http://127.0.0.1:{port}" for port in self.ports)
        self.public, self.admin = (Client(port) for port in self.ports)

    def moved(self, text):
        """The text with this demo's ports in place of the usual ones."""
        public, admin = self.ports
        return text.replace("127.0.0.1:8080", f"127.0.0.1:{public}").replace("127.0.0.1:8081", f"127.0.0.1:{admin}")

    def start(self):
        with self.output.open("wb") as output, self.log.open("ab") as log:
            command = [BINARY, "serve", "--config", "config/demo/cartlink.yaml", "--demo"]
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=output, stderr=log)
        deadline = time.monotonic() + 15
        while "Ctrl-C" not in self.output.read_text():
            assert self.process.poll() is None and time.monotonic() < deadline, self.log.read_text()[-2000:]
            time.sleep(0.05)
        return self

    def stop(self):
        self.process.terminate()
        return self.process.wait(30)

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.wait()

    @property
    def links(self):
        """The links that the greeting prints: for anyone, to look, to change, to take over."""
        return re.findall(r"http://\S+/s/cl1[0-9A-Za-z]{46}", self.output.read_text())

    @property
    def admin_key(self):
        return (self.folder / "keys/demo/demo-admin-key").read_text().strip()

    def as_person(self, person):
        """A browser's cookie header of someone who was chosen by clicking."""
        answer = self.public("POST", "/demo/login", urlencode({"person": person}).encode(), None, FORM | {"Origin": self.url})
        return {"Cookie": f"{COOKIE}={SimpleCookie(answer.headers['Set-Cookie'])[COOKIE].value}"}
