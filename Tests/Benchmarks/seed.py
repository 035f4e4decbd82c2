# SPDX-License-Identifier: Apache-2.0
"""Makes a data folder with very many links, and a list of tokens that open some of them.

    python Tests/Benchmarks/seed.py --links 10000000 --into FOLDER

The real binary makes the folder, its keys, a cart of a private shopper, one of a company, and a link of each kind to them. Their rows are
then multiplied in the database file. FOLDER holds afterwards: cartlink.yaml, data, keys, tokens.txt (one token of an external link a
line), service-key and admin-key (for the configured services), login-secret (of the development issuer).
"""

import argparse
import contextlib
import hashlib
import json
import os
import pathlib
import secrets
import socket
import subprocess
import sys
import time
import urllib.request

from seed_rows import multiply
from seed_tokens import tokens

ROOT = pathlib.Path(__file__).resolve().parents[2]
CART = ROOT / "Tests/Benchmarks/carts/cartlink-1k.json"
SHOPPER = {"userId": "shopper-0"}
BUYER = {"userId": "buyer-0", "companyId": "company-0", "businessUnitId": "unit-0", "companyUserId": "member-0"}
EXTERNAL = {"audience": "external", "access": "read-only"}
SHOP_WIDE = [{"audience": "internal", "access": access, "within": "shop"} for access in ("read-only", "full")]
FOR_COLLEAGUES = [{"audience": "internal", "access": "full", "within": circle} for circle in ("business-unit", "company")]


class Folder:
    """A data folder with its configuration and its secrets."""

    def __init__(self, path, port, admin_port):
        self.path, self.port, self.admin_port = pathlib.Path(path).resolve(), port, admin_port
        self.config = self.path / "cartlink.yaml"

    def make(self):
        self.path.mkdir(parents=True, exist_ok=True)
        if any(self.path.iterdir()):
            sys.exit(f"{self.path} isn't empty")
        self.key, admin_key = self._secret("service-key"), self._secret("admin-key")
        self._secret("login-secret")
        issuer = {"issuer": "dev", "audience": "cartlink", "algorithms": ["HS256"], "secretFile": str(self.path / "login-secret")}
        scopes = ["links:issue", "links:resolve", "carts:write", "carts:read"]
        settings = {
            "public": {"address": f"127.0.0.1:{self.port}", "url": f"http://127.0.0.1:{self.port}"},
            "admin": {"address": f"127.0.0.1:{self.admin_port}"},
            "data": str(self.path / "data"),
            "keys": {"file": str(self.path / "keys/link-keys")},
            "carts": {"source": "embedded", "policies": str(ROOT / "config/policies")},
            "links": {"perCart": 100_000},
            "limits": {"badTokens": "1000000/min"},
            "identity": {"issuers": [issuer | {"claims": {"user": "sub"}}]},
            "shop": {"name": "Benchmark", "hosts": ["shop.example"]},
            "services": [
                {"name": "storefront", "keyHash": _hash(self.key), "scopes": scopes},
                {"name": "ops", "keyHash": _hash(admin_key), "scopes": ["admin"]},
            ],
        }
        self.config.write_text(json.dumps(settings, indent=1))

    def _secret(self, name):
        secret = secrets.token_hex(24)
        (self.path / name).write_text(secret + "\n")
        (self.path / name).chmod(0o600)
        return secret

    @contextlib.contextmanager
    def served(self, binary, environment=None, prepare=None):
        # Ports of its own: another service may run on those of the configuration.
        self.served_at, admin = _free_port(), _free_port()
        addresses = {"CARTLINK_PUBLIC_ADDRESS": f"127.0.0.1:{self.served_at}", "CARTLINK_ADMIN_ADDRESS": f"127.0.0.1:{admin}"}
        command, environment = [binary, "serve", "--config", self.config], os.environ | addresses | (environment or {})
        with (self.path / "log").open("wb") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, preexec_fn=prepare)
        try:
            self._wait(process)
            yield
        finally:
            process.terminate()
            process.wait(30)

    def _wait(self, process):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(OSError):
                return urllib.request.urlopen(f"http://127.0.0.1:{self.served_at}/health/ready").read()
            time.sleep(0.02)
        sys.exit(f"the service didn't start: {(self.path / 'log').read_text()[-2000:]}")

    def call(self, method, path, body):
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.served_at}{path}", json.dumps(body).encode(), headers, method=method)
        return json.loads(urllib.request.urlopen(request).read())

    def add_samples(self):
        """A cart of each kind of owner, and a link of each kind."""
        document = json.loads(CART.read_text())
        for name, owner, orders in [("shopper", SHOPPER, SHOP_WIDE), ("company", BUYER, FOR_COLLEAGUES)]:
            self.call("PUT", f"/v1/carts/{name}-0", {"owner": owner, "cart": document})
            for order in [EXTERNAL, *orders]:
                self.call("POST", f"/v1/carts/{name}-0/links", order | {"onBehalfOf": owner})


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def _hash(key):
    return "sha256:" + hashlib.sha256(key.encode()).hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--links", type=int, required=True, help="how many links there shall be")
    parser.add_argument("--into", required=True, help="an empty or new folder")
    parser.add_argument("--links-per-cart", type=int, default=20)
    parser.add_argument("--tokens", type=int, default=10_000, help="how many tokens to write down")
    parser.add_argument("--binary", default=str(ROOT / ".build/release/cartlink"))
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--admin-port", type=int, default=8081)
    arguments = parser.parse_args()
    began = time.monotonic()
    folder = Folder(arguments.into, arguments.port, arguments.admin_port)
    folder.make()
    with folder.served(arguments.binary):
        folder.add_samples()
    ids = multiply(folder.path / "data/cartlink.sqlite", arguments.links, arguments.links_per_cart, arguments.tokens)
    text = "".join(token + "\n" for token in tokens(ids, folder.path / "keys/link-keys", "default", "127.0.0.1"))
    (folder.path / "tokens.txt").write_text(text)
    print(f"{arguments.links} links and {len(ids)} tokens in {folder.path}, {time.monotonic() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
