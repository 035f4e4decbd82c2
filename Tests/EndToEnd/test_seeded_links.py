# SPDX-License-Identifier: Apache-2.0
"""The folder of many links that the benchmarks run on: its rows are like those the service writes itself."""

import subprocess
import sys
import time

import pytest

from client import Client
from server import BINARY, ROOT, free_ports

LINKS, TOKENS = 600, 40


@pytest.fixture(scope="module")
def seeded(tmp_path_factory):
    """A running service over such a folder: its two listeners, and the folder."""
    folder, (public, admin) = tmp_path_factory.mktemp("seeded") / "many", free_ports(2)
    command = [sys.executable, ROOT / "Tests/Benchmarks/seed.py", "--links", str(LINKS), "--tokens", str(TOKENS), "--into", folder]
    command += ["--binary", BINARY, "--port", str(public), "--admin-port", str(admin)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([BINARY, "serve", "--config", folder / "cartlink.yaml"], cwd=ROOT, stdout=log, stderr=log)
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if Client(public).get("/health/ready").status == 200:
                break
        except OSError:
            time.sleep(0.02)
    yield Client(public), Client(admin), folder
    process.terminate()
    process.wait(30)


def test_each_sampled_token_opens_a_cart(seeded):
    public, _, folder = seeded
    tokens = (folder / "tokens.txt").read_text().split()
    assert len(set(tokens)) == TOKENS
    carts = {public.get(f"/v1/shared/{token}").ok()["cart"]["items"][0]["sku"] for token in tokens}
    assert carts == {"MUG-BL-350"}
    forged = tokens[0][:-1] + ("0" if tokens[0][-1] != "0" else "1")
    public.get(f"/v1/shared/{forged}").problem(404, "link-not-found")


def test_all_links_are_found_and_none_twice(seeded):
    _, admin, folder = seeded
    key, found, cursor = (folder / "admin-key").read_text().strip(), [], ""
    while cursor is not None:
        page = admin.get(f"/admin/v1/links?limit=200{cursor}", key).ok()
        found += page["links"]
        cursor = f"&cursor={page['nextCursor']}" if page.get("nextCursor") else None
    assert len({link["id"] for link in found}) == LINKS
    assert {link["status"] for link in found} == {"active"}
    assert {(link["audience"], link.get("within")) for link in found} == {
        ("external", None),
        ("internal", "shop"),
        ("internal", "business-unit"),
        ("internal", "company"),
    }


def test_an_owner_goes_on_issuing(seeded):
    public, _, folder = seeded
    order = {"audience": "external", "access": "read-only", "onBehalfOf": {"userId": "user-1"}}
    key = (folder / "service-key").read_text().strip()
    link = public("POST", "/v1/carts/cart-000000001/links", order, key).ok(201)
    public.get(f"/v1/shared/{link['token']}").ok()
