# SPDX-License-Identifier: Apache-2.0
"""The small commands."""

import hashlib
import json
import re

import carts
from logins import OLGA


def test_service_key_prints_a_key_and_its_hash(shop):
    made = shop.run("service-key", config=False)
    key, key_hash = (
        re.search(pattern, made.stdout, re.M).group(1) for pattern in (r"^key: (\S{32,})$", r"^keyHash: sha256:([0-9a-f]{64})$")
    )
    assert hashlib.sha256(key.encode()).hexdigest() == key_hash
    assert shop.run("service-key", config=False).stdout != made.stdout


def test_login_prints_a_login(shop):
    made = shop.run("login", "--user", "anna").stdout.strip()
    assert shop.public.get("/v1/carts", made).status == 200
    link = shop.link(shop.put(OLGA), OLGA, audience="internal")
    bert = shop.run("login", "--user", "bert", "--company", "acme", "--business-unit", "sales", "--company-user", "cu-bert").stdout.strip()
    assert shop.public.get(f"/v1/shared/{link['token']}", bert).ok()["viewer"]["relation"] == "member"


def test_redact_prints_what_a_guest_would_see(shop, tmp_path):
    (tmp_path / "cart.json").write_text(json.dumps(carts.with_canaries()))
    done = shop.run("redact", "--policy", "cartlink", "--as", "guest", str(tmp_path / "cart.json"), config=False)
    projected = json.loads(done.stdout)
    assert (
        done.returncode == 0
        and carts.leaks(done.stdout.encode()) == []
        and projected["items"][0]["sku"] == "MUG-1"
        and "totals" in projected
    )
    owner = shop.run("redact", "--policy", "cartlink", "--as", "owner", str(tmp_path / "cart.json"), config=False)
    assert json.loads(owner.stdout)["customer"] and "payment" not in json.loads(owner.stdout)
    (tmp_path / "bad.json").write_text('{"currency":"EUR","items":[}')
    bad = shop.run("redact", "--policy", "cartlink", "--as", "guest", str(tmp_path / "bad.json"), config=False)
    assert bad.returncode != 0 and bad.stdout == "" and bad.stderr
    assert shop.run("redact", "--policy", "nothing", "--as", "guest", str(tmp_path / "cart.json"), config=False).returncode != 0


def test_inspect_says_what_a_link_is_without_its_credential(shop):
    link = shop.link()
    for said in (
        shop.with_admin_key("inspect", link["url"]).stdout,
        shop.administer("POST", "inspect", {"url": link["url"]}).body.decode(),
    ):
        assert link["id"] in said and "active" in said and link["token"] not in said
    shop.revoke(link)
    assert "revoked" in shop.with_admin_key("inspect", link["url"]).stdout
    made_up = shop.with_admin_key("inspect", link["url"][:-1] + ("0" if link["url"][-1] != "0" else "1"))
    assert "revoked" not in made_up.stdout and link["token"][:-1] not in made_up.stdout + made_up.stderr
