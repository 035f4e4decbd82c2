# SPDX-License-Identifier: Apache-2.0
"""The real binary: its configuration, its process, and the calls most tests begin with."""

import hashlib
import itertools
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import carts
import logins
from client import Client

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Support"))

from ports import free_ports

BINARY = Path(os.environ.get("CARTLINK_BINARY", ROOT / ".build/release/cartlink"))
SCOPES = {
    "storefront": ["links:issue", "links:resolve", "carts:write", "carts:read"],
    "issuer": ["links:issue"],
    "resolver": ["links:resolve"],
    "reader": ["carts:read"],
    "writer": ["carts:write"],
    "people": ["directory:write"],
    "ops": ["admin"],
}
KEYS = {name: f"{name}-key-0123456789abcdef0123456789abcdef" for name in SCOPES}
# Settings in the variables of whoever runs the tests are none of a node's.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("CARTLINK_")}
_numbers = itertools.count(1)


def merged(settings, changes):
    """The settings with the changes laid over them; None takes a key out."""
    result = dict(settings)
    for name, value in changes.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, dict) and isinstance(result.get(name), dict):
            result[name] = merged(result[name], value)
        else:
            result[name] = value
    return result


class Server:
    """One data folder with its configuration, served by one process at a time."""

    def __init__(self, folder, changes=None, environment=None):
        self.folder, self.process, self.environment = Path(folder), None, environment or {}
        self.folder.mkdir(parents=True, exist_ok=True)
        self.config, self.log, self.output = self.folder / "cartlink.yaml", self.folder / "log", self.folder / "output"
        (self.folder / "login-secret").write_text(logins.SECRET + "\n")
        (self.folder / "login-secret").chmod(0o600)
        (self.folder / "admin-key").write_text(KEYS["ops"] + "\n")
        (self.folder / "admin-key").chmod(0o600)
        public, admin = free_ports(2)
        self.public, self.admin = Client(public), Client(admin)
        self.url = f"http://127.0.0.1:{public}"
        self.configure(merged(self._settings(), changes or {}))

    def _settings(self):
        issuer = {"issuer": "dev", "audience": "cartlink", "algorithms": ["HS256"], "secretFile": f"{self.folder}/login-secret"}
        services = [
            {"name": name, "keyHash": "sha256:" + hashlib.sha256(key.encode()).hexdigest(), "scopes": SCOPES[name]}
            for name, key in KEYS.items()
        ]
        return {
            "public": {"address": f"127.0.0.1:{self.public.port}", "url": self.url},
            "admin": {"address": f"127.0.0.1:{self.admin.port}"},
            "data": f"{self.folder}/data",
            "keys": {"file": f"{self.folder}/keys/link-keys"},
            "carts": {"source": "embedded", "policies": str(ROOT / "config/policies")},
            "limits": {"badTokens": "1000000/min"},
            "identity": {"cookie": "shop_login", "issuers": [issuer | {"claims": logins.COMPANY_CLAIMS}]},
            "shop": {"name": "Demo shop", "hosts": ["shop.example", "cdn.shop.example"]},
            "services": services,
        }

    def configure(self, settings):
        """Writes the settings: JSON is YAML too."""
        self.settings = settings
        self.config.write_text(json.dumps(settings, indent=1))

    @property
    def key_file(self):
        return Path(self.settings["keys"]["file"])

    @property
    def database(self):
        """The SQLite file in the data folder."""
        (found,) = [
            path for path in Path(self.settings["data"]).rglob("*") if path.is_file() and path.read_bytes()[:15] == b"SQLite format 3"
        ]
        return found

    # The process

    def spawn(self):
        with self.log.open("ab") as log, self.output.open("ab") as output:
            command = [BINARY, "serve", "--config", self.config]
            self.process = subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT | self.environment, stdout=output, stderr=log)

    def start(self):
        """Starts the process and waits until it is ready."""
        self.spawn()
        return self.wait_until_ready()

    def wait_until_ready(self):
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            assert self.process.poll() is None, f"exit {self.process.returncode}: {self.log.read_text()[-2000:]}"
            try:
                if self.public.get("/health/ready").status == 200 and self.admin.get("/health/ready").status == 200:
                    return self
            except OSError:
                pass
            time.sleep(0.01)
        raise AssertionError(f"not ready: {self.log.read_text()[-2000:]}")

    def refusal(self):
        """Starts the process, which must give up: its exit code and what it said."""
        self.log.write_bytes(b"")
        self.spawn()
        try:
            code = self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError("the server started") from None
        return code, self.log.read_text() + self.output.read_text()

    def kill(self):
        """kill -9."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def stop(self):
        self.process.terminate()
        return self.process.wait(30)

    def run(self, *arguments, config=True):
        """Another command of the binary."""
        command = [BINARY, *arguments, *(["--config", self.config] if config else [])]
        return subprocess.run(command, cwd=ROOT, env=ENVIRONMENT | self.environment, capture_output=True, text=True, timeout=20)

    def with_admin_key(self, *arguments):
        return self.run(*arguments, "--admin-key-file", self.folder / "admin-key")

    # The calls

    def put(self, owner=logins.ANNA, cart=None, cart_id=None, **rest):
        """Pushes a cart and returns its id."""
        cart_id = cart_id or f"cart-{next(_numbers)}"
        body = {"owner": owner.owner} if owner else {}
        self.public("PUT", f"/v1/carts/{cart_id}", body | {"cart": cart or carts.plain()} | rest, KEYS["storefront"]).ok(200, 201)
        return cart_id

    def ask_link(self, cart_id, person=logins.ANNA, headers=None, **fields):
        return self.public("POST", f"/v1/carts/{cart_id}/links", fields, person.login, headers)

    def link(self, cart_id=None, person=logins.ANNA, **fields):
        """Issues a link, external unless told, on a new cart unless one is named."""
        fields = {"audience": "external", "access": "read-only"} | fields
        return self.ask_link(cart_id or self.put(person), person, **fields).ok(201)

    def shared(self, link, person=None, **headers):
        return self.public.get(f"/v1/shared/{link['token']}", person and person.login, **headers)

    def page(self, link, person=None, **headers):
        return self.public.get(f"/s/{link['token']}", person and person.login, **headers)

    def resolve(self, link, viewer=None):
        body = {"token": link["token"]} | ({"viewerToken": viewer.login} if viewer else {})
        return self.public("POST", "/v1/resolve", body, KEYS["storefront"])

    def change(self, link, person=logins.ANNA, **fields):
        return self.public("PATCH", f"/v1/links/{link['id']}", fields, person.login)

    def revoke(self, link, person=logins.ANNA):
        return self.public("DELETE", f"/v1/links/{link['id']}", bearer=person.login)

    def set_state(self, cart_id, state):
        self.public("PUT", f"/v1/carts/{cart_id}/state", {"state": state}, KEYS["storefront"]).ok()

    def delete(self, cart_id):
        return self.public("DELETE", f"/v1/carts/{cart_id}", bearer=KEYS["storefront"])

    def administer(self, method, path, body=None):
        return self.admin(method, "/admin/v1/" + path, body, KEYS["ops"])
