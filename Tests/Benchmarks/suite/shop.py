# SPDX-License-Identifier: Apache-2.0
"""The Cartlink that is measured: the real binary on the server's core, with carts, links and logins made through its API."""

import concurrent.futures
import http.client
import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from joserfc import jwk, jwt

from logins import COMPANY_CLAIMS, Person
from machine import ROOT
from pinned import on_server_core
from server import BINARY, KEYS, Server, merged

OWNERS = 20
CLIENTS = 64
DAY = 86_400


@dataclass(frozen=True)
class SharedLink:
    id: str
    token: str
    cart_id: str
    owner: int
    expires_at: str


class PinnedServer(Server):
    def spawn(self):
        command = on_server_core(BINARY, "serve", "--config", self.config)
        with self.log.open("ab") as log, self.output.open("ab") as output:
            self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ | self.environment, stdout=output, stderr=log)

    def seconds_to_ready(self):
        """Starts the process; how long until its first 200 from /health/ready."""
        start = time.monotonic()
        self.spawn()
        while time.monotonic() < start + 60:
            if self.process.poll() is not None:
                sys.exit(f"Cartlink ended with {self.process.returncode}: {self.log.read_text()[-2000:]}")
            try:
                if self.public.get("/health/ready").status == 200:
                    return time.monotonic() - start
            except OSError:
                pass
            time.sleep(0.001)
        sys.exit(f"Cartlink is not ready after a minute: {self.log.read_text()[-2000:]}")


class Shop:
    """One data folder, its server, and who owns its carts."""

    def __init__(self, folder, changes=None):
        if not BINARY.exists():
            sys.exit(f"{BINARY} is missing: `make build` makes it.")
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.key = jwk.ECKey.generate_key("P-256", {"kid": "bench", "alg": "ES256", "use": "sig"})
        (self.folder / "jwks.json").write_text(json.dumps({"keys": [self.key.as_dict(private=False)]}))
        self.server = PinnedServer(self.folder, merged(self._settings(), changes or {}))
        self.data = Path(self.server.settings["data"])

    def _settings(self):
        issuer = {"issuer": "https://id.shop.example", "audience": "shop", "algorithms": ["ES256"], "claims": COMPANY_CLAIMS}
        return {
            "identity": {"cookie": "shop_login", "issuers": [issuer | {"jwks": str(self.folder / "jwks.json")}]},
            "links": {"perCart": 1_000_000},
            # All the load comes from one address, and forged tokens are one of its rows.
            "limits": {"badTokens": "2000000000/min"},
            "shop": {"url": "https://shop.example", "openURL": "https://shop.example/cart#share={token}"},
        }

    @property
    def port(self):
        return self.server.public.port

    @property
    def pid(self):
        return self.server.process.pid

    def seconds_to_ready(self):
        return self.server.seconds_to_ready()

    def login(self, owner):
        """An ES256 login of one of the owners that outlives the run."""
        now = int(time.time())
        claims = {"iss": "https://id.shop.example", "aud": "shop", "iat": now, "exp": now + DAY, "sub": f"owner-{owner}"}
        return jwt.encode({"alg": "ES256", "kid": "bench"}, claims, self.key)

    def make_links(self, cart, count):
        """Pushes `count` carts and issues a link for each, as fast as 64 clients go."""
        local = threading.local()

        def make(number):
            if not hasattr(local, "connection"):
                local.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            return self._make_link(local.connection, cart, number)

        with concurrent.futures.ThreadPoolExecutor(CLIENTS) as clients:
            return list(clients.map(make, range(count)))

    def _make_link(self, connection, cart, number):
        owner, cart_id = number % OWNERS, f"bench-{number}"
        person = Person(f"owner-{owner}").owner
        _call(connection, "PUT", f"/v1/carts/{cart_id}", {"owner": person, "cart": cart})
        link = _call(connection, "POST", f"/v1/carts/{cart_id}/links", order(person))
        return SharedLink(link["id"], link["token"], cart_id, owner, link["expiresAt"])

    def link_ids(self, cart_id, owner):
        """The links of a cart that are alive."""
        links = self.server.public.get(f"/v1/carts/{cart_id}/links", self.login(owner)).ok()["links"]
        return [link["id"] for link in links if link["status"] == "active"]

    def revoke(self, link):
        self.server.public("DELETE", f"/v1/links/{link.id}", bearer=self.login(link.owner)).ok(204)

    def empty_log(self):
        """Cartlink logs every request and can't be told not to; a run would fill the disk."""
        os.truncate(self.server.log, 0)

    def stop(self):
        """Ends the process; `server.start` starts it again."""
        if self.server.process and self.server.process.poll() is None:
            self.server.process.terminate()
            try:
                self.server.process.wait(30)
            except subprocess.TimeoutExpired:
                self.server.kill()


def order(owner):
    """What a storefront asks for a link with."""
    return {"audience": "external", "access": "read-only", "onBehalfOf": owner}


SERVICE = {"Authorization": f"Bearer {KEYS['storefront']}"}


def _call(connection, method, path, body):
    connection.request(method, path, json.dumps(body), SERVICE | {"Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status not in (200, 201):
        sys.exit(f"{method} {path.split('/')[-1]}: {answer.status} {text[:300]!r}")
    return json.loads(text)
